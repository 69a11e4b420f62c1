/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Loads and stores of every size and kind with CPSR.E = 1.  DDI 0406C A3.3, and the MemA and
 * BigEndian() pseudocode of each instruction (A8.8).
 */
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

#define OFFSET 2048u
#define SETEND_BE 0xf1010200u
#define SETEND_LE 0xf1010000u
#define R0 0x11223344u
#define R1 0x55667788u
#define FIRST 0x10111213u       /* the bytes in memory, in their order */
#define SECOND 0x14151617u
#define VMOV_R2_R3_D0 0xec532b10u
#define VMOV_D0_R0_R1 0xec410b10u

/* r4 is the address; loads go to r2 and r3, stores are of r0 and r1. */
static const struct op {
    const char *name;
    uint32_t insns[3];
    unsigned count;
    uint32_t r2, r3;            /* afterwards; they were 0 */
    uint32_t memory[2];         /* afterwards, its bytes in their order */
    bool pl1;                   /* not at PL0 and in Hyp mode */
} ops[] = {
#define LOADS(name, count, r2, r3, ...) { name, { __VA_ARGS__ }, count, r2, r3, { FIRST, SECOND }, false }
    LOADS("LDR", 1, FIRST, 0, 0xe5942000),
    LOADS("LDRH", 1, 0x1011, 0, 0xe1d420b0),
    LOADS("LDRB", 1, 0x10, 0, 0xe5d42000),
    LOADS("LDRD", 1, FIRST, SECOND, 0xe1c420d0),
    LOADS("LDM", 1, FIRST, SECOND, 0xe894000c),
    LOADS("LDREX", 1, FIRST, 0, 0xe1942f9f),
    LOADS("LDREXD", 1, FIRST, SECOND, 0xe1b42f9f),
    LOADS("LDREXH", 1, 0x1011, 0, 0xe1f42f9f),
    LOADS("LDREXB", 1, 0x10, 0, 0xe1d42f9f),
    LOADS("VLDR-32", 2, FIRST, 0, 0xed940a00, 0xee102a10),
    LOADS("VLDR-64", 2, SECOND, FIRST, 0xed940b00, VMOV_R2_R3_D0),
    LOADS("VLDM-64", 2, SECOND, FIRST, 0xec940b02, VMOV_R2_R3_D0),
    LOADS("VLDM-32", 3, FIRST, SECOND, 0xec940a02, 0xee102a10, 0xee103a90),
    LOADS("VLD1.8", 2, 0x13121110, 0x17161514, 0xf424070f, VMOV_R2_R3_D0),
    LOADS("VLD1.16", 2, 0x12131011, 0x16171415, 0xf424074f, VMOV_R2_R3_D0),
    LOADS("VLD1.32", 2, FIRST, SECOND, 0xf424078f, VMOV_R2_R3_D0),
    LOADS("VLD1.64", 2, SECOND, FIRST, 0xf42407cf, VMOV_R2_R3_D0),
#define STORES(name, count, first, second, ...) { name, { __VA_ARGS__ }, count, 0, 0, { first, second }, false }
    STORES("STR", 1, R0, SECOND, 0xe5840000),
    STORES("STRH", 1, 0x33441213, SECOND, 0xe1c400b0),
    STORES("STRB", 1, 0x44111213, SECOND, 0xe5c40000),
    STORES("STRD", 1, R0, R1, 0xe1c400f0),
    STORES("STM", 1, R0, R1, 0xe8840003),
    STORES("STREX", 2, R0, SECOND, 0xe1946f9f, 0xe1843f90),
    STORES("STREXD", 2, R0, R1, 0xe1b46f9f, 0xe1a43f90),
    STORES("STREXH", 2, 0x33441213, SECOND, 0xe1f46f9f, 0xe1e43f90),
    STORES("STREXB", 2, 0x44111213, SECOND, 0xe1d46f9f, 0xe1c43f90),
    STORES("VSTR-32", 2, R0, SECOND, 0xee000a10, 0xed840a00),
    STORES("VSTR-64", 2, R1, R0, VMOV_D0_R0_R1, 0xed840b00),
    STORES("VSTM-64", 2, R1, R0, VMOV_D0_R0_R1, 0xec840b02),
    STORES("VST1.8", 2, 0x44332211, 0x88776655, VMOV_D0_R0_R1, 0xf404070f),
    STORES("VST1.16", 2, 0x33441122, 0x77885566, VMOV_D0_R0_R1, 0xf404074f),
    STORES("VST1.32", 2, R0, R1, VMOV_D0_R0_R1, 0xf404078f),
    STORES("VST1.64", 2, R1, R0, VMOV_D0_R0_R1, 0xf40407cf),
    /* MOV sp, r4; MOV lr, r0; SRSIA sp, #SVC: SPSR_svc is what MSR made it. */
    { "SRS", { 0xe1a0d004, 0xe1a0e000, 0xf8cd0513 }, 3, 0, 0, { R0, 0x600001d3 }, true },
};

