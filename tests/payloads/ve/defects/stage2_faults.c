/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Does Hyp learn where stage 2 failed?  The guest has the lower 2 GiB by TTBR0, which are right,
 * and loads from 0x80000000, which TTBR1 translates.  DDI 0406C B3.13 (HSR, HPFAR), B4.1 (HCR.PTW).
 *
 * hpfar-40-bits      HPFAR has bits 39:12 of the IPA 0x480123000
 * s1ptw-level-short  the level is the one of the stage-2 lookup that failed (3), whichever of the
 *                    guest's short-descriptor tables is not mapped
 * ptw-level          so it is if HCR.PTW forbids the walk of a table in Device memory, with a
 *                    stage-2 page (3) and a block (1), for both formats of the guest's tables
 */
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "board.h"
#include "cp15.h"
#include "probe.h"

CP15_32(sctlr, 0, c1, c0, 0)
CP15_32(ttbr0, 0, c2, c0, 0)
CP15_32(ttbr1, 0, c2, c0, 1)
CP15_32(ttbcr, 0, c2, c0, 2)
CP15_32(dacr, 0, c3, c0, 0)
CP15_32(mair0, 0, c10, c2, 0)

#define SCTLR_M (1u << 0)
#define TTBCR_SPLIT_SHORT 1u                            /* N = 1 */
#define TTBCR_SPLIT_LONG (1u << 31 | 1u << 16 | 1u)     /* EAE, T1SZ = T0SZ = 1 */
#define MAIR_DEVICE_NORMAL 0x4404u                      /* index 0 Device, 1 Normal */
#define DACR_CLIENT_0 1u

/* Short descriptors, B3.5.1: all may read and write. */
#define SECTION 0xc02u
#define PAGE_TABLE 0x1u

/* Long descriptors, B3.6.1, B3.6.2; stage 2: MemAttr 1 is Device, 15 Normal. */
#define BLOCK 0x1ull
#define TABLE 0x3ull
#define PAGE 0x3ull
#define ACCESS (1ull << 10)
#define S1_INDEX(n) ((uint64_t)(n) << 2)
#define S2_DEVICE (0x1ull << 2 | 3ull << 6 | ACCESS)
#define S2_NORMAL (0xfull << 2 | 3ull << 6 | ACCESS)

#define VTCR_36_BITS_LEVEL1 (0x80000000u | 1u << 6 | 1u << 4 | 0xcu)    /* T0SZ -4, SL0 1 */

#define HIGH 0x80000000u        /* the address that the guest loads from */
#define IPA_PAGES 0x80000000u   /* the IPA that s2_pages translates */

static uint64_t s2_level1[64] __attribute__((aligned(512)));
static uint64_t s2_level2[512] __attribute__((aligned(4096)));
static uint64_t s2_pages[512] __attribute__((aligned(4096)));
static uint32_t s1_short_low[2048] __attribute__((aligned(8192)));
static uint32_t s1_short_high[4096] __attribute__((aligned(16384)));
static uint64_t s1_long_low[2] __attribute__((aligned(16)));
static uint64_t s1_long_high[2] __attribute__((aligned(16)));
static uint8_t any_page[4096] __attribute__((aligned(4096)));

SNIPPET(load_high, "mov r1, #0x80000000\n ldr r0, [r1]")
SNIPPET(load_high_offset,
        "movw r1, #0x3000\n movt r1, #0x8012\n ldr r0, [r1]")

static void make_tables(void)
{
    s2_level1[0] = 0x00000000 | BLOCK | S2_DEVICE;
    s2_level1[1] = 0x40000000 | BLOCK | S2_NORMAL;
    s2_level1[2] = (uint32_t)s2_level2 | TABLE;
    s2_level2[0] = (uint32_t)s2_pages | TABLE;
    for (uint32_t i = 0; i < 2048; i++) {
        s1_short_low[i] = i << 20 | SECTION;
    }
    s1_short_high[HIGH >> 20] = IPA_PAGES | PAGE_TABLE;
    s1_long_low[0] = 0x00000000 | BLOCK | S1_INDEX(0) | ACCESS;
    s1_long_low[1] = 0x40000000 | BLOCK | S1_INDEX(1) | ACCESS;
    s1_long_high[0] = 0x480000000ull | BLOCK | S1_INDEX(1) | ACCESS;
}

