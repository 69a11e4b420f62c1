/* SPDX-License-Identifier: BSD-2-Clause */
/* Starts and ends QEMU. */
#include "testbed/vm.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "testbed/error.h"

#define CONSOLE_FD      3
#define QMP_FD          4
#define EXIT_PATIENCE   (G_USEC_PER_SEC / 2) /* for a QEMU that is ending by itself */
#define TERM_PATIENCE   (5 * G_USEC_PER_SEC) /* between SIGTERM and SIGKILL */
#define POLL_STEP       (20 * G_TIME_SPAN_MILLISECOND)

static void arg(GPtrArray *argv, const char *text)
{
    g_ptr_array_add(argv, g_strdup(text));
}

static void argf(GPtrArray *argv, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void argf(GPtrArray *argv, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(argv, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* A path inside a QEMU option: commas are doubled. */
static char *quoted(const char *path)
{
    g_autoptr(GString) text = g_string_new(path);

    g_string_replace(text, ",", ",,", 0);
    return g_strdup(text->str);
}

static void add_file(GPtrArray *argv, const char *option, const char *path)
{
    if (path) {
        arg(argv, option);
        arg(argv, path);
    }
}

static void add_card(GPtrArray *argv, const TbImage *image, const TbVmOptions *options)
{
    const char *card = options->card ? options->card : image->card;
    g_autofree char *path = card ? quoted(card) : NULL;

    if (card) {
        arg(argv, "-drive");
        argf(argv, "if=sd,index=0,format=raw,file=%s%s", path,
             options->card ? "" : ",snapshot=on");
    }
}

/* The path of a disk's file. */
static char *disk_path(const TbDisk *disk, const TbVmOptions *options)
{
    g_autofree char *name = g_strconcat(disk->name, ".img", NULL);

    return g_build_filename(options->directory, name, NULL);
}

static void add_disks(GPtrArray *argv, const GPtrArray *disks, const TbVmOptions *options)
{
    for (unsigned i = 0; i < disks->len; i++) {
        const TbDisk *disk = disks->pdata[i];
        g_autofree char *path = disk_path(disk, options), *file = quoted(path);

        arg(argv, "-drive");
        argf(argv, "%s,format=raw,file=%s", disk->drive, file);
    }
}

/* The disk of --disk; it is never written to. */
static void add_user_disk(GPtrArray *argv, const TbScenario *scenario)
{
    g_autofree char *file = scenario->user_disk ? quoted(scenario->user_disk) : NULL;

    if (file) {
        arg(argv, "-drive");
        argf(argv, "if=none,id=user,format=raw,snapshot=on,file=%s", file);
        arg(argv, "-device");
        argf(argv, "%s,drive=user", scenario->machine.disk);
    }
}

bool tb_vm_make_disks(const TbScenario *scenario, const TbVmOptions *options, GError **error)
{
    for (unsigned i = 0; i < scenario->disks->len; i++) {
        const TbDisk *disk = scenario->disks->pdata[i];
        g_autofree char *path = disk_path(disk, options);
        int file = g_open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
        bool made = file >= 0 && ftruncate(file, (off_t)disk->size_mib << 20) == 0;

        if (!made) {
            g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot make %s of %u MiB: %s", path,
                        disk->size_mib, g_strerror(errno));
        }
        if (file >= 0) {
            close(file);
        }
        if (!made) {
            return false;
        }
    }
    return true;
}

static void add_append(GPtrArray *argv, const TbMachine *machine, const TbVmOptions *options)
{
    g_autoptr(GString) text = g_string_new(machine->append);

    g_string_replace(text, "@MODE@", options->deterministic ? TB_MODE_AUTO : TB_MODE_SHELL, 0);
    if (text->len) {
        arg(argv, "-append");
        arg(argv, text->str);
    }
}

/* The serial ports before the console's are left unconnected. */
static void add_console(GPtrArray *argv, const TbMachine *machine, const TbVmOptions *options)
{
    g_autofree char *log = g_build_filename(options->directory, "console.log", NULL);
    g_autofree char *path = quoted(log);

    arg(argv, "-chardev");
    if (options->terminal) {
        argf(argv, "stdio,id=console,mux=on,signal=off,logfile=%s", path);
        arg(argv, "-mon");
        arg(argv, "console");
        arg(argv, "-echr");
        arg(argv, "0x1d");
    } else if (options->deterministic) {
        argf(argv, "file,id=console,path=%s", path);
    } else {
        argf(argv, "socket,id=console,fd=%d,logfile=%s", CONSOLE_FD, path);
    }
    for (unsigned i = 0; i < machine->console; i++) {
        arg(argv, "-serial");
        arg(argv, "null");
    }
    arg(argv, "-serial");
    arg(argv, "chardev:console");
}

static void add_monitor(GPtrArray *argv, const TbVmOptions *options)
{
    if (options->terminal) {
        return;
    }
    arg(argv, "-chardev");
    argf(argv, "socket,id=qmp,fd=%d", QMP_FD);
    arg(argv, "-mon");
    arg(argv, "qmp,mode=control");
}

/* What makes two runs identical: see docs/caveats.md. */
static void add_determinism(GPtrArray *argv, const TbVmOptions *options)
{
    static const char *const counted[] = {
        "-icount", "shift=4,sleep=off", "-rtc", "base=2020-01-01,clock=vm", "-seed", "1",
        "-action", "shutdown=pause"
    };

    for (size_t i = 0; options->deterministic && i < G_N_ELEMENTS(counted); i++) {
        arg(argv, counted[i]);
    }
}

/* Further arguments of the scenario; @SERVED@ is the directory of its [Served] files. */
static void add_arguments(GPtrArray *argv, const TbMachine *machine, const TbImage *image)
{
    g_autofree char *served = image->directory
                                  ? g_build_filename(image->directory, TB_SERVED, NULL)
                                  : NULL;
    g_autofree char *path = quoted(served ? served : "");

    for (int i = 0; machine->arguments[i]; i++) {
        GString *text = g_string_new(machine->arguments[i]);

        g_string_replace(text, "@SERVED@", path, 0);
        g_ptr_array_add(argv, g_string_free(text, FALSE));
    }
}

static void add_extras(GPtrArray *argv, const TbVmOptions *options)
{
    g_autofree char *trace = options->trace ? quoted(options->trace) : NULL;

    if (trace) {
        arg(argv, "-object");
        argf(argv, "hyptrace,id=t0,path=%s", trace);
    }
    if (options->gdb_port) {
        arg(argv, "-S");
        arg(argv, "-gdb");
        argf(argv, "tcp:127.0.0.1:%u", options->gdb_port);
    }
}

char **tb_vm_arguments(const TbScenario *scenario, const TbImage *image,
                       const TbVmOptions *options)
{
    const TbMachine *machine = &scenario->machine;
    GPtrArray *argv = g_ptr_array_new();

    arg(argv, options->qemu);
    add_file(argv, "-M", machine->type);
    arg(argv, "-smp");
    argf(argv, "%u", machine->cpus);
    arg(argv, "-m");
    argf(argv, "%uM", machine->memory_mib);
    arg(argv, "-display");
    arg(argv, "none");
    arg(argv, "-nodefaults");
    add_card(argv, image, options);
    add_disks(argv, scenario->disks, options);
    add_user_disk(argv, scenario);
    add_file(argv, "-kernel", image->kernel);
    add_file(argv, "-initrd", image->initrd);
    add_file(argv, "-dtb", image->dtb);
    add_append(argv, machine, options);
    add_console(argv, machine, options);
    add_monitor(argv, options);
    add_determinism(argv, options);
    add_extras(argv, options);
    add_arguments(argv, machine, image);
    g_ptr_array_add(argv, NULL);
    return (char **)g_ptr_array_free(argv, FALSE);
}

/* In the child: Ctrl-C on the terminal is ours to handle, and QEMU never outlives us. */
static void detach_child(void *data)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* Gives the child one end of a socket pair as descriptor @target; returns the other. */
static int connect_child(GSubprocessLauncher *launcher, int target, GError **error)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "socketpair: %s", g_strerror(errno));
        return -1;
    }
    g_subprocess_launcher_take_fd(launcher, ends[1], target);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return ends[0];
}

