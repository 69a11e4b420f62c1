/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: do the address translation operations give in PAR what an access would meet?
 * DDI 0406C B3.12.7, B4.2.4, B4.1.112 (PAR).
 *
 *   s1         ATS1CPR, CPW, CUR, CUW at PL1 and from Hyp: every size of short and long
 *              descriptor, permissions, access flag, domains, faults; with stage 2 off and on,
 *              where the result is an IPA and stage 2's permissions do not matter
 *   s12        ATS12NSOPR, PW, UR, UW from Hyp: every pair of descriptors, faults of both stages
 *   hyp        ATS1HR and HW, with Hyp's MMU off and on
 *   regimes    TTBCR.N, PD0 and PD1, T0SZ, T1SZ, EPD0 and EPD1: which table translates
 *   undefined  which operations PL1 and PL0 do not have
 * The memory attributes of PAR are asked by the family memory; operations whose walk stage 2
 * does not let read by stage2/walk; HCR has no trap for these operations.
 */
#include "armv7/psr.h"
#include "hyp.h"
#include "judge.h"
#include "mapping.h"
#include "parts.h"
#include "sysregs.h"
#include "tap.h"

#define MARKER 0x5a5a5a5au

const struct operation stage1_operations[STAGE1_OPERATIONS] = {
    { "ATS1CPR", 0xee071f18, false, false }, { "ATS1CPW", 0xee071f38, true, false },
    { "ATS1CUR", 0xee071f58, false, true }, { "ATS1CUW", 0xee071f78, true, true },
};
const struct operation both_operations[STAGE1_OPERATIONS] = {
    { "ATS12NSOPR", 0xee071f98, false, false }, { "ATS12NSOPW", 0xee071fb8, true, false },
    { "ATS12NSOUR", 0xee071fd8, false, true }, { "ATS12NSOUW", 0xee071ff8, true, true },
};
const struct operation hyp_operations[2] = {
    { "ATS1HR", 0xee871f18, false, false }, { "ATS1HW", 0xee871f38, true, false },
};

void (*at_prepare)(void) = map_on;

void ve_prepare(void)
{
    at_prepare();
}

bool operate(const struct operation *operation, uint32_t va, unsigned mode, uint32_t hcr,
             uint64_t *par, struct ve_record *record)
{
    const uint32_t program[] = {
        0xec454f07,                 /* MCRR PAR, r4, r5: the marker */
        operation->insn,
        0xf57ff06f,                 /* ISB */
        0xec554f07,                 /* MRRC PAR, r4, r5 */
        0xee176f14,                 /* MRC PAR, r6 */
    };
    const struct ve_controls controls = { .hcr = hcr };
    struct ve_probe probe;

    ve_probe_program(&probe, program, 5, mode);
    probe.state.r[1] = va;
    probe.state.r[4] = probe.state.r[5] = MARKER;
    ve_run(&probe.state, &controls, record);
    *par = (uint64_t)record->r[5] << 32 | record->r[4];
    return ve_probe_done(&probe, record) && record->r[6] == record->r[4];
}

/* FS is bits 5:1 and the external bit 6, B4.1.112. */
static bool fault_is_right(uint64_t par, const struct translation *want)
{
    uint32_t fs = want->short_status;

    if (!(par & PAR_F)) {
        return false;
    }
    if (par & PAR_LPAE) {
        return (par & PAR_STATUS) >> 1 == want->long_status &&
               !!(par & PAR_FSTAGE) == want->stage2 && !!(par & PAR_S2WLK) == want->walk;
    }
    return (par & PAR_STATUS) >> 1 == ((fs & 0xf) | (fs >> 10 & 1) << 4) && !want->stage2;
}

static bool page_is_right(uint64_t par, const struct translation *want)
{
    if (par & PAR_F) {
        return false;
    }
    if (par & PAR_LPAE) {
        return (par & 0xfffffff000ull) == want->pa;
    }
    if (want->supersection) {
        return (par & 0xffff0000) == (want->pa & 0xff000000) && (par & PAR_SS);
    }
    return (par & 0xfffff000) == want->pa && !(par & PAR_SS);
}

/* In the 32-bit format bit 11 is reserved when it succeeds, and 0 at a fault. */
static bool format_is_right(uint64_t par, enum par_format format)
{
    return format == PAR_ANY || !!(par & PAR_LPAE) == (format == PAR_64);
}

void claim_operation(const char *name, const struct operation *operation, uint32_t va,
                     unsigned mode, uint32_t hcr, enum par_format format,
                     const struct translation *want)
{
    struct ve_record record = { 0 };
    struct text detail;
    uint64_t par;
    bool ok = operate(operation, va, mode, hcr, &par, &record);

    ok = ok && format_is_right(par, format) &&
         (want->faults ? fault_is_right(par, want) : page_is_right(par, want));
    text_clear(&detail);
    text_add_field(&detail, "par", (uint32_t)(par >> 32));
    text_add_field(&detail, "low", (uint32_t)par);
    text_add(&detail, want->faults ? " want fault" : " want");
    text_add_field(&detail, want->faults ? "status" : "pa",
                   want->faults ? want->long_status : (uint32_t)want->pa);
    ve_describe(&detail, &record);
    tap_claim(ok, name, detail.s);
}

static void claim_undefined(const struct operation *operation, unsigned mode)
{
    const struct ve_insn insn = { .arm = operation->insn, .thumb = operation->insn };
    static const struct ve_controls none = { 0 };
    const struct ve_expect undefined = { .allowed = MAY_UNDEF };

    for (unsigned i = 0; i < 2; i++) {
        enum ve_form form = i ? VE_THUMB : VE_ARM;
        struct text name = text_path("at/undefined", operation->name,
                                     mode == ARMV7_MODE_USR ? "pl0" : "pl1", ve_form_name(form),
                                     NULL);
        struct ve_probe probe;

        ve_probe_make(&probe, &insn, form, mode);
        ve_claim(name.s, &probe, &none, &undefined);
    }
}

static void nothing(void)
{
}

static void claim_every_undefined(void)
{
    tap_group("at/undefined", "B4.2.4", "operations that PL1 and PL0 do not have");
    at_prepare = nothing;
    for (unsigned i = 0; i < STAGE1_OPERATIONS; i++) {
        claim_undefined(&stage1_operations[i], ARMV7_MODE_USR);
        claim_undefined(&both_operations[i], ARMV7_MODE_USR);
        claim_undefined(&both_operations[i], ARMV7_MODE_SVC);
    }
    for (unsigned i = 0; i < 2; i++) {
        claim_undefined(&hyp_operations[i], ARMV7_MODE_USR);
        claim_undefined(&hyp_operations[i], ARMV7_MODE_SVC);
    }
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    if (!map_board_fits("at")) {
        tap_end();
    }
    ve_init();
    claim_mappings();
    claim_regimes();
    claim_every_undefined();
    tap_end();
}
