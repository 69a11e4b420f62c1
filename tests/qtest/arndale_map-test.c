/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * No access of a guest ends or hangs QEMU: code on CPU1 (which gets it
 * through the pen word of the boot ROM, in Secure SVC, interrupts masked)
 * reads and writes the devices in bytes, halfwords and words.  What to walk
 * is what QEMU says is mapped, so new devices are walked without a change
 * here.
 */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define CODE        0x40001000
#define RESULT      0x40003000
#define RANGES      0x40004000
#define PEN_WORD    0x02020000

enum { POLL_US = 10000, POLLS_MAX = 55000, RANGES_MAX = 1000 };

/* Words that the walker leaves at RESULT. */
enum { RESULT_DONE = 0, RESULT_PATTERN = 4, RESULT_ADDRESS = 8, RESULT_ABORTS = 12 };

/* Registers whose writes end the walk by design: see test_named_registers. */
enum {
    PMU_SWRESET = 0x10040400,
    PMU_PS_HOLD = 0x1004330c,
    WDT_WTCON   = 0x101d0000,
};

/*
 * Walks the ranges { start, end, writable } at RANGES, the last one with end
 * 0, once for each pattern.  Aborted accesses are counted and skipped.
 */
static const uint32_t walker[] = {
    0xeafffffe,     /* 40001000: vectors: b . */
    0xeafffffe,     /*     b . */
    0xeafffffe,     /*     b . */
    0xeafffffe,     /*     b . */
    0xe28bb001,     /*     add r11, r11, #1            data abort: count it */
    0xe25ef004,     /*     subs pc, lr, #4             go on behind it */
    0xeafffffe,     /*     b . */
    0xeafffffe,     /*     b . */
    0xe59f00b0,     /* 40001020: ldr r0, =vectors */
    0xee0c0f10,     /*     mcr p15, 0, r0, c12, c0, 0  VBAR */
    0xe59fc0ac,     /*     ldr r12, =RESULT */
    0xe3a0b000,     /*     mov r11, #0 */
    0xe28f4094,     /*     adr r4, patterns */
    0xe4943004,     /* next_pattern: ldr r3, [r4], #4 */
    0xe59f00a0,     /*     ldr r0, =RANGES */
    0xe8b00026,     /* next_range: ldm r0!, {r1, r2, r5} */
    0xe3520000,     /*     cmp r2, #0 */
    0x0a000019,     /*     beq pattern_done */
    0xe58c3004,     /*     str r3, [r12, #4] */
    0xe1a06001,     /*     mov r6, r1 */
    0xe58c6008,     /* 1:  str r6, [r12, #8] */
    0xe5d67000,     /*     ldrb r7, [r6] */
    0xe3150001,     /*     tst r5, #1 */
    0x15c63000,     /*     strbne r3, [r6] */
    0xe2866001,     /*     add r6, r6, #1 */
    0xe1560002,     /*     cmp r6, r2 */
    0x1afffff8,     /*     bne 1b */
    0xe1a06001,     /*     mov r6, r1 */
    0xe58c6008,     /* 2:  str r6, [r12, #8] */
    0xe1d670b0,     /*     ldrh r7, [r6] */
    0xe3150001,     /*     tst r5, #1 */
    0x11c630b0,     /*     strhne r3, [r6] */
    0xe2866002,     /*     add r6, r6, #2 */
    0xe1560002,     /*     cmp r6, r2 */
    0x1afffff8,     /*     bne 2b */
    0xe1a06001,     /*     mov r6, r1 */
    0xe58c6008,     /* 3:  str r6, [r12, #8] */
    0xe5967000,     /*     ldr r7, [r6] */
    0xe3150001,     /*     tst r5, #1 */
    0x15863000,     /*     strne r3, [r6] */
    0xe2866004,     /*     add r6, r6, #4 */
    0xe1560002,     /*     cmp r6, r2 */
    0x1afffff8,     /*     bne 3b */
    0xeaffffe2,     /*     b next_range */
    0xe58cb00c,     /* pattern_done: str r11, [r12, #12] */
    0xe59f7018,     /*     ldr r7, patterns + 8 */
    0xe1530007,     /*     cmp r3, r7 */
    0x1affffdc,     /*     bne next_pattern */
    0xe3a07001,     /*     mov r7, #1 */
    0xe58c7000,     /*     str r7, [r12] */
    0xeafffffe,     /*     b . */
    0x00000000,     /* patterns */
    0xffffffff,
    0x5a5a5a5a,
    0x40001000,     /* vectors */
    0x40003000,     /* RESULT */
    0x40004000,     /* RANGES */
};

