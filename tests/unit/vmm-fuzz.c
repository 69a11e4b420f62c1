/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever a guest puts into a syndrome, an instruction, the distributor, a virtqueue or a device's
 * registers, and whatever is in a buffer for vm_restore(), the core gives a defined answer.  The first byte of the input chooses what the rest is for.  libFuzzer, with the
 * address and undefined-behaviour sanitizers; tests/unit/vmm-fuzz builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/insn.h"
#include "core/pl011.h"
#include "core/pl031.h"
#include "core/pl061.h"
#include "core/virtio_blk.h"
#include "core/virtio_console.h"
#include "core/virtio_net.h"
#include "core/virtio_rng.h"
#include "vmm-virtio.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes);

/* The next word of the input; 0 behind its end. */
struct input {
    const uint8_t *data;
    size_t left_bytes;
};

static uint32_t take(struct input *input)
{
    uint32_t word = 0;
    size_t bytes = input->left_bytes < sizeof(word) ? input->left_bytes : sizeof(word);

    memcpy(&word, input->data, bytes);
    input->data += bytes;
    input->left_bytes -= bytes;
    return word;
}

static void fuzz_trap(struct input *input)
{
    struct trap_regs trap = {.vector = (enum hyp_vector)(take(input) & 7)};
    struct vm_exit exit;

    trap.hsr = take(input);
    trap.hdfar = take(input);
    trap.hifar = take(input);
    trap.hpfar = take(input);
    exit = trap_decode(&trap, 0x8000, take(input));
    fake_check(exit.code < VM_EXIT_CODE_COUNT, "no such exit");
    if (exit.code == VM_EXIT_ABORT) {
        fake_check(exit.u.abort.ipa.value >> 40 == 0, "an IPA beyond 40 bits");
    }
}

static void fuzz_insn(struct input *input)
{
    struct insn_context context;
    struct insn_access access;
    uint32_t insn = take(input);

    for (unsigned n = 0; n < 16; n++) {
        context.r[n] = take(input);
    }
    context.cpsr = take(input);
    if (!insn_decode(insn, insn & 1u << 31 ? 4 : 2, &context, &access)) {
        return;
    }
    fake_check(access.count >= 1 && access.count <= 16, "number of transfers");
    fake_check(access.size_bytes == 1 || access.size_bytes == 2 || access.size_bytes == 4, "size");
    fake_check(!access.writeback || access.rn < 15, "writeback to the PC");
    for (unsigned i = 0; i < access.count; i++) {
        fake_check(access.reg[i] < 15 || !access.is_load, "a load of the PC");
    }
}

/* Two vCPUs at the distributor and at their interfaces; no shared interrupt is in list registers of
 * both, and no interrupt twice in one's (IHI 0048B 5.2.2). */
static void check_list_registers(const struct test_vm *vm)
{
    uint8_t held[2][VGIC_IRQ_COUNT] = {{0}};

    for (unsigned vcpu = 0; vcpu < 2; vcpu++) {
        const struct vgic_cpu *cpu = &vm->hyp.vcpu[vcpu].vgic;

        for (unsigned i = 0; i < cpu->lr_used; i++) {
            fake_check(++held[vcpu][cpu->lr[i].intid] == 1, "an interrupt held twice");
        }
    }
    for (unsigned intid = VGIC_PRIVATE_COUNT; intid < VGIC_IRQ_COUNT; intid++) {
        fake_check(held[0][intid] + held[1][intid] <= 1, "an interrupt held by two vCPUs");
    }
}

/* The VM is made once (that zeroes all of the fake RAM), its interrupts anew each time: all SPIs
 * enabled, for both vCPUs. */
static void reset_vgic(struct test_vm *vm)
{
    if (vm->hyp.vcpu_count == 0) {
        test_vm_create(vm, 2);
        test_vm_load(vm, 0);
        test_vm_load(vm, 1);
    }
    vgic_init(&vm->hyp.vgic, FAKE_LR_COUNT);
    vm->hyp.vgic.ctlr = 1;
    for (unsigned i = 0; i < VGIC_SHARED_COUNT; i++) {
        vm->hyp.vgic.irq[i].enabled = true;
        vm->hyp.vgic.irq[i].targets = 3;
    }
    memset(fake.gich, 0, sizeof(fake.gich));
    for (unsigned vcpu = 0; vcpu < 2; vcpu++) {
        vgic_cpu_init(&vm->hyp.vcpu[vcpu]);
        fake.cpu = vcpu;
        vgic_load(&vm->hyp.vcpu[vcpu]);
        fake.gich[vcpu].vmcr = 0xf8000001;
    }
}

