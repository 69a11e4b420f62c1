/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Two CPUs race, and what they print tells who won each time: for tests that compare runs.
 *
 * Each CPU changes a shared word without a lock, then one under a spinlock, runs a guest that
 * traps to Hyp in between, and is interrupted by its Hyp timer, which mixes the time into the
 * word as well.  The digests at the end depend on the order of all of that.  Neither
 * CPU ends by itself: both trap on until the machine is off.
 *
 * Argument 0: rounds of each CPU (4000).
 */
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "hyp.h"
#include "mmio.h"

#define TIMER_PPI       26
#define TIMER_PERIOD    10007       /* ticks of CNTPCT: no multiple of anything else here */
#define TRAPS_A_ROUND   3

CP15_32(cnthp_tval, 4, c14, c2, 0)
CP15_32(cnthp_ctl, 4, c14, c2, 1)

static volatile uint32_t unlocked, locked, lock, interrupts, finished;
static uint32_t hyp_sp[CPU_MAX], traps[CPU_MAX];
static uint8_t guest_stack[CPU_MAX][256] __attribute__((aligned(8)));

static uint32_t mix(uint32_t digest, uint32_t value)
{
    return (digest ^ value) * 0x01000193u;
}

static unsigned this_cpu(void)
{
    return cp15_read_mpidr() & 3;
}

static void guest(void)
{
    __asm__ volatile(
        ".arch_extension virt\n"
        "1: hvc #1\n"
        "   b   1b\n");
}

__attribute__((noinline)) static void take_interrupt(void)
{
    uint32_t iar = mmio_read32(board.gicc + 0x0c);

    if ((iar & 0x3ff) == TIMER_PPI) {
        unlocked = mix(unlocked, (uint32_t)cp15_read_cntpct() + this_cpu());
        interrupts++;
        cp15_write_cnthp_tval(TIMER_PERIOD);
    }
    mmio_write32(board.gicc + 0x10, iar);
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    unsigned cpu = this_cpu();

    (void)frame;
    if (vector == VECTOR_IRQ) {
        take_interrupt();
    } else if (++traps[cpu] % TRAPS_A_ROUND == 0) {
        guest_leave(hyp_sp[cpu]);
    }
}

static void start_timer(void)
{
    mmio_write32(board.gicd + 0x000, 1);
    mmio_write32(board.gicd + 0x100, 1u << TIMER_PPI);
    mmio_write32(board.gicc + 0x04, 0xf0);
    mmio_write32(board.gicc + 0x00, 1);
    cp15_write_hcr(1u << 4);            /* IMO: the timer interrupts the guest too */
    cp15_write_cnthp_tval(TIMER_PERIOD);
    cp15_write_cnthp_ctl(1);
    __asm__ volatile("cpsie i" : : : "memory");
}

static void take_lock(void)
{
    while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE)) {
    }
}

static void run_guest(unsigned cpu)
{
    guest_enter(guest, (uint32_t)(guest_stack[cpu] + sizeof(guest_stack[cpu])), &hyp_sp[cpu]);
}

static void trap_on(unsigned cpu)
{
    for (;;) {
        run_guest(cpu);
    }
}

static void race(unsigned cpu)
{
    uint32_t rounds = arg(0, 4000);

    start_timer();
    for (uint32_t round = 0; round < rounds; round++) {
        for (unsigned i = 0; i < 20; i++) {
            unlocked = mix(unlocked, cpu + round);
        }
        take_lock();
        locked = mix(locked, cpu + round);
        __atomic_store_n(&lock, 0, __ATOMIC_RELEASE);
        run_guest(cpu);
    }
    __asm__ volatile("cpsid i" : : : "memory");
    cp15_write_cnthp_ctl(0);
    __atomic_fetch_add(&finished, 1, __ATOMIC_SEQ_CST);
}

void payload_main(unsigned cpu)
{
    if (cpu == 0) {
        board_start_cpu1(second_start);
    }
    race(cpu);
    if (cpu != 0) {
        trap_on(cpu);
    }
    while (finished != CPU_MAX) {
    }
    put_text("race: unlocked ");
    put_hex(unlocked);
    put_text(", locked ");
    put_hex(locked);
    put_text(", interrupts ");
    put_decimal(interrupts);
    put_text(", traps ");
    put_decimal(traps[0] + traps[1]);
    put_text("\n");
    board_request_power_off();
    trap_on(cpu);
}
