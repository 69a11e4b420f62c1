/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads and checks scenario files. */
#include "testbed/scenario.h"

#include <string.h>

#include "testbed/error.h"
#include "testbed/paths.h"

#define SUFFIX ".scenario"

static const char *const source_kinds[] = {
    "deb:", "file:", "text:", "script:", "initramfs:", "random:", "link:", "build:", "user:", NULL
};

/* A group that may stand in a scenario: who reads it, and which keys it may have. */
typedef struct Section {
    const char *name; /* a name that ends in a blank is followed by a free part */
    bool (*read)(TbScenario *scenario, const char *group, GError **error);
    const char *const *keys; /* NULL: any */
} Section;

static void entry_free(TbEntry *entry)
{
    g_free(entry->group);
    g_free(entry->key);
    g_free(entry->path);
    g_free(entry->source);
    g_free(entry);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbEntry, entry_free)

static void raw_free(TbRaw *raw)
{
    entry_free(raw->entry);
    g_free(raw);
}

static void partition_free(TbPartition *partition)
{
    g_free(partition->group);
    g_free(partition->label);
    g_strfreev(partition->unpack);
    g_strfreev(partition->modules);
    g_ptr_array_unref(partition->files);
    g_free(partition);
}

static void initramfs_free(TbInitramfs *initramfs)
{
    g_free(initramfs->group);
    g_free(initramfs->name);
    g_strfreev(initramfs->modules);
    g_ptr_array_unref(initramfs->files);
    g_free(initramfs);
}

static void disk_free(TbDisk *disk)
{
    g_free(disk->name);
    g_free(disk->drive);
    g_free(disk);
}

void tb_scenario_free(TbScenario *scenario)
{
    TbMachine *machine = &scenario->machine;

    g_clear_pointer(&scenario->file, tb_key_file_free);
    g_free(scenario->name);
    g_free(scenario->description);
    g_strfreev(scenario->packages);
    g_strfreev(scenario->fail_on);
    g_free(scenario->refusal);
    g_free(machine->type);
    g_free(machine->append);
    g_free(machine->disk);
    g_free(scenario->user_kernel);
    g_free(scenario->user_disk);
    g_strfreev(machine->arguments);
    g_clear_pointer(&machine->kernel, entry_free);
    g_clear_pointer(&machine->initrd, entry_free);
    g_clear_pointer(&machine->dtb, entry_free);
    g_ptr_array_unref(scenario->raws);
    g_ptr_array_unref(scenario->partitions);
    g_ptr_array_unref(scenario->initramfs);
    g_ptr_array_unref(scenario->served);
    g_ptr_array_unref(scenario->disks);
    g_ptr_array_unref(scenario->symbols);
    g_ptr_array_unref(scenario->steps);
    g_ptr_array_unref(scenario->disk_steps);
    g_ptr_array_unref(scenario->hands_free);
    g_free(scenario);
}

/* Reads a whole number from @minimum to @maximum; @otherwise if the key is not there. */
static bool read_number(const TbScenario *scenario, const char *group, const char *key,
                        unsigned minimum, unsigned maximum, unsigned otherwise,
                        unsigned *number, GError **error)
{
    g_autofree char *value = tb_key_file_value(scenario->file, group, key);
    guint64 wide = otherwise;

    if (value && !g_ascii_string_to_unsigned(value, 10, minimum, maximum, &wide, NULL)) {
        return tb_key_file_error(scenario->file, group, key, error,
                                 "%s must be a number from %u to %u", key, minimum, maximum);
    }
    *number = wide;
    return true;
}

static bool check_source(const TbScenario *scenario, const TbEntry *entry, GError **error)
{
    for (int i = 0; source_kinds[i]; i++) {
        if (g_str_has_prefix(entry->source, source_kinds[i]) &&
            (entry->source[strlen(source_kinds[i])] || g_str_equal(source_kinds[i], "text:"))) {
            return true;
        }
    }
    return tb_key_file_error(scenario->file, entry->group, entry->key, error,
                             "'%s' is not KIND:WHAT with KIND one of "
                             "deb file text script initramfs random link build user", entry->source);
}

static TbEntry *read_entry(const TbScenario *scenario, const char *group, const char *key,
                           GError **error)
{
    g_autoptr(TbEntry) entry = g_new0(TbEntry, 1);

    entry->group = g_strdup(group);
    entry->key = g_strdup(key);
    entry->path = g_strdup(key);
    entry->source = tb_key_file_value(scenario->file, group, key);
    return check_source(scenario, entry, error) ? g_steal_pointer(&entry) : NULL;
}

