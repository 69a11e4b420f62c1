/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers as tables show them.
 */
#ifndef HYPTRACE_CLI_NUMBERS_H
#define HYPTRACE_CLI_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_TEXT_BYTES 32

/** number_grouped: "1,234,567". */
void number_grouped(char text[NUMBER_TEXT_BYTES], uint64_t value);

/**
 * number_short: three significant digits and a suffix, five columns at most up to 10^4 s or 10^13.
 * as_time: value is in ns and becomes "12.3u"; else it is a count: "12.3k".
 */
void number_short(char text[NUMBER_TEXT_BYTES], double value, bool as_time);

/** number_percent: "24.5%", "100%"; "-" if the whole is 0. */
void number_percent(char text[NUMBER_TEXT_BYTES], uint64_t part, uint64_t whole);

/** number_seconds: ns as seconds with all nine decimals. */
void number_seconds(char text[NUMBER_TEXT_BYTES], uint64_t ns);

#endif
