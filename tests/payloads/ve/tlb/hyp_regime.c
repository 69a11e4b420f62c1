/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Hyp's own translation regime: DDI 0406C B3.10.6, TLBIALLH and TLBIMVAH.
 */
#include <stddef.h>
#include "board.h"
#include "operations.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(hsctlr, 4, c1, c0, 0)
CP15_32(htcr, 4, c2, c0, 2)
CP15_64(httbr, 4, c2)
CP15_32(hmair0, 4, c10, c2, 0)

#define SCTLR_M 1u
#define LEAF (1ull | 1ull << 6 | 1ull << 10)    /* AP[1] is 1, AF; MAIR index 0 */
#define DEVICE (1ull << 2)                      /* MAIR index 1 */
#define TABLE 3ull
#define MAIR 0x0444u                            /* 0 Normal, Non-cacheable; 1 Device */

static uint64_t level1[4] __attribute__((aligned(4096)));
static uint64_t level2[512] __attribute__((aligned(4096)));
static uint64_t level3[512] __attribute__((aligned(4096)));

static void maintain(unsigned which, uint32_t va)
{
    __asm__ volatile("dsb" ::: "memory");
    switch (which) {
    case 0:
        __asm__ volatile("mcr p15, 4, %0, c8, c7, 0" : : "r"(0));       /* TLBIALLH */
        break;
    case 1:
        __asm__ volatile("mcr p15, 4, %0, c8, c7, 1" : : "r"(va));      /* TLBIMVAH */
        break;
    case 2:
        __asm__ volatile("mcr p15, 4, %0, c8, c3, 0" : : "r"(0));       /* TLBIALLHIS */
        break;
    case 3:
        __asm__ volatile("mcr p15, 4, %0, c8, c3, 1" : : "r"(va));      /* TLBIMVAHIS */
        break;
    }
    __asm__ volatile("dsb\n isb" ::: "memory");
}

static void set(bool page, unsigned ram_page)
{
    uint32_t out = RAM_BASE + 0x4000000u + ram_page * 0x200000u;

    level2[0] = page ? (uint32_t)level3 | TABLE : out | LEAF;
    level3[0] = out | LEAF | TABLE;
}

static void claim_change(unsigned which, bool page)
{
    static const char *const names[] = { "TLBIALLH", "TLBIMVAH", "TLBIALLHIS", "TLBIMVAHIS" };
    struct text name = text_path("tlb/hyp", names[which], page ? "4k" : "2m", NULL);
    volatile uint32_t *at = (volatile uint32_t *)VA;
    uint32_t first, second;
    struct text detail;

    level1[0] = LEAF | DEVICE;
    level1[RAM_BASE >> 30] = RAM_BASE | LEAF;
    level1[3] = (uint32_t)level2 | TABLE;
    set(page, 0);
    cp15_write_hmair0(MAIR);
    cp15_write_htcr(0);
    cp15_write_httbr((uint32_t)level1);
    maintain(0, 0);
    cp15_write_hsctlr(cp15_read_hsctlr() | SCTLR_M);
    first = *at;
    set(page, 1);
    maintain(which, VA);
    second = *at;
    cp15_write_hsctlr(cp15_read_hsctlr() & ~SCTLR_M);
    maintain(0, 0);
    text_clear(&detail);
    text_add_field(&detail, "first", first);
    text_add_field(&detail, "then", second);
    tap_claim(first == marker(0) && second == marker(1), name.s, detail.s);
}

void claim_hyp(void)
{
    tap_group("tlb/hyp", "B3.10.6", "Hyp's own translations");
    for (unsigned which = 0; which < 4; which++) {
        claim_change(which, false);
        claim_change(which, true);
    }
}
