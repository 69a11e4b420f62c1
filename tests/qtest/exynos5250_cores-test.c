/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cores and the blocks around them, with code that runs: power by the PMU,
 * performance monitor interrupts.  CPU1 gets its code through the pen word
 * of the boot ROM.
 */
#include "qemu/osdep.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define CODE            0x40001000
#define CODE_AFTER      0x40002000
#define RESULT          0x40003000
#define PEN_WORD        0x02020000
#define CORE1_CONFIG    0x10042080
#define CORE1_STATUS    0x10042084
#define COMBINER        0x10440000

enum { POLL_US = 1000, POLLS_MAX = 20000 };

/* Powers its core off: ARM_CORE1_CONFIG = 0, then WFI for ever. */
static const uint32_t code_power_off[] = {
    0xe59f000c,     /*    ldr r0, =0x10042080 */
    0xe3a01000,     /*    mov r1, #0 */
    0xe5801000,     /*    str r1, [r0] */
    0xe320f003,     /* 1: wfi */
    0xeafffffd,     /*    b 1b */
    0x10042080,
};

/* Stores CPSR at RESULT; reading SCR is Undefined unless Secure. */
static const uint32_t code_store_cpsr[] = {
    0xee112f11,     /*    mrc p15, 0, r2, c1, c1, 0      SCR */
    0xe10f1000,     /*    mrs r1, cpsr */
    0xe59f0004,     /*    ldr r0, =0x40003000 */
    0xe5801000,     /*    str r1, [r0] */
    0xeafffffe,     /* 1: b 1b */
    0x40003000,
};

/* Lets the cycle counter overflow in 256 cycles, with its interrupt on. */
static const uint32_t code_overflow[] = {
    0xe3e000ff,     /*    mvn r0, #0xff */
    0xee090f1d,     /*    mcr p15, 0, r0, c9, c13, 0     PMCCNTR */
    0xe3a01102,     /*    mov r1, #0x80000000 */
    0xee091f3e,     /*    mcr p15, 0, r1, c9, c14, 1     PMINTENSET */
    0xee091f3c,     /*    mcr p15, 0, r1, c9, c12, 1     PMCNTENSET */
    0xe3a00001,     /*    mov r0, #1 */
    0xee090f1c,     /*    mcr p15, 0, r0, c9, c12, 0     PMCR.E */
    0xeafffffe,     /* 1: b 1b */
};

static void put_code(QTestState *qts, uint32_t address, const uint32_t *code,
                     size_t words)
{
    for (size_t i = 0; i < words; i++) {
        qtest_writel(qts, address + 4 * i, code[i]);
    }
}

/* Waits until the word at @address is not @old, and returns what it is. */
static uint32_t wait_for_change(QTestState *qts, uint32_t address, uint32_t old)
{
    for (unsigned i = 0; i < POLLS_MAX; i++) {
        uint32_t now = qtest_readl(qts, address);

        if (now != old) {
            return now;
        }
        g_usleep(POLL_US);
    }
    g_test_message("0x%x stays 0x%x", address, old);
    g_test_fail();
    return old;
}

/*
 * Runs a machine that is stopped: CPU1 finds its word when it comes to the
 * pen, where it would sleep until an event that a QTest cannot give.
 */
static void go(QTestState *qts)
{
    qtest_qmp_assert_success(qts, "{ 'execute': 'cont' }");
}

/* CPU1 runs code_store_cpsr: SVC with A, I and F masked, as from reset. */
static void assert_runs_from_reset(QTestState *qts)
{
    g_assert_cmphex(wait_for_change(qts, RESULT, 0) & 0x1ff, ==, 0x1d3);
}

