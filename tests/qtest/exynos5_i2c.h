/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A polled I2C master on an Exynos I2C controller (S3C2440 registers), for
 * tests.  Source: Linux i2c-s3c2410.c.
 */
#ifndef TESTS_QTEST_EXYNOS5_EXYNOS5_I2C_H
#define TESTS_QTEST_EXYNOS5_EXYNOS5_I2C_H

#include "tests/qtest/libqtest.h"

enum {
    I2C_CON = 0x00,             /* 80 ack, 20 interrupt enable, 10 pending */
    I2C_STAT = 0x04,            /* c0 master Tx, 80 master Rx, 20 start,
                                   10 output enable, 01 no acknowledge */
    I2C_DS = 0x0c,
};

/* Goes on to the next byte: clears the pending bit. */
static inline void i2c_continue(QTestState *qts, uint32_t base)
{
    qtest_writel(qts, base + I2C_CON, 0xa0);
}

/* Start condition and address; returns whether a slave acknowledged. */
static inline bool i2c_start(QTestState *qts, uint32_t base, uint8_t address,
                             bool is_read)
{
    uint32_t mode = is_read ? 0x80 : 0xc0;

    qtest_writel(qts, base + I2C_CON, 0xa0);
    qtest_writel(qts, base + I2C_STAT, mode | 0x10);
    qtest_writel(qts, base + I2C_DS, address << 1 | is_read);
    qtest_writel(qts, base + I2C_STAT, mode | 0x30);
    return !(qtest_readl(qts, base + I2C_STAT) & 0x01);
}

/* Stop condition, interrupts off. */
static inline void i2c_stop(QTestState *qts, uint32_t base)
{
    qtest_writel(qts, base + I2C_STAT, 0xd0);
    qtest_writel(qts, base + I2C_CON, 0x80);
    qtest_writel(qts, base + I2C_STAT, 0x00);
}

/* Sends one byte of a started write. */
static inline void i2c_put(QTestState *qts, uint32_t base, uint8_t data)
{
    qtest_writel(qts, base + I2C_DS, data);
    i2c_continue(qts, base);
}

/* Writes @count bytes of @data to register @reg and the following ones. */
static inline void i2c_write_regs(QTestState *qts, uint32_t base,
                                  uint8_t address, uint8_t reg,
                                  const uint8_t *data, unsigned count)
{
    g_assert_true(i2c_start(qts, base, address, false));
    i2c_put(qts, base, reg);
    for (unsigned i = 0; i < count; i++) {
        i2c_put(qts, base, data[i]);
    }
    i2c_stop(qts, base);
}

static inline void i2c_write_reg(QTestState *qts, uint32_t base,
                                 uint8_t address, uint8_t reg, uint8_t value)
{
    i2c_write_regs(qts, base, address, reg, &value, 1);
}

/* Reads @count bytes from register @reg on. */
static inline void i2c_read_regs(QTestState *qts, uint32_t base,
                                 uint8_t address, uint8_t reg,
                                 uint8_t *data, unsigned count)
{
    g_assert_true(i2c_start(qts, base, address, false));
    i2c_put(qts, base, reg);
    i2c_stop(qts, base);
    g_assert_true(i2c_start(qts, base, address, true));
    for (unsigned i = 0; i < count; i++) {
        data[i] = qtest_readl(qts, base + I2C_DS);
        if (i + 1 < count) {
            i2c_continue(qts, base);
        }
    }
    i2c_stop(qts, base);
}

static inline uint8_t i2c_read_reg(QTestState *qts, uint32_t base,
                                   uint8_t address, uint8_t reg)
{
    uint8_t value;

    i2c_read_regs(qts, base, address, reg, &value, 1);
    return value;
}

#endif
