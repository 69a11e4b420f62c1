/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Thermal management unit of the Exynos5250.  Offsets and bits are literals
 * from Linux's exynos_tmu.c: code = degrees - 25 + 55 with TRIMINFO 5537.
 */
#include "qemu/osdep.h"
#include "qobject/qdict.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define TMU 0x10060000

enum { TMU_SPI = 65 };

static QTestState *start(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

static void set_temperature(QTestState *qts, int degrees)
{
    qtest_qmp_assert_success(qts, "{ 'execute': 'qom-set', 'arguments': {"
                             "'path': '/machine/soc/tmu',"
                             "'property': 'temperature', 'value': %d } }",
                             degrees);
}

/** Reset values; STATUS is idle and the die has 40 degrees. */
static void test_reset(void)
{
    QTestState *qts = start();

    g_assert_cmphex(qtest_readl(qts, TMU + 0x00), ==, 0x5537);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x14), ==, 0);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x20), ==, 0);
    g_assert_cmphex(qtest_readb(qts, TMU + 0x28), ==, 1);
    g_assert_cmphex(qtest_readb(qts, TMU + 0x40), ==, 0x46);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x50), ==, 0);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x54), ==, 0);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x70), ==, 0);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x80), ==, 0);
    qtest_quit(qts);
}

/** The property is what CURRENT_TEMP shows, and outlives a reset. */
static void test_temperature(void)
{
    QTestState *qts = start();

    set_temperature(qts, 85);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x73);
    set_temperature(qts, -30);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x00);
    set_temperature(qts, 225);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0xff);
    qtest_system_reset(qts);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0xff);
    qtest_quit(qts);
}

/** A temperature that the code cannot express is refused. */
static void test_range(void)
{
    static const int bad[] = { -31, 226 };
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
        QDict *response = qtest_qmp(qts, "{ 'execute': 'qom-set', 'arguments': "
                                    "{ 'path': '/machine/soc/tmu', 'property': "
                                    "'temperature', 'value': %d } }", bad[i]);

        g_assert_true(qdict_haskey(response, "error"));
        qobject_unref(response);
    }
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x46);
    qtest_quit(qts);
}

/** Each rising threshold latches its interrupt; INTCLEAR takes it away. */
static void test_rise(void)
{
    QTestState *qts = start();

    qtest_writel(qts, TMU + 0x50, 0x967d6450);  /* 120, 95, 70, 50 degrees */
    qtest_writel(qts, TMU + 0x20, 1);
    qtest_writel(qts, TMU + 0x70, 0x1111);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0);
    for (unsigned i = 0; i < 4; i++) {
        static const int degrees[] = { 50, 70, 95, 120 };

        set_temperature(qts, degrees[i] - 1);
        g_assert_false(qtest_get_irq(qts, TMU_SPI));
        set_temperature(qts, degrees[i]);
        g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 1u << (4 * i));
        g_assert_true(qtest_get_irq(qts, TMU_SPI));
        qtest_writel(qts, TMU + 0x78, 1u << (4 * i));
        g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0);
        g_assert_false(qtest_get_irq(qts, TMU_SPI));
    }
    qtest_quit(qts);
}

/** Each falling threshold likewise, with bits 16 and up. */
static void test_fall(void)
{
    QTestState *qts = start();

    set_temperature(qts, 130);
    qtest_writel(qts, TMU + 0x50, 0xffffffff);
    qtest_writel(qts, TMU + 0x54, 0x967d6450);
    qtest_writel(qts, TMU + 0x20, 1);
    qtest_writel(qts, TMU + 0x70, 0x11110000);
    for (int i = 3; i >= 0; i--) {
        static const int degrees[] = { 50, 70, 95, 120 };

        set_temperature(qts, degrees[i] + 1);
        g_assert_false(qtest_get_irq(qts, TMU_SPI));
        set_temperature(qts, degrees[i]);
        g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x10000u << (4 * i));
        g_assert_true(qtest_get_irq(qts, TMU_SPI));
        qtest_writel(qts, TMU + 0x78, 0x10000u << (4 * i));
        g_assert_false(qtest_get_irq(qts, TMU_SPI));
    }
    qtest_quit(qts);
}

/** INTEN gates the line and not the status; reset drops both. */
static void test_enable(void)
{
    QTestState *qts = start();

    qtest_writel(qts, TMU + 0x50, 0xffffff50);
    qtest_writel(qts, TMU + 0x20, 1);
    set_temperature(qts, 60);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x1);
    g_assert_false(qtest_get_irq(qts, TMU_SPI));
    qtest_writel(qts, TMU + 0x70, 0xffffffff);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x70), ==, 0x11111111);
    g_assert_true(qtest_get_irq(qts, TMU_SPI));
    qtest_system_reset(qts);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x0);
    g_assert_false(qtest_get_irq(qts, TMU_SPI));
    qtest_quit(qts);
}

/** Without CORE_ENABLE nothing is compared; enabling compares. */
static void test_core_enable(void)
{
    QTestState *qts = start();

    qtest_writel(qts, TMU + 0x50, 0xffffff50);
    set_temperature(qts, 60);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x0);
    qtest_writel(qts, TMU + 0x20, 1);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x1);
    qtest_quit(qts);
}

/** EMUL_CON replaces the code (Linux CONFIG_THERMAL_EMULATION). */
static void test_emulation(void)
{
    QTestState *qts = start();

    qtest_writel(qts, TMU + 0x80, 0x57f09601);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x96);
    qtest_writel(qts, TMU + 0x80, 0x57f09600);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x46);
    qtest_quit(qts);
}

/** Save and load keep the temperature, the registers and what was crossed. */
static void test_save_load(void)
{
    QTestState *qts = qtest_init("-M arndale -m 16M");

    qtest_writel(qts, TMU + 0x14, 0x1);
    qtest_writel(qts, TMU + 0x50, 0xffffff50);
    qtest_writel(qts, TMU + 0x54, 0x01020304);
    qtest_writel(qts, TMU + 0x20, 1);
    qtest_writel(qts, TMU + 0x70, 0x10);
    set_temperature(qts, 60);
    qtest_writel(qts, TMU + 0x80, 0x5a00);
    qts = save_and_load(qts, "-M arndale -m 16M");
    g_assert_cmphex(qtest_readl(qts, TMU + 0x14), ==, 0x1);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x20), ==, 0x1);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x40), ==, 0x5a);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x50), ==, 0xffffff50);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x54), ==, 0x01020304);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x70), ==, 0x10);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x1);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x80), ==, 0x5a00);
    qtest_writel(qts, TMU + 0x78, 0x1);
    set_temperature(qts, 61);
    g_assert_cmphex(qtest_readl(qts, TMU + 0x74), ==, 0x0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5-tmu/reset", test_reset);
    qtest_add_func("/exynos5-tmu/temperature", test_temperature);
    qtest_add_func("/exynos5-tmu/range", test_range);
    qtest_add_func("/exynos5-tmu/rise", test_rise);
    qtest_add_func("/exynos5-tmu/fall", test_fall);
    qtest_add_func("/exynos5-tmu/enable", test_enable);
    qtest_add_func("/exynos5-tmu/core-enable", test_core_enable);
    qtest_add_func("/exynos5-tmu/emulation", test_emulation);
    qtest_add_func("/exynos5-tmu/save-load", test_save_load);
    return g_test_run();
}
