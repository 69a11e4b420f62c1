/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opens a trace directory.  Of the metadata only the uuid and the env block are read: the layout
 * of the streams follows from them, docs/trace-format.md.  Of provenance.json, the machine.
 */
#include <string.h>
#include <glib/gstdio.h>

#include "hyptrace/format/layout.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/format1.h"
#include "hyptrace/lib/trace.h"

#define METADATA_BYTES_MAX (1u << 20)

/* Where the value of `key = value;` begins in text, or NULL. */
static const char *find_value(const char *text, const char *key)
{
    size_t length = strlen(key);

    for (const char *p = strstr(text, key); p; p = strstr(p + length, key)) {
        const char *value = p + length;

        value += strspn(value, " \t");
        if ((p == text || g_ascii_isspace(p[-1])) && *value == '=') {
            return value + 1 + strspn(value + 1, " \t");
        }
    }
    return NULL;
}

/* The text between the quotes of `key = "text";`, to be freed, or NULL. */
static char *find_text(const char *text, const char *key)
{
    const char *value = find_value(text, key);
    const char *end = value && *value == '"' ? strchr(value + 1, '"') : NULL;

    return end ? g_strndup(value + 1, end - value - 1) : NULL;
}

/* A number of the env block in [0, max]. */
static gboolean find_number(const char *env, const char *key, unsigned max, unsigned *number,
                            GError **error)
{
    const char *value = find_value(env, key);
    char *end = NULL;
    guint64 n = value ? g_ascii_strtoull(value, &end, 10) : 0;

    if (!value || end == value || n > max) {
        g_set_error(error, HT_ERROR, HT_ERROR_CORRUPT, "the env block has no usable '%s'", key);
        return FALSE;
    }
    *number = (unsigned)n;
    return TRUE;
}

static gboolean read_env(HtTrace *trace, const char *env, GError **error)
{
    unsigned registers, icount;

    if (!find_number(env, "cpus", HT_CPUS_MAX, &trace->cpus, error) ||
        !find_number(env, "registers", 1, &registers, error) ||
        !find_number(env, "icount", 1, &icount, error)) {
        return FALSE;
    }
    if (trace->cpus == 0) {
        g_set_error(error, HT_ERROR, HT_ERROR_CORRUPT, "the env block says that there are no CPUs");
        return FALSE;
    }
    trace->registers = registers != 0;
    trace->icount = icount != 0;
    trace->vm_names = find_text(env, "vm_names");
    return TRUE;
}

/* The version of the format that a uuid stands for, or 0. */
static unsigned version_of(const char *uuid)
{
    static const char *const known[] = {HT_UUID1_TEXT, HT_UUID_TEXT};

    for (unsigned i = 0; i < G_N_ELEMENTS(known); i++) {
        if (g_strcmp0(uuid, known[i]) == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* The env block of our metadata, or NULL if the text is something else. */
static const char *find_env(const char *text, unsigned *format, GError **error)
{
    const char *env = strstr(text, "env {");
    char *tracer = env ? find_text(env, "tracer_name") : NULL;
    char *uuid = find_text(text, "uuid");
    unsigned version = version_of(uuid);

    if (!g_str_has_prefix(text, "/* CTF 1")) {
        g_set_error(error, HT_ERROR, HT_ERROR_FOREIGN, "not the metadata of a CTF 1.8 trace");
        env = NULL;
    } else if (version && !env) {
        g_set_error(error, HT_ERROR, HT_ERROR_TRUNCATED, "the file ends before the env block");
    } else if (g_strcmp0(tracer, "hyptrace") != 0) {
        g_set_error(error, HT_ERROR, HT_ERROR_FOREIGN, "a CTF trace, but not one of hyptrace's");
        env = NULL;
    } else if (!version) {
        g_set_error(error, HT_ERROR, HT_ERROR_VERSION,
                    "a hyptrace trace of another format version; this tool reads versions 1 to %d",
                    HT_FORMAT_VERSION);
        env = NULL;
    }
    *format = version;
    g_free(tracer);
    g_free(uuid);
    return env;
}

static gboolean parse_metadata(HtTrace *trace, const char *text, size_t bytes, GError **error)
{
    const char *env;

    if (bytes == 0) {
        g_set_error(error, HT_ERROR, HT_ERROR_EMPTY, "the file is empty");
        return FALSE;
    }
    env = find_env(text, &trace->format, error);
    return env && read_env(trace, env, error);
}

static gboolean load_metadata(const char *path, char **text, gsize *bytes, GError **error)
{
    GError *cause = NULL;
    GStatBuf info;

    if (g_stat(path, &info) == 0 && info.st_size > METADATA_BYTES_MAX) {
        g_set_error(error, HT_ERROR, HT_ERROR_FOREIGN,
                    "%s: not the metadata of a hyptrace trace: too large", path);
        return FALSE;
    }
    if (!g_file_get_contents(path, text, bytes, &cause)) {
        g_set_error(error, HT_ERROR, HT_ERROR_IO, "%s", cause->message);
        g_error_free(cause);
        return FALSE;
    }
    return TRUE;
}

/* Whether dir looks like the directory of a trace at all. */
static gboolean check_directory(const char *dir, const char *path, GError **error)
{
    const char *wrong = NULL;

    if (!g_file_test(dir, G_FILE_TEST_EXISTS)) {
        wrong = "no such directory";
    } else if (!g_file_test(dir, G_FILE_TEST_IS_DIR)) {
        wrong = "a trace is a directory, this is a file";
    } else if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        wrong = "no trace in this directory: it has no file '" HT_METADATA_NAME "'";
    }
    if (wrong) {
        g_set_error(error, HT_ERROR, HT_ERROR_IO, "%s: %s", dir, wrong);
    }
    return !wrong;
}

/*
 * The machine that provenance.json names, or NULL.  It gives devices their names and changes
 * nothing that is counted or compared, so a missing or odd file is no defect.
 */
static char *find_machine(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, HT_PROVENANCE_NAME, NULL);
    g_autofree char *text = NULL;
    GStatBuf info;
    const char *begin, *end;

    if (g_stat(path, &info) != 0 || info.st_size > METADATA_BYTES_MAX ||
        !g_file_get_contents(path, &text, NULL, NULL)) {
        return NULL;
    }
    begin = strstr(text, "\"machine\"");
    begin = begin ? begin + strlen("\"machine\"") : "";
    begin += strspn(begin, " \t\n:");
    end = *begin == '"' ? strchr(begin + 1, '"') : NULL;
    return end ? g_strndup(begin + 1, end - begin - 1) : NULL;
}

HtTrace *ht_trace_open(const char *dir, GError **error)
{
    HtTrace *trace = g_new0(HtTrace, 1);
    g_autofree char *path = g_build_filename(dir, HT_METADATA_NAME, NULL);
    g_autofree char *text = NULL;
    gsize bytes = 0;
    GError *cause = NULL;

    trace->dir = g_strdup(dir);
    if (!check_directory(dir, path, error) || !load_metadata(path, &text, &bytes, error)) {
        g_clear_pointer(&trace, ht_trace_free);
    } else if (!parse_metadata(trace, text, bytes, &cause)) {
        g_propagate_prefixed_error(error, cause, "%s: ", path);
        g_clear_pointer(&trace, ht_trace_free);
    } else {
        trace->machine = find_machine(dir);
    }
    return trace;
}

void ht_trace_free(HtTrace *trace)
{
    if (trace) {
        g_free(trace->vm_names);
        g_free(trace->machine);
        g_free(trace->dir);
        g_free(trace);
    }
}
