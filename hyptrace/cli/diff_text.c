/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The result of `hyptrace diff` for people.
 */
#include <string.h>

#include "armv7/psr.h"
#include "hyptrace/cli/diff_report.h"
#include "hyptrace/cli/numbers.h"
#include "hyptrace/lib/text.h"

static void append_count(GString *out, uint64_t count)
{
    char text[NUMBER_TEXT_BYTES];

    number_grouped(text, count);
    g_string_append(out, text);
}

static void append_trace(GString *out, const char *label, const HtCanonicals *exits)
{
    g_string_append_printf(out, "%s  %s: ", label, exits->trace->dir);
    append_count(out, exits->count);
    g_string_append_printf(out, " exits of %u VM%s, %u vCPU%s", exits->vm_count,
                           exits->vm_count == 1 ? "" : "s", exits->vcpus->len,
                           exits->vcpus->len == 1 ? "" : "s");
    if (exits->lost) {
        g_string_append(out, "; events lost: ");
        append_count(out, exits->lost);
    }
    g_string_append_c(out, '\n');
}

static void append_totals(GString *out, const HtDiff *diff)
{
    append_count(out, diff->same);
    g_string_append(out, " exits are the same");
    if (!diff->differences->len) {
        g_string_append(out, ", none differs\n");
        return;
    }
    g_string_append(out, "; ");
    append_count(out, diff->counts[HT_DIFF_ANSWERED]);
    g_string_append(out, " are answered differently, ");
    append_count(out, diff->counts[HT_DIFF_ASKED]);
    g_string_append(out, " ask something else, ");
    append_count(out, diff->counts[HT_DIFF_REMOVED]);
    g_string_append(out, " are only in a, ");
    append_count(out, diff->counts[HT_DIFF_INSERTED]);
    g_string_append(out, " only in b\n");
}

/* The value that the exit gives an output row; FALSE: the row is not changed by it. */
static bool output_of(const HtCanonicals *exits, const struct ht_canonical *exit, unsigned row,
                      uint32_t *value)
{
    for (unsigned i = 0; i < exit->output_count; i++) {
        struct ht_change output = g_array_index(exits->outputs, struct ht_change,
                                                exit->first_output + i);

        if (output.row == row) {
            *value = output.value;
            return true;
        }
    }
    return false;
}

static void append_word(GString *out, size_t start, const char *word)
{
    g_string_append(out, out->len > start ? ", " : "");
    g_string_append(out, word);
}

static bool same_injections(const struct diff_report *report, const struct ht_difference *d)
{
    const struct ht_canonical *a = d->a, *b = d->b;

    for (unsigned i = 0; i < a->injected_count && i < b->injected_count; i++) {
        if (g_array_index(report->a->outputs, struct ht_change,
                          a->first_output + a->output_count + i).value !=
            g_array_index(report->b->outputs, struct ht_change,
                          b->first_output + b->output_count + i).value) {
            return false;
        }
    }
    return a->injected_count == b->injected_count;
}

static void append_answers(GString *out, const struct diff_report *report,
                           const struct ht_difference *d)
{
    size_t start = out->len;

    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        uint32_t a = 0, b = 0;
        bool in_a = output_of(report->a, d->a, row, &a);
        bool in_b = output_of(report->b, d->b, row, &b);

        if (in_a != in_b || a != b) {
            append_word(out, start, ht_reg_name(row));
        }
    }
    if (!same_injections(report, d)) {
        append_word(out, start, "injected interrupts");
    }
    if (d->a->ended != d->b->ended) {
        append_word(out, start, "whether it ends");
    } else if (d->a->pc_end - d->a->pc != d->b->pc_end - d->b->pc ||
               armv7_psr_mode(d->a->psr_end) != armv7_psr_mode(d->b->psr_end)) {
        append_word(out, start, "where the guest goes on");
    }
}

void diff_what(GString *out, const struct diff_report *report, const struct ht_difference *d)
{
    switch (d->kind) {
    case HT_DIFF_REMOVED:
        g_string_append(out, "only in a");
        break;
    case HT_DIFF_INSERTED:
        g_string_append(out, "only in b");
        break;
    case HT_DIFF_ASKED:
        g_string_append(out, ht_canonical_cause(d->a).detail == ht_canonical_cause(d->b).detail &&
                        d->a->pc != d->b->pc ? "place" : "detail");
        break;
    case HT_DIFF_ANSWERED:
        append_answers(out, report, d);
        break;
    case HT_DIFF_COUNT:
        break;
    }
}

