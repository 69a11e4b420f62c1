/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * LDM and STM of User mode registers, SRS and RFE.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "bank.h"
#include "tap.h"

#define MASKED (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)
#define UNTOUCHED 0xdeadbeefu

static uint32_t memory[16];

static void fill_memory(void)
{
    for (unsigned i = 0; i < 16; i++) {
        memory[i] = UNTOUCHED;
    }
}

/* How addresses go: IA, IB, DA, DB; where the words are from the base, and the base's change. */
static const struct direction {
    const char *name;
    uint32_t bits;              /* P and U */
    int first;                  /* words from the base for two registers */
    int step;
} directions[] = {
    { "ia", 1u << 23, 0, 8 }, { "ib", 3u << 23, 1, 8 },
    { "da", 0, -1, -8 }, { "db", 1u << 24, -2, -8 },
};
#define DIRECTIONS 4

/* {r8-r14}^ at r0, from the first word of memory on; @load or store. */
static void claim_user_registers(const struct bank_mode *mode, bool load)
{
    struct text name = text_path("banked/ldm-user", load ? "ldm" : "stm", mode->name, NULL);
    const struct ve_insn insn = { .arm = load ? 0xe8d07f00u : 0xe8c07f00u };
    struct ve_record record = { 0 };
    struct bank want, after;
    struct ve_probe probe;
    bool right = true;

    for (unsigned i = 0; i < 7; i++) {
        memory[i] = load ? 0x1000u + i : UNTOUCHED;
    }
    bank_fill(&want);
    ve_probe_make(&probe, &insn, VE_ARM, mode->mode);
    probe.state.r[0] = (uint32_t)memory;
    bank_run(&probe, &want, &record, &after);
    if (mode->mode == ARMV7_MODE_HYP) {
        bank_claim(name.s, bank_undefined(&probe, &record), &record, &want, &after);
        return;
    }
    if (mode->spsr == BANK_NONE) {
        /* UNPREDICTABLE in User and System mode. */
        after = want;
        bank_claim(name.s, ve_probe_done(&probe, &record) || bank_undefined(&probe, &record),
                   &record, &want, &after);
        return;
    }
    for (unsigned i = 0; i < 7; i++) {
        if (load) {
            want.value[R8_USR + i] = 0x1000u + i;
        } else {
            right = right && memory[i] == want.value[R8_USR + i];
        }
    }
    bank_claim(name.s, right && ve_probe_done(&probe, &record), &record, &want, &after);
}

static bool other_memory_untouched(unsigned from, unsigned to)
{
    for (unsigned i = 0; i < 16; i++) {
        if (i >= from && i < to ? memory[i] == UNTOUCHED : memory[i] != UNTOUCHED) {
            return false;
        }
    }
    return true;
}

/* LR and SPSR of this mode to the stack of @to. */
static void claim_srs(const struct bank_mode *from, const struct bank_mode *to,
                      const struct direction *direction, bool writeback)
{
    struct text name = text_path("banked/srs", from->name, to->name, direction->name,
                                 writeback ? "writeback" : "keep", NULL);
    const struct ve_insn insn = {
        .arm = 0xf84d0500u | direction->bits | (uint32_t)writeback << 21 | to->mode,
        .arm_unconditional = true,
    };
    unsigned first = (unsigned)(8 + direction->first);
    struct ve_record record = { 0 };
    struct bank want, after;
    struct ve_probe probe;

    fill_memory();
    bank_fill(&want);
    want.value[to->sp] = (uint32_t)&memory[8];
    ve_probe_make(&probe, &insn, VE_ARM, from->mode);
    bank_run(&probe, &want, &record, &after);
    if (writeback) {
        want.value[to->sp] += (uint32_t)direction->step;
    }
    bank_claim(name.s, ve_probe_done(&probe, &record) && other_memory_untouched(first, first + 2) &&
               memory[first] == want.value[from->lr] &&
               memory[first + 1] == want.value[from->spsr], &record, &want, &after);
}

