/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Floating point and Advanced SIMD: who may execute them.  DDI 0406C B1.11.1, and the pseudocode
 * of CheckAdvSIMDOrVFPEnabled() in B1.11.6: CPACR goes first (not for Hyp), then FPEXC.EN, then
 * HCPTR, to Hyp from PL1 and PL0 and to Hyp's vector 0x04 from Hyp itself.
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "board.h"
#include "judge.h"
#include "parts.h"
#include "simd.h"
#include "sysregs.h"

#define TCP10_11 (3u << 10)
#define TASE (1u << 15)
#define TCPAC (1u << 31)
#define ISS_TA (1u << 5)            /* trapped as Advanced SIMD; coproc is 0 then */
#define ISS_CP10 10u
#define ASEDIS (1u << 31)
#define FPEXC_EN (1u << 30)

/* What lets the instruction be, of each level. */
struct gates {
    unsigned cp10;                  /* CPACR.cp10 and cp11: 0 no, 1 PL1 only, 3 all */
    bool asedis, enabled;           /* CPACR.ASEDIS; FPEXC.EN */
    uint32_t hcptr;
};

static const struct gates open_gates = { .cp10 = 3, .enabled = true };
static struct gates gates = { .cp10 = 3, .enabled = true };

void simd_prepare(void)
{
    cp15_write_cpacr(gates.cp10 << 20 | gates.cp10 << 22 | (gates.asedis ? ASEDIS : 0));
    __asm__ volatile(".fpu vfpv3\n vmsr fpexc, %0" : : "r"(gates.enabled ? FPEXC_EN : 0));
}

static struct ve_insn insn_of(const struct simd_insn *row)
{
    return (struct ve_insn) {
        .arm = row->arm, .thumb = (uint32_t)row->thumb[0] << 16 | row->thumb[1],
        .arm_unconditional = row->arm >> 28 == 15,
    };
}

static bool hcptr_traps(const struct simd_insn *row)
{
    return (gates.hcptr & TCP10_11) || ((gates.hcptr & TASE) && row->class == SIMD_ASIMD);
}

static bool cpacr_forbids(const struct simd_insn *row, unsigned mode)
{
    return mode != ARMV7_MODE_HYP &&
           ((row->class == SIMD_ASIMD && gates.asedis) || gates.cp10 == 0 ||
            (gates.cp10 == 1 && mode == ARMV7_MODE_USR));
}

static struct ve_expect expected(const struct simd_insn *row, unsigned mode)
{
    bool hyp = mode == ARMV7_MODE_HYP;
    struct ve_expect expect = { .allowed = MAY_COMPLETE };

    if ((row->class == SIMD_ID && mode == ARMV7_MODE_USR) || cpacr_forbids(row, mode) ||
        (row->class != SIMD_ID && !gates.enabled)) {
        expect.allowed = hyp ? MAY_HYP_UNDEF : MAY_UNDEF;
        return expect;
    }
    if (hcptr_traps(row)) {
        expect.allowed = hyp ? MAY_HYP_UNDEF : MAY_TRAP;
        expect.ec = HSR_EC_HCPTR;
        expect.iss = row->class == SIMD_ASIMD ? ISS_TA : ISS_CP10;
        /* Trapped by TCP10 alone: TA is 1 by B3.13.6, 0 by the pseudocode of B1.11.6. */
        expect.other_iss = gates.hcptr & TASE ? 0 : ISS_CP10;
        expect.has_cond = true;
    }
    return expect;
}

static void claim(struct text name, const struct simd_insn *row, enum ve_form form, unsigned mode)
{
    const struct ve_controls controls = { .hcptr = gates.hcptr };
    struct ve_expect expect = expected(row, mode);
    struct ve_insn insn = insn_of(row);
    struct ve_probe probe;

    if (!ve_form_exists(&insn, form)) {
        return;
    }
    text_add(&name, "/");
    text_add(&name, ve_form_name(form));
    ve_probe_make(&probe, &insn, form, mode);
    probe.state.r[1] = ve_probe_code() + 2048;
    ve_claim(name.s, &probe, &controls, &expect);
}

