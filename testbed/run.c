/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a scenario. */
#include "testbed/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "testbed/error.h"
#include "testbed/fingerprint.h"
#include "testbed/image.h"
#include "testbed/packages.h"
#include "testbed/paths.h"
#include "testbed/session.h"
#include "testbed/term.h"
#include "testbed/vm.h"

static char *absolute(const char *path)
{
    return path ? g_canonicalize_filename(path, NULL) : NULL;
}

static char *find_qemu(const TbRunOptions *options, GError **error)
{
    const char *variable = g_getenv("TESTBED_QEMU");
    char *path = options->qemu         ? absolute(options->qemu)
                 : variable && *variable ? absolute(variable)
                                         : tb_build_file("qemu", "qemu-system-arm", NULL);

    if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE)) {
        return path;
    }
    g_set_error(error, TB_ERROR, TB_ERROR_SETUP,
                "there is no %s: scripts/qemu-setup builds it (or name one with --qemu)", path);
    g_free(path);
    return NULL;
}

/* An empty directory for the logs of this run; what an earlier run left there is removed. */
static char *prepare_out(const TbScenario *scenario, const TbRunOptions *options, GError **error)
{
    static const char *const ours[] = { "console.log", "qemu.log", "command", "card.img", NULL };
    g_autofree char *out = options->out ? absolute(options->out)
                                        : tb_build_file("runs", scenario->name, NULL);

    if (g_mkdir_with_parents(out, 0777) < 0) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot create %s: %s", out,
                    g_strerror(errno));
        return NULL;
    }
    for (int i = 0; ours[i]; i++) {
        g_autofree char *path = g_build_filename(out, ours[i], NULL);

        g_unlink(path);
    }
    return g_steal_pointer(&out);
}

static char *copy_card(const TbImage *image, const char *out, GError **error)
{
    g_autofree char *path = g_build_filename(out, "card.img", NULL);
    g_autoptr(GFile) from = g_file_new_for_path(image->card), to = g_file_new_for_path(path);

    if (!g_file_copy(from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error)) {
        return NULL;
    }
    tb_term_note("the card of this run stays in %s", path);
    return g_steal_pointer(&path);
}

static char *last_line(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, name, NULL), *text = NULL;
    const char *newline;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        return g_strdup("");
    }
    newline = strrchr(g_strchomp(text), '\n');
    return g_strdup(newline ? newline + 1 : text);
}

/* A QEMU that ended by itself with an error explains a failure better than the console. */
static bool blame_qemu(int status, const char *out, GError **error)
{
    g_autofree char *line = last_line(out, "qemu.log");

    g_clear_error(error);
    g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "QEMU ended with status %d: %s (whole log: %s/qemu.log)",
                status, line, out);
    return false;
}

/* Started, driven, ended; *@count gets the instruction count of a deterministic run. */
static bool drive(const TbScenario *scenario, const TbImage *image, const TbVmOptions *vm_options,
                  const TbRunOptions *options, guint64 *count, GError **error)
{
    TbVm *vm = tb_vm_start(scenario, image, vm_options, error);
    TbSessionOptions session = {
        .steps = options->deterministic ? scenario->hands_free : scenario->steps,
        .fail_on = scenario->fail_on,
        .timeout_scale = options->timeout_scale,
        .scenario_path = scenario->file->path,
        .console_is_file = options->deterministic,
        .ask_count = options->deterministic,
        .show = true,
    };
    bool done;
    int status;

    if (!vm) {
        return false;
    }
    done = tb_session_run(vm->console, vm->qmp, &session, count, error);
    status = tb_vm_stop(vm);
    if (!done && !tb_interrupted() && status != 0 && status < 128 + 1) {
        return blame_qemu(status, vm_options->directory, error);
    }
    if (done && status != 0) {
        return blame_qemu(status, vm_options->directory, error);
    }
    return done;
}

static bool check_deterministic(const TbScenario *scenario, const TbRunOptions *options,
                                GError **error)
{
    if (!options->deterministic || !scenario->refusal) {
        return true;
    }
    g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "scenario '%s' cannot run deterministically: %s",
                scenario->name, scenario->refusal);
    return false;
}

