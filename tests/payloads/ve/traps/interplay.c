/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Controls of PL1 beside those of Hyp: an access that PL1's controls make UNDEFINED is so before
 * Hyp can trap it (DDI 0406C B1.14), HCR.TGE takes what is UNDEFINED at PL0 to Hyp, and
 * coprocessors that are not there are UNDEFINED whatever HCPTR says.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "judge.h"
#include "parts.h"
#include "sysregs.h"

#define SCTLR_CP15BEN (1u << 5)
#define HDCR_TPMCR (1u << 5)
#define HDCR_TPM (1u << 6)
#define HSTR_T7 (1u << 7)
#define HSTR_T9 (1u << 9)
#define HCPTR_TTA (1u << 20)

CP15_32(hsctlr, 4, c1, c0, 0)

static struct {
    bool no_barriers, no_hyp_barriers;      /* CP15BEN is 0 */
    bool no_pmu_at_pl0;                     /* PMUSERENR.EN is 0 */
} set;

void interplay_prepare(void)
{
    uint32_t hsctlr = cp15_read_hsctlr() | SCTLR_CP15BEN;

    cp15_write_hsctlr(set.no_hyp_barriers ? hsctlr & ~SCTLR_CP15BEN : hsctlr);
    if (set.no_barriers) {
        cp15_write_sctlr(cp15_read_sctlr() & ~SCTLR_CP15BEN);
    }
    if (set.no_pmu_at_pl0) {
        cp15_write_pmuserenr(0);
    }
}

static const enum ve_form some_forms[] = { VE_ARM, VE_ARM_EQ, VE_THUMB, VE_THUMB_IT };
#define SOME_FORMS (sizeof(some_forms) / sizeof(some_forms[0]))

static void claim_forms(const struct text *base, const struct ve_insn *insn, unsigned mode,
                        const struct ve_controls *controls, const struct ve_expect *expect)
{
    for (unsigned i = 0; i < SOME_FORMS; i++) {
        struct text name = *base;
        struct ve_probe probe;

        if (!ve_form_exists(insn, some_forms[i])) {
            continue;
        }
        text_add(&name, "/");
        text_add(&name, ve_form_name(some_forms[i]));
        ve_probe_make(&probe, insn, some_forms[i], mode);
        probe.state.r[1] = ve_probe_code() + 2048;
        ve_claim(name.s, &probe, controls, expect);
    }
}

static const struct { const char *name; unsigned mode; } levels[] = {
    { "pl1", ARMV7_MODE_SVC }, { "pl0", ARMV7_MODE_USR }, { "hyp", ARMV7_MODE_HYP },
};

/* CP15BEN exists on the Cortex-A15: DDI 0438 4.3.27 (SCTLR), 4.3.40 (HSCTLR). */
static void claim_barriers(void)
{
    static const struct access barriers[] = {
        P15("CP15ISB", 7, 0, 5, 4, 0), P15("CP15DSB", 7, 0, 10, 4, 0),
        P15("CP15DMB", 7, 0, 10, 5, 0),
    };

    tap_group("traps/CP15BEN", "B4.1 (SCTLR, HSCTLR)",
              "CP15 barriers are UNDEFINED if CP15BEN of the level is 0");
    for (unsigned i = 0; i < 3 * 3 * 8; i++) {
        const struct access *a = &barriers[i % 3];
        unsigned level = i / 3 % 3;
        bool hyp = levels[level].mode == ARMV7_MODE_HYP;
        bool hstr = i / 9 & 1, undefined;
        const struct ve_controls controls = { .hstr = hstr ? HSTR_T7 : 0 };
        struct ve_insn insn = SAME(ve_access_insn(&a->reg, 4, 0, false));
        struct ve_expect expect = ve_access_trap(&a->reg, 4, 0, false);
        struct text name;

        set.no_barriers = i / 9 & 2;
        set.no_hyp_barriers = i / 9 & 4;
        undefined = hyp ? set.no_hyp_barriers : set.no_barriers;
        name = text_path("traps/CP15BEN", a->reg.name, levels[level].name,
                         set.no_barriers ? "pl1-off" : "pl1-on",
                         set.no_hyp_barriers ? "hyp-off" : "hyp-on", hstr ? "T7" : "no-T7", NULL);
        if (hyp) {
            expect.allowed = undefined ? MAY_HYP_UNDEF : MAY_COMPLETE;
            expect.ec = HSR_EC_UNKNOWN;
        } else if (undefined) {
            /* B1.14 does not say which goes first, the trap or what SCTLR makes UNDEFINED. */
            expect.allowed = MAY_UNDEF | (hstr ? MAY_TRAP : 0);
        } else {
            expect.allowed = hstr ? MAY_TRAP : MAY_COMPLETE;
        }
        claim_forms(&name, &insn, levels[level].mode, &controls, &expect);
    }
    set.no_barriers = set.no_hyp_barriers = false;
}

