/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watchdog of the Exynos5250.  PCLK is 200/3 MHz, 15 ns; a count takes
 * 15 ns * (prescaler + 1) * divider.  Offsets and bits are literals from
 * Linux's s3c2410_wdt.c.
 */
#include "qemu/osdep.h"
#include "qobject/qdict.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define WDT 0x101d0000
#define PMU 0x10040000

#define WTCON (WDT + 0x0)
#define WTDAT (WDT + 0x4)
#define WTCNT (WDT + 0x8)
#define WTCLRINT (WDT + 0xc)

enum { WDT_SPI = 42 };

static QTestState *start(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

/** Reset values: stopped, and it stays so. */
static void test_reset(void)
{
    QTestState *qts = start();

    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x8001);
    g_assert_cmphex(qtest_readl(qts, WTDAT), ==, 0x8000);
    g_assert_cmphex(qtest_readl(qts, WTCNT), ==, 0x8000);
    qtest_clock_step(qts, 1000000000);
    g_assert_cmphex(qtest_readl(qts, WTCNT), ==, 0x8000);
    qtest_quit(qts);
}

/** Registers hold 16 bits; WTCON without its reserved bits. */
static void test_registers(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTDAT, 0x12345678);
    g_assert_cmphex(qtest_readl(qts, WTDAT), ==, 0x5678);
    qtest_writel(qts, WTCNT, 0x1234abcd);
    g_assert_cmphex(qtest_readl(qts, WTCNT), ==, 0xabcd);
    qtest_writel(qts, WTCON, 0xffffffdf);
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0xff1d);
    qtest_quit(qts);
}

/** One count takes 15 ns * (prescaler + 1) * 16, 32, 64 or 128. */
static void test_rate(void)
{
    static const struct {
        const char *name;
        uint32_t wtcon;
        int64_t count_ns;
    } rates[] = {
        { "1 * 16",    0x0020, 15 * 16 },
        { "3 * 32",    0x0228, 15 * 3 * 32 },
        { "128 * 64",  0x7f30, 15 * 128 * 64 },
        { "256 * 128", 0xff38, 15 * 256 * 128 },
    };
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(rates); i++) {
        g_test_message("rate %s", rates[i].name);
        qtest_writel(qts, WTCON, 0);
        qtest_writel(qts, WTCNT, 1000);
        qtest_writel(qts, WTCON, rates[i].wtcon);
        qtest_clock_step(qts, rates[i].count_ns - 1);
        g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 1000);
        qtest_clock_step(qts, 1);
        g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 999);
        qtest_clock_step(qts, 899 * rates[i].count_ns);
        g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 100);
    }
    qtest_quit(qts);
}

/** The interrupt comes at the exact nanosecond, never early, and repeats. */
static void test_interrupt(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTDAT, 50);
    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0024);           /* 240 ns a count */
    qtest_clock_step(qts, 100 * 240 - 1);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_clock_step(qts, 1);
    g_assert_true(qtest_get_irq(qts, WDT_SPI));
    g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 50);
    qtest_writel(qts, WTCLRINT, 1);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));

    qtest_clock_step(qts, 50 * 240 - 1);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_clock_step(qts, 1);
    g_assert_true(qtest_get_irq(qts, WDT_SPI));
    qtest_quit(qts);
}

/** Without WTCON.2 the counter runs out silently. */
static void test_interrupt_disabled(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTCNT, 10);
    qtest_writel(qts, WTCON, 0x0020);
    qtest_clock_step(qts, 11 * 240);
    g_assert_cmphex(qtest_readl(qts, WTCNT), ==, 0x7fff);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_quit(qts);
}

/** Writing WTCNT in time keeps the watchdog quiet. */
static void test_keepalive(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0024);
    for (unsigned i = 0; i < 5; i++) {
        qtest_clock_step(qts, 99 * 240);
        g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 1);
        qtest_writel(qts, WTCNT, 100);
    }
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_clock_step(qts, 100 * 240);
    g_assert_true(qtest_get_irq(qts, WDT_SPI));
    qtest_quit(qts);
}

