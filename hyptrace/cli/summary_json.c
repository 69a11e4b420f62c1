/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A summary as JSON.
 */
#include "hyptrace/cli/json.h"
#include "hyptrace/cli/summary_report.h"

static void add_histogram(struct json *json, const char *key, const struct ht_histogram *histogram)
{
    json_open(json, key, '{');
    json_number(json, "count", histogram->count);
    json_number(json, "sum", histogram->sum);
    json_real(json, "mean", ht_histogram_mean(histogram));
    json_number(json, "median", ht_histogram_quantile(histogram, 0.5));
    json_number(json, "p99", ht_histogram_quantile(histogram, 0.99));
    json_number(json, "max", histogram->max);
    json_close(json, '}');
}

static void add_row(struct json *json, const struct ht_summary_row *row, const char *detail)
{
    json_open(json, NULL, '{');
    json_text(json, "class", ht_class_name(row->cause.cls));
    json_bool(json, "nested", row->nested);
    if (detail) {
        json_text(json, "detail", detail);
    }
    json_number(json, "entries", row->entries);
    json_number(json, "exits", row->exits);
    add_histogram(json, "hyp", &row->hyp);
    add_histogram(json, "away", &row->away);
    json_close(json, '}');
}

static void add_trace(struct json *json, const HtTrace *trace, const HtSummary *summary)
{
    if (trace->machine) {
        json_text(json, "machine", trace->machine);
    }
    json_bool(json, "registers", trace->registers);
    json_bool(json, "icount", trace->icount);
    json_text(json, "unit", summary->in_insns ? "instructions" : "ns");
    json_bool(json, "host_derived", !summary->in_insns);
    json_number(json, "time_begin_ns", summary->time_begin_ns);
    json_number(json, "time_end_ns", summary->time_end_ns);
}

static void add_totals(struct json *json, const HtSummary *summary)
{
    struct ht_summary_cpu all = {0};
    uint64_t exits = 0;

    for (unsigned i = 0; i < summary->cpu_count; i++) {
        all.entries += summary->cpus[i].entries;
        all.nested += summary->cpus[i].nested;
        all.returns += summary->cpus[i].returns;
        all.activations += summary->cpus[i].activations;
        all.lost += summary->cpus[i].lost;
    }
    for (unsigned vm = 1; vm <= summary->vm_count; vm++) {
        exits += summary->vms[vm].exits;
    }
    json_number(json, "events", summary->events);
    json_number(json, "entries", all.entries);
    json_number(json, "nested_entries", all.nested);
    json_number(json, "returns", all.returns);
    json_number(json, "activations", all.activations);
    json_number(json, "exits", exits);
    json_number(json, "exits_open", summary->exits_open);
    json_number(json, "exits_migrated", summary->migrated);
    json_number(json, "lost", all.lost);
}

static void add_classes(struct json *json, const HtSummary *summary)
{
    json_open(json, "classes", '[');
    for (unsigned i = 0; i < 2 * HT_CLASS_COUNT; i++) {
        struct ht_summary_row total;

        ht_summary_total(summary, i % HT_CLASS_COUNT, i >= HT_CLASS_COUNT, &total);
        if (total.entries) {
            add_row(json, &total, NULL);
        }
    }
    json_close(json, ']');
}

static void add_causes(struct json *json, const HtSummary *summary, const HtMap *map)
{
    json_open(json, "causes", '[');
    for (unsigned i = 0; i < summary->rows->len; i++) {
        const struct ht_summary_row *row = g_ptr_array_index(summary->rows, i);
        char detail[64];

        ht_cause_detail(&row->cause, map, detail, sizeof(detail));
        add_row(json, row, detail);
    }
    json_close(json, ']');
}

static void add_vm_counts(struct json *json, const struct ht_summary_vm *v)
{
    json_number(json, "entries", v->entries);
    json_number(json, "exits", v->exits);
    json_number(json, "hyp", v->hyp);
    json_number(json, "away", v->away);
    json_number(json, "self", v->self);
}

static void add_vcpus(struct json *json, const HtSummary *summary, const struct ht_names *names)
{
    json_open(json, "vcpus", '[');
    for (unsigned i = 0; i < summary->vcpus->len; i++) {
        const struct ht_summary_vcpu *vcpu = g_ptr_array_index(summary->vcpus, i);

        json_open(json, NULL, '{');
        json_text(json, "vm", ht_vm_names_get(names->vms, vcpu->where.vm));
        json_number(json, "vcpu", vcpu->where.vcpu);
        add_vm_counts(json, &vcpu->counts);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_hot(struct json *json, const char *key, const char *what, GPtrArray *spots)
{
    json_open(json, key, '[');
    for (unsigned i = 0; i < spots->len; i++) {
        const struct hot *hot = g_ptr_array_index(spots, i);

        json_open(json, NULL, '{');
        json_text(json, "vm", hot->where);
        json_text(json, what, hot->what);
        json_number(json, "entries", hot->entries);
        json_number(json, "hyp", hot->hyp);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_spots(struct json *json, const HtSummary *summary, const struct ht_names *names)
{
    g_autoptr(GPtrArray) code = summary_hot_code(summary, names);
    g_autoptr(GPtrArray) pages = summary_hot_pages(summary, names);

    add_hot(json, "code", "place", code);
    add_hot(json, "pages", "page", pages);
}

static void add_vms(struct json *json, const HtSummary *summary, const struct ht_names *names)
{
    json_open(json, "vms", '[');
    for (unsigned vm = 0; vm <= summary->vm_count; vm++) {
        const struct ht_summary_vm *v = &summary->vms[vm];

        json_open(json, NULL, '{');
        json_text(json, "name", ht_vm_names_get(names->vms, vm));
        if (vm) {
            json_hex(json, "stage2_base", summary->vm_bases[vm], 8);
        }
        add_vm_counts(json, v);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_cpus(struct json *json, const HtSummary *summary)
{
    json_open(json, "cpus", '[');
    for (unsigned i = 0; i < summary->cpu_count; i++) {
        const struct ht_summary_cpu *cpu = &summary->cpus[i];

        json_open(json, NULL, '{');
        json_number(json, "cpu", i);
        json_number(json, "events", cpu->events);
        json_number(json, "entries", cpu->entries);
        json_number(json, "nested_entries", cpu->nested);
        json_number(json, "returns", cpu->returns);
        json_number(json, "activations", cpu->activations);
        json_number(json, "lost", cpu->lost);
        json_number(json, "hyp", cpu->hyp);
        json_number(json, "insns", cpu->insns);
        json_close(json, '}');
    }
    json_close(json, ']');
}

GString *summary_json(const HtTrace *trace, const HtSummary *summary,
                      const struct ht_names *names)
{
    struct json json = {.out = g_string_new(NULL), .lines = true};

    json_open(&json, NULL, '{');
    add_trace(&json, trace, summary);
    add_totals(&json, summary);
    add_classes(&json, summary);
    add_causes(&json, summary, names->map);
    add_vms(&json, summary, names);
    add_vcpus(&json, summary, names);
    add_cpus(&json, summary);
    summary_json_timeline(&json, summary, names);
    add_spots(&json, summary, names);
    json_close(&json, '}');
    g_string_append_c(json.out, '\n');
    return json.out;
}
