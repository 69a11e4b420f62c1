/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the core needs of a machine.  arch/armv7 does it on the board, arch/fake on the host.  The
 * fake differs on purpose where an implementation may: its table entries are packed otherwise
 * than LPAE's, and it fills the memory copy of registers with rubbish while "the hardware" has
 * them.  The core holds all decisions, these functions none.
 */
#ifndef VMM_ARCH_ARCH_H
#define VMM_ARCH_ARCH_H

#include <stddef.h>
#include "core/addr.h"
#include "core/exit.h"
#include "core/stage2.h"

struct hypctx;

/* ---- Stage-2 table entries.  level is 1 to 3 as in stage2.h. ---- */

/* An entry that refers to the next level's table, 4 KiB aligned. */
pte_t arch_pte_table(unsigned level, paddr_t table);

/* An entry that maps a page (level 3) or a block to pa, aligned to its size. */
pte_t arch_pte_leaf(unsigned level, paddr_t pa, unsigned attrs);

/* 0 is an absent entry in every architecture. */
enum pte_kind arch_pte_kind(unsigned level, pte_t pte);

/* Address that a table or leaf entry holds. */
paddr_t arch_pte_pa(unsigned level, pte_t pte);

/* enum s2_attrs of a leaf. */
unsigned arch_pte_attrs(unsigned level, pte_t pte);

/* Stores pte in *slot in one piece; table walks of all CPUs see it, and all stores before it,
 * from the return on. */
void arch_pte_store(pte_t *slot, pte_t pte);

/* Removes all of a VM's stage-1 and stage-2 translations from the TLBs of all CPUs. */
void arch_s2_flush(const struct s2 *s2);

/* Removes all translations of all VMs from the TLBs of all CPUs. */
void arch_s2_flush_all(void);

/* Memory of the hypervisor's or a guest's RAM. */
void *arch_phys_to_virt(paddr_t pa);
paddr_t arch_virt_to_phys(const void *memory);

/* ---- A vCPU on this CPU ---- */

/* Puts ctx's registers into this CPU: banked registers, CP15, VTTBR and HCR, timer.  Nothing else
 * is loaded on this CPU, and ctx on no other. */
void arch_vcpu_load(struct hypctx *ctx);

/* The opposite: all of ctx is in memory, nothing is loaded. */
void arch_vcpu_put(struct hypctx *ctx);

/* Makes ctx->regs and ctx->sys complete while ctx is loaded; what the caller then changes there
 * is in force at the next arch_enter_guest(). */
void arch_vcpu_pull(struct hypctx *ctx);

/* Runs the loaded vCPU until an exception comes to Hyp.  The caller has interrupts masked.  Fills
 * ctx->trap and ctx->regs.r[], lr[BANK_USR], pc and cpsr. */
void arch_enter_guest(struct hypctx *ctx);

/* Gives the floating-point registers to the loaded ctx, which is about to use them (HCPTR trap);
 * no further accesses trap until arch_vcpu_put(). */
void arch_vfp_load(struct hypctx *ctx);

/* Translates va as the loaded guest would in its current mode for a read (stage 1 only); true and
 * *ipa filled if it is mapped. */
bool arch_translate_va(struct hypctx *ctx, uint32_t va, ipaddr_t *ipa);

/* ---- Interrupts and time ---- */

/* Reads and writes the virtual interface of this CPU; offset is that of a GICH register. */
uint32_t arch_gich_read(unsigned offset);
void arch_gich_write(unsigned offset, uint32_t value);

/* Acknowledges this CPU's most urgent physical interrupt and ends it: drops the priority and, but
 * for the virtual timer's, which the guest ends, deactivates it.  Returns its number, or
 * GICV2_INTID_SPURIOUS. */
unsigned arch_irq_ack(void);

/* The SGI that arch_kick() sends. */
#define ARCH_KICK_SGI 1

/* Makes the physical interrupt active or inactive on this CPU, as the guest's copy is. */
void arch_irq_set_active(unsigned intid, bool active);

/* CNTPCT, in ticks of CNTFRQ. */
uint64_t arch_counter(void);

/* Asks for an interrupt of this CPU (VM_EXIT_IRQ) when the counter reaches deadline;
 * UINT64_MAX: none. */
void arch_timer_set(uint64_t deadline_ticks);

/* Makes CPU cpu leave its guest or its sleep soon. */
void arch_kick(unsigned cpu);

/* ---- Caches and locks ---- */

/* Cleans and invalidates by set and way on this CPU; value as in DCCISW. */
void arch_dcache_clean_set_way(uint32_t value);

/* Cleans and invalidates memory from the data caches, so that a guest without its MMU, which reads
 * past them, finds what was written; and drops what the instruction caches had. */
void arch_clean_memory(const void *memory, size_t bytes);

/* A spinlock; 0 is free.  Not recursive; interrupts are masked in Hyp. */
struct arch_lock {
    uint32_t taken;
};
void arch_lock(struct arch_lock *lock);
void arch_unlock(struct arch_lock *lock);

/* A register of this CPU that a guest is to see as it is: CP15 or CP14 by armv7_cpreg_key(). */
uint32_t arch_cpreg_read(unsigned coproc, unsigned key);

#endif
