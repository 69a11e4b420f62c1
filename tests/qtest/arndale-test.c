/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board as a whole: memory, and what is on its I2C buses. */
#include "qemu/osdep.h"
#include "tests/qtest/exynos5/exynos5_i2c.h"
#include "tests/qtest/libqtest.h"

/** Both ends of the 2 GiB of DRAM and of the SYSRAM hold what is written. */
static void test_memory(void)
{
    static const uint32_t places[] = {
        0x02020000, 0x0207fffc, 0x40000000, 0xbffffffc,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(places); i++) {
        qtest_writel(qts, places[i], 0x5a5a0000 + i);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(places); i++) {
        g_assert_cmphex(qtest_readl(qts, places[i]), ==, 0x5a5a0000 + i);
    }
    qtest_quit(qts);
}

/**
 * The I2C controllers: 0 to 7 and the HDMI PHY's interrupt on SPI 56 to 64,
 * the SATA PHY's has no line.  Nobody acknowledges address 0x55.
 */
static void test_i2c(void)
{
    static const uint32_t bases[] = {
        0x12c60000, 0x12c70000, 0x12c80000, 0x12c90000, 0x12ca0000, 0x12cb0000,
        0x12cc0000, 0x12cd0000, 0x12ce0000, 0x121d0000,
    };
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    for (unsigned i = 0; i < ARRAY_SIZE(bases); i++) {
        g_assert_false(i2c_start(qts, bases[i], 0x55, false));
        for (unsigned spi = 56; spi <= 64; spi++) {
            g_assert_true(qtest_get_irq(qts, spi) == (spi == 56 + i));
        }
        i2c_stop(qts, bases[i]);
        g_assert_false(qtest_get_irq(qts, MIN(56 + i, 64)));
    }
    qtest_quit(qts);
}

/** The PMIC is on I2C0 and on no other bus: INT1M is ff after reset. */
static void test_pmic(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_cmphex(i2c_read_reg(qts, 0x12c60000, 0x66, 0x04), ==, 0xff);
    g_assert_false(i2c_start(qts, 0x12c70000, 0x66, false));
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/arndale/memory", test_memory);
    qtest_add_func("/arndale/i2c", test_i2c);
    qtest_add_func("/arndale/pmic", test_pmic);
    return g_test_run();
}