enum format { SHORT, LONG };

/* The guest loads from HIGH with @ttbr1, with @s2_page for each page of IPA_PAGES. */
static struct outcome load(enum format format, uint32_t ttbr1, uint64_t s2_page, uint32_t hcr,
                           void (*code)(void))
{
    uint32_t sctlr = cp15_read_sctlr();
    struct outcome o;

    for (unsigned i = 0; i < 512; i++) {
        s2_pages[i] = s2_page;
    }
    cp15_write_vtcr(VTCR_36_BITS_LEVEL1);
    cp15_write_vttbr((uint32_t)s2_level1 | 1ull << 48);
    cp15_write_ttbcr(format == LONG ? TTBCR_SPLIT_LONG : TTBCR_SPLIT_SHORT);
    cp15_write_ttbr0(format == LONG ? (uint32_t)s1_long_low : (uint32_t)s1_short_low);
    cp15_write_ttbr1(ttbr1);
    cp15_write_mair0(MAIR_DEVICE_NORMAL);
    cp15_write_dacr(DACR_CLIENT_0);
    cp15_tlbi_all_nsnh();
    cp15_write_sctlr(sctlr | SCTLR_M);
    cp15_write_hcr(hcr | ARMV7_HCR_VM);
    o = probe(code, PSR_SVC);
    cp15_write_hcr(0);
    cp15_write_sctlr(sctlr);
    cp15_write_ttbcr(0);
    cp15_tlbi_all_nsnh();
    return o;
}

static void claim_walk_fault(const char *group, const char *name, struct outcome o, uint32_t fsc,
                             uint32_t ipa)
{
    claim_outcome(group, name,
                  trapped(&o, HSR_EC_DABT) && HSR_GET(o.hsr, ABT_FSC) == fsc &&
                  HSR_GET(o.hsr, ABT_S1PTW) == 1 && o.hdfar == HIGH && o.hpfar == ipa >> 8, &o);
}

static void check_hpfar(void)
{
    struct outcome o = load(LONG, (uint32_t)s1_long_high, 0, 0, load_high_offset);

    claim_defect("hpfar-40-bits", "translation",
                 trapped(&o, HSR_EC_DABT) && HSR_GET(o.hsr, ABT_FSC) == 0x05 &&
                 o.hdfar == 0x80123000 && o.hpfar == 0x04801230, (uint64_t)o.hsr << 32 | o.hpfar);
}

void check_stage2_faults(void)
{
    uint64_t device = (uint32_t)any_page | PAGE | S2_DEVICE;

    if (RAM_BASE + 0x40000000u > HIGH) {
        skip_defect("hpfar-40-bits", "translation", "the RAM is not below 2 GiB");
        return;
    }
    make_tables();
    check_hpfar();
    /* The descriptor of HIGH is 0x2000 into TTBR1's table with short descriptors. */
    claim_walk_fault("s1ptw-level-short", "first-table",
                     load(SHORT, IPA_PAGES, 0, 0, load_high), 0x07, IPA_PAGES + 0x2000);
    claim_walk_fault("s1ptw-level-short", "second-table",
                     load(SHORT, (uint32_t)s1_short_high, 0, 0, load_high), 0x07, IPA_PAGES);
    claim_walk_fault("ptw-level", "short-page",
                     load(SHORT, IPA_PAGES, device, ARMV7_HCR_PTW, load_high), 0x0f,
                     IPA_PAGES + 0x2000);
    claim_walk_fault("ptw-level", "long-page",
                     load(LONG, IPA_PAGES, device, ARMV7_HCR_PTW, load_high), 0x0f, IPA_PAGES);
    claim_walk_fault("ptw-level", "long-block",
                     load(LONG, 0, device, ARMV7_HCR_PTW, load_high), 0x0d, 0);
}
