/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Guest code around one instruction.
 */
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "probe.h"
#include "sysregs.h"

#define PSR_MASKED (ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F)
#define HSR_IL (1u << 25)
#define COND_EQ 0u
#define COND_NE 1u
#define COND_AL 14u

#define ARM_HVC_DONE 0xe140057au
#define ARM_SVC_DONE 0xef00005au
#define ARM_HVC_LOST 0xe1400676u
#define THUMB_HVC_DONE 0xf7e0805au
#define THUMB_SVC_DONE 0xdf5au
#define THUMB_NOP 0x46c0u               /* MOV r8, r8: allowed in IT blocks */

struct form {
    const char *name;
    bool thumb, executes;
    uint8_t cond;
    uint16_t it;                        /* the IT instruction, or 0 */
    uint8_t itstate;                    /* at the instruction: DDI 0406C A2.5.2 */
    uint8_t nops_before, nops_after;
};

static const struct form forms[VE_FORMS] = {
    [VE_ARM]         = { "arm",          false, true,  COND_AL, 0,      0x00, 0, 0 },
    [VE_ARM_EQ]      = { "arm-eq",       false, true,  COND_EQ, 0,      0x00, 0, 0 },
    [VE_ARM_NE]      = { "arm-ne",       false, false, COND_NE, 0,      0x00, 0, 0 },
    [VE_THUMB]       = { "thumb",        true,  true,  COND_AL, 0,      0x00, 0, 0 },
    [VE_THUMB_IT]    = { "thumb-it",     true,  true,  COND_EQ, 0xbf08, 0x08, 0, 0 },
    [VE_THUMB_ITT_1] = { "thumb-itt-1",  true,  true,  COND_EQ, 0xbf04, 0x04, 0, 1 },
    [VE_THUMB_ITT_2] = { "thumb-itt-2",  true,  true,  COND_EQ, 0xbf04, 0x08, 1, 0 },
    [VE_THUMB_ITE_2] = { "thumb-ite-ne", true,  false, COND_NE, 0xbf0c, 0x18, 1, 0 },
};

static union {
    uint16_t half[64];
    uint32_t word[1024];
} code __attribute__((aligned(4096)));

const char *ve_form_name(enum ve_form form)
{
    return forms[form].name;
}

bool ve_form_is_thumb(enum ve_form form)
{
    return forms[form].thumb;
}

bool ve_form_executes(enum ve_form form)
{
    return forms[form].executes;
}

unsigned ve_form_cond(enum ve_form form)
{
    return forms[form].cond;
}

bool ve_form_exists(const struct ve_insn *insn, enum ve_form form)
{
    if (forms[form].thumb) {
        return insn->thumb != 0;
    }
    return insn->arm != 0 && !(insn->arm_unconditional && forms[form].cond != COND_AL);
}

uint32_t ve_probe_code(void)
{
    return (uint32_t)&code;
}

/* IT[1:0] are PSR bits 26:25, IT[7:2] are 15:10: DDI 0406C B1.3.3. */
static uint32_t psr_of_itstate(uint32_t it)
{
    return (it & 3) << 25 | (it >> 2) << 10;
}

static unsigned put_thumb(unsigned at, uint32_t insn, unsigned bytes)
{
    if (bytes == 4) {
        code.half[at++] = (uint16_t)(insn >> 16);
    }
    code.half[at++] = (uint16_t)insn;
    return at;
}

static void make_thumb(struct ve_probe *probe, const struct ve_insn *insn, bool user)
{
    const struct form *form = &forms[probe->form];
    unsigned at = 0;

    if (insn->thumb_before) {
        at = put_thumb(at, insn->thumb_before, insn->thumb_before >> 16 ? 4 : 2);
    }
    if (form->it) {
        at = put_thumb(at, form->it, 2);
    }
    for (unsigned i = 0; i < form->nops_before; i++) {
        at = put_thumb(at, THUMB_NOP, 2);
    }
    probe->insn = (uint32_t)&code.half[at];
    probe->insn_bytes = insn->thumb_bytes ? insn->thumb_bytes : 4;
    at = put_thumb(at, insn->thumb, probe->insn_bytes);
    for (unsigned i = 0; i < form->nops_after; i++) {
        at = put_thumb(at, THUMB_NOP, 2);
    }
    probe->end = (uint32_t)&code.half[at];
    probe->end_bytes = user ? 2 : 4;
    put_thumb(at, user ? THUMB_SVC_DONE : THUMB_HVC_DONE, probe->end_bytes);
}

static void make_arm(struct ve_probe *probe, const struct ve_insn *insn, bool user)
{
    uint32_t word = insn->arm;
    uint32_t *at = code.word;

    if (!insn->arm_unconditional) {
        word = (word & 0x0fffffffu) | (uint32_t)forms[probe->form].cond << 28;
    }
    if (insn->arm_before) {
        *at++ = insn->arm_before;
    }
    probe->insn = (uint32_t)at;
    probe->insn_bytes = 4;
    *at++ = word;
    probe->end = (uint32_t)at;
    *at++ = user ? ARM_SVC_DONE : ARM_HVC_DONE;
    *at = ARM_HVC_LOST;
    probe->end_bytes = 4;
}

void ve_probe_make(struct ve_probe *probe, const struct ve_insn *insn, enum ve_form form,
                   unsigned mode)
{
    bool user = mode == ARMV7_MODE_USR;

    *probe = (struct ve_probe) { .form = form };
    probe->state.pc = (uint32_t)&code;
    probe->state.psr = PSR_MASKED | ARMV7_PSR_Z | mode;
    if (forms[form].thumb) {
        probe->state.psr |= ARMV7_PSR_T;
        make_thumb(probe, insn, user);
    } else {
        make_arm(probe, insn, user);
    }
    probe->insn_psr = probe->state.psr | psr_of_itstate(forms[form].itstate);
    cp15_sync_code();
}

void ve_probe_program(struct ve_probe *probe, const uint32_t *words, unsigned count,
                      unsigned mode)
{
    bool user = mode == ARMV7_MODE_USR;

    *probe = (struct ve_probe) { .form = VE_ARM, .insn_bytes = 4, .end_bytes = 4 };
    probe->state.pc = probe->insn = (uint32_t)&code;
    probe->state.psr = probe->insn_psr = PSR_MASKED | ARMV7_PSR_Z | mode;
    for (unsigned i = 0; i < count && i < VE_PROGRAM_MAX; i++) {
        code.word[i] = words[i];
    }
    probe->end = (uint32_t)&code.word[count];
    code.word[count] = user ? ARM_SVC_DONE : ARM_HVC_DONE;
    code.word[count + 1] = ARM_HVC_LOST;
    cp15_sync_code();
}

bool ve_probe_done(const struct ve_probe *probe, const struct ve_record *record)
{
    bool user = armv7_psr_mode(probe->state.psr) == ARMV7_MODE_USR;

    if (record->pc != probe->end + probe->end_bytes) {
        return false;
    }
    if (!user) {
        return record->outcome == VE_DONE;
    }
    return (record->outcome == VE_PL1 && record->vector == VE_VECTOR_SVC) ||
           (record->outcome == VE_HYP &&
            (record->hsr & ~HSR_IL) == (0x44000000u | VE_IMM_DONE))     /* TGE: EC 0x11 */;
}
