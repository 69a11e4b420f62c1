/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host in PL1: an MMU, a timer interrupt each millisecond that switches between two processes, and
 * a guest that the first of them runs by calling Hyp, a vCPU on each CPU.  It claims that nothing of
 * its own has changed when the guest is off.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "armv7/gicv2.h"
#include "hosted/host_state.h"
#include "hosted/hosted.h"

#define GICD            0x10481000u
#define GICC            0x10482000u
#define UART2           0x12c20000u
#define PS_HOLD_CONTROL 0x1004330cu
#define GUEST_RAM       0x40000000u
#define GUEST_RAM_PA    0x46000000u
#define GUEST_RAM_BYTES 0x800000u
#define GUEST_DEVICE    0x10000000u
#define STAGE2_RWX      7u
#define TICK            24000u          /* 1 ms */
#define CPU_COUNT       2
#define VCPU_COUNT      2
#define WINDOW          0xc0000000u     /* a section that each process has elsewhere */
#define WINDOW_PA       0x48000000u
#define FRAME_WORDS     16
#define PSR_SYS         0x1fu

extern const uint8_t guest_image[], guest_image_end[];
unsigned host_call(uint32_t r[5]);
void host_second_start(void);
void host_main(unsigned cpu);
uint32_t *host_irq(uint32_t *frame);

/* A table for each process; DDI 0406C B3.5.1. */
static uint32_t table[2][4096] __attribute__((aligned(16384)));
static uint32_t second_stack[1024] __attribute__((aligned(8)));
static uint32_t *other_frame;               /* of the process that does not run on CPU0 */
static unsigned process;                    /* that runs there: 0 or 1 */
static volatile unsigned ticks[CPU_COUNT], second_count, second_wrong, changed[CPU_COUNT];
static volatile bool running, cpu1_done;
static unsigned cpu1_state[4], runs[CPU_COUNT];

static uint32_t read32(uint32_t address)
{
    return *(volatile uint32_t *)address;
}

static void write32(uint32_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static void put_char(char c)
{
    while (!(read32(UART2 + 0x10) & 2)) {
    }
    write32(UART2 + 0x20, (uint8_t)c);
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            put_char('\r');
        }
        put_char(*text);
    }
}

static void claim(const char *name, bool holds)
{
    put_text(holds ? "host: PASS " : "host: FAIL ");
    put_text(name);
    put_text("\n");
}

/* ---- Translation ---- */

/* Sections: DRAM Normal Write-Back shareable, the rest Device; the window is not global. */
static void make_table(unsigned number)
{
    for (uint32_t i = 0; i < 4096; i++) {
        bool dram = i >= 0x400 && i < 0xc00;

        table[number][i] = i << 20 | (dram ? 0x11c0eu : 0x10c06u);
    }
    table[number][WINDOW >> 20] = (WINDOW_PA + (number << 20)) | 0x31c0eu;
}

static void use_table(unsigned number)
{
    uint32_t ttbr0 = (uint32_t)table[number] | 0x4a; /* walks: Write-Back, shareable */

    /* Through an ASID that has no entries, so that none is made with the wrong one (B3.10.4). */
    __asm__ volatile("dsb\n mcr p15, 0, %0, c13, c0, 1\n isb\n"
                     "mcr p15, 0, %1, c2, c0, 0\n isb\n"
                     "mcr p15, 0, %2, c13, c0, 1\n isb"
                     : : "r"(0), "r"(ttbr0), "r"(number + 1) : "memory");
}

static void mmu_on(void)
{
    uint32_t sctlr;

    __asm__ volatile("mcr p15, 0, %0, c2, c0, 2\n mcr p15, 0, %1, c3, c0, 0\n"
                     "mcr p15, 0, %0, c8, c7, 0\n mcr p15, 0, %0, c7, c5, 0\n dsb\n isb"
                     : : "r"(0), "r"(1) : "memory");
    use_table(0);
    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(sctlr));
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n isb" : : "r"(sctlr | 0x1005) : "memory");
    __asm__ volatile(".fpu neon-vfpv4\n mcr p15, 0, %0, c1, c0, 2\n isb\n vmsr fpexc, %1"
                     : : "r"(0xf << 20), "r"(1u << 30));
}

