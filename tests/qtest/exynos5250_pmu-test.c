/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power management unit: boot mode, resets and their cause, power-off,
 * domains.  What needs running cores is in exynos5250_cores-test.c.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_pmu_regs.h"
#include "qobject/qdict.h"
#include "tests/qtest/libqtest.h"

#define PMU_BASE 0x10040000
#define PMU_PATH "/machine/soc/pmu"

static void put(QTestState *qts, uint32_t offset, uint32_t value)
{
    qtest_writel(qts, PMU_BASE + offset, value);
}

static uint32_t get(QTestState *qts, uint32_t offset)
{
    return qtest_readl(qts, PMU_BASE + offset);
}

/* Fails if @name was sent since the last look. */
static void assert_no_event(QTestState *qts, const char *name)
{
    /* An answer to a command comes after the events of earlier requests. */
    qtest_qmp_assert_success(qts, "{ 'execute': 'query-status' }");
    g_assert_null(qtest_qmp_event_ref(qts, name));
}

static void wait_for_event(QTestState *qts, const char *name,
                           const char *reason)
{
    QDict *event = qtest_qmp_eventwait_ref(qts, name);
    QDict *data = qdict_get_qdict(event, "data");

    g_assert_cmpstr(qdict_get_str(data, "reason"), ==, reason);
    qobject_unref(event);
}

static const struct {
    uint32_t offset;
    uint32_t value;
} reset_values[] = {
    { A_PMU_OM_STAT, 4 },
    { A_PMU_SWRESET, 0 },
    { A_PMU_RST_STAT, 0 },
    { A_PMU_AUTO_WDTRESET_DISABLE, 0 },
    { A_PMU_MASK_WDTRESET_REQUEST, 0 },
    { A_PMU_WAKEUP_MASK, 0 },
    { A_PMU_USBHOST_PHY, 0 },
    { A_PMU_INFORM0, 0 },
    { A_PMU_INFORM1, 0 },       /* else the SPL resumes from sleep */
    { A_PMU_DEBUG, 0 },
    { A_PMU_SYS_PWR_FIRST, 0 },
    { A_PMU_SYS_PWR_LAST, 0 },
    { A_PMU_ARM_CORE0_CONFIG, 3 },
    { A_PMU_ARM_CORE0_STATUS, 3 },
    { A_PMU_ARM_CORE1_CONFIG, 3 },
    { A_PMU_ARM_CORE1_STATUS, 3 },
    { A_PMU_PS_HOLD_CONTROL, 0x5200 },
};

/** Registers have the values that Linux, U-Boot and the SPL start from. */
static void test_reset_values(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(reset_values); i++) {
        g_test_message("0x%x", reset_values[i].offset);
        g_assert_cmphex(get(qts, reset_values[i].offset), ==,
                        reset_values[i].value);
    }
    qtest_quit(qts);
}

/** "boot-mode" is what the boot switches tell: 8 is eMMC. */
static void test_boot_mode(void)
{
    QTestState *qts = qtest_init("-M arndale,boot-mode=emmc");

    g_assert_cmphex(get(qts, A_PMU_OM_STAT), ==, 8);
    put(qts, A_PMU_OM_STAT, 4);
    g_assert_cmphex(get(qts, A_PMU_OM_STAT), ==, 8);
    qtest_quit(qts);
}

/** Domains: STATUS is CONFIG at once; Linux pm_domains.c waits 1 ms for it. */
static void test_domains(void)
{
    static const uint32_t domains[] = {
        0x4000, 0x4020, 0x4040, 0x4060, 0x40a0, 0x40c0,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(domains); i++) {
        g_test_message("domain 0x%x", domains[i]);
        g_assert_cmphex(get(qts, domains[i]), ==, 7);
        g_assert_cmphex(get(qts, domains[i] + 4), ==, 7);
        put(qts, domains[i], 0);
        g_assert_cmphex(get(qts, domains[i] + 4), ==, 0);
        put(qts, domains[i], 0xffffffff);
        g_assert_cmphex(get(qts, domains[i]), ==, 7);
        g_assert_cmphex(get(qts, domains[i] + 4), ==, 7);
        put(qts, domains[i] + 4, 0);
        g_assert_cmphex(get(qts, domains[i] + 4), ==, 7);
    }
    qtest_quit(qts);
}

/** Linux's power-off: bit 8 was set by firmware, the word 0x5200 is written. */
static void test_ps_hold_off(void)
{
    QTestState *qts = qtest_init("-M arndale -no-shutdown");

    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5300);
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5300);    /* U-Boot, after the SPL */
    assert_no_event(qts, "SHUTDOWN");
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5200);
    wait_for_event(qts, "SHUTDOWN", "guest-shutdown");
    qtest_quit(qts);
}

/** PS_HOLD that was never high, or is not driven (bit 9), powers nothing off. */
static void test_ps_hold_stays(void)
{
    QTestState *qts = qtest_init("-M arndale -no-shutdown");

    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5200);
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5100);
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5000);
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5200);
    assert_no_event(qts, "SHUTDOWN");
    qtest_quit(qts);
}

