/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Text on the board's console.
 */
#include "board.h"
#include "console.h"
#include "cp15.h"

void put_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            board_put_char('\r');
        }
        board_put_char(*text);
    }
}

void put_decimal(uint32_t value)
{
    char digits[11];
    char *p = digits + sizeof(digits);

    *--p = 0;
    do {
        *--p = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    put_text(p);
}

void put_hex(uint32_t value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        board_put_char("0123456789abcdef"[value >> shift & 15]);
    }
}

void put_counter(void)
{
    uint64_t now = cp15_read_cntpct();

    put_text("counter ");
    put_hex((uint32_t)(now >> 32));
    put_hex((uint32_t)now);
    put_text("\n");
}
