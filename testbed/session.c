/* SPDX-License-Identifier: BSD-2-Clause */
/* Drives a running system through the steps of its scenario. */
#include "testbed/session.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "testbed/error.h"
#include "testbed/qmp.h"
#include "testbed/term.h"

#define POLL_MS       50
#define TYPING_US     (2 * G_TIME_SPAN_MILLISECOND)  /* after each character at least */
#define ECHO_US       (60 * G_TIME_SPAN_MILLISECOND) /* and until something comes back, at most */
#define SWITCH_KEYS   "\x01\x01\x01"                /* Xen: Ctrl-A three times */
#define SWITCH_WAIT   (3 * G_USEC_PER_SEC)          /* for Xen's answer to them */
#define TAIL_LINES    25

typedef struct Session {
    const TbSessionOptions *options;
    int console, qmp;
    TbConsole *text;
    GString *qmp_line;
    GString *pending;      /* console text to be shown, all of one domain */
    char *pending_domain;
    bool console_ended, qmp_ended;
    bool powered_off, reset, shut_down, answered;
    guint64 received;      /* bytes of console so far */
    guint64 count;
} Session;

typedef enum Verdict { GOING, DONE, FAILED } Verdict;

static void flush_pending(Session *session)
{
    if (session->options->show) {
        tb_term_console(session->pending_domain, session->pending->str, session->pending->len);
    }
    g_string_truncate(session->pending, 0);
}

static void show(void *data, const char *domain, const char *text, size_t length)
{
    Session *session = data;

    if (g_strcmp0(session->pending_domain, domain)) {
        flush_pending(session);
        g_free(session->pending_domain);
        session->pending_domain = g_strdup(domain);
    }
    g_string_append_len(session->pending, text, length);
}

/* Reads what is there.  False at the end (of a file: nothing more now, which is not the end). */
static bool read_console(Session *session)
{
    char bytes[4096];
    ssize_t length = read(session->console, bytes, sizeof(bytes));

    if (length <= 0) {
        if (!session->options->console_is_file && (length == 0 || errno != EAGAIN)) {
            session->console_ended = true;
        }
        return false;
    }
    session->received += length;
    tb_console_feed(session->text, bytes, length);
    flush_pending(session);
    return true;
}

static void take_qmp_line(Session *session, const char *line)
{
    switch (tb_qmp_read(line, &session->count)) {
    case TB_QMP_POWEROFF:
        session->powered_off = session->shut_down = true;
        break;
    case TB_QMP_RESET:
        session->reset = true;
        break;
    case TB_QMP_SHUTDOWN:
        session->shut_down = true;
        break;
    case TB_QMP_COUNT:
    case TB_QMP_ERROR:
        session->answered = true;
        break;
    case TB_QMP_OTHER:
        break;
    }
}

static void read_qmp(Session *session)
{
    char bytes[4096];
    ssize_t length = read(session->qmp, bytes, sizeof(bytes));
    char *newline;

    if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) {
        session->qmp_ended = true;
    }
    g_string_append_len(session->qmp_line, bytes, MAX(length, 0));
    while ((newline = strchr(session->qmp_line->str, '\n'))) {
        *newline = 0;
        take_qmp_line(session, session->qmp_line->str);
        g_string_erase(session->qmp_line, 0, newline - session->qmp_line->str + 1);
    }
}

/* Waits for input up to @ms and takes it. */
static void pump(Session *session, int ms)
{
    bool file = session->options->console_is_file;
    struct pollfd fds[] = {
        { session->console_ended || file ? -1 : session->console, POLLIN, 0 },
        { session->qmp_ended ? -1 : session->qmp, POLLIN, 0 },
    };

    poll(fds, G_N_ELEMENTS(fds), ms);
    if (fds[1].revents) {
        read_qmp(session);
    }
    if (fds[0].revents) {
        read_console(session);
    }
    while (file && read_console(session)) {
    }
}

/* After the end of the machine: what it had still written. */
static void drain(Session *session)
{
    while (!session->console_ended && read_console(session)) {
    }
}

static bool machine_ended(const Session *session)
{
    return session->shut_down || session->qmp_ended ||
           (session->console_ended && !session->options->console_is_file);
}

/* Waits for the echo of a character: Xen's and the guests' UARTs hold few characters and drop what is
 * too much for them, so typing goes at their speed. */
static void await_echo(Session *session)
{
    gint64 end = g_get_monotonic_time() + ECHO_US;
    guint64 before = session->received;

    g_usleep(TYPING_US);
    do {
        pump(session, 1);
    } while (session->received == before && g_get_monotonic_time() < end &&
             !machine_ended(session));
}

/* Types the text.  False if it was cut short by an interrupt or the end of the machine. */
static bool type_text(Session *session, const char *text)
{
    const char *c = text;

    while (*c && !tb_interrupted() && !machine_ended(session)) {
        if (write(session->console, c, 1) == 1) {
            c++;
            await_echo(session);
        } else {
            pump(session, POLL_MS);
        }
    }
    return !*c;
}

/* QEMU holds each chord for 100 ms of its own. */
static bool press_keys(Session *session, const char *text)
{
    g_auto(GStrv) chords = g_strsplit(text, " ", -1);

    for (int i = 0; chords[i]; i++) {
        if (*chords[i] && !tb_qmp_press(session->qmp, chords[i])) {
            return false;
        }
    }
    return true;
}

