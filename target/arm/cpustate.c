/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The registers of the table in CPUARMState.  This file and its header are the only ones that know
 * its fields.
 *
 * Where banked registers lie: a mode switch stores the old mode's bank and loads the new mode's,
 * so that right behind a switch every bank is valid in the arrays.  Only Hyp, when it is the mode,
 * is read from the current registers: an entry from Hyp to Hyp switches nothing.
 */
#include "qemu/osdep.h"
#include "cpu.h"
#include "internals.h"
#include "hyptrace/format/core_delta.h"
#include "target/arm/hyptrace/cpustate.h"

/* A row and where its value is. */
typedef struct RowSource {
    uint16_t at;        /* offset in CPUARMState of a uint32_t */
    uint8_t row;
    uint32_t mask;
} RowSource;

#define AT(field) offsetof(CPUARMState, field)
#define LOW_AT(field) (AT(field) + (HOST_BIG_ENDIAN ? 4 : 0))
#define HIGH_AT(field) (AT(field) + (HOST_BIG_ENDIAN ? 0 : 4))
#define LOW(id, field) { LOW_AT(field), HT_REG_##id, UINT32_MAX }
#define LOW_HIGH(id, field) LOW(id, field), { HIGH_AT(field), HT_REG_##id##_HI, UINT32_MAX }
#define WORD(id, field) { AT(field), HT_REG_##id, UINT32_MAX }
/* A timer's control without ISTATUS. */
#define TIMER(id, timer) \
    { LOW_AT(cp15.c14_timer[timer].ctl), HT_REG_##id##_CTL, 3 }, \
    LOW_HIGH(id##_CVAL, cp15.c14_timer[timer].cval)

/* From CSSELR to the instruction fault status. */
static const RowSource control_rows[] = {
    LOW(CSSELR, cp15.csselr_ns),
    LOW(SCTLR, cp15.sctlr_ns),
    LOW(HSCTLR, cp15.hsctlr),
    LOW(CPACR, cp15.cpacr_el1),
    LOW(HCPTR, cp15.cptr_el[2]),
    LOW_HIGH(TTBR0, cp15.ttbr0_ns),
    LOW_HIGH(HTTBR, cp15.ttbr0_el[2]),
    LOW_HIGH(TTBR1, cp15.ttbr1_ns),
    LOW_HIGH(VTTBR, cp15.vttbr_el2),
    LOW(TTBCR, cp15.tcr_el[1]),
    LOW(HTCR, cp15.tcr_el[2]),
    LOW(VTCR, cp15.vtcr_el2),
    LOW(DACR, cp15.dacr_ns),
    LOW(HCR, cp15.hcr_el2),
    LOW(IFSR, cp15.ifsr_ns),
};

static const RowSource trap_and_par_rows[] = {
    LOW(HSTR, cp15.hstr_el2),
    LOW_HIGH(PAR, cp15.par_ns),
};

/* From the memory attributes to the thread registers. */
static const RowSource context_rows[] = {
    WORD(MAIR0, cp15.mair0_ns),
    WORD(MAIR1, cp15.mair1_ns),
    LOW(HMAIR0, cp15.mair_el[2]),
    { HIGH_AT(cp15.mair_el[2]), HT_REG_HMAIR1, UINT32_MAX },
    LOW(VBAR, cp15.vbar_ns),
    LOW(HVBAR, cp15.hvbar),
    WORD(FCSEIDR, cp15.fcseidr_ns),
    LOW(CONTEXTIDR, cp15.contextidr_ns),
    LOW(TPIDRURW, cp15.tpidrurw_ns),
    LOW(TPIDRPRW, cp15.tpidrprw_ns),
    LOW(HTPIDR, cp15.htpidr),
    LOW(TPIDRURO, cp15.tpidruro_ns),
};

static const RowSource timer_rows[] = {
    LOW(CNTKCTL, cp15.c14_cntkctl),
    LOW(CNTHCTL, cp15.cnthctl_el2),
    LOW_HIGH(CNTVOFF, cp15.cntvoff_el2),
    TIMER(CNTP, GTIMER_PHYS),
    TIMER(CNTV, GTIMER_VIRT),
    TIMER(CNTHP, GTIMER_HYP),
};

static const RowSource banked_spsr_rows[] = {
    LOW(SPSR_SVC, banked_spsr[BANK_SVC]),
    LOW(SPSR_ABT, banked_spsr[BANK_ABT]),
    LOW(SPSR_UND, banked_spsr[BANK_UND]),
    LOW(SPSR_IRQ, banked_spsr[BANK_IRQ]),
    LOW(SPSR_FIQ, banked_spsr[BANK_FIQ]),
};

static const RowSource banked_r13_rows[] = {
    WORD(SP_ABT, banked_r13[BANK_ABT]),
    WORD(SP_UND, banked_r13[BANK_UND]),
    WORD(SP_IRQ, banked_r13[BANK_IRQ]),
    WORD(SP_FIQ, banked_r13[BANK_FIQ]),
};

static const RowSource banked_r14_rows[] = {
    WORD(LR_ABT, banked_r14[BANK_ABT]),
    WORD(LR_UND, banked_r14[BANK_UND]),
    WORD(LR_IRQ, banked_r14[BANK_IRQ]),
    WORD(LR_FIQ, banked_r14[BANK_FIQ]),
};

static const RowSource banked_fiq_rows[] = {
    WORD(R8_FIQ, fiq_regs[0]),
    WORD(R9_FIQ, fiq_regs[1]),
    WORD(R10_FIQ, fiq_regs[2]),
    WORD(R11_FIQ, fiq_regs[3]),
    WORD(R12_FIQ, fiq_regs[4]),
};

/* Rows that lie alone. */
static const RowSource single_rows[] = {
    WORD(SP_USR, banked_r13[BANK_USRSYS]),
    LOW(DFSR, cp15.dfsr_ns),
    WORD(DFAR, cp15.dfar_ns),
    WORD(IFAR, cp15.ifar_ns),
    LOW(HDCR, cp15.mdcr_el2),
    LOW(VPIDR, cp15.vpidr_el2),
    LOW(VMPIDR, cp15.vmpidr_el2),
    WORD(TEECR, teecr),
    WORD(TEEHBR, teehbr),
};

/* What says which VM and vCPU runs. */
static const RowSource identity_rows[] = {
    LOW(HCR, cp15.hcr_el2),
    LOW_HIGH(VTTBR, cp15.vttbr_el2),
    LOW(VMPIDR, cp15.vmpidr_el2),
};

#define SIZE_OF(field) sizeof_field(CPUARMState, field)
#define PART_BYTES(first, last) (AT(last) + SIZE_OF(last) - AT(first))

/* Parts of CPUARMState: X(first field, last field, first word in the shadow, rows in it). */
#define PARTS(X) \
    X(banked_spsr[BANK_SVC], banked_spsr[BANK_FIQ], 0, banked_spsr_rows) \
    X(banked_r13[BANK_ABT], banked_r13[BANK_FIQ], 5, banked_r13_rows) \
    X(banked_r14[BANK_ABT], banked_r14[BANK_FIQ], 7, banked_r14_rows) \
    X(fiq_regs, fiq_regs, 9, banked_fiq_rows) \
    X(cp15.hstr_el2, cp15.par_ns, 12, trap_and_par_rows) \
    X(cp15.c14_cntkctl, cp15.c14_timer[GTIMER_HYP], 18, timer_rows) \
    X(cp15.mair_el, cp15.tpidruro_ns, 32, context_rows) \
    X(cp15.csselr_el, cp15.ifsr_ns, 64, control_rows)

/* Above this many bytes the C library's vector code is faster than words in line. */
#define IN_LINE_BYTES_MAX 96

static uint32_t read_word(const CPUARMState *env, unsigned at)
{
    return *(const uint32_t *)((const uint8_t *)env + at);
}

/* In line with the table: then offsets, rows and masks are constants in the code. */
static inline QEMU_ALWAYS_INLINE void put_changed_rows(
    HtShadow *shadow, const CPUARMState *env, uint8_t **p, unsigned *count,
    const RowSource *rows, unsigned row_count)
{
#pragma GCC unroll 16
    for (unsigned i = 0; i < row_count; i++) {
        uint32_t value = read_word(env, rows[i].at) & rows[i].mask;

        ht_put_changed_row(shadow, p, count, rows[i].row, value);
    }
}

/* The same for a part that is rarely different. */
static G_NO_INLINE void put_changed_part(HtShadow *shadow, const CPUARMState *env, uint8_t **p,
                                            unsigned *count, const RowSource *rows,
                                            unsigned row_count)
{
    for (unsigned i = 0; i < row_count; i++) {
        uint32_t value = read_word(env, rows[i].at) & rows[i].mask;

        ht_put_changed_row(shadow, p, count, rows[i].row, value);
    }
}

/* @size_bytes is a constant and a multiple of 4. */
static inline QEMU_ALWAYS_INLINE bool part_is_same(const uint8_t *now, const uint64_t *was,
                                                   unsigned size_bytes)
{
    uint64_t difference = 0;

    if (size_bytes > IN_LINE_BYTES_MAX) {
        return memcmp(now, was, size_bytes) == 0;
    }
#pragma GCC unroll 12
    for (unsigned i = 0; i < size_bytes / 8; i++) {
        difference |= ldq_he_p(now + 8 * i) ^ was[i];
    }
    if (size_bytes % 8) {
        difference |= (uint32_t)ldl_he_p(now + size_bytes - 4) ^
                      (uint32_t)ldl_he_p(was + size_bytes / 8);
    }
    return difference == 0;
}

#define PUT_CHANGED_PART(first, last, word, rows) \
    if (!part_is_same((const uint8_t *)env + AT(first), &shadow->part[word], \
                      PART_BYTES(first, last))) { \
        memcpy(&shadow->part[word], (const uint8_t *)env + AT(first), PART_BYTES(first, last)); \
        put_changed_part(shadow, env, p, count, rows, ARRAY_SIZE(rows)); \
    }

static void put_changed_parts(HtShadow *shadow, const CPUARMState *env, uint8_t **p,
                              unsigned *count)
{
    PARTS(PUT_CHANGED_PART)
}

/* D0 to D31 as FPSCR and FPEXC lie in CPUARMState; DDI 0406C B6.1.39, B6.1.38. */
static void put_fp(HtShadow *shadow, CPUARMState *env, uint8_t **p, unsigned *count)
{
    for (unsigned n = 0; n < 32; n++) {
        uint64_t value = *aa32_vfp_dreg(env, n);

        ht_put_changed_row(shadow, p, count, HT_REG_D0 + 2 * n, value);
        ht_put_changed_row(shadow, p, count, HT_REG_D0_HI + 2 * n, value >> 32);
    }
    ht_put_changed_row(shadow, p, count, HT_REG_FPSCR, vfp_get_fpscr(env));
    ht_put_changed_row(shadow, p, count, HT_REG_FPEXC, env->vfp.xregs[ARM_VFP_FPEXC]);
}

/* Rows 0 to 15. */
static void read_core(const CPUARMState *env, uint32_t core[HT_CORE_COUNT])
{
    uint32_t mode = ht_cpu_mode(env);

    memcpy(core, env->regs, 13 * sizeof(core[0]));
    if (mode == ARM_CPU_MODE_FIQ) {
        memcpy(core + 8, env->usr_regs, sizeof(env->usr_regs));
    }
    core[HT_REG_SP_SVC] = env->banked_r13[BANK_SVC];
    core[HT_REG_LR_SVC] = env->banked_r14[BANK_SVC];
    core[HT_REG_LR_USR] = mode == ARM_CPU_MODE_HYP ? env->regs[14] : env->banked_r14[BANK_USRSYS];
}

static void put_core(HtShadow *shadow, const CPUARMState *env, uint8_t **p)
{
    uint32_t core[HT_CORE_COUNT];

    read_core(env, core);
    ht_put_core_delta(p, shadow->row, core);
    memcpy(shadow->row, core, sizeof(core));
}

static void put_hyp_bank(HtShadow *shadow, const CPUARMState *env, uint8_t **p, unsigned *count)
{
    bool in_hyp = ht_cpu_mode(env) == ARM_CPU_MODE_HYP;

    ht_put_changed_row(shadow, p, count, HT_REG_SP_HYP,
                       in_hyp ? env->regs[13] : env->banked_r13[BANK_HYP]);
    ht_put_changed_row(shadow, p, count, HT_REG_ELR_HYP, ht_cpu_elr_hyp(env));
    ht_put_changed_row(shadow, p, count, HT_REG_SPSR_HYP, ht_cpu_spsr_hyp(env));
}

void ht_put_full_delta(HtShadow *shadow, const CPUARMState *env, uint8_t **p,
                       HtPutRowsFn *more, void *opaque)
{
    uint8_t *count_at;
    unsigned count = 0;

    put_core(shadow, env, p);
    count_at = (*p)++;
    put_hyp_bank(shadow, env, p, &count);
    put_changed_rows(shadow, env, p, &count, single_rows, ARRAY_SIZE(single_rows));
    if (unlikely(shadow->virtual_pending != ht_cpu_virtual_pending(env))) {
        shadow->virtual_pending = ht_cpu_virtual_pending(env);
        ht_put_changed_row(shadow, p, &count, HT_REG_ISR, ht_cpu_isr(shadow->virtual_pending));
    }
    put_changed_parts(shadow, env, p, &count);
    if (unlikely(shadow->fp)) {
        put_fp(shadow, (CPUARMState *)env, p, &count);
    }
    if (more) {
        more(opaque, shadow, p, &count);
    }
    *count_at = count;
}

void ht_put_lean_delta(HtShadow *shadow, const CPUARMState *env, uint8_t **p)
{
    uint8_t *count_at = (*p)++;
    unsigned count = 0;

    put_changed_rows(shadow, env, p, &count, identity_rows, ARRAY_SIZE(identity_rows));
    *count_at = count;
}

void ht_put_snapshot_rows(const HtShadow *shadow, uint8_t **p)
{
    uint8_t *count_at = (*p)++;
    unsigned count = 0;

    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        if (shadow->row[row] != 0) {
            ht_put_row(p, row, shadow->row[row]);
            count++;
        }
    }
    *count_at = count;
}

/* The parts fit their places in the shadow and are made of words. */
#define CHECK_PART(first, last, word, rows) \
    QEMU_BUILD_BUG_ON(PART_BYTES(first, last) % 4 != 0 || PART_BYTES(first, last) > \
                      8 * (word < 5 ? 5 : word < 9 ? 2 : word < 12 ? 3 : word < 18 ? 6 : \
                           word < 32 ? 14 : word < 64 ? 32 : HT_SHADOW_PART_WORDS - 64));
PARTS(CHECK_PART)
QEMU_BUILD_BUG_ON(AT(teehbr) > UINT16_MAX);
