/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names for ranges of guest-physical addresses.
 */
#include <string.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/map.h"

struct range {
    uint64_t base;
    uint64_t size_bytes;
    char *name;
};

struct HtMap {
    GArray *ranges;
};

static void clear_range(gpointer range)
{
    g_free(((struct range *)range)->name);
}

HtMap *ht_map_new(void)
{
    HtMap *map = g_new0(HtMap, 1);

    map->ranges = g_array_new(FALSE, FALSE, sizeof(struct range));
    g_array_set_clear_func(map->ranges, clear_range);
    return map;
}

void ht_map_free(HtMap *map)
{
    if (map) {
        g_array_unref(map->ranges);
        g_free(map);
    }
}

void ht_map_add(HtMap *map, uint64_t base, uint64_t size_bytes, const char *name)
{
    struct range range = {base, size_bytes, g_strdup(name)};

    g_array_append_val(map->ranges, range);
}

const char *ht_map_find(const HtMap *map, uint64_t address, uint64_t *offset_bytes)
{
    for (unsigned i = map->ranges->len; i > 0; i--) {
        const struct range *range = &g_array_index(map->ranges, struct range, i - 1);

        if (address - range->base < range->size_bytes) {
            *offset_bytes = address - range->base;
            return range->name;
        }
    }
    return NULL;
}

/* A decimal number, or a hexadecimal one with 0x, of at least min. */
static gboolean parse_number(const char *word, uint64_t min, uint64_t *number)
{
    gboolean hex = g_str_has_prefix(word, "0x");

    return g_ascii_string_to_unsigned(word + (hex ? 2 : 0), hex ? 16 : 10, min, UINT64_MAX,
                                      number, NULL);
}

/* Splits a line into its three words and adds them.  Returns NULL or what is wrong. */
static const char *add_line(HtMap *map, char *line)
{
    g_auto(GStrv) words = g_strsplit_set(g_strstrip(line), " \t", -1);
    const char *fields[3] = {NULL};
    unsigned count = 0;
    uint64_t base, size_bytes;

    for (unsigned i = 0; words[i]; i++) {
        if (*words[i]) {
            if (count == 3) {
                return "more than BASE SIZE NAME";
            }
            fields[count++] = words[i];
        }
    }
    if (count != 3) {
        return "expected BASE SIZE NAME";
    }
    if (!parse_number(fields[0], 0, &base)) {
        return "BASE is not a number";
    }
    if (!parse_number(fields[1], 1, &size_bytes)) {
        return "SIZE is not a number above 0";
    }
    ht_map_add(map, base, size_bytes, fields[2]);
    return NULL;
}

gboolean ht_map_load(HtMap *map, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    GError *cause = NULL;

    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        g_set_error(error, HT_ERROR, HT_ERROR_IO, "%s", cause->message);
        g_error_free(cause);
        return FALSE;
    }
    lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; lines[i]; i++) {
        const char *wrong = NULL;

        g_strstrip(lines[i]);
        if (*lines[i] && *lines[i] != '#') {
            wrong = add_line(map, lines[i]);
        }
        if (wrong) {
            g_set_error(error, HT_ERROR, HT_ERROR_SYNTAX, "%s:%u: %s", path, i + 1, wrong);
            return FALSE;
        }
    }
    return TRUE;
}
