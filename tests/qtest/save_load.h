/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests of VMState: a machine's state goes through a file into a new QEMU. */
#ifndef TESTS_QTEST_EXYNOS5_SAVE_LOAD_H
#define TESTS_QTEST_EXYNOS5_SAVE_LOAD_H

#include "qobject/qdict.h"
#include "tests/qtest/libqtest.h"

static inline void wait_for_migration(QTestState *qts)
{
    bool done = false;

    while (!done) {
        QDict *answer = qtest_qmp(qts, "{ 'execute': 'query-migrate' }");
        QDict *info = qdict_get_qdict(answer, "return");
        const char *status = qdict_get_try_str(info, "status");

        g_assert_cmpstr(status, !=, "failed");
        done = g_strcmp0(status, "completed") == 0;
        qobject_unref(answer);
        g_usleep(1000);
    }
}

/*
 * Saves the state of @from, ends it, and returns a QEMU with the arguments
 * @args (those of @from) that has loaded the state and runs.
 */
static inline QTestState *save_and_load(QTestState *from, const char *args)
{
    g_autofree char *dir = g_dir_make_tmp("save-load-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(dir, "state", NULL);
    g_autofree char *uri = g_strdup_printf("file:%s", file);
    QTestState *to;

    qtest_qmp_assert_success(from, "{ 'execute': 'migrate', 'arguments':"
                             " { 'uri': %s } }", uri);
    wait_for_migration(from);
    qtest_quit(from);
    to = qtest_initf("%s -incoming %s", args, uri);
    wait_for_migration(to);
    unlink(file);
    rmdir(dir);
    return to;
}

#endif
