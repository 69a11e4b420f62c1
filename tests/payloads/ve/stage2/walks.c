/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Stage-2 faults on stage-1 translation table walks.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "parts.h"

/* Where the table is that stage 1 cannot read: the part of the window of each stage-2 level. */
#define TABLE_INDEX 16u             /* 64 KiB behind its begin: good for TTBR0 */

/* Why stage 2 does not let the walk read. */
struct cause {
    const char *name;
    uint64_t attributes;
    uint32_t fsc;
    uint32_t hcr;
    bool has_hpfar;
};

static const struct cause causes[] = {
    { "translation", S2_INVALID, FSC_TRANSLATION, 0, true },
    { "access-flag", S2_NORMAL | S2_READ | S2_WRITE, FSC_ACCESS_FLAG, 0, true },
    /* HPFAR is valid for any stage-2 fault on a walk: B3.13. */
    { "permission", S2_NORMAL | S2_ACCESS, FSC_PERMISSION, 0, true },
    { "ptw-device", S2_DEVICE | S2_ACCESS | S2_READ | S2_WRITE, FSC_PERMISSION,
      ARMV7_HCR_PTW, true },
    { "ptw-strongly-ordered", S2_STRONGLY_ORDERED | S2_ACCESS | S2_READ | S2_WRITE,
      FSC_PERMISSION, ARMV7_HCR_PTW, true },
};

/* What makes the walk: a load, a store, a fetch, and operations that translate r1. */
struct walker {
    const char *name;
    struct ve_insn insn;
    bool fetch, translates;
};

static const struct walker walkers[] = {
    { "read", { .arm = 0xe5913000, .thumb = 0xf8d13000 }, false, false },
    { "write", { .arm = 0xe5813000, .thumb = 0xf8c13000 }, false, false },
    { "fetch", { .arm = 0xe320f000, .thumb = 0xf3af8000 }, true, false },
    { "ATS1CPR", { .arm = 0xee071f18, .thumb = 0xee071f18 }, false, true },
    { "ATS1CPW", { .arm = 0xee071f38, .thumb = 0xee071f38 }, false, true },
    { "ATS1CUR", { .arm = 0xee071f58, .thumb = 0xee071f58 }, false, true },
    { "ATS1CUW", { .arm = 0xee071f78, .thumb = 0xee071f78 }, false, true },
};

/* WnR of a fault on a walk is not compared for loads and stores; CM makes it 1: B3.13.6. */
static struct ve_abort expected(const struct walker *walker, const struct cause *cause,
                                unsigned stage2_level, uint64_t table, uint32_t pc)
{
    struct ve_abort want = { .has_hpfar = cause->has_hpfar, .pc = pc };

    want.hsr = (walker->fetch ? HSR_IABT : HSR_DABT) | ISS_S1PTW | (cause->fsc + stage2_level);
    want.hsr_mask = MASK_ABORT & ~ISS_WNR;
    if (walker->translates) {
        want.hsr |= ISS_CM | ISS_WNR;
        want.hsr_mask |= ISS_WNR;
    }
    want.far = S1_WINDOW;
    want.hpfar = hpfar_of(table);
    return want;
}

static void claim(const struct walker *walker, const struct cause *cause, unsigned stage1_level,
                  unsigned stage2_level, enum ve_form isa)
{
    static const char *const stage1_levels[] = { "", "", "table-level2", "table-level3" };
    static const char *const stage2_levels[] = { "", "s2-level1", "s2-level2", "s2-level3" };
    uint64_t table = s2_set(stage2_level, stage2_level == 3 ? TABLE_INDEX : 1, cause->attributes);
    const struct ve_controls controls = { .hcr = ARMV7_HCR_VM | cause->hcr };
    struct text name = name_of("stage2/walk", s1_name(stage1), stage1_levels[stage1_level],
                               stage2_levels[stage2_level], cause->name);
    struct ve_probe probe;
    struct ve_abort want;

    s1_walk_window(stage1, stage1_level, table);
    ve_probe_make(&probe, &walker->insn, isa, ARMV7_MODE_SVC);
    probe.state.r[1] = S1_WINDOW;
    if (walker->fetch) {
        probe.state.pc = probe.insn = S1_WINDOW;
    }
    want = expected(walker, cause, stage2_level, table, probe.insn);
    text_add(&name, "/");
    text_add(&name, walker->name);
    text_add(&name, "/");
    text_add(&name, ve_form_name(isa));
    ve_abort_claim(name.s, &probe, &controls, &want);
}

static void claim_levels(const struct walker *walker, const struct cause *cause)
{
    for (unsigned level = 2; level <= 3; level++) {
        claim(walker, cause, 2, level, VE_ARM);
        claim(walker, cause, 2, level, VE_THUMB);
    }
    if (stage1 == S1_LONG) {
        for (unsigned level = 1; level <= 3; level++) {
            claim(walker, cause, 3, level, VE_ARM);
        }
        claim(walker, cause, 2, 1, VE_ARM);
    }
}

/* With TTBR0 itself in such memory not even the code can be fetched. */
static void claim_root(const struct cause *cause, unsigned stage2_level)
{
    static const char *const levels[] = { "", "s2-level1", "s2-level2", "s2-level3" };
    const struct ve_controls controls = { .hcr = ARMV7_HCR_VM | cause->hcr };
    uint64_t table = s2_set(stage2_level, stage2_level == 3 ? TABLE_INDEX : 1, cause->attributes);
    struct ve_probe probe;
    struct ve_abort want;

    ve_probe_make(&probe, &walkers[2].insn, VE_ARM, ARMV7_MODE_SVC);
    if (stage1 == S1_SHORT) {
        /* The page of the 16 KiB table that has the entry of the code. */
        s2_set(stage2_level, stage2_level == 3 ? TABLE_INDEX + (probe.insn >> 30) : 1, cause->attributes);
    }
    want = expected(&walkers[2], cause, stage2_level,
                    table + (stage1 == S1_SHORT ? probe.insn >> 20 << 2 : 0), probe.insn);
    want.far = probe.insn;
    s1_move_root(table);
    ve_abort_claim(name_of("stage2/walk", s1_name(stage1), "root", levels[stage2_level],
                           cause->name).s, &probe, &controls, &want);
    s1_move_root(0);
}

void claim_walks(void)
{
    tap_group("stage2/walk", "B3.13.6, B4.1 (PTW)", "stage-2 faults on stage-1 walks");
    for (stage1 = S1_SHORT; stage1 <= S1_LONG; stage1++) {
        for (unsigned i = 0; i < sizeof(causes) / sizeof(causes[0]); i++) {
            for (unsigned j = 0; j < sizeof(walkers) / sizeof(walkers[0]); j++) {
                claim_levels(&walkers[j], &causes[i]);
            }
            for (unsigned level = stage1 == S1_LONG ? 1 : 2; level <= 3; level++) {
                claim_root(&causes[i], level);
            }
        }
    }
}
