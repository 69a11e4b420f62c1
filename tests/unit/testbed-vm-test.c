/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's command line: what each kind of run asks for. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "testbed/vm.h"

static char *no_arguments[] = { NULL };

/* The command line as one text; @scenario needs only its machine. */
static GPtrArray *disks;

static char *command(const char *append, char **arguments, const TbImage *image,
                     const TbVmOptions *options)
{
    TbScenario scenario = {
        .machine = { .type = (char *)"m", .cpus = 2, .memory_mib = 512, .console = 1,
                     .arguments = arguments, .append = (char *)append },
        .disks = disks,
    };
    g_auto(GStrv) argv = tb_vm_arguments(&scenario, image, options);

    return g_strjoinv(" ", argv);
}

static void test_plain_run(void **state)
{
    TbImage image = { .card = (char *)"/i/card.img" };
    TbVmOptions options = { .qemu = "q", .directory = "/o" };
    g_autofree char *text = command(NULL, no_arguments, &image, &options);

    assert_string_equal(
        text,
        "q -M m -smp 2 -m 512M -display none -nodefaults "
        "-drive if=sd,index=0,format=raw,file=/i/card.img,snapshot=on "
        "-chardev socket,id=console,fd=3,logfile=/o/console.log "
        "-serial null -serial chardev:console -chardev socket,id=qmp,fd=4 -mon qmp,mode=control");
}

/* Counted time, a seed, a calendar in guest time, and a console that cannot be typed at. */
static void test_deterministic_run(void **state)
{
    TbImage image = { 0 };
    TbVmOptions options = { .qemu = "q", .directory = "/o", .deterministic = true };
    g_autofree char *text = command("mode=@MODE@", no_arguments, &image, &options);

    assert_non_null(strstr(text, "-icount shift=4,sleep=off "));
    assert_non_null(strstr(text, "-rtc base=2020-01-01,clock=vm -seed 1"));
    assert_non_null(strstr(text, "-chardev file,id=console,path=/o/console.log "));
    assert_null(strstr(text, "fd=3"));
    assert_non_null(strstr(text, "-append mode=auto "));
}

/* With --keep the copy is written to: no overlay. */
static void test_kept_card_is_written(void **state)
{
    TbImage image = { .card = (char *)"/i/card.img" };
    TbVmOptions options = { .qemu = "q", .directory = "/o", .card = "/o/card.img" };
    g_autofree char *text = command(NULL, no_arguments, &image, &options);

    assert_non_null(strstr(text, "file=/o/card.img -chardev"));
}

/* QEMU splits options at commas; a doubled one is a comma. */
static void test_commas_are_doubled(void **state)
{
    TbImage image = { .card = (char *)"/a,b" };
    TbVmOptions options = { .qemu = "q", .directory = "/c,d", .trace = "/t,u" };
    g_autofree char *text = command(NULL, no_arguments, &image, &options);

    assert_non_null(strstr(text, "file=/a,,b,snapshot=on "));
    assert_non_null(strstr(text, "logfile=/c,,d/console.log "));
    assert_non_null(strstr(text, "-object hyptrace,id=t0,path=/t,,u"));
}

static void test_direct_boot_and_gdb(void **state)
{
    char *extra[] = { (char *)"-d", (char *)"unimp", NULL };
    TbImage image = { .kernel = (char *)"k", .initrd = (char *)"i", .dtb = (char *)"t" };
    TbVmOptions options = { .qemu = "q", .directory = "/o", .terminal = true, .gdb_port = 1234 };
    g_autofree char *text = command("x y", extra, &image, &options);

    assert_non_null(strstr(text, "-kernel k -initrd i -dtb t -append x y "));
    assert_non_null(strstr(text, "-S -gdb tcp:127.0.0.1:1234 -d unimp"));
    assert_non_null(strstr(text, "-chardev stdio,id=console,mux=on,signal=off,"));
    assert_null(strstr(text, "qmp"));
}

/* A disk is a file of the run; @SERVED@ is a directory of the image. */
static void test_disks_and_served_files(void **state)
{
    char *extra[] = { (char *)"-nic", (char *)"user,tftp=@SERVED@", NULL };
    TbDisk usb = { .name = (char *)"usb", .drive = (char *)"if=none,id=usb" };
    TbImage image = { .directory = (char *)"/i" };
    TbVmOptions options = { .qemu = "q", .directory = "/o" };
    g_autofree char *text = NULL;

    g_ptr_array_add(disks, &usb);
    text = command(NULL, extra, &image, &options);
    g_ptr_array_remove(disks, &usb);
    assert_non_null(strstr(text, "-drive if=none,id=usb,format=raw,file=/o/usb.img "));
    assert_non_null(strstr(text, "-nic user,tftp=/i/served"));
}

static int make_disks(void **state)
{
    disks = g_ptr_array_new();
    return 0;
}

static int free_disks(void **state)
{
    g_ptr_array_unref(disks);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_run),
        cmocka_unit_test(test_deterministic_run),
        cmocka_unit_test(test_kept_card_is_written),
        cmocka_unit_test(test_commas_are_doubled),
        cmocka_unit_test(test_direct_boot_and_gdb),
        cmocka_unit_test(test_disks_and_served_files),
    };

    return cmocka_run_group_tests(tests, make_disks, free_disks);
}
