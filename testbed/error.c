/* SPDX-License-Identifier: BSD-2-Clause */
/* Error codes as exit statuses, and the interrupt flag. */
#include "testbed/error.h"

#include <signal.h>

static volatile sig_atomic_t signalled;

G_DEFINE_QUARK(testbed-error, tb_error)

int tb_error_status(const GError *error)
{
    return error->domain == TB_ERROR ? error->code : TB_ERROR_SETUP;
}

static void note_signal(int number)
{
    signalled = 1;
}

void tb_catch_signals(void)
{
    /* Without SA_RESTART: a blocking wait for a child or a poll returns at once. */
    struct sigaction action = { .sa_handler = note_signal };

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

bool tb_interrupted(void)
{
    return signalled;
}

bool tb_go_on(GError **error)
{
    if (!signalled) {
        return true;
    }
    g_clear_error(error);
    g_set_error_literal(error, TB_ERROR, TB_ERROR_INTERRUPTED, "interrupted");
    return false;
}
