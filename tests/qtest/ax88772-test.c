/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ASIX AX88772A of the Arndale, behind its hub.  The network's other end is
 * a socket of this test.  Requests and values are literals from Linux's
 * asix.h and asix_devices.c, U-Boot's asix.c and FreeBSD's if_axereg.h.
 */
#include "qemu/osdep.h"
#include "qemu/sockets.h"
#include "tests/qtest/exynos5/exynos5_ehci_util.h"
#include "tests/qtest/exynos5/save_load.h"

#define MAC "52:54:00:12:34:56"

enum { AX = FIRST_ADDRESS, RX_EP = 2, TX_EP = 3, INTERRUPT_EP = 1 };

/* Vendor requests: 0xc0xx to the host, 0x40xx from it. */
enum {
    SET_SW_MII = 0x4006, READ_MII = 0xc007, WRITE_MII = 0x4008,
    STATMNGSTS = 0xc009, SET_HW_MII = 0x400a, READ_EEPROM = 0xc00b,
    WRITE_EEPROM = 0x400c, EEPROM_ENABLE = 0x400d, EEPROM_DISABLE = 0x400e,
    READ_RX_CTL = 0xc00f, WRITE_RX_CTL = 0x4010, READ_IPG = 0xc011,
    WRITE_IPG = 0x4012, READ_NODE_ID = 0xc013, WRITE_NODE_ID = 0x4014,
    READ_FILTER = 0xc015, WRITE_FILTER = 0x4016, READ_PHY_ID = 0xc019,
    READ_MEDIUM = 0xc01a, WRITE_MEDIUM = 0x401b, READ_MONITOR = 0xc01c,
    WRITE_MONITOR = 0x401d, READ_GPIOS = 0xc01e, WRITE_GPIOS = 0x401f,
    SW_RESET = 0x4020, READ_PHY_SELECT = 0xc021, WRITE_PHY_SELECT = 0x4022,
};

typedef struct Ax {
    QTestState *qts;
    int wire;           /* frames with their length in front, big-endian */
} Ax;

static Ax start(void)
{
    int ends[2];
    Ax a;

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    a.wire = ends[0];
    a.qts = qtest_initf("-M arndale -nic socket,fd=%d,mac=" MAC, ends[1]);
    close(ends[1]);
    ehci_begin(a.qts);
    ehci_set_up_hub(a.qts);
    ehci_set_up_behind_hub(a.qts, 2, AX);
    return a;
}

static void stop(Ax *a)
{
    qtest_quit(a->qts);
    close(a->wire);
}

static void ax_do(Ax *a, unsigned request, unsigned value, unsigned index)
{
    ehci_control(a->qts, AX, request, value, index, 0);
}

static void ax_put(Ax *a, unsigned request, unsigned value, unsigned index,
                   const void *data, unsigned bytes)
{
    qtest_memwrite(a->qts, EHCI_DATA, data, bytes);
    ehci_control(a->qts, AX, request, value, index, bytes);
}

/* At most four bytes, little-endian. */
static uint32_t ax_get(Ax *a, unsigned request, unsigned value, unsigned index,
                       unsigned bytes)
{
    qtest_writel(a->qts, EHCI_DATA, 0);
    ehci_control(a->qts, AX, request, value, index, bytes);
    return qtest_readl(a->qts, EHCI_DATA);
}

static uint16_t mii_read(Ax *a, unsigned reg)
{
    uint16_t value;

    ax_do(a, SET_SW_MII, 0, 0);
    value = ax_get(a, READ_MII, 0x10, reg, 2);
    ax_do(a, SET_HW_MII, 0, 0);
    return value;
}

static void mii_write(Ax *a, unsigned reg, uint16_t value)
{
    uint8_t bytes[2] = { value, value >> 8 };

    ax_do(a, SET_SW_MII, 0, 0);
    ax_put(a, WRITE_MII, 0x10, reg, bytes, 2);
    ax_do(a, SET_HW_MII, 0, 0);
}

