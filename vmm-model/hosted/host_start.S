/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host of stub mode: its start on both CPUs, its interrupt entry, and calls of Hyp whose
 * registers are watched.  Processes run in System mode, each on a stack of its own.
 */
        .arch   armv7-a
        .arch_extension virt
        .fpu    neon-vfpv4
        .syntax unified
        .arm

#define MODE_IRQ 0x12
#define MODE_SVC 0x13
#define MODE_SYS 0x1f

        .section .text.start, "ax"
        .global _start
_start:
        ldr     r0, =bss_begin
        ldr     r1, =bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b
        .global host_second_start
host_second_start:
        mrc     p15, 0, r0, c0, c0, 5           @ MPIDR.Aff0
        and     r0, r0, #3
        ldr     r1, =stacks
        add     r1, r1, r0, lsl #13
        add     r1, r1, #4096
        cps     #MODE_IRQ
        mov     sp, r1                          @ SRS stores to System mode's: never used
        cps     #MODE_SYS
        add     sp, r1, #4096
        ldr     r1, =vectors
        mcr     p15, 0, r1, c12, c0, 0          @ VBAR
        isb
        bl      host_main                       @ (cpu)
1:      b       1b

        .balign 32
vectors:
        b       .
        b       .
        b       .
        b       .
        b       .
        b       .
        b       irq
        b       .

/* The interrupted process's frame, from its stack pointer on: R0 to R12, LR, PC, CPSR. */
irq:
        sub     lr, lr, #4
        srsdb   sp!, #MODE_SYS
        cps     #MODE_SYS
        push    {r0-r12, lr}
        mov     r0, sp
        bl      host_irq                        @ (frame) -> the frame to go on with
        mov     sp, r0
        pop     {r0-r12, lr}
        rfeia   sp!

/*
 * unsigned host_call(uint32_t r[5])
 * HVC #0 with R0 to R4 from r, which get its answer; returns how many of R5 to R12 and SP have
 * changed.
 */
        .global host_call
host_call:
        push    {r4-r12, lr}
        push    {r0}
        mov     r5, #5
        mov     r6, #6
        mov     r7, #7
        mov     r8, #8
        mov     r9, #9
        mov     r10, #10
        mov     r11, #11
        mov     r12, sp
        mov     lr, r0
        ldm     lr, {r0-r4}
        hvc     #0
        cmp     r12, sp
        movne   sp, r12
        movne   r5, #0
        ldr     r12, [sp]                       @ r
        stm     r12, {r0-r4}
        mov     r0, #0
        .irp    n, 5, 6, 7, 8, 9, 10, 11
        cmp     r\n, #\n
        addne   r0, r0, #1
        .endr
        add     sp, sp, #4
        pop     {r4-r12, pc}

/* void host_vfp_fill(const uint64_t d[32]), void host_vfp_store(uint64_t d[32]) */
        .global host_vfp_fill, host_vfp_store
host_vfp_fill:
        vldm    r0!, {d0-d15}
        vldm    r0, {d16-d31}
        bx      lr
host_vfp_store:
        vstm    r0!, {d0-d15}
        vstm    r0, {d16-d31}
        bx      lr

        .section .rodata
        .balign 4
        .global guest_image, guest_image_end
guest_image:
        .incbin GUEST_IMAGE
guest_image_end:
