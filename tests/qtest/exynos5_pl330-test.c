/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The PL330 DMA controllers: where they are, their interrupts and request
 * lines, and what no channel program may do to the machine.  Registers and
 * instruction bytes are literals from the PL330 TRM (DDI 0424, chapters 3 and 4).
 */
#include "qemu/osdep.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define PDMA0 0x121a0000
#define PROGRAM 0x40010000

enum {
    DMA_INTEN = 0x020,
    DMA_INTMIS = 0x028,
    DMA_INTCLR = 0x02c,
    DMA_FSRD = 0x030,
    DMA_FSRC = 0x034,
    DMA_CSR0 = 0x100,
    DMA_DBGSTATUS = 0xd00,
    DMA_DBGCMD = 0xd04,
    DMA_DBGINST0 = 0xd08,
    DMA_DBGINST1 = 0xd0c,
};

enum { PAUSE_NS = 10000000 };

static const struct {
    const char *name;
    uint32_t base;
    unsigned spi;
    uint32_t cr0_requests;      /* CR0 bits 16:12, requests - 1 */
} dmacs[] = {
    { "pdma0", 0x121a0000, 34, 31 },
    { "pdma1", 0x121b0000, 35, 31 },
    { "mdma0", 0x10800000, 33, 0 },
    { "mdma1", 0x11c10000, 124, 0 },
};

static QTestState *start(void)
{
    QTestState *qts = qtest_init("-M arndale -serial null");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

static uint32_t get(QTestState *qts, unsigned reg)
{
    return qtest_readl(qts, PDMA0 + reg);
}

static void put(QTestState *qts, unsigned reg, uint32_t value)
{
    qtest_writel(qts, PDMA0 + reg, value);
}

/* DMAGO channel, PROGRAM + offset: by the manager's debug interface. */
static void go(QTestState *qts, uint32_t base, unsigned channel,
               uint32_t address, const uint8_t *code, size_t size)
{
    qtest_memwrite(qts, address, code, size);
    qtest_writel(qts, base + DMA_DBGINST0, channel << 24 | 0xa0 << 16);
    qtest_writel(qts, base + DMA_DBGINST1, address);
    qtest_writel(qts, base + DMA_DBGCMD, 0);
}

/* DMAKILL, by the channel's debug interface. */
static void kill_channel(QTestState *qts, unsigned channel)
{
    put(qts, DMA_DBGINST0, 0x01 << 16 | channel << 8 | 1);
    put(qts, DMA_DBGCMD, 0);
}

static const uint8_t send_event0[] = { 0x34, 0x00, 0x00 };  /* DMASEV 0; END */

/** Each controller answers with ARM's identification and its configuration. */
static void test_identification(void)
{
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(dmacs); i++) {
        uint32_t id = 0;

        g_test_message("%s", dmacs[i].name);
        for (unsigned byte = 0; byte < 4; byte++) {
            id |= qtest_readl(qts, dmacs[i].base + 0xfe0 + 4 * byte) << (8 * byte);
        }
        g_assert_cmphex(id, ==, 0x00241330);
        /* CR0: 8 channels (7), 32 events (31), peripheral requests. */
        g_assert_cmphex(qtest_readl(qts, dmacs[i].base + 0xe00), ==,
                        0x003e0071 | dmacs[i].cr0_requests << 12);
    }
    qtest_quit(qts);
}

/** An event interrupts on the controller's own line until it is cleared. */
static void test_event_interrupts(void)
{
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(dmacs); i++) {
        uint32_t base = dmacs[i].base;

        g_test_message("%s", dmacs[i].name);
        qtest_writel(qts, base + DMA_INTEN, 1);
        g_assert_false(qtest_get_irq(qts, dmacs[i].spi));
        go(qts, base, 0, PROGRAM, send_event0, sizeof(send_event0));
        g_assert_cmphex(qtest_readl(qts, base + DMA_INTMIS), ==, 1);
        g_assert_true(qtest_get_irq(qts, dmacs[i].spi));
        qtest_writel(qts, base + DMA_INTCLR, 1);
        g_assert_false(qtest_get_irq(qts, dmacs[i].spi));
    }
    qtest_quit(qts);
}

