/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * MRS and MSR of banked registers.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "bank.h"
#include "tap.h"

#define RT 3u                       /* the register that is moved */
#define WRITTEN 0x7000011fu         /* a value that is a legal PSR, too */

/* R and SYSm: DDI 0406C B9.2.3. */
struct encoding {
    unsigned r, sysm;
};

static const struct { const char *name; enum bank_register reg; unsigned owner; } by_sysm[] = {
    { "r8_usr", R8_USR, 0 }, { "r9_usr", R9_USR, 0 }, { "r10_usr", R10_USR, 0 },
    { "r11_usr", R11_USR, 0 }, { "r12_usr", R12_USR, 0 }, { "sp_usr", SP_USR, 0 },
    { "lr_usr", LR_USR, 0 }, { NULL, BANK_NONE, 0 },
    { "r8_fiq", R8_FIQ, ARMV7_MODE_FIQ }, { "r9_fiq", R9_FIQ, ARMV7_MODE_FIQ },
    { "r10_fiq", R10_FIQ, ARMV7_MODE_FIQ }, { "r11_fiq", R11_FIQ, ARMV7_MODE_FIQ },
    { "r12_fiq", R12_FIQ, ARMV7_MODE_FIQ }, { "sp_fiq", SP_FIQ, ARMV7_MODE_FIQ },
    { "lr_fiq", LR_FIQ, ARMV7_MODE_FIQ }, { NULL, BANK_NONE, 0 },
    { "lr_irq", LR_IRQ, ARMV7_MODE_IRQ }, { "sp_irq", SP_IRQ, ARMV7_MODE_IRQ },
    { "lr_svc", LR_SVC, ARMV7_MODE_SVC }, { "sp_svc", SP_SVC, ARMV7_MODE_SVC },
    { "lr_abt", LR_ABT, ARMV7_MODE_ABT }, { "sp_abt", SP_ABT, ARMV7_MODE_ABT },
    { "lr_und", LR_UND, ARMV7_MODE_UND }, { "sp_und", SP_UND, ARMV7_MODE_UND },
    { NULL, BANK_NONE, 0 }, { NULL, BANK_NONE, 0 }, { NULL, BANK_NONE, 0 }, { NULL, BANK_NONE, 0 },
    { "lr_mon", BANK_NONE, 0 }, { "sp_mon", BANK_NONE, 0 },
    { "elr_hyp", BANK_NONE, 0 }, { "sp_hyp", BANK_NONE, 0 },
};
#define SYSM_ELR_HYP 30u
#define SYSM_SP_HYP 31u

/* SPSRs, in the order of the registers in enum bank_register. */
static const struct { const char *name; unsigned sysm, owner; } spsrs[] = {
    { "spsr_fiq", 14, ARMV7_MODE_FIQ }, { "spsr_irq", 16, ARMV7_MODE_IRQ },
    { "spsr_svc", 18, ARMV7_MODE_SVC }, { "spsr_abt", 20, ARMV7_MODE_ABT },
    { "spsr_und", 22, ARMV7_MODE_UND },
};

/* User mode registers that the mode has as its own: B9.2.3, usage restrictions. */
static bool usr_register_is_own(enum bank_register reg, unsigned mode)
{
    if (reg <= R12_USR) {
        return mode != ARMV7_MODE_FIQ;
    }
    return mode == ARMV7_MODE_SYS || (reg == LR_USR && mode == ARMV7_MODE_HYP);
}

/* The register that @encoding means in @mode, or BANK_NONE: UNPREDICTABLE. */
static enum bank_register meaning(struct encoding encoding, unsigned mode)
{
    enum bank_register reg = by_sysm[encoding.sysm].reg;

    if (mode == ARMV7_MODE_USR) {
        return BANK_NONE;
    }
    if (encoding.r) {
        for (unsigned i = 0; i < sizeof(spsrs) / sizeof(spsrs[0]); i++) {
            if (spsrs[i].sysm == encoding.sysm && spsrs[i].owner != mode) {
                return SPSR_FIQ + i;
            }
        }
        return BANK_NONE;
    }
    if (reg <= LR_USR) {
        return usr_register_is_own(reg, mode) ? BANK_NONE : reg;
    }
    return by_sysm[encoding.sysm].owner == mode ? BANK_NONE : reg;
}

static struct text name_of(const char *group, struct encoding encoding)
{
    struct text name;

    text_clear(&name);
    text_add(&name, group);
    text_add(&name, "/");
    if (!encoding.r && by_sysm[encoding.sysm].name) {
        text_add(&name, by_sysm[encoding.sysm].name);
        return name;
    }
    for (unsigned i = 0; encoding.r && i < sizeof(spsrs) / sizeof(spsrs[0]); i++) {
        if (spsrs[i].sysm == encoding.sysm) {
            text_add(&name, spsrs[i].name);
            return name;
        }
    }
    text_add(&name, encoding.r ? "r1-sysm" : "r0-sysm");
    text_add_decimal(&name, encoding.sysm);
    return name;
}

static struct ve_insn mrs(struct encoding e)
{
    uint32_t m1 = e.sysm & 15, m = e.sysm >> 4;

    return (struct ve_insn) {
        .arm = 0xe1000200u | e.r << 22 | m1 << 16 | RT << 12 | m << 8,
        .thumb = 0xf3e08020u | e.r << 20 | m1 << 16 | RT << 8 | m << 4,
    };
}

static struct ve_insn msr(struct encoding e)
{
    uint32_t m1 = e.sysm & 15, m = e.sysm >> 4;

