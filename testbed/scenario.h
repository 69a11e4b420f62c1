/* SPDX-License-Identifier: BSD-2-Clause */
/* A scenario: which packages, card, machine and console expectations make one system.
 * The file format is described in docs/scenarios.md. */
#ifndef TESTBED_SCENARIO_H
#define TESTBED_SCENARIO_H

#include <stdbool.h>

#include <glib.h>

#include "testbed/keyfile.h"
#include "testbed/step.h"

/* A file to be made: where it goes and what it is made of ("deb:...", "file:...", ...). */
typedef struct TbEntry {
    char *group, *key; /* where it is written, for messages */
    char *path;        /* on the card or in the archive, begins with '/' */
    char *source;
} TbEntry;

typedef struct TbRaw {
    unsigned sector; /* of 512 bytes, >= 1 */
    TbEntry *entry;
} TbRaw;

typedef struct TbPartition {
    char *group;
    char *label;
    unsigned size_mib;
    bool fat;         /* FAT32 instead of ext4 */
    char **unpack;    /* packages whose whole contents go in */
    char **modules;   /* kernel modules, those that they need come with them */
    GPtrArray *files; /* TbEntry */
} TbPartition;

typedef struct TbInitramfs {
    char *group;
    char *name;
    char **modules;
    GPtrArray *files; /* TbEntry */
} TbInitramfs;

/* An empty disk that each run gets anew. */
typedef struct TbDisk {
    char *name;         /* its file is NAME.img in the run's directory */
    char *drive;        /* how -drive attaches it: "if=sd,index=1", "if=none,id=usb" */
    unsigned size_mib;
} TbDisk;

typedef struct TbMachine {
    char *type;
    unsigned cpus, memory_mib;
    unsigned console;  /* number of the serial port that carries the console */
    char **arguments;  /* further arguments for QEMU */
    TbEntry *kernel, *initrd, *dtb; /* direct boot, each may be NULL */
    char *append;
    char *disk;        /* how -device attaches --disk, without drive=; NULL: there can be none */
} TbMachine;

typedef struct TbScenario {
    TbKeyFile *file;
    char *name;
    char *description;
    char **packages;
    char **fail_on;        /* texts that end a run at once, for example "Kernel panic" */
    char *refusal;         /* why --deterministic is refused, or NULL */
    TbMachine machine;
    GPtrArray *raws;       /* TbRaw */
    GPtrArray *partitions; /* TbPartition, at most 4 */
    GPtrArray *initramfs;  /* TbInitramfs */
    GPtrArray *served;     /* TbEntry: files of the directory that @SERVED@ stands for */
    GPtrArray *disks;      /* TbDisk */
    GPtrArray *symbols;    /* TbEntry, path = "/NAME", source = "OFFSET SOURCE" */
    GPtrArray *steps;      /* TbStep */
    GPtrArray *disk_steps; /* TbStep, instead of steps if there is --disk */
    char *user_kernel, *user_disk; /* files of --kernel and --disk, or NULL: see user.h */
    GPtrArray *hands_free; /* TbStep without input; empty: the scenario needs somebody to type */
} TbScenario;

/* Loads the scenario called @name from tb_images_dir().  NULL with TB_ERROR_USAGE: no such scenario
 * (the message lists the known ones) or a bad file ("file:line: what"). */
TbScenario *tb_scenario_load(const char *name, GError **error);

/* Loads a scenario file; its name is the file's without ".scenario". */
TbScenario *tb_scenario_load_file(const char *path, GError **error);
void tb_scenario_free(TbScenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbScenario, tb_scenario_free)

/* Names of all scenarios, sorted.  Free with g_strfreev(). */
char **tb_scenario_names(void);

/* True if the scenario has a card. */
bool tb_scenario_has_card(const TbScenario *scenario);

TbInitramfs *tb_scenario_find_initramfs(const TbScenario *scenario, const char *name);

#endif
