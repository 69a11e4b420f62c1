/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family, and what they share: where things are, and names of claims.
 */
#ifndef PAYLOADS_VE_STAGE2_PARTS_H
#define PAYLOADS_VE_STAGE2_PARTS_H

#include "abort.h"
#include "probe.h"
#include "stage1_tables.h"
#include "stage2_tables.h"
#include "tap.h"

/* Stage 1 of the next run. */
extern enum s1_format stage1;
extern const struct ve_controls stage2_on;

void claim_syndromes(void);     /* syndromes.c */
void claim_matrix(void);        /* matrix.c */
void claim_walks(void);         /* walks.c */
void claim_alignment(void);     /* alignment.c */

/** name_of: a name from up to four parts, separated by "/". */
struct text name_of(const char *group, const char *a, const char *b, const char *c, const char *d);

/** mode_name: "pl0" or "pl1" of @mode. */
const char *mode_name(unsigned mode);

#endif
