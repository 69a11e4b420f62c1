/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decoder of the loads and stores that a guest may aim at a device and for which the syndrome does
 * not say what they do (ISV = 0): LDRD and STRD, LDM and STM, PUSH and POP, and all forms with
 * writeback.  ARM and Thumb.  DDI 0406C A5.3, A5.2.8, A5.5, A6.2.4, A6.3.5 to A6.3.10.
 */
#ifndef VMM_CORE_INSN_H
#define VMM_CORE_INSN_H

#include <stdbool.h>
#include <stdint.h>

/* What an instruction sees when it executes. */
struct insn_context {
    uint32_t r[16]; /* of the current mode; r[15] as the instruction reads it, see insn_pc() */
    uint32_t cpsr;
};

/* One instruction's transfers: registers reg[0] to reg[count - 1] to or from ascending addresses. */
struct insn_access {
    uint32_t va;             /* of the first transfer */
    uint8_t count;           /* 1 to 16 */
    uint8_t size_bytes;      /* of each transfer: 1, 2, 4 */
    uint8_t reg[16];         /* 0 to 15; 15 only in stores */
    bool is_load;
    bool sign_extend;
    bool user_bank;          /* LDM and STM (user registers): the registers are User mode's */
    bool writeback;          /* base register rn becomes new_base after the last transfer */
    uint8_t rn;
    uint32_t new_base;
};

/* What R15 reads as in an instruction at pc: pc + 8, or + 4 in Thumb state.  A2.3. */
uint32_t insn_pc(uint32_t pc, uint32_t cpsr);

/* Length in bytes of the Thumb instruction that begins with the halfword first.  A6.1. */
unsigned thumb_insn_bytes(uint16_t first);

/*
 * Decodes insn, which is a whole ARM instruction, a 16-bit Thumb one, or a 32-bit Thumb one with
 * its first halfword in bits 31:16; insn_bytes (2 or 4) and context->cpsr.T say which.
 * Returns true and fills access.  Returns false, and leaves it alone, for everything that is no
 * load or store of core registers, and for those that no guest may rightly aim at a device:
 * exclusives, SWP, loads of the PC, LDM (exception return), SRS, VLDM and the like, PLD.
 */
bool insn_decode(uint32_t insn, unsigned insn_bytes, const struct insn_context *context,
                 struct insn_access *access);

#endif
