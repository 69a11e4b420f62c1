/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Are the identification registers there that ARMv7 with Virtualization Extensions, debug v7.1
 * and PMUv2 has, with a Cortex-A15's values?
 *
 * revidr    REVIDR is a register of its own, 0, and neither MIDR nor VPIDR (B4.1, REVIDR; DDI 0438)
 * dbgdevid  DBGDEVID, DBGDEVID1, DBGDEVID2 are at c7, c{2,1,0}, 7 of CP14 and nowhere else (C11.11)
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
SNIPPET(read_pmceid0, "mrc p15, 0, r0, c9, c12, 6")
SNIPPET(read_pmceid1, "mrc p15, 0, r0, c9, c12, 7")

static void claim_value(const char *group, const char *name, void (*code)(void), uint32_t value)
{
    struct outcome o = probe(code, PSR_SVC);

    claim(group, name, ended_by(&o, GUEST_RAN) && o.r0 == value, (uint64_t)o.hsr << 32 | o.r0);
}

static void check_revidr(void)
{
    uint32_t vpidr = cp15_read_vpidr();

    cp15_write_vpidr(0x12345678);
    claim_value("revidr", "value", read_revidr, 0);
    cp15_write_vpidr(vpidr);
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
    o = probe(read_pmceid0, PSR_SVC);
    claim("pmceid", "pmceid0", ended_by(&o, GUEST_RAN) && (o.r0 & 1u << 0x11), o.r0);
    o = probe(read_pmceid1, PSR_SVC);
    claim("pmceid", "pmceid1", ended_by(&o, GUEST_RAN), o.r0);
}