/* Appends an entry to @files for each key of @group that is a path. */
static bool read_files(const TbScenario *scenario, const char *group, GPtrArray *files,
                       GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(scenario->file->keys, group, NULL, NULL);

    for (int i = 0; keys[i]; i++) {
        if (*keys[i] == '/') {
            TbEntry *entry = read_entry(scenario, group, keys[i], error);

            if (!entry) {
                return false;
            }
            g_ptr_array_add(files, entry);
        }
    }
    return true;
}

static bool read_scenario(TbScenario *scenario, const char *group, GError **error)
{
    scenario->description = tb_key_file_value(scenario->file, group, "Description");
    scenario->packages = tb_key_file_list(scenario->file, group, "Packages");
    scenario->fail_on = tb_key_file_list(scenario->file, group, "FailOn");
    scenario->refusal = tb_key_file_value(scenario->file, group, "NotDeterministic");
    return scenario->description ||
           tb_key_file_error(scenario->file, group, NULL, error, "Description is missing");
}

static bool read_boot_file(TbScenario *scenario, const char *group, const char *key,
                           TbEntry **entry, GError **error)
{
    if (!tb_key_file_line(scenario->file, group, key)) {
        return true;
    }
    *entry = read_entry(scenario, group, key, error);
    return *entry;
}

static bool read_machine(TbScenario *scenario, const char *group, GError **error)
{
    TbMachine *machine = &scenario->machine;

    machine->type = tb_key_file_value(scenario->file, group, "Type");
    machine->append = tb_key_file_value(scenario->file, group, "Append");
    machine->disk = tb_key_file_value(scenario->file, group, "Disk");
    machine->arguments = tb_key_file_list(scenario->file, group, "Arguments");
    return read_number(scenario, group, "Cpus", 1, 8, 2, &machine->cpus, error) &&
           read_number(scenario, group, "Memory", 16, 65536, 2048, &machine->memory_mib, error) &&
           read_number(scenario, group, "Console", 0, 3, 0, &machine->console, error) &&
           read_boot_file(scenario, group, "Kernel", &machine->kernel, error) &&
           read_boot_file(scenario, group, "Initrd", &machine->initrd, error) &&
           read_boot_file(scenario, group, "Dtb", &machine->dtb, error);
}

static bool read_raw(TbScenario *scenario, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(scenario->file->keys, group, NULL, NULL);

    for (int i = 0; keys[i]; i++) {
        guint64 sector;
        TbRaw *raw;
        TbEntry *entry;

        if (!g_ascii_string_to_unsigned(keys[i], 10, 1, 2047, &sector, NULL)) {
            return tb_key_file_error(scenario->file, group, keys[i], error,
                                     "a key here is a sector from 1 to 2047");
        }
        entry = read_entry(scenario, group, keys[i], error);
        if (!entry) {
            return false;
        }
        raw = g_new0(TbRaw, 1);
        raw->sector = sector;
        raw->entry = entry;
        g_ptr_array_add(scenario->raws, raw);
    }
    return true;
}

/* The file system of a partition: ext4, or FAT32, which needs its least number of clusters. */
static bool read_format(const TbScenario *scenario, const char *group, TbPartition *partition,
                        GError **error)
{
    g_autofree char *format = tb_key_file_value(scenario->file, group, "Format");

    partition->fat = !g_strcmp0(format, "fat");
    return !format || partition->fat || g_str_equal(format, "ext4") ||
           tb_key_file_error(scenario->file, group, "Format", error, "Format must be ext4 or fat");
}

static bool read_partition(TbScenario *scenario, const char *group, GError **error)
{
    TbPartition *partition = g_new0(TbPartition, 1);
    guint64 number;

    partition->group = g_strdup(group);
    partition->label = tb_key_file_value(scenario->file, group, "Label");
    partition->unpack = tb_key_file_list(scenario->file, group, "Unpack");
    partition->modules = tb_key_file_list(scenario->file, group, "Modules");
    partition->files = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    g_ptr_array_add(scenario->partitions, partition);
    if (!g_ascii_string_to_unsigned(group + strlen("Partition "), 10, 1, 4, &number, NULL) ||
        number != scenario->partitions->len) {
        return tb_key_file_error(scenario->file, group, NULL, error,
                                 "partitions are numbered 1, 2, ... 4 in this order");
    }
    if (!tb_key_file_line(scenario->file, group, "Size")) {
        return tb_key_file_error(scenario->file, group, NULL, error, "Size (in MiB) is missing");
    }
    return read_format(scenario, group, partition, error) &&
           read_number(scenario, group, "Size", partition->fat ? 34 : 4, 4096, 0,
                       &partition->size_mib, error) &&
           read_files(scenario, group, partition->files, error);
}

