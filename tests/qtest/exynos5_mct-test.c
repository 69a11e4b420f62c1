/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The multi-core timer: exact rate, interrupts in the nanosecond in which
 * their tick begins, no drift, and what the drivers of Linux and FreeBSD poll.
 * A tick of 24 MHz lasts 125/3 ns; the clock of a QTest starts at 0.
 */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"
#include "tests/qtest/exynos5/save_load.h"
#include "hw/arm/exynos5/exynos5_mct_regs.h"

#define MCT_BASE      0x101c0000
#define COMBINER_IESR_20_23 0x10440050

enum {
    INPUT_COMP0 = 23 * 8 + 3,   /* combiner group 23, bit 3 */
    INPUT_COMP1 = 23 * 8 + 4,
    INPUT_COMP2 = 25 * 8 + 2,
    INPUT_COMP3 = 25 * 8 + 3,
    SPI_GROUP23 = 23,
    SPI_LOCAL0 = 120,
    SPI_LOCAL1 = 121,
    START = 0x100,              /* G_TCON */
};

static void put(QTestState *qts, unsigned reg, uint32_t value)
{
    qtest_writel(qts, MCT_BASE + reg, value);
}

static uint32_t get(QTestState *qts, unsigned reg)
{
    return qtest_readl(qts, MCT_BASE + reg);
}

static uint64_t count(QTestState *qts)
{
    return (uint64_t)get(qts, A_G_CNT_U) << 32 | get(qts, A_G_CNT_L);
}

/* Steps the clock to an absolute time. */
static void step_to(QTestState *qts, int64_t *now_ns, int64_t to_ns)
{
    g_assert_cmpint(to_ns, >, *now_ns);
    qtest_clock_step(qts, to_ns - *now_ns);
    *now_ns = to_ns;
}

/* The first nanosecond of a tick. */
static int64_t tick_begins(uint64_t tick)
{
    return (tick * 125 + 2) / 3;
}

static void set_comparator(QTestState *qts, unsigned n, uint64_t value)
{
    put(qts, A_G_COMP0_L + n * MCT_COMP_STRIDE, value);
    put(qts, A_G_COMP0_U + n * MCT_COMP_STRIDE, value >> 32);
}

/** The counter stands still until G_TCON bit 8 is set, and when it is cleared. */
static void test_start(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(count(qts), ==, 0);
    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(count(qts), ==, 24000);
    put(qts, A_G_TCON, 0);
    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(count(qts), ==, 24000);
    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000);
    g_assert_cmpuint(count(qts), ==, 24024);
    qtest_quit(qts);
}

/** Ten seconds in uneven steps: every reading is exact, 240 million at the end. */
static void test_rate(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    put(qts, A_G_TCON, START);
    step_to(qts, &now_ns, 41);
    g_assert_cmpuint(count(qts), ==, 0);
    step_to(qts, &now_ns, 42);
    g_assert_cmpuint(count(qts), ==, 1);
    for (unsigned i = 1; i < 1000; i++) {
        step_to(qts, &now_ns, i * 9999973ll);
        g_assert_cmpuint(count(qts), ==, now_ns * 3 / 125);
    }
    step_to(qts, &now_ns, 10000000000ll);
    g_assert_cmpuint(count(qts), ==, 240000000);
    qtest_quit(qts);
}

/** The counter can be written, and carries from its low half into the high one. */
static void test_write_count(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_G_CNT_L, 0xfffffff0);
    put(qts, A_G_CNT_U, 0x00123456);
    g_assert_cmphex(get(qts, A_G_CNT_WSTAT), ==, 0x3);
    put(qts, A_G_CNT_WSTAT, 0x1);
    g_assert_cmphex(get(qts, A_G_CNT_WSTAT), ==, 0x2);
    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000);
    g_assert_cmphex(count(qts), ==, 0x0012345700000008);
    qtest_quit(qts);
}

