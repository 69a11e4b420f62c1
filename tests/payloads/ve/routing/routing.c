/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: does every exception of a guest go where HCR and the CPSR say (DDI 0406C B1.8),
 * to the right vector, with the right return state?
 *
 *   sync      SVC, UDF, BKPT and HVC from every mode in A32 and T32; from User mode with HCR.TGE
 *   virtual   HCR.VI, VF and VA against IMO, FMO, AMO, the CPSR masks, and the mode
 *   physical  a pending SGI against HCR.IMO, HCR.TGE, CPSR.I, and the mode
 *   entry     SVC, UDF, BKPT and an alignment fault in all forms from every mode: the vector by VBAR
 *             and SCTLR.V, LR, SPSR with ITSTATE, and the CPSR by SCTLR.TE and EE; with HCR.TGE and
 *             from Hyp by HVBAR, with ELR_hyp
 *   virtual-set, physical-set  any set of them pending, routed and masked
 *
 * What does not arrive is seen by the guest coming to the end of its code. Physical FIQs are not
 * asked: without Security Extensions the GIC signals none.
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "judge.h"
#include "parts.h"
#include "routing.h"
#include "sysregs.h"

static const struct { unsigned mode; const char *name; } modes[] = {
    { ARMV7_MODE_USR, "usr" }, { ARMV7_MODE_SVC, "svc" }, { ARMV7_MODE_SYS, "sys" },
    { ARMV7_MODE_FIQ, "fiq" }, { ARMV7_MODE_IRQ, "irq" }, { ARMV7_MODE_ABT, "abt" },
    { ARMV7_MODE_UND, "und" },
};
#define MODE_COUNT (sizeof(modes) / sizeof(modes[0]))

/* An instruction that makes an exception, and where it goes. */
struct source {
    const char *name;
    struct ve_insn insn;
    enum ve_vector vector;      /* at PL1 */
    uint8_t lr_arm, lr_thumb;   /* offset of LR: B1.8 */
    uint32_t hsr_arm, hsr_thumb;    /* with TGE, from User mode */
    uint32_t hsr_mask;
    bool returns_behind;        /* ELR_hyp is behind the instruction: B1.8 */
};

/* EC 0x11 with the immediate, EC 0x00, EC 0x20 with FSC 0x22, EC 0x24 with FSC 0x21: B3.13.6. */
static const struct source sources[] = {
    { "svc", { .arm = 0xef000012, .thumb = 0xdf12, .thumb_bytes = 2 }, VE_VECTOR_SVC, 4, 2,
      0x46000012, 0x44000012, 0xffffffff, true },
    { "udf", { .arm = 0xe7f000f0, .thumb = 0xde00, .thumb_bytes = 2 }, VE_VECTOR_UNDEF, 4, 2,
      0x00000000, 0x00000000, 0xfc000000, false },
    { "bkpt", { .arm = 0xe1200070, .thumb = 0xbe00, .thumb_bytes = 2 }, VE_VECTOR_IABT, 4, 4,
      0x80000022, 0x80000022, 0xfc0003ff, false },
    /* LDREX from an odd address always faults: A3.2. */
    { "alignment", { .arm = 0xe1913f9f, .thumb = 0xe8513f00 }, VE_VECTOR_DABT, 8, 8,
      0x90000021, 0x90000021, 0xfd0003ff, false },
};

static void start_name(struct text *name, const char *group, const char *what, const char *mode)
{
    text_clear(name);
    text_add(name, "routing/");
    text_add(name, group);
    text_add(name, "/");
    text_add(name, what);
    text_add(name, "/");
    text_add(name, mode);
}

static void verdict(const struct text *name, bool ok, const struct ve_record *record)
{
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    tap_claim(ok, name->s, detail.s);
}

static void claim_to_pl1(const struct source *source, enum ve_form isa, unsigned mode)
{
    static const struct ve_controls none = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &source->insn, isa, modes[mode].mode);
    probe.state.r[1] = ve_probe_code() + 2049;
    ve_run(&probe.state, &none, &record);
    start_name(&name, "sync", source->name, modes[mode].name);
    text_add(&name, "/");
    text_add(&name, ve_form_name(isa));
    verdict(&name, record.outcome == VE_PL1 && record.vector == source->vector &&
            record.pc == probe.insn + (isa == VE_ARM ? source->lr_arm : source->lr_thumb) &&
            record.psr == probe.insn_psr, &record);
}