static Verdict check_expect(Session *session, const TbStep *step)
{
    if (tb_console_match(session->text, step->domain, step->text)) {
        return DONE;
    }
    return machine_ended(session) || session->reset ? FAILED : GOING;
}

/* Presses Ctrl-A three times until Xen says that the wanted domain has the input. */
static Verdict check_input(Session *session, const TbStep *step, gint64 *next_try)
{
    if (g_str_equal(tb_console_input(session->text), step->domain)) {
        return DONE;
    }
    if (machine_ended(session)) {
        return FAILED;
    }
    if (g_get_monotonic_time() >= *next_try) {
        g_autofree char *before = g_strdup(tb_console_input(session->text));
        gint64 end = g_get_monotonic_time() + SWITCH_WAIT;

        type_text(session, SWITCH_KEYS);
        while (g_str_equal(before, tb_console_input(session->text)) &&
               g_get_monotonic_time() < end && !tb_interrupted() && !machine_ended(session)) {
            pump(session, POLL_MS);
        }
        *next_try = g_get_monotonic_time();
    }
    return GOING;
}

static Verdict check_end(Session *session, bool happened)
{
    return happened ? DONE : machine_ended(session) || session->reset ? FAILED : GOING;
}

static Verdict check_step(Session *session, const TbStep *step, gint64 *next_try)
{
    switch (step->kind) {
    case TB_STEP_EXPECT:
        return check_expect(session, step);
    case TB_STEP_TYPE:
        return type_text(session, step->text) ? DONE : FAILED;
    case TB_STEP_PRESS:
        return press_keys(session, step->text) ? DONE : FAILED;
    case TB_STEP_INPUT:
        return check_input(session, step, next_try);
    case TB_STEP_POWEROFF:
        return check_end(session, session->powered_off);
    case TB_STEP_RESET:
        return check_end(session, session->reset);
    case TB_STEP_QUIT:
        return DONE;
    }
    g_assert_not_reached();
}

static bool fail_step(Session *session, const TbStep *step, GError **error, const char *why)
{
    g_autofree char *tail = NULL;

    drain(session);
    tail = tb_console_tail(session->text, TAIL_LINES);
    g_set_error(error, TB_ERROR, TB_ERROR_EXPECTATION,
                "%s:%d: '%s': %s; the last console lines:\n%s", session->options->scenario_path,
                step->line, step->source, why, tail);
    return false;
}

/* Why the machine cannot do the step any more. */
static const char *explain_end(const Session *session)
{
    return session->powered_off ? "the guest has powered the board off"
           : session->reset     ? "the guest has reset the board"
                                : "QEMU has ended (see qemu.log)";
}

static bool do_step(Session *session, const TbStep *step, GError **error)
{
    gint64 began = g_get_monotonic_time(), next_try = 0;
    double limit = step->seconds * session->options->timeout_scale;
    const char *bad;
    Verdict verdict;

    for (;;) {
        verdict = check_step(session, step, &next_try);
        if (verdict == FAILED) {
            /* The machine may have written the text right before it ended. */
            drain(session);
            verdict = check_step(session, step, &next_try);
        }
        if (!tb_go_on(error)) {
            return false;
        }
        if (verdict == DONE) {
            return true;
        }
        bad = tb_console_seen(session->text, session->options->fail_on);
        if (bad) {
            g_autofree char *why = g_strdup_printf("'%s' appeared", bad);

            return fail_step(session, step, error, why);
        }
        if (verdict == FAILED) {
            return fail_step(session, step, error, explain_end(session));
        }
        if ((g_get_monotonic_time() - began) > limit * G_USEC_PER_SEC) {
            g_autofree char *why = g_strdup_printf("not within %g s", limit);

            return fail_step(session, step, error, why);
        }
        pump(session, POLL_MS);
    }
}

static bool do_steps(Session *session, GError **error)
{
    const GPtrArray *steps = session->options->steps;

    for (unsigned i = 0; i < steps->len; i++) {
        const TbStep *step = steps->pdata[i];
        gint64 began = g_get_monotonic_time();

        if (!do_step(session, step, error)) {
            return false;
        }
        if (step->kind == TB_STEP_RESET) {
            session->reset = false;
        }
        if (session->options->show) {
            tb_term_note("step %u/%u ok, %.1f s: %s", i + 1, steps->len,
                         (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC, step->source);
        }
    }
    return true;
}

/* The machine is paused after its power-off; it answers and then is told to end. */
static void ask_count(Session *session)
{
    gint64 end = g_get_monotonic_time() + SWITCH_WAIT;

    if (session->options->ask_count && tb_qmp_ask_count(session->qmp)) {
        while (!session->answered && !session->qmp_ended && g_get_monotonic_time() < end) {
            pump(session, POLL_MS);
        }
    }
    tb_qmp_quit(session->qmp);
}

bool tb_session_run(int console, int qmp, const TbSessionOptions *options, guint64 *count,
                    GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL), pending = g_string_new(NULL);
    Session session = { .options = options, .console = console, .qmp = qmp, .qmp_line = line,
                        .pending = pending, .pending_domain = g_strdup(""),
                        .qmp_ended = qmp < 0 };
    bool done;

    session.text = tb_console_new(show, &session);
    if (qmp >= 0) {
        tb_qmp_begin(qmp);
    }
    done = do_steps(&session, error);
    if (done && qmp >= 0) {
        ask_count(&session);
        drain(&session);
    }
    *count = session.count;
    tb_console_free(session.text);
    g_free(session.pending_domain);
    return done;
}
