/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which table translates: TTBCR of both formats, and Hyp's own.  DDI 0406C B3.5.4, B3.6.4.
 * The operations are done from Hyp and read no memory but the tables, so that output addresses
 * can be anything.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "board.h"
#include "parts.h"
#include "sysregs.h"
#include "tap.h"

CP15_64(ttbr1, 1, c2)
CP15_32(hsctlr, 4, c1, c0, 0)
CP15_32(htcr, 4, c2, c0, 2)
CP15_64(httbr, 4, c2)
CP15_32(hmair0, 4, c10, c2, 0)

CP15_32(id_pfr1, 0, c0, c1, 1)

#define ID_PFR1_SECURITY(pfr1) ((pfr1) >> 4 & 15)
#define SCTLR_M 1u
#define TTBCR_EAE 0x80000000u
#define PD0 (1u << 4)               /* short descriptors */
#define PD1 (1u << 5)
#define EPD0 (1u << 7)              /* long descriptors */
#define EPD1 (1u << 23)
#define BLOCK 1ull
#define TABLE 3ull
#define AF (1ull << 10)
#define OUT0 0x1000000000ull        /* what TTBR0's tables translate to, and TTBR1's */
#define OUT1 0x2000000000ull
#define OTHER_HALF 0x80000000u      /* short descriptors: TTBR1's output differs in this */

static uint32_t short0[4096] __attribute__((aligned(16384)));
static uint32_t short1[4096] __attribute__((aligned(16384)));
static uint64_t long0[512] __attribute__((aligned(4096)));
static uint64_t long1[512] __attribute__((aligned(4096)));
static uint64_t hyp1[4] __attribute__((aligned(4096)));
static uint64_t hyp2[512] __attribute__((aligned(4096)));
static uint64_t hyp3[512] __attribute__((aligned(4096)));

static uint32_t ttbcr;

static void short_on(void)
{
    cp15_write_dacr(1);
    cp15_write_ttbcr(ttbcr);
    cp15_write_ttbr0((uint32_t)short0);
    cp15_write_ttbr1((uint32_t)short1);
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M);
    cp15_tlbi_all_nsnh();
}

static void long_on(void)
{
    cp15_write_mair0(0xff);
    cp15_write_ttbcr(TTBCR_EAE | ttbcr);
    cp15_write_ttbr0((uint32_t)long0);
    cp15_write_ttbr1((uint32_t)long1);
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M);
    cp15_tlbi_all_nsnh();
}

static void claim_va(const struct text *prefix, uint32_t va, const struct translation *want)
{
    struct text name = *prefix;

    text_add(&name, "/");
    text_add_hex(&name, va);
    claim_operation(name.s, &stage1_operations[0], va, ARMV7_MODE_HYP, 0, PAR_ANY, want);
}

/* TTBR0 for VAs whose N top bits are 0, TTBR1 for the others; PD0 and PD1 stop the walk. */
static void claim_short_va(const struct text *prefix, unsigned n, uint32_t va)
{
    bool second = n && va >> (32 - n);
    struct translation want = { .pa = va & 0xfffff000u };

    if (ttbcr & (second ? PD1 : PD0)) {
        want = (struct translation) { .faults = true, .short_status = 0x05, .long_status = 0x05 };
    } else if (second) {
        want.pa ^= OTHER_HALF;
    }
    claim_va(prefix, va, &want);
}

static void claim_short(unsigned n, uint32_t pd, const char *pd_name)
{
    struct text prefix = text_path("at/regimes/short", pd_name, NULL);

    text_add(&prefix, "/n-");
    text_add_decimal(&prefix, n);
    at_prepare = short_on;
    ttbcr = n | pd;
    claim_short_va(&prefix, n, 0x00001000);
    claim_short_va(&prefix, n, n ? (1u << (32 - n)) - 0x1000 : 0x7ffff000);
    claim_short_va(&prefix, n, n ? 1u << (32 - n) : 0x80000000);
    claim_short_va(&prefix, n, 0xa5500000);
    claim_short_va(&prefix, n, 0xfffff000);
}

