/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One or two interrupts under every setting.
 */
#include <stddef.h>
#include "both.h"

#define VIRQ 40u

static void add(struct text *name, const char *what, unsigned value)
{
    text_add(name, what);
    text_add_decimal(name, value);
}

static void claim_enable(bool group1, uint32_t ctlr, bool alias)
{
    struct text name = text_path("vgic/enable", group1 ? "group1" : "group0",
                                 alias ? "aiar" : "iar", NULL);

    add(&name, "/ctlr-", ctlr);
    both_begin(ctlr);
    both_lr(0, LR_PENDING | LR_PRIORITY(16) | VIRQ | (group1 ? LR_GRP1 : 0));
    both_lines();
    both_iar(alias);
    both_lines();
    both_end(name.s);
}

/* With En = 0 nothing is signalled and IAR is spurious. */
static void claim_disabled(bool group1)
{
    both_begin(CTLR_GRP0 | CTLR_GRP1 | CTLR_ACKCTL);
    both_hcr(0);
    both_lr(0, LR_PENDING | LR_PRIORITY(16) | VIRQ | (group1 ? LR_GRP1 : 0));
    both_lines();
    both_iar(false);
    both_hcr(HCR_EN);
    both_lines();
    both_iar(false);
    both_end(group1 ? "vgic/enable/group1/en" : "vgic/enable/group0/en");
}

static void claim_mask(unsigned priority, uint32_t pmr)
{
    struct text name = text_path("vgic/mask", NULL);

    add(&name, "/priority-", priority);
    add(&name, "/pmr-", pmr);
    both_begin(CTLR_GRP0);
    both_pmr(pmr);
    both_lr(0, LR_PENDING | LR_PRIORITY(priority) | VIRQ);
    both_lines();
    both_iar(false);
    both_end(name.s);
}

/* One is active; another of the same group comes. */
static void claim_preempt(bool group1, unsigned bpr, unsigned running, unsigned pending)
{
    struct text name = text_path("vgic/preempt", group1 ? "group1" : "group0", NULL);
    uint32_t group = group1 ? LR_GRP1 : 0;
    uint32_t first;

    add(&name, "/bpr-", bpr);
    add(&name, "/active-", running);
    add(&name, "/pending-", pending);
    both_begin(CTLR_GRP0 | CTLR_GRP1);
    if (group1) {
        both_abpr(bpr);
    } else {
        both_bpr(bpr);
    }
    both_lr(0, LR_PENDING | LR_PRIORITY(running) | VIRQ | group);
    first = both_iar(group1);
    both_lr(1, LR_PENDING | LR_PRIORITY(pending) | (VIRQ + 1) | group);
    both_lines();
    both_iar(group1);
    if (both_model.lr[1] & LR_ACTIVE) {
        both_eoir(VIRQ + 1, group1);
    }
    both_eoir(first, group1);
    both_lines();
    both_end(name.s);
}

/* With CBPR the point of Group 0 counts for Group 1, too. */
static void claim_common_bpr(unsigned bpr, unsigned abpr)
{
    struct text name = text_path("vgic/preempt/cbpr", NULL);

    add(&name, "/bpr-", bpr);
    add(&name, "/abpr-", abpr);
    both_begin(CTLR_GRP0 | CTLR_GRP1);
    both_abpr(abpr);
    both_bpr(bpr);
    both_ctlr(CTLR_GRP0 | CTLR_GRP1 | CTLR_CBPR);
    both_lr(0, LR_PENDING | LR_PRIORITY(13) | VIRQ | LR_GRP1);
    both_iar(true);
    both_lr(1, LR_PENDING | LR_PRIORITY(9) | (VIRQ + 1) | LR_GRP1);
    both_lines();
    both_iar(true);
    both_end(name.s);
}

