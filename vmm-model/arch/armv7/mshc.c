/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mobile storage host of the SD slot (Synopsys DesignWare, version 2.41a), by programmed
 * input and output: no memory is shared with it, so no cache is to be cleaned.  Register use:
 * Linux dw_mmc.c, U-Boot dw_mmc.c; commands: SD Physical Layer Simplified Specification 4.7, 4.8.
 */
#include "arch/armv7/armv7.h"
#include "arch/armv7/mshc.h"

#define MSHC2          0x12220000u  /* Linux exynos5250.dtsi: mmc_2 */

#define CTRL           0x00
#define CTRL_RESET     (7u << 0)    /* controller, FIFO, DMA; clear themselves */
#define PWREN          0x04
#define CLKDIV         0x08
#define CLKENA         0x10
#define TMOUT          0x14
#define CTYPE          0x18
#define BLKSIZ         0x1c
#define BYTCNT         0x20
#define INTMASK        0x24
#define CMDARG         0x28
#define CMD            0x2c
#define RESP0          0x30
#define RINTSTS        0x44
#define STATUS         0x48
#define FIFOTH         0x4c
#define FIFOTH_VALUE   (15u << 16 | 16u) /* watermarks in words: receive, transmit */
#define BMOD           0x80
#define DATA           0x200        /* from version 2.40a on */

#define CMD_RESPONSE   (1u << 6)
#define CMD_LONG       (1u << 7)
#define CMD_CHECK_CRC  (1u << 8)
#define CMD_DATA       (1u << 9)
#define CMD_WRITE      (1u << 10)
#define CMD_AUTO_STOP  (1u << 12)
#define CMD_WAIT       (1u << 13)
#define CMD_INIT       (1u << 15)
#define CMD_CLOCK      (1u << 21)
#define CMD_HOLD       (1u << 29)
#define CMD_START      (1u << 31)

#define INT_CMD_DONE   (1u << 2)
#define INT_DATA_OVER  (1u << 3)
#define INT_AUTO_STOP  (1u << 14)
/* Response, CRC and time-out errors, FIFO, locked write, start and end bit */
#define INT_CMD_ERROR  (1u << 1 | 1u << 6 | 1u << 8 | 1u << 12)
#define INT_DATA_ERROR (1u << 7 | 1u << 9 | 1u << 10 | 1u << 11 | 1u << 13 | 1u << 15)

#define STATUS_BUSY    (1u << 9)
#define STATUS_WORDS(status) ((status) >> 17 & 0x1fff)

#define FIFO_ROOM      64u          /* words; the FIFO has more */
#define SECTOR_BYTES   512u
#define SECTORS_MAX    128u         /* of a command */
#define SECOND_TICKS   24000000u

/* Dividers of the controller's clock, by twice their value: below 400 kHz, then below 50 MHz. */
#define DIVIDER_SLOW   0xffu
#define DIVIDER_FAST   1u

#define R1             (CMD_RESPONSE | CMD_CHECK_CRC)
#define R2             (CMD_RESPONSE | CMD_LONG | CMD_CHECK_CRC)
#define R3             CMD_RESPONSE

#define OCR_VOLTAGES   0x00ff8000u
#define OCR_CAPACITY   (1u << 30)   /* asked: high capacity is understood; answered: sectors count */
#define OCR_READY      (1u << 31)

static bool by_sector; /* the card's addresses are sectors, not bytes */

static uint32_t get(uint32_t offset)
{
    return mmio_read32(MSHC2 + offset);
}

static void set(uint32_t offset, uint32_t value)
{
    mmio_write32(MSHC2 + offset, value);
}

/* Waits until register & mask is wanted; false after a second. */
static bool wait_for(uint32_t offset, uint32_t mask, uint32_t wanted)
{
    uint64_t end = 0;

    while ((get(offset) & mask) != wanted) {
        uint64_t now = arch_counter();

        end = end ? end : now + SECOND_TICKS;
        if (now > end) {
            return false;
        }
    }
    return true;
}

/* As wait_for(), for any of the bits. */
static bool wait_any(uint32_t offset, uint32_t mask)
{
    uint64_t end = 0;

    while (!(get(offset) & mask)) {
        uint64_t now = arch_counter();

        end = end ? end : now + SECOND_TICKS;
        if (now > end) {
            return false;
        }
    }
    return true;
}

static bool update_clock(uint32_t divider)
{
    set(CLKENA, 0);
    set(CMD, CMD_START | CMD_CLOCK | CMD_WAIT);
    if (!wait_for(CMD, CMD_START, 0)) {
        return false;
    }
    set(CLKDIV, divider);
    set(CLKENA, 1);
    set(CMD, CMD_START | CMD_CLOCK | CMD_WAIT);
    return wait_for(CMD, CMD_START, 0);
}

