/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 mobile storage host: registers, commands, transfers through the
 * FIFO, card detection and the interrupt.  Register values: the table of
 * docs/machine.md; R1 and the other responses: SD Physical Layer 3.01, 4.9.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qobject/qdict.h"
#include "tests/qtest/exynos5/exynos5_mshc_util.h"

/** After reset every register has its documented value, on both hosts. */
static void test_reset_values(void)
{
    static const struct {
        uint32_t offset;
        uint32_t value;
    } row[] = {
        { 0x00, 0x00000000 },   /* CTRL */
        { 0x04, 0x00000000 },   /* PWREN */
        { 0x08, 0x00000000 },   /* CLKDIV */
        { 0x0c, 0x00000000 },   /* CLKSRC */
        { 0x10, 0x00000000 },   /* CLKENA */
        { 0x14, 0xffffff40 },   /* TMOUT */
        { 0x18, 0x00000000 },   /* CTYPE */
        { 0x1c, 0x00000200 },   /* BLKSIZ */
        { 0x20, 0x00000200 },   /* BYTCNT */
        { 0x24, 0x00000000 },   /* INTMASK */
        { 0x28, 0x00000000 },   /* CMDARG */
        { 0x2c, 0x00000000 },   /* CMD */
        { 0x30, 0x00000000 },   /* RESP0 */
        { 0x34, 0x00000000 },   /* RESP1 */
        { 0x38, 0x00000000 },   /* RESP2 */
        { 0x3c, 0x00000000 },   /* RESP3 */
        { 0x40, 0x00000000 },   /* MINTSTS */
        { 0x44, 0x00000000 },   /* RINTSTS */
        { 0x48, 0x00000006 },   /* STATUS: FIFO empty, no card */
        { 0x4c, 0x007f0000 },   /* FIFOTH: 128 words */
        { 0x50, 0x00000001 },   /* CDETECT: no card */
        { 0x54, 0x00000000 },   /* WRTPRT */
        { 0x58, 0x00000000 },   /* GPIO */
        { 0x5c, 0x00000000 },   /* TCBCNT */
        { 0x60, 0x00000000 },   /* TBBCNT */
        { 0x64, 0x00ffffff },   /* DEBNCE */
        { 0x68, 0x00000000 },   /* USRID */
        { 0x6c, 0x5342241a },   /* VERID: 2.41a */
        { 0x70, 0x00000081 },   /* HCON: IDMAC, 32 bits, SD/MMC */
        { 0x74, 0x00000000 },   /* UHS */
        { 0x78, 0x00000001 },   /* RST_N */
        { 0x80, 0x00000000 },   /* BMOD */
        { 0x84, 0x00000000 },   /* PLDMND */
        { 0x88, 0x00000000 },   /* DBADDR */
        { 0x8c, 0x00000000 },   /* IDSTS */
        { 0x90, 0x00000000 },   /* IDINTEN */
        { 0x94, 0x00000000 },   /* DSCADDR */
        { 0x98, 0x00000000 },   /* BUFADDR */
        { 0x9c, 0x00000000 },   /* CLKSEL */
        { 0x100, 0x00000000 },  /* CDTHRCTL */
        { 0x110, 0x00000000 },  /* ENABLE_SHIFT */
        { 0x0f0, 0x00000000 },  /* nothing there */
    };
    Mshc m = mshc_start_without_card();

    for (unsigned i = 0; i < ARRAY_SIZE(row); i++) {
        /* Written to, reset must bring it back. */
        if (row[i].offset != A_MSHC_CMD) {
            mshc_writel(&m, row[i].offset, 0x0f0f0ff0);
        }
    }
    qtest_system_reset(m.qts);
    for (unsigned i = 0; i < ARRAY_SIZE(row); i++) {
        g_test_message("offset %03x", row[i].offset);
        m.base = MSHC2_BASE;
        g_assert_cmphex(mshc_readl(&m, row[i].offset), ==, row[i].value);
        m.base = MSHC0_BASE;
        g_assert_cmphex(mshc_readl(&m, row[i].offset), ==, row[i].value);
    }
    mshc_stop(&m);
}

