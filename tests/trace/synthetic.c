/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trace with the mix of causes and changes that a hypervisor with two VMs makes.
 */
#include <glib.h>

#include "hyptrace/lib/event.h"
#include "tests/trace/synthetic.h"
#include "tests/trace/trace_writer.h"

enum { CPUS = 2 };

struct maker {
    HtWriter *writer;
    uint64_t random;
    uint64_t seq;
    uint64_t time_ns;
    uint64_t insns[CPUS];
    uint32_t regs[CPUS][HT_REG_COUNT];
};

/* Syndromes: what was trapped, how often in 64. */
static const struct {
    uint8_t id;
    uint8_t weight;
    uint32_t hsr;
    uint32_t hpfar;
} traps[] = {
    {HT_EV_ENTRY_DABT_S2, 20, 0x93820007, 0x12c200},  /* UART2 */
    {HT_EV_ENTRY_DABT_S2, 12, 0x93800047, 0x104810},  /* GICD */
    {HT_EV_ENTRY_SYNC, 8, 0x06000000, 0},             /* WFI */
    {HT_EV_ENTRY_SYNC, 6, 0x4a000ea1, 0},             /* HVC #0xea1 */
    {HT_EV_ENTRY_SYNC, 4, 0x0fee0063, 0},             /* MRC ID_MMFR3 */
    {HT_EV_ENTRY_SYNC, 2, 0x0fe20021, 0},             /* MRC ACTLR */
    {HT_EV_ENTRY_IRQ, 12, 0, 0},
};

static uint32_t next_random(struct maker *maker)
{
    maker->random = maker->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(maker->random >> 33);
}

static void put(struct maker *maker, struct ht_event *event, unsigned cpu, unsigned ns)
{
    event->cpu = cpu;
    event->regs = maker->regs[cpu];
    event->seq = maker->seq++;
    event->time_ns = maker->time_ns += ns;
    event->insns = maker->insns[cpu] += ns / 2;
    ht_writer_set_rows(event, maker->regs[cpu]);
    ht_writer_put(maker->writer, event);
}

static unsigned pick(struct maker *maker)
{
    unsigned left = next_random(maker) % 64, i = 0;

    while (left >= traps[i].weight) {
        left -= traps[i++].weight;
    }
    return i;
}

/* Guest code between traps: some registers change. */
static void run_guest(struct maker *maker, unsigned cpu)
{
    uint32_t *regs = maker->regs[cpu];

    regs[HT_REG_R0 + next_random(maker) % 4] = next_random(maker) & 0xff;
    regs[HT_REG_R4 + next_random(maker) % 8] ^= next_random(maker) & 0xffff;
    regs[HT_REG_LR_SVC] = 0xc0000000 | next_random(maker);
    regs[HT_REG_SP_SVC] ^= next_random(maker) & 0xff8;
}

/* Returns where the guest goes on. */
static uint32_t make_entry(struct maker *maker, unsigned cpu, unsigned trap)
{
    struct ht_event event = {
        .id = traps[trap].id,
        .vector = traps[trap].id == HT_EV_ENTRY_IRQ ? 6 : 5,
        .insn_halfwords = traps[trap].id == HT_EV_ENTRY_IRQ ? 0 : 2,
        .insn = 0xe5c12020,
        .pc = 0xc0008000 + (next_random(maker) & 0xffc),
        .psr = 0x60000013,
        .hsr = traps[trap].hsr,
        .far = 0xf0000000 | (next_random(maker) & 0xfc),
        .hpfar = traps[trap].hpfar,
    };

    put(maker, &event, cpu, 200 + next_random(maker) % 40000);
    if (event.id == HT_EV_ENTRY_IRQ) {
        struct ht_event gic = {.id = HT_EV_GIC_ACK, .value = next_random(maker) % 2 ? 27 : 85};

        put(maker, &gic, cpu, 100);
        gic.id = HT_EV_GIC_EOI;
        put(maker, &gic, cpu, 100);
        gic.id = HT_EV_GICH_LR;
        gic.lr = next_random(maker) % 4;
        gic.value = 0x98000000 | gic.value << 10 | gic.value;
        put(maker, &gic, cpu, 100);
        return event.pc;
    }
    return event.pc + 4;
}

static void make_return(struct maker *maker, unsigned cpu, unsigned vm, uint32_t pc)
{
    uint32_t *regs = maker->regs[cpu];
    struct ht_event event = {.id = HT_EV_RETURN, .pc = pc, .psr = 0x60000013};

    regs[HT_REG_R0] = next_random(maker);
    regs[HT_REG_HCR] = 0x0038663f;
    regs[HT_REG_VTTBR] = 0xbf800000 + vm * 0x4000;
    regs[HT_REG_VTTBR_HI] = vm << 16;
    regs[HT_REG_VMPIDR] = 0x80000000 | cpu;
    regs[HT_REG_CNTV_CVAL] = (uint32_t)maker->time_ns;
    put(maker, &event, cpu, 400 + next_random(maker) % 5000);
}

void synthetic_write(uint64_t events, const char *dir)
{
    g_autofree struct maker *maker = g_new0(struct maker, 1);
    HtTrace layout = {.cpus = CPUS, .registers = TRUE, .icount = TRUE};
    unsigned vm[CPUS] = {0, 1};

    maker->writer = trace_writer_new(dir, &layout, HT_PACKET_BYTES_DEFAULT);
    make_return(maker, 0, vm[0], 0xc0008000);
    make_return(maker, 1, vm[1], 0xc0008000);
    while (maker->seq < events) {
        unsigned cpu = next_random(maker) % CPUS, trap = pick(maker);
        uint32_t pc;

        run_guest(maker, cpu);
        pc = make_entry(maker, cpu, trap);
        if (traps[trap].hsr == 0x06000000) {
            vm[cpu] = next_random(maker) % 2;
        }
        make_return(maker, cpu, vm[cpu], pc);
    }
    trace_writer_free(maker->writer);
}
