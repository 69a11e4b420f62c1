/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * provenance.json: who made the trace and how, beside the files that two runs are compared by.
 */
#include "qemu/osdep.h"
#include "qemu-version.h"
#include "qapi/error.h"
#include "qobject/qdict.h"
#include "qobject/qjson.h"
#include "qobject/qlist.h"
#include "hw/boards.h"
#include "target/arm/hyptrace/recorder.h"

static QList *command_line(void)
{
    QList *list = qlist_new();
    g_autofree char *text = NULL;
    gsize length;

    if (g_file_get_contents("/proc/self/cmdline", &text, &length, NULL)) {
        for (const char *arg = text; arg < text + length; arg += strlen(arg) + 1) {
            qlist_append_str(list, arg);
        }
    }
    return list;
}

static QList *streams(const HypTrace *t)
{
    QList *list = qlist_new();

    for (unsigned i = 0; i < t->cpu_count; i++) {
        const HtCpu *c = &t->cpus[i];
        QDict *stream = qdict_new();

        qdict_put_int(stream, "cpu", i);
        qdict_put_int(stream, "bytes", c->file.end_bytes);
        qdict_put_int(stream, "packets", c->stream.packet_count);
        qdict_put_int(stream, "discarded_events", c->stream.discarded_count);
        qlist_append(list, stream);
    }
    return list;
}

bool ht_provenance_write(const HypTrace *t, Error **errp)
{
    g_autoptr(QDict) dict = qdict_new();
    g_autofree char *path = g_build_filename(t->path, HT_PROVENANCE_NAME, NULL);
    g_autoptr(GString) json = NULL;
    GError *error = NULL;

    qdict_put_str(dict, "qemu", QEMU_FULL_VERSION);
    qdict_put_str(dict, "machine", MACHINE_GET_CLASS(current_machine)->name);
    qdict_put(dict, "command_line", command_line());
    qdict_put_int(dict, "packet_size_bytes", t->packet_size_bytes);
    qdict_put_bool(dict, "complete", t->closed);
    if (t->closed) {
        qdict_put_int(dict, "events", t->seq);
        qdict_put(dict, "streams", streams(t));
    }
    json = qobject_to_json_pretty(QOBJECT(dict), true);
    g_string_append_c(json, '\n');
    if (!g_file_set_contents(path, json->str, json->len, &error)) {
        error_setg(errp, "cannot write '%s': %s", path, error->message);
        g_error_free(error);
        return false;
    }
    return true;
}
