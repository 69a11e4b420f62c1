/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A VM on the fake machine, for tests.
 */
#ifndef TESTS_UNIT_VMM_VM_H
#define TESTS_UNIT_VMM_VM_H

#include "arch/fake/fake.h"
#include "core/sched.h"
#include "core/vm.h"

#define TEST_GICD     0x2c001000u
#define TEST_RAM      0x40000000u     /* IPA of the guest's memory */
#define TEST_RAM_PA   (FAKE_RAM_BASE + (4u << 20))
#define TEST_RAM_SIZE (2u << 20)

struct test_vm {
    struct hyp hyp;
    struct page_pool pool;
    struct vmid_allocator vmids;
    struct arch_lock vmid_lock;
    struct sched sched;
};

/* VM number `number` of the machine: its memory lies 2 MiB behind the one before. */
static inline void test_vm_add(struct test_vm *vm, unsigned vcpu_count, unsigned number)
{
    struct vm_config config = {
        .vcpu_count = vcpu_count, .lr_count = FAKE_LR_COUNT, .table_page_count = 32,
        .pool = &vm->pool, .vmids = &vm->vmids, .vmid_lock = &vm->vmid_lock,
        .sched = &vm->sched,
    };

    config.table_memory = fake_ram(number * (256u << 10));
    vmid_init(&vm->vmids);
    vm->vmid_lock.taken = 0;
    sched_init(&vm->sched, 1000);
    fake_check(vm_create(&vm->hyp, &config) == VMM_OK, "vm_create");
    fake_check(vm_map(&vm->hyp, ipa_init(TEST_RAM), pa_init(TEST_RAM_PA + number * TEST_RAM_SIZE),
                      TEST_RAM_SIZE, S2_RWX) == VMM_OK, "vm_map");
    fake_check(vm_add_vgic(&vm->hyp, ipa_init(TEST_GICD)) == VMM_OK, "vm_add_vgic");
}

/* A VM with 2 MiB of memory and a distributor, all vCPUs off, on a machine that was reset. */
static inline void test_vm_create(struct test_vm *vm, unsigned vcpu_count)
{
    fake_reset();
    test_vm_add(vm, vcpu_count, 0);
}

/* Loads vCPU i on CPU i, as vcpu_run() would. */
static inline void test_vm_load(struct test_vm *vm, unsigned i)
{
    struct hypctx *ctx = &vm->hyp.vcpu[i];

    fake.cpu = i;
    ctx->cpu = (int)i;
    arch_vcpu_load(ctx);
    vgic_load(ctx);
}

/* An access to the distributor by vCPU ctx; returns what was read. */
static inline uint32_t test_gicd(struct hypctx *ctx, unsigned offset, unsigned size_bytes,
                                 bool is_write, uint32_t value)
{
    struct mmio_access access = {
        .offset = offset, .size_bytes = (uint8_t)size_bytes, .is_write = is_write,
        .value = is_write ? value : 0,
    };

    fake_check(vgic_dist_access(ctx->hyp, ctx, &access) == MMIO_DONE, "distributor");
    return access.value;
}

static inline void test_gicd_write(struct hypctx *ctx, unsigned offset, uint32_t value)
{
    test_gicd(ctx, offset, 4, true, value);
}

static inline uint32_t test_gicd_read(struct hypctx *ctx, unsigned offset)
{
    return test_gicd(ctx, offset, 4, false, 0);
}

#endif
