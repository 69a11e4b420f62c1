/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The PMIC of the Arndale: its registers through the I2C controller of the
 * SoC, and its interrupt through gpx3[2].  Register numbers are literals from
 * Linux's s5m8767.h.
 */
#include "qemu/osdep.h"
#include "tests/qtest/exynos5/exynos5_i2c.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define I2C0 0x12c60000
#define PINCTRL0 0x11400000

enum { PMIC = 0x66 };

static uint8_t pmic_read(QTestState *qts, uint8_t reg)
{
    return i2c_read_reg(qts, I2C0, PMIC, reg);
}

static void pmic_write(QTestState *qts, uint8_t reg, uint8_t value)
{
    i2c_write_reg(qts, I2C0, PMIC, reg, value);
}

static void pmic_event(QTestState *qts, int n, int level)
{
    qtest_set_irq_in(qts, "/machine/pmic", "event", n, level);
}

/** The PMIC answers at 0x66 and nobody at 0x67. */
static void test_address(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_true(i2c_start(qts, I2C0, 0x66, false));
    i2c_stop(qts, I2C0);
    g_assert_false(i2c_start(qts, I2C0, 0x67, false));
    i2c_stop(qts, I2C0);
    qtest_quit(qts);
}

/** Interrupts are masked after reset, everything else is zero. */
static void test_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");
    uint8_t regs[0x7b];

    i2c_read_regs(qts, I2C0, PMIC, 0, regs, sizeof(regs));
    for (unsigned i = 0; i < sizeof(regs); i++) {
        g_assert_cmphex(regs[i], ==, i >= 0x04 && i <= 0x06 ? 0xff : 0x00);
    }
    pmic_write(qts, 0x36, 0x48);
    qtest_system_reset(qts);
    g_assert_cmphex(pmic_read(qts, 0x36), ==, 0x00);
    qtest_quit(qts);
}

/** Regulator registers hold what is written, one or many in a transfer. */
static void test_storage(void)
{
    static const uint8_t dvs[] = { 0x11, 0x22, 0x33 };
    QTestState *qts = qtest_init("-M arndale");
    uint8_t back[4];

    pmic_write(qts, 0x34, 0x40);
    g_assert_cmphex(pmic_read(qts, 0x34), ==, 0x40);
    i2c_write_regs(qts, I2C0, PMIC, 0x35, dvs, sizeof(dvs));
    i2c_read_regs(qts, I2C0, PMIC, 0x34, back, sizeof(back));
    g_assert_cmpmem(back, sizeof(back), "\x40\x11\x22\x33", 4);
    pmic_write(qts, 0x7a, 0xff);
    g_assert_cmphex(pmic_read(qts, 0x7a), ==, 0xff);
    qtest_quit(qts);
}

/** ID, pending and status registers and those behind 7a cannot be written. */
static void test_read_only(void)
{
    static const uint8_t read_only[] = {
        0x00, 0x01, 0x02, 0x03, 0x07, 0x08, 0x09, 0x7b, 0xff,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < sizeof(read_only); i++) {
        pmic_write(qts, read_only[i], 0xa5);
        g_assert_cmphex(pmic_read(qts, read_only[i]), ==, 0x00);
    }
    qtest_quit(qts);
}

/** gpx3[2], to which the interrupt goes: high when idle. */
static bool pmic_pin(QTestState *qts)
{
    return qtest_readl(qts, PINCTRL0 + 0xc64) & (1 << 2);
}

/** Each of the 24 events pulls the pin low until its register is read. */
static void test_interrupts(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_true(pmic_pin(qts));
    for (int n = 0; n < 24; n++) {
        uint8_t pending = 0x01 + n / 8, mask = 0x04 + n / 8, bit = 1 << (n % 8);

        g_test_message("event %d", n);
        pmic_event(qts, n, 1);
        g_assert_true(pmic_pin(qts));
        pmic_write(qts, mask, 0xff & ~bit);
        g_assert_false(pmic_pin(qts));
        g_assert_cmphex(pmic_read(qts, pending), ==, bit);
        g_assert_true(pmic_pin(qts));
        g_assert_cmphex(pmic_read(qts, pending), ==, 0x00);
        pmic_write(qts, mask, 0xff);
    }
    qtest_quit(qts);
}

/** An event counts when it comes, not while it lasts. */
static void test_event_edge(void)
{
    QTestState *qts = qtest_init("-M arndale");

    pmic_event(qts, 0, 1);
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x01);
    pmic_event(qts, 0, 1);
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x00);
    pmic_event(qts, 0, 0);
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x00);
    pmic_event(qts, 0, 1);
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x01);
    qtest_quit(qts);
}

/** As Linux has it: EINT26 low-level triggered raises SPI 32. */
static void test_interrupt_line(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    qtest_writel(qts, PINCTRL0 + 0xc60, 0x00000f00);
    qtest_writel(qts, PINCTRL0 + 0xe0c, 0x00000000);
    qtest_writel(qts, PINCTRL0 + 0xf0c, 0xfb);
    g_assert_false(qtest_get_irq(qts, 32));
    pmic_write(qts, 0x04, 0xfe);
    pmic_event(qts, 0, 1);
    g_assert_true(qtest_get_irq(qts, 32));
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x01);
    qtest_writel(qts, PINCTRL0 + 0xf4c, 0x04);
    g_assert_false(qtest_get_irq(qts, 32));
    qtest_quit(qts);
}

/** Save and load keep registers, pending events and the register number. */
static void test_save_load(void)
{
    QTestState *qts = qtest_init("-M arndale -m 16M");

    pmic_write(qts, 0x04, 0xfd);
    pmic_write(qts, 0x36, 0x48);
    pmic_event(qts, 1, 1);
    qts = save_and_load(qts, "-M arndale -m 16M");
    g_assert_true(i2c_start(qts, I2C0, PMIC, true));
    g_assert_cmphex(qtest_readl(qts, I2C0 + I2C_DS), ==, 0x00);
    i2c_stop(qts, I2C0);
    g_assert_cmphex(pmic_read(qts, 0x36), ==, 0x48);
    g_assert_false(pmic_pin(qts));
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x02);
    g_assert_true(pmic_pin(qts));
    pmic_event(qts, 1, 1);
    g_assert_cmphex(pmic_read(qts, 0x01), ==, 0x00);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s5m8767/address", test_address);
    qtest_add_func("/s5m8767/reset", test_reset);
    qtest_add_func("/s5m8767/storage", test_storage);
    qtest_add_func("/s5m8767/read-only", test_read_only);
    qtest_add_func("/s5m8767/interrupts", test_interrupts);
    qtest_add_func("/s5m8767/event-edge", test_event_edge);
    qtest_add_func("/s5m8767/interrupt-line", test_interrupt_line);
    qtest_add_func("/s5m8767/save-load", test_save_load);
    return g_test_run();
}
