/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Timer interrupts while a guest runs: IHI 0048B 2.2.1 (PPIs are level-sensitive), DDI 0406C B1.8.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "hyp.h"
#include "mmio.h"
#include "parts.h"

#define LOOPS 3000u

/* Reads the counter until r0 is 0, then ends. */
static const uint32_t loop[] = {
    0xe2500001,         /* SUBS r0, r0, #1 */
    0x1afffffd,         /* BNE .-4 */
};

static void enable(const struct timer *timer, bool on)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, on);
    mmio_write32(board.gicd + (on ? GICD_ISENABLER : GICD_ICENABLER), 1u << timer->intid);
}

/* What the CPU interface gives, ended at once. */
static unsigned take(void)
{
    uint32_t iar = mmio_read32(board.gicc + GICC_IAR);

    if (gicv2_iar_intid(iar) < GICV2_INTID_GROUP) {
        mmio_write32(board.gicc + GICC_EOIR, iar);
    }
    return gicv2_iar_intid(iar);
}

/* When the timer is to fire, against when the guest is entered. */
enum due { BEFORE, DURING, NEVER, MASKED, DISABLED };
static const char *const dues[] = { "before", "during", "never", "masked", "disabled" };

static uint64_t start(const struct timer *timer, enum due due)
{
    uint64_t cval = timer->read_count();

    cval += due == NEVER ? 1ull << 40 : due == DURING ? cp15_read_cntfrq() / 2000 : 0;
    timer->write_cval(cval);
    timer->write_ctl(due == MASKED ? CTL_ENABLE | CTL_IMASK : due == DISABLED ? 0 : CTL_ENABLE);
    return cval;
}

static bool came_right(const struct timer *timer, const struct ve_probe *probe,
                       const struct ve_record *record, bool to_hyp, enum due due)
{
    if (due == NEVER || due == MASKED || due == DISABLED) {
        return ve_probe_done(probe, record) && take() == GICV2_INTID_SPURIOUS;
    }
    return record->outcome == (to_hyp ? VE_HYP : VE_PL1) &&
           record->vector == (to_hyp ? (unsigned)VECTOR_IRQ : (unsigned)VE_VECTOR_IRQ) &&
           take() == timer->intid;
}

static void claim(const struct timer *timer, unsigned mode, bool to_hyp, enum due due)
{
    const struct ve_controls controls = { .hcr = to_hyp ? ARMV7_HCR_IMO : 0 };
    struct text what = text_path(to_hyp ? "to-hyp" : "to-pl1",
                                 mode == ARMV7_MODE_USR ? "usr" : "svc", dues[due], NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint64_t cval, after;
    bool ok;

    enable(timer, true);
    ve_probe_program(&probe, loop, 2, mode);
    probe.state.r[0] = due == DURING ? 100000000u : LOOPS;
    /* Physical interrupts that go to Hyp are not masked by the guest: B1.8. */
    probe.state.psr &= to_hyp ? ~0u : ~ARMV7_PSR_I;
    cval = start(timer, due);
    ve_run(&probe.state, &controls, &record);
    after = timer->read_count();
    ok = came_right(timer, &probe, &record, to_hyp, due) && (due != DURING || after >= cval);
    timer_claim(timer, "timers/interrupt", what.s, ok);
    timers_off();
    enable(timer, false);
}

void claim_interrupts(void)
{
    tap_group("timers/interrupt", "B8.1.5, B1.8", "timer interrupts out of a guest");
    for (unsigned i = 0; i < TIMERS; i++) {
        for (enum due due = BEFORE; due <= DISABLED; due++) {
            claim(&timers[i], ARMV7_MODE_SVC, true, due);
            claim(&timers[i], ARMV7_MODE_USR, true, due);
            claim(&timers[i], ARMV7_MODE_SVC, false, due);
            claim(&timers[i], ARMV7_MODE_USR, false, due);
        }
    }
}
