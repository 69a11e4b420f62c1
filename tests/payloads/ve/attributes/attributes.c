/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does each descriptor of stage 1 and of stage 2 allow what DDI 0406C B3.7 says, and is
 * what it does not allow a fault with the status, level and addresses of B3.13?
 *
 *   short        AP, XN, PXN of supersections, sections, large and small pages, with SCTLR.AFE 0
 *                and 1 and the access flag (B3.7.1, B3.7.2)
 *   domains      no access, client, manager (B3.7.3)
 *   long         AP, XN, PXN, AF of blocks and pages of levels 1 to 3
 *   tables       APTable, XNTable, PXNTable over them (B3.6.1)
 *   wxn          SCTLR.WXN and UWXN
 *   stages       stage 1 against stage 2, each size of descriptor of both: HAP, XN, AF, invalid
 *   input-size   VTCR.T0SZ and SL0, each pair that exists: the last block and what is behind it
 * each read, written and executed from PL1 and PL0, and by LDRT and STRT from PL1.  What is asked
 * of a mapping is worked out by lib/mapping.c, from the manual's tables and not from the
 * translation tables.  Memory types are asked by the families stage2, memory and at.
 */
#include <stddef.h>
#include "abort.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "mapping.h"
#include "parts.h"
#include "probe.h"
#include "sysregs.h"
#include "tap.h"

#define OFFSET 0x200u
#define DFSR_WNR (1u << 11)
#define DFSR_DOMAIN 0xf0u

void (*attributes_prepare)(void) = map_on;

void ve_prepare(void)
{
    attributes_prepare();
}

/* LDR r3, [r1] and the like; LDRT and STRT in T32, where they do not write r1. */
static const struct way {
    const char *name;
    struct ve_insn insn;
    enum ve_form form;
    enum map_access access;
    unsigned mode;
    bool unprivileged;
} ways[] = {
    { "read/pl1", { .arm = 0xe5913000 }, VE_ARM, MAP_READ, ARMV7_MODE_SVC, false },
    { "read/pl0", { .arm = 0xe5913000 }, VE_ARM, MAP_READ, ARMV7_MODE_USR, true },
    { "ldrt/pl1", { .thumb = 0xf8513e00 }, VE_THUMB, MAP_READ, ARMV7_MODE_SVC, true },
    { "write/pl1", { .arm = 0xe5813000 }, VE_ARM, MAP_WRITE, ARMV7_MODE_SVC, false },
    { "write/pl0", { .arm = 0xe5813000 }, VE_ARM, MAP_WRITE, ARMV7_MODE_USR, true },
    { "strt/pl1", { .thumb = 0xf8413e00 }, VE_THUMB, MAP_WRITE, ARMV7_MODE_SVC, true },
    { "fetch/pl1", { .arm = 0xe320f000 }, VE_ARM, MAP_FETCH, ARMV7_MODE_SVC, false },
    { "fetch/pl0", { .arm = 0xe320f000 }, VE_ARM, MAP_FETCH, ARMV7_MODE_USR, true },
};

/* HVC or SVC there, and the run starts with it. */
static void start_there(struct ve_probe *probe, unsigned mode)
{
    *(volatile uint32_t *)(MAP_PA + OFFSET) = mode == ARMV7_MODE_USR ? 0xef00005a : 0xe140057a;
    cp15_sync_code();
    probe->insn = probe->end = probe->state.pc = MAP_VA + OFFSET;
}

static void expect_stage1(struct ve_abort *want, const struct way *way, const struct mapping *m,
                          const struct map_fault *fault)
{
    want->to_pl1 = true;
    want->fetch = way->access == MAP_FETCH;
    want->fsr = map_fsr(m, fault);
    if (!want->fetch) {
        want->fsr |= way->access == MAP_WRITE ? DFSR_WNR : 0;
        want->fsr_mask = DFSR_WNR;
    }
    if (!want->fetch && fault->kind == MAP_DOMAIN) {
        want->fsr |= m->s1 == MAP_SUPERSECTION ? 0 : 1u << 4;
        want->fsr_mask |= DFSR_DOMAIN;
    }
}

static void expect_stage2(struct ve_abort *want, const struct way *way,
                          const struct map_fault *fault)
{
    static const uint32_t fsc[] = {
        [MAP_TRANSLATION] = FSC_TRANSLATION, [MAP_ACCESS_FLAG] = FSC_ACCESS_FLAG,
        [MAP_PERMISSION] = FSC_PERMISSION,
    };

    want->hsr = (way->access == MAP_FETCH ? HSR_IABT : HSR_DABT) |
                (fsc[fault->kind] + fault->level);
    want->hsr_mask = MASK_ABORT;
    if (way->access != MAP_FETCH) {
        want->hsr |= ISS_ISV | 2u << 22 | 3u << 16 | HSR_IL |
                     (way->access == MAP_WRITE ? ISS_WNR : 0);
        want->hsr_mask |= MASK_ISV;
    }
    want->has_hpfar = fault->kind != MAP_PERMISSION;
    want->hpfar = hpfar_of(MAP_IPA);
}

