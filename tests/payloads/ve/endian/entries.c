/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * CPSR.E at exceptions: SCTLR.EE at PL1, HSCTLR.EE in Hyp mode, whatever it was before; SPSR.E is
 * what it was.  DDI 0406C B1.8.3 (TakeException pseudocode), B4.1 (SCTLR, HSCTLR).
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

static const struct kind {
    const char *name;
    struct ve_insn insn;
    uint32_t hcr, unmasked;
    enum ve_outcome outcome;
    bool svc, usr, hyp;         /* the modes to ask */
} kinds[] = {
    { "undef", { .arm = 0xe7f000f0 }, 0, 0, VE_PL1, true, true, false },
    { "svc", { .arm = 0xef000012 }, 0, 0, VE_PL1, true, true, false },
    { "dabt", { .arm = 0xe1913f9f }, 0, 0, VE_PL1, true, true, false },     /* LDREX, odd r1 */
    { "iabt", { .arm = 0xe1200070 }, 0, 0, VE_PL1, true, true, false },     /* BKPT */
    { "virq", { .arm = 0xe320f000 }, ARMV7_HCR_VI | ARMV7_HCR_IMO, ARMV7_PSR_I, VE_PL1,
      true, true, false },
    { "vfiq", { .arm = 0xe320f000 }, ARMV7_HCR_VF | ARMV7_HCR_FMO, ARMV7_PSR_F, VE_PL1,
      true, true, false },
    { "virtual-abort", { .arm = 0xe320f000 }, ARMV7_HCR_VA | ARMV7_HCR_AMO, ARMV7_PSR_A, VE_PL1,
      true, true, false },
    { "hvc", { .arm = 0xe1400071 }, 0, 0, VE_HYP, true, false, true },
    { "trap", { .arm = 0xee0d0f30 }, ARMV7_HCR_TVM, 0, VE_HYP, true, false, false },
    { "tge-svc", { .arm = 0xef000012 }, ARMV7_HCR_TGE, 0, VE_HYP, false, true, false },
    { "tge-undef", { .arm = 0xe7f000f0 }, ARMV7_HCR_TGE, 0, VE_HYP, false, true, false },
    { "undef", { .arm = 0xe7f000f0 }, 0, 0, VE_HYP, false, false, true },
    { "dabt", { .arm = 0xe1913f9f }, 0, 0, VE_HYP, false, false, true },
};

static bool pl1_ee;

static void set_pl1_ee(void)
{
    cp15_write_sctlr(cp15_read_sctlr() | (pl1_ee ? SCTLR_EE : 0));
}

static void claim_entry(const struct kind *k, unsigned mode, bool guest_e, bool hyp_ee)
{
    const struct ve_controls controls = { .hcr = k->hcr };
    struct text name = text_path("endian/entries", k->outcome == VE_PL1 ? "to-pl1" : "to-hyp", k->name,
                                 mode == ARMV7_MODE_USR ? "usr" : mode == ARMV7_MODE_HYP ? "hyp" : "svc",
                                 guest_e ? "e-1" : "e-0", pl1_ee ? "sctlr.ee-1" : "sctlr.ee-0",
                                 hyp_ee ? "hsctlr.ee-1" : "hsctlr.ee-0", NULL), detail = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint32_t entry;

    ve_probe_make(&probe, &k->insn, VE_ARM, mode);
    probe.state.r[1] = ve_probe_code() + 2049;
    probe.state.psr = (probe.state.psr & ~k->unmasked) | (guest_e ? PSR_E : 0);
    endian_set_hyp(hyp_ee);
    ve_run(&probe.state, &controls, &record);
    endian_set_hyp(false);
    entry = k->outcome == VE_PL1 ? record.entry_psr : endian_entry_psr();
    text_add_field(&detail, "outcome", record.outcome);
    text_add_field(&detail, "entry", entry);
    text_add_field(&detail, "spsr", record.psr);
    tap_claim(record.outcome == k->outcome && !(entry & PSR_E) == !(k->outcome == VE_PL1 ? pl1_ee : hyp_ee) &&
              !(record.psr & PSR_E) == !guest_e, name.s, detail.s);
}

void claim_entries(void)
{
    tap_group("endian/entries", "B1.8, B4.1", "CPSR.E and SPSR.E of every exception");
    endian_prepare = set_pl1_ee;
    for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        for (unsigned bits = 0; bits < 8; bits++) {
            pl1_ee = bits & 4;
            if (kinds[i].svc) {
                claim_entry(&kinds[i], ARMV7_MODE_SVC, bits & 1, bits & 2);
            }
            if (kinds[i].usr) {
                claim_entry(&kinds[i], ARMV7_MODE_USR, bits & 1, bits & 2);
            }
            if (kinds[i].hyp) {
                claim_entry(&kinds[i], ARMV7_MODE_HYP, bits & 1, bits & 2);
            }
        }
    }
    endian_prepare = NULL;
}