/* UNDEFINED in Hyp; in User and System mode, or to the stack of Hyp: UNPREDICTABLE. */
static void claim_no_srs(const struct bank_mode *from, unsigned target, const char *target_name)
{
    struct text name = text_path("banked/srs", from->name, target_name, NULL);
    const struct ve_insn insn = { .arm = 0xf8ed0500u | target, .arm_unconditional = true };
    struct ve_record record = { 0 };
    struct bank before, after;
    struct ve_probe probe;
    bool ok;

    bank_fill(&before);
    for (unsigned i = SP_USR; i < SPSR_FIQ; i++) {
        before.value[i] = (uint32_t)&memory[8];
    }
    ve_probe_make(&probe, &insn, VE_ARM, from->mode);
    bank_run(&probe, &before, &record, &after);
    ok = bank_undefined(&probe, &record);
    if (from->mode != ARMV7_MODE_HYP) {
        ok = ok || ve_probe_done(&probe, &record);
        before = from->mode == ARMV7_MODE_USR ? before : after;
    }
    bank_claim(name.s, ok, &record, &before, &after);
}

/* RFE rn: to the end of its code in System mode, with rn changed or not. */
static void claim_rfe(const struct bank_mode *from, const struct direction *direction,
                      bool writeback)
{
    struct text name = text_path("banked/rfe", from->name, direction->name,
                                 writeback ? "writeback" : "keep", NULL);
    const struct ve_insn insn = {
        .arm = 0xf8120a00u | direction->bits | (uint32_t)writeback << 21,     /* RFE r2 */
        .arm_unconditional = true,
    };
    unsigned first = (unsigned)(8 + direction->first);
    uint32_t r2 = (uint32_t)&memory[8];
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;
    bool ok;

    fill_memory();
    bank_fill(&bank);
    ve_probe_make(&probe, &insn, VE_ARM, from->mode);
    probe.state.r[2] = r2;
    memory[first] = probe.end;
    memory[first + 1] = 0xa00f0000u | MASKED | ARMV7_MODE_SYS;
    bank_run(&probe, &bank, &record, &after);
    if (from->mode == ARMV7_MODE_HYP) {
        ok = bank_undefined(&probe, &record);
    } else if (from->mode == ARMV7_MODE_USR) {
        ok = ve_probe_done(&probe, &record) || bank_undefined(&probe, &record);
    } else {
        ok = ve_probe_done(&probe, &record) && record.psr == memory[first + 1] &&
             record.r[2] == r2 + (uint32_t)(writeback ? direction->step : 0);
    }
    bank_claim(name.s, ok, &record, &bank, &after);
}

static void claim_every_rfe(void)
{
    for (unsigned mode = 0; mode < BANK_MODES; mode++) {
        for (unsigned i = 0; i < DIRECTIONS; i++) {
            claim_rfe(&bank_modes[mode], &directions[i], false);
            claim_rfe(&bank_modes[mode], &directions[i], true);
        }
    }
}

static void claim_srs_from(const struct bank_mode *from)
{
    for (unsigned to = 0; to <= BANK_PL1_MODES; to++) {
        for (unsigned i = 0; i < DIRECTIONS; i++) {
            claim_srs(from, &bank_modes[to], &directions[i], false);
            claim_srs(from, &bank_modes[to], &directions[i], true);
        }
    }
    claim_no_srs(from, ARMV7_MODE_HYP, "hyp");
    claim_no_srs(from, ARMV7_MODE_MON, "mon");
}

void claim_stacks(void)
{
    tap_group("banked/ldm-user", "B9.3.6, B9.3.17", "LDM and STM of User mode registers");
    for (unsigned i = 0; i < BANK_MODES; i++) {
        claim_user_registers(&bank_modes[i], true);
        claim_user_registers(&bank_modes[i], false);
    }
    tap_group("banked/srs", "B9.3.16", "SRS to every mode's stack");
    for (unsigned i = 0; i < BANK_MODES; i++) {
        if (bank_modes[i].spsr == BANK_NONE) {
            claim_no_srs(&bank_modes[i], ARMV7_MODE_SVC, "svc");
        } else {
            claim_srs_from(&bank_modes[i]);
        }
    }
    tap_group("banked/rfe", "B9.3.13", "RFE from every mode");
    claim_every_rfe();
}
