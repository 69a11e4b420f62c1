/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Tables for one address.  The guest's code is mapped flat, read-only and executable at PL1 and
 * PL0, in a domain of its own, so that no control of a claim is in its way.
 */
#include <stddef.h>
#include "board.h"
#include "mapping.h"
#include "sysregs.h"
#include "tap.h"

#define RAM RAM_BASE
#define GIB(address) ((address) >> 30)
#define RAM_SECTIONS 128u

/* SCTLR, TTBCR */
#define SCTLR_M 1u
#define SCTLR_WXN (1u << 19)
#define SCTLR_UWXN (1u << 20)
#define SCTLR_AFE (1u << 29)
#define TTBCR_EAE 0x80000000u
#define MAIR0_NORMAL 0xffu

/* Short descriptors, B3.5.1.  The code is in domain 2, the address in 1, a supersection in 0. */
#define DOMAIN_CODE 2u
#define DOMAIN_ADDRESS 1u
#define SHORT_TABLE 1u
#define SHORT_SECTION 2u
#define SHORT_LARGE 1u
#define SHORT_SMALL 2u
#define SECTION_SUPER (1u << 18)
#define SECTION_NORMAL 0x1100cu         /* TEX 001, C, B, S */
#define SECTION_CODE (SHORT_SECTION | SECTION_NORMAL | 0x8c00u | DOMAIN_CODE << 5)  /* AP 111 */
#define SMALL_NORMAL 0x44cu
#define LARGE_NORMAL 0x140cu

/* Long descriptors, B3.6.1, B3.6.2 */
#define BLOCK 1ull
#define TABLE 3ull
#define AF (1ull << 10)
#define XN (1ull << 54)
#define PXN (1ull << 53)
#define SHAREABLE (3ull << 8)
#define LONG_CODE (RAM | BLOCK | AF | SHAREABLE | 3ull << 6)
#define NORMAL2 (0xfull << 2)           /* stage 2, MemAttr: Write-Back */
#define VTCR_40BIT 0x80000058u
#define VTTBR_VMID (7ull << 48)

static uint32_t short1[4096] __attribute__((aligned(16384)));
static uint32_t short2[256] __attribute__((aligned(1024)));
static uint64_t long1[4] __attribute__((aligned(4096)));
static uint64_t long2[512] __attribute__((aligned(4096)));
static uint64_t long3[512] __attribute__((aligned(4096)));
static uint64_t s2_level1[1024] __attribute__((aligned(8192)));
static uint64_t s2_level2[512] __attribute__((aligned(4096)));
static uint64_t s2_level3[512] __attribute__((aligned(4096)));

static struct mapping current;

bool map_board_fits(const char *name)
{
    if (RAM_BASE == RAM) {
        return true;
    }
    tap_group(text_path(name, "board", NULL).s, "B3", "the RAM is where the tables map it");
    tap_skip(text_path(name, "board", "ram", NULL).s, "the family's tables map RAM at 1 GiB");
    return false;
}

const char *map_s1_name(enum map_s1 kind)
{
    static const char *const names[] = {
        "supersection", "section", "large", "small", "level1", "level2", "level3",
    };

    return names[kind];
}

const char *map_s2_name(enum map_s2 kind)
{
    static const char *const names[] = { "s2-off", "s2-level1", "s2-level2", "s2-level3" };

    return names[kind];
}

const char *map_access_name(enum map_access access)
{
    static const char *const names[] = { "read", "write", "fetch" };

    return names[access];
}

bool map_is_long(const struct mapping *m)
{
    return m->s1 >= MAP_LEVEL1;
}

static uint32_t output(const struct mapping *m)
{
    return m->s2 == MAP_S2_OFF ? MAP_PA : MAP_IPA;
}

/* AP[2] and AP[1:0] where sections, and where pages have them. */
static uint32_t section_ap(unsigned ap)
{
    return (ap & 4) << 13 | (ap & 3) << 10;
}

static uint32_t page_ap(unsigned ap)
{
    return (ap & 4) << 7 | (ap & 3) << 4;
}

/* With AFE AP[0] is the access flag. */
static unsigned short_ap(const struct mapping *m)
{
    return m->afe ? (m->ap & 6u) | m->af : m->ap;
}

static uint32_t section(const struct mapping *m)
{
    uint32_t value = output(m) | SHORT_SECTION | SECTION_NORMAL | section_ap(short_ap(m)) |
                     (uint32_t)m->xn << 4 | m->pxn;

    return value | (m->s1 == MAP_SUPERSECTION ? SECTION_SUPER : DOMAIN_ADDRESS << 5);
}

static uint32_t page(const struct mapping *m)
{
    uint32_t ap = page_ap(short_ap(m));

    if (m->s1 == MAP_LARGE) {
        return output(m) | SHORT_LARGE | LARGE_NORMAL | ap | (uint32_t)m->xn << 15;
    }
    return output(m) | SHORT_SMALL | SMALL_NORMAL | ap | m->xn;
}

