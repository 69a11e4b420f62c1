/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a helper program to its end. */
#include "testbed/command.h"

#include "testbed/error.h"

bool tb_command(const char *const *argv, char **environment, char **output, char **errors,
                GError **error)
{
    g_autofree char *printed = NULL;
    g_autoptr(GError) reason = NULL;
    int status;

    if (!g_spawn_sync(NULL, (char **)argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &printed,
                      errors, &status, &reason)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s; scripts/bootstrap installs what is needed",
                    reason->message);
        return tb_go_on(error) && false;
    }
    if (!tb_go_on(error)) {
        return false;
    }
    if (!g_spawn_check_wait_status(status, &reason)) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "%s failed: %s%s%s", argv[0], reason->message,
                    errors && *errors ? ": " : "", errors && *errors ? *errors : "");
        return false;
    }
    if (output) {
        *output = g_steal_pointer(&printed);
    }
    return true;
}
