/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * World switches and nothing else, to be timed from outside: costs per exit are the difference of
 * two runs of different lengths.
 *
 * full     As KVM and bhyve do: a host at PL1 without stage 2 calls Hyp, which puts a guest in its
 *          place; at the guest's exit it puts the host back.  One exit is both ways.
 * xen      Two guests take turns at each exit: VTTBR changes, HCR does not.
 * hyp      Hyp deals with the exit itself.
 *
 * Each world has its own stage-1 tables (short descriptors) and, but for the host, its own stage 2,
 * and touches its pages once between two exits.  The host touches 8 pages of data.
 *
 * Arguments: 0 exits per CPU (1000); 1 mode: 1 full, 2 xen, 3 hyp; 2 exit: 1 HVC, 2 MMIO, 3 WFI,
 * 4 IRQ (the virtual timer's); 3 pages of data (16; the most 2048); 4 pages of code + 1 (1);
 * 5 CPUs (1).  A world that calls with another world's page ends the run.  Prints "exits N" when each CPU has counted that many.
 */
#include "args.h"
#include "armv7/hcr.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "hyp.h"
#include "mmio.h"
#include "tables.h"
#include "world.h"

void loop_hvc(void);
void loop_mmio(void);
void loop_wfi(void);
void loop_irq(void);

enum mode { FULL = 1, XEN, HYP };
enum exit_kind { EXIT_HVC = 1, EXIT_MMIO, EXIT_WFI, EXIT_IRQ };

#define DATA_MAX 2048u
#define CODE_MAX 2048u
#define HOST_PAGES 8u

#define GICD_CTLR 0x000
#define GICD_ISENABLER0 0x100
#define GICC_CTLR 0x000
#define GICC_PMR 0x004
#define GICC_IAR 0x00c
#define GICC_EOIR 0x010
#define PPI_VIRTUAL_TIMER 27

#define SCTLR_M_C_Z_I 0x1805u
#define SCTLR_QUIET 0x00c50878u         /* its bits that read as one: B4.1.130 */
#define PSR_SVC_MASKED 0x1d3u
#define HCR_GUEST (ARMV7_HCR_VM | ARMV7_HCR_SWIO | ARMV7_HCR_FMO | ARMV7_HCR_IMO | ARMV7_HCR_AMO | \
                   ARMV7_HCR_TWI)
#define HCPTR_QUIET 0x33ffu
#define DACR_CLIENT 1u
#define ARM_BX_LR 0xe12fff1eu

struct cpu {
    struct world world[2];
    struct world *here;
    uint32_t seen;
    uint32_t hyp_sp;
    volatile bool ended;
};

static struct cpu cpus[CPU_MAX];
static uint32_t limit;
static enum mode mode;
static enum exit_kind exit_kind;
static uint32_t data_pages, code_pages, cpu_count;

static void (*loop(void))(void)
{
    static void (*const loops[])(void) = {
        [EXIT_HVC] = loop_hvc, [EXIT_MMIO] = loop_mmio, [EXIT_WFI] = loop_wfi, [EXIT_IRQ] = loop_irq,
    };
    return loops[exit_kind];
}

static unsigned this_cpu(void)
{
    return cp15_read_mpidr() & 3;
}

/* A world that starts with the loop @code; @index is among those of all CPUs. */
static void make_world(struct world *w, unsigned index, bool host, void (*code)(void))
{
    w->sctlr = SCTLR_QUIET | SCTLR_M_C_Z_I;
    w->ttbr0 = stage1_make(index);
    w->dacr = DACR_CLIENT;
    w->contextidr = host ? 0 : 1 + index;
    w->hcr = host ? 0 : HCR_GUEST;
    w->hcptr = HCPTR_QUIET;
    w->vmpidr = cp15_read_mpidr();
    __asm__ volatile("mrc p15, 0, %0, c0, c0, 0" : "=r"(w->vpidr));   /* MIDR */
    __asm__ volatile("mrc p15, 4, %0, c1, c1, 1" : "=r"(w->hdcr));    /* HPMN stays what it is */
    w->vttbr = host ? 0 : stage2_make(index, 1 + index);
    w->has_vgic = !host;
    w->gich_hcr = host ? 0 : 1;
    w->frame.elr = (uint32_t)code;
    w->frame.spsr = PSR_SVC_MASKED;
    w->frame.r[7] = MMIO_VA;
    w->frame.r[8] = PAGES_VA;
    w->frame.r[9] = host ? HOST_PAGES : data_pages;
    w->frame.r[10] = PAGES_VA + DATA_MAX * 4096u;
    w->frame.r[11] = host ? 0 : code_pages;
}

