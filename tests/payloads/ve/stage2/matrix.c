/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Every level and permission of stage 2, read, written and executed; and IPAs beyond 4 GiB.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "parts.h"
#include "sysregs.h"

#define OFFSET 0x200u               /* ARM code there, Thumb code 16 bytes on */
#define LEVEL1_BACKING (S2_BACKING - RAM_BASE)

enum access { READ, WRITE, FETCH, ACCESSES };

static const char *const access_names[] = { "read", "write", "fetch" };

/* A descriptor, and the fault status of each access without the level; 0: allowed. */
struct row {
    const char *name;
    uint64_t attributes;
    uint32_t fsc[ACCESSES];
};

#define NO FSC_PERMISSION
static const struct row rows[] = {
    { "invalid", S2_INVALID, { FSC_TRANSLATION, FSC_TRANSLATION, FSC_TRANSLATION } },
    { "no-access-flag", S2_NORMAL | S2_READ | S2_WRITE,
      { FSC_ACCESS_FLAG, FSC_ACCESS_FLAG, FSC_ACCESS_FLAG } },
    { "none", S2_NORMAL | S2_ACCESS, { NO, NO, NO } },
    { "read-only", S2_NORMAL | S2_ACCESS | S2_READ, { 0, NO, 0 } },
    { "write-only", S2_NORMAL | S2_ACCESS | S2_WRITE, { NO, 0, NO } },
    { "read-write", S2_ALL, { 0, 0, 0 } },
    { "execute-never", S2_ALL | S2_XN, { 0, 0, NO } },
};

/* LDR r3, [r1] and STR r3, [r1]; what a fetch needs is only its address. */
static const struct ve_insn insns[] = {
    [READ] = { .arm = 0xe5913000, .thumb = 0x680b, .thumb_bytes = 2 },
    [WRITE] = { .arm = 0xe5813000, .thumb = 0x600b, .thumb_bytes = 2 },
    [FETCH] = { .arm = 0xe320f000, .thumb = 0xbf00, .thumb_bytes = 2 },
};

/* Where the chosen descriptor of a level is seen by the guest, or 0 if it cannot be. */
static uint32_t map(unsigned level, uint64_t ipa)
{
    if (stage1 == S1_OFF) {
        return level == 1 ? 0 : (uint32_t)ipa;
    }
    if (level == 1) {
        ipa += LEVEL1_BACKING;
    }
    if (stage1 == S1_SHORT && level == 1) {
        return 0;
    }
    s1_map_window(stage1, ipa, S1_NORMAL);
    return S1_WINDOW;
}

/* HVC #0x5a and SVC #0x5a at OFFSET, as VE_IMM_DONE. */
static void put_target(unsigned mode)
{
    bool user = mode == ARMV7_MODE_USR;
    volatile uint32_t *target = (volatile uint32_t *)(S2_BACKING + OFFSET);

    target[0] = user ? 0xef00005a : 0xe140057a;
    target[4] = user ? 0xdf5adf5a : 0x805af7e0;
    cp15_sync_code();
}

static void start_at(struct ve_probe *probe, uint32_t va, enum ve_form isa, unsigned mode)
{
    bool thumb = ve_form_is_thumb(isa);

    put_target(mode);
    probe->insn = probe->end = va + (thumb ? 16 : 0);
    probe->end_bytes = thumb && mode == ARMV7_MODE_USR ? 2 : 4;
    probe->state.pc = probe->insn;
}

