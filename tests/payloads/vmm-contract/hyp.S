/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part in Hyp: the stub that the kernel leaves there, and one page of code that a vmm module
 * brings.  That page runs at its physical address until Hyp's MMU is on and at the kernel's
 * virtual address afterwards, so it is position-independent.
 */
        .arch   armv7-a
        .arch_extension virt
        .arch_extension sec
        .fpu    vfpv4
        .syntax unified
        .arm

        .equ    W_LR_USR, 52
        .equ    W_PC, 56
        .equ    W_PSR, 60
        .equ    W_BANKED, 64
        .equ    W_HOST_BANKED, W_BANKED + 21 * 4
        .equ    W_CP15, 232
        .equ    W_HOST_CP15, W_CP15 + 24 * 4
        .equ    W_HCR, 424
        .equ    W_HCR_SEEN, 428
        .equ    W_HCPTR, 432
        .equ    W_MIDR, 436
        .equ    W_MPIDR, 440
        .equ    W_VFP_LOADED, 444
        .equ    W_VFP_SWITCHES, 448
        .equ    W_HSR, 452
        .equ    W_HDFAR, 456
        .equ    W_HIFAR, 460
        .equ    W_HPFAR, 464
        .equ    W_CNTV_CTL, 468
        .equ    W_VTTBR, 472
        .equ    W_CNTVOFF, 480
        .equ    W_CNTV_CVAL, 488
        .equ    W_GICH, 496
        .equ    W_GICH_HCR, 500
        .equ    W_GICH_VMCR, 504
        .equ    W_GICH_MISR, 508
        .equ    W_GICH_EISR, 512
        .equ    W_GICH_ELSR, 516
        .equ    W_GICH_APR, 520
        .equ    W_GICH_LR, 524
        .equ    W_EXIT, 540
        .equ    W_VFP, 544
        .equ    W_HOST_VFP, W_VFP + 128

        .equ    EC_FP, 0x07
        .equ    EC_HVC, 0x12
        .equ    HCPTR_FP, 0xc00                 @ TCP10, TCP11
        .equ    EXIT_TRAP, 5
        .equ    EXIT_IRQ, 6
        .equ    EXIT_FIQ, 7

        .macro  load_pair at                    @ r2, r3: beyond the reach of LDRD
        ldr     r2, [r0, #\at]
        ldr     r3, [r0, #\at + 4]
        .endm

        .macro  save_pair at
        str     r2, [r0, #\at]
        str     r3, [r0, #\at + 4]
        .endm

        .text
        .balign 32
        .global stub_vectors
stub_vectors:
        .rept   5
        b       .
        .endr
        b       stub_hvc
        b       .
        b       .
stub_hvc:
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        eret

        .global hvc
hvc:    hvc     #0
        bx      lr

        .balign 4096
        .global hyp_page
hyp_page:
        .global hyp_init_vectors
hyp_init_vectors:
        .rept   5
        b       .
        .endr
        b       init_hvc
        b       .
        b       .

        .global hyp_vectors_mapped
hyp_vectors_mapped:
        b       .
        b       .
        b       .
        b       .
        b       hyp_abort
        b       trap
        b       irq
        b       fiq

/* r0: HVBAR from now on, r1: top of the stack, both as Hyp will have them mapped; r2, r3: HTTBR. */
init_hvc:
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        mov     sp, r1
        mcrr    p15, 4, r2, r3, c2              @ HTTBR
        ldr     r0, =0x80800000                 @ HTCR: T0SZ 0, bits 31 and 23 are RES1
        mcr     p15, 4, r0, c2, c0, 2
        ldr     r0, =0x80000040                 @ VTCR: T0SZ 0, SL0 1: 32-bit IPA from level 1
        mcr     p15, 4, r0, c2, c1, 2
        ldr     r0, =0xeeaa4400                 @ HMAIR0
        mcr     p15, 4, r0, c10, c2, 0
        ldr     r0, =0xff000004                 @ HMAIR1
        mcr     p15, 4, r0, c10, c2, 1
        dsb                                     @ walks must see the tables,
        mcr     p15, 4, r0, c8, c7, 0           @ TLBIALLH
        dsb                                     @ and none of what was cached before
        isb
        mrc     p15, 0, r1, c1, c0, 0           @ EE, FI, I and C of the host's SCTLR
        ldr     r2, =0x02201004
        and     r1, r1, r2
        mrc     p15, 4, r0, c1, c0, 0           @ HSCTLR
        bic     r0, r0, r2
        orr     r0, r0, r1
        orr     r0, r0, #3                      @ M, A
        mcr     p15, 4, r0, c1, c0, 0
        isb
        eret

/* A load of hyp_peek() aborted: it returns the syndrome. */
hyp_abort:
        mrs     r1, elr_hyp
        add     r1, r1, #4
        msr     elr_hyp, r1
        mrc     p15, 4, r0, c5, c2, 0           @ HSR
        eret

/* From the host (VMID 0): HVC calls r0 with r1.  From a guest: the end of its run, or VFP. */
trap:
        push    {r0, r1}
        mrrc    p15, 6, r0, r1, c2              @ VTTBR
        ubfx    r1, r1, #16, #8                 @ VMID
        mrc     p15, 4, r0, c5, c2, 0           @ HSR
        lsr     r0, r0, #26                     @ EC
        cmp     r1, #0
        bne     guest_trap
        cmp     r0, #EC_HVC
        bne     .
        pop     {r0, r1}
        mrs     r2, elr_hyp                     @ a call may take exceptions, or run a guest
        mrs     r3, spsr
        push    {r2, r3, r12, lr}
        mov     r12, r0
        mov     r0, r1
        blx     r12
        pop     {r2, r3, r12, lr}
        msr     elr_hyp, r2
        msr     spsr_cxsf, r3
        eret

guest_trap:
        cmp     r0, #EC_FP
        beq     load_vfp
        mov     r1, #EXIT_TRAP
        b       guest_exit

irq:    push    {r0, r1}
        mov     r1, #EXIT_IRQ
        b       guest_exit

fiq:    push    {r0, r1}
        mov     r1, #EXIT_FIQ
        b       guest_exit

/* The guest's first use of VFP in this run; r0, r1 are on the stack. */
load_vfp:
        mrc     p15, 4, r0, c1, c1, 2           @ HCPTR
        bic     r0, r0, #HCPTR_FP
        mcr     p15, 4, r0, c1, c1, 2
        isb
        mrc     p15, 4, r0, c13, c0, 2          @ HTPIDR
        ldr     r1, [r0, #W_VFP_SWITCHES]
        add     r1, r1, #1
        str     r1, [r0, #W_VFP_SWITCHES]
        mov     r1, #1
        str     r1, [r0, #W_VFP_LOADED]
        add     r1, r0, #W_HOST_VFP
        vstmia  r1, {d0-d15}
        add     r1, r0, #W_VFP
        vldmia  r1, {d0-d15}
        pop     {r0, r1}
        eret

/* Registers of other modes.  LR_usr is Hyp's own LR. */
        .macro  each_banked do, at
        \do     sp_usr, \at + 0
        \do     sp_svc, \at + 4
        \do     lr_svc, \at + 8
        \do     spsr_svc, \at + 12
        \do     sp_abt, \at + 16
        \do     lr_abt, \at + 20
        \do     spsr_abt, \at + 24
        \do     sp_und, \at + 28
        \do     lr_und, \at + 32
        \do     spsr_und, \at + 36
        \do     sp_irq, \at + 40
        \do     lr_irq, \at + 44
        \do     spsr_irq, \at + 48
        \do     r8_fiq, \at + 52
        \do     r9_fiq, \at + 56
        \do     r10_fiq, \at + 60
        \do     r11_fiq, \at + 64
        \do     r12_fiq, \at + 68
        \do     sp_fiq, \at + 72
        \do     lr_fiq, \at + 76
        \do     spsr_fiq, \at + 80
        .endm

        .macro  save_banked name, at
        mrs     r1, \name
        str     r1, [r0, #\at]
        .endm

        .macro  load_banked name, at
        ldr     r1, [r0, #\at]
        msr     \name, r1
        .endm

/* PL1's CP15 registers; of those with 64 bits both words. */
        .macro  each_cp15 do, do64, at
        \do64   0, c2, \at + 0                  @ TTBR0
        \do64   1, c2, \at + 8                  @ TTBR1
        \do64   0, c7, \at + 16                 @ PAR
        \do     c2, c0, 2, \at + 24             @ TTBCR
        \do     c3, c0, 0, \at + 28             @ DACR
        \do     c5, c0, 0, \at + 32             @ DFSR
        \do     c5, c0, 1, \at + 36             @ IFSR
        \do     c5, c1, 0, \at + 40             @ ADFSR
        \do     c5, c1, 1, \at + 44             @ AIFSR
        \do     c6, c0, 0, \at + 48             @ DFAR
        \do     c6, c0, 2, \at + 52             @ IFAR
        \do     c10, c2, 0, \at + 56            @ PRRR
        \do     c10, c2, 1, \at + 60            @ NMRR
        \do     c12, c0, 0, \at + 64            @ VBAR
        \do     c13, c0, 1, \at + 68            @ CONTEXTIDR
        \do     c13, c0, 2, \at + 72            @ TPIDRURW
        \do     c13, c0, 3, \at + 76            @ TPIDRURO
        \do     c13, c0, 4, \at + 80            @ TPIDRPRW
        \do     c14, c1, 0, \at + 84            @ CNTKCTL
        \do     c1, c0, 2, \at + 88             @ CPACR
        \do     c1, c0, 0, \at + 92             @ SCTLR
        .endm

        .macro  save_cp15 crn, crm, opc2, at
        mrc     p15, 0, r1, \crn, \crm, \opc2
        str     r1, [r0, #\at]
        .endm

        .macro  load_cp15 crn, crm, opc2, at
        ldr     r1, [r0, #\at]
        mcr     p15, 0, r1, \crn, \crm, \opc2
        .endm

        .macro  save_cp15_64 opc1, crm, at
        mrrc    p15, \opc1, r2, r3, \crm
        save_pair \at
        .endm

        .macro  load_cp15_64 opc1, crm, at
        load_pair \at
        mcrr    p15, \opc1, r2, r3, \crm
        .endm

/* int hyp_enter(struct world *world): runs the guest until an exit. */
        .global hyp_enter
hyp_enter:
        push    {r4-r12, lr}
        mcr     p15, 4, r0, c13, c0, 2          @ HTPIDR
        each_banked save_banked, W_HOST_BANKED
        each_cp15 save_cp15, save_cp15_64, W_HOST_CP15

        ldr     r4, [r0, #W_GICH]
        ldr     r1, [r0, #W_GICH_VMCR]
        str     r1, [r4, #0x08]
        ldr     r1, [r0, #W_GICH_APR]
        str     r1, [r4, #0xf0]
        add     r5, r0, #W_GICH_LR
        ldm     r5, {r6-r9}
        str     r6, [r4, #0x100]
        str     r7, [r4, #0x104]
        str     r8, [r4, #0x108]
        str     r9, [r4, #0x10c]
        ldr     r1, [r0, #W_GICH_HCR]
        str     r1, [r4]

        mov     r1, #1                          @ CNTHCTL: PL1PCTEN without PL1PCEN
        mcr     p15, 4, r1, c14, c1, 0
        load_pair W_CNTVOFF
        mcrr    p15, 4, r2, r3, c14
        load_pair W_CNTV_CVAL
        mcrr    p15, 3, r2, r3, c14
        ldr     r1, [r0, #W_CNTV_CTL]
        mcr     p15, 0, r1, c14, c3, 1

        vmrs    r1, fpexc
        orr     r1, r1, #1 << 30                @ EN
        vmsr    fpexc, r1
        each_banked load_banked, W_BANKED
        each_cp15 load_cp15, load_cp15_64, W_CP15
        ldr     r1, [r0, #W_HCR]
        mcr     p15, 4, r1, c1, c1, 0
        mrc     p15, 4, r1, c1, c1, 0
        str     r1, [r0, #W_HCR_SEEN]
        ldr     r1, [r0, #W_MIDR]
        mcr     p15, 4, r1, c0, c0, 0           @ VPIDR
        ldr     r1, [r0, #W_MPIDR]
        mcr     p15, 4, r1, c0, c0, 5           @ VMPIDR
        load_pair W_VTTBR
        mcrr    p15, 6, r2, r3, c2
        ldr     r1, [r0, #W_HCPTR]
        mcr     p15, 4, r1, c1, c1, 2
        isb

        ldr     r1, [r0, #W_PC]
        msr     elr_hyp, r1
        ldr     r1, [r0, #W_PSR]
        msr     spsr_cxsf, r1
        ldr     lr, [r0, #W_LR_USR]
        ldm     r0, {r0-r12}
        eret

/* r1: the vector; the guest's r0 and r1 are on the stack. */
guest_exit:
        mrc     p15, 4, r0, c13, c0, 2          @ HTPIDR
        str     r1, [r0, #W_EXIT]
        add     r1, r0, #8
        stm     r1, {r2-r12}
        pop     {r2, r3}
        stm     r0, {r2, r3}
        str     lr, [r0, #W_LR_USR]
        mrs     r1, elr_hyp
        str     r1, [r0, #W_PC]
        mrs     r1, spsr
        str     r1, [r0, #W_PSR]
        mrc     p15, 4, r1, c5, c2, 0           @ HSR
        str     r1, [r0, #W_HSR]
        mrc     p15, 4, r1, c6, c0, 0           @ HDFAR
        str     r1, [r0, #W_HDFAR]
        mrc     p15, 4, r1, c6, c0, 2           @ HIFAR
        str     r1, [r0, #W_HIFAR]
        mrc     p15, 4, r1, c6, c0, 4           @ HPFAR
        str     r1, [r0, #W_HPFAR]
        each_banked save_banked, W_BANKED
        each_cp15 save_cp15, save_cp15_64, W_CP15

        mov     r1, #0                          @ the host is nobody's guest: VMID 0, no traps
        mov     r2, #0
        mcrr    p15, 6, r1, r2, c2              @ VTTBR
        mcr     p15, 4, r1, c1, c1, 0           @ HCR
        mcr     p15, 4, r1, c1, c1, 2           @ HCPTR
        mrc     p15, 0, r1, c0, c0, 0           @ in Hyp these are the hardware's own
        mcr     p15, 4, r1, c0, c0, 0
        mrc     p15, 0, r1, c0, c0, 5
        mcr     p15, 4, r1, c0, c0, 5
        isb

        mrc     p15, 0, r1, c14, c3, 1          @ CNTV_CTL
        str     r1, [r0, #W_CNTV_CTL]
        mrrc    p15, 3, r2, r3, c14
        save_pair W_CNTV_CVAL
        mov     r1, #0
        mcr     p15, 0, r1, c14, c3, 1
        mov     r2, #0
        mov     r3, #0
        mcrr    p15, 4, r2, r3, c14             @ CNTVOFF
        mov     r1, #3                          @ CNTHCTL: PL1PCEN, PL1PCTEN
        mcr     p15, 4, r1, c14, c1, 0

        ldr     r4, [r0, #W_GICH]
        ldr     r1, [r4]
        str     r1, [r0, #W_GICH_HCR]
        ldr     r1, [r4, #0x08]
        str     r1, [r0, #W_GICH_VMCR]
        ldr     r1, [r4, #0x10]
        str     r1, [r0, #W_GICH_MISR]
        ldr     r1, [r4, #0x20]
        str     r1, [r0, #W_GICH_EISR]
        ldr     r1, [r4, #0x30]
        str     r1, [r0, #W_GICH_ELSR]
        ldr     r1, [r4, #0xf0]
        str     r1, [r0, #W_GICH_APR]
        ldr     r6, [r4, #0x100]
        ldr     r7, [r4, #0x104]
        ldr     r8, [r4, #0x108]
        ldr     r9, [r4, #0x10c]
        add     r5, r0, #W_GICH_LR
        stm     r5, {r6-r9}
        mov     r1, #0
        str     r1, [r4]
        dsb                                     @ no maintenance interrupt is left at the host

        ldr     r1, [r0, #W_VFP_LOADED]
        cmp     r1, #0
        beq     1f
        mov     r1, #0
        str     r1, [r0, #W_VFP_LOADED]
        add     r1, r0, #W_VFP
        vstmia  r1, {d0-d15}
        add     r1, r0, #W_HOST_VFP
        vldmia  r1, {d0-d15}
1:      each_cp15 load_cp15, load_cp15_64, W_HOST_CP15
        each_banked load_banked, W_HOST_BANKED
        isb
        ldr     r0, [r0, #W_EXIT]
        pop     {r4-r12, pc}

/* int hyp_controls(struct hyp_controls *controls) */
        .global hyp_controls
hyp_controls:
        mrc     p15, 4, r1, c2, c0, 2           @ HTCR
        mrc     p15, 4, r2, c2, c1, 2           @ VTCR
        str     r1, [r0]
        str     r2, [r0, #4]
        mrc     p15, 4, r1, c10, c2, 0          @ HMAIR0
        str     r1, [r0, #8]
        mrc     p15, 4, r1, c10, c2, 1          @ HMAIR1
        str     r1, [r0, #12]
        mrc     p15, 4, r1, c1, c0, 0           @ HSCTLR
        str     r1, [r0, #16]
        mrc     p15, 4, r1, c12, c0, 0          @ HVBAR
        str     r1, [r0, #20]
        mrrc    p15, 4, r2, r3, c2              @ HTTBR
        save_pair 24
        bx      lr

/* int hyp_peek(const void *address) */
        .global hyp_peek
hyp_peek:
        ldr     r0, [r0]
        bx      lr

        .ltorg
        .org    hyp_page + 4096                 @ not more than the page that is mapped in Hyp
