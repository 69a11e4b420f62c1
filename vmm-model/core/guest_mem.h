/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The guest's memory seen from the hypervisor.
 */
#ifndef VMM_CORE_GUEST_MEM_H
#define VMM_CORE_GUEST_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/addr.h"

struct hyp;
struct hypctx;

/* Where the hypervisor finds the guest's Normal memory at ipa, readable and, if write, writable;
 * *size_bytes gets the number of bytes that are contiguous from there on in both worlds (up to the
 * end of the leaf).  NULL if there is none.  Wants the VM's lock held for as long as it is used. */
void *guest_mem_at(struct hyp *hyp, ipaddr_t ipa, bool write, uint64_t *size_bytes);

/* Copies from and to the guest's memory; false if any byte is not there (some may be copied). */
bool guest_mem_read(struct hyp *hyp, ipaddr_t ipa, void *to, size_t size_bytes);
bool guest_mem_write(struct hyp *hyp, ipaddr_t ipa, const void *from, size_t size_bytes);

/* Reads the instruction at PC of the loaded vCPU: *insn as insn_decode() wants it, *insn_bytes 2 or
 * 4.  False if it cannot be read: another vCPU may have unmapped it since the trap. */
bool guest_read_insn(struct hypctx *ctx, uint32_t *insn, unsigned *insn_bytes);

#endif
