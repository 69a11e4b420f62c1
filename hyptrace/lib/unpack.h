/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traces with compressed streams (compress=zstd).
 */
#ifndef HYPTRACE_LIB_UNPACK_H
#define HYPTRACE_LIB_UNPACK_H

#include <glib.h>
#include "hyptrace/lib/trace.h"

/**
 * ht_unpack: writes trace with plain streams into the new directory out.
 *
 * A stream that is plain already is copied.  FALSE with HT_ERROR_IO if out exists or something
 * cannot be read or written, HT_ERROR_CORRUPT for bytes that are no zstd frame; HT_ERROR_TRUNCATED if
 * a stream ends inside a frame: then its whole frames, and the other streams, are written.
 */
gboolean ht_unpack(const HtTrace *trace, const char *out, GError **error);

#endif
