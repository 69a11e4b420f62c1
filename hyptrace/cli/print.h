/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The forms in which `hyptrace print` shows an event.
 */
#ifndef HYPTRACE_CLI_PRINT_H
#define HYPTRACE_CLI_PRINT_H

#include "hyptrace/lib/hyptrace.h"

/* Text at `offset` of the output that is filled in later; `columns` 0: no hole. */
struct hole {
    size_t offset;
    unsigned columns;
};

/* An event and what the ones before it tell about its CPU. */
struct view {
    const HtTrace *trace;
    const HtMap *map;
    const struct ht_event *event;
    bool in_hyp;              /* the CPU was in Hyp before and after the event */
    struct ht_where where;    /* whom it left, enters or runs; undefined if in_hyp */
    uint64_t lost;            /* events that the recorder lost just before, if event->gap */
    bool all_registers;       /* show changes of hypervisor-private registers, and all of them */
};

/* Appends one line; leaves a hole in it for the INTID of an interrupt. */
typedef void print_form(GString *out, const struct view *view, struct hole *hole);
print_form print_text, print_json, print_raw;

/* Fills the hole of the same form; intid may be HT_INTID_UNKNOWN. */
typedef void fill_form(GString *out, const struct hole *hole, unsigned intid);
fill_form fill_text, fill_json;

/** print_text_head: the names of the columns. */
void print_text_head(GString *out);

#endif
