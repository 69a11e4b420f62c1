/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * EHCI, OHCI, DWC3 with xHCI, AHCI and the Ethernet chip on the USB: no
 * sequence of register writes and no list in memory ends QEMU or makes it
 * hang.  One region of memory is lists of all of them: words that point into
 * it, into devices or nowhere, tokens, small numbers.  The sequences are random,
 * but the same in every run; EXYNOS5_DMA_FUZZ=<seed>,<steps> tries others.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "tests/qtest/libqtest.h"
#include "tests/qtest/exynos5/exynos5_ehci_util.h"

#define LISTS 0x40100000
#define LISTS_BYTES 0x8000

enum { XHCI_BASE = 0x12000000, AHCI_BASE = 0x122f0000 };

typedef struct Fuzz {
    QTestState *qts;
    GRand *rand;
} Fuzz;

/* Registers that hold an address of a list, and one that starts the work. */
typedef struct Target {
    const char *name;
    uint32_t base, bytes;
    uint32_t pointers[8];       /* offsets, up to the first 0 */
    uint32_t start, start_value;
    uint32_t doorbell, doorbell_value;
} Target;

static const Target targets[] = {
    { "ehci", EHCI_BASE, 0x80, { 0x24, 0x28 }, 0x10, 0x00010031,
      0x10, 0x00010071 },
    { "ohci", OHCI_BASE, 0x60, { 0x18, 0x1c, 0x20, 0x24, 0x28, 0x2c }, 0x04,
      0xbc, 0x08, 0x06 },
    { "xhci", XHCI_BASE, 0x1000, { 0x58, 0x70, 0x630, 0x638 }, 0x40, 0x05,
      0x640, 0 },
    { "dwc3", XHCI_BASE + 0xc100, 0x600, { 0 }, 0x10, 0x1000, 0, 0 },
    { "ahci", AHCI_BASE, 0x180, { 0x100, 0x108 }, 0x118, 0x11, 0x138, 1 },
};

static uint32_t below(Fuzz *f, uint32_t end)
{
    return g_rand_int_range(f->rand, 0, end);
}

static uint32_t some_list(Fuzz *f)
{
    return LISTS + (below(f, LISTS_BYTES) & ~0x1fu);
}

static uint32_t some_register(Fuzz *f)
{
    const Target *t = &targets[below(f, ARRAY_SIZE(targets))];

    return t->base + (below(f, t->bytes) & ~3u);
}

static uint32_t some_word(Fuzz *f)
{
    switch (below(f, 8)) {
    case 0:
    case 1:
        return some_list(f) | below(f, 8);
    case 2:
        return some_register(f);
    case 3:
        return g_rand_int(f->rand);
    case 4:
        /* A transfer descriptor's token of EHCI. */
        return 0x80 | below(f, 3) << 8 | below(f, 2) << 15 |
               below(f, 0x8000) << 16;
    case 5:
        /* A TRB's control word of xHCI. */
        return below(f, 64) << 10 | below(f, 0x400) | below(f, 4) << 24;
    default:
        return below(f, 0x200);
    }
}

static void some_lists(Fuzz *f)
{
    uint32_t words[256];

    for (unsigned i = 0; i < ARRAY_SIZE(words); i++) {
        words[i] = cpu_to_le32(some_word(f));
    }
    qtest_memwrite(f->qts, LISTS + sizeof(words) *
                   below(f, LISTS_BYTES / sizeof(words)), words,
                   sizeof(words));
}

/* Points a device to lists and lets it run. */
static void start_target(Fuzz *f, const Target *t)
{
    for (unsigned i = 0; i < ARRAY_SIZE(t->pointers) && t->pointers[i]; i++) {
        qtest_writel(f->qts, t->base + t->pointers[i],
                     some_list(f) & ~(t->base == EHCI_BASE && i == 0 ? 0xfffu
                                                                     : 0u));
    }
    qtest_writel(f->qts, t->base + t->start, t->start_value);
    if (t->doorbell) {
        qtest_writel(f->qts, t->base + t->doorbell, t->doorbell_value);
    }
}

/*
 * A request of any kind to the chip behind the hub, or data of any kind for
 * its endpoints.
 */
static void some_usb_transfer(Fuzz *f)
{
    qtest_writel(f->qts, EHCI_CONFIGFLAG, 1);
    if (below(f, 2)) {
        ehci_try_control(f->qts, below(f, 4),
                         below(f, 2) << 15 | below(f, 4) << 13 | below(f, 256),
                         g_rand_int(f->rand) & 0xffff, below(f, 32),
                         below(f, 64));
    } else {
        ehci_transfer(f->qts, below(f, 4), below(f, 5),
                      below(f, 2) ? TOKEN_IN : TOKEN_OUT, below(f, 0x5000));
    }
}

static void some_step(Fuzz *f)
{
    const Target *t = &targets[below(f, ARRAY_SIZE(targets))];

    switch (below(f, 8)) {
    case 0:
    case 1:
        some_lists(f);
        break;
    case 2:
        start_target(f, t);
        break;
    case 3:
    case 4:
        qtest_writel(f->qts, t->base + (below(f, t->bytes) & ~3u),
                     some_word(f));
        break;
    case 5:
        qtest_readl(f->qts, some_register(f));
        break;
    case 6:
        some_usb_transfer(f);
        break;
    default:
        ehci_run(f->qts, below(f, 4));
        break;
    }
}

/* The hub and the chip get the addresses that some_usb_transfer() uses. */
static void set_up_ethernet(QTestState *qts)
{
    qtest_writel(qts, EHCI_USBCMD, 2);
    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_set_up_behind_hub(qts, 2, FIRST_ADDRESS);
}

static void fuzz(uint32_t seed, unsigned steps)
{
    Fuzz f = {
        .qts = qtest_init("-M arndale -nic user "
            "-blockdev null-co,node-name=a,size=67108864,read-zeroes=on "
            "-drive if=ide,index=0,driver=null-co,size=67108864,"
            "read-zeroes=on "
            "-device usb-storage,drive=a,bus=ehci.0,port=1 "
            "-device usb-kbd,bus=ehci.0,port=2 "
            "-device usb-tablet,bus=xhci.0,port=1"),
        .rand = g_rand_new_with_seed(seed),
    };

    for (unsigned i = 0; i < steps; i++) {
        if (i == 0) {
            set_up_ethernet(f.qts);
        }
        some_step(&f);
    }
    /* They still answer. */
    g_assert_cmphex(qtest_readl(f.qts, EHCI_BASE), ==, 0x01000010);
    g_assert_cmphex(qtest_readl(f.qts, OHCI_BASE) & 0xff, ==, 0x10);
    g_assert_cmphex(qtest_readl(f.qts, XHCI_BASE + 0xc120) >> 16, ==, 0x5533);
    g_assert_cmphex(qtest_readl(f.qts, AHCI_BASE + 0x0c) & 1, ==, 1);
    g_rand_free(f.rand);
    qtest_quit(f.qts);
}

/** Random register and list use: QEMU lives and answers. */
static void test_fuzz(void)
{
    const char *wish = g_getenv("EXYNOS5_DMA_FUZZ");
    unsigned seed = 1, steps = 4000;

    if (wish) {
        g_assert_cmpint(sscanf(wish, "%u,%u", &seed, &steps), ==, 2);
    }
    fuzz(seed, steps);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_dma_fuzz/random", test_fuzz);
    return g_test_run();
}
