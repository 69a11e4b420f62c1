/* SPDX-License-Identifier: BSD-2-Clause */
/* The console: which domain a text belongs to, and what is found behind what. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "testbed/console.h"

static void feed(TbConsole *console, const char *text)
{
    tb_console_feed(console, text, strlen(text));
}

/* The search goes on behind the last match: the same text must come again to be found again. */
static void test_matches_are_in_order(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);

    feed(console, "one two\r\nthree");
    assert_true(tb_console_match(console, NULL, "two\nth"));
    assert_false(tb_console_match(console, NULL, "one"));
    feed(console, " one");
    assert_true(tb_console_match(console, NULL, "one"));
    assert_false(tb_console_match(console, NULL, "one"));
}

static void test_text_before_xen_belongs_to_the_board(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);

    feed(console, "U-Boot (odd) (XE) done\n");
    assert_true(tb_console_match(console, "", "U-Boot (odd) (XE) done\n"));
    assert_string_equal(tb_console_input(console), "");
}

/* The prefixes of Xen 4.17: "(XEN) " for itself, "(XEN) DOM1: " for a domain without the input. */
static void test_prefixes_tell_the_domain(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);

    feed(console, "(XEN) hello\n(XEN) DOM1: hi\n(XEN) DOMAIN x\n");
    assert_true(tb_console_match(console, "Xen", "hello\n"));
    assert_true(tb_console_match(console, "Xen", "DOMAIN x\n"));
    assert_true(tb_console_match(console, "DOM1", "hi\n"));
    assert_false(tb_console_match(console, "DOM1", "hello"));
    assert_false(tb_console_match(console, "DOM1", "XEN"));
    assert_true(tb_console_match(console, NULL, "(XEN) DOM1: hi"));
}

/* A line of Xen can begin behind a prompt that has no newline, and arrive byte by byte. */
static void test_prefix_in_the_middle_of_a_line(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);
    const char *text = "guest# ((XEN) DOM2: x\nnext\n";

    for (size_t i = 0; text[i]; i++) {
        tb_console_feed(console, text + i, 1);
    }
    assert_true(tb_console_match(console, "", "guest# ("));
    assert_true(tb_console_match(console, "DOM2", "x\n"));
    assert_true(tb_console_match(console, "", "next\n"));
}

/* Xen prints what the guest that has the input writes in its own name; dom0 prints without prefix. */
static void test_input_notice_moves_the_owner(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);

    feed(console, "(XEN) *** Serial input to DOM1 (type 'CTRL-a' three times to switch input)\n");
    assert_string_equal(tb_console_input(console), "DOM1");
    feed(console, "(XEN) # cmd\nraw\n");
    assert_true(tb_console_match(console, "DOM1", "# cmd\n"));
    assert_true(tb_console_match(console, "DOM0", "raw\n"));
    assert_false(tb_console_match(console, "Xen", "cmd"));
    feed(console, "(XEN) *** Serial input to DOM0 (type 'CTRL-a' three times to switch input)\n");
    assert_string_equal(tb_console_input(console), "DOM0");
    feed(console, "(XEN) itself\n");
    assert_true(tb_console_match(console, "Xen", "itself"));
}

static void test_seen_looks_at_everything(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);
    char *bad[] = { "Oops", "Kernel panic", NULL };

    feed(console, "fine\n");
    assert_null(tb_console_seen(console, bad));
    assert_null(tb_console_seen(console, NULL));
    feed(console, "Kernel panic - not syncing\n");
    assert_true(tb_console_match(console, NULL, "syncing"));
    assert_string_equal(tb_console_seen(console, bad), "Kernel panic");
}

static void test_tail_is_the_last_lines(void **state)
{
    g_autoptr(TbConsole) console = tb_console_new(NULL, NULL);
    g_autofree char *none = tb_console_tail(console, 2), *two = NULL, *all = NULL;

    feed(console, "a\nb\nc\n");
    two = tb_console_tail(console, 2);
    all = tb_console_tail(console, 9);
    assert_string_equal(none, "");
    assert_string_equal(two, "b\nc\n");
    assert_string_equal(all, "a\nb\nc\n");
}

/* What is shown is what came, prefixes included, each piece under its domain. */
static void collect(void *data, const char *domain, const char *text, size_t length)
{
    g_string_append_printf(data, "%s[%.*s]", domain, (int)length, text);
}

static void test_everything_is_shown_once(void **state)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    g_autoptr(TbConsole) console = tb_console_new(collect, shown);

    feed(console, "(XEN) DOM1: x\ny");
    assert_string_equal(shown->str, "DOM1[(XEN) DOM1: ]DOM1[x]DOM1[\n][y]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches_are_in_order),
        cmocka_unit_test(test_text_before_xen_belongs_to_the_board),
        cmocka_unit_test(test_prefixes_tell_the_domain),
        cmocka_unit_test(test_prefix_in_the_middle_of_a_line),
        cmocka_unit_test(test_input_notice_moves_the_owner),
        cmocka_unit_test(test_seen_looks_at_everything),
        cmocka_unit_test(test_tail_is_the_last_lines),
        cmocka_unit_test(test_everything_is_shown_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
