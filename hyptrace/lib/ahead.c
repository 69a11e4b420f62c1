/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader that runs ahead.
 */
#include "hyptrace/lib/ahead.h"
#include "hyptrace/lib/answers.h"

G_STATIC_ASSERT((HT_AHEAD_ENTRIES_MAX & (HT_AHEAD_ENTRIES_MAX - 1)) == 0);

struct HtAhead {
    HtReader *reader;
    HtVms *vms;
    HtExits *exits;
    enum ht_ahead_wait wait;
    HtAnswers *answers;        /* or NULL */
    bool at_end;
    bool pending;              /* what was asked for last is not settled */
    size_t room;               /* of ring: a power of two, grows up to HT_AHEAD_ENTRIES_MAX */
    uint64_t first, end;       /* ring[n % room] for first <= n < end, ascending seq */
    struct ht_outcome *ring;
};

static struct ht_outcome *at(const HtAhead *ahead, uint64_t n)
{
    return &ahead->ring[n & (ahead->room - 1)];
}

/* The entry seq if it is kept. */
static struct ht_outcome *search(const HtAhead *ahead, uint64_t seq)
{
    uint64_t low = ahead->first, high = ahead->end;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        if (at(ahead, middle)->seq < seq) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < ahead->end && at(ahead, low)->seq == seq ? at(ahead, low) : NULL;
}

static void take_trap(void *opaque, const struct ht_trap *trap)
{
    HtAhead *ahead = opaque;
    struct ht_outcome *outcome = search(ahead, trap->seq);

    if (outcome) {
        outcome->detail = trap->cause.detail;
        outcome->returned = trap->returned;
        outcome->hyp = trap->hyp;
        outcome->settled = ahead->wait == HT_AHEAD_INTID || trap->depth ||
                           trap->from.vm == HT_VM_HOST || outcome->ended;
    }
}

static void take_exit(void *opaque, const struct ht_exit *exit)
{
    struct ht_outcome *outcome = search(opaque, exit->trap.seq);

    if (outcome) {
        outcome->detail = exit->trap.cause.detail;
        outcome->returned = exit->trap.returned;
        outcome->hyp = exit->trap.hyp;
        outcome->ended = outcome->settled = true;
        outcome->migrated = exit->migrated;
        outcome->away = exit->away;
        outcome->self = exit->self;
    }
}

HtAhead *ht_ahead_new(const HtTrace *trace, enum ht_ahead_wait wait, bool answers)
{
    HtAhead *ahead = g_new0(HtAhead, 1);
    struct ht_exits_sink sink = {.trap = take_trap, .exit = take_exit, .opaque = ahead};

    ahead->reader = ht_reader_new(trace, answers ? HT_READ_CORE : HT_READ_DEFAULT, NULL);
    ahead->vms = ht_vms_new();
    ahead->answers = answers ? ht_answers_new() : NULL;
    ahead->exits = ht_exits_new(ahead->vms, &sink);
    ahead->wait = wait;
    ahead->room = 1024;
    ahead->ring = g_new(struct ht_outcome, ahead->room);
    if (!ahead->reader) {
        g_clear_pointer(&ahead, ht_ahead_free);
    }
    return ahead;
}

void ht_ahead_free(HtAhead *ahead)
{
    if (ahead) {
        ht_answers_free(ahead->answers);
        ht_exits_free(ahead->exits);
        ht_vms_free(ahead->vms);
        ht_reader_free(ahead->reader);
        g_free(ahead->ring);
        g_free(ahead);
    }
}

void ht_ahead_seek(HtAhead *ahead, const struct ht_seek *seek)
{
    ht_reader_seek(ahead->reader, seek);
}

void ht_ahead_follow(HtAhead *ahead, gboolean follow)
{
    ht_reader_follow(ahead->reader, follow);
}

gboolean ht_ahead_pending(const HtAhead *ahead)
{
    return ahead->pending;
}

static void grow(HtAhead *ahead)
{
    struct ht_outcome *ring = g_new(struct ht_outcome, 2 * ahead->room);

    for (uint64_t n = ahead->first; n < ahead->end; n++) {
        ring[n & (2 * ahead->room - 1)] = *at(ahead, n);
    }
    g_free(ahead->ring);
    ahead->ring = ring;
    ahead->room *= 2;
}

static void keep(HtAhead *ahead, const struct ht_event *event)
{
    if (ahead->end - ahead->first == ahead->room) {
        grow(ahead);
    }
    *at(ahead, ahead->end++) = (struct ht_outcome) {
        .seq = event->seq, .detail = ht_cause_of(event).detail,
    };
}

static void answer(HtAhead *ahead, const struct ht_event *event)
{
    struct ht_answer found;
    struct ht_outcome *outcome;
    uint64_t seq;

    if (ht_answers_push(ahead->answers, ahead->vms, event, &seq, &found)) {
        outcome = search(ahead, seq);
        if (outcome) {
            outcome->answer = found;
        }
    }
}

static void read_event(HtAhead *ahead)
{
    const struct ht_event *event = ht_reader_next(ahead->reader, NULL);

    if (!event && ht_reader_pending(ahead->reader)) {
        ahead->pending = true;
        return;
    }
    if (!event) {
        ht_exits_finish(ahead->exits);
        ahead->at_end = true;
        return;
    }
    if (ht_event_is_entry(event)) {
        keep(ahead, event);
    }
    if (ahead->answers) {
        answer(ahead, event);
    }
    ht_exits_push(ahead->exits, event);
}

/* Forgets what was asked for before. */
static void drop_before(HtAhead *ahead, uint64_t seq)
{
    while (ahead->first < ahead->end && at(ahead, ahead->first)->seq < seq) {
        ahead->first++;
    }
}

const struct ht_outcome *ht_ahead_find(HtAhead *ahead, uint64_t seq)
{
    drop_before(ahead, seq);
    ahead->pending = false;
    for (;;) {
        struct ht_outcome *first = ahead->first < ahead->end ? at(ahead, ahead->first) : NULL;

        if (first && first->seq < seq) {
            drop_before(ahead, seq);
        } else if (first && (first->seq > seq || first->settled || ahead->at_end || ahead->pending ||
                             ahead->end - ahead->first == HT_AHEAD_ENTRIES_MAX)) {
            return first->seq == seq ? first : NULL;
        } else if (ahead->at_end || ahead->pending) {
            return NULL;
        } else {
            read_event(ahead);
        }
    }
}
