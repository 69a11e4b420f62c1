/*
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "tables.h"

#define S1_SECTION_NORMAL 0x1140eu  /* TEX 001 C B S, AP read/write, domain 0 */
#define S1_SECTION_DEVICE 0x10416u  /* TEX 000 B, XN, S */
#define S1_TABLE 0x1u
#define S1_PAGE_NORMAL 0x45eu       /* small page, TEX 001 C B S, AP read/write */
#define S1_PAGE_SIZE 4096u

#define S2_TABLE 3ull
#define S2_BLOCK 1ull
#define S2_PAGE 3ull

/* MemAttr 1111, HAP 11, SH 11, AF: B3.6.2. */
#define S2_ATTRIBUTES ((0xfull << 2) | (3ull << 6) | (3ull << 8) | (1ull << 10))

static uint32_t s1_root[WORLDS_MAX][4096] __attribute__((aligned(16384)));
static uint32_t s1_pages[WORLDS_MAX][PAGES_MAX] __attribute__((aligned(1024)));
static uint64_t s2_root[WORLDS_MAX][4] __attribute__((aligned(4096)));
static uint64_t s2_ram[WORLDS_MAX][512] __attribute__((aligned(4096)));
static uint64_t s2_pages[WORLDS_MAX][PAGES_MAX] __attribute__((aligned(4096)));

uint32_t stage1_make(unsigned index)
{
    for (unsigned i = 0; i < 4096; i++) {
        uint32_t va = i << 20;

        s1_root[index][i] = va |
            (va - RAM_BASE < 0x40000000u ? S1_SECTION_NORMAL : S1_SECTION_DEVICE);
    }
    for (unsigned i = 0; i < PAGES_MAX; i++) {
        s1_pages[index][i] = (PAGES_VA + i * S1_PAGE_SIZE) | S1_PAGE_NORMAL;
    }
    for (unsigned i = 0; i < PAGES_MAX / 256; i++) {
        s1_root[index][(PAGES_VA >> 20) + i] = (uint32_t)&s1_pages[index][i * 256] | S1_TABLE;
    }
    return (uint32_t)s1_root[index] | 0x4a;     /* inner and outer write-back, shareable */
}

uint64_t stage2_make(unsigned index, unsigned vmid)
{
    unsigned first = (PAGES_VA - RAM_BASE) >> 21;

    for (unsigned i = 0; i < 512; i++) {
        s2_ram[index][i] = (RAM_BASE + ((uint64_t)i << 21)) | S2_ATTRIBUTES | S2_BLOCK;
    }
    for (unsigned i = 0; i < PAGES_MAX; i++) {
        s2_pages[index][i] = (PAGES_VA + index * PAGES_BYTES + i * 4096u) | S2_ATTRIBUTES | S2_PAGE;
    }
    for (unsigned i = 0; i < PAGES_MAX / 512; i++) {
        s2_ram[index][first + i] = (uint32_t)&s2_pages[index][i * 512] | S2_TABLE;
    }
    s2_root[index][RAM_BASE >> 30] = (uint32_t)s2_ram[index] | S2_TABLE;
    return (uint32_t)s2_root[index] | (uint64_t)vmid << 48;
}

uint32_t stage2_vtcr(void)
{
    /* T0SZ 0 (32 bits of IPA), SL0 1 (from level 1), walks write-back and shareable: B4.1.156. */
    return 1u << 31 | 1u << 6 | 1u << 8 | 1u << 10 | 3u << 12;
}
