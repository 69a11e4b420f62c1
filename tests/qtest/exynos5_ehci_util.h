/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small EHCI driver, for the tests of the host and of what is behind it:
 * root ports, the hub, transfers by one queue head at a time.  Registers and
 * structures: EHCI 1.0, chapters 2 and 3.
 */
#ifndef TESTS_EXYNOS5_EHCI_UTIL_H
#define TESTS_EXYNOS5_EHCI_UTIL_H

#include "qemu/bswap.h"
#include "tests/qtest/libqtest.h"

#define EHCI_BASE 0x12110000
#define OHCI_BASE 0x12120000
#define EHCI_OP (EHCI_BASE + 0x10)
#define EHCI_USBCMD (EHCI_OP + 0x00)
#define EHCI_USBSTS (EHCI_OP + 0x04)
#define EHCI_USBINTR (EHCI_OP + 0x08)
#define EHCI_FRINDEX (EHCI_OP + 0x0c)
#define EHCI_PERIODICLISTBASE (EHCI_OP + 0x14)
#define EHCI_ASYNCLISTADDR (EHCI_OP + 0x18)
#define EHCI_CONFIGFLAG (EHCI_OP + 0x40)
#define EHCI_PORTSC(n) (EHCI_OP + 0x44 + 4 * ((n) - 1))  /* n = 1, 2, 3 */

enum { USB2_SPI = 71 };

/* USBCMD and USBSTS, 2.3.1 and 2.3.2. */
#define CMD_RUN 0x00000001
#define CMD_PERIODIC 0x00000010
#define CMD_ASYNC 0x00000020
#define CMD_DOORBELL 0x00000040
#define CMD_THRESHOLD 0x00080000
#define STS_USBINT 0x01
#define STS_USBERRINT 0x02
#define STS_PORT_CHANGE 0x04
#define STS_ROLLOVER 0x08
#define STS_SYSTEM_ERROR 0x10
#define STS_ADVANCE 0x20

/* A transfer descriptor's token, 3.5.3. */
#define TOKEN_ACTIVE 0x80
#define TOKEN_HALTED 0x40
#define TOKEN_OUT 0x000
#define TOKEN_IN 0x100
#define TOKEN_SETUP 0x200
#define TOKEN_IOC 0x8000
#define TOKEN_BYTES(n) ((uint32_t)(n) << 16)
#define TOKEN_ERRORS 0x7c

/* Places in DRAM. */
#define EHCI_FRAMES 0x40010000
#define EHCI_QH 0x40012000
#define EHCI_QTD(n) (0x40013000 + 0x40 * (n))
#define EHCI_SETUP 0x40014000
#define EHCI_DATA 0x40020000

/* Standard and hub requests: bmRequestType << 8 | bRequest. */
#define GET_DESCRIPTOR 0x8006
#define SET_ADDRESS 0x0005
#define SET_CONFIGURATION 0x0009
#define GET_PORT_STATUS 0xa300
#define SET_PORT_FEATURE 0x2303
#define CLEAR_PORT_FEATURE 0x2301

typedef struct Qtd {
    uint32_t token;     /* PID, bytes, IOC; TOKEN_ACTIVE is added */
    uint32_t buffer;    /* where the data is, consecutive pages */
} Qtd;

/* Runs the board for @ms milliseconds, a frame at a time. */
static inline void ehci_run(QTestState *qts, unsigned ms)
{
    while (ms--) {
        qtest_clock_step(qts, 1000000);
    }
}

static inline void ehci_begin(QTestState *qts)
{
    qtest_writel(qts, EHCI_CONFIGFLAG, 1);
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_THRESHOLD);
    ehci_run(qts, 2);
}

static inline void ehci_put_qtds(QTestState *qts, const Qtd *qtds, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint32_t words[8] = {
            cpu_to_le32(i + 1 < n ? EHCI_QTD(i + 1) : 1), cpu_to_le32(1),
            cpu_to_le32(qtds[i].token | TOKEN_ACTIVE | 3 << 10),
            cpu_to_le32(qtds[i].buffer),
        };

        for (unsigned page = 1; page < 5; page++) {
            words[3 + page] = cpu_to_le32((qtds[i].buffer & ~0xfffu) +
                                          0x1000 * page);
        }
        qtest_memwrite(qts, EHCI_QTD(i), words, sizeof(words));
    }
}

/* One queue head, linked to itself: endpoint @ep of device @address. */
static inline void ehci_put_qh(QTestState *qts, unsigned address, unsigned ep,
                               unsigned max_packet)
{
    uint32_t words[12] = {
        cpu_to_le32(EHCI_QH | 2),
        /* High speed, toggle from the descriptors, head of the list. */
        cpu_to_le32(max_packet << 16 | 0x8000 | 0x4000 | 2 << 12 | ep << 8 |
                    address),
        cpu_to_le32(1u << 30), 0, cpu_to_le32(EHCI_QTD(0)), cpu_to_le32(1),
    };

    qtest_memwrite(qts, EHCI_QH, words, sizeof(words));
}

