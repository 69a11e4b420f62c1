/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The syndrome of each load and store instruction, and of cache maintenance by MVA.
 */
#include <stddef.h>
#include "armv7/psr.h"
#include "forms.h"
#include "parts.h"
#include "sysregs.h"
#include "tap.h"

#define PAGE 4u                     /* of the window, and where in it */
#define OFFSET 0x100u

/* Why an access faults: at level 3, loads and stores. */
struct cause {
    const char *name;
    uint64_t load, store;           /* attributes of the page */
    uint32_t fsc;
    bool has_hpfar;
};

static const struct cause causes[] = {
    { "translation", S2_INVALID, S2_INVALID, FSC_TRANSLATION + 3, true },
    { "access-flag", S2_NORMAL | S2_READ | S2_WRITE, S2_NORMAL | S2_READ | S2_WRITE,
      FSC_ACCESS_FLAG + 3, true },
    { "permission", S2_NORMAL | S2_ACCESS, S2_NORMAL | S2_ACCESS | S2_READ,
      FSC_PERMISSION + 3, false },
};

/* What is executed before a form, in A32 and T32: forms.h. */
static const struct { uint32_t arm, thumb; } befores[] = {
    [BEFORE_NONE] = { 0, 0 },
    [BEFORE_SP] = { 0xe1a0d001, 0x468d },
    [BEFORE_LDREX] = { 0xe1916f9f, 0xe8516f00 },
    [BEFORE_LDREXB] = { 0xe1d16f9f, 0xe8d16f4f },
    [BEFORE_LDREXH] = { 0xe1f16f9f, 0xe8d16f5f },
    [BEFORE_LDREXD] = { 0xe1b16f9f, 0xe8d1677f },
};

#define KEPT_ALL 0x1fffu
#define KEPT_BASE 0x0006u               /* r1, r2 */

static struct ve_insn insn_of(const struct form *form)
{
    struct ve_insn insn = {
        .arm = form->arm, .arm_before = befores[form->before].arm,
        .thumb_before = befores[form->before].thumb, .thumb_bytes = form->thumb_bytes,
    };

    if (form->thumb_bytes == 4) {
        insn.thumb = (uint32_t)form->thumb[0] << 16 | form->thumb[1];
    } else {
        insn.thumb = form->thumb[0];
    }
    insn.arm_unconditional = insn.arm >> 28 == 15;
    return insn;
}

static uint32_t syndrome(const struct form *form, const struct ve_probe *probe)
{
    uint32_t hsr = HSR_DABT | (form->write ? ISS_WNR : 0);

    if (form->isv) {
        hsr |= ISS_ISV | (uint32_t)form->sas << 22 | (uint32_t)form->sse << 21 |
               (uint32_t)form->srt << 16 | (probe->insn_bytes == 4 ? HSR_IL : 0);
    }
    return hsr;
}

/* A load of the PC and RFE must be the last of an IT block (A2.5.2, B9.3.13); so must TBB and TBH. */
static bool may_be_first_in_it(const struct form *form)
{
    static const char *const last[] = {
        "ldr-pc", "ldr-pc-pre", "ldr-pc-reg", "ldm-pc", "pop-pc", "rfeia", "rfedb-wb", "tbb", "tbh",
    };

    for (unsigned i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
        const char *a = last[i], *b = form->name;

        while (*a && *a == *b) {
            a++, b++;
        }
        if (*a == *b) {
            return false;
        }
    }
    return true;
}

/* SP of @mode, PL0 or PL1: where it was before the instruction? */
static bool sp_is(unsigned mode, uint32_t value)
{
    uint32_t sp;

    switch (mode) {
    case ARMV7_MODE_USR:
        READ_BANKED(sp, "sp_usr");
        break;
    case ARMV7_MODE_FIQ:
        READ_BANKED(sp, "sp_fiq");
        break;
    default:
        READ_BANKED(sp, "sp_svc");
        break;
    }
    return sp == value;
}

/* In FIQ mode r8 to r12 are others, which no claim compares. */
static uint32_t kept_of(const struct form *form)
{
    return form->flags & FORM_MANY ? KEPT_BASE : KEPT_ALL;
}

static bool can_be_asked(const struct form *form, const struct cause *cause, unsigned mode)
{
    return !((form->flags & FORM_PL1) && mode == ARMV7_MODE_USR) &&
           !((form->flags & FORM_NOT_FIQ) && mode == ARMV7_MODE_FIQ) &&
           !((form->flags & FORM_AFTER_LOAD) && cause->load == cause->store) &&
           !((form->flags & FORM_AFTER_LOAD) && cause->has_hpfar);
}

