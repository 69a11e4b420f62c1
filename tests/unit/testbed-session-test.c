/* SPDX-License-Identifier: BSD-2-Clause */
/* Driving a console: a fake machine at the other end of socket pairs answers, and the verdict and
 * its message are checked. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "testbed/error.h"
#include "testbed/qmp.h"
#include "testbed/session.h"

/* One exchange of the fake machine: wait for this text, then write that one. */
typedef struct Exchange {
    const char *wait; /* NULL: write at once */
    const char *console, *qmp;
} Exchange;

typedef struct Fake {
    int console, qmp; /* its ends */
    const Exchange *exchanges;
} Fake;

static void wait_for(int fd, const char *text)
{
    g_autoptr(GString) got = g_string_new(NULL);
    char c;

    while (!strstr(got->str, text) && read(fd, &c, 1) == 1) {
        g_string_append_c(got, c);
    }
}

static void put(int fd, const char *text)
{
    if (text && *text) {
        assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    }
}

static void *play(void *data)
{
    const Fake *fake = data;

    for (const Exchange *at = fake->exchanges; at->wait || at->console || at->qmp; at++) {
        if (at->wait) {
            wait_for(fake->console, at->wait);
        }
        put(fake->console, at->console);
        put(fake->qmp, at->qmp);
    }
    shutdown(fake->console, SHUT_WR);
    return NULL;
}

static GPtrArray *parse(const char *const *steps)
{
    GPtrArray *parsed = g_ptr_array_new_with_free_func((GDestroyNotify)tb_step_free);

    for (int i = 0; steps[i]; i++) {
        TbStep *step = tb_step_parse(steps[i], NULL);

        assert_non_null(step);
        step->line = i + 1;
        g_ptr_array_add(parsed, step);
    }
    return parsed;
}

/* Runs @steps against a machine that does @exchanges.  Returns the message, NULL on success. */
static char *run(const char *const *steps, const Exchange *exchanges, char **fail_on)
{
    g_autoptr(GPtrArray) parsed = parse(steps);
    TbSessionOptions options = { .steps = parsed, .fail_on = fail_on, .timeout_scale = 1,
                                 .scenario_path = "t" };
    g_autoptr(GError) error = NULL;
    int console[2], qmp[2];
    guint64 count;
    GThread *thread;
    Fake fake;

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, console), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, qmp), 0);
    fcntl(console[0], F_SETFL, O_NONBLOCK);
    fcntl(qmp[0], F_SETFL, O_NONBLOCK);
    fake = (Fake){ console[1], qmp[1], exchanges };
    thread = g_thread_new("fake", play, &fake);
    tb_session_run(console[0], qmp[0], &options, &count, &error);
    close(console[0]);
    close(qmp[0]);
    g_thread_join(thread);
    close(console[1]);
    close(qmp[1]);
    assert_true(!error || tb_error_status(error) == 1);
    return error ? g_strdup(error->message) : NULL;
}

#define STEPS(...)     ((const char *const[]){ __VA_ARGS__, NULL })
#define EXCHANGES(...) ((const Exchange[]){ __VA_ARGS__, { 0 } })
#define SHUTDOWN(why) \
    "{\"timestamp\": {\"seconds\": 1}, \"event\": \"SHUTDOWN\", \"data\": " \
    "{\"guest\": true, \"reason\": \"" why "\"}}\r\n"

static void test_dialogue_to_the_power_off(void **state)
{
    g_autofree char *message = run(
        STEPS("expect 5 login:", "send root", "expect 5 # ", "send off", "poweroff 5"),
        EXCHANGES({ NULL, "login: ", NULL }, { "root\r", "# ", NULL },
                  { "off\r", "bye", SHUTDOWN("guest-shutdown") }), NULL);

    assert_string_equal(message ? message : "", "");
}

/* The text that arrives together with the end of the machine still counts. */
static void test_last_words_are_heard(void **state)
{
    g_autofree char *message = run(STEPS("expect 5 last words", "poweroff 5"),
                                   EXCHANGES({ NULL, "last words", SHUTDOWN("guest-shutdown") }),
                                   NULL);

    assert_string_equal(message ? message : "", "");
}

