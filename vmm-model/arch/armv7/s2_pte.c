/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage-2 entries in the Long-descriptor format.  DDI 0406C B3.6.1, B3.6.2.
 * No instruction of the CPU here: a test of the host has it too.
 */
#include "arch/arch.h"

#define VALID        (1ull << 0)
#define TABLE        (1ull << 1)   /* levels 1 and 2: a table; level 3: a page */
#define MEM_DEVICE   (1ull << 2)   /* MemAttr[3:0] in [5:2] */
#define MEM_NORMAL   (15ull << 2)  /* Outer and Inner Write-Back */
#define S2AP_R       (1ull << 6)
#define S2AP_W       (1ull << 7)
#define SH_INNER     (3ull << 8)
#define AF           (1ull << 10)
#define XN           (1ull << 54)
#define SW_LOGGED    (1ull << 55)  /* [58:55] are software's */
#define ADDRESS      0xfffffff000ull

pte_t arch_pte_table(unsigned level, paddr_t table)
{
    (void)level;
    return table.value | TABLE | VALID;
}

pte_t arch_pte_leaf(unsigned level, paddr_t pa, unsigned attrs)
{
    return pa.value | VALID | AF | SH_INNER | (level == S2_LEVEL_LAST ? TABLE : 0) |
           (attrs & S2_DEVICE ? MEM_DEVICE : MEM_NORMAL) | (attrs & S2_R ? S2AP_R : 0) |
           (attrs & S2_W ? S2AP_W : 0) | (attrs & S2_X ? 0 : XN) |
           (attrs & S2_LOGGED ? SW_LOGGED : 0);
}

enum pte_kind arch_pte_kind(unsigned level, pte_t pte)
{
    if (!(pte & VALID)) {
        return PTE_ABSENT;
    }
    return level < S2_LEVEL_LAST && (pte & TABLE) ? PTE_TABLE : PTE_LEAF;
}

paddr_t arch_pte_pa(unsigned level, pte_t pte)
{
    (void)level;
    return pa_init(pte & ADDRESS);
}

unsigned arch_pte_attrs(unsigned level, pte_t pte)
{
    (void)level;
    return (pte & S2AP_R ? S2_R : 0) | (pte & S2AP_W ? S2_W : 0) | (pte & XN ? 0 : S2_X) |
           ((pte & MEM_NORMAL) == MEM_NORMAL ? 0 : S2_DEVICE) |
           (pte & SW_LOGGED ? S2_LOGGED : 0);
}
