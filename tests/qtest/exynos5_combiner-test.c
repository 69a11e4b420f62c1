/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interrupt combiner: sources to groups, pending groups, illegal writes, reset. */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define COMBINER_BASE 0x10440000

/*
 * Four registers for each four groups, a byte for each group (Linux
 * drivers/irqchip/exynos-combiner.c); groups 20 to 23 are row 5.
 */
enum {
    IESR_20_23 = 0x50, IECR_20_23 = 0x54, ISTR_20_23 = 0x58, IMSR_20_23 = 0x5c,
    CIPSR0 = 0x100, CIPSR1 = 0x104,
};

enum {
    MCT_G0_INPUT = 23 * 8 + 3,          /* (group 23, bit 3) */
    MCT_G0_BIT = 1 << 27,               /* in the registers of groups 20 to 23 */
    GROUP_23 = 1 << 23,                 /* in CIPSR0 */
    SPI_GROUP_23 = 23,
};

static void put(QTestState *qts, unsigned reg, uint32_t value)
{
    qtest_writel(qts, COMBINER_BASE + reg, value);
}

static uint32_t get(QTestState *qts, unsigned reg)
{
    return qtest_readl(qts, COMBINER_BASE + reg);
}

/* A board where MCT comparator 0 asks for an interrupt that nobody enabled. */
static QTestState *start_pending(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    qtest_set_irq_in(qts, "/machine/soc/combiner", "unnamed-gpio-in", MCT_G0_INPUT, 1);
    return qts;
}

/** An enabled source shows in ISTR, IMSR and CIPSR0 and raises its group's SPI. */
static void test_cipsr(void)
{
    QTestState *qts = start_pending();

    g_assert_cmphex(get(qts, ISTR_20_23), ==, MCT_G0_BIT);
    g_assert_cmphex(get(qts, IMSR_20_23), ==, 0);
    g_assert_cmphex(get(qts, CIPSR0), ==, 0);
    put(qts, IESR_20_23, MCT_G0_BIT);
    g_assert_cmphex(get(qts, IMSR_20_23), ==, MCT_G0_BIT);
    g_assert_cmphex(get(qts, CIPSR0), ==, GROUP_23);
    g_assert_cmphex(get(qts, CIPSR1), ==, 0);
    g_assert_true(qtest_get_irq(qts, SPI_GROUP_23));
    put(qts, IECR_20_23, MCT_G0_BIT);
    g_assert_cmphex(get(qts, CIPSR0), ==, 0);
    g_assert_false(qtest_get_irq(qts, SPI_GROUP_23));
    qtest_quit(qts);
}

/** Writes to read-only registers change nothing and end nothing. */
static void test_read_only(void)
{
    static const uint16_t registers[] = {
        ISTR_20_23, IMSR_20_23, CIPSR0, CIPSR1, 0x0f8, 0x0fc,
    };
    QTestState *qts = start_pending();

    put(qts, IESR_20_23, MCT_G0_BIT);
    for (unsigned i = 0; i < ARRAY_SIZE(registers); i++) {
        put(qts, registers[i], 0xffffffff);
        put(qts, registers[i], 0);
        g_assert_cmphex(get(qts, ISTR_20_23), ==, MCT_G0_BIT);
        g_assert_cmphex(get(qts, CIPSR0), ==, GROUP_23);
        g_assert_true(qtest_get_irq(qts, SPI_GROUP_23));
    }
    qtest_quit(qts);
}

/** Reset disables all sources: here (21, 1), which no device of the board lowers at reset. */
static void test_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_set_irq_in(qts, "/machine/soc/combiner", "unnamed-gpio-in", 21 * 8 + 1, 1);
    put(qts, IESR_20_23, 1 << 9);
    g_assert_cmphex(get(qts, CIPSR0), ==, 1 << 21);
    qtest_system_reset(qts);
    g_assert_cmphex(get(qts, IMSR_20_23), ==, 0);
    g_assert_cmphex(get(qts, CIPSR0), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5/combiner/cipsr", test_cipsr);
    qtest_add_func("/exynos5/combiner/read-only", test_read_only);
    qtest_add_func("/exynos5/combiner/reset", test_reset);
    return g_test_run();
}
