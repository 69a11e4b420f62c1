/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Are the identification registers there that ARMv7 with Virtualization Extensions, debug v7.1
 * and PMUv2 has, with a Cortex-A15's values?
 *
 * revidr    REVIDR is a register of its own, 0, and neither MIDR nor VPIDR (B4.1, REVIDR; DDI 0438)
 * dbgdevid  DBGDEVID, DBGDEVID1, DBGDEVID2 are at c7, c{2,1,0}, 7 of CP14 and nowhere else (C11.11)
 * debug-v71 DBGPRCR, DBGWFAR, DBGAUTHSTATUS can be accessed, DBGBXVR of the two breakpoints with
 *           context matching hold a VMID beside DBGBVR, the other four have none (C11.11)
 * pmceid    PMCEID0 and PMCEID1 can be read, and PMCEID0 names the cycle counter, event 0x11 (B4.1)
 */
#include "cp15.h"
#include "probe.h"

CP15_32(vpidr, 4, c0, c0, 0)

SNIPPET(read_revidr, "mrc p15, 0, r0, c0, c0, 6")
SNIPPET(read_dbgdevid, "mrc p14, 0, r0, c7, c2, 7")
SNIPPET(read_dbgdevid1, "mrc p14, 0, r0, c7, c1, 7")
SNIPPET(read_dbgdevid2, "mrc p14, 0, r0, c7, c0, 7")
SNIPPET(read_nothing, "mrc p14, 0, r0, c7, c0, 2")
SNIPPET(access_dbgprcr, "mrc p14, 0, r0, c1, c4, 4\n mcr p14, 0, r0, c1, c4, 4")
SNIPPET(access_dbgwfar, "mrc p14, 0, r0, c0, c6, 0\n mcr p14, 0, r0, c0, c6, 0")
SNIPPET(read_dbgauthstatus, "mrc p14, 0, r0, c7, c14, 6")
/* r0 is DBGBXVR's VMID and, above it, DBGBVR's lower bits. */
#define BXVR_SNIPPET(name, n) \
    SNIPPET(name, "mov r0, #0x5a\n mcr p14, 0, r0, c1, c" #n ", 1\n mov r0, #0x1200\n" \
            "mcr p14, 0, r0, c0, c" #n ", 4\n mrc p14, 0, r0, c1, c" #n ", 1\n" \
            "mrc p14, 0, r1, c0, c" #n ", 4\n orr r0, r1")
BXVR_SNIPPET(dbgbxvr3, 3)
BXVR_SNIPPET(dbgbxvr4, 4)
BXVR_SNIPPET(dbgbxvr5, 5)
SNIPPET(read_pmceid0, "mrc p15, 0, r0, c9, c12, 6")
SNIPPET(read_pmceid1, "mrc p15, 0, r0, c9, c12, 7")

static void claim_value(const char *group, const char *name, void (*code)(void), uint32_t value)
{
    struct outcome o = probe(code, PSR_SVC);

    claim_defect(group, name, ended_by(&o, GUEST_RAN) && o.r0 == value,
                 (uint64_t)o.hsr << 32 | o.r0);
}

static void check_revidr(void)
{
    uint32_t vpidr = cp15_read_vpidr();

    cp15_write_vpidr(0x12345678);
    claim_value("revidr", "value", read_revidr, 0);
    cp15_write_vpidr(vpidr);
}

static void check_debug_v71(void)
{
    struct outcome o = probe(dbgbxvr3, PSR_SVC);

    claim_outcome("debug-v71", "dbgbxvr3", ended_by(&o, GUEST_UNDEF), &o);
    claim_value("debug-v71", "dbgbxvr4", dbgbxvr4, 0x125a);
    claim_value("debug-v71", "dbgbxvr5", dbgbxvr5, 0x125a);
    o = probe(access_dbgprcr, PSR_SVC);
    claim_outcome("debug-v71", "dbgprcr", ended_by(&o, GUEST_RAN), &o);
    o = probe(access_dbgwfar, PSR_SVC);
    claim_outcome("debug-v71", "dbgwfar", ended_by(&o, GUEST_RAN), &o);
    /* Each of the four kinds of debug is implemented: bits 1, 3, 5, 7. */
    o = probe(read_dbgauthstatus, PSR_SVC);
    claim_defect("debug-v71", "dbgauthstatus",
                 ended_by(&o, GUEST_RAN) && (o.r0 & ~0x55u) == 0xaa, o.r0);
}

void check_identity(void)
{
    struct outcome o;

    check_revidr();
    claim_value("dbgdevid", "dbgdevid", read_dbgdevid, 0x01110f13);
    claim_value("dbgdevid", "dbgdevid1", read_dbgdevid1, 0);
    claim_value("dbgdevid", "dbgdevid2", read_dbgdevid2, 0);
    o = probe(read_nothing, PSR_SVC);
    claim_outcome("dbgdevid", "nowhere-else", ended_by(&o, GUEST_UNDEF), &o);
    check_debug_v71();
    o = probe(read_pmceid0, PSR_SVC);
    claim_defect("pmceid", "pmceid0", ended_by(&o, GUEST_RAN) && (o.r0 & 1u << 0x11), o.r0);
    o = probe(read_pmceid1, PSR_SVC);
    claim_defect("pmceid", "pmceid1", ended_by(&o, GUEST_RAN), o.r0);
}
