/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One line for each claim.
 */
#include "console.h"
#include "report.h"

static uint32_t passed, failed, skipped;

static void put_name(const char *verdict, const char *group, const char *name)
{
    put_text(verdict);
    put_text(group);
    put_text("/");
    put_text(name);
}

void claim(const char *group, const char *name, bool holds, uint64_t detail)
{
    put_name(holds ? "PASS " : "FAIL ", group, name);
    if (holds) {
        passed++;
    } else {
        failed++;
        put_text(": 0x");
        put_hex((uint32_t)(detail >> 32));
        put_hex((uint32_t)detail);
    }
    put_text("\n");
}

void claim_skip(const char *group, const char *name, const char *reason)
{
    skipped++;
    put_name("SKIP ", group, name);
    put_text(": ");
    put_text(reason);
    put_text("\n");
}

bool claim_end(void)
{
    put_text("payload: ");
    put_decimal(passed);
    put_text(" passed, ");
    put_decimal(failed);
    put_text(" failed, ");
    put_decimal(skipped);
    put_text(" skipped\n");
    return !failed;
}
