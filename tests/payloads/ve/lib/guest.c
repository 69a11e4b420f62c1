/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Runs guest code under given Hyp controls.
 */
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "guest.h"
#include "hyp.h"
#include "sysregs.h"
#include "tap.h"

void ve_enter(const struct ve_state *state, uint32_t *hyp_sp);
extern const char ve_guest_vectors[];

/* What each CPU is running. */
static struct {
    bool running;
    bool in_hyp;                /* the guest's mode is Hyp */
    uint32_t hyp_sp;
    struct ve_record *record;
} runs[CPU_MAX];

static uint32_t hdcr_quiet;
static bool keep;

#define MPIDR_CPU 3u
#define PSR_FLAGS 0xf80f0000u           /* N, Z, C, V, Q and GE */

#define CPACR_CP10_11_FULL (0xfu << 20)
#define HDCR_HPMN 0x1fu
#define SCTLR_QUIET 0x00c50078u         /* MMU, caches and alignment checks off */
#define PMUSERENR_EN 1u
#define CNTKCTL_ALL 0x303u              /* counters and timers from PL0 */
#define FPEXC_EN (1u << 30)

__attribute__((weak)) void ve_prepare(void)
{
}

/* The PL1 side of a run; the guest of an earlier claim may have changed it. */
static void set_pl1(void)
{
    cp15_write_sctlr(SCTLR_QUIET);
    cp15_write_ttbcr(0);
    cp15_write_cpacr(CPACR_CP10_11_FULL);
    cp15_write_vbar((uint32_t)ve_guest_vectors);
    cp15_write_pmuserenr(PMUSERENR_EN);
    cp15_write_cntkctl(CNTKCTL_ALL);
}

static void set_controls(const struct ve_controls *controls)
{
    cp15_write_hcptr(VE_HCPTR_QUIET | controls->hcptr);
    cp15_write_hstr(controls->hstr);
    cp15_write_hdcr(hdcr_quiet | controls->hdcr);
    cp15_write_cnthctl(VE_CNTHCTL_QUIET & ~controls->cnthctl_clear);
    cp15_write_hcr(controls->hcr);
}

void ve_init(void)
{
    const struct ve_controls quiet = { 0 };

    hdcr_quiet = cp15_read_hdcr() & HDCR_HPMN;
    set_controls(&quiet);
    set_pl1();
    __asm__ volatile(".fpu vfpv3\n vmsr fpexc, %0" : : "r"(FPEXC_EN));
}

void ve_keep(bool on)
{
    keep = on;
}

void ve_run(const struct ve_state *state, const struct ve_controls *controls,
            struct ve_record *record)
{
    const struct ve_controls quiet = { 0 };
    unsigned cpu = cp15_read_mpidr() & MPIDR_CPU;

    if (!keep) {
        set_pl1();
        ve_prepare();
        set_controls(controls);
    }
    runs[cpu].record = record;
    runs[cpu].in_hyp = armv7_psr_mode(state->psr) == ARMV7_MODE_HYP;
    runs[cpu].running = true;
    ve_enter(state, &runs[cpu].hyp_sp);
    runs[cpu].running = false;
    if (!keep) {
        set_controls(&quiet);
    }
}

/* The banked LR and SPSR of the mode that PL1 vector @vector is entered in. */
static void read_pl1_return(struct ve_record *record)
{
    switch (record->vector) {
    case VE_VECTOR_UNDEF:
        READ_BANKED(record->pc, "lr_und");
        READ_BANKED(record->psr, "spsr_und");
        break;
    case VE_VECTOR_SVC:
        READ_BANKED(record->pc, "lr_svc");
        READ_BANKED(record->psr, "spsr_svc");
        break;
    case VE_VECTOR_IRQ:
        READ_BANKED(record->pc, "lr_irq");
        READ_BANKED(record->psr, "spsr_irq");
        break;
    case VE_VECTOR_FIQ:
        READ_BANKED(record->pc, "lr_fiq");
        READ_BANKED(record->psr, "spsr_fiq");
        break;
    case VE_VECTOR_IABT:
    case VE_VECTOR_DABT:
        READ_BANKED(record->pc, "lr_abt");
        READ_BANKED(record->psr, "spsr_abt");
        break;
    }
}

static void record_faults(struct ve_record *record)
{
    record->hdfar = cp15_read_hdfar();
    record->hifar = cp15_read_hifar();
    record->hpfar = cp15_read_hpfar();
    record->dfsr = cp15_read_dfsr();
    record->dfar = cp15_read_dfar();
    record->ifsr = cp15_read_ifsr();
    record->ifar = cp15_read_ifar();
}

static void classify(struct ve_record *record)
{
    unsigned immediate = HSR_GET(record->hsr, IMM16);

    bool from_hyp = armv7_psr_mode(record->psr) == ARMV7_MODE_HYP;

    record->outcome = VE_HYP;
    if (record->vector != (from_hyp ? VECTOR_HVC : VECTOR_TRAP) ||
        HSR_GET(record->hsr, EC) != HSR_EC_HVC) {
        return;
    }
    record->entry_psr = record->psr;
    record->entry_pc = record->pc;
    if (immediate == VE_IMM_DONE) {
        record->outcome = VE_DONE;
    } else if (immediate > VE_IMM_VECTOR && immediate < VE_IMM_VECTOR + 8) {
        record->outcome = VE_PL1;
        record->vector = immediate - VE_IMM_VECTOR;
        read_pl1_return(record);
    } else if (immediate == VE_IMM_LOST) {
        record->outcome = VE_LOST;
    }
}

__attribute__((weak)) void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    unsigned cpu = cp15_read_mpidr() & MPIDR_CPU;
    struct ve_record *record = runs[cpu].record;
    bool from_hyp = armv7_psr_mode(frame->spsr) == ARMV7_MODE_HYP;

    if (!runs[cpu].running || (from_hyp && !runs[cpu].in_hyp)) {
        tap_bail_out("exception in Hyp, vector and ELR:", vector, frame->elr);
    }
    __asm__ volatile("mrs %0, cpsr" : "=r"(record->hyp_psr));
    record->hyp_psr &= ~PSR_FLAGS;
    record->vector = vector;
    record->hsr = cp15_read_hsr();
    record->pc = frame->elr;
    record->psr = frame->spsr;
    for (unsigned i = 0; i < 13; i++) {
        record->r[i] = frame->r[i];
    }
    record->lr_usr = frame->lr_usr;
    record_faults(record);
    classify(record);
    guest_leave(runs[cpu].hyp_sp);
}
