/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family.
 */
#ifndef PAYLOADS_VE_TRAPS_PARTS_H
#define PAYLOADS_VE_TRAPS_PARTS_H

#include <stdbool.h>
#include "groups.h"

/** claim_simd, claim_interplay: the claims of simd.c and interplay.c. */
void claim_simd(void);
void claim_interplay(void);

/** simd_prepare, interplay_prepare: what they set at PL1 before each run. */
void simd_prepare(void);
void interplay_prepare(void);

/**
 * hstr_groups: one group for each Tn of HSTR, whose accesses are all those of the other groups that
 * are in CP15 cn, and its own.
 */
const struct group *hstr_groups(unsigned *count);

/** controls_without: every control set that does not trap @a in this direction. */
struct ve_controls controls_without(const struct access *a, bool read);

/** controls_all: every control set. */
struct ve_controls controls_all(void);

#endif
