/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * SWP and SWPB read and then write: WnR is 0 if the read faults, 1 if only the write does.
 */
#include "armv7/hcr.h"
#include "hyp.h"
#include "parts.h"

#define DFSR_SHORT 0xe0fu               /* WnR, LPAE, FS */
#define WNR 0x800u
#define HSR_MASK 0xfd00017fu            /* EC, ISV, CM, WnR, FSC */
#define HSR_ABORT (0x24u << 26)
#define ISS_WNR 0x40u
#define SECTION(ap) (0x1000eu | (((ap) & 3u) << 10) | (((ap) & 4u) << 13))

static const struct { const char *name; uint32_t insn; bool byte; } insns[] = {
    { "swp", 0xe1013094, false }, { "swpb", 0xe1413094, true },
};

static struct ve_record swap(unsigned insn, struct ve_probe *probe, uint32_t va, uint32_t hcr)
{
    ve_probe_program(probe, &insns[insn].insn, 1, ARMV7_MODE_SVC);
    probe->state.r[1] = va;
    return memory_run(probe, hcr);
}

/* Stage 1, short descriptors. */
static const struct { const char *name; uint32_t section; unsigned offset; uint32_t fsr; } s1[] = {
    { "s1/translation", 0, 0, 0x005 },
    { "s1/no-access", SECTION(0u), 0, 0x00d },
    { "s1/read-only", SECTION(5u), 0, 0x00d | WNR },
    { "s1/read-write", SECTION(3u), 0, 0 },
    { "s1/unaligned", SECTION(3u), 2, 0x001 },
    { "s1/unaligned-unmapped", 0, 1, 0x001 },
};

static const struct { const char *name; uint64_t attributes; uint32_t iss; } s2[] = {
    { "s2/translation", S2_INVALID, 0x07 },
    { "s2/none", S2_NORMAL | S2_ACCESS, 0x0f },
    { "s2/write-only", S2_NORMAL | S2_ACCESS | S2_WRITE, 0x0f },
    { "s2/read-only", S2_NORMAL | S2_ACCESS | S2_READ, 0x0f | ISS_WNR },
    { "s2/read-write", S2_ALL, 0 },
};

void claim_swp(void)
{
    tap_group("memory/swp", "A8.8, B3.13", "SWP and SWPB: whether the read or the write faults");
    for (unsigned insn = 0; insn < 2; insn++) {
        struct ve_probe probe;

        for (unsigned i = 0; i < sizeof(s1) / sizeof(s1[0]); i++) {
            struct text name = text_path("memory/swp", insns[insn].name, s1[i].name, NULL);
            struct ve_record record;

            if (s1[i].offset && insns[insn].byte) {
                continue;
            }
            translation = (struct translation) { .stage1 = S1_SHORT };
            s1_write_window(S1_SHORT, s1[i].section ? S2_BACKING | s1[i].section : 0);
            record = swap(insn, &probe, S1_WINDOW + s1[i].offset, 0);
            memory_verdict(&name, !s1[i].fsr ? ve_probe_done(&probe, &record) :
                           record.outcome == VE_PL1 && record.vector == VE_VECTOR_DABT &&
                           (record.dfsr & DFSR_SHORT) == s1[i].fsr &&
                           record.dfar == S1_WINDOW + s1[i].offset, &record);
        }
        for (unsigned i = 0; i < sizeof(s2) / sizeof(s2[0]); i++) {
            struct text name = text_path("memory/swp", insns[insn].name, s2[i].name, NULL);
            uint64_t ipa = s2_set(3, 1, s2[i].attributes);
            struct ve_record record;

            translation = (struct translation) { .stage1 = S1_OFF };
            record = swap(insn, &probe, (uint32_t)ipa, ARMV7_HCR_VM);
            memory_verdict(&name, !s2[i].iss ? ve_probe_done(&probe, &record) :
                           record.outcome == VE_HYP && record.vector == VECTOR_TRAP &&
                           (record.hsr & HSR_MASK) == (HSR_ABORT | s2[i].iss) &&
                           record.hdfar == (uint32_t)ipa, &record);
        }
    }
}
