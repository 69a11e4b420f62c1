/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace summary: entries, exits and times by cause, VM and CPU.
 */
#include <stdio.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/summary_report.h"

int cli_summary(int argc, char **argv)
{
    gboolean json = FALSE;
    gint top = 10;
    g_autofree char *map_path = NULL;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON instead of tables", NULL},
        {"top", 0, 0, G_OPTION_ARG_INT, &top, "Details shown per class (default 10, 0: all)", "N"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &map_path,
         "Names of device addresses: lines of BASE SIZE NAME", "FILE"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]",
        "Counts entries to Hyp and exits of VMs, and the time they took, by their cause.",
        "hyp is the time from an entry to the next return from Hyp, away that of a whole exit:\n"
        "from an entry out of a VM to the return into the same vCPU.  med and p99 are within\n"
        "1.6 %.  Times are in instructions of the CPU if the trace was recorded with -icount;\n"
        "else they are virtual time, which then follows the host's.  Instructions are one CPU's:\n"
        "exits that end on another CPU are counted, but have no away.\n\n"
        "Example: hyptrace summary --top 3 trace\n",
        entries,
    };
    const char *dir = cli_parse(&options, argc, argv);
    g_autoptr(GError) error = NULL;
    g_autoptr(HtTrace) trace = NULL;
    g_autoptr(HtMap) map = NULL;

    if (!dir) {
        return CLI_USAGE;
    }
    if (top < 0) {
        cli_complain("--top %d is negative (see 'hyptrace summary --help')", top);
        return CLI_USAGE;
    }
    trace = ht_trace_open(dir, &error);
    map = trace ? cli_map(trace, map_path, &error) : NULL;
    if (map) {
        g_autoptr(HtSummary) summary = ht_summary_new(trace, &error);
        GString *out = json ? summary_json(trace, summary, map)
                            : summary_tables(trace, summary, map, (unsigned)top);

        fwrite(out->str, 1, out->len, stdout);
        g_string_free(out, TRUE);
    }
    return cli_finish(error);
}
