/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the board's device tree says about the guests to start.  Each is a child of /chosen, in the
 * spirit of Xen's dom0less domains:
 *
 *   compatible = "vmm-model,guest"
 *   memory     u64, KiB, a multiple of 2 MiB
 *   cpus       u32, vCPUs; 1 if absent
 *   disk       u32, the number of the SD card's partition that is its virtio-blk disk; optional
 *   children   "multiboot,kernel" (a zImage, with bootargs) or "vmm-model,image" (a program that
 *              runs at its memory's first byte); "multiboot,ramdisk"; each with reg in the
 *              board's memory, by the guest node's #address-cells and #size-cells
 *
 * Two guests may name the same module.  No phandle is followed, and nothing below a module is read:
 * a tree cannot make the reader loop.
 */
#ifndef VMM_BOOT_CONFIG_H
#define VMM_BOOT_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "boot/range.h"

#define CONFIG_GUEST_MAX   4
#define CONFIG_NODE_BYTES  64
#define CONFIG_RAM_ALIGN   0x200000u    /* stage 2 maps a guest's memory in blocks */

struct guest_config {
    char node[CONFIG_NODE_BYTES];   /* path in the tree */
    unsigned vcpu_count;
    unsigned disk_partition;        /* 0: no disk */
    bool is_image;                  /* kernel is a "vmm-model,image" */
    struct range kernel, ramdisk;   /* ramdisk.size_bytes is 0 if there is none */
    const char *bootargs;           /* in the tree, or "" */
    struct range ram;               /* in the board's memory */
};

struct machine_config {
    struct guest_config guest[CONFIG_GUEST_MAX];
    unsigned guest_count;
};

/* What the hypervisor itself knows of the board. */
struct config_board {
    struct range reach;     /* memory that it can address */
    struct range image;     /* itself, with stacks */
    unsigned vcpu_max;      /* of one guest */
};

/* Why a guest, or all of them, cannot be started: a line for the console. */
struct config_fault {
    char node[CONFIG_NODE_BYTES];   /* path, or "device tree" */
    const char *property;           /* of that node, or NULL */
    const char *what;
};

typedef void config_report(void *opaque, const struct config_fault *fault);

/*
 * Reads the tree at fdt, of at most limit_bytes, and finds memory for each guest; reports what is
 * wrong, a fault for each guest that is left out, and one if there is no guest at all.  The tree
 * stays in use: bootargs points into it.  tree_pa: its physical address, which no guest gets.
 */
void config_read(const void *fdt, size_t limit_bytes, uint64_t tree_pa,
                 const struct config_board *board, struct machine_config *config,
                 config_report *report, void *opaque);

/* Fills *fault; node is cut if it is longer than fits. */
void config_fault_set(struct config_fault *fault, const char *node, const char *property,
                      const char *what);

#endif