/** CPU1 powers off at its WFI, and CONFIG 3 restarts it in the ROM, Secure SVC. */
static void test_power_cycle(void)
{
    QTestState *qts = qtest_init("-M arndale -accel tcg -S");

    put_code(qts, CODE, code_power_off, ARRAY_SIZE(code_power_off));
    put_code(qts, CODE_AFTER, code_store_cpsr, ARRAY_SIZE(code_store_cpsr));
    g_assert_cmphex(qtest_readl(qts, CORE1_STATUS), ==, 3);
    qtest_writel(qts, PEN_WORD, CODE);
    go(qts);
    g_assert_cmphex(wait_for_change(qts, CORE1_STATUS, 3), ==, 0);

    qtest_writel(qts, PEN_WORD, CODE_AFTER);
    g_usleep(50 * POLL_US);
    g_assert_cmphex(qtest_readl(qts, RESULT), ==, 0);

    qtest_writel(qts, CORE1_CONFIG, 3);
    g_assert_cmphex(qtest_readl(qts, CORE1_STATUS), ==, 3);
    assert_runs_from_reset(qts);
    qtest_quit(qts);
}

/** A core that is off is back on after a system reset. */
static void test_reset_powers_on(void)
{
    QTestState *qts = qtest_init("-M arndale -accel tcg -S");

    put_code(qts, CODE, code_power_off, ARRAY_SIZE(code_power_off));
    put_code(qts, CODE_AFTER, code_store_cpsr, ARRAY_SIZE(code_store_cpsr));
    qtest_writel(qts, PEN_WORD, CODE);
    go(qts);
    g_assert_cmphex(wait_for_change(qts, CORE1_STATUS, 3), ==, 0);
    qtest_qmp_assert_success(qts, "{ 'execute': 'stop' }");
    qtest_system_reset(qts);
    g_assert_cmphex(qtest_readl(qts, CORE1_STATUS), ==, 3);
    qtest_writel(qts, PEN_WORD, CODE_AFTER);
    go(qts);
    assert_runs_from_reset(qts);
    qtest_quit(qts);
}

/** A core that is off is off after save and load, and can be restarted. */
static void test_save_load(void)
{
    QTestState *qts = qtest_init("-M arndale -m 16M -accel tcg -S");

    put_code(qts, CODE, code_power_off, ARRAY_SIZE(code_power_off));
    put_code(qts, CODE_AFTER, code_store_cpsr, ARRAY_SIZE(code_store_cpsr));
    qtest_writel(qts, PEN_WORD, CODE);
    go(qts);
    g_assert_cmphex(wait_for_change(qts, CORE1_STATUS, 3), ==, 0);
    qtest_writel(qts, PEN_WORD, CODE_AFTER);
    qts = save_and_load(qts, "-M arndale -m 16M -accel tcg");
    g_assert_cmphex(qtest_readl(qts, CORE1_STATUS), ==, 0);
    qtest_writel(qts, CORE1_CONFIG, 3);
    assert_runs_from_reset(qts);
    qtest_quit(qts);
}

/* Groups 4q..4q+3 share the pending word (ISTR) at 0x10 q + 8. */
static void check_overflow(unsigned cpu, unsigned status, uint32_t pending)
{
    QTestState *qts = qtest_initf("-M arndale -accel tcg -S "
                                  "-device loader,addr=0x%x,cpu-num=%u",
                                  CODE, cpu);

    put_code(qts, CODE, code_overflow, ARRAY_SIZE(code_overflow));
    g_assert_cmphex(qtest_readl(qts, COMBINER + status), ==, 0);
    go(qts);
    g_assert_cmphex(wait_for_change(qts, COMBINER + status, 0), ==, pending);
    qtest_quit(qts);
}

/** CPU0's performance monitors raise combiner input (1,2) (exynos5250.dtsi). */
static void test_pmu_interrupt0(void)
{
    check_overflow(0, 0x08, 1 << (8 * 1 + 2));
}

/** CPU1's performance monitors raise combiner input (22,4). */
static void test_pmu_interrupt1(void)
{
    check_overflow(1, 0x58, 1 << (8 * 2 + 4));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5250-cores/power-cycle", test_power_cycle);
    qtest_add_func("/exynos5250-cores/reset-powers-on", test_reset_powers_on);
    qtest_add_func("/exynos5250-cores/save-load", test_save_load);
    qtest_add_func("/exynos5250-cores/pmu-interrupt0", test_pmu_interrupt0);
    qtest_add_func("/exynos5250-cores/pmu-interrupt1", test_pmu_interrupt1);
    return g_test_run();
}