/** Who it is: descriptor, chip code, PHY addresses, MAC address. */
static void test_identity(void)
{
    static const uint8_t mac[] = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 };
    uint8_t node_id[6];
    Ax a = start();

    ehci_control(a.qts, AX, GET_DESCRIPTOR, 0x0100, 0, 18);
    g_assert_cmphex(qtest_readl(a.qts, EHCI_DATA + 8), ==, 0x772a0b95);
    g_assert_cmphex(ax_get(&a, STATMNGSTS, 0, 0, 1), ==, 0x10);
    g_assert_cmphex(ax_get(&a, READ_PHY_ID, 0, 0, 2), ==, 0x10e0);
    ehci_control(a.qts, AX, READ_NODE_ID, 0, 0, 6);
    qtest_memread(a.qts, EHCI_DATA, node_id, 6);
    g_assert_cmpmem(node_id, 6, mac, 6);
    g_assert_cmphex(ax_get(&a, READ_EEPROM, 4, 0, 2), ==, 0x5452);
    g_assert_cmphex(ax_get(&a, READ_EEPROM, 6, 0, 2), ==, 0x5634);
    stop(&a);
}

/** Reset values, and each register holds what is written. */
static void test_registers(void)
{
    static const struct {
        unsigned read, write, bytes;
        uint32_t reset, value, after;
    } registers[] = {
        { READ_RX_CTL, WRITE_RX_CTL, 2, 0, 0x0388, 0x0388 },
        { READ_MEDIUM, WRITE_MEDIUM, 2, 0x0336, 0x0134, 0x0134 },
        { READ_MONITOR, WRITE_MONITOR, 1, 0, 0x06, 0x06 },
        { READ_GPIOS, WRITE_GPIOS, 1, 0, 0xb0, 0x30 },
        { READ_PHY_SELECT, WRITE_PHY_SELECT, 1, 0, 0x01, 0x01 },
    };
    Ax a = start();

    for (unsigned i = 0; i < ARRAY_SIZE(registers); i++) {
        g_test_message("request 0x%x", registers[i].read);
        g_assert_cmphex(ax_get(&a, registers[i].read, 0, 0, registers[i].bytes),
                        ==, registers[i].reset);
        ax_do(&a, registers[i].write, registers[i].value, 0);
        g_assert_cmphex(ax_get(&a, registers[i].read, 0, 0, registers[i].bytes),
                        ==, registers[i].after);
    }
    g_assert_cmphex(ax_get(&a, READ_IPG, 0, 0, 3), ==, 0x120c15);
    ax_do(&a, WRITE_IPG, 0x1d1c, 0x1e);
    g_assert_cmphex(ax_get(&a, READ_IPG, 0, 0, 3), ==, 0x1e1d1c);
    stop(&a);
}

/** The EEPROM takes words while it is enabled, and is loaded by a GPIO write. */
static void test_eeprom(void)
{
    Ax a = start();

    g_assert_cmphex(ax_get(&a, READ_EEPROM, 0x17, 0, 2), ==, 0xffff);
    ax_do(&a, WRITE_EEPROM, 4, 0x1234);
    g_assert_cmphex(ax_get(&a, READ_EEPROM, 4, 0, 2), ==, 0x5452);
    ax_do(&a, EEPROM_ENABLE, 0, 0);
    ax_do(&a, WRITE_EEPROM, 4, 0x1234);
    ax_do(&a, EEPROM_DISABLE, 0, 0);
    ax_do(&a, WRITE_EEPROM, 5, 0);
    g_assert_cmphex(ax_get(&a, READ_EEPROM, 4, 0, 2), ==, 0x1234);
    g_assert_cmphex(ax_get(&a, READ_EEPROM, 5, 0, 2), ==, 0x1200);
    g_assert_cmphex(ax_get(&a, READ_NODE_ID, 0, 0, 2), ==, 0x5452);
    ax_do(&a, WRITE_GPIOS, 0x80, 0);
    g_assert_cmphex(ax_get(&a, READ_NODE_ID, 0, 0, 2), ==, 0x1234);
    stop(&a);
}

/** PHY: its identifier, an autonegotiated link, reset, power-down. */
static void test_phy(void)
{
    Ax a = start();

    g_assert_cmphex(mii_read(&a, 2), ==, 0x003b);
    g_assert_cmphex(mii_read(&a, 3), ==, 0x1861);
    g_assert_cmphex(mii_read(&a, 0), ==, 0x3100);
    /* The link status latches low: the first read after reset shows none. */
    mii_read(&a, 1);
    g_assert_cmphex(mii_read(&a, 1), ==, 0x786d);
    g_assert_cmphex(mii_read(&a, 5), ==, 0x41e1);
    mii_write(&a, 0, 0x0800);
    g_assert_cmphex(mii_read(&a, 1) & 0x0004, ==, 0);
    mii_write(&a, 0, 0x8000);
    g_assert_cmphex(mii_read(&a, 0), ==, 0x3100);
    mii_write(&a, 0x14, 1);
    g_assert_cmphex(mii_read(&a, 0x14), ==, 1);
    mii_write(&a, 2, 1);
    g_assert_cmphex(mii_read(&a, 2), ==, 0x003b);
    stop(&a);
}

