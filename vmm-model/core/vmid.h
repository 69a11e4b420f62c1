/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VMIDs: 8 bits that tag the TLB entries of a VM.  More VMs than VMIDs are possible: when all are
 * used a new generation begins, all TLBs are emptied once and VMs get new ones as they run.
 * VMID 0 belongs to the host of stub mode and is never given out.
 */
#ifndef VMM_CORE_VMID_H
#define VMM_CORE_VMID_H

#include <stdbool.h>
#include <stdint.h>

#define VMID_COUNT     256
#define VMID_CPU_COUNT 2

/* A VM's VMID; valid in its generation only.  Zeroed: none yet. */
struct vmid {
    uint64_t generation;
    uint8_t value;
};

struct vmid_allocator {
    uint64_t generation;
    uint32_t used[VMID_COUNT / 32];
    /* Whose VMID each CPU has in VTTBR, or NULL.  Those are carried over into a new generation,
     * since a CPU that runs with one keeps filling its TLB. */
    struct vmid *running[VMID_CPU_COUNT];
};

void vmid_init(struct vmid_allocator *allocator);

/*
 * To be called, with the allocator locked, before cpu runs a VM: afterwards vmid is valid and
 * marked as running there.  Returns true if a new generation began: the caller must call
 * arch_s2_flush_all() before it enters the guest, still with the lock held.
 */
bool vmid_enter(struct vmid_allocator *allocator, struct vmid *vmid, unsigned cpu);

/* cpu runs no VM any more. */
void vmid_leave(struct vmid_allocator *allocator, unsigned cpu);

#endif