/** The bits that Linux (1 ms) and FreeBSD (10 reads) wait for after a write. */
static void test_write_status(void)
{
    static const struct {
        unsigned reg, status_reg;
        uint32_t status;
    } rows[] = {
        { A_G_COMP0_L, A_G_WSTAT, 1 << 0 },
        { A_G_COMP0_U, A_G_WSTAT, 1 << 1 },
        { A_G_COMP0_ADD_INCR, A_G_WSTAT, 1 << 2 },
        { A_G_COMP0_L + 3 * MCT_COMP_STRIDE, A_G_WSTAT, 1 << 12 },
        { A_G_TCON, A_G_WSTAT, 1 << 16 },
        { A_G_CNT_L, A_G_CNT_WSTAT, 1 << 0 },
        { A_G_CNT_U, A_G_CNT_WSTAT, 1 << 1 },
        { A_L0_TCNTB, A_L0_WSTAT, 1 << 0 },
        { A_L0_ICNTB, A_L0_WSTAT, 1 << 1 },
        { A_L0_FRCNTB, A_L0_WSTAT, 1 << 2 },
        { A_L0_TCON, A_L0_WSTAT, 1 << 3 },
        { A_L0_TCON + MCT_LOCAL_STRIDE, A_L0_WSTAT + MCT_LOCAL_STRIDE, 1 << 3 },
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        g_assert_cmphex(get(qts, rows[i].status_reg), ==, 0);
        put(qts, rows[i].reg, 0);
        g_assert_cmphex(get(qts, rows[i].status_reg), ==, rows[i].status);
        put(qts, rows[i].status_reg, rows[i].status);
        g_assert_cmphex(get(qts, rows[i].status_reg), ==, 0);
    }
    qtest_quit(qts);
}

/** Each comparator raises its combiner input in the first ns of its tick. */
static void test_comparators(void)
{
    static const struct {
        unsigned input;
        uint64_t value;
    } rows[MCT_COMPARATORS] = {
        { INPUT_COMP0, 1000 }, { INPUT_COMP1, 1001 }, { INPUT_COMP2, 1002 },
        { INPUT_COMP3, 0x100000001 },
    };
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    qtest_irq_intercept_in(qts, "/machine/soc/combiner");
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        set_comparator(qts, n, rows[n].value);
    }
    put(qts, A_G_INT_ENB, 0xf);
    put(qts, A_G_TCON, START | 0x55);
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        step_to(qts, &now_ns, tick_begins(rows[n].value) - 1);
        g_assert_false(qtest_get_irq(qts, rows[n].input));
        step_to(qts, &now_ns, tick_begins(rows[n].value));
        g_assert_true(qtest_get_irq(qts, rows[n].input));
        g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 1 << n);
        put(qts, A_G_INT_CSTAT, 1 << n);
        g_assert_false(qtest_get_irq(qts, rows[n].input));
    }
    qtest_quit(qts);
}

/** A comparator's interrupt reaches the GIC through its combiner group. */
static void test_comparator_to_gic(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    qtest_writel(qts, COMBINER_IESR_20_23, 1 << 27);
    set_comparator(qts, 0, 24);
    put(qts, A_G_INT_ENB, 0x1);
    put(qts, A_G_TCON, START | 0x1);
    qtest_clock_step(qts, 999);
    g_assert_false(qtest_get_irq(qts, SPI_GROUP23));
    qtest_clock_step(qts, 1);
    g_assert_true(qtest_get_irq(qts, SPI_GROUP23));
    qtest_quit(qts);
}

