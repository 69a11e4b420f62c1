/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Alignment faults: what any memory requires is checked first, and is a fault of stage 1; what
 * Device and Strongly-ordered memory requires is a fault of the stage that makes it so, of stage 1
 * if both do (B3.12, TranslateAddressV in B3.19).
 */
#include "armv7/hcr.h"
#include "accesses.h"
#include "hyp.h"
#include "parts.h"

#define OFFSET 0x100u
#define LDR_R3_R2 0xe5923000u
#define DFSR_WNR 0x800u
#define DFSR_SHORT_ALIGNMENT 0x001u     /* FS 00001 */
#define DFSR_LONG_ALIGNMENT 0x221u      /* LPAE, STATUS 100001 */
#define DFSR_MASK 0xe3fu                /* LPAE, WnR, FS and STATUS; not the domain of FS */
#define HSR_ABORT 0x90000021u           /* EC 0x24, status 100001 */
#define HSR_ABORT_SAME 0x94000021u      /* EC 0x25 */
#define HSR_MASK 0xfc0001ffu            /* without ISV and what is valid with it */
#define HSR_WNR 0x40u

/* Who takes the alignment fault of Device memory, if it is Device. */
enum device { NORMAL, BY_STAGE1, BY_STAGE2 };

struct memory {
    const char *name;
    enum s1_format format;
    enum s1_memory stage1;
    uint64_t stage2;            /* attributes of the page; 0: stage 2 is off */
    uint32_t hcr;
    enum device device;
    bool hyp, hyp_mmu;
};

#define S2N (RW | S2_NORMAL)
#define S2D (RW | S2_DEVICE)
#define S2SO (RW | S2_STRONGLY_ORDERED)
#define DC ARMV7_HCR_DC
static const struct memory memories[] = {
    { "off", S1_OFF, 0, 0, 0, BY_STAGE1, false, false },
    { "off+normal", S1_OFF, 0, S2N, 0, BY_STAGE1, false, false },
    { "off+device", S1_OFF, 0, S2D, 0, BY_STAGE1, false, false },
    { "dc+normal", S1_OFF, 0, S2N, DC, NORMAL, false, false },
    { "dc+ordered", S1_OFF, 0, S2SO, DC, BY_STAGE2, false, false },
    { "short-normal", S1_SHORT, S1_NORMAL, 0, 0, NORMAL, false, false },
    { "short-device", S1_SHORT, S1_DEVICE, 0, 0, BY_STAGE1, false, false },
    { "short-ordered", S1_SHORT, S1_STRONGLY_ORDERED, 0, 0, BY_STAGE1, false, false },
    { "short-normal+normal", S1_SHORT, S1_NORMAL, S2N, 0, NORMAL, false, false },
    { "short-normal+device", S1_SHORT, S1_NORMAL, S2D, 0, BY_STAGE2, false, false },
    { "short-device+normal", S1_SHORT, S1_DEVICE, S2N, 0, BY_STAGE1, false, false },
    { "short-ordered+ordered", S1_SHORT, S1_STRONGLY_ORDERED, S2SO, 0, BY_STAGE1, false, false },
    { "long-normal", S1_LONG, S1_NORMAL, 0, 0, NORMAL, false, false },
    { "long-device", S1_LONG, S1_DEVICE, 0, 0, BY_STAGE1, false, false },
    { "long-normal+normal", S1_LONG, S1_NORMAL, S2N, 0, NORMAL, false, false },
    { "long-normal+device", S1_LONG, S1_NORMAL, S2D, 0, BY_STAGE2, false, false },
    { "long-normal+ordered", S1_LONG, S1_NORMAL, S2SO, 0, BY_STAGE2, false, false },
    { "long-device+device", S1_LONG, S1_DEVICE, S2D, 0, BY_STAGE1, false, false },
    { "hyp-off", S1_OFF, 0, 0, 0, BY_STAGE1, true, false },
    { "hyp-normal", S1_OFF, S1_NORMAL, 0, 0, NORMAL, true, true },
    { "hyp-device", S1_OFF, S1_DEVICE, 0, 0, BY_STAGE1, true, true },
    { "hyp-ordered", S1_OFF, S1_STRONGLY_ORDERED, 0, 0, BY_STAGE1, true, true },
};

/* Maps the page and returns its address. */
static uint32_t map(const struct memory *memory)
{
    bool stage2 = memory->stage2;
    uint64_t ipa = s2_set(3, WINDOW_PAGE, stage2 ? memory->stage2 : S2N);

    translation = (struct translation) { .stage1 = memory->format, .hyp = memory->hyp_mmu };
    if (memory->hyp_mmu) {
        hyp_map_window(memory->stage1);
        return S1_WINDOW + (S2_BACKING - RAM_BASE);
    }
    if (memory->format == S1_OFF) {
        return stage2 ? (uint32_t)ipa : S2_BACKING;
    }
    s1_map_window(memory->format, stage2 ? S2_WINDOW3 : S2_BACKING, memory->stage1);
    return S1_WINDOW + (stage2 ? WINDOW_PAGE * 4096 : 0);
}

