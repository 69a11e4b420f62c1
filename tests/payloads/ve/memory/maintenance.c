/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Data cache maintenance by MVA: its faults have CM and WnR (B3.13.6; DFSR with LPAE: B4.1), and
 * it needs no permission of either stage.
 */
#include "armv7/hcr.h"
#include "hyp.h"
#include "parts.h"

#define OFFSET 0x123u                   /* maintenance has no alignment */
#define DFSR_CM_WNR 0x2800u
#define DFSR_SHORT 0x2e0fu              /* CM, WnR, LPAE, FS */
#define DFSR_LONG 0x2e3fu
#define HSR_ABORT (0x24u << 26)
#define HSR_ABORT_SAME (0x25u << 26)
#define ISS_CM_WNR 0x140u
#define ISS_S1PTW 0x80u
#define HSR_MASK 0xfd0001ffu            /* EC, ISV, CM, S1PTW, WnR, FSC */

/* Short sections with AP[2:0] and domain; long blocks with AP[2:1]: B3.5.1, B3.6.1, B3.7. */
#define SECTION(ap, domain) \
    (0x1000eu | (((ap) & 3u) << 10) | (((ap) & 4u) << 13) | (domain) << 5)
#define LONG_BLOCK(ap) (0x701ull | (ap) << 6)

static const struct { const char *name; uint32_t insn; } operations[] = {
    { "DCIMVAC", 0xee071f36 }, { "DCCMVAC", 0xee071f3a }, { "DCCMVAU", 0xee071f3b },
    { "DCCIMVAC", 0xee071f3e },
};
#define OPERATION_COUNT (sizeof(operations) / sizeof(operations[0]))

static struct ve_record maintain(unsigned operation, struct ve_probe *probe, uint32_t va,
                                 unsigned mode, uint32_t hcr)
{
    ve_probe_program(probe, &operations[operation].insn, 1, mode);
    probe->state.r[1] = va;
    return memory_run(probe, hcr);
}

static struct text name_of(const char *what, unsigned operation)
{
    return text_path("memory/maintenance", what, operations[operation].name, NULL);
}

/* Faults of stage 1, with stage 2 off: fsr 0 means none. */
static const struct stage1_row {
    const char *name;
    enum s1_format format;
    uint64_t descriptor;
    uint32_t dacr, fsr;
} stage1_rows[] = {
    { "short/invalid", S1_SHORT, 0, 0, 0x005 },
    { "short/page-invalid", S1_SHORT, 1, 0, 0x007 },
    { "short/domain", S1_SHORT, SECTION(3u, 1u), 0, 0x009 },
    { "short/read-only", S1_SHORT, SECTION(5u, 0u), 0, 0 },
    { "short/no-access", S1_SHORT, SECTION(0u, 0u), 0, 0 },
    { "short/manager", S1_SHORT, SECTION(0u, 1u), 0xd, 0 },
    { "long/invalid", S1_LONG, 0, 0, 0x206 },
    { "long/read-only", S1_LONG, LONG_BLOCK(2u), 0, 0 },
};

static void claim_stage1(const struct stage1_row *row, unsigned operation)
{
    static uint32_t empty_table[256] __attribute__((aligned(1024)));
    uint32_t mask = row->format == S1_LONG ? DFSR_LONG : DFSR_SHORT;
    struct text name = name_of(row->name, operation);
    uint64_t descriptor = row->descriptor;
    uint32_t va = S1_WINDOW + OFFSET;
    struct ve_probe probe;
    struct ve_record record;

    if (descriptor == 1) {
        descriptor |= (uint32_t)empty_table;
    } else if (descriptor) {
        descriptor |= S2_BACKING;
    }
    translation = (struct translation) { .stage1 = row->format, .dacr = row->dacr };
    s1_write_window(row->format, descriptor);
    record = maintain(operation, &probe, va, ARMV7_MODE_SVC, 0);
    memory_verdict(&name, !row->fsr ? ve_probe_done(&probe, &record) :
                   record.outcome == VE_PL1 && record.vector == VE_VECTOR_DABT &&
                   (record.dfsr & mask) == (row->fsr | DFSR_CM_WNR) && record.dfar == va &&
                   record.pc == probe.insn + 8, &record);
}

