/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * USB 2.0 host of the Exynos5250, EHCI and OHCI with one interrupt, and the
 * USB3503 hub of the Arndale.  Sections of EHCI 1.0, OHCI 1.0a and USB 2.0;
 * expected values are literals.
 */
#include "qemu/osdep.h"
#include "qobject/qdict.h"
#include "tests/qtest/exynos5/exynos5_ehci_util.h"
#include "tests/qtest/exynos5/save_load.h"

#define KEYBOARD "-device usb-kbd,id=kbd,port=3.1"
#define DISK "-blockdev null-co,node-name=n,size=4194304,read-zeroes=on " \
             "-device usb-storage,drive=n,port=1"
#define TABLET_FULL_SPEED "-device usb-tablet,usb_version=1,port=1"

static QTestState *start(const char *args)
{
    QTestState *qts = qtest_initf("-M arndale %s", args);

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    return qts;
}

/** EHCI 2.2: three ports with one companion of three; 2.3: halted, no interrupt. */
static void test_ehci_reset_values(void)
{
    QTestState *qts = start("");

    g_assert_cmphex(qtest_readl(qts, EHCI_BASE), ==, 0x01000010);
    g_assert_cmphex(qtest_readl(qts, EHCI_BASE + 4), ==, 0x00001303);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBCMD), ==, 0x00080000);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS), ==, 0x00001000);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBINTR), ==, 0);
    g_assert_cmphex(qtest_readl(qts, EHCI_CONFIGFLAG), ==, 0);
    /* Ports belong to the companion, and the empty ones show nothing. */
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(1)), ==, 0x3000);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(2)), ==, 0x3000);
    g_assert_false(qtest_get_irq(qts, USB2_SPI));
    qtest_quit(qts);
}

/** EHCI 2.3.1: HCRESET clears itself and what software had set. */
static void test_ehci_hcreset(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    qtest_writel(qts, EHCI_USBINTR, 0x3f);
    qtest_writel(qts, EHCI_USBCMD, 2);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBCMD), ==, 0x00080000);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBINTR), ==, 0);
    g_assert_cmphex(qtest_readl(qts, EHCI_CONFIGFLAG), ==, 0);
    qtest_quit(qts);
}

/** EHCI 2.3.9: the hub is on port 3, high-speed, enabled by a reset. */
static void test_port_of_hub(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(3)) & 0x2003, ==, 0x3);
    ehci_reset_root_port(qts, 3);
    /* Software can disable it, not enable it. */
    qtest_writel(qts, EHCI_PORTSC(3), 0x1000);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(3)) & 0x4, ==, 0);
    qtest_writel(qts, EHCI_PORTSC(3), 0x1004);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(3)) & 0x4, ==, 0);
    qtest_quit(qts);
}

/* Asserts that @status, enabled, raises SPI 71, and that writing 1 drops it. */
static void assert_interrupt(QTestState *qts, uint32_t status)
{
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS) & status, ==, status);
    qtest_writel(qts, EHCI_USBINTR, status);
    ehci_run(qts, 2);
    g_assert_true(qtest_get_irq(qts, USB2_SPI));
    qtest_writel(qts, EHCI_USBINTR, 0x3f & ~status);
    qtest_writel(qts, EHCI_USBSTS, 0x3f & ~status);
    g_assert_false(qtest_get_irq(qts, USB2_SPI));
    qtest_writel(qts, EHCI_USBINTR, status);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS) & status, ==, status);
    qtest_writel(qts, EHCI_USBSTS, status);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS) & status, ==, 0);
    g_assert_false(qtest_get_irq(qts, USB2_SPI));
}

/** EHCI 2.3.2: a descriptor with IOC is done. */
static void test_irq_usbint(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    assert_interrupt(qts, STS_USBINT);
    qtest_quit(qts);
}

/** EHCI 2.3.2: a transfer failed; here the hub stalls an unknown request. */
static void test_irq_error(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    qtest_writel(qts, EHCI_USBSTS, 0x3f);
    g_assert_cmphex(ehci_try_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 99,
                                     1, 0) & TOKEN_HALTED, ==, TOKEN_HALTED);
    assert_interrupt(qts, STS_USBERRINT);
    qtest_quit(qts);
}