/** AUTO_INC: a thousand interrupts, 7 us apart, each in its ns; the last without drift. */
static void test_auto_increment(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    qtest_irq_intercept_in(qts, "/machine/soc/combiner");
    set_comparator(qts, 0, 100);
    put(qts, A_G_COMP0_ADD_INCR, 169);
    put(qts, A_G_INT_ENB, 0x1);
    put(qts, A_G_TCON, START | 0x3);
    for (unsigned i = 0; i < 1000; i++) {
        step_to(qts, &now_ns, tick_begins(100 + 169 * i) - 1);
        g_assert_false(qtest_get_irq(qts, INPUT_COMP0));
        step_to(qts, &now_ns, tick_begins(100 + 169 * i));
        g_assert_true(qtest_get_irq(qts, INPUT_COMP0));
        put(qts, A_G_INT_CSTAT, 0x1);
    }
    g_assert_cmpuint(get(qts, A_G_COMP0_L), ==, 100 + 169 * 1000);
    qtest_quit(qts);
}

/** AUTO_INC by 1, or by 0, for ten seconds costs nothing and misses nothing. */
static void test_auto_increment_small(void)
{
    QTestState *qts = qtest_init("-M arndale");

    set_comparator(qts, 0, 100);
    put(qts, A_G_COMP0_ADD_INCR, 1);
    set_comparator(qts, 1, 100);
    put(qts, A_G_INT_ENB, 0x3);
    put(qts, A_G_TCON, START | 0xf);
    qtest_clock_step(qts, 10000000000ll);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0x3);
    g_assert_cmpuint(get(qts, A_G_COMP0_L), ==, 240000001);
    g_assert_cmpuint(get(qts, A_G_COMP0_L + MCT_COMP_STRIDE), ==, 100);
    qtest_quit(qts);
}

/** A comparator set to a count that has passed waits until the counter wraps. */
static void test_comparator_behind(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000000);
    set_comparator(qts, 0, 23999);
    put(qts, A_G_INT_ENB, 0x1);
    put(qts, A_G_TCON, START | 0x1);
    qtest_clock_step(qts, 1000000000);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0);
    put(qts, A_G_CNT_U, 0xffffffff);
    put(qts, A_G_CNT_L, 0xffffffff);
    qtest_clock_step(qts, tick_begins(23999));
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0);
    qtest_clock_step(qts, 42);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0x1);
    qtest_quit(qts);
}

/** A match is seen once: acknowledged in its own tick it does not come again. */
static void test_comparator_once(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000);
    set_comparator(qts, 0, 24);
    put(qts, A_G_INT_ENB, 0x1);
    put(qts, A_G_TCON, START | 0x1);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0x1);
    put(qts, A_G_INT_CSTAT, 0x1);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0);
    qtest_clock_step(qts, 1000000);
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0);
    qtest_quit(qts);
}

/* Linux: TCNTB = 1 at 12 MHz, ICNTB with manual update, then start. */
static void linux_local_start(QTestState *qts, unsigned n, uint32_t cycles,
                              uint32_t tcon)
{
    unsigned at = n * MCT_LOCAL_STRIDE;

    put(qts, A_L0_TCNTB + at, 1);
    put(qts, A_L0_ICNTB + at, 0x80000000 | cycles);
    put(qts, A_L0_INT_ENB + at, 0x1);
    put(qts, A_L0_TCON + at, tcon);
}

/** Both local timers, periodic: (TCNTB + 1)(ICNTB + 1) ticks apart, without drift. */
static void test_local_periodic(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    linux_local_start(qts, 0, 999, 0x7);
    linux_local_start(qts, 1, 499, 0x7);
    for (unsigned i = 1; i <= 500; i++) {
        step_to(qts, &now_ns, tick_begins(2000 * i) - 1);
        g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
        g_assert_true(qtest_get_irq(qts, SPI_LOCAL1));
        put(qts, A_L0_INT_CSTAT + MCT_LOCAL_STRIDE, 0x1);
        g_assert_false(qtest_get_irq(qts, SPI_LOCAL1));
        step_to(qts, &now_ns, tick_begins(2000 * i));
        g_assert_true(qtest_get_irq(qts, SPI_LOCAL0));
        g_assert_true(qtest_get_irq(qts, SPI_LOCAL1));
        put(qts, A_L0_INT_CSTAT, 0x1);
        put(qts, A_L0_INT_CSTAT + MCT_LOCAL_STRIDE, 0x1);
        g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
        step_to(qts, &now_ns, tick_begins(2000 * i + 1000));
    }
    qtest_quit(qts);
}

