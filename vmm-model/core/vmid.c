/* SPDX-License-Identifier: BSD-2-Clause */
/* Allocation of VMIDs in generations. */
#include <stddef.h>
#include <string.h>
#include "core/vmid.h"

static bool is_used(const struct vmid_allocator *allocator, unsigned value)
{
    return allocator->used[value / 32] & 1u << value % 32;
}

static void set_used(struct vmid_allocator *allocator, unsigned value)
{
    allocator->used[value / 32] |= 1u << value % 32;
}

void vmid_init(struct vmid_allocator *allocator)
{
    memset(allocator, 0, sizeof(*allocator));
    allocator->generation = 1;
    set_used(allocator, 0);
}

static void begin_generation(struct vmid_allocator *allocator)
{
    allocator->generation++;
    memset(allocator->used, 0, sizeof(allocator->used));
    set_used(allocator, 0);
    for (unsigned cpu = 0; cpu < VMID_CPU_COUNT; cpu++) {
        struct vmid *running = allocator->running[cpu];

        if (running) {
            running->generation = allocator->generation;
            set_used(allocator, running->value);
        }
    }
}

/* The lowest VMID not used, or 0. */
static unsigned find_free(const struct vmid_allocator *allocator)
{
    for (unsigned value = 1; value < VMID_COUNT; value++) {
        if (!is_used(allocator, value)) {
            return value;
        }
    }
    return 0;
}

bool vmid_enter(struct vmid_allocator *allocator, struct vmid *vmid, unsigned cpu)
{
    bool new_generation = false;

    allocator->running[cpu] = NULL;
    if (vmid->generation != allocator->generation) {
        if (find_free(allocator) == 0) {
            begin_generation(allocator);
            new_generation = true;
        }
    }
    /* The new generation may have carried this VM over, from another CPU. */
    if (vmid->generation != allocator->generation) {
        vmid->value = (uint8_t)find_free(allocator);
        vmid->generation = allocator->generation;
        set_used(allocator, vmid->value);
    }
    allocator->running[cpu] = vmid;
    return new_generation;
}

void vmid_leave(struct vmid_allocator *allocator, unsigned cpu)
{
    allocator->running[cpu] = NULL;
}