static bool is_own_fault(const struct memory *memory, const struct access *access,
                         const struct ve_probe *probe, const struct ve_record *record)
{
    uint32_t fsr = memory->format == S1_LONG ? DFSR_LONG_ALIGNMENT : DFSR_SHORT_ALIGNMENT;
    uint32_t mask = DFSR_MASK & (memory->format == S1_LONG ? ~0u : ~0x30u);

    if (memory->hyp) {
        return record->outcome == VE_HYP && record->vector == VECTOR_DABT &&
               (record->hsr & HSR_MASK) == (HSR_ABORT_SAME | (access->flags & ACCESS_WRITE ? HSR_WNR : 0)) &&
               record->pc == probe->insn;
    }
    return record->outcome == VE_PL1 && record->vector == VE_VECTOR_DABT &&
           (record->dfsr & mask) == (fsr | (access->flags & ACCESS_WRITE ? DFSR_WNR : 0)) &&
           record->pc == probe->insn + 8;
}

static bool is_stage2_fault(const struct access *access, const struct ve_probe *probe,
                            const struct ve_record *record)
{
    return record->outcome == VE_HYP && record->vector == VECTOR_TRAP &&
           (record->hsr & HSR_MASK) == (HSR_ABORT | (access->flags & ACCESS_WRITE ? HSR_WNR : 0)) &&
           record->pc == probe->insn;
}

/* STRH r3, [r1, #8]!: the only one that does not access r1 itself; 8 changes no alignment. */
static bool is_right(const struct memory *memory, const struct access *access, unsigned offset,
                     const struct ve_probe *probe, const struct ve_record *record)
{
    uint32_t far = memory->hyp || record->outcome == VE_HYP ? record->hdfar : record->dfar;
    uint32_t r1 = probe->state.r[1];

    if (offset % access->any == 0 && (memory->device == NORMAL || offset % access->element == 0)) {
        return ve_probe_done(probe, record);
    }
    if (far != r1 && far != r1 + 8) {
        return false;
    }
    if (offset % access->any == 0 && memory->device == BY_STAGE2) {
        return is_stage2_fault(access, probe, record);
    }
    return is_own_fault(memory, access, probe, record);
}

/* @again: an aligned access has made a TLB entry before. */
struct variant {
    const char *name;
    enum ve_form form;
    unsigned mode;
    bool again;
    unsigned offsets[4], offset_count;
};

static const struct variant variants[] = {
    { "pl1", VE_ARM, ARMV7_MODE_SVC, false, { 0, 1, 2, 4 }, 4 },
    { "pl1-again", VE_ARM, ARMV7_MODE_SVC, true, { 1, 2, 6 }, 3 },
    { "pl1-thumb", VE_THUMB, ARMV7_MODE_SVC, false, { 2, 3 }, 2 },
    { "pl0", VE_ARM, ARMV7_MODE_USR, true, { 1 }, 1 },
    { "hyp", VE_ARM, ARMV7_MODE_HYP, false, { 0, 1, 2, 4 }, 4 },
    { "hyp-again", VE_ARM, ARMV7_MODE_HYP, true, { 1, 2, 6 }, 3 },
};

static void claim(const struct memory *memory, uint32_t va, const struct access *access,
                  const struct variant *variant, unsigned offset)
{
    static const char *const offset_names[] = { "0", "1", "2", "3", "4", "5", "6" };
    struct text name = text_path("memory/alignment", memory->name, access->name, variant->name,
                                 offset_names[offset], NULL);
    struct ve_insn insn = { .arm = access->arm, .thumb_bytes = access->thumb_bytes,
                            .arm_before = variant->again ? LDR_R3_R2 : 0 };
    struct ve_probe probe;
    struct ve_record record;

    insn.thumb = access->thumb_bytes == 4 ? (uint32_t)access->thumb[0] << 16 | access->thumb[1]
                                          : access->thumb[0];
    insn.arm_unconditional = insn.arm >> 28 == 15;
    if (!ve_form_exists(&insn, variant->form) ||
        (memory->hyp && access->flags & ACCESS_UNPRIVILEGED)) {
        return;
    }
    ve_probe_make(&probe, &insn, variant->form, variant->mode);
    probe.state.r[1] = va + OFFSET + offset;
    probe.state.r[2] = va + OFFSET;
    record = memory_run(&probe, memory->hcr | (memory->stage2 ? ARMV7_HCR_VM : 0));
    memory_verdict(&name, is_right(memory, access, offset, &probe, &record), &record);
}

void claim_alignment(void)
{
    tap_group("memory/alignment", "A3.2, B3.12", "alignment of each load and store");
    for (unsigned i = 0; i < sizeof(memories) / sizeof(memories[0]); i++) {
        uint32_t va = map(&memories[i]);

        for (const struct access *access = accesses; access < accesses_end; access++) {
            for (unsigned v = 0; v < sizeof(variants) / sizeof(variants[0]); v++) {
                if ((variants[v].mode == ARMV7_MODE_HYP) != memories[i].hyp) {
                    continue;
                }
                for (unsigned o = 0; o < variants[v].offset_count; o++) {
                    claim(&memories[i], va, access, &variants[v], variants[v].offsets[o]);
                }
            }
        }
    }
}
