/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trace directory whose files a fuzzer writes.
 */
#ifndef TESTS_FUZZ_FUZZ_DIR_H
#define TESTS_FUZZ_FUZZ_DIR_H

#include <stdio.h>
#include <glib.h>
#include "hyptrace/lib/canonical.h"
#include "hyptrace/lib/hyptrace.h"

/* The directory of this process, made at the first call. */
static inline const char *fuzz_dir(void)
{
    static char *dir;

    if (!dir) {
        dir = g_dir_make_tmp("fuzz-XXXXXX", NULL);
    }
    return dir;
}

static inline void fuzz_write(const char *name, const void *data, size_t size)
{
    g_autofree char *path = g_build_filename(fuzz_dir(), name, NULL);
    FILE *file = fopen(path, "wb");

    g_assert_nonnull(file);
    g_assert_true(fwrite(data, 1, size, file) == size);
    g_assert_true(fclose(file) == 0);
}

/* Reads the trace in all ways that the tool has. */
static inline void fuzz_read(void)
{
    g_autoptr(HtVmNames) vms = ht_vm_names_new();
    struct ht_names names = {.vms = vms};
    struct ht_canonical_options options = {false, false};
    g_autoptr(HtTrace) trace = ht_trace_open(fuzz_dir(), NULL);
    g_autoptr(HtWalk) walk = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const struct ht_facts *facts;

    if (!trace) {
        return;
    }
    walk = ht_walk_new_exits(trace, HT_READ_CORE | HT_READ_SNAPSHOTS, NULL, &names, NULL);
    while (walk && (facts = ht_walk_next(walk, NULL))) {
        if (ht_event_has_hsr(facts->event)) {
            ht_text_cause(text, facts->event, NULL);
            g_string_truncate(text, 0);
        }
    }
    ht_summary_free(ht_summary_new(trace, NULL, &names, NULL));
    ht_canonicals_free(ht_canonicals_new(trace, NULL, &names, &options, NULL));
}

#endif
