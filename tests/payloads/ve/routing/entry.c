/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Entry of synchronous exceptions: where the vectors are (VBAR, SCTLR.V, HVBAR), and what becomes of
 * the CPSR (SCTLR.TE and EE; A, I, F; ITSTATE).  DDI 0406C B1.8.3, B1.8.5, B1.9.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "hyp.h"
#include "judge.h"
#include "parts.h"
#include "stage1_tables.h"
#include "sysregs.h"

#define SCTLR_M (1u << 0)
#define SCTLR_V (1u << 13)
#define SCTLR_EE (1u << 25)
#define SCTLR_TE (1u << 30)
#define HIGH_VECTORS 0xffff0000u
#define FAR_PAGE (RAM_BASE + 0x40f0000u)        /* RAM that no payload uses; HIGH_VECTORS maps to it */
#define PSR_IT 0x0600fc00u
#define PSR_STAY 0xf80f0000u                    /* N, Z, C, V, Q and GE: kept at every entry */
#define PSR_SOME 0x980a0000u                    /* some of them, not Z: the conditions need that */

CP15_32(hvbar, 4, c12, c0, 0)
CP15_32(htpidr, 4, c13, c0, 2)

extern const char marked_vectors[], hyp_vectors[];

static const struct { const char *name; uint32_t base, sctlr; } places[] = {
    { "vbar", 0, 0 },                           /* base: near_vectors */
    { "vbar-far", FAR_PAGE, 0 },
    { "high", HIGH_VECTORS, SCTLR_V | SCTLR_M },
};

static uint32_t near_vectors[8] __attribute__((aligned(32)));
static bool set;
static unsigned place;
static uint32_t sctlr_bits;

static uint32_t base_of(unsigned p)
{
    return places[p].base ? places[p].base : (uint32_t)near_vectors;
}

/* HVC #0xe0 + n in each, as ve_guest_vectors; in T32 if SCTLR.TE is set. */
static void put_vectors(uint32_t *at, bool thumb)
{
    for (uint32_t i = 0; i < 8; i++) {
        ((volatile uint32_t *)at)[i] = thumb ? (0x80e0u + i) << 16 | 0xf7e0u : 0xe1400e70u + i;
    }
}

void entry_prepare(void)
{
    if (!set) {
        return;
    }
    cp15_write_vbar(places[place].sctlr & SCTLR_V ? 0x1000 : base_of(place));
    if (places[place].sctlr & SCTLR_M) {
        s1_on(S1_SHORT);
    }
    cp15_write_sctlr(cp15_read_sctlr() | places[place].sctlr | sctlr_bits);
}

/* An instruction that makes an exception in every form. */
struct source {
    const char *name;
    struct ve_insn insn;
    enum ve_vector vector;
    unsigned lr_arm, lr_thumb;          /* LR less the instruction's address: table B1-7 */
    uint32_t sets;                      /* of the CPSR, besides I: B1.9 */
    bool it_advances;                   /* the SPSR is that of the next instruction */
    bool unconditional;                 /* also if the condition of its IT block fails */
    bool open_if_failed;                /* UNDEFINED or not if the condition fails: B1.9 */
    uint32_t hyp_hsr, hyp_mask;         /* from Hyp: HSR without IL, and the vector */
    unsigned hyp_vector;
    bool returns_behind;
};

