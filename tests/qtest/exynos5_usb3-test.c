/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * USB 3.0 host of the Exynos5250: where FreeBSD 11, Linux and U-Boot look
 * for its registers, and an xHCI that works there.  Sections of xHCI 1.0;
 * expected values are literals.
 */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define XHCI 0x12000000
#define OPER (XHCI + 0x40)
#define RUNTIME (XHCI + 0x600)
#define DOORBELL (XHCI + 0x640)
#define PORTSC(n) (OPER + 0x400 + 0x10 * ((n) - 1))
#define GSNPSID 0x1200c120
#define GCTL 0x1200c110

enum { USB3_SPI = 72 };

/* Places in DRAM. */
#define DCBAA 0x40010000
#define COMMANDS 0x40011000
#define EVENTS 0x40012000
#define SEGMENTS 0x40013000
#define EVENT_TRBS 16

static QTestState *start(const char *args)
{
    QTestState *qts = qtest_initf("-M arndale %s", args);

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

/** DWC3: the identification that all drivers check, and what they set. */
static void test_globals(void)
{
    QTestState *qts = start("");

    g_assert_cmphex(qtest_readl(qts, GSNPSID) >> 16, ==, 0x5533);
    g_assert_cmphex(qtest_readl(qts, GCTL), ==, 0x30c13004);
    qtest_writel(qts, GCTL, 0x30c11004);
    g_assert_cmphex(qtest_readl(qts, GCTL), ==, 0x30c11004);
    qtest_quit(qts);
}

/** 5.3: one interrupter, two ports; all registers are in the first page. */
static void test_capabilities(void)
{
    QTestState *qts = start("");

    g_assert_cmphex(qtest_readl(qts, XHCI), ==, 0x01000040);
    g_assert_cmphex(qtest_readl(qts, XHCI + 0x04), ==, 0x02000140);
    g_assert_cmphex(qtest_readl(qts, XHCI + 0x14), ==, 0x640);
    g_assert_cmphex(qtest_readl(qts, XHCI + 0x18), ==, 0x600);
    g_assert_cmphex(qtest_readb(qts, XHCI + 0x19), ==, 0x06);
    qtest_writel(qts, XHCI + 0x14, 0);
    g_assert_cmphex(qtest_readl(qts, XHCI + 0x14), ==, 0x640);
    /* Pages of 4 KiB, halted. */
    g_assert_cmphex(qtest_readl(qts, OPER + 0x08), ==, 1);
    g_assert_cmphex(qtest_readl(qts, OPER + 0x04) & 1, ==, 1);
    qtest_quit(qts);
}

/** The page behind the doorbells, where QEMU's own offsets are, is empty. */
static void test_no_other_registers(void)
{
    QTestState *qts = start("");

    g_assert_cmphex(qtest_readl(qts, XHCI + 0x1000), ==, 0);
    qtest_writel(qts, XHCI + 0x2000, 0);
    g_assert_cmphex(qtest_readl(qts, XHCI + 0x1024), ==, 0);
    qtest_quit(qts);
}

/** 5.4.1: HCRST clears itself. */
static void test_reset(void)
{
    QTestState *qts = start("");

    qtest_writel(qts, OPER + 0x38, 5);
    qtest_writel(qts, OPER, 2);
    g_assert_cmphex(qtest_readl(qts, OPER), ==, 0);
    g_assert_cmphex(qtest_readl(qts, OPER + 0x38), ==, 0);
    qtest_quit(qts);
}

static void put_trb(QTestState *qts, uint64_t at, uint64_t parameter,
                    uint32_t status, uint32_t control)
{
    qtest_writeq(qts, at, parameter);
    qtest_writel(qts, at + 8, status);
    qtest_writel(qts, at + 12, control);
}

/* Rings, one event segment of @event_trbs, interrupter 0 on, running. */
static void begin(QTestState *qts, uint64_t commands, uint32_t event_trbs)
{
    qtest_writeq(qts, SEGMENTS, EVENTS);
    qtest_writel(qts, SEGMENTS + 8, event_trbs);
    qtest_writel(qts, OPER + 0x38, 64);
    qtest_writel(qts, OPER + 0x30, DCBAA);
    qtest_writel(qts, OPER + 0x34, 0);
    qtest_writel(qts, OPER + 0x18, commands | 1);
    qtest_writel(qts, OPER + 0x1c, commands >> 32);
    qtest_writel(qts, RUNTIME + 0x28, 1);
    qtest_writel(qts, RUNTIME + 0x38, EVENTS);
    qtest_writel(qts, RUNTIME + 0x3c, 0);
    qtest_writel(qts, RUNTIME + 0x30, SEGMENTS);
    qtest_writel(qts, RUNTIME + 0x34, 0);
    qtest_writel(qts, RUNTIME + 0x20, 2);
    qtest_writel(qts, OPER, 5);
}

static void ring(QTestState *qts)
{
    qtest_writel(qts, DOORBELL, 0);
    qtest_clock_step(qts, 1000000);
}

/** 4.9.3: commands over a ring that wraps; each gives an event and SPI 72. */
static void test_commands(void)
{
    QTestState *qts = start("");

    /* No-op, no-op, link to the start with toggle of the cycle bit. */
    put_trb(qts, COMMANDS, 0, 0, 23 << 10 | 1);
    put_trb(qts, COMMANDS + 0x10, 0, 0, 23 << 10 | 1);
    put_trb(qts, COMMANDS + 0x20, COMMANDS, 0, 6 << 10 | 2 | 1);
    begin(qts, COMMANDS, EVENT_TRBS);
    g_assert_false(qtest_get_irq(qts, USB3_SPI));
    ring(qts);
    g_assert_true(qtest_get_irq(qts, USB3_SPI));
    /* Command completion, success, of the second command. */
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x10), ==, COMMANDS + 0x10);
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x18) >> 24, ==, 1);
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x1c) >> 10, ==, 33);
    /* 5.5.2.1: the pending bit is cleared by writing 1, and the line drops. */
    qtest_writel(qts, RUNTIME + 0x38, (EVENTS + 0x20) | 8);
    qtest_writel(qts, RUNTIME + 0x20, 3);
    g_assert_false(qtest_get_irq(qts, USB3_SPI));
    /* Behind the link the cycle bit that counts is 0. */
    put_trb(qts, COMMANDS, 0, 0, 23 << 10);
    ring(qts);
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x20), ==, COMMANDS);
    g_assert_true(qtest_get_irq(qts, USB3_SPI));
    qtest_quit(qts);
}