/** One shot, started at any phase: not before its time, at most a tick after. */
static void test_local_one_shot(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    for (unsigned i = 1; i < 100; i++) {
        uint64_t start_tick;

        step_to(qts, &now_ns, now_ns + 100001);
        start_tick = now_ns * 3 / 125;
        linux_local_start(qts, 0, 14, 0x3);
        step_to(qts, &now_ns, tick_begins(start_tick + 30) - 1);
        g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
        step_to(qts, &now_ns, tick_begins(start_tick + 30));
        g_assert_true(qtest_get_irq(qts, SPI_LOCAL0));
        put(qts, A_L0_TCON, 0);
        put(qts, A_L0_INT_CSTAT, 0x1);
        g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
    }
    qtest_quit(qts);
}

/** TCNTO and ICNTO count down, hold when stopped; TCNTB and ICNTB count from the reload. */
static void test_local_counts(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    put(qts, A_L0_TCNTB, 9);
    put(qts, A_L0_ICNTB, 0x80000004);
    put(qts, A_L0_TCON, 0x7);
    step_to(qts, &now_ns, tick_begins(23));
    g_assert_cmpuint(get(qts, A_L0_TCNTO), ==, 9 - 3);
    g_assert_cmpuint(get(qts, A_L0_ICNTO), ==, 4 - 2);
    put(qts, A_L0_TCON, 0);
    step_to(qts, &now_ns, tick_begins(230));
    g_assert_cmpuint(get(qts, A_L0_TCNTO), ==, 9 - 3);
    g_assert_cmpuint(get(qts, A_L0_ICNTO), ==, 4 - 2);
    put(qts, A_L0_TCON, 0x7);
    put(qts, A_L0_TCNTB, 99);
    put(qts, A_L0_ICNTB, 7);
    g_assert_cmpuint(get(qts, A_L0_ICNTB), ==, 7);
    step_to(qts, &now_ns, tick_begins(230 + 10 + 100 + 99));
    g_assert_cmphex(get(qts, A_L0_INT_CSTAT), ==, 0);
    step_to(qts, &now_ns, tick_begins(230 + 10 + 200));
    g_assert_cmphex(get(qts, A_L0_INT_CSTAT), ==, 0x1);
    g_assert_cmpuint(get(qts, A_L0_ICNTO), ==, 7);
    g_assert_cmpuint(get(qts, A_L0_TCNTO), ==, 99);
    qtest_quit(qts);
}

/** Without INT_START only TCNT counts. */
static void test_local_tick_only(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_L0_TCNTB, 9);
    put(qts, A_L0_ICNTB, 0x80000004);
    put(qts, A_L0_TCON, 0x1);
    qtest_clock_step(qts, tick_begins(1003));
    g_assert_cmpuint(get(qts, A_L0_TCNTO), ==, 9 - 3);
    g_assert_cmpuint(get(qts, A_L0_ICNTO), ==, 4);
    g_assert_cmphex(get(qts, A_L0_INT_CSTAT), ==, 0);
    qtest_quit(qts);
}

/** The local free-running counter reloads every FRCNTB ticks, for its own interrupt. */
static void test_local_free_running(void)
{
    QTestState *qts = qtest_init("-M arndale");
    int64_t now_ns = 0;

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    put(qts, A_L0_FRCNTB, 1000);
    put(qts, A_L0_INT_ENB, 0x2);
    put(qts, A_L0_TCON, 0x8);
    step_to(qts, &now_ns, tick_begins(1000) - 1);
    g_assert_cmpuint(get(qts, A_L0_FRCNTO), ==, 1);
    g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
    step_to(qts, &now_ns, tick_begins(1000));
    g_assert_true(qtest_get_irq(qts, SPI_LOCAL0));
    g_assert_cmphex(get(qts, A_L0_INT_CSTAT), ==, 0x2);
    step_to(qts, &now_ns, tick_begins(5300));
    g_assert_cmpuint(get(qts, A_L0_FRCNTO), ==, 700);
    qtest_quit(qts);
}

