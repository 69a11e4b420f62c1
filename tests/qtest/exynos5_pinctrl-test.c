/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pin controllers of the Exynos5250: registers, levels, and every external
 * interrupt up to its line of the GIC.  Addresses, groups and lines are
 * literals from Linux's pinctrl-exynos-arm.c and exynos5250.dtsi.
 */
#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "hw/arm/exynos5/exynos5_pinctrl_regs.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

#define PINCTRL0 0x11400000
#define PINCTRL1 0x13400000
#define PINCTRL2 0x10d10000
#define PINCTRL3 0x03860000
#define COMBINER 0x10440000

static const char gic_inputs[] = "/machine/soc/a15mpcore";

typedef struct Bank {
    unsigned controller;
    const char *name;
    uint32_t base;
    unsigned pins;
    int gpio_group;             /* -1: none */
} Bank;

static const Bank banks[] = {
    { 0, "gpa0", 0x11400000, 8, 0 },
    { 0, "gpa1", 0x11400020, 6, 1 },
    { 0, "gpa2", 0x11400040, 8, 2 },
    { 0, "gpb0", 0x11400060, 5, 3 },
    { 0, "gpb1", 0x11400080, 5, 4 },
    { 0, "gpb2", 0x114000a0, 4, 5 },
    { 0, "gpb3", 0x114000c0, 4, 6 },
    { 0, "gpc0", 0x114000e0, 7, 7 },
    { 0, "gpc1", 0x11400100, 4, 8 },
    { 0, "gpc2", 0x11400120, 7, 9 },
    { 0, "gpc3", 0x11400140, 7, 10 },
    { 0, "gpd0", 0x11400160, 4, 11 },
    { 0, "gpd1", 0x11400180, 8, 12 },
    { 0, "gpc4", 0x114002e0, 7, 13 },
    { 0, "gpy0", 0x114001a0, 6, -1 },
    { 0, "gpy1", 0x114001c0, 4, -1 },
    { 0, "gpy2", 0x114001e0, 6, -1 },
    { 0, "gpy3", 0x11400200, 8, -1 },
    { 0, "gpy4", 0x11400220, 8, -1 },
    { 0, "gpy5", 0x11400240, 8, -1 },
    { 0, "gpy6", 0x11400260, 8, -1 },
    { 0, "gpx0", 0x11400c00, 8, -1 },
    { 0, "gpx1", 0x11400c20, 8, -1 },
    { 0, "gpx2", 0x11400c40, 8, -1 },
    { 0, "gpx3", 0x11400c60, 8, -1 },
    { 1, "gpe0", 0x13400000, 8, 0 },
    { 1, "gpe1", 0x13400020, 2, 1 },
    { 1, "gpf0", 0x13400040, 4, 2 },
    { 1, "gpf1", 0x13400060, 4, 3 },
    { 1, "gpg0", 0x13400080, 8, 4 },
    { 1, "gpg1", 0x134000a0, 8, 5 },
    { 1, "gpg2", 0x134000c0, 2, 6 },
    { 1, "gph0", 0x134000e0, 4, 7 },
    { 1, "gph1", 0x13400100, 8, 8 },
    { 2, "gpv0", 0x10d10000, 8, 0 },
    { 2, "gpv1", 0x10d10020, 8, 1 },
    { 2, "gpv2", 0x10d10060, 8, 2 },
    { 2, "gpv3", 0x10d10080, 8, 3 },
    { 2, "gpv4", 0x10d100c0, 2, 4 },
    { 3, "gpz",  0x03860000, 7, 0 },
};

/* The GIC line of the GPIO interrupts of each controller. */
static const unsigned gpio_spi[] = { 46, 45, 50, 47 };

static uint32_t controller_base(const Bank *bank)
{
    return bank->base & ~0xfff;
}

static void set_pin(QTestState *qts, const Bank *bank, unsigned pin, int level)
{
    g_autofree char *path = g_strdup_printf("/machine/soc/pinctrl[%u]",
                                            bank->controller);

    qtest_set_irq_in(qts, path, bank->name, pin, level);
}

