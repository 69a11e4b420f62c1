/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does a trace hold every entry to Hyp and every return, with the right class and
 * vector, and nothing else?  The payload takes a fixed number of traps of each class on every CPU
 * and counts them itself, the way the events of docs/trace-format.md are named; a test compares
 * the lines "count CPU NAME VALUE" with the trace.
 *
 * Argument 0: rounds of the guest (10).  Argument 1: CPUs (1 or 2; 1).
 */
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "guest.h"
#include "hyp.h"
#include "mmio.h"

enum count {
    COUNT_SYNC, COUNT_DABT, COUNT_DABT_S2, COUNT_IABT, COUNT_IABT_S2, COUNT_IRQ,
    COUNT_RETURN, COUNT_NESTED_RETURN, COUNT_ACK, COUNT_EOI,
    COUNT_VECTOR,                           /* 8 of these, by vector */
    COUNTS = COUNT_VECTOR + 8,
};

static const char *const count_names[COUNT_VECTOR] = {
    [COUNT_SYNC] = "hyp_entry_sync",
    [COUNT_DABT] = "hyp_entry_dabt",
    [COUNT_DABT_S2] = "hyp_entry_dabt_s2",
    [COUNT_IABT] = "hyp_entry_iabt",
    [COUNT_IABT_S2] = "hyp_entry_iabt_s2",
    [COUNT_IRQ] = "hyp_entry_irq",
    [COUNT_RETURN] = "hyp_return",
    [COUNT_NESTED_RETURN] = "hyp_nested_return",
    [COUNT_ACK] = "gic_ack",
    [COUNT_EOI] = "gic_eoi",
};

/* Level 1 of stage 2, 1 GiB each: devices, RAM, RAM read-only, nothing.  DDI 0406C B3.6.1. */
#define S2_BLOCK 0x1ull
#define S2_DEVICE (0x1ull << 2)
#define S2_NORMAL (0xfull << 2)
#define S2_READ (1ull << 6)
#define S2_WRITE (1ull << 7)
#define S2_ACCESS (1ull << 10)
#define VTCR_4GIB_LEVEL1 (0x80000000u | 1u << 6)    /* T0SZ 0, SL0 1 */
#define HCPTR_TCP10_11 (3u << 10)
#define CPACR_CP10_11_FULL (0xfu << 20)

static uint64_t stage2[4] __attribute__((aligned(64)));

uint32_t rounds;                                    /* for guest.S */
uint32_t smc_traps;                                 /* 0: SMC is UNDEFINED on this board */
static volatile uint32_t counts[CPU_MAX][COUNTS];
static uint32_t hyp_sp[CPU_MAX];
static uint8_t guest_stacks[CPU_MAX][1024] __attribute__((aligned(8)));
static volatile bool done[CPU_MAX];

static unsigned this_cpu(void)
{
    return cp15_read_mpidr() & 3;
}

static void count(enum count what)
{
    counts[this_cpu()][what]++;
}

static void make_stage2(void)
{
    stage2[0] = 0x00000000 | S2_BLOCK | S2_DEVICE | S2_READ | S2_WRITE | S2_ACCESS;
    stage2[RAM_BASE >> 30] = RAM_BASE | S2_BLOCK | S2_NORMAL | S2_READ | S2_WRITE | S2_ACCESS;
    stage2[GUEST_READ_ONLY >> 30] = GUEST_READ_ONLY | S2_BLOCK | S2_NORMAL | S2_READ | S2_ACCESS;
    stage2[3] = 0;
}

static void init_cpu(unsigned cpu)
{
    cp15_write_vtcr(VTCR_4GIB_LEVEL1);
    cp15_write_vttbr((uint32_t)stage2 | (uint64_t)(cpu + 1) << 48);
    cp15_write_cpacr(CPACR_CP10_11_FULL);       /* or the guest's VMRS is UNDEFINED at PL1 */
    cp15_write_hcptr(cp15_read_hcptr() | HCPTR_TCP10_11);
    cp15_write_hcr(ARMV7_HCR_VM | ARMV7_HCR_IMO | ARMV7_HCR_FMO | ARMV7_HCR_AMO |
                   ARMV7_HCR_TWI | ARMV7_HCR_TSC | ARMV7_HCR_TAC | ARMV7_HCR_TVM);
    cp15_tlbi_all_nsnh();
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);
}

static void send_sgi_to_self(void)
{
    mmio_write32(board.gicd + GICD_SGIR, 2u << 24 | this_cpu());
}

static void take_interrupt(void)
{
    uint32_t iar = mmio_read32(board.gicc + GICC_IAR);

    count(COUNT_ACK);
    mmio_write32(board.gicc + GICC_EOIR, iar);
    count(COUNT_EOI);
}