static struct ve_abort expected(const struct row *row, unsigned level, enum access access,
                                const struct ve_probe *probe, uint64_t ipa, uint32_t va)
{
    struct ve_abort want = { .completes = row->fsc[access] == 0, .pc = probe->insn };

    want.hsr = (access == FETCH ? HSR_IABT : HSR_DABT) | (row->fsc[access] + level);
    want.hsr_mask = MASK_ABORT;
    if (access != FETCH) {
        want.hsr |= ISS_ISV | 2u << 22 | 3u << 16 | (access == WRITE ? ISS_WNR : 0) |
                    (probe->insn_bytes == 4 ? HSR_IL : 0);
        want.hsr_mask |= MASK_ISV;
    }
    want.far = access == FETCH ? probe->insn : va;
    want.has_hpfar = row->fsc[access] != FSC_PERMISSION;
    want.hpfar = hpfar_of(ipa + (level == 1 ? LEVEL1_BACKING : 0));
    return want;
}

static void claim(const struct row *row, unsigned level, enum access access, enum ve_form isa,
                  unsigned mode)
{
    static const char *const levels[] = { "", "level1", "level2", "level3" };
    uint64_t ipa = s2_set(level, 1, row->attributes);
    uint32_t va = map(level, level == 3 && stage1 != S1_OFF ? S2_WINDOW3 : ipa);
    struct text name = name_of("stage2/matrix", levels[level], row->name, access_names[access],
                               s1_name(stage1));
    struct ve_probe probe;
    struct ve_abort want;

    if (!va) {
        return;
    }
    va += OFFSET + (level == 3 && stage1 != S1_OFF ? 4096 : 0);
    ve_probe_make(&probe, &insns[access], isa, mode);
    probe.state.r[1] = va;
    if (access == FETCH) {
        start_at(&probe, va, isa, mode);
    }
    want = expected(row, level, access, &probe, ipa, va);
    text_add(&name, "/");
    text_add(&name, mode_name(mode));
    text_add(&name, "/");
    text_add(&name, ve_form_name(isa));
    ve_abort_claim(name.s, &probe, &stage2_on, &want);
}

static void claim_row(const struct row *row, unsigned level)
{
    for (unsigned access = 0; access < ACCESSES; access++) {
        claim(row, level, access, VE_ARM, ARMV7_MODE_SVC);
        claim(row, level, access, VE_THUMB, ARMV7_MODE_SVC);
        claim(row, level, access, VE_ARM, ARMV7_MODE_USR);
        claim(row, level, access, VE_THUMB, ARMV7_MODE_USR);
    }
}

/* GiB of the IPA space that a long descriptor reaches; the stage-2 tables map them nowhere. */
static void claim_hpfar(void)
{
    static const struct { const char *name; uint64_t ipa; } far_away[] = {
        { "0x00c0000000", 0xc0000000 }, { "0x0480000000", 0x480000000 },
        { "0x4010000000", 0x4010000000 }, { "0x8000000000", 0x8000000000 },
        { "0xffffe00000", 0xffffe00000 },
    };

    tap_group("stage2/hpfar", "B4.1", "HPFAR has IPA[39:12]");
    stage1 = S1_LONG;
    for (unsigned i = 0; i < sizeof(far_away) / sizeof(far_away[0]); i++) {
        for (unsigned access = READ; access <= WRITE; access++) {
            struct ve_probe probe;
            struct ve_abort want;

            s1_map_window(S1_LONG, far_away[i].ipa, S1_NORMAL);
            ve_probe_make(&probe, &insns[access], VE_ARM, ARMV7_MODE_SVC);
            probe.state.r[1] = S1_WINDOW + 0x12344;
            want = expected(&rows[0], 1, access, &probe, 0, S1_WINDOW + 0x12344);
            want.hpfar = hpfar_of(far_away[i].ipa + 0x12344);
            ve_abort_claim(name_of("stage2/hpfar", far_away[i].name, access_names[access], NULL,
                                   NULL).s, &probe, &stage2_on, &want);
        }
    }
}

void claim_matrix(void)
{
    tap_group("stage2/matrix", "B3.7, B3.13.6", "levels and permissions");
    for (stage1 = S1_OFF; stage1 < S1_FORMATS; stage1++) {
        for (unsigned level = 1; level <= 3; level++) {
            for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                claim_row(&rows[i], level);
            }
        }
    }
    claim_hpfar();
}