static const Bank *find_bank(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(banks); i++) {
        if (!strcmp(banks[i].name, name)) {
            return &banks[i];
        }
    }
    g_assert_not_reached();
}

static QTestState *start(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_in(qts, gic_inputs);
    return qts;
}

/** Every bank comes up as masked inputs with pull-downs. */
static void test_reset(void)
{
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(banks); i++) {
        const Bank *b = &banks[i];

        g_assert_cmphex(qtest_readl(qts, b->base + 0x00), ==, 0);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x08), ==,
                        0x5555 >> (16 - 2 * b->pins));
        g_assert_cmphex(qtest_readl(qts, b->base + 0x0c), ==, 0);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x10), ==, 0);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x14), ==, 0);
        if (b->gpio_group >= 0) {
            uint32_t eint = controller_base(b) + 4 * b->gpio_group;

            g_assert_cmphex(qtest_readl(qts, eint + 0x700), ==, 0);
            g_assert_cmphex(qtest_readl(qts, eint + 0x900), ==,
                            0xff >> (8 - b->pins));
            g_assert_cmphex(qtest_readl(qts, eint + 0xa00), ==, 0);
        }
    }
    for (unsigned n = 0; n < 4; n++) {
        g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xe00 + 4 * n), ==, 0);
        g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xf00 + 4 * n), ==, 0xff);
        g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xf40 + 4 * n), ==, 0);
    }
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 0);
    qtest_quit(qts);
}

/** Registers hold as many bits as their bank has pins; a reset clears them. */
static void test_registers(void)
{
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(banks); i++) {
        for (unsigned offset = 0; offset < 0x20; offset += 4) {
            qtest_writel(qts, banks[i].base + offset, 0xffffffff);
        }
    }
    for (unsigned i = 0; i < ARRAY_SIZE(banks); i++) {
        const Bank *b = &banks[i];
        uint32_t twos = 0xffff >> (16 - 2 * b->pins);

        g_assert_cmphex(qtest_readl(qts, b->base + 0x00), ==,
                        0xffffffff >> (32 - 4 * b->pins));
        g_assert_cmphex(qtest_readl(qts, b->base + 0x08), ==, twos);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x0c), ==, twos);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x10), ==, twos);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x14), ==, twos);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x18), ==, 0);
        g_assert_cmphex(qtest_readl(qts, b->base + 0x1c), ==, 0);
    }
    qtest_system_reset(qts);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x00), ==, 0);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x08), ==, 0x5555);
    qtest_quit(qts);
}

/** The filter registers are two words for each group. */
static void test_filters(void)
{
    QTestState *qts = start();

    qtest_writel(qts, PINCTRL0 + 0x808, 0xffffffff);    /* gpa1, 6 pins */
    qtest_writel(qts, PINCTRL0 + 0x80c, 0xffffffff);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x808), ==, 0xffffffff);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x80c), ==, 0x0000ffff);
    qtest_writel(qts, PINCTRL0 + 0xe9c, 0x12345678);    /* gpx3, pins 4..7 */
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xe9c), ==, 0x12345678);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xe98), ==, 0);
    qtest_quit(qts);
}

/** Accesses of one and two bytes reach their lanes of a register only. */
static void test_lanes(void)
{
    QTestState *qts = start();

    qtest_writel(qts, PINCTRL0, 0x11223344);
    qtest_writeb(qts, PINCTRL0 + 2, 0xaa);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0), ==, 0x11aa3344);
    g_assert_cmphex(qtest_readb(qts, PINCTRL0 + 3), ==, 0x11);
    g_assert_cmphex(qtest_readw(qts, PINCTRL0 + 2), ==, 0x11aa);
    qtest_writew(qts, PINCTRL0, 0xbbcc);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0), ==, 0x11aabbcc);
    qtest_quit(qts);
}

