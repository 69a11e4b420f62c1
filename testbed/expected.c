/* SPDX-License-Identifier: BSD-2-Clause */
/* Which claims are known to fail. */
#include "testbed/expected.h"

#include <fnmatch.h>

#include "testbed/tsv.h"

static void free_row(void *data)
{
    TbExpectedRow *row = data;

    g_strfreev(row->claims);
    g_strfreev(row->where);
    g_free(row->defect);
    g_free(row->reason);
    g_free(row);
}

void tb_expected_free(TbExpected *expected)
{
    if (expected) {
        g_free(expected->path);
        g_ptr_array_unref(expected->rows);
        g_free(expected);
    }
}

static bool add_row(char **fields, int line, void *data, GError **error)
{
    TbExpected *expected = data;
    TbExpectedRow *row = g_new0(TbExpectedRow, 1);

    row->claims = g_strsplit(fields[0], " ", -1);
    row->where = g_strsplit(fields[1], " ", -1);
    row->defect = g_strdup(fields[2]);
    row->reason = g_strdup(fields[3]);
    row->line = line;
    g_ptr_array_add(expected->rows, row);
    return true;
}

TbExpected *tb_expected_load(const char *path, GError **error)
{
    g_autoptr(TbExpected) expected = g_new0(TbExpected, 1);

    expected->path = g_strdup(path);
    expected->rows = g_ptr_array_new_with_free_func(free_row);
    if (!tb_tsv_read(path, 4, "claims, where, defect, reason", add_row, expected, error)) {
        return NULL;
    }
    return g_steal_pointer(&expected);
}

static bool matches_one(char *const *patterns, const char *text)
{
    for (int i = 0; patterns[i]; i++) {
        if (fnmatch(patterns[i], text, 0) == 0) {
            return true;
        }
    }
    return false;
}

/* Returns the last row for the claim; more than one may name it, and each counts it. */
static const TbExpectedRow *find_row(const GPtrArray *rows, const TbClaim *claim)
{
    const TbExpectedRow *found = NULL;

    for (unsigned i = 0; i < rows->len; i++) {
        TbExpectedRow *row = rows->pdata[i];

        if (matches_one(row->claims, claim->name)) {
            row->matches++;
            found = row;
        }
    }
    return found;
}

static void apply_row(const TbExpectedRow *row, TbClaim *claim)
{
    g_autofree char *seen = claim->detail;

    if (claim->verdict == TB_PASS) {
        claim->verdict = TB_XPASS;
        claim->detail = g_strdup_printf("expected to fail (%s): remove its row", row->defect);
    } else if (claim->verdict == TB_FAIL) {
        claim->verdict = TB_KFAIL;
        claim->detail = g_strdup_printf("%s: %s; %s", row->defect, row->reason, seen);
    } else {
        claim->detail = g_steal_pointer(&seen);
    }
}

void tb_expected_apply(TbExpected *expected, TbTap *tap, const char *where)
{
    g_autoptr(GPtrArray) here = g_ptr_array_new();

    for (unsigned i = 0; i < expected->rows->len; i++) {
        TbExpectedRow *row = expected->rows->pdata[i];

        if (matches_one(row->where, where)) {
            g_ptr_array_add(here, row);
        }
    }
    for (unsigned i = 0; i < tap->claims->len; i++) {
        TbClaim *claim = tap->claims->pdata[i];
        const TbExpectedRow *row = find_row(here, claim);

        if (row) {
            apply_row(row, claim);
        }
    }
}

bool tb_expected_concerns(const TbExpectedRow *row, const char *family, const char *where)
{
    g_autofree char *prefix = g_strconcat(family, "/", NULL);

    for (int i = 0; row->claims[i]; i++) {
        if (g_str_has_prefix(row->claims[i], prefix)) {
            return matches_one(row->where, where);
        }
    }
    return false;
}
