/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever tree the hypervisor is handed, its reader ends, reads nothing outside, and gives guests
 * only what the board has: memory that overlaps no other guest's, no module, nor the hypervisor.
 * libFuzzer with sanitizers; tests/unit/vmm-fuzz builds and runs it.  Seeds: trees of dtc's.
 */
#include <stdlib.h>
#include <string.h>

#include "arch/fake/fake.h"
#include "boot/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes);

static const struct config_board board = {
    .reach = {0x40000000, 0x80000000}, .image = {0x40200000, 0x100000}, .vcpu_max = 8,
};

static void ignore(void *opaque, const struct config_fault *fault)
{
    unsigned *count = opaque;

    (*count)++;
    fake_check(strnlen(fault->node, CONFIG_NODE_BYTES) < CONFIG_NODE_BYTES, "an open string");
}

static void check_guest(const struct machine_config *config, unsigned number)
{
    const struct guest_config *guest = &config->guest[number];

    fake_check(range_contains(board.reach, guest->ram), "memory that the board has not");
    fake_check(range_contains(board.reach, guest->kernel), "a kernel outside of memory");
    fake_check(!range_overlaps(board.image, guest->ram), "the hypervisor's memory");
    fake_check(!range_overlaps(board.image, guest->kernel), "the hypervisor as a kernel");
    fake_check(guest->vcpu_count >= 1 && guest->vcpu_count <= 8, "number of vCPUs");
    fake_check(strlen(guest->bootargs) < 0x100000, "bootargs");
    for (unsigned i = 0; i < config->guest_count; i++) {
        fake_check(i == number || !range_overlaps(config->guest[i].ram, guest->ram),
                   "memory of two guests");
        fake_check(!range_overlaps(config->guest[i].kernel, guest->ram), "memory on a module");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes)
{
    struct machine_config config;
    unsigned faults = 0;
    uint8_t *tree = malloc(size_bytes + 1); /* its own block, so that the sanitizer sees the end */

    memcpy(tree, data, size_bytes);
    config_read(tree, size_bytes, 0x43000000, &board, &config, ignore, &faults);
    fake_check(config.guest_count > 0 || faults > 0, "nothing starts, and nothing is said");
    for (unsigned i = 0; i < config.guest_count; i++) {
        check_guest(&config, i);
    }
    free(tree);
    return 0;
}
