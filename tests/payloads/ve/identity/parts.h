/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the parts of the family share.
 */
#ifndef PAYLOADS_VE_IDENTITY_H
#define PAYLOADS_VE_IDENTITY_H

#include <stdint.h>

/** claim_value: claims that @value is @want in the bits of @mask. */
void claim_value(const char *name, uint32_t value, uint32_t want, uint32_t mask);

/** claim_l2, claim_gic: of a machine with @cpus CPUs. */
void claim_l2(unsigned cpus);
void claim_gic(unsigned cpus);

#endif