/** EHCI 2.3.2: port change, by a device that is plugged in and out. */
static void test_irq_port_change(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    qtest_writel(qts, EHCI_USBSTS, 0x3f);
    qtest_qmp_device_add(qts, "usb-kbd", "kbd", "{'port': '1'}");
    ehci_run(qts, 2);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(1)) & 0x3, ==, 0x3);
    assert_interrupt(qts, STS_PORT_CHANGE);
    qtest_qmp_device_del(qts, "kbd");
    ehci_run(qts, 2);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(1)) & 0x3, ==, 0x2);
    assert_interrupt(qts, STS_PORT_CHANGE);
    qtest_quit(qts);
}

/** EHCI 2.3.2: the frame index has gone through all 1024 frames. */
static void test_irq_rollover(void)
{
    QTestState *qts = start("");

    for (uint32_t frame = 0; frame < 1024; frame++) {
        qtest_writel(qts, EHCI_FRAMES + 4 * frame, 1);
    }
    qtest_writel(qts, EHCI_PERIODICLISTBASE, EHCI_FRAMES);
    qtest_writel(qts, EHCI_FRINDEX, 0x1ff0);
    qtest_writel(qts, EHCI_USBINTR, STS_ROLLOVER);
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_PERIODIC | CMD_THRESHOLD);
    ehci_run(qts, 10);
    assert_interrupt(qts, STS_ROLLOVER);
    qtest_quit(qts);
}

/** EHCI 2.3.2, 4.8.2: the doorbell is answered when the schedule has advanced. */
static void test_irq_async_advance(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_reset_root_port(qts, 3);
    ehci_put_qh(qts, 0, 0, 64);
    qtest_writel(qts, EHCI_QH + 0x10, 1);
    qtest_writel(qts, EHCI_ASYNCLISTADDR, EHCI_QH);
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_ASYNC | CMD_THRESHOLD);
    ehci_run(qts, 4);
    qtest_writel(qts, EHCI_USBCMD,
                 CMD_RUN | CMD_ASYNC | CMD_DOORBELL | CMD_THRESHOLD);
    ehci_run(qts, 4);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBCMD) & CMD_DOORBELL, ==, 0);
    assert_interrupt(qts, STS_ADVANCE);
    qtest_quit(qts);
}

/** EHCI 2.3.2: descriptors where there is no memory are a host system error. */
static void test_dma_to_nowhere(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    qtest_writel(qts, EHCI_ASYNCLISTADDR, 0xf0000000);
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_ASYNC | CMD_THRESHOLD);
    ehci_run(qts, 4);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS) & STS_SYSTEM_ERROR, ==,
                    STS_SYSTEM_ERROR);
    qtest_writel(qts, EHCI_USBCMD, 2);
    g_assert_cmphex(qtest_readl(qts, EHCI_USBSTS), ==, 0x1000);
    qtest_quit(qts);
}

/** Queue heads that form a ring without a head, and a list in device registers. */
static void test_senseless_lists(void)
{
    static const uint32_t lists[] = { EHCI_QH, EHCI_BASE, 0x12c20000 };
    QTestState *qts = start("");

    ehci_begin(qts);
    for (unsigned i = 0; i < ARRAY_SIZE(lists); i++) {
        ehci_put_qh(qts, 0, 0, 64);
        qtest_writel(qts, EHCI_QH + 4, 64 << 16 | 0x6000);
        qtest_writel(qts, EHCI_ASYNCLISTADDR, lists[i]);
        qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_ASYNC | CMD_THRESHOLD);
        ehci_run(qts, 10);
        qtest_writel(qts, EHCI_USBCMD, 2);
    }
    g_assert_cmphex(qtest_readl(qts, EHCI_BASE), ==, 0x01000010);
    qtest_quit(qts);
}