/** DAT shows what the board drives on inputs and the latch on outputs. */
static void test_levels(void)
{
    const Bank *gpb1 = find_bank("gpb1");
    QTestState *qts = start();

    set_pin(qts, gpb1, 3, 1);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 4), ==, 0x08);
    qtest_writel(qts, gpb1->base + 4, 0x01);    /* latch only: still inputs */
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 4), ==, 0x08);
    qtest_writel(qts, gpb1->base + 0, 0x00000001);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 4), ==, 0x09);
    qtest_writel(qts, gpb1->base + 4, 0x00);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 4), ==, 0x08);
    set_pin(qts, gpb1, 3, 0);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 4), ==, 0x00);
    qtest_quit(qts);
}

/** A pin that nobody drives follows its pull resistor. */
static void test_pulls(void)
{
    const Bank *gpg0 = find_bank("gpg0");
    QTestState *qts = start();

    qtest_writel(qts, gpg0->base + 8, 0x0003);  /* pin 0 up, the rest none */
    g_assert_cmphex(qtest_readl(qts, gpg0->base + 4), ==, 0x01);
    set_pin(qts, gpg0, 0, 0);
    g_assert_cmphex(qtest_readl(qts, gpg0->base + 4), ==, 0x00);
    qtest_quit(qts);
}

/** An output drives its line: gpx3[5], the reset of the USB hub. */
static void test_output_line(void)
{
    QTestState *qts = qtest_init("-M arndale");

    qtest_irq_intercept_out_named(qts, "/machine/soc/pinctrl[0]", "gpx3-out");
    qtest_writel(qts, PINCTRL0 + 0xc60, 0x00100000);
    g_assert_false(qtest_get_irq(qts, 5));
    qtest_writel(qts, PINCTRL0 + 0xc64, 0x20);
    g_assert_true(qtest_get_irq(qts, 5));
    qtest_writel(qts, PINCTRL0 + 0xc64, 0x00);
    g_assert_false(qtest_get_irq(qts, 5));
    qtest_quit(qts);
}

/** Each trigger mode fires on its events and on no others. */
static void test_triggers(void)
{
    static const struct {
        const char *name;
        uint32_t mode;
        bool at_low, on_rise, at_high, on_fall;
    } modes[] = {
        { "low",     0, true,  false, false, true },
        { "high",    1, false, true,  true,  false },
        { "falling", 2, false, false, false, true },
        { "rising",  3, false, true,  false, false },
        { "both",    4, false, true,  false, true },
        { "reserved", 7, false, false, false, false },
    };
    const Bank *gph0 = find_bank("gph0");       /* controller 1, group 7 */
    const uint32_t con = PINCTRL1 + 0x71c, pend = PINCTRL1 + 0xa1c;
    QTestState *qts = start();

    set_pin(qts, gph0, 2, 0);
    qtest_writel(qts, gph0->base, 0x0f00);
    for (unsigned i = 0; i < ARRAY_SIZE(modes); i++) {
        g_test_message("trigger %s", modes[i].name);
        qtest_writel(qts, con, modes[i].mode << 8);
        qtest_writel(qts, pend, 0x0f);
        g_assert_cmphex(qtest_readl(qts, pend), ==, modes[i].at_low ? 4 : 0);
        qtest_writel(qts, con, 0x300);          /* quiet at low */
        qtest_writel(qts, pend, 0x0f);
        qtest_writel(qts, con, modes[i].mode << 8);
        qtest_writel(qts, pend, 0x0f);

        set_pin(qts, gph0, 2, 1);
        if (!modes[i].at_low) {
            g_assert_cmphex(qtest_readl(qts, pend), ==,
                            modes[i].on_rise ? 4 : 0);
        }
        qtest_writel(qts, pend, 0x0f);
        g_assert_cmphex(qtest_readl(qts, pend), ==, modes[i].at_high ? 4 : 0);

        set_pin(qts, gph0, 2, 0);
        g_assert_cmphex(qtest_readl(qts, pend), ==,
                        modes[i].on_fall || modes[i].at_high ? 4 : 0);
        qtest_writel(qts, pend, 0x0f);
    }
    qtest_quit(qts);
}

