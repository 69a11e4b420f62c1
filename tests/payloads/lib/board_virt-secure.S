/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From Secure SVC mode, where the CPU starts, to Non-secure Hyp mode, and back by SMC.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .syntax unified
        .arm
        .text

        .equ    MODE_MON, 0x16
        .equ    PSR_HYP, 0x1da                  @ A, I, F masked
        .equ    SCR_NS, 1 << 0
        .equ    SCR_NONSECURE, 0x131            @ NS, FW, AW, HCE
        .equ    NSACR_CP10_11, 3 << 10
        .equ    NSACR_NS_SMP, 1 << 18
        .equ    CALL, 0x5ecca11
        .equ    STACK_BYTES, 1024

/* Live: r4 MPIDR.Aff0.  A payload with a secure_start of its own does not want this one. */
        .weak   secure_start
secure_start:
        ldr     r0, =secure_vectors
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR
        ldr     r0, =monitor_vectors
        mcr     p15, 0, r0, c12, c0, 1          @ MVBAR
        mov     r0, #NSACR_CP10_11
        orr     r0, r0, #NSACR_NS_SMP           @ ACTLR.SMP
        mcr     p15, 0, r0, c1, c1, 2           @ NSACR
        isb
        cps     #MODE_MON
        mrc     p15, 0, r4, c0, c0, 5           @ MPIDR
        and     r4, r4, #3
        add     r1, r4, #1
        ldr     r0, =monitor_stacks
        mov     r2, #STACK_BYTES
        mla     sp, r1, r2, r0
        bl      secure_gic_init
        ldr     r0, =SCR_NONSECURE
        mcr     p15, 0, r0, c1, c1, 0           @ SCR
        isb
        mov     r0, #PSR_HYP
        msr     spsr_cxsf, r0
        ldr     lr, =hyp_start
        movs    pc, lr

/* uint32_t monitor_call(uint32_t (*work)(uint32_t), uint32_t argument) */
        .global monitor_call
monitor_call:
        ldr     r2, =CALL
        smc     #0
        bx      lr

/* Other SMCs are answered as an unknown function of PSCI: DEN 0022D 5.2.2. */
monitor_smc:
        push    {r0}
        ldr     r0, =CALL
        cmp     r0, r2
        pop     {r0}
        mvnne   r0, #0
        movsne  pc, lr
        push    {r4, r5, r6, lr}
        mrs     r4, spsr
        mrc     p15, 0, r5, c1, c1, 0           @ SCR
        bic     r6, r5, #SCR_NS
        mcr     p15, 0, r6, c1, c1, 0
        isb
        mov     r2, r0
        mov     r0, r1
        blx     r2
        mrc     p15, 0, r6, c1, c1, 0
        and     r5, r5, #SCR_NS
        orr     r6, r6, r5
        mcr     p15, 0, r6, c1, c1, 0
        isb
        msr     spsr_cxsf, r4
        pop     {r4, r5, r6, lr}
        movs    pc, lr

/* Whoever expects an exception there defines these; vector / 4 in r12, lr and spsr as taken. */
        .weak   secure_exception
secure_exception:
        .weak   monitor_exception
monitor_exception:
        b       .

        .macro  go target index
        mov     r12, #\index
        b       \target
        .endm

        .macro  stub target index
\target\()_\index:
        go      \target, \index
        .endm
        stub    secure_exception, 1
        stub    secure_exception, 2
        stub    secure_exception, 3
        stub    secure_exception, 4
        stub    secure_exception, 6
        stub    secure_exception, 7
        stub    monitor_exception, 3
        stub    monitor_exception, 4
        stub    monitor_exception, 6
        stub    monitor_exception, 7

        .balign 32
secure_vectors:
        b       .
        b       secure_exception_1
        b       secure_exception_2
        b       secure_exception_3
        b       secure_exception_4
        b       .
        b       secure_exception_6
        b       secure_exception_7

        .balign 32
monitor_vectors:
        b       .
        b       .
        b       monitor_smc
        b       monitor_exception_3
        b       monitor_exception_4
        b       .
        b       monitor_exception_6
        b       monitor_exception_7

        .section .stacks, "aw", %nobits
        .balign 8
monitor_stacks:
        .space  4 * STACK_BYTES
