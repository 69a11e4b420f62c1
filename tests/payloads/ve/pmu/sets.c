/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The registers with one bit for each counter: in Non-secure PL1 and PL0 the bits from HDCR.HPMN
 * on are RAZ/WI, whatever Hyp set them to.  DDI 0406C C12.8.
 */
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

#define R(name_, crm_, opc2_) { .name = name_, .coproc = 15, .crn = 9, .crm = crm_, .opc2 = opc2_ }

/* What sets and what clears the bits of one set. */
static const struct set {
    struct ve_register set, clear;
    bool pl0;
    uint32_t (*read)(void);
    void (*write_set)(uint32_t), (*write_clear)(uint32_t);
} sets[] = {
    { R("PMCNTENSET", 12, 1), R("PMCNTENCLR", 12, 2), true,
      cp15_read_pmcntenset, cp15_write_pmcntenset, cp15_write_pmcntenclr },
    { R("PMINTENSET", 14, 1), R("PMINTENCLR", 14, 2), false,
      cp15_read_pmintenset, cp15_write_pmintenset, cp15_write_pmintenclr },
    { R("PMOVSSET", 14, 3), R("PMOVSR", 12, 3), true,
      cp15_read_pmovsr, cp15_write_pmovsset, cp15_write_pmovsr },
};

static void claim(const char *what, const struct ve_register *reg, unsigned hpmn, unsigned mode,
                  bool done, uint32_t seen, uint32_t want)
{
    struct text rest = text_path(pmu_mode_name(mode), what, NULL);
    struct text name = pmu_name("sets", reg->name, hpmn, rest.s), detail = { 0 };

    text_add_field(&detail, "seen", seen);
    text_add_field(&detail, "want", want);
    tap_claim(done && seen == want, name.s, detail.s);
}

static void claim_set(const struct set *s, unsigned hpmn, unsigned mode)
{
    uint32_t mask = mode == ARMV7_MODE_HYP ? ALL : ACCESSIBLE(hpmn);
    struct ve_record record = { 0 };
    bool done;

    s->write_set(ALL);
    done = pmu_guest(mode, NULL, NULL, &s->set, 0, &record);
    claim("read", &s->set, hpmn, mode, done, record.r[1], mask);
    done = pmu_guest(mode, NULL, NULL, &s->clear, 0, &record);
    claim("read", &s->clear, hpmn, mode, done, record.r[1], mask);
    done = pmu_guest(mode, &s->clear, NULL, NULL, ~0u, &record);
    claim("write", &s->clear, hpmn, mode, done, s->read(), ALL & ~mask);
    s->write_clear(ALL);
    done = pmu_guest(mode, &s->set, NULL, NULL, ~0u, &record);
    claim("write", &s->set, hpmn, mode, done, s->read(), mask);
    s->write_clear(ALL);
}

void claim_sets(void)
{
    tap_group("pmu/sets", "C12.8", "a guest sees no enables and flags of Hyp's counters");
    for (unsigned i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        for (unsigned hpmn = 1; hpmn <= COUNTERS; hpmn++) {
            pmu_set_hpmn(hpmn, false);
            claim_set(&sets[i], hpmn, ARMV7_MODE_SVC);
            claim_set(&sets[i], hpmn, ARMV7_MODE_HYP);
            if (sets[i].pl0) {
                claim_set(&sets[i], hpmn, ARMV7_MODE_USR);
            }
        }
    }
}