/**
 * A level interrupt stays latched when the level goes and comes back after a
 * clear while the level is there (Linux exynos_irq_unmask relies on both).
 */
static void test_level_latch(void)
{
    const Bank *gpv1 = find_bank("gpv1");
    const uint32_t con = PINCTRL2 + 0x704, mask = PINCTRL2 + 0x904;
    const uint32_t pend = PINCTRL2 + 0xa04;
    QTestState *qts = start();

    set_pin(qts, gpv1, 0, 0);
    qtest_writel(qts, con, 1);
    qtest_writel(qts, gpv1->base, 0xf);
    qtest_writel(qts, mask, 0xfe);
    g_assert_false(qtest_get_irq(qts, 50));
    set_pin(qts, gpv1, 0, 1);
    g_assert_true(qtest_get_irq(qts, 50));
    qtest_writel(qts, pend, 1);
    g_assert_true(qtest_get_irq(qts, 50));
    set_pin(qts, gpv1, 0, 0);
    g_assert_cmphex(qtest_readl(qts, pend), ==, 1);
    g_assert_true(qtest_get_irq(qts, 50));
    qtest_writel(qts, pend, 1);
    g_assert_cmphex(qtest_readl(qts, pend), ==, 0);
    g_assert_false(qtest_get_irq(qts, 50));
    qtest_quit(qts);
}

/** A pin that is not switched to its EINT function raises nothing. */
static void test_function(void)
{
    const Bank *gpa2 = find_bank("gpa2");
    QTestState *qts = start();

    qtest_writel(qts, PINCTRL0 + 0x708, 3);
    set_pin(qts, gpa2, 0, 1);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xa08), ==, 0);
    qtest_writel(qts, gpa2->base, 0xf);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xa08), ==, 0);
    qtest_quit(qts);
}

/** Every GPIO interrupt: pending, SVC with its 1-based group, GIC line. */
static void test_gpio_interrupts(void)
{
    QTestState *qts = start();

    for (unsigned i = 0; i < ARRAY_SIZE(banks); i++) {
        const Bank *b = &banks[i];
        uint32_t eint = controller_base(b) + 4 * b->gpio_group;
        unsigned spi = gpio_spi[b->controller];

        if (b->gpio_group < 0) {
            continue;
        }
        qtest_writel(qts, eint + 0x700, 0x33333333);
        qtest_writel(qts, b->base, 0xffffffff);
        for (unsigned pin = 0; pin < b->pins; pin++) {
            g_test_message("%s[%u]", b->name, pin);
            qtest_writel(qts, eint + 0x900, 0xff & ~(1u << pin));
            set_pin(qts, b, pin, 1);
            g_assert_cmphex(qtest_readl(qts, eint + 0xa00), ==, 1u << pin);
            g_assert_cmphex(qtest_readl(qts, controller_base(b) + 0xb08), ==,
                            (b->gpio_group + 1) * 8 + pin);
            g_assert_true(qtest_get_irq(qts, spi));
            qtest_writel(qts, eint + 0xa00, 1u << pin);
            g_assert_cmphex(qtest_readl(qts, controller_base(b) + 0xb08), ==, 0);
            g_assert_false(qtest_get_irq(qts, spi));
        }
    }
    qtest_quit(qts);
}

