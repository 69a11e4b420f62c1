/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Boot ROM: reset, the pen of CPU1, and the way into Non-secure Hyp.
 * Both cores start here in Secure SVC with the MMU off.
 */
#include "handoff.h"

#define PEN_WORD        0x02020000      /* CPU1 jumps to what is written here */
#define GIC_BASE        0x10480000
#define GICD_CTLR       0x1000
#define GICD_TYPER      0x1004
#define GICD_IGROUPR    0x1080
#define GICC_CTLR       0x2000
#define GICC_PMR        0x2004
#define GICC_IAR        0x200c
#define GICC_EOIR       0x2010

#define MODE_SVC        0x13
#define MODE_MON        0x16
#define MODE_HYP        0x1a
#define PSR_AIF         0x1c0

#define SCR_NS          (1 << 0)
#define SCR_FW          (1 << 4)
#define SCR_AW          (1 << 5)
#define SCR_HCE         (1 << 8)

/* Coprocessors 0-13 and the NS_SMP bit (A15: ACTLR.SMP from Non-secure). */
#define NSACR_VALUE     0x00043fff
#define COUNTER_HZ      24000000

        .syntax unified
        .arm
        .arch_extension sec
        .arch_extension virt

        .section .vectors, "ax"
        .global rom_vectors
rom_vectors:
        b       reset
        b       hang            /* Undefined Instruction */
        b       hang            /* SVC, and SMC through MVBAR */
        b       hang            /* Prefetch Abort */
        b       hang            /* Data Abort */
        b       hang
        b       pen_irq
        b       hang

        .text
hang:
        wfi
        b       hang

        .global rom_stop
rom_stop:
        cpsid   aif
        b       hang

/* In: nothing.  Out of reset, either core. */
reset:
        mov     r0, #0
        mcr     p15, 0, r0, c12, c0, 0          @ VBAR: the ROM's vectors
        mcr     p15, 0, r0, c12, c0, 1          @ MVBAR
        mrc     p15, 0, r0, c0, c0, 5           @ MPIDR
        ands    r0, r0, #0xff
        bne     secondary

        ldr     sp, =rom_stack_top
        ldr     r0, =rom_bss_start
        ldr     r1, =rom_bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b
        b       rom_main

/*
 * CPU1.  Where the board skips the firmware, the core goes to Hyp first, as
 * Linux and Xen want both cores in the same mode; else it waits in Secure
 * SVC, as after silicon's BL1.
 */
secondary:
        ldr     r4, =HANDOFF_OFFSET
        ldr     r0, [r4, #HANDOFF_MAGIC_OFFSET]
        ldr     r1, =HANDOFF_MAGIC
        cmp     r0, r1
        ldreq   r0, [r4, #HANDOFF_MODE_OFFSET]
        cmpeq   r0, #HANDOFF_MODE_HYP
        ldreq   r3, =hyp_pen
        beq     rom_enter_hyp

/*
 * Secure pen: the core sleeps until an event (SEV) or an interrupt (SGI), and
 * looks at the word.  Interrupts are taken, so that an SGI ends WFE.
 */
secure_pen:
        ldr     r5, =(GIC_BASE + GICC_CTLR)
        mov     r0, #0xff
        str     r0, [r5, #(GICC_PMR - GICC_CTLR)]
        mov     r0, #1
        str     r0, [r5]
        ldr     r4, =PEN_WORD
        cpsie   i
1:      ldr     r0, [r4]
        cmp     r0, #0
        wfeeq
        beq     1b
        cpsid   i
        mov     r1, #0
        str     r1, [r5]                        @ GICC as after reset
        str     r1, [r5, #(GICC_PMR - GICC_CTLR)]
        bx      r0

/* The pen's interrupt: acknowledge and complete; the loop does the rest. */
pen_irq:
        ldr     r12, =(GIC_BASE + GICC_CTLR)
        ldr     r11, [r12, #(GICC_IAR - GICC_CTLR)]
        str     r11, [r12, #(GICC_EOIR - GICC_CTLR)]
        subs    pc, lr, #4

/* Hyp pen, the same: Linux sends an SGI and no event, and a masked one does not end WFE. */
hyp_pen:
        ldr     r4, =PEN_WORD
        ldr     r0, =hyp_vectors
        mcr     p15, 4, r0, c12, c0, 0          @ HVBAR
        isb
        cpsie   i
1:      ldr     r0, [r4]
        cmp     r0, #0
        wfeeq
        beq     1b
        cpsid   i
        bx      r0

        .balign 32
hyp_vectors:
        b       hang
        b       hang            /* Undefined Instruction */
        b       hang            /* HVC, SVC */
        b       hang            /* Prefetch Abort */
        b       hang            /* Data Abort */
        b       hang            /* of PL1 and PL0: there is none */
        b       hyp_pen_irq
        b       hang

hyp_pen_irq:
        ldr     r12, =(GIC_BASE + GICC_CTLR)
        ldr     r11, [r12, #(GICC_IAR - GICC_CTLR)]
        str     r11, [r12, #(GICC_EOIR - GICC_CTLR)]
        eret

        .global rom_enter_secure
rom_enter_secure:
        bx      r3

/*
 * In: r0-r2 for the image, r3 its entry.  Interrupts of the core and, by
 * CPU0, all shared ones become Group 1; the core's CP15 is opened to the
 * Non-secure side as in Arm's booting conventions; Hyp is entered masked.
 */
        .global rom_enter_hyp
rom_enter_hyp:
        ldr     r4, =(GIC_BASE + GICD_CTLR)
        mvn     r5, #0
        str     r5, [r4, #(GICD_IGROUPR - GICD_CTLR)]   @ banked: SGIs, PPIs
        mrc     p15, 0, r6, c0, c0, 5
        ands    r6, r6, #0xff
        bne     2f
        ldr     r6, [r4, #(GICD_TYPER - GICD_CTLR)]
        and     r6, r6, #0x1f                   @ ITLinesNumber
        add     r7, r4, #(GICD_IGROUPR - GICD_CTLR)
1:      cmp     r6, #0
        strne   r5, [r7, #4]!
        subne   r6, r6, #1
        bne     1b
        mov     r6, #3                          @ both groups on
        str     r6, [r4]
2:      ldr     r4, =(GIC_BASE + GICC_CTLR)
        mov     r6, #0xff
        str     r6, [r4, #(GICC_PMR - GICC_CTLR)]
        mov     r6, #3
        str     r6, [r4]

        ldr     r6, =COUNTER_HZ
        mcr     p15, 0, r6, c14, c0, 0          @ CNTFRQ
        ldr     r6, =NSACR_VALUE
        mcr     p15, 0, r6, c1, c1, 2           @ NSACR

        cps     #MODE_MON
        mov     r6, #(SCR_NS | SCR_FW | SCR_AW)
        orr     r6, r6, #SCR_HCE
        mcr     p15, 0, r6, c1, c1, 0           @ SCR
        isb
        mov     r6, #0
        mcrr    p15, 4, r6, r6, c14             @ CNTVOFF
        ldr     r6, =(PSR_AIF | MODE_HYP)
        tst     r3, #1
        orrne   r6, r6, #0x20                   @ Thumb entry
        msr     spsr_cxsf, r6
        mov     lr, r3
        movs    pc, lr