static const struct source sources[] = {
    { "svc", { .arm = 0xef000012, .thumb = 0xdf12, .thumb_bytes = 2 }, VE_VECTOR_SVC, 4, 2, 0,
      true, false, false, 0x44000012, 0xfdffffff, VECTOR_HVC, true },
    { "udf", { .arm = 0xe7f000f0, .thumb = 0xde00, .thumb_bytes = 2, .arm_unconditional = true },
      VE_VECTOR_UNDEF, 4, 2, 0, false, false, true, 0, 0xfc000000, VECTOR_UNDEF, false },
    { "udf-wide", { .thumb = 0xf7f0a000 }, VE_VECTOR_UNDEF, 4, 2, 0, false, false, true,
      0, 0xfc000000, VECTOR_UNDEF, false },
    { "bkpt", { .arm = 0xe1200070, .thumb = 0xbe00, .thumb_bytes = 2, .arm_unconditional = true },
      VE_VECTOR_IABT, 4, 4, ARMV7_PSR_A, false, true, false, 0x84000022, 0xfc00003f,
      VECTOR_IABT, false },
    { "alignment", { .arm = 0xe1913f9f, .thumb = 0xe8513f00 }, VE_VECTOR_DABT, 8, 8, ARMV7_PSR_A,
      false, false, false, 0x94000021, 0xfc0003ff, VECTOR_DABT, false },
};
#define SOURCES (sizeof(sources) / sizeof(sources[0]))

/* Masks and endianness of the CPSR before the exception. */
static const struct { const char *name; uint32_t psr; } starts[] = {
    { "none", 0 }, { "aif", ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F },
    { "f-e", ARMV7_PSR_F | ARMV7_PSR_E }, { "a", ARMV7_PSR_A }, { "i-e", ARMV7_PSR_I | ARMV7_PSR_E },
};

static const struct { const char *name; unsigned mode; } modes[] = {
    { "usr", ARMV7_MODE_USR }, { "svc", ARMV7_MODE_SVC }, { "sys", ARMV7_MODE_SYS },
    { "fiq", ARMV7_MODE_FIQ }, { "irq", ARMV7_MODE_IRQ }, { "abt", ARMV7_MODE_ABT },
    { "und", ARMV7_MODE_UND },
};
#define MODES (sizeof(modes) / sizeof(modes[0]))

/* ITAdvance(), DDI 0406C A2.5.2, on a PSR. */
static uint32_t it_advanced(uint32_t psr)
{
    uint32_t it = (psr >> 25 & 3) | (psr >> 8 & 0xfc);

    it = it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
    return (psr & ~PSR_IT) | (it & 3) << 25 | (it >> 2) << 10;
}

static void make(struct ve_probe *probe, const struct source *source, enum ve_form form,
                 unsigned mode, uint32_t start)
{
    uint32_t masks = ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F;

    ve_probe_make(probe, &source->insn, form, mode);
    probe->state.r[1] = ve_probe_code() + 2049;
    probe->state.psr = (probe->state.psr & ~masks) | start | PSR_SOME;
    probe->insn_psr = (probe->insn_psr & ~masks) | start | PSR_SOME;
}

static unsigned mode_of(enum ve_vector vector)
{
    static const uint8_t modes_of[] = {
        [VE_VECTOR_UNDEF] = ARMV7_MODE_UND, [VE_VECTOR_SVC] = ARMV7_MODE_SVC,
        [VE_VECTOR_IABT] = ARMV7_MODE_ABT, [VE_VECTOR_DABT] = ARMV7_MODE_ABT,
        [VE_VECTOR_IRQ] = ARMV7_MODE_IRQ, [VE_VECTOR_FIQ] = ARMV7_MODE_FIQ,
    };

    return modes_of[vector];
}

uint32_t entry_psr_of(uint32_t psr, enum ve_vector vector, uint32_t sets, uint32_t sctlr)
{
    return (psr & (PSR_STAY | ARMV7_PSR_A | ARMV7_PSR_F)) | ARMV7_PSR_I | sets | mode_of(vector) |
           (sctlr & SCTLR_EE ? ARMV7_PSR_E : 0) | (sctlr & SCTLR_TE ? ARMV7_PSR_T : 0);
}

static bool pl1_is_right(const struct source *source, const struct ve_probe *probe,
                         const struct ve_record *record)
{
    bool thumb = ve_form_is_thumb(probe->form);
    uint32_t psr = source->it_advances ? it_advanced(probe->insn_psr) : probe->insn_psr;

    return record->outcome == VE_PL1 && record->vector == source->vector &&
           record->pc == probe->insn + (thumb ? source->lr_thumb : source->lr_arm) &&
           record->psr == psr && record->entry_pc == base_of(place) + 4 * source->vector + 4 &&
           record->entry_psr == entry_psr_of(probe->insn_psr, source->vector, source->sets,
                                             sctlr_bits);
}

