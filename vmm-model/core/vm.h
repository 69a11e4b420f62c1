/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The API of the hypervisor, in the spirit of bhyve's libvmmapi: make a VM, give it memory and
 * devices, run its vCPUs, handle the exits that come back as struct vm_exit.
 *
 * Every function takes the VM's lock itself unless it says otherwise.
 */
#ifndef VMM_CORE_VM_H
#define VMM_CORE_VM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/hyp.h"

/* What a VM is made of.  All memory is lent until vm_destroy(). */
struct vm_config {
    unsigned vcpu_count;            /* 1 to VM_VCPU_MAX */
    unsigned lr_count;              /* list registers of the hardware, 1 to VGIC_LR_MAX */
    void *table_memory;             /* for stage-2 tables, aligned to 8 KiB */
    unsigned table_page_count;      /* at least S2_ROOT_PAGES */
    struct page_pool *pool;         /* gets all but the first pages of table_memory */
    struct vmid_allocator *vmids;   /* shared by all VMs, with its lock */
    struct arch_lock *vmid_lock;
    struct sched *sched;            /* gets the vCPUs, and is told when one wakes; may be NULL */
};

/* Makes a VM in *hyp: all vCPUs off, no memory, a distributor in its reset state that no address
 * reaches yet.  Returns 0; VMM_EINVAL: config is out of range; VMM_ENOMEM: the scheduler is full. */
int vm_create(struct hyp *hyp, const struct vm_config *config);

/* Ends a VM, none of whose vCPUs runs, and takes its vCPUs off the scheduler. */
void vm_destroy(struct hyp *hyp);

/* As s2_map(), s2_unmap() and s2_protect(). */
int vm_map(struct hyp *hyp, ipaddr_t ipa, paddr_t pa, uint64_t size_bytes, unsigned attrs);
int vm_unmap(struct hyp *hyp, ipaddr_t ipa, uint64_t size_bytes);
int vm_protect(struct hyp *hyp, ipaddr_t ipa, uint64_t size_bytes, unsigned attrs);

/* Adds a device.  Returns as mmio_add(). */
int vm_add_device(struct hyp *hyp, struct mmio_region region);

/* Adds the distributor at ipa (4 KiB). */
int vm_add_vgic(struct hyp *hyp, ipaddr_t ipa);

/*
 * What PSCI SYSTEM_RESET or SYSTEM_OFF asked for: all vCPUs off, distributor and devices in their
 * reset state, the virtual count at 0; the VM runs again when the caller has put its memory in order
 * and calls vcpu_boot().  The clock (PL031) goes on.
 * Returns 0; VMM_EBUSY: a vCPU is loaded yet, it will report and be put, and the caller tries again
 * then; VMM_EINVAL: the VM has not stopped, or another CPU has done it already.
 */
int vm_reset(struct hyp *hyp);

/*
 * Writes the state of all vCPUs, of the distributor, timers and devices into buffer, without the
 * guest's memory.  *needed_bytes gets the size of that state (the same for VMs that are made alike).
 * Returns 0; VMM_ENOMEM: size_bytes is less, buffer (may be NULL for 0) holds a part of it;
 * VMM_EBUSY: a vCPU is loaded, or an access of its left as VM_EXIT_MMIO is not completed.
 * Frames on their way between VMs are not part of a VM.
 */
int vm_save(struct hyp *hyp, void *buffer, size_t size_bytes, size_t *needed_bytes);

/*
 * Puts hyp, a VM with as many vCPUs and the same devices at the same addresses, into a saved state.
 * Its virtual count goes on where it was; times on the physical count keep their distance.
 * Returns 0; VMM_EBUSY as vm_save(); VMM_EINVAL: buffer is none of vm_save()'s of this version and
 * for such a VM, and nothing has changed.  Any buffer is safe: what it says is checked before.
 */
int vm_restore(struct hyp *hyp, const void *buffer, size_t size_bytes);

/* Starts a vCPU at entry with R0 to R2 as a kernel's boot protocol wants them.  VMM_EBUSY: it is
 * on. */