/** The MII answers only to its owner, and only at the PHY's address. */
static void test_mii_owner(void)
{
    Ax a = start();

    g_assert_cmphex(ax_get(&a, READ_MII, 0x10, 2, 2), ==, 0xffff);
    ax_do(&a, SET_SW_MII, 0, 0);
    g_assert_cmphex(ax_get(&a, STATMNGSTS, 0, 0, 1), ==, 0x11);
    g_assert_cmphex(ax_get(&a, READ_MII, 0x03, 2, 2), ==, 0xffff);
    g_assert_cmphex(ax_get(&a, READ_MII, 0x10, 2, 2), ==, 0x003b);
    stop(&a);
}

/** SW_RESET bit 5 low or bit 6 high stops the PHY. */
static void test_software_reset(void)
{
    Ax a = start();

    mii_write(&a, 0x14, 1);
    ax_do(&a, SW_RESET, 0x40, 0);
    g_assert_cmphex(mii_read(&a, 1) & 0x0004, ==, 0);
    ax_do(&a, SW_RESET, 0x20, 0);
    mii_read(&a, 1);
    g_assert_cmphex(mii_read(&a, 1) & 0x0004, ==, 0x0004);
    g_assert_cmphex(mii_read(&a, 0x14), ==, 0x442c);
    stop(&a);
}

/** The interrupt endpoint reports the link once, and each change of it. */
static void test_link_interrupt(void)
{
    Ax a = start();

    g_assert_cmphex(ehci_transfer(a.qts, AX, INTERRUPT_EP, TOKEN_IN, 8) & 0xff,
                    ==, 0);
    g_assert_cmphex(qtest_readl(a.qts, EHCI_DATA), ==, 0x000100a1);
    g_assert_cmphex(ehci_transfer(a.qts, AX, INTERRUPT_EP, TOKEN_IN, 8) &
                    TOKEN_ACTIVE, ==, TOKEN_ACTIVE);
    qtest_qmp_assert_success(a.qts, "{ 'execute': 'set_link', 'arguments':"
                             " { 'name': 'ax88772.0', 'up': false } }");
    g_assert_cmphex(ehci_transfer(a.qts, AX, INTERRUPT_EP, TOKEN_IN, 8) & 0xff,
                    ==, 0);
    g_assert_cmphex(qtest_readl(a.qts, EHCI_DATA), ==, 0x000000a1);
    g_assert_cmphex(mii_read(&a, 1) & 0x0004, ==, 0);
    stop(&a);
}

/** Without a network the chip is there and its link is down. */
static void test_no_network(void)
{
    Ax a = { .qts = qtest_init("-M arndale -nic none"), .wire = -1 };

    ehci_begin(a.qts);
    ehci_set_up_hub(a.qts);
    ehci_set_up_behind_hub(a.qts, 2, AX);
    mii_read(&a, 1);
    g_assert_cmphex(mii_read(&a, 1) & 0x0004, ==, 0);
    qtest_quit(a.qts);
}

static void fill_frame(uint8_t *frame, unsigned bytes, uint8_t seed)
{
    static const uint8_t to_us[] = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 };

    for (unsigned i = 0; i < bytes; i++) {
        frame[i] = seed + i * 7;
    }
    memcpy(frame, to_us, sizeof(to_us));
}

static void wire_send(Ax *a, const uint8_t *frame, unsigned bytes)
{
    uint32_t length = htonl(bytes);

    g_assert_cmpint(write(a->wire, &length, 4), ==, 4);
    g_assert_cmpint(write(a->wire, frame, bytes), ==, bytes);
    /* The emulator takes it from its main loop. */
    for (unsigned i = 0; i < 50; i++) {
        qtest_readl(a->qts, EHCI_USBSTS);
        g_usleep(200);
    }
}

static void read_all(int fd, void *data, size_t bytes)
{
    for (size_t done = 0; done < bytes; ) {
        ssize_t got = read(fd, (uint8_t *)data + done, bytes - done);

        g_assert_cmpint(got, >, 0);
        done += got;
    }
}

static void wire_expect(Ax *a, const uint8_t *frame, unsigned bytes)
{
    uint8_t got[2048];
    uint32_t length;

    read_all(a->wire, &length, 4);
    g_assert_cmpint(ntohl(length), ==, bytes);
    read_all(a->wire, got, bytes);
    g_assert_cmpmem(got, bytes, frame, bytes);
}

