/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The OS Lock: while it is set there are no debug events but BKPT.  DDI 0406C C7.3, C11.11
 * (DBGOSLAR, DBGOSLSR).
 */
#include "armv7/psr.h"
#include "debug.h"
#include "tap.h"

#define OSLAR_KEY 0xc5acce55u
#define OSLSR_OSLK 2u
#define OSLSR_OSLM 9u                   /* 8: there is an OS Lock without save and restore */
#define BCR_ALL (0xfu << 5 | 3u << 1 | 1u)
#define WCR_ALL (0xfu << 5 | 3u << 3 | 3u << 1 | 1u)
#define VCR_SVC (1u << 26)

CP14_32(dbgoslsr, c1, c1, 4)

static const struct ve_insn nop = { .arm = 0xe1a00000 }, load = { .arm = 0xe5912000 },
                            svc = { .arm = 0xef000012 }, bkpt = { .arm = 0xe1200070 };

static struct text name_of(const char *what, bool locked)
{
    return text_path("debug/os-lock", what, locked ? "locked" : "unlocked", NULL);
}

static void claim_events(bool locked)
{
    struct ve_probe probe;

    cp14_write_dbgoslar(locked ? OSLAR_KEY : 0);
    ve_probe_make(&probe, &nop, VE_ARM, ARMV7_MODE_SVC);
    cp14_write_dbgbvr0(probe.insn);
    cp14_write_dbgbcr0(BCR_ALL);
    debug_claim_end(name_of("breakpoint", locked).s, &probe, 0, false,
                    locked ? VE_DONE : VE_PL1, VE_VECTOR_IABT);
    cp14_write_dbgbcr0(0);

    ve_probe_make(&probe, &load, VE_ARM, ARMV7_MODE_SVC);
    probe.state.r[1] = ve_probe_code() + 2048;
    cp14_write_dbgwvr0(probe.state.r[1]);
    cp14_write_dbgwcr0(WCR_ALL);
    debug_claim_end(name_of("watchpoint", locked).s, &probe, 0, false,
                    locked ? VE_DONE : VE_PL1, VE_VECTOR_DABT);
    cp14_write_dbgwcr0(0);

    ve_probe_make(&probe, &svc, VE_ARM, ARMV7_MODE_SVC);
    cp14_write_dbgvcr(VCR_SVC);
    debug_claim_end(name_of("vector-catch", locked).s, &probe, 0, false, VE_PL1,
                    locked ? VE_VECTOR_SVC : VE_VECTOR_IABT);
    cp14_write_dbgvcr(0);

    ve_probe_make(&probe, &bkpt, VE_ARM, ARMV7_MODE_SVC);
    debug_claim_end(name_of("BKPT", locked).s, &probe, 0, false, VE_PL1, VE_VECTOR_IABT);
}

static void claim_status(const char *what, uint32_t written, uint32_t want)
{
    struct text detail = { 0 };
    uint32_t seen;

    cp14_write_dbgoslar(written);
    seen = cp14_read_dbgoslsr();
    text_add_field(&detail, "seen", seen);
    tap_claim((seen & (OSLSR_OSLM | OSLSR_OSLK)) == (8u | want),
              text_path("debug/os-lock/status", what, NULL).s, detail.s);
}

void claim_os_lock(void)
{
    tap_group("debug/os-lock", "C7.3, C11.11", "no debug events but BKPT while the OS Lock is set");
    claim_status("key", OSLAR_KEY, OSLSR_OSLK);
    claim_status("zero", 0, 0);
    claim_status("other", 0xc5acce54u, 0);
    claim_events(true);
    claim_events(false);
}