enum { WALKER_ENTRY = 0x40001020 };

typedef struct Range {
    uint32_t start;
    uint32_t end;               /* first byte behind it */
    uint32_t writable;
} Range;

static void put_words(QTestState *qts, uint32_t address, const void *words,
                      size_t size_bytes)
{
    qtest_memwrite(qts, address, words, size_bytes);
}

/*
 * Runs a machine that is stopped: CPU1 finds its word when it comes to the
 * pen, where it would sleep until an event that a QTest cannot give.
 */
static void go(QTestState *qts)
{
    qtest_qmp_assert_success(qts, "{ 'execute': 'cont' }");
}

/* Lets CPU1 of a stopped machine walk @ranges; returns how many accesses were aborted. */
static uint32_t walk(QTestState *qts, const Range *ranges, unsigned count)
{
    static const Range last;

    put_words(qts, CODE, walker, sizeof(walker));
    put_words(qts, RANGES, ranges, count * sizeof(*ranges));
    put_words(qts, RANGES + count * sizeof(*ranges), &last, sizeof(last));
    qtest_writel(qts, PEN_WORD, WALKER_ENTRY);
    go(qts);
    for (unsigned i = 0; !qtest_readl(qts, RESULT + RESULT_DONE); i++) {
        if (i == POLLS_MAX) {
            g_test_message("the walk with 0x%08x is at 0x%08x still",
                           qtest_readl(qts, RESULT + RESULT_PATTERN),
                           qtest_readl(qts, RESULT + RESULT_ADDRESS));
            g_test_fail();
            break;
        }
        g_usleep(POLL_US);
    }
    return qtest_readl(qts, RESULT + RESULT_ABORTS);
}

static bool is_named_register(uint32_t address)
{
    return address == PMU_SWRESET || address == PMU_PS_HOLD ||
           address == WDT_WTCON;
}

/* Adds a range, with the named registers in it read-only. */
static unsigned add_range(Range *ranges, unsigned count, uint32_t start,
                          uint32_t end)
{
    uint32_t from = start;

    for (uint32_t word = start & ~3u; word < end; word += 4) {
        if (is_named_register(word)) {
            if (from < word) {
                ranges[count++] = (Range) { from, word, 1 };
            }
            ranges[count++] = (Range) { word, word + 4, 0 };
            from = word + 4;
        }
    }
    if (from < end) {
        ranges[count++] = (Range) { from, end, 1 };
    }
    g_assert_cmpuint(count, <, RANGES_MAX - 4);
    return count;
}

/* All that CPU1 sees as I/O, from "info mtree -f". */
static unsigned mapped_devices(QTestState *qts, Range *ranges)
{
    g_autofree char *text = qtest_hmp(qts, "info mtree -f");
    const char *view = strstr(text, "\"memory\", root: system");
    g_auto(GStrv) lines = NULL;
    unsigned count = 0;

    g_assert_nonnull(view);
    lines = g_strsplit(view, "\n", 0);
    for (unsigned i = 0; lines[i] && !g_str_has_prefix(lines[i], "FlatView"); i++) {
        uint64_t first, last;
        int prio;

        if (sscanf(lines[i], " %" SCNx64 "-%" SCNx64 " (prio %d, i/o)",
                   &first, &last, &prio) == 3 && strstr(lines[i], "i/o")) {
            count = add_range(ranges, count, first, last + 1);
        }
    }
    return count;
}

static bool covers(const Range *ranges, unsigned count, uint32_t address)
{
    for (unsigned i = 0; i < count; i++) {
        if (address >= ranges[i].start && address < ranges[i].end) {
            return true;
        }
    }
    return false;
}

/**
 * Every byte, halfword and word of every device: read, and written with 0,
 * ~0 and 5a5a5a5a.  The machine resets and works afterwards.
 */
