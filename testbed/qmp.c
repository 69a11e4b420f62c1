/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's monitor protocol, docs/interop/qmp-spec in QEMU: one JSON object a line.  QEMU writes
 * `"key": value`, one blank, keys of its own choosing first; looking for such pairs is enough
 * for the four lines that matter. */
#include "testbed/qmp.h"

#include <string.h>
#include <unistd.h>

static bool says(const char *line, const char *pair)
{
    return strstr(line, pair);
}

TbQmpKind tb_qmp_read(const char *line, guint64 *number)
{
    static const char answer[] = "{\"return\": "; /* a number only to tb_qmp_ask_count() */

    if (says(line, "\"event\": \"SHUTDOWN\"")) {
        return says(line, "\"reason\": \"guest-shutdown\"") ? TB_QMP_POWEROFF
               : says(line, "\"reason\": \"guest-reset\"")  ? TB_QMP_RESET
                                                            : TB_QMP_SHUTDOWN;
    }
    if (says(line, "\"event\": \"RESET\"") && says(line, "\"guest\": true")) {
        return TB_QMP_RESET;
    }
    if (g_str_has_prefix(line, answer) && g_ascii_isdigit(line[strlen(answer)])) {
        *number = g_ascii_strtoull(line + strlen(answer), NULL, 10);
        return TB_QMP_COUNT;
    }
    return says(line, "\"error\": {") ? TB_QMP_ERROR : TB_QMP_OTHER;
}

static bool put(int socket, const char *line)
{
    /* Short enough for any socket buffer: one write takes it whole. */
    return write(socket, line, strlen(line)) == (ssize_t)strlen(line);
}

bool tb_qmp_begin(int socket)
{
    return put(socket, "{\"execute\": \"qmp_capabilities\"}\n");
}

bool tb_qmp_ask_count(int socket)
{
    return put(socket, "{\"execute\": \"qom-get\", \"arguments\": "
                       "{\"path\": \"/machine\", \"property\": \"instructions\"}, "
                       "\"id\": \"count\"}\n");
}

bool tb_qmp_press(int socket, const char *chord)
{
    g_auto(GStrv) keys = g_strsplit(chord, "-", -1);
    g_autoptr(GString) line = g_string_new("{\"execute\": \"send-key\", \"arguments\": {\"keys\": [");

    for (int i = 0; keys[i]; i++) {
        g_string_append_printf(line, "%s{\"type\": \"qcode\", \"data\": \"%s\"}", i ? ", " : "",
                               keys[i]);
    }
    g_string_append(line, "]}}\n");
    return put(socket, line->str);
}

bool tb_qmp_quit(int socket)
{
    return put(socket, "{\"execute\": \"quit\"}\n");
}
