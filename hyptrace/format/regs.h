/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The register table: one numbered row for every 32-bit register (or half of a 64-bit register)
 * that snapshots, deltas, diff, replay, injection and baselines know.  Numbers never change and
 * are never reused; docs/trace-format.md shows the table with its words.
 *
 * A register is named by its storage, not by the mode that sees it: r8..r12 and r13_usr are the
 * User bank whatever mode the CPU is in.
 */
#ifndef HYPTRACE_FORMAT_REGS_H
#define HYPTRACE_FORMAT_REGS_H

#include <stdint.h>

/* Who sees a register. */
enum ht_reg_kind {
    HT_KIND_GUEST,  /* guest-visible: part of an exit's inputs and outputs */
    HT_KIND_HYP,    /* hypervisor-private: never compared between hypervisors */
    HT_KIND_TIME,   /* a point in time: guest-visible, never compared */
};

/*
 * X(number, NAME, "name", kind)
 * Rows 0 to 15 are the coded registers (enum ht_core_code): the ones that change most.
 */
#define HT_REG_TABLE(X) \
    X(0, R0, "r0", GUEST) \
    X(1, R1, "r1", GUEST) \
    X(2, R2, "r2", GUEST) \
    X(3, R3, "r3", GUEST) \
    X(4, R4, "r4", GUEST) \
    X(5, R5, "r5", GUEST) \
    X(6, R6, "r6", GUEST) \
    X(7, R7, "r7", GUEST) \
    X(8, R8, "r8", GUEST) \
    X(9, R9, "r9", GUEST) \
    X(10, R10, "r10", GUEST) \
    X(11, R11, "r11", GUEST) \
    X(12, R12, "r12", GUEST) \
    X(13, SP_SVC, "sp_svc", GUEST) \
    X(14, LR_SVC, "lr_svc", GUEST) \
    X(15, LR_USR, "lr_usr", GUEST) \
    /* The other banked registers of PL0 and PL1. */ \
    X(16, SP_USR, "sp_usr", GUEST) \
    X(17, SPSR_SVC, "spsr_svc", GUEST) \
    X(18, SP_ABT, "sp_abt", GUEST) \
    X(19, LR_ABT, "lr_abt", GUEST) \
    X(20, SPSR_ABT, "spsr_abt", GUEST) \
    X(21, SP_UND, "sp_und", GUEST) \
    X(22, LR_UND, "lr_und", GUEST) \
    X(23, SPSR_UND, "spsr_und", GUEST) \
    X(24, SP_IRQ, "sp_irq", GUEST) \
    X(25, LR_IRQ, "lr_irq", GUEST) \
    X(26, SPSR_IRQ, "spsr_irq", GUEST) \
    X(27, SP_FIQ, "sp_fiq", GUEST) \
    X(28, LR_FIQ, "lr_fiq", GUEST) \
    X(29, SPSR_FIQ, "spsr_fiq", GUEST) \
    X(30, R8_FIQ, "r8_fiq", GUEST) \
    X(31, R9_FIQ, "r9_fiq", GUEST) \
    X(32, R10_FIQ, "r10_fiq", GUEST) \
    X(33, R11_FIQ, "r11_fiq", GUEST) \
    X(34, R12_FIQ, "r12_fiq", GUEST) \
    /* Banked registers of Hyp. */ \
    X(36, SP_HYP, "sp_hyp", HYP) \
    X(37, ELR_HYP, "elr_hyp", HYP) \
    X(38, SPSR_HYP, "spsr_hyp", HYP) \
    /* The CP15 context of PL1, Non-secure bank. */ \
    X(40, CSSELR, "csselr", GUEST) \
    X(41, SCTLR, "sctlr", GUEST) \
    X(42, CPACR, "cpacr", GUEST) \
    X(43, TTBR0, "ttbr0", GUEST) \
    X(44, TTBR0_HI, "ttbr0_hi", GUEST) \
    X(45, TTBR1, "ttbr1", GUEST) \
    X(46, TTBR1_HI, "ttbr1_hi", GUEST) \
    X(47, TTBCR, "ttbcr", GUEST) \
    X(48, DACR, "dacr", GUEST) \
    X(49, DFSR, "dfsr", GUEST) \
    X(50, IFSR, "ifsr", GUEST) \
    X(51, DFAR, "dfar", GUEST) \
    X(52, IFAR, "ifar", GUEST) \
    X(53, PAR, "par", GUEST) \
    X(54, PAR_HI, "par_hi", GUEST) \
    X(55, MAIR0, "mair0", GUEST) \
    X(56, MAIR1, "mair1", GUEST) \
    X(57, VBAR, "vbar", GUEST) \
    X(58, FCSEIDR, "fcseidr", GUEST) \
    X(59, CONTEXTIDR, "contextidr", GUEST) \
    X(60, TPIDRURW, "tpidrurw", GUEST) \
    X(61, TPIDRURO, "tpidruro", GUEST) \
    X(62, TPIDRPRW, "tpidrprw", GUEST) \
    X(63, CNTKCTL, "cntkctl", GUEST) \
    X(64, TEECR, "teecr", GUEST) \
    X(65, TEEHBR, "teehbr", GUEST) \
    /* Hyp context. */ \
    X(72, HCR, "hcr", HYP) \
    X(73, VTTBR, "vttbr", HYP) \
    X(74, VTTBR_HI, "vttbr_hi", HYP) \
    X(75, VTCR, "vtcr", HYP) \
    X(76, HSCTLR, "hsctlr", HYP) \
    X(77, HCPTR, "hcptr", HYP) \
    X(78, HSTR, "hstr", HYP) \
    X(79, HDCR, "hdcr", HYP) \
    X(80, HTTBR, "httbr", HYP) \
    X(81, HTTBR_HI, "httbr_hi", HYP) \
    X(82, HTCR, "htcr", HYP) \
    X(83, HMAIR0, "hmair0", HYP) \
    X(84, HMAIR1, "hmair1", HYP) \
    X(85, HVBAR, "hvbar", HYP) \
    X(86, HTPIDR, "htpidr", HYP) \
    X(87, VPIDR, "vpidr", GUEST) \
    X(88, VMPIDR, "vmpidr", GUEST) \
    X(89, CNTHCTL, "cnthctl", HYP) \
    X(90, CNTVOFF, "cntvoff", TIME) \
    X(91, CNTVOFF_HI, "cntvoff_hi", TIME) \
    X(92, HSR, "hsr", HYP) \
    X(93, HDFAR, "hdfar", HYP) \
    X(94, HIFAR, "hifar", HYP) \
    X(95, HPFAR, "hpfar", HYP) \
    /* Timers.  The controls hold ENABLE and IMASK; ISTATUS is left out, it follows the time. */ \
    X(96, CNTV_CTL, "cntv_ctl", GUEST) \
    X(97, CNTV_CVAL, "cntv_cval", TIME) \
    X(98, CNTV_CVAL_HI, "cntv_cval_hi", TIME) \
    X(99, CNTP_CTL, "cntp_ctl", GUEST) \
    X(100, CNTP_CVAL, "cntp_cval", TIME) \
    X(101, CNTP_CVAL_HI, "cntp_cval_hi", TIME) \
    X(102, CNTHP_CTL, "cnthp_ctl", HYP) \
    X(103, CNTHP_CVAL, "cnthp_cval", TIME) \
    X(104, CNTHP_CVAL_HI, "cnthp_cval_hi", TIME) \
    /* GIC virtual interface control. */ \
    X(112, GICH_HCR, "gich_hcr", HYP) \
    X(113, GICH_VMCR, "gich_vmcr", HYP) \
    X(114, GICH_APR, "gich_apr", HYP) \
    /* ISR as a guest reads it: the virtual interrupts pending, A, I and F in bits 8, 7 and 6. */ \
    X(115, ISR, "isr", HYP) \
    X(128, GICH_LR0, "gich_lr0", HYP) \
    X(129, GICH_LR1, "gich_lr1", HYP) \
    X(130, GICH_LR2, "gich_lr2", HYP) \
    X(131, GICH_LR3, "gich_lr3", HYP) \
    /* VFP, recorded on request. */ \
    X(160, D0, "d0", GUEST) \
    X(161, D0_HI, "d0_hi", GUEST) \
    X(162, D1, "d1", GUEST) \
    X(163, D1_HI, "d1_hi", GUEST) \
    X(164, D2, "d2", GUEST) \
    X(165, D2_HI, "d2_hi", GUEST) \
    X(166, D3, "d3", GUEST) \
    X(167, D3_HI, "d3_hi", GUEST) \
    X(168, D4, "d4", GUEST) \
    X(169, D4_HI, "d4_hi", GUEST) \
    X(170, D5, "d5", GUEST) \
    X(171, D5_HI, "d5_hi", GUEST) \
    X(172, D6, "d6", GUEST) \
    X(173, D6_HI, "d6_hi", GUEST) \
    X(174, D7, "d7", GUEST) \
    X(175, D7_HI, "d7_hi", GUEST) \
    X(176, D8, "d8", GUEST) \
    X(177, D8_HI, "d8_hi", GUEST) \
    X(178, D9, "d9", GUEST) \
    X(179, D9_HI, "d9_hi", GUEST) \
    X(180, D10, "d10", GUEST) \
    X(181, D10_HI, "d10_hi", GUEST) \
    X(182, D11, "d11", GUEST) \
    X(183, D11_HI, "d11_hi", GUEST) \
    X(184, D12, "d12", GUEST) \
    X(185, D12_HI, "d12_hi", GUEST) \
    X(186, D13, "d13", GUEST) \
    X(187, D13_HI, "d13_hi", GUEST) \
    X(188, D14, "d14", GUEST) \
    X(189, D14_HI, "d14_hi", GUEST) \
    X(190, D15, "d15", GUEST) \
    X(191, D15_HI, "d15_hi", GUEST) \
    X(192, D16, "d16", GUEST) \
    X(193, D16_HI, "d16_hi", GUEST) \
    X(194, D17, "d17", GUEST) \
    X(195, D17_HI, "d17_hi", GUEST) \
    X(196, D18, "d18", GUEST) \
    X(197, D18_HI, "d18_hi", GUEST) \
    X(198, D19, "d19", GUEST) \
    X(199, D19_HI, "d19_hi", GUEST) \
    X(200, D20, "d20", GUEST) \
    X(201, D20_HI, "d20_hi", GUEST) \
    X(202, D21, "d21", GUEST) \
    X(203, D21_HI, "d21_hi", GUEST) \
    X(204, D22, "d22", GUEST) \
    X(205, D22_HI, "d22_hi", GUEST) \
    X(206, D23, "d23", GUEST) \
    X(207, D23_HI, "d23_hi", GUEST) \
    X(208, D24, "d24", GUEST) \
    X(209, D24_HI, "d24_hi", GUEST) \
    X(210, D25, "d25", GUEST) \
    X(211, D25_HI, "d25_hi", GUEST) \
    X(212, D26, "d26", GUEST) \
    X(213, D26_HI, "d26_hi", GUEST) \
    X(214, D27, "d27", GUEST) \
    X(215, D27_HI, "d27_hi", GUEST) \
    X(216, D28, "d28", GUEST) \
    X(217, D28_HI, "d28_hi", GUEST) \
    X(218, D29, "d29", GUEST) \
    X(219, D29_HI, "d29_hi", GUEST) \
    X(220, D30, "d30", GUEST) \
    X(221, D30_HI, "d30_hi", GUEST) \
    X(222, D31, "d31", GUEST) \
    X(223, D31_HI, "d31_hi", GUEST) \
    X(224, FPSCR, "fpscr", GUEST) \
    X(225, FPEXC, "fpexc", GUEST)

/* Rows 132-143 are GICH_LR4 to LR15; the rest free. */

enum ht_reg {
#define HT_REG_ENUM(number, id, name, kind) HT_REG_##id = (number),
    HT_REG_TABLE(HT_REG_ENUM)
#undef HT_REG_ENUM
};

#define HT_REG_COUNT 256        /* row numbers are bytes */
#define HT_REG_LR_MAX 16        /* list registers that have a row number */

/**
 * ht_reg_name: the name of a row, or NULL for a number without a row.  Static string.
 */
const char *ht_reg_name(unsigned number);

/**
 * ht_reg_kind_of: who sees a row.  Precondition: ht_reg_name(number) is not NULL.
 */
enum ht_reg_kind ht_reg_kind_of(unsigned number);

#endif