/* Nothing is on its way to us. */
static void wire_expect_nothing(Ax *a)
{
    GPollFD end = { a->wire, G_IO_IN, 0 };

    g_assert_cmpint(g_poll(&end, 1, 50), ==, 0);
}

static void ax_receive_on(Ax *a)
{
    ax_do(a, WRITE_RX_CTL, 0x0088, 0);
    ax_do(a, WRITE_MEDIUM, 0x0336, 0);
}

/* A bulk IN of @room bytes; returns how many came. */
static unsigned bulk_in(Ax *a, unsigned room)
{
    uint32_t token = ehci_transfer(a->qts, AX, RX_EP, TOKEN_IN, room);

    if (token & TOKEN_ACTIVE) {
        return 0;
    }
    g_assert_cmphex(token & TOKEN_ERRORS, ==, 0);
    return room - (token >> 16 & 0x7fff);
}

static void expect_frame(Ax *a, unsigned offset, const uint8_t *frame,
                         unsigned bytes)
{
    uint8_t got[2048];

    g_assert_cmphex(qtest_readl(a->qts, EHCI_DATA + offset), ==,
                    bytes | (~bytes & 0xffff) << 16);
    qtest_memread(a->qts, EHCI_DATA + offset + 4, got, bytes);
    g_assert_cmpmem(got, bytes, frame, bytes);
}

/** Received: header, frame, padding to 60 bytes and to an even length. */
static void test_receive(void)
{
    uint8_t frame[1514], small[60] = { 0 };
    Ax a = start();

    ax_receive_on(&a);
    fill_frame(frame, 1514, 1);
    wire_send(&a, frame, 1514);
    g_assert_cmpint(bulk_in(&a, 2048), ==, 1518);
    expect_frame(&a, 0, frame, 1514);
    fill_frame(frame, 101, 2);
    wire_send(&a, frame, 101);
    g_assert_cmpint(bulk_in(&a, 2048), ==, 106);
    expect_frame(&a, 0, frame, 101);
    fill_frame(small, 20, 3);
    wire_send(&a, small, 20);
    g_assert_cmpint(bulk_in(&a, 2048), ==, 64);
    expect_frame(&a, 0, small, 60);
    g_assert_cmpint(bulk_in(&a, 2048), ==, 0);
    stop(&a);
}

/** Frames that wait together come together, as many as fit whole. */
static void test_receive_burst(void)
{
    uint8_t frame[700];
    Ax a = start();

    ax_receive_on(&a);
    for (unsigned i = 0; i < 4; i++) {
        fill_frame(frame, 700, i);
        wire_send(&a, frame, 700);
    }
    /* 2048 bytes is the longest burst of MFB = 0: two frames. */
    g_assert_cmpint(bulk_in(&a, 4096), ==, 1408);
    fill_frame(frame, 700, 1);
    expect_frame(&a, 704, frame, 700);
    ax_do(&a, WRITE_RX_CTL, 0x0188, 0);
    fill_frame(frame, 700, 9);
    wire_send(&a, frame, 700);
    g_assert_cmpint(bulk_in(&a, 4096), ==, 2112);
    expect_frame(&a, 1408, frame, 700);
    stop(&a);
}

/** A frame longer than the transfer comes in pieces. */
static void test_receive_pieces(void)
{
    uint8_t frame[600], got[604];
    unsigned done = 0;
    Ax a = start();

    ax_receive_on(&a);
    fill_frame(frame, 600, 5);
    wire_send(&a, frame, 600);
    while (done < sizeof(got)) {
        unsigned piece = bulk_in(&a, 200);

        g_assert_cmpint(piece, ==, MIN(200, 604 - done));
        qtest_memread(a.qts, EHCI_DATA, got + done, piece);
        done += piece;
    }
    g_assert_cmpmem(got + 4, 600, frame, 600);
    stop(&a);
}

/** The ring of 20 KiB wraps, and holds back the network when it is full. */
static void test_receive_ring(void)
{
    uint8_t frame[1514];
    unsigned sent = 0, received = 0;
    Ax a = start();

    ax_receive_on(&a);
    while (received < 40) {
        while (sent < received + 16 && sent < 40) {
            fill_frame(frame, 1514, sent++);
            wire_send(&a, frame, 1514);
        }
        g_assert_cmpint(bulk_in(&a, 2048), ==, 1518);
        fill_frame(frame, 1514, received++);
        expect_frame(&a, 0, frame, 1514);
    }
    g_assert_cmpint(bulk_in(&a, 2048), ==, 0);
    stop(&a);
}