/** SVC names the lowest group and pin first; masked ones never. */
static void test_service_order(void)
{
    const Bank *gpa0 = find_bank("gpa0"), *gpc4 = find_bank("gpc4");
    QTestState *qts = start();

    qtest_writel(qts, PINCTRL0 + 0x700, 0x33333333);
    qtest_writel(qts, PINCTRL0 + 0x734, 0x33333333);
    qtest_writel(qts, gpa0->base, 0xffffffff);
    qtest_writel(qts, gpc4->base, 0xffffffff);
    qtest_writel(qts, PINCTRL0 + 0x934, 0x00);
    set_pin(qts, gpc4, 6, 1);
    set_pin(qts, gpc4, 2, 1);
    set_pin(qts, gpa0, 7, 1);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 14 * 8 + 2);
    qtest_writel(qts, PINCTRL0 + 0x900, 0x00);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 1 * 8 + 7);
    qtest_writel(qts, PINCTRL0 + 0xa00, 0x80);
    qtest_writel(qts, PINCTRL0 + 0xa34, 0x04);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 14 * 8 + 6);
    qtest_quit(qts);
}

/** EINT0..15: each pin of gpx0 and gpx1 has its input of the combiner. */
static void test_wakeup_combined(void)
{
    static const struct {
        unsigned group, bit;
    } inputs[16] = {
        { 23, 0 }, { 24, 0 }, { 25, 0 }, { 25, 1 },
        { 26, 0 }, { 26, 1 }, { 27, 0 }, { 27, 1 },
        { 28, 0 }, { 28, 1 }, { 29, 0 }, { 29, 1 },
        { 30, 0 }, { 30, 1 }, { 31, 0 }, { 31, 1 },
    };
    QTestState *qts = start();

    for (unsigned eint = 0; eint < 16; eint++) {
        const Bank *b = find_bank(eint < 8 ? "gpx0" : "gpx1");
        uint32_t regs = PINCTRL0 + 4 * (eint / 8), bit = 1u << (eint % 8);
        uint32_t quad = COMBINER + 0x10 * (inputs[eint].group / 4);
        unsigned shift = 8 * (inputs[eint].group % 4) + inputs[eint].bit;

        g_test_message("EINT%u", eint);
        set_pin(qts, b, eint % 8, 0);
        qtest_writel(qts, b->base, 0xffffffff);
        qtest_writel(qts, regs + 0xe00, 0x33333333);
        qtest_writel(qts, quad + 0x0, 1u << shift);
        set_pin(qts, b, eint % 8, 1);
        g_assert_cmphex(qtest_readl(qts, regs + 0xf40) & bit, ==, bit);
        g_assert_false(qtest_get_irq(qts, inputs[eint].group));
        qtest_writel(qts, regs + 0xf00, 0xff & ~bit);
        g_assert_cmphex(qtest_readl(qts, quad + 0x8), ==, 1u << shift);
        g_assert_true(qtest_get_irq(qts, inputs[eint].group));
        qtest_writel(qts, regs + 0xf40, bit);
        g_assert_cmphex(qtest_readl(qts, quad + 0x8), ==, 0);
        g_assert_false(qtest_get_irq(qts, inputs[eint].group));
    }
    qtest_quit(qts);
}

/** EINT16..31: gpx2 and gpx3 share SPI 32 and have no SVC. */
static void test_wakeup_shared(void)
{
    QTestState *qts = start();

    for (unsigned pin = 0; pin < 16; pin++) {
        const Bank *b = find_bank(pin < 8 ? "gpx2" : "gpx3");
        uint32_t regs = PINCTRL0 + 8 + 4 * (pin / 8), bit = 1u << (pin % 8);

        g_test_message("EINT%u", 16 + pin);
        set_pin(qts, b, pin % 8, 0);
        qtest_writel(qts, b->base, 0xffffffff);
        qtest_writel(qts, regs + 0xe00, 0x33333333);
        qtest_writel(qts, regs + 0xf00, 0xff & ~bit);
        set_pin(qts, b, pin % 8, 1);
        g_assert_true(qtest_get_irq(qts, 32));
        g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 0);
        qtest_writel(qts, regs + 0xf40, bit);
        g_assert_false(qtest_get_irq(qts, 32));
    }
    qtest_quit(qts);
}

