/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: do Hyp mode and guests work in either byte order?  DDI 0406C A3.3, B1.8, B3.
 *
 *   entries  CPSR.E at an exception is SCTLR.EE or HSCTLR.EE, and it comes back by SPSR.E
 *   data     loads and stores with CPSR.E = 1; syndromes: those of their aborts
 *   walks    tables of PL1 are in the order of SCTLR.EE, those of stage 2 and Hyp of HSCTLR.EE
 */
#include "parts.h"
#include "tap.h"

extern const char endian_vectors[];

void (*endian_prepare)(void);

void ve_prepare(void)
{
    if (endian_prepare) {
        endian_prepare();
    }
}

void endian_set_hyp(bool ee)
{
    uint32_t hsctlr = cp15_read_hsctlr() & ~SCTLR_EE;

    cp15_write_hsctlr(hsctlr | (ee ? SCTLR_EE : 0));
}

uint32_t endian_entry_psr(void)
{
    return cp15_read_htpidr();
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    cp15_write_hvbar((uint32_t)endian_vectors);
    claim_entries();
    claim_data();
    claim_walks();
    claim_syndromes();
    tap_end();
}
