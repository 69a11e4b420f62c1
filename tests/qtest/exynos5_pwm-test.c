/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The PWM timers: U-Boot's time base, their rate, one-shot and reload. */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define PWM_BASE          0x12dd0000
#define PWM_BASE_SMDKC210 0x139d0000

enum {
    SPI_PWM0 = 36,
    SPI_PWM4 = 40,
};

/* Registers: Linux drivers/pwm/pwm-samsung.c, clocksource/samsung_pwm_timer.c. */
enum {
    TCFG0 = 0x00, TCFG1 = 0x04, TCON = 0x08, TCNTB0 = 0x0c, TCNTO0 = 0x14,
    TCNTB4 = 0x3c, TCNTO4 = 0x40, TINT_CSTAT = 0x44,
};

static void put(QTestState *qts, unsigned reg, uint32_t value)
{
    qtest_writel(qts, PWM_BASE + reg, value);
}

static uint32_t get(QTestState *qts, unsigned reg)
{
    return qtest_readl(qts, PWM_BASE + reg);
}

/* What U-Boot 2023.01 writes for its timer: prescaler 16, divider 4, timer 4. */
static void uboot_start(QTestState *qts)
{
    put(qts, TCFG0, 0x0f00);
    put(qts, TCFG1, 0x20000);
    put(qts, TCNTB4, 0xffffffff);
    put(qts, TCON, 0x000000);
    put(qts, TCON, 0x100000);
    put(qts, TCON, 0x700000);
    put(qts, TCON, 0x500000);
}

/** U-Boot's writes leave timer 4 counting down: 200/3 MHz / 64, a tick each 960 ns. */
static void test_uboot_sequence(void)
{
    QTestState *qts = qtest_init("-M arndale");

    uboot_start(qts);
    g_assert_cmphex(get(qts, TCNTO4), ==, 0xffffffff);
    qtest_clock_step(qts, 960);
    g_assert_cmphex(get(qts, TCNTO4), ==, 0xfffffffe);
    qtest_clock_step(qts, 1000 * 960);
    g_assert_cmphex(get(qts, TCNTO4), ==, 0xfffffffe - 1000);
    g_assert_cmphex(get(qts, TCON), ==, 0x500000);
    qtest_quit(qts);
}

/** Timer 4 wraps: below 0 it goes on from TCNTB4. */
static void test_uboot_wrap(void)
{
    QTestState *qts = qtest_init("-M arndale");

    uboot_start(qts);
    qtest_clock_step(qts, 0xffffffffll * 960);
    qtest_clock_step(qts, 10 * 960);
    g_assert_cmphex(get(qts, TCNTO4), ==, 0xffffffff - 10);
    qtest_quit(qts);
}

/** A second of ten runs is 66666666 or ..67 ticks at prescaler and divider 1: no drift. */
static void test_rate(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, TCFG0, 0);
    put(qts, TCFG1, 0);
    put(qts, TCNTB4, 0xffffffff);
    put(qts, TCON, 0x200000);
    put(qts, TCON, 0x100000);
    qtest_clock_step(qts, 10000000000ll);
    g_assert_cmpuint(0xffffffff - get(qts, TCNTO4), >=, 666666666);
    g_assert_cmpuint(0xffffffff - get(qts, TCNTO4), <=, 666666667);
    qtest_quit(qts);
}

/** The Exynos4210 boards keep their 24 MHz (the clock's period is rounded: at most one more). */
static void test_rate_smdkc210(void)
{
    uint32_t ticks;
    QTestState *qts = qtest_init("-M smdkc210 -smp 2");

    qtest_writel(qts, PWM_BASE_SMDKC210 + TCFG0, 0);
    qtest_writel(qts, PWM_BASE_SMDKC210 + TCNTB4, 0xffffffff);
    qtest_writel(qts, PWM_BASE_SMDKC210 + TCON, 0x200000);
    qtest_writel(qts, PWM_BASE_SMDKC210 + TCON, 0x100000);
    qtest_clock_step(qts, 1000000000);
    ticks = 0xffffffff - qtest_readl(qts, PWM_BASE_SMDKC210 + TCNTO4);
    g_assert_cmpuint(ticks, >=, 24000000);
    g_assert_cmpuint(ticks, <=, 24000001);
    qtest_quit(qts);
}

/** One-shot: 1000 ticks of 15 ns raise the interrupt once and stop the timer. */
static void test_one_shot(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    put(qts, TCFG0, 0);
    put(qts, TINT_CSTAT, 0x01);
    put(qts, TCNTB0, 1000);
    put(qts, TCON, 0x2);
    put(qts, TCON, 0x1);
    qtest_clock_step(qts, 14999);
    g_assert_false(qtest_get_irq(qts, SPI_PWM0));
    qtest_clock_step(qts, 16);
    g_assert_true(qtest_get_irq(qts, SPI_PWM0));
    g_assert_cmphex(get(qts, TINT_CSTAT), ==, 0x21);
    g_assert_cmphex(get(qts, TCON), ==, 0);
    put(qts, TINT_CSTAT, 0x21);
    g_assert_false(qtest_get_irq(qts, SPI_PWM0));
    qtest_quit(qts);
}

/** Started at 0 a timer waits: no interrupt, no count. */
static void test_start_at_zero(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    put(qts, TINT_CSTAT, 0x10);
    put(qts, TCON, 0x100000);
    qtest_clock_step(qts, 1000000);
    g_assert_false(qtest_get_irq(qts, SPI_PWM4));
    g_assert_cmphex(get(qts, TCNTO4), ==, 0);
    qtest_quit(qts);
}

/** Reset stops the timers and puts the registers back. */
static void test_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    uboot_start(qts);
    qtest_clock_step(qts, 960);
    qtest_system_reset(qts);
    g_assert_cmphex(get(qts, TCFG0), ==, 0x0101);
    g_assert_cmphex(get(qts, TCFG1), ==, 0);
    g_assert_cmphex(get(qts, TCON), ==, 0);
    g_assert_cmphex(get(qts, TCNTB4), ==, 0);
    g_assert_cmphex(get(qts, TCNTO4), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5/pwm/uboot-sequence", test_uboot_sequence);
    qtest_add_func("/exynos5/pwm/uboot-wrap", test_uboot_wrap);
    qtest_add_func("/exynos5/pwm/rate", test_rate);
    qtest_add_func("/exynos5/pwm/rate-smdkc210", test_rate_smdkc210);
    qtest_add_func("/exynos5/pwm/one-shot", test_one_shot);
    qtest_add_func("/exynos5/pwm/start-at-zero", test_start_at_zero);
    qtest_add_func("/exynos5/pwm/reset", test_reset);
    return g_test_run();
}