static void test_walk(void)
{
    static const uint32_t must_be_mapped[] = {
        0x03860000, 0x10000000, 0x1003fffc, 0x10044ffc, 0x10060000, 0x101c0000,
        0x101d0000, 0x10440000, 0x10481000, 0x10482000, 0x10484000, 0x10486000,
        0x10800000, 0x11400000, 0x11c10000, 0x121a0000, 0x121b0000, 0x12200000,
        0x12220000, 0x12c20000, 0x12c60000, 0x12dd0000, 0x13400000, 0x14400000,
    };
    g_autofree Range *ranges = g_new0(Range, RANGES_MAX);
    QTestState *qts = qtest_init("-M arndale -accel tcg -S");
    unsigned count = mapped_devices(qts, ranges);

    for (unsigned i = 0; i < ARRAY_SIZE(must_be_mapped); i++) {
        g_assert_true(covers(ranges, count, must_be_mapped[i]));
    }
    walk(qts, ranges, count);
    qtest_writel(qts, PEN_WORD, 0);
    qtest_system_reset(qts);
    g_assert_cmphex(qtest_readl(qts, 0x10000000) & 0xfffff000, ==, 0x43520000);
    g_assert_cmphex(qtest_readl(qts, 0x11400008), ==, 0x5555);
    qtest_quit(qts);
}

/**
 * The registers that the walk only reads take every pattern that does not
 * reset or power off: SWRESET without bit 0, PS_HOLD with its data bit 8 set,
 * WTCON without its reset enable, bit 0.
 */
static void test_named_registers(void)
{
    static const uint32_t patterns[] = { 0, 0xffffffff, 0x5a5a5a5a };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(patterns); i++) {
        uint32_t p = patterns[i];

        qtest_writel(qts, PMU_SWRESET, p & ~1u);
        qtest_writew(qts, PMU_SWRESET, p & 0xfffe);
        qtest_writew(qts, PMU_SWRESET + 2, p);
        qtest_writeb(qts, PMU_SWRESET, p & 0xfe);
        qtest_writel(qts, PMU_PS_HOLD, p | 0x100);
        qtest_writew(qts, PMU_PS_HOLD, p | 0x100);
        qtest_writew(qts, PMU_PS_HOLD + 2, p);
        qtest_writeb(qts, PMU_PS_HOLD + 1, p | 0x01);
        qtest_writel(qts, WDT_WTCON, p & ~1u);
        qtest_writew(qts, WDT_WTCON, p & 0xfffe);
        qtest_writew(qts, WDT_WTCON + 2, p);
        qtest_writeb(qts, WDT_WTCON, p & 0xfe);
        qtest_clock_step(qts, 1000);
    }
    g_assert_cmphex(qtest_readl(qts, WDT_WTCON), ==, 0x5a18);
    qtest_quit(qts);
}

/** All other addresses are holes: every access there is aborted. */
static void test_holes(void)
{
    static const Range holes[] = {
        { 0x02010000, 0x02010008, 1 },      /* behind the boot ROM's mirror */
        { 0x02080000, 0x02080008, 1 },      /* behind SYSRAM */
        { 0x04000000, 0x04000008, 1 },      /* SROM bank, nothing fitted */
        { 0x10005000, 0x10005008, 1 },      /* between chip ID and CMU */
        { 0x10070000, 0x10070008, 1 },
        { 0x10488000, 0x10488008, 1 },      /* behind the GIC */
        { 0x14660000, 0x14660008, 1 },      /* behind the last device */
        { 0x3ffffff8, 0x40000000, 1 },      /* below DRAM */
        { 0xc0000000, 0xc0000008, 1 },      /* above DRAM */
    };
    /* Asynchronous aborts of stores would wait for the walker's CPSR.A. */
    QTestState *qts = qtest_init("-M arndale,sync-aborts=on -accel tcg -S");
    /* 8 bytes: 8 + 4 + 2 reads and as many writes, with three patterns. */
    uint32_t aborts = ARRAY_SIZE(holes) * (8 + 4 + 2) * 2 * 3;

    g_assert_cmpuint(walk(qts, holes, ARRAY_SIZE(holes)), ==, aborts);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/arndale-map/walk", test_walk);
    qtest_add_func("/arndale-map/named-registers", test_named_registers);
    qtest_add_func("/arndale-map/holes", test_holes);
    return g_test_run();
}
