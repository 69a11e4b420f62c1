/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A part of a trace as a trace.
 */
#include <errno.h>
#include <string.h>
#include <glib/gstdio.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/slice.h"
#include "hyptrace/lib/writer.h"

/* A CPU before the slice's first event of it. */
struct cpu {
    bool begun;
    bool in_hyp;
    uint8_t depth;
    uint64_t insns;
    uint32_t regs[HT_REG_COUNT];
};

struct slicer {
    const struct ht_slice *slice;
    HtWriter *writer;
    bool begun, ended;
    uint64_t written;
    struct cpu cpus[HT_CPUS_MAX];
};

gboolean ht_slice_copy_info(const HtTrace *trace, const char *dir, GError **error)
{
    g_autofree char *from = g_build_filename(trace->dir, HT_PROVENANCE_NAME, NULL);
    g_autofree char *info = g_build_filename(dir, HT_INFO_DIR, NULL);
    g_autofree char *to = g_build_filename(dir, HT_PROVENANCE_NAME, NULL);
    g_autofree char *text = NULL;
    gsize bytes;

    if (!g_file_get_contents(from, &text, &bytes, NULL)) {
        return TRUE;
    }
    if (g_mkdir_with_parents(info, 0777) != 0) {
        g_set_error(error, HT_ERROR, HT_ERROR_IO, "%s: %s", info, g_strerror(errno));
        return FALSE;
    }
    return g_file_set_contents(to, text, (gssize)bytes, error);
}

/* Whether the event is in the slice by number and time. */
static bool in_bounds(const struct ht_slice *slice, const struct ht_event *event)
{
    return event->time_ns >= slice->from_ns && event->time_ns <= slice->to_ns &&
           event->seq >= slice->from_seq && event->seq <= slice->to_seq;
}

/* Nothing after this event is in the slice: times follow the sequence numbers. */
static bool beyond(const struct slicer *slicer, const struct ht_event *event)
{
    return event->seq > slicer->slice->to_seq || event->time_ns > slicer->slice->to_ns ||
           slicer->written == slicer->slice->count || slicer->ended;
}

/* Follows the CPU up to the slice. */
static void follow(struct cpu *cpu, const struct ht_event *event)
{
    memcpy(cpu->regs, event->regs, sizeof(cpu->regs));
    cpu->insns = event->insns;
    if (ht_event_is_entry(event)) {
        cpu->in_hyp = true;
        cpu->depth = event->depth;
    } else if (event->id == HT_EV_NESTED_RETURN) {
        cpu->depth -= cpu->depth > 0;
    } else if (event->id == HT_EV_RETURN || event->id == HT_EV_ACTIVATION) {
        cpu->in_hyp = event->id == HT_EV_ACTIVATION;
        cpu->depth = 0;
    } else if (event->id == HT_EV_REGISTERS) {
        cpu->in_hyp = event->in_hyp;
        cpu->depth = event->depth;
    }
}

static void write_event(struct slicer *slicer, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;
    struct cpu *cpu = &slicer->cpus[event->cpu];

    if (!cpu->begun) {
        ht_writer_set_state(slicer->writer, event->cpu, cpu->regs, cpu->insns, cpu->in_hyp,
                            cpu->depth);
        cpu->begun = true;
    } else if (event->gap) {
        ht_writer_lose(slicer->writer, event->cpu, MAX(facts->lost, 1));
    }
    ht_writer_put(slicer->writer, event);
    slicer->written++;
}

static void take(struct slicer *slicer, struct ht_facts *facts)
{
    const struct ht_slice *slice = slicer->slice;
    const struct ht_event *event = facts->event;
    bool inside = event->id != HT_EV_REGISTERS && in_bounds(slice, event);

    slicer->begun = slicer->begun || (inside && (!slice->begin ||
                                                 ht_filter_match(slice->begin, facts)));
    if (inside && slicer->begun && (!slice->keep || ht_filter_match(slice->keep, facts))) {
        write_event(slicer, facts);
    }
    if (!slicer->cpus[event->cpu].begun) {
        follow(&slicer->cpus[event->cpu], event);
    }
    slicer->ended = inside && slicer->begun && slice->end && ht_filter_match(slice->end, facts);
}

static void seek(const struct ht_slice *slice, HtWalk *walk)
{
    if (slice->from_seq) {
        ht_walk_seek(walk, &(struct ht_seek) {true, slice->from_seq});
    } else if (slice->from_ns) {
        ht_walk_seek(walk, &(struct ht_seek) {false, slice->from_ns});
    }
}

static bool needs_outcomes(const HtFilter *filter)
{
    return filter && ht_facts_need_traps(filter);
}

static void copy(struct slicer *slicer, const HtTrace *trace, const struct ht_names *names,
                 GError **error)
{
    const struct ht_slice *slice = slicer->slice;
    const HtFilter *deepest = slice->keep && ht_facts_need_exits(slice->keep) ? slice->keep
                            : slice->end && ht_facts_need_exits(slice->end) ? slice->end
                            : slice->begin;
    bool outcomes = needs_outcomes(slice->begin) || needs_outcomes(slice->end) ||
                    needs_outcomes(slice->keep);
    g_autoptr(HtWalk) walk = ht_walk_new(trace, HT_READ_CORE | HT_READ_SNAPSHOTS, deepest, names,
                                         outcomes, error);
    struct ht_facts *facts;

    if (!walk) {
        return;
    }
    seek(slice, walk);
    while ((facts = ht_walk_any(walk, error)) && !beyond(slicer, facts->event)) {
        take(slicer, facts);
    }
}

gboolean ht_slice_write(const HtTrace *trace, const struct ht_slice *slice,
                        const struct ht_names *names, const char *dir, uint64_t *written,
                        GError **error)
{
    g_autofree struct slicer *slicer = g_new0(struct slicer, 1);
    GError *defect = NULL;

    slicer->slice = slice;
    slicer->writer = ht_writer_new(dir, trace, HT_PACKET_BYTES_DEFAULT, error);
    if (!slicer->writer) {
        return FALSE;
    }
    copy(slicer, trace, names, &defect);
    *written = slicer->written;
    if (!ht_writer_close(slicer->writer, error) || !ht_slice_copy_info(trace, dir, error)) {
        g_clear_error(&defect);
        return FALSE;
    }
    if (defect) {
        g_propagate_error(error, defect);
    }
    return !defect;
}