/** Read-only registers keep their value, CLKSEL and CTRL drop their pulses. */
static void test_writable_bits(void)
{
    static const struct {
        uint32_t offset;
        uint32_t value;
    } row[] = {
        { 0x00, 0xfffffef8 },   /* CTRL: resets and abort read as 0 */
        { 0x6c, 0x5342241a },   /* VERID */
        { 0x70, 0x00000081 },   /* HCON */
        { 0x48, 0x00000006 },   /* STATUS */
        { 0x50, 0x00000001 },   /* CDETECT */
        { 0x80, 0x000007fe },   /* BMOD: SWR reads as 0 */
        { 0x94, 0x00000000 },   /* DSCADDR */
        { 0x9c, 0xfffff7ff },   /* CLKSEL: WAKEUP_INT is write 1 to clear */
        { 0x64, 0x00ffffff },   /* DEBNCE */
        { 0x68, 0xffffffff },   /* USRID */
    };
    Mshc m = mshc_start_without_card();

    for (unsigned i = 0; i < ARRAY_SIZE(row); i++) {
        g_test_message("offset %03x", row[i].offset);
        mshc_writel(&m, row[i].offset, 0xffffffff);
        g_assert_cmphex(mshc_readl(&m, row[i].offset), ==, row[i].value);
    }
    mshc_stop(&m);
}

/** Without a card a command ends at once with RTO and CMD_DONE. */
static void test_no_card(void)
{
    Mshc m = mshc_start_without_card();

    g_assert_cmphex(mshc_command(&m, CMD_R1 | 8, 0x1aa), ==, 0x104);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMD), ==, 0x20000048);
    /* No data phase follows: no DATA_OVER, nothing running. */
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0), ==, 0x104);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x00008806);
    /* CMD0 expects no response. */
    g_assert_cmphex(mshc_command(&m, CMD_PLAIN | 0, 0), ==, 0x4);
    mshc_stop(&m);
}

/** UPD_CLK is accepted without a command and without CMD_DONE. */
static void test_clock_update(void)
{
    Mshc m = mshc_start(0);

    g_assert_cmphex(mshc_command(&m, CMD_PLAIN | R_MSHC_CMD_UPD_CLK_MASK, 0),
                    ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMD), ==, 0x20200000);
    mshc_stop(&m);
}

/** A long response has its bits 127:96 in RESP3. */
static void test_long_response(void)
{
    Mshc m = mshc_start(0);

    mshc_ok(&m, CMD_PLAIN, 0);
    mshc_ok(&m, CMD_R1 | 8, 0x1aa);
    mshc_ok(&m, CMD_R1 | 55, 0);
    mshc_ok(&m, CMD_R1 | 41, 0x40300000);
    mshc_ok(&m, CMD_R2 | 2, 0);
    /* CID of QEMU's card: MID aa, OID "XY", PNM "QEMU!", PRV 01, PSN. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP3), ==, 0xaa585951);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP2), ==, 0x454d5521);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP1), ==, 0x01deadbe);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP0) >> 8, ==, 0xef0062);
    /* A short one where a long one is expected is a response error. */
    g_assert_cmphex(mshc_command(&m, CMD_R2 | 3, 0), ==, 0x6);
    mshc_stop(&m);
}

/** The SCR, eight bytes, comes through the FIFO with a count of two words. */
static void test_scr(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_ok(&m, CMD_R1 | 55, m.rca);
    mshc_set_size(&m, 8, 8);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 51, 0), ==, 0xc);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 2);
    /* SCR 1.0, version 3, 1 and 4 bits: bytes 02 25 80 00. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, 0x00802502);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x00019906);
    mshc_stop(&m);
}

/* Reads @words words of the FIFO as drivers do: as many as STATUS counts. */
static void pio_read_and_check(Mshc *m, uint32_t offset, uint32_t bytes)
{
    uint32_t end = offset + bytes;

    while (offset < end) {
        uint32_t count = mshc_readl(m, A_MSHC_STATUS) >> 17;

        g_assert_cmpuint(count, >, 0);
        g_assert_cmpuint(count, <=, 128);
        while (count-- && offset < end) {
            g_assert_cmphex(mshc_readl(m, A_MSHC_DATA + offset % 64), ==,
                            card_pattern(offset));
            offset += 4;
        }
    }
}

