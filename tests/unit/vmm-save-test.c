/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A VM's state in a buffer, and its reset.
 *
 * The property: a VM whose guest does random things is saved at a random moment and restored into
 * another VM on the same memory; both do the same random things from there on, and their states stay
 * equal, byte for byte as vm_save() writes them, and so does what the guest saw.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/pl011.h"
#include "core/pl031.h"
#include "core/pl061.h"
#include "core/virtio_blk.h"
#include "core/virtio_console.h"
#include "core/virtio_net.h"
#include "vmm-seed.h"
#include "vmm-virtio.h"

#define VCPUS       2
#define BUFFER_SIZE 32768u
#define DEVICES     6
#define DEVICE_AT(n) (0x1c000000u + 0x10000u * (n))
#define INTID_OF(n) (40 + (n))

/* A VM with one of each device. */
struct machine {
    struct test_vm vm;
    struct pl011 uart;
    struct pl031 rtc;
    struct pl061 gpio;
    struct virtio_blk blk;
    struct virtio_console console;
    struct virtio_net card;
    struct net_switch net;
    uint64_t seen;             /* a sum of all that its guest saw */
};

static struct machine first, second;
static uint8_t buffer[BUFFER_SIZE], other[BUFFER_SIZE];
static size_t needed;

static int disk_transfer(void *opaque, uint64_t sector, void *to, uint32_t count)
{
    memset(to, (int)sector, count * BLK_SECTOR_BYTES);
    return 0;
}

static int disk_accept(void *opaque, uint64_t sector, const void *from, uint32_t count)
{
    return 0;
}

static const struct blk_backend disk = {
    .read = disk_transfer, .write = disk_accept, .sector_count = 64, .id = "zeroes",
};

static void put(void *opaque, char c)
{
    ((struct machine *)opaque)->seen += (uint8_t)c;
}

static void make(struct machine *m, unsigned number)
{
    static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1};
    struct hyp *hyp = &m->vm.hyp;
    struct mmio_region regions[DEVICES] = {
        {.handler = pl011_access, .opaque = &m->uart, .ops = &pl011_ops},
        {.handler = pl031_access, .opaque = &m->rtc, .ops = &pl031_ops},
        {.handler = pl061_access, .opaque = &m->gpio, .ops = &pl061_ops},
        {.handler = virtio_access, .opaque = &m->blk, .ops = &virtio_device_ops},
        {.handler = virtio_access, .opaque = &m->console, .ops = &virtio_device_ops},
        {.handler = virtio_access, .opaque = &m->card, .ops = &virtio_device_ops},
    };

    memset(m, 0, sizeof(*m));
    test_vm_add(&m->vm, VCPUS, number);
    net_switch_init(&m->net);
    pl011_init(&m->uart, hyp, INTID_OF(0), put, m);
    pl031_init(&m->rtc, hyp, INTID_OF(1), 10, 1000);
    pl061_init(&m->gpio, hyp, INTID_OF(2));
    virtio_blk_init(&m->blk, hyp, INTID_OF(3), &disk);
    virtio_console_init(&m->console, hyp, INTID_OF(4), put, m);
    assert_int_equal(virtio_net_init(&m->card, hyp, INTID_OF(5), &m->net, mac), VMM_OK);
    for (unsigned i = 0; i < DEVICES; i++) {
        regions[i].base = ipa_init(DEVICE_AT(i));
        regions[i].size_bytes = 0x1000;
        assert_int_equal(vm_add_device(hyp, regions[i]), VMM_OK);
    }
}

static int setup(void **state)
{
    fake_reset();
    fake.counter = 5000;
    make(&first, 0);
    make(&second, 1);
    return 0;
}

static void save_to(struct machine *m, uint8_t *to)
{
    assert_int_equal(vm_save(&m->vm.hyp, to, BUFFER_SIZE, &needed), VMM_OK);
}

/* ---- The random guest ---- */

struct act {
    struct machine *machine;
    struct seed *seed;
};

