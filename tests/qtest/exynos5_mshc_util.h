/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small driver for the storage host, for its tests: a board with a card
 * whose image has a known pattern, commands, and card initialisation.
 */
#ifndef TESTS_EXYNOS5_MSHC_UTIL_H
#define TESTS_EXYNOS5_MSHC_UTIL_H

#include "tests/qtest/libqtest.h"
#include "hw/arm/exynos5/exynos5_mshc_regs.h"

#define MSHC0_BASE 0x12200000
#define MSHC2_BASE 0x12220000

#define CARD_BYTES (4 * 1024 * 1024)
#define BLOCK_BYTES 512

/* Command words, less the index. */
#define CMD_PLAIN (R_MSHC_CMD_START_MASK | R_MSHC_CMD_USE_HOLD_REG_MASK)
#define CMD_R1 (CMD_PLAIN | R_MSHC_CMD_RESP_EXPECTED_MASK)
#define CMD_R2 (CMD_R1 | R_MSHC_CMD_LONG_RESP_MASK)
#define CMD_READ (CMD_R1 | R_MSHC_CMD_DATA_EXPECTED_MASK)
#define CMD_WRITE (CMD_READ | R_MSHC_CMD_WRITE_MASK)

typedef struct Mshc {
    QTestState *qts;
    uint64_t base;
    char *image;
    uint32_t rca;       /* in bits 31:16 */
} Mshc;

static inline uint32_t mshc_readl(Mshc *m, uint32_t offset)
{
    return qtest_readl(m->qts, m->base + offset);
}

static inline void mshc_writel(Mshc *m, uint32_t offset, uint32_t value)
{
    qtest_writel(m->qts, m->base + offset, value);
}

/* The word at byte @offset of a fresh image; no two of a card are equal. */
static inline uint32_t card_pattern(uint32_t offset)
{
    return offset * 0x9e3779b1u + 0x1234567;
}

static inline char *card_image_create(void)
{
    g_autofree uint32_t *words = g_malloc(CARD_BYTES);
    char *path;
    int fd = g_file_open_tmp("exynos5-mshc-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    for (unsigned i = 0; i < CARD_BYTES / 4; i++) {
        words[i] = cpu_to_le32(card_pattern(i * 4));
    }
    g_assert_cmpint(write(fd, words, CARD_BYTES), ==, CARD_BYTES);
    close(fd);
    return path;
}

/* The word at byte @offset of the image as it is on disk now. */
static inline uint32_t card_image_word(const char *path, uint32_t offset)
{
    uint32_t word;
    int fd = open(path, O_RDONLY);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(pread(fd, &word, 4, offset), ==, 4);
    close(fd);
    return le32_to_cpu(word);
}

/* A board with a card at -drive if=sd,index=@index; base is its host. */
static inline Mshc mshc_start(unsigned index)
{
    Mshc m = {
        .base = index ? MSHC0_BASE : MSHC2_BASE,
        .image = card_image_create(),
    };

    m.qts = qtest_initf("-M arndale -drive if=sd,index=%u,format=raw,file=%s",
                        index, m.image);
    return m;
}

static inline Mshc mshc_start_without_card(void)
{
    return (Mshc) {
        .base = MSHC2_BASE,
        .qts = qtest_init("-M arndale"),
    };
}

static inline void mshc_stop(Mshc *m)
{
    qtest_quit(m->qts);
    if (m->image) {
        unlink(m->image);
        g_free(m->image);
    }
}

/* Issues a command with RINTSTS cleared before; returns RINTSTS after it. */
static inline uint32_t mshc_command(Mshc *m, uint32_t cmd, uint32_t arg)
{
    mshc_writel(m, A_MSHC_RINTSTS, 0xffffffff);
    mshc_writel(m, A_MSHC_CMDARG, arg);
    mshc_writel(m, A_MSHC_CMD, cmd);
    return mshc_readl(m, A_MSHC_RINTSTS);
}

/* A command that must succeed and has no data; returns RESP0. */
static inline uint32_t mshc_ok(Mshc *m, uint32_t cmd, uint32_t arg)
{
    g_assert_cmphex(mshc_command(m, cmd, arg), ==, 0x4);
    g_assert_cmphex(mshc_readl(m, A_MSHC_CMD) >> 31, ==, 0);
    return mshc_readl(m, A_MSHC_RESP0);
}

/* Programs the size of the next data phase. */
static inline void mshc_set_size(Mshc *m, uint32_t block_bytes, uint32_t bytes)
{
    mshc_writel(m, A_MSHC_BLKSIZ, block_bytes);
    mshc_writel(m, A_MSHC_BYTCNT, bytes);
}

/* Brings an SD card to the transfer state, blocks of 512 bytes. */
static inline void mshc_init_sd(Mshc *m)
{
    mshc_ok(m, CMD_PLAIN | R_MSHC_CMD_INIT_MASK | 0, 0);
    g_assert_cmphex(mshc_ok(m, CMD_R1 | 8, 0x1aa), ==, 0x1aa);
    mshc_ok(m, CMD_R1 | 55, 0);
    /* Powered up, 2.7-3.6 V, standard capacity. */
    g_assert_cmphex(mshc_ok(m, CMD_R1 | 41, 0x40300000), ==, 0x80ffff00);
    mshc_ok(m, CMD_R2 | 2, 0);
    m->rca = mshc_ok(m, CMD_R1 | 3, 0) & 0xffff0000;
    mshc_ok(m, CMD_R2 | 9, m->rca);
    mshc_ok(m, CMD_R1 | 7, m->rca);
    mshc_ok(m, CMD_R1 | 16, BLOCK_BYTES);
}

/* The card's state, R1 bits 12:9: 4 is transfer. */
static inline uint32_t mshc_card_state(Mshc *m)
{
    return extract32(mshc_ok(m, CMD_R1 | 13, m->rca), 9, 4);
}

#endif
