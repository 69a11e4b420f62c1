/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clock management unit: reset values, status that follows the settings,
 * and the clock tree of machines that start without the SPL.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_cmu_regs.h"
#include "tests/qtest/libqtest.h"

#define CMU_BASE 0x10010000

static const uint32_t blocks_with_muxes[] = {
    CMU_CPU, CMU_CORE, CMU_ACP, CMU_TOP, CMU_LEX, CMU_R0X, CMU_R1X, CMU_CDREX,
};

static void put(QTestState *qts, uint32_t offset, uint32_t value)
{
    qtest_writel(qts, CMU_BASE + offset, value);
}

static uint32_t get(QTestState *qts, uint32_t offset)
{
    return qtest_readl(qts, CMU_BASE + offset);
}

static const struct {
    const char *name;
    uint32_t con0;
    uint32_t reset;
} plls[] = {
    { "APLL", A_CMU_APLL_CON0, 0x00c80601 },
    { "MPLL", A_CMU_MPLL_CON0, 0x00c80601 },
    { "BPLL", A_CMU_BPLL_CON0, 0x00c80601 },
    { "CPLL", A_CMU_CPLL_CON0, 0x00c80601 },
    { "GPLL", A_CMU_GPLL_CON0, 0x00c80601 },
    { "EPLL", A_CMU_EPLL_CON0, 0x00300301 },
    { "VPLL", A_CMU_VPLL_CON0, 0x00240201 },
};

/** PLLs reset disabled and unlocked, with a P divider (bits 13:8) that is not 0. */
static void test_pll_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(plls); i++) {
        uint32_t con0 = get(qts, plls[i].con0);

        g_test_message("%s", plls[i].name);
        g_assert_cmphex(con0, ==, plls[i].reset);
        g_assert_cmphex(con0 & 0x3f00, !=, 0);
    }
    qtest_quit(qts);
}

/** The lock bit (29) follows the enable bit (31) at once, and only that. */
static void test_pll_lock(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(plls); i++) {
        g_test_message("%s", plls[i].name);
        put(qts, plls[i].con0, 0x80c80300);
        g_assert_cmphex(get(qts, plls[i].con0), ==, 0xa0c80300);
        put(qts, plls[i].con0, 0x20c80300);
        g_assert_cmphex(get(qts, plls[i].con0), ==, 0x00c80300);
        put(qts, plls[i].con0 + 4, 0x00203800);
        g_assert_cmphex(get(qts, plls[i].con0 + 4), ==, 0x00203800);
    }
    qtest_quit(qts);
}

/** Every multiplexer starts on input 0, every mask and gate open. */
static void test_reset(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(blocks_with_muxes); i++) {
        uint32_t block = blocks_with_muxes[i];

        g_test_message("sub-block 0x%x", block);
        g_assert_cmphex(get(qts, block + 0x200), ==, 0);
        g_assert_cmphex(get(qts, block + 0x300), ==, 0xffffffff);
        g_assert_cmphex(get(qts, block + 0x400), ==, 0x11111111);
        g_assert_cmphex(get(qts, block + 0x500), ==, 0);
        g_assert_cmphex(get(qts, block + 0x600), ==, 0);
        g_assert_cmphex(get(qts, block + 0x700), ==, 0xffffffff);
    }
    g_assert_cmphex(get(qts, A_CMU_GATE_IP_PERIC), ==, 0xffffffff);
    qtest_quit(qts);
}

