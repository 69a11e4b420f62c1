/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts as a page: a row for each group of claims. */
#include "testbed/ve_report.h"

/* What came of the claims of one group on one QEMU, over all runs; sets of claim names. */
typedef struct Tally {
    GHashTable *claims, *failed, *asked;
    GHashTable *outcomes; /* of IMPLEMENTATION DEFINED claims: outcome -> set of claim names */
} Tally;

/* Both QEMUs' tallies by the group's name. */
typedef struct Page {
    GPtrArray *groups;  /* TbGroup, in the order of the runs */
    GHashTable *ours, *stock;
} Page;

static GHashTable *new_set(void)
{
    return g_hash_table_new(g_str_hash, g_str_equal);
}

static void free_tally(void *data)
{
    Tally *tally = data;

    g_hash_table_unref(tally->claims);
    g_hash_table_unref(tally->failed);
    g_hash_table_unref(tally->asked);
    g_hash_table_unref(tally->outcomes);
    g_free(tally);
}

static GHashTable *new_tallies(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_tally);
}

static Tally *get_tally(GHashTable *tallies, const TbGroup *group)
{
    Tally *tally = g_hash_table_lookup(tallies, group->name);

    if (!tally) {
        tally = g_new0(Tally, 1);
        tally->claims = new_set();
        tally->failed = new_set();
        tally->asked = new_set();
        tally->outcomes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                                (GDestroyNotify)g_hash_table_unref);
        g_hash_table_insert(tallies, group->name, tally);
    }
    return tally;
}

static void add_outcome(Tally *tally, const TbClaim *claim)
{
    GHashTable *names = g_hash_table_lookup(tally->outcomes, claim->outcome);

    if (!names) {
        names = new_set();
        g_hash_table_insert(tally->outcomes, claim->outcome, names);
    }
    g_hash_table_add(names, claim->name);
}

static void add_claim(GHashTable *tallies, const TbClaim *claim)
{
    Tally *tally = get_tally(tallies, claim->group);

    g_hash_table_add(tally->claims, claim->name);
    if (claim->verdict != TB_SKIP) {
        g_hash_table_add(tally->asked, claim->name);
    }
    if (claim->verdict == TB_KFAIL || claim->verdict == TB_FAIL || claim->verdict == TB_BROKEN) {
        g_hash_table_add(tally->failed, claim->name);
    }
    if (claim->outcome) {
        add_outcome(tally, claim);
    }
}

static void add_groups(GPtrArray *groups, const TbTap *tap)
{
    for (unsigned i = 0; i < tap->groups->len; i++) {
        const TbGroup *group = tap->groups->pdata[i];
        bool known = false;

        for (unsigned j = 0; j < groups->len && !known; j++) {
            const TbGroup *other = groups->pdata[j];

            known = g_str_equal(other->name, group->name);
        }
        if (!known) {
            g_ptr_array_add(groups, (TbGroup *)group);
        }
    }
}

static void add_runs(GPtrArray *groups, GHashTable *tallies, const GPtrArray *runs)
{
    for (unsigned i = 0; runs && i < runs->len; i++) {
        const TbVeRun *run = runs->pdata[i];

        add_groups(groups, run->tap);
        for (unsigned j = 0; j < run->tap->claims->len; j++) {
            const TbClaim *claim = run->tap->claims->pdata[j];

            if (claim->group) {
                add_claim(tallies, claim);
            }
        }
    }
}

static char *cell(const Tally *tally)
{
    unsigned failed, skipped;

    if (!tally) {
        return g_strdup("not run");
    }
    failed = g_hash_table_size(tally->failed);
    skipped = g_hash_table_size(tally->claims) - g_hash_table_size(tally->asked);
    if (skipped == g_hash_table_size(tally->claims)) {
        return g_strdup("skipped");
    }
    return failed ? g_strdup_printf("%u fail", failed) : g_strdup("pass");
}