static void claim_tge(const struct source *source, enum ve_form isa)
{
    static const struct ve_controls tge = { .hcr = ARMV7_HCR_TGE };
    uint32_t hsr = isa == VE_ARM ? source->hsr_arm : source->hsr_thumb;
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &source->insn, isa, ARMV7_MODE_USR);
    probe.state.r[1] = ve_probe_code() + 2049;
    ve_run(&probe.state, &tge, &record);
    start_name(&name, "tge", source->name, "usr");
    text_add(&name, "/");
    text_add(&name, ve_form_name(isa));
    verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_TRAP &&
            ((record.hsr ^ hsr) & source->hsr_mask) == 0 && record.psr == probe.insn_psr &&
            record.pc == probe.insn + (source->returns_behind ? probe.insn_bytes : 0), &record);
}

/* HVC: from PL1 to Hyp with the immediate, ELR_hyp behind it; UNDEFINED at PL0. */
static void claim_hvc(enum ve_form isa, unsigned mode)
{
    static const struct ve_insn hvc = { .arm = 0xe1412374, .thumb = 0xf7e18234 };
    static const struct ve_controls none = { 0 };
    bool user = modes[mode].mode == ARMV7_MODE_USR;
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &hvc, isa, modes[mode].mode);
    ve_run(&probe.state, &none, &record);
    start_name(&name, "sync", "hvc", modes[mode].name);
    text_add(&name, "/");
    text_add(&name, ve_form_name(isa));
    if (user) {
        verdict(&name, record.outcome == VE_PL1 && record.vector == VE_VECTOR_UNDEF, &record);
    } else {
        verdict(&name, record.outcome == VE_HYP && record.vector == VECTOR_TRAP &&
                record.hsr == 0x4a001234u &&
                record.pc == probe.insn + 4 && record.psr == probe.insn_psr, &record);
    }
}

static void claim_sync(void)
{
    tap_group("routing/sync", "B1.8, B1.9", "synchronous exceptions from every mode");
    for (unsigned mode = 0; mode < MODE_COUNT; mode++) {
        for (unsigned i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
            claim_to_pl1(&sources[i], VE_ARM, mode);
            claim_to_pl1(&sources[i], VE_THUMB, mode);
        }
        claim_hvc(VE_ARM, mode);
        claim_hvc(VE_THUMB, mode);
    }
    tap_group("routing/tge", "B1.14", "exceptions of User mode under HCR.TGE");
    for (unsigned i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        claim_tge(&sources[i], VE_ARM);
        claim_tge(&sources[i], VE_THUMB);
    }
}

/* SUBS r0, r0, #1; BNE to it: time for an interrupt, and an end if there is none. */
static void make_loop(struct ve_probe *probe, unsigned mode, uint32_t unmasked)
{
    static const struct ve_insn loop = {
        .arm = 0x1afffffd, .arm_unconditional = true, .arm_before = 0xe2500001,
    };

    ve_probe_make(probe, &loop, VE_ARM, mode);
    probe->state.r[0] = 2000;
    probe->state.psr &= ~unmasked;
}

static bool in_loop(const struct ve_probe *probe, uint32_t pc)
{
    return pc >= ve_probe_code() && pc <= probe->end;
}

static bool same_but_flags(uint32_t a, uint32_t b)
{
    return ((a ^ b) & 0x0fffffffu) == 0;
}

/* A virtual exception: its bit in HCR, the bit that lets it be, the CPSR's mask, what it does. */
struct pending {
    const char *name;
    uint32_t hcr_bit, hcr_route, mask;
    enum ve_vector vector;
    unsigned mode, lr_offset;
    uint32_t masked_by_it;      /* bits of the CPSR that the entry sets */
};

static const struct pending virtuals[] = {
    { "vi", ARMV7_HCR_VI, ARMV7_HCR_IMO, ARMV7_PSR_I, VE_VECTOR_IRQ, ARMV7_MODE_IRQ, 4,
      ARMV7_PSR_I },
    { "vf", ARMV7_HCR_VF, ARMV7_HCR_FMO, ARMV7_PSR_F, VE_VECTOR_FIQ, ARMV7_MODE_FIQ, 4,
      ARMV7_PSR_I | ARMV7_PSR_F },
    { "va", ARMV7_HCR_VA, ARMV7_HCR_AMO, ARMV7_PSR_A, VE_VECTOR_DABT, ARMV7_MODE_ABT, 8,
      ARMV7_PSR_I },
};

