/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The registers of the table (hyptrace/format/regs.h) in CPUARMState, and a shadow of them that
 * tells what changed.  This header and cpustate.c are the only files that know the fields of
 * CPUARMState.
 */
#ifndef TARGET_ARM_HYPTRACE_CPUSTATE_H
#define TARGET_ARM_HYPTRACE_CPUSTATE_H

#include "cpu.h"
#include "internals.h"
#include "hyptrace/format/put.h"
#include "hyptrace/format/regs.h"

/* Copies of whole parts of CPUARMState: equal parts need no look at their registers. */
#define HT_SHADOW_PART_WORDS 160

typedef struct HtShadow {
    uint32_t row[HT_REG_COUNT];             /* values as of the CPU's last event */
    uint32_t virtual_pending;               /* what row ISR is made of */
    bool fp;                                /* VFP registers count too */
    uint64_t part[HT_SHADOW_PART_WORDS];
} HtShadow;

/* Writes the registers of the interrupt controller that changed; see gic.h. */
typedef void HtPutRowsFn(void *opaque, HtShadow *shadow, uint8_t **p, unsigned *count);

/**
 * ht_put_full_delta: writes a delta (docs/trace-format.md) with coded registers and all rows, and
 * updates the shadow.
 * @more, @opaque: called for rows that are not in @env; may be NULL.
 * Call from an el_change hook behind the change, or while the CPU is in Hyp: only then do the
 * banked registers lie where this looks for them.
 */
void ht_put_full_delta(HtShadow *shadow, const CPUARMState *env, uint8_t **p,
                       HtPutRowsFn *more, void *opaque);

/** ht_put_lean_delta: the same with only the rows that say which VM and vCPU runs. */
void ht_put_lean_delta(HtShadow *shadow, const CPUARMState *env, uint8_t **p);

/** ht_put_snapshot_rows: writes every row of the shadow that is not 0. */
void ht_put_snapshot_rows(const HtShadow *shadow, uint8_t **p);

/** ht_put_changed_row: writes a row if @value is not the shadow's. */
static inline void ht_put_changed_row(HtShadow *shadow, uint8_t **p, unsigned *count,
                                      unsigned row, uint32_t value)
{
    if (shadow->row[row] != value) {
        shadow->row[row] = value;
        ht_put_row(p, row, value);
        (*count)++;
    }
}


/* What events carry besides rows, from either mode's side of an entry or a return. */

static inline uint32_t ht_cpu_mode(const CPUARMState *env)
{
    return env->uncached_cpsr & CPSR_M;
}

static inline uint32_t ht_cpu_pc(const CPUARMState *env)
{
    return env->regs[15];
}

static inline uint32_t ht_cpu_cpsr(CPUARMState *env)
{
    return cpsr_read(env);
}

static inline bool ht_cpu_thumb(const CPUARMState *env)
{
    return env->thumb;
}

/* The CPU sleeps because of a WFE, if it does. */
static inline bool ht_cpu_in_wfe(const CPUARMState *env)
{
    return qatomic_read(&env->in_wfe);
}

static inline uint32_t ht_cpu_elr_hyp(const CPUARMState *env)
{
    return env->elr_el[2];
}

static inline uint32_t ht_cpu_spsr_hyp(const CPUARMState *env)
{
    return ht_cpu_mode(env) == ARM_CPU_MODE_HYP ? env->spsr : env->banked_spsr[BANK_HYP];
}

static inline uint32_t ht_cpu_hsr(const CPUARMState *env)
{
    return env->cp15.hsr;
}

/* HDFAR and HIFAR share a field with the Secure fault addresses, as QEMU's entry to Hyp does. */
static inline uint32_t ht_cpu_hdfar(const CPUARMState *env)
{
    return env->cp15.dfar_s;
}

static inline uint32_t ht_cpu_hifar(const CPUARMState *env)
{
    return env->cp15.ifar_s;
}

static inline uint32_t ht_cpu_hpfar(const CPUARMState *env)
{
    return env->cp15.hpfar_el2;
}

static inline bool ht_cpu_stage2_on(const CPUARMState *env)
{
    return env->cp15.hcr_el2 & HCR_VM;
}

/* Of CPUState.interrupt_request, the virtual interrupts. */
static inline uint32_t ht_cpu_virtual_pending(const CPUARMState *env)
{
    return env_cpu((CPUARMState *)env)->interrupt_request &
           (CPU_INTERRUPT_VIRQ | CPU_INTERRUPT_VFIQ | CPU_INTERRUPT_VSERR);
}

/* ISR as a guest reads it with HCR.{AMO,IMO,FMO} = 1: DDI 0406C B4.1.83. */
static inline uint32_t ht_cpu_isr(uint32_t pending)
{
    return (pending & CPU_INTERRUPT_VIRQ ? CPSR_I : 0) |
           (pending & CPU_INTERRUPT_VFIQ ? CPSR_F : 0) |
           (pending & CPU_INTERRUPT_VSERR ? CPSR_A : 0);
}

/* The exception about to be taken goes to Hyp.  Its syndrome is not the guest's yet. */
static inline bool ht_cpu_exception_to_hyp(const CPUARMState *env)
{
    return env->exception.target_el == 2;
}

#endif