static void test_silence_ends_at_the_time_limit(void **state)
{
    g_autofree char *message = run(STEPS("expect 0.3 prompt", "send x"),
                                   EXCHANGES({ NULL, "a\nb\n", NULL }, { "x", "", NULL }), NULL);

    /* The fake machine closes the console when it is let go, never before. */
    assert_string_equal(message,
                        "t:1: 'expect 0.3 prompt': not within 0.3 s; the last console lines:\na\nb\n");
}

static void test_bad_words_end_at_once(void **state)
{
    char *bad[] = { "Kernel panic", NULL };
    g_autofree char *message = run(STEPS("expect 60 prompt"),
                                   EXCHANGES({ NULL, "Kernel panic!\n", NULL }, { "x", "", NULL }),
                                   bad);

    assert_string_equal(message, "t:1: 'expect 60 prompt': 'Kernel panic' appeared; "
                                 "the last console lines:\nKernel panic!\n");
}

static void test_unexpected_power_off_fails(void **state)
{
    g_autofree char *message = run(STEPS("expect 60 prompt"),
                                   EXCHANGES({ NULL, "x\n", SHUTDOWN("guest-shutdown") }), NULL);

    assert_string_equal(message, "t:1: 'expect 60 prompt': the guest has powered the board off; "
                                 "the last console lines:\nx\n");
}

/* A reset where a power-off is wanted, and QEMU's end by a signal, are not power-offs. */
static void test_other_ends_are_no_power_off(void **state)
{
    g_autofree char *reset = run(STEPS("poweroff 60"),
                                 EXCHANGES({ NULL, "x\n", SHUTDOWN("guest-reset") }), NULL);
    g_autofree char *killed = run(STEPS("poweroff 60"),
                                  EXCHANGES({ NULL, "x\n", SHUTDOWN("host-signal") }), NULL);

    assert_string_equal(reset, "t:1: 'poweroff 60': the guest has reset the board; "
                               "the last console lines:\nx\n");
    assert_string_equal(killed, "t:1: 'poweroff 60': QEMU has ended (see qemu.log); "
                                "the last console lines:\nx\n");
}

/* Ctrl-A three times until Xen names the wanted domain. */
static void test_input_switches_until_the_domain_has_it(void **state)
{
    g_autofree char *message = run(
        STEPS("input DOM1 5", "send hi", "expect@DOM1 5 there", "quit"),
        EXCHANGES({ "\1\1\1", "(XEN) *** Serial input to Xen (type\n", NULL },
                  { "\1\1\1", "(XEN) *** Serial input to DOM1 (type\n", NULL },
                  { "hi\r", "(XEN) hi there\n", NULL }, { "x", "", NULL }), NULL);

    assert_string_equal(message ? message : "", "");
}

static void test_qmp_lines(void **state)
{
    guint64 number = 7;

    assert_int_equal(tb_qmp_read(SHUTDOWN("guest-shutdown"), &number), TB_QMP_POWEROFF);
    assert_int_equal(tb_qmp_read(SHUTDOWN("guest-reset"), &number), TB_QMP_RESET);
    assert_int_equal(tb_qmp_read("{\"return\": {}}", &number), TB_QMP_OTHER);
    assert_int_equal(number, 7);
    assert_int_equal(tb_qmp_read("{\"return\": 123456789012, \"id\": \"count\"}", &number),
                     TB_QMP_COUNT);
    assert_int_equal(number, 123456789012);
    assert_int_equal(tb_qmp_read("{\"id\": \"count\", \"error\": {\"class\": \"x\"}}", &number),
                     TB_QMP_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dialogue_to_the_power_off),
        cmocka_unit_test(test_last_words_are_heard),
        cmocka_unit_test(test_silence_ends_at_the_time_limit),
        cmocka_unit_test(test_bad_words_end_at_once),
        cmocka_unit_test(test_unexpected_power_off_fails),
        cmocka_unit_test(test_other_ends_are_no_power_off),
        cmocka_unit_test(test_input_switches_until_the_domain_has_it),
        cmocka_unit_test(test_qmp_lines),
    };

    tb_catch_signals();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
