/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chip ID: what U-Boot, Linux and FreeBSD recognize the SoC by. */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_chipid_regs.h"
#include "tests/qtest/libqtest.h"

#define CHIPID_BASE 0x10000000

/** PRO_ID names the product as Linux exynos-chipid.c and U-Boot cpu.h expect. */
static void test_product(void)
{
    QTestState *qts = qtest_init("-M arndale");
    uint32_t id = qtest_readl(qts, CHIPID_BASE + A_CHIPID_PRO_ID);

    g_assert_cmphex(id, ==, 0x43520210);
    g_assert_cmphex(id & 0xfffff000, ==, 0x43520000);       /* Linux */
    g_assert_cmphex((id >> 12) & 0xfff, ==, 0x520);         /* U-Boot */
    g_assert_cmphex(qtest_readl(qts, CHIPID_BASE + A_CHIPID_PKG_ID), ==, 0);
    g_assert_cmphex(qtest_readl(qts, CHIPID_BASE + A_CHIPID_UNIQUE_ID0), ==, 0);
    g_assert_cmphex(qtest_readl(qts, CHIPID_BASE + A_CHIPID_UNIQUE_ID1), ==, 0);
    qtest_quit(qts);
}

/** Nothing can be written, and every word of the window can be read. */
static void test_read_only(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned offset = 0; offset < 0x100; offset += 4) {
        qtest_writel(qts, CHIPID_BASE + offset, 0xffffffff);
        g_assert_cmphex(qtest_readl(qts, CHIPID_BASE + offset), ==,
                        offset == A_CHIPID_PRO_ID ? 0x43520210 : 0);
    }
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5250-chipid/product", test_product);
    qtest_add_func("/exynos5250-chipid/read-only", test_read_only);
    return g_test_run();
}
