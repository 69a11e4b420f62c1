/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The trace directory: it is made, filled with packets and completed here; and what happens when
 * the disk is full.
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "qapi/error.h"
#include "hw/core/cpu.h"
#include "system/runstate.h"
#include "hyptrace/format/metadata.h"
#include "target/arm/hyptrace/recorder.h"

#define WAIT_US 200000

static bool is_trace_file(const char *name)
{
    return g_str_equal(name, HT_METADATA_NAME) || g_str_equal(name, HT_INFO_DIR) ||
           g_str_has_prefix(name, HT_STREAM_PREFIX);
}

/* Our file in the directory of facts that are not part of the trace; the directory stays. */
static bool clear_info(HypTrace *t, Error **errp)
{
    g_autofree char *path = g_build_filename(t->path, HT_PROVENANCE_NAME, NULL);

    if (unlink(path) < 0 && errno != ENOENT) {
        error_setg_errno(errp, errno, "cannot remove '%s'", path);
        return false;
    }
    return true;
}

/* Removes a file of an old trace; refuses one that is something else. */
static bool clear_file(HypTrace *t, const char *name, Error **errp)
{
    g_autofree char *path = g_build_filename(t->path, name, NULL);

    if (!is_trace_file(name)) {
        error_setg(errp, "'%s' holds '%s', which is no part of a trace: give another directory",
                   t->path, name);
        return false;
    }
    if (!t->overwrite) {
        error_setg(errp, "'%s' already holds a trace: give another directory or overwrite=on",
                   t->path);
        return false;
    }
    if (g_str_equal(name, HT_INFO_DIR)) {
        return clear_info(t, errp);
    }
    if (unlink(path) < 0) {
        error_setg_errno(errp, errno, "cannot remove '%s'", path);
        return false;
    }
    return true;
}

static bool clear_directory(HypTrace *t, Error **errp)
{
    GDir *dir = g_dir_open(t->path, 0, NULL);
    const char *name;
    bool ok = true;

    if (!dir) {
        error_setg_errno(errp, errno, "cannot read the directory '%s'", t->path);
        return false;
    }
    while (ok && (name = g_dir_read_name(dir))) {
        ok = clear_file(t, name, errp);
    }
    g_dir_close(dir);
    return ok;
}

/* @made: whether it was not there before. */
static bool make_directory(const char *path, bool *made, Error **errp)
{
    *made = mkdir(path, 0777) == 0;
    if (!*made && errno != EEXIST) {
        error_setg_errno(errp, errno, "cannot make the trace directory '%s'", path);
        return false;
    }
    return true;
}

bool ht_output_prepare(HypTrace *t, Error **errp)
{
    if (!make_directory(t->path, &t->made_directory, errp)) {
        return false;
    }
    if (access(t->path, W_OK | X_OK) < 0) {
        error_setg_errno(errp, errno, "cannot write to the trace directory '%s'", t->path);
        return false;
    }
    return clear_directory(t, errp);
}

static bool write_metadata(HypTrace *t, Error **errp)
{
    g_autofree char *path = g_build_filename(t->path, HT_METADATA_NAME, NULL);
    struct ht_metadata_options options = {
        .cpu_count = t->cpu_count,
        .registers = t->registers,
        .icount = t->icount,
        .vm_names = t->vm_names,
    };
    FILE *out = fopen(path, "wx");
    bool ok;

    if (!out) {
        error_setg_errno(errp, errno, "cannot create '%s'", path);
        return false;
    }
    ht_metadata_write(out, &options);
    ok = !ferror(out);
    if (fclose(out) != 0 || !ok) {
        error_setg_errno(errp, errno, "cannot write '%s'", path);
        return false;
    }
    return true;
}

static bool open_streams(HypTrace *t, Error **errp)
{
    for (unsigned i = 0; i < t->cpu_count; i++) {
        int error = ht_stream_file_open(&t->cpus[i].file, t->path, i,
                                        t->compress ? HT_PACKED_SUFFIX : "");

        if (error) {
            error_setg_errno(errp, -error, "cannot create %s%u in '%s'", HT_STREAM_PREFIX, i,
                             t->path);
            return false;
        }
    }
    return true;
}

/* Leaves nothing of a trace that could not be begun. */
static void remove_trace(HypTrace *t, const char *info, bool made_info)
{
    t->overwrite = true;
    clear_directory(t, NULL);
    if (made_info) {
        rmdir(info);
    }
    if (t->made_directory) {
        rmdir(t->path);
    }
}

bool ht_output_open(HypTrace *t, Error **errp)
{
    g_autofree char *info = g_build_filename(t->path, HT_INFO_DIR, NULL);
    bool made_info = false;

    if (!make_directory(info, &made_info, errp) || !write_metadata(t, errp) ||
        !ht_provenance_write(t, errp) || !open_streams(t, errp)) {
        remove_trace(t, info, made_info);
        return false;
    }
    return true;
}