/** MUX_STAT is one-hot in each of the eight fields: 1 for input 0, 2 for input 1. */
static void test_mux_stat_one_hot(void)
{
    static const struct {
        uint32_t src;
        uint32_t stat;
    } cases[] = {
        { 0x00000000, 0x11111111 },
        { 0x00000001, 0x11111112 },
        { 0x00000010, 0x11111121 },
        { 0x00000100, 0x11111211 },
        { 0x00001000, 0x11112111 },
        { 0x00010000, 0x11121111 },
        { 0x00100000, 0x11211111 },
        { 0x01000000, 0x12111111 },
        { 0x10000000, 0x21111111 },
        { 0x11111111, 0x22222222 },
        { 0x66666666, 0x11111111 },
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(blocks_with_muxes); i++) {
        for (unsigned reg = 0; reg < 0x20; reg += 0x1c) {
            uint32_t src = blocks_with_muxes[i] + 0x200 + reg;

            for (unsigned c = 0; c < ARRAY_SIZE(cases); c++) {
                g_test_message("0x%x = 0x%x", src, cases[c].src);
                put(qts, src, cases[c].src);
                g_assert_cmphex(get(qts, src), ==, cases[c].src);
                g_assert_cmphex(get(qts, src + 0x200), ==, cases[c].stat);
            }
        }
    }
    qtest_quit(qts);
}

/** Status registers cannot be written. */
static void test_status_read_only(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_CMU_MUX_STAT_CPU, 0xffffffff);
    g_assert_cmphex(get(qts, A_CMU_MUX_STAT_CPU), ==, 0x11111111);
    put(qts, A_CMU_DIV_STAT_CPU0, 0xffffffff);
    g_assert_cmphex(get(qts, A_CMU_DIV_STAT_CPU0), ==, 0);
    qtest_quit(qts);
}

/** Dividers hold what is written and never read as changing. */
static void test_div_stat(void)
{
    static const struct {
        uint32_t div;
        uint32_t stat;
    } dividers[] = {
        { 0x00500, 0x00600 }, { 0x00504, 0x00604 }, { 0x04500, 0x04600 },
        { 0x04504, 0x04604 }, { 0x04508, 0x04608 }, { 0x08500, 0x08600 },
        { 0x08900, 0x08910 }, { 0x0c300, 0x0c400 }, { 0x0c308, 0x0c408 },
        { 0x10510, 0x10610 }, { 0x10514, 0x10614 }, { 0x1056c, 0x1066c },
        { 0x14500, 0x14600 }, { 0x18500, 0x18600 }, { 0x1c500, 0x1c600 },
        { 0x20500, 0x20600 },
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(dividers); i++) {
        g_test_message("DIV 0x%x", dividers[i].div);
        put(qts, dividers[i].div, 0xffffffff);
        g_assert_cmphex(get(qts, dividers[i].div), ==, 0xffffffff);
        g_assert_cmphex(get(qts, dividers[i].stat), ==, 0);
    }
    qtest_quit(qts);
}

/*
 * The SPL's writes and what it waits for after them, in its order: from a
 * trace of Debian's arndale-spl.bin (2023.01+dfsg-2+deb12u3).  Addresses are
 * absolute; a poll ends when (word & mask) == value.
 */
typedef struct {
    uint32_t write_address;
    uint32_t write_value;
    uint32_t poll_address;
    uint32_t mask;
    uint32_t value;
} SplStep;

