/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: has every mode the registers that DDI 0406C B1.3.2 gives it, and do the instructions
 * that reach into other modes' registers reach the right ones, and no others?
 *
 *   mrs, msr   MRS and MSR of banked registers: all 64 encodings of R and SYSm (B9.2.3) from every
 *              mode in A32 and T32, executed and with a failing condition
 *   hyp        ELR_hyp and SPSR_hyp from Hyp mode, SP_hyp and LR there
 *   modes      each way to change the mode (CPS, MSR, exception returns) from each mode to each:
 *              which registers the new mode reads and writes; Hyp and Monitor are out of reach
 *   ldm-user   LDM and STM of User mode registers from every mode (B9.3.6, B9.3.17)
 *   srs        SRS to every mode's stack (B9.3.16), RFE from memory (B9.3.13)
 *   spsr, cpsr MSR and MRS of each byte, at PL1, PL0 and in Hyp (B9.3.11)
 * Registers are loaded and read by Hyp with banked transfers; "modes" reads and writes the same
 * ones in their modes with plain instructions, so that a wrong pair would be seen.
 *
 * What is UNPREDICTABLE may be UNDEFINED, do nothing, or do what the same privilege can do anyway
 * (DDI 0406C Glossary); from PL0 it must leave the registers of PL1 alone, and from PL1 it must
 * not come to Hyp mode.
 */
#include "bank.h"
#include "hyp.h"
#include "tap.h"

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    claim_transfers();
    claim_modes();
    claim_stacks();
    claim_psrs();
    tap_end();
}
