/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Boot ROM, CPU0: what Samsung's iROM and BL1 do for the SPL.  Reads the boot
 * mode, loads the SPL from the card, checks its checksum, leaves the words
 * and copy functions that the SPL uses, and jumps to it.
 *
 * Layout of the card and words in SYSRAM: U-Boot v2023.01
 * arch/arm/mach-exynos/spl_boot.c; checksum: its tools/mkexynosspl.c.
 */
#include "handoff.h"
#include "rom.h"

#define PMU_OM_STAT         0x10040000
#define PMU_PS_HOLD         0x1004330c
#define PS_HOLD_KEEP_POWER  0x100
#define OM_MASK             0x3e
#define OM_SD               0x04
#define OM_EMMC             0x08

#define WORD_COPY_SD        0x02020030
#define WORD_COPY_EMMC      0x02020044
#define WORD_END_EMMC       0x02020048
#define WORD_COPY_SPI       0x02020058
#define WORD_COPY_USB       0x02020070

#define SPL_ADDRESS         0x02023400u
#define SPL_BYTES           0x3800u     /* the last word is the checksum */
#define SPL_SECTORS         (SPL_BYTES / SECTOR_BYTES)
#define SPL_WINDOW_SECTORS  32u
#define BL1_SECTORS         16u
#define SD_SPL_SECTOR       17u         /* behind the MBR and BL1 */

/* The eMMC's boot partition is one stream: BL1, SPL window, U-Boot. */
static uint32_t emmc_position;

static void __attribute__((noreturn)) give_up(const char *what, const char *why)
{
    rom_puts("boot ROM: ");
    rom_puts(what);
    rom_puts(": ");
    rom_puts(why);
    rom_puts("\n");
    rom_stop();
}

/* U-Boot SPL: copy_sd(first sector, sectors, destination). */
static uint32_t copy_sd(uint32_t first, uint32_t count, uint32_t dst)
{
    if (!card_read(first, count, (void *)dst)) {
        give_up("SD card", "read error while the SPL loads U-Boot; is the image complete?");
    }
    return 1;
}

static uint32_t copy_emmc(uint32_t count, uint32_t dst)
{
    if (!card_read(emmc_position, count, (void *)dst)) {
        give_up("eMMC", "read error while the SPL loads U-Boot; is the image complete?");
    }
    emmc_position += count;
    return 1;
}

static uint32_t copy_unsupported(void)
{
    give_up("boot mode", "the SPL asks for a medium other than SD or eMMC");
}

static void publish_copy_functions(void)
{
    REG(WORD_COPY_SD) = (uint32_t)copy_sd;
    REG(WORD_COPY_EMMC) = (uint32_t)copy_emmc;
    REG(WORD_END_EMMC) = (uint32_t)emmc_close;
    REG(WORD_COPY_SPI) = (uint32_t)copy_unsupported;
    REG(WORD_COPY_USB) = (uint32_t)copy_unsupported;
}

static bool is_blank(const uint32_t *words, uint32_t bytes)
{
    for (uint32_t i = 1; i < bytes / 4; i++) {
        if (words[i] != words[0]) {
            return false;
        }
    }
    return words[0] == 0 || words[0] == ~0u;
}

/* Dies unless a whole SPL stands at SPL_ADDRESS. */
static void check_spl(const char *medium)
{
    const uint8_t *bytes = (const uint8_t *)SPL_ADDRESS;
    const uint32_t *words = (const uint32_t *)SPL_ADDRESS;
    uint32_t stored = words[SPL_BYTES / 4 - 1];
    uint32_t sum = 0;

    if (is_blank(words, SPL_BYTES)) {
        give_up(medium, "no SPL (sectors 17 to 44 of a card are blank)");
    }
    if (is_blank(words + SPL_BYTES / 4 - 16, 64)) {
        give_up(medium, "the SPL is truncated (its end is blank)");
    }
    for (uint32_t i = 0; i < SPL_BYTES - 4; i++) {
        sum += bytes[i];
    }
    if (sum != stored) {
        rom_puts("boot ROM: SPL checksum is ");
        rom_put_hex(sum);
        rom_puts(", the image says ");
        rom_put_hex(stored);
        rom_puts("\n");
        give_up(medium, "the SPL is damaged (wrong checksum)");
    }
}

static void __attribute__((noreturn)) boot_from_sd(void)
{
    const char *why;

    if (!sd_open(&why)) {
        give_up("SD card", why);
    }
    if (!card_read(SD_SPL_SECTOR, SPL_WINDOW_SECTORS, (void *)SPL_ADDRESS)) {
        give_up("SD card", "cannot read the SPL (sectors 17 to 48); is the image complete?");
    }
    check_spl("SD card");
    publish_copy_functions();
    rom_enter_secure(0, 0, 0, SPL_ADDRESS);
}

static void __attribute__((noreturn)) boot_from_emmc(void)
{
    const char *why;

    if (!emmc_open(&why)) {
        give_up("eMMC", why);
    }
    emmc_position = BL1_SECTORS;
    copy_emmc(SPL_WINDOW_SECTORS, SPL_ADDRESS);
    check_spl("eMMC");
    publish_copy_functions();
    rom_enter_secure(0, 0, 0, SPL_ADDRESS);
}

/* Hands over to the image that the board placed in memory. */
static void __attribute__((noreturn)) boot_handoff(const BootHandoff *handoff)
{
    const char *why;

    switch (handoff->mode) {
    case HANDOFF_MODE_HYP:
        /* As SPL and U-Boot do: the board stays on until this bit falls. */
        REG(PMU_PS_HOLD) |= PS_HOLD_KEEP_POWER;
        rom_enter_hyp(handoff->r0, handoff->r1, handoff->r2, handoff->entry);
    case HANDOFF_MODE_SPL:
        /* A card is welcome: the SPL asks for U-Boot on it. */
        sd_open(&why);
        publish_copy_functions();
        break;
    }
    rom_enter_secure(handoff->r0, handoff->r1, handoff->r2, handoff->entry);
}

void rom_main(void)
{
    const BootHandoff *handoff = (const BootHandoff *)HANDOFF_OFFSET;

    if (handoff->magic == HANDOFF_MAGIC) {
        boot_handoff(handoff);
    }
    switch (REG(PMU_OM_STAT) & OM_MASK) {
    case OM_SD:
        boot_from_sd();
    case OM_EMMC:
        boot_from_emmc();
    default:
        give_up("boot mode", "the board's switches ask for neither SD nor eMMC");
    }
}
