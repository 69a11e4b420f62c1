/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several parts of a trace as one.
 */
#include <string.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/slice.h"
#include "hyptrace/lib/writer.h"

struct part {
    HtReader *reader;
    const struct ht_event *event; /* the next one; NULL at the end */
    uint64_t lost[HT_CPUS_MAX];
};

struct merger {
    struct part parts[HT_CPUS_MAX];
    unsigned count;
    HtWriter *writer;
    bool begun[HT_CPUS_MAX];      /* the CPU has an event */
    struct ht_event last;
    uint64_t written;
    GError *defect;               /* the first of a reader */
};

static void advance(struct merger *merger, struct part *part)
{
    part->event = ht_reader_next(part->reader, merger->defect ? NULL : &merger->defect);
}

static struct part *first_part(struct merger *merger)
{
    struct part *first = NULL;

    for (unsigned i = 0; i < merger->count; i++) {
        struct part *part = &merger->parts[i];

        if (part->event && (!first || part->event->seq < first->event->seq)) {
            first = part;
        }
    }
    return first;
}

/* Events that several pieces have are the same in all. */
static gboolean check_again(const struct merger *merger, const struct ht_event *event,
                            GError **error)
{
    const struct ht_event *last = &merger->last;

    if (event->cpu == last->cpu && event->id == last->id && event->time_ns == last->time_ns &&
        event->pc == last->pc) {
        return TRUE;
    }
    g_set_error(error, HT_ERROR, HT_ERROR_CORRUPT,
                "the traces are not pieces of one: they have different events number %"
                G_GUINT64_FORMAT, event->seq);
    return FALSE;
}

static void write_event(struct merger *merger, struct part *part)
{
    const struct ht_event *event = part->event;
    uint64_t lost = ht_reader_lost(part->reader, event->cpu);

    if (event->gap && merger->begun[event->cpu]) {
        ht_writer_lose(merger->writer, event->cpu, MAX(lost - part->lost[event->cpu], 1));
    }
    part->lost[event->cpu] = lost;
    merger->begun[event->cpu] = true;
    ht_writer_put(merger->writer, event);
    merger->last = *event;
    merger->written++;
}

/* A CPU's state before its first event is in the snapshot of the piece that has that event. */
static void take_snapshot(struct merger *merger, const struct ht_event *event)
{
    if (!merger->begun[event->cpu]) {
        ht_writer_set_state(merger->writer, event->cpu, event->regs, event->insns,
                            event->in_hyp, event->depth);
    }
}

static gboolean merge_all(struct merger *merger, GError **error)
{
    struct part *part;

    for (unsigned i = 0; i < merger->count; i++) {
        advance(merger, &merger->parts[i]);
    }
    while ((part = first_part(merger))) {
        const struct ht_event *event = part->event;

        if (event->id == HT_EV_REGISTERS) {
            take_snapshot(merger, event);
        } else if (!merger->written || event->seq != merger->last.seq) {
            write_event(merger, part);
        } else if (!check_again(merger, event, error)) {
            return FALSE;
        }
        advance(merger, part);
    }
    return TRUE;
}

static gboolean check_alike(HtTrace *const *traces, unsigned count, GError **error)
{
    for (unsigned i = 1; i < count; i++) {
        if (traces[i]->cpus != traces[0]->cpus || traces[i]->registers != traces[0]->registers ||
            traces[i]->icount != traces[0]->icount) {
            g_set_error(error, HT_ERROR, HT_ERROR_CORRUPT,
                        "%s and %s are not pieces of one trace: CPUs, registers or icount differ",
                        traces[0]->dir, traces[i]->dir);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean open_parts(struct merger *merger, HtTrace *const *traces, GError **error)
{
    for (unsigned i = 0; i < merger->count; i++) {
        merger->parts[i].reader = ht_reader_new(traces[i], HT_READ_CORE | HT_READ_SNAPSHOTS,
                                                error);
        if (!merger->parts[i].reader) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean ht_merge_write(HtTrace *const *traces, unsigned count, const char *dir,
                        uint64_t *written, GError **error)
{
    g_autofree struct merger *merger = g_new0(struct merger, 1);
    gboolean fine = check_alike(traces, count, error);

    g_assert(count >= 1 && count <= G_N_ELEMENTS(merger->parts));
    merger->count = count;
    fine = fine && open_parts(merger, traces, error);
    if (fine) {
        merger->writer = ht_writer_new(dir, traces[0], HT_PACKET_BYTES_DEFAULT, error);
        fine = merger->writer && merge_all(merger, error);
        if (merger->writer) {
            fine = ht_writer_close(merger->writer, fine ? error : NULL) && fine;
        }
        fine = fine && ht_slice_copy_info(traces[0], dir, error);
    }
    *written = merger->written;
    for (unsigned i = 0; i < count; i++) {
        ht_reader_free(merger->parts[i].reader);
    }
    if (fine && merger->defect) {
        g_propagate_error(error, g_steal_pointer(&merger->defect));
        fine = FALSE;
    }
    g_clear_error(&merger->defect);
    return fine;
}
