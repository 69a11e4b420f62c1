/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes the VMs of a type 1 start out of memory, a distributor and devices. */
#include "arch/armv7/armv7.h"
#include "arch/armv7/machine.h"

#define DEVICE_ID 0x56000000u  /* what the device's first word reads as, and the VM */

struct machine machine;

/* A device of 16 words: word 0 says who is asked, the others hold what was written. */
static enum mmio_result device(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    static uint32_t words[CONFIG_GUEST_MAX][16];
    unsigned vm = slot_of(ctx)->number;
    unsigned index = (unsigned)access->offset / 4;

    (void)opaque;
    if (access->size_bytes != 4 || index >= 16) {
        return MMIO_ABORT;
    }
    if (access->is_write) {
        words[vm][index] = access->value;
    } else {
        access->value = index ? words[vm][index] : DEVICE_ID | vm;
    }
    return MMIO_DONE;
}

static void uart_put_char(void *opaque, char c)
{
    if (c != '\r') {
        console_guest_put(opaque, c);
    }
}

static int add_devices(struct vm_slot *slot)
{
    struct hyp *hyp = &slot->hyp;
    int status = vm_add_vgic(hyp, ipa_init(GUEST_GICD));

    pl011_init(&slot->uart, hyp, GUEST_UART_INTID, uart_put_char, slot);
    if (status == VMM_OK) {
        status = vm_add_device(hyp, (struct mmio_region) {
            .base = ipa_init(GUEST_DEVICE), .size_bytes = 0x1000, .handler = device,
        });
    }
    if (status == VMM_OK) {
        status = vm_add_device(hyp, (struct mmio_region) {
            .base = ipa_init(GUEST_UART), .size_bytes = 0x1000, .handler = pl011_access,
            .opaque = &slot->uart, .ops = &pl011_ops,
        });
    }
    if (status == VMM_OK) {
        status = devices_add(&slot->devices, hyp, slot->number, slot->virtio_count,
                             uart_put_char, slot);
    }
    return status;
}

/* The guest's disk, if it is to have one, is its first virtio device. */
static int add_disk(struct vm_slot *slot, const struct guest_config *guest)
{
    if (guest->disk_partition == 0) {
        return VMM_OK;
    }
    virtio_blk_init(&slot->blk, &slot->hyp, GUEST_VIRTIO_INTID, &slot->disk.backend);
    return vm_add_device(&slot->hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_VIRTIO), .size_bytes = VIRTIO_MMIO_BYTES,
        .handler = virtio_access, .opaque = &slot->blk.virtio, .ops = &virtio_device_ops,
    });
}

static int make(struct vm_slot *slot, const struct guest_config *guest, unsigned lr_count)
{
    struct vm_config config = {
        .vcpu_count = guest->vcpu_count, .lr_count = lr_count, .table_memory = slot->tables,
        .table_page_count = VM_TABLE_PAGES, .pool = &slot->pool, .vmids = &machine.vmids,
        .vmid_lock = &machine.vmid_lock, .sched = &machine.sched,
    };
    int status = vm_create(&slot->hyp, &config);

    if (status == VMM_OK) {
        status = vm_map(&slot->hyp, ipa_init(GUEST_RAM), pa_init(guest->ram.base),
                        guest->ram.size_bytes, S2_RWX);
    }
    if (status == VMM_OK) {
        /* The guest's CPU interface is the hardware's virtual one, IHI 0048B 5.5. */
        status = vm_map(&slot->hyp, ipa_init(GUEST_GICC), pa_init(BOARD_GICV), GUEST_GICC_BYTES,
                        S2_R | S2_W | S2_DEVICE);
    }
    if (status == VMM_OK) {
        status = add_devices(slot);
    }
    return status == VMM_OK ? add_disk(slot, guest) : status;
}

void machine_report(void *opaque, const struct config_fault *fault)
{
    (void)opaque;
    console_say(fault->node, ": ", fault->property, fault->property ? ": " : NULL, fault->what);
}

static bool open_disk(struct vm_slot *slot, const struct guest_config *guest,
                      struct config_fault *fault)
{
    const char *what;

    slot->virtio_count = 0;
    if (guest->disk_partition == 0) {
        return true;
    }
    what = disk_open(&slot->disk, guest->disk_partition);
    if (what) {
        config_fault_set(fault, guest->node, "disk", what);
        return false;
    }
    slot->virtio_count = 1;
    return true;
}

bool machine_add(const struct guest_config *guest, unsigned lr_count)
{
    struct vm_slot *slot = &machine.vm[machine.vm_count];
    struct config_fault fault;
    struct guest_entry entry;

    slot->number = machine.vm_count;
    slot->guest = *guest;
    if (!open_disk(slot, guest, &fault) ||
        !guest_load(guest, slot->virtio_count + DEVICES_VIRTIO_COUNT, &entry, &fault)) {
        machine_report(NULL, &fault);
        return false;
    }
    if (make(slot, guest, lr_count) != VMM_OK) {
        console_say(guest->node, ": memory: needs more stage-2 tables than there are", NULL, NULL,
                    NULL);
        vm_destroy(&slot->hyp);
        return false;
    }
    machine.vm_count++;
    return vcpu_boot(&slot->hyp.vcpu[0], entry.pc, entry.r0, entry.r1, entry.r2) == VMM_OK;
}

void machine_vm_reset(struct vm_slot *slot)
{
    struct guest_entry entry;
    struct config_fault fault;

    if (vm_reset(&slot->hyp) != VMM_OK) {
        return; /* a vCPU is still loaded and will come here, or another CPU has done it */
    }
    if (!guest_load(&slot->guest, slot->virtio_count + DEVICES_VIRTIO_COUNT, &entry, &fault)) {
        machine_report(NULL, &fault);
        machine_vm_is_off(slot);
        return;
    }
    vcpu_boot(&slot->hyp.vcpu[0], entry.pc, entry.r0, entry.r1, entry.r2);
}

void machine_vm_is_off(struct vm_slot *slot)
{
    bool last = false;

    arch_lock(&machine.lock);
    if (!slot->is_off) {
        slot->is_off = true;
        last = ++machine.off_count == machine.vm_count;
    }
    arch_unlock(&machine.lock);
    if (last) {
        console_say("all guests are off", NULL, NULL, NULL, NULL);
        board_power_off();
    }
}
