/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes plain streams out of compressed ones: each zstd frame is a packet.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include <zstd.h>
#include <glib/gstdio.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/slice.h"
#include "hyptrace/lib/unpack.h"

struct unpacking {
    const char *from_path, *to_path;
    FILE *from, *to;
    ZSTD_DStream *stream;
    ZSTD_inBuffer in;
    uint64_t in_bytes;      /* read so far */
    uint64_t out_bytes;     /* written so far */
    uint64_t frames_bytes;  /* of them, in whole frames */
    bool in_frame;
    void *in_room, *out_room;
};

static gboolean fail_io(const char *path, GError **error)
{
    g_set_error(error, HT_ERROR, HT_ERROR_IO, "%s: %s", path, g_strerror(errno));
    return FALSE;
}

/* FALSE at the end of the file, or with an error. */
static gboolean refill(struct unpacking *u, GError **error)
{
    u->in = (ZSTD_inBuffer) {u->in_room, fread(u->in_room, 1, ZSTD_DStreamInSize(), u->from), 0};
    u->in_bytes += u->in.size;
    if (ferror(u->from)) {
        return fail_io(u->from_path, error);
    }
    return u->in.size > 0;
}

static gboolean decompress(struct unpacking *u, GError **error)
{
    ZSTD_outBuffer out = {u->out_room, ZSTD_DStreamOutSize(), 0};
    size_t left = ZSTD_decompressStream(u->stream, &out, &u->in);

    if (ZSTD_isError(left)) {
        g_set_error(error, HT_ERROR, HT_ERROR_CORRUPT, "%s: offset %" G_GUINT64_FORMAT ": %s",
                    u->from_path, u->in_bytes - u->in.size + u->in.pos, ZSTD_getErrorName(left));
        return FALSE;
    }
    if (fwrite(u->out_room, 1, out.pos, u->to) != out.pos) {
        return fail_io(u->to_path, error);
    }
    u->out_bytes += out.pos;
    u->in_frame = left != 0;
    if (left == 0) {
        u->frames_bytes = u->out_bytes;
    }
    return TRUE;
}

static gboolean decompress_all(struct unpacking *u, GError **error)
{
    GError *cause = NULL;

    while (refill(u, &cause)) {
        while (u->in.pos < u->in.size) {
            if (!decompress(u, error)) {
                return FALSE;
            }
        }
    }
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    if (fflush(u->to) != 0 || ftruncate(fileno(u->to), (off_t)u->frames_bytes) != 0) {
        return fail_io(u->to_path, error);
    }
    if (u->in_frame) {
        g_set_error(error, HT_ERROR, HT_ERROR_TRUNCATED, "%s: offset %" G_GUINT64_FORMAT
                    ": the file ends inside a packet; what is whole before it was unpacked",
                    u->from_path, u->in_bytes);
        return FALSE;
    }
    return TRUE;
}

static gboolean unpack_file(const char *from, const char *to, GError **error)
{
    struct unpacking u = {.from_path = from, .to_path = to};
    gboolean ok = FALSE;

    u.from = fopen(from, "rb");
    u.to = u.from ? fopen(to, "wbx") : NULL;
    if (!u.to) {
        fail_io(u.from ? to : from, error);
    } else {
        u.stream = ZSTD_createDStream();
        u.in_room = g_malloc(ZSTD_DStreamInSize());
        u.out_room = g_malloc(ZSTD_DStreamOutSize());
        ok = decompress_all(&u, error);
        ok = (fclose(u.to) == 0 || fail_io(to, ok ? error : NULL)) && ok;
    }
    if (u.from) {
        fclose(u.from);
    }
    ZSTD_freeDStream(u.stream);
    g_free(u.in_room);
    g_free(u.out_room);
    return ok;
}

static gboolean copy_file(const char *from, const char *to, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize size_bytes;

    return g_file_get_contents(from, &bytes, &size_bytes, error) &&
           g_file_set_contents(to, bytes, (gssize)size_bytes, error);
}

/* Later streams are unpacked in spite of an error in this one; the first error is the caller's. */
static void unpack_stream(const HtTrace *trace, const char *out, unsigned cpu, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s%u", HT_STREAM_PREFIX, cpu);
    g_autofree char *plain = g_build_filename(trace->dir, name, NULL);
    g_autofree char *packed = g_strconcat(plain, HT_PACKED_SUFFIX, NULL);
    g_autofree char *to = g_build_filename(out, name, NULL);
    GError *cause = NULL;
    bool ok = g_file_test(packed, G_FILE_TEST_EXISTS) ? unpack_file(packed, to, &cause)
                                                      : copy_file(plain, to, &cause);

    if (!ok && error && !*error) {
        g_propagate_error(error, cause);
    } else {
        g_clear_error(&cause);
    }
}

static gboolean copy_descriptions(const HtTrace *trace, const char *out, GError **error)
{
    g_autofree char *from = g_build_filename(trace->dir, HT_METADATA_NAME, NULL);
    g_autofree char *to = g_build_filename(out, HT_METADATA_NAME, NULL);

    if (g_mkdir(out, 0777) != 0) {
        return fail_io(out, error);
    }
    return copy_file(from, to, error) && ht_slice_copy_info(trace, out, error);
}

gboolean ht_unpack(const HtTrace *trace, const char *out, GError **error)
{
    GError *cause = NULL;

    if (!copy_descriptions(trace, out, error)) {
        return FALSE;
    }
    for (unsigned cpu = 0; cpu < trace->cpus; cpu++) {
        unpack_stream(trace, out, cpu, &cause);
    }
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    return TRUE;
}
