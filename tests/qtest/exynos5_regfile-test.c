/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks that are register tables: reset values, what a write changes,
 * parts of words, unknown registers.
 */
#include "qemu/osdep.h"
#include "tests/qtest/exynos5/save_load.h"
#include "tests/qtest/libqtest.h"

/* Absolute addresses; the offsets' sources are in exynos5250_regblocks_regs.h. */
static const struct {
    const char *name;
    uint32_t address;
    uint32_t reset;
    uint32_t after_ones;    /* after a write of 0xffffffff */
} registers[] = {
    { "SYSREG DISP1BLK_CFG",   0x10050214, 0, 0xffffffff },
    { "SYSREG USB20PHY_CFG",   0x10050230, 0, 0xffffffff },
    { "SYSREG I2C_CFG",        0x10050234, 0, 0xffffffff },
    { "PHY0 CON0",             0x10c00000, 0, 0xffffffff },
    { "PHY0 CON17",            0x10c00048, 1, 1 },
    { "PHY0 CON42",            0x10c000ac, 0, 0xffffffff },
    { "PHY1 CON17",            0x10c10048, 1, 1 },
    { "PHY1 CON42",            0x10c100ac, 0, 0xffffffff },
    { "DREX CONCONTROL",       0x10dd0000, 0, 0xffffffff },
    { "DREX PHYCONTROL0",      0x10dd0018, 0, 0xffffffff },
    { "DREX PHYSTATUS",        0x10dd0040, 0xc00c, 0xc00c },
    { "DREX MEMBASECONFIG1",   0x10dd0110, 0, 0xffffffff },
    { "USB2 HOSTPHYCTRL0",     0x12130000, 0, 0xffffffff },
    { "USB2 HSICPHYCTRL2",     0x12130020, 0, 0xffffffff },
    { "USB2 USBOTGTUNE",       0x12130040, 0, 0xffffffff },
    { "USB3 LINKSYSTEM",       0x12100004, 0, 0xffffffff },
    { "USB3 PHYCLKRST",        0x12100010, 0, 0xffffffff },
    { "USB3 LINKPORT",         0x12100044, 0, 0xffffffff },
    { "SATA PHY RESET",        0x12170004, 0, 0xffffffff },
    { "SATA PHY PHSATA_CTRLM", 0x121700e0, 0, 0xffffffff },
    { "SATA PHY PHSATA_STATM", 0x121700f0, 1, 1 },
    { "SROMC BW",              0x12250000, 0, 0xffffffff },
    { "SROMC BC3",             0x12250010, 0, 0xffffffff },
    { "AUDSS SRC",             0x03810000, 0, 0xffffffff },
    { "AUDSS GATE",            0x03810008, 0, 0xffffffff },
    { "TZPC0 R0SIZE",          0x10100000, 0, 0x3ff },
    { "TZPC0 DECPROT0STAT",    0x10100800, 0, 0 },
    { "TZPC0 DECPROT0SET",     0x10100804, 0, 0xff },
    { "TZPC8 DECPROT3SET",     0x10180828, 0, 0xff },
    { "TZPC9 DECPROT1SET",     0x10190810, 0, 0xff },
};

/** Reset values; writes change what is writable; reset restores. */
static void test_registers(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(registers); i++) {
        g_test_message("%s", registers[i].name);
        g_assert_cmphex(qtest_readl(qts, registers[i].address), ==,
                        registers[i].reset);
        qtest_writel(qts, registers[i].address, 0xffffffff);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(registers); i++) {
        g_test_message("%s written", registers[i].name);
        g_assert_cmphex(qtest_readl(qts, registers[i].address), ==,
                        registers[i].after_ones);
    }
    qtest_system_reset(qts);
    for (unsigned i = 0; i < ARRAY_SIZE(registers); i++) {
        g_test_message("%s after reset", registers[i].name);
        g_assert_cmphex(qtest_readl(qts, registers[i].address), ==,
                        registers[i].reset);
    }
    qtest_quit(qts);
}

/** Registers keep values of their own: no two share a word. */
static void test_distinct(void)
{
    static const uint32_t phy[] = {
        0x00, 0x04, 0x08, 0x0c, 0x10, 0x18, 0x20, 0x28, 0x2c, 0x30, 0x34,
        0x38, 0x3c, 0x40, 0x4c, 0xa0, 0xa4, 0xa8, 0xac,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned n = 0; n < 2; n++) {
        for (unsigned i = 0; i < ARRAY_SIZE(phy); i++) {
            qtest_writel(qts, 0x10c00000 + n * 0x10000 + phy[i],
                         0xa0000000 + n * 0x1000 + i);
        }
    }
    for (unsigned n = 0; n < 2; n++) {
        for (unsigned i = 0; i < ARRAY_SIZE(phy); i++) {
            g_assert_cmphex(qtest_readl(qts, 0x10c00000 + n * 0x10000 + phy[i]),
                            ==, 0xa0000000 + n * 0x1000 + i);
        }
    }
    qtest_quit(qts);
}

