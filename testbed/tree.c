/* SPDX-License-Identifier: BSD-2-Clause */
/* A directory tree in memory. */
#include "testbed/tree.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

struct TbTree {
    GTree *nodes;
    bool merged_usr;
};

/* Parts of Debian packages that no test system reads. */
static const char *const left_out[] = {
    "/usr/share/doc", "/usr/share/man", "/usr/share/locale", "/usr/share/bug",
    "/usr/share/lintian", "/usr/share/doc-base", "/usr/lib/arm-linux-gnueabihf/gconv", NULL
};

static const char *const merged[] = { "/bin", "/sbin", "/lib", NULL };

static void node_free(void *data)
{
    TbNode *node = data;

    g_clear_pointer(&node->bytes, g_bytes_unref);
    g_free(node);
}

static int compare_paths(const void *a, const void *b, void *data)
{
    return strcmp(a, b);
}

TbTree *tb_tree_new(void)
{
    TbTree *tree = g_new0(TbTree, 1);

    tree->nodes = g_tree_new_full(compare_paths, NULL, g_free, node_free);
    tb_tree_add_directory(tree, "/");
    return tree;
}

void tb_tree_free(TbTree *tree)
{
    g_tree_unref(tree->nodes);
    g_free(tree);
}

/* The path under which @path is stored. */
static char *place(const TbTree *tree, const char *path)
{
    for (int i = 0; tree->merged_usr && merged[i]; i++) {
        size_t length = strlen(merged[i]);

        if (g_str_has_prefix(path, merged[i]) && path[length] == '/') {
            return g_strconcat("/usr", path, NULL);
        }
    }
    return g_strdup(path);
}

static void add(TbTree *tree, const char *path, unsigned mode, GBytes *bytes)
{
    char *key = place(tree, path);
    g_autofree char *parent = g_path_get_dirname(key);
    TbNode *node = g_new0(TbNode, 1);

    if (!g_tree_lookup(tree->nodes, parent) && !g_str_equal(key, "/")) {
        tb_tree_add_directory(tree, parent);
    }
    node->mode = mode;
    node->bytes = bytes ? g_bytes_ref(bytes) : NULL;
    g_tree_replace(tree->nodes, key, node);
}

void tb_tree_add_file(TbTree *tree, const char *path, GBytes *bytes, unsigned permissions)
{
    add(tree, path, S_IFREG | (permissions & 07777), bytes);
}

void tb_tree_add_link(TbTree *tree, const char *path, const char *target)
{
    g_autoptr(GBytes) bytes = g_bytes_new(target, strlen(target));

    add(tree, path, S_IFLNK | 0777, bytes);
}

void tb_tree_add_directory(TbTree *tree, const char *path)
{
    if (!g_tree_lookup(tree->nodes, path)) {
        add(tree, path, S_IFDIR | 0755, NULL);
    }
}

void tb_tree_set_merged_usr(TbTree *tree)
{
    tree->merged_usr = true;
    for (int i = 0; merged[i]; i++) {
        g_autofree char *target = g_strconcat("usr", merged[i], NULL);
        g_autofree char *directory = g_strconcat("/", target, NULL);

        tb_tree_add_directory(tree, directory);
        tb_tree_add_link(tree, merged[i], target);
    }
}

static bool add_host_node(TbTree *tree, const char *host, const char *path, GError **error)
{
    GStatBuf status;
    g_autofree char *data = NULL;
    size_t length;

    if (g_lstat(host, &status) < 0) {
        return true;
    }
    if (S_ISLNK(status.st_mode)) {
        data = g_file_read_link(host, error);
        if (data) {
            tb_tree_add_link(tree, path, data);
        }
        return data;
    }
    if (S_ISREG(status.st_mode)) {
        g_autoptr(GBytes) bytes = NULL;

        if (!g_file_get_contents(host, &data, &length, error)) {
            return false;
        }
        bytes = g_bytes_new_take(g_steal_pointer(&data), length);
        tb_tree_add_file(tree, path, bytes, status.st_mode);
    }
    return true;
}

static bool add_host_directory(TbTree *tree, const char *top, const char *below, GError **error)
{
    g_autofree char *directory = g_strconcat(top, below, NULL);
    g_autoptr(GDir) entries = g_dir_open(directory, 0, error);
    const char *name;

    if (!entries) {
        return false;
    }
    while ((name = g_dir_read_name(entries))) {
        g_autofree char *path = g_strdup_printf("%s/%s", below, name);
        g_autofree char *host = g_strconcat(top, path, NULL);
        bool directory_here = g_file_test(host, G_FILE_TEST_IS_DIR) &&
                              !g_file_test(host, G_FILE_TEST_IS_SYMLINK);

        if (g_strv_contains(left_out, path)) {
            continue;
        }
        if (directory_here) {
            g_autofree char *stored = place(tree, path);

            tb_tree_add_directory(tree, stored);
        }
        if (!(directory_here ? add_host_directory(tree, top, path, error)
                             : add_host_node(tree, host, path, error))) {
            return false;
        }
    }
    return true;
}

bool tb_tree_add_host(TbTree *tree, const char *directory, GError **error)
{
    return add_host_directory(tree, directory, "", error);
}

/* Carries the visitor through g_tree_foreach(). */
typedef struct Walk {
    TbTreeVisit visit;
    void *data;
    GError **error;
    bool going;
} Walk;

static int visit_node(void *key, void *value, void *data)
{
    Walk *walk = data;

    walk->going = walk->visit(key, value, walk->data, walk->error);
    return !walk->going;
}

bool tb_tree_visit(const TbTree *tree, TbTreeVisit visit, void *data, GError **error)
{
    Walk walk = { visit, data, error, true };

    g_tree_foreach(tree->nodes, visit_node, &walk);
    return walk.going;
}
