/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace unpack: plain CTF out of a trace that was recorded with compress=zstd.
 */
#include "hyptrace/cli/cli.h"
#include "hyptrace/lib/unpack.h"

int cli_unpack(int argc, char **argv)
{
    g_autofree char *out = NULL;
    g_autoptr(HtTrace) trace = NULL;
    g_autoptr(GError) error = NULL;
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Directory of the new trace", "DIR"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "-o DIR [TRACE]", "Writes a trace recorded with compress=zstd as plain CTF.",
        "Of a stream that was cut off the whole packets are written.\n\n"
        "Example: hyptrace unpack -o plain packed\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, NULL, argc, argv);

    if (!dir) {
        return CLI_USAGE;
    }
    if (!out) {
        cli_complain("--output is missing (see 'hyptrace unpack --help')");
        return CLI_USAGE;
    }
    trace = ht_trace_open(dir, &error);
    if (trace) {
        ht_unpack(trace, out, &error);
    }
    return cli_finish(error);
}
