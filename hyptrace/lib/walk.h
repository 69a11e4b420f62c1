/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The events of a trace with what is known around each: where its CPU was, whom it left or
 * enters, what became of a trap; all of them or those that a filter selects.
 */
#ifndef HYPTRACE_LIB_WALK_H
#define HYPTRACE_LIB_WALK_H

#include "hyptrace/lib/facts.h"
#include "hyptrace/lib/reader.h"

typedef struct HtWalk HtWalk;

/**
 * ht_walk_new: prepares to walk through trace, which must outlive the walk, as must filter (of
 * ht_facts_language(), or NULL for all events) and names.
 *
 * outcomes: facts.outcome is wanted whatever the filter needs.  NULL with HT_ERROR_IO if no
 * stream can be opened.
 */
HtWalk *ht_walk_new(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                    const struct ht_names *names, bool outcomes, GError **error);
void ht_walk_free(HtWalk *walk);

/** ht_walk_new_exits: the same; facts.outcome tells what becomes of exits too. */
HtWalk *ht_walk_new_exits(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                          const struct ht_names *names, GError **error);

/** ht_walk_new_answers: as ht_walk_new() with outcomes, which have their answers. */
HtWalk *ht_walk_new_answers(const HtTrace *trace, HtReadFlags flags, const HtFilter *filter,
                            const struct ht_names *names, GError **error);

/**
 * ht_walk_follow: as ht_reader_follow().  An entry is delivered when its outcome is known, but not
 * later than a second after it was found.
 */
void ht_walk_follow(HtWalk *walk, gboolean follow);

/** ht_walk_pending: ht_walk_next() or ht_walk_any() returned NULL because more is to come. */
gboolean ht_walk_pending(const HtWalk *walk);

/**
 * ht_walk_next: the next event that is selected, valid until the next call; NULL at the end,
 * with *error as ht_reader_next() has it.
 */
struct ht_facts *ht_walk_next(HtWalk *walk, GError **error);

/** ht_walk_seek: as ht_reader_seek(); before the first event.  VMs are numbered from there on. */
void ht_walk_seek(HtWalk *walk, const struct ht_seek *seek);

/** ht_walk_any: the next event, selected (facts.selected) or not; else like ht_walk_next(). */
struct ht_facts *ht_walk_any(HtWalk *walk, GError **error);

/** ht_walk_lost: events that the recorder reports as lost on cpu in what has been read so far. */
guint64 ht_walk_lost(const HtWalk *walk, unsigned cpu);

/** ht_walk_vms: the numbers of the VMs that have appeared so far. */
HtVms *ht_walk_vms(HtWalk *walk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtWalk, ht_walk_free)

#endif
