/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The UARTs as the drivers of Xen, FreeBSD, Linux and U-Boot use them:
 * transmit interrupts of both types, receive FIFO, receive timeout.
 */
#include "qemu/osdep.h"
#include "tests/qtest/libqtest.h"

#define UART0_BASE 0x12c00000
#define UART2_BASE 0x12c20000

enum {
    SPI_UART2 = 53,
};

/* Registers: Linux include/linux/serial_s3c.h. */
enum {
    ULCON = 0x00, UCON = 0x04, UFCON = 0x08, UTRSTAT = 0x10, UFSTAT = 0x18,
    UTXH = 0x20, URXH = 0x24, UBRDIV = 0x28, UFRACVAL = 0x2c, UINTP = 0x30,
    UINTM = 0x38,
};

enum {
    UCON_INTERRUPTS = 0x005,    /* Tx and Rx by interrupt */
    UCON_RX_TIMEOUT = 0x080,
    UCON_TX_LEVEL   = 0x200,
    INT_RXD = 0x1,
    INT_TXD = 0x4,
    DATA_READY = 0x1,
    FIFO_ENABLE = 0x1,
};

static void put(QTestState *qts, unsigned reg, uint32_t value)
{
    qtest_writel(qts, UART2_BASE + reg, value);
}

static uint32_t get(QTestState *qts, unsigned reg)
{
    return qtest_readl(qts, UART2_BASE + reg);
}

/* A board whose UART2 interrupts for what `unmasked` lists; FIFOs on. */
static QTestState *uart2_start(uint32_t ucon, uint32_t unmasked)
{
    QTestState *qts = qtest_init("-M arndale -serial null");

    qtest_irq_intercept_in(qts, "/machine/soc/a15mpcore");
    put(qts, UFCON, FIFO_ENABLE);
    put(qts, UCON, ucon);
    put(qts, UINTM, 0xf & ~unmasked);
    return qts;
}

/** Pulse type: an idle transmitter requests nothing. */
static void test_tx_pulse_idle(void)
{
    QTestState *qts = uart2_start(UCON_INTERRUPTS, INT_TXD);

    g_assert_cmphex(get(qts, UINTP), ==, 0);
    g_assert_false(qtest_get_irq(qts, SPI_UART2));
    qtest_quit(qts);
}

/**
 * Pulse type: a handler that fills the FIFO, then acknowledges, and repeats
 * until UINTP reads 0 (Xen) gets one event for each batch and comes to an end.
 */
static void test_tx_pulse_handler_ends(void)
{
    QTestState *qts = uart2_start(UCON_INTERRUPTS, INT_TXD);
    unsigned left = 40, rounds = 0;

    put(qts, UTXH, '#');
    g_assert_true(qtest_get_irq(qts, SPI_UART2));
    while (get(qts, UINTP)) {
        g_assert_cmphex(get(qts, UINTP), ==, INT_TXD);
        for (unsigned i = 0; i < 16 && left; i++, left--) {
            put(qts, UTXH, '.');
        }
        put(qts, UINTP, INT_TXD);
        rounds++;
        g_assert_cmpuint(rounds, <=, 4);
    }
    g_assert_cmpuint(left, ==, 0);
    g_assert_cmpuint(rounds, ==, 4);        /* 16 + 16 + 8 + 0 */
    g_assert_false(qtest_get_irq(qts, SPI_UART2));
    qtest_quit(qts);
}

/** Pulse type: characters written after the last acknowledgement raise a new event. */
static void test_tx_pulse_again(void)
{
    QTestState *qts = uart2_start(UCON_INTERRUPTS, INT_TXD);

    put(qts, UTXH, 'a');
    put(qts, UINTP, INT_TXD);
    put(qts, UINTP, INT_TXD);
    g_assert_cmphex(get(qts, UINTP), ==, 0);
    put(qts, UTXH, 'b');
    g_assert_cmphex(get(qts, UINTP), ==, INT_TXD);
    qtest_quit(qts);
}

/** Pulse type: FreeBSD writes while TXD is masked and expects the event on unmasking. */
static void test_tx_pulse_unmask(void)
{
    QTestState *qts = uart2_start(UCON_INTERRUPTS, 0);

    put(qts, UTXH, 'a');
    g_assert_cmphex(get(qts, UINTP), ==, 0);
    put(qts, UINTM, 0xf & ~INT_TXD);
    g_assert_cmphex(get(qts, UINTP), ==, INT_TXD);
    g_assert_true(qtest_get_irq(qts, SPI_UART2));
    qtest_quit(qts);
}

/** Pulse type: the event does not depend on somebody listening. */
static void test_tx_pulse_unconnected(void)
{
    QTestState *qts = qtest_init("-M arndale -serial null");

    qtest_writel(qts, UART0_BASE + UFCON, FIFO_ENABLE);
    qtest_writel(qts, UART0_BASE + UCON, UCON_INTERRUPTS);
    qtest_writel(qts, UART0_BASE + UTXH, 'a');
    g_assert_cmphex(qtest_readl(qts, UART0_BASE + UINTP), ==, INT_TXD);
    qtest_quit(qts);
}