/** A long read through the FIFO: RXDR until the card has sent everything. */
static void test_pio_read(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_writel(&m, A_MSHC_FIFOTH, 0x003f0040);
    mshc_set_size(&m, BLOCK_BYTES, 8 * BLOCK_BYTES);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18, 0x1000), ==, 0x24);
    /* Clearing RXDR brings it back while the FIFO is above its mark. */
    mshc_writel(&m, A_MSHC_RINTSTS, 0x20);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x24);
    pio_read_and_check(&m, 0x1000, 7 * BLOCK_BYTES + 64);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x2c);
    pio_read_and_check(&m, 0x1000 + 7 * BLOCK_BYTES + 64, 448);
    mshc_writel(&m, A_MSHC_RINTSTS, 0x20);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0xc);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TCBCNT), ==, 0x1000);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_TBBCNT), ==, 0x1000);
    mshc_ok(&m, CMD_R1 | R_MSHC_CMD_STOP_ABORT_MASK | 12, 0);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/* One transfer of two blocks in steps of @mark + 1 words, each after RXDR. */
static void read_in_watermark_steps(Mshc *m, uint32_t mark)
{
    uint32_t step = 4 * (mark + 1);
    uint32_t offset = 0;

    g_test_message("RX_WMARK %u", mark);
    mshc_writel(m, A_MSHC_FIFOTH, mark << 16);
    mshc_command(m, CMD_READ | R_MSHC_CMD_SEND_AUTO_STOP_MASK | 18, 0);
    for (; offset + step <= 2 * BLOCK_BYTES; offset += step) {
        g_assert_cmphex(mshc_readl(m, A_MSHC_RINTSTS) & 0x28, !=, 0);
        for (uint32_t i = 0; i < step; i += 4) {
            g_assert_cmphex(mshc_readl(m, A_MSHC_DATA), ==,
                            card_pattern(offset + i));
        }
        mshc_writel(m, A_MSHC_RINTSTS, 0x20);
    }
    pio_read_and_check(m, offset, 2 * BLOCK_BYTES - offset);
    g_assert_cmphex(mshc_readl(m, A_MSHC_RINTSTS) & ~0x20, ==, 0x400c);
}

/** A driver may take one watermark's worth per RXDR and never starves. */
static void test_pio_watermark_steps(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, BLOCK_BYTES, 2 * BLOCK_BYTES);
    read_in_watermark_steps(&m, 0);
    read_in_watermark_steps(&m, 1);
    read_in_watermark_steps(&m, 63);
    read_in_watermark_steps(&m, 126);
    read_in_watermark_steps(&m, 127);
    mshc_stop(&m);
}

/** A size that is no multiple of four ends in a word filled up with zeros. */
static void test_pio_odd_size(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_ok(&m, CMD_R1 | 16, 6);
    mshc_set_size(&m, 6, 6);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0x40), ==, 0xc);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 2);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, card_pattern(0x40));
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==,
                    card_pattern(0x44) & 0xffff);
    mshc_stop(&m);
}

/** A write through the FIFO reaches the image; TXDR asks for the words. */
static void test_pio_write(void)
{
    Mshc m = mshc_start(0);
    uint32_t events;

    mshc_init_sd(&m);
    mshc_writel(&m, A_MSHC_FIFOTH, 0x003f0040);
    mshc_set_size(&m, BLOCK_BYTES, 2 * BLOCK_BYTES);
    events = mshc_command(&m, CMD_WRITE | R_MSHC_CMD_SEND_AUTO_STOP_MASK | 25,
                          0x2000);
    g_assert_cmphex(events, ==, 0x14);
    for (unsigned i = 0; i < 256; i++) {
        g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x14);
        mshc_writel(&m, A_MSHC_DATA, 0xabcd0000 + i);
        if (i == 63) {
            /* The mark is not passed yet: the words wait. */
            g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 64);
        } else if (i == 64) {
            g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 0);
        }
    }
    mshc_writel(&m, A_MSHC_RINTSTS, 0x10);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x400c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 0);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    for (unsigned i = 0; i < 256; i++) {
        g_assert_cmphex(card_image_word(m.image, 0x2000 + 4 * i), ==,
                        0xabcd0000 + i);
    }
    g_assert_cmphex(card_image_word(m.image, 0x1ffc), ==, card_pattern(0x1ffc));
    g_assert_cmphex(card_image_word(m.image, 0x2400), ==, card_pattern(0x2400));
    mshc_stop(&m);
}

