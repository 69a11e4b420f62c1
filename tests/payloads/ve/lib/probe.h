/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Makes guest code around one instruction: ARM or Thumb, conditional or not, in and out of IT
 * blocks; and knows what the exception return state of that instruction must be.
 */
#ifndef PAYLOADS_VE_PROBE_H
#define PAYLOADS_VE_PROBE_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"

/* One instruction in both instruction sets; thumb has the first halfword in bits 31:16. */
struct ve_insn {
    uint32_t arm, thumb;        /* 0: not in this instruction set */
    uint8_t thumb_bytes;        /* 2 or 4; 0 means 4 */
    bool arm_unconditional;     /* bits 31:28 are no condition */
    uint32_t arm_before;        /* executed before it in A32, or 0 */
    uint32_t thumb_before;      /* in T32, before the IT instruction if there is one, or 0 */
};

/* A coprocessor instruction has the same bits in T32 as in A32 with the condition AL. */
#define SAME(bits) { .arm = (bits), .thumb = (bits) }

enum ve_form {
    VE_ARM,             /* not conditional */
    VE_ARM_EQ,          /* EQ with Z=1: executed */
    VE_ARM_NE,          /* NE with Z=1: not executed */
    VE_THUMB,           /* outside of IT blocks */
    VE_THUMB_IT,        /* IT EQ, Z=1 */
    VE_THUMB_ITT_1,     /* first of ITT EQ, Z=1 */
    VE_THUMB_ITT_2,     /* last of ITT EQ, Z=1 */
    VE_THUMB_ITE_2,     /* last of ITE EQ, Z=1: not executed */
    VE_FORMS,
};

struct ve_probe {
    struct ve_state state;      /* pc and psr are set, registers as given */
    enum ve_form form;
    uint32_t insn;              /* address of the instruction */
    unsigned insn_bytes;
    uint32_t insn_psr;          /* CPSR when it executes, with ITSTATE */
    uint32_t end;               /* address of the HVC or SVC behind it */
    unsigned end_bytes;
};

/** ve_form_name: "arm", "arm-eq", ... */
const char *ve_form_name(enum ve_form form);

/** ve_form_is_thumb, ve_form_executes: whether the condition passes; ve_form_cond: it. */
bool ve_form_is_thumb(enum ve_form form);
bool ve_form_executes(enum ve_form form);
unsigned ve_form_cond(enum ve_form form);

/** ve_form_exists: whether @insn can be written as @form. */
bool ve_form_exists(const struct ve_insn *insn, enum ve_form form);

/** ve_probe_make: writes the code for @mode (enum armv7_mode) and fills @probe; r[] is 0. */
void ve_probe_make(struct ve_probe *probe, const struct ve_insn *insn, enum ve_form form,
                   unsigned mode);

/** ve_probe_program: the same with up to VE_PROGRAM_MAX A32 instructions; insn is the first. */
#define VE_PROGRAM_MAX 64
void ve_probe_program(struct ve_probe *probe, const uint32_t *words, unsigned count,
                      unsigned mode);

/** ve_probe_done: whether the guest came to the end of its code. */
bool ve_probe_done(const struct ve_probe *probe, const struct ve_record *record);

/** ve_probe_code: the page the code is in. */
uint32_t ve_probe_code(void);

#endif