static void verdict(const struct text *name, bool ok, const struct ve_record *record)
{
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    text_add_field(&detail, "entry-psr", record->entry_psr);
    text_add_field(&detail, "entry-pc", record->entry_pc);
    text_add_field(&detail, "hyp-psr", record->hyp_psr);
    tap_claim(ok, name->s, detail.s);
}

static void claim_to_pl1(const struct source *source, enum ve_form form, unsigned mode,
                         unsigned start, const char *bits, bool routed)
{
    /* Routing of asynchronous exceptions is none of theirs. */
    const struct ve_controls controls = {
        .hcr = routed ? ARMV7_HCR_AMO | ARMV7_HCR_IMO | ARMV7_HCR_FMO : 0,
    };
    struct text name = text_path("routing/entry", source->name, modes[mode].name,
                                 ve_form_name(form), starts[start].name, places[place].name, bits,
                                 routed ? "amo-imo-fmo" : "hcr-0", NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    bool must = ve_form_executes(form) || source->unconditional, done;

    if (!ve_form_exists(&source->insn, form)) {
        return;
    }
    make(&probe, source, form, modes[mode].mode, starts[start].psr);
    set = true;
    ve_run(&probe.state, &controls, &record);
    set = false;
    done = !must && ve_probe_done(&probe, &record);
    verdict(&name, done || ((must || source->open_if_failed) &&
                            pl1_is_right(source, &probe, &record)), &record);
}

/* From Hyp: to vectors of its own, with HSR, and always to Hyp with A, I and F masked (SCR is 0). */
static void claim_from_hyp(const struct source *source, enum ve_form form, unsigned start)
{
    static const struct ve_controls none = { 0 };
    struct text name = text_path("routing/entry-hyp", source->name, ve_form_name(form),
                                 starts[start].name, NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint32_t psr, back;

    if (!ve_form_exists(&source->insn, form) || !ve_form_executes(form)) {
        return;
    }
    make(&probe, source, form, ARMV7_MODE_HYP, starts[start].psr);
    cp15_write_hvbar((uint32_t)marked_vectors);
    cp15_write_htpidr(0);
    ve_run(&probe.state, &none, &record);
    cp15_write_hvbar((uint32_t)hyp_vectors);
    psr = source->it_advances ? it_advanced(probe.insn_psr) : probe.insn_psr;
    back = probe.insn + (source->returns_behind ? probe.insn_bytes : 0);
    verdict(&name, record.outcome == VE_HYP && record.vector == source->hyp_vector &&
            ((record.hsr ^ source->hyp_hsr) & source->hyp_mask & ~(1u << 25)) == 0 &&
            record.pc == back && record.psr == psr && record.hyp_psr == HYP_ENTRY_PSR &&
            cp15_read_htpidr() == 0x40 + source->hyp_vector, &record);
}

/* HVC from each mode, and what HCR.TGE takes from User mode: HVBAR, ELR_hyp, SPSR_hyp, CPSR. */
static void claim_to_hyp(const struct source *source, enum ve_form form, unsigned mode,
                         unsigned start, uint32_t hcr)
{
    const struct ve_controls controls = { .hcr = hcr };
    struct text name = text_path("routing/entry-to-hyp", source->name, modes[mode].name,
                                 ve_form_name(form), starts[start].name, NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint32_t psr, back;

    if (!ve_form_exists(&source->insn, form) || !ve_form_executes(form)) {
        return;
    }
    make(&probe, source, form, modes[mode].mode, starts[start].psr);
    cp15_write_hvbar((uint32_t)marked_vectors);
    cp15_write_htpidr(0);
    ve_run(&probe.state, &controls, &record);
    cp15_write_hvbar((uint32_t)hyp_vectors);
    psr = source->it_advances ? it_advanced(probe.insn_psr) : probe.insn_psr;
    back = probe.insn + (source->returns_behind ? probe.insn_bytes : 0);
    verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_TRAP &&
            ((record.hsr ^ source->hyp_hsr) & source->hyp_mask & ~(1u << 25)) == 0 &&
            record.pc == back && record.psr == psr && record.hyp_psr == HYP_ENTRY_PSR &&
            cp15_read_htpidr() == 0x40 + VECTOR_TRAP, &record);
}

/* EC 0x12: HVC is unconditional and not allowed in IT blocks (A8.8.60). */
static const struct source hvc = {
    .name = "hvc",
    .insn = { .arm = 0xe1412374, .thumb = 0xf7e18234, .arm_unconditional = true },
    .hyp_hsr = 0x48001234, .hyp_mask = 0xfdffffff, .hyp_vector = VECTOR_HVC, .it_advances = true,
    .returns_behind = true,
};

static void claim_place(unsigned p, const char *bits, uint32_t sctlr)
{
    place = p;
    sctlr_bits = sctlr;
    put_vectors(near_vectors, sctlr & SCTLR_TE);
    put_vectors((uint32_t *)FAR_PAGE, sctlr & SCTLR_TE);
    cp15_sync_code();
    for (unsigned i = 0; i < SOURCES * MODES * VE_FORMS; i++) {
        const struct source *source = &sources[i / MODES / VE_FORMS];
        unsigned mode = i / VE_FORMS % MODES, form = i % VE_FORMS;
        unsigned start = (i + mode + p) % (sizeof(starts) / sizeof(starts[0]));

        claim_to_pl1(source, form, mode, start, bits, i & 1);
        claim_to_pl1(source, form, mode, (start + 2) % 5, bits, !(i & 1));
    }
    sctlr_bits = 0;
}

void claim_entry(void)
{
    s1_init();
    s1_map_section(HIGH_VECTORS, FAR_PAGE);
    tap_group("routing/entry", "B1.8.1, B1.8.3, B1.8.5",
              "vectors by VBAR and SCTLR.V, LR, SPSR and CPSR of synchronous exceptions");
    for (unsigned p = 0; p < 3; p++) {
        claim_place(p, "arm", 0);
        claim_place(p, "te", SCTLR_TE);
    }
    claim_place(0, "ee", SCTLR_EE);
    claim_place(1, "te-ee", SCTLR_TE | SCTLR_EE);
    tap_group("routing/entry-hyp", "B1.8.1, B1.8.5", "exceptions that Hyp mode makes itself");
    for (unsigned i = 0; i < SOURCES * VE_FORMS * 5; i++) {
        claim_from_hyp(&sources[i / 5 / VE_FORMS], i / 5 % VE_FORMS, i % 5);
    }
    for (unsigned start = 0; start < 5; start++) {
        claim_from_hyp(&hvc, VE_ARM, start);
        claim_from_hyp(&hvc, VE_THUMB, start);
    }
    tap_group("routing/entry-to-hyp", "B1.8.1, B1.14", "HVC, and HCR.TGE for User mode");
    for (unsigned i = 0; i < SOURCES * VE_FORMS * 5; i++) {
        const struct source *source = &sources[i / 5 / VE_FORMS];
        struct source to_hyp = *source;

        /* EC 0x20 and 0x24 instead of 0x21 and 0x25. */
        to_hyp.hyp_hsr &= source->vector >= VE_VECTOR_IABT ? ~(1u << 26) : ~0u;
        claim_to_hyp(&to_hyp, i / 5 % VE_FORMS, 0, i % 5, ARMV7_HCR_TGE);
    }
    for (unsigned i = 0; i < (MODES - 1) * 5; i++) {
        claim_to_hyp(&hvc, VE_ARM, 1 + i / 5, i % 5, 0);
        claim_to_hyp(&hvc, VE_THUMB, 1 + i / 5, i % 5, 0);
    }
}
