/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The `metadata` file: the layout of the streams in TSDL, for readers that do not know it.
 */
#ifndef HYPTRACE_FORMAT_METADATA_H
#define HYPTRACE_FORMAT_METADATA_H

#include <stdbool.h>
#include <stdio.h>

struct ht_metadata_options {
    unsigned cpu_count;
    bool registers;     /* deltas have coded registers */
    bool icount;        /* event contexts have insns */
    const char *vm_names; /* "vm1=NAME,0xBASE=NAME", or NULL */
};

/**
 * ht_metadata_write: writes the text to @out.  Check ferror() and fclose() for success.
 */
void ht_metadata_write(FILE *out, const struct ht_metadata_options *options);

#endif