/** 4.19: a device that comes and goes is a port status change event. */
static void test_port_change(void)
{
    QTestState *qts = start("");

    begin(qts, COMMANDS, EVENT_TRBS);
    qtest_qmp_device_add(qts, "usb-kbd", "kbd", 
                         "{'bus': 'xhci.0', 'port': '1'}");
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x0c) >> 10, ==, 34);
    g_assert_true(qtest_get_irq(qts, USB3_SPI));
    g_assert_cmphex((qtest_readl(qts, PORTSC(1)) |
                     qtest_readl(qts, PORTSC(2))) & 0x20001, ==, 0x20001);
    qtest_qmp_device_del(qts, "kbd");
    g_assert_cmphex((qtest_readl(qts, PORTSC(1)) |
                     qtest_readl(qts, PORTSC(2))) & 1, ==, 0);
    qtest_quit(qts);
}

/** Rings that link to themselves, lie nowhere or in device registers, and event rings of silly sizes. */
static void test_senseless_rings(void)
{
    static const struct {
        uint64_t commands;
        uint32_t event_trbs;
    } cases[] = {
        { COMMANDS, EVENT_TRBS }, { 0xf0000000, EVENT_TRBS },
        { XHCI, EVENT_TRBS }, { COMMANDS, 0 }, { COMMANDS, 0xffffffff },
        { 0xffffffffffffffc0, EVENT_TRBS },
    };
    QTestState *qts = start("");

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        g_test_message("case %u", i);
        put_trb(qts, COMMANDS, COMMANDS, 0, 6 << 10 | 1);
        begin(qts, cases[i].commands, cases[i].event_trbs);
        ring(qts);
        qtest_writel(qts, OPER, 2);
    }
    /* It works again. */
    put_trb(qts, COMMANDS, 0, 0, 23 << 10 | 1);
    begin(qts, COMMANDS, EVENT_TRBS);
    ring(qts);
    g_assert_cmphex(qtest_readl(qts, EVENTS + 0x0c) >> 10, ==, 33);
    qtest_quit(qts);
}

/** The same device at port 1 of EHCI and of xHCI. */
static void test_same_port(void)
{
    QTestState *qts = qtest_init("-M arndale -nic none "
        "-device usb-kbd,bus=ehci.0,port=1 -device usb-kbd,bus=xhci.0,port=1");

    g_assert_cmphex(qtest_readl(qts, 0x1200c120) >> 16, ==, 0x5533);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_usb3/globals", test_globals);
    qtest_add_func("/exynos5_usb3/capabilities", test_capabilities);
    qtest_add_func("/exynos5_usb3/no-other-registers", test_no_other_registers);
    qtest_add_func("/exynos5_usb3/reset", test_reset);
    qtest_add_func("/exynos5_usb3/commands", test_commands);
    qtest_add_func("/exynos5_usb3/port-change", test_port_change);
    qtest_add_func("/exynos5_usb3/same-port-on-both-hosts", test_same_port);
    qtest_add_func("/exynos5_usb3/senseless-rings", test_senseless_rings);
    return g_test_run();
}
