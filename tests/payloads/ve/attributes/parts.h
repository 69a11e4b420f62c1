/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family.
 */
#ifndef PAYLOADS_VE_ATTRIBUTES_PARTS_H
#define PAYLOADS_VE_ATTRIBUTES_PARTS_H

void claim_input_sizes(void);   /* input_sizes.c */

/** attributes_prepare: called before each run: the registers of stage 1. */
extern void (*attributes_prepare)(void);

#endif
