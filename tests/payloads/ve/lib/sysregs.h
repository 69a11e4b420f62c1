/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * More CP15 registers than lib/cp15.h has: what the claims set and record.
 */
#ifndef PAYLOADS_VE_SYSREGS_H
#define PAYLOADS_VE_SYSREGS_H

#include "cp15.h"

CP15_32(sctlr, 0, c1, c0, 0)
CP15_64(ttbr0, 0, c2)
CP15_32(ttbcr, 0, c2, c0, 2)
CP15_32(dacr, 0, c3, c0, 0)
CP15_32(dfsr, 0, c5, c0, 0)
CP15_32(ifsr, 0, c5, c0, 1)
CP15_32(dfar, 0, c6, c0, 0)
CP15_32(ifar, 0, c6, c0, 2)
CP15_32(pmuserenr, 0, c9, c14, 0)
CP15_32(mair0, 0, c10, c2, 0)
CP15_32(vbar, 0, c12, c0, 0)
CP15_32(isr, 0, c12, c1, 0)
CP15_32(cntkctl, 0, c14, c1, 0)
CP15_32(hdcr, 4, c1, c1, 1)
CP15_32(hstr, 4, c1, c1, 3)
CP15_32(hdfar, 4, c6, c0, 0)
CP15_32(hifar, 4, c6, c0, 2)
CP15_32(hpfar, 4, c6, c0, 4)
CP15_32(cnthctl, 4, c14, c1, 0)

/* Instruction fetches must see what was stored as code: no caches are on, so nothing is cleaned. */
static inline void cp15_sync_code(void)
{
    __asm__ volatile("dsb\n mcr p15, 0, %0, c7, c5, 0\n mcr p15, 0, %0, c7, c5, 6\n dsb\n isb"
                     : : "r"(0) : "memory");
}

#define READ_BANKED(variable, name) \
    __asm__ volatile(".arch_extension virt\n mrs %0, " name : "=r"(variable))

#endif
