/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Instructions executed by each CPU under -icount, where QEMU counts only those of all CPUs.
 */
#ifndef TARGET_ARM_HYPTRACE_INSNS_H
#define TARGET_ARM_HYPTRACE_INSNS_H

#include "hw/core/cpu.h"

/**
 * ht_insns_install: begins to count.  Needs -icount.  Call once all CPUs exist and before they
 * run; more calls do nothing.
 */
void ht_insns_install(void);

/**
 * ht_insns_total: instructions that @cs has executed since ht_insns_install().
 * Call where the clock may be read: from the CPU's own thread in an I/O context, or from another
 * thread while the CPU is not running.
 */
uint64_t ht_insns_total(CPUState *cs);

#endif
