/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Monitor mode does with IRQ and FIQ, and Secure SVC mode with all interrupts unmasked.
 */
        .arch   armv7-a
        .arch_extension sec
        .syntax unified
        .arm
        .text

        .equ    MODE_SVC, 0x13
        .equ    MODE_MON, 0x16
        .equ    PSR_MASKED, 0x1c0
        .equ    VECTOR_DABT, 4

        .global monitor_exception
monitor_exception:
        push    {r0-r3, r12, lr}
        mov     r0, r12
        bl      monitor_took
        pop     {r0-r3, r12, lr}
        subs    pc, lr, #4

/* uint32_t secure_unmasked(uint32_t): the vector that it came to, or 0 */
        .global secure_unmasked
secure_unmasked:
        mov     r0, #0
        mov     r1, lr
        cps     #MODE_SVC
        cpsie   aif
        isb
        nop
        nop
        cpsid   aif
        cps     #MODE_MON
        bx      r1

        .global secure_exception
secure_exception:
        mov     r0, r12
        mrs     r2, spsr
        orr     r2, r2, #PSR_MASKED
        msr     spsr_cxsf, r2
        cmp     r12, #VECTOR_DABT
        subseq  lr, lr, #4
        subs    pc, lr, #4
