/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of VMs.
 */
#include <string.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/vm_names.h"
#include "hyptrace/lib/vms.h"

struct HtVmNames {
    char *names[HT_VMS_MAX + 1]; /* NULL: not asked for yet */
    GHashTable *by_base;         /* names by the base of the VM's stage-2 tables */
};

HtVmNames *ht_vm_names_new(void)
{
    HtVmNames *names = g_new0(HtVmNames, 1);

    names->by_base = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    names->names[HT_VM_HOST] = g_strdup("host");
    return names;
}

void ht_vm_names_free(HtVmNames *names)
{
    if (names) {
        for (unsigned vm = 0; vm <= HT_VMS_MAX; vm++) {
            g_free(names->names[vm]);
        }
        g_hash_table_unref(names->by_base);
        g_free(names);
    }
}

/* "host" or "vm1" as a number, or -1. */
static int number_of(const char *name)
{
    guint64 vm = 0;

    if (!strcmp(name, "host")) {
        return HT_VM_HOST;
    }
    if (g_str_has_prefix(name, "vm") &&
        g_ascii_string_to_unsigned(name + 2, 10, 1, HT_VMS_MAX, &vm, NULL)) {
        return (int)vm;
    }
    return -1;
}

static gboolean is_name(const char *name)
{
    if (!g_ascii_isalpha(*name) || number_of(name) >= 0) {
        return FALSE;
    }
    for (; *name; name++) {
        if (!g_ascii_isalnum(*name) && *name != '-' && *name != '_') {
            return FALSE;
        }
    }
    return TRUE;
}

/* "0xbf900000" as the base of stage-2 tables. */
static gboolean base_of(const char *text, guint64 *base)
{
    return g_str_has_prefix(text, "0x") &&
           g_ascii_string_to_unsigned(text + 2, 16, 0, (UINT64_C(1) << 40) - 1, base, NULL);
}

static gboolean is_taken(const HtVmNames *names, const char *name)
{
    GHashTableIter iter;
    gpointer taken;

    g_hash_table_iter_init(&iter, names->by_base);
    while (g_hash_table_iter_next(&iter, NULL, &taken)) {
        if (g_str_equal(taken, name)) {
            return TRUE;
        }
    }
    return ht_vm_names_find(names, name) >= 0;
}

static gboolean take_pair(HtVmNames *names, const char *pair, GError **error)
{
    const char *name = strchr(pair, '=');
    g_autofree char *vm = name ? g_strndup(pair, name - pair) : NULL;
    int number = vm ? number_of(vm) : -1;
    guint64 base = 0;
    gboolean is_base = vm && base_of(vm, &base);

    if ((number < 1 && !is_base) || !is_name(name + 1)) {
        g_set_error(error, HT_ERROR, HT_ERROR_SYNTAX,
                    "'%s' is not vmN=NAME or 0xBASE=NAME with a NAME of letters, digits, - and _",
                    pair);
        return FALSE;
    }
    if (is_taken(names, name + 1)) {
        g_set_error(error, HT_ERROR, HT_ERROR_SYNTAX, "two VMs cannot both be '%s'", name + 1);
        return FALSE;
    }
    if (is_base) {
        g_hash_table_replace(names->by_base, g_memdup2(&base, sizeof(base)), g_strdup(name + 1));
        return TRUE;
    }
    g_free(names->names[number]);
    names->names[number] = g_strdup(name + 1);
    return TRUE;
}

gboolean ht_vm_names_parse(HtVmNames *names, const char *text, GError **error)
{
    g_auto(GStrv) pairs = g_strsplit(text, ",", -1);

    if (!*pairs) {
        return take_pair(names, "", error);
    }
    for (char **pair = pairs; *pair; pair++) {
        if (!take_pair(names, *pair, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

void ht_vm_names_set_base(HtVmNames *names, unsigned vm, uint64_t base)
{
    const guint64 key = base;
    const char *name = g_hash_table_lookup(names->by_base, &key);

    if (name && g_strcmp0(names->names[vm], name) != 0) {
        g_free(names->names[vm]);
        names->names[vm] = g_strdup(name);
    }
}

const char *ht_vm_names_get(HtVmNames *names, unsigned vm)
{
    if (!names->names[vm]) {
        names->names[vm] = g_strdup_printf("vm%u", vm);
    }
    return names->names[vm];
}

int ht_vm_names_find(const HtVmNames *names, const char *name)
{
    for (unsigned vm = 1; vm <= HT_VMS_MAX; vm++) {
        if (g_strcmp0(names->names[vm], name) == 0) {
            return (int)vm;
        }
    }
    return number_of(name);
}