static const SplStep spl_steps[] = {
    { 0x10010200, 0x00000000, 0x10010400, 0x00000001, 0x00000001 },
    { 0x10014204, 0x00000000, 0x10014404, 0x00000100, 0x00000100 },
    { 0x10020218, 0x00000000, 0x10020418, 0x10011100, 0x10011100 },
    { 0x10030200, 0x00000000, 0x10030400, 0x00000001, 0x00000001 },
    { 0x10010200, 0x00100000, 0x10010400, 0x00200000, 0x00200000 },
    { 0x10010500, 0x01147720, 0x10010600, 0xffffffff, 0x00000000 },
    { 0x10010504, 0x00000020, 0x10010604, 0xffffffff, 0x00000000 },
    { 0x10010100, 0x807d0300, 0x10010100, 0x20000000, 0x20000000 },
    { 0x10014100, 0x80c80300, 0x10014100, 0x20000000, 0x20000000 },
    { 0x10030110, 0x80640300, 0x10030110, 0x20000000, 0x20000000 },
    { 0x10020120, 0x80de0402, 0x10020120, 0x20000000, 0x20000000 },
    { 0x10020150, 0x82150c01, 0x10020150, 0x20000000, 0x20000000 },
    { 0x10020130, 0x80600303, 0x10020130, 0x20000000, 0x20000000 },
    { 0x10020140, 0x80960302, 0x10020140, 0x20000000, 0x20000000 },
    { 0x10014500, 0x00120000, 0x10014600, 0xffffffff, 0x00000000 },
    { 0x10014504, 0x07070700, 0x10014604, 0xffffffff, 0x00000000 },
    { 0x10014508, 0x00000111, 0x10014608, 0xffffffff, 0x00000000 },
    { 0x10018500, 0x00000012, 0x10018600, 0xffffffff, 0x00000000 },
    { 0x10018900, 0x00000311, 0x10018910, 0xffffffff, 0x00000000 },
    { 0x10020510, 0x20023115, 0x10020610, 0xffffffff, 0x00000000 },
    { 0x10020514, 0x31112000, 0x10020614, 0xffffffff, 0x00000000 },
    { 0x10024200, 0x00000000, 0x10024400, 0x00000001, 0x00000001 },
    { 0x10024500, 0x00000010, 0x10024600, 0xffffffff, 0x00000000 },
    { 0x10028500, 0x00000010, 0x10028600, 0xffffffff, 0x00000000 },
    { 0x1002c500, 0x00000010, 0x1002c600, 0xffffffff, 0x00000000 },
    { 0x10030500, 0x01000051, 0x10030600, 0xffffffff, 0x00000000 },
    { 0x10020548, 0x0bb00000, 0x10020648, 0xffffffff, 0x00000000 },
};

/** Every poll of the SPL ends at its first read. */
static void test_spl_polls(void)
{
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(spl_steps); i++) {
        const SplStep *step = &spl_steps[i];

        g_test_message("poll 0x%x", step->poll_address);
        qtest_writel(qts, step->write_address, step->write_value);
        g_assert_cmphex(qtest_readl(qts, step->poll_address) & step->mask, ==,
                        step->value);
    }
    qtest_quit(qts);
}

/* The clock tree that the SPL leaves, as read back: same trace. */
static const struct {
    uint32_t address;
    uint32_t value;
} spl_clock_tree[] = {
    { 0x10010000, 0x00000000 }, { 0x10014000, 0x000002ee },
    { 0x10030010, 0x000002ee }, { 0x10020020, 0x000003e8 },
    { 0x10020050, 0x00008ca0 }, { 0x10020030, 0x00002328 },
    { 0x10020040, 0x00002328 }, { 0x10030a24, 0x00000000 },
    { 0x10010100, 0xa07d0300 }, { 0x10010104, 0x00203800 },
    { 0x10014100, 0xa0c80300 }, { 0x10014104, 0x00203800 },
    { 0x10030110, 0xa0640300 }, { 0x10030114, 0x00203800 },
    { 0x10020120, 0xa0de0402 }, { 0x10020124, 0x00203800 },
    { 0x10020150, 0xa2150c01 }, { 0x10020154, 0x00203800 },
    { 0x10020130, 0xa0600303 }, { 0x10020134, 0x00000000 },
    { 0x10020138, 0x00000080 }, { 0x10020140, 0xa0960302 },
    { 0x10020144, 0x00000000 }, { 0x10020148, 0x00000080 },
    { 0x10010200, 0x00100001 }, { 0x10010400, 0x11211112 },
    { 0x10010500, 0x01147720 }, { 0x10010504, 0x00000020 },
    { 0x10014200, 0x00000000 }, { 0x10014204, 0x00000100 },
    { 0x10014500, 0x00120000 }, { 0x10014504, 0x07070700 },
    { 0x10014508, 0x00000111 }, { 0x10018500, 0x00000012 },
    { 0x10018900, 0x00000311 }, { 0x1001c300, 0x00000031 },
    { 0x1001c304, 0x00000000 }, { 0x1001c308, 0x00000001 },
    { 0x10020210, 0x00000000 }, { 0x10020214, 0x10000000 },
    { 0x10020218, 0x10111100 }, { 0x1002021c, 0x01110550 },
    { 0x1002022c, 0x00000006 }, { 0x10020244, 0x00066666 },
    { 0x10020250, 0x06006666 }, { 0x10020254, 0x06660000 },
    { 0x10020270, 0x00000066 }, { 0x10020510, 0x20023115 },
    { 0x10020514, 0x31112000 }, { 0x10020548, 0x0bb00000 },
    { 0x1002054c, 0x00000000 }, { 0x10020550, 0x00010903 },
    { 0x10020558, 0x00007777 }, { 0x1002055c, 0x0007000f },
    { 0x10020560, 0x0000000f }, { 0x10020564, 0x00000008 },
    { 0x10020580, 0x0000f00f }, { 0x10024200, 0x00000000 },
    { 0x10024500, 0x00000010 }, { 0x10028500, 0x00000010 },
    { 0x1002c500, 0x00000010 }, { 0x10030200, 0x00000000 },
    { 0x10030500, 0x01000051 }, { 0x10030a10, 0x00000001 },
};

