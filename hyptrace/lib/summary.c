/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts and times of a whole trace.
 */
#include <string.h>

#include "hyptrace/lib/summary.h"
#include "hyptrace/lib/walk.h"

G_STATIC_ASSERT(HT_CLASS_COUNT + 16 <= HT_TIMELINE_ROWS);

/* Slots of the open-addressing index of rows: a power of two, at most half full. */
#define SLOTS 4096

G_STATIC_ASSERT(SLOTS >= 2 * (HT_SUMMARY_ROWS_MAX + 2 * HT_CLASS_COUNT));

struct counter {
    HtSummary *summary;
    struct ht_summary_row *last; /* found by the last look-up: an exit follows its trap */
    struct ht_summary_vcpu *vcpus[HT_CPUS_MAX]; /* found by the last look-up for each CPU */
    struct ht_summary_row *slots[SLOTS];
};

static unsigned slot_of(struct ht_cause cause, bool nested)
{
    uint64_t key = (uint64_t)cause.detail << 6 | cause.cls << 1 | nested;

    return (unsigned)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) % SLOTS;
}

static struct ht_summary_row *add_row(struct counter *counter, unsigned slot,
                                      struct ht_cause cause, bool nested)
{
    struct ht_summary_row *row = g_new0(struct ht_summary_row, 1);

    row->cause = cause;
    row->nested = nested;
    counter->slots[slot] = row;
    g_ptr_array_add(counter->summary->rows, row);
    return row;
}

static inline bool is_row(const struct ht_summary_row *row, struct ht_cause cause, bool nested)
{
    return row->cause.detail == cause.detail && row->cause.cls == cause.cls &&
           row->nested == nested;
}

static struct ht_summary_row *search_row(struct counter *counter, struct ht_cause cause,
                                         bool nested)
{
    unsigned slot = slot_of(cause, nested);
    struct ht_summary_row *row;

    while ((row = counter->slots[slot])) {
        if (is_row(row, cause, nested)) {
            return row;
        }
        slot = (slot + 1) % SLOTS;
    }
    if (counter->summary->rows->len >= HT_SUMMARY_ROWS_MAX && cause.detail != HT_DETAIL_OTHERS) {
        return search_row(counter, (struct ht_cause) {cause.cls, HT_DETAIL_OTHERS}, nested);
    }
    return add_row(counter, slot, cause, nested);
}

static inline struct ht_summary_row *find_row(struct counter *counter, struct ht_cause cause,
                                              bool nested)
{
    if (!counter->last || !is_row(counter->last, cause, nested)) {
        counter->last = search_row(counter, cause, nested);
    }
    return counter->last;
}

static struct ht_summary_vcpu *find_vcpu(struct counter *counter, unsigned cpu,
                                         struct ht_where where)
{
    GPtrArray *vcpus = counter->summary->vcpus;
    struct ht_summary_vcpu *vcpu = counter->vcpus[cpu];

    if (vcpu && vcpu->where.vm == where.vm && vcpu->where.vcpu == where.vcpu) {
        return vcpu;
    }
    for (unsigned i = 0; i < vcpus->len; i++) {
        vcpu = g_ptr_array_index(vcpus, i);
        if (vcpu->where.vm == where.vm && vcpu->where.vcpu == where.vcpu) {
            return counter->vcpus[cpu] = vcpu;
        }
    }
    if (vcpus->len == HT_VCPUS_MAX) {
        return vcpu; /* the last one counts for all later ones */
    }
    vcpu = g_new0(struct ht_summary_vcpu, 1);
    vcpu->where = where;
    g_ptr_array_add(vcpus, vcpu);
    return counter->vcpus[cpu] = vcpu;
}

