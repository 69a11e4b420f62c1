/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filter expressions: text, compiled once to a predicate on some subject.
 *
 *   expression  = term { ("||" | "or") term }
 *   term        = factor { ("&&" | "and") factor }
 *   factor      = ("!" | "not") factor | "(" expression ")" | test
 *   test        = FIELD [ "&" NUMBER ] relation value
 *               | FIELD [ "&" NUMBER ] "in" ( range | "{" range { "," range } "}" )
 *               | FIELD                                  of a flag, or: the subject has it
 *   relation    = "==" | "!=" | "<" | "<=" | ">" | ">=" | "=~"
 *   range       = value [ ".." ( value | "+" NUMBER ) ]  both ends belong to it; "+" a length
 *   value       = NUMBER | TIME | WORD | STRING
 *
 * NUMBER is as in C; TIME has a suffix ns, us, ms or s and may have a fraction; a WORD may hold
 * "-"; a STRING is in double quotes and holds anything else.  "=~" matches texts with * and ?.
 * A test of a field that the subject does not have is false, whatever the relation.
 *
 * What the fields are is the caller's affair (struct ht_filter_language): the fields of a trace's
 * events are in facts.h.  Nothing here but GLib is needed.
 */
#ifndef HYPTRACE_LIB_FILTER_H
#define HYPTRACE_LIB_FILTER_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* What a field holds, and so what it may be compared with. */
enum ht_filter_kind {
    HT_FILTER_NUMBER, /* numbers, and names if the field has some */
    HT_FILTER_TIME,   /* the same in ns; times have a suffix */
    HT_FILTER_FLAG,   /* 0 or 1; stands alone, or == 0, == 1 */
    HT_FILTER_TEXT,   /* words and strings, by ==, !=, =~ and in */
};

/* Most fields of a language. */
#define HT_FILTER_FIELDS_MAX 256

struct ht_filter_field {
    const char *name;
    enum ht_filter_kind kind;
    bool (*value_of)(const char *name, uint64_t *value); /* a name as a number, or NULL */
};

/* Value of a field. */
struct ht_filter_value {
    uint64_t number;
    const char *text; /* HT_FILTER_TEXT; valid until the next get() */
};

struct ht_filter_language {
    const struct ht_filter_field *fields;
    unsigned count;   /* up to HT_FILTER_FIELDS_MAX; of equal names the first counts */
    /* Reads a field of subject; false: the subject does not have it. */
    bool (*get)(void *subject, unsigned field, struct ht_filter_value *value);
};

/* The part of the text that an error is about. */
struct ht_filter_place {
    size_t offset_bytes;
    size_t length_bytes; /* 0: at the end of the text */
};

typedef struct HtFilter HtFilter;

/**
 * ht_filter_new: compiles text.  language must outlive the filter.
 *
 * Returns NULL with HT_ERROR_SYNTAX, a message of one line, and *place (may be NULL) if the text
 * is no expression, names an unknown field, compares what cannot be compared, is longer than
 * 16 KiB or nested more than 100 deep.  Free with ht_filter_free().
 */
HtFilter *ht_filter_new(const char *text, const struct ht_filter_language *language,
                        struct ht_filter_place *place, GError **error);
void ht_filter_free(HtFilter *filter);

/** ht_filter_match: whether subject, which language->get() understands, is what the text says. */
bool ht_filter_match(const HtFilter *filter, void *subject);

/** ht_filter_uses: whether the text names the field of this number. */
bool ht_filter_uses(const HtFilter *filter, unsigned field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtFilter, ht_filter_free)

#endif