static void append_exit(GString *out, char mark, const HtCanonicals *exits,
                        const struct ht_names *names, struct ht_where where,
                        const struct ht_canonical *exit)
{
    char seconds[NUMBER_TEXT_BYTES];

    number_seconds(seconds, exit->time_ns);
    g_string_append_printf(out, "%c %14s  ", mark, seconds);
    ht_exit_canonical(out, exits, where, exit, names);
    g_string_append_c(out, '\n');
}

/* The exits [begin, end) of a vCPU, as far as there are any. */
static void append_exits(GString *out, char mark, const HtCanonicals *exits,
                         const struct ht_names *names, struct ht_where where, uint32_t begin,
                         uint32_t end)
{
    const struct ht_canonical_vcpu *vcpu = ht_diff_vcpu(exits, where);

    for (uint32_t i = begin; vcpu && i < end && i < vcpu->exits->len; i++) {
        append_exit(out, mark, exits, names, where,
                    &g_array_index(vcpu->exits, struct ht_canonical, i));
    }
}

static void append_number(GString *out, const struct ht_difference *d)
{
    if (d->index_a == d->index_b) {
        g_string_append(out, ", its exit ");
        append_count(out, d->index_a + 1);
    } else {
        g_string_append(out, ", its exit ");
        append_count(out, d->index_a + 1);
        g_string_append(out, " in a, ");
        append_count(out, d->index_b + 1);
        g_string_append(out, " in b");
    }
}

static void append_first(GString *out, const struct diff_report *report)
{
    const struct ht_difference *d = &g_array_index(report->diff->differences,
                                                   struct ht_difference, 0);
    uint32_t before = MIN(d->index_a, report->context);

    g_string_append_printf(out, "\nfirst difference: %s/%u",
                           ht_vm_names_get(report->names_a->vms, d->where.vm), d->where.vcpu);
    append_number(out, d);
    g_string_append(out, ": ");
    diff_what(out, report, d);
    g_string_append_c(out, '\n');
    append_exits(out, ' ', report->a, report->names_a, d->where, d->index_a - before, d->index_a);
    append_exits(out, '-', report->a, report->names_a, d->where, d->index_a,
                 d->index_a + (d->a ? 1 : 0) + report->context);
    append_exits(out, '+', report->b, report->names_b, d->where, d->index_b,
                 d->index_b + (d->b ? 1 : 0) + report->context);
}

static void append_groups(GString *out, const struct diff_report *report)
{
    const GArray *groups = report->diff->groups;
    unsigned shown = report->groups ? MIN(report->groups, groups->len) : groups->len;

    g_string_append(out, "\n     count  what      vm        exit, and what differs in the first of them\n");
    for (unsigned i = 0; i < shown; i++) {
        const struct ht_diff_group *group = &g_array_index(groups, struct ht_diff_group, i);
        char text[128], count[NUMBER_TEXT_BYTES];

        number_grouped(count, group->count);
        ht_cause_detail(&group->cause, report->names_a->map, text, sizeof(text));
        g_string_append_printf(out, "%10s  %-8s  %-8s  %s%s%s: ", count,
                               ht_diff_kind_name(group->kind),
                               ht_vm_names_get(report->names_a->vms, group->vm),
                               ht_class_name(group->cause.cls), *text ? " " : "", text);
        diff_what(out, report, group->first);
        g_string_append_c(out, '\n');
    }
    if (shown < groups->len) {
        g_string_append_printf(out, "%10s  %u more groups (--groups 0)\n", "", groups->len - shown);
    }
}

static void append_list(GString *out, const struct diff_report *report)
{
    const GArray *differences = report->diff->differences;

    g_string_append_c(out, '\n');
    for (unsigned i = 0; i < differences->len; i++) {
        const struct ht_difference *d = &g_array_index(differences, struct ht_difference, i);

        g_string_append_printf(out, "%s/%u",
                               ht_vm_names_get(report->names_a->vms, d->where.vm), d->where.vcpu);
        append_number(out, d);
        g_string_append_printf(out, ": %s: ", ht_diff_kind_name(d->kind));
        diff_what(out, report, d);
        g_string_append_c(out, '\n');
        if (d->a) {
            append_exit(out, '-', report->a, report->names_a, d->where, d->a);
        }
        if (d->b) {
            append_exit(out, '+', report->b, report->names_b, d->where, d->b);
        }
    }
}

GString *diff_text(const struct diff_report *report)
{
    GString *out = g_string_new(NULL);

    append_trace(out, "a", report->a);
    append_trace(out, "b", report->b);
    append_totals(out, report->diff);
    if (report->diff->differences->len) {
        append_first(out, report);
        append_groups(out, report);
    }
    if (report->list) {
        append_list(out, report);
    }
    return out;
}