/* The table of a region of 32 - @size bits: level 1 down to 31 bits, level 2 below. */
static void fill_long(uint64_t *table, unsigned size, uint64_t out)
{
    for (unsigned i = 0; i < 512; i++) {
        table[i] = (out + ((uint64_t)i << (size < 2 ? 30 : 21))) | BLOCK | AF;
    }
}

/* B3.6.4: the regions by T0SZ and T1SZ. */
static void claim_long_va(const struct text *prefix, unsigned t0sz, unsigned t1sz, uint32_t va)
{
    bool low = t0sz && !(va >> (32 - t0sz));
    bool high = t1sz && va >> (32 - t1sz) == (1u << t1sz) - 1;
    bool second = t1sz ? high : t0sz && !low;
    bool first = t0sz ? low : !second;
    struct translation fault = { .faults = true, .long_status = 0x05, .short_status = 0x05 };
    struct translation want = { .pa = 0 };
    unsigned size = first ? t0sz : t1sz;
    uint32_t in_region = size ? va & ((1u << (32 - size)) - 1) : va;

    if (!first && !second) {
        want = fault;
    } else if (ttbcr & (second ? EPD1 : EPD0)) {
        want = fault;
    } else {
        want.pa = (second ? OUT1 : OUT0) + (in_region & 0xfffff000u);
    }
    claim_va(prefix, va, &want);
}

static void claim_long(unsigned t0sz, unsigned t1sz, uint32_t epd, const char *epd_name)
{
    struct text prefix = text_path("at/regimes/long", epd_name, NULL);
    uint32_t vas[] = {
        0x00001000, 0x3ffff000, 0x40000000, 0x7ffff000, 0x80000000, 0xc0000000, 0xfffff000,
        t0sz ? (1u << (32 - t0sz)) - 0x2000 : 0x12345000, t0sz ? 1u << (32 - t0sz) | 0x3000 : 0x6000,
        t1sz ? -(1u << (32 - t1sz)) | 0x4000 : 0x87654000, t1sz ? -(1u << (32 - t1sz)) - 0x5000 : 0x9000,
    };

    text_add(&prefix, "/t0sz-");
    text_add_decimal(&prefix, t0sz);
    text_add(&prefix, "-t1sz-");
    text_add_decimal(&prefix, t1sz);
    at_prepare = long_on;
    ttbcr = t0sz | t1sz << 16 | epd;
    fill_long(long0, t0sz, OUT0);
    /* With T1SZ 0 the table covers all 4 GiB. */
    fill_long(long1, t1sz, OUT1);
    for (unsigned i = 0; i < sizeof(vas) / sizeof(vas[0]); i++) {
        claim_long_va(&prefix, t0sz, t1sz, vas[i]);
    }
}

static bool has_security_extensions(void)
{
    return ID_PFR1_SECURITY(cp15_read_id_pfr1());
}

static void claim_ttbcr(void)
{
    static const struct { const char *name; uint32_t short_bits, long_bits; } stops[] = {
        { "walks", 0, 0 }, { "pd0", PD0, EPD0 }, { "pd1", PD1, EPD1 },
        { "both", PD0 | PD1, EPD0 | EPD1 },
    };

    tap_group("at/regimes", "B3.5.4, B3.6.4", "TTBR0 and TTBR1");
    for (uint32_t i = 0; i < 4096; i++) {
        short0[i] = i << 20 | 0xc02;
        short1[i] = (i << 20 ^ OTHER_HALF) | 0xc02;
    }
    for (unsigned stop = 0; stop < 4; stop++) {
        /* Without Security Extensions TTBCR has no PD0 and PD1. */
        for (unsigned n = 0; n < 8 && (stop == 0 || has_security_extensions()); n++) {
            claim_short(n, stops[stop].short_bits, stops[stop].name);
        }
        for (unsigned t = 0; t < 64; t++) {
            claim_long(t & 7, t >> 3, stops[stop].long_bits, stops[stop].name);
        }
    }
}

static void hyp_on(void)
{
    cp15_write_hmair0(0x44);                            /* Normal, Non-cacheable */
    cp15_write_htcr(0);
    cp15_write_httbr((uint32_t)hyp1);
    __asm__ volatile("dsb\n mcr p15, 4, %0, c8, c7, 0\n dsb\n isb" : : "r"(0) : "memory");
    cp15_write_hsctlr(cp15_read_hsctlr() | SCTLR_M);
}

