/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 mobile storage host: no sequence of register writes and no
 * descriptor list ends QEMU or makes it hang.  The sequences are random, but
 * the same in every run; EXYNOS5_MSHC_FUZZ=<seed>,<steps> tries others.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "tests/qtest/exynos5/exynos5_mshc_util.h"

#define LIST 0x40001000
#define LIST_DESCRIPTORS 16

typedef struct Fuzz {
    Mshc m;
    GRand *rand;
} Fuzz;

static uint32_t below(Fuzz *f, uint32_t end)
{
    return g_rand_int_range(f->rand, 0, end);
}

/* Mostly RAM, sometimes the host itself or a hole. */
static uint32_t some_address(Fuzz *f)
{
    switch (below(f, 16)) {
    case 0:
        return MSHC2_BASE + below(f, 0x1000);
    case 1:
        return g_rand_int(f->rand);
    case 2:
        return LIST + below(f, 16 * LIST_DESCRIPTORS);
    default:
        return 0x40100000 + below(f, 0x100000);
    }
}

static void some_list(Fuzz *f)
{
    uint32_t words[4 * LIST_DESCRIPTORS];

    for (unsigned i = 0; i < ARRAY_SIZE(words); i += 4) {
        words[i] = cpu_to_le32(0x80000000 | below(f, 0x40));
        words[i + 1] = cpu_to_le32(below(f, 0x2000) | below(f, 0x2000) << 13);
        words[i + 2] = cpu_to_le32(some_address(f));
        words[i + 3] = cpu_to_le32(below(f, 4) ? LIST + i * 4 + 16
                                               : some_address(f));
    }
    qtest_memwrite(f->m.qts, LIST, words, sizeof(words));
    mshc_writel(&f->m, A_MSHC_DBADDR, LIST);
}

static void some_command(Fuzz *f)
{
    static const uint32_t usual[] = {
        0, 2, 3, 6, 7, 8, 9, 12, 13, 16, 17, 18, 23, 24, 25, 27, 32, 33, 38,
        41, 42, 51, 55, 56,
    };
    uint32_t index = below(f, 8) ? usual[below(f, ARRAY_SIZE(usual))]
                                 : below(f, 64);
    uint32_t flags = CMD_R1 | (g_rand_int(f->rand) & 0x7e80);

    mshc_writel(&f->m, A_MSHC_BLKSIZ, below(f, 4) ? 512 : below(f, 0x10000));
    mshc_writel(&f->m, A_MSHC_BYTCNT, below(f, 8) ? below(f, 4096)
                                                  : g_rand_int(f->rand));
    mshc_command(&f->m, flags | index,
                 below(f, 4) ? f->m.rca : g_rand_int(f->rand) & 0x7fffff);
}

static void some_data(Fuzz *f)
{
    for (unsigned i = below(f, 160); i > 0; i--) {
        if (below(f, 2)) {
            mshc_writel(&f->m, A_MSHC_DATA, g_rand_int(f->rand));
        } else {
            mshc_readl(&f->m, A_MSHC_DATA);
        }
    }
}

static void some_step(Fuzz *f)
{
    switch (below(f, 8)) {
    case 0:
        some_list(f);
        break;
    case 1:
        mshc_writel(&f->m, A_MSHC_BMOD, g_rand_int(f->rand));
        mshc_writel(&f->m, A_MSHC_CTRL, g_rand_int(f->rand));
        break;
    case 2:
        mshc_writel(&f->m, below(f, 0x120) & ~3, g_rand_int(f->rand));
        break;
    case 3:
        mshc_writel(&f->m, A_MSHC_CTRL, 0x7);
        mshc_command(&f->m, CMD_R1 | 12, 0);
        mshc_command(&f->m, CMD_R1 | 7, f->m.rca);
        break;
    case 4:
        some_data(f);
        break;
    default:
        some_command(f);
        break;
    }
}

/* Brings the card to its transfer state from wherever it is. */
static void select_card(Mshc *m)
{
    mshc_writel(m, A_MSHC_CTRL, 0x7);
    mshc_command(m, CMD_PLAIN, 0);
    mshc_command(m, CMD_R1 | 8, 0x1aa);
    mshc_command(m, CMD_R1 | 55, 0);
    mshc_command(m, CMD_R1 | 41, 0x40300000);
    mshc_command(m, CMD_R2 | 2, 0);
    mshc_command(m, CMD_R1 | 3, 0);
    m->rca = mshc_readl(m, A_MSHC_RESP0) & 0xffff0000;
    mshc_command(m, CMD_R1 | 7, m->rca);
}

static void fuzz(uint32_t seed, unsigned steps)
{
    Fuzz f = { .m = mshc_start(0), .rand = g_rand_new_with_seed(seed) };

    for (unsigned i = 0; i < steps; i++) {
        if (i % 32 == 0) {
            select_card(&f.m);
        }
        some_step(&f);
    }
    /* It still answers. */
    g_assert_cmphex(mshc_readl(&f.m, A_MSHC_VERID), ==, 0x5342241a);
    g_rand_free(f.rand);
    mshc_stop(&f.m);
}

/** Random register and list use: QEMU lives and answers. */
static void test_fuzz(void)
{
    const char *wish = g_getenv("EXYNOS5_MSHC_FUZZ");
    unsigned seed = 1, steps = 4000;

    if (wish) {
        g_assert_cmpint(sscanf(wish, "%u,%u", &seed, &steps), ==, 2);
    }
    fuzz(seed, steps);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_mshc_fuzz/random", test_fuzz);
    return g_test_run();
}
