/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How `hyptrace top` shows what it counted.
 */
#include <stdlib.h>

#include "hyptrace/cli/json.h"
#include "hyptrace/cli/numbers.h"
#include "hyptrace/cli/top.h"

/* A class, VM or CPU. */
struct row {
    const char *kind;
    char name[48];
    struct top_count before, now;
};

static uint64_t span_ns(const struct top_view *view)
{
    uint64_t begin_ns = view->before->end_ns ? view->before->end_ns : view->now->begin_ns;

    return view->now->end_ns - begin_ns;
}

static double per_second(const struct top_view *view, uint64_t count)
{
    uint64_t ns = span_ns(view);

    return ns ? (double)count * 1e9 / (double)ns : 0;
}

static double hyp_percent(const struct top_view *view, const struct row *row)
{
    uint64_t ns = span_ns(view);

    return ns ? 100.0 * (double)(row->now.hyp_ns - row->before.hyp_ns) / (double)ns : 0;
}

/* Busiest first, then those with most entries. */
static int by_rate(gconstpointer a, gconstpointer b)
{
    const struct row *x = a, *y = b;
    uint64_t rate_x = x->now.entries - x->before.entries;
    uint64_t rate_y = y->now.entries - y->before.entries;

    if (rate_x != rate_y) {
        return rate_x > rate_y ? -1 : 1;
    }
    return x->now.entries > y->now.entries ? -1 : x->now.entries < y->now.entries;
}

G_GNUC_PRINTF(5, 6)
static void add_row(GArray *rows, const char *kind, const struct top_count *before,
                    const struct top_count *now, const char *format, ...)
{
    struct row row = {.kind = kind, .before = *before, .now = *now};
    va_list args;

    va_start(args, format);
    g_vsnprintf(row.name, sizeof(row.name), format, args);
    va_end(args);
    g_array_append_val(rows, row);
}

/* The rows of a kind: classes that occurred, VMs and the host, CPUs. */
static GArray *list_rows(const struct top_view *view, const char *kind)
{
    const struct top_counts *before = view->before, *now = view->now;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct row));

    for (unsigned i = 0; *kind == 'c' && kind[1] == 'l' && i < HT_CLASS_COUNT; i++) {
        if (now->classes[i].entries) {
            add_row(rows, kind, &before->classes[i], &now->classes[i], "%s", ht_class_name(i));
        }
    }
    for (unsigned i = 0; *kind == 'v' && i <= view->vm_count; i++) {
        if (now->vms[i].entries) {
            add_row(rows, kind, &before->vms[i], &now->vms[i], "%s",
                    ht_vm_names_get(view->names->vms, i));
        }
    }
    for (unsigned i = 0; *kind == 'c' && kind[1] == 'p' && i < view->trace->cpus; i++) {
        add_row(rows, kind, &before->cpus[i], &now->cpus[i], "cpu%u", i);
    }
    if (*kind == 'v' || kind[1] == 'l') {
        g_array_sort(rows, by_rate);
    }
    return rows;
}

static void append_row(GString *out, const struct top_view *view, const struct row *row)
{
    char rate[NUMBER_TEXT_BYTES], total[NUMBER_TEXT_BYTES];

    number_short(rate, per_second(view, row->now.entries - row->before.entries), false);
    number_grouped(total, row->now.entries);
    g_string_append_printf(out, "%-12s %9s %15s %8.2f%%\n", row->name, rate, total,
                           hyp_percent(view, row));
}

/* A table of at most so many lines, its head and the blank line before it included. */
static void append_rows(GString *out, const struct top_view *view, const char *kind,
                        unsigned lines)
{
    g_autoptr(GArray) rows = list_rows(view, kind);

    if (lines < 3 || rows->len == 0) {
        return;
    }
    g_string_append_printf(out, "\n%-12s %9s %15s %9s\n", kind, "entries/s", "entries", "in hyp");
    for (unsigned i = 0; i < MIN(rows->len, lines - 2); i++) {
        append_row(out, view, &g_array_index(rows, struct row, i));
    }
}

void top_text(GString *out, const struct top_view *view, unsigned lines)
{
    const struct top_counts *now = view->now;
    unsigned cpu_lines = 2 + view->trace->cpus, room = lines ? lines : UINT_MAX;
    char entries[NUMBER_TEXT_BYTES], rate[NUMBER_TEXT_BYTES], seconds[NUMBER_TEXT_BYTES];

    number_grouped(entries, now->all.entries);
    number_short(rate, per_second(view, now->all.entries - view->before->all.entries), false);
    number_seconds(seconds, now->end_ns);
    g_string_append_printf(out, "%s: at %s s, %s entries, %s/s", view->trace->dir, seconds,
                           entries, rate);
    if (now->lost) {
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " events lost", now->lost);
    }
    g_string_append_c(out, '\n');
    room -= MIN(room, 2);
    cpu_lines = MIN(cpu_lines, room);
    append_rows(out, view, "class", (room - cpu_lines) * 2 / 3);
    append_rows(out, view, "vm", (room - cpu_lines) / 3);
    append_rows(out, view, "cpu", cpu_lines);
}

static void add_rows(struct json *json, const struct top_view *view, const char *kind,
                     const char *key)
{
    g_autoptr(GArray) rows = list_rows(view, kind);

    json_open(json, key, '[');
    for (unsigned i = 0; i < rows->len; i++) {
        const struct row *row = &g_array_index(rows, struct row, i);

        json_open(json, NULL, '{');
        json_text(json, "name", row->name);
        json_number(json, "entries", row->now.entries);
        json_number(json, "new", row->now.entries - row->before.entries);
        json_real(json, "per_second", per_second(view, row->now.entries - row->before.entries));
        json_number(json, "hyp_ns", row->now.hyp_ns);
        json_real(json, "hyp_percent", hyp_percent(view, row));
        json_close(json, '}');
    }
    json_close(json, ']');
}

void top_json(GString *out, const struct top_view *view)
{
    const struct top_counts *now = view->now;
    struct json json = {.out = out};

    json_open(&json, NULL, '{');
    json_number(&json, "time_ns", now->end_ns);
    json_number(&json, "span_ns", span_ns(view));
    json_number(&json, "entries", now->all.entries);
    json_number(&json, "new", now->all.entries - view->before->all.entries);
    json_number(&json, "lost", now->lost);
    add_rows(&json, view, "class", "classes");
    add_rows(&json, view, "vm", "vms");
    add_rows(&json, view, "cpu", "cpus");
    json_close(&json, '}');
    g_string_append_c(out, '\n');
}
