/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A summary as tables for people.
 */
#include <string.h>

#include "hyptrace/cli/numbers.h"
#include "hyptrace/cli/summary_report.h"

struct report {
    GString *out;
    const HtTrace *trace;
    const HtSummary *summary;
    const HtMap *map;
    const struct ht_names *names;
    unsigned top;
    struct ht_summary_cpu all; /* sum over the CPUs */
    uint64_t exits;
};

#define NAME_COLUMNS 24

static void add_cell(GString *out, const char *text, unsigned columns)
{
    g_string_append_printf(out, " %*s", columns, text);
}

static void add_count(GString *out, uint64_t value, unsigned columns)
{
    char text[NUMBER_TEXT_BYTES];

    number_grouped(text, value);
    add_cell(out, text, columns);
}

static void add_words(GString *out, const char *before, uint64_t value)
{
    char text[NUMBER_TEXT_BYTES];

    number_grouped(text, value);
    g_string_append_printf(out, "%s%s", before, text);
}

static void add_percent(GString *out, uint64_t part, uint64_t whole)
{
    char text[NUMBER_TEXT_BYTES];

    number_percent(text, part, whole);
    add_cell(out, text, 5);
}

static void add_short(struct report *report, double value, unsigned columns)
{
    char text[NUMBER_TEXT_BYTES];

    number_short(text, value, !report->summary->in_insns);
    add_cell(report->out, text, columns);
}

static void sum_up(struct report *report)
{
    const HtSummary *summary = report->summary;

    for (unsigned i = 0; i < summary->cpu_count; i++) {
        const struct ht_summary_cpu *cpu = &summary->cpus[i];

        report->all.events += cpu->events;
        report->all.entries += cpu->entries;
        report->all.nested += cpu->nested;
        report->all.returns += cpu->returns;
        report->all.activations += cpu->activations;
        report->all.lost += cpu->lost;
        report->all.hyp += cpu->hyp;
        report->all.insns += cpu->insns;
    }
    for (unsigned vm = 1; vm <= summary->vm_count; vm++) {
        report->exits += summary->vms[vm].exits;
    }
}

static void add_head(struct report *report)
{
    const HtTrace *trace = report->trace;
    const HtSummary *summary = report->summary;
    GString *out = report->out;
    char text[NUMBER_TEXT_BYTES];

    g_string_append_printf(out, "trace    %s%s%u CPU%s, %s\n",
                           trace->machine ? trace->machine : "", trace->machine ? ", " : "",
                           trace->cpus, trace->cpus == 1 ? "" : "s",
                           trace->registers ? "with registers" : "without registers");
    number_seconds(text, summary->time_end_ns - summary->time_begin_ns);
    g_string_append_printf(out, "span     %s s of virtual time", text);
    number_seconds(text, summary->time_begin_ns);
    g_string_append_printf(out, ", from %s s\n", text);
    g_string_append_printf(out, "times    %s\n", summary->in_insns
                           ? "in instructions of the CPU (-icount), reproducible"
                           : "in virtual seconds (n u m), host-derived (no -icount): they vary");
}

static void add_totals(struct report *report)
{
    GString *out = report->out;
    const struct ht_summary_cpu *all = &report->all;

    add_words(out, "events   ", report->summary->events);
    add_words(out, ": entries ", all->entries);
    if (all->nested) {
        add_words(out, " of which nested ", all->nested);
    }
    add_words(out, ", returns ", all->returns);
    add_words(out, ", activations ", all->activations);
    add_words(out, "\nexits    ", report->exits);
    if (report->summary->migrated) {
        add_words(out, ", ended on another CPU ", report->summary->migrated);
        g_string_append(out, report->summary->in_insns ? " (not in away)" : "");
    }
    if (report->summary->exits_open) {
        add_words(out, ", without an end ", report->summary->exits_open);
    }
    add_words(out, "\nlost     ", all->lost);
    g_string_append(out, all->lost ? " events: counts are too low, exits are missing\n" : "\n");
}

static void add_histogram(struct report *report, const struct ht_histogram *histogram)
{
    g_string_append_c(report->out, ' ');
    if (!histogram->count) {
        g_string_append_printf(report->out, " %23s", "-");
        return;
    }
    add_short(report, ht_histogram_mean(histogram), 5);
    add_short(report, (double)ht_histogram_quantile(histogram, 0.5), 5);
    add_short(report, (double)ht_histogram_quantile(histogram, 0.99), 5);
    add_short(report, (double)histogram->max, 5);
}