static void claim_way(const struct text *prefix, const struct mapping *m, const struct way *way)
{
    const struct ve_controls controls = { .hcr = m->s2 == MAP_S2_OFF ? 0 : ARMV7_HCR_VM };
    struct map_fault fault = map_model(m, way->unprivileged, way->access);
    struct text name = *prefix;
    struct ve_probe probe;
    struct ve_abort want;

    if (fault.open) {
        return;
    }
    text_add(&name, "/");
    text_add(&name, way->name);
    ve_probe_make(&probe, &way->insn, way->form, way->mode);
    probe.state.r[1] = MAP_VA + OFFSET;
    if (way->access == MAP_FETCH) {
        start_there(&probe, way->mode);
    }
    want = (struct ve_abort) {
        .completes = fault.kind == MAP_NO_FAULT, .far = MAP_VA + OFFSET, .pc = probe.insn,
    };
    if (!want.completes && fault.stage == 1) {
        expect_stage1(&want, way, m, &fault);
    } else if (!want.completes) {
        expect_stage2(&want, way, &fault);
    }
    ve_abort_claim(name.s, &probe, &controls, &want);
}

/* LDRT and STRT are asked of stage 1 alone. */
static void claim_accesses(const struct text *name, const struct mapping *m)
{
    map_make(m);
    for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (m->s2 == MAP_S2_OFF || ways[i].form == VE_ARM) {
            claim_way(name, m, &ways[i]);
        }
    }
}

static void add_number(struct text *name, const char *what, unsigned value)
{
    text_add(name, "/");
    text_add(name, what);
    text_add_decimal(name, value);
}

static void add_flags(struct text *name, const struct mapping *m)
{
    text_add(name, m->xn ? "-xn" : "");
    text_add(name, m->pxn ? "-pxn" : "");
    text_add(name, m->af ? "" : "-af0");
}

static struct mapping mapping_of(enum map_s1 kind)
{
    return (struct mapping) {
        .s1 = kind, .ap = 3, .af = true, .domain = 1, .s2_af = true, .hap = 3,
    };
}

/* AP 100 is reserved without AFE. */
static bool ap_exists(const struct mapping *m)
{
    return map_is_long(m) || m->afe ? !(m->ap & 1) : m->ap != 4;
}

static void claim_permissions(const char *group, struct mapping m)
{
    for (unsigned bits = 0; bits < 64; bits++) {
        struct text name = text_path(group, map_s1_name(m.s1), NULL);

        m.ap = bits & 7;
        m.xn = bits >> 3 & 1;
        m.pxn = bits >> 4 & 1;
        m.af = !(bits >> 5 & 1);
        if (!ap_exists(&m) || (!m.af && !map_is_long(&m) && !m.afe)) {
            continue;
        }
        add_number(&name, "ap", m.ap);
        add_flags(&name, &m);
        claim_accesses(&name, &m);
    }
}

static void claim_invalid(const char *group, struct mapping m)
{
    struct text name = text_path(group, map_s1_name(m.s1), NULL);

    m.invalid = true;
    claim_accesses(&name, &m);
}

static void claim_short(void)
{
    tap_group("attributes/short", "B3.7.1, B3.7.2", "permissions of short descriptors");
    for (enum map_s1 kind = MAP_SUPERSECTION; kind <= MAP_SMALL; kind++) {
        struct mapping m = mapping_of(kind);

        claim_permissions("attributes/short/afe0", m);
        m.afe = true;
        claim_permissions("attributes/short/afe1", m);
        claim_invalid("attributes/short/invalid", m);
    }
}

static void claim_domains(void)
{
    static const struct { const char *name; uint8_t value; } accesses[] = {
        { "no-access", 0 }, { "client", 1 }, { "manager", 3 },
    };
    static const uint8_t aps[] = { 0, 1, 3, 7 };

    tap_group("attributes/domains", "B3.7.3", "domains of short descriptors");
    for (enum map_s1 kind = MAP_SUPERSECTION; kind <= MAP_SMALL; kind++) {
        for (unsigned i = 0; i < 3; i++) {
            for (unsigned j = 0; j < 8; j++) {
                struct text name = text_path("attributes/domains", map_s1_name(kind),
                                             accesses[i].name, NULL);
                struct mapping m = mapping_of(kind);

                m.domain = accesses[i].value;
                m.ap = aps[j & 3];
                m.xn = m.pxn = j >> 2;
                add_number(&name, "ap", m.ap);
                add_flags(&name, &m);
                claim_accesses(&name, &m);
            }
        }
    }
}

