/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Tables and registers of the spaces.  DDI 0406C B3.5, B3.6; the order in which TTBR0 and the
 * ASID change is that of B3.10.4 for long descriptors, where both are in one register, and goes
 * through a mapping that both ASIDs share for short ones: all code is global.
 */
#include "armv7/hcr.h"
#include "board.h"
#include "space.h"
#include "sysregs.h"

#define RAM RAM_BASE
#define PAGE_STEP 0x200000u
#define RAM_PAGE(n) (RAM_BASE + 0x4000000u + (n) * PAGE_STEP)
#define IPA_PAGE(n) (RAM_PAGE(n) ^ 0xc0000000u)     /* in the GiB that is not RAM's */
#define MARKER 0x5eed0000u

#define SECTION_CODE 0x1c0eu        /* AP 011, TEX 001, C, B */
#define LONG_BLOCK 1ull
#define LONG_TABLE 3ull
#define LONG_AF (1ull << 10)
#define LONG_NG (1ull << 11)
#define LONG_AP(ap) ((uint64_t)(ap) << 6)
#define S2_RW (3ull << 6 | 0xfull << 2 | LONG_AF)
#define VTCR_40BIT 0x80000058u
#define TTBCR_EAE 0x80000000u
#define SCTLR_M 1u

static uint32_t short1[2][4096] __attribute__((aligned(16384)));
static uint32_t short2[2][256] __attribute__((aligned(1024)));
static uint64_t long1[2][512] __attribute__((aligned(4096)));
static uint64_t long2[2][512] __attribute__((aligned(4096)));
static uint64_t long3[2][512] __attribute__((aligned(4096)));
static uint64_t s2_level1[2][1024] __attribute__((aligned(8192)));
static uint64_t s2_level2[2][512] __attribute__((aligned(4096)));
static uint64_t s2_level3[2][2][512] __attribute__((aligned(4096)));

CP15_64(ttbr1, 1, c2)

const char *kind_name(enum kind kind)
{
    static const char *const names[] = { "section", "small", "2m", "4k" };

    return names[kind];
}

uint32_t marker(unsigned page)
{
    return MARKER + page;
}

/* MOVW, MOVT r3; HVC #0x5a, as VE_IMM_DONE. */
static void put_code(volatile uint32_t *at, uint32_t value)
{
    at[0] = 0xe3003000u | (value & 0xf000u) << 4 | (value & 0xfffu);
    at[1] = 0xe3403000u | (value >> 28) << 16 | (value >> 16 & 0xfffu);
    at[2] = 0xe140057au;
    cp15_sync_code();
}

void space_init(void)
{
    for (unsigned a = 0; a < 2; a++) {
        for (unsigned i = 0; i < 128; i++) {
            short1[a][(RAM >> 20) + i] = RAM + (i << 20) + SECTION_CODE;
        }
        long1[a][RAM >> 30] = RAM | LONG_BLOCK | LONG_AF | LONG_AP(1);
        long1[a][3] = (uint32_t)long2[a] | LONG_TABLE;
    }
    for (unsigned v = 0; v < 2; v++) {
        s2_level1[v][RAM >> 30] = RAM | LONG_BLOCK | S2_RW;
        s2_level1[v][IPA_PAGE(0) >> 30] = (uint32_t)s2_level2[v] | LONG_TABLE;
    }
    for (unsigned page = 0; page < 4; page++) {
        *(volatile uint32_t *)RAM_PAGE(page) = marker(page);
        put_code((volatile uint32_t *)(RAM_PAGE(page) + SPACE_CODE), marker(page));
    }
    cp15_write_vtcr(VTCR_40BIT);
}

/* AP[2:1] with AF in AP[0] where there is one (SCTLR.AFE is 0: AP 011 or 111). */
static uint32_t short_value(enum kind kind, uint32_t ipa, enum permission permission, bool global)
{
    uint32_t ap = permission == READ_ONLY ? 7 : 3;

    if (permission == INVALID) {
        return 0;
    }
    if (kind == SECTION) {
        return ipa | 0x100eu | (ap & 4) << 13 | (ap & 3) << 10 | (global ? 0 : 1u << 17);
    }
    return ipa | 0x4eu | (ap & 4) << 7 | (ap & 3) << 4 | (global ? 0 : 1u << 11);
}