/** Stopping holds the count; a reload of zero times out at every count. */
static void test_stop_and_zero(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0024);
    qtest_clock_step(qts, 40 * 240);
    qtest_writel(qts, WTCON, 0x0004);
    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 60);

    qtest_writel(qts, WTDAT, 0);
    qtest_writel(qts, WTCNT, 0);
    qtest_writel(qts, WTCON, 0x0024);
    for (unsigned i = 0; i < 3; i++) {
        qtest_clock_step(qts, 239);
        g_assert_false(qtest_get_irq(qts, WDT_SPI));
        qtest_clock_step(qts, 1);
        g_assert_true(qtest_get_irq(qts, WDT_SPI));
        qtest_writel(qts, WTCLRINT, 0);
    }
    qtest_quit(qts);
}

/** A system reset stops it and takes the interrupt away. */
static void test_reset_while_running(void)
{
    QTestState *qts = start();

    qtest_writel(qts, WTCNT, 1);
    qtest_writel(qts, WTCON, 0x0024);
    qtest_clock_step(qts, 240);
    g_assert_true(qtest_get_irq(qts, WDT_SPI));
    qtest_system_reset(qts);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x8001);
    qtest_clock_step(qts, 1000000000);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_quit(qts);
}

/** With WTCON.0 the machine resets, and the PMU says so (RST_STAT.20). */
static void test_reset_request(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0021);
    qtest_clock_step(qts, 100 * 240 - 1);
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x0021);
    qtest_clock_step(qts, 1);
    qtest_qmp_eventwait(qts, "RESET");
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x8001);
    g_assert_cmphex(qtest_readl(qts, PMU + 0x404), ==, 0x00100000);
    qtest_quit(qts);
}

/** The PMU can keep the request back (MASK_WDTRESET_REQUEST.20). */
static void test_reset_request_masked(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_writel(qts, PMU + 0x40c, 0x00100000);
    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0021);
    qtest_clock_step(qts, 100 * 240);
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x0021);
    g_assert_cmphex(qtest_readl(qts, WTCNT), ==, 0x8000);
    g_assert_cmphex(qtest_readl(qts, PMU + 0x404), ==, 0);
    qtest_quit(qts);
}

/** A saved watchdog goes on counting where it was. */
static void test_save_load(void)
{
    QTestState *qts = qtest_init("-M arndale -m 16M");

    qtest_writel(qts, WTDAT, 50);
    qtest_writel(qts, WTCNT, 100);
    qtest_writel(qts, WTCON, 0x0024);
    qts = save_and_load(qts, "-M arndale -m 16M");
    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x0024);
    qtest_clock_step(qts, 100 * 240 - 1);
    g_assert_false(qtest_get_irq(qts, WDT_SPI));
    qtest_clock_step(qts, 1);
    g_assert_true(qtest_get_irq(qts, WDT_SPI));
    g_assert_cmpuint(qtest_readl(qts, WTCNT), ==, 50);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5-wdt/reset", test_reset);
    qtest_add_func("/exynos5-wdt/registers", test_registers);
    qtest_add_func("/exynos5-wdt/rate", test_rate);
    qtest_add_func("/exynos5-wdt/interrupt", test_interrupt);
    qtest_add_func("/exynos5-wdt/interrupt-disabled", test_interrupt_disabled);
    qtest_add_func("/exynos5-wdt/keepalive", test_keepalive);
    qtest_add_func("/exynos5-wdt/stop-and-zero", test_stop_and_zero);
    qtest_add_func("/exynos5-wdt/reset-while-running", test_reset_while_running);
    qtest_add_func("/exynos5-wdt/reset-request", test_reset_request);
    qtest_add_func("/exynos5-wdt/reset-request-masked",
                   test_reset_request_masked);
    qtest_add_func("/exynos5-wdt/save-load", test_save_load);
    return g_test_run();
}
