/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of testbed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testbed/conformance.h"
#include "testbed/error.h"
#include "testbed/image.h"
#include "testbed/run.h"
#include "testbed/scenario.h"
#include "testbed/term.h"
#include "testbed/user.h"

static TbRunOptions options = { .timeout_scale = 1 };

static char *user_kernel, *user_disk, *user_until;

static const GOptionEntry entries[] = {
    { "interactive", 'i', 0, G_OPTION_ARG_NONE, &options.interactive,
      "run: the console on this terminal, no steps, no time limits", NULL },
    { "deterministic", 0, 0, G_OPTION_ARG_NONE, &options.deterministic,
      "run: counted time and no input; two runs are identical", NULL },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &options.trace,
      "record every entry to Hyp mode in DIR", "DIR" },
    { "timeout-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.timeout_scale,
      "multiply all time limits by X", "X" },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep,
      "run on a copy of the card and keep it beside the logs", NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out,
      "directory for console.log and qemu.log (build/runs/SCENARIO)", "DIR" },
    { "qemu", 0, 0, G_OPTION_ARG_FILENAME, &options.qemu,
      "this QEMU instead of build/qemu/qemu-system-arm or $TESTBED_QEMU", "FILE" },
    { "kernel", 0, 0, G_OPTION_ARG_FILENAME, &user_kernel,
      "the kernel of a scenario that brings none (freebsd...)", "FILE" },
    { "disk", 0, 0, G_OPTION_ARG_FILENAME, &user_disk,
      "a disk for such a scenario; it is not written to", "FILE" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &user_until,
      "with --disk: what its system says when it is up (" TB_UNTIL_DEFAULT ")", "TEXT" },
    { NULL }
};

static bool usage_error(GError **error, const char *what)
{
    g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s; see testbed --help", what);
    return false;
}

static bool list(GError **error)
{
    g_auto(GStrv) names = tb_scenario_names();

    for (int i = 0; names[i]; i++) {
        g_autoptr(TbScenario) scenario = tb_scenario_load(names[i], error);

        if (!scenario) {
            return false;
        }
        printf("%-14s %s\n", names[i], scenario->description);
    }
    return true;
}

static bool make_image(const TbScenario *scenario, GError **error)
{
    const char *mode = options.deterministic ? TB_MODE_AUTO : TB_MODE_SHELL;
    g_autoptr(TbImage) image = tb_image_make(scenario, mode, error);

    if (image) {
        printf("%s\n", image->card ? image->card : image->directory);
    }
    return image;
}

static bool run(const TbScenario *scenario, GError **error)
{
    if (options.interactive) {
        return tb_run_interactive(scenario, &options, error);
    }
    return tb_run(scenario, &options, error);
}

static bool gdb(const TbScenario *scenario, GError **error)
{
    return tb_run_gdb(scenario, &options, error);
}

static const struct {
    const char *name;
    bool (*act)(const TbScenario *scenario, GError **error);
} commands[] = {
    { "image", make_image },
    { "run", run },
    { "gdb", gdb },
};

static bool dispatch(int argc, char **argv, GError **error)
{
    g_autoptr(TbScenario) scenario = NULL;

    if (argc == 2 && g_str_equal(argv[1], "list")) {
        return list(error);
    }
    if (argc != 3) {
        return usage_error(error, "a command and a scenario are needed");
    }
    if (!(options.timeout_scale > 0)) {
        return usage_error(error, "--timeout-scale must be greater than 0");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (g_str_equal(argv[1], commands[i].name)) {
            scenario = tb_scenario_load(argv[2], error);
            return scenario &&
                   tb_user_apply(scenario, user_kernel, user_disk, user_until, error) &&
                   commands[i].act(scenario, error);
        }
    }
    return usage_error(error, "unknown command");
}

int main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("list | image SCENARIO | run SCENARIO "
                                                             "| gdb SCENARIO | conformance ...");
    g_autoptr(GError) error = NULL;
    int status;

    if (argc > 1 && g_str_equal(argv[1], "conformance")) {
        return tb_conformance_main(argc - 1, argv + 1);
    }

    g_option_context_set_summary(context, "Builds and runs the systems described in images/.");
    g_option_context_set_description(
        context, "testbed conformance --help is about the claims of tests/payloads/ve.\n\n"
                 "Exit status: 0 all steps passed, 1 a step failed, 2 wrong usage or a bad scenario\n"
                 "file, 3 the set-up failed (packages, image, QEMU), 130 interrupted.\n");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "testbed: %s; see testbed --help\n", error->message);
        return TB_ERROR_USAGE;
    }
    tb_catch_signals();
    if (dispatch(argc, argv, &error)) {
        return TB_OK;
    }
    status = tb_error_status(error);
    fprintf(stderr, "testbed: %s\n", error->message);
    return status;
}