static bool read_initramfs(TbScenario *scenario, const char *group, GError **error)
{
    TbInitramfs *initramfs = g_new0(TbInitramfs, 1);

    initramfs->group = g_strdup(group);
    initramfs->name = g_strdup(group + strlen("Initramfs "));
    initramfs->modules = tb_key_file_list(scenario->file, group, "Modules");
    initramfs->files = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    g_ptr_array_add(scenario->initramfs, initramfs);
    return read_files(scenario, group, initramfs->files, error);
}

static bool read_served(TbScenario *scenario, const char *group, GError **error)
{
    return read_files(scenario, group, scenario->served, error);
}

static bool read_disk(TbScenario *scenario, const char *group, GError **error)
{
    TbDisk *disk = g_new0(TbDisk, 1);

    disk->name = g_strdup(group + strlen("Disk "));
    disk->drive = tb_key_file_value(scenario->file, group, "Drive");
    g_ptr_array_add(scenario->disks, disk);
    if (strspn(disk->name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(disk->name)) {
        return tb_key_file_error(scenario->file, group, NULL, error,
                                 "a disk's name is made of a-z, 0-9 and -");
    }
    if (!disk->drive) {
        disk->drive = g_strdup_printf("if=none,id=%s", disk->name);
    }
    return read_number(scenario, group, "Size", 1, 65536, 64, &disk->size_mib, error);
}

/* A value here is "OFFSET SOURCE": what to add to the file's addresses, and the file. */
static bool read_symbols(TbScenario *scenario, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(scenario->file->keys, group, NULL, NULL);

    for (int i = 0; keys[i]; i++) {
        TbEntry *entry = g_new0(TbEntry, 1);
        char *source;

        entry->group = g_strdup(group);
        entry->key = g_strdup(keys[i]);
        entry->source = tb_key_file_value(scenario->file, group, keys[i]);
        g_ptr_array_add(scenario->symbols, entry);
        source = strchr(entry->source, ' ');
        if (!source || !g_str_has_prefix(source + 1, "deb:")) {
            return tb_key_file_error(scenario->file, group, keys[i], error,
                                     "symbols are written OFFSET deb:FILE");
        }
        entry->path = g_strndup(entry->source, source - entry->source);
    }
    return true;
}

static bool read_steps(TbScenario *scenario, const char *group, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(scenario->file->keys, group, NULL, NULL);
    bool hands_free = g_str_equal(group, "Steps hands-free");
    GPtrArray *steps = hands_free                         ? scenario->hands_free
                       : g_str_equal(group, "Steps disk") ? scenario->disk_steps
                                                          : scenario->steps;

    for (int i = 0; keys[i]; i++) {
        g_autofree char *value = tb_key_file_value(scenario->file, group, keys[i]);
        g_autoptr(GError) reason = NULL;
        TbStep *step = tb_step_parse(value, &reason);

        if (!step) {
            return tb_key_file_error(scenario->file, group, keys[i], error, "%s",
                                     reason->message);
        }
        step->line = tb_key_file_line(scenario->file, group, keys[i]);
        g_ptr_array_add(steps, step);
        if (hands_free && step->kind != TB_STEP_EXPECT && step->kind != TB_STEP_POWEROFF) {
            return tb_key_file_error(scenario->file, group, keys[i], error,
                                     "hands-free steps can only expect and poweroff");
        }
    }
    return true;
}

static const char *const scenario_keys[] = { "Description", "Packages", "FailOn",
                                             "NotDeterministic", NULL };
static const char *const machine_keys[] = { "Type", "Cpus", "Memory", "Console", "Arguments",
                                            "Kernel", "Initrd", "Dtb", "Append", "Disk", NULL };
static const char *const partition_keys[] = { "Label", "Size", "Format", "Unpack", "Modules", NULL };
static const char *const served_keys[] = { NULL };
static const char *const disk_keys[] = { "Size", "Drive", NULL };
static const char *const initramfs_keys[] = { "Modules", NULL };

static const Section sections[] = {
    { "Scenario", read_scenario, scenario_keys },
    { "Machine", read_machine, machine_keys },
    { "Raw", read_raw, NULL },
    { "Partition ", read_partition, partition_keys },
    { "Initramfs ", read_initramfs, initramfs_keys },
    { "Served", read_served, served_keys },
    { "Disk ", read_disk, disk_keys },
    { "Symbols", read_symbols, NULL },
    { "Steps", read_steps, NULL },
    { "Steps hands-free", read_steps, NULL },
    { "Steps disk", read_steps, NULL },
};

static const Section *find_section(const char *group)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        const char *name = sections[i].name;
        bool open = g_str_has_suffix(name, " ");

        if (g_str_equal(group, name) ||
            (open && g_str_has_prefix(group, name) && strlen(group) > strlen(name))) {
            return &sections[i];
        }
    }
    return NULL;
}

