/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The counters themselves: PMXEVCNTR and PMXEVTYPER of one that is Hyp's are UNPREDICTABLE, but must
 * not do what the guest's level of privilege cannot do (DDI 0406C, Glossary); PMCR.P and PMSWINC
 * leave Hyp's counters alone.  C12.8.
 */
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

#define R(name_, crm_, opc2_) { .name = name_, .coproc = 15, .crn = 9, .crm = crm_, .opc2 = opc2_ }
#define SECRET 0x005ec2e7u
#define WRITTEN 0x03a5a5a5u
#define TYPE_SECRET (TYPE_NSH | 0x11u)
#define TYPE_WRITTEN 0x40000008u

static const struct ve_register pmselr = R("PMSELR", 12, 5), pmcr = R("PMCR", 12, 0),
                                pmswinc = R("PMSWINC", 12, 4);

static const struct indirect {
    struct ve_register reg;
    uint32_t secret, written;
    uint32_t (*read)(void);
    void (*write)(uint32_t);
} indirect[] = {
    { R("PMXEVCNTR", 13, 2), SECRET, WRITTEN, cp15_read_pmxevcntr, cp15_write_pmxevcntr },
    { R("PMXEVTYPER", 13, 1), TYPE_SECRET, TYPE_WRITTEN, cp15_read_pmxevtyper,
      cp15_write_pmxevtyper },
};

static struct text name_of(const char *what, unsigned n, unsigned hpmn, unsigned mode,
                           const char *how)
{
    struct text rest = { 0 };

    text_add(&rest, pmu_mode_name(mode));
    text_add(&rest, "/counter-");
    text_add_decimal(&rest, n);
    text_add(&rest, how);
    return pmu_name("counters", what, hpmn, rest.s);
}

/* @reached: it was the counter's value that was read, or written. */
static void claim_reach(struct text name, bool own, bool done, bool reached, uint32_t seen)
{
    struct text detail = { 0 };

    text_add_field(&detail, "seen", seen);
    if (own) {
        tap_claim(done && reached, name.s, detail.s);
    } else if (reached) {
        tap_claim(false, name.s, detail.s);
    } else {
        tap_impdef(name.s, done ? "ignored" : "UNDEFINED");
    }
}

static void claim_indirect(const struct indirect *x, unsigned n, unsigned hpmn, unsigned mode)
{
    bool own = mode == ARMV7_MODE_HYP || n < hpmn, done;
    struct ve_record record = { 0 };

    cp15_write_pmselr(n);
    x->write(x->secret);
    done = pmu_guest(mode, NULL, NULL, &x->reg, 0, &record);
    claim_reach(name_of(x->reg.name, n, hpmn, mode, "/read"), own, done,
                record.r[1] == x->secret, record.r[1]);
    done = pmu_guest(mode, &x->reg, NULL, NULL, x->written, &record);
    cp15_write_pmselr(n);
    claim_reach(name_of(x->reg.name, n, hpmn, mode, "/write"), own, done,
                x->read() != x->secret, x->read());
    x->write(0);
}

/* All counters are @before; a guest writes @value to @reg; those it may change are then @after. */
static void claim_all(const char *what, const struct ve_register *reg, uint32_t value,
                      uint32_t before, uint32_t after, unsigned hpmn, unsigned mode)
{
    unsigned own = mode == ARMV7_MODE_HYP ? COUNTERS : hpmn;
    struct ve_record record = { 0 };
    bool done;

    for (unsigned n = 0; n < COUNTERS; n++) {
        pmu_set_counter(n, before);
    }
    done = pmu_guest(mode, reg, NULL, NULL, value, &record);
    for (unsigned n = 0; n < COUNTERS; n++) {
        uint32_t seen = pmu_counter(n);
        struct text detail = { 0 };

        text_add_field(&detail, "seen", seen);
        tap_claim(done && seen == (n < own ? after : before),
                  name_of(what, n, hpmn, mode, "").s, detail.s);
    }
}

static void claim_mode(unsigned hpmn, unsigned mode)
{
    pmu_quiet(EVENT_SW_INCR | TYPE_NSH);
    pmu_set_hpmn(hpmn, false);
    for (unsigned n = 0; n < COUNTERS; n++) {
        claim_indirect(&indirect[0], n, hpmn, mode);
        claim_indirect(&indirect[1], n, hpmn, mode);
    }
    pmu_quiet(EVENT_SW_INCR | TYPE_NSH);
    pmu_set_hpmn(hpmn, true);
    claim_all("PMCR.P", &pmcr, PMCR_P, SECRET, 0, hpmn, mode);
    cp15_write_pmcr(PMCR_E);
    cp15_write_pmcntenset(ALL);
    claim_all("PMSWINC", &pmswinc, 0x3f, SECRET, SECRET + 1, hpmn, mode);
}

/* The selection itself is the guest's, and PMSELR.SEL 31 is the cycle counter's filter. */
static void claim_cycle_filter(unsigned mode)
{
    struct ve_record record = { 0 };
    struct text detail = { 0 };
    bool done;

    pmu_quiet(EVENT_SW_INCR);
    pmu_set_hpmn(1, false);
    cp15_write_pmselr(31);
    cp15_write_pmxevtyper(0x80000000u);
    cp15_write_pmselr(0);
    done = pmu_guest(mode, &pmselr, NULL, &indirect[1].reg, 31, &record);
    text_add_field(&detail, "seen", record.r[1]);
    tap_claim(done && record.r[1] == 0x80000000u,
              pmu_name("counters", "cycle-filter", 1, pmu_mode_name(mode)).s, detail.s);
    cp15_write_pmselr(31);
    cp15_write_pmxevtyper(0);
}

void claim_counters(void)
{
    tap_group("pmu/counters", "C12.8", "a guest does not reach Hyp's counters");
    for (unsigned hpmn = 1; hpmn <= COUNTERS; hpmn++) {
        claim_mode(hpmn, ARMV7_MODE_SVC);
        claim_mode(hpmn, ARMV7_MODE_USR);
        claim_mode(hpmn, ARMV7_MODE_HYP);
    }
    claim_cycle_filter(ARMV7_MODE_SVC);
    claim_cycle_filter(ARMV7_MODE_USR);
}