/** Commands between the words of a write leave the write alone. */
static void test_command_during_write(void)
{
    const uint32_t illegal = 0x3b;
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_command(&m, CMD_WRITE | 24, 0x3000);
    mshc_writel(&m, A_MSHC_DATA, 0x11110000);
    g_assert_cmphex(mshc_command(&m, CMD_R1 | 13, m.rca), ==, 0x14);
    /* R1 bits 12:9: receive-data. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP0), ==, 0xd00);
    mshc_writel(&m, A_MSHC_DATA, 0x11110001);
    g_assert_cmphex(mshc_command(&m, CMD_R1 | illegal, 0), ==, 0x114);
    for (unsigned i = 2; i < 128; i++) {
        mshc_writel(&m, A_MSHC_DATA, 0x11110000 + i);
    }
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x11c);
    for (unsigned i = 0; i < 128; i++) {
        g_assert_cmphex(card_image_word(m.image, 0x3000 + 4 * i), ==,
                        0x11110000 + i);
    }
    mshc_stop(&m);
}

/** Reading an empty FIFO and writing a full one raise FRUN. */
static void test_fifo_bounds(void)
{
    Mshc m = mshc_start_without_card();

    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x800);
    mshc_writel(&m, A_MSHC_RINTSTS, 0x800);
    for (unsigned i = 0; i < 128; i++) {
        mshc_writel(&m, 0xffc, i);
    }
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x01000009);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0);
    mshc_writel(&m, A_MSHC_DATA, 128);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0x800);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, 1);
    mshc_writel(&m, A_MSHC_CTRL, 0x2);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x6);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CTRL), ==, 0);
    mshc_stop(&m);
}

/** A data command on a card that sends nothing times out. */
static void test_no_data(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    /* CMD13 has no data. */
    g_assert_cmphex(mshc_command(&m, CMD_READ | 13, m.rca), ==, 0x20c);
    g_assert_cmphex(mshc_command(&m, CMD_WRITE | 13, m.rca), ==, 0x14);
    for (unsigned i = 0; i < 128; i++) {
        mshc_writel(&m, A_MSHC_DATA, 0);
    }
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x10, ==, 0x800c);
    /* The words that the card did not take stay until the FIFO is reset. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS) >> 17, ==, 127);
    mshc_writel(&m, A_MSHC_CTRL, 0x2);
    /* A block shorter than BYTCNT: the rest does not come. */
    mshc_set_size(&m, BLOCK_BYTES, 2 * BLOCK_BYTES);
    mshc_command(&m, CMD_READ | 17, 0);
    pio_read_and_check(&m, 0, BLOCK_BYTES);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x20c);
    mshc_stop(&m);
}

/** The auto-stop's response is in RESP1 and the card is in transfer state. */
static void test_auto_stop(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 18 |
                                 R_MSHC_CMD_SEND_AUTO_STOP_MASK, 0),
                    ==, 0x402c);
    /* R1: ready, state before was sending-data (5); the read's: transfer (4). */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP1), ==, 0xb00);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP0), ==, 0x900);
    g_assert_cmphex(extract32(mshc_readl(&m, A_MSHC_STATUS), 11, 6), ==, 12);
    pio_read_and_check(&m, 0, BLOCK_BYTES);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** BYTCNT 0 runs until a stop command, which ends it with DATA_OVER. */