int vcpu_boot(struct hypctx *ctx, uint32_t entry, uint32_t r0, uint32_t r1, uint32_t r2);

/*
 * Runs ctx on this CPU, whose number is cpu, until something happens that the core does not handle
 * or the count reaches slice_end (VM_EXIT_PREEMPTED).  No other vCPU may be loaded here, see
 * vcpu_put(); interrupts are masked.
 *
 * The exits that come back, and what the caller does before it runs ctx again:
 *   VM_EXIT_IRQ          handles the interrupt u.irq.intid, which is acknowledged and ended
 *   VM_EXIT_WFI, WFE     nothing is pending: waits for vtimer_deadline() or a wake-up if it likes
 *   VM_EXIT_ABORT        no memory and no device there: vm_map()s and lets the guest try again,
 *                        or calls vcpu_emulate(), or vcpu_inject_abort()
 *   VM_EXIT_MMIO         does u.mmio and calls vcpu_mmio_complete()
 *   VM_EXIT_HVC          a call that is none of PSCI or SMCCC; R0 is NOT_SUPPORTED
 *   VM_EXIT_SMC          likewise
 *   VM_EXIT_OFF          runs it again when PSCI has started it
 *   VM_EXIT_SYSTEM_OFF, VM_EXIT_SYSTEM_RESET
 *                        all vCPUs report this; ctx is put
 *   VM_EXIT_FIQ, VM_EXIT_HYP_FAULT
 *                        does what it thinks right: neither is the guest's doing
 */
struct vm_exit vcpu_run(struct hypctx *ctx, unsigned cpu, uint64_t slice_end);

/* Takes ctx off the CPU that calls, if it is loaded there. */
void vcpu_put(struct hypctx *ctx);

/* Tries to emulate the access of a VM_EXIT_ABORT as one to a device that the caller has: true, and
 * *exit becomes VM_EXIT_MMIO.  False: it cannot be emulated. */
bool vcpu_emulate(struct hypctx *ctx, struct vm_exit *exit);

/* The access of VM_EXIT_MMIO is done; value is what was read (ignored for writes). */
void vcpu_mmio_complete(struct hypctx *ctx, uint32_t value);

/* The access of VM_EXIT_ABORT or VM_EXIT_MMIO fails: the guest sees an external abort. */
void vcpu_inject_abort(struct hypctx *ctx, const struct vm_exit *exit);

/* Sets the level of an interrupt line of the VM, 32 to VGIC_IRQ_COUNT - 1.  VMM_EINVAL: another
 * number. */
int vm_assert_irq(struct hyp *hyp, unsigned intid, bool level);

/* Registers by number, for vm_get_register() and vm_set_register(). */
enum vm_register {
    VM_REG_R0,
    VM_REG_R12 = VM_REG_R0 + 12,
    VM_REG_PC,
    VM_REG_CPSR,
    VM_REG_SP_USR,                          /* then SVC, ABT, UND, IRQ, FIQ */
    VM_REG_LR_USR = VM_REG_SP_USR + BANK_COUNT,
    VM_REG_SPSR_USR = VM_REG_LR_USR + BANK_COUNT, /* [USR] does not exist */
    VM_REG_R8_FIQ = VM_REG_SPSR_USR + BANK_COUNT,
    VM_REG_SCTLR = VM_REG_R8_FIQ + 5,
    VM_REG_VBAR,
    VM_REG_TTBR0,
    VM_REG_TTBR1,
    VM_REG_TTBCR,
    VM_REG_DFSR,
    VM_REG_DFAR,
    VM_REG_IFSR,
    VM_REG_IFAR,
    VM_REG_CONTEXTIDR,
    VM_REG_COUNT,
};

/* A register of a vCPU that does not run.  VMM_EINVAL: no such register; VMM_EBUSY: it runs. */
int vm_get_register(struct hypctx *ctx, enum vm_register reg, uint64_t *value);
int vm_set_register(struct hypctx *ctx, enum vm_register reg, uint64_t value);

/* How often ctx left its guest for each reason since vm_create(): VM_EXIT_CODE_COUNT numbers. */
void vm_stats(struct hypctx *ctx, uint64_t *exits);

#endif