/** MCT_CFG divides: (1 + 1) << 3 = 16 from then on; the count does not jump. */
static void test_config(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_G_TCON, START);
    qtest_clock_step(qts, 1000000);
    put(qts, A_MCT_CFG, 0x301);
    g_assert_cmpuint(count(qts), ==, 24000);
    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(count(qts), ==, 24000 + 1500);
    put(qts, A_MCT_CFG, 0);
    qtest_clock_step(qts, 1000000);
    g_assert_cmpuint(count(qts), ==, 24000 + 1500 + 24000);
    qtest_quit(qts);
}

/** Interrupts follow INT_ENB: enabling shows a pending one, disabling hides it. */
static void test_enable(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/combiner");
    set_comparator(qts, 0, 24);
    put(qts, A_G_TCON, START | 0x1);
    qtest_clock_step(qts, 1000000);
    g_assert_false(qtest_get_irq(qts, INPUT_COMP0));
    put(qts, A_G_INT_ENB, 0x1);
    g_assert_true(qtest_get_irq(qts, INPUT_COMP0));
    put(qts, A_G_INT_ENB, 0x0);
    g_assert_false(qtest_get_irq(qts, INPUT_COMP0));
    qtest_quit(qts);
}

/** Reset: every register reads 0, nothing runs, no interrupt stays. */
static void test_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    linux_local_start(qts, 0, 14, 0xf);
    put(qts, A_L0_FRCNTB, 77);
    set_comparator(qts, 0, 24);
    put(qts, A_G_INT_ENB, 0x1);
    put(qts, A_MCT_CFG, 0x1);
    put(qts, A_G_TCON, START | 0x3);
    qtest_clock_step(qts, 1000000);
    g_assert_true(qtest_get_irq(qts, SPI_LOCAL0));
    qtest_system_reset(qts);
    qtest_clock_step(qts, 1000000);
    g_assert_false(qtest_get_irq(qts, SPI_LOCAL0));
    for (unsigned reg = 0; reg < MCT_REGION_SIZE_BYTES; reg += 4) {
        g_assert_cmphex(get(qts, reg), ==, 0);
    }
    qtest_quit(qts);
}

/* Comparators before, behind and at the counter; both local timers at tick 300. */
static void save_load_start(QTestState *qts)
{
    uint64_t begin;

    put(qts, A_G_CNT_U, 0x12);
    put(qts, A_G_TCON, START);
    begin = count(qts);
    set_comparator(qts, 0, begin + 240);
    set_comparator(qts, 1, begin + 2400);
    set_comparator(qts, 2, begin - 1);
    put(qts, A_G_COMP0_ADD_INCR + MCT_COMP_STRIDE, 1000);
    put(qts, A_G_INT_ENB, 0x7);
    put(qts, A_G_TCON, START | 0x1d);
    put(qts, A_L0_TCNTB, 9);
    put(qts, A_L0_ICNTB, 0x80000077);
    put(qts, A_L0_FRCNTB, 100000);
    put(qts, A_L0_INT_ENB, 0x3);
    put(qts, A_L0_TCON, 0xf);
    put(qts, A_L0_TCNTB, 19);                           /* from the next reload on */
    put(qts, A_L0_FRCNTB, 50);
    put(qts, A_L0_ICNTB + MCT_LOCAL_STRIDE, 0x80000009);
    put(qts, A_L0_TCON + MCT_LOCAL_STRIDE, 0x3);        /* no reload from ICNTB */
    put(qts, A_L0_ICNTB + MCT_LOCAL_STRIDE, 5);
}

