/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Accesses to coprocessor registers: their instructions, and the syndromes of their traps.
 */
#ifndef PAYLOADS_VE_ACCESS_H
#define PAYLOADS_VE_ACCESS_H

#include <stdbool.h>
#include <stdint.h>
#include "judge.h"
#include "probe.h"

struct ve_register {
    const char *name;
    uint8_t coproc;
    bool wide;              /* MCRR and MRRC: crn and opc2 are not used */
    uint8_t crn, opc1, crm, opc2;
};

/** ve_access_insn: MRC, MCR, MRRC or MCRR of @reg; @rt2 is for wide ones. */
uint32_t ve_access_insn(const struct ve_register *reg, unsigned rt, unsigned rt2, bool read);

/** ve_access_trap: its trap to Hyp, DDI 0406C B3.13.6. */
struct ve_expect ve_access_trap(const struct ve_register *reg, unsigned rt, unsigned rt2,
                                bool read);

#endif
