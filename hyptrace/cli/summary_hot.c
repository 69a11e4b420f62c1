/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a summary's traps come from: functions, instructions, pages.
 */
#include <string.h>

#include "hyptrace/cli/summary_report.h"

static void free_hot(gpointer data)
{
    struct hot *hot = data;

    g_free(hot->where);
    g_free(hot->what);
    g_free(hot);
}

static const char *name_of(const struct ht_names *names, uint32_t space)
{
    return space == HT_SPACE_HYP ? "hyp" : ht_vm_names_get(names->vms, space);
}

static char *name_code(const struct ht_spot *spot, const struct ht_names *names)
{
    uint32_t offset_bytes;
    const char *symbol = names->symbols ? ht_symbols_find(names->symbols, spot->space,
                                                          spot->address, &offset_bytes) : NULL;

    return symbol ? g_strdup(symbol) : g_strdup_printf("0x%08x", spot->address);
}

static char *name_page(const struct ht_spot *spot, const struct ht_names *names)
{
    const struct ht_cause cause = {HT_CLASS_DABT_S2, spot->address};
    char text[64];

    ht_cause_detail(&cause, names->map, text, sizeof(text));
    return g_strdup(text);
}

/* Most entries first; then by name, so that the order is always the same. */
static int by_heat(gconstpointer a, gconstpointer b)
{
    const struct hot *x = *(struct hot *const *)a, *y = *(struct hot *const *)b;

    if (x->entries != y->entries) {
        return x->entries > y->entries ? -1 : 1;
    }
    return strcmp(x->where, y->where) ? strcmp(x->where, y->where) : strcmp(x->what, y->what);
}

static GPtrArray *collect(const struct ht_spots *spots, const struct ht_names *names,
                          char *(*name)(const struct ht_spot *, const struct ht_names *))
{
    GPtrArray *all = g_ptr_array_new_with_free_func(free_hot);
    g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (unsigned i = 0; i < HT_SPOT_SLOTS; i++) {
        const struct ht_spot *spot = &spots->slots[i];
        g_autofree char *what = spot->entries ? name(spot, names) : NULL;
        const char *where = spot->entries ? name_of(names, spot->space) : NULL;
        g_autofree char *key = spot->entries ? g_strdup_printf("%s %s", where, what) : NULL;
        struct hot *hot = key ? g_hash_table_lookup(by_name, key) : NULL;

        if (!spot->entries) {
            continue;
        }
        if (!hot) {
            hot = g_new0(struct hot, 1);
            hot->where = g_strdup(where);
            hot->what = g_steal_pointer(&what);
            g_hash_table_insert(by_name, g_steal_pointer(&key), hot);
            g_ptr_array_add(all, hot);
        }
        hot->entries += spot->entries;
        hot->hyp += spot->hyp;
    }
    if (spots->others.entries) {
        struct hot *hot = g_new0(struct hot, 1);

        *hot = (struct hot) {g_strdup(""), g_strdup("(other places)"), spots->others.entries,
                             spots->others.hyp};
        g_ptr_array_add(all, hot);
    }
    g_ptr_array_sort(all, by_heat);
    return all;
}

GPtrArray *summary_hot_code(const HtSummary *summary, const struct ht_names *names)
{
    return collect(summary->code, names, name_code);
}

GPtrArray *summary_hot_pages(const HtSummary *summary, const struct ht_names *names)
{
    return collect(summary->pages, names, name_page);
}
