/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What does a guest's loop cost the host?  Runs one loop of loops.h in a guest at PL1, with the
 * stages of translation that the arguments say, and prints its sum.  The difference of two lengths
 * under callgrind is the cost of the loop alone; scripts/bench compares QEMU builds so.
 *
 * Arguments: 0: times (1000); 1: enum loop_kind; 2: enum stage1; 3: 1 with stage 2;
 * 4: 1 with the loop's buffer in Device memory.
 */
#include <stdbool.h>
#include "args.h"
#include "board.h"
#include "console.h"
#include "cp15.h"
#include "hyp.h"
#include "loops.h"

CP15_32(sctlr, 0, c1, c0, 0)
CP15_64(ttbr0, 0, c2)
CP15_32(ttbcr, 0, c2, c0, 2)
CP15_32(dacr, 0, c3, c0, 0)
CP15_32(mair0, 0, c10, c2, 0)
CP15_32(vbar, 0, c12, c0, 0)

enum loop_kind { LOOP_CPU = 1, LOOP_MEMORY, LOOP_WALKS, LOOP_MMIO, LOOP_SVC };
enum stage1 { STAGE1_OFF = 1, STAGE1_SHORT, STAGE1_LONG };

/* RAM that holds the buffer, and the GiB where its first GiB is seen as Device memory. */
#define BUFFER_PA (RAM_BASE + 0x4000000u)
#define DEVICE_GIB 3u
#define BUFFER_DEVICE (DEVICE_GIB << 30 | (BUFFER_PA & 0x3fffffffu))

#define HCR_VM 1u
#define SCTLR_M 1u
#define CPACR_CP10_CP11 0x00f00000u
#define HVC_DONE 0

/* Long descriptors of either stage, blocks of 1 GiB: DDI 0406C B3.6.1, B3.6.2. */
#define BLOCK 1ull
#define ACCESS (1ull << 10)
#define S1_BLOCK (BLOCK | ACCESS | 1ull << 6)           /* read and write; AttrIndx 0 */
#define S1_DEVICE (1ull << 2)                           /* AttrIndx 1 */
#define S2_BLOCK (BLOCK | ACCESS | 3ull << 6)           /* HAP: read and write */
#define S2_NORMAL (0xfull << 2)
#define S2_DEVICE (0x1ull << 2)
#define MAIR0 0x000004ffu                               /* 0 Normal Write-Back, 1 Device */
#define TTBCR_EAE 0x80000000u
#define VTCR_40BIT 0x80000058u

/* Short descriptors, sections with full access: B3.5.1. */
#define SECTION 0x00000c02u
#define SECTION_NORMAL 0x0000100cu
#define SECTION_DEVICE 0x00000004u

static uint64_t long_table[4] __attribute__((aligned(4096)));
static uint32_t short_table[4096] __attribute__((aligned(16384)));
static uint64_t stage2_table[1024] __attribute__((aligned(8192)));
static uint8_t guest_stack[1024] __attribute__((aligned(8)));
static uint32_t hyp_sp;
static bool done;

/* What the guest runs. */
static struct {
    uint32_t (*loop)(uint32_t count, void *buffer);
    uint32_t count;
    void *buffer;
    uint32_t sum;
} job;

static void guest(void)
{
    __asm__ volatile(".fpu neon-vfpv4\n vmsr fpexc, %0" : : "r"(0x40000000));
    job.sum = job.loop(job.count, job.buffer);
    __asm__ volatile(".arch_extension virt\n hvc #0");
}

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    uint32_t hsr = cp15_read_hsr();

    (void)frame;
    done = vector == VECTOR_TRAP && hsr == (0x4a000000u | HVC_DONE);    /* EC 0x12, IL */
    if (!done) {
        put_text("unexpected exception, HSR ");
        put_hex(hsr);
        put_text("\n");
    }
    guest_leave(hyp_sp);
}

static bool is_ram(uint32_t gib)
{
    return gib == RAM_BASE >> 30;
}

static void stage1_on(enum stage1 format)
{
    if (format == STAGE1_OFF) {
        return;
    }
    for (uint32_t gib = 0; gib < 4; gib++) {
        uint32_t pa = gib == DEVICE_GIB ? RAM_BASE : gib << 30;

        long_table[gib] = pa | S1_BLOCK | (is_ram(gib) ? 0 : S1_DEVICE);
        for (uint32_t i = 0; i < 1024; i++) {
            short_table[gib << 10 | i] =
                pa | i << 20 | SECTION | (is_ram(gib) ? SECTION_NORMAL : SECTION_DEVICE);
        }
    }
    cp15_write_dacr(1);                                 /* domain 0: client */
    cp15_write_mair0(MAIR0);
    cp15_write_ttbcr(format == STAGE1_LONG ? TTBCR_EAE : 0);
    cp15_write_ttbr0(format == STAGE1_LONG ? (uint32_t)long_table : (uint32_t)short_table);
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M);
}

/* Flat, but for the GiB that is Device memory: with stage 1 it does not come here. */
static void stage2_on(void)
{
    stage2_table[0] = S2_BLOCK | S2_DEVICE;
    stage2_table[RAM_BASE >> 30] = RAM_BASE | S2_BLOCK | S2_NORMAL;
    stage2_table[DEVICE_GIB] = RAM_BASE | S2_BLOCK | S2_DEVICE;
    cp15_write_vtcr(VTCR_40BIT);
    cp15_write_vttbr((uint32_t)stage2_table | 1ull << 48);
    cp15_write_hcr(HCR_VM);
}

static void choose(enum loop_kind kind, bool device)
{
    static uint32_t (*const loops[])(uint32_t, void *) = {
        [LOOP_CPU] = loop_cpu, [LOOP_MEMORY] = loop_memory, [LOOP_WALKS] = loop_walks,
        [LOOP_MMIO] = loop_mmio, [LOOP_SVC] = loop_svc,
    };

    job.loop = loops[kind <= LOOP_SVC ? kind : LOOP_CPU];
    job.count = arg(0, 1000);
    job.buffer = (void *)(device ? BUFFER_DEVICE : BUFFER_PA);
    for (uint32_t i = 0; i < LOOP_BUFFER_BYTES / 4; i++) {
        ((volatile uint32_t *)BUFFER_PA)[i] = i * 0x9e3779b9u;
    }
    if (kind == LOOP_MMIO) {
        job.buffer = (void *)(board.gicd + 4);          /* GICD_TYPER */
    }
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    choose(arg(1, LOOP_CPU), arg(4, 0));
    cp15_write_cpacr(CPACR_CP10_CP11);
    cp15_write_vbar((uint32_t)loop_vectors);
    stage1_on(arg(2, STAGE1_LONG));
    if (arg(3, 0)) {
        stage2_on();
    }
    cp15_tlbi_all_nsnh();
    guest_enter(guest, (uint32_t)(guest_stack + sizeof(guest_stack)), &hyp_sp);
    put_text(done ? "done " : "failed ");
    put_hex(job.sum);
    put_text("\n");
    board_power_off();
}
