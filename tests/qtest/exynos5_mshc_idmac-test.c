/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 mobile storage host: the internal DMA controller, good lists
 * and bad ones.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "tests/qtest/exynos5/exynos5_mshc_util.h"

#define LIST    0x40001000
#define BUFFER  0x40100000
#define HOLE    0x20000000

/* DES0 bits. */
#define OWN 0x80000000
#define ER  0x20
#define CH  0x10
#define FD  0x08
#define LD  0x04
#define DIC 0x02

static void put_descriptor(Mshc *m, uint32_t address, uint32_t des0,
                           uint32_t des1, uint32_t des2, uint32_t des3)
{
    qtest_writel(m->qts, address + 0, des0);
    qtest_writel(m->qts, address + 4, des1);
    qtest_writel(m->qts, address + 8, des2);
    qtest_writel(m->qts, address + 12, des3);
}

/* Turns the IDMAC on, with the list at LIST and clean status. */
static void use_idmac(Mshc *m)
{
    mshc_writel(m, A_MSHC_CTRL, 0x02000030);
    mshc_writel(m, A_MSHC_BMOD, 0x82);
    mshc_writel(m, A_MSHC_DBADDR, LIST);
    mshc_writel(m, A_MSHC_IDSTS, 0xffffffff);
}

static Mshc start_with_idmac(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    use_idmac(&m);
    return m;
}

static void check_memory(Mshc *m, uint32_t address, uint32_t card_offset,
                         uint32_t bytes)
{
    g_autofree uint32_t *words = g_malloc(bytes);

    qtest_memread(m->qts, address, words, bytes);
    for (uint32_t i = 0; i < bytes; i += 4) {
        g_assert_cmphex(le32_to_cpu(words[i / 4]), ==,
                        card_pattern(card_offset + i));
    }
}

/** A chained list moves its pieces in order and gives OWN back. */
static void test_chained_read(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | FD | CH | DIC, 4096, BUFFER, LIST + 0x40);
    put_descriptor(&m, LIST + 0x40, OWN | CH | DIC, 96, BUFFER + 0x10000,
                   LIST + 0x80);
    put_descriptor(&m, LIST + 0x80, OWN | LD | CH, 4000, BUFFER + 0x20000, 0);
    mshc_set_size(&m, BLOCK_BYTES, 8192);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18 |
                                 R_MSHC_CMD_SEND_AUTO_STOP_MASK, 0x4000),
                    ==, 0x400c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x102);
    check_memory(&m, BUFFER, 0x4000, 4096);
    check_memory(&m, BUFFER + 0x10000, 0x5000, 96);
    check_memory(&m, BUFFER + 0x20000, 0x5060, 4000);
    g_assert_cmphex(qtest_readl(m.qts, LIST), ==, 0x1a);
    g_assert_cmphex(qtest_readl(m.qts, LIST + 0x40), ==, 0x12);
    g_assert_cmphex(qtest_readl(m.qts, LIST + 0x80), ==, 0x14);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 8192);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TBBCNT), ==, 8192);
    mshc_stop(&m);
}

