/* SPDX-License-Identifier: BSD-2-Clause */
/* The VMs of a type 1 start: what each is made of, and its console. */
#ifndef VMM_ARMV7_MACHINE_H
#define VMM_ARMV7_MACHINE_H

#include "arch/armv7/devices.h"
#include "arch/armv7/disk.h"
#include "boot/config.h"
#include "boot/guest_map.h"
#include "boot/load.h"
#include "core/pl011.h"
#include "core/sched.h"
#include "core/vm.h"

#define CONSOLE_LINE_MAX 120
#define VM_TABLE_PAGES   16

/* The part of a VM that is the board's. hyp is first: see slot_of(). */
struct vm_slot {
    struct hyp hyp;
    struct page_pool pool;
    struct pl011 uart;
    struct disk disk;
    struct virtio_blk blk;
    struct guest_devices devices;
    struct guest_config guest;          /* what it is loaded from again after a reset */
    unsigned number;
    unsigned virtio_count;              /* devices at GUEST_VIRTIO that are there */
    char line[CONSOLE_LINE_MAX + 1];    /* of the console, not yet shown */
    unsigned line_length;
    bool is_off;
    uint8_t tables[VM_TABLE_PAGES][POOL_PAGE_BYTES] __attribute__((aligned(8192)));
};

struct machine {
    struct vmid_allocator vmids;
    struct arch_lock vmid_lock;
    struct sched sched;
    struct arch_lock lock;              /* of the fields below */
    struct vm_slot vm[CONFIG_GUEST_MAX];
    unsigned vm_count;
    unsigned off_count;
};

extern struct machine machine;

static inline struct vm_slot *slot_of(struct hypctx *ctx)
{
    return (struct vm_slot *)ctx->hyp;
}

/* Makes the next VM of the machine and starts its first vCPU; false if guest cannot be started,
 * which is said on the console.  machine.c */
bool machine_add(const struct guest_config *guest, unsigned lr_count);

/* Notes that slot's VM is off; with the last one the board goes off. */
void machine_vm_is_off(struct vm_slot *slot);

/* Loads slot's guest anew and starts it, if all of its vCPUs have stopped for its reset and are put;
 * to be called for each that has. */
void machine_vm_reset(struct vm_slot *slot);

/* A line for the console that says what is wrong with a guest, or the tree; for config_read(). */
void machine_report(void *opaque, const struct config_fault *fault);

/* A character of a guest: whole lines are shown, with the VM's number.  console.c */
void console_guest_put(struct vm_slot *slot, char c);

/* Takes what was typed, for the guest that listens: VM 0 at first; Ctrl-A and a digit choose another,
 * Ctrl-A p presses its power button, Ctrl-A twice is one.  The caller holds no lock.  console.c */
void console_receive(void);

/* Gives the guest that listens as much of it as it has room for; to be called between two vCPUs. */
void console_feed(void);

/* A line of the hypervisor's own, in pieces; NULL pieces are left out.  console.c */
void console_say(const char *a, const char *b, const char *c, const char *d, const char *e);

#endif