/* The last column is blank if there are no exits. */
static void end_line(GString *out)
{
    while (out->len && out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
    g_string_append_c(out, '\n');
}

static void add_row(struct report *report, const char *name, const struct ht_summary_row *row)
{
    g_string_append_printf(report->out, "%-*.*s", NAME_COLUMNS, NAME_COLUMNS, name);
    add_count(report->out, row->entries, 9);
    add_percent(report->out, row->entries, report->all.entries);
    add_count(report->out, row->exits, 9);
    add_histogram(report, &row->hyp);
    add_histogram(report, &row->away);
    end_line(report->out);
}

static bool is_of(const struct ht_summary_row *row, const struct ht_summary_row *class_row)
{
    return row->cause.cls == class_row->cause.cls && row->nested == class_row->nested;
}

/* Its only detail behind the class's name; returns whether it has no more than one. */
static bool append_only_detail(struct report *report, const struct ht_summary_row *class_row,
                               GString *name)
{
    const struct ht_summary_row *only = NULL;
    char detail[64];

    for (unsigned i = 0; i < report->summary->rows->len; i++) {
        const struct ht_summary_row *row = g_ptr_array_index(report->summary->rows, i);

        if (is_of(row, class_row)) {
            if (only) {
                return false;
            }
            only = row;
        }
    }
    ht_cause_detail(&only->cause, report->map, detail, sizeof(detail));
    g_string_append_printf(name, "%s%s", *detail ? " " : "", detail);
    return true;
}

static void add_to(struct ht_summary_row *sum, const struct ht_summary_row *row)
{
    sum->entries += row->entries;
    sum->exits += row->exits;
    ht_histogram_merge(&sum->hyp, &row->hyp);
    ht_histogram_merge(&sum->away, &row->away);
}

static void add_details(struct report *report, const struct ht_summary_row *class_row)
{
    struct ht_summary_row rest;
    unsigned shown = 0, more = 0;

    memset(&rest, 0, sizeof(rest));
    for (unsigned i = 0; i < report->summary->rows->len; i++) {
        const struct ht_summary_row *row = g_ptr_array_index(report->summary->rows, i);
        char name[72] = "  ";

        if (!is_of(row, class_row)) {
            continue;
        }
        if (report->top == 0 || shown < report->top) {
            ht_cause_detail(&row->cause, report->map, name + 2, sizeof(name) - 2);
            add_row(report, name, row);
            shown++;
        } else {
            add_to(&rest, row);
            more++;
        }
    }
    if (more) {
        g_autofree char *name = g_strdup_printf("  %u more (--top 0)", more);

        add_row(report, name, &rest);
    }
}

static void add_class(struct report *report, const struct ht_summary_row *row)
{
    GString *name = g_string_new(ht_class_name(row->cause.cls));
    bool whole;

    g_string_append(name, row->nested ? " (nested)" : "");
    whole = append_only_detail(report, row, name);
    add_row(report, name->str, row);
    if (!whole) {
        add_details(report, row);
    }
    g_string_free(name, TRUE);
}

static int more_entries_first(gconstpointer a, gconstpointer b)
{
    const struct ht_summary_row *x = a, *y = b;

    return x->entries > y->entries ? -1 : x->entries < y->entries;
}

static void add_causes(struct report *report)
{
    g_autoptr(GArray) classes = g_array_new(FALSE, FALSE, sizeof(struct ht_summary_row));

    for (unsigned i = 0; i < 2 * HT_CLASS_COUNT; i++) {
        struct ht_summary_row total;

        ht_summary_total(report->summary, i % HT_CLASS_COUNT, i >= HT_CLASS_COUNT, &total);
        if (total.entries) {
            g_array_append_val(classes, total);
        }
    }
    g_array_sort(classes, more_entries_first);
    g_string_append_printf(report->out, "\n%-*s %9s %5s %9s  %-23s  %s\n", NAME_COLUMNS, "",
                           "", "", "", "--------- hyp ---------", "--------- away --------");
    g_string_append_printf(report->out, "%-*s %9s %5s %9s  %5s %5s %5s %5s  %5s %5s %5s %5s\n",
                           NAME_COLUMNS, "cause", "entries", "share", "exits", "mean", "med",
                           "p99", "max", "mean", "med", "p99", "max");
    for (unsigned i = 0; i < classes->len; i++) {
        add_class(report, &g_array_index(classes, struct ht_summary_row, i));
    }
}

static void add_vm_counts(struct report *report, const struct ht_summary_vm *v)
{
    add_count(report->out, v->entries, 9);
    add_percent(report->out, v->entries, report->all.entries);
    add_count(report->out, v->exits, 9);
    add_short(report, (double)v->hyp, 10);
    add_short(report, (double)v->away, 10);
    add_short(report, (double)v->self, 10);
    end_line(report->out);
}

static void add_vms(struct report *report)
{
    const HtSummary *summary = report->summary;

    g_string_append_printf(report->out, "\n%-8s %-14s %9s %5s %9s %10s %10s %10s\n", "vm",
                           "stage-2 tables", "entries", "share", "exits", "sum hyp", "sum away",
                           "sum self");
    for (unsigned vm = 0; vm <= summary->vm_count; vm++) {
        g_autofree char *base = vm ? g_strdup_printf("0x%08" G_GINT64_MODIFIER "x",
                                                     summary->vm_bases[vm]) : g_strdup("-");

        g_string_append_printf(report->out, "%-8s %-14s",
                               ht_vm_names_get(report->names->vms, vm), base);
        add_vm_counts(report, &summary->vms[vm]);
    }
    g_string_append_printf(report->out, "\n%-23s %9s %5s %9s %10s %10s %10s\n", "vcpu", "entries",
                           "share", "exits", "sum hyp", "sum away", "sum self");
    for (unsigned i = 0; i < summary->vcpus->len; i++) {
        const struct ht_summary_vcpu *vcpu = g_ptr_array_index(summary->vcpus, i);
        g_autofree char *name = g_strdup_printf("%s/%u", ht_vm_names_get(report->names->vms,
                                                                         vcpu->where.vm),
                                                vcpu->where.vcpu);

        g_string_append_printf(report->out, "%-23s", name);
        add_vm_counts(report, &vcpu->counts);
    }
}

static void add_hot(struct report *report, const char *head, GPtrArray *spots)
{
    unsigned shown = report->top && report->top < spots->len ? report->top : spots->len;

    if (spots->len) {
        g_string_append_printf(report->out, "\n%-8s %-44s %9s %5s %10s\n", "vm", head, "entries",
                               "share", "sum hyp");
    }
    for (unsigned i = 0; i < shown; i++) {
        const struct hot *hot = g_ptr_array_index(spots, i);

        g_string_append_printf(report->out, "%-8s %-44s", hot->where, hot->what);
        add_count(report->out, hot->entries, 9);
        add_percent(report->out, hot->entries, report->all.entries);
        add_short(report, (double)hot->hyp, 10);
        end_line(report->out);
    }
    if (shown < spots->len) {
        g_string_append_printf(report->out, "%-8s %u more (--top 0)\n", "", spots->len - shown);
    }
}

static void add_spots(struct report *report)
{
    g_autoptr(GPtrArray) code = summary_hot_code(report->summary, report->names);
    g_autoptr(GPtrArray) pages = summary_hot_pages(report->summary, report->names);

    add_hot(report, "traps at", code);
    add_hot(report, "page", pages);
}

static void add_cpu(struct report *report, const char *name, const struct ht_summary_cpu *cpu)
{
    g_string_append_printf(report->out, "%-8s", name);
    add_count(report->out, cpu->events, 11);
    add_count(report->out, cpu->entries, 11);
    add_count(report->out, cpu->nested, 11);
    add_count(report->out, cpu->returns, 11);
    add_count(report->out, cpu->activations, 11);
    add_count(report->out, cpu->lost, 7);
    add_short(report, (double)cpu->hyp, 9);
    if (report->summary->in_insns) {
        add_short(report, (double)cpu->insns, 8);
    }
    end_line(report->out);
}

static void add_cpus(struct report *report)
{
    const HtSummary *summary = report->summary;

    g_string_append_printf(report->out, "\n%-8s %11s %11s %11s %11s %11s %7s %9s%s\n", "cpu",
                           "events", "entries", "nested", "returns", "activations", "lost",
                           "sum hyp", summary->in_insns ? "    insns" : "");
    for (unsigned i = 0; i < summary->cpu_count; i++) {
        g_autofree char *name = g_strdup_printf("cpu%u", i);

        add_cpu(report, name, &summary->cpus[i]);
    }
    add_cpu(report, "all", &report->all);
}

GString *summary_tables(const HtTrace *trace, const HtSummary *summary,
                        const struct ht_names *names, unsigned top)
{
    struct report report = {
        .out = g_string_new(NULL), .trace = trace, .summary = summary, .map = names->map, .names = names,
        .top = top,
    };

    sum_up(&report);
    add_head(&report);
    add_totals(&report);
    if (report.all.entries) {
        add_causes(&report);
        add_vms(&report);
    }
    add_cpus(&report);
    if (report.all.entries) {
        summary_add_timeline(report.out, summary, names);
        add_spots(&report);
    }
    return report.out;
}
