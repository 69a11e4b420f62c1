/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accesses of guests to emulated devices: which device an address belongs to, and the transfer
 * between its register and the guest's.
 */
#ifndef VMM_CORE_MMIO_H
#define VMM_CORE_MMIO_H

#include <stdbool.h>
#include <stdint.h>
#include "core/addr.h"
#include "core/exit.h"
#include "core/insn.h"

#define MMIO_REGION_MAX 24

struct hypctx;
struct save_stream;

/* An access as a value.  offset is counted from the begin of the region. */
struct mmio_access {
    uint64_t offset;
    uint8_t size_bytes;      /* 1, 2 or 4 */
    bool is_write;
    uint32_t value;          /* written, or filled in by the handler; little-endian register value */
};

enum mmio_result {
    MMIO_DONE,
    MMIO_UNHANDLED,          /* nobody's, or not now: leaves as VM_EXIT_MMIO */
    MMIO_ABORT,              /* the device answers with an external abort */
};

/* A device's handler.  Called with the VM's lock held; ctx is the vCPU that accesses. */
typedef enum mmio_result mmio_handler(void *opaque, struct hypctx *ctx,
                                      struct mmio_access *access);

/* What else a device has, for those that take part in vm_save() and vm_reset(). */
struct mmio_device_ops {
    /* Moves the device's state through the stream, see save.h. */
    void (*save)(void *opaque, struct save_stream *s);
    /* To its reset state; what comes from outside (a pin, the time) stays. */
    void (*reset)(void *opaque);
};

struct mmio_region {
    ipaddr_t base;
    uint64_t size_bytes;
    mmio_handler *handler;
    void *opaque;
    const struct mmio_device_ops *ops; /* NULL: it has no state of its own */
};

/* Regions in ascending order that do not overlap. */
struct mmio_space {
    struct mmio_region region[MMIO_REGION_MAX];
    unsigned count;
};

/* Adds a region.  VMM_EINVAL: empty or beyond 40 bits; VMM_EEXIST: overlaps another;
 * VMM_ENOMEM: MMIO_REGION_MAX are there. */
int mmio_add(struct mmio_space *space, struct mmio_region region);

/* The region with ipa in it, or NULL. */
const struct mmio_region *mmio_find(const struct mmio_space *space, ipaddr_t ipa);

/* An instruction's transfers that are under way, kept while one of them leaves as VM_EXIT_MMIO. */
struct mmio_pending {
    struct insn_access insn;
    ipaddr_t ipa;            /* of the first transfer */
    uint8_t next;            /* index of the transfer that is due */
    uint8_t insn_bytes;
    bool active;
};

/* Begins the emulation of the instruction that aborted, by its syndrome or, when that says nothing
 * (ISV = 0), by its code.  False: no such access can be emulated, the guest must see the abort. */
bool mmio_begin(struct hypctx *ctx, const struct vm_exit *exit);

/*
 * Does the transfers that are due.  MMIO_DONE: the instruction is finished and skipped;
 * MMIO_ABORT: it is given up, registers and PC are as before but for what earlier transfers
 * loaded; MMIO_UNHANDLED: *out is VM_EXIT_MMIO for the next one, see mmio_supply().
 */
enum mmio_result mmio_continue(struct hypctx *ctx, struct vm_exit *out);

/* Completes the transfer that left; value is what a read gives, ignored for a write.  The rest is
 * done by mmio_continue(). */
void mmio_supply(struct hypctx *ctx, uint32_t value);

#endif
