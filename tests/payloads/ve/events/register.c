/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The Event Register: what sets it, and that WFE clears it.  DDI 0406C B1.8.13.
 */
#include "armv7/hcr.h"
#include "events.h"
#include "tap.h"

#define CODE(name, text) \
    __attribute__((naked)) static void name(void) \
    { \
        __asm__ volatile(".syntax unified\n .arch_extension virt\n" text \
                         "\n bx lr\n .syntax divided\n"); \
    }

#define RETURN_TO_HYP \
    "adr r0, 1f\n msr elr_hyp, r0\n mrs r0, cpsr\n msr spsr_cxsf, r0\n eret\n 1:\n"
#define THUMB(text) \
    "adr r0, 1f + 1\n bx r0\n .thumb\n .balign 4\n 1: " text "\n .thumb\n bx lr\n .arm\n"

CODE(wait, "wfe")
CODE(wait_thumb, THUMB("wfe"))
CODE(wait_thumb_wide, THUMB("wfe.w"))
CODE(sev_wait, "sev\n wfe")
CODE(sev_wait_thumb, THUMB("sev\n wfe"))
CODE(sev_wait_thumb_wide, THUMB("sev.w\n wfe.w"))
CODE(sev_wait_twice, "sev\n wfe\n wfe")
CODE(two_sev_wait_twice, "sev\n sev\n wfe\n wfe")
CODE(sev_wait_yield, "sev\n yield\n nop\n wfe")
CODE(return_wait, RETURN_TO_HYP "wfe")
CODE(return_wait_twice, RETURN_TO_HYP "wfe\n wfe")
CODE(sev_conditional_wait, "sev\n cmp r0, r0\n wfene\n wfe")
CODE(conditional_sev_wait, "cmp r0, r0\n sevne\n wfe")
CODE(condition_fails, "cmp r0, r0\n wfene")
CODE(it_wait, THUMB("cmp r0, r0\n it eq\n wfeeq"))
CODE(it_condition_fails, THUMB("cmp r0, r0\n it ne\n wfene"))

static const struct row {
    const char *name;
    void (*code)(void);
    bool waits;
} rows[] = {
    { "clear/arm", wait, true },
    { "clear/thumb", wait_thumb, true },
    { "clear/thumb-wide", wait_thumb_wide, true },
    { "clear/thumb-it", it_wait, true },
    { "sev/arm", sev_wait, false },
    { "sev/thumb", sev_wait_thumb, false },
    { "sev/thumb-wide", sev_wait_thumb_wide, false },
    { "sev/stays-set", sev_wait_yield, false },
    { "sev/one-wfe-clears", sev_wait_twice, true },
    { "sev/is-not-counted", two_sev_wait_twice, true },
    { "exception-return/sets", return_wait, false },
    { "exception-return/one-wfe-clears", return_wait_twice, true },
    { "condition/failing-wfe-does-not-wait", condition_fails, false },
    { "condition/failing-wfe-in-it-does-not-wait", it_condition_fails, false },
    { "condition/failing-wfe-does-not-clear", sev_conditional_wait, false },
    { "condition/failing-sev-does-not-set", conditional_sev_wait, true },
};

static void claim_row(const struct row *row, const char *where)
{
    struct text name = { 0 };

    text_add(&name, "events/register/");
    text_add(&name, row->name);
    text_add(&name, where);
    tap_claim(row->waits ? watch_waits(row->code) : watch_passes(row->code), name.s,
              row->waits ? " want: waits" : " want: does not wait");
}

void claim_register(void)
{
    tap_group("events/register", "B1.8", "what sets the Event Register; WFE clears it");
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        claim_row(&rows[i], "/hyp");
    }
    /* Hyp itself is not trapped: B1.14. */
    cp15_write_hcr(ARMV7_HCR_TWE);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        claim_row(&rows[i], "/hyp-twe");
    }
    cp15_write_hcr(0);
}
