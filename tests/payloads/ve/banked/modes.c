/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Ways to change the mode, and whose registers are there afterwards.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "bank.h"
#include "tap.h"

#define MASKED (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)

/* r1 is the PSR to come to, lr or [r2] the address behind the switch. */
enum way { CPS, MSR_CPSR, MOVS_PC_LR, SUBS_PC_LR, LDM_PC, RFE, WAYS };

static const char *const way_names[] = { "cps", "msr", "movs", "subs", "ldm", "rfe" };

/* What RFE and LDM load: return address and PSR. */
static uint32_t frame[2];

/* Words that switch to @target and go on behind themselves; returns how many. */
static unsigned put_switch(uint32_t *words, enum way way, unsigned target)
{
    switch (way) {
    case CPS:
        words[0] = 0xf1020000u | target;            /* CPS #target */
        return 1;
    case MSR_CPSR:
        words[0] = 0xe121f001u;                     /* MSR CPSR_c, r1 */
        return 1;
    case MOVS_PC_LR:
    case SUBS_PC_LR:
        words[0] = 0xe16ff001u;                     /* MSR SPSR_fsxc, r1 */
        words[1] = way == MOVS_PC_LR ? 0xe28fe000u  /* ADD lr, pc, #0 */
                                     : 0xe28fe004u; /* ADD lr, pc, #4 */
        words[2] = way == MOVS_PC_LR ? 0xe1b0f00eu  /* MOVS pc, lr */
                                     : 0xe25ef004u; /* SUBS pc, lr, #4 */
        return 3;
    case LDM_PC:
        words[0] = 0xe16ff001u;
        words[1] = 0xe28f3004u;                     /* ADD r3, pc, #4 */
        words[2] = 0xe5823000u;                     /* STR r3, [r2] */
        words[3] = 0xe8d28000u;                     /* LDM r2, {pc}^ */
        return 4;
    case RFE:
        words[0] = 0xe28f3004u;
        words[1] = 0xe5823000u;
        words[2] = 0xf8920a00u;                     /* RFEIA r2 */
        return 3;
    case WAYS:
        break;
    }
    return 0;
}

/* Modes without an SPSR return from exceptions UNPREDICTABLY: B9.3. */
static bool way_exists(enum way way, const struct bank_mode *from)
{
    return way == CPS || way == MSR_CPSR || way == RFE || from->spsr != BANK_NONE;
}

/* MOV r0-r6 from r8-r14, MRS r7, SPSR; or in the other direction. */
static unsigned put_moves(uint32_t *words, bool write, bool has_spsr)
{
    for (uint32_t i = 0; i < 7; i++) {
        uint32_t to = write ? 8 + i : i, from = write ? i : 8 + i;

        words[i] = 0xe1a00000u | to << 12 | from;
    }
    if (!has_spsr) {
        return 7;
    }
    words[7] = write ? 0xe16ff007u : 0xe14f7000u;   /* MSR SPSR_fsxc, r7; MRS r7, SPSR */
    return 8;
}

static void prepare(struct ve_probe *probe, const uint32_t *words, unsigned count,
                    const struct bank_mode *from, unsigned to)
{
    ve_probe_program(probe, words, count, from->mode);
    if (to == ARMV7_MODE_USR) {
        /* User mode ends with SVC. */
        ve_probe_program(probe, words, count, ARMV7_MODE_USR);
        probe->state.psr = MASKED | ARMV7_PSR_Z | from->mode;
    }
    frame[1] = MASKED | to;
    probe->state.r[1] = MASKED | to;
    probe->state.r[2] = (uint32_t)frame;
}

/* The SPSR of the mode that is left is the PSR returned to; its LR, the address. */
static void leave(struct bank *want, enum way way, const struct bank_mode *from, uint32_t psr,
                  const struct bank *after)
{
    if (way == MOVS_PC_LR || way == SUBS_PC_LR) {
        want->value[from->lr] = after->value[from->lr];
    }
    if (way == MOVS_PC_LR || way == SUBS_PC_LR || way == LDM_PC) {
        want->value[from->spsr] = psr;
    }
}

static bool came_to(const struct ve_probe *probe, const struct ve_record *record, unsigned mode)
{
    bool end = mode == ARMV7_MODE_USR
               ? record->outcome == VE_PL1 && record->vector == VE_VECTOR_SVC
               : record->outcome == VE_DONE;

    return end && record->pc == probe->end + 4 && armv7_psr_mode(record->psr) == mode;
}

/* What the mode must read: r0 to r6 of the run. */
static bool reads_are_right(const struct ve_record *record, const struct bank *want,
                            const struct bank_mode *to)
{
    for (unsigned i = 0; i < 5; i++) {
        if (record->r[i] != want->value[to->r8 + i]) {
            return false;
        }
    }
    return record->r[5] == want->value[to->sp] && record->r[6] == want->value[to->lr] &&
           (to->spsr == BANK_NONE || record->r[7] == want->value[to->spsr]);
}

