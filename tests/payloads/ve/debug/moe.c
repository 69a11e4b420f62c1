/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * DBGDSCR.MOE: set by debug exceptions and by nothing else.  DDI 0406C C11.11.
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "debug.h"
#include "hyp.h"
#include "tap.h"

static void run(const struct ve_insn *insn, uint32_t hcr, uint32_t unmasked)
{
    const struct ve_controls controls = { .hcr = hcr };
    struct ve_record record = { 0 };
    struct ve_probe probe;

    ve_probe_make(&probe, insn, VE_ARM, ARMV7_MODE_SVC);
    probe.state.psr &= ~unmasked;
    ve_run(&probe.state, &controls, &record);
}

/* BKPT sets it to 3; then software clears it, and @hcr makes an interrupt. */
static void claim_interrupt(const char *name, uint32_t hcr, uint32_t unmasked)
{
    static const struct ve_insn bkpt = { .arm = 0xe1200070 }, nop = { .arm = 0xe1a00000 };
    struct text detail = { 0 };
    uint32_t first, second;

    run(&bkpt, 0, 0);
    first = DBGDSCR_MOE(cp14_read_dbgdscr());
    cp14_write_dbgdscr(cp14_read_dbgdscr() & ~DBGDSCR_MOE_MASK);
    run(&nop, hcr, unmasked);
    second = DBGDSCR_MOE(cp14_read_dbgdscr());
    text_add_field(&detail, "bkpt", first);
    text_add_field(&detail, "interrupt", second);
    tap_claim(first == 3 && second == 0, name, detail.s);
}

void claim_moe(void)
{
    tap_group("debug/moe", "C11.11", "DBGDSCR.MOE says what the debug exception was");
    claim_interrupt("debug/moe/virq", ARMV7_HCR_VI | ARMV7_HCR_IMO, ARMV7_PSR_I);
    claim_interrupt("debug/moe/vfiq", ARMV7_HCR_VF | ARMV7_HCR_FMO, ARMV7_PSR_F);
    claim_interrupt("debug/moe/none", 0, 0);
}
