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

static bool fetch_halfword(uint16_t *halfword, CPUARMState *env, uint32_t pc)
{
    const uint8_t *code = code_in_tlb(env, pc);

    if (!code) {
        return false;
    }
    *halfword = lduw_le_p(code);
    return true;
}

/* DDI 0406C A6.1: the first halfword of a 32-bit Thumb instruction begins with 0b11101 or more. */
static bool is_long_thumb(uint16_t first)
{
    return first >= 0xe800;
}

void ht_insn_fetch(HtInsn *insn, CPUARMState *env, uint32_t pc, bool thumb)
{
    insn->halfwords = 0;
    if (!fetch_halfword(&insn->halfword[0], env, pc)) {
        return;
    }
    if (thumb && !is_long_thumb(insn->halfword[0])) {
        insn->halfwords = 1;
    } else if (fetch_halfword(&insn->halfword[1], env, pc + 2)) {
        insn->halfwords = 2;
    }
}
