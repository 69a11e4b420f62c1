/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * See probe.h.
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "cp15.h"
#include "enter.h"
#include "probe.h"

static struct outcome outcome;
static uint32_t hyp_sp;
static bool in_hyp_code;
static uint32_t guest_stack[64] __attribute__((aligned(8)));

CP15_32(hdfar, 4, c6, c0, 0)
CP15_32(hpfar, 4, c6, c0, 4)

struct outcome probe(void (*code)(void), uint32_t psr)
{
    outcome = (struct outcome){ 0 };
    probe_enter(code, psr, (uint32_t)(guest_stack + 64), &hyp_sp);
    return outcome;
}

struct outcome probe_hyp(void (*code)(void))
{
    outcome = (struct outcome){ 0 };
    in_hyp_code = true;
    call_hyp_code(code);
    in_hyp_code = false;
    return outcome;
}

static void unexpected(enum hyp_vector vector, const struct frame *frame)
{
    tap_bail_out("exception in Hyp, vector and ELR:", vector, frame->elr);
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    outcome = (struct outcome){
        .vector = vector,
        .hsr = cp15_read_hsr(),
        .hdfar = cp15_read_hdfar(),
        .hpfar = cp15_read_hpfar(),
        .elr = frame->elr,
        .spsr = frame->spsr,
        .r0 = frame->r[0],
    };
    if (in_hyp_code) {
        frame->elr = (uint32_t)hyp_code_end;
        frame->spsr = PSR_HYP;
    } else if (vector == VECTOR_TRAP) {
        guest_leave(hyp_sp);
    } else {
        unexpected(vector, frame);
    }
}

void claim_defect(const char *group, const char *name, bool holds, uint64_t detail)
{
    struct text claim = text_path("defects", group, name, NULL), seen;

    text_clear(&seen);
    text_add_field(&seen, "seen", (uint32_t)(detail >> 32));
    text_add_field(&seen, "and", (uint32_t)detail);
    tap_claim(holds, claim.s, seen.s);
}

void skip_defect(const char *group, const char *name, const char *reason)
{
    tap_skip(text_path("defects", group, name, NULL).s, reason);
}

bool ended_by(const struct outcome *o, uint32_t ending)
{
    return o->vector == VECTOR_TRAP && HSR_GET(o->hsr, EC) == HSR_EC_HVC &&
           HSR_GET(o->hsr, IMM16) == ending;
}

bool trapped(const struct outcome *o, uint32_t ec)
{
    return o->vector == VECTOR_TRAP && HSR_GET(o->hsr, EC) == ec;
}

void claim_outcome(const char *group, const char *name, bool holds, const struct outcome *o)
{
    claim_defect(group, name, holds, (uint64_t)o->hsr << 32 | o->elr);
}
