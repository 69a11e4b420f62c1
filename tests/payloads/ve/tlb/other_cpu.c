/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * CPU1 holds translations of a space that CPU0 changes.  DDI 0406C B3.10.5, B4.1 (HCR.FB).
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "operations.h"
#include "smp.h"
#include "tap.h"

struct remote {
    enum kind kind;
    struct look seen;
};

/* Few jobs: each costs the time of a handshake. */
static void enter_and_look(void *argument)
{
    struct remote *remote = argument;

    space_on(remote->kind, 0, 0, 0);
    remote->seen = look(false);
}

static void look_and_leave(void *argument)
{
    struct remote *remote = argument;

    remote->seen = look(false);
    space_off();
}

/*
 * CPU1 looks, CPU0 changes stage 1 or 2 and maintains, CPU1 looks again.  Non-broadcast operations
 * need not reach CPU1 unless the guest does them under HCR.FB.
 */
static void claim_seen(const struct operation *op, enum kind kind, bool in_stage2, unsigned mode,
                       bool forced)
{
    struct text name = text_path("tlb/other-cpu", op->name, kind_name(kind),
                                 in_stage2 ? "stage2" : "stage1",
                                 mode == ARMV7_MODE_HYP ? "hyp" : forced ? "pl1-fb" : "pl1", NULL);
    struct descriptor first = space_descriptor(kind, 0, 0, READ_WRITE, false);
    struct descriptor next = space_descriptor(kind, 0, 1, READ_WRITE, false);
    struct remote remote = { .kind = kind };
    struct look before, after;
    struct text detail;
    bool must = op->broadcast || forced;

    space_map2(0, 0, 0, false, true);
    space_map2(0, 1, 1, false, true);
    space_write(&first);
    smp_call(enter_and_look, &remote);
    before = remote.seen;
    space_on(kind, 0, 0, forced ? ARMV7_HCR_FB : 0);
    if (in_stage2) {
        space_map2(0, 0, 1, false, true);
    } else {
        space_write(&next);
    }
    execute(op, argument_of(op, VA, 0), mode);
    smp_call(look_and_leave, &remote);
    after = remote.seen;
    space_off();
    text_clear(&detail);
    text_add_field(&detail, "first", before.value);
    text_add_field(&detail, "then", after.value);
    tap_claim(look_is(before, 0) && (look_is(after, 1) || (!must && look_is(after, 0))), name.s,
              detail.s);
}

void claim_other_cpu(void)
{
    if (!smp_start()) {
        return;
    }
    tap_group("tlb/other-cpu", "B3.10.5", "maintenance that the other CPU sees");
    for (unsigned kind = SMALL_PAGE; kind < KINDS; kind += PAGE_4K - SMALL_PAGE) {
        for (unsigned i = 0; i < PL1_OPERATIONS; i++) {
            if (operations[i].instruction_side) {
                continue;
            }
            claim_seen(&operations[i], kind, false, ARMV7_MODE_SVC, false);
            claim_seen(&operations[i], kind, false, ARMV7_MODE_SVC, true);
            claim_seen(&operations[i], kind, false, ARMV7_MODE_HYP, false);
        }
        for (unsigned i = PL1_OPERATIONS; i < PL1_OPERATIONS + NSNH_OPERATIONS; i++) {
            claim_seen(&operations[i], kind, false, ARMV7_MODE_HYP, false);
            claim_seen(&operations[i], kind, true, ARMV7_MODE_HYP, false);
        }
    }
}