/* PMUSERENR.EN = 0: UNDEFINED at PL0, whatever HDCR says. */
static void claim_pmuserenr(void)
{
    static const struct access monitors[] = {
        P15("PMCR", 9, 0, 12, 0, TR | TW), P15("PMCNTENSET", 9, 0, 12, 1, TR | TW),
        P15("PMCNTENCLR", 9, 0, 12, 2, TR | TW), P15("PMOVSR", 9, 0, 12, 3, TR | TW),
        P15("PMSWINC", 9, 0, 12, 4, TW), P15("PMSELR", 9, 0, 12, 5, TR | TW),
        P15("PMCEID0", 9, 0, 12, 6, TR), P15("PMCEID1", 9, 0, 12, 7, TR),
        P15("PMCCNTR", 9, 0, 13, 0, TR | TW), P15("PMXEVTYPER", 9, 0, 13, 1, TR | TW),
        P15("PMXEVCNTR", 9, 0, 13, 2, TR | TW),
    };
    static const struct { const char *name; struct ve_controls controls; } controls[] = {
        { "none", { 0 } }, { "TPM", { .hdcr = HDCR_TPM } },
        { "TPM+TPMCR", { .hdcr = HDCR_TPM | HDCR_TPMCR } }, { "T9", { .hstr = HSTR_T9 } },
    };

    tap_group("traps/PMUSERENR", "B4.1 (PMUSERENR), B1.14",
              "PL0 without PMUSERENR.EN: UNDEFINED before Hyp traps");
    set.no_pmu_at_pl0 = true;
    for (unsigned c = 0; c < sizeof(controls) / sizeof(controls[0]); c++) {
        for (unsigned i = 0; i < sizeof(monitors) / sizeof(monitors[0]) * 2; i++) {
            const struct access *a = &monitors[i / 2];
            bool read = i & 1;
            struct ve_insn insn = SAME(ve_access_insn(&a->reg, 4, 0, read));
            struct ve_expect expect = ve_access_trap(&a->reg, 4, 0, read);
            struct text name = text_path("traps/PMUSERENR", controls[c].name,
                                         read ? "read" : "write", a->reg.name, NULL);

            if (!(a->flags & (read ? TR : TW))) {
                continue;
            }
            /* HSTR: IMPLEMENTATION DEFINED for what PL0 does not have (B1.14). */
            expect.allowed = MAY_UNDEF | (controls[c].controls.hstr ? MAY_TRAP : 0);
            claim_forms(&name, &insn, ARMV7_MODE_USR, &controls[c].controls, &expect);
        }
    }
    set.no_pmu_at_pl0 = false;
}

/* CP0 to CP9, CP12 and CP13 are not there; nor is a trace unit in CP14. */
static void claim_absent(void)
{
    static const uint8_t coprocs[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13 };
    static const struct { const char *name; uint32_t bits; } insns[] = {
        { "CDP", 0xee112003 }, { "MCR", 0xee034012 }, { "MRC", 0xee334012 },
        { "MCRR", 0xec454012 }, { "MRRC", 0xec554012 }, { "LDC", 0xed914000 },
        { "STC", 0xed814000 },
    };

    tap_group("traps/absent", "B1.14, B4.1 (HCPTR)", "coprocessors that are not there");
    for (unsigned i = 0; i < sizeof(coprocs); i++) {
        for (unsigned j = 0; j < sizeof(insns) / sizeof(insns[0]); j++) {
            struct ve_insn insn = SAME(insns[j].bits | (uint32_t)coprocs[i] << 8);
            const struct ve_controls none = { 0 };

            for (unsigned level = 0; level < 3; level++) {
                struct text name = text_path("traps/absent", insns[j].name, levels[level].name,
                                             NULL);
                /* From Hyp as an unknown reason, or as trapped by HCPTR.TCPn, which is 1. */
                struct ve_expect expect = {
                    .allowed = levels[level].mode == ARMV7_MODE_HYP ? MAY_HYP_UNDEF : MAY_UNDEF,
                };

                text_add(&name, "/p");
                text_add_decimal(&name, coprocs[i]);
                claim_forms(&name, &insn, levels[level].mode, &none, &expect);
            }
        }
    }
    for (unsigned tta = 0; tta < 2; tta++) {
        struct ve_insn insn = SAME(0xee314e10);         /* MRC p14, 1, r4, c1, c0, 0 */
        const struct ve_controls controls = { .hcptr = tta ? HCPTR_TTA : 0 };
        const struct ve_expect expect = { .allowed = MAY_UNDEF };
        struct text name = text_path("traps/absent/trace", tta ? "TTA" : "no-TTA", NULL);

        claim_forms(&name, &insn, ARMV7_MODE_SVC, &controls, &expect);
    }
}

/* HCR.TGE: what is UNDEFINED at PL0 goes to Hyp's vector 0x14 with EC 0 (B1.14). */
static void claim_tge(void)
{
    static const struct { const char *name; struct ve_insn insn; } insns[] = {
        { "MRC-SCTLR", SAME(0xee114f10) }, { "MCR-TLBIALL", SAME(0xee084f17) },
        { "MRRC-TTBR0", SAME(0xec554f02) }, { "MRC-HCR", SAME(0xee914f11) },
        { "MRC-p5", SAME(0xee334512) }, { "MRC-DBGVCR", SAME(0xee104e17) },
        { "HVC", { .arm = 0xe1400070, .arm_unconditional = true, .thumb = 0xf7e08000 } },
        { "SMC", { .arm = 0xe1600070, .thumb = 0xf7f08000 } },
        { "UDF", { .arm = 0xe7f000f0, .arm_unconditional = true, .thumb = 0xde00,
                   .thumb_bytes = 2 } },
        { "UDF.W", { .thumb = 0xf7f0a000 } },
    };
    const struct ve_controls tge = { .hcr = ARMV7_HCR_TGE };
    const struct ve_expect to_hyp = { .allowed = MAY_TRAP, .ec = HSR_EC_UNKNOWN };

    tap_group("traps/TGE", "B1.14", "what is UNDEFINED at PL0 goes to Hyp with HCR.TGE");
    for (unsigned i = 0; i < sizeof(insns) / sizeof(insns[0]); i++) {
        struct text name = text_path("traps/TGE", insns[i].name, NULL);

        claim_forms(&name, &insns[i].insn, ARMV7_MODE_USR, &tge, &to_hyp);
    }
}

void claim_interplay(void)
{
    claim_barriers();
    claim_pmuserenr();
    claim_absent();
    claim_tge();
}