/* Everything that must be there before QEMU can start. */
static bool prepare(const TbScenario *scenario, const TbRunOptions *options,
                    TbVmOptions *vm_options, TbImage **image, GError **error)
{
    if (!check_deterministic(scenario, options, error)) {
        return false;
    }
    vm_options->qemu = find_qemu(options, error);
    vm_options->trace = absolute(options->trace);
    vm_options->deterministic = options->deterministic;
    if (!vm_options->qemu) {
        return false;
    }
    *image = tb_image_make(scenario, options->deterministic ? TB_MODE_AUTO : TB_MODE_SHELL, error);
    if (!*image) {
        return false;
    }
    vm_options->directory = prepare_out(scenario, options, error);
    if (!vm_options->directory) {
        return false;
    }
    if (!tb_vm_make_disks(scenario, vm_options, error)) {
        return false;
    }
    if (options->keep && (*image)->card) {
        vm_options->card = copy_card(*image, vm_options->directory, error);
        return vm_options->card;
    }
    return true;
}

static void clear_vm_options(TbVmOptions *options)
{
    g_free((char *)options->qemu);
    g_free((char *)options->trace);
    g_free((char *)options->card);
    g_free((char *)options->directory);
}

static bool report(const TbScenario *scenario, const TbVmOptions *vm_options, guint64 count,
                   GError **error)
{
    if (vm_options->deterministic &&
        !tb_fingerprint_print(vm_options->directory, vm_options->trace, count, error)) {
        return false;
    }
    if (vm_options->trace) {
        tb_term_note("the trace is in %s", vm_options->trace);
    }
    tb_term_note("%s: passed; console: %s/console.log", scenario->name, vm_options->directory);
    return true;
}

bool tb_run(const TbScenario *scenario, const TbRunOptions *options, GError **error)
{
    TbVmOptions vm_options = { 0 };
    g_autoptr(TbImage) image = NULL;
    guint64 count = 0;
    bool done = prepare(scenario, options, &vm_options, &image, error);

    if (done) {
        tb_term_note("starting %s", vm_options.qemu);
        done = drive(scenario, image, &vm_options, options, &count, error) &&
               report(scenario, &vm_options, count, error);
    }
    clear_vm_options(&vm_options);
    return done;
}

/* Prepares a run on the terminal and becomes QEMU. */
static bool become_qemu(const TbScenario *scenario, const TbImage *image, TbVmOptions *vm_options,
                        GError **error)
{
    g_auto(GStrv) arguments = NULL;

    vm_options->terminal = true;
    arguments = tb_vm_arguments(scenario, image, vm_options);
    tb_term_note("Ctrl-] x ends QEMU, Ctrl-] c is its monitor and back; log: %s/console.log",
                 vm_options->directory);
    g_setenv("TMPDIR", vm_options->directory, TRUE);
    tb_vm_exec(arguments, error);
    return false;
}

bool tb_run_interactive(const TbScenario *scenario, const TbRunOptions *options, GError **error)
{
    TbVmOptions vm_options = { 0 };
    g_autoptr(TbImage) image = NULL;

    if (prepare(scenario, options, &vm_options, &image, error)) {
        become_qemu(scenario, image, &vm_options, error);
    }
    clear_vm_options(&vm_options);
    return false;
}

static bool append_symbols(GString *command, const TbScenario *scenario, GError **error)
{
    g_autoptr(GPtrArray) packages = tb_packages_open(scenario->packages, error);

    for (unsigned i = 0; packages && i < scenario->symbols->len; i++) {
        const TbEntry *entry = scenario->symbols->pdata[i];
        const char *pattern = strchr(entry->source, ' ') + 1 + strlen("deb:");
        g_autofree char *file = tb_packages_find(packages, pattern, error);

        if (!file) {
            return false;
        }
        g_string_append_printf(command, " -ex 'add-symbol-file %s -o %s'", file, entry->path);
    }
    return packages;
}

bool tb_run_gdb(const TbScenario *scenario, const TbRunOptions *options, GError **error)
{
    TbVmOptions vm_options = { 0 };
    g_autoptr(TbImage) image = NULL;
    g_autoptr(GString) command = g_string_new("gdb-multiarch -ex 'set confirm off'");

    vm_options.gdb_port = tb_vm_free_port();
    g_string_append_printf(command, " -ex 'target remote localhost:%u'", vm_options.gdb_port);
    if (prepare(scenario, options, &vm_options, &image, error) &&
        append_symbols(command, scenario, error)) {
        tb_term_note("in another terminal: %s", command->str);
        become_qemu(scenario, image, &vm_options, error);
    }
    clear_vm_options(&vm_options);
    return false;
}
