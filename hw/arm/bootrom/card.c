/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SD and eMMC by polled I/O through the DesignWare host, as much of it as a
 * boot ROM needs: bring-up at the reset clock, 1-bit bus, block reads.
 * Commands: SD Physical Layer 3.0 ch. 4; JEDEC JESD84-A441 ch. 7.
 */
#include "rom.h"

#define MSHC0   0x12200000      /* eMMC */
#define MSHC2   0x12220000      /* SD slot */

/* Offsets of the registers used (DesignWare mobile storage host). */
enum {
    CTRL = 0x00, PWREN = 0x04, CLKENA = 0x10, TMOUT = 0x14, CTYPE = 0x18,
    BLKSIZ = 0x1c, BYTCNT = 0x20, INTMASK = 0x24, CMDARG = 0x28, CMD = 0x2c,
    RESP0 = 0x30, RESP1 = 0x34, RINTSTS = 0x44, STATUS = 0x48, CDETECT = 0x50, DATA = 0x200,
};

#define CTRL_RESETS         0x7
#define CMD_START           (1u << 31)
#define CMD_USE_HOLD        (1u << 29)
#define CMD_UPDATE_CLOCK    (1u << 21)
#define CMD_INIT            (1u << 15)
#define CMD_WAIT_PREVIOUS   (1u << 13)
#define CMD_AUTO_STOP       (1u << 12)
#define CMD_DATA            (1u << 9)
#define CMD_CHECK_CRC       (1u << 8)
#define CMD_LONG_RESPONSE   (1u << 7)
#define CMD_RESPONSE        (1u << 6)
#define INT_CMD_DONE        (1u << 2)
#define INT_DATA_OVER       (1u << 3)
#define INT_ERRORS          0xbbc2u     /* response, CRC, time-out, FIFO, end bit */
#define STATUS_FIFO_EMPTY   (1u << 2)

#define R1      (CMD_RESPONSE | CMD_CHECK_CRC)
#define R2      (CMD_RESPONSE | CMD_LONG_RESPONSE | CMD_CHECK_CRC)
#define R3      CMD_RESPONSE

/* Error bits of a card's status (SD Physical Layer 3.0, 4.10.1). */
#define R1_ERRORS           0xfdf80000u

#define OCR_READY           (1u << 31)
#define OCR_BLOCK_ADDRESSED (1u << 30)
#define OCR_VOLTAGES        0x00ff8000u

#define EXT_CSD_PARTITION_CONFIG    179
#define EXT_CSD_BOOT_SIZE_MULT      226
#define EXT_CSD_ACCESS_MASK         0x7u
#define SWITCH_WRITE_BYTE           (3u << 24)

enum {
    PATIENCE = 1000000,                 /* polls before a step counts as failed */
    BLOCKS_PER_COMMAND = 128,
};

static struct {
    uint32_t host;
    uint32_t relative_address;
    bool block_addressed;
    uint8_t partition_config;
} card;

static volatile uint32_t *host_reg(uint32_t offset)
{
    return &REG(card.host + offset);
}

static bool wait_clear(uint32_t offset, uint32_t bits)
{
    for (uint32_t i = 0; i < PATIENCE; i++) {
        if (!(*host_reg(offset) & bits)) {
            return true;
        }
    }
    return false;
}

static bool host_reset(void)
{
    *host_reg(PWREN) = 1;
    *host_reg(CTRL) = CTRL_RESETS;
    if (!wait_clear(CTRL, CTRL_RESETS)) {
        return false;
    }
    *host_reg(INTMASK) = 0;
    *host_reg(RINTSTS) = ~0u;
    *host_reg(TMOUT) = ~0u;
    *host_reg(CTYPE) = 0;
    *host_reg(CLKENA) = 1;
    *host_reg(CMD) = CMD_START | CMD_UPDATE_CLOCK | CMD_WAIT_PREVIOUS;
    return wait_clear(CMD, CMD_START);
}

/* Sends one command and waits for its response, not for its data. */
static bool command(uint32_t index, uint32_t argument, uint32_t flags)
{
    *host_reg(RINTSTS) = ~0u;
    *host_reg(CMDARG) = argument;
    *host_reg(CMD) = CMD_START | CMD_USE_HOLD | CMD_WAIT_PREVIOUS | flags | index;
    for (uint32_t i = 0; i < PATIENCE; i++) {
        uint32_t status = *host_reg(RINTSTS);

        if (status & INT_CMD_DONE) {
            return !(status & INT_ERRORS);
        }
    }
    return false;
}

