/* SPDX-License-Identifier: BSD-2-Clause */
/* A directory tree in memory: what becomes an initramfs or a file system. */
#ifndef TESTBED_TREE_H
#define TESTBED_TREE_H

#include <stdbool.h>

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef struct TbNode {
    unsigned mode;  /* S_IFDIR, S_IFREG or S_IFLNK, and the permission bits */
    GBytes *bytes;  /* a file's contents, a link's target; NULL for a directory */
} TbNode;

/* Maps paths ("/", "/bin", "/bin/sh") to nodes, in the order of strcmp(): parents come first. */
typedef struct TbTree TbTree;

TbTree *tb_tree_new(void);
void tb_tree_free(TbTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbTree, tb_tree_free)

/* Adds a file, a symbolic link or a directory; missing parents are made (mode 0755), what was there
 * under this path is replaced.  @path begins with '/'.  With merged-usr set, /bin, /sbin and /lib
 * are links to /usr/..., and paths below them are stored there, as Debian installs them. */
void tb_tree_add_file(TbTree *tree, const char *path, GBytes *bytes, unsigned permissions);
void tb_tree_add_link(TbTree *tree, const char *path, const char *target);
void tb_tree_add_directory(TbTree *tree, const char *path);
void tb_tree_set_merged_usr(TbTree *tree);

/* Adds a directory of the host below "/", documentation and translations left out.
 * False with a file error. */
bool tb_tree_add_host(TbTree *tree, const char *directory, GError **error);

/* Calls @visit for every node in order until it returns false; returns what it returned last. */
typedef bool (*TbTreeVisit)(const char *path, const TbNode *node, void *data, GError **error);
bool tb_tree_visit(const TbTree *tree, TbTreeVisit visit, void *data, GError **error);

#endif
