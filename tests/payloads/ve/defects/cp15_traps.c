/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Do the controls that trap CP14 and CP15 accesses of PL1 do so?  Each instruction is asked twice:
 * without the control it must run, with it Hyp must get the class and the ISS of the access.
 * DDI 0406C B1.14 (traps to the hypervisor), B4.1 (HCR, HCPTR, HDCR), B3.13 (HSR).
 *
 * trap-tsw     HCR.TSW: maintenance by set/way
 * trap-tpc     HCR.TPC: maintenance by MVA to the point of coherency
 * trap-tpu     HCR.TPU: maintenance to the point of unification
 * trap-tcpac   HCPTR.TCPAC: CPACR
 * trap-tid1    HCR.TID1: REVIDR (the others of the group are right on stock QEMU)
 * trap-tdra-64 HDCR.TDRA: DBGDRAR and DBGDSAR by MRRC
 * trap-tpm     HDCR.TPM: PMCEID0 and PMCEID1
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "cp15.h"
#include "probe.h"

#define HCPTR_TCPAC (1u << 31)
#define HDCR_TPM (1u << 6)
#define HDCR_TDRA (1u << 11)

CP15_32(hdcr, 4, c1, c1, 1)

/* ISS of an access with r0 (and r1): DDI 0406C B3.13, EC 0x03, 0x05, 0x0c. */
#define ISS_MCR(opc1, crn, crm, opc2, read) \
    ((opc2) << 17 | (opc1) << 14 | (crn) << 10 | (crm) << 1 | (read))
#define ISS_MRRC(opc1, crm) ((opc1) << 16 | 1 << 10 | (crm) << 1 | 1)
#define ISS_CONDITION 0x1f00000u    /* how COND is told is up to the implementation */

#define W(name, crm, opc2) \
    SNIPPET(name, "mov r0, #0\n mcr p15, 0, r0, c7, c" #crm ", " #opc2)
W(dcisw, 6, 2) W(dccsw, 10, 2) W(dccisw, 14, 2)
W(dcimvac, 6, 1) W(dccmvac, 10, 1) W(dccimvac, 14, 1)
W(icimvau, 5, 1) W(iciallu, 5, 0) W(icialluis, 1, 0) W(dccmvau, 11, 1)
SNIPPET(cpacr_read, "nop\n mrc p15, 0, r0, c1, c0, 2")
SNIPPET(cpacr_write, "mov r0, #0\n mcr p15, 0, r0, c1, c0, 2")
SNIPPET(revidr_read, "nop\n mrc p15, 0, r0, c0, c0, 6")
SNIPPET(dbgdrar_64, "nop\n mrrc p14, 0, r0, r1, c1")
SNIPPET(dbgdsar_64, "nop\n mrrc p14, 0, r0, r1, c2")
SNIPPET(pmceid0, "nop\n mrc p15, 0, r0, c9, c12, 6")
SNIPPET(pmceid1, "nop\n mrc p15, 0, r0, c9, c12, 7")

enum control { IN_HCR, IN_HCPTR, IN_HDCR };

static const struct trap {
    const char *group, *name;
    void (*code)(void);         /* the access is the second instruction */
    enum control control;
    uint32_t bit, ec, iss;
} traps[] = {
#define M(group, bit, name, crm, opc2) \
    { group, #name, name, IN_HCR, bit, HSR_EC_CP15_32, ISS_MCR(0, 7, crm, opc2, 0) }
    M("trap-tsw", ARMV7_HCR_TSW, dcisw, 6, 2),
    M("trap-tsw", ARMV7_HCR_TSW, dccsw, 10, 2),
    M("trap-tsw", ARMV7_HCR_TSW, dccisw, 14, 2),
    M("trap-tpc", ARMV7_HCR_TPC, dcimvac, 6, 1),
    M("trap-tpc", ARMV7_HCR_TPC, dccmvac, 10, 1),
    M("trap-tpc", ARMV7_HCR_TPC, dccimvac, 14, 1),
    M("trap-tpu", ARMV7_HCR_TPU, icimvau, 5, 1),
    M("trap-tpu", ARMV7_HCR_TPU, iciallu, 5, 0),
    M("trap-tpu", ARMV7_HCR_TPU, icialluis, 1, 0),
    M("trap-tpu", ARMV7_HCR_TPU, dccmvau, 11, 1),
    { "trap-tcpac", "read", cpacr_read, IN_HCPTR, HCPTR_TCPAC, HSR_EC_CP15_32,
      ISS_MCR(0, 1, 0, 2, 1) },
    { "trap-tcpac", "write", cpacr_write, IN_HCPTR, HCPTR_TCPAC, HSR_EC_CP15_32,
      ISS_MCR(0, 1, 0, 2, 0) },
    { "trap-tid1", "revidr", revidr_read, IN_HCR, ARMV7_HCR_TID1, HSR_EC_CP15_32,
      ISS_MCR(0, 0, 0, 6, 1) },
    { "trap-tdra-64", "dbgdrar", dbgdrar_64, IN_HDCR, HDCR_TDRA, HSR_EC_CP14_64, ISS_MRRC(0, 1) },
    { "trap-tdra-64", "dbgdsar", dbgdsar_64, IN_HDCR, HDCR_TDRA, HSR_EC_CP14_64, ISS_MRRC(0, 2) },
    { "trap-tpm", "pmceid0", pmceid0, IN_HDCR, HDCR_TPM, HSR_EC_CP15_32, ISS_MCR(0, 9, 12, 6, 1) },
    { "trap-tpm", "pmceid1", pmceid1, IN_HDCR, HDCR_TPM, HSR_EC_CP15_32, ISS_MCR(0, 9, 12, 7, 1) },
};

static struct outcome probe_controlled(const struct trap *t)
{
    uint32_t hcr = cp15_read_hcr(), hcptr = cp15_read_hcptr(), hdcr = cp15_read_hdcr();
    struct outcome o;

    cp15_write_hcr(hcr | (t->control == IN_HCR ? t->bit : 0));
    cp15_write_hcptr(hcptr | (t->control == IN_HCPTR ? t->bit : 0));
    cp15_write_hdcr(hdcr | (t->control == IN_HDCR ? t->bit : 0));
    o = probe(t->code, PSR_SVC);
    cp15_write_hcr(hcr);
    cp15_write_hcptr(hcptr);
    cp15_write_hdcr(hdcr);
    return o;
}

void check_cp15_traps(void)
{
    for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
        const struct trap *t = &traps[i];
        struct outcome o = probe(t->code, PSR_SVC);
        bool runs = ended_by(&o, GUEST_RAN);

        o = probe_controlled(t);
        claim_outcome(t->group, t->name,
                      runs && trapped(&o, t->ec) && HSR_GET(o.hsr, IL) == 1 &&
                      (HSR_GET(o.hsr, ISS) & ~ISS_CONDITION) == t->iss &&
                      o.elr == (uint32_t)t->code + 4, &o);
    }
}