/** All 32 events of a controller reach its line. */
static void test_all_events(void)
{
    QTestState *qts = start();

    put(qts, DMA_INTEN, 0xffffffff);
    for (unsigned event = 0; event < 32; event++) {
        uint8_t code[] = { 0x34, event << 3, 0x00 };

        go(qts, PDMA0, 0, PROGRAM, code, sizeof(code));
        g_assert_cmphex(get(qts, DMA_INTMIS), ==, 1u << event);
        g_assert_true(qtest_get_irq(qts, 34));
        put(qts, DMA_INTCLR, 1u << event);
        g_assert_false(qtest_get_irq(qts, 34));
    }
    qtest_quit(qts);
}

/** Data moves from memory to memory: two bursts of 8 words. */
static void test_copy(void)
{
    static const uint8_t code[] = {
        0xbc, 0x01, 0x75, 0x40, 0x1d, 0x00, /* DMAMOV CCR: 8 x 4 bytes, both
                                               addresses incrementing */
        0xbc, 0x00, 0x00, 0x00, 0x02, 0x40, /* DMAMOV SAR, 40020000 */
        0xbc, 0x02, 0x00, 0x00, 0x03, 0x40, /* DMAMOV DAR, 40030000 */
        0x20, 0x01,                         /* DMALP 2 */
        0x04,                               /* DMALD */
        0x08,                               /* DMAST */
        0x38, 0x02,                         /* DMALPEND */
        0x13,                               /* DMAWMB */
        0x34, 0x00,                         /* DMASEV 0 */
        0x00,                               /* DMAEND */
    };
    QTestState *qts = start();
    uint8_t from[64], to[64];

    for (unsigned i = 0; i < sizeof(from); i++) {
        from[i] = 3 * i + 1;
    }
    qtest_memwrite(qts, 0x40020000, from, sizeof(from));
    put(qts, DMA_INTEN, 1);
    go(qts, PDMA0, 3, PROGRAM, code, sizeof(code));
    g_assert_cmphex(get(qts, DMA_FSRC), ==, 0);
    g_assert_true(qtest_get_irq(qts, 34));
    qtest_memread(qts, 0x40030000, to, sizeof(to));
    g_assert_cmpmem(from, sizeof(from), to, sizeof(to));
    g_assert_cmphex(qtest_readl(qts, 0x40030040), ==, 0);
    qtest_quit(qts);
}

/** The receive requests of the UARTs reach the numbers of exynos5250.dtsi. */
static void test_uart_requests(void)
{
    static const struct {
        const char *name;
        uint32_t uart, dmac;
        unsigned request;
    } wires[] = {
        { "uart0", 0x12c00000, 0x121a0000, 13 },
        { "uart1", 0x12c10000, 0x121b0000, 15 },
        { "uart2", 0x12c20000, 0x121a0000, 15 },
        { "uart3", 0x12c30000, 0x121b0000, 17 },
    };
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(wires); i++) {
        uint8_t code[] = {
            0x30, wires[i].request << 3,    /* DMAWFP, single */
            0x34, 0x00, 0x00,               /* DMASEV 0; DMAEND */
        };

        g_test_message("%s", wires[i].name);
        qtest_writel(qts, wires[i].dmac + DMA_INTEN, 1);
        qtest_writel(qts, wires[i].uart + 0x04, 2); /* UCON: receive by DMA */
        qtest_readl(qts, wires[i].uart + 0x24);     /* URXH: nothing there */
        go(qts, wires[i].dmac, i, PROGRAM, code, sizeof(code));
        qtest_clock_step(qts, PAUSE_NS);
        g_assert_cmphex(qtest_readl(qts, wires[i].dmac + DMA_INTMIS), ==, 0);
        qtest_writel(qts, wires[i].uart + 0x04, 0);
        qtest_readl(qts, wires[i].uart + 0x24);
        qtest_clock_step(qts, PAUSE_NS);
        g_assert_cmphex(qtest_readl(qts, wires[i].dmac + DMA_INTMIS), ==, 1);
        qtest_writel(qts, wires[i].dmac + DMA_INTCLR, 1);
    }
    qtest_quit(qts);
}