static void make_short(const struct mapping *m)
{
    unsigned first = MAP_VA >> 20;
    unsigned pages = m->s1 == MAP_LARGE ? 16 : 1;

    for (unsigned i = 0; i < RAM_SECTIONS; i++) {
        short1[(RAM >> 20) + i] = RAM + (i << 20) + SECTION_CODE;
    }
    for (unsigned i = 0; i < 16; i++) {
        short1[first + i] = 0;
        short2[i] = 0;
    }
    if (m->s1 == MAP_SUPERSECTION || m->s1 == MAP_SECTION) {
        for (unsigned i = 0; i < (m->s1 == MAP_SECTION ? 1 : 16); i++) {
            short1[first + i] = m->invalid ? 0 : section(m);
        }
        return;
    }
    short1[first] = (uint32_t)short2 | SHORT_TABLE | (uint32_t)m->pxn << 2 | DOMAIN_ADDRESS << 5;
    for (unsigned i = 0; i < pages; i++) {
        short2[i] = m->invalid ? 0 : page(m);
    }
}

static uint64_t table_attributes(const struct mapping *m)
{
    return (uint64_t)m->ap_table << 61 | (uint64_t)m->xn_table << 60 |
           (uint64_t)m->pxn_table << 59;
}

static void make_long(const struct mapping *m)
{
    uint64_t attributes = SHAREABLE | (uint64_t)(m->ap >> 1) << 6 | (m->af ? AF : 0) | (m->xn ? XN : 0) |
                          (m->pxn ? PXN : 0);
    uint64_t *at = m->s1 == MAP_LEVEL1 ? &long1[3]
                 : m->s1 == MAP_LEVEL2 ? &long2[MAP_VA >> 21 & 511] : &long3[0];
    uint32_t base = m->s1 == MAP_LEVEL1 ? output(m) & 0xc0000000u : output(m);

    long1[GIB(RAM)] = LONG_CODE;
    long1[3] = (uint32_t)long2 | TABLE | table_attributes(m);
    long2[MAP_VA >> 21 & 511] = (uint32_t)long3 | TABLE | table_attributes(m);
    *at = m->invalid ? 0 : base | attributes | (m->s1 == MAP_LEVEL3 ? TABLE : BLOCK);
}

static void make_stage2(const struct mapping *m)
{
    uint64_t attributes = NORMAL2 | (uint64_t)m->hap << 6 | (m->s2_af ? AF : 0) |
                          (m->s2_xn ? XN : 0);
    uint64_t *at = m->s2 == MAP_S2_LEVEL1 ? &s2_level1[GIB(MAP_IPA)]
                 : m->s2 == MAP_S2_LEVEL2 ? &s2_level2[MAP_IPA >> 21 & 511] : &s2_level3[0];
    uint32_t base = m->s2 == MAP_S2_LEVEL1 ? RAM : MAP_PA;

    s2_level1[GIB(RAM)] = RAM | BLOCK | NORMAL2 | 3ull << 6 | AF;
    s2_level1[GIB(MAP_IPA)] = (uint32_t)s2_level2 | TABLE;
    s2_level2[MAP_IPA >> 21 & 511] = (uint32_t)s2_level3 | TABLE;
    *at = m->s2_invalid ? 0 : base | attributes | (m->s2 == MAP_S2_LEVEL3 ? TABLE : BLOCK);
    cp15_write_vtcr(VTCR_40BIT);
    cp15_write_vttbr((uint32_t)s2_level1 | VTTBR_VMID);
}

void map_make(const struct mapping *m)
{
    current = *m;
    if (map_is_long(m)) {
        make_long(m);
    } else {
        make_short(m);
    }
    make_stage2(m);
    cp15_tlbi_all_nsnh();
}

void map_on(void)
{
    const struct mapping *m = &current;
    uint32_t sctlr = SCTLR_M | (m->afe ? SCTLR_AFE : 0) | (m->wxn ? SCTLR_WXN : 0) |
                     (m->uwxn ? SCTLR_UWXN : 0);

    cp15_write_dacr(1u << 2 * DOMAIN_CODE | (uint32_t)m->domain << 2 * DOMAIN_ADDRESS | m->domain);
    if (map_is_long(m)) {
        cp15_write_mair0(MAIR0_NORMAL);
        cp15_write_ttbcr(TTBCR_EAE);
        cp15_write_ttbr0((uint32_t)long1);
    } else {
        cp15_write_ttbcr(0);
        cp15_write_ttbr0((uint32_t)short1);
    }
    cp15_write_sctlr(cp15_read_sctlr() | sctlr);
    cp15_tlbi_all_nsnh();
}