/** A reset drops pending interrupts; what the board drives stays. */
static void test_reset_while_pending(void)
{
    const Bank *gpz = find_bank("gpz");
    QTestState *qts = start();

    qtest_writel(qts, PINCTRL3 + 0x700, 0x1);
    qtest_writel(qts, PINCTRL3, 0xf);
    qtest_writel(qts, PINCTRL3 + 0x900, 0);
    set_pin(qts, gpz, 0, 1);
    g_assert_true(qtest_get_irq(qts, 47));
    qtest_system_reset(qts);
    g_assert_false(qtest_get_irq(qts, 47));
    g_assert_cmphex(qtest_readl(qts, PINCTRL3 + 0xa00), ==, 0);
    g_assert_cmphex(qtest_readl(qts, PINCTRL3 + 4), ==, 1);
    qtest_quit(qts);
}

/** The keys of the Arndale are up: gpx1[4..7] and gpx2[0..1] read 1. */
static void test_board_inputs(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xc24), ==, 0xf0);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xc44), ==, 0x03);
    qtest_quit(qts);
}

/** Save and load keep registers, levels and pending interrupts. */
static void test_save_load(void)
{
    const Bank *gpb1 = find_bank("gpb1");
    QTestState *qts = qtest_init("-M arndale -m 16M");

    qtest_writel(qts, gpb1->base + 0x00, 0x000f1);
    qtest_writel(qts, gpb1->base + 0x04, 0x01);
    qtest_writel(qts, gpb1->base + 0x08, 0x0200);
    qtest_writel(qts, gpb1->base + 0x0c, 0x0111);
    qtest_writel(qts, gpb1->base + 0x10, 0x0222);
    qtest_writel(qts, gpb1->base + 0x14, 0x0333);
    qtest_writel(qts, PINCTRL0 + 0x710, 0x30);
    qtest_writel(qts, PINCTRL0 + 0x820, 0x12345678);
    qtest_writel(qts, PINCTRL0 + 0x910, 0x1d);
    set_pin(qts, gpb1, 1, 1);
    qts = save_and_load(qts, "-M arndale -m 16M");
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x00), ==, 0x000f1);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x04), ==, 0x03);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x08), ==, 0x0200);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x0c), ==, 0x0111);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x10), ==, 0x0222);
    g_assert_cmphex(qtest_readl(qts, gpb1->base + 0x14), ==, 0x0333);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x710), ==, 0x30);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x820), ==, 0x12345678);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0x910), ==, 0x1d);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xb08), ==, 5 * 8 + 1);
    qtest_writel(qts, PINCTRL0 + 0xa10, 0x02);
    set_pin(qts, gpb1, 1, 1);
    g_assert_cmphex(qtest_readl(qts, PINCTRL0 + 0xa10), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5-pinctrl/reset", test_reset);
    qtest_add_func("/exynos5-pinctrl/registers", test_registers);
    qtest_add_func("/exynos5-pinctrl/filters", test_filters);
    qtest_add_func("/exynos5-pinctrl/lanes", test_lanes);
    qtest_add_func("/exynos5-pinctrl/levels", test_levels);
    qtest_add_func("/exynos5-pinctrl/pulls", test_pulls);
    qtest_add_func("/exynos5-pinctrl/output-line", test_output_line);
    qtest_add_func("/exynos5-pinctrl/triggers", test_triggers);
    qtest_add_func("/exynos5-pinctrl/level-latch", test_level_latch);
    qtest_add_func("/exynos5-pinctrl/function", test_function);
    qtest_add_func("/exynos5-pinctrl/gpio-interrupts", test_gpio_interrupts);
    qtest_add_func("/exynos5-pinctrl/service-order", test_service_order);
    qtest_add_func("/exynos5-pinctrl/wakeup-combined", test_wakeup_combined);
    qtest_add_func("/exynos5-pinctrl/wakeup-shared", test_wakeup_shared);
    qtest_add_func("/exynos5-pinctrl/reset-while-pending",
                   test_reset_while_pending);
    qtest_add_func("/exynos5-pinctrl/board-inputs", test_board_inputs);
    qtest_add_func("/exynos5-pinctrl/save-load", test_save_load);
    return g_test_run();
}