/* In a deterministic run the console is a file that QEMU writes and we read as it grows. */
static int open_console_file(const TbVmOptions *options, GError **error)
{
    g_autofree char *path = g_build_filename(options->directory, "console.log", NULL);
    int file = g_open(path, O_RDONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    if (file < 0) {
        g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot create %s: %s", path,
                    g_strerror(errno));
    }
    return file;
}

static bool connect_vm(TbVm *vm, GSubprocessLauncher *launcher, const TbVmOptions *options,
                       GError **error)
{
    vm->console_is_file = options->deterministic;
    vm->console = vm->console_is_file ? open_console_file(options, error)
                                      : connect_child(launcher, CONSOLE_FD, error);
    if (vm->console < 0) {
        return false;
    }
    vm->qmp = connect_child(launcher, QMP_FD, error);
    return vm->qmp >= 0;
}

TbVm *tb_vm_start(const TbScenario *scenario, const TbImage *image, const TbVmOptions *options,
                  GError **error)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_auto(GStrv) argv = tb_vm_arguments(scenario, image, options);
    g_autofree char *log = g_build_filename(options->directory, "qemu.log", NULL);
    g_autofree char *command = g_strjoinv(" ", argv);
    g_autofree char *record = g_build_filename(options->directory, "command", NULL);
    TbVm *vm = g_new0(TbVm, 1);

    g_file_set_contents(record, command, -1, NULL);
    vm->console = vm->qmp = -1;
    g_subprocess_launcher_set_child_setup(launcher, detach_child, NULL, NULL);
    g_subprocess_launcher_set_stdin_file_path(launcher, "/dev/null");
    g_subprocess_launcher_set_stdout_file_path(launcher, log);
    g_subprocess_launcher_set_flags(launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
    g_subprocess_launcher_setenv(launcher, "TMPDIR", options->directory, TRUE);
    if (!connect_vm(vm, launcher, options, error) ||
        !(vm->process =
              g_subprocess_launcher_spawnv(launcher, (const char *const *)argv, error))) {
        tb_vm_stop(vm);
        return NULL;
    }
    return vm;
}

