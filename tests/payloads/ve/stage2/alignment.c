/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Unaligned accesses to Device and Strongly-ordered memory: an implementation with the
 * Virtualization Extensions must fault (A3.2), to PL1 if stage 1 makes the memory so, to Hyp if
 * only stage 2 does.  "-mapped": an aligned access has made a TLB entry before.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "parts.h"

#define PAGE 4u
#define OFFSET 0x100u
#define LDR_R3_R2 0xe5923000u
#define DFSR_SHORT_ALIGNMENT 0x001u     /* FS 00001: B3.13 */
#define DFSR_LONG_ALIGNMENT 0x221u      /* LPAE, STATUS 100001: B3.13 */

/* Instructions on [r1 + offset]; only the last ones are aligned enough for any memory. */
struct access {
    const char *name;
    struct ve_insn insn;
    uint32_t offset;
    bool write, aligned;
    uint32_t iss;                       /* ISV, SAS, SSE, SRT; 0: ISV is 0 */
};

#define ISS_OF(sas, rt) (1u << 24 | (sas) << 22 | (rt) << 16 | 1u << 25)
static const struct access accesses[] = {
    { "ldr", { .arm = 0xe5913000 }, 1, false, false, ISS_OF(2u, 3u) },
    { "ldr+2", { .arm = 0xe5913000 }, 2, false, false, ISS_OF(2u, 3u) },
    { "ldrh", { .arm = 0xe1d130b0 }, 1, false, false, ISS_OF(1u, 3u) },
    { "str", { .arm = 0xe5813000 }, 1, true, false, ISS_OF(2u, 3u) },
    { "str+3", { .arm = 0xe5813000 }, 3, true, false, ISS_OF(2u, 3u) },
    { "strh", { .arm = 0xe1c130b0 }, 1, true, false, ISS_OF(1u, 3u) },
    { "ldr-aligned", { .arm = 0xe5913000 }, 4, false, true, 0 },
    { "ldrh-aligned", { .arm = 0xe1d130b0 }, 2, false, true, 0 },
    { "ldrb", { .arm = 0xe5d13000 }, 1, false, true, 0 },
    { "strb", { .arm = 0xe5c13000 }, 3, true, true, 0 },
    { "ldrd-word-aligned", { .arm = 0xe1c140d0 }, 4, false, true, 0 },
    { "strd-word-aligned", { .arm = 0xe1c140f0 }, 4, true, true, 0 },
    { "ldm-word-aligned", { .arm = 0xe8910038 }, 4, false, true, 0 },
    { "vldr-word-aligned", { .arm = 0xed910b00 }, 4, false, true, 0 },
    { "vstr-word-aligned", { .arm = 0xed810b00 }, 4, true, true, 0 },
    { "vldm-word-aligned", { .arm = 0xec910b04 }, 4, false, true, 0 },
};

/* Which stage makes the memory what it is. */
struct memory {
    const char *name;
    enum s1_memory stage1;
    uint64_t stage2;
    uint32_t hcr;
    bool normal, to_hyp;
};

#define RW (S2_READ | S2_WRITE | S2_ACCESS)
static const struct memory mapped[] = {
    { "s1-device+s2-normal", S1_DEVICE, RW | S2_NORMAL, 0, false, false },
    { "s1-ordered+s2-normal", S1_STRONGLY_ORDERED, RW | S2_NORMAL, 0, false, false },
    { "s1-device+s2-device", S1_DEVICE, RW | S2_DEVICE, 0, false, false },
    { "s1-normal+s2-device", S1_NORMAL, RW | S2_DEVICE, 0, false, true },
    { "s1-normal+s2-ordered", S1_NORMAL, RW | S2_STRONGLY_ORDERED, 0, false, true },
    { "s1-normal+s2-normal", S1_NORMAL, RW | S2_NORMAL, 0, true, false },
};

/* With the stage-1 MMU off, data is Strongly-ordered unless HCR.DC is set: B3.2. */
static const struct memory unmapped[] = {
    { "s1-off+s2-normal", S1_NORMAL, RW | S2_NORMAL, 0, false, false },
    { "s1-off+s2-device", S1_NORMAL, RW | S2_DEVICE, 0, false, false },
    { "dc+s2-normal", S1_NORMAL, RW | S2_NORMAL, ARMV7_HCR_DC, true, false },
    { "dc+s2-device", S1_NORMAL, RW | S2_DEVICE, ARMV7_HCR_DC, false, true },
};

static struct ve_abort expected(const struct access *access, const struct memory *memory,
                                const struct ve_probe *probe)
{
    return (struct ve_abort) {
        .completes = access->aligned || memory->normal,
        .to_pl1 = !memory->to_hyp,
        .fsr = stage1 == S1_LONG ? DFSR_LONG_ALIGNMENT : DFSR_SHORT_ALIGNMENT,
        .hsr = HSR_DABT | access->iss | (access->write ? ISS_WNR : 0) | FSC_ALIGNMENT,
        .hsr_mask = MASK_ABORT | MASK_ISV,
        .far = probe->state.r[1],
        .pc = probe->insn,
    };
}

static void claim(const struct memory *memory, const struct access *access, bool tlb_entry)
{
    const struct ve_controls controls = { .hcr = ARMV7_HCR_VM | memory->hcr };
    uint64_t ipa = s2_set(3, PAGE, memory->stage2);
    uint32_t va = (stage1 == S1_OFF ? (uint32_t)ipa : S1_WINDOW + PAGE * 4096) + OFFSET;
    struct ve_insn insn = access->insn;
    struct ve_probe probe;
    struct ve_abort want;

    s1_map_window(stage1, S2_WINDOW3, memory->stage1);
    insn.arm_before = tlb_entry ? LDR_R3_R2 : 0;
    ve_probe_make(&probe, &insn, VE_ARM, ARMV7_MODE_SVC);
    probe.state.r[1] = va + access->offset;
    probe.state.r[2] = va;
    want = expected(access, memory, &probe);
    ve_abort_claim(name_of("stage2/alignment", s1_name(stage1), memory->name, access->name,
                           tlb_entry ? "mapped" : "first").s, &probe, &controls, &want);
}

static void claim_memory(const struct memory *memory)
{
    for (unsigned i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        claim(memory, &accesses[i], false);
        claim(memory, &accesses[i], true);
    }
}

void claim_alignment(void)
{
    tap_group("stage2/alignment", "A3.2, B3.12", "alignment faults of Device memory");
    for (unsigned i = 0; i < sizeof(unmapped) / sizeof(unmapped[0]); i++) {
        stage1 = S1_OFF;
        claim_memory(&unmapped[i]);
    }
    for (stage1 = S1_SHORT; stage1 <= S1_LONG; stage1++) {
        for (unsigned i = 0; i < sizeof(mapped) / sizeof(mapped[0]); i++) {
            claim_memory(&mapped[i]);
        }
    }
}