/** Without CH: two buffers per descriptor, DSL words apart; ER ends the ring. */
static void test_ring_read(void)
{
    Mshc m = start_with_idmac();

    mshc_writel(&m, A_MSHC_BMOD, 0x82 | 3 << 2);
    put_descriptor(&m, LIST, OWN | FD, 512 | 512 << 13, BUFFER,
                   BUFFER + 0x1000);
    put_descriptor(&m, LIST + 28, OWN | ER, 1024 | 0 << 13, BUFFER + 0x2000,
                   HOLE);
    mshc_set_size(&m, BLOCK_BYTES, 2048);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18 |
                                 R_MSHC_CMD_SEND_AUTO_STOP_MASK, 0), ==, 0x400c);
    check_memory(&m, BUFFER, 0, 512);
    check_memory(&m, BUFFER + 0x1000, 512, 512);
    check_memory(&m, BUFFER + 0x2000, 1024, 1024);
    /* The ring leads back to its base. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DSCADDR), ==, LIST);
    mshc_stop(&m);
}

/** A write by descriptors reaches the image and raises TI. */
static void test_write(void)
{
    Mshc m = start_with_idmac();

    for (unsigned i = 0; i < 256; i++) {
        qtest_writel(m.qts, BUFFER + 4 * i, 0xfeed0000 + i);
    }
    put_descriptor(&m, LIST, OWN | FD | CH, 600, BUFFER, LIST + 0x40);
    put_descriptor(&m, LIST + 0x40, OWN | LD | CH, 424, BUFFER + 600, 0);
    mshc_set_size(&m, BLOCK_BYTES, 1024);
    g_assert_cmphex(mshc_command(&m, CMD_WRITE | 25 |
                                 R_MSHC_CMD_SEND_AUTO_STOP_MASK, 0x6000),
                    ==, 0x400c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x101);
    for (unsigned i = 0; i < 256; i++) {
        g_assert_cmphex(card_image_word(m.image, 0x6000 + 4 * i), ==,
                        0xfeed0000 + i);
    }
    g_assert_cmphex(card_image_word(m.image, 0x5ffc), ==, card_pattern(0x5ffc));
    g_assert_cmphex(card_image_word(m.image, 0x6400), ==, card_pattern(0x6400));
    mshc_stop(&m);
}

/** PLDMND before the command moves nothing; the command starts the list. */
static void test_poll_demand_before_command(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | LD | CH, 512, BUFFER, 0);
    mshc_writel(&m, A_MSHC_PLDMND, 1);
    g_assert_cmphex(qtest_readl(m.qts, LIST), ==, 0x80000014);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0x200), ==, 0xc);
    check_memory(&m, BUFFER, 0x200, 512);
    mshc_stop(&m);
}

/** A descriptor that is not the IDMAC's suspends it; PLDMND resumes. */
static void test_suspend_and_resume(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | FD | CH | DIC, 512, BUFFER, LIST + 0x40);
    put_descriptor(&m, LIST + 0x40, LD | CH, 512, BUFFER + 512, 0);
    mshc_set_size(&m, BLOCK_BYTES, 1024);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0x800), ==, 0x4);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x210);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DSCADDR), ==, LIST + 0x40);
    g_assert_cmphex(extract32(mshc_readl(&m, A_MSHC_STATUS), 10, 1), ==, 1);
    qtest_writel(m.qts, LIST + 0x40, OWN | LD | CH);
    mshc_writel(&m, A_MSHC_PLDMND, 1);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0xc);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x312);
    check_memory(&m, BUFFER, 0x800, 1024);
    mshc_stop(&m);
}

/** The line needs the event and its summary bit in IDINTEN, and INT_ENABLE. */
static void test_interrupt(void)
{
    enum { MSHC2_SPI = 77 };
    Mshc m = start_with_idmac();

    qtest_irq_intercept_in(m.qts, "/machine/soc/a15mpcore/gic");
    put_descriptor(&m, LIST, OWN | LD | CH, 512, BUFFER, 0);
    mshc_command(&m, CMD_READ | 17, 0);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_IDINTEN, 0x2);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_IDINTEN, 0x102);
    g_assert_true(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_CTRL, 0x02000020);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_CTRL, 0x02000030);
    g_assert_true(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_IDSTS, 0x2);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_stop(&m);
}

/** A buffer in a hole of the map: FBE while receiving (EB 2), and HTO. */
static void test_unmapped_buffer(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | LD | CH, 512, HOLE, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0xa04);
    mshc_stop(&m);
}

/** The same while sending (EB 1), and the card gets nothing. */
static void test_unmapped_buffer_write(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | LD | CH, 512, HOLE, 0);
    g_assert_cmphex(mshc_command(&m, CMD_WRITE | 24, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x604);
    g_assert_cmphex(card_image_word(m.image, 0), ==, card_pattern(0));
    mshc_stop(&m);
}

/** A list in a hole of the map is a bus error as well. */
static void test_unmapped_list(void)
{
    Mshc m = start_with_idmac();

    mshc_writel(&m, A_MSHC_DBADDR, HOLE);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0xa04);
    /* After a reset the host works again. */
    mshc_writel(&m, A_MSHC_CTRL, 0x7);
    use_idmac(&m);
    mshc_ok(&m, CMD_R1 | 12, 0);
    put_descriptor(&m, LIST, OWN | LD | CH, 512, BUFFER, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0x400), ==, 0xc);
    check_memory(&m, BUFFER, 0x400, 512);
    mshc_stop(&m);
}