static const struct stage2_row {
    const char *name;
    unsigned level;
    uint64_t attributes;
    uint32_t fsc;
} stage2_rows[] = {
    { "stage2/level1", 1, S2_INVALID, 0x05 },
    { "stage2/level2", 2, S2_INVALID, 0x06 },
    { "stage2/level3", 3, S2_INVALID, 0x07 },
    { "stage2/none", 3, S2_NORMAL | S2_ACCESS, 0 },
    { "stage2/read-only", 3, S2_NORMAL | S2_ACCESS | S2_READ, 0 },
    { "stage2/write-only", 3, S2_NORMAL | S2_ACCESS | S2_WRITE, 0 },
    { "stage2/device", 3, RW | S2_DEVICE, 0 },
};

static bool is_stage2_fault(const struct ve_record *record, uint32_t iss, uint32_t va,
                            uint64_t ipa, uint32_t pc)
{
    return record->outcome == VE_HYP && record->vector == VECTOR_TRAP &&
           (record->hsr & HSR_MASK) == (HSR_ABORT | ISS_CM_WNR | iss) && record->hdfar == va &&
           record->hpfar == (uint32_t)(ipa >> 12) << 4 && record->pc == pc;
}

static void claim_stage2(const struct stage2_row *row, unsigned operation)
{
    uint64_t ipa = s2_set(row->level, 1, row->attributes);
    struct text name = name_of(row->name, operation);
    uint32_t va = S1_WINDOW + (row->level == 3 ? 4096 : 0) + OFFSET;
    struct ve_probe probe;
    struct ve_record record;

    translation = (struct translation) { .stage1 = S1_LONG };
    s1_map_window(S1_LONG, row->level == 3 ? S2_WINDOW3 : ipa, S1_NORMAL);
    record = maintain(operation, &probe, va, ARMV7_MODE_SVC, ARMV7_HCR_VM);
    memory_verdict(&name, !row->fsc ? ve_probe_done(&probe, &record) :
                   is_stage2_fault(&record, row->fsc, va, ipa, probe.insn), &record);
}

/* The level-2 table of stage 1 is where stage 2 maps nothing. */
static void claim_walk(unsigned operation)
{
    uint64_t ipa = s2_set(3, 1, S2_INVALID);
    struct text name = name_of("walk", operation);
    uint32_t va = S1_WINDOW + OFFSET;
    struct ve_probe probe;
    struct ve_record record;

    translation = (struct translation) { .stage1 = S1_LONG };
    s1_walk_window(S1_LONG, 2, ipa);
    record = maintain(operation, &probe, va, ARMV7_MODE_SVC, ARMV7_HCR_VM);
    memory_verdict(&name, is_stage2_fault(&record, 0x07 | ISS_S1PTW, va, ipa, probe.insn), &record);
}

/* Hyp's own translation, to its own vector; the trap of a guest's operation comes before. */
static void claim_hyp(unsigned operation)
{
    uint32_t trap = operations[operation].insn == 0xee071f3b ? ARMV7_HCR_TPU : ARMV7_HCR_TPC;
    struct text name = name_of("hyp", operation);
    uint32_t va = S1_WINDOW + OFFSET;
    struct ve_probe probe;
    struct ve_record record;

    translation = (struct translation) { .hyp = true };
    hyp_unmap_window();
    record = maintain(operation, &probe, va, ARMV7_MODE_HYP, 0);
    memory_verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_DABT &&
                   (record.hsr & HSR_MASK) == (HSR_ABORT_SAME | ISS_CM_WNR | 0x05) &&
                   record.hdfar == va && record.pc == probe.insn, &record);
    translation = (struct translation) { .stage1 = S1_SHORT };
    s1_write_window(S1_SHORT, 0);
    name = name_of("trap-first", operation);
    record = maintain(operation, &probe, va, ARMV7_MODE_SVC, trap);
    memory_verdict(&name, record.outcome == VE_HYP && record.hsr >> 26 == 0x03, &record);
}

void claim_maintenance(void)
{
    tap_group("memory/maintenance", "B3.12, B3.13.6", "faults of data cache maintenance by MVA");
    for (unsigned operation = 0; operation < OPERATION_COUNT; operation++) {
        for (unsigned i = 0; i < sizeof(stage1_rows) / sizeof(stage1_rows[0]); i++) {
            claim_stage1(&stage1_rows[i], operation);
        }
        for (unsigned i = 0; i < sizeof(stage2_rows) / sizeof(stage2_rows[0]); i++) {
            claim_stage2(&stage2_rows[i], operation);
        }
        claim_walk(operation);
        claim_hyp(operation);
    }
}
