/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts as lines on standard output. */
#include "testbed/ve_report.h"

#include "testbed/term.h"

#define SHOWN 10 /* bad claims of a run */

void tb_ve_count(TbVeCounts *counts, const TbVeRun *run)
{
    for (unsigned i = 0; i < run->tap->claims->len; i++) {
        const TbClaim *claim = run->tap->claims->pdata[i];

        counts->of[claim->verdict]++;
    }
    counts->of[TB_BROKEN] += run->tap->error != NULL;
}

bool tb_ve_counts_are_good(const TbVeCounts *counts)
{
    for (int i = 0; i < TB_VERDICTS; i++) {
        if (tb_verdict_is_bad(i) && counts->of[i]) {
            return false;
        }
    }
    return true;
}

char *tb_ve_counts_text(const TbVeCounts *counts)
{
    GString *text = g_string_new(NULL);

    for (int i = 0; i < TB_VERDICTS; i++) {
        g_autofree char *bad = g_ascii_strup(tb_verdict_name(i), -1);

        if (counts->of[i]) {
            g_string_append_printf(text, "%s%u %s", text->len ? ", " : "", counts->of[i],
                                   tb_verdict_is_bad(i) ? bad : tb_verdict_name(i));
        }
    }
    return g_string_free(text, FALSE);
}

static void print_claims(const TbVeRun *run, bool all)
{
    unsigned bad = 0;

    for (unsigned i = 0; i < run->tap->claims->len; i++) {
        const TbClaim *claim = run->tap->claims->pdata[i];

        if (tb_verdict_is_bad(claim->verdict) && (bad++ < SHOWN || all)) {
            g_autofree char *verdict = g_ascii_strup(tb_verdict_name(claim->verdict), -1);

            g_print("  %s %s %s\n", verdict, claim->name, claim->detail);
        }
    }
    if (bad > SHOWN && !all) {
        g_print("  and %u more (--verbose shows them)\n", bad - SHOWN);
    }
}

void tb_ve_print_run(const TbVeRun *run, bool all)
{
    TbVeCounts counts = { 0 };
    g_autofree char *text = NULL;

    tb_ve_count(&counts, run);
    text = tb_ve_counts_text(&counts);
    tb_term_note("%-10s %-24s %5.1f s  %s", run->family, run->where, run->seconds, text);
    print_claims(run, all);
    if (run->tap->error) {
        g_print("  ERROR %s\n", run->tap->error);
    }
}
