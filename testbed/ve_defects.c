/* SPDX-License-Identifier: BSD-2-Clause */
/* Each defect of stock QEMU and a claim that fails because of it. */
#include "testbed/ve_defects.h"

#include <string.h>

#include "testbed/error.h"
#include "testbed/tsv.h"
#include "testbed/ve_run.h"

typedef struct Check {
    const char *path;
    const GPtrArray *ours, *stock;
    GPtrArray *complaints;
} Check;

enum { DEFECT, CLAIM, BOARD, CPUS, TCG, FIELDS };

/* The run of the claim's family there, or NULL. */
static const TbVeRun *find_run(const GPtrArray *runs, const char *claim, const TbVeBoard *board,
                               const TbVeMode *mode)
{
    for (unsigned i = 0; runs && i < runs->len; i++) {
        const TbVeRun *run = runs->pdata[i];
        size_t length = strlen(run->family);

        if (run->board == board && run->mode == mode &&
            g_str_has_prefix(claim, run->family) && claim[length] == '/') {
            return run;
        }
    }
    return NULL;
}

static const TbClaim *find_claim(const TbVeRun *run, const char *name)
{
    for (unsigned i = 0; i < run->tap->claims->len; i++) {
        const TbClaim *claim = run->tap->claims->pdata[i];

        if (g_str_equal(claim->name, name)) {
            return claim;
        }
    }
    return NULL;
}

static void complain(const Check *check, int line, char **fields, const char *what,
                     const TbClaim *claim)
{
    g_ptr_array_add(check->complaints,
                    g_strdup_printf("%s:%d: %s: %s %s: %s", check->path, line, fields[DEFECT],
                                    fields[CLAIM], what,
                                    claim ? tb_verdict_name(claim->verdict) : "no such claim"));
}

static void check_ours(const Check *check, int line, char **fields, const TbVeRun *run)
{
    const TbClaim *claim = find_claim(run, fields[CLAIM]);

    if (!claim || (claim->verdict != TB_PASS && claim->verdict != TB_KFAIL)) {
        complain(check, line, fields, "should pass on ours", claim);
    }
}

/* A claim that a crash keeps from being made has failed as well. */
static void check_stock(const Check *check, int line, char **fields, const TbVeRun *run)
{
    const TbClaim *claim = find_claim(run, fields[CLAIM]);

    if (claim ? claim->verdict != TB_FAIL : !run->tap->error) {
        complain(check, line, fields, "should fail on stock", claim);
    }
}

static bool check_row(char **fields, int line, void *data, GError **error)
{
    const Check *check = data;
    const TbVeBoard *board = tb_ve_find_board(fields[BOARD]);
    const TbVeMode *mode = tb_ve_mode_of(fields[CPUS], fields[TCG]);
    const TbVeRun *run;

    if (!board || !mode) {
        g_set_error(error, TB_ERROR, TB_ERROR_USAGE, "no board '%s', or no mode '%s' with %s CPUs",
                    fields[BOARD], fields[TCG], fields[CPUS]);
        return false;
    }
    run = find_run(check->ours, fields[CLAIM], board, mode);
    if (run) {
        check_ours(check, line, fields, run);
    }
    run = find_run(check->stock, fields[CLAIM], board, mode);
    if (run) {
        check_stock(check, line, fields, run);
    }
    return true;
}

bool tb_ve_defects_check(const char *path, const GPtrArray *ours, const GPtrArray *stock,
                         GPtrArray *complaints, GError **error)
{
    Check check = { path, ours, stock, complaints };

    return tb_tsv_read(path, FIELDS, "defect, claim, board, -smp, TCG mode", check_row, &check,
                       error);
}
