/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Guest loops whose cost in host instructions scripts/bench compares.  Each runs @count times over
 * @buffer, 32 KiB aligned to 4 KiB, and returns a sum that depends on everything it did.
 */
#ifndef PAYLOADS_LOOPS_H
#define PAYLOADS_LOOPS_H

#include <stdint.h>

#define LOOP_BUFFER_BYTES 0x8000u

/* Arithmetic, shifts, multiplication, flags and branches; no memory. */
uint32_t loop_cpu(uint32_t count, void *buffer);

/* Loads and stores of every size and kind, each aligned to what it transfers. */
uint32_t loop_memory(uint32_t count, void *buffer);

/* TLBIALL, then a load from each of 64 pages of 4 KiB from @buffer on: 64 translation table walks. */
uint32_t loop_walks(uint32_t count, void *buffer);

/* Loads of a word of a device's register at @buffer. */
uint32_t loop_mmio(uint32_t count, void *buffer);

/* SVC and its return. */
uint32_t loop_svc(uint32_t count, void *buffer);

/* PL1's vectors: SVC returns at once, everything else ends the guest. */
extern uint32_t loop_vectors[];

#endif