static void count_place(HtSummary *summary, const struct ht_trap *trap, uint64_t hyp)
{
    unsigned cls = trap->cause.cls, vm = trap->from.vm;
    uint64_t *column;

    if (trap->depth) {
        ht_spots_add(summary->code, HT_SPACE_HYP, trap->pc, hyp);
        return;
    }
    if (cls != HT_CLASS_IRQ && cls != HT_CLASS_FIQ && cls != HT_CLASS_SERROR) {
        ht_spots_add(summary->code, vm, trap->pc, hyp);
    }
    if (cls == HT_CLASS_DABT_S2 || cls == HT_CLASS_IABT_S2) {
        ht_spots_add(summary->pages, vm, trap->cause.detail, hyp);
    }
    column = summary->timeline.counts[ht_timeline_column(&summary->timeline, trap->time_ns)];
    column[cls]++;
    column[HT_TIMELINE_VM + MIN(vm, HT_TIMELINE_VMS - 1)]++;
}

static uint64_t in_unit(const HtSummary *summary, struct ht_span span)
{
    return summary->in_insns ? span.insns : span.ns;
}

static void count_trap(void *opaque, const struct ht_trap *trap)
{
    struct counter *counter = opaque;
    HtSummary *summary = counter->summary;
    bool nested = trap->depth > 0;
    struct ht_summary_row *row;
    uint64_t hyp = in_unit(summary, trap->hyp);

    if (!trap->marked) {
        return;
    }
    row = find_row(counter, trap->cause, nested);
    row->entries++;
    if (trap->returned) {
        ht_histogram_add(&row->hyp, hyp);
    }
    if (!nested) {
        struct ht_summary_vcpu *vcpu = find_vcpu(counter, trap->cpu, trap->from);

        summary->vms[trap->from.vm].entries++;
        summary->vms[trap->from.vm].hyp += hyp;
        vcpu->counts.entries++;
        vcpu->counts.hyp += hyp;
        summary->cpus[trap->cpu].hyp += hyp;
    }
    count_place(summary, trap, hyp);
}

static void count_exit(void *opaque, const struct ht_exit *exit)
{
    struct counter *counter = opaque;
    HtSummary *summary = counter->summary;
    struct ht_summary_vm *vm = &summary->vms[exit->trap.from.vm];
    struct ht_summary_vcpu *vcpu;
    struct ht_summary_row *row;

    if (!exit->trap.marked) {
        return;
    }
    vcpu = find_vcpu(counter, exit->trap.cpu, exit->trap.from);
    vcpu->counts.exits++;
    vcpu->counts.away += in_unit(summary, exit->away);
    vcpu->counts.self += in_unit(summary, exit->self);
    row = find_row(counter, exit->trap.cause, false);
    row->exits++;
    vm->exits++;
    vm->away += in_unit(summary, exit->away);
    vm->self += in_unit(summary, exit->self);
    summary->migrated += exit->migrated;
    if (!summary->in_insns || !exit->migrated) {
        ht_histogram_add(&row->away, in_unit(summary, exit->away));
    }
}

static void count_event(HtSummary *summary, const struct ht_event *event)
{
    struct ht_summary_cpu *cpu = &summary->cpus[event->cpu];

    if (summary->events++ == 0) {
        summary->time_begin_ns = event->time_ns;
    }
    summary->time_end_ns = MAX(summary->time_end_ns, event->time_ns);
    cpu->events++;
    cpu->insns = event->insns;
    if (ht_event_is_entry(event)) {
        cpu->entries++;
        cpu->nested += event->depth > 0;
    } else if (event->id == HT_EV_RETURN) {
        cpu->returns++;
    } else if (event->id == HT_EV_ACTIVATION) {
        cpu->activations++;
    }
}

static void count_all(HtSummary *summary, const HtTrace *trace, HtExits *exits, GError **error)
{
    g_autoptr(HtReader) reader = ht_reader_new(trace, HT_READ_DEFAULT, error);
    const struct ht_event *event;

    while (reader && (event = ht_reader_next(reader, error))) {
        count_event(summary, event);
        ht_exits_push(exits, event);
    }
    for (unsigned i = 0; reader && i < summary->cpu_count; i++) {
        summary->cpus[i].lost = ht_reader_lost(reader, i);
    }
}

