/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Stage-2 tables.
 */
#include "stage2_tables.h"
#include "sysregs.h"

#define BLOCK 1ull                      /* descriptor types, B3.6.1 */
#define TABLE 3ull
#define PAGE 3ull
#define VTCR_40BIT 0x80000058u          /* RES1, SL0 01 (level 1), S and T0SZ 1000: -8 */
#define VMID (1ull << 48)

static uint64_t level1[1024] __attribute__((aligned(8192)));
static uint64_t level2[512] __attribute__((aligned(4096)));
static uint64_t level3[512] __attribute__((aligned(4096)));

void s2_init(void)
{
    level1[0] = BLOCK | S2_DEVICE | S2_READ | S2_WRITE | S2_ACCESS;
    level1[RAM_BASE >> 30] = RAM_BASE | BLOCK | S2_ALL;
    level1[S2_WINDOW3 >> 30] = (uint32_t)level2 | TABLE;
    level2[0] = (uint32_t)level3 | TABLE;
    cp15_write_vtcr(VTCR_40BIT);
    cp15_write_vttbr((uint32_t)level1 | VMID);
    cp15_tlbi_all_nsnh();
}

/* Blocks of 1 GiB start at the RAM's first byte, not at the backing RAM. */
static uint64_t descriptor(unsigned level, uint64_t attributes)
{
    if (attributes == S2_INVALID) {
        return 0;
    }
    switch (level) {
    case 1:
        return RAM_BASE | BLOCK | attributes;
    case 2:
        return S2_BACKING | BLOCK | attributes;
    default:
        return S2_BACKING | PAGE | attributes;
    }
}

uint64_t s2_set(unsigned level, unsigned index, uint64_t attributes)
{
    uint64_t value = descriptor(level, attributes);
    uint64_t ipa;

    switch (level) {
    case 1:
        level1[4 + index] = value;
        ipa = S2_WINDOW1 + ((uint64_t)index << 30);
        break;
    case 2:
        level2[1 + index] = value;
        ipa = S2_WINDOW2 + ((uint64_t)index << 21);
        break;
    default:
        level3[index] = value;
        ipa = S2_WINDOW3 + ((uint64_t)index << 12);
        break;
    }
    cp15_tlbi_all_nsnh();
    return ipa;
}