static void claim_read(const struct text *name, enum way way, const struct bank_mode *from,
                       const struct bank_mode *to)
{
    struct ve_record record = { 0 };
    struct bank want, after;
    struct ve_probe probe;
    uint32_t words[16];
    unsigned count = put_switch(words, way, to->mode);

    count += put_moves(words + count, false, to->spsr != BANK_NONE);
    prepare(&probe, words, count, from, to->mode);
    bank_fill(&want);
    bank_run(&probe, &want, &record, &after);
    leave(&want, way, from, MASKED | to->mode, &after);
    bank_claim(name->s, came_to(&probe, &record, to->mode) && reads_are_right(&record, &want, to),
               &record, &want, &after);
}

/* In the new mode r8 to r14 and SPSR get values that Hyp must find. */
static void claim_write(const struct text *name, enum way way, const struct bank_mode *from,
                        const struct bank_mode *to)
{
    struct ve_record record = { 0 };
    struct bank want, after;
    struct ve_probe probe;
    uint32_t words[24];
    unsigned count = put_switch(words, way, to->mode);

    for (uint32_t i = 0; i < 7; i++) {
        words[count++] = 0xe3a00010u | i << 12 | i;         /* MOV ri, #(16 + i) */
    }
    words[count++] = 0xe3a0701fu;                           /* MOV r7, #0x1f */
    count += put_moves(words + count, true, to->spsr != BANK_NONE);
    prepare(&probe, words, count, from, to->mode);
    bank_fill(&want);
    bank_run(&probe, &want, &record, &after);
    leave(&want, way, from, MASKED | to->mode, &after);
    for (uint32_t i = 0; i < 5; i++) {
        want.value[to->r8 + i] = 16 + i;
    }
    want.value[to->sp] = 21;
    want.value[to->lr] = 22;
    if (to->spsr != BANK_NONE) {
        want.value[to->spsr] = 0x1f;
    }
    bank_claim(name->s, came_to(&probe, &record, to->mode), &record, &want, &after);
}

/* UNPREDICTABLE: whatever it does, it must come back to Hyp as a guest. */
static void claim_out_of_reach(enum way way, const struct bank_mode *from, unsigned target,
                               const char *target_name)
{
    struct text name = text_path("banked/modes", way_names[way], from->name, target_name, NULL);
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;
    uint32_t words[8];
    unsigned count = put_switch(words, way, target);

    words[count++] = 0xe1a00000u;
    prepare(&probe, words, count, from, target);
    bank_fill(&bank);
    bank_run(&probe, &bank, &record, &after);
    bank_claim(name.s, armv7_psr_mode(record.psr) != ARMV7_MODE_HYP &&
               armv7_psr_mode(record.psr) != ARMV7_MODE_MON, &record, &after, &after);
}

/* At PL0 CPS is a NOP, and MSR leaves the mode as it is: B9.3.2, B9.3.11. */
static void claim_from_user(enum way way, unsigned target, const char *target_name)
{
    struct text name = text_path("banked/modes", way_names[way], "usr", target_name, NULL);
    const struct bank_mode *usr = &bank_modes[BANK_PL1_MODES];
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;
    uint32_t words[8];

    prepare(&probe, words, put_switch(words, way, target), usr, ARMV7_MODE_USR);
    probe.state.r[1] = MASKED | target;
    bank_fill(&bank);
    bank_run(&probe, &bank, &record, &after);
    bank_claim(name.s, came_to(&probe, &record, ARMV7_MODE_USR), &record, &bank, &after);
}

static void claim_from(const struct bank_mode *from, enum way way)
{
    for (unsigned i = 0; i <= BANK_PL1_MODES; i++) {
        const struct bank_mode *to = &bank_modes[i];
        struct text name = text_path("banked/modes", way_names[way], from->name, to->name, NULL);
        struct text read = name, write = name;

        text_add(&read, "/read");
        claim_read(&read, way, from, to);
        text_add(&write, "/write");
        claim_write(&write, way, from, to);
    }
    claim_out_of_reach(way, from, ARMV7_MODE_HYP, "hyp");
    claim_out_of_reach(way, from, ARMV7_MODE_MON, "mon");
}

void claim_modes(void)
{
    tap_group("banked/modes", "B1.3.2, B9.3", "registers after each way to change the mode");
    for (enum way way = 0; way < WAYS; way++) {
        for (unsigned i = 0; i < BANK_PL1_MODES; i++) {
            if (way_exists(way, &bank_modes[i])) {
                claim_from(&bank_modes[i], way);
            }
        }
    }
    for (unsigned i = 0; i < BANK_MODES; i++) {
        claim_from_user(CPS, bank_modes[i].mode, bank_modes[i].name);
        claim_from_user(MSR_CPSR, bank_modes[i].mode, bank_modes[i].name);
    }
}