static void report_loss(HypTrace *t, int error)
{
    if (!t->loss_reported) {
        t->loss_reported = true;
        warn_report("hyptrace: cannot write to '%s': %s; %s", t->path, strerror(-error),
                    t->on_full_wait ? "the guest waits until there is room"
                                    : "the guest goes on, lost events are counted");
    }
}

static bool can_wait_for(int error)
{
    return (error == -ENOSPC || error == -EDQUOT || error == -EFBIG) &&
           !qemu_shutdown_requested_get();
}

void ht_output_flush(HtCpu *c)
{
    HypTrace *t = c->recorder;
    size_t size_bytes;
    int error;

    if (c->stream.used_bytes == 0) {
        return;
    }
    size_bytes = ht_packet_close(&c->stream);
    if (t->ring) {
        ht_ring_keep(&c->ring, &c->stream, size_bytes);
        return;
    }
    if (t->packer) {
        ht_packer_put(t->packer, &c->stream, &c->file, size_bytes);
        return;
    }
    while ((error = ht_stream_file_append(&c->file, c->stream.packet, size_bytes)) != 0) {
        report_loss(t, error);
        if (!t->on_full_wait || t->closed || !can_wait_for(error)) {
            ht_packet_lost(&c->stream);
            return;
        }
        g_usleep(WAIT_US);
    }
    ht_packet_written(&c->stream);
}

void ht_output_dump(HypTrace *t)
{
    for (unsigned i = 0; i < t->cpu_count; i++) {
        HtCpu *c = &t->cpus[i];
        int error;

        ht_output_flush(c);
        error = ht_ring_write(&c->ring, &c->stream, &c->file);
        if (error) {
            report_loss(t, error);
        }
    }
}

/* In a signal handler: only what POSIX.1-2017, 2.4.3 allows there. */
static void dump_in_crash(HypTrace *t)
{
    for (unsigned i = 0; i < t->cpu_count; i++) {
        HtCpu *c = &t->cpus[i];

        ht_output_flush(c);
        ht_ring_write(&c->ring, &c->stream, &c->file);
    }
}

static GPtrArray *rings_to_save;        /* recorders with mode=ring */

/* The signal's default action follows: once by its return, once by raise(). */
static void at_crash(int number)
{
    const struct timespec a_little = { .tv_nsec = 1000000 };

    /* Other threads may be in the middle of an event. */
    for (unsigned i = 0; i < rings_to_save->len; i++) {
        qatomic_set(&((HypTrace *)g_ptr_array_index(rings_to_save, i))->enabled, false);
    }
    nanosleep(&a_little, NULL);
    for (unsigned i = 0; i < rings_to_save->len; i++) {
        dump_in_crash(g_ptr_array_index(rings_to_save, i));
    }
    raise(number);
}

void ht_output_save_in_crash(HypTrace *t)
{
    static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
    struct sigaction action = { .sa_handler = at_crash, .sa_flags = SA_RESETHAND };

    if (!rings_to_save) {
        rings_to_save = g_ptr_array_new();
        for (unsigned i = 0; i < ARRAY_SIZE(signals); i++) {
            sigaction(signals[i], &action, NULL);
        }
    }
    g_ptr_array_add(rings_to_save, t);
}

static void report_discarded(HtCpu *c)
{
    const HypTrace *t = c->recorder;

    if (t->ring || c->stream.discarded_count == 0) {
        return;
    }
    if (!t->packer) {
        ht_stream_file_set_discarded(&c->file, c->stream.discarded_count);
    }
    warn_report("hyptrace: %s%u in '%s' lacks %" PRIu64 " events", HT_STREAM_PREFIX,
                c->stream.cpu, c->recorder->path, c->stream.discarded_count);
}

static void finish_packing(HypTrace *t)
{
    ht_packer_finish(t->packer);
    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].stream.discarded_count += ht_packer_lost(t->packer, i);
    }
    if (ht_packer_error(t->packer)) {
        report_loss(t, ht_packer_error(t->packer));
    }
}

void ht_output_close(HypTrace *t)
{
    if (!t->started || t->closed) {
        return;
    }
    t->enabled = false;
    t->closed = true;
    for (unsigned i = 0; i < t->cpu_count; i++) {
        ht_record_cache_run(&t->cpus[i]);
        ht_output_flush(&t->cpus[i]);
    }
    if (t->ring) {
        ht_output_dump(t);
    }
    if (t->packer) {
        finish_packing(t);
    }
    for (unsigned i = 0; i < t->cpu_count; i++) {
        report_discarded(&t->cpus[i]);
        ht_stream_file_close(&t->cpus[i].file);
    }
    ht_provenance_write(t, NULL);
}
