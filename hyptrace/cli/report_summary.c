/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The summary as the page shows it.
 */
#include <stdlib.h>

#include "hyptrace/cli/report.h"

static void add_span(struct json *json, const char *key, const struct ht_histogram *histogram)
{
    if (!histogram->count) {
        json_key(json, key);
        g_string_append(json->out, "null");
        return;
    }
    json_open(json, key, '{');
    json_real(json, "mean", ht_histogram_mean(histogram));
    json_number(json, "median", ht_histogram_quantile(histogram, 0.5));
    json_number(json, "p99", ht_histogram_quantile(histogram, 0.99));
    json_number(json, "max", histogram->max);
    json_close(json, '}');
}

/* detail: NULL for a whole class. */
static void add_row(struct json *json, const struct ht_summary_row *row, const char *detail)
{
    json_open(json, NULL, '{');
    json_text(json, "cls", ht_class_name(row->cause.cls));
    if (detail) {
        json_text(json, "detail", detail);
    } else {
        json_key(json, "detail");
        g_string_append(json->out, "null");
    }
    json_bool(json, "nested", row->nested);
    json_number(json, "entries", row->entries);
    json_number(json, "exits", row->exits);
    add_span(json, "hyp", &row->hyp);
    add_span(json, "away", &row->away);
    json_close(json, '}');
}

static int more_entries_first(const void *a, const void *b)
{
    const struct ht_summary_row *x = *(struct ht_summary_row *const *)a;
    const struct ht_summary_row *y = *(struct ht_summary_row *const *)b;

    return (x->entries < y->entries) - (x->entries > y->entries);
}

static void add_details(struct json *json, const HtSummary *summary, const HtMap *map,
                        const struct ht_summary_row *total)
{
    for (unsigned i = 0; i < summary->rows->len; i++) {
        const struct ht_summary_row *row = g_ptr_array_index(summary->rows, i);
        char detail[128];

        if (row->cause.cls == total->cause.cls && row->nested == total->nested) {
            ht_cause_detail(&row->cause, map, detail, sizeof(detail));
            add_row(json, row, detail);
        }
    }
}

void report_summary(struct json *json, const char *key, const HtSummary *summary,
                    const HtMap *map)
{
    struct ht_summary_row *totals[2 * HT_CLASS_COUNT];
    unsigned count = 0;

    for (unsigned i = 0; i < 2 * HT_CLASS_COUNT; i++) {
        totals[count] = g_new0(struct ht_summary_row, 1);
        ht_summary_total(summary, i / 2, i % 2, totals[count]);
        if (totals[count]->entries) {
            count++;
        } else {
            g_free(totals[count]);
        }
    }
    qsort(totals, count, sizeof(totals[0]), more_entries_first);
    json_open(json, key, '[');
    for (unsigned i = 0; i < count; i++) {
        add_row(json, totals[i], NULL);
        add_details(json, summary, map, totals[i]);
        g_free(totals[i]);
    }
    json_close(json, ']');
}
