/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Syndromes of big-endian accesses that stage 2 does not map: as of little-endian ones, and
 * SPSR_hyp.E says what order the access has.  DDI 0406C B3.13.6.
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "parts.h"
#include "tap.h"

#define GIB 0x40000000u
#define WINDOW 0xc0000000u
#define BLOCK2 0x7fdu
#define VTCR_LEVEL1 0x80000040u

/* With Rt = r2; IL, ISV, SAS, SSE, SRT, WnR and the fault status of a level 1 translation fault. */
static const struct access {
    const char *name;
    uint32_t insn, hsr;
} accesses[] = {
    { "LDR", 0xe5942000, 0x93820005 }, { "LDRH", 0xe1d420b0, 0x93420005 },
    { "LDRSH", 0xe1d420f0, 0x93620005 }, { "LDRB", 0xe5d42000, 0x93020005 },
    { "STR", 0xe5842000, 0x93820045 }, { "STRH", 0xe1c420b0, 0x93420045 },
    { "STRB", 0xe5c42000, 0x93020045 },
};

static uint64_t blocks[4] __attribute__((aligned(32)));

static void claim_access(const struct access *a, unsigned mode, bool hyp_ee)
{
    const struct ve_controls controls = { .hcr = ARMV7_HCR_VM };
    const struct ve_insn insn = { .arm = a->insn };
    struct text name = text_path("endian/syndromes", a->name, mode == ARMV7_MODE_USR ? "usr" : "svc",
                                 hyp_ee ? "hsctlr.ee-1" : "hsctlr.ee-0", NULL), detail = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;

    for (unsigned i = 0; i < 3; i++) {
        uint64_t block = i * GIB | BLOCK2;

        blocks[i] = hyp_ee ? __builtin_bswap64(block) : block;
    }
    endian_set_hyp(hyp_ee);
    cp15_write_vtcr(VTCR_LEVEL1);
    cp15_write_vttbr((uint32_t)blocks);
    cp15_tlbi_all_nsnh();
    ve_probe_make(&probe, &insn, VE_ARM, mode);
    probe.state.psr |= PSR_E;
    probe.state.r[4] = WINDOW;
    ve_run(&probe.state, &controls, &record);
    endian_set_hyp(false);
    text_add_field(&detail, "hsr", record.hsr);
    text_add_field(&detail, "want", a->hsr);
    text_add_field(&detail, "spsr", record.psr);
    tap_claim(record.outcome == VE_HYP && record.vector == VECTOR_TRAP && record.hsr == a->hsr &&
              record.hdfar == WINDOW && (record.psr & PSR_E), name.s, detail.s);
}

void claim_syndromes(void)
{
    tap_group("endian/syndromes", "B3.13.6", "syndromes of accesses with CPSR.E = 1");
    for (unsigned i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        for (unsigned bits = 0; bits < 4; bits++) {
            claim_access(&accesses[i], bits & 1 ? ARMV7_MODE_USR : ARMV7_MODE_SVC, bits & 2);
        }
    }
}
