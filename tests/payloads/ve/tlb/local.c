/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Maintenance on one CPU.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "operations.h"
#include "tap.h"

static const char *const change_names[] = { "remap", "read-only", "invalid" };
enum change { REMAP, PROTECT, UNMAP, CHANGES };

static struct descriptor changed(enum kind kind, enum change change, bool global)
{
    return space_descriptor(kind, 0, change == REMAP ? 1 : 0,
                            change == UNMAP ? INVALID : change == PROTECT ? READ_ONLY : READ_WRITE,
                            global);
}

static bool is_old(struct look seen)
{
    return look_is(seen, 0);
}

static bool is_new(enum change change, struct look seen)
{
    return change == REMAP ? look_is(seen, 1) : seen.seen == SEEN_S1_FAULT;
}

static void verdict(const struct text *name, bool ok, struct look first, struct look second)
{
    struct text detail;

    text_clear(&detail);
    text_add_field(&detail, "seen", first.seen);
    text_add_field(&detail, "value", first.value);
    text_add_field(&detail, "then", second.seen);
    text_add_field(&detail, "value", second.value);
    tap_claim(ok, name->s, detail.s);
}

/* VMID 0: IPA pages 0 and 1 are RAM pages 0 and 1; VMID 1: 2 and 3. */
static void map_stage2(bool small)
{
    for (unsigned vmid = 0; vmid < 2; vmid++) {
        for (unsigned page = 0; page < 2; page++) {
            space_map2(vmid, page, 2 * vmid + page, small, true);
        }
    }
}

static void begin(enum kind kind, bool global)
{
    struct descriptor first = space_descriptor(kind, 0, 0, READ_WRITE, global);
    struct descriptor second = space_descriptor(kind, 1, 1, READ_WRITE, global);

    map_stage2(false);
    space_write(&first);
    space_write(&second);
    space_on(kind, 0, 0, 0);
}

/* One access, the change, the operation in @mode by @va and @asid, and another access. */
struct case_of {
    enum kind kind;
    enum change change;
    bool global, same_va, same_asid, other_vmid, fetch;
    unsigned mode;
};

/* An address of the operation that the descriptor maps, too, if it is not a small page. */
static uint32_t va_of(const struct case_of *c)
{
    bool large = c->kind == SECTION || c->kind == BLOCK_2M;

    return !c->same_va ? OTHER_VA : large ? VA + 0x7f000u : VA;
}

static struct look look_as(const struct case_of *c)
{
    return c->fetch ? look_by_fetch() : look(c->change == PROTECT);
}

static void claim_case(const char *group, const struct operation *op, const struct case_of *c)
{
    uint32_t argument = argument_of(op, va_of(c), c->same_asid ? 0 : 1);
    struct text name = text_path(group, op->name, kind_name(c->kind), change_names[c->change],
                                 c->global ? "global" : "not-global",
                                 c->same_va ? "va" : "other-va",
                                 c->same_asid ? "asid" : "other-asid", NULL);
    struct descriptor next;
    struct look first, second, last;
    bool must = covers(op, c->fetch, c->global, c->same_va, c->same_asid) &&
                (!c->other_vmid || op->scope == BY_NSNH);

    begin(c->kind, c->global);
    first = look_as(c);
    next = changed(c->kind, c->change, c->global);
    space_write(&next);
    if (c->other_vmid) {
        space_switch(c->kind, 1, 0);
    }
    execute(op, argument, c->mode);
    if (c->other_vmid) {
        space_switch(c->kind, 0, 0);
    }
    second = look_as(c);
    execute(&operations[PL1_OPERATIONS], 0, ARMV7_MODE_HYP);
    last = look_as(c);
    space_off();
    verdict(&name, look_is(first, 0) && is_new(c->change, last) &&
            (is_new(c->change, second) || (!must && is_old(second))), first, second);
}

static void claim_cases(const char *group, unsigned mode, bool other_vmid, bool fetch)
{
    unsigned count = mode == ARMV7_MODE_HYP ? PL1_OPERATIONS + NSNH_OPERATIONS : PL1_OPERATIONS;

    for (unsigned i = 0; i < count; i++) {
        for (unsigned kind = 0; kind < KINDS; kind++) {
            for (unsigned bits = 0; bits < 8; bits++) {
                struct case_of c = {
                    .kind = kind, .change = fetch ? (bits + kind) & 1 ? REMAP : UNMAP : (bits + kind) % CHANGES, .global = bits & 1,
                    .same_va = !(bits & 2), .same_asid = !(bits & 4), .mode = mode,
                    .other_vmid = other_vmid, .fetch = fetch,
                };

                claim_case(group, &operations[i], &c);
            }
        }
    }
}

