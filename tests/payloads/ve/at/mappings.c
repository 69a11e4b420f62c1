/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One address under every descriptor of both stages.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "mapping.h"
#include "parts.h"
#include "tap.h"

/* Within the smallest descriptor of the mapping, but not at its begin if it is large. */
static uint32_t offset_in(const struct mapping *m)
{
    bool page = m->s1 == MAP_SMALL || m->s1 == MAP_LEVEL3 || m->s2 == MAP_S2_LEVEL3;

    return page ? 0x234 : 0x7234;
}

/* What an operation finds out of a stage-1 or stage-2 fault of the model. */
static struct translation translation_of(const struct mapping *m, struct map_fault fault,
                                         uint32_t output)
{
    static const uint8_t status[] = {
        [MAP_TRANSLATION] = 0x04, [MAP_ACCESS_FLAG] = 0x08, [MAP_DOMAIN] = 0x3c,
        [MAP_PERMISSION] = 0x0c,
    };
    struct translation want = { .faults = fault.kind != MAP_NO_FAULT };

    if (want.faults) {
        want.long_status = status[fault.kind] + fault.level;
        want.stage2 = fault.stage == 2;
        want.short_status = fault.stage == 1 && !map_is_long(m) ? map_fsr(m, &fault) : 0;
        return want;
    }
    want.pa = (output + offset_in(m)) & ~0xfffu;
    want.supersection = m->s1 == MAP_SUPERSECTION;
    return want;
}

static void claim_stage1(const struct text *prefix, const struct mapping *m, unsigned mode)
{
    uint32_t output = m->s2 == MAP_S2_OFF ? MAP_PA : MAP_IPA;
    uint32_t hcr = m->s2 == MAP_S2_OFF ? 0 : ARMV7_HCR_VM;
    enum par_format format = map_is_long(m) ? PAR_64 : mode == ARMV7_MODE_HYP ? PAR_ANY : PAR_32;

    for (unsigned i = 0; i < STAGE1_OPERATIONS; i++) {
        const struct operation *op = &stage1_operations[i];
        struct mapping stage1 = *m;
        struct text name = *prefix;
        struct translation want;

        stage1.s2 = MAP_S2_OFF;
        want = translation_of(m, map_model(&stage1, op->unprivileged,
                                           op->write ? MAP_WRITE : MAP_READ), output);
        text_add(&name, mode == ARMV7_MODE_HYP ? "/hyp/" : "/pl1/");
        text_add(&name, op->name);
        claim_operation(name.s, op, MAP_VA + offset_in(m), mode, hcr, format, &want);
    }
}

static void claim_both(const struct text *prefix, const struct mapping *m)
{
    for (unsigned i = 0; i < STAGE1_OPERATIONS; i++) {
        const struct operation *op = &both_operations[i];
        struct text name = *prefix;
        struct translation want =
            translation_of(m, map_model(m, op->unprivileged, op->write ? MAP_WRITE : MAP_READ),
                           MAP_PA);

        text_add(&name, "/");
        text_add(&name, op->name);
        claim_operation(name.s, op, MAP_VA + offset_in(m), ARMV7_MODE_HYP,
                        m->s2 == MAP_S2_OFF ? 0 : ARMV7_HCR_VM,
                        map_is_long(m) || m->s2 != MAP_S2_OFF ? PAR_64 : PAR_ANY, &want);
    }
}

/* Sides of a mapping: stage 1, and for short descriptors the domain. */
static const struct side {
    const char *name;
    uint8_t ap, domain;
    bool afe, af, invalid;
} sides[] = {
    { "rw", 2, 1, true, true, false }, { "ro", 6, 1, true, true, false },
    { "priv", 0, 1, true, true, false }, { "priv-ro", 4, 1, true, true, false },
    { "af0", 2, 1, true, false, false }, { "invalid", 2, 1, true, true, true },
    { "ap0", 0, 1, false, true, false }, { "user-ro", 2, 1, false, true, false },
    { "no-domain", 3, 0, false, true, false }, { "manager", 0, 3, false, true, false },
};
#define SIDES (sizeof(sides) / sizeof(sides[0]))

static const struct { const char *name; uint8_t hap; bool invalid, af; } seconds[] = {
    { "both", 3, false, true }, { "none", 0, false, true }, { "read", 1, false, true },
    { "write", 2, false, true }, { "af0", 3, false, false }, { "invalid", 3, true, true },
};
#define SECONDS (sizeof(seconds) / sizeof(seconds[0]))

static bool side_exists(enum map_s1 s1, const struct side *side)
{
    return s1 < MAP_LEVEL1 || side->afe;
}

static struct mapping mapping_of(enum map_s1 s1, const struct side *side)
{
    return (struct mapping) {
        .s1 = s1, .ap = side->ap, .domain = side->domain, .afe = side->afe, .af = side->af,
        .invalid = side->invalid, .s2_af = true, .hap = 3,
    };
}

static void claim_sides(enum map_s1 s1)
{
    for (unsigned i = 0; i < SIDES; i++) {
        struct mapping m = mapping_of(s1, &sides[i]);

        for (unsigned s2 = 0; side_exists(s1, &sides[i]) && s2 < 2; s2++) {
            struct text name = text_path("at/s1", map_s1_name(s1), sides[i].name,
                                         s2 ? "s2-none" : "s2-off", NULL);

            m.s2 = s2 ? MAP_S2_LEVEL2 : MAP_S2_OFF;
            m.hap = 0;
            map_make(&m);
            claim_stage1(&name, &m, ARMV7_MODE_SVC);
            claim_stage1(&name, &m, ARMV7_MODE_HYP);
        }
    }
}

static void claim_pairs(enum map_s1 s1, enum map_s2 s2)
{
    for (unsigned i = 0; i < SIDES; i++) {
        for (unsigned j = 0; side_exists(s1, &sides[i]) && j < SECONDS; j++) {
            struct mapping m = mapping_of(s1, &sides[i]);
            struct text name = text_path("at/s12", map_s1_name(s1), sides[i].name,
                                         map_s2_name(s2), seconds[j].name, NULL);

            if (s2 == MAP_S2_OFF && j > 0) {
                continue;
            }
            m.s2 = s2;
            m.hap = seconds[j].hap;
            m.s2_invalid = seconds[j].invalid;
            m.s2_af = seconds[j].af;
            map_make(&m);
            claim_both(&name, &m);
        }
    }
}

void claim_mappings(void)
{
    at_prepare = map_on;
    tap_group("at/s1", "B4.2.4, B4.1.112", "ATS1Cxx");
    for (enum map_s1 s1 = 0; s1 < MAP_S1_KINDS; s1++) {
        claim_sides(s1);
    }
    tap_group("at/s12", "B4.2.4, B4.1.112", "ATS12NSOxx");
    for (enum map_s1 s1 = 0; s1 < MAP_S1_KINDS; s1++) {
        for (enum map_s2 s2 = 0; s2 < MAP_S2_KINDS; s2++) {
            claim_pairs(s1, s2);
        }
    }
}