/* Data pages hold the number of their world, code pages a return: a load or a call each is measured. */
static void make_pages(unsigned index)
{
    for (unsigned i = 0; i < data_pages; i++) {
        mmio_write32(PAGES_VA + index * PAGES_BYTES + i * 4096u, index + 1);
    }
    for (unsigned i = 0; i < code_pages; i++) {
        mmio_write32(PAGES_VA + index * PAGES_BYTES + (DATA_MAX + i) * 4096u, ARM_BX_LR);
    }
}

static void switch_to(struct cpu *c, struct world *to, struct frame *frame)
{
    world_save(c->here, frame);
    world_load(to, frame);
    c->here = to;
}

/* A call is made with what the world's last data page holds in R2. */
static void check_page(const struct cpu *c, unsigned cpu, const struct frame *frame)
{
    unsigned index = 2 * cpu + (unsigned)(c->here - c->world);

    if (exit_kind == EXIT_HVC && frame->r[2] != index + 1) {
        put_text("a world sees another's page\n");
        board_power_off();
    }
}

/* What Hyp does for the guest before it may go on. */
static void serve(enum hyp_vector vector, struct frame *frame)
{
    if (vector == VECTOR_IRQ) {
        uint32_t interrupt = mmio_read32(board.gicc + GICC_IAR);

        __asm__ volatile("mcr p15, 0, %0, c14, c3, 1" : : "r"(0));     /* CNTV_CTL */
        mmio_write32(board.gicc + GICC_EOIR, interrupt);
        frame->r[5] = 1;
    } else if (exit_kind != EXIT_HVC) {
        frame->elr += 4;
    }
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    unsigned cpu = this_cpu();
    struct cpu *c = &cpus[cpu];

    if (!c->here) {
        c->here = c->world;
        world_load(c->here, frame);
        return;
    }
    if (mode == FULL && c->here == &c->world[0]) {
        switch_to(c, &c->world[1], frame);
        return;
    }
    check_page(c, cpu, frame);
    serve(vector, frame);
    if (++c->seen == limit) {
        guest_leave(c->hyp_sp);
    }
    if (mode == FULL) {
        switch_to(c, &c->world[0], frame);
    } else if (mode == XEN) {
        switch_to(c, c->here == c->world ? c->world + 1 : c->world, frame);
    }
}

/* What PL1 executes first: a call, at which Hyp puts the first world in its place. */
static void first_call(void)
{
    __asm__ volatile(".arch_extension virt\n hvc #0");
}

static void run(unsigned cpu)
{
    static uint8_t stacks[CPU_MAX][256] __attribute__((aligned(8)));
    struct cpu *c = &cpus[cpu];

    for (unsigned i = 0; i < 2; i++) {
        bool host = mode == FULL && i == 0;

        make_world(&c->world[i], 2 * cpu + i, host, host ? loop_hvc : loop());
        make_pages(2 * cpu + i);
    }
    cp15_write_vtcr(stage2_vtcr());
    cp15_tlbi_all_nsnh();
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicd + GICD_ISENABLER0, 1u << PPI_VIRTUAL_TIMER);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);

    guest_enter(first_call, (uint32_t)(stacks[cpu] + sizeof(stacks[cpu])), &c->hyp_sp);
    c->ended = true;
}

void payload_main(unsigned cpu)
{
    if (cpu == 0) {
        limit = arg(0, 1000);
        mode = arg(1, FULL);
        exit_kind = arg(2, EXIT_HVC);
        data_pages = arg(3, 16);
        code_pages = arg(4, 1) - 1;
        cpu_count = arg(5, 1);
        if (mode > HYP || exit_kind > EXIT_IRQ || data_pages > DATA_MAX || code_pages > CODE_MAX ||
            cpu_count > CPU_MAX) {
            put_text("an argument is out of range\n");
            board_power_off();
        }
        if (cpu_count > 1) {
            board_start_cpu1(second_start);
        }
    }
    run(cpu);
    if (cpu != 0) {
        for (;;) {
            __asm__ volatile("wfi");
        }
    }
    for (unsigned i = 0; i < cpu_count; i++) {
        while (!cpus[i].ended) {
        }
    }
    put_text("exits ");
    put_decimal(limit);
    put_text("\n");
    board_power_off();
}
