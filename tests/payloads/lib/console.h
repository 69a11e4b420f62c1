/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Text on the board's console.
 */
#ifndef PAYLOADS_LIB_CONSOLE_H
#define PAYLOADS_LIB_CONSOLE_H

#include <stdint.h>

void put_text(const char *text);
void put_decimal(uint32_t value);
void put_hex(uint32_t value);       /* 8 digits */

/** put_counter: a line with CNTPCT; tells whether two deterministic runs did the same. */
void put_counter(void);

#endif
