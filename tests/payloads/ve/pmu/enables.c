/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which of PMCR.E and HDCR.HPME lets a counter count, and which its overflow interrupt come.
 * DDI 0406C B4.1 (HDCR.HPME, HPMN), C12.4 (overflow), C12.8 (PMCR.E).
 */
#include "armv7/gicv2.h"
#include "armv7/psr.h"
#include "board.h"
#include "mmio.h"
#include "parts.h"
#include "tap.h"

/* PMCR.E, HDCR.HPME and where they meet. */
struct enables {
    bool e, hpme;
    unsigned hpmn;
};

static bool counts(const struct enables *x, unsigned n)
{
    return n < x->hpmn || n == 31 ? x->e : x->hpme;
}

static struct text name_of(const char *group, const char *what, const struct enables *x, unsigned n)
{
    struct text rest = { 0 };

    text_add(&rest, x->e ? "e-1/" : "e-0/");
    text_add(&rest, x->hpme ? "hpme-1/" : "hpme-0/");
    if (n == 31) {
        text_add(&rest, "cycle-counter");
    } else {
        text_add(&rest, "counter-");
        text_add_decimal(&rest, n);
    }
    return pmu_name(group, what, x->hpmn, rest.s);
}

static void set(const struct enables *x)
{
    cp15_write_pmcr(x->e ? PMCR_E : 0);
    pmu_set_hpmn(x->hpmn, x->hpme);
}

/* PMSWINC in Hyp, of all counters. */
static void claim_increments(const struct enables *x)
{
    pmu_quiet(EVENT_SW_INCR | TYPE_NSH);
    cp15_write_pmcntenset(ALL);
    set(x);
    cp15_write_pmswinc(0x3f);
    for (unsigned n = 0; n < COUNTERS; n++) {
        struct text detail = { 0 };

        text_add_field(&detail, "counter", pmu_counter(n));
        tap_claim(pmu_counter(n) == counts(x, n), name_of("enable", "increments", x, n).s,
                  detail.s);
    }
}

/* Cycles of a guest; Hyp's own do not count. */
static void claim_cycles(const struct enables *x)
{
    static const struct ve_register pmselr = { .coproc = 15, .crn = 9, .crm = 12, .opc2 = 5 };
    struct ve_record record = { 0 };
    bool done;

    pmu_quiet(EVENT_CYCLES);
    cp15_write_pmcntenset(ALL & ~CYCLE_COUNTER);
    set(x);
    done = pmu_guest(ARMV7_MODE_SVC, &pmselr, &pmselr, NULL, 0, &record);
    for (unsigned n = 0; n < COUNTERS; n++) {
        uint32_t value = pmu_counter(n);
        struct text detail = { 0 };

        text_add_field(&detail, "first", value);
        text_add_field(&detail, "then", pmu_counter(n));
        tap_claim(done && (value != 0) == counts(x, n) && pmu_counter(n) == value,
                  name_of("enable", "cycles", x, n).s, detail.s);
    }
}

/* Each flag's interrupt: the flag is set while nothing counts. */
static void claim_interrupt(const struct enables *x, unsigned n)
{
    uint32_t gicd = board.gicd + GICD_ISPENDR + 4 * (board.pmu_interrupt / 32);
    uint32_t bit = 1u << board.pmu_interrupt % 32;
    struct text name = name_of("interrupt", "flag", x, n), detail = { 0 };
    bool masked, pending, again;

    if (!board.pmu_interrupt) {
        tap_skip(name.s, "the PMU's interrupt does not come to the GIC itself");
        return;
    }
    pmu_quiet(EVENT_SW_INCR);
    cp15_write_pmovsset(1u << n);
    set(x);
    masked = mmio_read32(gicd) & bit;
    cp15_write_pmintenset(1u << n);
    pending = mmio_read32(gicd) & bit;
    /* Once more, with the enables changed while the flag and its mask are there. */
    set(&(struct enables) { !x->e, !x->hpme, x->hpmn });
    set(x);
    again = mmio_read32(gicd) & bit;
    text_add_field(&detail, "masked", masked);
    text_add_field(&detail, "pending", pending);
    text_add_field(&detail, "again", again);
    tap_claim(!masked && pending == counts(x, n) && again == pending, name.s, detail.s);
    pmu_quiet(EVENT_SW_INCR);
}

/* An overflow sets the flag whatever the enable of interrupts is. */
static void claim_overflow(const struct enables *x)
{
    uint32_t want = 0, seen;
    struct text detail = { 0 };

    pmu_quiet(EVENT_SW_INCR | TYPE_NSH);
    for (unsigned n = 0; n < COUNTERS; n++) {
        pmu_set_counter(n, 0xffffffffu);
        want |= (uint32_t)counts(x, n) << n;
    }
    cp15_write_pmcntenset(ALL & ~CYCLE_COUNTER);
    set(x);
    cp15_write_pmswinc(0x3f);
    seen = cp15_read_pmovsr();
    text_add_field(&detail, "seen", seen);
    text_add_field(&detail, "want", want);
    tap_claim(seen == want, name_of("enable", "overflow", x, 0).s, detail.s);
}

static void for_each(void (*claim)(const struct enables *))
{
    for (unsigned hpmn = 1; hpmn <= COUNTERS; hpmn++) {
        for (unsigned bits = 0; bits < 4; bits++) {
            claim(&(struct enables) { bits & 1, bits & 2, hpmn });
        }
    }
}

void claim_enables(void)
{
    tap_group("pmu/enable", "B4.1 (HDCR)", "PMCR.E and HDCR.HPME each enable their counters");
    for_each(claim_increments);
    for_each(claim_cycles);
    for_each(claim_overflow);
}

static void claim_counters_interrupts(const struct enables *x)
{
    for (unsigned n = 0; n < COUNTERS; n++) {
        claim_interrupt(x, n);
    }
    claim_interrupt(x, 31);
}

void claim_interrupts(void)
{
    tap_group("pmu/interrupt", "B4.1 (HDCR), C12.4", "and so they enable overflow interrupts");
    for_each(claim_counters_interrupts);
}