/** A data stage in three chained descriptors, the second of one byte. */
static void test_chained_descriptors(void)
{
    const Qtd qtds[] = {
        { TOKEN_SETUP | TOKEN_BYTES(8), EHCI_SETUP },
        { TOKEN_IN | 1u << 31 | TOKEN_BYTES(18), EHCI_DATA + 0xff8 },
        { TOKEN_OUT | 1u << 31 | TOKEN_IOC, 0 },
    };
    const uint8_t setup[8] = { 0x80, 6, 0, 1, 0, 0, 18, 0 };
    uint8_t descriptor[18];
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    qtest_memwrite(qts, EHCI_SETUP, setup, sizeof(setup));
    ehci_put_qh(qts, HUB_ADDRESS, 0, 64);
    ehci_put_qtds(qts, qtds, ARRAY_SIZE(qtds));
    ehci_go(qts, 2, 20);
    g_assert_cmphex(ehci_token(qts, 2) & 0xff, ==, 0);
    /* The buffer crosses a page: eight bytes before, ten behind. */
    qtest_memread(qts, EHCI_DATA + 0xff8, descriptor, sizeof(descriptor));
    g_assert_cmpint(descriptor[0], ==, 18);
    g_assert_cmphex(lduw_le_p(descriptor + 8), ==, 0x0424);
    g_assert_cmphex(lduw_le_p(descriptor + 10), ==, 0x3503);
    qtest_quit(qts);
}

/** A disk's capacity: command, data and status over the bulk endpoints. */
static void test_disk(void)
{
    static const uint8_t read_capacity[31] = {
        'U', 'S', 'B', 'C', 1, 0, 0, 0, 8, 0, 0, 0, 0x80, 0, 10, 0x25,
    };
    uint32_t capacity = 0;
    QTestState *qts = start(DISK);

    ehci_begin(qts);
    ehci_reset_root_port(qts, 1);
    ehci_set_up(qts, FIRST_ADDRESS);
    /* The first command after a reset is answered with unit attention. */
    for (unsigned tries = 0; tries < 2; tries++) {
        qtest_memwrite(qts, EHCI_DATA, read_capacity, 31);
        ehci_transfer(qts, FIRST_ADDRESS, 2, TOKEN_OUT, 31);
        ehci_transfer(qts, FIRST_ADDRESS, 1, TOKEN_IN, 8);
        capacity = qtest_readl(qts, EHCI_DATA);
        ehci_transfer(qts, FIRST_ADDRESS, 1, TOKEN_IN, 13);
        g_assert_cmphex(qtest_readl(qts, EHCI_DATA), ==, 0x53425355);
    }
    /* The last block of 4 MiB, big-endian; the status is "passed". */
    g_assert_cmphex(bswap32(capacity), ==, 8191);
    g_assert_cmphex(qtest_readb(qts, EHCI_DATA + 12), ==, 0);
    qtest_quit(qts);
}

/** A USB 1.1 device: the EHCI gives it up, and the OHCI shows it. */
static void test_companion(void)
{
    QTestState *qts = start(TABLET_FULL_SPEED);

    ehci_begin(qts);
    qtest_writel(qts, EHCI_PORTSC(1), 0x1100);
    qtest_writel(qts, EHCI_PORTSC(1), 0x1000);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(1)) & 0x4, ==, 0);
    qtest_writel(qts, EHCI_PORTSC(1), 0x3000);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(1)) & 0x2001, ==, 0x2000);
    g_assert_cmphex(qtest_readl(qts, OHCI_BASE + 0x54) & 0x1, ==, 1);
    qtest_quit(qts);
}

/** OHCI 7: revision 1.0, three ports; its interrupt is the same line. */
static void test_ohci(void)
{
    QTestState *qts = start(TABLET_FULL_SPEED);

    g_assert_cmphex(qtest_readl(qts, OHCI_BASE) & 0xff, ==, 0x10);
    g_assert_cmphex(qtest_readl(qts, OHCI_BASE + 0x48) & 0xff, ==, 3);
    /* Operational, start of frame with master enable. */
    qtest_writel(qts, OHCI_BASE + 0x18, EHCI_FRAMES);
    qtest_writel(qts, OHCI_BASE + 0x04, 0x80);
    qtest_writel(qts, OHCI_BASE + 0x10, 0x80000004);
    ehci_run(qts, 4);
    g_assert_true(qtest_get_irq(qts, USB2_SPI));
    qtest_writel(qts, OHCI_BASE + 0x14, 0x80000000);
    g_assert_false(qtest_get_irq(qts, USB2_SPI));
    qtest_quit(qts);
}

