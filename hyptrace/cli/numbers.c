/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers as tables show them.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hyptrace/cli/numbers.h"

void number_grouped(char text[NUMBER_TEXT_BYTES], uint64_t value)
{
    char digits[24];
    int count = snprintf(digits, sizeof(digits), "%" PRIu64, value);

    for (int i = 0; i < count; i++) {
        *text++ = digits[i];
        if (i + 1 < count && (count - i - 1) % 3 == 0) {
            *text++ = ',';
        }
    }
    *text = '\0';
}

/* Three significant digits of a value below 1000; a whole number stays one. */
static void three_digits(char text[NUMBER_TEXT_BYTES], double value, bool whole)
{
    static const unsigned powers[] = {1, 10, 100};
    unsigned decimals = whole || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    unsigned scaled = (unsigned)lrint(value * powers[decimals]);
    char digits[NUMBER_TEXT_BYTES];
    unsigned count = 0;

    do {
        digits[count++] = (char)('0' + scaled % 10);
        scaled /= 10;
    } while (scaled || count <= decimals);
    while (count) {
        if (count == decimals) {
            *text++ = '.';
        }
        *text++ = digits[--count];
    }
    *text = '\0';
}

void number_short(char text[NUMBER_TEXT_BYTES], double value, bool as_time)
{
    static const char *const suffixes[2][6] = {
        {"", "k", "M", "G", "T", "P"},
        {"n", "u", "m", "s", "s", "s"},
    };
    const unsigned last = as_time ? 3 : 5;
    unsigned scale = 0;

    while (value >= 999.5 && scale < last) {
        value /= 1000;
        scale++;
    }
    three_digits(text, value, scale == 0 && value == floor(value));
    strcat(text, suffixes[as_time][scale]);
}

void number_percent(char text[NUMBER_TEXT_BYTES], uint64_t part, uint64_t whole)
{
    if (whole == 0) {
        strcpy(text, "-");
    } else if (part == whole) {
        strcpy(text, "100%");
    } else {
        snprintf(text, NUMBER_TEXT_BYTES, "%.1f%%", 100.0 * (double)part / (double)whole);
    }
}

void number_seconds(char text[NUMBER_TEXT_BYTES], uint64_t ns)
{
    snprintf(text, NUMBER_TEXT_BYTES, "%" PRIu64 ".%09" PRIu64, ns / 1000000000,
             ns % 1000000000);
}