static void dirty(QTestState *qts)
{
    put(qts, A_PMU_INFORM0, 0x11111111);
    put(qts, A_PMU_INFORM0 + 12, 0x44444444);
    put(qts, A_PMU_SPARE0, 0x55555555);
    put(qts, A_PMU_PS_HOLD_CONTROL, 0x5300);
    put(qts, A_PMU_GSCL_CONFIG, 0);
}

static void assert_clean(QTestState *qts)
{
    g_assert_cmphex(get(qts, A_PMU_SPARE0), ==, 0);
    g_assert_cmphex(get(qts, A_PMU_PS_HOLD_CONTROL), ==, 0x5200);
    g_assert_cmphex(get(qts, A_PMU_GSCL_CONFIG + PMU_STATUS), ==, 7);
    g_assert_cmphex(get(qts, A_PMU_SWRESET), ==, 0);
}

/** SWRESET resets the board, tells why, and keeps INFORM0..3. */
static void test_swreset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    dirty(qts);
    put(qts, A_PMU_SWRESET, 2);
    assert_no_event(qts, "RESET");
    put(qts, A_PMU_SWRESET, 1);
    wait_for_event(qts, "RESET", "guest-reset");
    assert_clean(qts);
    g_assert_cmphex(get(qts, A_PMU_RST_STAT), ==, 0x20000000);
    g_assert_cmphex(get(qts, A_PMU_INFORM0), ==, 0x11111111);
    g_assert_cmphex(get(qts, A_PMU_INFORM0 + 12), ==, 0x44444444);
    qtest_quit(qts);
}

/** A reset from outside is a power cycle: no cause, INFORM cleared. */
static void test_system_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_PMU_SWRESET, 1);
    wait_for_event(qts, "RESET", "guest-reset");
    dirty(qts);
    qtest_system_reset(qts);
    assert_clean(qts);
    g_assert_cmphex(get(qts, A_PMU_RST_STAT), ==, 0);
    g_assert_cmphex(get(qts, A_PMU_INFORM0), ==, 0);
    g_assert_cmphex(get(qts, A_PMU_INFORM0 + 12), ==, 0);
    qtest_quit(qts);
}

static void raise_wdt(QTestState *qts)
{
    qtest_set_irq_in(qts, PMU_PATH, "wdt-reset", 0, 1);
    qtest_set_irq_in(qts, PMU_PATH, "wdt-reset", 0, 0);
}

/** The watchdog's request resets, and RST_STAT bit 20 tells. */
static void test_wdt(void)
{
    QTestState *qts = qtest_init("-M arndale");

    raise_wdt(qts);
    wait_for_event(qts, "RESET", "guest-reset");
    g_assert_cmphex(get(qts, A_PMU_RST_STAT), ==, 0x00100000);
    qtest_quit(qts);
}

/** Bit 20 of either mask register keeps the watchdog from resetting. */
static void test_wdt_masked(void)
{
    static const uint32_t masks[] = { 0x408, 0x40c };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(masks); i++) {
        put(qts, masks[i], 0x00100000);
        raise_wdt(qts);
        assert_no_event(qts, "RESET");
        g_assert_cmphex(get(qts, masks[i]), ==, 0x00100000);
        put(qts, masks[i], 0xffefffff);
    }
    raise_wdt(qts);
    wait_for_event(qts, "RESET", "guest-reset");
    qtest_quit(qts);
}

/** A core that was told to power off stays on until it executes WFI. */
static void test_core_without_wfi(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_PMU_ARM_CORE1_CONFIG, 0);
    qtest_clock_step(qts, 1000000);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_CONFIG), ==, 0);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_STATUS), ==, 3);
    put(qts, A_PMU_ARM_CORE1_CONFIG, 3);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_STATUS), ==, 3);
    qtest_quit(qts);
}

/** With one core the second one is off and cannot be powered on. */
static void test_absent_core(void)
{
    QTestState *qts = qtest_init("-M arndale -smp 1");

    g_assert_cmphex(get(qts, A_PMU_ARM_CORE0_STATUS), ==, 3);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_CONFIG), ==, 0);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_STATUS), ==, 0);
    put(qts, A_PMU_ARM_CORE1_CONFIG, 3);
    g_assert_cmphex(get(qts, A_PMU_ARM_CORE1_STATUS), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5250-pmu/reset-values", test_reset_values);
    qtest_add_func("/exynos5250-pmu/boot-mode", test_boot_mode);
    qtest_add_func("/exynos5250-pmu/domains", test_domains);
    qtest_add_func("/exynos5250-pmu/ps-hold-off", test_ps_hold_off);
    qtest_add_func("/exynos5250-pmu/ps-hold-stays", test_ps_hold_stays);
    qtest_add_func("/exynos5250-pmu/swreset", test_swreset);
    qtest_add_func("/exynos5250-pmu/system-reset", test_system_reset);
    qtest_add_func("/exynos5250-pmu/wdt", test_wdt);
    qtest_add_func("/exynos5250-pmu/wdt-masked", test_wdt_masked);
    qtest_add_func("/exynos5250-pmu/core-without-wfi", test_core_without_wfi);
    qtest_add_func("/exynos5250-pmu/absent-core", test_absent_core);
    return g_test_run();
}
