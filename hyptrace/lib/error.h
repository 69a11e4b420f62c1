/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What can be wrong with a trace.  Messages are one line: "FILE: offset N: what", the offset in
 * bytes from the start of the file and left out where none applies.
 */
#ifndef HYPTRACE_LIB_ERROR_H
#define HYPTRACE_LIB_ERROR_H

#include <glib.h>

#define HT_ERROR (ht_error_quark())
GQuark ht_error_quark(void);

typedef enum {
    HT_ERROR_IO,        /* the file system refused; the message has its reason */
    HT_ERROR_EMPTY,     /* a file without a byte where there must be some */
    HT_ERROR_FOREIGN,   /* not a trace of ours: another tool's, or no CTF at all */
    HT_ERROR_VERSION,   /* ours, of a format version that this library does not know */
    HT_ERROR_TRUNCATED, /* the file ends inside a packet; everything before was delivered */
    HT_ERROR_CORRUPT,   /* bytes that no writer makes; the packet's rest was skipped */
    HT_ERROR_SYNTAX,    /* text by the user that means nothing: name map, filter, names */
} HtError;

#endif
