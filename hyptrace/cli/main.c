/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace: finds the sub-command and calls it.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hyptrace/cli/cli.h"

static const struct {
    const char *name;
    cli_command *run;
    const char *words;
} commands[] = {
    {"diff", cli_diff, "what differs between the exits of two traces, and what differed first"},
    {"export", cli_export, "traps for Perfetto, spreadsheets, flame graphs"},
    {"latency", cli_latency, "how long traps and exits take: percentiles, histograms"},
    {"merge", cli_merge, "one trace out of the pieces of one"},
    {"print", cli_print, "one line per trap or event, in words, as fields or as JSON; live"},
    {"report", cli_report, "an HTML page about a trace, or about two compared"},
    {"slice", cli_slice, "a part of a trace, by time, number or events, as a trace"},
    {"summary", cli_summary, "entries, exits and times by cause, VM and CPU"},
    {"top", cli_top, "rates by class, VM and CPU while a trace is being written"},
    {"unpack", cli_unpack, "plain CTF out of a trace with compressed streams"},
};

static void help(FILE *out)
{
    fprintf(out, "Usage: hyptrace COMMAND [OPTION...] [DIR]\n\n"
                 "Reads a trace of entries to Hyp mode, made by QEMU with -object hyptrace.\n\n"
                 "Commands:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].words);
    }
    fprintf(out, "\nDIR is the trace directory, by default the working directory.\n"
                 "EXPR of --filter: hyptrace-filter(5).\n"
                 "'hyptrace COMMAND --help' tells more, 'hyptrace --version' the version.\n"
                 "Exit status: 0 fine, 1 something could not be read, 2 wrong usage; of diff: 0 the same,\n"
                 "1 different, 2 trouble.\n");
}

/* Characters as the user's terminal has them; GLib's messages are UTF-8.  Numbers stay C's. */
static void set_characters(void)
{
    setlocale(LC_CTYPE, "");
    if (MB_CUR_MAX == 1) {
        setlocale(LC_CTYPE, "C.UTF-8");
    }
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_DFL);
    set_characters();
    if (argc < 2) {
        cli_complain("no command given (see 'hyptrace --help')");
        return CLI_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        help(stdout);
        return cli_finish(NULL);
    }
    if (!strcmp(argv[1], "--version")) {
        printf("hyptrace " HYPTRACE_VERSION "\n");
        return cli_finish(NULL);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!strcmp(argv[1], commands[i].name)) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    cli_complain("unknown command '%s' (see 'hyptrace --help')", argv[1]);
    return CLI_USAGE;
}
