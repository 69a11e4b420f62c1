/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts and times of a whole trace, in constant memory.
 */
#ifndef HYPTRACE_LIB_SUMMARY_H
#define HYPTRACE_LIB_SUMMARY_H

#include "hyptrace/lib/exits.h"
#include "hyptrace/lib/facts.h"
#include "hyptrace/lib/histogram.h"
#include "hyptrace/lib/reader.h"
#include "hyptrace/lib/spots.h"

/* Causes that are counted one by one; the others of a class share a row (HT_DETAIL_OTHERS). */
#define HT_SUMMARY_ROWS_MAX 1024

/* Entries of one cause.  Times are in the summary's unit. */
struct ht_summary_row {
    struct ht_cause cause;
    bool nested;               /* entries from Hyp itself */
    uint64_t entries;
    uint64_t exits;
    struct ht_histogram hyp;   /* entry to next return */
    struct ht_histogram away;  /* exits; without instructions those that changed CPU are left out */
};

/* One VM, or the host. */
struct ht_summary_vm {
    uint64_t entries;
    uint64_t exits;
    uint64_t hyp;              /* sum over entries */
    uint64_t away;             /* sum over exits */
    uint64_t self;             /* sum over exits */
};

/* One vCPU of a VM or of the host. */
struct ht_summary_vcpu {
    struct ht_where where;
    struct ht_summary_vm counts;
};

/* Rows of the timeline: a class each, then the VMs, the last one for all later VMs. */
#define HT_TIMELINE_VM HT_CLASS_COUNT
#define HT_TIMELINE_VMS (HT_TIMELINE_ROWS - HT_TIMELINE_VM)

/* One CPU. */
struct ht_summary_cpu {
    uint64_t events;
    uint64_t entries;          /* nested ones included */
    uint64_t nested;
    uint64_t returns;
    uint64_t activations;
    uint64_t lost;
    uint64_t hyp;              /* sum over entries that are not nested */
    uint64_t insns;            /* executed up to the last event; 0 without icount */
};

typedef struct HtSummary {
    bool in_insns;             /* unit of times: instructions of the CPU; else ns */
    uint64_t events;
    uint64_t time_begin_ns;    /* first and last event */
    uint64_t time_end_ns;
    uint64_t exits_open;       /* begun, not ended */
    uint64_t migrated;         /* exits that ended on another CPU */
    unsigned cpu_count;
    struct ht_summary_cpu cpus[HT_CPUS_MAX];
    unsigned vm_count;         /* without the host */
    struct ht_summary_vm vms[HT_VMS_MAX + 1]; /* [HT_VM_HOST] is the host */
    uint64_t vm_bases[HT_VMS_MAX + 1];
    GPtrArray *rows;           /* struct ht_summary_row, most entries first */
    GPtrArray *vcpus;          /* struct ht_summary_vcpu, by VM and vCPU */
    struct ht_spots *code;     /* where VMs trap synchronously, and where Hyp itself is entered from */
    struct ht_spots *pages;    /* IPAs of stage-2 aborts */
    struct ht_timeline timeline; /* entries that are not nested; HT_TIMELINE_VM */
} HtSummary;

/**
 * ht_summary_new: reads the whole trace and counts: with a filter (or NULL) the events, and the
 * traps and exits of the entries, that it selects.  names are for the filter.
 *
 * Never NULL: what could be read is counted, *error says what could not (ht_reader_next()).
 * Free with ht_summary_free().
 */
HtSummary *ht_summary_new(const HtTrace *trace, const HtFilter *filter,
                          const struct ht_names *names, GError **error);
void ht_summary_free(HtSummary *summary);

/** ht_summary_total: adds up the rows of a class (HT_CLASS_COUNT: of all), nested or not. */
void ht_summary_total(const HtSummary *summary, unsigned cls, bool nested,
                      struct ht_summary_row *total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtSummary, ht_summary_free)

#endif
