/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CSV (RFC 4180), JSON lines and folded stacks.
 */
#include <inttypes.h>
#include <string.h>

#include "hyptrace/cli/export.h"
#include "hyptrace/cli/json.h"
#include "hyptrace/lib/text.h"

static void no_begin(struct exporter *exporter)
{
}

static void no_end(struct exporter *exporter, HtVms *vms)
{
}

static void begin_csv(struct exporter *exporter)
{
    g_string_append(exporter->out, "seq,time_ns,cpu,vm,vcpu,depth,class,detail,pc,psr,"
                                   "hyp_ns,hyp_insns,away_ns,away_insns,self_ns\n");
}

/* A text in quotes if it needs some. */
static void append_csv_text(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        g_string_append(out, *text == '"' ? "\"" : "");
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void append_number(GString *out, uint64_t number, bool valid)
{
    g_string_append_c(out, ',');
    if (valid) {
        ht_text_dec(out, number, 0);
    }
}

static void append_spans(GString *out, const struct ht_outcome *outcome, bool insns)
{
    static const struct ht_outcome unknown;

    outcome = outcome ? outcome : &unknown;
    append_number(out, outcome->hyp.ns, outcome->returned);
    append_number(out, outcome->hyp.insns, outcome->returned && insns);
    append_number(out, outcome->away.ns, outcome->ended);
    append_number(out, outcome->away.insns, outcome->ended && insns && !outcome->migrated);
    append_number(out, outcome->self.ns, outcome->ended);
}

static void trap_csv(struct exporter *exporter, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;
    GString *out = exporter->out;
    char detail[128];

    export_detail(facts, detail, sizeof(detail));
    ht_text_dec(out, event->seq, 0);
    append_number(out, event->time_ns, true);
    append_number(out, event->cpu, true);
    g_string_append_c(out, ',');
    g_string_append(out, facts->in_hyp ? "hyp"
                                       : ht_vm_names_get(facts->names->vms, facts->where.vm));
    append_number(out, facts->where.vcpu, !facts->in_hyp);
    append_number(out, event->depth, true);
    g_string_append_c(out, ',');
    g_string_append(out, ht_class_name(ht_cause_of(event).cls));
    g_string_append_c(out, ',');
    append_csv_text(out, detail);
    g_string_append_c(out, ',');
    ht_text_hex(out, event->pc, 8);
    g_string_append_c(out, ',');
    ht_text_hex(out, event->psr, 8);
    append_spans(out, facts->outcome, exporter->trace->icount);
    g_string_append_c(out, '\n');
}

const struct export_format export_csv = {"csv", begin_csv, trap_csv, no_end};

static void add_spans(struct json *json, const struct ht_outcome *outcome, bool insns)
{
    if (outcome && outcome->returned) {
        json_number(json, "hyp_ns", outcome->hyp.ns);
        if (insns) {
            json_number(json, "hyp_insns", outcome->hyp.insns);
        }
    }
    if (outcome && outcome->ended) {
        json_number(json, "away_ns", outcome->away.ns);
        json_number(json, "self_ns", outcome->self.ns);
        if (insns && !outcome->migrated) {
            json_number(json, "away_insns", outcome->away.insns);
        }
    }
}

static void trap_jsonl(struct exporter *exporter, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;
    struct json json = {.out = exporter->out};
    char detail[128];

    export_detail(facts, detail, sizeof(detail));
    json_open(&json, NULL, '{');
    json_number(&json, "seq", event->seq);
    json_number(&json, "time_ns", event->time_ns);
    json_number(&json, "cpu", event->cpu);
    if (!facts->in_hyp) {
        json_text(&json, "vm", ht_vm_names_get(facts->names->vms, facts->where.vm));
        json_number(&json, "vcpu", facts->where.vcpu);
    }
    json_number(&json, "depth", event->depth);
    json_text(&json, "class", ht_class_name(ht_cause_of(event).cls));
    json_text(&json, "detail", detail);
    json_hex(&json, "pc", event->pc, 8);
    json_hex(&json, "psr", event->psr, 8);
    add_spans(&json, facts->outcome, exporter->trace->icount);
    json_close(&json, '}');
    g_string_append_c(exporter->out, '\n');
}

const struct export_format export_jsonl = {"jsonl", no_begin, trap_jsonl, no_end};

static void begin_folded(struct exporter *exporter)
{
    exporter->stacks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* In the exporter's unit: instructions with icount, else ns. */
static uint64_t weight_of(const struct exporter *exporter, const struct ht_outcome *outcome)
{
    struct ht_span span = {0, 0};

    if (exporter->weight == WEIGHT_COUNT) {
        return 1;
    }
    if (outcome && exporter->weight == WEIGHT_HYP && outcome->returned) {
        span = outcome->hyp;
    } else if (outcome && exporter->weight == WEIGHT_AWAY && outcome->ended) {
        span = outcome->away;
    }
    return exporter->trace->icount ? span.insns : span.ns;
}

static void trap_folded(struct exporter *exporter, const struct ht_facts *facts)
{
    uint64_t weight = weight_of(exporter, facts->outcome), *sum;
    uint32_t offset_bytes;
    const char *symbol;
    char detail[128];
    g_autoptr(GString) stack = g_string_new(NULL);

    export_detail(facts, detail, sizeof(detail));
    if (facts->in_hyp) {
        g_string_append(stack, "hyp");
    } else {
        g_string_append_printf(stack, "%s;vcpu%u",
                               ht_vm_names_get(facts->names->vms, facts->where.vm),
                               facts->where.vcpu);
    }
    if ((symbol = ht_facts_symbol(facts, &offset_bytes))) {
        g_string_append_printf(stack, ";%s", symbol);
    }
    g_string_append_printf(stack, ";%s%s%s", ht_class_name(ht_cause_of(facts->event).cls),
                           *detail ? ";" : "", detail);
    sum = g_hash_table_lookup(exporter->stacks, stack->str);
    if (!sum) {
        sum = g_new0(uint64_t, 1);
        g_hash_table_insert(exporter->stacks, g_strdup(stack->str), sum);
    }
    *sum += weight;
}

static void end_folded(struct exporter *exporter, HtVms *vms)
{
    g_autoptr(GList) stacks = g_list_sort(g_hash_table_get_keys(exporter->stacks),
                                          (GCompareFunc)strcmp);

    for (GList *stack = stacks; stack; stack = stack->next) {
        uint64_t *sum = g_hash_table_lookup(exporter->stacks, stack->data);

        if (*sum) {
            g_string_append_printf(exporter->out, "%s %" PRIu64 "\n", (char *)stack->data, *sum);
        }
    }
    g_clear_pointer(&exporter->stacks, g_hash_table_unref);
}

const struct export_format export_folded = {"folded", begin_folded, trap_folded, end_folded};
