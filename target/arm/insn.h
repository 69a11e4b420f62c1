/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bytes of a trapped instruction, without side effects on the guest.
 */
#ifndef TARGET_ARM_HYPTRACE_INSN_H
#define TARGET_ARM_HYPTRACE_INSN_H

#include "cpu.h"

typedef struct HtInsn {
    uint16_t halfword[2];   /* as they lie in memory */
    unsigned halfwords;     /* 0: not known, 1, 2 */
} HtInsn;

/**
 * ht_insn_fetch: reads the instruction at @pc of the current translation regime and instruction
 * set.  Only through a hit in the software TLB that leads to RAM: there is no page walk and no
 * access to a device; otherwise the instruction is not known.
 */
void ht_insn_fetch(HtInsn *insn, CPUARMState *env, uint32_t pc, bool thumb);

#endif