static void claim_op(const struct op *op, unsigned mode, bool setend)
{
    volatile uint32_t *memory = (uint32_t *)(ve_probe_code() + OFFSET);
    const struct ve_controls none = { 0 };
    struct text name = text_path("endian/data", op->name, mode == ARMV7_MODE_USR ? "usr" :
                                 mode == ARMV7_MODE_HYP ? "hyp" : "svc",
                                 setend ? "setend" : "spsr", NULL), detail = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint32_t words[6];
    unsigned count = 0;

    if (setend) {
        words[count++] = SETEND_BE;
    }
    for (unsigned i = 0; i < op->count; i++) {
        words[count++] = op->insns[i];
    }
    if (setend) {
        words[count++] = SETEND_LE;
    }
    ve_probe_program(&probe, words, count, mode);
    probe.state.psr |= setend ? 0 : PSR_E;
    probe.state.r[0] = R0;
    probe.state.r[1] = R1;
    probe.state.r[4] = (uint32_t)memory;
    memory[0] = swap32(FIRST);
    memory[1] = swap32(SECOND);
    if (op->pl1) {
        __asm__ volatile(".arch_extension virt\n msr spsr_svc, %0" : : "r"(0x600001d3));
    }
    ve_run(&probe.state, &none, &record);
    text_add_field(&detail, "r2", record.r[2]);
    text_add_field(&detail, "r3", record.r[3]);
    text_add_field(&detail, "bytes", swap32(memory[0]));
    text_add_field(&detail, "and", swap32(memory[1]));
    tap_claim(ve_probe_done(&probe, &record) && record.r[2] == op->r2 && record.r[3] == op->r3 &&
              memory[0] == swap32(op->memory[0]) && memory[1] == swap32(op->memory[1]),
              name.s, detail.s);
}

/* RFE of a return address and a CPSR that are big-endian; the CPSR that comes is as @e says. */
static void claim_rfe(bool e)
{
    static const uint32_t words[] = { 0xf8940a00 /* RFEIA r4 */, 0xe7f000f0 /* UDF */,
                                      0xe10f2000 /* MRS r2, CPSR */ };
    volatile uint32_t *memory = (uint32_t *)(ve_probe_code() + OFFSET);
    const struct ve_controls none = { 0 };
    struct text name = text_path("endian/data/RFE", e ? "to-big" : "to-little", NULL), detail = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;

    ve_probe_program(&probe, words, 3, ARMV7_MODE_SVC);
    probe.state.psr |= PSR_E;
    probe.state.r[4] = (uint32_t)memory;
    memory[0] = swap32(probe.insn + 8);
    memory[1] = swap32((probe.state.psr & ~PSR_E) | (e ? PSR_E : 0));
    ve_run(&probe.state, &none, &record);
    text_add_field(&detail, "cpsr", record.r[2]);
    text_add_field(&detail, "spsr", record.psr);
    tap_claim(ve_probe_done(&probe, &record) && !(record.r[2] & PSR_E) == !e &&
              !(record.psr & PSR_E) == !e, name.s, detail.s);
}

void claim_data(void)
{
    static const unsigned modes[] = { ARMV7_MODE_SVC, ARMV7_MODE_USR, ARMV7_MODE_HYP };

    tap_group("endian/data", "A3.3", "loads and stores with CPSR.E = 1");
    for (unsigned i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        for (unsigned m = 0; m < (ops[i].pl1 ? 1 : 3); m++) {
            claim_op(&ops[i], modes[m], false);
            claim_op(&ops[i], modes[m], true);
        }
    }
    claim_rfe(false);
    claim_rfe(true);
}