static void hyp_off(void)
{
    cp15_write_hsctlr(cp15_read_hsctlr() & ~SCTLR_M);
    __asm__ volatile("dsb\n mcr p15, 4, %0, c8, c7, 0\n dsb\n isb" : : "r"(0) : "memory");
}

static uint64_t hyp_operate(bool write, uint32_t va)
{
    if (write) {
        __asm__ volatile("mcr p15, 4, %0, c7, c8, 1\n isb" : : "r"(va) : "memory");
    } else {
        __asm__ volatile("mcr p15, 4, %0, c7, c8, 0\n isb" : : "r"(va) : "memory");
    }
    uint64_t par;

    __asm__ volatile("mrrc p15, 0, %Q0, %R0, c7" : "=r"(par));
    return par;
}

/* Hyp's descriptors: AP[2] is read-only, there is no PL0.  @level has @value for 0xc4001000. */
static void claim_hyp_descriptor(const char *what, unsigned level, uint64_t attributes,
                                 uint32_t fault_read, uint32_t fault_write)
{
    static const char *const levels[] = { "", "level1", "level2", "level3" };

    hyp1[0] = BLOCK | AF | 2ull << 5;
    hyp1[RAM_BASE >> 30] = RAM_BASE | BLOCK | AF | 2ull << 5;
    hyp1[3] = level == 1 ? attributes : (uint32_t)hyp2 | TABLE;
    hyp2[0xc4001000u >> 21 & 511] = level == 2 ? attributes : (uint32_t)hyp3 | TABLE;
    hyp3[1] = level == 3 && attributes ? attributes | TABLE : 0;
    if (attributes) {
        uint64_t out = 0x44001000u & ~((1ull << (39 - 9 * level)) - 1);

        *(level == 1 ? &hyp1[3] : level == 2 ? &hyp2[0xc4001000u >> 21 & 511] : &hyp3[1]) |= out;
    }
    for (unsigned write = 0; write < 2; write++) {
        struct text name = text_path("at/hyp", levels[level], what, hyp_operations[write].name,
                                     NULL);
        uint32_t fault = write ? fault_write : fault_read;
        struct text detail;
        uint64_t par;
        bool ok;

        hyp_on();
        par = hyp_operate(write, 0xc4001234u);
        hyp_off();
        ok = fault ? (par & PAR_F) && (par & PAR_STATUS) >> 1 == fault + level &&
                     !(par & PAR_FSTAGE)
                   : !(par & PAR_F) && (par & 0xfffffff000ull) == 0x44001000u;
        text_clear(&detail);
        text_add_field(&detail, "par", (uint32_t)(par >> 32));
        text_add_field(&detail, "low", (uint32_t)par);
        tap_claim(ok && (par & PAR_LPAE), name.s, detail.s);
    }
}

static void claim_hyp(void)
{
    const uint64_t leaf = BLOCK | 1ull << 6;

    tap_group("at/hyp", "B4.2.4, B3.6", "ATS1Hx");
    for (unsigned level = 1; level <= 3; level++) {
        claim_hyp_descriptor("rw", level, leaf | AF, 0, 0);
        claim_hyp_descriptor("rw-xn", level, leaf | AF | 1ull << 54, 0, 0);
        claim_hyp_descriptor("ro", level, leaf | AF | 1ull << 7, 0, 0x0c);
        claim_hyp_descriptor("af0", level, leaf, 0x08, 0x08);
        claim_hyp_descriptor("invalid", level, 0, 0x04, 0x04);
    }
    for (unsigned write = 0; write < 2; write++) {
        uint64_t par = hyp_operate(write, 0xc4001234u);
        struct text detail;

        text_clear(&detail);
        text_add_field(&detail, "low", (uint32_t)par);
        tap_claim(!(par & PAR_F) && (par & PAR_LPAE) && (par & 0xfffffff000ull) == 0xc4001000u,
                  text_path("at/hyp/mmu-off", hyp_operations[write].name, NULL).s, detail.s);
    }
}

void claim_regimes(void)
{
    claim_ttbcr();
    claim_hyp();
}