/* Sends a command and waits for its response, which is in RESP0 then. */
static bool command(unsigned index, uint32_t argument, uint32_t flags)
{
    set(RINTSTS, 0xffffffff);
    set(CMDARG, argument);
    set(CMD, CMD_START | CMD_HOLD | CMD_WAIT | flags | index);
    return wait_any(RINTSTS, INT_CMD_DONE | INT_CMD_ERROR) && !(get(RINTSTS) & INT_CMD_ERROR);
}

/* ACMD41 until the card is ready. */
static bool power_up(bool is_version_2)
{
    uint64_t end = arch_counter() + SECOND_TICKS;

    do {
        if (!command(55, 0, R1) ||
            !command(41, OCR_VOLTAGES | (is_version_2 ? OCR_CAPACITY : 0), R3)) {
            return false;
        }
    } while (!(get(RESP0) & OCR_READY) && arch_counter() < end);
    by_sector = get(RESP0) & OCR_CAPACITY;
    return get(RESP0) & OCR_READY;
}

static bool identify(void)
{
    uint32_t address;

    command(0, 0, CMD_INIT);
    if (!power_up(command(8, 0x1aa, R1)) || !command(2, 0, R2) || !command(3, 0, R1)) {
        return false;
    }
    address = get(RESP0) & 0xffff0000;
    return command(7, address, R1) && wait_for(STATUS, STATUS_BUSY, 0) &&
           command(16, SECTOR_BYTES, R1);
}

bool mshc_init(void)
{
    set(CTRL, CTRL_RESET);
    if (!wait_for(CTRL, CTRL_RESET, 0)) {
        return false;
    }
    set(CTRL, 0);
    set(BMOD, 0);
    set(INTMASK, 0);
    set(FIFOTH, FIFOTH_VALUE);
    set(PWREN, 1);
    set(TMOUT, 0xffffffff);
    set(CTYPE, 0); /* one data line */
    set(BLKSIZ, SECTOR_BYTES);
    return update_clock(DIVIDER_SLOW) && identify() && update_clock(DIVIDER_FAST);
}

static bool start(unsigned index, uint64_t sector, uint32_t count, uint32_t flags)
{
    set(CTRL, 1u << 1); /* the FIFO begins empty */
    if (!wait_for(CTRL, 1u << 1, 0)) {
        return false;
    }
    set(BYTCNT, count * SECTOR_BYTES);
    return command(index, (uint32_t)(by_sector ? sector : sector * SECTOR_BYTES),
                   R1 | CMD_DATA | CMD_AUTO_STOP | flags);
}

/* The card has all, and has been told that there is no more. */
static bool finish(void)
{
    return wait_any(RINTSTS, INT_DATA_OVER | INT_DATA_ERROR) &&
           wait_any(RINTSTS, INT_AUTO_STOP | INT_DATA_ERROR) &&
           wait_for(STATUS, STATUS_BUSY, 0) && !(get(RINTSTS) & INT_DATA_ERROR);
}

/* Words that can be moved now, at most left; 0 after an error or a second. */
static uint32_t ready(bool write, uint32_t left)
{
    uint64_t end = 0;

    while (!(get(RINTSTS) & INT_DATA_ERROR)) {
        uint32_t held = STATUS_WORDS(get(STATUS));
        uint32_t count = write ? (held < FIFO_ROOM ? FIFO_ROOM - held : 0) : held;
        uint64_t now;

        if (count > 0) {
            return count < left ? count : left;
        }
        now = arch_counter();
        end = end ? end : now + SECOND_TICKS;
        if (now > end) {
            break;
        }
    }
    return 0;
}

static bool read_some(uint64_t sector, uint32_t *to, uint32_t count)
{
    uint32_t left = count * SECTOR_BYTES / 4;

    if (!start(18, sector, count, 0)) {
        return false;
    }
    while (left > 0) {
        uint32_t words = ready(false, left);

        if (words == 0) {
            return false;
        }
        left -= words;
        while (words-- > 0) {
            *to++ = get(DATA);
        }
    }
    return finish();
}

static bool write_some(uint64_t sector, const uint32_t *from, uint32_t count)
{
    uint32_t left = count * SECTOR_BYTES / 4;

    if (!start(25, sector, count, CMD_WRITE)) {
        return false;
    }
    while (left > 0) {
        uint32_t words = ready(true, left);

        if (words == 0) {
            return false;
        }
        left -= words;
        while (words-- > 0) {
            set(DATA, *from++);
        }
    }
    return finish();
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

bool mshc_read(uint64_t sector, void *to, uint32_t count)
{
    uint32_t *at = to;

    for (uint32_t some; count > 0; count -= some, sector += some) {
        some = smaller(count, SECTORS_MAX);
        if (!read_some(sector, at, some)) {
            return false;
        }
        at += some * SECTOR_BYTES / 4;
    }
    return true;
}

bool mshc_write(uint64_t sector, const void *from, uint32_t count)
{
    const uint32_t *at = from;

    for (uint32_t some; count > 0; count -= some, sector += some) {
        some = smaller(count, SECTORS_MAX);
        if (!write_some(sector, at, some)) {
            return false;
        }
        at += some * SECTOR_BYTES / 4;
    }
    return true;
}