/* Hyp changes stage 2 for VMID 0, also while VMID 1 is current. */
static void claim_stage2(const struct operation *op, enum kind kind, bool small, bool unmap,
                         bool other_vmid)
{
    struct text name = text_path("tlb/stage2", op->name, kind_name(kind), small ? "4k" : "2m",
                                 unmap ? "invalid" : "remap", other_vmid ? "other-vmid" : "vmid",
                                 NULL);
    struct look first, second;

    begin(kind, false);
    map_stage2(small);
    execute(&operations[PL1_OPERATIONS], 0, ARMV7_MODE_HYP);
    first = look(false);
    space_map2(0, 0, 1, small, !unmap);
    if (other_vmid) {
        space_switch(kind, 1, 0);
    }
    execute(op, 0, ARMV7_MODE_HYP);
    if (other_vmid) {
        space_switch(kind, 0, 0);
    }
    second = look(false);
    space_off();
    verdict(&name, look_is(first, 0) &&
            (unmap ? second.seen == SEEN_S2_FAULT : look_is(second, 1)), first, second);
}

/* B3.10.1: entries that fault are not held. */
static void claim_valid_at_last(enum kind kind, bool in_stage2, bool small)
{
    struct text name = text_path("tlb/needless/valid", kind_name(kind),
                                 in_stage2 ? small ? "s2-4k" : "s2-2m" : "s1", NULL);
    struct descriptor gone = space_descriptor(kind, 0, 0, INVALID, false);
    struct descriptor here = space_descriptor(kind, 0, 0, READ_WRITE, false);
    struct look first, second;

    begin(kind, false);
    map_stage2(small);
    execute(&operations[PL1_OPERATIONS], 0, ARMV7_MODE_HYP);
    if (in_stage2) {
        space_map2(0, 0, 0, small, false);
    } else {
        space_write(&gone);
    }
    execute(&operations[PL1_OPERATIONS], 0, ARMV7_MODE_HYP);
    first = look(false);
    if (in_stage2) {
        space_map2(0, 0, 0, small, true);
    } else {
        space_write(&here);
    }
    second = look(false);
    space_off();
    verdict(&name, first.seen == (in_stage2 ? SEEN_S2_FAULT : SEEN_S1_FAULT) &&
            look_is(second, 0), first, second);
}

/* Through all four spaces and back: each has its own page, again and again. */
static void claim_switches(enum kind kind)
{
    struct text name = text_path("tlb/needless/switches", kind_name(kind), NULL);
    struct look seen = { SEEN_OTHER, 0 };
    unsigned space = 0;
    bool right = true;

    begin(kind, false);
    for (unsigned i = 0; right && i < 24; i++) {
        unsigned vmid = space >> 1, asid = space & 1;

        space_switch(kind, vmid, asid);
        seen = look(i & 1);
        right = look_is(seen, 2 * vmid + asid);
        space = (space + 1 + i % 3) % 4;
    }
    space_off();
    verdict(&name, right, seen, seen);
}

/* Maintenance of another regime or space leaves the page as it is. */
static void claim_still_there(const struct operation *op, enum kind kind, unsigned mode)
{
    struct text name = text_path("tlb/needless/still-there", op->name, kind_name(kind),
                                 mode == ARMV7_MODE_HYP ? "hyp" : "pl1", NULL);
    struct look first, second;

    begin(kind, false);
    first = look(true);
    execute(op, argument_of(op, VA, 0), mode);
    second = look(true);
    space_off();
    verdict(&name, look_is(first, 0) && look_is(second, 0), first, second);
}

void claim_local(void)
{
    tap_group("tlb/stage1", "B3.10.6", "maintenance by the guest after a change of stage 1");
    claim_cases("tlb/stage1", ARMV7_MODE_SVC, false, false);
    tap_group("tlb/from-hyp", "B3.10.6", "maintenance by Hyp after a change of stage 1");
    claim_cases("tlb/from-hyp/vmid", ARMV7_MODE_HYP, false, false);
    claim_cases("tlb/from-hyp/other-vmid", ARMV7_MODE_HYP, true, false);
    tap_group("tlb/fetch", "B3.10.6", "the same of instruction fetches");
    claim_cases("tlb/fetch/pl1", ARMV7_MODE_SVC, false, true);
    claim_cases("tlb/fetch/hyp", ARMV7_MODE_HYP, false, true);
    claim_cases("tlb/fetch/other-vmid", ARMV7_MODE_HYP, true, true);
    tap_group("tlb/stage2", "B3.10.6", "maintenance after a change of stage 2");
    for (unsigned bits = 0; bits < 64; bits++) {
        claim_stage2(&operations[PL1_OPERATIONS + (bits & 1)], bits >> 4, bits & 2, bits & 4,
                     bits & 8);
    }
    tap_group("tlb/needless", "B3.10.1", "no maintenance where none is needed");
    for (unsigned kind = 0; kind < KINDS; kind++) {
        claim_valid_at_last(kind, false, false);
        claim_valid_at_last(kind, true, false);
        claim_valid_at_last(kind, true, true);
        claim_switches(kind);
        for (unsigned i = 0; i < PL1_OPERATIONS + NSNH_OPERATIONS; i++) {
            claim_still_there(&operations[i], kind, ARMV7_MODE_HYP);
            if (i < PL1_OPERATIONS) {
                claim_still_there(&operations[i], kind, ARMV7_MODE_SVC);
            }
        }
    }
}
