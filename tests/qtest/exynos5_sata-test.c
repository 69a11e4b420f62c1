/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SATA host of the Exynos5250, an AHCI with one port, and the I2C side of its
 * PHY.  Sections of AHCI 1.3; expected values are literals.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "tests/qtest/exynos5/exynos5_i2c.h"
#include "tests/qtest/libqtest.h"

#define AHCI 0x122f0000
#define GHC (AHCI + 0x04)
#define IS (AHCI + 0x08)
#define PORT (AHCI + 0x100)
#define PXCLB (PORT + 0x00)
#define PXFB (PORT + 0x08)
#define PXIS (PORT + 0x10)
#define PXIE (PORT + 0x14)
#define PXCMD (PORT + 0x18)
#define PXTFD (PORT + 0x20)
#define PXSSTS (PORT + 0x28)
#define PXCI (PORT + 0x38)

enum { SATA_SPI = 115, DISK_BLOCKS = 8192 };

/* Places in DRAM. */
#define LIST 0x40010000
#define FIS 0x40011000
#define TABLE 0x40012000
#define DATA 0x40020000

#define DISK "-drive if=ide,index=0,driver=null-co,size=4194304,read-zeroes=on"

static QTestState *start(const char *args)
{
    QTestState *qts = qtest_initf("-M arndale %s", args);

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

/** 3.1, 3.3: one port; nothing is there without a drive. */
static void test_reset_values(void)
{
    QTestState *qts = start("");

    g_assert_cmphex(qtest_readl(qts, AHCI) & 0x1f, ==, 0);
    g_assert_cmphex(qtest_readl(qts, AHCI + 0x0c), ==, 1);
    g_assert_cmphex(qtest_readl(qts, AHCI + 0x10), ==, 0x00010000);
    g_assert_cmphex(qtest_readl(qts, PXSSTS), ==, 0);
    g_assert_false(qtest_get_irq(qts, SATA_SPI));
    qtest_quit(qts);
}

static void begin(QTestState *qts, uint64_t list)
{
    qtest_writel(qts, GHC, 0x80000002);
    qtest_writel(qts, PXCLB, list);
    qtest_writel(qts, PXCLB + 4, list >> 32);
    qtest_writel(qts, PXFB, FIS);
    qtest_writel(qts, PXFB + 4, 0);
    qtest_writel(qts, PXCMD, 0x11);
    qtest_writel(qts, PXIS, 0xffffffff);
}

/* Command @command in slot 0: @count pieces of @bytes from DATA on. */
static void put_command(QTestState *qts, uint8_t command, uint32_t block,
                        unsigned blocks, unsigned count, unsigned bytes)
{
    uint8_t fis[20] = { 0x27, 0x80, command, 0, block, block >> 8, block >> 16,
                        0x40, 0, 0, 0, 0, blocks, blocks >> 8 };

    qtest_writel(qts, LIST, count << 16 | 5);
    qtest_writel(qts, LIST + 4, 0);
    qtest_writel(qts, LIST + 8, TABLE);
    qtest_writel(qts, LIST + 12, 0);
    qtest_memwrite(qts, TABLE, fis, sizeof(fis));
    for (unsigned i = 0; i < count; i++) {
        uint64_t prd = TABLE + 0x80 + 0x10 * i;

        qtest_writel(qts, prd, DATA + 0x1000 * i);
        qtest_writel(qts, prd + 4, 0);
        qtest_writel(qts, prd + 12, bytes - 1);
    }
}

/* Issues slot 0 and waits until it is done or the port has stopped. */
static void issue(QTestState *qts)
{
    qtest_writel(qts, PXCI, 1);
    for (unsigned i = 0; i < 200 && qtest_readl(qts, PXCI); i++) {
        qtest_clock_step(qts, 1000000);
        g_usleep(100);
    }
}

/** 5.5: IDENTIFY DEVICE in four chained pieces of 128 bytes, then SPI 115. */
static void test_identify(void)
{
    QTestState *qts = start(DISK);

    begin(qts, LIST);
    g_assert_cmphex(qtest_readl(qts, PXSSTS) & 0xf, ==, 3);
    qtest_writel(qts, PXIE, 0x3);
    put_command(qts, 0xec, 0, 0, 4, 128);
    issue(qts);
    g_assert_cmphex(qtest_readl(qts, PXCI), ==, 0);
    /* Words 60 and 61: the number of blocks, 120 bytes in the first piece. */
    g_assert_cmphex(qtest_readl(qts, DATA + 120), ==, DISK_BLOCKS);
    /* The same in words 100 to 103, in the second piece. */
    g_assert_cmphex(qtest_readq(qts, DATA + 0x1000 + 200 - 128), ==, DISK_BLOCKS);
    g_assert_true(qtest_get_irq(qts, SATA_SPI));
    /* 5.6.3: first the port's status, then the host's. */
    qtest_writel(qts, PXIS, 0xffffffff);
    qtest_writel(qts, IS, 1);
    g_assert_false(qtest_get_irq(qts, SATA_SPI));
    g_assert_cmphex(qtest_readl(qts, IS), ==, 0);
    qtest_quit(qts);
}

/** 6.2.2.1: a command that fails sets the task file's error and TFES. */
static void test_error(void)
{
    QTestState *qts = start(DISK);

    begin(qts, LIST);
    qtest_writel(qts, PXIE, 1u << 30);
    put_command(qts, 0x25, 2 * DISK_BLOCKS, 1, 1, 512);
    issue(qts);
    g_assert_cmphex(qtest_readl(qts, PXTFD) & 1, ==, 1);
    g_assert_cmphex(qtest_readl(qts, PXIS) & 1u << 30, ==, 1u << 30);
    g_assert_true(qtest_get_irq(qts, SATA_SPI));
    qtest_writel(qts, PXIS, 0xffffffff);
    qtest_writel(qts, IS, 1);
    g_assert_false(qtest_get_irq(qts, SATA_SPI));
    qtest_quit(qts);
}

/** Lists and tables nowhere or in device registers, a table without pieces. */
static void test_senseless_lists(void)
{
    static const uint64_t lists[] = { 0xf0000000, AHCI, 0xfffffffffffffc00 };
    QTestState *qts = start(DISK);

    for (unsigned i = 0; i < ARRAY_SIZE(lists); i++) {
        begin(qts, lists[i]);
        qtest_writel(qts, PXCI, 1);
        qtest_clock_step(qts, 1000000);
        qtest_writel(qts, GHC, 1);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(lists); i++) {
        begin(qts, LIST);
        put_command(qts, 0x25, 0, 8, 1, 4096);
        qtest_writel(qts, LIST + 8, lists[i]);
        qtest_writel(qts, LIST + 12, lists[i] >> 32);
        issue(qts);
        qtest_writel(qts, GHC, 1);
    }
    begin(qts, LIST);
    put_command(qts, 0x25, 0, 8, 0, 4096);
    issue(qts);
    qtest_writel(qts, GHC, 1);
    g_assert_cmphex(qtest_readl(qts, AHCI + 0x0c), ==, 1);
    qtest_quit(qts);
}

/** The PHY answers at 0x38 of its I2C controller and keeps its registers. */
static void test_phy_i2c(void)
{
    QTestState *qts = start("");
    const uint32_t bus = 0x121d0000;

    g_assert_false(i2c_start(qts, bus, 0x39, false));
    i2c_stop(qts, bus);
    g_assert_cmphex(i2c_read_reg(qts, bus, 0x38, 0x3a), ==, 0);
    i2c_write_reg(qts, bus, 0x38, 0x3a, 0x0b);
    g_assert_cmphex(i2c_read_reg(qts, bus, 0x38, 0x3a), ==, 0x0b);
    g_assert_cmphex(i2c_read_reg(qts, bus, 0x38, 0x3b), ==, 0);
    qtest_system_reset(qts);
    g_assert_cmphex(i2c_read_reg(qts, bus, 0x38, 0x3a), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_sata/reset", test_reset_values);
    qtest_add_func("/exynos5_sata/identify", test_identify);
    qtest_add_func("/exynos5_sata/error", test_error);
    qtest_add_func("/exynos5_sata/senseless-lists", test_senseless_lists);
    qtest_add_func("/exynos5_sata/phy-i2c", test_phy_i2c);
    return g_test_run();
}
