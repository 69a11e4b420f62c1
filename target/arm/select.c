/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which traps are recorded.  The subject of an expression is the event as a reader would get it:
 * its fields, and the register table, for which the CPU's registers are compared with the shadow
 * in a copy.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "hw/boards.h"
#include "system/cpu-timers.h"
#include "hyptrace/format/layout.h"
#include "target/arm/hyptrace/insns.h"
#include "target/arm/hyptrace/recorder.h"

/* "N:EXPRESSION": returns the expression, *wait gets N - 1. */
static const char *take_count(const char *text, uint64_t *wait)
{
    const char *end = text + strspn(text, "0123456789");
    uint64_t n = g_ascii_strtoull(text, NULL, 10);

    *wait = 0;
    if (end == text || *end != ':') {
        return text;
    }
    *wait = n > 0 ? n - 1 : 0;
    return end + 1;
}

/* Whether the expression names what is known only when the trap or its exit has ended. */
static bool asks_for_later(const HtFilter *filter)
{
    static const char *const later[] = {
        "intid", "dur", "dur_insns", "away", "away_insns", "self",
    };
    const struct ht_filter_language *language = ht_facts_language();

    for (unsigned field = 0; field < language->count; field++) {
        for (unsigned i = 0; i < ARRAY_SIZE(later); i++) {
            if (g_str_equal(language->fields[field].name, later[i]) &&
                ht_filter_uses(filter, field)) {
                return true;
            }
        }
    }
    return false;
}

static HtFilter *compile(const char *name, const char *text, Error **errp)
{
    struct ht_filter_place place;
    GError *error = NULL;
    HtFilter *filter = ht_filter_new(text, ht_facts_language(), &place, &error);

    if (!filter) {
        g_autofree char *carets = g_strnfill(MAX(place.length_bytes, 1), '^');

        error_setg(errp, "hyptrace: %s: %s", name, error->message);
        error_append_hint(errp, "  %s\n  %*s%s\n", text, (int)place.offset_bytes, "", carets);
        g_error_free(error);
        return NULL;
    }
    if (asks_for_later(filter)) {
        error_setg(errp, "hyptrace: %s: what becomes of a trap (intid, dur, away, self) is not "
                   "known when it is taken", name);
        ht_filter_free(filter);
        return NULL;
    }
    return filter;
}

bool ht_trigger_set(HtTrigger *trigger, const char *name, const char *text, bool counted,
                    Error **errp)
{
    uint64_t wait = 0;
    const char *expression = counted ? take_count(text, &wait) : text;
    HtFilter *filter = *text ? compile(name, expression, errp) : NULL;

    if (*text && !filter) {
        return false;
    }
    if (trigger->filter) {
        ht_filter_free(trigger->filter);
    }
    g_free(trigger->text);
    *trigger = (HtTrigger) { .text = g_strdup(text), .filter = filter, .wait = wait };
    return true;
}

static bool fires(HtTrigger *trigger, struct ht_facts *facts)
{
    if (!trigger->filter || !ht_filter_match(trigger->filter, facts)) {
        return false;
    }
    if (trigger->wait > 0) {
        trigger->wait--;
        return false;
    }
    return true;
}

/* The register table after the event.  Needs no file and leaves the CPU's shadow as it is. */
static const uint32_t *rows_now(HtCpu *c, const struct ht_event *event)
{
    uint8_t unused[HT_EVENT_BYTES_MAX], *p = unused;
    HtShadow *now = c->recorder->scratch;

    *now = c->shadow;
    ht_put_full_delta(now, &c->cpu->env, &p, NULL, NULL);
    now->row[HT_REG_HSR] = event->hsr;
    return now->row;
}

static void fill_event(HtCpu *c, struct ht_event *event)
{
    const CPUARMState *env = &c->cpu->env;
    bool fetch = event->id == HT_EV_ENTRY_IABT || event->id == HT_EV_ENTRY_IABT_S2;
    const HtInsn *insn = &c->insn;

    event->cpu = CPU(c->cpu)->cpu_index;
    event->seq = c->recorder->seq + 1;
    event->time_ns = cpus_get_virtual_clock();
    event->insns = c->recorder->icount ? ht_insns_total(CPU(c->cpu)) : 0;
    event->depth = c->depth;
    event->pc = ht_cpu_elr_hyp(env);
    event->psr = ht_cpu_spsr_hyp(env);
    event->hsr = ht_cpu_hsr(env);
    event->far = fetch ? ht_cpu_hifar(env) : ht_cpu_hdfar(env);
    event->hpfar = ht_cpu_hpfar(env);
    event->insn_halfwords = insn->halfwords;
    event->insn = insn->halfwords == 1 ? insn->halfword[0] :
                  event->psr & CPSR_T ? (uint32_t)insn->halfword[0] << 16 | insn->halfword[1] :
                  (uint32_t)insn->halfword[1] << 16 | insn->halfword[0];
    event->regs = rows_now(c, event);
}

HtVerdict ht_select_entry(HtCpu *c, unsigned id, unsigned vector)
{
    HypTrace *t = c->recorder;
    struct ht_event event = { .id = id, .vector = vector };
    struct ht_facts facts = { .event = &event, .in_hyp = c->depth > 0, .names = &t->names };
    HtVerdict verdict;

    fill_event(c, &event);
    if (!facts.in_hyp) {
        facts.where = ht_vms_where(t->vms, &event);
    }
    verdict.selected = !t->filter.filter || ht_filter_match(t->filter.filter, &facts);
    verdict.start = t->waiting && fires(&t->start, &facts);
    verdict.stop = !t->waiting && fires(&t->stop, &facts);
    verdict.dump = fires(&t->dump_on, &facts);
    return verdict;
}