static void test_open_ended_read(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, BLOCK_BYTES, 0);
    mshc_command(&m, CMD_READ | 18, 0);
    pio_read_and_check(&m, 0, 20 * BLOCK_BYTES);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x4);
    g_assert_cmphex(extract32(mshc_readl(&m, A_MSHC_STATUS), 10, 1), ==, 1);
    mshc_command(&m, CMD_R1 | R_MSHC_CMD_STOP_ABORT_MASK | 12, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0xc);
    g_assert_cmphex(extract32(mshc_readl(&m, A_MSHC_STATUS), 10, 1), ==, 0);
    mshc_writel(&m, A_MSHC_CTRL, 0x2);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** With WAIT_PRVDATA a command waits for the data; its registers are locked. */
static void test_waiting_command(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, BLOCK_BYTES, 2 * BLOCK_BYTES);
    mshc_command(&m, CMD_READ | 18, 0);
    mshc_writel(&m, A_MSHC_RINTSTS, 0xffffffff);
    mshc_writel(&m, A_MSHC_CMDARG, 0);
    mshc_writel(&m, A_MSHC_CMD, CMD_R1 | R_MSHC_CMD_WAIT_PRVDATA_MASK | 12);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMD), ==, 0xa000204c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0);
    mshc_writel(&m, A_MSHC_CMDARG, 0x55);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x1000);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMDARG), ==, 0);
    pio_read_and_check(&m, 0, 2 * BLOCK_BYTES);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMD), ==, 0x2000204c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x100c);
    g_assert_cmphex(mshc_card_state(&m), ==, 4);
    mshc_stop(&m);
}

/** A controller reset ends a transfer and a waiting command silently. */
static void test_controller_reset(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, BLOCK_BYTES, 2 * BLOCK_BYTES);
    mshc_command(&m, CMD_READ | 18, 0);
    mshc_writel(&m, A_MSHC_CMD, CMD_R1 | R_MSHC_CMD_WAIT_PRVDATA_MASK | 12);
    mshc_writel(&m, A_MSHC_CTRL, 0x7);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CTRL), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CMD), ==, 0x2000204c);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x00009106);
    mshc_stop(&m);
}

/** BLKSIZ 0 and the largest BYTCNT move what the card sends, and no more. */
static void test_extreme_sizes(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, 0, BLOCK_BYTES);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 17, 0) & ~0x20, ==, 0xc);
    pio_read_and_check(&m, 0, BLOCK_BYTES);
    mshc_set_size(&m, BLOCK_BYTES, 0xffffffff);
    mshc_command(&m, CMD_READ | 18, 0);
    pio_read_and_check(&m, 0, CARD_BYTES / 64);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x4);
    mshc_writel(&m, A_MSHC_CTRL, 0x7);
    mshc_stop(&m);
}

/* SPI numbers, exynos5250.dtsi: 75 for MSHC0, 77 for MSHC2. */
enum { MSHC0_SPI = 75, MSHC2_SPI = 77 };

static void intercept_gic(Mshc *m)
{
    qtest_irq_intercept_in(m->qts, "/machine/soc/a15mpcore/gic");
}

/** The line needs an event, its mask bit and CTRL.INT_ENABLE. */
static void test_interrupt(void)
{
    Mshc m = mshc_start_without_card();

    intercept_gic(&m);
    mshc_command(&m, CMD_R1 | 8, 0x1aa);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_CTRL, 0x10);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_MINTSTS), ==, 0);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_INTMASK, 0x100);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_MINTSTS), ==, 0x100);
    g_assert_true(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_CTRL, 0);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_CTRL, 0x10);
    mshc_writel(&m, A_MSHC_RINTSTS, 0x4);
    g_assert_true(qtest_get_irq(m.qts, MSHC2_SPI));
    mshc_writel(&m, A_MSHC_RINTSTS, 0x100);
    g_assert_false(qtest_get_irq(m.qts, MSHC2_SPI));

    m.base = MSHC0_BASE;
    mshc_writel(&m, A_MSHC_CTRL, 0x10);
    mshc_writel(&m, A_MSHC_INTMASK, 0x100);
    g_assert_false(qtest_get_irq(m.qts, MSHC0_SPI));
    mshc_command(&m, CMD_R1 | 8, 0x1aa);
    g_assert_true(qtest_get_irq(m.qts, MSHC0_SPI));
    mshc_stop(&m);
}