static void count_selected(HtSummary *summary, HtWalk *walk, HtExits *exits, GError **error)
{
    const struct ht_facts *facts;

    while ((facts = ht_walk_any(walk, error))) {
        if (facts->selected) {
            count_event(summary, facts->event);
        }
        ht_exits_push_marked(exits, facts->event, facts->selected);
    }
    for (unsigned i = 0; i < summary->cpu_count; i++) {
        summary->cpus[i].lost = ht_walk_lost(walk, i);
    }
}

static int more_entries_first(gconstpointer a, gconstpointer b)
{
    const struct ht_summary_row *x = *(struct ht_summary_row *const *)a;
    const struct ht_summary_row *y = *(struct ht_summary_row *const *)b;

    if (x->entries != y->entries) {
        return x->entries > y->entries ? -1 : 1;
    }
    if (x->cause.cls != y->cause.cls) {
        return x->cause.cls < y->cause.cls ? -1 : 1;
    }
    return x->cause.detail < y->cause.detail ? -1 : x->cause.detail > y->cause.detail;
}

static int by_where(gconstpointer a, gconstpointer b)
{
    const struct ht_where *x = &(*(struct ht_summary_vcpu *const *)a)->where;
    const struct ht_where *y = &(*(struct ht_summary_vcpu *const *)b)->where;

    if (x->vm != y->vm) {
        return x->vm < y->vm ? -1 : 1;
    }
    return x->vcpu < y->vcpu ? -1 : x->vcpu > y->vcpu;
}

static void count_vms(HtSummary *summary, const HtVms *vms)
{
    summary->vm_count = ht_vms_count(vms);
    for (unsigned vm = 1; vm <= summary->vm_count; vm++) {
        summary->vm_bases[vm] = ht_vms_base(vms, vm);
    }
}

HtSummary *ht_summary_new(const HtTrace *trace, const HtFilter *filter,
                          const struct ht_names *names, GError **error)
{
    HtSummary *summary = g_new0(HtSummary, 1);
    g_autofree struct counter *counter = g_new0(struct counter, 1);
    struct ht_exits_sink sink = {count_trap, count_exit, counter};
    g_autoptr(HtVms) vms = ht_vms_new();
    g_autoptr(HtExits) exits = ht_exits_new(vms, &sink);
    g_autoptr(HtWalk) walk = filter ? ht_walk_new(trace, HT_READ_CORE, filter, names, false, error)
                                    : NULL;

    if (names && names->vms) {
        ht_vms_set_names(vms, names->vms);
    }
    counter->summary = summary;
    summary->in_insns = trace->icount;
    summary->cpu_count = trace->cpus;
    summary->rows = g_ptr_array_new_with_free_func(g_free);
    summary->vcpus = g_ptr_array_new_with_free_func(g_free);
    summary->code = g_new0(struct ht_spots, 1);
    summary->pages = g_new0(struct ht_spots, 1);
    if (walk) {
        count_selected(summary, walk, exits, error);
    } else if (!filter) {
        count_all(summary, trace, exits, error);
    }
    ht_exits_finish(exits);
    summary->exits_open = ht_exits_open(exits);
    count_vms(summary, vms);
    g_ptr_array_sort(summary->rows, more_entries_first);
    g_ptr_array_sort(summary->vcpus, by_where);
    return summary;
}

void ht_summary_free(HtSummary *summary)
{
    if (summary) {
        g_ptr_array_unref(summary->rows);
        g_ptr_array_unref(summary->vcpus);
        g_free(summary->code);
        g_free(summary->pages);
        g_free(summary);
    }
}

void ht_summary_total(const HtSummary *summary, unsigned cls, bool nested,
                      struct ht_summary_row *total)
{
    memset(total, 0, sizeof(*total));
    total->cause = (struct ht_cause) {(uint8_t)cls, 0};
    total->nested = nested;
    for (unsigned i = 0; i < summary->rows->len; i++) {
        const struct ht_summary_row *row = g_ptr_array_index(summary->rows, i);

        if ((row->cause.cls == cls || cls == HT_CLASS_COUNT) && row->nested == nested) {
            total->entries += row->entries;
            total->exits += row->exits;
            ht_histogram_merge(&total->hyp, &row->hyp);
            ht_histogram_merge(&total->away, &row->away);
        }
    }
}
