/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What is recorded on request: DBG #n from Hyp and from a guest in A32 and T32, VFP registers that a
 * guest changes, what is printed; and a WFE that waits.  A test compares with the trace.
 *
 * Argument 0: unused.  Argument 1: CPUs (1 or 2; 1).
 */
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "hyp.h"

static uint32_t hyp_sp;
static unsigned hvc_count;
static uint8_t guest_stack[256] __attribute__((aligned(8)));
static volatile bool ready, event, awake;

/* #14 and #15 are around the second of three HVCs. */
static void guest(void)
{
    __asm__ volatile(".arch_extension virt\n"
                     "   .fpu    neon\n"
                     "   mrc     p15, 0, r0, c1, c0, 2\n"       /* CPACR: cp10 and cp11 */
                     "   orr     r0, r0, #0xf00000\n"
                     "   mcr     p15, 0, r0, c1, c0, 2\n"
                     "   isb\n"
                     "   mov     r0, #0x40000000\n"
                     "   vmsr    fpexc, r0\n"
                     "   dbg     #2\n"
                     "   hvc     #1\n"
                     "   mov     r0, #0x11\n"
                     "   mov     r1, #0x22\n"
                     "   vmov    d7, r0, r1\n"
                     "   vmov    d31, r1, r0\n"
                     "   mov     r0, #0x01000000\n"             /* FPSCR.FZ */
                     "   vmsr    fpscr, r0\n"
                     "   adr     r2, 1f + 1\n"
                     "   bx      r2\n"
                     "   .thumb\n"
                     "1: dbg     #3\n"
                     "   dbg     #14\n"
                     "   hvc     #2\n"
                     "   dbg     #15\n"
                     "   hvc     #3\n"
                     "   .arm\n"
                     : : : "r0", "r1", "r2", "memory");
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    (void)vector;
    (void)frame;
    if (++hvc_count == 3) {
        guest_leave(hyp_sp);
    }
}

/* The first WFE may find an event that is older than it. */
static void wait_for_event(void)
{
    ready = true;
    while (!event) {
        __asm__ volatile("wfe" : : : "memory");
    }
    awake = true;
    for (;;) {
        __asm__ volatile("wfi");
    }
}

/* Time for CPU1 to come from its word to its WFE or WFI. */
static void wait_a_little(void)
{
    uint64_t until = cp15_read_cntpct() + 100000;

    while (cp15_read_cntpct() < until) {
    }
}

static void wake_cpu1(void)
{
    board_start_cpu1(second_start);
    while (!ready) {
    }
    wait_a_little();
    event = true;
    __asm__ volatile("dsb\n sev" : : : "memory");
    while (!awake) {
    }
    wait_a_little();
}

void payload_main(unsigned cpu)
{
    if (cpu != 0) {
        wait_for_event();
    }
    __asm__ volatile("dbg #1");
    guest_enter(guest, (uint32_t)(guest_stack + sizeof(guest_stack)), &hyp_sp);
    if (arg(1, 1) > 1) {
        wake_cpu1();
    }
    put_counter();
    put_text("end\n");
    board_power_off();
}