/* ---- Interrupts and processes ---- */

static void next_tick(void)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 0\n mcr p15, 0, %1, c14, c2, 1\n isb"
                     : : "r"(TICK), "r"(1)); /* CNTP_TVAL, CNTP_CTL */
}

static void interrupts_on(unsigned cpu)
{
    (void)cpu;
    write32(GICD + GICD_CTLR, 1);
    write32(GICD + GICD_ISENABLER, 1u << GICV2_PPI_PHYS_TIMER);
    write32(GICC + GICC_PMR, 0xff);
    next_tick();
    __asm__ volatile("cpsie i");
}

static unsigned this_cpu(void)
{
    uint32_t mpidr;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
    return mpidr & 3;
}

/* On CPU0, the other process goes on. */
uint32_t *host_irq(uint32_t *frame)
{
    uint32_t iar = read32(GICC + GICC_IAR), *next = frame;
    unsigned cpu = this_cpu();

    if (gicv2_iar_intid(iar) >= GICV2_INTID_GROUP) {
        return frame;
    }
    if (gicv2_iar_intid(iar) == GICV2_PPI_PHYS_TIMER) {
        ticks[cpu]++;
        next_tick();
        if (cpu == 0) {
            next = other_frame;
            other_frame = frame;
            process ^= 1;
            use_table(process);
        }
    }
    write32(GICC + GICC_EOIR, iar);
    write32(GICC + GICC_DIR, iar);
    return next;
}

/* The second process: counts, and sees its own window. */
static void second_process(void)
{
    for (;;) {
        second_count++;
        second_wrong += read32(WINDOW) != 0xb;
    }
}

static void make_second_process(void)
{
    uint32_t *frame = second_stack + 1024 - FRAME_WORDS;

    frame[14] = (uint32_t)second_process;
    frame[15] = PSR_SYS;
    other_frame = frame;
}

/* ---- The guest ---- */

static uint32_t call(unsigned cpu, uint32_t *r)
{
    changed[cpu] += host_call(r);
    return r[0];
}

static uint32_t hyp(uint32_t function, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    uint32_t r[5] = {function, a, b, c, d};

    return call(this_cpu(), r);
}

static void put_guest_char(char c)
{
    static char line[100];
    static unsigned length;

    if (c != '\n') {
        line[length++ % 99] = c;
        return;
    }
    line[length % 100] = 0;
    length = 0;
    put_text("vm0: ");
    put_text(line);
    put_text("\n");
}

/* The device that the image's own guest expects: 16 words. */
static void do_access(unsigned vcpu, const uint32_t *r)
{
    static uint32_t words[16] = {0x56000000};
    uint32_t index = (r[1] - GUEST_DEVICE) / 4;

    if (index >= 16) {
        hyp(HOSTED_ABORT, vcpu, 0, 0, 0);
        return;
    }
    if (r[0] == HOSTED_EXIT_WRITE) {
        words[index] = r[3];
    }
    hyp(HOSTED_COMPLETE, vcpu, words[index], 0, 0);
}

/* Runs a vCPU until its VM is off. */
static void run_vcpu(unsigned vcpu)
{
    for (;;) {
        uint32_t r[5] = {HOSTED_VCPU_RUN, vcpu};

        runs[vcpu]++;
        switch (call(this_cpu(), r)) {
        case HOSTED_EXIT_HVC:
            put_guest_char((char)r[2]);
            break;
        case HOSTED_EXIT_READ:
        case HOSTED_EXIT_WRITE:
            do_access(vcpu, r);
            break;
        case HOSTED_EXIT_WAIT:
        case HOSTED_EXIT_OFF:
            __asm__ volatile("wfi"); /* the tick is soon */
            break;
        case HOSTED_EXIT_SYSTEM_OFF:
            return;
        default:
            break;
        }
    }
}