static bool virtual_is_right(const struct pending *p, const struct ve_probe *probe,
                             const struct ve_record *record)
{
    return record->outcome == VE_PL1 && record->vector == p->vector &&
           in_loop(probe, record->pc - p->lr_offset) &&
           same_but_flags(record->psr, probe->state.psr) &&
           armv7_psr_mode(record->entry_psr) == p->mode &&
           (record->entry_psr & p->masked_by_it) == p->masked_by_it &&
           /* DFSR of an asynchronous external abort, FS 10110: B3.13. */
           (p->vector != VE_VECTOR_DABT || (record->dfsr & 0x60fu) == 0x406u);
}

static void claim_virtual(const struct pending *p, unsigned mode, bool routed, bool unmasked)
{
    const struct ve_controls controls = { .hcr = p->hcr_bit | (routed ? p->hcr_route : 0) };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;

    make_loop(&probe, modes[mode].mode, unmasked ? p->mask : 0);
    ve_run(&probe.state, &controls, &record);
    start_name(&name, "virtual", p->name, modes[mode].name);
    text_add(&name, routed ? "/routed" : "/not-routed");
    text_add(&name, unmasked ? "/unmasked" : "/masked");
    verdict(&name, routed && unmasked ? virtual_is_right(p, &probe, &record)
                                      : ve_probe_done(&probe, &record), &record);
}

/* ISR shows a virtual interrupt to the guest whether or not it is masked: B4.1. */
static void claim_isr(const struct pending *p, bool routed)
{
    static const struct ve_insn read_isr = { .arm = 0xee1c3f11 };     /* MRC r3 */
    const struct ve_controls controls = { .hcr = p->hcr_bit | (routed ? p->hcr_route : 0) };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;

    ve_probe_make(&probe, &read_isr, VE_ARM, ARMV7_MODE_SVC);
    ve_run(&probe.state, &controls, &record);
    start_name(&name, "isr", p->name, routed ? "routed" : "not-routed");
    verdict(&name, ve_probe_done(&probe, &record) && record.r[3] == (routed ? p->mask : 0),
            &record);
}

static void claim_virtuals(void)
{
    tap_group("routing/virtual", "B1.8", "virtual exceptions by HCR.VI, VF and VA");
    for (unsigned i = 0; i < sizeof(virtuals) / sizeof(virtuals[0]); i++) {
        for (unsigned mode = 0; mode < MODE_COUNT; mode++) {
            for (unsigned bits = 0; bits < 4; bits++) {
                claim_virtual(&virtuals[i], mode, bits & 1, bits & 2);
            }
        }
    }
    tap_group("routing/isr", "B4.1", "ISR shows virtual exceptions to the guest");
    for (unsigned i = 0; i < sizeof(virtuals) / sizeof(virtuals[0]); i++) {
        claim_isr(&virtuals[i], true);
        claim_isr(&virtuals[i], false);
    }
}

/* To Hyp with IMO or TGE, whatever CPSR.I is; else to PL1 if CPSR.I is 0. */
static void claim_physical(unsigned mode, uint32_t hcr, const char *how, bool unmasked)
{
    const struct ve_controls controls = { .hcr = hcr };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    struct text name;
    bool ok;

    make_loop(&probe, modes[mode].mode, unmasked ? ARMV7_PSR_I : 0);
    sgi_send_to_self();
    ve_run(&probe.state, &controls, &record);
    sgi_take();
    if (hcr) {
        ok = record.outcome == VE_HYP && record.vector == VECTOR_IRQ &&
             in_loop(&probe, record.pc) && same_but_flags(record.psr, probe.state.psr);
    } else if (unmasked) {
        ok = virtual_is_right(&virtuals[0], &probe, &record);
    } else {
        ok = ve_probe_done(&probe, &record);
    }
    start_name(&name, "physical", how, modes[mode].name);
    text_add(&name, unmasked ? "/unmasked" : "/masked");
    verdict(&name, ok, &record);
}

static void claim_physicals(void)
{
    tap_group("routing/physical", "B1.8", "a physical IRQ");
    for (unsigned mode = 0; mode < MODE_COUNT; mode++) {
        for (unsigned unmasked = 0; unmasked < 2; unmasked++) {
            claim_physical(mode, 0, "irq-pl1", unmasked);
            claim_physical(mode, ARMV7_HCR_IMO, "irq-imo", unmasked);
        }
    }
    /* TGE is for User mode: PL1 modes are UNPREDICTABLE with it (B1.14). */
    claim_physical(0, ARMV7_HCR_TGE, "irq-tge", false);
    claim_physical(0, ARMV7_HCR_TGE, "irq-tge", true);
}

void ve_prepare(void)
{
    entry_prepare();
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    sgi_init();
    claim_sync();
    claim_virtuals();
    claim_physicals();
    claim_entry();
    claim_async();
    tap_end();
}
