/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * DDI 0406C B3.10.6, B4.2.2.
 */
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "operations.h"

#define OP(opc1, crm, opc2) (0xee084f10u | (opc1) << 21 | (opc2) << 5 | (crm))

const struct operation operations[] = {
    { "TLBIALL", OP(0, 7, 0), BY_ALL, false, false, false },
    { "TLBIMVA", OP(0, 7, 1), BY_MVA, false, false, false },
    { "TLBIASID", OP(0, 7, 2), BY_ASID, false, false, false },
    { "TLBIMVAA", OP(0, 7, 3), BY_MVAA, false, false, false },
    { "TLBIALLIS", OP(0, 3, 0), BY_ALL, true, false, false },
    { "TLBIMVAIS", OP(0, 3, 1), BY_MVA, true, false, false },
    { "TLBIASIDIS", OP(0, 3, 2), BY_ASID, true, false, false },
    { "TLBIMVAAIS", OP(0, 3, 3), BY_MVAA, true, false, false },
    { "DTLBIALL", OP(0, 6, 0), BY_ALL, false, false, true },
    { "DTLBIMVA", OP(0, 6, 1), BY_MVA, false, false, true },
    { "DTLBIASID", OP(0, 6, 2), BY_ASID, false, false, true },
    { "ITLBIALL", OP(0, 5, 0), BY_ALL, false, true, false },
    { "ITLBIMVA", OP(0, 5, 1), BY_MVA, false, true, false },
    { "ITLBIASID", OP(0, 5, 2), BY_ASID, false, true, false },
    { "TLBIALLNSNH", OP(4, 7, 4), BY_NSNH, false, false, false },
    { "TLBIALLNSNHIS", OP(4, 3, 4), BY_NSNH, true, false, false },
};

bool covers(const struct operation *op, bool fetch, bool global, bool same_va, bool same_asid)
{
    if (fetch ? op->data_side : op->instruction_side) {
        return false;
    }
    switch (op->scope) {
    case BY_ALL:
    case BY_NSNH:
        return true;
    case BY_MVA:
        return same_va && (global || same_asid);
    case BY_ASID:
        return !global && same_asid;
    case BY_MVAA:
        return same_va;
    }
    return false;
}

uint32_t argument_of(const struct operation *op, uint32_t va, unsigned asid)
{
    switch (op->scope) {
    case BY_MVA:
        return (va & 0xfffff000u) | ASID_OF(asid);
    case BY_ASID:
        return ASID_OF(asid);
    case BY_MVAA:
        return va & 0xfffff000u;
    default:
        return 0;
    }
}

bool execute(const struct operation *op, uint32_t argument, unsigned mode)
{
    static const struct ve_controls kept = { 0 };
    const uint32_t program[] = { 0xf57ff04f, op->insn, 0xf57ff04f, 0xf57ff06f };   /* DSB ISB */
    struct ve_record record = { 0 };
    struct ve_probe probe;

    ve_probe_program(&probe, program, 4, mode);
    probe.state.r[4] = argument;
    ve_run(&probe.state, &kept, &record);
    return ve_probe_done(&probe, &record);
}

struct look look(bool write)
{
    static const struct ve_controls kept = { 0 };
    /* LDR r3, [r1]; or that and STR r3, [r1], which changes nothing */
    static const uint32_t program[] = { 0xe5913000, 0xe5813000 };
    struct ve_record record = { 0 };
    struct ve_probe probe;

    ve_probe_program(&probe, program, write ? 2 : 1, ARMV7_MODE_SVC);
    probe.state.r[1] = VA;
    ve_run(&probe.state, &kept, &record);
    if (ve_probe_done(&probe, &record)) {
        return (struct look) { SEEN_PAGE, record.r[3] };
    }
    if (record.outcome == VE_PL1 && record.vector == VE_VECTOR_DABT) {
        return (struct look) { SEEN_S1_FAULT, record.dfsr };
    }
    if (record.outcome == VE_HYP && HSR_GET(record.hsr, EC) == HSR_EC_DABT) {
        return (struct look) { SEEN_S2_FAULT, record.hsr };
    }
    return (struct look) { SEEN_OTHER, record.pc };
}

struct look look_by_fetch(void)
{
    static const struct ve_controls kept = { 0 };
    static const uint32_t program[] = { 0xe12fff11 };       /* BX r1 */
    struct ve_record record = { 0 };
    struct ve_probe probe;

    ve_probe_program(&probe, program, 1, ARMV7_MODE_SVC);
    probe.state.r[1] = VA + SPACE_CODE;
    ve_run(&probe.state, &kept, &record);
    if (record.outcome == VE_DONE) {
        return (struct look) { SEEN_PAGE, record.r[3] };
    }
    if (record.outcome == VE_PL1 && record.vector == VE_VECTOR_IABT) {
        return (struct look) { SEEN_S1_FAULT, record.ifsr };
    }
    if (record.outcome == VE_HYP && HSR_GET(record.hsr, EC) == HSR_EC_IABT) {
        return (struct look) { SEEN_S2_FAULT, record.hsr };
    }
    return (struct look) { SEEN_OTHER, record.pc };
}

bool look_is(struct look look, unsigned page)
{
    return look.seen == SEEN_PAGE && look.value == marker(page);
}
