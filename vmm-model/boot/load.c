/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A zImage, its ramdisk and tree.  Linux Documentation/arm/booting.rst: the kernel unpacks itself to
 * the start of memory, so what it reads lies above that; ramdisk and tree stay in low memory.
 */
#include <string.h>
#include "arch/arch.h"
#include "boot/guest_map.h"
#include "boot/guest_tree.h"
#include "boot/load.h"

#define ZIMAGE_MAGIC_AT   0x24u
#define ZIMAGE_MAGIC      0x016f2818u
#define ZIMAGE_HEAD_BYTES 0x30u
#define MACHINE_BY_TREE   0xffffffffu

#define KERNEL_OFFSET     0x2000000u  /* more than an unpacked kernel */
#define KERNEL_HEAP_BYTES 0x100000u   /* that the decompressor uses behind its image */
#define ALIGN_BYTES       0x200000u

/* Distances from the begin of the guest's memory. */
struct layout {
    uint64_t tree, ramdisk, end;
};

static uint64_t align(uint64_t value)
{
    return (value + (ALIGN_BYTES - 1)) & ~(uint64_t)(ALIGN_BYTES - 1);
}

static struct layout lay_out(const struct guest_config *guest)
{
    struct layout layout;

    layout.tree = align(KERNEL_OFFSET + guest->kernel.size_bytes + KERNEL_HEAP_BYTES);
    layout.ramdisk = layout.tree + ALIGN_BYTES;
    layout.end = layout.ramdisk + guest->ramdisk.size_bytes;
    return layout;
}

static void *at(struct range range, uint64_t offset)
{
    return arch_phys_to_virt(pa_init(range.base + offset));
}

static void copy(const struct guest_config *guest, uint64_t offset, struct range from)
{
    memcpy(at(guest->ram, offset), at(from, 0), (size_t)from.size_bytes);
    arch_clean_memory(at(guest->ram, offset), (size_t)from.size_bytes);
}

static bool fail(const struct guest_config *guest, struct config_fault *fault,
                 const char *property, const char *what)
{
    config_fault_set(fault, guest->node, property, what);
    return false;
}

static bool is_zimage(const struct guest_config *guest)
{
    uint32_t magic;

    if (guest->kernel.size_bytes < ZIMAGE_HEAD_BYTES) {
        return false;
    }
    memcpy(&magic, at(guest->kernel, ZIMAGE_MAGIC_AT), sizeof(magic));
    return magic == ZIMAGE_MAGIC;
}

static bool load_image(const struct guest_config *guest, struct guest_entry *entry,
                       struct config_fault *fault)
{
    if (guest->kernel.size_bytes > guest->ram.size_bytes) {
        return fail(guest, fault, "memory", "is too small for its image");
    }
    copy(guest, 0, guest->kernel);
    *entry = (struct guest_entry) {.pc = GUEST_RAM};
    return true;
}

static bool load_zimage(const struct guest_config *guest, unsigned virtio_count,
                        struct guest_entry *entry, struct config_fault *fault)
{
    struct layout layout = lay_out(guest);
    struct guest_tree tree = {
        .vcpu_count = guest->vcpu_count, .memory_bytes = guest->ram.size_bytes,
        .bootargs = guest->bootargs, .virtio_count = virtio_count,
        .ramdisk = {GUEST_RAM + layout.ramdisk, guest->ramdisk.size_bytes},
    };

    if (!is_zimage(guest)) {
        return fail(guest, fault, "multiboot,kernel", "is no zImage");
    }
    if (layout.end > guest->ram.size_bytes) {
        return fail(guest, fault, "memory", "is too small for kernel and ramdisk");
    }
    if (!guest_tree_make(&tree, at(guest->ram, layout.tree), GUEST_TREE_BYTES)) {
        return fail(guest, fault, "bootargs", "are too long");
    }
    arch_clean_memory(at(guest->ram, layout.tree), GUEST_TREE_BYTES);
    copy(guest, KERNEL_OFFSET, guest->kernel);
    if (guest->ramdisk.size_bytes > 0) {
        copy(guest, layout.ramdisk, guest->ramdisk);
    }
    *entry = (struct guest_entry) {
        .pc = GUEST_RAM + KERNEL_OFFSET, .r1 = MACHINE_BY_TREE,
        .r2 = GUEST_RAM + (uint32_t)layout.tree,
    };
    return true;
}

bool guest_load(const struct guest_config *guest, unsigned virtio_count,
                struct guest_entry *entry, struct config_fault *fault)
{
    return guest->is_image ? load_image(guest, entry, fault)
                           : load_zimage(guest, virtio_count, entry, fault);
}
