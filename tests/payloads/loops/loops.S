/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest loops of loops.h.  A loop keeps its sum in r12. */
        .arch   armv7-a
        .arch_extension virt
        .fpu    neon-vfpv4
        .syntax unified
        .arm
        .text

        .global loop_cpu
loop_cpu:
        push    {r4-r6, lr}
        mov     r12, #1
        movw    r4, #0x4e6d
        movt    r4, #0x41c6
        mov     r5, r0
        mov     r6, #7
1:      mul     r12, r12, r4
        add     r12, r12, r6, lsl #3
        eor     r5, r5, r12, lsr #11
        umull   r2, r3, r5, r4
        adds    r2, r2, r12
        adc     r3, r3, #0
        orr     r6, r2, r3, ror #5
        tst     r6, #0x10
        subne   r12, r12, r3
        addeq   r12, r12, r5
        bfi     r5, r6, #4, #12
        clz     r1, r5
        add     r12, r12, r1
        subs    r0, r0, #1
        bne     1b
        mov     r0, r12
        pop     {r4-r6, pc}

        .global loop_memory
loop_memory:
        push    {r4-r11, lr}
        mov     r12, #0
        mov     r9, #0
1:      add     r2, r1, r9                      @ 64 bytes of their own each time
        ldr     r3, [r2]
        add     r12, r12, r3
        str     r12, [r2, #4]
        ldrb    r3, [r2, #9]
        strb    r3, [r2, #11]
        ldrsh   r3, [r2, #14]
        strh    r3, [r2, #18]
        ldrd    r4, r5, [r2, #24]
        add     r12, r12, r5
        strd    r4, r5, [r2, #32]
        ldm     r2, {r4-r7}
        add     r12, r12, r7
        add     r3, r2, #40
        stm     r3, {r4-r7}
        vldr    d0, [r2, #8]
        vstr    d0, [r2, #56]
        vldm    r2, {d0-d3}
        vstm    r2, {d0-d3}
        vld1.32 {d4}, [r2]
        vst1.32 {d4}, [r2]
        add     r9, r9, #64
        bic     r9, r9, #0x8000                 @ LOOP_BUFFER_BYTES
        subs    r0, r0, #1
        bne     1b
        mov     r0, r12
        pop     {r4-r11, pc}

        .global loop_walks
loop_walks:
        push    {r4, lr}
        mov     r12, #0
1:      mcr     p15, 0, r12, c8, c7, 0          @ TLBIALL
        dsb
        isb
        mov     r2, #64
        mov     r3, r1
2:      ldr     r4, [r3]
        add     r12, r12, r4
        add     r3, r3, #4096
        subs    r2, r2, #1
        bne     2b
        subs    r0, r0, #1
        bne     1b
        mov     r0, r12
        pop     {r4, pc}

        .global loop_mmio
loop_mmio:
        mov     r12, #0
1:      ldr     r2, [r1]
        add     r12, r12, r2
        subs    r0, r0, #1
        bne     1b
        mov     r0, r12
        bx      lr

        .global loop_svc
loop_svc:
        push    {r4, lr}
        mov     r12, #0
1:      svc     #0                              @ overwrites lr, of SVC mode
        add     r12, r12, #1
        subs    r0, r0, #1
        bne     1b
        mov     r0, r12
        pop     {r4, pc}

        .balign 32
        .global loop_vectors
loop_vectors:
        hvc     #1
        hvc     #2
        movs    pc, lr                          @ SVC
        hvc     #3
        hvc     #4
        hvc     #5
        hvc     #6
        hvc     #7
