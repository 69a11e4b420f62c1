/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bytes of a trapped instruction, read through the software TLB.
 */
#include "qemu/osdep.h"
#include "cpu.h"
#include "internals.h"
#include "exec/cpu-all.h"
#include "exec/target_page.h"
#include "exec/tlb-common.h"
#include "target/arm/hyptrace/insn.h"

/* The host address of code at @pc if the TLB has its page and the page is RAM or ROM, or NULL. */
static const uint8_t *code_in_tlb(CPUARMState *env, uint32_t pc)
{
    CPUTLBDescFast *fast = &env_cpu(env)->neg.tlb.f[arm_env_mmu_index(env)];
    uintptr_t index = (pc >> TARGET_PAGE_BITS) & (fast->mask >> CPU_TLB_ENTRY_BITS);
    const CPUTLBEntry *entry = &fast->table[index];

    /* Any flag, or an invalid entry, makes the comparison fail. */
    if (entry->addr_code != (pc & TARGET_PAGE_MASK)) {
        return NULL;
    }
    return (const uint8_t *)(entry->addend + pc);
}

/* DDI 0406C A6.1: the first halfword of a 32-bit Thumb instruction begins with 0b11101 or more. */
static bool is_short(uint16_t first, bool thumb)
{
    return thumb && first < 0xe800;
}

void ht_insn_fetch(HtInsn *insn, CPUARMState *env, uint32_t pc, bool thumb)
{
    const uint8_t *code = code_in_tlb(env, pc);

    insn->halfwords = 0;
    if (!code) {
        return;
    }
    insn->halfword[0] = lduw_le_p(code);
    if (is_short(insn->halfword[0], thumb)) {
        insn->halfwords = 1;
        return;
    }
    code += 2;
    if (((pc + 2) & ~TARGET_PAGE_MASK) == 0) {
        code = code_in_tlb(env, pc + 2);
    }
    if (code) {
        insn->halfword[1] = lduw_le_p(code);
        insn->halfwords = 2;
    }
}
