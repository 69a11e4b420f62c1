/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GIC virtual interface control: the view per core, the number of list registers. */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define GICH_BASE       0x10484000      /* of the core that accesses: 0 here */
#define GICH_ALIAS_BASE 0x10485000      /* of core n at + 0x200 * n */

/* IHI 0048B table 5-1. */
enum {
    GICH_HCR = 0x00, GICH_VTR = 0x04, GICH_MISR = 0x10, GICH_LR0 = 0x100,
};

static uint32_t alias(unsigned core, unsigned reg)
{
    return GICH_ALIAS_BASE + 0x200 * core + reg;
}

/** A write through a core's alias reaches that core's register and no other. */
static void test_alias(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_writel(qts, alias(0, GICH_LR0), 0x18000028);
    qtest_writel(qts, alias(1, GICH_LR0 + 4), 0x28000029);
    qtest_writel(qts, alias(0, GICH_HCR), 0x1);
    g_assert_cmphex(qtest_readl(qts, GICH_BASE + GICH_LR0), ==, 0x18000028);
    g_assert_cmphex(qtest_readl(qts, GICH_BASE + GICH_LR0 + 4), ==, 0);
    g_assert_cmphex(qtest_readl(qts, GICH_BASE + GICH_HCR), ==, 0x1);
    g_assert_cmphex(qtest_readl(qts, GICH_BASE + GICH_MISR), ==, 0);
    g_assert_cmphex(qtest_readl(qts, alias(0, GICH_LR0)), ==, 0x18000028);
    g_assert_cmphex(qtest_readl(qts, alias(1, GICH_LR0)), ==, 0);
    g_assert_cmphex(qtest_readl(qts, alias(1, GICH_LR0 + 4)), ==, 0x28000029);
    g_assert_cmphex(qtest_readl(qts, alias(1, GICH_HCR)), ==, 0);
    qtest_quit(qts);
}

/** The A15 has four list registers; what lies behind them is RAZ/WI. */
static void test_list_register_count(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_cmpuint(qtest_readl(qts, GICH_BASE + GICH_VTR) & 0x3f, ==, 4 - 1);
    for (unsigned i = 0; i < 64; i++) {
        qtest_writel(qts, GICH_BASE + GICH_LR0 + 4 * i, 0x18000028);
        g_assert_cmphex(qtest_readl(qts, GICH_BASE + GICH_LR0 + 4 * i), ==,
                        i < 4 ? 0x18000028 : 0);
    }
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5/gich/alias", test_alias);
    qtest_add_func("/exynos5/gich/list-register-count", test_list_register_count);
    return g_test_run();
}