static bool check_keys(const TbScenario *scenario, const char *group, const Section *section,
                       GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(scenario->file->keys, group, NULL, NULL);

    for (int i = 0; keys[i]; i++) {
        bool path_allowed = section->keys == partition_keys || section->keys == initramfs_keys ||
                            section->keys == served_keys;

        if (section->keys && !g_strv_contains(section->keys, keys[i]) &&
            !(path_allowed && *keys[i] == '/')) {
            return tb_key_file_error(scenario->file, group, keys[i], error,
                                     "unknown key '%s' in [%s]", keys[i], group);
        }
    }
    return true;
}

static bool read_group(TbScenario *scenario, const char *group, GError **error)
{
    const Section *section = find_section(group);

    if (!section) {
        return tb_key_file_error(scenario->file, group, NULL, error, "unknown group [%s]", group);
    }
    return check_keys(scenario, group, section, error) &&
           section->read(scenario, group, error);
}

/* What can only be said when every group is known. */
static bool check_whole(const TbScenario *scenario, GError **error)
{
    const char *path = scenario->file->path;

    if (!scenario->description || !scenario->machine.type) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s:1: %s is missing", path,
                    scenario->description ? "[Machine] with Type" : "[Scenario]");
        return false;
    }
    if (!scenario->steps->len) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s:1: [Steps] is missing", path);
        return false;
    }
    if (scenario->machine.disk && !scenario->disk_steps->len) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "%s:1: [Steps disk] is missing", path);
        return false;
    }
    if (!scenario->hands_free->len && !scenario->refusal) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE,
                    "%s:1: either [Steps hands-free] or NotDeterministic=why is missing", path);
        return false;
    }
    return true;
}

static TbScenario *scenario_new(TbKeyFile *file)
{
    TbScenario *scenario = g_new0(TbScenario, 1);

    scenario->file = file;
    scenario->raws = g_ptr_array_new_with_free_func((GDestroyNotify)raw_free);
    scenario->partitions = g_ptr_array_new_with_free_func((GDestroyNotify)partition_free);
    scenario->initramfs = g_ptr_array_new_with_free_func((GDestroyNotify)initramfs_free);
    scenario->served = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    scenario->disks = g_ptr_array_new_with_free_func((GDestroyNotify)disk_free);
    scenario->symbols = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
    scenario->steps = g_ptr_array_new_with_free_func((GDestroyNotify)tb_step_free);
    scenario->disk_steps = g_ptr_array_new_with_free_func((GDestroyNotify)tb_step_free);
    scenario->hands_free = g_ptr_array_new_with_free_func((GDestroyNotify)tb_step_free);
    return scenario;
}

TbScenario *tb_scenario_load_file(const char *path, GError **error)
{
    TbKeyFile *file = tb_key_file_load(path, error);
    g_autoptr(TbScenario) scenario = NULL;
    g_auto(GStrv) groups = NULL;

    if (!file) {
        return NULL;
    }
    scenario = scenario_new(file);
    scenario->name = g_path_get_basename(path);
    if (g_str_has_suffix(scenario->name, SUFFIX)) {
        scenario->name[strlen(scenario->name) - strlen(SUFFIX)] = 0;
    }
    groups = g_key_file_get_groups(file->keys, NULL);
    for (int i = 0; groups[i]; i++) {
        if (!read_group(scenario, groups[i], error)) {
            return NULL;
        }
    }
    return check_whole(scenario, error) ? g_steal_pointer(&scenario) : NULL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **tb_scenario_names(void)
{
    g_autoptr(GDir) directory = g_dir_open(tb_images_dir(), 0, NULL);
    GPtrArray *names = g_ptr_array_new();
    const char *file;

    while (directory && (file = g_dir_read_name(directory))) {
        if (g_str_has_suffix(file, SUFFIX)) {
            g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(SUFFIX)));
        }
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

TbScenario *tb_scenario_load(const char *name, GError **error)
{
    g_auto(GStrv) names = tb_scenario_names();
    g_autofree char *list = NULL, *path = NULL;

    if (!g_strv_contains((const char *const *)names, name)) {
        list = g_strjoinv(" ", names);
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "unknown scenario '%s'; there are: %s", name,
                    *list ? list : "none");
        return NULL;
    }
    path = g_strdup_printf("%s/%s" SUFFIX, tb_images_dir(), name);
    return tb_scenario_load_file(path, error);
}

bool tb_scenario_has_card(const TbScenario *scenario)
{
    return scenario->raws->len || scenario->partitions->len;
}

TbInitramfs *tb_scenario_find_initramfs(const TbScenario *scenario, const char *name)
{
    for (unsigned i = 0; i < scenario->initramfs->len; i++) {
        TbInitramfs *initramfs = scenario->initramfs->pdata[i];

        if (g_str_equal(initramfs->name, name)) {
            return initramfs;
        }
    }
    return NULL;
}
