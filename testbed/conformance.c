/* SPDX-License-Identifier: BSD-2-Clause */
/* Judges a QEMU by the claims of tests/payloads/ve. */
#include "testbed/conformance.h"

#include <stdio.h>
#include <string.h>

#include "testbed/error.h"
#include "testbed/paths.h"
#include "testbed/term.h"
#include "testbed/ve_defects.h"
#include "testbed/ve_report.h"

typedef struct Options {
    char *qemu, *stock, *out, *table;
    char **boards, **modes, **families; /* as given, NULL: all */
    int jobs, timeout_s;
    gboolean verbose;
} Options;

/* One QEMU that is judged. */
typedef struct Subject {
    const char *label; /* its directory of results */
    const char *qemu;
    GPtrArray *runs;   /* TbVeRun */
} Subject;

static G_GNUC_PRINTF(2, 3) bool usage(GError **error, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, TB_ERROR, TB_ERROR_USAGE, message);
    return false;
}

static int by_name(const void *a, const void *b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* The directories of tests/payloads/ve but for lib, sorted. */
static char **all_families(GError **error)
{
    g_autofree char *path = tb_top_file("tests/payloads/ve");
    g_autoptr(GDir) directory = g_dir_open(path, 0, error);
    GPtrArray *names = g_ptr_array_new();
    const char *name;

    while (directory && (name = g_dir_read_name(directory))) {
        g_autofree char *entry = g_build_filename(path, name, NULL);

        if (g_file_test(entry, G_FILE_TEST_IS_DIR) && !g_str_equal(name, "lib")) {
            g_ptr_array_add(names, g_strdup(name));
        }
    }
    g_ptr_array_sort(names, by_name);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

static char **choose_families(const Options *options, GError **error)
{
    g_auto(GStrv) all = all_families(error);
    g_autofree char *names = g_strjoinv("  ", all);

    if (!*all) {
        if (error && !*error) {
            usage(error, "tests/payloads/ve has no family of claims");
        }
        return NULL;
    }
    for (int i = 0; options->families && options->families[i]; i++) {
        if (!g_strv_contains((const char *const *)all, options->families[i])) {
            usage(error, "there is no family '%s'; there are: %s", options->families[i], names);
            return NULL;
        }
    }
    return g_strdupv(options->families ? options->families : all);
}

static bool check_choices(const Options *options, GError **error)
{
    g_autofree char *boards = tb_ve_board_names(), *modes = tb_ve_mode_names();

    for (int i = 0; options->boards && options->boards[i]; i++) {
        if (!tb_ve_find_board(options->boards[i])) {
            return usage(error, "there is no board '%s'; there are: %s", options->boards[i], boards);
        }
    }
    for (int i = 0; options->modes && options->modes[i]; i++) {
        if (!tb_ve_find_mode(options->modes[i])) {
            return usage(error, "there is no mode '%s'; there are: %s", options->modes[i], modes);
        }
    }
    if (options->jobs < 1 || options->timeout_s < 1) {
        return usage(error, "--jobs and --timeout must be at least 1");
    }
    return true;
}

static bool board_is_chosen(const Options *options, const TbVeBoard *board)
{
    for (int i = 0; options->boards && options->boards[i]; i++) {
        if (tb_ve_find_board(options->boards[i]) == board) {
            return true;
        }
    }
    return !options->boards;
}

static bool mode_is_chosen(const Options *options, const TbVeMode *mode)
{
    return !options->modes || g_strv_contains((const char *const *)options->modes, mode->name);
}

static void add_runs(GPtrArray *runs, const Options *options, char **families,
                     const TbVeBoard *board)
{
    for (int i = 0; families[i]; i++) {
        for (unsigned j = 0; j < tb_ve_mode_count; j++) {
            if (mode_is_chosen(options, &tb_ve_modes[j])) {
                g_ptr_array_add(runs, tb_ve_run_new(families[i], board, &tb_ve_modes[j]));
            }
        }
    }
}

/* Boards that a QEMU does not have are left out, unless they were asked for. */
static bool plan(Subject *subject, const Options *options, char **families, GError **error)
{
    g_autoptr(GHashTable) machines = tb_ve_qemu_machines(subject->qemu, error);

    subject->runs = g_ptr_array_new_with_free_func((GDestroyNotify)tb_ve_run_free);
    for (unsigned i = 0; machines && i < tb_ve_board_count; i++) {
        const TbVeBoard *board = &tb_ve_boards[i];

        if (!board_is_chosen(options, board)) {
            continue;
        }
        if (g_hash_table_contains(machines, board->machine)) {
            add_runs(subject->runs, options, families, board);
        } else if (options->boards && g_str_equal(subject->label, "qemu")) {
            g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s has no machine '%s'", subject->qemu,
                        board->machine);
            return false;
        } else {
            tb_term_note("%s has no machine '%s': left out", subject->qemu, board->machine);
        }
    }
    if (machines && !subject->runs->len) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s has none of the boards", subject->qemu);
    }
    return machines && subject->runs->len;
}

