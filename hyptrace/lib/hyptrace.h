/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libhyptrace: reads traces of entries to Hyp mode.
 *
 *   HtTrace    a trace directory and what holds for all of it      trace.h
 *   HtReader   its events, all CPUs merged                         reader.h, event.h
 *   HtVms      which VM and vCPU a CPU runs                        vms.h
 *   HtExits    traps and exits, built from events                  exits.h
 *   HtSummary  counts and times of a whole trace                   summary.h, histogram.h
 *   ht_cause   why Hyp was entered, ht_text_* in words             cause.h, text.h
 *   HtMap      names of device addresses                           map.h
 *   HtVmNames  names of VMs                                        vm_names.h
 *   HtSymbols  names of code addresses                             symbols.h
 *   HtDisasm   instructions in assembly language                   disasm.h
 *   HtFilter   expressions that select events                      filter.h, facts.h
 *   HtWalk     the events that a filter selects, and their outcome walk.h, ahead.h
 *
 * The library keeps no global state; one object is for one thread at a time.  Failures that a
 * user can do something about are a GError of HT_ERROR (error.h) whose message is one line with
 * file and byte offset.  What the words mean: docs/architecture.md, "The trace".
 *
 *   g_autoptr(GError) error = NULL;
 *   g_autoptr(HtTrace) trace = ht_trace_open("trace", &error);
 *   g_autoptr(HtReader) reader = trace ? ht_reader_new(trace, HT_READ_CORE, &error) : NULL;
 *   const struct ht_event *event;
 *
 *   while (reader && (event = ht_reader_next(reader, &error))) {
 *       if (ht_event_is_entry(event)) {
 *           printf("%u %s\n", event->cpu, ht_class_name(ht_cause_of(event).cls));
 *       }
 *   }
 *   if (error) {
 *       fprintf(stderr, "%s\n", error->message);
 *   }
 */
#ifndef HYPTRACE_LIB_HYPTRACE_H
#define HYPTRACE_LIB_HYPTRACE_H

#include "hyptrace/lib/ahead.h"
#include "hyptrace/lib/cause.h"
#include "hyptrace/lib/disasm.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/exits.h"
#include "hyptrace/lib/facts.h"
#include "hyptrace/lib/filter.h"
#include "hyptrace/lib/histogram.h"
#include "hyptrace/lib/map.h"
#include "hyptrace/lib/reader.h"
#include "hyptrace/lib/summary.h"
#include "hyptrace/lib/symbols.h"
#include "hyptrace/lib/text.h"
#include "hyptrace/lib/trace.h"
#include "hyptrace/lib/vm_names.h"
#include "hyptrace/lib/vms.h"
#include "hyptrace/lib/walk.h"

#endif
