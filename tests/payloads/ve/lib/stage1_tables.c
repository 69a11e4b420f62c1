/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Stage-1 tables of a guest.
 */
#include "stage1_tables.h"
#include "sysregs.h"

#define SCTLR_M 1u
#define TTBCR_EAE 0x80000000u
#define DACR_CLIENT 1u                  /* domain 0 */

/* Long descriptors: attributes of stage 1, B3.6.1.  MAIR index 0 Normal, 1 Device, 2 SO. */
#define LONG_MAIR0 0x000004ffu
#define LONG_BLOCK 1ull
#define LONG_TABLE 3ull
#define LONG_ATTR(n) ((uint64_t)(n) << 2)
#define LONG_PL0 (1ull << 6)            /* AP 01: read and write at PL0 and PL1 */
#define LONG_ACCESS (1ull << 10)

/* Short descriptors: sections, B3.5.1, with AP 011 and domain 0. */
#define SHORT_SECTION 0x00000c02u
#define SHORT_TABLE 1u
#define SHORT_NORMAL 0x0000100cu        /* TEX 001, C, B: Write-Back, Write-Allocate */
#define SHORT_DEVICE 0x00000004u        /* TEX 000, B: shareable Device */

static uint64_t long1[4] __attribute__((aligned(4096)));
static uint64_t long2[512] __attribute__((aligned(4096)));
static uint32_t short1[4096] __attribute__((aligned(16384)));
static uint64_t moved_root;

static const uint32_t short_memory[] = {
    [S1_NORMAL] = SHORT_NORMAL, [S1_DEVICE] = SHORT_DEVICE, [S1_STRONGLY_ORDERED] = 0,
};

const char *s1_name(enum s1_format format)
{
    static const char *const names[] = {
        [S1_OFF] = "s1-off", [S1_SHORT] = "s1-short", [S1_LONG] = "s1-long",
    };

    return names[format];
}

void s1_init(void)
{
    for (uint32_t i = 0; i < 4; i++) {
        long1[i] = (uint64_t)i << 30 | LONG_BLOCK | LONG_ATTR(0) | LONG_PL0 | LONG_ACCESS;
    }
    for (uint32_t i = 0; i < 4096; i++) {
        short1[i] = i << 20 | SHORT_SECTION | SHORT_NORMAL;
    }
}

void s1_map_window(enum s1_format format, uint64_t ipa, enum s1_memory memory)
{
    uint32_t *section = &short1[S1_WINDOW >> 20];

    if (format == S1_LONG) {
        long1[3] = (uint32_t)long2 | LONG_TABLE;
        long2[0] = ipa | LONG_BLOCK | LONG_ATTR(memory) | LONG_PL0 | LONG_ACCESS;
    } else if (format == S1_SHORT) {
        section[0] = (uint32_t)ipa | SHORT_SECTION | short_memory[memory];
        section[1] = section[0] + (1u << 20);
    }
    cp15_tlbi_all_nsnh();
}

void s1_write_window(enum s1_format format, uint64_t descriptor)
{
    if (format == S1_LONG) {
        long1[3] = (uint32_t)long2 | LONG_TABLE;
        long2[0] = descriptor;
    } else {
        short1[S1_WINDOW >> 20] = (uint32_t)descriptor;
    }
    cp15_tlbi_all_nsnh();
}

void s1_map_section(uint32_t va, uint32_t pa)
{
    short1[va >> 20] = (pa & 0xfff00000u) | SHORT_SECTION | SHORT_NORMAL;
    cp15_tlbi_all_nsnh();
}

void s1_walk_window(enum s1_format format, unsigned level, uint64_t table)
{
    if (format == S1_SHORT) {
        short1[S1_WINDOW >> 20] = (uint32_t)table | SHORT_TABLE;
    } else if (level == 2) {
        long1[3] = table | LONG_TABLE;
    } else {
        long1[3] = (uint32_t)long2 | LONG_TABLE;
        long2[0] = table | LONG_TABLE;
    }
    cp15_tlbi_all_nsnh();
}

void s1_move_root(uint64_t table)
{
    moved_root = table;
}

static uint64_t root(enum s1_format format)
{
    if (moved_root) {
        return moved_root;
    }
    return format == S1_LONG ? (uint32_t)long1 : (uint32_t)short1;
}

void s1_on(enum s1_format format)
{
    if (format == S1_OFF) {
        return;
    }
    cp15_write_dacr(DACR_CLIENT);
    cp15_write_mair0(format == S1_LONG ? LONG_MAIR0 : 0x00098aa4u);
    cp15_write_ttbcr(format == S1_LONG ? TTBCR_EAE : 0);
    cp15_write_ttbr0(root(format));
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M);
    cp15_tlbi_all_nsnh();
}