/* Each instruction in each form at each level, trapped and not. */
static void claim_control(const char *control, const struct simd_insn *row, uint32_t hcptr,
                          const char *on)
{
    static const struct { const char *name; unsigned mode; } levels[] = {
        { "pl1", ARMV7_MODE_SVC }, { "pl0", ARMV7_MODE_USR }, { "hyp", ARMV7_MODE_HYP },
    };

    gates = open_gates;
    gates.hcptr = hcptr;
    for (unsigned level = 0; level < 3; level++) {
        for (enum ve_form form = 0; form < VE_FORMS; form++) {
            claim(on ? text_path("traps", control, row->name, on, levels[level].name, NULL)
                     : text_path("traps", control, row->name, levels[level].name, NULL),
                  row, form, levels[level].mode);
        }
    }
    gates = open_gates;
}

static void claim_controls(void)
{
    static const struct { const char *name, *question; uint32_t hcptr; } controls[] = {
        { "HCPTR.TCP10", "floating-point and Advanced SIMD instructions trap", TCP10_11 },
        { "HCPTR.TASE", "Advanced SIMD instructions trap, those shared with floating point do not",
          TASE },
        { "HCPTR.TCP10+TASE", "Advanced SIMD trapped both ways is reported as such",
          TCP10_11 | TASE },
    };

    for (unsigned i = 0; i < sizeof(controls) / sizeof(controls[0]); i++) {
        struct text group = text_path("traps", controls[i].name, NULL);

        tap_group(group.s, "B1.11.6, B1.14", controls[i].question);
        for (const struct simd_insn *row = simd_insns; row < simd_insns_end; row++) {
            claim_control(controls[i].name, row, controls[i].hcptr, NULL);
        }
    }
    tap_group("traps/HCPTR.none", "B1.14", "TCPAC and TTA do not trap Advanced SIMD or VFP");
    for (const struct simd_insn *row = simd_insns; row < simd_insns_end; row++) {
        claim_control("HCPTR.none", row, TCPAC, NULL);
    }
}

static bool is_in_matrix(const struct simd_insn *row)
{
    static const char *const names[] = {
        "VADD.F64", "VMOV-r4-r5-d0", "VLDR-s0", "VMRS-FPSCR", "VORR", "VLD1", "VDUP.32",
        "VMOV.16-lane-r4", "VMRS-FPEXC", "VMRS-MVFR0",
    };

    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *a = names[i], *b = row->name;

        while (*a && *a == *b) {
            a++, b++;
        }
        if (*a == *b) {
            return true;
        }
    }
    return false;
}

static void claim_gates(const struct simd_insn *row)
{
    static const struct { const char *name; unsigned cp10; } cpacrs[] = {
        { "cp10-none", 0 }, { "cp10-pl1", 1 }, { "cp10-all", 3 },
    };
    static const struct { const char *name; uint32_t hcptr; } hcptrs[] = {
        { "open", 0 }, { "tcp10", TCP10_11 }, { "tase", TASE }, { "both", TCP10_11 | TASE },
    };
    static const struct { const char *name; unsigned mode; } levels[] = {
        { "pl1", ARMV7_MODE_SVC }, { "pl0", ARMV7_MODE_USR }, { "hyp", ARMV7_MODE_HYP },
    };

    for (unsigned i = 0; i < 3 * 2 * 2 * 4 * 3; i++) {
        unsigned cpacr = i % 3, hcptr = i / 12 % 4, level = i / 48;

        gates = (struct gates) { cpacrs[cpacr].cp10, i / 3 % 2, i / 6 % 2, hcptrs[hcptr].hcptr };
        claim(text_path("traps/simd-gates", row->name, cpacrs[cpacr].name,
                        gates.asedis ? "asedis" : "ase", gates.enabled ? "en" : "not-en",
                        hcptrs[hcptr].name, levels[level].name, NULL),
              row, i & 1 ? VE_ARM : VE_THUMB, levels[level].mode);
    }
    gates = open_gates;
}

void claim_simd(void)
{
    claim_controls();
    tap_group("traps/simd-gates", "B1.11.6", "CPACR, FPEXC.EN and HCPTR, in this order");
    for (const struct simd_insn *row = simd_insns; row < simd_insns_end; row++) {
        if (is_in_matrix(row)) {
            claim_gates(row);
        }
    }
}
