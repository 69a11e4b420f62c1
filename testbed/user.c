/* SPDX-License-Identifier: BSD-2-Clause */
/* What a user brings to a scenario. */
#include "testbed/user.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <elf.h>

#include "testbed/error.h"

#define ZIMAGE_MAGIC_AT 0x24
#define ZIMAGE_MAGIC    0x016f2818u
#define SECTOR          512

static bool usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool usage(GError **error, const char *format, ...)
{
    va_list arguments;
    g_autofree char *text = NULL;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, TB_ERROR, TB_ERROR_USAGE, text);
    return false;
}

static const char *user_source(const TbEntry *entry)
{
    return entry && g_str_has_prefix(entry->source, "user:") ? entry->source : NULL;
}

/* The first source that the user's kernel is, or NULL. */
static const char *find_source(const TbScenario *scenario)
{
    const char *found = user_source(scenario->machine.kernel);

    for (unsigned i = 0; !found && i < scenario->partitions->len; i++) {
        const GPtrArray *files = ((TbPartition *)scenario->partitions->pdata[i])->files;

        for (unsigned j = 0; !found && j < files->len; j++) {
            found = user_source(files->pdata[j]);
        }
    }
    return found;
}

bool tb_user_needs_kernel(const TbScenario *scenario)
{
    return find_source(scenario);
}

/* Opens a plain file and reads its beginning, zeros behind its end. */
static bool read_start(const char *option, const char *path, void *start, size_t length,
                       struct stat *status, GError **error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    memset(start, 0, length);
    if (file < 0 || fstat(file, status) < 0 || (got = read(file, start, length)) < 0) {
        usage(error, "%s %s: %s", option, path, g_strerror(errno));
        if (file >= 0) {
            close(file);
        }
        return false;
    }
    close(file);
    return S_ISREG(status->st_mode) || usage(error, "%s %s: is not a plain file", option, path);
}

/* Refuses what is surely not a FreeBSD kernel of this board; the rest the board will tell. */
static bool check_kernel(const char *path, bool raw_only, GError **error)
{
    unsigned char start[64];
    Elf32_Ehdr header;
    guint32 magic;
    struct stat status;

    if (!read_start("--kernel", path, start, sizeof(start), &status, error)) {
        return false;
    }
    memcpy(&header, start, sizeof(header));
    memcpy(&magic, start + ZIMAGE_MAGIC_AT, sizeof(magic));
    if (!status.st_size) {
        return usage(error, "--kernel %s: is empty", path);
    }
    if (GUINT32_FROM_LE(magic) == ZIMAGE_MAGIC) {
        return usage(error, "--kernel %s: is a Linux zImage; a FreeBSD kernel of configuration "
                            "ARNDALE is needed", path);
    }
    if (memcmp(start, ELFMAG, SELFMAG)) {
        return true;
    }
    if (raw_only) {
        return usage(error, "--kernel %s: is an ELF, but U-Boot's go takes the kernel.bin beside it",
                     path);
    }
    if (start[EI_CLASS] != ELFCLASS32 || GUINT16_FROM_LE(header.e_machine) != EM_ARM) {
        return usage(error, "--kernel %s: is an ELF for another CPU than a 32-bit Arm", path);
    }
    return true;
}

static bool give_kernel(TbScenario *scenario, const char *path, GError **error)
{
    const char *source = find_source(scenario);

    if (!source) {
        return !path || usage(error, "scenario '%s' takes no --kernel", scenario->name);
    }
    if (!path) {
        return usage(error, "scenario '%s' needs --kernel FILE: a FreeBSD 11 kernel of "
                            "configuration ARNDALE, kernel%s", scenario->name,
                     g_str_equal(source, "user:kernel.bin") ? ".bin" : " or kernel.bin");
    }
    scenario->user_kernel = g_canonicalize_filename(path, NULL);
    return check_kernel(path, g_str_equal(source, "user:kernel.bin"), error);
}

static bool give_disk(TbScenario *scenario, const char *path, GError **error)
{
    char start[1];
    struct stat status;

    if (!path) {
        return true;
    }
    if (!scenario->machine.disk) {
        return usage(error, "scenario '%s' takes no --disk", scenario->name);
    }
    scenario->user_disk = g_canonicalize_filename(path, NULL);
    if (!read_start("--disk", path, start, sizeof(start), &status, error)) {
        return false;
    }
    return (status.st_size && status.st_size % SECTOR == 0) ||
           usage(error, "--disk %s: its size, %lld bytes, is not a multiple of %d", path,
                 (long long)status.st_size, SECTOR);
}

/* With a disk its own steps are done. */
static void choose_steps(TbScenario *scenario, const char *until)
{
    if (scenario->user_disk) {
        g_ptr_array_unref(scenario->steps);
        scenario->steps = g_ptr_array_ref(scenario->disk_steps);
    }
    for (unsigned i = 0; i < scenario->steps->len; i++) {
        TbStep *step = scenario->steps->pdata[i];

        if (step->text && g_str_equal(step->text, TB_UNTIL)) {
            g_free(step->text);
            step->text = g_strdup(until ? until : TB_UNTIL_DEFAULT);
        }
    }
}

bool tb_user_apply(TbScenario *scenario, const char *kernel, const char *disk, const char *until,
                   GError **error)
{
    if (until && (!disk || !*until)) {
        return usage(error, "--until TEXT says when the system of --disk is up");
    }
    if (!give_kernel(scenario, kernel, error) || !give_disk(scenario, disk, error)) {
        return false;
    }
    choose_steps(scenario, until);
    return true;
}
