/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The life of an interrupt, step by step: IHI 0048B 3.2, 5.2, 5.3.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "board.h"
#include "both.h"
#include "mmio.h"
#include "sysregs.h"

#define VIRQ 40u

CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_64(cnthp_cval, 6, c14)

static void claim_life(const char *name, uint32_t ctlr, uint32_t lr, bool alias)
{
    uint32_t id;

    both_begin(ctlr);
    both_lr(3, lr | LR_PENDING | LR_PRIORITY(9));
    both_lines();
    id = both_iar(alias);
    both_lines();
    both_iar(alias);
    both_eoir(id, alias);
    both_lines();
    if (ctlr & CTLR_EOIMODE) {
        both_dir(id);
    }
    both_lines();
    both_iar(alias);
    both_end(name);
}

/* It comes again while it is active: not signalled until it is deactivated. */
static void claim_again(const char *name, uint32_t eoimode)
{
    uint32_t id;

    both_begin(CTLR_GRP0 | eoimode);
    both_lr(1, LR_PENDING | LR_PRIORITY(9) | VIRQ);
    id = both_iar(false);
    both_lr(1, LR_PENDING | LR_ACTIVE | LR_PRIORITY(9) | VIRQ);
    both_lines();
    both_iar(false);
    both_eoir(id, false);
    both_lines();
    if (eoimode) {
        both_iar(false);
        both_dir(id);
        both_lines();
    }
    id = both_iar(false);
    both_eoir(id, false);
    if (eoimode) {
        both_dir(id);
    }
    both_lines();
    both_end(name);
}

/* A nest of four, each better than the one before; ends in the other order. */
static void claim_nest(const char *name, uint32_t eoimode)
{
    both_begin(CTLR_GRP0 | eoimode);
    for (uint32_t i = 0; i < LRS; i++) {
        both_lr(i, LR_PENDING | LR_PRIORITY(28 - 8 * i) | (VIRQ + i));
        both_lines();
        both_iar(false);
    }
    for (uint32_t i = LRS; i-- > 0;) {
        both_eoir(VIRQ + i, false);
        both_lines();
    }
    for (uint32_t i = 0; eoimode && i < LRS; i++) {
        both_dir(VIRQ + i);
    }
    both_lines();
    both_end(name);
}

/* More is pending than there are list registers: Hyp refills at the underflow. */
static void claim_overflow(const char *name)
{
    uint32_t next = 0, handled = 0;

    both_begin(CTLR_GRP0);
    both_hcr(HCR_EN | HCR_UIE);
    while (handled < 13) {
        for (unsigned i = 0; i < LRS && next < 13; i++) {
            if (gich_read(GICH_ELRSR0) >> i & 1) {
                both_lr(i, LR_PENDING | LR_PRIORITY(next % 16 + i) | (VIRQ + next));
                next++;
            }
        }
        both_lines();
        both_eoir(both_iar(false), false);
        both_lines();
        handled++;
    }
    both_iar(false);
    both_end(name);
}

/* Hyp takes active interrupts out of the list registers: their ends are counted, to 31 and 0. */
static void claim_eoicount(const char *name, uint32_t eoimode)
{
    uint32_t ids[5];

    both_begin(CTLR_GRP0 | eoimode);
    both_hcr(HCR_EN | HCR_LRENPIE | 30u << HCR_EOICOUNT_SHIFT);
    for (uint32_t i = 0; i < 5; i++) {
        both_lr(0, LR_PENDING | LR_PRIORITY(20 - 4 * i) | (VIRQ + i));
        ids[i] = both_iar(false);
        both_lr(0, 0);
    }
    for (uint32_t i = 5; i-- > 0;) {
        both_eoir(ids[i], false);
        both_lines();
        if (eoimode) {
            both_dir(ids[i]);
            both_lines();
        }
    }
    both_end(name);
}

/* An end without anything active is no end: not counted (5.3.1). */
static void claim_no_end(const char *name)
{
    both_begin(CTLR_GRP0);
    both_eoir(VIRQ, false);
    both_eoir(SPURIOUS, false);
    both_lr(0, LR_PENDING | VIRQ);
    both_iar(false);
    both_eoir(VIRQ, false);
    both_end(name);
}

static void claim_eoi_request(const char *name, uint32_t eoimode)
{
    both_begin(CTLR_GRP0 | eoimode);
    both_lr(2, LR_PENDING | LR_EOI | VIRQ);
    both_lines();
    both_iar(false);
    both_lines();
    both_eoir(VIRQ, false);
    both_lines();
    if (eoimode) {
        both_dir(VIRQ);
        both_lines();
    }
    both_lr(2, 0);
    both_lines();
    both_end(name);
}

/* SGIs of two CPUs, the same number: the CPUID tells them apart. */
static void claim_sgis(const char *name, uint32_t eoimode)
{
    uint32_t first, second;

    both_begin(CTLR_GRP0 | eoimode);
    both_lr(0, LR_PENDING | LR_PRIORITY(8) | LR_CPUID(5) | 3);
    both_lr(1, LR_PENDING | LR_PRIORITY(4) | LR_CPUID(2) | 3);
    first = both_iar(false);
    both_eoir(first, false);
    second = both_iar(false);
    both_eoir(second, false);
    if (eoimode) {
        both_dir(first);
        both_dir(second);
    }
    both_lines();
    both_end(name);
}

