/*
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "board.h"
#include "mmio.h"
#include "world.h"

/* IHI 0048B table 5-1. */
#define GICH_HCR 0x00
#define GICH_VMCR 0x08
#define GICH_MISR 0x10
#define GICH_EISR0 0x20
#define GICH_ELRSR0 0x30
#define GICH_APR 0xf0
#define GICH_LR(n) (0x100 + 4 * (n))

static void gich_save(struct world *world)
{
    world->gich_vmcr = mmio_read32(board.gich + GICH_VMCR);
    world->gich_misr = mmio_read32(board.gich + GICH_MISR);
    world->gich_eisr = mmio_read32(board.gich + GICH_EISR0);
    world->gich_elrsr = mmio_read32(board.gich + GICH_ELRSR0);
    world->gich_apr = mmio_read32(board.gich + GICH_APR);
    for (unsigned i = 0; i < WORLD_LRS; i++) {
        world->gich_lr[i] = mmio_read32(board.gich + GICH_LR(i));
    }
    mmio_write32(board.gich + GICH_HCR, 0);
}

static void gich_load(const struct world *world)
{
    mmio_write32(board.gich + GICH_HCR, world->gich_hcr);
    mmio_write32(board.gich + GICH_VMCR, world->gich_vmcr);
    mmio_write32(board.gich + GICH_APR, world->gich_apr);
    for (unsigned i = 0; i < WORLD_LRS; i++) {
        mmio_write32(board.gich + GICH_LR(i), world->gich_lr[i]);
    }
}

void world_save(struct world *world, const struct frame *frame)
{
    world->frame = *frame;
#define SAVE(name, encoding) __asm__ volatile("mrc p15, " encoding : "=r"(world->name));
    WORLD_CP15(SAVE)
#undef SAVE
#define SAVE(name, encoding) __asm__ volatile("mrrc p15, " encoding : "=r"(world->name));
    WORLD_CP15_64(SAVE)
#undef SAVE
#define SAVE(name) \
    __asm__ volatile(".arch_extension virt\n mrs %0, " #name : "=r"(world->name));
    WORLD_BANKED(SAVE)
#undef SAVE
    if (world->has_vgic) {
        gich_save(world);
    }
}

void world_load(const struct world *world, struct frame *frame)
{
#define LOAD(name, encoding) __asm__ volatile("mcr p15, " encoding : : "r"(world->name));
    WORLD_HYP(LOAD)
    WORLD_CP15(LOAD)
#undef LOAD
#define LOAD(name, encoding) __asm__ volatile("mcrr p15, " encoding : : "r"(world->name));
    WORLD_CP15_64(LOAD)
    LOAD(vttbr, "6, %Q0, %R0, c2")
    LOAD(cntvoff, "4, %Q0, %R0, c14")
#undef LOAD
#define LOAD(name) \
    __asm__ volatile(".arch_extension virt\n msr " #name ", %0" : : "r"(world->name));
    WORLD_BANKED(LOAD)
#undef LOAD
    if (world->has_vgic) {
        gich_load(world);
    }
    *frame = world->frame;
}
