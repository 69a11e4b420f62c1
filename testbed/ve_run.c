/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs payloads in many QEMUs at a time. */
#include "testbed/ve_run.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "testbed/command.h"
#include "testbed/error.h"
#include "testbed/paths.h"

#define CONSOLE_MAX_BYTES (64u << 20) /* nothing honest says more */
#define LOOK_MS           200         /* at signals and time limits */

/* One QEMU at work. */
typedef struct Job {
    struct Pool *pool;
    TbVeRun *run;
    GSubprocess *process;
    char *console, *log; /* files */
    gint64 began;
    bool timed_out;
} Job;

typedef struct Pool {
    const TbVeRunner *runner;
    GPtrArray *runs;
    unsigned next;   /* run to be started */
    GPtrArray *jobs; /* Job, at work */
    GMainLoop *loop;
    GError *error;
} Pool;

TbVeRun *tb_ve_run_new(const char *family, const TbVeBoard *board, const TbVeMode *mode)
{
    TbVeRun *run = g_new0(TbVeRun, 1);

    run->family = g_strdup(family);
    run->board = board;
    run->mode = mode;
    run->where = g_strdup_printf("%s-%s", board->label, mode->name);
    return run;
}

void tb_ve_run_free(TbVeRun *run)
{
    tb_tap_free(run->tap);
    g_free(run->family);
    g_free(run->where);
    g_free(run);
}

char *tb_ve_payload(const char *family, const TbVeBoard *board)
{
    g_autofree char *name = g_strdup_printf("ve-%s-%s.elf", family, board->label);

    return tb_build_file("payloads", name, NULL);
}

static void free_job(void *data)
{
    Job *job = data;

    g_clear_object(&job->process);
    g_free(job->console);
    g_free(job->log);
    g_free(job);
}

static char *last_line_of(const char *path)
{
    g_autofree char *text = NULL;
    const char *newline;

    if (!g_file_get_contents(path, &text, NULL, NULL) || !*g_strchomp(text)) {
        return NULL;
    }
    newline = strrchr(text, '\n');
    return g_utf8_make_valid(newline ? newline + 1 : text, -1);
}

/* How QEMU ended, if that explains why the console is incomplete. */
static char *how_it_ended(const Job *job)
{
    if (job->timed_out) {
        return g_strdup_printf("did not end within %u s; ", job->pool->runner->timeout_s);
    }
    if (g_subprocess_get_if_signaled(job->process)) {
        return g_strdup_printf("QEMU was ended by signal %d (%s); ",
                               g_subprocess_get_term_sig(job->process),
                               strsignal(g_subprocess_get_term_sig(job->process)));
    }
    if (g_subprocess_get_exit_status(job->process) != 0) {
        return g_strdup_printf("QEMU ended with status %d; ",
                               g_subprocess_get_exit_status(job->process));
    }
    return g_strdup("");
}

/* The console as a TAP file that others can read: without carriage returns.  Never NULL. */
static char *read_console(const Job *job, gsize *length)
{
    char *text = NULL;
    gsize to = 0;

    *length = 0;
    if (!g_file_get_contents(job->console, &text, length, NULL)) {
        return g_strdup("");
    }
    for (gsize from = 0; from < *length; from++) {
        if (text[from] != '\r') {
            text[to++] = text[from];
        }
    }
    *length = to;
    g_file_set_contents(job->console, text, to, NULL);
    return text;
}

static void judge_job(Job *job)
{
    gsize length;
    g_autofree char *text = read_console(job, &length);
    g_autofree char *how = how_it_ended(job), *said = last_line_of(job->log);
    TbTap *tap = tb_tap_parse(text, length);
    if (tap->error || *how) {
        g_autofree char *error = tap->error;

        tap->error = g_strconcat(how, error ? error : "the claims are complete",
                                 said ? "; QEMU: " : NULL, said, NULL);
    }
    job->run->tap = tap;
    job->run->seconds = (g_get_monotonic_time() - job->began) / (double)G_USEC_PER_SEC;
}

static void start_jobs(Pool *pool);

static void job_ended(GObject *object, GAsyncResult *result, void *data)
{
    Job *job = data;
    Pool *pool = job->pool;

    g_subprocess_wait_finish(G_SUBPROCESS(object), result, NULL);
    if (!pool->error) {
        judge_job(job);
        pool->runner->ended(job->run, pool->runner->data);
    }
    g_ptr_array_remove_fast(pool->jobs, job);
    start_jobs(pool);
}

/* In the child: a payload or a QEMU gone wild does not fill the disk. */
static void limit_child(void *data)
{
    const struct rlimit console = { CONSOLE_MAX_BYTES, CONSOLE_MAX_BYTES };

    setrlimit(RLIMIT_FSIZE, &console);
}

static char *output_file(const TbVeRunner *runner, const TbVeRun *run, const char *suffix)
{
    g_autofree char *name = g_strconcat(run->family, "-", run->where, suffix, NULL);

    return g_build_filename(runner->directory, name, NULL);
}

