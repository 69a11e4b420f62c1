/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small guest: SVC mode, MMU off, vectors of its own.  Entered at its first word; further vCPUs
 * at second_start.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

        .section .text.start, "ax"
        .global _start
_start:
        ldr     r0, =bss_begin
        ldr     r1, =bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b
        .global second_start
second_start:
        mrc     p15, 0, r0, c0, c0, 5
        and     r0, r0, #3
        ldr     r1, =stacks
        add     r1, r1, r0, lsl #13
        add     r2, r1, #4096
        add     sp, r2, #4096
        cps     #0x12                           @ IRQ mode's stack is the lower half
        mov     sp, r2
        cps     #0x1b
        mov     sp, r2
        cps     #0x17
        mov     sp, r2
        cps     #0x13
        ldr     r1, =vectors
        mcr     p15, 0, r1, c12, c0, 0          @ VBAR
        isb
        bl      guest_main
1:      b       1b

        .balign 32
vectors:
        b       .
        b       undefined
        b       .
        b       .
        b       data_abort
        b       .
        b       irq
        b       .

/* Goes on where the exception's LR, less adjust, says: behind the instruction, or where it was
 * interrupted. */
        .macro  handler name, function, adjust
\name:
        sub     lr, lr, #\adjust
        push    {r0-r3, r12, lr}
        bl      \function
        pop     {r0-r3, r12, lr}
        movs    pc, lr
        .endm

        handler undefined, guest_undefined, 0
        handler data_abort, guest_data_abort, 4
        handler irq, guest_irq, 4

/* void hvc_put_char(char c) */
        .global hvc_put_char
hvc_put_char:
        hvc     #1
        bx      lr

/* uint32_t psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c) */
        .global psci
psci:
        hvc     #0
        bx      lr