static void add_row(GString *page, const TbGroup *group, const Page *p)
{
    const Tally *ours = g_hash_table_lookup(p->ours, group->name);
    const Tally *stock = g_hash_table_lookup(p->stock, group->name);
    g_autofree char *our_cell = cell(ours), *stock_cell = cell(stock);
    const Tally *any = ours ? ours : stock;

    g_string_append_printf(page, "| `%s` | %s | %s | %u | %s | %s |\n", group->name,
                           group->section, group->question,
                           any ? g_hash_table_size(any->claims) : 0, stock_cell, our_cell);
}

static int by_name(const void *a, const void *b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* "60 UNDEFINED, 4 completes" */
static void add_outcomes(GString *page, const TbGroup *group, const Tally *tally)
{
    guint count;
    g_autofree const char **names =
        (const char **)g_hash_table_get_keys_as_array(tally->outcomes, &count);

    qsort(names, count, sizeof(names[0]), by_name);
    g_string_append_printf(page, "| `%s` | %s | ", group->name, group->question);
    for (unsigned i = 0; i < count; i++) {
        g_string_append_printf(page, "%s%u %s", i ? ", " : "",
                               g_hash_table_size(g_hash_table_lookup(tally->outcomes, names[i])),
                               names[i]);
    }
    g_string_append(page, " |\n");
}

static void add_choices(GString *page, const Page *p)
{
    g_string_append(page,
        "\n## What is left open\n\n"
        "Where the architecture permits several outcomes (IMPLEMENTATION DEFINED, or a failing condition),\n"
        "each claim passes with any of them; these are the ones that ours takes, with the number of claims.\n\n"
        "| group | what is asked | ours |\n|---|---|---|\n");
    for (unsigned i = 0; i < p->groups->len; i++) {
        const TbGroup *group = p->groups->pdata[i];
        const Tally *tally = g_hash_table_lookup(p->ours, group->name);

        if (tally && g_hash_table_size(tally->outcomes)) {
            add_outcomes(page, group, tally);
        }
    }
}

static void add_totals(GString *page, const Page *p)
{
    unsigned claims = 0, ours_failed = 0, stock_failed = 0;
    GHashTableIter iter;
    void *value;

    g_hash_table_iter_init(&iter, p->ours);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        claims += g_hash_table_size(((Tally *)value)->claims);
        ours_failed += g_hash_table_size(((Tally *)value)->failed);
    }
    g_hash_table_iter_init(&iter, p->stock);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        stock_failed += g_hash_table_size(((Tally *)value)->failed);
    }
    g_string_append_printf(page, "\n%u claims in %u groups; ", claims, p->groups->len);
    if (g_hash_table_size(p->stock)) {
        g_string_append_printf(page, "stock fails %u, ", stock_failed);
    }
    g_string_append_printf(page, "ours %u.\n", ours_failed);
}

char *tb_ve_table(const GPtrArray *ours, const GPtrArray *stock)
{
    Page p = { g_ptr_array_new(), new_tallies(), new_tallies() };
    GString *page = g_string_new(
        "# Conformance of the Virtualization Extensions\n\n"
        "Written by `testbed conformance --stock PATH --table docs/ve-conformance.md`; do not edit.\n"
        "Sections are of ARM DDI 0406C where no other manual is named. A group is a set of claims\n"
        "with names `GROUP/...`; a claim fails here if it fails on one board (Arndale, Versatile Express,\n"
        "`virt` without and with Security Extensions; stock QEMU has no Arndale) in one mode (one CPU,\n"
        "two CPUs with a thread each or one for both, `-icount`). Single claims: `build/conformance`.\n\n"
        "| group | section | what is asked | claims | stock | ours |\n|---|---|---|---|---|---|\n");

    add_runs(p.groups, p.ours, ours);
    add_runs(p.groups, p.stock, stock);
    for (unsigned i = 0; i < p.groups->len; i++) {
        add_row(page, p.groups->pdata[i], &p);
    }
    add_totals(page, &p);
    add_choices(page, &p);
    g_ptr_array_unref(p.groups);
    g_hash_table_unref(p.ours);
    g_hash_table_unref(p.stock);
    return g_string_free(page, FALSE);
}
