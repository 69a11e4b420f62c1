/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Asynchronous exceptions: every set of pending virtual ones under every routing, mask and mode, and
 * a physical IRQ likewise.  DDI 0406C B1.8.11, B1.9.
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "hyp.h"
#include "judge.h"
#include "parts.h"
#include "routing.h"
#include "sysregs.h"

static const struct { const char *name; unsigned mode; } modes[] = {
    { "usr", ARMV7_MODE_USR }, { "svc", ARMV7_MODE_SVC }, { "sys", ARMV7_MODE_SYS },
    { "fiq", ARMV7_MODE_FIQ }, { "irq", ARMV7_MODE_IRQ }, { "abt", ARMV7_MODE_ABT },
    { "und", ARMV7_MODE_UND },
};
#define MODES (sizeof(modes) / sizeof(modes[0]))

/* A virtual exception, or what a physical one of its kind does at PL1. */
static const struct kind {
    const char *letter;
    uint32_t pending, route, mask;      /* HCR, HCR, CPSR */
    enum ve_vector vector;
    unsigned lr_offset;
    uint32_t sets;                      /* of the CPSR besides I */
} kinds[] = {
    { "a", ARMV7_HCR_VA, ARMV7_HCR_AMO, ARMV7_PSR_A, VE_VECTOR_DABT, 8, ARMV7_PSR_A },
    { "i", ARMV7_HCR_VI, ARMV7_HCR_IMO, ARMV7_PSR_I, VE_VECTOR_IRQ, 4, ARMV7_PSR_A },
    { "f", ARMV7_HCR_VF, ARMV7_HCR_FMO, ARMV7_PSR_F, VE_VECTOR_FIQ, 4, ARMV7_PSR_A | ARMV7_PSR_F },
};

/* SUBS r0, r0, #1; BNE to it: time for an interrupt, and an end if there is none. */
static void make_loop(struct ve_probe *probe, unsigned mode, uint32_t masks)
{
    static const struct ve_insn loop = {
        .arm = 0x1afffffd, .arm_unconditional = true, .arm_before = 0xe2500001,
    };

    ve_probe_make(probe, &loop, VE_ARM, mode);
    probe->state.r[0] = 600;
    probe->state.psr &= ~(ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F);
    probe->state.psr |= masks;
}

static bool in_loop(const struct ve_probe *probe, uint32_t pc)
{
    return pc >= ve_probe_code() && pc <= probe->end;
}

static bool is_taken(const struct kind *kind, const struct ve_probe *probe,
                     const struct ve_record *record)
{
    return record->outcome == VE_PL1 && record->vector == kind->vector &&
           in_loop(probe, record->pc - kind->lr_offset) &&
           ((record->psr ^ probe->state.psr) & 0x0fffffffu) == 0 &&
           record->entry_psr == entry_psr_of(record->psr, kind->vector, kind->sets, 0);
}

static void add_set(struct text *name, const char *what, unsigned bits)
{
    text_add(name, what);
    for (unsigned i = 0; i < 3; i++) {
        text_add(name, bits >> i & 1 ? kinds[i].letter : "");
    }
}

static uint32_t bits_of(unsigned bits, size_t field)
{
    uint32_t all = 0;

    for (unsigned i = 0; i < 3; i++) {
        all |= bits >> i & 1 ? *(const uint32_t *)((const char *)&kinds[i] + field) : 0;
    }
    return all;
}

static void verdict(const struct text *name, bool ok, const struct ve_record *record)
{
    struct text detail;

    text_clear(&detail);
    ve_describe(&detail, record);
    text_add_field(&detail, "entry-psr", record->entry_psr);
    text_add_field(&detail, "hyp-psr", record->hyp_psr);
    tap_claim(ok, name->s, detail.s);
}

