/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree that a Linux guest sees. */
#ifndef VMM_BOOT_GUEST_TREE_H
#define VMM_BOOT_GUEST_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include "boot/range.h"

#define GUEST_TREE_BYTES 0x4000u

struct guest_tree {
    unsigned vcpu_count;
    uint64_t memory_bytes;      /* from GUEST_RAM on */
    const char *bootargs;
    struct range ramdisk;       /* IPA; empty: none */
    unsigned virtio_count;      /* devices from GUEST_VIRTIO on */
};

/* Writes the tree into to, of size_bytes; false if that is too small. */
bool guest_tree_make(const struct guest_tree *tree, void *to, uint32_t size_bytes);

#endif
