/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Nothing but traps: the guest runs HVC in a loop whose registers change, the handler only
 * counts.  Costs per trap are the difference of two runs of different lengths.
 *
 * Argument 0: number of traps (1000).
 */
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "armv7/hsr.h"
#include "hyp.h"

static uint32_t limit;
static uint32_t seen;
static uint32_t hyp_sp;
static uint8_t guest_stack[256] __attribute__((aligned(8)));

static void guest(void)
{
    __asm__ volatile(
        ".arch_extension virt\n"
        "   mov     r4, #0\n"
        "1: add     r4, r4, #1\n"
        "   add     r5, r5, r4\n"
        "   eor     r6, r5, r4, lsl #8\n"
        "   hvc     #1\n"
        "   b       1b\n"
        : : : "r4", "r5", "r6", "memory");
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    (void)vector;
    (void)frame;
    if (++seen == limit) {
        guest_leave(hyp_sp);
    }
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    limit = arg(0, 1000);
    guest_enter(guest, (uint32_t)(guest_stack + sizeof(guest_stack)), &hyp_sp);
    put_text("traps ");
    put_decimal(seen);
    put_text("\n");
    board_power_off();
}
