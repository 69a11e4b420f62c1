/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trace directory: what its metadata says about the whole trace.
 */
#ifndef HYPTRACE_LIB_TRACE_H
#define HYPTRACE_LIB_TRACE_H

#include <glib.h>

/* CPUs (streams) that a trace may have. */
#define HT_CPUS_MAX 64

/* What the env block of the metadata says, and who was recorded; fixed once the trace is open. */
typedef struct HtTrace {
    char *dir;
    char *machine;       /* QEMU machine by provenance.json, or NULL if that does not say */
    unsigned cpus;       /* number of streams, 1 to HT_CPUS_MAX */
    unsigned format;     /* version of the format: 1 or 2 */
    gboolean registers;  /* deltas hold the coded registers (FALSE: lean trace) */
    gboolean icount;     /* events hold executed instructions; times are reproducible */
    char *vm_names;      /* names of VMs, for ht_vm_names_parse(), or NULL */
} HtTrace;

/**
 * ht_trace_open: reads the metadata of the trace in directory dir.
 *
 * Returns a trace to be freed with ht_trace_free(), or NULL with HT_ERROR_IO (no directory, no
 * metadata), HT_ERROR_EMPTY, HT_ERROR_FOREIGN, HT_ERROR_VERSION or HT_ERROR_CORRUPT.  The
 * stream files are not looked at: see ht_reader_new().
 */
HtTrace *ht_trace_open(const char *dir, GError **error);

/** ht_trace_free: frees the trace; NULL is allowed.  Readers of it must be gone. */
void ht_trace_free(HtTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtTrace, ht_trace_free)

#endif
