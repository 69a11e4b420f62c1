/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace summary: entries, exits and times by cause, VM and CPU.
 */
#include <stdio.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/summary_report.h"

static void print_summary(const struct cli_input *input, gboolean json, unsigned top,
                          GError **error)
{
    g_autoptr(HtSummary) summary = ht_summary_new(input->trace, input->filter, &input->names,
                                                  error);
    GString *out = json ? summary_json(input->trace, summary, &input->names)
                        : summary_tables(input->trace, summary, &input->names, top);

    fwrite(out->str, 1, out->len, stdout);
    g_string_free(out, TRUE);
}

int cli_summary(int argc, char **argv)
{
    gboolean json = FALSE;
    gint top = 10;
    struct cli_input input = {0};
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON instead of tables", NULL},
        {"top", 0, 0, G_OPTION_ARG_INT, &top, "Details shown per class, hot places (default 10, 0: all)", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]",
        "Counts entries to Hyp and exits of VMs, and the time they took, by their cause.",
        "hyp is the time from an entry to the next return from Hyp, away that of a whole exit:\n"
        "from an entry out of a VM to the return into the same vCPU.  med and p99 are within\n"
        "1.6 %.  Times are in instructions of the CPU if the trace was recorded with -icount;\n"
        "else they are virtual time, which then follows the host's.  Instructions are one CPU's:\n"
        "exits that end on another CPU are counted, but have no away.  Traps of VMs are attributed to\n"
        "the instructions that trapped, interrupts of the hypervisor to where they came; to functions\n"
        "if there are --symbols.\n\n"
        "Example: hyptrace summary --top 3 trace\n"
        "         hyptrace summary --symbols vm1=vmlinux,hyp=xen-syms trace\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &input, argc, argv);
    g_autoptr(GError) error = NULL;
    int status = CLI_USAGE;

    if (dir && top < 0) {
        cli_complain("--top %d is negative (see 'hyptrace summary --help')", top);
    } else if (dir && (status = cli_open(&input, dir, &error)) != CLI_USAGE) {
        if (status == CLI_OK) {
            print_summary(&input, json, (unsigned)top, &error);
        }
        status = cli_finish(error);
    }
    cli_close(&input);
    return status;
}