/** The CR port of the USB 3.0 PHY acknowledges each command while it stands. */
static void test_usb3phy_cr_port(void)
{
    static const uint32_t commands[] = { 0x1, 0x2, 0x40000, 0x80000 };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(commands); i++) {
        qtest_writel(qts, 0x12100014, 0x54 | commands[i]);
        g_assert_cmphex(qtest_readl(qts, 0x12100018), ==, 1);
        qtest_writel(qts, 0x12100014, 0x54);
        g_assert_cmphex(qtest_readl(qts, 0x12100018), ==, 0);
    }
    qtest_quit(qts);
}

/** Bytes and halfwords are parts of the little-endian word. */
static void test_parts_of_words(void)
{
    const uint32_t reg = 0x10050230;
    QTestState *qts = qtest_init("-M arndale");

    qtest_writel(qts, reg, 0x44332211);
    g_assert_cmphex(qtest_readb(qts, reg + 1), ==, 0x22);
    g_assert_cmphex(qtest_readw(qts, reg + 2), ==, 0x4433);
    qtest_writeb(qts, reg + 3, 0xaa);
    g_assert_cmphex(qtest_readl(qts, reg), ==, 0xaa332211);
    qtest_writew(qts, reg, 0xbbcc);
    g_assert_cmphex(qtest_readl(qts, reg), ==, 0xaa33bbcc);
    qtest_quit(qts);
}

/** A register that is not in the table reads as zero and holds nothing. */
static void test_unknown(void)
{
    static const uint32_t addresses[] = {
        0x10050000, 0x10050004, 0x10054ffc, 0x10c00044, 0x10c0fffc, 0x10dd0044,
        0x1019fffc, 0x03810ffc, 0x12100000, 0x12170ffc, 0x12250014, 0x1213003c,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(addresses); i++) {
        g_test_message("0x%x", addresses[i]);
        qtest_writel(qts, addresses[i], 0xffffffff);
        g_assert_cmphex(qtest_readl(qts, addresses[i]), ==, 0);
    }
    qtest_quit(qts);
}

/** What the SPL waits for in the memory controller is there at once. */
static void test_spl_polls(void)
{
    QTestState *qts = qtest_init("-M arndale");

    g_assert_cmphex(qtest_readl(qts, 0x10c00048) & 1, ==, 1);
    g_assert_cmphex(qtest_readl(qts, 0x10c10048) & 1, ==, 1);
    g_assert_cmphex(qtest_readl(qts, 0x10dd0040) & 0xc000, ==, 0xc000);
    qtest_quit(qts);
}

/** Plain blocks, CMU and PMU keep their registers across save and load. */
static void test_save_load(void)
{
    static const struct {
        uint32_t address;
        uint32_t value;
    } words[] = {
        { 0x10dd0110, 0x01234567 },     /* DREX MEMBASECONFIG1 */
        { 0x10190810, 0x000000a5 },     /* TZPC9 DECPROT1SET */
        { 0x10020218, 0x10111100 },     /* CMU SRC_TOP2 */
        { 0x1004080c, 0x89abcdef },     /* PMU INFORM3 */
        { 0x100440c0, 0x00000000 },     /* PMU MAU_CONFIG */
        { 0x10042080, 0x00000000 },     /* PMU ARM_CORE1_CONFIG */
    };
    QTestState *from = qtest_init("-M arndale -m 16M");
    QTestState *to;

    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        qtest_writel(from, words[i].address, words[i].value);
    }
    to = save_and_load(from, "-M arndale -m 16M");
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        g_test_message("0x%x", words[i].address);
        g_assert_cmphex(qtest_readl(to, words[i].address), ==, words[i].value);
    }
    g_assert_cmphex(qtest_readl(to, 0x10042084), ==, 3);
    qtest_quit(to);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5-regfile/registers", test_registers);
    qtest_add_func("/exynos5-regfile/distinct", test_distinct);
    qtest_add_func("/exynos5-regfile/parts-of-words", test_parts_of_words);
    qtest_add_func("/exynos5-regfile/unknown", test_unknown);
    qtest_add_func("/exynos5-regfile/spl-polls", test_spl_polls);
    qtest_add_func("/exynos5-regfile/save-load", test_save_load);
    qtest_add_func("/exynos5-regfile/usb3phy-cr-port", test_usb3phy_cr_port);
    return g_test_run();
}
