/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes JSON text (RFC 8259).
 */
#include "hyptrace/cli/json.h"
#include "hyptrace/lib/text.h"

static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            g_string_append_c(out, '\\');
            g_string_append_c(out, *text);
        } else if (c < ' ') {
            g_string_append_printf(out, "\\u%04x", c);
        } else {
            g_string_append_c(out, *text);
        }
    }
    g_string_append_c(out, '"');
}

/* What comes before a value. */
void json_key(struct json *json, const char *key)
{
    if (json->comma) {
        g_string_append_c(json->out, ',');
    }
    if (json->lines && (json->depth == 1 || json->depth == 2)) {
        g_string_append_c(json->out, '\n');
        for (unsigned i = 0; i < json->depth; i++) {
            g_string_append_c(json->out, ' ');
        }
    } else if (json->comma) {
        g_string_append_c(json->out, ' ');
    }
    if (key) {
        append_quoted(json->out, key);
        g_string_append_len(json->out, ": ", 2);
    }
    json->comma = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    json_key(json, key);
    g_string_append_c(json->out, bracket);
    json->comma = false;
    json->depth++;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (json->lines && json->depth == 0) {
        g_string_append_c(json->out, '\n');
    }
    g_string_append_c(json->out, bracket);
    json->comma = true;
}

void json_text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    append_quoted(json->out, value);
}

void json_number(struct json *json, const char *key, uint64_t value)
{
    json_key(json, key);
    ht_text_dec(json->out, value, 0);
}

void json_real(struct json *json, const char *key, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    json_key(json, key);
    g_string_append(json->out, g_ascii_formatd(text, sizeof(text), "%.3f", value));
}

void json_bool(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    g_string_append(json->out, value ? "true" : "false");
}

void json_hex(struct json *json, const char *key, uint64_t value, unsigned digits)
{
    json_key(json, key);
    g_string_append_c(json->out, '"');
    ht_text_hex(json->out, value, digits);
    g_string_append_c(json->out, '"');
}
