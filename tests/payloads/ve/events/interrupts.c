/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Interrupts and WFE: only one that would be taken ends it, where WFI ends by masked ones too.
 * DDI 0406C B1.8.13, B1.8.14.  The interrupt is CNTHP's, long before the watch's next
 * event.
 */
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "events.h"
#include "hyp.h"
#include "judge.h"
#include "mmio.h"

#define ISR_I (1u << 7)

static void timer_init(void)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicd + GICD_ISENABLER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);
}

static void timer_arm(void)
{
    cp15_write_cnthp_cval(cp15_read_cntpct() + WATCH_PERIOD / 4);
    cp15_write_cnthp_ctl(1);
}

static void timer_stop(void)
{
    cp15_write_cnthp_ctl(0);
}

static bool was_pending;

static void wfe_with_timer(void)
{
    timer_arm();
    wfe();
    was_pending |= (cp15_read_isr() & ISR_I) != 0;
    timer_stop();
}

static void wfi_with_timer(void)
{
    timer_arm();
    __asm__ volatile("wfi" : : : "memory");
}

/* A virtual interrupt in Hyp, and a physical one that is masked there. */
static void claim_masked_in_hyp(void)
{
    bool ok = watch_waits(wfe_with_timer);

    tap_claim(ok && was_pending, "events/interrupt/hyp/masked-irq/wfe-waits", "");
    tap_claim(watch_passes(wfi_with_timer), "events/interrupt/hyp/masked-irq/wfi-ends", "");
    timer_stop();
    cp15_write_hcr(ARMV7_HCR_VI | ARMV7_HCR_IMO | ARMV7_HCR_VF | ARMV7_HCR_FMO);
    tap_claim(watch_waits(wfe), "events/interrupt/hyp/virtual/wfe-waits", "");
    cp15_write_hcr(0);
}

static const struct guest_wait {
    const char *name;
    uint32_t hcr, unmasked;
    unsigned mode;
    bool timer;
    enum ve_outcome outcome;    /* VE_DONE: WFE waits for the watch, and nothing is taken */
    unsigned vector;
} guest_waits[] = {
    { "svc/irq-masked", 0, 0, ARMV7_MODE_SVC, true, VE_DONE, 0 },
    { "svc/irq-unmasked", 0, ARMV7_PSR_I, ARMV7_MODE_SVC, true, VE_PL1, VE_VECTOR_IRQ },
    { "usr/irq-unmasked", 0, ARMV7_PSR_I, ARMV7_MODE_USR, true, VE_PL1, VE_VECTOR_IRQ },
    { "svc/irq-masked-imo", ARMV7_HCR_IMO, 0, ARMV7_MODE_SVC, true, VE_HYP, VECTOR_IRQ },
    { "svc/irq-unmasked-imo", ARMV7_HCR_IMO, ARMV7_PSR_I, ARMV7_MODE_SVC, true, VE_HYP,
      VECTOR_IRQ },
    { "usr/irq-masked-imo", ARMV7_HCR_IMO, 0, ARMV7_MODE_USR, true, VE_HYP, VECTOR_IRQ },
    { "svc/vi-masked", ARMV7_HCR_IMO | ARMV7_HCR_VI, 0, ARMV7_MODE_SVC, false, VE_DONE, 0 },
    { "svc/vf-masked", ARMV7_HCR_FMO | ARMV7_HCR_VF, 0, ARMV7_MODE_SVC, false, VE_DONE, 0 },
    { "svc/va-masked", ARMV7_HCR_AMO | ARMV7_HCR_VA, 0, ARMV7_MODE_SVC, false, VE_DONE, 0 },
    { "svc/vi-not-routed", ARMV7_HCR_VI, ARMV7_PSR_I, ARMV7_MODE_SVC, false, VE_DONE, 0 },
};

/* What an entry to PL1 records is LR, 4 behind the instruction to return to. */
static bool is_right(const struct guest_wait *w, const struct ve_probe *probe,
                     const struct ve_record *record)
{
    uint32_t behind = probe->insn + 4;

    if (w->outcome == VE_DONE) {
        return ve_probe_done(probe, record);
    }
    return record->outcome == w->outcome && record->vector == w->vector &&
           record->pc == behind + (w->outcome == VE_PL1 ? 4 : 0);
}

/* Whether the guest came back before the watch's next event. */
static bool run_guest(const struct guest_wait *w, const struct ve_probe *probe,
                      struct ve_record *record)
{
    const struct ve_controls controls = { .hcr = w->hcr };
    uint64_t before;

    watch_start();
    watch_align();
    before = transitions(cp15_read_cntpct(), WATCH_EVNTI, false);
    if (w->timer) {
        timer_arm();
    }
    ve_run(&probe->state, &controls, record);
    timer_stop();
    return transitions(cp15_read_cntpct(), WATCH_EVNTI, false) == before;
}

static void claim_guest(const struct guest_wait *w)
{
    /* The first WFE clears the register, which the return to the guest set. */
    static const struct ve_insn two_wfe = {
        .arm = 0xe320f002, .arm_unconditional = true, .arm_before = 0xe320f002,
    };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name = { 0 }, detail = { 0 };
    bool ok = false;

    ve_probe_make(&probe, &two_wfe, VE_ARM, w->mode);
    probe.state.psr &= ~w->unmasked;
    for (unsigned i = 0; i < TRIES && !ok; i++) {
        bool early = run_guest(w, &probe, &record);

        ok = is_right(w, &probe, &record) && early == (w->outcome != VE_DONE);
        if (w->outcome == VE_DONE && early) {
            break;      /* it never may */
        }
    }
    text_add(&name, "events/interrupt/");
    text_add(&name, w->name);
    ve_describe(&detail, &record);
    tap_claim(ok, name.s, detail.s);
}

/* ve_run() makes CNTHCTL quiet: a guest's watch is CNTKCTL's, in step with it. */
void ve_prepare(void)
{
    cp15_write_cntkctl(cp15_read_cntkctl() | EVNTEN | EVNTI(WATCH_EVNTI));
    sev();
}

void claim_interrupts(void)
{
    tap_group("events/interrupt", "B1.8", "only an interrupt that would be taken ends WFE");
    timer_init();
    claim_masked_in_hyp();
    for (unsigned i = 0; i < sizeof(guest_waits) / sizeof(guest_waits[0]); i++) {
        claim_guest(&guest_waits[i]);
    }
}
