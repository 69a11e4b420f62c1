/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry as of a FreeBSD 11 kernel (sys/arm/arm/locore-v6.S): Hyp or SVC, MMU in any state.  Hyp is
 * left for SVC by an exception return, with nothing of it set up; what firmware and reset left
 * there stays.  The second core does the same at mpentry.
 */
        .arch   armv7-a
        .arch_extension virt
        .syntax unified
        .arm

        .equ    MODE_IRQ, 0x12
        .equ    MODE_SVC, 0x13
        .equ    MODE_HYP, 0x1a
        .equ    PSR_AIF, 0x1c0

        .macro  leave_hyp
        mrs     r4, cpsr
        and     r5, r4, #0x1f
        cmp     r5, #MODE_HYP
        bne     1f
        ldr     r6, =(PSR_AIF | MODE_SVC)
        msr     spsr_hyp, r6
        adr     r6, 1f
        msr     elr_hyp, r6
        eret
1:
        .endm

        .section .text.start, "ax"
        .global _start
_start:
        mov     r7, pc
        leave_hyp
        mrc     p15, 0, r1, c1, c0, 0           @ SCTLR: U-Boot leaves C, I and M set
        bic     r1, r1, #0x1000
        bic     r1, r1, #0x5
        mcr     p15, 0, r1, c1, c0, 0
        isb
        ldr     r1, =bss_begin
        ldr     r2, =bss_end
        mov     r3, #0
1:      cmp     r1, r2
        strlo   r3, [r1], #4
        blo     1b
        cps     #MODE_IRQ
        ldr     sp, =stack_irq
        cps     #MODE_SVC
        ldr     sp, =stack_cpu0
        ldr     r1, =vectors
        mcr     p15, 0, r1, c12, c0, 0          @ VBAR
        isb
        mov     r1, r5                          @ the mode of entry
        sub     r2, r7, #8                      @ and where it was
        bl      contract_main                   @ r0 as firmware gave it
1:      b       1b

        .global mpentry
mpentry:
        leave_hyp
        ldr     sp, =stack_cpu1
        mov     r0, r5
        bl      contract_second_core
1:      wfe
        b       1b

        .balign 32
vectors:
        b       .
        b       contract_undefined
        b       .
        b       contract_abort
        b       contract_abort
        b       .
        b       irq
        b       .

irq:
        sub     lr, lr, #4
        push    {r0-r3, r12, lr}
        bl      contract_irq
        ldm     sp!, {r0-r3, r12, pc}^