/** Destinations: us, broadcast, the multicast hash table, everything. */
static void test_filter(void)
{
    static const struct {
        uint16_t rx_ctl;
        uint8_t to[6];
        bool wanted;
    } cases[] = {
        { 0x0080, { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 }, true },
        { 0x0080, { 0x52, 0x54, 0x00, 0x12, 0x34, 0x57 }, false },
        { 0x0081, { 0x52, 0x54, 0x00, 0x12, 0x34, 0x57 }, true },
        { 0x0080, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, false },
        { 0x0088, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, true },
        { 0x0088, { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 }, false },
        { 0x008a, { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 }, true },
        /* CRC of 01:00:5e:00:00:01 begins with 011111: bit 31. */
        { 0x0098, { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 }, true },
        { 0x0098, { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x02 }, false },
        { 0x0008, { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 }, false },
    };
    static const uint8_t table[8] = { 0, 0, 0, 0x80 };
    uint8_t frame[64] = { 0 };
    Ax a = start();

    ax_put(&a, WRITE_FILTER, 0, 0, table, sizeof(table));
    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        g_test_message("case %u", i);
        ax_do(&a, WRITE_RX_CTL, cases[i].rx_ctl, 0);
        memcpy(frame, cases[i].to, 6);
        wire_send(&a, frame, sizeof(frame));
        g_assert_cmpint(bulk_in(&a, 2048), ==, cases[i].wanted ? 68 : 0);
    }
    stop(&a);
}

/* A bulk OUT of @bytes bytes. */
static void bulk_out(Ax *a, const void *data, unsigned bytes)
{
    qtest_memwrite(a->qts, EHCI_DATA, data, bytes);
    g_assert_cmphex(ehci_transfer(a->qts, AX, TX_EP, TOKEN_OUT, bytes) & 0xff,
                    ==, 0);
}

/* Puts @frame with its header at @at; returns the bytes. */
static unsigned put_framed(uint8_t *at, const uint8_t *frame, unsigned bytes)
{
    stl_le_p(at, bytes | (~bytes & 0xffff) << 16);
    memcpy(at + 4, frame, bytes);
    return 4 + bytes;
}

/** Sent: as Linux and U-Boot frame it, one or more in a transfer. */
static void test_send(void)
{
    uint8_t frame[1514], out[4096];
    unsigned bytes;
    Ax a = start();

    fill_frame(frame, 1514, 1);
    bulk_out(&a, out, put_framed(out, frame, 1514));
    wire_expect(&a, frame, 1514);
    /* 4 + 508 bytes fill a packet: Linux adds a header without frame. */
    fill_frame(frame, 508, 2);
    bytes = put_framed(out, frame, 508);
    stl_le_p(out + bytes, 0xffff0000);
    bulk_out(&a, out, bytes + 4);
    wire_expect(&a, frame, 508);
    /* An odd one, which U-Boot pads, and another one behind. */
    fill_frame(frame, 101, 3);
    bytes = put_framed(out, frame, 101) + 1;
    bytes += put_framed(out + bytes, frame, 102);
    bulk_out(&a, out, bytes);
    wire_expect(&a, frame, 101);
    wire_expect(&a, frame, 102);
    /* An odd one without padding at the end of the transfer, as Linux. */
    bulk_out(&a, out, put_framed(out, frame, 77));
    wire_expect(&a, frame, 77);
    bulk_out(&a, out, put_framed(out, frame, 78));
    wire_expect(&a, frame, 78);
    stop(&a);
}

/** A frame whose transfer is of several descriptors, cut in its header too. */
static void test_send_pieces(void)
{
    uint8_t frame[1500], out[2048];
    Ax a = start();

    fill_frame(frame, 1500, 4);
    memset(out, 0, sizeof(out));
    /* Headers without a frame up to two bytes before a packet's end. */
    for (unsigned at = 0; at < 512; at += 4) {
        stl_le_p(out + at, 0xffff0000);
    }
    put_framed(out + 512, frame, 1500);
    bulk_out(&a, out, 1024);
    bulk_out(&a, out + 1024, 512 + 1504 - 1024);
    wire_expect(&a, frame, 1500);
    stop(&a);
}

