/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine made of C for tests of the core: what arch.h promises, with eyes on the caller.  It
 * aborts, in fake_check(), when the core does what the architecture forbids: changes a valid table
 * entry without break before make, enters a guest with a lock held or the wrong vCPU loaded.
 */
#ifndef VMM_ARCH_FAKE_H
#define VMM_ARCH_FAKE_H

#include <stddef.h>
#include "core/hyp.h"

#define FAKE_CPU_COUNT   2
#define FAKE_RAM_BASE    0x80000000ull
#define FAKE_RAM_BYTES   (16u << 20)
#define FAKE_POISON      0xdeadbeefu
#define FAKE_LR_COUNT    4

/* What the guest does until its next exit; it may change fake.hw and ctx->regs. */
typedef struct trap_regs fake_guest_fn(struct hypctx *ctx, void *opaque);

/* The virtual interface of a CPU: GICH's registers, on which GICV works (gicv.c). */
struct fake_gich {
    uint32_t hcr, vmcr, apr;
    uint32_t lr[FAKE_LR_COUNT];
};

struct fake {
    uint64_t counter;
    unsigned cpu;                    /* the CPU that is executing */
    fake_guest_fn *guest;
    void *guest_opaque;
    unsigned irq;                    /* what arch_irq_ack() gives next */
    bool va_mapped;                  /* arch_translate_va(): IPA = VA, or nothing */

    struct fake_gich gich[FAKE_CPU_COUNT];
    struct hypctx *loaded[FAKE_CPU_COUNT];
    struct {
        struct guest_regs regs;
        struct guest_sysregs sys;
        struct timer_regs virt;
    } hw[FAKE_CPU_COUNT];

    /* What was asked for */
    unsigned flush_count, flush_all_count, enter_count, vfp_load_count;
    unsigned gich_access_count;
    unsigned kick_count[FAKE_CPU_COUNT];
    uint64_t timer_deadline[FAKE_CPU_COUNT];
    uint32_t irq_active[FAKE_CPU_COUNT]; /* a bit for each private interrupt */
    uint32_t set_way;                /* the last arch_dcache_clean_set_way() */
    size_t cleaned_bytes;            /* by arch_clean_memory() */
    unsigned locks_held;

    /* Slots that were made absent since the last flush */
    pte_t *broken[4096];
    unsigned broken_count;
};

extern struct fake fake;

/* Back to the state after power-on; RAM is zeroed. */
void fake_reset(void);

/* bytes of RAM from offset on, as the hypervisor sees them. */
void *fake_ram(size_t offset);

/* Stops the test if condition is false. */
void fake_check(bool condition, const char *what);

/* The guest's view of GICV on the CPU that executes.  IHI 0048B 5.5: results as of GICV_IAR and
 * so on. */
uint32_t gicv_iar(struct fake_gich *gich);
void gicv_eoir(struct fake_gich *gich, uint32_t value);
uint32_t gicv_hppir(const struct fake_gich *gich);
bool gicv_irq(const struct fake_gich *gich);            /* the virtual IRQ line */
bool gicv_maintenance(const struct fake_gich *gich);    /* the maintenance interrupt */

#endif
