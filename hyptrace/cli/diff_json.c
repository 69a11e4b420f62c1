/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The result of `hyptrace diff` as JSON.
 */
#include "hyptrace/cli/diff_report.h"
#include "hyptrace/cli/json.h"

static void add_trace(struct json *json, const char *key, const HtCanonicals *exits)
{
    json_open(json, key, '{');
    json_text(json, "dir", exits->trace->dir);
    json_number(json, "exits", exits->count);
    json_number(json, "vms", exits->vm_count);
    json_number(json, "vcpus", exits->vcpus->len);
    json_number(json, "lost", exits->lost);
    json_close(json, '}');
}

static void add_exit(struct json *json, const char *key, const struct diff_report *report,
                     const struct ht_difference *d, bool of_a)
{
    const struct ht_canonical *exit = of_a ? d->a : d->b;
    const HtCanonicals *exits = of_a ? report->a : report->b;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!exit) {
        return;
    }
    ht_exit_canonical(text, exits, d->where, exit, of_a ? report->names_a : report->names_b);
    json_open(json, key, '{');
    json_number(json, "exit", of_a ? d->index_a : d->index_b);
    json_number(json, "seq", exit->seq);
    json_number(json, "seq_end", exit->seq_end);
    json_number(json, "time_ns", exit->time_ns);
    json_text(json, "class", ht_class_name(ht_canonical_cause(exit).cls));
    json_hex(json, "pc", exit->pc, 8);
    json_text(json, "canonical", text->str);
    json_close(json, '}');
}

static void add_difference(struct json *json, const char *key, const struct diff_report *report,
                           const struct ht_difference *d)
{
    g_autoptr(GString) what = g_string_new(NULL);

    diff_what(what, report, d);
    json_open(json, key, '{');
    json_text(json, "kind", ht_diff_kind_name(d->kind));
    json_text(json, "what", what->str);
    json_text(json, "vm", ht_vm_names_get(report->names_a->vms, d->where.vm));
    json_number(json, "vcpu", d->where.vcpu);
    json_number(json, "order", d->order);
    add_exit(json, "a", report, d, true);
    add_exit(json, "b", report, d, false);
    json_close(json, '}');
}

static void add_groups(struct json *json, const struct diff_report *report)
{
    json_open(json, "groups", '[');
    for (unsigned i = 0; i < report->diff->groups->len; i++) {
        const struct ht_diff_group *group = &g_array_index(report->diff->groups,
                                                           struct ht_diff_group, i);
        char text[128];

        ht_cause_detail(&group->cause, report->names_a->map, text, sizeof(text));
        json_open(json, NULL, '{');
        json_text(json, "kind", ht_diff_kind_name(group->kind));
        json_text(json, "vm", ht_vm_names_get(report->names_a->vms, group->vm));
        json_text(json, "class", ht_class_name(group->cause.cls));
        json_text(json, "detail", text);
        json_number(json, "count", group->count);
        json_close(json, '}');
    }
    json_close(json, ']');
}

GString *diff_json(const struct diff_report *report)
{
    const GArray *differences = report->diff->differences;
    struct json json = {.out = g_string_new(NULL), .lines = true};

    json_open(&json, NULL, '{');
    add_trace(&json, "a", report->a);
    add_trace(&json, "b", report->b);
    json_number(&json, "same", report->diff->same);
    for (unsigned kind = 0; kind < HT_DIFF_COUNT; kind++) {
        json_number(&json, ht_diff_kind_name(kind), report->diff->counts[kind]);
    }
    if (differences->len) {
        add_difference(&json, "first", report,
                       &g_array_index(differences, struct ht_difference, 0));
    }
    add_groups(&json, report);
    if (report->list) {
        json_open(&json, "differences", '[');
        for (unsigned i = 0; i < differences->len; i++) {
            add_difference(&json, NULL, report,
                           &g_array_index(differences, struct ht_difference, i));
        }
        json_close(&json, ']');
    }
    json_close(&json, '}');
    g_string_append_c(json.out, '\n');
    return json.out;
}
