/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * An instruction in an IT block that traps: ELR_hyp and SPSR_hyp.IT are the instruction's own.
 * DDI 0406C B1.8 (SPSR at an exception), B1.14 (HCR.TWI, TSC), A2.5.2 (ITSTATE).
 *
 * itstate-wfi  WFI, first and last of the block, and at the end of a page
 * itstate-smc  SMC, which may only be the last
 */
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "board.h"
#include "cp15.h"
#include "itstate.h"
#include "probe.h"

/* IT[1:0] are SPSR[26:25], IT[7:2] SPSR[15:10]; ITT EQ is 0x04, then 0x08. */
#define SPSR_IT 0x0600fc00u
#define IT_FIRST 0x00000400u
#define IT_LAST 0x00000800u

static void claim_it(const char *group, const char *name, void (*code)(void), void (*insn)(void),
                     uint32_t ec, uint32_t it)
{
    struct outcome o;

    cp15_write_hcr(ARMV7_HCR_TWI | ARMV7_HCR_TSC);
    o = probe(code, PSR_SVC | PSR_THUMB);
    cp15_write_hcr(0);
    claim_defect(group, name,
                 trapped(&o, ec) && o.elr == (uint32_t)insn && (o.spsr & SPSR_IT) == it,
                 (uint64_t)o.spsr << 32 | o.elr);
}

void check_itstate(void)
{
    claim_it("itstate-wfi", "first", it_wfi_first, it_wfi_first_insn, HSR_EC_WFX, IT_FIRST);
    claim_it("itstate-wfi", "last", it_wfi_last, it_wfi_last_insn, HSR_EC_WFX, IT_LAST);
    claim_it("itstate-wfi", "page-end", it_wfi_page_end, it_wfi_page_end_insn, HSR_EC_WFX,
             IT_LAST);
    if (!board.smc) {
        skip_defect("itstate-smc", "last", "SMC is UNDEFINED on this board");
        return;
    }
    claim_it("itstate-smc", "last", it_smc_last, it_smc_last_insn, HSR_EC_SMC, IT_LAST);
}
