/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compares how a probe ended with what the architecture allows, and claims it.  Syndromes are
 * given literally, as DDI 0406C B3.13.6 lays them out.
 */
#ifndef PAYLOADS_VE_JUDGE_H
#define PAYLOADS_VE_JUDGE_H

#include <stdbool.h>
#include <stdint.h>
#include "probe.h"
#include "tap.h"

/* The outcomes that are allowed: one bit each. */
#define MAY_TRAP 1u             /* to Hyp, vector 0x14, with the syndrome */
#define MAY_UNDEF 2u            /* to the Undefined Instruction vector of PL1 */
#define MAY_COMPLETE 4u
#define MAY_HYP_UNDEF 8u        /* from Hyp to its vector 0x04, with the syndrome */

struct ve_expect {
    unsigned allowed;
    uint32_t ec;                /* of the trap; 0 says nothing but that: no IL, no ISS */
    uint32_t iss, iss_mask;     /* mask 0: ISS[19:0] only; compared without CV and COND */
    uint32_t other_iss;         /* allowed too; 0: no other */
    bool has_cond;              /* the ISS has CV and COND in bits 24:20 */
    bool whole_iss;             /* iss_mask is used as it is, also if it is 0 */
};

/**
 * ve_claim: runs @probe under @controls and claims that it ended as @expect allows.  A trap must
 * have the syndrome, the address and the CPSR (with ITSTATE) of the instruction and must not have
 * changed registers.  Instructions that fail their condition may complete or trap with it.
 */
void ve_claim(const char *name, const struct ve_probe *probe, const struct ve_controls *controls,
              const struct ve_expect *expect);

/** ve_describe: says what was seen. */
void ve_describe(struct text *text, const struct ve_record *record);

#endif
