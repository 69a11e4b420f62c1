/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Instructions that return from exceptions of PL1 or use the registers of User mode are UNDEFINED
 * in Hyp mode: vector 0x04 with EC 0 and the address of the instruction.  DDI 0406C B9.3.
 *
 * hyp-rfe, hyp-ldm-return, hyp-ldm-user, hyp-stm-user   RFE, LDM and STM with ^
 * hyp-alu-return   opcodes with S and the PC as destination
 * alu-return       the same at PL1 restore CPSR from SPSR
 */
#include <stddef.h>
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "probe.h"

/* For the snippets: two words of memory. */
uint32_t hyp_memory[2];

/* Code for Hyp: r1 = hyp_memory, which has the address of 1: and the present CPSR. */
#define HYP_SNIPPET(name, text) \
    __attribute__((naked)) static void name(void) \
    { \
        __asm__ volatile(".arch_extension virt\n" \
                         "movw r1, #:lower16:hyp_memory\n movt r1, #:upper16:hyp_memory\n" \
                         "adr r2, 1f\n mrs r3, cpsr\n msr spsr_cxsf, r3\n" \
                         text "\n .balign 4\n 1: bx lr\n"); \
    }

HYP_SNIPPET(rfe, "stm r1, {r2, r3}\n rfeia r1")
HYP_SNIPPET(ldm_return, "str r2, [r1, #4]\n ldm r1, {r0, pc}^")
HYP_SNIPPET(ldm_user, "ldm r1, {r2, r3}^")
HYP_SNIPPET(stm_user, "stm r1, {r2, r3}^")

/* Each jumps to r2, with r4 = 0, r5 = ~r2 and the carry set. */
#define ALU_RETURNS(X) \
    X(ands, "ands pc, r2, r2") X(eors, "eors pc, r2, r4") X(subs, "subs pc, r2, r4") \
    X(rsbs, "rsbs pc, r4, r2") X(adds, "adds pc, r2, #0") X(adcs, "cmn r4, r4\n adcs pc, r2, r4") \
    X(sbcs, "sbcs pc, r2, r4") X(rscs, "rscs pc, r4, r2") X(orrs, "orrs pc, r2, r2") \
    X(movs, "movs pc, r2") X(bics, "bics pc, r2, #0") X(mvns, "mvns pc, r5")

#define PREPARE "mov r4, #0\n mvn r5, r2\n cmp r4, r4\n"
/* At 1: the guest must be in System mode, with the Z of SPSR, which is 0. */
#define GUEST_PREPARE "mov r3, #0xdf\n orr r3, #0x100\n msr spsr_cxsf, r3\n adr r2, 1f\n" PREPARE
#define ALU_SNIPPETS(name, text) \
    HYP_SNIPPET(hyp_##name, PREPARE text) \
    SNIPPET(guest_##name, GUEST_PREPARE text "\n nop\n 1:")
ALU_RETURNS(ALU_SNIPPETS)

static const struct alu {
    const char *name;
    void (*in_hyp)(void), (*in_guest)(void);
} alu_returns[] = {
#define ALU_ROW(name, text) { #name, hyp_##name, guest_##name },
    ALU_RETURNS(ALU_ROW)
};

static void claim_undefined(const char *group, const char *name, void (*code)(void))
{
    struct outcome o = probe_hyp(code);

    claim_outcome(group, name, o.vector == VECTOR_UNDEF && HSR_GET(o.hsr, EC) == HSR_EC_UNKNOWN &&
                  o.elr > (uint32_t)code && o.elr < (uint32_t)code + 48, &o);
}

void check_hyp_undefined(void)
{
    claim_undefined("hyp-rfe", "rfeia", rfe);
    claim_undefined("hyp-ldm-return", "ldm", ldm_return);
    claim_undefined("hyp-ldm-user", "ldm", ldm_user);
    claim_undefined("hyp-stm-user", "stm", stm_user);
    for (size_t i = 0; i < sizeof(alu_returns) / sizeof(alu_returns[0]); i++) {
        const struct alu *alu = &alu_returns[i];
        struct outcome o;

        claim_undefined("hyp-alu-return", alu->name, alu->in_hyp);
        o = probe(alu->in_guest, PSR_SVC);
        claim_outcome("alu-return", alu->name, ended_by(&o, GUEST_RAN) && o.spsr == 0x1df, &o);
    }
}