/* Group 0 and 1 against each other: only the priority counts. */
static void claim_both_groups(unsigned priority0, unsigned priority1, uint32_t more)
{
    struct text name = text_path("vgic/preempt/groups", NULL);

    add(&name, "/group0-", priority0);
    add(&name, "/group1-", priority1);
    add(&name, "/ctlr-", more);
    both_begin(CTLR_GRP0 | CTLR_GRP1 | more);
    both_lr(0, LR_PENDING | LR_PRIORITY(priority1) | VIRQ | LR_GRP1);
    both_lr(2, LR_PENDING | LR_PRIORITY(priority0) | (VIRQ + 1));
    both_lines();
    for (unsigned i = 0; i < 2; i++) {
        both_iar(false);
        both_lines();
        both_iar(true);
        both_lines();
    }
    both_end(name.s);
}

static void claim_vmcr(const char *what, uint32_t ctlr, uint32_t pmr, uint32_t bpr, uint32_t abpr)
{
    struct text name = text_path("vgic/vmcr", what, NULL);

    both_begin(0);
    both_ctlr(ctlr);
    both_pmr(pmr);
    both_bpr(bpr);
    if (!(ctlr & CTLR_CBPR)) {
        both_abpr(abpr);
    }
    add(&name, "-", ctlr);
    add(&name, "-", pmr);
    add(&name, "-", bpr);
    add(&name, "-", abpr);
    both_begin(0);
    both_vmcr(ctlr, pmr, bpr < 2 ? 2 : bpr, abpr < 3 ? 3 : abpr);
    both_end(name.s);
}

static void claim_every_vmcr(void)
{
    for (unsigned bit = 0; bit < 10; bit++) {
        if (0x21f >> bit & 1) {
            claim_vmcr("ctlr", 1u << bit, 0x80, 2, 3);
        }
    }
    for (uint32_t pmr = 0; pmr < 0x100; pmr += 0x11) {
        claim_vmcr("pmr", 3, pmr, 2, 3);
    }
    for (uint32_t bpr = 0; bpr < 8; bpr++) {
        claim_vmcr("bpr", 3, 0xf8, bpr, 3);
        claim_vmcr("abpr", 3, 0xf8, 2, bpr);
    }
}

/* List registers and settings that make, or do not make, a cause. */
static const struct cause {
    const char *name;
    uint32_t enable;
    uint32_t lr[LRS];
    uint32_t ctlr, eoicount;
} causes[] = {
    { "none-valid", HCR_UIE, { 0 }, 3, 0 },
    { "one-valid", HCR_UIE, { 0, LR_PENDING | 40 }, 3, 0 },
    { "one-active", HCR_UIE, { 0, 0, 0, LR_ACTIVE | 40 }, 3, 0 },
    { "two-valid", HCR_UIE, { LR_PENDING | 40, LR_ACTIVE | 41 }, 3, 0 },
    { "all-valid", HCR_UIE, { LR_PENDING | 40, LR_ACTIVE | 41, LR_PENDING | 42,
                              LR_PENDING | LR_ACTIVE | 43 }, 3, 0 },
    { "eoicount-0", HCR_LRENPIE, { 0 }, 3, 0 },
    { "eoicount-1", HCR_LRENPIE, { 0 }, 3, 1 },
    { "eoicount-31", HCR_LRENPIE, { 0 }, 3, 31 },
    { "nothing-pending", HCR_NPIE, { 0 }, 3, 0 },
    { "one-is-active", HCR_NPIE, { LR_ACTIVE | 40 }, 3, 0 },
    { "one-is-pending", HCR_NPIE, { 0, 0, LR_PENDING | 40 }, 3, 0 },
    { "group0-on", HCR_VGRP0EIE, { 0 }, CTLR_GRP0, 0 },
    { "group0-off", HCR_VGRP0EIE, { 0 }, CTLR_GRP1, 0 },
    { "group0-on-d", HCR_VGRP0DIE, { 0 }, CTLR_GRP0, 0 },
    { "group0-off-d", HCR_VGRP0DIE, { 0 }, CTLR_GRP1, 0 },
    { "group1-on", HCR_VGRP1EIE, { 0 }, CTLR_GRP1, 0 },
    { "group1-off", HCR_VGRP1EIE, { 0 }, CTLR_GRP0, 0 },
    { "group1-on-d", HCR_VGRP1DIE, { 0 }, CTLR_GRP1, 0 },
    { "group1-off-d", HCR_VGRP1DIE, { 0 }, CTLR_GRP0, 0 },
    { "eoi-invalid", 0, { 0, LR_EOI | 40 }, 3, 0 },
    { "eoi-pending", 0, { 0, LR_EOI | LR_PENDING | 40 }, 3, 0 },
    { "eoi-active", 0, { 0, LR_EOI | LR_ACTIVE | 40 }, 3, 0 },
    { "eoi-hw", 0, { 0, LR_HW | LR_PHYSICAL(600) | 40 }, 3, 0 },
    { "eoi-two", 0, { LR_EOI | 41, 0, 0, LR_EOI | 40 }, 3, 0 },
};

