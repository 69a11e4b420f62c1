/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the boot ROM. */
#ifndef HW_ARM_EXYNOS5_BOOTROM_ROM_H
#define HW_ARM_EXYNOS5_BOOTROM_ROM_H

#include <stdbool.h>
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))

enum {
    SECTOR_BYTES = 512,
};

/* Writes TEXT to UART2, the board's console, with CR before each LF. */
void rom_puts(const char *text);

/* Writes VALUE as eight hexadecimal digits. */
void rom_put_hex(uint32_t value);

/*
 * Brings up the SD card in MSHC2.  False if there is none or it does not
 * answer as a card should; *why then says what is wrong.
 */
bool sd_open(const char **why);

/*
 * Brings up the eMMC on MSHC0 and selects its first boot partition, which is
 * read from its start as one stream.
 */
bool emmc_open(const char **why);

/*
 * Reads COUNT sectors of the opened card from sector FIRST to DST (physical,
 * word aligned).  False on any error of the card.
 */
bool card_read(uint32_t first, uint32_t count, void *dst);

/* Leaves the eMMC's boot partition for the user area. */
void emmc_close(void);

/* Jumps to ENTRY in Secure SVC, never to return. */
void rom_enter_secure(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t entry)
    __attribute__((noreturn));

/* Does what secure firmware does for this core and enters Non-secure Hyp. */
void rom_enter_hyp(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t entry)
    __attribute__((noreturn));

/* Waits for ever, with the core asleep. */
void rom_stop(void) __attribute__((noreturn));

/* What CPU0 does after reset. */
void rom_main(void) __attribute__((noreturn));

#endif
