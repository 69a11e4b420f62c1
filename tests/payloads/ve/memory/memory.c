/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: what do the memory attributes and the translation do to an access besides mapping it?
 *
 *   alignment    each kind of load and store, aligned and not, to memory that stage 1, stage 2,
 *                both or no MMU make Normal, Device or Strongly-ordered, of PL0, PL1 and Hyp:
 *                faults, and by which stage (A3.2, B3.12)
 *   maintenance  data cache maintenance by MVA: which faults of stage 1, of stage 2 and of Hyp's
 *                translation it takes, and that it needs no permission (B3.12, B3.13.6)
 *   par          memory attributes in PAR after ATS1CPR and ATS12NSOPR with short descriptors,
 *                with and without TEX remap (B3.8, B4.1)
 *   par-long     likewise with long descriptors, every pair of both stages, and with stage 1 off
 *   swp          SWP and SWPB: which of read and write faulted (B3.13)
 */
#include "armv7/hcr.h"
#include "hyp.h"
#include "parts.h"
#include "sysregs.h"

#define SCTLR_SW (1u << 10)             /* SWP and SWPB are there */
#define SCTLR_TRE (1u << 28)
#define HSCTLR_M 1u
#define HTCR_FLAT 0x80800000u           /* RES1, T0SZ 0 */
#define HYP_MAIR0 0x000004ffu           /* Normal, Device, Strongly-ordered */
#define BLOCK 0x701ull                  /* AF, inner shareable, level 1 block */
#define PL0 (1ull << 6)                 /* RES1 in Hyp's tables: AP[1] */
#define ATTR(n) ((uint64_t)(n) << 2)

CP15_32(hsctlr, 4, c1, c0, 0)
CP15_64(httbr, 4, c2)
CP15_32(htcr, 4, c2, c0, 2)
CP15_32(hmair0, 4, c10, c2, 0)
CP15_32(prrr, 0, c10, c2, 0)
CP15_32(nmrr, 0, c10, c2, 1)
CP15_32(tlbiallh, 4, c8, c7, 0)

struct translation translation;
static uint64_t hyp_table[4] __attribute__((aligned(32)));

void hyp_map_window(enum s1_memory memory)
{
    for (uint32_t i = 0; i < 4; i++) {
        hyp_table[i] = (uint64_t)i << 30 | BLOCK | PL0 | ATTR(i ? S1_NORMAL : S1_DEVICE);
    }
    hyp_table[S1_WINDOW >> 30] = RAM_BASE | BLOCK | PL0 | ATTR(memory);
}

void hyp_unmap_window(void)
{
    hyp_map_window(S1_NORMAL);
    hyp_table[S1_WINDOW >> 30] = 0;
}

void hyp_mmu_on(void)
{
    cp15_write_hmair0(HYP_MAIR0);
    cp15_write_htcr(HTCR_FLAT);
    cp15_write_httbr((uint32_t)hyp_table);
    __asm__ volatile("dsb" : : : "memory");
    cp15_write_tlbiallh(0);
    __asm__ volatile("dsb\n isb" : : : "memory");
    cp15_write_hsctlr(cp15_read_hsctlr() | HSCTLR_M);
}

void hyp_mmu_off(void)
{
    cp15_write_hsctlr(cp15_read_hsctlr() & ~HSCTLR_M);
}

void ve_prepare(void)
{
    uint32_t sctlr;

    s1_on(translation.stage1);
    sctlr = (cp15_read_sctlr() & ~SCTLR_TRE) | SCTLR_SW;
    if (translation.remap) {
        cp15_write_prrr(translation.prrr);
        cp15_write_nmrr(translation.nmrr);
        sctlr |= SCTLR_TRE;
    }
    if (translation.dacr) {
        cp15_write_dacr(translation.dacr);
    }
    cp15_write_sctlr(sctlr);
    if (translation.hyp) {
        hyp_mmu_on();
    }
}

struct ve_record memory_run(const struct ve_probe *probe, uint32_t hcr)
{
    const struct ve_controls controls = { .hcr = hcr };
    struct ve_record record = { 0 };

    ve_run(&probe->state, &controls, &record);
    hyp_mmu_off();
    return record;
}

void memory_verdict(const struct text *name, bool ok, const struct ve_record *record)
{
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    text_add_field(&detail, "hdfar", record->hdfar);
    text_add_field(&detail, "hpfar", record->hpfar);
    text_add_field(&detail, "dfsr", record->dfsr);
    text_add_field(&detail, "dfar", record->dfar);
    tap_claim(ok, name->s, detail.s);
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    s1_init();
    s2_init();
    claim_alignment();
    claim_maintenance();
    claim_par();
    claim_par_long();
    claim_swp();
    tap_end();
}
