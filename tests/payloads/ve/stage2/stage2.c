/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: is every stage-2 fault taken to Hyp, with the syndrome and the addresses of DDI 0406C
 * B3.13.6 and B3.13, and does nothing else fault?
 *
 *   syndrome   each load and store instruction, in and out of IT blocks, with a condition, from PL0,
 *              SVC and FIQ mode: ISV, SAS, SSE, SRT, WnR, IL; HDFAR, HPFAR; SPSR_hyp with ITSTATE;
 *              the base and what cannot have been loaded are as before; a failed condition and
 *              preloads do not fault
 *   matrix     each level and permission, read, written and executed: FSC, and what is allowed
 *   walk       stage-1 walks that stage 2 does not let read their tables: S1PTW, the level,
 *              HCR.PTW; also those of address translation operations
 *   hpfar      IPAs of more than 32 bits
 *   maintenance  cache maintenance by MVA of what stage 2 does not map: CM
 *   alignment  unaligned accesses to Device and Strongly-ordered memory, by the stage that makes
 *              it so, with and without a TLB entry
 * with stage 1 off, in short and in long descriptors, from PL1 and PL0, in A32 and T32.
 */
#include "armv7/psr.h"
#include "hyp.h"
#include "parts.h"

enum s1_format stage1;
const struct ve_controls stage2_on = { .hcr = 1 };

void ve_prepare(void)
{
    s1_on(stage1);
}

struct text name_of(const char *group, const char *a, const char *b, const char *c, const char *d)
{
    const char *parts[] = { a, b, c, d };
    struct text name;

    text_clear(&name);
    text_add(&name, group);
    for (unsigned i = 0; i < 4 && parts[i]; i++) {
        text_add(&name, "/");
        text_add(&name, parts[i]);
    }
    return name;
}

const char *mode_name(unsigned mode)
{
    return mode == ARMV7_MODE_USR ? "pl0" : "pl1";
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    s1_init();
    s2_init();
    claim_syndromes();
    claim_matrix();
    claim_walks();
    claim_alignment();
    tap_end();
}