/* Any of those that are pending, routed to Hyp and not masked; which is first is not said. */
static void claim_virtual(unsigned pending, unsigned routed, unsigned masked, unsigned mode)
{
    const struct ve_controls controls = {
        .hcr = bits_of(pending, offsetof(struct kind, pending)) |
               bits_of(routed, offsetof(struct kind, route)),
    };
    unsigned eligible = pending & routed & ~masked;
    struct text name = text_path("routing/virtual-set", modes[mode].name, NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    bool ok;

    make_loop(&probe, modes[mode].mode, bits_of(masked, offsetof(struct kind, mask)));
    ve_run(&probe.state, &controls, &record);
    ok = eligible == 0 && ve_probe_done(&probe, &record);
    for (unsigned i = 0; i < 3; i++) {
        ok = ok || ((eligible >> i & 1) && is_taken(&kinds[i], &probe, &record));
    }
    add_set(&name, "/pending-", pending);
    add_set(&name, "/routed-", routed);
    add_set(&name, "/masked-", masked);
    verdict(&name, ok, &record);
}

/* To Hyp with IMO whatever the masks are; else to PL1 if CPSR.I is 0. */
static void claim_physical(unsigned routed, unsigned masked, unsigned mode)
{
    const struct ve_controls controls = { .hcr = bits_of(routed, offsetof(struct kind, route)) };
    struct text name = text_path("routing/physical-set", modes[mode].name, NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    bool ok;

    make_loop(&probe, modes[mode].mode, bits_of(masked, offsetof(struct kind, mask)));
    sgi_send_to_self();
    ve_run(&probe.state, &controls, &record);
    sgi_take();
    if (controls.hcr & ARMV7_HCR_IMO) {
        ok = record.outcome == VE_HYP && record.vector == VECTOR_IRQ &&
             in_loop(&probe, record.pc) && record.hyp_psr == HYP_ENTRY_PSR &&
             ((record.psr ^ probe.state.psr) & 0x0fffffffu) == 0;
    } else if (!(probe.state.psr & ARMV7_PSR_I)) {
        ok = is_taken(&kinds[1], &probe, &record);
    } else {
        ok = ve_probe_done(&probe, &record);
    }
    add_set(&name, "/routed-", routed);
    add_set(&name, "/masked-", masked);
    verdict(&name, ok, &record);
}

/* In Hyp mode the routing is no matter: CPSR.I masks, and Hyp takes it (B1.8.4). */
static void claim_in_hyp(unsigned routed, unsigned masked)
{
    const struct ve_controls controls = {
        .hcr = bits_of(routed, offsetof(struct kind, route)) | ARMV7_HCR_VA | ARMV7_HCR_VI |
               ARMV7_HCR_VF,
    };
    struct text name = text_path("routing/physical-set/hyp", NULL);
    struct ve_record record = { 0 };
    struct ve_probe probe;
    bool ok;

    make_loop(&probe, ARMV7_MODE_HYP, bits_of(masked, offsetof(struct kind, mask)));
    sgi_send_to_self();
    ve_run(&probe.state, &controls, &record);
    sgi_take();
    if (probe.state.psr & ARMV7_PSR_I) {
        ok = ve_probe_done(&probe, &record);
    } else {
        ok = record.outcome == VE_HYP && record.vector == VECTOR_IRQ &&
             in_loop(&probe, record.pc) && record.hyp_psr == HYP_ENTRY_PSR;
    }
    add_set(&name, "/routed-", routed);
    add_set(&name, "/masked-", masked);
    verdict(&name, ok, &record);
}

void claim_async(void)
{
    tap_group("routing/virtual-set", "B1.8.11",
              "virtual exceptions, any pending, any routed, any masked");
    for (unsigned i = 0; i < MODES * 512; i++) {
        claim_virtual(i & 7, i >> 3 & 7, i >> 6 & 7, i >> 9);
    }
    tap_group("routing/physical-set", "B1.8.4", "a physical IRQ under any routing and mask");
    for (unsigned i = 0; i < MODES * 64; i++) {
        claim_physical(i & 7, i >> 3 & 7, i >> 6);
    }
    for (unsigned i = 0; i < 64; i++) {
        claim_in_hyp(i & 7, i >> 3);
    }
}
