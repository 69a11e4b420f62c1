/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Hyp stage-1 translation: VA = PA in blocks of 1 GiB, devices below DRAM; and the
 * maintenance that stage 2 needs.  DDI 0406C B3.6, B3.10, B4.2.2.
 */
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"

/* Block descriptors of level 1: AttrIndx 0 is Device, 1 is Normal (HMAIR below). */
#define BLOCK      1ull
#define AF         (1ull << 10)
#define SH_INNER   (3ull << 8)
#define AP_RES1    (1ull << 6) /* AP[1] is RES1 in Hyp's stage 1 */
#define ATTR(n)    ((uint64_t)(n) << 2)
#define XN         (1ull << 54)
#define GIB        0x40000000ull

#define HMAIR0_VALUE 0x0000ff04u /* 0: Device, 1: Normal Write-Back */
/* T0SZ 0 (32 bits, level 1), table walks Inner Shareable Write-Back; RES1 bits 31, 23. */
#define HTCR_VALUE   0x80803500u
/* The same for stage 2, with T0SZ -8 (S, [3:0]: 40 bits) and SL0 1 (level 1). */
#define VTCR_VALUE   0x80003558u
#define HSCTLR_M_C_I (1u << 0 | 1u << 2 | 1u << 12)

static const uint64_t level1[4] __attribute__((aligned(32))) = {
    0 * GIB | BLOCK | AF | AP_RES1 | ATTR(0) | XN,          /* devices */
    1 * GIB | BLOCK | AF | AP_RES1 | SH_INNER | ATTR(1),    /* DRAM */
    2 * GIB | BLOCK | AF | AP_RES1 | SH_INNER | ATTR(1),
};

void armv7_mmu_on(void)
{
    write_hmair0(HMAIR0_VALUE);
    write_hmair1(0);
    write_htcr(HTCR_VALUE);
    write_httbr((uint32_t)level1);
    write_vtcr(VTCR_VALUE);
    /* TLBIALLH, TLBIALLNSNH, ICIALLU: nothing from before the reset is to be used. */
    __asm__ volatile("mcr p15, 4, %0, c8, c7, 0\n mcr p15, 4, %0, c8, c7, 4\n"
                     "mcr p15, 0, %0, c7, c5, 0" : : "r"(0) : "memory");
    dsb(); /* all of that is done ... */
    isb(); /* ... and seen by this CPU before the MMU is on */
    write_hsctlr(read_hsctlr() | HSCTLR_M_C_I);
    isb();
}

void arch_pte_store(pte_t *slot, pte_t pte)
{
    dsb(); /* a table is complete before an entry refers to it */
    /* One STRD: single-copy atomic for walks, A3.5.3. */
    __asm__ volatile("strd %Q1, %R1, %0" : "=Qo"(*slot) : "r"(pte) : "memory");
    dsb(); /* all CPUs' walks see it from here on: they are Inner Shareable Write-Back */
}

/* TLBIALLNSNHIS: all stage-1 and stage-2 entries of all VMMs' guests, on all CPUs.  ARMv7 has no
 * operation for one VM's stage 2 short of running with its VTTBR. */
void arch_s2_flush_all(void)
{
    dsb(); /* the new entries are visible before the old are dropped */
    __asm__ volatile("mcr p15, 4, %0, c8, c3, 4" : : "r"(0) : "memory");
    dsb(); /* complete on all CPUs */
    isb();
}

void arch_s2_flush(const struct s2 *s2)
{
    (void)s2;
    arch_s2_flush_all();
}

void *arch_phys_to_virt(paddr_t pa)
{
    return (void *)(uint32_t)pa.value;
}

paddr_t arch_virt_to_phys(const void *memory)
{
    return pa_init((uint32_t)memory);
}

/* DCCISW */
void arch_dcache_clean_set_way(uint32_t value)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c14, 2" : : "r"(value) : "memory");
    dsb(); /* done before the guest goes on: it cannot wait for it with a DSB of its own order */
}

/* DCCIMVAC for each line, then ICIALLUIS.  DDI 0406C B2.2.7; lines of 64 bytes: DDI 0438 6.1 */
void arch_clean_memory(const void *memory, size_t bytes)
{
    const uint32_t line_bytes = 64;
    uint32_t at = (uint32_t)memory & ~(line_bytes - 1);
    uint32_t end = (uint32_t)memory + bytes;

    for (; at < end; at += line_bytes) {
        __asm__ volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(at) : "memory");
    }
    dsb(); /* in memory before instructions are fetched from there */
    __asm__ volatile("mcr p15, 0, %0, c7, c1, 0" : : "r"(0) : "memory");
    dsb(); /* done on all CPUs */
    isb();
}
