/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type 1 start: makes the VMs and runs their vCPUs on both CPUs.
 */
#include <string.h>
#include "arch/armv7/armv7.h"
#include "core/pl011.h"
#include "core/sched.h"
#include "core/vm.h"

#define VM_COUNT          2
#define VM_VCPUS          4
#define LINE_MAX          120
#define TABLE_PAGES       16
#define SLICE_TICKS       240000u      /* 10 ms of 24 MHz */

/* Memory map of a guest */
#define GUEST_GICD        0x2c001000u
#define GUEST_GICC        0x2c002000u
#define GUEST_DEVICE      0x10000000u
#define GUEST_RAM         0x40000000u
#define GUEST_UART        0x1c090000u
#define GUEST_UART_INTID  37
#define GUEST_RAM_BYTES   0x8000000u
#define GUEST_RAM_PA      0x60000000u  /* of VM 0; the others follow */

/* A kernel for VM 0, if whoever started us has put one into its memory: zImage and device tree at
 * these distances (the image's own guest otherwise).  Linux Documentation/arm/booting.rst. */
#define ZIMAGE_OFFSET     0x2000000u
#define ZIMAGE_MAGIC_AT   0x24u
#define ZIMAGE_MAGIC      0x016f2818u
#define DTB_OFFSET        0x3f00000u
#define MACHINE_BY_DTB    0xffffffffu

#define HVC_PUT_CHAR      1            /* R0: the character */
#define DEVICE_ID         0x56000000u  /* what the device's first word reads as, and the VM */

extern const uint8_t guest_image[], guest_image_end[];

struct vm_slot {
    struct hyp hyp;
    struct page_pool pool;
    struct pl011 uart;
    char line[LINE_MAX + 1];    /* of the console, not yet shown */
    unsigned line_length;
    bool is_off;
    uint8_t tables[TABLE_PAGES][POOL_PAGE_BYTES] __attribute__((aligned(8192)));
};

static struct {
    struct vmid_allocator vmids;
    struct arch_lock vmid_lock;
    struct sched sched;
    struct arch_lock console_lock;
    struct vm_slot vm[VM_COUNT];
    unsigned off_count;
} machine;

static struct vm_slot *slot_of(struct hypctx *ctx)
{
    return (struct vm_slot *)ctx->hyp;
}

static void check(int status, const char *what)
{
    if (status < 0) {
        board_put_text("vmm: cannot ");
        board_put_text(what);
        board_put_text("\n");
        board_power_off();
    }
}

/* Whole lines only, with the number of the VM before them. */
static void guest_put_char(struct vm_slot *slot, char c)
{
    if (c != '\n' && slot->line_length < LINE_MAX) {
        slot->line[slot->line_length++] = c;
        return;
    }
    slot->line[slot->line_length] = 0;
    slot->line_length = 0;
    arch_lock(&machine.console_lock);
    board_put_text("vm");
    board_put_char((char)('0' + (slot - machine.vm)));
    board_put_text(": ");
    board_put_text(slot->line);
    board_put_text("\n");
    arch_unlock(&machine.console_lock);
    if (c != '\n') { /* the line was longer than ours */
        slot->line[slot->line_length++] = c;
    }
}

/* A device of 16 words: word 0 says who is asked, the others hold what was written. */
static enum mmio_result device(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    static uint32_t words[VM_COUNT][16];
    unsigned vm = (unsigned)(slot_of(ctx) - machine.vm);
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
        guest_put_char(opaque, c);
    }
}

/* The kernel that was put into the VM's memory at ram, or our own guest. */
static void boot(unsigned number, uint32_t ram)
{
    struct hypctx *ctx = &machine.vm[number].hyp.vcpu[0];

    if (*(const uint32_t *)(ram + ZIMAGE_OFFSET + ZIMAGE_MAGIC_AT) == ZIMAGE_MAGIC) {
        check(vcpu_boot(ctx, GUEST_RAM + ZIMAGE_OFFSET, 0, MACHINE_BY_DTB,
                        GUEST_RAM + DTB_OFFSET), "start a kernel");
        return;
    }
    memcpy((void *)ram, guest_image, (size_t)(guest_image_end - guest_image));
    check(vcpu_boot(ctx, GUEST_RAM, 0, 0, 0), "start a guest");
}