static void claim_cause(const struct cause *cause, uint32_t enables, const char *how)
{
    struct text name = text_path("vgic/maintenance", cause->name, how, NULL);

    both_begin(cause->ctlr);
    for (unsigned i = 0; i < LRS; i++) {
        both_lr(i, cause->lr[i]);
    }
    both_hcr(HCR_EN | enables | cause->eoicount << HCR_EOICOUNT_SHIFT);
    both_lines();
    both_hcr(enables | cause->eoicount << HCR_EOICOUNT_SHIFT);
    both_lines();
    both_hcr(HCR_EN | cause->eoicount << HCR_EOICOUNT_SHIFT);
    both_lines();
    both_end(name.s);
}

void claim_tables(void)
{
    static const uint8_t priorities[] = { 0, 1, 3, 4, 7, 8, 15, 16, 24, 30, 31 };
    const unsigned count = sizeof(priorities);

    tap_group("vgic/enable", "IHI 0048B 5.5", "one interrupt under each GICV_CTLR");
    for (uint32_t ctlr = 0; ctlr < 16; ctlr++) {
        for (unsigned i = 0; i < 4; i++) {
            claim_enable(i & 1, ctlr, i & 2);
        }
    }
    claim_disabled(false);
    claim_disabled(true);
    tap_group("vgic/mask", "IHI 0048B 4.4.2", "priorities against PMR");
    for (unsigned i = 0; i < count; i++) {
        for (unsigned j = 0; j < count; j++) {
            claim_mask(priorities[i], (uint32_t)priorities[j] << 3 | 7);
        }
    }
    tap_group("vgic/preempt", "IHI 0048B 3.3", "preemption, APR and RPR");
    for (unsigned bpr = 2; bpr < 8; bpr++) {
        for (unsigned i = 0; i < count; i++) {
            for (unsigned j = 0; j < count; j++) {
                claim_preempt(false, bpr, priorities[i], priorities[j]);
                if (bpr > 2) {
                    claim_preempt(true, bpr, priorities[i], priorities[j]);
                }
            }
        }
        claim_common_bpr(bpr, 3);
        if (bpr > 3) {
            claim_common_bpr(2, bpr);
        }
    }
    for (uint32_t more = 0; more < 3; more++) {
        static const uint32_t bits[] = { 0, CTLR_ACKCTL, CTLR_FIQEN };

        claim_both_groups(4, 12, bits[more]);
        claim_both_groups(12, 4, bits[more]);
    }
    tap_group("vgic/vmcr", "IHI 0048B 5.3.3", "GICV and GICH_VMCR are the same");
    claim_every_vmcr();
    tap_group("vgic/maintenance", "IHI 0048B 5.3.4", "causes of the maintenance interrupt");
    for (unsigned i = 0; i < sizeof(causes) / sizeof(causes[0]); i++) {
        claim_cause(&causes[i], causes[i].enable, "alone");
        claim_cause(&causes[i], HCR_ENABLES & ~causes[i].enable, "others");
        claim_cause(&causes[i], HCR_ENABLES, "all");
    }
}
