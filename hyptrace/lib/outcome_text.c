/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the hypervisor did with a trap, in words.
 */
#include "armv7/psr.h"
#include "hyptrace/lib/text.h"

static void append_comma(GString *out, size_t start)
{
    if (out->len > start) {
        g_string_append_len(out, ", ", 2);
    }
}

static bool is_interrupt(const struct ht_event *event)
{
    return event->id == HT_EV_ENTRY_IRQ || event->id == HT_EV_ENTRY_FIQ ||
           event->id == HT_EV_ENTRY_SERROR;
}

/* ELR_hyp is already behind HVC and SVC: DDI 0406C B1.8.3, preferred return addresses. */
static bool is_behind(const struct ht_event *event)
{
    unsigned cls = ht_cause_of(event).cls;

    return cls == HT_CLASS_HVC || cls == HT_CLASS_SVC;
}

/* Bytes of the trapped instruction: what was recorded, or HSR.IL. */
static uint32_t insn_bytes(const struct ht_event *event)
{
    return event->insn_halfwords ? 2u * event->insn_halfwords : event->hsr >> 25 & 1 ? 4 : 2;
}

/* The exception that a guest takes when it goes on at an offset of its vectors, or NULL. */
static const char *exception(unsigned mode, uint32_t pc)
{
    switch (pc & 0x1f) {
    case 0x04:
        return mode == ARMV7_MODE_UND ? "takes undefined" : NULL;
    case 0x0c:
        return mode == ARMV7_MODE_ABT ? "takes prefetch abort" : NULL;
    case 0x10:
        return mode == ARMV7_MODE_ABT ? "takes data abort" : NULL;
    case 0x18:
        return mode == ARMV7_MODE_IRQ ? "takes irq" : NULL;
    case 0x1c:
        return mode == ARMV7_MODE_FIQ ? "takes fiq" : NULL;
    default:
        return NULL;
    }
}

static void append_place(GString *out, const struct ht_answer *answer)
{
    g_string_append(out, "goes on at ");
    ht_text_hex(out, answer->pc, 8);
    g_string_append_c(out, ' ');
    g_string_append(out, armv7_psr_mode_name(answer->psr));
}

/* Where whoever trapped goes on, unless that is just behind what trapped it. */
static void append_way_on(GString *out, const struct ht_event *event,
                          const struct ht_answer *answer)
{
    unsigned mode = armv7_psr_mode(answer->psr);
    const char *taken = mode != armv7_psr_mode(event->psr) ? exception(mode, answer->pc) : NULL;

    if (taken) {
        g_string_append(out, taken);
    } else if (mode != armv7_psr_mode(event->psr)) {
        append_place(out, answer);
    } else if (answer->pc == event->pc) {
        g_string_append(out, is_interrupt(event) || is_behind(event) ? "" : "again");
    } else if (!is_interrupt(event) && !is_behind(event) &&
               answer->pc == event->pc + insn_bytes(event)) {
        g_string_append(out, "skipped");
    } else {
        append_place(out, answer);
    }
}

static void append_outputs(GString *out, size_t start, const struct ht_answer *answer)
{
    for (unsigned i = 0; i < MIN(answer->changed, HT_ANSWER_OUTPUTS_MAX); i++) {
        g_string_append(out, out->len > start ? " " : "");
        g_string_append(out, ht_reg_name(answer->outputs[i].row));
        g_string_append_c(out, '=');
        ht_text_hex(out, answer->outputs[i].value, 1);
    }
    if (answer->changed > HT_ANSWER_OUTPUTS_MAX) {
        g_string_append_len(out, " +", 2);
        ht_text_dec(out, answer->changed - HT_ANSWER_OUTPUTS_MAX, 0);
    }
}

static void append_injected(GString *out, size_t start, const struct ht_answer *answer)
{
    for (unsigned i = 0; i < MIN(answer->injected, HT_ANSWER_INJECTED_MAX); i++) {
        if (i == 0) {
            append_comma(out, start);
            g_string_append(out, "injects");
        }
        g_string_append_c(out, ' ');
        ht_text_dec(out, answer->intids[i], 0);
    }
    if (answer->injected > HT_ANSWER_INJECTED_MAX) {
        g_string_append(out, " ...");
    }
}

/* Somebody else goes on: whose registers are others anyway. */
static void append_switch(GString *out, const struct ht_facts *facts,
                          const struct ht_answer *answer)
{
    g_string_append(out, "runs ");
    g_string_append(out, ht_vm_names_get(facts->names->vms, answer->to.vm));
    g_string_append_c(out, '/');
    ht_text_dec(out, answer->to.vcpu, 0);
}

void ht_text_outcome(GString *out, const struct ht_facts *facts)
{
    const struct ht_answer *answer = facts->outcome ? &facts->outcome->answer : NULL;
    size_t start = out->len, length;

    if (!answer || !answer->known) {
        g_string_append(out, "no return seen");
        return;
    }
    if (facts->in_hyp) {
        append_way_on(out, facts->event, answer);
        return;
    }
    if (answer->to.vm != facts->where.vm || answer->to.vcpu != facts->where.vcpu) {
        append_switch(out, facts, answer);
        append_injected(out, start, answer);
        return;
    }
    append_outputs(out, start, answer);
    append_comma(out, start);
    length = out->len;
    append_way_on(out, facts->event, answer);
    if (out->len == length && length > start) {
        g_string_truncate(out, length - 2);
    }
    append_injected(out, start, answer);
}