/* SVC in Hyp comes to vector 0x08; #1 makes one more of it. */
#define HYP_SVC(immediate) __asm__ volatile("svc #" #immediate ::: "memory")

static void handle_svc_in_hyp(uint32_t hsr)
{
    if (HSR_GET(hsr, IMM16) == 1) {
        HYP_SVC(0);
    }
}

static void handle_hvc(unsigned cpu, uint32_t hsr)
{
    switch (HSR_GET(hsr, IMM16)) {
    case HVC_IRQ:
        send_sgi_to_self();
        break;
    case HVC_NESTED:
        HYP_SVC(1);
        break;
    case HVC_UNDEF:
        __asm__ volatile("udf #0");
        break;
    case HVC_DONE:
        guest_leave(hyp_sp[cpu]);
    }
}

static void skip(struct frame *frame, uint32_t hsr)
{
    frame->elr += HSR_GET(hsr, IL) ? 4 : 2;
}

/* HSR.IL is not valid for aborts without ISV; those here have it, or return to LR. */
static void handle_trap(unsigned cpu, struct frame *frame, uint32_t hsr)
{
    switch (HSR_GET(hsr, EC)) {
    case HSR_EC_HVC:
        count(COUNT_SYNC);
        handle_hvc(cpu, hsr);
        break;
    case HSR_EC_DABT:
        /* HPFAR is UNKNOWN for a permission fault: class without it. */
        count((HSR_GET(hsr, ABT_FSC) & ~3u) == HSR_FSC_PERMISSION ? COUNT_DABT : COUNT_DABT_S2);
        skip(frame, hsr);
        break;
    case HSR_EC_IABT: {
        uint32_t lr_svc;

        count(COUNT_IABT_S2);
        __asm__ volatile(".arch_extension virt\n mrs %0, lr_svc" : "=r"(lr_svc));
        frame->elr = lr_svc;
        break;
    }
    default:
        count(COUNT_SYNC);
        skip(frame, hsr);
        break;
    }
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    unsigned cpu = this_cpu();
    uint32_t hsr = cp15_read_hsr();

    count(COUNT_VECTOR + vector);
    switch (vector) {
    case VECTOR_TRAP:
        handle_trap(cpu, frame, hsr);
        break;
    case VECTOR_IRQ:
        count(COUNT_IRQ);
        take_interrupt();
        break;
    case VECTOR_HVC:
        count(COUNT_SYNC);
        handle_svc_in_hyp(hsr);
        break;
    case VECTOR_UNDEF:
        count(COUNT_SYNC);
        frame->elr += 4;
        break;
    case VECTOR_IABT:
    case VECTOR_DABT:
    case VECTOR_FIQ:
        put_text("ERROR: unexpected vector\n");
        board_power_off();
    }
    count(armv7_psr_mode(frame->spsr) == ARMV7_MODE_HYP ? COUNT_NESTED_RETURN : COUNT_RETURN);
}

static void run_guest(unsigned cpu)
{
    init_cpu(cpu);
    count(COUNT_RETURN);        /* the exception return that enters the guest */
    guest_enter(guest_main, (uint32_t)guest_stacks[cpu + 1], &hyp_sp[cpu]);
    done[cpu] = true;
}

static void print_count(unsigned cpu, const char *name, uint32_t value)
{
    put_text("count ");
    put_decimal(cpu);
    put_text(" ");
    put_text(name);
    put_text(" ");
    put_decimal(value);
    put_text("\n");
}

static void print_counts(unsigned cpu)
{
    char vector[] = "vector0";

    for (unsigned i = 0; i < COUNT_VECTOR; i++) {
        print_count(cpu, count_names[i], counts[cpu][i]);
    }
    for (unsigned i = 0; i < 8; i++) {
        vector[6] = (char)('0' + i);
        print_count(cpu, vector, counts[cpu][COUNT_VECTOR + i]);
    }
}

static void run_first(unsigned cpu_count)
{
    put_text("traps on ");
    put_text(board.name);
    put_text("\n");
    rounds = arg(0, 10);
    smc_traps = board.smc;
    make_stage2();
    mmio_write32(board.gicd + GICD_CTLR, 1);
    if (cpu_count > 1) {
        board_start_cpu1(second_start);
    }
    run_guest(0);
    while (cpu_count > 1 && !done[1]) {
    }
    for (unsigned cpu = 0; cpu < cpu_count; cpu++) {
        print_counts(cpu);
    }
    put_counter();
    put_text("end\n");
    board_power_off();
}

void payload_main(unsigned cpu)
{
    if (cpu == 0) {
        run_first(arg(1, 1));
    }
    run_guest(cpu);
    for (;;) {
    }
}
