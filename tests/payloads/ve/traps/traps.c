/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does every trap control of HCR, HCPTR, HSTR, HDCR and CNTHCTL trap what DDI 0406C
 * B1.14 says, and nothing else, with the syndrome of B3.13.6?
 *
 * For each control and each access or instruction of its table, in A32 and T32, conditional, in IT
 * blocks, and with a failing condition (where trapping or not is both allowed):
 *   .../pl1/FORM        with the control set: taken to vector 0x14, HSR, ELR_hyp, SPSR_hyp with
 *                       ITSTATE, no register changed
 *   .../MODE/FORM       the same from each other PL1 mode
 *   .../pl0/FORM        the same from User mode where PL0 has the access; where it has not, an
 *                       UNDEFINED instruction is taken to PL1, as the controls are for PL1 only
 *                       (TIDCP and HSTR may also trap it: IMPLEMENTATION DEFINED)
 *   .../hyp/FORM        from Hyp it is not trapped
 *   .../all/FORM        with every control set it is trapped with the same syndrome
 *   .../off/FORM        with all other controls of that register set: does not trap, at PL1 and PL0
 *   .../others/FORM     with all controls of all registers set that do not trap it: does not trap
 * HSTR.Tn has every access of the other tables that is in CP15 cn.  Floating point and Advanced
 * SIMD, with CPACR and FPEXC in front, are in simd.c; interplay.c has controls of PL1 that go first.
 * PASS proves the decision and the syndrome; it does not prove what an untrapped access does.
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "board.h"
#include "groups.h"
#include "hyp.h"
#include "judge.h"
#include "parts.h"

/* One access with its direction and registers chosen: an instruction and its syndrome. */
struct chosen {
    struct ve_insn insn;
    struct ve_expect trap;
    struct text name;
    const char *skip;           /* why this board cannot be asked, or NULL */
};

/* Rt goes through r0 to r12, so that no constant in its place passes. */
static void choose(struct chosen *chosen, const struct group *group, const struct access *a,
                   unsigned index, bool read)
{
    unsigned rt = (index * 5 + 3 + read) % 13;
    unsigned rt2 = (rt + 1) % 13;

    *chosen = (struct chosen) { .insn = SAME(ve_access_insn(&a->reg, rt, rt2, read)) };
    chosen->trap = ve_access_trap(&a->reg, rt, rt2, read);
    text_add(&chosen->name, "traps/");
    text_add(&chosen->name, group->name);
    text_add(&chosen->name, read ? "/read-" : "/write-");
    text_add(&chosen->name, a->reg.name);
}

static void claim_form(const struct chosen *chosen, const char *where, enum ve_form form,
                       unsigned mode, const struct ve_controls *controls,
                       const struct ve_expect *expect)
{
    struct ve_probe probe;
    struct text name = chosen->name;

    if (!ve_form_exists(&chosen->insn, form)) {
        return;
    }
    text_add(&name, where);
    text_add(&name, ve_form_name(form));
    if (chosen->skip) {
        tap_skip(name.s, chosen->skip);
        return;
    }
    ve_probe_make(&probe, &chosen->insn, form, mode);
    probe.state.r[1] = ve_probe_code() + 2048;      /* loads and stores have [r1] */
    ve_claim(name.s, &probe, controls, expect);
}

static void claim_all_forms(const struct chosen *chosen, const char *where, unsigned mode,
                            const struct ve_controls *controls, const struct instruction *row,
                            unsigned flags)
{
    for (unsigned form = 0; form < VE_FORMS; form++) {
        struct ve_expect expect = chosen->trap;

        if (row && row->last_in_it && form == VE_THUMB_ITT_1) {
            continue;
        }
        if (row && row->never_at_condition_failure && !ve_form_executes(form)) {
            expect.allowed = MAY_COMPLETE;
        }
        if (flags & OPEN) {
            expect.allowed |= MAY_COMPLETE;
        }
        claim_form(chosen, where, form, mode, controls, &expect);
    }
}

/* One form of each instruction set in the other modes of PL1. */
static void claim_other_modes(const struct chosen *chosen, const struct group *group,
                              unsigned flags)
{
    static const struct { const char *where; unsigned mode; enum ve_form form; } modes[] = {
        { "/sys/", ARMV7_MODE_SYS, VE_ARM }, { "/fiq/", ARMV7_MODE_FIQ, VE_THUMB_IT },
        { "/irq/", ARMV7_MODE_IRQ, VE_ARM_EQ }, { "/abt/", ARMV7_MODE_ABT, VE_THUMB },
        { "/und/", ARMV7_MODE_UND, VE_ARM },
    };
    struct ve_expect expect = chosen->trap;

    expect.allowed |= flags & OPEN ? MAY_COMPLETE : 0;
    for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        claim_form(chosen, modes[i].where, modes[i].form, modes[i].mode, &group->on, &expect);
    }
}

static void claim_pl0(const struct chosen *chosen, const struct group *group, unsigned flags,
                      bool traps, const struct instruction *row)
{
    struct chosen at_pl0 = *chosen;

    if (!(flags & P0)) {
        at_pl0.trap.allowed = group->pl0_traps ? MAY_TRAP | MAY_UNDEF : MAY_UNDEF;
    } else if (!traps) {
        at_pl0.trap.allowed = MAY_COMPLETE;
    } else if (flags & NONE) {
        at_pl0.trap.allowed = MAY_TRAP | MAY_UNDEF;
    }
    claim_all_forms(&at_pl0, "/pl0/", ARMV7_MODE_USR, &group->on, row, 0);
}

