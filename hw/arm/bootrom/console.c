/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The little that the boot ROM ever says, on UART2.  Silent when all is well. */
#include "rom.h"

#define UART2   0x12c20000
#define ULCON   (UART2 + 0x00)
#define UCON    (UART2 + 0x04)
#define UFCON   (UART2 + 0x08)
#define UFSTAT  (UART2 + 0x18)
#define UTXH    (UART2 + 0x20)

#define ULCON_8N1       3
#define UCON_POLLING    5               /* receive and transmit by polling */
#define UFCON_ENABLE    1
#define UFSTAT_TX_FULL  (1u << 24)

static void put_char(char c)
{
    while (REG(UFSTAT) & UFSTAT_TX_FULL) {
        /* drain */
    }
    REG(UTXH) = (uint8_t)c;
}

void rom_puts(const char *text)
{
    REG(ULCON) = ULCON_8N1;
    REG(UCON) = UCON_POLLING;
    REG(UFCON) = UFCON_ENABLE;
    for (; *text; text++) {
        if (*text == '\n') {
            put_char('\r');
        }
        put_char(*text);
    }
}

void rom_put_hex(uint32_t value)
{
    char digits[9];

    for (int i = 0; i < 8; i++) {
        digits[i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 0xf];
    }
    digits[8] = '\0';
    rom_puts(digits);
}