static void claim_form(const struct form *form, const struct cause *cause, enum ve_form isa,
                       unsigned mode)
{
    struct ve_insn insn = insn_of(form);
    uint64_t ipa = s2_set(3, PAGE, form->write ? cause->store : cause->load) + OFFSET;
    uint32_t va = stage1 == S1_OFF ? (uint32_t)ipa : S1_WINDOW + PAGE * 4096 + OFFSET;
    struct text name = text_path("stage2/syndrome", cause->name, form->name, s1_name(stage1),
                                 mode == ARMV7_MODE_FIQ ? "fiq" : mode_name(mode),
                                 ve_form_name(isa), NULL);
    struct ve_probe probe;

    if (!ve_form_exists(&insn, isa) || !can_be_asked(form, cause, mode)) {
        return;
    }
    ve_probe_make(&probe, &insn, isa, mode);
    probe.state.r[1] = va;
    probe.state.r[2] = FORM_R2;
    ve_abort_claim(name.s, &probe, &stage2_on, &(struct ve_abort) {
        .completes = (form->flags & FORM_COMPLETES) || !ve_form_executes(isa),
        .hsr = syndrome(form, &probe) | cause->fsc,
        .hsr_mask = MASK_ABORT | (form->isv ? MASK_ISV : 0),
        .far = va + (uint32_t)(int32_t)form->offset,
        .has_hpfar = cause->has_hpfar,
        .hpfar = hpfar_of(ipa),
        .pc = probe.insn, .psr = probe.insn_psr, .kept = kept_of(form),
    });
    if (form->before == BEFORE_SP && ve_form_executes(isa)) {
        text_add(&name, "/sp");
        tap_claim(sp_is(mode, va), name.s, "SP has changed");
    }
}

/*
 * In User mode, IT blocks and with conditions the translation of stage 1 and the cause make no
 * difference: these are asked with one of each.
 */
static void claim_all_forms(const struct cause *cause)
{
    bool once = cause == &causes[stage1 % 3];

    for (const struct form *form = forms; form < forms_end; form++) {
        claim_form(form, cause, VE_ARM, ARMV7_MODE_SVC);
        claim_form(form, cause, VE_THUMB, ARMV7_MODE_SVC);
        claim_form(form, cause, VE_THUMB, ARMV7_MODE_USR);
        for (enum ve_form isa = VE_ARM_EQ; once && isa < VE_FORMS; isa++) {
            if (isa == VE_THUMB || (isa == VE_THUMB_ITT_1 && !may_be_first_in_it(form))) {
                continue;
            }
            claim_form(form, cause, isa, ARMV7_MODE_SVC);
        }
        if (once) {
            claim_form(form, cause, VE_ARM, ARMV7_MODE_USR);
            claim_form(form, cause, VE_ARM, ARMV7_MODE_FIQ);
            claim_form(form, cause, VE_THUMB, ARMV7_MODE_FIQ);
        }
    }
}

/* Cache maintenance by MVA in r1: CM and WnR are 1, the syndrome has no register. */
static void claim_maintenance(void)
{
    static const struct { const char *name; uint32_t insn; } operations[] = {
        { "DCIMVAC", 0xee071f36 }, { "DCCMVAC", 0xee071f3a }, { "DCCIMVAC", 0xee071f3e },
        { "DCCMVAU", 0xee071f3b },
    };
    uint64_t ipa = s2_set(3, PAGE, S2_INVALID);

    tap_group("stage2/maintenance", "B2.2", "maintenance by MVA of unmapped memory faults");
    for (unsigned i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        struct ve_insn insn = { .arm = operations[i].insn, .thumb = operations[i].insn };
        struct ve_probe probe;

        for (stage1 = S1_OFF; stage1 < S1_FORMATS; stage1++) {
            uint32_t va = stage1 == S1_OFF ? (uint32_t)ipa : S1_WINDOW + PAGE * 4096;

            ve_probe_make(&probe, &insn, VE_ARM, ARMV7_MODE_SVC);
            probe.state.r[1] = va;
            ve_abort_claim(name_of("stage2/maintenance", operations[i].name, s1_name(stage1),
                                   NULL, NULL).s, &probe, &stage2_on, &(struct ve_abort) {
                .hsr = HSR_DABT | ISS_CM | ISS_WNR | (FSC_TRANSLATION + 3),
                .hsr_mask = MASK_ABORT,
                .far = va, .has_hpfar = true, .hpfar = hpfar_of(ipa), .pc = probe.insn,
            });
        }
    }
}

void claim_syndromes(void)
{
    s1_map_window(S1_SHORT, S2_WINDOW3, S1_NORMAL);
    s1_map_window(S1_LONG, S2_WINDOW3, S1_NORMAL);
    tap_group("stage2/syndrome", "B3.13.6", "the syndrome of every load and store");
    for (unsigned i = 0; i < sizeof(causes) / sizeof(causes[0]); i++) {
        for (stage1 = S1_OFF; stage1 < S1_FORMATS; stage1++) {
            claim_all_forms(&causes[i]);
        }
    }
    claim_maintenance();
}