static uint64_t long_value(enum kind kind, uint32_t ipa, enum permission permission, bool global)
{
    if (permission == INVALID) {
        return 0;
    }
    return ipa | (kind == PAGE_4K ? LONG_TABLE : LONG_BLOCK) | LONG_AF | (global ? 0 : LONG_NG) |
           LONG_AP(permission == READ_ONLY ? 3 : 1);
}

struct descriptor space_descriptor(enum kind kind, unsigned asid, unsigned page,
                                   enum permission permission, bool global)
{
    uint32_t ipa = IPA_PAGE(page);

    switch (kind) {
    case SECTION:
        return (struct descriptor) { (uint32_t)&short1[asid][VA >> 20],
                                     short_value(kind, ipa, permission, global), false };
    case SMALL_PAGE:
        short1[asid][VA >> 20] = (uint32_t)short2[asid] | 1;
        return (struct descriptor) { (uint32_t)&short2[asid][0],
                                     short_value(kind, ipa, permission, global), false };
    case BLOCK_2M:
        return (struct descriptor) { (uint32_t)&long2[asid][0],
                                     long_value(kind, ipa, permission, global), true };
    default:
        long2[asid][0] = (uint32_t)long3[asid] | LONG_TABLE;
        return (struct descriptor) { (uint32_t)&long3[asid][0],
                                     long_value(kind, ipa, permission, global), true };
    }
}

void space_write(const struct descriptor *descriptor)
{
    if (descriptor->wide) {
        *(volatile uint64_t *)descriptor->address = descriptor->value;
    } else {
        *(volatile uint32_t *)descriptor->address = (uint32_t)descriptor->value;
    }
    __asm__ volatile("dsb" ::: "memory");
}

void space_map2(unsigned vmid, unsigned ipa, unsigned page, bool small, bool valid)
{
    volatile uint64_t *block = &s2_level2[vmid][IPA_PAGE(ipa) >> 21 & 511];

    if (small) {
        *(volatile uint64_t *)&s2_level3[vmid][ipa][0] =
            valid ? RAM_PAGE(page) | LONG_TABLE | S2_RW : 0;
        *block = (uint32_t)s2_level3[vmid][ipa] | LONG_TABLE;
    } else {
        *block = valid ? RAM_PAGE(page) | LONG_BLOCK | S2_RW : 0;
    }
    __asm__ volatile("dsb" ::: "memory");
}

static bool is_long(enum kind kind)
{
    return kind >= BLOCK_2M;
}

void space_switch(enum kind kind, unsigned vmid, unsigned asid)
{
    cp15_write_vttbr((uint32_t)s2_level1[vmid] | (uint64_t)VMID_OF(vmid) << 48);
    if (is_long(kind)) {
        cp15_write_ttbr0((uint32_t)long1[asid] | (uint64_t)ASID_OF(asid) << 48);
    } else {
        cp15_write_contextidr(ASID_OF(asid));
        cp15_write_ttbr0((uint32_t)short1[asid]);
    }
}

void space_on(enum kind kind, unsigned vmid, unsigned asid, uint32_t hcr)
{
    cp15_write_vtcr(VTCR_40BIT);
    cp15_write_dacr(1);
    cp15_write_mair0(0xff);
    cp15_write_ttbcr(is_long(kind) ? TTBCR_EAE : 0);
    space_switch(kind, vmid, asid);
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M);
    cp15_write_hcr(ARMV7_HCR_VM | hcr);
    cp15_tlbi_all_nsnh();
    ve_keep(true);
}

void space_off(void)
{
    cp15_write_hcr(0);
    ve_keep(false);
    cp15_write_contextidr(0);
    cp15_tlbi_all_nsnh();
}