/* For the progress of a subject. */
typedef struct Progress {
    TbExpected *expected; /* or NULL */
    bool verbose, quiet;
} Progress;

static void run_ended(TbVeRun *run, void *data)
{
    Progress *progress = data;

    if (progress->expected) {
        tb_expected_apply(progress->expected, run->tap, run->where);
    }
    if (!progress->quiet) {
        tb_ve_print_run(run, progress->verbose);
    }
}

static bool judge(const Subject *subject, const Options *options, Progress *progress,
                  GError **error)
{
    g_autofree char *directory = g_build_filename(options->out, subject->label, NULL);
    TbVeRunner runner = {
        .qemu = subject->qemu,
        .directory = directory,
        .jobs = options->jobs,
        .timeout_s = options->timeout_s,
        .ended = run_ended,
        .data = progress,
    };

    tb_term_note("judging %s: %u runs", subject->qemu, subject->runs->len);
    return tb_ve_run_all(&runner, subject->runs, error);
}

/* Rows that concern a family and a place that were run, and name no claim there. */
static void find_unused(const TbExpected *expected, const GPtrArray *runs, GPtrArray *complaints)
{
    for (unsigned i = 0; i < expected->rows->len; i++) {
        const TbExpectedRow *row = expected->rows->pdata[i];
        bool concerned = false;

        for (unsigned j = 0; j < runs->len && !row->matches; j++) {
            const TbVeRun *run = runs->pdata[j];

            concerned = concerned || (!run->tap->error &&
                                      tb_expected_concerns(row, run->family, run->where));
        }
        if (concerned) {
            g_ptr_array_add(complaints, g_strdup_printf("%s:%d: no claim has a name like %s",
                                                        expected->path, row->line, row->claims[0]));
        }
    }
}

static bool write_file(const char *path, char *text, GError **error)
{
    g_autofree char *owned = text;

    if (!g_file_set_contents(path, owned, -1, error)) {
        return false;
    }
    tb_term_note("wrote %s", path);
    return true;
}

static bool write_results(const Options *options, const Subject *subject, const Subject *stock,
                          GError **error)
{
    g_autofree char *junit = g_build_filename(options->out, "junit.xml", NULL);
    g_autofree char *table = g_build_filename(options->out, "ve-conformance.md", NULL);

    return write_file(junit, tb_ve_junit(subject->runs), error) &&
           write_file(options->table ? options->table : table,
                      tb_ve_table(subject->runs, stock->runs), error);
}

/* The summary; false with TB_ERROR_EXPECTATION if not all is well. */
static bool conclude(const GPtrArray *runs, const GPtrArray *complaints, GError **error)
{
    TbVeCounts counts = { 0 };
    g_autofree char *text = NULL;

    for (unsigned i = 0; i < runs->len; i++) {
        tb_ve_count(&counts, runs->pdata[i]);
    }
    for (unsigned i = 0; i < complaints->len; i++) {
        g_print("  ERROR %s\n", (char *)complaints->pdata[i]);
    }
    counts.of[TB_BROKEN] += complaints->len;
    text = tb_ve_counts_text(&counts);
    tb_term_note("%u runs: %s", runs->len, text);
    if (!tb_ve_counts_are_good(&counts)) {
        g_set_error(error, TB_ERROR, TB_ERROR_EXPECTATION, "not every claim is as it should be");
        return false;
    }
    return true;
}

