/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The registers of the performance monitors, and what the parts of the family share.
 * DDI 0406C C12.8; HDCR: B4.1.
 */
#ifndef PAYLOADS_VE_PMU_H
#define PAYLOADS_VE_PMU_H

#include <stdbool.h>
#include <stdint.h>
#include "access.h"
#include "sysregs.h"

CP15_32(pmcr, 0, c9, c12, 0)
CP15_32(pmcntenset, 0, c9, c12, 1)
CP15_32(pmcntenclr, 0, c9, c12, 2)
CP15_32(pmovsr, 0, c9, c12, 3)
CP15_32(pmswinc, 0, c9, c12, 4)
CP15_32(pmselr, 0, c9, c12, 5)
CP15_32(pmccntr, 0, c9, c13, 0)
CP15_32(pmxevtyper, 0, c9, c13, 1)
CP15_32(pmxevcntr, 0, c9, c13, 2)
CP15_32(pmintenset, 0, c9, c14, 1)
CP15_32(pmintenclr, 0, c9, c14, 2)
CP15_32(pmovsset, 0, c9, c14, 3)

#define PMCR_E 1u
#define PMCR_P 2u
#define PMCR_N(pmcr) ((pmcr) >> 11 & 0x1fu)
#define HDCR_HPME (1u << 7)
#define TYPE_NSH (1u << 27)             /* counts in Hyp mode, too */
#define EVENT_SW_INCR 0x00u
#define EVENT_CYCLES 0x11u

#define COUNTERS 6u                     /* of the Cortex-A15 */
#define CYCLE_COUNTER (1u << 31)
#define ALL (CYCLE_COUNTER | 0x3fu)
/* Those that HDCR.HPMN = @hpmn leaves to Non-secure PL1 and PL0. */
#define ACCESSIBLE(hpmn) (CYCLE_COUNTER | ((1u << (hpmn)) - 1))

/** pmu_name: the name of a claim: "pmu/@group/@what/hpmn-N/svc". */
struct text pmu_name(const char *group, const char *what, unsigned hpmn, const char *rest);

/** pmu_quiet: nothing counts, no flags, all counters 0 and of @type. */
void pmu_quiet(uint32_t type);

/** pmu_set_hpmn: HPMN, and HPME if @hpme. */
void pmu_set_hpmn(unsigned hpmn, bool hpme);

/** pmu_counter, pmu_set_counter: counter @n, in Hyp. */
uint32_t pmu_counter(unsigned n);
void pmu_set_counter(unsigned n, uint32_t value);

/**
 * pmu_guest: runs a guest in @mode that writes r0 to @write and r2 to @second and reads @read to
 * r1, each if not NULL.
 * Returns whether it came to its end; *@record is how.
 */
bool pmu_guest(unsigned mode, const struct ve_register *write, const struct ve_register *second,
               const struct ve_register *read, uint32_t value, struct ve_record *record);

const char *pmu_mode_name(unsigned mode);

extern const unsigned pmu_modes[2];     /* SVC and User */

void claim_sets(void);
void claim_counters(void);
void claim_enables(void);
void claim_interrupts(void);

#endif