static struct test_vm vm;

static void fuzz_distributor(struct input *input)
{
    reset_vgic(&vm);
    while (input->left_bytes > 0) {
        uint32_t word = take(input);
        struct hypctx *ctx = &vm.hyp.vcpu[word & 1];

        fake.cpu = word & 1;
        switch (word >> 1 & 3) {
        case 0:
            vgic_set_line(&vm.hyp, ctx, 16 + (word >> 8) % 112, word >> 3 & 1);
            break;
        case 1:
            gicv_iar(&fake.gich[word & 1]);
            break;
        case 2:
            gicv_eoir(&fake.gich[word & 1], word >> 8 & 0x1fff);
            break;
        default:
            test_gicd(ctx, word >> 8 & 0xfff, 1u << (word >> 3) % 3, word >> 5 & 1, take(input));
            break;
        }
        vgic_flush(ctx);
        check_list_registers(&vm);
    }
}

/* ---- Devices ---- */

#define FUZZ_DEVICES 7

static struct test_vm dev_vm;
static struct pl011 uart;
static struct pl031 rtc;
static struct pl061 gpio;
static struct virtio_blk blk;
static struct virtio_console console;
static struct virtio_net card;
static struct virtio_rng rng;
static struct net_switch network;
static struct virtio *const virtios[] = {
    &blk.virtio, &console.virtio, &card.virtio, &rng.virtio,
};

static int disk_read(void *opaque, uint64_t sector, void *to, uint32_t count)
{
    fake_check(count >= 1 && sector < 64 && count <= 64 - sector, "sectors beyond the disk");
    memset(to, 0x11, count * BLK_SECTOR_BYTES);
    return 0;
}

static int disk_write(void *opaque, uint64_t sector, const void *from, uint32_t count)
{
    static uint8_t sectors[64 * BLK_SECTOR_BYTES];

    fake_check(count >= 1 && sector < 64 && count <= 64 - sector, "sectors beyond the disk");
    memcpy(sectors, from, count * BLK_SECTOR_BYTES);
    return 0;
}

static const struct blk_backend disk = {
    .read = disk_read, .write = disk_write, .sector_count = 64,
};

static void ignore(void *opaque, char c)
{
}

static void fill(void *opaque, void *to, size_t size_bytes)
{
    memset(to, 0x22, size_bytes);
}

static void nobody(void *opaque)
{
}

/* All devices in their reset state; the VM is made once. */
static void reset_devices(void)
{
    static const uint8_t mac[6] = {2};
    struct hyp *hyp = &dev_vm.hyp;
    const struct mmio_region regions[FUZZ_DEVICES] = {
        {.handler = pl011_access, .opaque = &uart, .ops = &pl011_ops},
        {.handler = pl031_access, .opaque = &rtc, .ops = &pl031_ops},
        {.handler = pl061_access, .opaque = &gpio, .ops = &pl061_ops},
        {.handler = virtio_access, .opaque = &blk, .ops = &virtio_device_ops},
        {.handler = virtio_access, .opaque = &console, .ops = &virtio_device_ops},
        {.handler = virtio_access, .opaque = &card, .ops = &virtio_device_ops},
        {.handler = virtio_access, .opaque = &rng, .ops = &virtio_device_ops},
    };

    if (hyp->vcpu_count == 0) {
        reset_vgic(&vm); /* the first VM resets the machine */
        test_vm_add(&dev_vm, 2, 1);
        for (unsigned i = 0; i < FUZZ_DEVICES; i++) {
            struct mmio_region region = regions[i];

            region.base = ipa_init(0x1c000000 + 0x1000 * i);
            region.size_bytes = 0x1000;
            fake_check(vm_add_device(hyp, region) == VMM_OK, "a device");
        }
    }
    hyp->work = NULL;
    hyp->alarms = NULL;
    vgic_init(&hyp->vgic, FAKE_LR_COUNT);
    net_switch_init(&network);
    net_connect(&network, nobody, NULL);
    pl011_init(&uart, hyp, 40, ignore, NULL);
    pl031_init(&rtc, hyp, 41, 10, 1000);
    pl061_init(&gpio, hyp, 42);
    virtio_blk_init(&blk, hyp, 43, &disk);
    virtio_console_init(&console, hyp, 44, ignore, NULL);
    virtio_net_init(&card, hyp, 45, &network, mac);
    virtio_rng_init(&rng, hyp, 46, fill, NULL);
}

