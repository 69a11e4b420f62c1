/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: is the Generic Timer what DDI 0406C B8 says, for Hyp and for its guests?
 *
 *   access     each register from PL1 under each CNTHCTL, from PL0 under each CNTHCTL and CNTKCTL:
 *              completes, is UNDEFINED, or traps to Hyp with its syndrome (B8.1.1, B8.1.6); Hyp
 *              always has it
 *   moves      what PL1 and PL0 write is what Hyp reads, and the other way round
 *   value      CVAL, TVAL and CTL: 64-bit compare, signed TVAL, ISTATUS with and without IMASK,
 *              wrap-around of the virtual counter (B8.1.5)
 *   offset     CNTVCT is CNTPCT - CNTVOFF in Hyp, PL1 and PL0; nothing else moves (B8.1.2)
 *   line       the interrupt is asserted if ENABLE and ISTATUS and not IMASK
 *   interrupt  taken to Hyp with HCR.IMO and to PL1 without, not before its time
 * Bounds come from reading the counter before and after, so that a busy host does not matter.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "board.h"
#include "hyp.h"
#include "mmio.h"
#include "parts.h"

CP15_32(cntp_ctl, 0, c14, c2, 1)
CP15_32(cntp_tval, 0, c14, c2, 0)
CP15_64(cntp_cval, 2, c14)
CP15_32(cntv_ctl, 0, c14, c3, 1)
CP15_32(cntv_tval, 0, c14, c3, 0)
CP15_64(cntv_cval, 3, c14)
CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_32(cnthp_tval, 4, c14, c2, 0)
CP15_64(cnthp_cval, 6, c14)

#define ACCESSORS(name) \
    cp15_read_##name##_ctl, cp15_write_##name##_ctl, cp15_read_##name##_tval, \
    cp15_write_##name##_tval, cp15_read_##name##_cval, cp15_write_##name##_cval

const struct timer timers[TIMERS] = {
    [CNTP] = { "CNTP", GICV2_PPI_PHYS_TIMER, { "CNTP_CTL", 15, false, 14, 0, 2, 1 },
      { "CNTP_TVAL", 15, false, 14, 0, 2, 0 }, { "CNTP_CVAL", 15, true, 0, 2, 14, 0 },
      ACCESSORS(cntp), cp15_read_cntpct },
    [CNTV] = { "CNTV", GICV2_PPI_VIRT_TIMER, { "CNTV_CTL", 15, false, 14, 0, 3, 1 },
      { "CNTV_TVAL", 15, false, 14, 0, 3, 0 }, { "CNTV_CVAL", 15, true, 0, 3, 14, 0 },
      ACCESSORS(cntv), cp15_read_cntvct },
    [CNTHP] = { "CNTHP", GICV2_PPI_HYP_TIMER, { "CNTHP_CTL", 15, false, 14, 4, 2, 1 },
      { "CNTHP_TVAL", 15, false, 14, 4, 2, 0 }, { "CNTHP_CVAL", 15, true, 0, 6, 14, 0 },
      ACCESSORS(cnthp), cp15_read_cntpct },
};

uint32_t guest_cntkctl = 0x303;

void ve_prepare(void)
{
    cp15_write_cntkctl(guest_cntkctl);
}

void timers_off(void)
{
    for (unsigned i = 0; i < TIMERS; i++) {
        timers[i].write_ctl(0);
        timers[i].write_cval(0);
    }
    cp15_write_cntvoff(0);
}

bool timer_is_on_line(const struct timer *timer)
{
    return mmio_read32(board.gicd + GICD_ISPENDR) >> timer->intid & 1;
}

bool wait_for(bool (*condition)(const struct timer *), const struct timer *timer)
{
    uint64_t begin = cp15_read_cntpct();

    while (!condition(timer)) {
        if (cp15_read_cntpct() - begin > cp15_read_cntfrq() / 2) {
            return condition(timer);
        }
    }
    return true;
}

void timer_claim(const struct timer *timer, const char *group, const char *what, bool ok)
{
    struct text detail;

    text_clear(&detail);
    text_add_field(&detail, "ctl", timer->read_ctl());
    text_add_field(&detail, "cval", (uint32_t)(timer->read_cval() >> 32));
    text_add_field(&detail, "low", (uint32_t)timer->read_cval());
    text_add_field(&detail, "count", (uint32_t)(timer->read_count() >> 32));
    text_add_field(&detail, "low", (uint32_t)timer->read_count());
    tap_claim(ok, text_path(group, timer->name, what, NULL).s, detail.s);
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    timers_off();
    claim_access();
    claim_values();
    claim_interrupts();
    tap_end();
}