/** A saved timer goes on where it was: the next interrupt by itself, counts and registers. */
static void test_save_load(void)
{
    static const char args[] = "-M arndale";
    QTestState *qts = qtest_init(args);
    int64_t now_ns = 0;

    step_to(qts, &now_ns, tick_begins(300));
    save_load_start(qts);
    step_to(qts, &now_ns, tick_begins(300 + 5));
    qts = save_and_load(qts, args);
    qtest_clock_step(qts, now_ns);                      /* a QTest's clock is not in the state */
    qtest_irq_intercept_in(qts, "/machine/soc/combiner");
    step_to(qts, &now_ns, tick_begins(300 + 240) - 1);
    g_assert_false(qtest_get_irq(qts, INPUT_COMP0));
    step_to(qts, &now_ns, tick_begins(300 + 240));
    g_assert_true(qtest_get_irq(qts, INPUT_COMP0));
    g_assert_cmphex(get(qts, A_G_INT_CSTAT), ==, 0x1);
    step_to(qts, &now_ns, tick_begins(300 + 243));
    g_assert_cmphex(count(qts), ==, 0x1200000000 + 243);
    g_assert_cmphex(get(qts, A_G_INT_ENB), ==, 0x7);
    g_assert_cmphex(get(qts, A_G_WSTAT), ==, 0x00010373);
    g_assert_cmphex(get(qts, A_G_CNT_WSTAT), ==, 0x2);
    g_assert_cmpuint(get(qts, A_G_COMP0_ADD_INCR + MCT_COMP_STRIDE), ==, 1000);
    g_assert_cmpuint(get(qts, A_L0_TCNTO), ==, 19 - 13);        /* 10 + 11 * 20 + 13 */
    g_assert_cmpuint(get(qts, A_L0_ICNTO), ==, 0x77 - 12);
    g_assert_cmpuint(get(qts, A_L0_FRCNTO), ==, 100000 - 243);
    g_assert_cmphex(get(qts, A_L0_INT_CSTAT), ==, 0);
    g_assert_cmphex(get(qts, A_L0_INT_ENB), ==, 0x3);
    g_assert_cmphex(get(qts, A_L0_WSTAT), ==, 0xf);
    g_assert_cmpuint(get(qts, A_L0_ICNTO + MCT_LOCAL_STRIDE), ==, 9 - 3);
    g_assert_cmpuint(get(qts, A_L0_ICNTB + MCT_LOCAL_STRIDE), ==, 5);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5/mct/start", test_start);
    qtest_add_func("/exynos5/mct/rate", test_rate);
    qtest_add_func("/exynos5/mct/write-count", test_write_count);
    qtest_add_func("/exynos5/mct/write-status", test_write_status);
    qtest_add_func("/exynos5/mct/comparators", test_comparators);
    qtest_add_func("/exynos5/mct/comparator-to-gic", test_comparator_to_gic);
    qtest_add_func("/exynos5/mct/auto-increment", test_auto_increment);
    qtest_add_func("/exynos5/mct/auto-increment-small", test_auto_increment_small);
    qtest_add_func("/exynos5/mct/comparator-behind", test_comparator_behind);
    qtest_add_func("/exynos5/mct/comparator-once", test_comparator_once);
    qtest_add_func("/exynos5/mct/local-periodic", test_local_periodic);
    qtest_add_func("/exynos5/mct/local-one-shot", test_local_one_shot);
    qtest_add_func("/exynos5/mct/local-counts", test_local_counts);
    qtest_add_func("/exynos5/mct/local-tick-only", test_local_tick_only);
    qtest_add_func("/exynos5/mct/local-free-running", test_local_free_running);
    qtest_add_func("/exynos5/mct/config", test_config);
    qtest_add_func("/exynos5/mct/enable", test_enable);
    qtest_add_func("/exynos5/mct/reset", test_reset);
    qtest_add_func("/exynos5/mct/save-load", test_save_load);
    return g_test_run();
}
