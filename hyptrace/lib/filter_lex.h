/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words of filter expressions.
 */
#ifndef HYPTRACE_LIB_FILTER_LEX_H
#define HYPTRACE_LIB_FILTER_LEX_H

#include <stdint.h>
#include <glib.h>

enum ht_token_kind {
    HT_TOKEN_END,
    HT_TOKEN_WORD,   /* text */
    HT_TOKEN_STRING, /* text, without quotes */
    HT_TOKEN_NUMBER, /* number */
    HT_TOKEN_TIME,   /* number, in ns */
    HT_TOKEN_EQ, HT_TOKEN_NE, HT_TOKEN_LT, HT_TOKEN_LE, HT_TOKEN_GT, HT_TOKEN_GE, HT_TOKEN_LIKE,
    HT_TOKEN_AND, HT_TOKEN_OR, HT_TOKEN_NOT, HT_TOKEN_IN,
    HT_TOKEN_OPEN, HT_TOKEN_CLOSE, HT_TOKEN_BRACE, HT_TOKEN_UNBRACE, HT_TOKEN_COMMA,
    HT_TOKEN_RANGE, HT_TOKEN_PLUS, HT_TOKEN_MASK,
    HT_TOKEN_BAD,    /* text is what is wrong */
};

struct ht_token {
    enum ht_token_kind kind;
    size_t offset_bytes;
    size_t length_bytes;
    uint64_t number;
    char text[64];   /* longer words and strings are bad */
};

/** ht_token_next: reads the token that begins at or after offset_bytes of text. */
void ht_token_next(const char *text, size_t offset_bytes, struct ht_token *token);

#endif
