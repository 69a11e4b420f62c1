/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Emulation of trapped accesses to coprocessor registers, as a table.
 *
 * What traps is what arch/armv7 sets in HCR (TIDCP, TAC, TSW, TID3), HSTR (ThumbEE), HDCR (debug,
 * performance monitors) and CNTHCTL (physical timer); a guest sees a Cortex-A15 without debug,
 * performance monitors, ThumbEE, Security and Virtualization Extensions.
 */
#ifndef VMM_CORE_CPREG_H
#define VMM_CORE_CPREG_H

#include <stdbool.h>
#include "core/exit.h"

struct hypctx;

/* Does the access, if the virtual CPU has such a register that can be accessed this way, and
 * returns true; the caller then skips the instruction.  False: the access is UNDEFINED. */
bool cpreg_emulate(struct hypctx *ctx, const struct cpreg_access *access);

#endif
