/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words of filter expressions.
 */
#include <string.h>

#include "hyptrace/lib/filter_lex.h"

/* Longest first where one begins with another. */
static const struct {
    const char *text;
    enum ht_token_kind kind;
} marks[] = {
    {"==", HT_TOKEN_EQ}, {"!=", HT_TOKEN_NE}, {"<=", HT_TOKEN_LE}, {">=", HT_TOKEN_GE},
    {"=~", HT_TOKEN_LIKE}, {"&&", HT_TOKEN_AND}, {"||", HT_TOKEN_OR}, {"..", HT_TOKEN_RANGE},
    {"<", HT_TOKEN_LT}, {">", HT_TOKEN_GT}, {"!", HT_TOKEN_NOT}, {"&", HT_TOKEN_MASK},
    {"(", HT_TOKEN_OPEN}, {")", HT_TOKEN_CLOSE}, {"{", HT_TOKEN_BRACE}, {"}", HT_TOKEN_UNBRACE},
    {",", HT_TOKEN_COMMA}, {"+", HT_TOKEN_PLUS},
};

static const struct {
    const char *text;
    enum ht_token_kind kind;
} keywords[] = {
    {"and", HT_TOKEN_AND}, {"or", HT_TOKEN_OR}, {"not", HT_TOKEN_NOT}, {"in", HT_TOKEN_IN},
};

static const struct {
    const char *suffix;
    unsigned digits; /* decimal places that the unit has in ns */
} units[] = {
    {"ns", 0}, {"us", 3}, {"ms", 6}, {"s", 9},
};

static void bad(struct ht_token *token, size_t length_bytes, const char *what)
{
    token->kind = HT_TOKEN_BAD;
    token->length_bytes = length_bytes;
    g_strlcpy(token->text, what, sizeof(token->text));
}

static gboolean is_word_char(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '-';
}

/* Copies a word or the inside of a string; too long a one is bad. */
static void take_text(struct ht_token *token, enum ht_token_kind kind, const char *from,
                      size_t bytes, size_t length_bytes)
{
    if (bytes >= sizeof(token->text)) {
        bad(token, length_bytes, "a word of more than 63 characters");
        return;
    }
    token->kind = kind;
    token->length_bytes = length_bytes;
    memcpy(token->text, from, bytes);
    token->text[bytes] = '\0';
}

static void take_string(const char *p, struct ht_token *token)
{
    const char *end = strchr(p + 1, '"');

    if (end) {
        take_text(token, HT_TOKEN_STRING, p + 1, end - p - 1, end - p + 1);
    } else {
        bad(token, strlen(p), "the string has no closing \"");
    }
}

static void take_word(const char *p, struct ht_token *token)
{
    size_t bytes = 0;

    while (is_word_char(p[bytes])) {
        bytes++;
    }
    take_text(token, HT_TOKEN_WORD, p, bytes, bytes);
    for (size_t i = 0; i < G_N_ELEMENTS(keywords) && token->kind == HT_TOKEN_WORD; i++) {
        if (!strcmp(token->text, keywords[i].text)) {
            token->kind = keywords[i].kind;
        }
    }
}

/* number := number * 10 + digit; FALSE if it is too large. */
static gboolean add_digit(guint64 *number, unsigned digit, unsigned base)
{
    guint64 more;

    return g_uint64_checked_mul(&more, *number, base) &&
           g_uint64_checked_add(number, more, digit);
}

/* The number scaled to ns with its decimal places at fraction; FALSE if it is too large. */
static gboolean scale(guint64 *number, const char *fraction, unsigned digits)
{
    for (; digits; digits--) {
        unsigned digit = g_ascii_isdigit(*fraction) ? (unsigned)(*fraction++ - '0') : 0;

        if (!add_digit(number, digit, 10)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What follows the digits: nothing, or a unit. */
static gboolean take_unit(const char *suffix, size_t bytes, const char *fraction,
                          struct ht_token *token)
{
    guint64 number = token->number;

    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strlen(units[i].suffix) == bytes && !strncmp(units[i].suffix, suffix, bytes)) {
            token->kind = HT_TOKEN_TIME;
            if (!scale(&number, fraction, units[i].digits)) {
                return FALSE;
            }
            token->number = number;
            return TRUE;
        }
    }
    return bytes == 0 && !*fraction;
}

static void take_number(const char *begin, struct ht_token *token)
{
    const char *p = begin, *fraction = "", *suffix;
    unsigned base = p[0] == '0' && (p[1] == 'x' || p[1] == 'X') ? 16 : 10;
    guint64 number = 0;
    gboolean fine = TRUE;

    p += base == 16 ? 2 : 0;
    fine = base == 10 || g_ascii_isxdigit(*p);
    for (; fine && (base == 16 ? g_ascii_isxdigit(*p) : g_ascii_isdigit(*p)); p++) {
        fine = add_digit(&number, (unsigned)g_ascii_xdigit_value(*p), base);
    }
    if (base == 10 && p[0] == '.' && g_ascii_isdigit(p[1])) {
        fraction = ++p;
        p += strspn(p, "0123456789");
    }
    for (suffix = p; is_word_char(*p); p++) {
    }
    token->kind = HT_TOKEN_NUMBER;
    token->number = number;
    token->length_bytes = p - begin;
    if (!fine || !take_unit(suffix, p - suffix, fraction, token)) {
        bad(token, p - begin, "not a number of 64 bits, nor a time (ns, us, ms, s)");
    }
}

static void take_mark(const char *p, struct ht_token *token)
{
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (g_str_has_prefix(p, marks[i].text)) {
            token->kind = marks[i].kind;
            token->length_bytes = strlen(marks[i].text);
            return;
        }
    }
    bad(token, 1, *p == '=' ? "'=' is no relation; equal is '=='"
                            : "this character means nothing here");
}

void ht_token_next(const char *text, size_t offset_bytes, struct ht_token *token)
{
    const char *p = text + offset_bytes;

    while (g_ascii_isspace(*p)) {
        p++;
    }
    memset(token, 0, sizeof(*token));
    token->offset_bytes = p - text;
    if (!*p) {
        token->kind = HT_TOKEN_END;
    } else if (*p == '"') {
        take_string(p, token);
    } else if (g_ascii_isdigit(*p)) {
        take_number(p, token);
    } else if (g_ascii_isalpha(*p) || *p == '_') {
        take_word(p, token);
    } else {
        take_mark(p, token);
    }
}