static void assert_spl_clock_tree(QTestState *qts)
{
    for (unsigned i = 0; i < ARRAY_SIZE(spl_clock_tree); i++) {
        g_test_message("0x%x", spl_clock_tree[i].address);
        g_assert_cmphex(qtest_readl(qts, spl_clock_tree[i].address), ==,
                        spl_clock_tree[i].value);
    }
}

/** A kernel that is loaded without the SPL finds the SPL's clocks, at every reset. */
static void test_firmware_clocks(void)
{
    QTestState *qts = qtest_init("-M arndale -kernel /dev/null");

    assert_spl_clock_tree(qts);
    put(qts, A_CMU_MPLL_CON0, 0);
    put(qts, A_CMU_DIV_PERIC0, 0);
    qtest_system_reset(qts);
    assert_spl_clock_tree(qts);
    qtest_quit(qts);
}

/** Reset undoes every write when no firmware is skipped. */
static void test_reset_again(void)
{
    QTestState *qts = qtest_init("-M arndale");

    put(qts, A_CMU_SRC_CPU, 0x00100001);
    put(qts, A_CMU_APLL_CON0, 0x807d0300);
    put(qts, A_CMU_GATE_IP_PERIC, 0);
    put(qts, A_CMU_PLL_DIV2_SEL, 0x11);
    put(qts, A_CMU_PWR_CTRL1, 0x70);
    qtest_system_reset(qts);
    g_assert_cmphex(get(qts, A_CMU_MUX_STAT_CPU), ==, 0x11111111);
    g_assert_cmphex(get(qts, A_CMU_APLL_CON0), ==, 0x00c80601);
    g_assert_cmphex(get(qts, A_CMU_GATE_IP_PERIC), ==, 0xffffffff);
    g_assert_cmphex(get(qts, A_CMU_PLL_DIV2_SEL), ==, 0);
    g_assert_cmphex(get(qts, A_CMU_PWR_CTRL1), ==, 0);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5250-cmu/pll-reset", test_pll_reset);
    qtest_add_func("/exynos5250-cmu/pll-lock", test_pll_lock);
    qtest_add_func("/exynos5250-cmu/reset", test_reset);
    qtest_add_func("/exynos5250-cmu/mux-stat-one-hot", test_mux_stat_one_hot);
    qtest_add_func("/exynos5250-cmu/status-read-only", test_status_read_only);
    qtest_add_func("/exynos5250-cmu/div-stat", test_div_stat);
    qtest_add_func("/exynos5250-cmu/spl-polls", test_spl_polls);
    qtest_add_func("/exynos5250-cmu/firmware-clocks", test_firmware_clocks);
    qtest_add_func("/exynos5250-cmu/reset-again", test_reset_again);
    return g_test_run();
}
