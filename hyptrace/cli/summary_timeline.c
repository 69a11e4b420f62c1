/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rates of a summary over time.
 */
#include "hyptrace/cli/numbers.h"
#include "hyptrace/cli/summary_report.h"

static double column_s(const struct ht_timeline *timeline)
{
    return (double)(UINT64_C(1) << timeline->width_log2) / 1e9;
}

/* The name of a row that has entries, or NULL. */
static const char *row_name(const HtSummary *summary, const struct ht_names *names, unsigned row)
{
    const struct ht_timeline *timeline = &summary->timeline;
    uint64_t sum = 0;

    for (unsigned column = 0; column < timeline->columns; column++) {
        sum += timeline->counts[column][row];
    }
    if (!sum) {
        return NULL;
    }
    if (row < HT_TIMELINE_VM) {
        return ht_class_name(row);
    }
    return row == HT_TIMELINE_ROWS - 1 ? "later vms" : ht_vm_names_get(names->vms,
                                                                     row - HT_TIMELINE_VM);
}

/* A block for each column, as high as its share of the row's highest. */
static void add_row(GString *out, const struct ht_timeline *timeline, unsigned row)
{
    static const char *const blocks[] = {"\u2581", "\u2582", "\u2583", "\u2584", "\u2585",
                                         "\u2586", "\u2587", "\u2588"};
    char text[NUMBER_TEXT_BYTES];
    uint64_t most = 0;

    for (unsigned column = 0; column < timeline->columns; column++) {
        most = MAX(most, timeline->counts[column][row]);
    }
    for (unsigned column = 0; column < HT_TIMELINE_COLUMNS; column++) {
        uint64_t count = column < timeline->columns ? timeline->counts[column][row] : 0;

        g_string_append(out, count ? blocks[(count * G_N_ELEMENTS(blocks) - 1) / most] : " ");
    }
    number_short(text, (double)most / column_s(timeline), false);
    g_string_append_printf(out, " %6s/s\n", text);
}

void summary_add_timeline(GString *out, const HtSummary *summary, const struct ht_names *names)
{
    const struct ht_timeline *timeline = &summary->timeline;
    char text[NUMBER_TEXT_BYTES];

    number_short(text, column_s(timeline) * 1e9, true);
    g_string_append_printf(out, "\nentries over time, %s a column%*shighest\n", text,
                           (int)(HT_TIMELINE_COLUMNS - 18), "");
    for (unsigned row = 0; row < HT_TIMELINE_ROWS; row++) {
        const char *name = row_name(summary, names, row);

        if (name) {
            g_string_append_printf(out, "%-9s ", name);
            add_row(out, timeline, row);
        }
    }
}

void summary_json_timeline(struct json *json, const HtSummary *summary,
                           const struct ht_names *names)
{
    const struct ht_timeline *timeline = &summary->timeline;

    json_open(json, "timeline", '[');
    for (unsigned row = 0; row < HT_TIMELINE_ROWS; row++) {
        const char *name = row_name(summary, names, row);

        if (!name) {
            continue;
        }
        json_open(json, NULL, '{');
        json_text(json, row < HT_TIMELINE_VM ? "class" : "vm", name);
        json_number(json, "begin_ns", timeline->begin_ns);
        json_number(json, "column_ns", UINT64_C(1) << timeline->width_log2);
        json_open(json, "entries", '[');
        for (unsigned column = 0; column < timeline->columns; column++) {
            json_number(json, NULL, timeline->counts[column][row]);
        }
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}