/** A fault interrupts on the same line until the channel is killed. */
static void test_abort(void)
{
    static const uint8_t undefined[] = { 0xff };
    QTestState *qts = start();

    go(qts, PDMA0, 2, PROGRAM, undefined, sizeof(undefined));
    g_assert_cmphex(get(qts, DMA_FSRC), ==, 0x04);
    g_assert_true(qtest_get_irq(qts, 34));
    kill_channel(qts, 2);
    g_assert_cmphex(get(qts, DMA_FSRC), ==, 0x00);
    g_assert_false(qtest_get_irq(qts, 34));
    qtest_quit(qts);
}

/** A program without end neither hangs QEMU nor starves other channels. */
static void test_endless_program(void)
{
    static const uint8_t endless[] = {
        0x18,                               /* DMANOP */
        0x28, 0x01,                         /* DMALPFE to it */
    };
    QTestState *qts = start();

    put(qts, DMA_INTEN, 1);
    go(qts, PDMA0, 0, PROGRAM, endless, sizeof(endless));
    g_assert_cmphex(get(qts, DMA_CSR0) & 0xf, ==, 1);
    go(qts, PDMA0, 1, PROGRAM + 0x100, send_event0, sizeof(send_event0));
    g_assert_cmphex(get(qts, DMA_INTMIS), ==, 1);
    qtest_clock_step(qts, PAUSE_NS);
    g_assert_cmphex(get(qts, DMA_CSR0) & 0xf, ==, 1);
    g_assert_cmphex(get(qts, DMA_FSRC), ==, 0);
    kill_channel(qts, 0);
    g_assert_cmphex(get(qts, DMA_CSR0) & 0xf, ==, 0);
    qtest_quit(qts);
}

/** A program that is longer than one turn still ends: 65536 rounds. */
static void test_long_program(void)
{
    static const uint8_t code[] = {
        0x20, 0xff,                         /* DMALP 256 */
        0x22, 0xff,                         /* DMALP 256, inner */
        0x18,                               /* DMANOP */
        0x3c, 0x01,                         /* DMALPEND inner */
        0x38, 0x05,                         /* DMALPEND outer */
        0x34, 0x00, 0x00,                   /* DMASEV 0; DMAEND */
    };
    QTestState *qts = start();

    put(qts, DMA_INTEN, 1);
    go(qts, PDMA0, 0, PROGRAM, code, sizeof(code));
    for (unsigned i = 0; i < 100 && !get(qts, DMA_INTMIS); i++) {
        qtest_clock_step(qts, PAUSE_NS);
    }
    g_assert_cmphex(get(qts, DMA_INTMIS), ==, 1);
    g_assert_cmphex(get(qts, DMA_CSR0) & 0xf, ==, 0);
    qtest_quit(qts);
}