/* An access to a random register of a random device, or of the distributor. */
static void random_access(struct machine *m, struct hypctx *ctx, struct seed *seed)
{
    unsigned n = seed_below(seed, DEVICES + 1);
    struct mmio_access access = {.size_bytes = 4, .is_write = seed_below(seed, 2)};
    const struct mmio_region *region = mmio_find(
        &m->vm.hyp.mmio, ipa_init(n < DEVICES ? DEVICE_AT(n) : TEST_GICD));

    access.offset = seed_below(seed, n < 3 ? 0x10 : 0x48) * 4;
    access.offset += n == 2 && seed_below(seed, 2) ? 0x400 : 0;
    if (n == DEVICES) { /* mostly what makes interrupts pending or active */
        static const uint16_t often[] = {0x204, 0x200, 0x304, 0xf00, 0xf20, 0x284};

        access.offset = seed_below(seed, 4) ? often[seed_below(seed, 6)]
                                            : seed_below(seed, 0x3c4) * 4;
    }
    access.value = access.is_write ? seed_below(seed, 4) ? seed_below(seed, 16)
                                                         : seed_below(seed, UINT32_MAX) : 0;
    region->handler(region->opaque, ctx, &access);
    m->seen = m->seen * 31 + access.value;
}

/* A driver that is at work, and a request of its. */
static void random_request(struct machine *m, struct seed *seed)
{
    struct virtio *virtio = seed_below(seed, 2) ? &m->console.virtio : &m->blk.virtio;
    unsigned queue = virtio->ops->queue_count - 1;
    struct driver driver = {.virtio = virtio};
    uint32_t bytes = seed_below(seed, 600);

    if (!(get(virtio, 0x70) & VIRTIO_DRIVER_OK) || needs_reset(&driver)) {
        driver_start(&driver, virtio, FEATURES);
    }
    driver.offered[queue] = virtio->queue[queue].avail_index;
    desc(&driver, queue, 0, BUFFER, 16, DESC_F_NEXT, 1);
    desc(&driver, queue, 1, BUFFER + 16, bytes, virtio == &m->blk.virtio ? DESC_F_WRITE : 0, 0);
    offer(&driver, queue, 0);
    set(virtio, 0x50, queue);
}

/* What comes from outside. */
static void random_event(struct machine *m, struct seed *seed)
{
    unsigned what = seed_below(seed, 3), value = seed_below(seed, 8);

    arch_lock(&m->vm.hyp.lock);
    if (what == 0) {
        pl011_receive(&m->uart, (char)value);
    } else if (what == 1) {
        virtio_console_receive(&m->console, (char)value);
    } else {
        pl061_set_pin(&m->gpio, value, seed_below(seed, 2));
    }
    arch_unlock(&m->vm.hyp.lock);
}

static void random_registers(struct hypctx *ctx, struct seed *seed)
{
    struct timer_regs *virt = &fake.hw[fake.cpu].virt;

    ctx->regs.r[seed_below(seed, 13)] = seed_below(seed, UINT32_MAX);
    fake.hw[fake.cpu].regs.sp[BANK_SVC] = seed_below(seed, UINT32_MAX);
    fake.hw[fake.cpu].sys.ttbr0 = seed_below(seed, UINT32_MAX);
    virt->ctl = seed_below(seed, 4);
    virt->cval = fake.counter - ctx->hyp->cntvoff + seed_below(seed, 500);
    ctx->vtimer.phys = (struct timer_regs) {seed_below(seed, 4),
                                            fake.counter + seed_below(seed, 500)};
}

/* One stay in the guest: it acts, acknowledges and ends an interrupt, and waits. */
static struct trap_regs act(struct hypctx *ctx, void *opaque)
{
    struct act *a = opaque;
    struct fake_gich *gich = &fake.gich[fake.cpu];
    uint32_t iar = gicv_iar(gich);

    a->machine->seen = a->machine->seen * 31 + iar;
    if (iar != 1023 && seed_below(a->seed, 3)) {
        gicv_eoir(gich, iar);
    }
    random_registers(ctx, a->seed);
    arch_lock(&ctx->hyp->lock);
    random_access(a->machine, ctx, a->seed);
    arch_unlock(&ctx->hyp->lock);
    random_request(a->machine, a->seed);
    ctx->regs.pc += 4;
    return (struct trap_regs) {.vector = HYP_VECTOR_TRAP, .hsr = 0x07e00001}; /* WFE: leaves */
}

/* One step of the machine, by what the seed says; the vCPU is put afterwards. */
static void step(struct machine *m, struct seed *seed)
{
    struct act a = {m, seed};
    struct hypctx *ctx = &m->vm.hyp.vcpu[seed_below(seed, VCPUS)];

    fake.guest = act;
    fake.guest_opaque = &a;
    fake.cpu = 0;
    if (seed_below(seed, 4) == 0) {
        random_event(m, seed);
    }
    vcpu_run(ctx, 0, fake.counter + seed_below(seed, 2)); /* work may end with the slice */
    vcpu_put(ctx);
}

