/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts as JUnit XML. */
#include "testbed/ve_report.h"

/* What a test case holds, by verdict; NULL: nothing. */
static const char *const elements[TB_VERDICTS] = {
    [TB_FAIL] = "failure", [TB_XPASS] = "failure", [TB_BROKEN] = "error",
    [TB_SKIP] = "skipped", [TB_KFAIL] = "skipped",
};

static void add_case(GString *xml, const TbVeRun *run, const char *name, TbVerdict verdict,
                     const char *detail)
{
    g_autofree char *head =
        g_markup_printf_escaped("    <testcase classname=\"%s.%s\" name=\"%s\"", run->family,
                                run->where, name);

    g_string_append(xml, head);
    if (elements[verdict]) {
        g_autofree char *body = g_markup_printf_escaped(">\n      <%s message=\"%s: %s\"/>\n",
                                                        elements[verdict],
                                                        tb_verdict_name(verdict), detail);

        g_string_append(xml, body);
        g_string_append(xml, "    </testcase>\n");
    } else {
        g_string_append(xml, "/>\n");
    }
}

/* The attributes that count; of one run or of all. */
static void add_counts(GString *xml, const TbVeCounts *counts, double seconds)
{
    unsigned tests = 0;
    char time[G_ASCII_DTOSTR_BUF_SIZE];

    for (int i = 0; i < TB_VERDICTS; i++) {
        tests += counts->of[i];
    }
    g_string_append_printf(xml, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\""
                           " time=\"%s\">\n", tests, counts->of[TB_FAIL] + counts->of[TB_XPASS],
                           counts->of[TB_BROKEN], counts->of[TB_SKIP] + counts->of[TB_KFAIL],
                           g_ascii_formatd(time, sizeof(time), "%.3f", seconds));
}

static void add_suite(GString *xml, const TbVeRun *run)
{
    TbVeCounts counts = { 0 };
    g_autofree char *head = g_markup_printf_escaped("  <testsuite name=\"%s.%s\"", run->family,
                                                    run->where);

    tb_ve_count(&counts, run);
    g_string_append(xml, head);
    add_counts(xml, &counts, run->seconds);
    for (unsigned i = 0; i < run->tap->claims->len; i++) {
        const TbClaim *claim = run->tap->claims->pdata[i];

        add_case(xml, run, claim->name, claim->verdict, claim->detail);
    }
    if (run->tap->error) {
        add_case(xml, run, "(run)", TB_BROKEN, run->tap->error);
    }
    g_string_append(xml, "  </testsuite>\n");
}

char *tb_ve_junit(const GPtrArray *runs)
{
    GString *xml = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    TbVeCounts counts = { 0 };
    double seconds = 0;

    for (unsigned i = 0; i < runs->len; i++) {
        const TbVeRun *run = runs->pdata[i];

        tb_ve_count(&counts, run);
        seconds += run->seconds;
    }
    add_counts(xml, &counts, seconds);
    for (unsigned i = 0; i < runs->len; i++) {
        add_suite(xml, runs->pdata[i]);
    }
    g_string_append(xml, "</testsuites>\n");
    return g_string_free(xml, FALSE);
}
