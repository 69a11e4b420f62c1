/* SPDX-License-Identifier: BSD-2-Clause */
/* Puts a guest's kernel, ramdisk and device tree into its memory. */
#ifndef VMM_BOOT_LOAD_H
#define VMM_BOOT_LOAD_H

#include "boot/config.h"

/* What the first vCPU begins with. */
struct guest_entry {
    uint32_t pc;
    uint32_t r0, r1, r2;
};

/*
 * Copies the modules to their places in the guest's memory and makes its tree, with virtio_count
 * devices.  Caches are clean then: the guest begins without its MMU.  False, and *fault filled: the
 * kernel is no zImage, or something does not fit.
 */
bool guest_load(const struct guest_config *guest, unsigned virtio_count,
                struct guest_entry *entry, struct config_fault *fault);

#endif
