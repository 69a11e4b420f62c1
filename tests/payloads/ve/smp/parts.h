/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family.
 */
#ifndef PAYLOADS_VE_SMP_PARTS_H
#define PAYLOADS_VE_SMP_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include "tap.h"

void claim_own_registers(void);     /* own.c */
void claim_sgis(void);              /* sgi.c */
void claim_exclusives(void);        /* exclusive.c */

/** verdict: a claim with two numbers as detail. */
void verdict(const char *name, bool ok, uint32_t a, uint32_t b);

#endif
