/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * MSR and MRS of the CPSR and of the mode's SPSR, byte by byte.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "bank.h"
#include "tap.h"

#define MASKED (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)
#define PSR_GE 0x000f0000u
#define PSR_NZCVQ 0xf8000000u

/* Both without the bits that MSR does not write, or that are reserved: B1.3.3. */
#define OLD (0x50050000u | MASKED | ARMV7_MODE_SYS)
#define NEW (0xa80a0000u | ARMV7_PSR_E | ARMV7_MODE_SVC)

static uint32_t bytes_of(unsigned mask)
{
    return (mask & 1 ? 0xffu : 0) | (mask & 2 ? 0xff00u : 0) | (mask & 4 ? 0xff0000u : 0) |
           (mask & 8 ? 0xff000000u : 0);
}

static void add_mask(struct text *name, unsigned mask)
{
    text_add(name, "/");
    for (unsigned i = 0; i < 4; i++) {
        if (mask & 8u >> i) {
            text_add(name, (const char *[]) { "f", "s", "x", "c" }[i]);
        }
    }
}

/* MSR SPSR_mask, r1; MRS r0, SPSR in @mode, whose SPSR was @old. */
static void claim_spsr(const struct bank_mode *mode, unsigned mask)
{
    struct text name = text_path("banked/spsr", mode->name, NULL);
    const uint32_t words[] = {
        0xe16ff002u,                                /* MSR SPSR_fsxc, r2: OLD, for Hyp */
        0xe160f001u | mask << 16, 0xe14f0000u,
    };
    uint32_t result = (OLD & ~bytes_of(mask)) | (NEW & bytes_of(mask));
    struct ve_record record = { 0 };
    struct bank want, after;
    struct ve_probe probe;

    add_mask(&name, mask);
    bank_fill(&want);
    ve_probe_program(&probe, words, 3, mode->mode);
    probe.state.r[1] = NEW;
    probe.state.r[2] = OLD;
    bank_run(&probe, &want, &record, &after);
    if (mode->spsr != BANK_NONE) {
        want.value[mode->spsr] = result;
    }
    bank_claim(name.s, ve_probe_done(&probe, &record) && record.r[0] == result, &record, &want,
               &after);
}

/* The bits of the CPSR that MSR may write: B1.3.3, CPSRWriteByInstr(). */
static uint32_t writable(const struct bank_mode *mode)
{
    uint32_t unprivileged = PSR_NZCVQ | PSR_GE | ARMV7_PSR_E;

    return mode->mode == ARMV7_MODE_USR ? unprivileged : unprivileged | MASKED;
}

/*
 * MSR CPSR_mask, r1 without a change of the mode; then MRS r0, CPSR: r0 shows the CPSR, of which
 * User mode sees only what it may write.  SETEND LE, or the exception would be recorded so.
 */
static void claim_cpsr(const struct bank_mode *mode, unsigned mask)
{
    struct text name = text_path("banked/cpsr", mode->name, NULL);
    const uint32_t words[] = { 0xe120f001u | mask << 16, 0xe10f0000u, 0xf1010000u };
    uint32_t written = bytes_of(mask) & writable(mode);
    uint32_t visible = writable(mode) & (mode->mode == ARMV7_MODE_USR ? ~ARMV7_PSR_E : ~0u);
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;
    uint32_t old, fresh;

    add_mask(&name, mask);
    bank_fill(&bank);
    ve_probe_program(&probe, words, 3, mode->mode);
    old = probe.state.psr = 0x50050000u | MASKED | mode->mode;
    fresh = (NEW & ~0x1fu) | mode->mode;
    probe.state.r[1] = fresh;
    bank_run(&probe, &bank, &record, &after);
    old = (old & ~written) | (fresh & written);
    bank_claim(name.s, ve_probe_done(&probe, &record) && ((record.r[0] ^ old) & visible) == 0 &&
               record.psr == (old & ~ARMV7_PSR_E), &record, &bank, &after);
}

/* UNPREDICTABLE where there is no SPSR; the mode must survive it. */
static void claim_no_spsr(const struct bank_mode *mode, bool write)
{
    struct text name = text_path("banked/spsr", mode->name, write ? "msr" : "mrs", NULL);
    const struct ve_insn insn = { .arm = write ? 0xe16ff001u : 0xe14f0000u };
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;

    bank_fill(&bank);
    ve_probe_make(&probe, &insn, VE_ARM, mode->mode);
    probe.state.r[1] = NEW;
    bank_run(&probe, &bank, &record, &after);
    bank_claim(name.s, ve_probe_done(&probe, &record) || bank_undefined(&probe, &record), &record,
               &bank, &after);
}

static void claim_mode(const struct bank_mode *mode)
{
    bool hyp = mode->mode == ARMV7_MODE_HYP;

    if (mode->spsr == BANK_NONE && !hyp) {
        claim_no_spsr(mode, false);
        claim_no_spsr(mode, true);
        return;
    }
    for (unsigned mask = 1; mask < 16; mask++) {
        claim_spsr(mode, mask);
    }
}

void claim_psrs(void)
{
    tap_group("banked/spsr", "B9.3.11", "MSR of the bytes of SPSR in every mode");
    for (unsigned i = 0; i < BANK_MODES; i++) {
        claim_mode(&bank_modes[i]);
    }
    tap_group("banked/cpsr", "B1.3.3, B9.3.11", "MSR of the bytes of CPSR in every mode");
    for (unsigned i = 0; i < BANK_MODES; i++) {
        for (unsigned mask = 1; mask < 16; mask++) {
            claim_cpsr(&bank_modes[i], mask);
        }
    }
}