/* All that was begun comes to an end: a request moves 2 MiB at most. */
static void finish_work(void)
{
    unsigned pieces = 0;

    arch_lock(&dev_vm.hyp.lock);
    while (work_run(&dev_vm.hyp)) {
        fake_check(pieces++ < 2 * VIRTQ_SIZE_MAX * (VIRTQ_CHAIN_BYTES_MAX / 64 + 2),
                   "the work never ends");
        if (pieces == 4096) { /* enough of a long console line */
            work_drop(&dev_vm.hyp);
        }
    }
    alarm_check(&dev_vm.hyp, fake.counter++);
    arch_unlock(&dev_vm.hyp.lock);
}

static void fuzz_registers(struct input *input)
{
    reset_devices();
    while (input->left_bytes > 0) {
        uint32_t word = take(input);
        const struct mmio_region *region = &dev_vm.hyp.mmio.region[word % FUZZ_DEVICES];
        struct mmio_access access = {
            .offset = word >> 8 & 0xfff, .size_bytes = (uint8_t)(1u << (word >> 3 & 3) % 3),
            .is_write = word >> 5 & 1,
        };

        access.value = access.is_write ? take(input) : 0;
        arch_lock(&dev_vm.hyp.lock);
        region->handler(region->opaque, &dev_vm.hyp.vcpu[0], &access);
        if (word & 64) {
            pl011_receive(&uart, (char)word);
            virtio_console_receive(&console, (char)word);
            pl061_set_pin(&gpio, word >> 8 & 7, word >> 11 & 1);
        }
        arch_unlock(&dev_vm.hyp.lock);
        finish_work();
    }
}

/* A driver at work whose descriptors, rings and tables are the input. */
static void fuzz_rings(struct input *input)
{
    struct driver driver;
    uint32_t word = take(input);
    struct virtio *virtio = virtios[word & 3];
    uint32_t bytes = (uint32_t)input->left_bytes;
    unsigned queue;

    reset_devices();
    queue = (word >> 2 & 1) % virtio->ops->queue_count;
    driver_start(&driver, virtio, FEATURES | (word & 8 ? VIRTIO_F_EVENT_IDX : 0));
    ram_put(&dev_vm.hyp, BUFFER, input->data, bytes);
    for (unsigned i = 0; i < RING_SIZE; i++) {
        uint32_t shape = take(input);
        uint32_t at = shape & 1 ? take(input) : BUFFER + (shape >> 16 & 0x1ff);

        desc(&driver, queue, i, at, shape & 2 ? take(input) : shape >> 4 & 0xfff,
             shape >> 2 & 7, shape >> 24 & 0xf);
        offer(&driver, queue, (uint16_t)(shape >> 28));
    }
    if (word & 16) {
        ram_put_half(&dev_vm.hyp, AVAIL_AT(queue) + 2, (uint16_t)(word >> 16));
    }
    set(virtio, 0x50, queue);
    finish_work();
    arch_lock(&dev_vm.hyp.lock);
    virtio_service(virtio, 0);
    arch_unlock(&dev_vm.hyp.lock);
}

/* A saved state with damage that the input says: positions and bytes. */
static void fuzz_restore(struct input *input)
{
    static uint8_t buffer[32768];
    size_t needed;

    reset_devices();
    fake_check(vm_save(&dev_vm.hyp, buffer, sizeof(buffer), &needed) == VMM_OK, "vm_save");
    while (input->left_bytes > 0) {
        uint32_t word = take(input);

        buffer[(word & 0xffff) % needed] = (uint8_t)(word >> 16);
    }
    if (vm_restore(&dev_vm.hyp, buffer, needed) == VMM_OK) {
        fake_check(vm_save(&dev_vm.hyp, buffer, sizeof(buffer), &needed) == VMM_OK, "vm_save");
        finish_work();
        for (unsigned i = 0; i < 2; i++) {
            fake.loaded[i] = NULL; /* vm's */
            test_vm_load(&dev_vm, i);
            arch_lock(&dev_vm.hyp.lock);
            vgic_flush(&dev_vm.hyp.vcpu[i]);
            hypctx_put(&dev_vm.hyp.vcpu[i]);
            arch_unlock(&dev_vm.hyp.lock);
            fake.loaded[i] = &vm.hyp.vcpu[i];
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size_bytes)
{
    struct input input = {data + 1, size_bytes ? size_bytes - 1 : 0};

    if (size_bytes == 0) {
        return 0;
    }
    switch (data[0] % 6) {
    case 0:
        fuzz_trap(&input);
        break;
    case 1:
        fuzz_insn(&input);
        break;
    case 2:
        fuzz_distributor(&input);
        break;
    case 3:
        fuzz_registers(&input);
        break;
    case 4:
        fuzz_rings(&input);
        break;
    default:
        fuzz_restore(&input);
        break;
    }
    return 0;
}
