/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Loads and reads the banked registers from Hyp.
 */
#include "armv7/psr.h"
#include "bank.h"
#include "hyp.h"
#include "judge.h"
#include "sysregs.h"
#include "tap.h"

#define WRITE_BANKED(name, variable) \
    __asm__ volatile(".arch_extension virt\n msr " name ", %0" : : "r"(variable))

/* Those that Hyp reaches with banked transfers: B9.2.3. */
#define TRANSFERRED(X) \
    X(SP_USR, "sp_usr") X(R8_FIQ, "r8_fiq") X(R9_FIQ, "r9_fiq") X(R10_FIQ, "r10_fiq") \
    X(R11_FIQ, "r11_fiq") X(R12_FIQ, "r12_fiq") X(SP_FIQ, "sp_fiq") X(LR_FIQ, "lr_fiq") \
    X(SP_IRQ, "sp_irq") X(LR_IRQ, "lr_irq") X(SP_SVC, "sp_svc") X(LR_SVC, "lr_svc") \
    X(SP_ABT, "sp_abt") X(LR_ABT, "lr_abt") X(SP_UND, "sp_und") X(LR_UND, "lr_und") \
    X(SPSR_FIQ, "spsr_fiq") X(SPSR_IRQ, "spsr_irq") X(SPSR_SVC, "spsr_svc") \
    X(SPSR_ABT, "spsr_abt") X(SPSR_UND, "spsr_und")

const struct bank_mode bank_modes[BANK_MODES] = {
    { ARMV7_MODE_SVC, "svc", R8_USR, SP_SVC, LR_SVC, SPSR_SVC },
    { ARMV7_MODE_SYS, "sys", R8_USR, SP_USR, LR_USR, BANK_NONE },
    { ARMV7_MODE_FIQ, "fiq", R8_FIQ, SP_FIQ, LR_FIQ, SPSR_FIQ },
    { ARMV7_MODE_IRQ, "irq", R8_USR, SP_IRQ, LR_IRQ, SPSR_IRQ },
    { ARMV7_MODE_ABT, "abt", R8_USR, SP_ABT, LR_ABT, SPSR_ABT },
    { ARMV7_MODE_UND, "und", R8_USR, SP_UND, LR_UND, SPSR_UND },
    { ARMV7_MODE_USR, "usr", R8_USR, SP_USR, LR_USR, BANK_NONE },
    { ARMV7_MODE_HYP, "hyp", R8_USR, BANK_NONE, LR_USR, BANK_NONE },
};

void bank_fill(struct bank *bank)
{
    for (uint32_t i = 0; i < SPSR_FIQ; i++) {
        bank->value[i] = 0x5a000000u + i * 0x00010204u;
    }
    for (uint32_t i = SPSR_FIQ; i < BANK_REGISTERS; i++) {
        uint32_t n = i - SPSR_FIQ + 1;

        bank->value[i] = n << 28 | n << 16 | ARMV7_PSR_I | ARMV7_PSR_F | ARMV7_PSR_A |
                         ARMV7_MODE_SYS;
    }
}

void bank_run(struct ve_probe *probe, const struct bank *bank, struct ve_record *record,
              struct bank *after)
{
    static const struct ve_controls none = { 0 };

    for (unsigned i = 0; i < 5; i++) {
        probe->state.r[8 + i] = bank->value[R8_USR + i];
    }
    probe->state.lr_usr = bank->value[LR_USR];
#define LOAD(reg, name) WRITE_BANKED(name, bank->value[reg]);
    TRANSFERRED(LOAD)
    ve_run(&probe->state, &none, record);
#define STORE(reg, name) READ_BANKED(after->value[reg], name);
    TRANSFERRED(STORE)
    for (unsigned i = 0; i < 5; i++) {
        after->value[R8_USR + i] = record->r[8 + i];
    }
    after->value[LR_USR] = record->lr_usr;
}

/* LR and SPSR of the mode that a PL1 vector is entered in. */
static bool changed_by_entry(enum bank_register reg, const struct ve_record *record)
{
    if (record->outcome != VE_PL1) {
        return false;
    }
    switch (record->vector) {
    case VE_VECTOR_UNDEF:
        return reg == LR_UND || reg == SPSR_UND;
    case VE_VECTOR_SVC:
        return reg == LR_SVC || reg == SPSR_SVC;
    default:
        return reg == LR_ABT || reg == SPSR_ABT;
    }
}

enum bank_register bank_differs(const struct bank *want, const struct bank *after,
                                const struct ve_record *record)
{
    enum bank_register reg = 0;

    while (reg < BANK_REGISTERS &&
           (want->value[reg] == after->value[reg] || changed_by_entry(reg, record))) {
        reg++;
    }
    return reg;
}

bool bank_undefined(const struct ve_probe *probe, const struct ve_record *record)
{
    if (armv7_psr_mode(probe->state.psr) == ARMV7_MODE_HYP) {
        return record->outcome == VE_HYP && record->vector == VECTOR_UNDEF &&
               record->pc == probe->insn && record->psr == probe->insn_psr;
    }
    return record->outcome == VE_PL1 && record->vector == VE_VECTOR_UNDEF &&
           record->pc == probe->insn + (ve_form_is_thumb(probe->form) ? 2 : 4) &&
           record->psr == probe->insn_psr;
}

void bank_claim(const char *name, bool ok, const struct ve_record *record,
                const struct bank *want, const struct bank *after)
{
    enum bank_register reg = bank_differs(want, after, record);
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    for (unsigned i = 0; i < 8; i++) {
        text_add_field(&detail, "r", record->r[i]);
    }
    if (reg != BANK_NONE) {
        text_add_field(&detail, "register", reg);
        text_add_field(&detail, "is", after->value[reg]);
        text_add_field(&detail, "want", want->value[reg]);
    }
    tap_claim(ok && reg == BANK_NONE, name, detail.s);
}