/** Nonsense instead of a header: dropped to the end of the transfer. */
static void test_send_bad_header(void)
{
    uint8_t frame[100], out[512];
    Ax a = start();

    fill_frame(frame, 100, 5);
    memset(out, 0x5a, sizeof(out));
    bulk_out(&a, out, 100);
    wire_expect_nothing(&a);
    /* The longest length that a header can name. */
    stl_le_p(out, 0xf80007ff);
    bulk_out(&a, out, 100);
    wire_expect_nothing(&a);
    bulk_out(&a, out, put_framed(out, frame, 100));
    wire_expect(&a, frame, 100);
    stop(&a);
}

/** Unknown requests, data that is too short, other endpoints: stalled. */
static void test_bad_requests(void)
{
    static const struct {
        unsigned request, length;
    } bad[] = {
        { 0xc0ff, 4 }, { 0x40ff, 0 }, { WRITE_MII, 1 }, { WRITE_NODE_ID, 2 },
        { WRITE_FILTER, 4 }, { 0xc000, 2 },
    };
    Ax a = start();

    for (unsigned i = 0; i < ARRAY_SIZE(bad); i++) {
        g_test_message("request 0x%x", bad[i].request);
        g_assert_cmphex(ehci_try_control(a.qts, AX, bad[i].request, 0, 0,
                                         bad[i].length) & TOKEN_HALTED,
                        ==, TOKEN_HALTED);
    }
    /* A long answer is cut to what was asked for. */
    ax_get(&a, READ_NODE_ID, 0, 0, 2);
    g_assert_cmphex(ax_get(&a, STATMNGSTS, 0, 0, 1), ==, 0x10);
    stop(&a);
}

/** An endpoint's halt can be cleared although there is none; USB 2.0 9.4.1. */
static void test_clear_halt(void)
{
    static const struct {
        unsigned endpoint, answer;
    } rows[] = {
        { 0x81, 0 }, { 0x82, 0 }, { 0x03, 0 }, { 0x83, TOKEN_HALTED },
        { 0x04, TOKEN_HALTED },
    };
    Ax a = start();

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        g_test_message("endpoint 0x%x", rows[i].endpoint);
        g_assert_cmphex(ehci_try_control(a.qts, AX, 0x0201, 0,
                                         rows[i].endpoint, 0) & TOKEN_HALTED,
                        ==, rows[i].answer);
    }
    stop(&a);
}

/** A frame that waits, and the registers, survive save and load. */
static void test_save_load(void)
{
    uint8_t frame[300];
    int ends[2];
    g_autofree char *args = NULL;
    Ax a = start();

    ax_receive_on(&a);
    ax_do(&a, WRITE_MONITOR, 6, 0);
    fill_frame(frame, 300, 6);
    wire_send(&a, frame, 300);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    args = g_strdup_printf("-M arndale -nic socket,fd=%d,mac=" MAC, ends[1]);
    a.qts = save_and_load(a.qts, args);
    close(a.wire);
    close(ends[1]);
    a.wire = ends[0];
    g_assert_cmphex(ax_get(&a, READ_MONITOR, 0, 0, 1), ==, 6);
    g_assert_cmpint(bulk_in(&a, 2048), ==, 304);
    expect_frame(&a, 0, frame, 300);
    stop(&a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/ax88772/identity", test_identity);
    qtest_add_func("/ax88772/registers", test_registers);
    qtest_add_func("/ax88772/eeprom", test_eeprom);
    qtest_add_func("/ax88772/phy", test_phy);
    qtest_add_func("/ax88772/mii-owner", test_mii_owner);
    qtest_add_func("/ax88772/software-reset", test_software_reset);
    qtest_add_func("/ax88772/link-interrupt", test_link_interrupt);
    qtest_add_func("/ax88772/no-network", test_no_network);
    qtest_add_func("/ax88772/receive", test_receive);
    qtest_add_func("/ax88772/receive-burst", test_receive_burst);
    qtest_add_func("/ax88772/receive-pieces", test_receive_pieces);
    qtest_add_func("/ax88772/receive-ring", test_receive_ring);
    qtest_add_func("/ax88772/filter", test_filter);
    qtest_add_func("/ax88772/send", test_send);
    qtest_add_func("/ax88772/send-pieces", test_send_pieces);
    qtest_add_func("/ax88772/send-bad-header", test_send_bad_header);
    qtest_add_func("/ax88772/bad-requests", test_bad_requests);
    qtest_add_func("/ax88772/clear-halt", test_clear_halt);
    qtest_add_func("/ax88772/save-load", test_save_load);
    return g_test_run();
}
