/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Thumb code of the guest, itstate.S: NAME begins, NAME_insn is the instruction that traps.
 */
#ifndef DEFECTS_ITSTATE_H
#define DEFECTS_ITSTATE_H

void it_wfi_first(void), it_wfi_first_insn(void);       /* in an ITT block */
void it_wfi_last(void), it_wfi_last_insn(void);
void it_wfi_page_end(void), it_wfi_page_end_insn(void); /* last of the block, and of a page */
void it_smc_last(void), it_smc_last_insn(void);

#endif
