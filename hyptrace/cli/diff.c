/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace diff: compares the exits of two traces.
 */
#include <stdio.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/diff_report.h"

/* Exit statuses, those of diff(1). */
enum { DIFF_SAME = 0, DIFF_DIFFERENT = 1, DIFF_TROUBLE = 2 };

struct differ {
    struct cli_input a, b;
    struct ht_canonical_options options;
    struct diff_report report;
    gboolean json;
};

/* Reads both; what could not be read is said, and makes the result trouble, but it is compared. */
static HtCanonicals *read_exits(const struct cli_input *input,
                                const struct ht_canonical_options *options, bool *trouble)
{
    g_autoptr(GError) error = NULL;
    HtCanonicals *exits = ht_canonicals_new(input->trace, input->filter, &input->names, options,
                                            &error);

    if (error) {
        cli_complain("%s", error->message);
        *trouble = true;
    }
    return exits;
}

static int compare(struct differ *differ)
{
    bool trouble = false;
    g_autoptr(HtCanonicals) a = NULL;
    g_autoptr(HtCanonicals) b = NULL;
    g_autoptr(HtDiff) diff = NULL;
    GString *out;

    differ->options.no_outputs |= !differ->a.trace->registers || !differ->b.trace->registers;
    a = read_exits(&differ->a, &differ->options, &trouble);
    b = read_exits(&differ->b, &differ->options, &trouble);
    diff = ht_diff_new(a, b);
    differ->report.a = a;
    differ->report.b = b;
    differ->report.names_a = &differ->a.names;
    differ->report.names_b = &differ->b.names;
    differ->report.diff = diff;
    out = differ->json ? diff_json(&differ->report) : diff_text(&differ->report);
    fwrite(out->str, 1, out->len, stdout);
    g_string_free(out, TRUE);
    if (cli_finish(NULL) != CLI_OK || trouble) {
        return DIFF_TROUBLE;
    }
    return diff->differences->len ? DIFF_DIFFERENT : DIFF_SAME;
}

static int run(struct differ *differ, const char *dir_a, const char *dir_b)
{
    g_autoptr(GError) error = NULL;
    enum cli_status status;

    cli_copy_options(&differ->b, &differ->a);
    status = cli_open(&differ->a, dir_a, &error);
    if (status == CLI_OK) {
        status = cli_open(&differ->b, dir_b, &error);
    }
    if (status == CLI_OK) {
        return compare(differ);
    }
    if (error) {
        cli_complain("%s", error->message);
    }
    return DIFF_TROUBLE;
}

int cli_diff(int argc, char **argv)
{
    struct differ differ = {.json = FALSE};
    gboolean no_registers = FALSE, no_interrupts = FALSE, list = FALSE;
    gint context = 3, groups = 20;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &differ.json, "Print JSON", NULL},
        {"context", 'U', 0, G_OPTION_ARG_INT, &context,
         "Exits before and after the first difference (default 3)", "N"},
        {"list", 0, 0, G_OPTION_ARG_NONE, &list, "List every difference", NULL},
        {"groups", 0, 0, G_OPTION_ARG_INT, &groups, "Groups shown (default 20, 0: all)", "N"},
        {"no-registers", 0, 0, G_OPTION_ARG_NONE, &no_registers,
         "Do not compare registers that an exit changed", NULL},
        {"no-interrupts", 0, 0, G_OPTION_ARG_NONE, &no_interrupts,
         "Leave out exits by interrupts, injections, timers: they depend on time", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "A B", "Compares the exits of two traces and tells what differed first.",
        "Compared are, vCPU by vCPU: class, syndrome, device register, the guest's place, the\n"
        "registers that the guest sees changed, injected interrupts.  Not compared are times and\n"
        "all that is the hypervisor's own.  Registers are left out if one trace has none.\n\n"
        "Example: hyptrace diff before after\n"
        "         hyptrace diff -f 'vm == vm1 && class == cp15' --list before after\n\n"
        "Exit status: 0 the same, 1 different, 2 trouble.\n",
        entries, 2, 2,
    };
    const char *dir = cli_parse(&options, &differ.a, argc, argv);
    int status = DIFF_TROUBLE;

    if (dir && (context < 0 || groups < 0)) {
        cli_complain("--%s is negative (see 'hyptrace diff --help')",
                     context < 0 ? "context" : "groups");
    } else if (dir) {
        differ.options = (struct ht_canonical_options) {no_registers, no_interrupts};
        differ.report.context = (unsigned)context;
        differ.report.groups = (unsigned)groups;
        differ.report.list = list;
        status = run(&differ, dir, argv[2]);
    }
    cli_close(&differ.a);
    cli_close(&differ.b);
    return status;
}