/** DMA into the host's own registers is refused as a bus error. */
static void test_own_registers(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | LD | CH, 512, MSHC2_BASE, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0xa04);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DBADDR), ==, LIST);
    mshc_writel(&m, A_MSHC_IDSTS, 0xffffffff);
    mshc_writel(&m, A_MSHC_DBADDR, MSHC2_BASE);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0xa04);
    mshc_stop(&m);
}

/*
 * A loop that never runs dry: two descriptors whose buffers are each other,
 * and card data that gives them back to the IDMAC each time.
 */
static void write_loop_image(const char *path)
{
    uint32_t other = LIST + 0x40;
    const uint32_t cycle[8] = {
        cpu_to_le32(OWN | CH), cpu_to_le32(16), cpu_to_le32(LIST),
        cpu_to_le32(LIST),
        cpu_to_le32(OWN | CH), cpu_to_le32(16), cpu_to_le32(other),
        cpu_to_le32(other),
    };
    int fd = open(path, O_WRONLY);

    g_assert_cmpint(fd, >=, 0);
    for (unsigned i = 0; i < CARD_BYTES / sizeof(cycle); i++) {
        g_assert_cmpint(write(fd, cycle, sizeof(cycle)), ==, sizeof(cycle));
    }
    close(fd);
}

/** A descriptor loop without end is cut off and reported as a bus error. */
static void test_endless_loop(void)
{
    Mshc m = start_with_idmac();

    write_loop_image(m.image);
    put_descriptor(&m, LIST, OWN | CH, 16, LIST + 0x40, LIST + 0x40);
    put_descriptor(&m, LIST + 0x40, 0, 0, 0, 0);
    mshc_set_size(&m, BLOCK_BYTES, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0), ==, 0x40c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0xb06);
    /* 16384 descriptors of 16 bytes. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 0x40000);
    mshc_stop(&m);
}

/** A loop of used descriptors runs dry: the IDMAC suspends. */
static void test_loop_runs_dry(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | CH, 0, BUFFER, LIST);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x4);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x312);
    mshc_stop(&m);
}

/** The largest BYTCNT with a short list stops at the list's end. */
static void test_huge_count(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | FD | LD | CH, 0x1fff, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 0xffffffff);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0), ==, 0x4);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 0x1fff);
    check_memory(&m, BUFFER, 0, 0x1ffc);
    mshc_writel(&m, A_MSHC_CTRL, 0x4);
    g_assert_cmphex(extract32(mshc_readl(&m, A_MSHC_STATUS), 10, 1), ==, 0);
    mshc_stop(&m);
}

/** Buffers larger than the transfer: only BYTCNT bytes move. */
static void test_short_count(void)
{
    Mshc m = start_with_idmac();

    qtest_writel(m.qts, BUFFER + 512, 0x5ca1ab1e);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 4096, BUFFER, 0);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0x600), ==, 0xc);
    check_memory(&m, BUFFER, 0x600, 512);
    g_assert_cmphex(qtest_readl(m.qts, BUFFER + 512), ==, 0x5ca1ab1e);
    mshc_stop(&m);
}

/** CMD23's count ends a read exactly where it says. */
static void test_block_count_read(void)
{
    Mshc m = start_with_idmac();

    mshc_ok(&m, CMD_R1 | 23, 3);
    qtest_writel(m.qts, BUFFER + 1536, 0x5ca1ab1e);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 4096, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 4096);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0xa00), ==, 0x20c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 1536);
    check_memory(&m, BUFFER, 0xa00, 1536);
    g_assert_cmphex(qtest_readl(m.qts, BUFFER + 1536), ==, 0x5ca1ab1e);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** CMD23's count ends a write exactly where it says. */
