/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * TAP lines and the text they are made of.
 */
#include <stdarg.h>
#include <stddef.h>
#include "board.h"
#include "console.h"
#include "tap.h"

static uint32_t claims;

void text_clear(struct text *text)
{
    text->length = 0;
    text->s[0] = 0;
}

void text_add(struct text *text, const char *s)
{
    while (*s && text->length < sizeof(text->s) - 1) {
        text->s[text->length++] = *s++;
    }
    text->s[text->length] = 0;
}

static void add_char(struct text *text, char c)
{
    text_add(text, (char[]) { c, 0 });
}

void text_add_hex(struct text *text, uint32_t value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        add_char(text, "0123456789abcdef"[value >> shift & 15]);
    }
}

void text_add_decimal(struct text *text, uint32_t value)
{
    if (value > 9) {
        text_add_decimal(text, value / 10);
    }
    add_char(text, (char)('0' + value % 10));
}

void text_add_field(struct text *text, const char *name, uint32_t value)
{
    text_add(text, " ");
    text_add(text, name);
    text_add(text, "=");
    text_add_hex(text, value);
}

struct text text_path(const char *first, ...)
{
    struct text path;
    va_list parts;

    text_clear(&path);
    text_add(&path, first);
    va_start(parts, first);
    for (const char *part; (part = va_arg(parts, const char *)) != NULL;) {
        text_add(&path, "/");
        text_add(&path, part);
    }
    va_end(parts);
    return path;
}

void tap_group(const char *name, const char *section, const char *question)
{
    put_text("# group ");
    put_text(name);
    put_text(" | ");
    put_text(section);
    put_text(" | ");
    put_text(question);
    put_text("\n");
}

static void put_line(const char *verdict, const char *name, const char *mark, const char *detail)
{
    put_text(verdict);
    put_decimal(++claims);
    put_text(" - ");
    put_text(name);
    put_text(mark);
    put_text(detail);
    put_text("\n");
}

void tap_claim(bool ok, const char *name, const char *detail)
{
    if (ok) {
        put_line("ok ", name, "", "");
    } else {
        put_line("not ok ", name, " #", detail);
    }
}

void tap_impdef(const char *name, const char *outcome)
{
    put_line("ok ", name, " # IMPDEF ", outcome);
}

void tap_skip(const char *name, const char *reason)
{
    put_line("ok ", name, " # SKIP ", reason);
}

void tap_end(void)
{
    put_text("1..");
    put_decimal(claims);
    put_text("\n");
    board_power_off();
}

void tap_bail_out(const char *reason, uint32_t a, uint32_t b)
{
    put_text("Bail out! ");
    put_text(reason);
    put_text(" ");
    put_hex(a);
    put_text(" ");
    put_hex(b);
    put_text("\n");
    board_power_off();
}