/* CNTHP's interrupt, taken by Hyp without deactivation, so that a guest can end it. */
static void take_physical(void)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicd + GICD_ISENABLER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1 | CTLR_EOIMODE);
    cp15_write_cnthp_cval(0);
    cp15_write_cnthp_ctl(1);
    mmio_write32(board.gicc + GICC_EOIR, mmio_read32(board.gicc + GICC_IAR));
    cp15_write_cnthp_ctl(0);
}

static void expect_physical(bool is_active)
{
    bool got = mmio_read32(board.gicd + GICD_ISACTIVER) >> GICV2_PPI_HYP_TIMER & 1;

    if (got != is_active) {
        both_differ("physical active", is_active, got);
    }
}

/* The end in the guest is the end of the physical one: at EOIR, or with EOImode at DIR. */
static void claim_hw(const char *name, uint32_t eoimode, uint32_t virtual_id)
{
    take_physical();
    expect_physical(true);
    both_begin(CTLR_GRP0 | eoimode);
    expect_physical(true);
    both_lr(1, LR_HW | LR_PHYSICAL(GICV2_PPI_HYP_TIMER) | LR_PENDING | virtual_id);
    both_iar(false);
    expect_physical(true);
    both_eoir(virtual_id, false);
    expect_physical(eoimode);
    if (eoimode) {
        both_dir(virtual_id);
        expect_physical(false);
    }
    both_end(name);
    mmio_write32(board.gicd + GICD_ICACTIVER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicd + GICD_ICENABLER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicc + GICC_CTLR, 0);
}

/* Every priority, acknowledged: its bit in APR, under each BPR. */
static void claim_apr(unsigned bpr, bool group1)
{
    struct text name = text_path("vgic/steps/apr", group1 ? "group1" : "group0", NULL);

    text_add(&name, "/bpr-");
    text_add_decimal(&name, bpr);
    both_begin(CTLR_GRP0 | CTLR_GRP1);
    both_vmcr(CTLR_GRP0 | CTLR_GRP1, 0xf8, group1 ? 2 : bpr, group1 ? bpr : 3);
    for (unsigned priority = 0; priority < 31; priority++) {
        both_lr(0, LR_PENDING | LR_PRIORITY(priority) | VIRQ | (group1 ? LR_GRP1 : 0));
        both_eoir(both_iar(group1), group1);
    }
    both_end(name.s);
}

void claim_steps(void)
{
    tap_group("vgic/steps", "IHI 0048B 3.2, 5.2", "the life of an interrupt");
    claim_life("vgic/steps/life/group0", CTLR_GRP0, VIRQ, false);
    claim_life("vgic/steps/life/group0-fiq", CTLR_GRP0 | CTLR_FIQEN, VIRQ, false);
    claim_life("vgic/steps/life/group1-alias", CTLR_GRP1, LR_GRP1 | VIRQ, true);
    claim_life("vgic/steps/life/group1-ackctl", CTLR_GRP1 | CTLR_ACKCTL, LR_GRP1 | VIRQ, false);
    claim_life("vgic/steps/life/split-group0", CTLR_GRP0 | CTLR_EOIMODE, VIRQ, false);
    claim_life("vgic/steps/life/split-group1", CTLR_GRP1 | CTLR_EOIMODE, LR_GRP1 | VIRQ, true);
    claim_life("vgic/steps/life/sgi", CTLR_GRP0, LR_CPUID(3) | 5, false);
    claim_life("vgic/steps/life/intid-1019", CTLR_GRP0, 1019, false);
    claim_again("vgic/steps/pending-and-active", 0);
    claim_again("vgic/steps/pending-and-active-split", CTLR_EOIMODE);
    claim_nest("vgic/steps/nest", 0);
    claim_nest("vgic/steps/nest-split", CTLR_EOIMODE);
    claim_overflow("vgic/steps/overflow");
    claim_eoicount("vgic/steps/eoicount", 0);
    claim_eoicount("vgic/steps/eoicount-split", CTLR_EOIMODE);
    claim_no_end("vgic/steps/end-of-nothing");
    claim_eoi_request("vgic/steps/eoi-request", 0);
    claim_eoi_request("vgic/steps/eoi-request-split", CTLR_EOIMODE);
    claim_sgis("vgic/steps/sgis", 0);
    claim_sgis("vgic/steps/sgis-split", CTLR_EOIMODE);
    claim_hw("vgic/steps/hw", 0, GICV2_PPI_HYP_TIMER);
    claim_hw("vgic/steps/hw-split", CTLR_EOIMODE, GICV2_PPI_HYP_TIMER);
    claim_hw("vgic/steps/hw-other-id", 0, VIRQ);
    claim_hw("vgic/steps/hw-other-id-split", CTLR_EOIMODE, VIRQ);
    for (unsigned bpr = 2; bpr < 8; bpr++) {
        claim_apr(bpr, false);
        if (bpr > 2) {
            claim_apr(bpr, true);
        }
    }
}
