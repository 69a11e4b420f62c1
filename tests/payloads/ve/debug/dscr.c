/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * DBGDSCR: bits that software sets, bits that it cannot, and NS.  DDI 0406C C11.11.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "board.h"
#include "debug.h"
#include "monitor.h"
#include "tap.h"

#define NS (1u << 18)
#define READ_ONLY (3u << 29 | 3u << 16 | 1u)    /* RXfull, TXfull, SPNIDdis, SPIDdis, HALTED */
#define WRITABLE (DBGDSCR_MDBGEN | DBGDSCR_UDCCDIS | DBGDSCR_MOE_MASK)

CP14_32(dbgdscrint, c0, c1, 0)

static uint32_t read_in_monitor(uint32_t unused)
{
    (void)unused;
    return cp14_read_dbgdscr();
}

static void claim(const char *what, uint32_t seen, uint32_t want, uint32_t mask)
{
    struct text detail = { 0 };

    text_add_field(&detail, "seen", seen);
    text_add_field(&detail, "want", want);
    tap_claim(((seen ^ want) & mask) == 0, text_path("debug/dscr", what, NULL).s, detail.s);
}

void claim_dscr(void)
{
    uint32_t old = cp14_read_dbgdscr();

    tap_group("debug/dscr", "C11.11", "bits of DBGDSCR");
    cp14_write_dbgdscr(0xffffffffu);
    claim("read-only", cp14_read_dbgdscr(), 0, READ_ONLY);
    claim("ones", cp14_read_dbgdscr(), WRITABLE, WRITABLE);
    claim("int/ones", cp14_read_dbgdscrint(), WRITABLE, WRITABLE);
    cp14_write_dbgdscr(0);
    claim("zeros", cp14_read_dbgdscr(), 0, WRITABLE | READ_ONLY);
    cp14_write_dbgdscr(old);
    if (!board.security) {
        tap_skip("debug/dscr/ns", "the CPU has no Security Extensions");
        tap_skip("debug/dscr/int/ns", "the CPU has no Security Extensions");
        tap_skip("debug/dscr/secure", "the CPU has no Security Extensions");
        return;
    }
    claim("ns", cp14_read_dbgdscr(), NS, NS);
    claim("int/ns", cp14_read_dbgdscrint(), NS, NS);
    claim("secure", monitor_call(read_in_monitor, 0), 0, NS);
}