/* What the lists of the source tree say about our own QEMU. */
static bool compare_with_lists(const TbExpected *expected, const Subject *ours,
                               const Subject *stock, GPtrArray *complaints, GError **error)
{
    g_autofree char *defects = tb_top_file("tests/payloads/defects.tsv");

    find_unused(expected, ours->runs, complaints);
    return tb_ve_defects_check(defects, ours->runs, stock->runs, complaints, error);
}

static TbExpected *load_expected(GError **error)
{
    g_autofree char *path = tb_top_file("tests/payloads/ve/expected-failures.tsv");

    return tb_expected_load(path, error);
}

static bool run(const Options *options, GError **error)
{
    g_autofree char *built = tb_build_file("qemu", "qemu-system-arm", NULL);
    Subject subject = { "qemu", options->qemu ? options->qemu : built, NULL };
    Subject stock = { "stock", options->stock, NULL };
    g_autoptr(TbExpected) expected = options->qemu ? NULL : load_expected(error);
    g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) families = choose_families(options, error);
    Progress progress = { expected, options->verbose, false }, silent = { NULL, false, true };
    bool good = families && (expected || options->qemu) && check_choices(options, error) &&
                plan(&subject, options, families, error) &&
                (!stock.qemu || plan(&stock, options, families, error)) &&
                judge(&subject, options, &progress, error) &&
                (!stock.qemu || judge(&stock, options, &silent, error)) &&
                (!expected || compare_with_lists(expected, &subject, &stock, complaints, error)) &&
                write_results(options, &subject, &stock, error) &&
                conclude(subject.runs, complaints, error);

    g_clear_pointer(&subject.runs, g_ptr_array_unref);
    g_clear_pointer(&stock.runs, g_ptr_array_unref);
    return good;
}

static bool parse(Options *options, int argc, char **argv, GError **error)
{
    const GOptionEntry entries[] = {
        { "qemu", 0, 0, G_OPTION_ARG_FILENAME, &options->qemu,
          "judge this QEMU; nothing is expected to fail on it (build/qemu/qemu-system-arm, with "
          "expected-failures.tsv)", "PATH" },
        { "stock", 0, 0, G_OPTION_ARG_FILENAME, &options->stock,
          "judge this unpatched QEMU too, for the table and defects.tsv", "PATH" },
        { "board", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->boards,
          "only this board; may be repeated", "NAME" },
        { "mode", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->modes,
          "only this mode: smp1, smp2, smp2-single, icount; may be repeated", "NAME" },
        { "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs, "QEMUs at a time (the CPUs)", "N" },
        { "timeout", 0, 0, G_OPTION_ARG_INT, &options->timeout_s,
          "seconds for each run (60)", "S" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out,
          "directory for TAP, junit.xml and the table (build/conformance)", "DIR" },
        { "table", 0, 0, G_OPTION_ARG_FILENAME, &options->table,
          "write the table to FILE instead of DIR/ve-conformance.md", "FILE" },
        { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose,
          "show every claim that is not as it should be", NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->families, NULL, NULL },
        { NULL }
    };
    g_autoptr(GOptionContext) context = g_option_context_new("[FAMILY...]");
    g_autoptr(GError) reason = NULL;

    g_option_context_set_summary(context,
                                 "Judges a QEMU by the claims of tests/payloads/ve, each family on\n"
                                 "each board in each mode.");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &reason)) {
        return usage(error, "%s; see testbed conformance --help", reason->message);
    }
    return true;
}

static void clear(Options *options)
{
    g_free(options->qemu);
    g_free(options->stock);
    g_free(options->out);
    g_free(options->table);
    g_strfreev(options->boards);
    g_strfreev(options->modes);
    g_strfreev(options->families);
}

int tb_conformance_main(int argc, char **argv)
{
    Options options = { .jobs = g_get_num_processors(), .timeout_s = 60 };
    g_autoptr(GError) error = NULL;
    int status = TB_OK;

    g_set_prgname("testbed conformance");
    if (parse(&options, argc, argv, &error)) {
        if (!options.out) {
            options.out = tb_build_file("conformance", NULL);
        }
        tb_catch_signals();
        run(&options, &error);
    }
    if (error) {
        fprintf(stderr, "testbed: %s\n", error->message);
        status = tb_error_status(error);
    }
    clear(&options);
    return status;
}
