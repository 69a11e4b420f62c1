/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace latency: how long traps and exits take, as percentiles and histograms.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/json.h"
#include "hyptrace/cli/numbers.h"

/* Columns of the longest bar. */
#define BAR_COLUMNS 50

static const struct {
    const char *name;
    double fraction;
} percentiles[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}, {"p99.99", 0.9999},
};

struct latency {
    struct cli_input input;
    char *span;              /* "hyp" or "away" */
    gboolean json;
    const HtSummary *summary;
    GString *out;
};

static const struct ht_histogram *histogram_of(const struct latency *l,
                                               const struct ht_summary_row *row)
{
    return !strcmp(l->span, "away") ? &row->away : &row->hyp;
}

/* The value in the middle of a step, the inverse of ht_histogram_step(). */
static double value_of(unsigned step)
{
    unsigned exponent = step >> HT_HISTOGRAM_STEP_BITS;
    double base = (step & ((1u << HT_HISTOGRAM_STEP_BITS) - 1)) + (1u << HT_HISTOGRAM_STEP_BITS);

    if (step < 1u << (HT_HISTOGRAM_STEP_BITS + 1)) {
        return step;
    }
    return (base + 0.5) * (double)(UINT64_C(1) << (exponent - 1));
}

/* Which doubling a value belongs to: 0 for 0 and 1, n for 2^n to 2^(n+1) - 1. */
static unsigned doubling_of(double value)
{
    unsigned doubling = 0;

    for (; value >= 2; value /= 2) {
        doubling++;
    }
    return doubling;
}

static unsigned add_up(const struct ht_histogram *histogram, uint64_t counts[64])
{
    unsigned last = 0;

    memset(counts, 0, 64 * sizeof(counts[0]));
    for (unsigned step = 0; step < HT_HISTOGRAM_STEPS; step++) {
        if (histogram->steps[step]) {
            last = doubling_of(value_of(step));
            counts[last] += histogram->steps[step];
        }
    }
    return last;
}

static void append_bars(struct latency *l, const struct ht_histogram *histogram)
{
    bool as_time = !l->summary->in_insns;
    uint64_t counts[64], most = 1;
    unsigned last = add_up(histogram, counts), first = 0;

    while (first < last && !counts[first]) {
        first++;
    }
    for (unsigned i = first; i <= last; i++) {
        most = MAX(most, counts[i]);
    }
    for (unsigned i = first; i <= last; i++) {
        char low[NUMBER_TEXT_BYTES], count[NUMBER_TEXT_BYTES], bar[BAR_COLUMNS + 1];
        unsigned columns = (unsigned)((counts[i] * BAR_COLUMNS + most - 1) / most);

        memset(bar, '#', columns);
        bar[columns] = '\0';
        number_short(low, i ? (double)(UINT64_C(1) << i) : 0, as_time);
        number_grouped(count, counts[i]);
        g_string_append_printf(l->out, "%10s %12s%s%s\n", low, count, columns ? " " : "", bar);
    }
}

static void append_text(struct latency *l, const struct ht_summary_row *row)
{
    const struct ht_histogram *histogram = histogram_of(l, row);
    bool as_time = !l->summary->in_insns;
    char text[NUMBER_TEXT_BYTES];

    number_grouped(text, histogram->count);
    g_string_append_printf(l->out, "\n%s%s: %s", ht_class_name(row->cause.cls),
                           row->nested ? " (nested)" : "", text);
    number_short(text, ht_histogram_mean(histogram), as_time);
    g_string_append_printf(l->out, ", mean %s", text);
    for (unsigned i = 0; i < G_N_ELEMENTS(percentiles); i++) {
        number_short(text, (double)ht_histogram_quantile(histogram, percentiles[i].fraction),
                     as_time);
        g_string_append_printf(l->out, ", %s %s", percentiles[i].name, text);
    }
    number_short(text, (double)histogram->max, as_time);
    g_string_append_printf(l->out, ", max %s\n", text);
    append_bars(l, histogram);
}

static void append_json(struct json *json, struct latency *l, const struct ht_summary_row *row)
{
    const struct ht_histogram *histogram = histogram_of(l, row);
    uint64_t counts[64];
    unsigned last = add_up(histogram, counts);

    json_open(json, NULL, '{');
    json_text(json, "class", ht_class_name(row->cause.cls));
    json_bool(json, "nested", row->nested);
    json_number(json, "count", histogram->count);
    json_real(json, "mean", ht_histogram_mean(histogram));
    for (unsigned i = 0; i < G_N_ELEMENTS(percentiles); i++) {
        json_number(json, percentiles[i].name,
                    ht_histogram_quantile(histogram, percentiles[i].fraction));
    }
    json_number(json, "max", histogram->max);
    json_open(json, "doublings", '[');
    for (unsigned i = 0; i <= last; i++) {
        json_number(json, NULL, counts[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void append_all(struct latency *l)
{
    struct json json = {.out = l->out, .lines = true};
    g_autofree struct ht_summary_row *row = g_new(struct ht_summary_row, 1);

    if (l->json) {
        json_open(&json, NULL, '{');
        json_text(&json, "span", l->span);
        json_text(&json, "unit", l->summary->in_insns ? "insns" : "ns");
        json_open(&json, "classes", '[');
    } else {
        g_string_append_printf(l->out, "%s, in %s\n", !strcmp(l->span, "away")
                               ? "whole exits" : "entry to the next return",
                               l->summary->in_insns ? "instructions" : "time, which follows the host's");
    }
    for (unsigned i = 0; i < 2 * HT_CLASS_COUNT; i++) {
        ht_summary_total(l->summary, i / 2, i % 2, row);
        if (histogram_of(l, row)->count && l->json) {
            append_json(&json, l, row);
        } else if (histogram_of(l, row)->count) {
            append_text(l, row);
        }
    }
    if (l->json) {
        json_close(&json, ']');
        json_close(&json, '}');
        g_string_append_c(l->out, '\n');
    }
}

static int run(struct latency *l, const char *dir)
{
    g_autoptr(GError) error = NULL;
    enum cli_status status = cli_open(&l->input, dir, &error);

    if (status == CLI_USAGE) {
        return status;
    }
    if (status == CLI_OK) {
        g_autoptr(HtSummary) summary = ht_summary_new(l->input.trace, l->input.filter,
                                                      &l->input.names, &error);

        l->summary = summary;
        l->out = g_string_new(NULL);
        append_all(l);
        fwrite(l->out->str, 1, l->out->len, stdout);
        g_string_free(l->out, TRUE);
    }
    return cli_finish(error);
}

int cli_latency(int argc, char **argv)
{
    struct latency l = {.json = FALSE};
    const GOptionEntry entries[] = {
        {"span", 0, 0, G_OPTION_ARG_STRING, &l.span,
         "hyp: entry to the next return (default), or away: whole exits", "SPAN"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &l.json, "Print JSON", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]", "Shows how long traps or exits take: percentiles and a histogram per class.",
        "Percentiles are within 1.6 %.  A bar is one doubling, named by its least value.  Times are\n"
        "in instructions of the CPU if the trace was recorded with -icount.\n\n"
        "Example: hyptrace latency --span away -f 'vm == vm1 && device == gicd' trace\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &l.input, argc, argv);
    int status = CLI_USAGE;

    l.span = l.span ? l.span : g_strdup("hyp");
    if (dir && strcmp(l.span, "hyp") && strcmp(l.span, "away")) {
        cli_complain("--span %s: there are hyp and away", l.span);
    } else if (dir) {
        status = run(&l, dir);
    }
    g_free(l.span);
    cli_close(&l.input);
    return status;
}
