/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace merge: one trace out of its pieces.
 */
#include <inttypes.h>
#include <stdio.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/lib/slice.h"

static int run(char **dirs, const char *out)
{
    g_autoptr(GPtrArray) traces = g_ptr_array_new_with_free_func((GDestroyNotify)ht_trace_free);
    g_autoptr(GError) error = NULL;
    uint64_t written = 0;

    for (; *dirs; dirs++) {
        HtTrace *trace = ht_trace_open(*dirs, &error);

        if (!trace) {
            return cli_finish(error);
        }
        g_ptr_array_add(traces, trace);
    }
    if (ht_merge_write((HtTrace *const *)traces->pdata, traces->len, out, &written, &error)) {
        printf("%s: %" PRIu64 " events\n", out, written);
    }
    return cli_finish(error);
}

int cli_merge(int argc, char **argv)
{
    g_autofree char *out = NULL;
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Directory of the new trace", "DIR"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "-o DIR TRACE TRACE...", "Makes one trace out of pieces of it, in the order of events.",
        "Events that several pieces have are written once.  Traces of different runs are refused:\n"
        "they have different events of the same number.\n\n"
        "Example: hyptrace merge -o all part1 part2\n",
        entries, 2, CLI_DIRS_MAX,
    };

    if (!cli_parse(&options, NULL, argc, argv)) {
        return CLI_USAGE;
    }
    if (!out) {
        cli_complain("--output is missing (see 'hyptrace merge --help')");
        return CLI_USAGE;
    }
    return run(argv + 1, out);
}
