/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts as JUnit XML and as a table, the rows of defects.tsv, QEMU's command line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <glib/gstdio.h>

#include "testbed/error.h"
#include "testbed/ve_defects.h"
#include "testbed/ve_report.h"

static void free_run(void *run)
{
    tb_ve_run_free(run);
}

static GPtrArray *new_runs(void)
{
    return g_ptr_array_new_with_free_func(free_run);
}

static TbVeRun *add_run(GPtrArray *runs, const char *board, const char *mode, const char *tap)
{
    TbVeRun *run = tb_ve_run_new("f", tb_ve_find_board(board), tb_ve_find_mode(mode));

    run->tap = tb_tap_parse(tap, strlen(tap));
    run->seconds = 1.5;
    g_ptr_array_add(runs, run);
    return run;
}

#define GROUPS "# group f/g | B1 | what <is> asked\n"

static void test_junit_has_every_claim_once_and_counts_them(void **state)
{
    g_autoptr(GPtrArray) runs = new_runs();
    TbVeRun *run = add_run(runs, "virt,secure=on", "smp1",
                           GROUPS "ok 1 - f/g/a\nnot ok 2 - f/g/b # got: <1> & \"2\"\n"
                           "ok 3 - f/g/c # SKIP no SMC\nnot ok 4 - f/g/d # ERROR x\n"
                           "not ok 5 - f/g/e # seen\n");
    g_autofree char *xml = NULL;

    ((TbClaim *)run->tap->claims->pdata[4])->verdict = TB_KFAIL;
    xml = tb_ve_junit(runs);
    assert_string_equal(
        xml,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites tests=\"6\" failures=\"1\" errors=\"2\" skipped=\"2\" time=\"1.500\">\n"
        "  <testsuite name=\"f.virt-secure-smp1\" tests=\"6\" failures=\"1\" errors=\"2\""
        " skipped=\"2\" time=\"1.500\">\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"f/g/a\"/>\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"f/g/b\">\n"
        "      <failure message=\"fail: got: &lt;1&gt; &amp; &quot;2&quot;\"/>\n"
        "    </testcase>\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"f/g/c\">\n"
        "      <skipped message=\"skip: no SMC\"/>\n"
        "    </testcase>\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"f/g/d\">\n"
        "      <error message=\"error: x\"/>\n"
        "    </testcase>\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"f/g/e\">\n"
        "      <skipped message=\"kfail: seen\"/>\n"
        "    </testcase>\n"
        "    <testcase classname=\"f.virt-secure-smp1\" name=\"(run)\">\n"
        "      <error message=\"error: no plan at the end: stopped after f/g/e\"/>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
}

static void test_table_counts_distinct_claims_over_all_runs(void **state)
{
    g_autoptr(GPtrArray) ours = new_runs(), stock = new_runs();
    g_autofree char *table = NULL;

    add_run(ours, "virt", "smp1", GROUPS "ok 1 - f/g/a\nnot ok 2 - f/g/b # x\n"
            "# group f/h | B2 | h\nok 3 - f/h/a # SKIP no\nok 4 - f/h/b # SKIP no\n1..4\n");
    add_run(ours, "virt", "smp2", GROUPS "not ok 1 - f/g/a # x\nnot ok 2 - f/g/b # x\n"
            "ok 3 - f/g/c # IMPDEF traps\n1..3\n");
    add_run(ours, "arndale", "smp2", GROUPS "ok 1 - f/g/c # IMPDEF UNDEFINED\n1..1\n");
    add_run(stock, "virt", "smp1", GROUPS "ok 1 - f/g/a\nok 2 - f/g/b\n1..2\n");
    table = tb_ve_table(ours, stock);
    assert_non_null(strstr(table, "\n| `f/g` | B1 | what <is> asked | 3 | pass | 2 fail |\n"
                                  "| `f/h` | B2 | h | 2 | not run | skipped |\n\n"
                                  "5 claims in 2 groups; stock fails 0, ours 2.\n"));
    assert_non_null(strstr(table, "\n| `f/g` | what <is> asked | 1 UNDEFINED, 1 traps |\n"));
    assert_null(strstr(table, "| `f/h` | h |"));
}

static char **check_defects(const char *text, const GPtrArray *ours, const GPtrArray *stock,
                            GError **error)
{
    g_autofree char *directory = g_dir_make_tmp("defects-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(directory, "defects.tsv", NULL);
    GPtrArray *complaints = g_ptr_array_new();
    bool read;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    read = tb_ve_defects_check(path, ours, stock, complaints, error);
    assert_int_equal(read, !error || !*error);
    g_unlink(path);
    g_rmdir(directory);
    g_ptr_array_add(complaints, NULL);
    return (char **)g_ptr_array_free(complaints, FALSE);
}

static void test_a_defect_passes_on_ours_and_fails_on_stock(void **state)
{
    g_autoptr(GPtrArray) ours = new_runs(), stock = new_runs();
    g_auto(GStrv) good = NULL, bad = NULL;

    add_run(ours, "virt", "smp2", GROUPS "ok 1 - f/g/a\nnot ok 2 - f/g/b # x\n1..2\n");
    add_run(stock, "virt", "smp2", GROUPS "not ok 1 - f/g/a # x\nok 2 - f/g/b\n1..2\n");
    add_run(stock, "vexpress-a15", "smp1", GROUPS);
    good = check_defects("P1\tf/g/a\tvirt\t2\tmulti\nP2\tf/g/b\tvirt\t1\tsingle\n"
                         "P3\tother/g/b\tvirt\t2\tmulti\nG2\tf/g/a\tvexpress-a15\t1\tsingle\n",
                         ours, stock, NULL);
    assert_null(good[0]);
    bad = check_defects("P1\tf/g/b\tvirt\t2\tmulti\nP2\tf/g/c\tvirt\t2\tmulti\n", ours, stock, NULL);
    assert_int_equal(g_strv_length(bad), 4);
    assert_non_null(strstr(bad[0], ":1: P1: f/g/b should pass on ours: fail"));
    assert_non_null(strstr(bad[1], ":1: P1: f/g/b should fail on stock: pass"));
    assert_non_null(strstr(bad[2], ":2: P2: f/g/c should pass on ours: no such claim"));
    assert_non_null(strstr(bad[3], ":2: P2: f/g/c should fail on stock: no such claim"));
}

static void test_a_defect_without_a_place_is_refused(void **state)
{
    g_autoptr(GPtrArray) ours = new_runs();
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) none = check_defects("P1\tf/g/a\tvirt\t1\tmulti\n", ours, NULL, &error);

    assert_null(none[0]);
    assert_int_equal(tb_error_status(error), TB_ERROR_USAGE);
    assert_non_null(strstr(error->message, "defects.tsv:1: no board 'virt', or no mode 'multi'"));
}

static void test_command_line(void **state)
{
    g_auto(GStrv) command = tb_ve_command("q", tb_ve_find_board("vexpress-a15"),
                                          tb_ve_find_mode("icount"), "f.elf");
    g_autofree char *text = g_strjoinv(" ", command);

    assert_string_equal(text, "q -M vexpress-a15,virtualization=on,secure=off -m 256 -nic none "
                        "-audio none -smp 1 -icount shift=4,sleep=off "
                        "-device loader,addr=0x801ff000,data=1,data-len=4 "
                        "-display none -monitor none -serial stdio -no-reboot -kernel f.elf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_junit_has_every_claim_once_and_counts_them),
        cmocka_unit_test(test_table_counts_distinct_claims_over_all_runs),
        cmocka_unit_test(test_a_defect_passes_on_ours_and_fails_on_stock),
        cmocka_unit_test(test_a_defect_without_a_place_is_refused),
        cmocka_unit_test(test_command_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
