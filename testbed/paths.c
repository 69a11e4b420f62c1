/* SPDX-License-Identifier: BSD-2-Clause */
/* Where things are.  TESTBED_TOP comes from meson: the source root. */
#include "testbed/paths.h"

#include <stdarg.h>

static const char *from_environment(const char *variable, const char *otherwise)
{
    const char *value = g_getenv(variable);

    return value && *value ? value : otherwise;
}

const char *tb_images_dir(void)
{
    return from_environment("TESTBED_IMAGES", TESTBED_TOP "/images");
}

const char *tb_build_dir(void)
{
    return from_environment("BUILD_DIR", TESTBED_TOP "/build");
}

char *tb_top_file(const char *name)
{
    return g_build_filename(TESTBED_TOP, name, NULL);
}

char *tb_build_file(const char *first, ...)
{
    g_autoptr(GString) path = g_string_new(tb_build_dir());
    g_autofree char *parent = NULL;
    va_list names;

    va_start(names, first);
    for (const char *name = first; name; name = va_arg(names, const char *)) {
        g_string_append_printf(path, "/%s", name);
    }
    va_end(names);
    parent = g_path_get_dirname(path->str);
    g_mkdir_with_parents(parent, 0777);
    return g_strdup(path->str);
}