/** USB 2.0 11.23.2: three ports, power switched one by one. */
static void test_hub_descriptor(void)
{
    static const uint8_t expected[] = { 9, 0x29, 3, 9, 0, 50, 1, 0, 0xff };
    uint8_t descriptor[sizeof(expected)];
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_control(qts, HUB_ADDRESS, 0xa006, 0x2900, 0, sizeof(descriptor));
    qtest_memread(qts, EHCI_DATA, descriptor, sizeof(descriptor));
    g_assert_cmpmem(descriptor, sizeof(descriptor), expected, sizeof(expected));
    qtest_quit(qts);
}

/** USB 2.0 11.24.2.7: connection, reset, enable, suspend, power of a port. */
static void test_hub_port(void)
{
    QTestState *qts = start(KEYBOARD);

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00010101);
    g_assert_cmphex(hub_port_status(qts, 3), ==, 0x00000100);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 16, 1, 0);
    ehci_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 4, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00100503);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 20, 1, 0);
    ehci_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 2, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00000507);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 2, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00040503);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 1, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1) & 0xffff, ==, 0x0501);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 8, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0);
    ehci_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 8, 1, 0);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00010101);
    qtest_quit(qts);
}

/** A reset of an empty port does not enable it. */
static void test_hub_empty_port(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 4, 3, 0);
    g_assert_cmphex(hub_port_status(qts, 3), ==, 0x00000100);
    qtest_quit(qts);
}

/** Ports that do not exist and unknown features stall, and the hub goes on. */
static void test_hub_bad_requests(void)
{
    static const struct {
        unsigned request, value, index;
    } bad[] = {
        { GET_PORT_STATUS, 0, 0 }, { GET_PORT_STATUS, 0, 4 },
        { SET_PORT_FEATURE, 4, 0xff }, { SET_PORT_FEATURE, 3, 1 },
        { CLEAR_PORT_FEATURE, 0, 1 }, { 0x2003, 7, 0 }, { 0x23ff, 0, 1 },
    };
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
        unsigned length = bad[i].request & 0x8000 ? 4 : 0;

        g_assert_cmphex(ehci_try_control(qts, HUB_ADDRESS, bad[i].request,
                                         bad[i].value, bad[i].index, length) &
                        TOKEN_HALTED, ==, TOKEN_HALTED);
    }
    g_assert_cmphex(hub_port_status(qts, 3), ==, 0x00000100);
    qtest_quit(qts);
}

/** USB 2.0 11.12.4: the interrupt endpoint names the port that has news. */
static void test_hub_status_change(void)
{
    QTestState *qts = start("");

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    /* The Ethernet chip on port 2 is news; nothing else is. */
    ehci_transfer(qts, HUB_ADDRESS, 1, TOKEN_IN, 1);
    g_assert_cmphex(qtest_readb(qts, EHCI_DATA), ==, 0x04);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 16, 2, 0);
    g_assert_cmphex(ehci_transfer(qts, HUB_ADDRESS, 1, TOKEN_IN, 1) &
                    TOKEN_ACTIVE, ==, TOKEN_ACTIVE);
    qtest_qmp_device_add(qts, "usb-kbd", "kbd", "{'port': '3.1'}");
    ehci_transfer(qts, HUB_ADDRESS, 1, TOKEN_IN, 1);
    g_assert_cmphex(qtest_readb(qts, EHCI_DATA), ==, 0x02);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 16, 1, 0);
    qtest_qmp_device_del(qts, "kbd");
    ehci_transfer(qts, HUB_ADDRESS, 1, TOKEN_IN, 1);
    g_assert_cmphex(qtest_readb(qts, EHCI_DATA), ==, 0x02);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00010100);
    qtest_quit(qts);
}

