/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Claims about aborts.
 */
#include "abort.h"
#include "hyp.h"
#include "judge.h"
#include "tap.h"

/* Fault status and format, without WnR, CM and domain: B4.1. */
#define DFSR_LPAE (1u << 9)
#define DFSR_LONG_STATUS 0x23fu
#define DFSR_SHORT_STATUS 0x60fu
#define LR_ABT_OFFSET 8             /* of data aborts: B1.8 */
#define LR_ABT_FETCH_OFFSET 4

uint32_t hpfar_of(uint64_t ipa)
{
    return (uint32_t)(ipa >> 12) << 4;
}

static bool to_hyp_is_right(const struct ve_record *record, const struct ve_abort *want)
{
    bool fetch = (want->hsr & 0xfc000000u) == HSR_IABT;

    return record->outcome == VE_HYP && record->vector == VECTOR_TRAP &&
           ((record->hsr ^ want->hsr) & want->hsr_mask) == 0 &&
           (fetch ? record->hifar : record->hdfar) == want->far &&
           (!want->has_hpfar || record->hpfar == want->hpfar) && record->pc == want->pc;
}

static bool to_pl1_is_right(const struct ve_record *record, const struct ve_abort *want)
{
    uint32_t mask = want->fsr_mask |
                    (want->fsr & DFSR_LPAE ? DFSR_LONG_STATUS : DFSR_SHORT_STATUS);

    if (want->fetch) {
        return record->outcome == VE_PL1 && record->vector == VE_VECTOR_IABT &&
               ((record->ifsr ^ want->fsr) & mask) == 0 && record->ifar == want->far &&
               record->pc == want->pc + LR_ABT_FETCH_OFFSET;
    }
    return record->outcome == VE_PL1 && record->vector == VE_VECTOR_DABT &&
           ((record->dfsr ^ want->fsr) & mask) == 0 && record->dfar == want->far &&
           record->pc == want->pc + LR_ABT_OFFSET;
}

static bool registers_are_kept(const struct ve_probe *probe, const struct ve_record *record,
                               uint32_t kept)
{
    for (unsigned i = 0; i < 13; i++) {
        if ((kept >> i & 1) && record->r[i] != probe->state.r[i]) {
            return false;
        }
    }
    return true;
}

static bool is_right(const struct ve_probe *probe, const struct ve_record *record,
                     const struct ve_abort *want)
{
    if (want->completes) {
        return ve_probe_done(probe, record);
    }
    return (want->to_pl1 ? to_pl1_is_right(record, want) : to_hyp_is_right(record, want)) &&
           (!want->psr || record->psr == want->psr) &&
           registers_are_kept(probe, record, want->kept);
}

static void describe(struct text *text, const struct ve_record *record,
                     const struct ve_abort *want)
{
    text_add(text, want->completes ? " want: completes" : want->to_pl1 ? " want: pl1" : " want:");
    if (want->to_pl1) {
        text_add_field(text, "fsr", want->fsr);
    } else if (!want->completes) {
        text_add_field(text, "hsr", want->hsr);
        text_add_field(text, "mask", want->hsr_mask);
    }
    text_add_field(text, "far", want->far);
    text_add_field(text, "hpfar", want->hpfar);
    text_add_field(text, "pc", want->pc);
    ve_describe(text, record);
    text_add_field(text, "hdfar", record->hdfar);
    text_add_field(text, "hifar", record->hifar);
    text_add_field(text, "hpfar", record->hpfar);
    text_add_field(text, "dfsr", record->dfsr);
    text_add_field(text, "ifsr", record->ifsr);
    text_add_field(text, "r1", record->r[1]);
}

void ve_abort_claim(const char *name, const struct ve_probe *probe,
                    const struct ve_controls *controls, const struct ve_abort *want)
{
    struct ve_record record = { 0 };
    struct text detail;
    bool ok;

    ve_run(&probe->state, controls, &record);
    ok = is_right(probe, &record, want);
    text_clear(&detail);
    if (!ok) {
        describe(&detail, &record, want);
    }
    tap_claim(ok, name, detail.s);
}