static void eject_card(Mshc *m)
{
    qtest_qmp_assert_success(m->qts, "{'execute': 'eject', 'arguments': "
                             "{'device': 'sd0', 'force': true}}");
}

static void insert_card(Mshc *m)
{
    qtest_qmp_assert_success(m->qts, "{'execute': 'blockdev-change-medium', "
                             "'arguments': {'device': 'sd0', 'filename': %s, "
                             "'format': 'raw'}}", m->image);
}

/** A read-only image is a card that is write-protected for good, 5.3.2, and stays as it is. */
static void test_write_protected(void)
{
    g_autofree char *image = card_image_create();
    Mshc m = {
        .base = MSHC2_BASE,
        .qts = qtest_initf("-M arndale -drive if=sd,index=0,format=raw,"
                           "readonly=on,file=%s", image),
    };

    mshc_init_sd(&m);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_WRTPRT), ==, 1);
    mshc_ok(&m, CMD_R1 | 7, 0);
    mshc_ok(&m, CMD_R2 | 9, m.rca);
    /* CSD bit 13, and the check sum still ends in 1. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP0) & 0x2001, ==, 0x2001);
    mshc_ok(&m, CMD_R1 | 7, m.rca);
    mshc_set_size(&m, 512, 512);
    mshc_command(&m, CMD_WRITE | 24, 0);
    /* R1 bit 26, WP_VIOLATION. */
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RESP0) & 0x04000000, ==, 0x04000000);
    for (unsigned i = 0; i < 128; i++) {
        mshc_writel(&m, A_MSHC_DATA, 0);
    }
    g_assert_cmpint(mshc_card_state(&m), ==, 4);
    g_assert_cmphex(card_image_word(image, 0), ==, card_pattern(0));
    qtest_quit(m.qts);
    unlink(image);
}

/** CDETECT follows the card; each change raises CD. */
static void test_card_detect(void)
{
    Mshc m = mshc_start(0);

    g_assert_cmphex(mshc_readl(&m, A_MSHC_CDETECT), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x106);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 0);
    eject_card(&m);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CDETECT), ==, 1);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_STATUS), ==, 0x6);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 1);
    g_assert_cmphex(mshc_command(&m, CMD_R1 | 8, 0x1aa), ==, 0x104);
    mshc_writel(&m, A_MSHC_RINTSTS, 0xffffffff);
    insert_card(&m);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_CDETECT), ==, 0);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS), ==, 1);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_WRTPRT), ==, 0);
    mshc_init_sd(&m);
    mshc_stop(&m);
}

/** A card that goes away during a transfer ends it with an error. */
static void test_eject_during_transfer(void)
{
    Mshc m = mshc_start(0);

    mshc_init_sd(&m);
    mshc_set_size(&m, BLOCK_BYTES, 4 * BLOCK_BYTES);
    mshc_command(&m, CMD_READ | 18, 0);
    eject_card(&m);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x20d);
    mshc_stop(&m);
}

static void wait_for_migration(Mshc *m)
{
    g_autofree char *status = NULL;

    do {
        QDict *response = qtest_qmp_assert_success_ref(
            m->qts, "{'execute': 'query-migrate'}");

        g_free(status);
        status = g_strdup(qdict_get_try_str(response, "status"));
        qobject_unref(response);
        g_assert_cmpstr(status, !=, "failed");
    } while (g_strcmp0(status, "completed") != 0);
}

