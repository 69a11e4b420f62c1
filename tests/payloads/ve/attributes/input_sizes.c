/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * How far IPAs reach: VTCR.T0SZ and SL0.  DDI 0406C B3.6.4, B4.1 (VTCR), B3.6.6.
 *
 * Stage 1 maps the payload's RAM to IPA 0 and the window at 0xc0000000 to the IPA in question, so
 * that even 25 bits of IPA are enough for the code.
 */
#include <stddef.h>
#include "abort.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "mapping.h"
#include "parts.h"
#include "probe.h"
#include "sysregs.h"
#include "tap.h"

#define RAM RAM_BASE
#define WINDOW 0xc0000000u
#define BLOCK 1ull
#define TABLE 3ull
#define AF (1ull << 10)
#define STAGE1_BLOCK (BLOCK | AF | 1ull << 6)
#define STAGE2_BLOCK (BLOCK | AF | 3ull << 6 | 0xfull << 2)
#define VTCR_RES1 0x80000000u

static uint64_t stage1_root[4] __attribute__((aligned(4096)));
static uint64_t stage1_level2[512] __attribute__((aligned(4096)));
static uint64_t tables[8192] __attribute__((aligned(65536)));   /* concatenated: 16 of level 2 */
static uint64_t below[512] __attribute__((aligned(4096)));

static void stage1_on(void)
{
    cp15_write_mair0(0xff);
    cp15_write_ttbcr(0x80000000u);
    cp15_write_ttbr0((uint32_t)stage1_root - RAM);      /* an IPA */
    cp15_write_sctlr(cp15_read_sctlr() | 1);
    cp15_tlbi_all_nsnh();
}

/* The window's first 2 MiB are the 2 MiB of @ipa. */
static void make_stage1(uint64_t ipa)
{
    stage1_root[RAM >> 30] = STAGE1_BLOCK;
    stage1_root[3] = ((uint32_t)stage1_level2 - RAM) | TABLE;
    stage1_level2[0] = (ipa & ~0x1fffffull) | STAGE1_BLOCK;
}

/* IPA 0 on is RAM, the last block of @bits bits the backing RAM; between is nothing. */
static void make_stage2(unsigned bits, unsigned start_level)
{
    unsigned entries = 1u << (bits - (start_level == 1 ? 30 : 21));
    uint64_t *level2 = start_level == 1 ? below : tables;

    for (unsigned i = 0; i < 8192; i++) {
        tables[i] = 0;
    }
    for (unsigned i = 0; i < 512; i++) {
        below[i] = 0;
    }
    if (start_level == 1) {
        tables[entries - 1] = RAM | STAGE2_BLOCK;
        tables[0] = (uint32_t)below | TABLE;
    } else {
        tables[entries - 1] = MAP_PA | STAGE2_BLOCK;
    }
    for (unsigned i = 0; i < 8; i++) {
        level2[i] = (RAM + (i << 21)) | STAGE2_BLOCK;
    }
    cp15_write_vttbr((uint32_t)tables | 9ull << 48);
}

static void claim_ipa(const char *what, unsigned sl0, int t0sz, uint64_t ipa, bool mapped)
{
    static const struct ve_insn load = { .arm = 0xe5913000 };       /* LDR r3, [r1] */
    static const struct ve_controls stage2 = { .hcr = ARMV7_HCR_VM };
    struct text name = text_path("attributes/input-size", sl0 ? "level1" : "level2", NULL);
    uint32_t va = WINDOW + ((uint32_t)ipa & 0x1ffffc);
    struct ve_probe probe;
    struct ve_abort want;

    text_add(&name, "/bits-");
    text_add_decimal(&name, (uint32_t)(32 - t0sz));
    text_add(&name, "/");
    text_add(&name, what);
    make_stage1(ipa);
    make_stage2((unsigned)(32 - t0sz), sl0 ? 1 : 2);
    cp15_write_vtcr(VTCR_RES1 | sl0 << 6 | ((uint32_t)t0sz & 15) | (t0sz < 0 ? 1u << 4 : 0));
    cp15_tlbi_all_nsnh();
    ve_probe_make(&probe, &load, VE_ARM, ARMV7_MODE_SVC);
    probe.state.r[1] = va;
    want = (struct ve_abort) {
        .completes = mapped,
        .hsr = HSR_DABT | HSR_IL | ISS_ISV | 2u << 22 | 3u << 16 | FSC_TRANSLATION,
        /* The level may be 1 or that of the first table: not compared. */
        .hsr_mask = (MASK_ABORT | MASK_ISV) & ~3u,
        .far = va, .has_hpfar = true, .hpfar = hpfar_of(ipa), .pc = probe.insn,
    };
    ve_abort_claim(name.s, &probe, &stage2, &want);
}

static void claim_size(unsigned sl0, int t0sz)
{
    uint64_t size = 1ull << (32 - t0sz);

    /* A last block of 1 GiB has RAM only at its begin. */
    claim_ipa("last-block", sl0, t0sz, sl0 ? size - (1u << 30) + (MAP_PA - RAM) : size - 4, true);
    claim_ipa("first-word", sl0, t0sz, 0, true);
    if (size >> 40 == 0) {
        claim_ipa("behind", sl0, t0sz, size, false);
        claim_ipa("top-bit", sl0, t0sz, 1ull << 39, false);
    }
}

/* SL0 and T0SZ must fit: level 1 for 31 to 40 bits, level 2 for 25 to 34 (B3.6.4). */
void claim_input_sizes(void)
{
    tap_group("attributes/input-size", "B3.6.4", "IPAs by VTCR.T0SZ and SL0");
    attributes_prepare = stage1_on;
    for (int t0sz = -8; t0sz <= 1; t0sz++) {
        claim_size(1, t0sz);
    }
    for (int t0sz = -2; t0sz <= 7; t0sz++) {
        claim_size(0, t0sz);
    }
}
