/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the page that `hyptrace report` writes.
 */
#ifndef HYPTRACE_CLI_REPORT_H
#define HYPTRACE_CLI_REPORT_H

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/json.h"

/* Causes that the page tells apart; their numbers have 16 bits. */
#define REPORT_CAUSES_MAX 65535

/* A column of numbers, one for each trap, little endian. */
enum report_column {
    COLUMN_TIME_LOW, COLUMN_TIME_HIGH, /* ns */
    COLUMN_CPU, COLUMN_VM, COLUMN_VCPU, COLUMN_CAUSE, COLUMN_PC,
    COLUMN_HYP, COLUMN_AWAY,           /* in the unit of the page; UINT32_MAX: unknown */
    COLUMN_COUNT,
};

struct report_cause {
    struct ht_cause cause;
    bool nested;
    uint64_t entries;
};

/* The traps of a trace in columns. */
struct report_traps {
    GByteArray *columns[COLUMN_COUNT];
    GArray *causes;            /* struct report_cause */
    GHashTable *cause_numbers;
    uint64_t count;
};

/** report_traps_new: reads the traps that input's filter selects; *error as ht_walk_next(). */
struct report_traps *report_traps_new(const struct cli_input *input, GError **error);
void report_traps_free(struct report_traps *traps);

/** report_columns: the columns as elements of the page, compressed. */
void report_columns(GString *out, const struct report_traps *traps);

/** report_meta_columns: "name": "u32" ... in an object. */
void report_meta_columns(struct json *json);

/** report_summary: rows of the summary as the page shows them, a class and then its details. */
void report_summary(struct json *json, const char *key, const HtSummary *summary,
                    const HtMap *map);

#endif