/** A snapshot in the middle of a PIO read goes on where it was. */
static void test_migration(void)
{
    Mshc m = mshc_start(0);
    g_autofree char *state = g_strdup_printf("%s.state", m.image);
    g_autofree char *uri = g_strdup_printf("file:%s", state);

    mshc_init_sd(&m);
    mshc_writel(&m, A_MSHC_FIFOTH, 0x003f0040);
    mshc_set_size(&m, BLOCK_BYTES, 4 * BLOCK_BYTES);
    mshc_command(&m, CMD_READ | R_MSHC_CMD_SEND_AUTO_STOP_MASK | 18, 0);
    for (unsigned offset = 0; offset < 804; offset += 4) {
        g_assert_cmphex(mshc_readl(&m, A_MSHC_DATA), ==, card_pattern(offset));
    }
    qtest_qmp_assert_success(m.qts, "{'execute': 'migrate', 'arguments': "
                             "{'uri': %s}}", uri);
    wait_for_migration(&m);
    qtest_quit(m.qts);
    m.qts = qtest_initf("-M arndale -drive if=sd,index=0,format=raw,file=%s "
                        "-incoming %s", m.image, uri);
    qtest_qmp_eventwait(m.qts, "RESUME");
    pio_read_and_check(&m, 804, 4 * BLOCK_BYTES - 804);
    g_assert_cmphex(mshc_readl(&m, A_MSHC_RINTSTS) & ~0x20, ==, 0x400c);
    unlink(state);
    mshc_stop(&m);
}

/** -drive if=sd,index=1 is an eMMC on MSHC0: CMD1, eight bits, EXT_CSD. */
static void test_emmc(void)
{
    Mshc m = mshc_start(1);
    uint32_t words[128];

    g_assert_cmphex(mshc_readl(&m, A_MSHC_CDETECT), ==, 0);
    mshc_ok(&m, CMD_PLAIN, 0);
    g_assert_cmphex(mshc_ok(&m, CMD_R1 | 1, 0x40300000) >> 31, ==, 1);
    mshc_ok(&m, CMD_R2 | 2, 0);
    mshc_ok(&m, CMD_R1 | 3, 0x00010000);
    mshc_ok(&m, CMD_R1 | 7, 0x00010000);
    g_assert_cmphex(mshc_command(&m, CMD_READ | 8, 0) & ~0x20, ==, 0xc);
    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        words[i] = mshc_readl(&m, A_MSHC_DATA);
    }
    /* SEC_COUNT, bytes 215:212: JESD84-B43 7.4. */
    g_assert_cmphex(words[212 / 4], ==, CARD_BYTES / BLOCK_BYTES);
    mshc_stop(&m);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_mshc/reset-values", test_reset_values);
    qtest_add_func("/exynos5_mshc/writable-bits", test_writable_bits);
    qtest_add_func("/exynos5_mshc/no-card", test_no_card);
    qtest_add_func("/exynos5_mshc/clock-update", test_clock_update);
    qtest_add_func("/exynos5_mshc/long-response", test_long_response);
    qtest_add_func("/exynos5_mshc/scr", test_scr);
    qtest_add_func("/exynos5_mshc/pio/read", test_pio_read);
    qtest_add_func("/exynos5_mshc/pio/watermark-steps",
                   test_pio_watermark_steps);
    qtest_add_func("/exynos5_mshc/pio/odd-size", test_pio_odd_size);
    qtest_add_func("/exynos5_mshc/pio/write", test_pio_write);
    qtest_add_func("/exynos5_mshc/pio/command-during-write",
                   test_command_during_write);
    qtest_add_func("/exynos5_mshc/pio/fifo-bounds", test_fifo_bounds);
    qtest_add_func("/exynos5_mshc/no-data", test_no_data);
    qtest_add_func("/exynos5_mshc/auto-stop", test_auto_stop);
    qtest_add_func("/exynos5_mshc/open-ended-read", test_open_ended_read);
    qtest_add_func("/exynos5_mshc/waiting-command", test_waiting_command);
    qtest_add_func("/exynos5_mshc/controller-reset", test_controller_reset);
    qtest_add_func("/exynos5_mshc/extreme-sizes", test_extreme_sizes);
    qtest_add_func("/exynos5_mshc/interrupt", test_interrupt);
    qtest_add_func("/exynos5_mshc/card-detect", test_card_detect);
    qtest_add_func("/exynos5_mshc/write-protected", test_write_protected);
    qtest_add_func("/exynos5_mshc/eject-during-transfer",
                   test_eject_during_transfer);
    qtest_add_func("/exynos5_mshc/emmc", test_emmc);
    qtest_add_func("/exynos5_mshc/migration", test_migration);
    return g_test_run();
}
