/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * TLB maintenance operations, what they cover, and the parts of the family.
 */
#ifndef PAYLOADS_VE_TLB_OPERATIONS_H
#define PAYLOADS_VE_TLB_OPERATIONS_H

#include <stdbool.h>
#include <stdint.h>
#include "probe.h"
#include "space.h"

/* What selects the entries: B3.10.6. */
enum scope { BY_ALL, BY_MVA, BY_ASID, BY_MVAA, BY_NSNH };

struct operation {
    const char *name;
    uint32_t insn;              /* MCR of r4 */
    enum scope scope;
    bool broadcast;             /* Inner Shareable */
    bool instruction_side;      /* only entries of instruction fetches */
    bool data_side;             /* only entries of data accesses */
};

#define PL1_OPERATIONS 14
#define NSNH_OPERATIONS 2
extern const struct operation operations[PL1_OPERATIONS + NSNH_OPERATIONS];

/**
 * covers: whether the page's entry for data or, with @fetch, instructions must be gone; @va and @asid
 * are those of the operation.
 */
bool covers(const struct operation *op, bool fetch, bool global, bool same_va, bool same_asid);

/** argument_of: r4 for the operation. */
uint32_t argument_of(const struct operation *op, uint32_t va, unsigned asid);

/** execute: the operation and barriers, in @mode (SVC of the current space, or Hyp). */
bool execute(const struct operation *op, uint32_t argument, unsigned mode);

/** look: reads the page in the current space, or writes it: what came of it. */
enum seen { SEEN_PAGE, SEEN_S1_FAULT, SEEN_S2_FAULT, SEEN_OTHER };
struct look {
    enum seen seen;
    uint32_t value;             /* SEEN_PAGE: what was read */
};
struct look look(bool write);

/** look_by_fetch: executes the code of the page, which tells the same. */
struct look look_by_fetch(void);

/** look_is: whether it is the page with RAM page @page; look_name: for details. */
bool look_is(struct look look, unsigned page);

void claim_local(void);         /* local.c */
void claim_hyp(void);           /* hyp_regime.c */
void claim_other_cpu(void);     /* other_cpu.c */

#endif