/* What AP[2:0] lets each privilege do: B3.7.1, tables B3-8 and B3-9. */
struct permissions {
    bool priv_read, priv_write, user_read, user_write;
};

static struct permissions permissions(const struct mapping *m)
{
    bool flags = map_is_long(m) || m->afe;
    bool read_only = m->ap & 4;
    bool user = flags ? m->ap & 2 : (m->ap & 3) >= 2;
    struct permissions p = { true, !read_only, user, user && !read_only };

    if (!flags && m->ap == 0) {
        p.priv_read = p.priv_write = false;
    }
    if (!flags && m->ap == 2) {
        p.user_write = false;
    }
    if (map_is_long(m) && m->s1 != MAP_LEVEL1) {
        p.user_read = p.user_read && !(m->ap_table & 1);
        p.user_write = p.user_write && !(m->ap_table & 3);
        p.priv_write = p.priv_write && !(m->ap_table & 2);
    }
    return p;
}

/* Execute-never of stage 1: B3.7.2. */
static bool may_fetch(const struct mapping *m, const struct permissions *p, bool user)
{
    bool tables = map_is_long(m) && m->s1 != MAP_LEVEL1;

    if (m->xn || (tables && m->xn_table)) {
        return false;
    }
    if (user) {
        return p->user_read && !(m->wxn && p->user_write);
    }
    return p->priv_read && !m->pxn && !(tables && m->pxn_table) &&
           !(m->wxn && p->priv_write) && !(m->uwxn && p->user_write);
}

static bool may(const struct mapping *m, bool user, enum map_access access)
{
    struct permissions p = permissions(m);

    switch (access) {
    case MAP_READ:
        return user ? p.user_read : p.priv_read;
    case MAP_WRITE:
        return user ? p.user_write : p.priv_write;
    case MAP_FETCH:
        return may_fetch(m, &p, user);
    case MAP_ACCESSES:
        break;
    }
    return false;
}

/* Whether WXN counts what only PL1 can write for a fetch at PL0, too, can be read both ways. */
static bool is_open(const struct mapping *m, bool user, enum map_access access)
{
    struct permissions p = permissions(m);

    return access == MAP_FETCH && user && m->wxn && p.priv_write && !p.user_write;
}

static unsigned s1_level(const struct mapping *m)
{
    static const uint8_t levels[] = { 1, 1, 2, 2, 1, 2, 3 };

    return levels[m->s1];
}

/* The order of the checks: B3.12.2. */
static enum map_fault_kind stage1_fault(const struct mapping *m, bool user,
                                        enum map_access access)
{
    bool flags = map_is_long(m) || m->afe;

    if (m->invalid) {
        return MAP_TRANSLATION;
    }
    if (flags && !m->af) {
        return MAP_ACCESS_FLAG;
    }
    if (!map_is_long(m) && m->domain != 1) {
        return m->domain == 3 ? MAP_NO_FAULT : MAP_DOMAIN;
    }
    return may(m, user, access) ? MAP_NO_FAULT : MAP_PERMISSION;
}

/* A fetch needs read permission of stage 2, and no XN there: B3.7.2. */
static enum map_fault_kind stage2_fault(const struct mapping *m, enum map_access access)
{
    unsigned needed = access == MAP_WRITE ? 2 : 1;

    if (m->s2_invalid) {
        return MAP_TRANSLATION;
    }
    if (!m->s2_af) {
        return MAP_ACCESS_FLAG;
    }
    if (!(m->hap & needed) || (access == MAP_FETCH && m->s2_xn)) {
        return MAP_PERMISSION;
    }
    return MAP_NO_FAULT;
}

struct map_fault map_model(const struct mapping *m, bool unprivileged, enum map_access access)
{
    struct map_fault fault = { .kind = stage1_fault(m, unprivileged, access), .stage = 1 };

    fault.level = s1_level(m);
    fault.open = is_open(m, unprivileged, access);
    if (fault.kind == MAP_NO_FAULT && m->s2 != MAP_S2_OFF) {
        fault.kind = stage2_fault(m, access);
        fault.stage = 2;
        fault.level = m->s2;
    }
    return fault;
}

/* B3.13.3, tables B3-23 and B3-24. */
uint32_t map_fsr(const struct mapping *m, const struct map_fault *fault)
{
    static const uint8_t section_status[] = { 0, 0x05, 0x03, 0x09, 0x0d };
    static const uint8_t page_status[] = { 0, 0x07, 0x06, 0x0b, 0x0f };
    static const uint8_t long_status[] = { 0, 0x04, 0x08, 0, 0x0c };

    if (map_is_long(m)) {
        return 1u << 9 | (long_status[fault->kind] + fault->level);
    }
    return fault->level == 1 ? section_status[fault->kind] : page_status[fault->kind];
}