/** A system reset takes interrupts and faults away, the manager's as well. */
static void test_reset(void)
{
    static const uint8_t undefined[] = { 0xff };
    QTestState *qts = start();

    put(qts, DMA_INTEN, 1);
    go(qts, PDMA0, 0, PROGRAM, send_event0, sizeof(send_event0));
    go(qts, PDMA0, 2, PROGRAM + 0x100, undefined, sizeof(undefined));
    put(qts, DMA_DBGINST0, 0xff << 16);
    put(qts, DMA_DBGCMD, 0);
    g_assert_cmphex(get(qts, DMA_FSRD), ==, 1);
    g_assert_true(qtest_get_irq(qts, 34));
    qtest_system_reset(qts);
    g_assert_cmphex(get(qts, DMA_INTMIS), ==, 0);
    g_assert_cmphex(get(qts, DMA_FSRC), ==, 0);
    g_assert_cmphex(get(qts, DMA_FSRD), ==, 0);
    g_assert_false(qtest_get_irq(qts, 34));
    qtest_quit(qts);
}

/** The debug interface is idle again after an instruction it cannot do. */
static void test_debug_status(void)
{
    QTestState *qts = start();

    put(qts, DMA_DBGINST0, 0xff << 16);
    put(qts, DMA_DBGCMD, 0);
    g_assert_cmphex(get(qts, DMA_DBGSTATUS), ==, 0);
    qtest_quit(qts);
}

/**
 * A channel cannot reach its own controller's registers: here it would kill
 * itself, in a turn that no register access started.
 */
static void test_own_registers(void)
{
    static const uint8_t code[] = {
        0xbc, 0x01, 0x00, 0x00, 0x01, 0x00, /* DMAMOV CCR: one word */
        0xbc, 0x02, 0x04, 0x0d, 0x1a, 0x12, /* DMAMOV DAR, DBGCMD */
        0x30, 0x00,                         /* DMAWFP 0, single */
        0x0c,                               /* DMASTZ */
        0x13,                               /* DMAWMB */
        0x34, 0x00, 0x00,                   /* DMASEV 0; DMAEND */
    };
    QTestState *qts = start();

    put(qts, DMA_INTEN, 1);
    qtest_set_irq_in(qts, "/machine/soc/dmac[0]", NULL, 0, 1);
    go(qts, PDMA0, 0, PROGRAM, code, sizeof(code));
    put(qts, DMA_DBGINST0, 0x01 << 16 | 0 << 8 | 1);    /* DMAKILL */
    qtest_set_irq_in(qts, "/machine/soc/dmac[0]", NULL, 0, 0);
    qtest_clock_step(qts, PAUSE_NS);
    g_assert_cmphex(get(qts, DMA_INTMIS), ==, 1);
    qtest_quit(qts);
}

/** An endless program that was saved runs on, and can be killed. */
static void test_save_load(void)
{
    static const uint8_t endless[] = { 0x18, 0x28, 0x01 };
    QTestState *qts = qtest_init("-M arndale -m 16M");

    go(qts, PDMA0, 5, PROGRAM, endless, sizeof(endless));
    qts = save_and_load(qts, "-M arndale -m 16M");
    qtest_clock_step(qts, PAUSE_NS);
    g_assert_cmphex(get(qts, DMA_CSR0 + 5 * 8) & 0xf, ==, 1);
    kill_channel(qts, 5);
    g_assert_cmphex(get(qts, DMA_CSR0 + 5 * 8) & 0xf, ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5-pl330/identification", test_identification);
    qtest_add_func("/exynos5-pl330/event-interrupts", test_event_interrupts);
    qtest_add_func("/exynos5-pl330/all-events", test_all_events);
    qtest_add_func("/exynos5-pl330/copy", test_copy);
    qtest_add_func("/exynos5-pl330/uart-requests", test_uart_requests);
    qtest_add_func("/exynos5-pl330/abort", test_abort);
    qtest_add_func("/exynos5-pl330/endless-program", test_endless_program);
    qtest_add_func("/exynos5-pl330/long-program", test_long_program);
    qtest_add_func("/exynos5-pl330/reset", test_reset);
    qtest_add_func("/exynos5-pl330/debug-status", test_debug_status);
    qtest_add_func("/exynos5-pl330/own-registers", test_own_registers);
    qtest_add_func("/exynos5-pl330/save-load", test_save_load);
    return g_test_run();
}
