/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Address translation operations, and the parts of the family.
 */
#ifndef PAYLOADS_VE_AT_PARTS_H
#define PAYLOADS_VE_AT_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"

/* MCR of the operation with r1; DDI 0406C B4.2.4. */
struct operation {
    const char *name;
    uint32_t insn;
    bool write, unprivileged;
};

#define STAGE1_OPERATIONS 4
extern const struct operation stage1_operations[STAGE1_OPERATIONS];     /* ATS1C... */
extern const struct operation both_operations[STAGE1_OPERATIONS];       /* ATS12NSO... */
extern const struct operation hyp_operations[2];                        /* ATS1H... */

/* PAR, B4.1.112 */
#define PAR_F 1ull
#define PAR_SS 2ull
#define PAR_LPAE (1ull << 11)
#define PAR_FSTAGE (1ull << 9)
#define PAR_S2WLK (1ull << 8)
#define PAR_STATUS 0x7eull

/* What an operation must give: a fault with FS or FST, or a page. */
struct translation {
    bool faults;
    uint32_t short_status;      /* FS of DFSR: the 32-bit format */
    uint32_t long_status;       /* FST: the 64-bit format */
    bool stage2, walk;
    uint64_t pa;                /* of the page */
    bool supersection;
};

enum par_format { PAR_32, PAR_64, PAR_ANY };

/** operate: runs @operation on @va in @mode under @hcr; PAR, or false if it was not executed. */
bool operate(const struct operation *operation, uint32_t va, unsigned mode, uint32_t hcr,
             uint64_t *par, struct ve_record *record);

/** claim_operation: claims that the operation gives @want, whose status is in @format. */
void claim_operation(const char *name, const struct operation *operation, uint32_t va,
                     unsigned mode, uint32_t hcr, enum par_format format,
                     const struct translation *want);

/** Sets the stage-1 registers of the next run. */
extern void (*at_prepare)(void);

void claim_mappings(void);      /* mappings.c */
void claim_regimes(void);       /* regimes.c */

#endif
