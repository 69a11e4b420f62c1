/* SPDX-License-Identifier: BSD-2-Clause */
/* What a payload says, whole and damaged, and the list of expected failures applied to it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include <glib/gstdio.h>

#include "testbed/error.h"
#include "testbed/expected.h"

#define GROUP "# group f/g | B1.14 | what is asked\n"

static TbTap *parse(const char *text)
{
    return tb_tap_parse(text, strlen(text));
}

static const TbClaim *claim(const TbTap *tap, unsigned index)
{
    assert_true(index < tap->claims->len);
    return tap->claims->pdata[index];
}

static void test_each_verdict_is_read(void **state)
{
    g_autoptr(TbTap) tap = parse(GROUP "ok 1 - f/g/a\nnot ok 2 - f/g/b # got: hsr=0\n"
                                 "ok 3 - f/g/c # SKIP no EL3\nnot ok 4 - f/g/d # ERROR no timer\n"
                                 "ok 5 - f/g/e # IMPDEF UNDEFINED\n# a remark\n\n1..5\n");
    static const TbVerdict verdicts[] = { TB_PASS, TB_FAIL, TB_SKIP, TB_BROKEN, TB_PASS };
    static const char *const details[] = { "", "got: hsr=0", "no EL3", "no timer", "UNDEFINED" };

    assert_null(tap->error);
    assert_int_equal(tap->claims->len, 5);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(claim(tap, i)->verdict, verdicts[i]);
        assert_string_equal(claim(tap, i)->detail, details[i]);
        assert_string_equal(claim(tap, i)->group->section, "B1.14");
    }
    assert_string_equal(claim(tap, 4)->outcome, "UNDEFINED");
    assert_null(claim(tap, 0)->outcome);
}

static void test_the_most_special_group_has_the_claim(void **state)
{
    g_autoptr(TbTap) tap = parse("# group f/g/h | 1 | a\n" GROUP "ok 1 - f/g/h/a\nok 2 - f/g/hh/a\n"
                                 "1..2\n");

    assert_null(tap->error);
    assert_string_equal(claim(tap, 0)->group->name, "f/g/h");
    assert_string_equal(claim(tap, 1)->group->name, "f/g");
}

static void test_damage_is_an_error(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        { "", "no plan at the end: stopped before the first claim" },
        { GROUP "ok 1 - f/g/a\n", "no plan at the end: stopped after f/g/a" },
        { GROUP "ok 1 - f/g/a\nok 2 - f/", "claim f/ belongs to no group before it" },
        { GROUP "ok 1 - f/g/a\n1..2\n", "the plan says 2 claims, there are 1" },
        { GROUP "1..0\n", "makes no claim" },
        { GROUP "ok 1 - f/g/a\nok 3 - f/g/c\n1..2\n", "claim f/g/c has number 3, not 2: text is missing" },
        { GROUP "ok 1 - f/g/a\nok 2 - f/g/a\n1..2\n", "f/g/a is claimed more than once" },
        { GROUP "ok 1 - f/h/a\n1..1\n", "claim f/h/a belongs to no group before it" },
        { "ok 1 - f/g/a\n1..1\n", "claim f/g/a belongs to no group before it" },
        { GROUP "ok 1 - f/g/a\n1..1\nok 2 - f/g/b\n", "claim f/g/b comes behind the plan" },
        { GROUP "ok 1 - f/g/a\n1..1\n1..1\n", "line 4 is not TAP: 1..1" },
        { GROUP "ok 1 - f/g/a\n1..1x\n", "line 3 is not TAP: 1..1x" },
        { GROUP "ok one\n1..1\n", "line 2 is not TAP: ok one" },
        { "# group f/g\n1..0\n", "a group is not NAME | SECTION | QUESTION: f/g" },
        { GROUP "\x01\xff\n1..0\n", "line 2 is not TAP: ?\xef\xbf\xbd" },
        { GROUP "ok 1 - f/g/a\nBail out! exception in Hyp\n", "Bail out! exception in Hyp" },
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(TbTap) tap = parse(rows[i].text);

        assert_non_null(tap->error);
        assert_string_equal(tap->error, rows[i].error);
    }
}

static void test_a_cut_at_any_byte_is_an_error(void **state)
{
    static const char text[] = GROUP "ok 1 - f/g/a\nnot ok 2 - f/g/b # got\n1..2\n";

    for (size_t length = 0; length < strlen(text) - 1; length++) {
        g_autoptr(TbTap) tap = tb_tap_parse(text, length);

        assert_non_null(tap->error);
    }
}

/* Loads a list with this text. */
static TbExpected *load(const char *text, GError **error)
{
    g_autofree char *directory = g_dir_make_tmp("expected-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(directory, "list.tsv", NULL);
    TbExpected *expected;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    expected = tb_expected_load(path, error);
    g_unlink(path);
    g_rmdir(directory);
    return expected;
}

static void test_expected_failures_are_kfail_and_their_passes_xpass(void **state)
{
    g_autoptr(TbExpected) expected = load("# remark\nf/g/[bp]* f/x/*\tvirt-* arndale-smp1\tP1\twhy\n",
                                          NULL);
    g_autoptr(TbTap) here = parse(GROUP "not ok 1 - f/g/a # s\nnot ok 2 - f/g/b # s\n"
                                  "ok 3 - f/g/p\nok 4 - f/g/b/s # SKIP s\n1..4\n");
    g_autoptr(TbTap) there = parse(GROUP "not ok 1 - f/g/b # s\n1..1\n");
    const TbExpectedRow *row = expected->rows->pdata[0];

    tb_expected_apply(expected, there, "arndale-smp2");
    assert_int_equal(claim(there, 0)->verdict, TB_FAIL);
    assert_int_equal(row->matches, 0);
    tb_expected_apply(expected, here, "virt-smp2");
    assert_int_equal(claim(here, 0)->verdict, TB_FAIL);
    assert_int_equal(claim(here, 1)->verdict, TB_KFAIL);
    assert_string_equal(claim(here, 1)->detail, "P1: why; s");
    assert_int_equal(claim(here, 2)->verdict, TB_XPASS);
    assert_int_equal(claim(here, 3)->verdict, TB_SKIP);
    assert_int_equal(row->matches, 3);
    assert_true(tb_expected_concerns(row, "f", "arndale-smp1"));
    assert_false(tb_expected_concerns(row, "f", "arndale-smp2"));
    assert_false(tb_expected_concerns(row, "g", "virt-smp1"));
}

static void test_a_bad_list_names_its_line(void **state)
{
    g_autoptr(GError) error = NULL;

    assert_null(load("# remark\n\nf/g/a\tvirt-*\tP1\n", &error));
    assert_int_equal(tb_error_status(error), TB_ERROR_USAGE);
    assert_non_null(strstr(error->message, "list.tsv:3: not 4 fields"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_verdict_is_read),
        cmocka_unit_test(test_the_most_special_group_has_the_claim),
        cmocka_unit_test(test_damage_is_an_error),
        cmocka_unit_test(test_a_cut_at_any_byte_is_an_error),
        cmocka_unit_test(test_expected_failures_are_kfail_and_their_passes_xpass),
        cmocka_unit_test(test_a_bad_list_names_its_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