static void claim_long(void)
{
    tap_group("attributes/long", "B3.7.1, B3.7.2", "permissions of long descriptors");
    for (enum map_s1 kind = MAP_LEVEL1; kind <= MAP_LEVEL3; kind++) {
        struct mapping m = mapping_of(kind);

        claim_permissions("attributes/long", m);
        claim_invalid("attributes/long/invalid", m);
    }
}

static void claim_tables(void)
{
    tap_group("attributes/tables", "B3.6.1", "APTable, XNTable and PXNTable");
    for (enum map_s1 kind = MAP_LEVEL2; kind <= MAP_LEVEL3; kind++) {
        for (unsigned bits = 1; bits < 64; bits++) {
            struct text name = text_path("attributes/tables", map_s1_name(kind), NULL);
            struct mapping m = mapping_of(kind);

            m.ap_table = bits & 3;
            m.xn_table = bits >> 2 & 1;
            m.pxn_table = bits >> 3 & 1;
            m.ap = bits >> 3 & 6;
            add_number(&name, "aptable", m.ap_table);
            text_add(&name, m.xn_table ? "-xn" : "");
            text_add(&name, m.pxn_table ? "-pxn" : "");
            add_number(&name, "ap", m.ap);
            claim_accesses(&name, &m);
        }
    }
}

static void claim_wxn(void)
{
    static const char *const names[] = { "", "wxn", "uwxn", "both" };
    static const uint8_t aps[] = { 0, 2, 4, 6 };

    tap_group("attributes/wxn", "B3.7.2, B4.1 (SCTLR)", "what is writable is not executable");
    for (enum map_s1 kind = MAP_SECTION; kind <= MAP_LEVEL3; kind++) {
        for (unsigned bits = 1; bits < 4; bits++) {
            for (unsigned i = 0; i < 4; i++) {
                struct text name = text_path("attributes/wxn", names[bits], map_s1_name(kind),
                                             NULL);
                struct mapping m = mapping_of(kind);

                m.afe = true;
                m.ap = aps[i];
                m.wxn = bits & 1;
                m.uwxn = bits & 2;
                add_number(&name, "ap", m.ap);
                claim_accesses(&name, &m);
            }
        }
    }
}

/* Stage-1 and stage-2 sides that meet each other. */
static const struct { const char *name; uint8_t ap; bool xn, invalid, af; } first[] = {
    { "rw", 2, false, false, true }, { "ro", 6, false, false, true },
    { "rw-xn", 2, true, false, true }, { "priv", 0, false, false, true },
    { "af0", 2, false, false, false }, { "invalid", 2, false, true, true },
};
static const struct { const char *name; uint8_t hap; bool xn, invalid, af; } second[] = {
    { "none", 0, false, false, true }, { "read", 1, false, false, true },
    { "write", 2, false, false, true }, { "both", 3, false, false, true },
    { "both-xn", 3, true, false, true }, { "af0", 3, false, false, false },
    { "invalid", 3, false, true, true },
};

static void claim_pair(enum map_s1 s1, enum map_s2 s2, unsigned i, unsigned j)
{
    struct text name = text_path("attributes/stages", map_s1_name(s1), first[i].name,
                                 map_s2_name(s2), second[j].name, NULL);
    struct mapping m = mapping_of(s1);

    m.afe = true;
    m.ap = first[i].ap;
    m.xn = first[i].xn;
    m.invalid = first[i].invalid;
    m.af = first[i].af;
    m.s2 = s2;
    m.hap = second[j].hap;
    m.s2_xn = second[j].xn;
    m.s2_invalid = second[j].invalid;
    m.s2_af = second[j].af;
    claim_accesses(&name, &m);
}

static void claim_stages(void)
{
    tap_group("attributes/stages", "B3.7, B3.12.2", "permissions of both stages");
    for (enum map_s1 s1 = 0; s1 < MAP_S1_KINDS; s1++) {
        for (enum map_s2 s2 = MAP_S2_LEVEL1; s2 < MAP_S2_KINDS; s2++) {
            for (unsigned i = 0; i < sizeof(first) / sizeof(first[0]); i++) {
                for (unsigned j = 0; j < sizeof(second) / sizeof(second[0]); j++) {
                    claim_pair(s1, s2, i, j);
                }
            }
        }
    }
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    if (!map_board_fits("attributes")) {
        tap_end();
    }
    ve_init();
    claim_short();
    claim_domains();
    claim_long();
    claim_tables();
    claim_wxn();
    claim_stages();
    claim_input_sizes();
    tap_end();
}