static void boot(struct machine *m)
{
    struct hypctx *ctx = &m->vm.hyp.vcpu[0];
    static const uint32_t all = UINT32_MAX;

    for (unsigned i = 0; i < VCPUS; i++) {
        assert_int_equal(vcpu_boot(&m->vm.hyp.vcpu[i], TEST_RAM, 0, 0, 0), VMM_OK);
        m->vm.hyp.vcpu[i].vgic.vmcr = 0xf8000001;
    }
    test_gicd_write(ctx, 0, 1);
    for (unsigned i = 0; i < 4; i++) {
        test_gicd_write(ctx, 0x100 + 4 * i, all);
    }
    for (unsigned i = 0; i < 24; i++) {
        test_gicd_write(ctx, 0x820 + 4 * i, 0x01030201);
    }
}

static void copy_memory(struct machine *to, struct machine *from)
{
    uint64_t bytes;

    memcpy(guest_mem_at(&to->vm.hyp, ipa_init(TEST_RAM), true, &bytes),
           guest_mem_at(&from->vm.hyp, ipa_init(TEST_RAM), false, &bytes), TEST_RAM_SIZE);
}

static void test_both_continue_identically(void **state)
{
    struct seed seed = {seed_choose()};

    for (unsigned round = 0; round < 60; round++) {
        unsigned steps = seed_below(&seed, 60);
        struct seed a, b;

        setup(state);
        boot(&first);
        for (unsigned i = 0; i < steps; i++, fake.counter += seed_below(&seed, 40)) {
            step(&first, &seed);
        }
        save_to(&first, buffer);
        copy_memory(&second, &first);
        assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_OK);
        second.seen = first.seen;
        a = b = seed;
        for (unsigned i = 0; i < 60; i++, fake.counter += seed_below(&seed, 40)) {
            step(&first, &a);
            step(&second, &b);
            assert_true(first.seen == second.seen);
        }
        save_to(&first, buffer);
        save_to(&second, other);
        assert_memory_equal(buffer, other, needed);
    }
}

/* ---- Buffers ---- */

static void test_times_keep_their_distance(void **state)
{
    boot(&first);
    first.vm.hyp.vcpu[0].vtimer.phys = (struct timer_regs) {1, 5100};
    first.rtc.alarm.due = 5200;
    fake.counter = 5050;
    save_to(&first, buffer);
    fake.counter = 90000;
    assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_OK);
    assert_true(second.vm.hyp.vcpu[0].vtimer.phys.cval == 90050);
    assert_true(fake.counter - second.vm.hyp.cntvoff == 50);
    assert_true(fake.counter - second.rtc.zero == 10050);
    assert_true(second.rtc.alarm.due == 90150);
}

static void test_a_buffer_that_is_too_small(void **state)
{
    size_t size;

    assert_int_equal(vm_save(&first.vm.hyp, NULL, 0, &size), VMM_ENOMEM);
    memset(buffer, 0xcc, sizeof(buffer));
    assert_int_equal(vm_save(&first.vm.hyp, buffer, size - 1, &needed), VMM_ENOMEM);
    assert_int_equal(needed, size);
    assert_int_equal(buffer[size - 1], 0xcc);
    assert_int_equal(vm_save(&first.vm.hyp, buffer, size, &needed), VMM_OK);
}

static void test_a_vm_that_runs_is_not_saved(void **state)
{
    boot(&first);
    save_to(&first, buffer);
    test_vm_load(&first.vm, 0);
    assert_int_equal(vm_save(&first.vm.hyp, other, sizeof(other), &needed), VMM_EBUSY);
    assert_int_equal(vm_restore(&first.vm.hyp, buffer, needed), VMM_EBUSY);
    vcpu_put(&first.vm.hyp.vcpu[0]);
    first.vm.hyp.vcpu[1].mmio.active = true;
    assert_int_equal(vm_save(&first.vm.hyp, other, sizeof(other), &needed), VMM_EBUSY);
}

static void test_every_shorter_or_longer_buffer_is_refused(void **state)
{
    size_t length;

    boot(&first);
    save_to(&first, buffer);
    length = needed;
    save_to(&second, other);
    for (size_t i = 0; i < length; i++) {
        assert_int_equal(vm_restore(&second.vm.hyp, buffer, i), VMM_EINVAL);
    }
    assert_int_equal(vm_restore(&second.vm.hyp, buffer, length + 1), VMM_EINVAL);
    /* Nothing has changed. */
    save_to(&first, buffer);
    save_to(&second, buffer);
    assert_memory_equal(buffer, other, needed);
}

/* A byte of the buffer is changed: it is refused and nothing changes, or what is then saved is the
 * changed buffer, which the VM can run with. */