static void test_block_count_write(void)
{
    Mshc m = start_with_idmac();

    mshc_ok(&m, CMD_R1 | 23, 2);
    qtest_memset(m.qts, BUFFER, 0x77, 2048);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 2048, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 2048);
    g_assert_cmphex(mshc_command(&m, CMD_WRITE | 25, 0x8000), ==, 0x800c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 1024);
    g_assert_cmphex(card_image_word(m.image, 0x83fc), ==, 0x77777777);
    g_assert_cmphex(card_image_word(m.image, 0x8400), ==, card_pattern(0x8400));
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** A card whose block length was set to 0 costs no more than BYTCNT. */
static void test_zero_block_length(void)
{
    Mshc m = start_with_idmac();

    mshc_ok(&m, CMD_R1 | 16, 0);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 2048, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 2048);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0) & 0x4, ==, 0x4);
    mshc_command(&m, CMD_R1 | R_MSHC_CMD_STOP_ABORT_MASK | 12, 0);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 2048, BUFFER, 0);
    g_assert_cmphex(mshc_command(&m, CMD_WRITE | 25, 0) & 0x4, ==, 0x4);
    mshc_command(&m, CMD_R1 | R_MSHC_CMD_STOP_ABORT_MASK | 12, 0);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** A read that leaves the card: its last blocks come, then zeros. */
static void test_end_of_card(void)
{
    Mshc m = start_with_idmac();

    qtest_memset(m.qts, BUFFER, 0x77, 2048);
    put_descriptor(&m, LIST, OWN | FD | LD | CH, 2048, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 2048);
    mshc_command(&m, CMD_READ | 18 | R_MSHC_CMD_SEND_AUTO_STOP_MASK,
                 CARD_BYTES - 1024);
    check_memory(&m, BUFFER, CARD_BYTES - 1024, 1024);
    g_assert_cmphex(qtest_readl(m.qts, BUFFER + 1024), ==, 0);
    /* R1 of the auto-stop: ADDRESS_ERROR, bit 30. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP1), ==, 0x40000b00);
    mshc_stop(&m);
}

/** A card that sends too little: CES in IDSTS and in the descriptor, DRTO. */
static void test_card_error(void)
{
    Mshc m = start_with_idmac();

    put_descriptor(&m, LIST, OWN | FD | LD | CH, 1024, BUFFER, 0);
    mshc_set_size(&m, BLOCK_BYTES, 1024);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0x600), ==, 0x20c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_IDSTS), ==, 0x220);
    g_assert_cmphex(qtest_readl(m.qts, LIST), ==, 0x4000001c);
    mshc_stop(&m);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_mshc_idmac/chained-read", test_chained_read);
    qtest_add_func("/exynos5_mshc_idmac/ring-read", test_ring_read);
    qtest_add_func("/exynos5_mshc_idmac/write", test_write);
    qtest_add_func("/exynos5_mshc_idmac/poll-demand-before-command",
                   test_poll_demand_before_command);
    qtest_add_func("/exynos5_mshc_idmac/suspend-and-resume",
                   test_suspend_and_resume);
    qtest_add_func("/exynos5_mshc_idmac/interrupt", test_interrupt);
    qtest_add_func("/exynos5_mshc_idmac/unmapped-buffer", test_unmapped_buffer);
    qtest_add_func("/exynos5_mshc_idmac/unmapped-buffer-write",
                   test_unmapped_buffer_write);
    qtest_add_func("/exynos5_mshc_idmac/unmapped-list", test_unmapped_list);
    qtest_add_func("/exynos5_mshc_idmac/own-registers", test_own_registers);
    qtest_add_func("/exynos5_mshc_idmac/endless-loop", test_endless_loop);
    qtest_add_func("/exynos5_mshc_idmac/loop-runs-dry", test_loop_runs_dry);
    qtest_add_func("/exynos5_mshc_idmac/huge-count", test_huge_count);
    qtest_add_func("/exynos5_mshc_idmac/short-count", test_short_count);
    qtest_add_func("/exynos5_mshc_idmac/block-count-read",
                   test_block_count_read);
    qtest_add_func("/exynos5_mshc_idmac/block-count-write",
                   test_block_count_write);
    qtest_add_func("/exynos5_mshc_idmac/zero-block-length",
                   test_zero_block_length);
    qtest_add_func("/exynos5_mshc_idmac/end-of-card", test_end_of_card);
    qtest_add_func("/exynos5_mshc_idmac/card-error", test_card_error);
    return g_test_run();
}