static Job *start_job(Pool *pool, TbVeRun *run)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_autofree char *elf = tb_ve_payload(run->family, run->board);
    g_auto(GStrv) command = tb_ve_command(pool->runner->qemu, run->board, run->mode, elf);
    Job *job = g_new0(Job, 1);

    job->pool = pool;
    job->run = run;
    job->console = output_file(pool->runner, run, ".tap");
    job->log = output_file(pool->runner, run, ".log");
    job->began = g_get_monotonic_time();
    g_unlink(job->console);
    g_subprocess_launcher_set_stdout_file_path(launcher, job->console);
    g_subprocess_launcher_set_stderr_file_path(launcher, job->log);
    g_subprocess_launcher_set_child_setup(launcher, limit_child, NULL, NULL);
    job->process = g_subprocess_launcher_spawnv(launcher, (const char *const *)command,
                                                &pool->error);
    if (!job->process) {
        free_job(job);
        return NULL;
    }
    g_subprocess_wait_async(job->process, NULL, job_ended, job);
    return job;
}

/* Starts as many as may run; ends the loop when nothing is left. */
static void start_jobs(Pool *pool)
{
    while (!pool->error && pool->next < pool->runs->len && pool->jobs->len < pool->runner->jobs) {
        Job *job = start_job(pool, pool->runs->pdata[pool->next++]);

        if (job) {
            g_ptr_array_add(pool->jobs, job);
        }
    }
    if (!pool->jobs->len) {
        g_main_loop_quit(pool->loop);
    }
}

static gboolean look(void *data)
{
    Pool *pool = data;
    bool stop = pool->error || !tb_go_on(&pool->error);

    for (unsigned i = 0; i < pool->jobs->len; i++) {
        Job *job = pool->jobs->pdata[i];

        job->timed_out = g_get_monotonic_time() - job->began >
                         (gint64)pool->runner->timeout_s * G_USEC_PER_SEC;
        if (stop || job->timed_out) {
            g_subprocess_force_exit(job->process);
        }
    }
    return G_SOURCE_CONTINUE;
}

static bool payloads_are_built(GPtrArray *runs, GError **error)
{
    for (unsigned i = 0; i < runs->len; i++) {
        const TbVeRun *run = runs->pdata[i];
        g_autofree char *elf = tb_ve_payload(run->family, run->board);

        if (!g_file_test(elf, G_FILE_TEST_IS_REGULAR)) {
            g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "there is no %s: scripts/build-payloads "
                        "builds it", elf);
            return false;
        }
    }
    return true;
}

bool tb_ve_run_all(const TbVeRunner *runner, GPtrArray *runs, GError **error)
{
    Pool pool = { .runner = runner, .runs = runs };
    unsigned watch;

    if (!payloads_are_built(runs, error)) {
        return false;
    }
    if (g_mkdir_with_parents(runner->directory, 0777) < 0) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot create %s", runner->directory);
        return false;
    }
    pool.jobs = g_ptr_array_new_with_free_func(free_job);
    pool.loop = g_main_loop_new(NULL, FALSE);
    watch = g_timeout_add(LOOK_MS, look, &pool);
    start_jobs(&pool);
    if (pool.jobs->len) {
        g_main_loop_run(pool.loop);
    }
    g_source_remove(watch);
    g_main_loop_unref(pool.loop);
    g_ptr_array_unref(pool.jobs);
    if (pool.error) {
        g_propagate_error(error, pool.error);
        return false;
    }
    return true;
}

static GHashTable *names_of_lines(char *text)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (int i = 0; lines[i]; i++) {
        g_hash_table_add(names, g_strndup(lines[i], strcspn(lines[i], " \t")));
    }
    return names;
}

/* What @qemu prints for the option, or NULL. */
static char *ask(const char *qemu, const char *option, const char *value)
{
    const char *const command[] = { qemu, option, value, NULL };
    g_autofree char *errors = NULL;
    char *said = NULL;

    tb_command(command, NULL, &said, &errors, NULL);
    return said;
}

GHashTable *tb_ve_qemu_machines(const char *qemu, GError **error)
{
    g_autofree char *version = NULL, *list = NULL;

    if (!g_file_test(qemu, G_FILE_TEST_IS_EXECUTABLE) || g_file_test(qemu, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s is no program: scripts/qemu-setup builds "
                    "ours, scripts/qemu-setup --stock the unpatched one", qemu);
        return NULL;
    }
    version = ask(qemu, "--version", NULL);
    list = version && g_str_has_prefix(version, "QEMU emulator version") ? ask(qemu, "-M", "help")
                                                                         : NULL;
    if (!list) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s is not a QEMU for whole machines "
                    "(qemu-system-arm or qemu-system-aarch64)", qemu);
        return NULL;
    }
    return names_of_lines(list);
}