    return (struct ve_insn) {
        .arm = 0xe120f200u | e.r << 22 | m1 << 16 | m << 8 | RT,
        .thumb = 0xf3808020u | e.r << 20 | RT << 16 | m1 << 8 | m << 4,
    };
}

static void claim_predictable(const struct text *name, struct ve_probe *probe,
                              enum bank_register reg, bool write)
{
    struct ve_record record = { 0 };
    struct bank want, after;
    uint32_t rt = WRITTEN;

    bank_fill(&want);
    bank_run(probe, &want, &record, &after);
    if (ve_form_executes(probe->form)) {
        if (write) {
            want.value[reg] = WRITTEN;
        } else {
            rt = want.value[reg];
        }
    }
    bank_claim(name->s, ve_probe_done(probe, &record) && record.r[RT] == rt, &record, &want,
               &after);
}

/* It must end, and at PL0 it must not have changed what belongs to PL1. */
static void claim_unpredictable(const struct text *name, struct ve_probe *probe, unsigned mode)
{
    struct ve_record record = { 0 };
    struct bank before, after;

    bank_fill(&before);
    bank_run(probe, &before, &record, &after);
    if (mode != ARMV7_MODE_USR) {
        before = after;
    }
    bank_claim(name->s, ve_probe_done(probe, &record) || bank_undefined(probe, &record), &record,
               &before, &after);
}

static void claim_one(struct encoding encoding, bool write, const struct bank_mode *mode,
                      enum ve_form form)
{
    struct ve_insn insn = write ? msr(encoding) : mrs(encoding);
    struct text name = name_of(write ? "banked/msr" : "banked/mrs", encoding);
    enum bank_register reg = meaning(encoding, mode->mode);
    struct ve_probe probe;

    text_add(&name, "/");
    text_add(&name, mode->name);
    text_add(&name, "/");
    text_add(&name, ve_form_name(form));
    ve_probe_make(&probe, &insn, form, mode->mode);
    probe.state.r[RT] = WRITTEN;
    if (reg == BANK_NONE) {
        claim_unpredictable(&name, &probe, mode->mode);
    } else {
        claim_predictable(&name, &probe, reg, write);
    }
}

static void claim_encoding(struct encoding encoding, bool write)
{
    for (unsigned i = 0; i < BANK_MODES; i++) {
        bool hyp = bank_modes[i].mode == ARMV7_MODE_HYP;
        bool own = !encoding.r && encoding.sysm >= SYSM_ELR_HYP;

        if (hyp && own) {
            continue;           /* claim_hyp() has ELR_hyp; SP_hyp would take Hyp's stack */
        }
        claim_one(encoding, write, &bank_modes[i], VE_ARM);
        claim_one(encoding, write, &bank_modes[i], VE_THUMB);
        if (meaning(encoding, bank_modes[i].mode) != BANK_NONE) {
            claim_one(encoding, write, &bank_modes[i], VE_ARM_NE);
            claim_one(encoding, write, &bank_modes[i], VE_THUMB_ITE_2);
        }
    }
}

/* A program in Hyp mode whose r0 must be @want. */
static void claim_in_hyp(const char *name, const uint32_t *words, unsigned count, uint32_t want,
                         bool want_pc)
{
    struct ve_record record = { 0 };
    struct bank bank, after;
    struct ve_probe probe;

    bank_fill(&bank);
    ve_probe_program(&probe, words, count, ARMV7_MODE_HYP);
    probe.state.r[3] = WRITTEN;
    bank_run(&probe, &bank, &record, &after);
    want = want_pc ? probe.insn : want;
    bank_claim(name, ve_probe_done(&probe, &record) && record.r[0] == want, &record, &bank,
               &after);
}

static void claim_hyp(void)
{
    static const uint32_t read_elr[] = { 0xe10e0300 };                  /* MRS r0, ELR_hyp */
    static const uint32_t write_elr[] = { 0xe12ef303, 0xe10e0300 };     /* MSR ELR_hyp, r3 */
    static const uint32_t write_spsr[] = { 0xe16ff003, 0xe14f0000 };    /* MSR SPSR_fsxc, r3 */
    static const uint32_t read_lr[] = { 0xe1a0000e };                   /* MOV r0, lr */
    /* MRS r0, SP_usr; SP is another: SUBS r0, r0, sp; MOVNE r0, #1 */
    static const uint32_t sp_differs[] = { 0xe1050200, 0xe050000d, 0x13a00001 };
    struct bank bank;

    bank_fill(&bank);
    tap_group("banked/hyp", "B1.3.2, B9.2.3", "registers of Hyp mode");
    claim_in_hyp("banked/hyp/read-elr", read_elr, 1, 0, true);
    claim_in_hyp("banked/hyp/write-elr", write_elr, 2, WRITTEN, false);
    claim_in_hyp("banked/hyp/write-spsr", write_spsr, 2, WRITTEN, false);
    claim_in_hyp("banked/hyp/lr-is-lr-usr", read_lr, 1, bank.value[LR_USR], false);
    claim_in_hyp("banked/hyp/sp-is-not-sp-usr", sp_differs, 3, 1, false);
}

void claim_transfers(void)
{
    tap_group("banked/mrs", "B9.2.3, B9.3.9", "MRS of banked registers from every mode");
    for (unsigned i = 0; i < 64; i++) {
        claim_encoding((struct encoding) { i >> 5, i & 31 }, false);
    }
    tap_group("banked/msr", "B9.2.3, B9.3.10", "MSR of banked registers from every mode");
    for (unsigned i = 0; i < 64; i++) {
        claim_encoding((struct encoding) { i >> 5, i & 31 }, true);
    }
    claim_hyp();
}
