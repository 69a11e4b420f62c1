/* SPDX-License-Identifier: BSD-2-Clause */
/* Host state that is set once and looked at again when guests have run. */
#include <stddef.h>
#include "hosted/host_state.h"

#define CPU_COUNT 2

void host_vfp_fill(const uint64_t d[32]);
void host_vfp_store(uint64_t d[32]);

#define BANKED(do) \
    do(lr_svc) do(spsr_svc) do(sp_abt) do(lr_abt) do(spsr_abt) do(sp_und) do(lr_und) \
    do(spsr_und) do(sp_fiq) do(lr_fiq) do(spsr_fiq) do(r8_fiq) do(r9_fiq) do(r10_fiq) \
    do(r11_fiq) do(r12_fiq)

/* do(name, opc1, crn, crm, opc2): with patterns, and controls that stay as they are. */
#define CP15(do) \
    do(tpidrurw, 0, c13, c0, 2) do(tpidruro, 0, c13, c0, 3) do(tpidrprw, 0, c13, c0, 4) \
    do(dfar, 0, c6, c0, 0) do(ifar, 0, c6, c0, 2) do(adfsr, 0, c5, c1, 0)
#define MMU(do) \
    do(sctlr, 0, c1, c0, 0) do(cpacr, 0, c1, c0, 2) do(ttbr0, 0, c2, c0, 0) \
    do(ttbr1, 0, c2, c0, 1) do(ttbcr, 0, c2, c0, 2) do(dacr, 0, c3, c0, 0) \
    do(prrr, 0, c10, c2, 0) do(nmrr, 0, c10, c2, 1) do(vbar, 0, c12, c0, 0) \
    do(contextidr, 0, c13, c0, 1) do(cntkctl, 0, c14, c1, 0) do(mpidr, 0, c0, c0, 5)

#define GET_BANKED(name) __asm__ volatile("mrs %0, " #name : "=r"(*at++));
#define SET_BANKED(name) __asm__ volatile("msr " #name ", %0" : : "r"(*at++));
#define GET_CP15(name, opc1, crn, crm, opc2) \
    __asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(*at++));
#define SET_CP15(name, opc1, crn, crm, opc2) \
    __asm__ volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : : "r"(*at++));
#define ONE(...) + 1

#define BANKED_COUNT (BANKED(ONE))
#define CP15_COUNT   (CP15(ONE))
#define MMU_COUNT    (MMU(ONE))
#define VFP_COUNT    64

static struct {
    uint32_t banked[BANKED_COUNT], cp15[CP15_COUNT], mmu[MMU_COUNT];
    union {
        uint64_t d[32];
        uint32_t word[VFP_COUNT];
    } vfp;
} kept[CPU_COUNT];

static void fill(uint32_t *at, size_t count, uint32_t salt)
{
    for (size_t i = 0; i < count; i++) {
        at[i] = salt * 0x01000193u + (uint32_t)i * 0x00010010u;
    }
}

static void get_banked(uint32_t *at)
{
    BANKED(GET_BANKED)
}

static void get_cp15(uint32_t *at)
{
    CP15(GET_CP15)
}

static void get_mmu(uint32_t *at)
{
    MMU(GET_CP15)
}

void host_state_set(unsigned cpu, uint32_t salt)
{
    const uint32_t *at = kept[cpu].banked;

    fill(kept[cpu].banked, BANKED_COUNT, salt);
    BANKED(SET_BANKED)
    fill(kept[cpu].cp15, CP15_COUNT, salt + 1);
    at = kept[cpu].cp15;
    CP15(SET_CP15)
    fill(kept[cpu].vfp.word, VFP_COUNT, salt + 2);
    host_vfp_fill(kept[cpu].vfp.d);
    get_banked(kept[cpu].banked); /* what a PSR or a status register does not implement */
    get_cp15(kept[cpu].cp15);
    get_mmu(kept[cpu].mmu);
}

static unsigned differences(const uint32_t *a, const uint32_t *b, size_t count)
{
    unsigned different = 0;

    for (size_t i = 0; i < count; i++) {
        different += a[i] != b[i];
    }
    return different;
}

unsigned host_state_differs(unsigned cpu, enum host_state_kind kind)
{
    static union {
        uint64_t d[32];
        uint32_t word[VFP_COUNT];
    } now[CPU_COUNT];
    uint32_t *word = now[cpu].word;

    switch (kind) {
    case HOST_STATE_BANKED:
        get_banked(word);
        return differences(word, kept[cpu].banked, BANKED_COUNT);
    case HOST_STATE_CP15:
        get_cp15(word);
        return differences(word, kept[cpu].cp15, CP15_COUNT);
    case HOST_STATE_MMU:
        get_mmu(word);
        return differences(word, kept[cpu].mmu, MMU_COUNT);
    case HOST_STATE_VFP:
        host_vfp_store(now[cpu].d);
        return differences(word, kept[cpu].vfp.word, VFP_COUNT);
    }
    return 1;
}