static inline uint32_t ehci_token(QTestState *qts, unsigned qtd)
{
    return qtest_readl(qts, EHCI_QTD(qtd) + 8);
}

/* Lets the schedule work until @last is inactive or @ms have passed. */
static inline void ehci_go(QTestState *qts, unsigned last, unsigned ms)
{
    qtest_writel(qts, EHCI_ASYNCLISTADDR, EHCI_QH);
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_ASYNC | CMD_THRESHOLD);
    while (ms-- && (ehci_token(qts, last) & TOKEN_ACTIVE)) {
        qtest_clock_step(qts, 1000000);
    }
    qtest_writel(qts, EHCI_USBCMD, CMD_RUN | CMD_THRESHOLD);
    ehci_run(qts, 2);
}

/* Bytes of descriptor @qtd that were not transferred. */
static inline unsigned ehci_left(QTestState *qts, unsigned qtd)
{
    return ehci_token(qts, qtd) >> 16 & 0x7fff;
}

/*
 * A control transfer of @length bytes at EHCI_DATA.  Returns the status bits
 * of its last stages: 0 is success, TOKEN_ACTIVE that nobody answered.
 */
static inline uint32_t ehci_try_control(QTestState *qts, unsigned address,
                                        unsigned request, unsigned value,
                                        unsigned index, unsigned length)
{
    bool in = request & 0x8000;
    uint8_t setup[8] = { request >> 8, request, value, value >> 8,
                         index, index >> 8, length, length >> 8 };
    Qtd qtds[3] = { { TOKEN_SETUP | TOKEN_BYTES(8), EHCI_SETUP } };
    unsigned n = 1;

    if (length) {
        qtds[n++] = (Qtd) { (in ? TOKEN_IN : TOKEN_OUT) | 1u << 31 |
                            TOKEN_BYTES(length), EHCI_DATA };
    }
    qtds[n++] = (Qtd) { (in && length ? TOKEN_OUT : TOKEN_IN) | 1u << 31 |
                        TOKEN_IOC, 0 };
    qtest_memwrite(qts, EHCI_SETUP, setup, sizeof(setup));
    ehci_put_qh(qts, address, 0, 64);
    ehci_put_qtds(qts, qtds, n);
    ehci_go(qts, n - 1, 20);
    return (qtest_readl(qts, EHCI_QH + 0x18) | ehci_token(qts, n - 1)) &
           (TOKEN_ERRORS | TOKEN_ACTIVE);
}

static inline void ehci_control(QTestState *qts, unsigned address,
                                unsigned request, unsigned value,
                                unsigned index, unsigned length)
{
    g_assert_cmphex(ehci_try_control(qts, address, request, value, index,
                                     length), ==, 0);
}

/* A bulk or interrupt transfer at EHCI_DATA; returns its token afterwards. */
static inline uint32_t ehci_transfer(QTestState *qts, unsigned address,
                                     unsigned ep, uint32_t pid,
                                     unsigned length)
{
    Qtd qtd = { pid | TOKEN_BYTES(length), EHCI_DATA };

    ehci_put_qh(qts, address, ep, 512);
    ehci_put_qtds(qts, &qtd, 1);
    ehci_go(qts, 0, 20);
    return ehci_token(qts, 0);
}

/* Resets root port @n, which must end up enabled. */
static inline void ehci_reset_root_port(QTestState *qts, unsigned n)
{
    qtest_writel(qts, EHCI_PORTSC(n), 0x1100);
    qtest_writel(qts, EHCI_PORTSC(n), 0x1000);
    g_assert_cmphex(qtest_readl(qts, EHCI_PORTSC(n)) & 0x2005, ==, 0x5);
}

/* Gives the device in the default state an address and a configuration. */
static inline void ehci_set_up(QTestState *qts, unsigned address)
{
    ehci_control(qts, 0, SET_ADDRESS, address, 0, 0);
    ehci_control(qts, address, SET_CONFIGURATION, 1, 0, 0);
}

enum { HUB_ADDRESS = 1, FIRST_ADDRESS = 2 };

/* The board's hub, at HUB_ADDRESS. */
static inline void ehci_set_up_hub(QTestState *qts)
{
    ehci_reset_root_port(qts, 3);
    ehci_set_up(qts, HUB_ADDRESS);
}

static inline uint32_t hub_port_status(QTestState *qts, unsigned port)
{
    ehci_control(qts, HUB_ADDRESS, GET_PORT_STATUS, 0, port, 4);
    return qtest_readl(qts, EHCI_DATA);
}

/* The device behind @port of the hub gets @address. */
static inline void ehci_set_up_behind_hub(QTestState *qts, unsigned port,
                                          unsigned address)
{
    ehci_control(qts, HUB_ADDRESS, SET_PORT_FEATURE, 4, port, 0);
    g_assert_cmphex(hub_port_status(qts, port) & 0x503, ==, 0x503);
    ehci_set_up(qts, address);
}

#endif
