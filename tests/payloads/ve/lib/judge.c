/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the architecture allows against what happened.
 */
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "judge.h"

#define ISS_BELOW_COND 0x000fffffu
#define COND_AL 14u

/*
 * DDI 0406C B3.13.6: an A32 instruction that passed may give its own condition or 1110; a T32 one
 * may also give CV = 0, and then COND says nothing.
 */
static bool cond_is_right(const struct ve_probe *probe, uint32_t hsr)
{
    unsigned cond = HSR_GET(hsr, COND);
    unsigned own = ve_form_cond(probe->form);

    if (!HSR_GET(hsr, CV)) {
        return ve_form_is_thumb(probe->form);
    }
    return cond == own || (cond == COND_AL && ve_form_executes(probe->form));
}

static bool syndrome_is_right(const struct ve_probe *probe, const struct ve_expect *expect,
                              uint32_t hsr)
{
    uint32_t mask = expect->iss_mask || expect->whole_iss ? expect->iss_mask : ISS_BELOW_COND;

    if (expect->ec == HSR_EC_UNKNOWN) {
        return HSR_GET(hsr, EC) == HSR_EC_UNKNOWN;
    }
    return HSR_GET(hsr, EC) == expect->ec &&
           HSR_GET(hsr, IL) == (probe->insn_bytes == 4) &&
           (((hsr ^ expect->iss) & mask) == 0 ||
            (expect->other_iss && ((hsr ^ expect->other_iss) & mask) == 0)) &&
           (!expect->has_cond || cond_is_right(probe, hsr));
}

static bool registers_are_kept(const struct ve_probe *probe, const struct ve_record *record)
{
    for (unsigned i = 0; i < 13; i++) {
        if (record->r[i] != probe->state.r[i]) {
            return false;
        }
    }
    return true;
}

static bool trapped_right(const struct ve_probe *probe, const struct ve_expect *expect,
                          const struct ve_record *record, unsigned vector)
{
    return record->outcome == VE_HYP && record->vector == vector &&
           record->pc == probe->insn && record->psr == probe->insn_psr &&
           registers_are_kept(probe, record) && syndrome_is_right(probe, expect, record->hsr);
}

/* LR_und is 4 behind an A32 instruction and 2 behind a T32 one: DDI 0406C B1.8. */
static bool undefined_right(const struct ve_probe *probe, const struct ve_record *record)
{
    unsigned offset = ve_form_is_thumb(probe->form) ? 2 : 4;

    return record->outcome == VE_PL1 && record->vector == VE_VECTOR_UNDEF &&
           record->pc == probe->insn + offset && record->psr == probe->insn_psr;
}

static unsigned allowed_outcomes(const struct ve_probe *probe, const struct ve_expect *expect)
{
    if (!ve_form_executes(probe->form)) {
        /* B1.14 leaves open whether it traps; B1.9 whether it is UNDEFINED. */
        return expect->allowed | MAY_COMPLETE;
    }
    return expect->allowed;
}

/* The one of the outcomes @allowed that was taken, or 0. */
static unsigned outcome_taken(const struct ve_probe *probe, const struct ve_expect *expect,
                              const struct ve_record *record, unsigned allowed)
{
    if ((allowed & MAY_TRAP) && trapped_right(probe, expect, record, VECTOR_TRAP)) {
        return MAY_TRAP;
    }
    if ((allowed & MAY_HYP_UNDEF) && trapped_right(probe, expect, record, VECTOR_UNDEF)) {
        return MAY_HYP_UNDEF;
    }
    if ((allowed & MAY_UNDEF) && undefined_right(probe, record)) {
        return MAY_UNDEF;
    }
    return (allowed & MAY_COMPLETE) && ve_probe_done(probe, record) ? MAY_COMPLETE : 0;
}

void ve_describe(struct text *text, const struct ve_record *record)
{
    static const char *const outcomes[] = {
        [VE_DONE] = "completed", [VE_HYP] = "hyp", [VE_PL1] = "pl1", [VE_LOST] = "lost",
    };

    text_add(text, " got: ");
    text_add(text, outcomes[record->outcome]);
    text_add(text, " vector ");
    text_add_decimal(text, record->vector);
    if (record->outcome == VE_HYP) {
        text_add_field(text, "hsr", record->hsr);
    }
    text_add_field(text, "pc", record->pc);
    text_add_field(text, "psr", record->psr);
}

static void describe_expected(struct text *text, const struct ve_probe *probe,
                              const struct ve_expect *expect)
{
    text_add(text, " want:");
    text_add(text, expect->allowed & MAY_TRAP ? " trap" : "");
    text_add(text, expect->allowed & MAY_UNDEF ? " undef" : "");
    text_add(text, expect->allowed & MAY_HYP_UNDEF ? " hyp-undef" : "");
    text_add(text, expect->allowed & MAY_COMPLETE ? " complete" : "");
    if (expect->allowed & (MAY_TRAP | MAY_HYP_UNDEF)) {
        text_add_field(text, "ec", expect->ec);
        text_add_field(text, "iss", expect->iss);
    }
    text_add_field(text, "insn", probe->insn);
    text_add_field(text, "psr", probe->insn_psr);
}

void ve_claim(const char *name, const struct ve_probe *probe, const struct ve_controls *controls,
              const struct ve_expect *expect)
{
    static const char *const outcomes[] = {
        [MAY_TRAP] = "traps", [MAY_UNDEF] = "UNDEFINED", [MAY_COMPLETE] = "completes",
        [MAY_HYP_UNDEF] = "UNDEFINED",
    };
    unsigned allowed = allowed_outcomes(probe, expect);
    bool has_choice = (allowed & (allowed - 1)) != 0;
    struct ve_record record = { 0 };
    struct text detail;
    unsigned taken;

    ve_run(&probe->state, controls, &record);
    taken = outcome_taken(probe, expect, &record, allowed);
    if (taken && has_choice) {
        tap_impdef(name, outcomes[taken]);
        return;
    }
    text_clear(&detail);
    if (!taken) {
        describe_expected(&detail, probe, expect);
        ve_describe(&detail, &record);
    }
    tap_claim(taken, name, detail.s);
}