static void test_random_damage(void **state)
{
    struct seed seed = {seed_choose()};
    static uint8_t before[BUFFER_SIZE];
    unsigned refused = 0;

    boot(&first);
    for (unsigned i = 0; i < 20; i++) {
        step(&first, &seed);
    }
    save_to(&first, buffer);
    for (unsigned i = 0; i < 3000; i++) {
        unsigned at = seed_below(&seed, (uint32_t)needed);
        uint8_t old = buffer[at];

        buffer[at] = (uint8_t)seed_below(&seed, 256);
        save_to(&second, before);
        if (vm_restore(&second.vm.hyp, buffer, needed) == VMM_OK) {
            save_to(&second, other);
            assert_memory_equal(other, buffer, needed);
            step(&second, &seed);
        } else {
            refused++;
            save_to(&second, other);
            assert_memory_equal(other, before, needed);
        }
        buffer[at] = old;
    }
    assert_true(refused > 100);
}

/* What a guest could not get by itself: Hyp mode. */
static void test_no_guest_returns_to_hyp(void **state)
{
    static const uint8_t modes[] = {0x1a, 0x16, 0x00, 0x14};

    boot(&first);
    for (unsigned i = 0; i < sizeof(modes); i++) {
        first.vm.hyp.vcpu[1].regs.cpsr = modes[i];
        save_to(&first, buffer);
        assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_EINVAL);
    }
    for (unsigned mode = 0x10; mode < 0x20; mode++) {
        first.vm.hyp.vcpu[1].regs.cpsr = mode;
        save_to(&first, buffer);
        assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed) == VMM_OK,
                         0x888fu >> (mode & 15) & 1);
    }
}

static void test_a_different_vm_is_refused(void **state)
{
    boot(&first);
    save_to(&first, buffer);
    second.vm.hyp.mmio.region[0].base = ipa_init(0x1bff0000);
    assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_EINVAL);
    second.vm.hyp.mmio.region[0].base = ipa_init(DEVICE_AT(0));
    assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_OK);
    second.vm.hyp.vcpu_count = 1;
    assert_int_equal(vm_restore(&second.vm.hyp, buffer, needed), VMM_EINVAL);
}

/* ---- Reset ---- */

static void test_reset_is_as_it_was_made(void **state)
{
    struct seed seed = {7};
    struct hyp *hyp = &first.vm.hyp;

    boot(&first);
    for (unsigned i = 0; i < 30; i++) {
        step(&first, &seed);
    }
    assert_int_equal(vm_reset(hyp), VMM_EINVAL); /* it has not stopped */
    hyp->power = VM_RESET;
    test_vm_load(&first.vm, 0);
    assert_int_equal(vm_reset(hyp), VMM_EBUSY);
    vcpu_put(&hyp->vcpu[0]);
    fake.counter = 7000;
    pl061_set_pin(&first.gpio, PL061_POWER_BUTTON, true);
    assert_int_equal(vm_reset(hyp), VMM_OK);
    assert_int_equal(vm_reset(hyp), VMM_EINVAL);
    assert_int_equal(hyp->power, VM_RUNNING);
    assert_true(hyp->cntvoff == 7000);
    assert_null(hyp->work);
    for (unsigned i = 0; i < VCPUS; i++) {
        assert_int_equal(hyp->vcpu[i].power, VCPU_OFF);
    }
    assert_int_equal(hyp->vgic.ctlr, 0);
    for (unsigned i = 0; i < VGIC_SHARED_COUNT; i++) {
        assert_false(hyp->vgic.irq[i].enabled || hyp->vgic.irq[i].line);
    }
    assert_int_equal(first.blk.virtio.status, 0);
    assert_int_equal(first.console.count, 0);
    assert_int_equal(first.uart.count, 0);
    assert_int_equal(first.uart.imsc, 0);
    assert_int_equal(first.gpio.ie, 0);
    assert_int_equal(first.gpio.input & 1u << PL061_POWER_BUTTON, 1u << PL061_POWER_BUTTON);
    assert_true(first.rtc.alarm.due == UINT64_MAX && first.rtc.masked);
    assert_int_equal(vcpu_boot(&hyp->vcpu[0], TEST_RAM, 0, 0, 0), VMM_OK);
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_continue_identically),
        TEST(times_keep_their_distance),
        TEST(a_buffer_that_is_too_small),
        TEST(a_vm_that_runs_is_not_saved),
        TEST(every_shorter_or_longer_buffer_is_refused),
        TEST(random_damage),
        TEST(no_guest_returns_to_hyp),
        TEST(a_different_vm_is_refused),
        TEST(reset_is_as_it_was_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
