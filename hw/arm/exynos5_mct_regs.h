/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of the Exynos5 multi-core timer.  From the drivers that use it:
 * Linux drivers/clocksource/exynos_mct.c, FreeBSD
 * sys/arm/samsung/exynos/exynos5_mct.c; MCT_CFG from QEMU's exynos4210.mct.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_MCT_REGS_H
#define HW_ARM_EXYNOS5_EXYNOS5_MCT_REGS_H

#include "hw/registerfields.h"

/* All registers read 0 after reset. */

REG32(MCT_CFG, 0x000)                   /* counts every (PRESCALER + 1) << DIVIDER ticks */
    FIELD(MCT_CFG, PRESCALER, 0, 8)
    FIELD(MCT_CFG, DIVIDER, 8, 3)

/* Global timer: a 64-bit counter that runs up. */
REG32(G_CNT_L, 0x100)
REG32(G_CNT_U, 0x104)
REG32(G_CNT_WSTAT, 0x110)               /* written since cleared, write 1 to clear */
    FIELD(G_CNT_WSTAT, L, 0, 1)
    FIELD(G_CNT_WSTAT, U, 1, 1)

/* Comparator n, n = 0..3, at + n * MCT_COMP_STRIDE. */
REG32(G_COMP0_L, 0x200)
REG32(G_COMP0_U, 0x204)
REG32(G_COMP0_ADD_INCR, 0x208)          /* added at a match if AUTO_INC */

REG32(G_TCON, 0x240)
    FIELD(G_TCON, COMP0_ENABLE, 0, 1)   /* comparator n: bit 2n */
    FIELD(G_TCON, COMP0_AUTO_INC, 1, 1) /* comparator n: bit 2n + 1 */
    FIELD(G_TCON, START, 8, 1)          /* the counter runs */
REG32(G_INT_CSTAT, 0x244)               /* comparator n matched: bit n, write 1 to clear */
REG32(G_INT_ENB, 0x248)                 /* bit n: interrupt of comparator n */
REG32(G_WSTAT, 0x24c)                   /* written since cleared, write 1 to clear */
    FIELD(G_WSTAT, COMP0_L, 0, 1)       /* comparator n: bits 4n to 4n + 2 */
    FIELD(G_WSTAT, COMP0_U, 1, 1)
    FIELD(G_WSTAT, COMP0_ADD_INCR, 2, 1)
    FIELD(G_WSTAT, TCON, 16, 1)

/* Local timer n, n = 0..1, at + n * MCT_LOCAL_STRIDE: counters that run down. */
REG32(L0_TCNTB, 0x300)                  /* TCNT's period is TCNTB + 1 */
REG32(L0_TCNTO, 0x304)
REG32(L0_ICNTB, 0x308)                  /* ICNT counts ICNTB + 1 periods of TCNT */
    FIELD(L0_ICNTB, COUNT, 0, 31)
    FIELD(L0_ICNTB, MANUAL_UPDATE, 31, 1)
REG32(L0_ICNTO, 0x30c)
REG32(L0_FRCNTB, 0x310)                 /* the free-running counter's period; 0: 2^32 */
REG32(L0_FRCNTO, 0x314)
REG32(L0_TCON, 0x320)
    FIELD(L0_TCON, TICK_START, 0, 1)
    FIELD(L0_TCON, INT_START, 1, 1)
    FIELD(L0_TCON, INTERVAL, 2, 1)      /* ICNT is loaded from ICNTB when it expires */
    FIELD(L0_TCON, FRC_START, 3, 1)
REG32(L0_INT_CSTAT, 0x330)              /* write 1 to clear */
    FIELD(L0_INT_CSTAT, ICNT, 0, 1)
    FIELD(L0_INT_CSTAT, FRCNT, 1, 1)
REG32(L0_INT_ENB, 0x334)                /* bits as in INT_CSTAT */
REG32(L0_WSTAT, 0x340)                  /* written since cleared, write 1 to clear */
    FIELD(L0_WSTAT, TCNTB, 0, 1)
    FIELD(L0_WSTAT, ICNTB, 1, 1)
    FIELD(L0_WSTAT, FRCNTB, 2, 1)
    FIELD(L0_WSTAT, TCON, 3, 1)

enum {
    MCT_COMPARATORS = 4,
    MCT_COMP_STRIDE = 0x10,
    MCT_LOCAL_TIMERS = 2,
    MCT_LOCAL_STRIDE = 0x100,
    MCT_REGION_SIZE_BYTES = 0x800,
};

#endif
