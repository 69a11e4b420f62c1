/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of a trace with what is known around each.
 */
#include "hyptrace/lib/walk.h"

/* What is known of one CPU before an event. */
struct cpu {
    bool in_hyp;
    struct ht_where where;
    uint64_t lost;          /* events that the recorder has lost so far */
};

struct HtWalk {
    HtReader *reader;
    HtVms *vms;
    HtAhead *ahead;         /* or NULL */
    const HtFilter *filter; /* or NULL */
    struct ht_facts facts;
    const struct ht_event *held; /* an entry whose outcome is waited for, or NULL */
    gint64 held_since_us;
    bool follow;
    struct cpu cpus[HT_CPUS_MAX];
};

#define HELD_US_MAX G_USEC_PER_SEC

/* wait: NULL for no outcomes. */
static HtWalk *new_walk(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                        const struct ht_names *names, const enum ht_ahead_wait *wait,
                        bool answers, GError **error)
{
    HtWalk *walk = g_new0(HtWalk, 1);

    walk->reader = ht_reader_new(trace, flags, error);
    walk->vms = ht_vms_new();
    if (names && names->vms) {
        ht_vms_set_names(walk->vms, names->vms);
    }
    walk->filter = filter;
    walk->facts.names = names;
    if (!walk->reader) {
        g_clear_pointer(&walk, ht_walk_free);
    } else if (wait) {
        walk->ahead = ht_ahead_new(trace, *wait, answers);
    }
    return walk;
}

HtWalk *ht_walk_new(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                    const struct ht_names *names, bool outcomes, GError **error)
{
    bool exits = filter && ht_facts_need_exits(filter);
    bool traps = outcomes || (filter && ht_facts_need_traps(filter));
    enum ht_ahead_wait wait = exits ? HT_AHEAD_EXIT : HT_AHEAD_INTID;

    return new_walk(trace, flags, filter, names, exits || traps ? &wait : NULL, false,
                    error);
}

HtWalk *ht_walk_new_exits(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                          const struct ht_names *names, GError **error)
{
    enum ht_ahead_wait wait = HT_AHEAD_EXIT;

    return new_walk(trace, flags, filter, names, &wait, false, error);
}

HtWalk *ht_walk_new_answers(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                            const struct ht_names *names, GError **error)
{
    bool exits = filter && ht_facts_need_exits(filter);
    enum ht_ahead_wait wait = exits ? HT_AHEAD_EXIT : HT_AHEAD_INTID;

    return new_walk(trace, flags, filter, names, &wait, true, error);
}

void ht_walk_follow(HtWalk *walk, gboolean follow)
{
    walk->follow = follow;
    ht_reader_follow(walk->reader, follow);
    if (walk->ahead) {
        ht_ahead_follow(walk->ahead, follow);
    }
}

gboolean ht_walk_pending(const HtWalk *walk)
{
    return walk->held || ht_reader_pending(walk->reader);
}

void ht_walk_free(HtWalk *walk)
{
    if (walk) {
        ht_ahead_free(walk->ahead);
        ht_vms_free(walk->vms);
        ht_reader_free(walk->reader);
        g_free(walk);
    }
}

HtVms *ht_walk_vms(HtWalk *walk)
{
    return walk->vms;
}

/* Follows the CPU in and out of Hyp and tells where the event belongs. */
static void locate(HtWalk *walk, struct cpu *cpu)
{
    struct ht_facts *facts = &walk->facts;
    const struct ht_event *event = facts->event;

    facts->in_hyp = cpu->in_hyp;
    if (ht_event_is_entry(event)) {
        facts->in_hyp = event->depth > 0;
        cpu->in_hyp = true;
    } else if (event->id == HT_EV_RETURN) {
        facts->in_hyp = cpu->in_hyp = false;
    } else if (event->id == HT_EV_ACTIVATION || event->id == HT_EV_NESTED_RETURN) {
        facts->in_hyp = cpu->in_hyp = true;
    } else if (event->id == HT_EV_REGISTERS) {
        facts->in_hyp = cpu->in_hyp = event->in_hyp;
    }
    if (!facts->in_hyp && (ht_event_is_entry(event) || event->id == HT_EV_RETURN)) {
        cpu->where = ht_vms_where(walk->vms, event);
    }
    facts->where = cpu->where;
}

static void learn(HtWalk *walk, const struct ht_event *event)
{
    struct cpu *cpu = &walk->cpus[event->cpu];
    uint64_t lost = ht_reader_lost(walk->reader, event->cpu);

    walk->facts.event = event;
    walk->facts.outcome = NULL;
    if (event->id != HT_EV_REGISTERS) {
        walk->facts.lost = lost - cpu->lost;
        cpu->lost = lost;
    }
    if (walk->ahead && ht_event_is_entry(event)) {
        walk->facts.outcome = ht_ahead_find(walk->ahead, event->seq);
    }
    locate(walk, cpu);
}

void ht_walk_seek(HtWalk *walk, const struct ht_seek *seek)
{
    ht_reader_seek(walk->reader, seek);
    if (walk->ahead) {
        ht_ahead_seek(walk->ahead, seek);
    }
}

guint64 ht_walk_lost(const HtWalk *walk, unsigned cpu)
{
    return ht_reader_lost(walk->reader, cpu);
}

/* Whether the entry's outcome may become known soon; then the event is held. */
static bool hold(HtWalk *walk, const struct ht_event *event)
{
    gint64 now_us;

    if (!walk->follow || !walk->ahead || !ht_event_is_entry(event)) {
        return false;
    }
    now_us = g_get_monotonic_time();
    if (!walk->held) {
        walk->held_since_us = now_us;
    }
    ht_ahead_find(walk->ahead, event->seq);
    walk->held = ht_ahead_pending(walk->ahead) && now_us - walk->held_since_us < HELD_US_MAX
               ? event : NULL;
    return walk->held != NULL;
}

struct ht_facts *ht_walk_any(HtWalk *walk, GError **error)
{
    const struct ht_event *event = walk->held ? walk->held : ht_reader_next(walk->reader, error);

    if (!event || hold(walk, event)) {
        return NULL;
    }
    walk->held = NULL;
    learn(walk, event);
    walk->facts.selected = !walk->filter || ht_filter_match(walk->filter, &walk->facts);
    return &walk->facts;
}

struct ht_facts *ht_walk_next(HtWalk *walk, GError **error)
{
    struct ht_facts *facts;

    do {
        facts = ht_walk_any(walk, error);
    } while (facts && !facts->selected);
    return facts;
}
