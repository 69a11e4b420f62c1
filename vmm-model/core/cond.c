/* SPDX-License-Identifier: BSD-2-Clause */
/* Conditions, ITSTATE and the skipping of emulated instructions. */
#include "core/cond.h"
#include "armv7/hsr.h"

/* ITSTATE[7:2] is PSR[15:10], ITSTATE[1:0] is PSR[26:25]; B1.3.3. */
#define PSR_IT_HIGH_SHIFT  10
#define PSR_IT_HIGH_LENGTH 6
#define PSR_IT_LOW_SHIFT   25
#define PSR_IT_LOW_LENGTH  2

bool cond_holds(unsigned cond, uint32_t psr)
{
    bool n = psr & ARMV7_PSR_N, z = psr & ARMV7_PSR_Z;
    bool c = psr & ARMV7_PSR_C, v = psr & ARMV7_PSR_V;
    bool holds;

    if (cond >= COND_AL) {
        return true;
    }
    switch (cond >> 1) {
    case 0: holds = z; break;             /* EQ, NE */
    case 1: holds = c; break;             /* CS, CC */
    case 2: holds = n; break;             /* MI, PL */
    case 3: holds = v; break;             /* VS, VC */
    case 4: holds = c && !z; break;       /* HI, LS */
    case 5: holds = n == v; break;        /* GE, LT */
    default: holds = n == v && !z; break; /* GT, LE */
    }
    return (cond & 1) ? !holds : holds;
}

unsigned psr_it(uint32_t psr)
{
    return field32_get(psr, PSR_IT_HIGH_SHIFT, PSR_IT_HIGH_LENGTH) << 2 |
           field32_get(psr, PSR_IT_LOW_SHIFT, PSR_IT_LOW_LENGTH);
}

uint32_t psr_with_it(uint32_t psr, unsigned it)
{
    psr = field32_set(psr, PSR_IT_HIGH_SHIFT, PSR_IT_HIGH_LENGTH, it >> 2);
    return field32_set(psr, PSR_IT_LOW_SHIFT, PSR_IT_LOW_LENGTH, it);
}

bool trapped_insn_executes(uint32_t hsr, uint32_t psr)
{
    unsigned it = psr_it(psr);

    if (HSR_GET(hsr, CV)) {
        return cond_holds(HSR_GET(hsr, COND), psr);
    }
    if ((psr & ARMV7_PSR_T) && it != 0) {
        return cond_holds(it >> 4, psr);
    }
    return true;
}

void regs_skip(struct guest_regs *regs, unsigned length_bytes)
{
    unsigned it = psr_it(regs->cpsr);

    regs->pc += length_bytes;
    if (regs->cpsr & ARMV7_PSR_T) {
        /* ITAdvance(): the last instruction of the block ends it. */
        it = (it & 7) == 0 ? 0 : (it & 0xe0) | ((it << 1) & 0x1f);
        regs->cpsr = psr_with_it(regs->cpsr, it);
    }
}