/* Takes words out of the FIFO until the transfer is over. */
static bool drain(uint32_t *dst, uint32_t words)
{
    uint32_t idle = 0;

    while (words > 0) {
        if (!(*host_reg(STATUS) & STATUS_FIFO_EMPTY)) {
            *dst++ = *host_reg(DATA);
            words--;
            idle = 0;
        } else if ((*host_reg(RINTSTS) & INT_ERRORS) || idle++ == PATIENCE) {
            return false;
        }
    }
    for (idle = 0; idle < PATIENCE; idle++) {
        uint32_t status = *host_reg(RINTSTS);

        if (status & INT_ERRORS) {
            return false;
        }
        if (status & INT_DATA_OVER) {
            return true;
        }
    }
    return false;
}

static bool read_blocks(uint32_t index, uint32_t argument, uint32_t flags,
                        uint32_t bytes, uint32_t *dst)
{
    *host_reg(BLKSIZ) = SECTOR_BYTES;
    *host_reg(BYTCNT) = bytes;
    return command(index, argument, R1 | CMD_DATA | flags) &&
           !(*host_reg(RESP0) & R1_ERRORS) &&
           drain(dst, bytes / 4);
}

bool card_read(uint32_t first, uint32_t count, void *dst)
{
    uint32_t *out = dst;

    while (count > 0) {
        uint32_t n = count < BLOCKS_PER_COMMAND ? count : BLOCKS_PER_COMMAND;
        uint32_t address = card.block_addressed ? first : first * SECTOR_BYTES;

        if (!read_blocks(18, address, CMD_AUTO_STOP, n * SECTOR_BYTES, out) ||
            (*host_reg(RESP1) & R1_ERRORS)) { /* the auto-stop's response */
            return false;
        }
        first += n;
        count -= n;
        out += n * (SECTOR_BYTES / 4);
    }
    return true;
}

/* Identification to transfer state, alike for SD and eMMC. */
static bool select_card(uint32_t proposed_address)
{
    if (!command(2, 0, R2) || !command(3, proposed_address, R1)) {
        return false;
    }
    card.relative_address = proposed_address ? proposed_address
                                             : *host_reg(RESP0) & 0xffff0000u;
    return command(7, card.relative_address, R1) &&
           command(16, SECTOR_BYTES, R1);
}

static bool sd_power_up(void)
{
    uint32_t host_capacity = command(8, 0x1aa, R1) ? OCR_BLOCK_ADDRESSED : 0;

    for (uint32_t i = 0; i < PATIENCE; i++) {
        if (!command(55, 0, R1) ||
            !command(41, host_capacity | OCR_VOLTAGES, R3)) {
            return false;
        }
        if (*host_reg(RESP0) & OCR_READY) {
            card.block_addressed = *host_reg(RESP0) & OCR_BLOCK_ADDRESSED;
            return true;
        }
    }
    return false;
}

bool sd_open(const char **why)
{
    card.host = MSHC2;
    *why = "the SD host does not answer";
    if (!host_reset()) {
        return false;
    }
    *why = "no card in the slot";
    if (*host_reg(CDETECT) & 1) {
        return false;
    }
    *why = "the card does not start";
    return command(0, 0, CMD_INIT) && sd_power_up() && select_card(0);
}

static bool emmc_power_up(void)
{
    for (uint32_t i = 0; i < PATIENCE; i++) {
        if (!command(1, OCR_BLOCK_ADDRESSED | OCR_VOLTAGES, R3)) {
            return false;
        }
        if (*host_reg(RESP0) & OCR_READY) {
            card.block_addressed = *host_reg(RESP0) & OCR_BLOCK_ADDRESSED;
            return true;
        }
    }
    return false;
}

static bool emmc_switch_partition(uint32_t access)
{
    uint32_t value = (card.partition_config & ~EXT_CSD_ACCESS_MASK) | access;

    return command(6, SWITCH_WRITE_BYTE | (EXT_CSD_PARTITION_CONFIG << 16) |
                      (value << 8), R1) &&
           command(13, card.relative_address, R1);
}

bool emmc_open(const char **why)
{
    uint32_t ext_csd[SECTOR_BYTES / 4];

    card.host = MSHC0;
    *why = "the eMMC host does not answer";
    if (!host_reset()) {
        return false;
    }
    *why = "no eMMC";
    if (!command(0, 0, CMD_INIT) || !emmc_power_up()) {
        return false;
    }
    *why = "the eMMC does not start";
    if (!select_card(1u << 16) ||
        !read_blocks(8, 0, 0, SECTOR_BYTES, ext_csd)) {
        return false;
    }
    card.partition_config = ((uint8_t *)ext_csd)[EXT_CSD_PARTITION_CONFIG];
    *why = "the eMMC has no boot partitions";
    return ((uint8_t *)ext_csd)[EXT_CSD_BOOT_SIZE_MULT] != 0 &&
           emmc_switch_partition(1);
}

void emmc_close(void)
{
    emmc_switch_partition(0);
}
