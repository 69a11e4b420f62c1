/* SPDX-License-Identifier: BSD-2-Clause */
/* Key files with line numbers.  GKeyFile does the parsing; a scan before it finds the lines and
 * what GKeyFile takes in silence: groups and keys that appear twice. */
#include "testbed/keyfile.h"

#include <stdarg.h>
#include <string.h>

#include "testbed/error.h"

static bool fail_at(const char *path, int line, GError **error, const char *what)
{
    g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s:%d: %s", path, line, what);
    return false;
}

static bool note_line(TbKeyFile *file, const char *group, const char *key, int line,
                      GError **error)
{
    char *id = key ? g_strdup_printf("%s\n%s", group, key) : g_strdup(group);

    if (g_hash_table_contains(file->lines, id)) {
        g_free(id);
        return fail_at(file->path, line, error,
                       key ? "this key appears twice in its group" : "this group appears twice");
    }
    g_hash_table_insert(file->lines, id, GINT_TO_POINTER(line));
    return true;
}

/* Takes one line without its newline; *@group is replaced when the line opens one. */
static bool scan_line(TbKeyFile *file, char *line, int number, char **group, GError **error)
{
    char *equals;

    g_strstrip(line);
    if (!*line || *line == '#') {
        return true;
    }
    if (*line == '[') {
        size_t length = strlen(line);

        if (length < 3 || line[length - 1] != ']') {
            return fail_at(file->path, number, error, "a group is written [Name]");
        }
        g_free(*group);
        *group = g_strndup(line + 1, length - 2);
        return note_line(file, *group, NULL, number, error);
    }
    equals = strchr(line, '=');
    if (!equals || equals == line) {
        return fail_at(file->path, number, error, "this is neither a comment, [Group] nor key=value");
    }
    if (!*group) {
        return fail_at(file->path, number, error, "this key stands before the first [Group]");
    }
    *equals = 0;
    return note_line(file, *group, g_strchomp(line), number, error);
}

static bool scan(TbKeyFile *file, const char *text, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *group = NULL;

    for (int i = 0; lines[i]; i++) {
        if (!scan_line(file, lines[i], i + 1, &group, error)) {
            return false;
        }
    }
    return true;
}

TbKeyFile *tb_key_file_load(const char *path, GError **error)
{
    g_autoptr(TbKeyFile) file = g_new0(TbKeyFile, 1);
    g_autofree char *text = NULL;
    g_autoptr(GError) reason = NULL;
    size_t length;

    file->path = g_strdup(path);
    file->keys = g_key_file_new();
    file->lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!g_file_get_contents(path, &text, &length, &reason)) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s", reason->message);
        return NULL;
    }
    if (strlen(text) != length || !g_utf8_validate(text, length, NULL)) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s: not a text file in UTF-8", path);
        return NULL;
    }
    if (!scan(file, text, error)) {
        return NULL;
    }
    if (!g_key_file_load_from_data(file->keys, text, length, G_KEY_FILE_NONE, &reason)) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s: %s", path, reason->message);
        return NULL;
    }
    return g_steal_pointer(&file);
}

void tb_key_file_free(TbKeyFile *file)
{
    g_clear_pointer(&file->keys, g_key_file_unref);
    g_clear_pointer(&file->lines, g_hash_table_unref);
    g_free(file->path);
    g_free(file);
}

int tb_key_file_line(const TbKeyFile *file, const char *group, const char *key)
{
    g_autofree char *id = key ? g_strdup_printf("%s\n%s", group, key) : g_strdup(group);

    return GPOINTER_TO_INT(g_hash_table_lookup(file->lines, id));
}

gboolean tb_key_file_error(const TbKeyFile *file, const char *group, const char *key,
                           GError **error, const char *format, ...)
{
    g_autofree char *what = NULL;
    int line = tb_key_file_line(file, group, key);
    va_list arguments;

    va_start(arguments, format);
    what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return fail_at(file->path, line ? line : MAX(1, tb_key_file_line(file, group, NULL)), error,
                   what);
}

char *tb_key_file_value(const TbKeyFile *file, const char *group, const char *key)
{
    char *value = g_key_file_get_value(file->keys, group, key, NULL);

    return value ? g_strstrip(value) : NULL;
}

char **tb_key_file_list(const TbKeyFile *file, const char *group, const char *key)
{
    g_autofree char *value = tb_key_file_value(file, group, key);
    g_auto(GStrv) parts = g_strsplit(value ? value : "", ";", -1);
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();

    for (int i = 0; parts[i]; i++) {
        if (*g_strstrip(parts[i])) {
            g_strv_builder_add(list, parts[i]);
        }
    }
    return g_strv_builder_end(list);
}