static void make_guest(void)
{
    uint32_t bytes = (uint32_t)(guest_image_end - guest_image);

    for (uint32_t i = 0; i < bytes; i++) {
        ((volatile uint8_t *)GUEST_RAM_PA)[i] = guest_image[i];
    }
    for (uint32_t at = 0; at < bytes; at += 64) { /* the guest begins without caches */
        __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(GUEST_RAM_PA + at) : "memory");
    }
    __asm__ volatile("dsb");
    claim("a VM is made", hyp(HOSTED_VM_CREATE, VCPU_COUNT, 0, 0, 0) == 0);
    claim("memory is mapped",
          hyp(HOSTED_VM_MAP, GUEST_RAM, GUEST_RAM_PA, GUEST_RAM_BYTES, STAGE2_RWX) == 0);
    claim("a vCPU is started", hyp(HOSTED_VCPU_BOOT, 0, GUEST_RAM, 0, 0) == 0);
    claim("an unknown call is refused", (int32_t)hyp(99, 0, 0, 0, 0) == -1);
}

static void check_state(unsigned cpu, unsigned *differs)
{
    for (unsigned kind = 0; kind < 4; kind++) {
        differs[kind] = host_state_differs(cpu, (enum host_state_kind)kind);
    }
}

/* Masked, so that the state is this process's. */
static void second_cpu(void)
{
    while (!running) {
    }
    host_state_set(1, 77);
    run_vcpu(1);
    __asm__ volatile("cpsid i");
    check_state(1, cpu1_state);
    __asm__ volatile("dmb");
    cpu1_done = true;
    for (;;) {
        __asm__ volatile("wfi");
    }
}

static void report(const unsigned *state)
{
    static const char *const names[4][CPU_COUNT] = {
        {"CPU0: banked registers survive", "CPU1: banked registers survive"},
        {"CPU0: CP15 registers survive", "CPU1: CP15 registers survive"},
        {"CPU0: the MMU's controls survive", "CPU1: the MMU's controls survive"},
        {"CPU0: D0 to D31 survive", "CPU1: D0 to D31 survive"},
    };

    for (unsigned kind = 0; kind < 4; kind++) {
        claim(names[kind][0], state[kind] == 0);
        claim(names[kind][1], cpu1_state[kind] == 0);
    }
    claim("general registers survive each call", changed[0] == 0 && changed[1] == 0);
    claim("both CPUs ran a vCPU", runs[0] > 10 && runs[1] > 1);
    claim("the timer ticks on both CPUs", ticks[0] > 1 && ticks[1] > 1);
    claim("the second process ran", second_count > 0);
    claim("each process has its own window", second_wrong == 0 && read32(WINDOW) == 0xa);
}

static void first_cpu(void)
{
    unsigned state[4];

    write32(WINDOW_PA, 0xa);
    write32(WINDOW_PA + 0x100000, 0xb);
    make_second_process();
    interrupts_on(0);
    make_guest();
    host_state_set(0, 55);
    running = true;
    run_vcpu(0);
    __asm__ volatile("cpsid i");
    check_state(0, state);
    while (!cpu1_done) {
    }
    report(state);
    put_text("host: ends\n");
    write32(PS_HOLD_CONTROL, read32(PS_HOLD_CONTROL) | 1u << 8);
    write32(PS_HOLD_CONTROL, read32(PS_HOLD_CONTROL) & ~(1u << 8));
    for (;;) {
    }
}

void host_main(unsigned cpu)
{
    if (cpu == 0) {
        make_table(0);
        make_table(1);
        mmu_on();
        put_text("host: begins\n");
        hyp(HOSTED_CPU_ON, (uint32_t)host_second_start, 0, 0, 0);
        first_cpu();
    }
    mmu_on();
    interrupts_on(1);
    second_cpu();
}
