/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does every trap control of HCR, HCPTR, HSTR, HDCR and CNTHCTL trap what DDI 0406C
 * B1.14 says, and nothing else, with the syndrome of B3.13.6?
 *
 * For each control and each access or instruction of its table:
 *   .../pl1/FORM        with the control set: taken to vector 0x14, HSR, ELR_hyp, SPSR_hyp with
 *                       ITSTATE, no register changed; in A32 and T32, conditional, in IT blocks,
 *                       and with a failing condition (where trapping or not is both allowed)
 *   .../pl0/FORM        the same from User mode where PL0 has the access; where it has not, an
 *                       UNDEFINED instruction is taken to PL1, as the controls are for PL1 only
 *                       (TIDCP and HSTR may also trap it: IMPLEMENTATION DEFINED)
 *   .../off/FORM        with all other controls of that register set: does not trap
 * PASS proves the decision and the syndrome; it does not prove what an untrapped access does.
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "board.h"
#include "groups.h"
#include "hyp.h"
#include "judge.h"

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

static void claim_all_forms(const struct chosen *chosen, const struct group *group,
                            const struct instruction *row)
{
    for (unsigned form = 0; form < VE_FORMS; form++) {
        struct ve_expect expect = chosen->trap;

        if (row && row->last_in_it && form == VE_THUMB_ITT_1) {
            continue;
        }
        if (row && row->never_at_condition_failure && !ve_form_executes(form)) {
            expect.allowed = MAY_COMPLETE;
        }
        claim_form(chosen, "/pl1/", form, ARMV7_MODE_SVC, &group->on, &expect);
    }
}

/* At PL0 in A32, T32 and an IT block. */
static void claim_pl0(const struct chosen *chosen, const struct group *group, unsigned flags,
                      bool traps)
{
    static const enum ve_form at_pl0[] = { VE_ARM, VE_THUMB, VE_THUMB_IT };
    struct ve_expect expect = chosen->trap;

    if (!(flags & P0)) {
        expect.allowed = group->pl0_traps ? MAY_TRAP | MAY_UNDEF : MAY_UNDEF;
    } else if (!traps) {
        expect.allowed = MAY_COMPLETE;
    } else if (flags & NONE) {
        expect.allowed = MAY_TRAP | MAY_UNDEF;
    }
    for (unsigned i = 0; i < sizeof(at_pl0) / sizeof(at_pl0[0]); i++) {
        claim_form(chosen, "/pl0/", at_pl0[i], ARMV7_MODE_USR, &group->on, &expect);
    }
}

static void claim_not_trapped(const struct chosen *chosen, const char *where,
                              const struct ve_controls *controls, unsigned flags)
{
    const struct ve_expect completes = { .allowed = MAY_COMPLETE };

    if (flags & NONE) {
        return;
    }
    claim_form(chosen, where, VE_ARM, ARMV7_MODE_SVC, controls, &completes);
    claim_form(chosen, where, VE_THUMB_ITT_1, ARMV7_MODE_SVC, controls, &completes);
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
        claim_all_forms(&chosen, group, NULL);
        claim_not_trapped(&chosen, "/off/", &group->off, a->flags);
    } else {
        claim_not_trapped(&chosen, "/on/", &group->on, a->flags);
    }
    claim_pl0(&chosen, group, a->flags, traps);
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
    text_add(&chosen.name, "traps/");
    text_add(&chosen.name, group->name);
    text_add(&chosen.name, "/");
    text_add(&chosen.name, row->name);
    claim_all_forms(&chosen, group, row);
    claim_not_trapped(&chosen, "/off/", &group->off, row->flags);
    claim_pl0(&chosen, group, row->flags & ~NONE, true);
}

static void claim_group(const struct group *group)
{
    struct text name;

    text_clear(&name);
    text_add(&name, "traps/");
    text_add(&name, group->name);
    tap_group(name.s, group->section, group->question);
    for (unsigned i = 0; i < group->access_count; i++) {
        claim_direction(group, i, true);
        claim_direction(group, i, false);
    }
    for (unsigned i = 0; i < group->instruction_count; i++) {
        claim_instruction(group, &group->instructions[i]);
    }
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    for (unsigned i = 0; i < hcr_group_count; i++) {
        claim_group(&hcr_groups[i]);
    }
    for (unsigned i = 0; i < other_group_count; i++) {
        claim_group(&other_groups[i]);
    }
    tap_end();
}