/** Level type (Linux): pending while the FIFO is below its trigger, acknowledged or not. */
static void test_tx_level(void)
{
    QTestState *qts = uart2_start(UCON_INTERRUPTS | UCON_TX_LEVEL, INT_TXD);

    g_assert_cmphex(get(qts, UINTP), ==, INT_TXD);
    put(qts, UINTP, INT_TXD);
    g_assert_cmphex(get(qts, UINTP), ==, INT_TXD);
    g_assert_true(qtest_get_irq(qts, SPI_UART2));
    put(qts, UINTM, 0xf);
    g_assert_false(qtest_get_irq(qts, SPI_UART2));
    qtest_quit(qts);
}

/* Waits for `mask` in `reg`, at most 10 s of host time; returns the register. */
static uint32_t await(QTestState *qts, unsigned reg, uint32_t mask)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 10000 && !(value & mask); i++) {
        value = get(qts, reg);
        if (!(value & mask)) {
            g_usleep(1000);
        }
    }
    g_assert_cmphex(value & mask, !=, 0);
    return value;
}

static void send_to_uart2(int fd, const char *text, size_t length_bytes)
{
    g_assert_cmpint(write(fd, text, length_bytes), ==, length_bytes);
}

/**
 * A burst into the empty 16-character FIFO arrives whole, in order, however
 * long, through the count alone (UFSTAT bits 7:0; never the full bit).
 */
static void test_rx_burst(void)
{
    static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz.:-";
    static const size_t lengths[] = { 1, 15, 16, 17, 32, 39 };
    int fd;
    QTestState *qts = qtest_init_with_serial("-M arndale", &fd);

    put(qts, UFCON, FIFO_ENABLE);
    put(qts, UCON, UCON_INTERRUPTS);
    for (unsigned row = 0; row < ARRAY_SIZE(lengths); row++) {
        send_to_uart2(fd, text, lengths[row]);
        g_usleep(20000); /* let as much arrive as will */
        for (unsigned i = 0; i < lengths[row]; i++) {
            uint32_t status = await(qts, UFSTAT, 0xff);

            g_assert_cmphex(status & 0x100, ==, 0);
            g_assert_cmpuint(status & 0xff, <=, 15);
            g_assert_cmpint(get(qts, URXH), ==, text[i]);
        }
        g_assert_cmphex(get(qts, UFSTAT), ==, 0);
    }
    close(fd);
    qtest_quit(qts);
}

/* 115200 8N1, time-out after three words; one character, fewer than the trigger, has come. */
static void receive_one_with_timeout(QTestState *qts, int fd)
{
    put(qts, ULCON, 0x3);
    put(qts, UBRDIV, 53);
    put(qts, UFRACVAL, 4);
    put(qts, UFCON, FIFO_ENABLE | 0x30);    /* Rx trigger: 8 characters */
    put(qts, UCON, UCON_INTERRUPTS | UCON_RX_TIMEOUT | 0x3000);
    put(qts, UINTM, 0xf & ~INT_RXD);
    send_to_uart2(fd, "x", 1);
    await(qts, UTRSTAT, DATA_READY);
}

/**
 * With the input clock at 100 MHz and 115200 8N1 (UBRDIV 53, UFRACVAL 4) a
 * word takes 10 bits of 868 clocks, 86.8 us; UCON[15:12] = 3 asks for three.
 */
static void test_rx_timeout(void)
{
    int fd;
    QTestState *qts = qtest_init_with_serial("-M arndale", &fd);

    receive_one_with_timeout(qts, fd);
    qtest_clock_step(qts, 260000);
    g_assert_cmphex(get(qts, UINTP), ==, 0);
    qtest_clock_step(qts, 1000);
    g_assert_cmphex(get(qts, UINTP), ==, INT_RXD);
    close(fd);
    qtest_quit(qts);
}

/*
 * A character that comes after a handler has read the FIFO and before it acknowledges (Xen's
 * order) is announced again: data that nobody reads times out again.
 */
static void test_rx_timeout_after_ack(void)
{
    int fd;
    QTestState *qts = qtest_init_with_serial("-M arndale", &fd);

    receive_one_with_timeout(qts, fd);
    qtest_clock_step(qts, 261000);
    g_assert_cmphex(get(qts, UINTP), ==, INT_RXD);
    put(qts, UINTP, INT_RXD);
    g_assert_cmphex(get(qts, UINTP), ==, 0);
    qtest_clock_step(qts, 261000);
    g_assert_cmphex(get(qts, UINTP), ==, INT_RXD);
    g_assert_cmphex(get(qts, URXH), ==, 'x');
    put(qts, UINTP, INT_RXD);
    qtest_clock_step(qts, 261000);
    g_assert_cmphex(get(qts, UINTP), ==, 0);
    close(fd);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/exynos5/uart/tx-pulse/idle", test_tx_pulse_idle);
    qtest_add_func("/exynos5/uart/tx-pulse/handler-ends", test_tx_pulse_handler_ends);
    qtest_add_func("/exynos5/uart/tx-pulse/again", test_tx_pulse_again);
    qtest_add_func("/exynos5/uart/tx-pulse/unmask", test_tx_pulse_unmask);
    qtest_add_func("/exynos5/uart/tx-pulse/unconnected", test_tx_pulse_unconnected);
    qtest_add_func("/exynos5/uart/tx-level", test_tx_level);
    qtest_add_func("/exynos5/uart/rx-burst", test_rx_burst);
    qtest_add_func("/exynos5/uart/rx-timeout", test_rx_timeout);
    qtest_add_func("/exynos5/uart/rx-timeout-after-ack", test_rx_timeout_after_ack);
    return g_test_run();
}