/* Waits up to @patience microseconds; true when the child has ended (GLib's worker reaps it). */
static bool wait_child(GSubprocess *process, gint64 patience)
{
    gint64 end = g_get_monotonic_time() + patience;

    while (g_subprocess_get_identifier(process)) {
        if (g_get_monotonic_time() >= end) {
            return false;
        }
        g_usleep(POLL_STEP);
    }
    return true;
}

static int end_process(GSubprocess *process)
{
    int status;

    if (!wait_child(process, EXIT_PATIENCE)) {
        g_subprocess_send_signal(process, SIGTERM);
        if (!wait_child(process, TERM_PATIENCE)) {
            g_subprocess_send_signal(process, SIGKILL);
        }
    }
    g_subprocess_wait(process, NULL, NULL);
    status = g_subprocess_get_status(process);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int tb_vm_stop(TbVm *vm)
{
    int status = 0;

    if (vm->process) {
        status = end_process(vm->process);
        g_object_unref(vm->process);
    }
    if (vm->console >= 0) {
        close(vm->console);
    }
    if (vm->qmp >= 0) {
        close(vm->qmp);
    }
    g_free(vm);
    return status;
}

void tb_vm_exec(char **arguments, GError **error)
{
    execvp(arguments[0], arguments);
    g_set_error(error, TB_ERROR, TB_ERROR_SETUP, "cannot start %s: %s", arguments[0],
                g_strerror(errno));
}

unsigned tb_vm_free_port(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unsigned port = 0;

    if (listener >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 &&
        getsockname(listener, (struct sockaddr *)&address, &length) == 0) {
        port = ntohs(address.sin_port);
    }
    if (listener >= 0) {
        close(listener);
    }
    return port;
}
