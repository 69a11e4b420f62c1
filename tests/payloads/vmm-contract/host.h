/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host: a kernel at PL1 with its MMU on, and what it hands to Hyp.
 */
#ifndef PAYLOADS_VMM_CONTRACT_HOST_H
#define PAYLOADS_VMM_CONTRACT_HOST_H

#include <stdint.h>
#include "board.h"

/* The kernel's virtual addresses: RAM from its start, 64 MiB.  Flat addresses are mapped as well. */
#define KERNEL_VA 0xc0000000u

static inline uint32_t kernel_va(const void *flat)
{
    return (uint32_t)flat - RAM_BASE + KERNEL_VA;
}

/** host_start: from Hyp to SVC with the stub left behind; goes on at @code with a stack. */
void host_start(void (*code)(void));

/** host_mmu_on: short descriptors: RAM Normal, everything below it Device, and KERNEL_VA. */
void host_mmu_on(void);

/* Host's vectors: any exception ends the payload. */
extern const char host_vectors[];

#endif
