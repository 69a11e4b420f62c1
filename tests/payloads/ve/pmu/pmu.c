/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: are the performance monitors divided between Hyp mode and its guests as HDCR.HPMN and
 * HDCR.HPME say?  DDI 0406C B4.1 (HDCR), C12.
 *
 *   number     PMCR.N
 *   sets       PMCNTENSET, PMINTENSET, PMOVSSET and their CLR have no bits of Hyp's counters
 *   counters   PMXEVCNTR, PMXEVTYPER, PMCR.P and PMSWINC do not reach Hyp's counters
 *   enable     PMCR.E is for the guest's counters and the cycle counter, HPME for the others
 *   interrupt  so it is for overflow interrupts
 */
#include "armv7/psr.h"
#include "parts.h"
#include "tap.h"

#define PMCR_C 4u

const unsigned pmu_modes[2] = { ARMV7_MODE_SVC, ARMV7_MODE_USR };

static const struct ve_register pmcr = { .name = "PMCR", .coproc = 15, .crn = 9, .crm = 12 };

const char *pmu_mode_name(unsigned mode)
{
    return mode == ARMV7_MODE_USR ? "usr" : mode == ARMV7_MODE_HYP ? "hyp" : "svc";
}

struct text pmu_name(const char *group, const char *what, unsigned hpmn, const char *rest)
{
    struct text name = text_path("pmu", group, what, NULL);

    text_add(&name, "/hpmn-");
    text_add_decimal(&name, hpmn);
    text_add(&name, "/");
    text_add(&name, rest);
    return name;
}

void pmu_set_hpmn(unsigned hpmn, bool hpme)
{
    cp15_write_hdcr(hpmn | (hpme ? HDCR_HPME : 0));
}

uint32_t pmu_counter(unsigned n)
{
    cp15_write_pmselr(n);
    return cp15_read_pmxevcntr();
}

void pmu_set_counter(unsigned n, uint32_t value)
{
    cp15_write_pmselr(n);
    cp15_write_pmxevcntr(value);
}

void pmu_quiet(uint32_t type)
{
    pmu_set_hpmn(COUNTERS, false);
    cp15_write_pmcr(PMCR_C | PMCR_P);
    cp15_write_pmcntenclr(ALL);
    cp15_write_pmintenclr(ALL);
    cp15_write_pmovsr(ALL);
    for (unsigned n = 0; n < COUNTERS; n++) {
        cp15_write_pmselr(n);
        cp15_write_pmxevtyper(type);
    }
}

bool pmu_guest(unsigned mode, const struct ve_register *write, const struct ve_register *second,
               const struct ve_register *read, uint32_t value, struct ve_record *record)
{
    const struct ve_controls none = { 0 };
    struct ve_probe probe;
    uint32_t words[3];
    unsigned count = 0;

    if (write) {
        words[count++] = ve_access_insn(write, 0, 0, false);
    }
    if (second) {
        words[count++] = ve_access_insn(second, 2, 0, false);
    }
    if (read) {
        words[count++] = ve_access_insn(read, 1, 0, true);
    }
    ve_probe_program(&probe, words, count, mode);
    probe.state.r[0] = probe.state.r[2] = value;
    ve_run(&probe.state, &none, record);
    return ve_probe_done(&probe, record);
}

static void claim_number(unsigned hpmn, unsigned mode)
{
    struct text name = pmu_name("number", "PMCR.N", hpmn, pmu_mode_name(mode)), detail = { 0 };
    struct ve_record record = { 0 };
    bool done;

    pmu_set_hpmn(hpmn, false);
    done = pmu_guest(mode, NULL, NULL, &pmcr, 0, &record);
    text_add_field(&detail, "pmcr", record.r[1]);
    tap_claim(done && PMCR_N(record.r[1]) == (mode == ARMV7_MODE_HYP ? COUNTERS : hpmn), name.s,
              detail.s);
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    ve_keep(true);          /* HDCR is ours */
    pmu_quiet(EVENT_SW_INCR);
    tap_group("pmu/number", "B4.1 (HDCR, PMCR)", "PMCR.N of a guest is HDCR.HPMN");
    for (unsigned hpmn = 1; hpmn <= COUNTERS; hpmn++) {
        claim_number(hpmn, ARMV7_MODE_SVC);
        claim_number(hpmn, ARMV7_MODE_USR);
        claim_number(hpmn, ARMV7_MODE_HYP);
    }
    claim_sets();
    claim_counters();
    claim_enables();
    claim_interrupts();
    tap_end();
}
