/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does a trace hold every operation of TLB and cache maintenance, every write of the
 * registers that select a VM, sleep, wake and power control, in their order and with their
 * operands?  CPU0 runs each operation once in Hyp mode and once in a guest, in the middle of a
 * block; CPU1, if there is one, sleeps until CPU0 wakes it.  A test compares with the trace.
 *
 * Argument 0: unused.  Argument 1: CPUs (1 or 2; 1).
 */
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "hyp.h"
#include "mmio.h"

CP15_64(httbr, 4, c2)
CP15_64(cntvoff, 4, c14)

/** run_operations: see operations.S. */
void run_operations(uint32_t operand);

static uint32_t hyp_sp;
static uint8_t guest_stack[256] __attribute__((aligned(8)));
static volatile bool ready, awake;

/* Everything but the operations that PL1 does not have would be UNDEFINED there. */
static void guest(void)
{
    __asm__ volatile(".arch_extension virt\n"
                     "mcr p15, 0, %0, c8, c7, 0\n"      /* TLBIALL */
                     "mcr p15, 0, %0, c7, c10, 1\n"     /* DCCMVAC */
                     "hvc #0" : : "r"(RAM_BASE) : "memory");
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    (void)vector;
    (void)frame;
    guest_leave(hyp_sp);
}

static void write_context(void)
{
    uint32_t hcr = cp15_read_hcr();

    cp15_write_vttbr(0x000200005a5a4000ull);
    cp15_write_vtcr(0x80000040);
    cp15_write_httbr(0x5a5a8000);
    cp15_write_cntvoff(0x123456789aull);
    cp15_write_hcr(hcr | ARMV7_HCR_TWI);
    cp15_write_hcr(hcr);
}

/* An interrupt that is masked wakes a CPU all the same: DDI 0406C B1.8.13. */
static void sleep(void)
{
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);
    ready = true;
    __asm__ volatile("dsb\n wfi" : : : "memory");
    mmio_write32(board.gicc + GICC_EOIR, mmio_read32(board.gicc + GICC_IAR));
    awake = true;
}

/* Time for CPU1 to come from its word that it is ready to its WFI. */
static void wait_a_little(void)
{
    uint64_t until = cp15_read_cntpct() + 100000;

    while (cp15_read_cntpct() < until) {
    }
}

static void wake_cpu1(void)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    board_start_cpu1(second_start);
    while (!ready) {
    }
    wait_a_little();
    mmio_write32(board.gicd + GICD_SGIR, 2u << 16 | 5);
    while (!awake) {
    }
}

void payload_main(unsigned cpu)
{
    if (cpu != 0) {
        sleep();
        for (;;) {
        }
    }
    guest_enter(guest, (uint32_t)(guest_stack + sizeof(guest_stack)), &hyp_sp);
    write_context();
    run_operations(RAM_BASE + 0x10000);
    guest_enter(guest, (uint32_t)(guest_stack + sizeof(guest_stack)), &hyp_sp);
    if (arg(1, 1) > 1) {
        wake_cpu1();
    }
    put_counter();
    put_text("end\n");
    board_power_off();
}
