/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the sub-commands of hyptrace share.
 */
#include <errno.h>
#include <stdio.h>

#include "hyptrace/cli/cli.h"

void cli_complain(const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list args;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "hyptrace: %s\n", message);
}

const char *cli_parse(const struct cli_options *options, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = g_strdup_printf("hyptrace %s", argv[0]);
    g_autoptr(GOptionContext) context = g_option_context_new(options->usage);
    gboolean ok;

    g_set_prgname(program);
    g_option_context_add_main_entries(context, options->entries, NULL);
    g_option_context_set_summary(context, options->summary);
    g_option_context_set_description(context, options->description);
    ok = g_option_context_parse(context, &argc, &argv, &error);
    if (ok && argc > 2) {
        ok = FALSE;
        g_set_error(&error, HT_ERROR, HT_ERROR_IO, "more than one directory: '%s'", argv[2]);
    }
    if (!ok) {
        cli_complain("%s (see '%s --help')", error->message, program);
        return NULL;
    }
    return argc == 2 ? argv[1] : ".";
}

HtMap *cli_map(const HtTrace *trace, const char *path, GError **error)
{
    HtMap *map = ht_map_new();

    ht_map_add_machine(map, trace->machine);
    if (path && !ht_map_load(map, path, error)) {
        g_clear_pointer(&map, ht_map_free);
    }
    return map;
}

int cli_finish(const GError *error)
{
    if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
        cli_complain("standard output: %s", g_strerror(errno));
        return CLI_DEFECT;
    }
    if (error) {
        cli_complain("%s", error->message);
        return CLI_DEFECT;
    }
    return CLI_OK;
}
