/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The debug communications channel from PL1 and PL0: LDC and STC in every addressing mode with
 * the syndrome of HDCR.TDA (DDI 0406C B3.13.6, EC 0x06), and DBGDSCR.UDCCdis (C11.11).
 */
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "debug.h"
#include "hyp.h"
#include "judge.h"

#define HDCR_TDA (1u << 9)
#define MEMORY_OFFSET 2048u
#define PATTERN 0xa5a5a5a5u

/* P, U and W of an addressing mode, its AM in the ISS. */
static const struct mode {
    const char *name;
    bool p, u, w;
    unsigned am;
} modes[] = {
    { "offset-up", true, true, false, 2 }, { "offset-down", true, false, false, 2 },
    { "pre-up", true, true, true, 3 }, { "pre-down", true, false, true, 3 },
    { "post-up", false, true, true, 1 }, { "post-down", false, false, true, 1 },
    { "unindexed", false, true, false, 0 },
};

static uint32_t encode(const struct mode *m, bool load, unsigned rn, unsigned imm8)
{
    return 0xec005e00u | (uint32_t)m->p << 24 | (uint32_t)m->u << 23 | (uint32_t)m->w << 21 |
           (uint32_t)load << 20 | rn << 16 | imm8;
}

static void name_it(struct text *name, const struct mode *m, bool load, const char *how,
                    enum ve_form form, unsigned mode)
{
    text_clear(name);
    text_add(name, "debug/dcc/");
    text_add(name, load ? "LDC/" : "STC/");
    text_add(name, m->name);
    text_add(name, how);
    text_add(name, mode == ARMV7_MODE_USR ? "/pl0/" : "/pl1/");
    text_add(name, ve_form_name(form));
}

/* The memory that is accessed, and the base behind it. */
static void claim_executes(const struct mode *m, bool load, enum ve_form form, unsigned mode)
{
    const struct ve_insn insn = SAME(encode(m, load, 4, 3));
    const struct ve_controls none = { 0 };
    uint32_t base = ve_probe_code() + MEMORY_OFFSET, end = m->u ? base + 12 : base - 12;
    volatile uint32_t *accessed = (uint32_t *)(m->p ? end : base);
    struct ve_record record = { 0 };
    struct text name, detail = { 0 };
    struct ve_probe probe;

    ve_probe_make(&probe, &insn, form, mode);
    probe.state.r[4] = base;
    *accessed = PATTERN;
    ve_run(&probe.state, &none, &record);
    name_it(&name, m, load, "/executes", form, mode);
    ve_describe(&detail, &record);
    text_add_field(&detail, "base", record.r[4]);
    tap_claim(ve_probe_done(&probe, &record) && record.r[4] == (m->w ? end : base) &&
              *accessed == (load ? PATTERN : 0), name.s, detail.s);
}

static void claim_traps(const struct mode *m, bool load, enum ve_form form, unsigned mode)
{
    unsigned rn = load ? 9 : 2, imm8 = load ? 0x5a : 0xa5;
    const struct ve_insn insn = SAME(encode(m, load, rn, imm8));
    const struct ve_controls tda = { .hdcr = HDCR_TDA | 3u << 10 };
    const struct ve_expect trap = {
        .allowed = MAY_TRAP, .ec = 0x06, .has_cond = true,
        .iss = imm8 << 12 | rn << 5 | (uint32_t)m->u << 4 | m->am << 1 | load,
    };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &insn, form, mode);
    name_it(&name, m, load, "/traps", form, mode);
    ve_claim(name.s, &probe, &tda, &trap);
}

/* User mode's registers: CP14 c0..c2, and whether they can be read there. */
static const struct user_register {
    const char *name;
    uint32_t read;
} user_registers[] = {
    { "DBGDIDR", 0xee103e10 }, { "DBGDSCRint", 0xee103e11 }, { "DBGDTRRXint", 0xee103e15 },
    { "DBGDRAR", 0xee113e10 }, { "DBGDSAR", 0xee123e10 }, { "LDC", 0xed945e01 },
};

static void claim_udccdis(const struct user_register *r, bool disabled, unsigned mode)
{
    const struct ve_insn insn = SAME(r->read);
    const struct ve_controls none = { 0 };
    const struct ve_expect expect = {
        .allowed = disabled && mode == ARMV7_MODE_USR ? MAY_UNDEF : MAY_COMPLETE,
    };
    struct text name = { 0 };
    struct ve_probe probe;

    ve_probe_make(&probe, &insn, VE_ARM, mode);
    probe.state.r[4] = ve_probe_code() + MEMORY_OFFSET;
    cp14_write_dbgdscr(DBGDSCR_MDBGEN | (disabled ? DBGDSCR_UDCCDIS : 0));
    text_add(&name, "debug/udccdis/");
    text_add(&name, r->name);
    text_add(&name, disabled ? "/disabled" : "/enabled");
    text_add(&name, mode == ARMV7_MODE_USR ? "/pl0" : "/pl1");
    ve_claim(name.s, &probe, &none, &expect);
    cp14_write_dbgdscr(DBGDSCR_MDBGEN);
}

void claim_dcc(void)
{
    static const unsigned levels[] = { ARMV7_MODE_SVC, ARMV7_MODE_USR };
    static const enum ve_form written[] = { VE_ARM, VE_THUMB };

    tap_group("debug/dcc", "C11.11", "LDC and STC of DBGDTR in every addressing mode");
    for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        for (unsigned bits = 0; bits < 8; bits++) {
            claim_executes(&modes[i], bits & 1, written[bits >> 1 & 1], levels[bits >> 2]);
            claim_traps(&modes[i], bits & 1, written[bits >> 1 & 1], levels[bits >> 2]);
        }
    }
    tap_group("debug/udccdis", "C11.11", "DBGDSCR.UDCCdis keeps User mode out");
    for (unsigned i = 0; i < sizeof(user_registers) / sizeof(user_registers[0]); i++) {
        for (unsigned bits = 0; bits < 4; bits++) {
            claim_udccdis(&user_registers[i], bits & 1, levels[bits >> 1]);
        }
    }
}