/** A keyboard behind the hub answers, and not while its port is disabled. */
static void test_device_behind_hub(void)
{
    QTestState *qts = start(KEYBOARD);

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_set_up_behind_hub(qts, 1, FIRST_ADDRESS);
    ehci_control(qts, FIRST_ADDRESS, GET_DESCRIPTOR, 0x0100, 0, 18);
    g_assert_cmphex(qtest_readw(qts, EHCI_DATA + 8), ==, 0x0627);
    ehci_control(qts, HUB_ADDRESS, CLEAR_PORT_FEATURE, 1, 1, 0);
    g_assert_cmphex(ehci_try_control(qts, FIRST_ADDRESS, GET_DESCRIPTOR, 0x0100,
                                     0, 18), !=, 0);
    qtest_quit(qts);
}

/* gpx3[5], the hub's RESET_N, as an output of @level. */
static void drive_hub_reset(QTestState *qts, bool level)
{
    qtest_writel(qts, 0x11400c64, level ? 0x20 : 0);
    qtest_writel(qts, 0x11400c60, 0x00100000);
}

/** RESET_N takes the hub off the bus and brings it back. */
static void test_hub_reset_pin(void)
{
    QTestState *qts = start(KEYBOARD);

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_set_up_behind_hub(qts, 1, FIRST_ADDRESS);
    drive_hub_reset(qts, false);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(3)) & 0x1, ==, 0);
    drive_hub_reset(qts, true);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(3)) & 0x3, ==, 0x3);
    ehci_set_up_hub(qts);
    g_assert_cmphex(hub_port_status(qts, 1), ==, 0x00010101);
    qtest_quit(qts);
}

/** What the hub and the companion know survives save and load. */
static void test_save_load(void)
{
    QTestState *qts = start(KEYBOARD);

    ehci_begin(qts);
    ehci_set_up_hub(qts);
    ehci_set_up_behind_hub(qts, 1, FIRST_ADDRESS);
    qtest_writel(qts, OHCI_BASE + 0x34, 0x2edf1234 & 0x3fff);
    qts = save_and_load(qts, "-M arndale " KEYBOARD);
    g_assert_cmphex(qtest_readl(qts, OHCI_BASE + 0x34) & 0x3fff, ==, 0x1234);
    g_assert_cmphex(hub_port_status(qts, 1) & 0xffff, ==, 0x0503);
    ehci_control(qts, FIRST_ADDRESS, GET_DESCRIPTOR, 0x0100, 0, 18);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5_usb2/ehci/reset", test_ehci_reset_values);
    qtest_add_func("/exynos5_usb2/ehci/hcreset", test_ehci_hcreset);
    qtest_add_func("/exynos5_usb2/ehci/port-of-hub", test_port_of_hub);
    qtest_add_func("/exynos5_usb2/irq/usbint", test_irq_usbint);
    qtest_add_func("/exynos5_usb2/irq/error", test_irq_error);
    qtest_add_func("/exynos5_usb2/irq/port-change", test_irq_port_change);
    qtest_add_func("/exynos5_usb2/irq/rollover", test_irq_rollover);
    qtest_add_func("/exynos5_usb2/irq/async-advance", test_irq_async_advance);
    qtest_add_func("/exynos5_usb2/dma/nowhere", test_dma_to_nowhere);
    qtest_add_func("/exynos5_usb2/dma/senseless", test_senseless_lists);
    qtest_add_func("/exynos5_usb2/dma/chained", test_chained_descriptors);
    qtest_add_func("/exynos5_usb2/disk", test_disk);
    qtest_add_func("/exynos5_usb2/companion", test_companion);
    qtest_add_func("/exynos5_usb2/ohci", test_ohci);
    qtest_add_func("/exynos5_usb2/hub/descriptor", test_hub_descriptor);
    qtest_add_func("/exynos5_usb2/hub/port", test_hub_port);
    qtest_add_func("/exynos5_usb2/hub/empty-port", test_hub_empty_port);
    qtest_add_func("/exynos5_usb2/hub/bad-requests", test_hub_bad_requests);
    qtest_add_func("/exynos5_usb2/hub/status-change", test_hub_status_change);
    qtest_add_func("/exynos5_usb2/hub/device", test_device_behind_hub);
    qtest_add_func("/exynos5_usb2/hub/reset-pin", test_hub_reset_pin);
    qtest_add_func("/exynos5_usb2/save-load", test_save_load);
    return g_test_run();
}