/* Completes, in the forms @forms (bits) of @mode. */
static void claim_completes(const struct chosen *chosen, const char *where, unsigned mode,
                            const struct ve_controls *controls, unsigned flags, unsigned forms)
{
    const struct ve_expect completes = { .allowed = MAY_COMPLETE };

    if (flags & NONE) {
        return;
    }
    for (unsigned form = 0; form < VE_FORMS; form++) {
        if (forms >> form & 1) {
            claim_form(chosen, where, form, mode, controls, &completes);
        }
    }
}

#define ALL_FORMS ((1u << VE_FORMS) - 1)
#define TWO_FORMS (1u << VE_ARM | 1u << VE_THUMB_ITT_1)
#define FOUR_FORMS (1u << VE_ARM | 1u << VE_ARM_EQ | 1u << VE_THUMB | 1u << VE_THUMB_IT)

/* Where the control that is set, or the others, must not be in the way. */
static void claim_not_trapped(const struct chosen *chosen, const struct group *group,
                              unsigned flags)
{
    claim_completes(chosen, "/off/", ARMV7_MODE_SVC, &group->off, flags, ALL_FORMS);
    if (flags & P0) {
        claim_completes(chosen, "/off/pl0/", ARMV7_MODE_USR, &group->off, flags, TWO_FORMS);
    }
    claim_completes(chosen, "/hyp/", ARMV7_MODE_HYP, &group->on, flags, FOUR_FORMS);
}

/* With everything else set, and with everything set. */
static void claim_among_others(const struct chosen *chosen, const struct access *a, bool read)
{
    struct ve_controls others = controls_without(a, read);
    struct ve_controls all = controls_all();

    claim_completes(chosen, "/others/", ARMV7_MODE_SVC, &others, a->flags, TWO_FORMS);
    if (a->flags & P0) {
        claim_completes(chosen, "/others/pl0/", ARMV7_MODE_USR, &others, a->flags, 1u << VE_ARM);
    }
    if (!(a->flags & OPEN)) {
        claim_form(chosen, "/all/", VE_ARM, ARMV7_MODE_SVC, &all, &chosen->trap);
        claim_form(chosen, "/all/", VE_THUMB_IT, ARMV7_MODE_SVC, &all, &chosen->trap);
    }
}

static void claim_direction(const struct group *group, unsigned index, bool read)
{
    const struct access *a = &group->accesses[index];
    bool traps = a->flags & (read ? TR : TW);
    struct chosen chosen;

    if (!traps && !(a->flags & (read ? NR : NW))) {
        return;
    }
    choose(&chosen, group, a, index, read);
    if (traps) {
        claim_all_forms(&chosen, "/pl1/", ARMV7_MODE_SVC, &group->on, NULL, a->flags);
        claim_other_modes(&chosen, group, a->flags);
        claim_not_trapped(&chosen, group, a->flags);
        if (!group->on.hstr) {
            claim_among_others(&chosen, a, read);
        }
    } else {
        claim_completes(&chosen, "/on/", ARMV7_MODE_SVC, &group->on, a->flags, ALL_FORMS);
    }
    claim_pl0(&chosen, group, a->flags, traps, NULL);
}

static void claim_instruction(const struct group *group, const struct instruction *row)
{
    struct chosen chosen = { .insn = row->insn };

    if (row->needs_smc && !board.smc) {
        chosen.skip = "the board has neither Security Extensions nor PSCI: SMC is UNDEFINED";
    }
    chosen.trap = (struct ve_expect) {
        .allowed = MAY_TRAP, .ec = row->ec, .iss = row->iss, .has_cond = row->has_cond,
        .whole_iss = row->any_iss,
    };
    chosen.name = text_path("traps", group->name, row->name, NULL);
    claim_all_forms(&chosen, "/pl1/", ARMV7_MODE_SVC, &group->on, row, row->flags);
    claim_other_modes(&chosen, group, row->flags);
    claim_not_trapped(&chosen, group, row->flags);
    claim_pl0(&chosen, group, row->flags & ~NONE, true, row);
}

static void claim_group(const struct group *group)
{
    struct text name = text_path("traps", group->name, NULL);

    tap_group(name.s, group->section, group->question);
    for (unsigned i = 0; i < group->access_count; i++) {
        claim_direction(group, i, true);
        claim_direction(group, i, false);
    }
    for (unsigned i = 0; i < group->instruction_count; i++) {
        claim_instruction(group, &group->instructions[i]);
    }
}

static void claim_groups(const struct group *groups, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        claim_group(&groups[i]);
    }
}

void ve_prepare(void)
{
    simd_prepare();
    interplay_prepare();
}

void payload_main(unsigned cpu)
{
    const struct group *hstr;
    unsigned hstr_count;

    (void)cpu;
    ve_init();
    claim_groups(hcr_groups, hcr_group_count);
    claim_groups(other_groups, other_group_count);
    hstr = hstr_groups(&hstr_count);
    claim_groups(hstr, hstr_count);
    claim_simd();
    claim_interplay();
    tap_end();
}