static void make_vm(unsigned number, unsigned lr_count)
{
    struct vm_slot *slot = &machine.vm[number];
    struct hyp *hyp = &slot->hyp;
    uint32_t ram = GUEST_RAM_PA + number * GUEST_RAM_BYTES;
    struct vm_config config = {
        .vcpu_count = VM_VCPUS, .lr_count = lr_count, .table_memory = slot->tables,
        .table_page_count = TABLE_PAGES, .pool = &slot->pool, .vmids = &machine.vmids,
        .vmid_lock = &machine.vmid_lock, .sched = &machine.sched,
    };

    check(vm_create(hyp, &config), "make a VM");
    check(vm_map(hyp, ipa_init(GUEST_RAM), pa_init(ram), GUEST_RAM_BYTES, S2_RWX), "map memory");
    /* The guest's CPU interface is the hardware's virtual one, IHI 0048B 5.5. */
    check(vm_map(hyp, ipa_init(GUEST_GICC), pa_init(BOARD_GICV), 0x2000,
                 S2_R | S2_W | S2_DEVICE), "map GICV");
    check(vm_add_vgic(hyp, ipa_init(GUEST_GICD)), "add the distributor");
    check(vm_add_device(hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_DEVICE), .size_bytes = 0x1000, .handler = device,
    }), "add the device");
    pl011_init(&slot->uart, hyp, GUEST_UART_INTID, uart_put_char, slot);
    check(vm_add_device(hyp, (struct mmio_region) {
        .base = ipa_init(GUEST_UART), .size_bytes = 0x1000, .handler = pl011_access,
        .opaque = &slot->uart,
    }), "add the UART");
    boot(number, ram);
}

static void idle(uint64_t until)
{
    arch_timer_set(until);
    /* Masked interrupts end WFI as well; they stay pending until they are acknowledged. */
    __asm__ volatile("dsb\n wfi" : : : "memory");
    while (arch_irq_ack() != 1023) {
    }
}

/* A VM is off when its first vCPU says so; with the last VM the machine goes off. */
static void vm_is_off(struct vm_slot *slot)
{
    bool last = false;

    arch_lock(&machine.console_lock);
    if (!slot->is_off) {
        slot->is_off = true;
        last = ++machine.off_count == VM_COUNT;
    }
    arch_unlock(&machine.console_lock);
    if (last) {
        board_put_text("vmm: all guests are off\n");
        board_power_off();
    }
}

/* Handles an exit; true if ctx can go on at once. */
static bool handle(struct hypctx *ctx, struct vm_exit *exit)
{
    switch (exit->code) {
    case VM_EXIT_HVC:
        if (exit->u.call.imm16 == HVC_PUT_CHAR) {
            arch_lock(&ctx->hyp->lock);
            guest_put_char(slot_of(ctx), (char)ctx->regs.r[0]);
            arch_unlock(&ctx->hyp->lock);
        }
        return true;
    case VM_EXIT_ABORT:
    case VM_EXIT_MMIO:
        vcpu_inject_abort(ctx, exit);
        return true;
    case VM_EXIT_IRQ:
    case VM_EXIT_SMC:
        return true;
    case VM_EXIT_SYSTEM_OFF:
    case VM_EXIT_SYSTEM_RESET:
        vm_is_off(slot_of(ctx));
        return false;
    case VM_EXIT_HYP_FAULT:
    case VM_EXIT_FIQ:
    case VM_EXIT_WFI:
    case VM_EXIT_WFE:
    case VM_EXIT_PREEMPTED:
    case VM_EXIT_OFF:
    case VM_EXIT_CONDITION_FAILED:
    case VM_EXIT_CPREG:
    case VM_EXIT_COPROC:
    case VM_EXIT_UNDEFINED:
    case VM_EXIT_SERROR:
    case VM_EXIT_CODE_COUNT:
        break;
    }
    return false;
}

/* Runs a vCPU until its slice is over or it waits. */
static void run(struct hypctx *ctx, unsigned cpu, uint64_t until)
{
    struct vm_exit exit;
    bool block;

    do {
        exit = vcpu_run(ctx, cpu, until);
    } while (handle(ctx, &exit));
    vcpu_put(ctx);
    block = exit.code == VM_EXIT_WFI || exit.code == VM_EXIT_OFF ||
            exit.code == VM_EXIT_SYSTEM_OFF || exit.code == VM_EXIT_SYSTEM_RESET;
    sched_release(&machine.sched, ctx, block,
                  exit.code == VM_EXIT_WFI ? vtimer_deadline(ctx) : UINT64_MAX);
}

void armv7_main(unsigned cpu)
{
    unsigned lr_count;

    armv7_mmu_on();
    lr_count = armv7_gic_init(cpu);
    if (cpu == 0) {
        board_put_text("vmm: begins\n");
        vmid_init(&machine.vmids);
        sched_init(&machine.sched, SLICE_TICKS);
        for (unsigned i = 0; i < VM_COUNT; i++) {
            make_vm(i, lr_count);
        }
        board_start_cpu1(armv7_second_start);
    }
    for (;;) {
        uint64_t until;
        struct hypctx *ctx = sched_pick(&machine.sched, cpu, arch_counter(), &until);

        if (ctx) {
            run(ctx, cpu, until);
        } else {
            idle(until);
        }
    }
}
