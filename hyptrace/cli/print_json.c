/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events as JSON, one object per line.
 */
#include <stdio.h>
#include <string.h>

#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "hyptrace/cli/json.h"
#include "hyptrace/cli/print.h"

static void add_faults(struct json *json, const struct ht_event *event)
{
    bool data = event->id == HT_EV_ENTRY_DABT || event->id == HT_EV_ENTRY_DABT_S2;
    bool fetch = event->id == HT_EV_ENTRY_IABT || event->id == HT_EV_ENTRY_IABT_S2;

    if (ht_event_has_hsr(event)) {
        json_hex(json, "hsr", event->hsr, 8);
    }
    if (data || fetch) {
        json_hex(json, data ? "hdfar" : "hifar", event->far, 8);
    }
    if (ht_event_is_stage2(event)) {
        json_hex(json, "hpfar", event->hpfar, 8);
        json_hex(json, "ipa", hsr_fault_ipa(event->hpfar, event->far), 8);
    }
}

static void add_intid(struct json *json, uint32_t intid)
{
    if (intid != HT_INTID_UNKNOWN) {
        json_number(json, "intid", intid);
    } else {
        json_key(json, "intid");
        g_string_append(json->out, "null");
    }
}

static void add_symbol(struct json *json, const struct ht_facts *facts)
{
    uint32_t offset_bytes;
    const char *symbol = ht_facts_symbol(facts, &offset_bytes);

    if (symbol) {
        json_text(json, "symbol", symbol);
        json_number(json, "symbol_offset", offset_bytes);
    }
}

static void add_entry(struct json *json, const struct view *view)
{
    const struct ht_facts *facts = view->facts;
    const struct ht_event *event = facts->event;
    struct ht_cause cause = ht_facts_cause(facts);
    char detail[64];

    ht_cause_detail(&cause, facts->names->map, detail, sizeof(detail));
    json_text(json, "class", ht_class_name(cause.cls));
    if (!ht_event_has_hsr(event)) {
        add_intid(json, cause.detail);
    } else if (*detail) {
        json_text(json, "detail", detail);
    }
    json_number(json, "depth", event->depth);
    json_hex(json, "vector", 4u * event->vector, 2);
    json_hex(json, "elr", event->pc, 8);
    json_hex(json, "spsr", event->psr, 8);
    add_symbol(json, facts);
    add_faults(json, event);
    if (event->insn_halfwords) {
        json_hex(json, "insn", event->insn, 4 * event->insn_halfwords);
        if (view->disasm) {
            json_text(json, "assembly", ht_disasm_text(view->disasm, event));
        }
    }
}

static void add_changes(struct json *json, const struct ht_event *event)
{
    struct ht_change changes[HT_CHANGES_MAX];
    unsigned count = ht_event_changes(event, changes);

    json_open(json, "registers", '{');
    for (unsigned i = 0; i < count; i++) {
        char row[8];

        snprintf(row, sizeof(row), "row%u", changes[i].row);
        json_hex(json, ht_reg_name(changes[i].row) ? ht_reg_name(changes[i].row) : row,
                 changes[i].value, 1);
    }
    json_close(json, '}');
}

static void add_place(struct json *json, const struct ht_event *event)
{
    json_hex(json, "pc", event->pc, 8);
    json_hex(json, "cpsr", event->psr, 8);
}

static void add_plain(struct json *json, const struct ht_event *event)
{
    for (const struct ht_event_field *f = ht_event_fields(event->id); f->name; f++) {
        uint32_t value = ht_event_field_value(event, f);

        if (f->word && f->word(value)) {
            json_text(json, f->name, f->word(value));
        } else if (f->size == 4) {
            json_hex(json, f->name, value, 8);
        } else {
            json_number(json, f->name, value);
        }
    }
}

static void add_answer(struct json *json, const struct ht_facts *facts)
{
    const struct ht_answer *answer = &facts->outcome->answer;

    if (!facts->in_hyp) {
        json_text(json, "vm", ht_vm_names_get(facts->names->vms, answer->to.vm));
        json_number(json, "vcpu", answer->to.vcpu);
    }
    json_hex(json, "pc", answer->pc, 8);
    json_hex(json, "cpsr", answer->psr, 8);
    json_number(json, "changed", answer->changed);
    json_open(json, "registers", '{');
    for (unsigned i = 0; i < MIN(answer->changed, HT_ANSWER_OUTPUTS_MAX); i++) {
        json_hex(json, ht_reg_name(answer->outputs[i].row), answer->outputs[i].value, 1);
    }
    json_close(json, '}');
    json_open(json, "injected", '[');
    for (unsigned i = 0; i < MIN(answer->injected, HT_ANSWER_INJECTED_MAX); i++) {
        json_number(json, NULL, answer->intids[i]);
    }
    json_close(json, ']');
}

static void add_outcome(struct json *json, const struct view *view)
{
    const struct ht_facts *facts = view->facts;
    const struct ht_outcome *outcome = facts->outcome;
    g_autoptr(GString) words = g_string_new(NULL);

    ht_text_outcome(words, facts);
    json_open(json, "outcome", '{');
    json_text(json, "words", words->str);
    if (outcome && outcome->returned) {
        json_number(json, "hyp_ns", outcome->hyp.ns);
        if (view->trace->icount) {
            json_number(json, "hyp_insns", outcome->hyp.insns);
        }
    }
    if (outcome && outcome->answer.known) {
        add_answer(json, facts);
    }
    json_close(json, '}');
}

static void add_fields(struct json *json, const struct view *view)
{
    const struct ht_facts *facts = view->facts;
    const struct ht_event *event = facts->event;

    switch (event->id) {
    case HT_EV_REGISTERS:
        json_bool(json, "in_hyp", event->in_hyp);
        json_number(json, "depth", event->depth);
        break;
    case HT_EV_ACTIVATION:
        json_number(json, "kind", event->kind);
        add_place(json, event);
        break;
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        add_place(json, event);
        break;
    default:
        if (ht_event_is_entry(event)) {
            add_entry(json, view);
        } else {
            add_plain(json, event);
        }
        break;
    }
    if (event->delta) {
        add_changes(json, event);
    }
}

static void append_object(GString *out, const struct view *view, bool outcome)
{
    const struct ht_facts *facts = view->facts;
    const struct ht_event *event = facts->event;
    struct json json = {.out = out};

    json_open(&json, NULL, '{');
    json_number(&json, "seq", event->seq);
    json_number(&json, "time_ns", event->time_ns);
    json_number(&json, "cpu", event->cpu);
    if (view->trace->icount) {
        json_number(&json, "insns", event->insns);
    }
    json_text(&json, "event", ht_event_name(event->id));
    if (event->gap) {
        json_number(&json, "lost_before", facts->lost);
    }
    if (!facts->in_hyp) {
        json_text(&json, "vm", ht_vm_names_get(facts->names->vms, facts->where.vm));
        json_number(&json, "vcpu", facts->where.vcpu);
    }
    add_fields(&json, view);
    if (outcome) {
        add_outcome(&json, view);
    }
    json_close(&json, '}');
    g_string_append_c(out, '\n');
}

void print_json(GString *out, const struct view *view)
{
    append_object(out, view, false);
}

void print_trap_json(GString *out, const struct view *view)
{
    append_object(out, view, ht_event_is_entry(view->facts->event));
}
