/* SPDX-License-Identifier: BSD-2-Clause */
/* Scenario files: what is accepted, and that each mistake is named with its file and line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <unistd.h>

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "testbed/error.h"
#include "testbed/scenario.h"

#define HEAD "[Scenario]\nDescription=x\nNotDeterministic=no\n[Machine]\nType=arndale\n"
#define TAIL "[Steps]\n1=quit\n"

/* Loads @text as the file t.scenario; the path is cut off the front of the message. */
static TbScenario *load(const char *text, char **message)
{
    g_autofree char *directory = g_dir_make_tmp("testbed-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(directory, "t.scenario", NULL);
    g_autoptr(GError) error = NULL;
    TbScenario *scenario;

    assert_true(g_file_set_contents(path, text, -1, NULL));
    scenario = tb_scenario_load_file(path, &error);
    if (error) {
        assert_int_equal(tb_error_status(error), 2);
        assert_true(g_str_has_prefix(error->message, directory));
        *message = g_strdup(error->message + strlen(directory) + 1);
    }
    g_unlink(path);
    g_rmdir(directory);
    return scenario;
}

static void assert_refused(const char *text, const char *expected)
{
    g_autofree char *message = NULL;

    assert_null(load(text, &message));
    assert_string_equal(message, expected);
}

static void test_whole_file_is_read(void **state)
{
    g_autofree char *message = NULL;
    g_autoptr(TbScenario) scenario = load(
        HEAD "Cpus=1\nMemory=512\nArguments=-d; unimp\n"
        "[Raw]\n17=text:spl\n"
        "[Partition 1]\nSize=7\nLabel=boot\n/a=random:16\n"
        "[Served]\n/b=random:16\n"
        "[Disk usb]\nSize=9\n"
        "[Disk emmc]\nDrive=if=sd,index=1\n"
        "[Initramfs g]\nModules=ext4\n/init=text:hi\n"
        "[Steps]\n10=expect@DOM1 2.5 a b\n2=send x\\x01\n", &message);

    assert_non_null(scenario);
    assert_string_equal(scenario->name, "t");
    assert_int_equal(scenario->machine.cpus, 1);
    assert_int_equal(scenario->machine.memory_mib, 512);
    assert_string_equal(scenario->machine.arguments[1], "unimp");
    assert_int_equal(((TbRaw *)scenario->raws->pdata[0])->sector, 17);
    assert_int_equal(((TbPartition *)scenario->partitions->pdata[0])->size_mib, 7);
    assert_string_equal(((TbEntry *)scenario->served->pdata[0])->path, "/b");
    assert_int_equal(((TbDisk *)scenario->disks->pdata[0])->size_mib, 9);
    assert_string_equal(((TbDisk *)scenario->disks->pdata[0])->drive, "if=none,id=usb");
    assert_string_equal(((TbDisk *)scenario->disks->pdata[1])->drive, "if=sd,index=1");
    assert_int_equal(((TbDisk *)scenario->disks->pdata[1])->size_mib, 64);
    assert_string_equal(tb_scenario_find_initramfs(scenario, "g")->modules[0], "ext4");
    assert_int_equal(scenario->steps->len, 2);
}

/* Steps are done in the order of the file, not of their keys. */
static void test_steps_keep_their_order_and_lines(void **state)
{
    g_autofree char *message = NULL;
    g_autoptr(TbScenario) scenario = load(
        HEAD "[Steps]\n10=expect@DOM1 2.5 a b\n# why\n2=send x\\x01\n", &message);
    const TbStep *first, *second;

    assert_non_null(scenario);
    first = scenario->steps->pdata[0];
    second = scenario->steps->pdata[1];
    assert_int_equal(first->kind, TB_STEP_EXPECT);
    assert_string_equal(first->domain, "DOM1");
    assert_true(first->seconds == 2.5);
    assert_string_equal(first->text, "a b");
    assert_int_equal(first->line, 7);
    assert_string_equal(second->text, "x\x01\r");
    assert_int_equal(second->line, 9);
}

static void test_mistakes_are_named_with_their_line(void **state)
{
    assert_refused("[Scenario\n", "t.scenario:1: a group is written [Name]");
    assert_refused("\nhello\n", "t.scenario:2: this is neither a comment, [Group] nor key=value");
    assert_refused("a=b\n", "t.scenario:1: this key stands before the first [Group]");
    assert_refused("[Steps]\n1=quit\n1=quit\n", "t.scenario:3: this key appears twice in its group");
    assert_refused("[Steps]\n1=quit\n[Steps]\n", "t.scenario:3: this group appears twice");
    assert_refused("[Cart]\nx=1\n", "t.scenario:1: unknown group [Cart]");
    assert_refused("[Machine]\nType=x\nCpu=1\n", "t.scenario:3: unknown key 'Cpu' in [Machine]");
    assert_refused("[Machine]\nCpus=0\n", "t.scenario:2: Cpus must be a number from 1 to 8");
    assert_refused("[Machine]\nKernel=zImage\n",
                   "t.scenario:2: 'zImage' is not KIND:WHAT with KIND one of "
                   "deb file text script initramfs random link build user");
    assert_refused("[Raw]\n0=text:x\n", "t.scenario:2: a key here is a sector from 1 to 2047");
    assert_refused("[Partition 2]\nSize=8\n",
                   "t.scenario:1: partitions are numbered 1, 2, ... 4 in this order");
    assert_refused("[Partition 1]\nLabel=a\n", "t.scenario:1: Size (in MiB) is missing");
    assert_refused("[Steps]\n1=wait 3\n", "t.scenario:2: unknown step 'wait' (there are expect send "
                   "type press input poweroff reset quit)");
    assert_refused("[Steps]\n1=press a,b\n",
                   "t.scenario:2: 'a,b' are not names of keys, separated by blanks");
    assert_refused("[Disk a/b]\n",
                   "t.scenario:1: a disk's name is made of a-z, 0-9 and -");
    assert_refused("[Disk a]\nSize=0\n", "t.scenario:2: Size must be a number from 1 to 65536");
    assert_refused("[Served]\nx=text:x\n", "t.scenario:2: unknown key 'x' in [Served]");
    assert_refused("[Steps]\n1=expect soon x\n",
                   "t.scenario:2: 'soon' is not a time limit in seconds (0 < limit <= 86400)");
    assert_refused("[Steps]\n1=expect 3\n", "t.scenario:2: a text is missing");
    assert_refused("[Steps]\n1=send \\q\n",
                   "t.scenario:2: unknown escape '\\q' (there are \\n \\r \\t \\\\ \\xHH)");
    assert_refused("[Steps]\n1=poweroff 3 now\n",
                   "t.scenario:2: 'now' does not belong behind poweroff");
}

static void test_what_is_missing_is_named(void **state)
{
    assert_refused("[Machine]\nType=x\n" TAIL, "t.scenario:1: [Scenario] is missing");
    assert_refused("[Scenario]\nDescription=x\n" TAIL, "t.scenario:1: [Machine] with Type is missing");
    assert_refused(HEAD, "t.scenario:1: [Steps] is missing");
    assert_refused("[Scenario]\nDescription=x\n[Machine]\nType=x\n" TAIL,
                   "t.scenario:1: either [Steps hands-free] or NotDeterministic=why is missing");
}

/* Nobody types in a deterministic run. */
static void test_hands_free_steps_cannot_type(void **state)
{
    assert_refused("[Steps hands-free]\n1=send x\n",
                   "t.scenario:2: hands-free steps can only expect and poweroff");
}

static void test_unknown_scenario_lists_the_known_ones(void **state)
{
    g_autofree char *directory = g_dir_make_tmp("testbed-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(directory, "some.scenario", NULL);
    g_autoptr(GError) error = NULL;

    g_setenv("TESTBED_IMAGES", directory, TRUE);
    assert_true(g_file_set_contents(path, HEAD TAIL, -1, NULL));
    assert_null(tb_scenario_load("other", &error));
    assert_string_equal(error->message, "unknown scenario 'other'; there are: some");
    g_unlink(path);
    g_rmdir(directory);
    g_unsetenv("TESTBED_IMAGES");
}

/* Every scenario of the repository can be read. */
static void test_own_scenarios_are_valid(void **state)
{
    g_auto(GStrv) names = tb_scenario_names();

    assert_true(g_strv_length(names) >= 2);
    for (int i = 0; names[i]; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(TbScenario) scenario = tb_scenario_load(names[i], &error);

        if (!scenario) {
            fail_msg("%s", error->message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_file_is_read),
        cmocka_unit_test(test_steps_keep_their_order_and_lines),
        cmocka_unit_test(test_mistakes_are_named_with_their_line),
        cmocka_unit_test(test_what_is_missing_is_named),
        cmocka_unit_test(test_hands_free_steps_cannot_type),
        cmocka_unit_test(test_unknown_scenario_lists_the_known_ones),
        cmocka_unit_test(test_own_scenarios_are_valid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
