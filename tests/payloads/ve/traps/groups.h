/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The tables of the family: which register accesses and instructions each control traps.
 */
#ifndef PAYLOADS_VE_TRAPS_GROUPS_H
#define PAYLOADS_VE_TRAPS_GROUPS_H

#include <stdbool.h>
#include <stdint.h>
#include "access.h"
#include "guest.h"
#include "probe.h"

/* How an access exists, and how it is trapped. */
#define TR 0x01             /* reads trap */
#define TW 0x02             /* writes trap */
#define NR 0x04             /* reads exist and do not trap */
#define NW 0x08             /* writes exist and do not trap */
#define P0 0x10             /* exists at PL0 too */
#define NONE 0x20           /* what it does without the trap is not asked: IMPLEMENTATION DEFINED */
#define OPEN 0x40           /* IMPLEMENTATION DEFINED whether it is trapped */

/* A coprocessor register. */
struct access {
    struct ve_register reg;
    uint8_t flags;
};

/* An instruction that is no move of a coprocessor register. */
struct instruction {
    const char *name;
    struct ve_insn insn;
    uint8_t ec;
    bool has_cond;
    uint32_t iss;
    bool any_iss;           /* the ISS is UNKNOWN */
    uint8_t flags;          /* P0, NONE */
    bool never_at_condition_failure;    /* must complete if its condition fails */
    bool last_in_it;        /* UNPREDICTABLE elsewhere in an IT block */
    bool needs_smc;         /* boards without board.smc cannot be asked */
};

/* What one control bit traps. */
struct group {
    const char *name;       /* the bit, as the manual writes it */
    const char *section;    /* of DDI 0406C */
    const char *question;
    struct ve_controls on;
    struct ve_controls off; /* everything else that traps: must not trap these */
    bool is_lockdown;       /* HCR.TIDCP: the table has only some of its registers */
    bool pl0_traps;         /* accesses that PL0 does not have: IMPLEMENTATION DEFINED, not UNDEFINED */
    const struct access *accesses;
    unsigned access_count;
    const struct instruction *instructions;
    unsigned instruction_count;
};

extern const struct group hcr_groups[];
extern const unsigned hcr_group_count;
extern const struct group other_groups[];
extern const unsigned other_group_count;

/* Accesses of CP15 that no other control traps, and are there for HSTR. */
extern const struct access hstr_accesses[];
extern const unsigned hstr_access_count;

#define ROWS(table) table, sizeof(table) / sizeof((table)[0])
#define P15(name, crn, opc1, crm, opc2, flags) { { name, 15, false, crn, opc1, crm, opc2 }, flags }
#define P15_64(name, opc1, crm, flags) { { name, 15, true, 0, opc1, crm, 0 }, flags }
#define P14(name, crn, opc1, crm, opc2, flags) { { name, 14, false, crn, opc1, crm, opc2 }, flags }
#define P14_64(name, opc1, crm, flags) { { name, 14, true, 0, opc1, crm, 0 }, flags }

#endif
