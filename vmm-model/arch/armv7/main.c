/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type 1 start: makes the VMs that the device tree describes and runs their vCPUs on both CPUs.
 */
#include "arch/armv7/armv7.h"
#include "arch/armv7/machine.h"

#define SLICE_TICKS       240000u      /* 10 ms of 24 MHz */
#define TREE_BYTES_MAX    0x100000u

/* The DRAM that Hyp's stage 1 maps (mmu.c). */
#define REACH_BASE        0x40000000u
#define REACH_BYTES       0x80000000u

/* Without a device tree: the image's own guest, twice. */
#define OWN_GUESTS        2
#define OWN_VCPUS         4
#define OWN_RAM           0x60000000u
#define OWN_RAM_BYTES     0x800000u

#define HVC_PUT_CHAR      1            /* R0: the character */

extern const uint8_t guest_image[], guest_image_end[];
extern const uint8_t _start[], memory_end[];

static void idle(uint64_t until)
{
    arch_timer_set(until);
    /* Masked interrupts end WFI as well; they stay pending until they are acknowledged. */
    __asm__ volatile("dsb\n wfi" : : : "memory");
    for (unsigned intid = arch_irq_ack(); intid != 1023; intid = arch_irq_ack()) {
        if (intid == BOARD_UART_INTID) {
            console_receive();
        }
    }
}

/* Handles an exit; true if ctx can go on at once. */
static bool handle(struct hypctx *ctx, struct vm_exit *exit)
{
    switch (exit->code) {
    case VM_EXIT_HVC:
        if (exit->u.call.imm16 == HVC_PUT_CHAR) {
            arch_lock(&ctx->hyp->lock);
            console_guest_put(slot_of(ctx), (char)ctx->regs.r[0]);
            arch_unlock(&ctx->hyp->lock);
        }
        return true;
    case VM_EXIT_ABORT:
    case VM_EXIT_MMIO:
        vcpu_inject_abort(ctx, exit);
        return true;
    case VM_EXIT_IRQ:
        if (exit->u.irq.intid == BOARD_UART_INTID) {
            console_receive();
        }
        return true;
    case VM_EXIT_SMC:
        return true;
    case VM_EXIT_SYSTEM_OFF:
        machine_vm_is_off(slot_of(ctx));
        return false;
    case VM_EXIT_SYSTEM_RESET: /* see run() */
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
    if (exit.code == VM_EXIT_SYSTEM_RESET) {
        machine_vm_reset(slot_of(ctx));
    }
    block = exit.code == VM_EXIT_WFI || exit.code == VM_EXIT_OFF ||
            exit.code == VM_EXIT_SYSTEM_OFF || exit.code == VM_EXIT_SYSTEM_RESET;
    sched_release(&machine.sched, ctx, block,
                  exit.code == VM_EXIT_WFI ? vtimer_deadline(ctx) : UINT64_MAX);
}

static struct range between(const uint8_t *begin, const uint8_t *end)
{
    return (struct range) {(uint32_t)begin, (uint32_t)(end - begin)};
}

static void add_guests(const struct machine_config *config, unsigned lr_count)
{
    for (unsigned i = 0; i < config->guest_count; i++) {
        machine_add(&config->guest[i], lr_count);
    }
}

/* The image's own guests: vCPUs to spare, memory at a fixed place. */
static void add_own_guests(unsigned lr_count)
{
    for (unsigned i = 0; i < OWN_GUESTS; i++) {
        struct guest_config guest = {
            .node = "own guest", .vcpu_count = OWN_VCPUS, .is_image = true,
            .kernel = between(guest_image, guest_image_end), .bootargs = "",
            .ram = {OWN_RAM + i * OWN_RAM_BYTES, OWN_RAM_BYTES},
        };

        machine_add(&guest, lr_count);
    }
}

static void start_guests(uint32_t tree, unsigned lr_count)
{
    static struct machine_config config;
    const struct config_board board = {
        .reach = {REACH_BASE, REACH_BYTES}, .image = between(_start, memory_end),
        .vcpu_max = VM_VCPU_MAX,
    };

    if (tree == 0) {
        add_own_guests(lr_count);
    } else if ((tree & 7) != 0 || tree < REACH_BASE ||
               tree - REACH_BASE > REACH_BYTES - TREE_BYTES_MAX) {
        console_say("device tree: is not aligned to 8 bytes, or not in memory", NULL, NULL, NULL,
                    NULL);
    } else {
        config_read((const void *)tree, TREE_BYTES_MAX, tree, &board, &config, machine_report,
                    NULL);
        add_guests(&config, lr_count);
    }
    if (machine.vm_count == 0) {
        console_say("no guest could be started", NULL, NULL, NULL, NULL);
        board_power_off();
    }
}

void armv7_main(unsigned cpu, uint32_t tree)
{
    unsigned lr_count;

    armv7_mmu_on();
    lr_count = armv7_gic_init(cpu);
    if (cpu == 0) {
        console_say("begins", NULL, NULL, NULL, NULL);
        vmid_init(&machine.vmids);
        sched_init(&machine.sched, SLICE_TICKS);
        start_guests(tree, lr_count);
        board_receive_on();
        board_start_cpu1(armv7_second_start);
    }
    for (;;) {
        uint64_t until;
        struct hypctx *ctx;

        console_feed();
        ctx = sched_pick(&machine.sched, cpu, arch_counter(), &until);

        if (ctx) {
            run(ctx, cpu, until);
        } else {
            idle(until);
        }
    }
}
