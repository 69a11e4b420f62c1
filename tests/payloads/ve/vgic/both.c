/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Model and hardware, step by step.
 */
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "both.h"
#include "hyp.h"
#include "mmio.h"
#include "probe.h"

#define VMCR_FIELDS 0xf8fc021fu
#define BPR_LEAST 2u
#define ABPR_LEAST 3u

struct model both_model;

static struct ve_probe show_isr;
static struct text difference;
static unsigned step;

uint32_t gicv_read(uint32_t offset)
{
    return mmio_read32(board.gicv + offset);
}

uint32_t gich_read(uint32_t offset)
{
    return mmio_read32(board.gich + offset);
}

void gich_write(uint32_t offset, uint32_t value)
{
    mmio_write32(board.gich + offset, value);
}

static void gicv_write(uint32_t offset, uint32_t value)
{
    mmio_write32(board.gicv + offset, value);
}

void both_init(void)
{
    static const uint32_t read_isr[] = { 0xee1c3f11 };      /* MRC r3, ISR */

    ve_probe_program(&show_isr, read_isr, 1, ARMV7_MODE_SVC);
}

void both_differ(const char *what, uint32_t want, uint32_t got)
{
    if (difference.length) {
        return;
    }
    text_add(&difference, " step ");
    text_add_decimal(&difference, step);
    text_add(&difference, " ");
    text_add(&difference, what);
    text_add_field(&difference, "want", want);
    text_add_field(&difference, "got", got);
    for (unsigned i = 0; i < LRS; i++) {
        text_add_field(&difference, "lr", both_model.lr[i]);
    }
    text_add_field(&difference, "apr", both_model.apr);
    text_add_field(&difference, "vmcr", model_vmcr(&both_model));
}

static void expect(const char *what, uint32_t want, uint32_t got, uint32_t mask)
{
    if ((want ^ got) & mask) {
        both_differ(what, want, got);
    }
}

static void expect_answer(const char *what, struct answer want, uint32_t got)
{
    if (got != want.value && got != want.other) {
        both_differ(what, want.value, got);
    }
}

/* All that can be read without a side effect. */
static void compare(void)
{
    static const char *const lr_names[LRS] = { "LR0", "LR1", "LR2", "LR3" };
    const struct model *m = &both_model;

    step++;
    for (unsigned i = 0; i < LRS; i++) {
        expect(lr_names[i], m->lr[i], gich_read(GICH_LR + 4 * i), ~0u);
    }
    expect("HCR", m->hcr, gich_read(GICH_HCR), ~0u);
    expect("VMCR", model_vmcr(m), gich_read(GICH_VMCR), VMCR_FIELDS);
    expect("APR", m->apr, gich_read(GICH_APR), ~0u);
    expect("EISR0", model_eisr(m), gich_read(GICH_EISR0), ~0u);
    expect("ELRSR0", model_elrsr(m), gich_read(GICH_ELRSR0), 0xf);
    expect("RPR", model_rpr(m), gicv_read(GICC_RPR), 0xf8);
    if (m->hcr & HCR_EN) {
        expect("MISR", model_misr(m), gich_read(GICH_MISR), ~model_misr_open(m));
        expect_answer("HPPIR", model_hppir(m, false), gicv_read(GICC_HPPIR));
    }
}

void both_begin(uint32_t ctlr)
{
    text_clear(&difference);
    step = 0;
    both_model = (struct model) { .hcr = HCR_EN };
    for (unsigned i = 0; i < LRS; i++) {
        gich_write(GICH_LR + 4 * i, 0);
    }
    gich_write(GICH_APR, 0);
    gich_write(GICH_HCR, HCR_EN);
    both_vmcr(ctlr, 0xf8, BPR_LEAST, ABPR_LEAST);
}

void both_lr(unsigned i, uint32_t lr)
{
    both_model.lr[i] = lr;
    gich_write(GICH_LR + 4 * i, lr);
    compare();
}

void both_hcr(uint32_t hcr)
{
    both_model.hcr = hcr;
    gich_write(GICH_HCR, hcr);
    compare();
}

void both_vmcr(uint32_t ctlr, uint32_t pmr, uint32_t bpr, uint32_t abpr)
{
    both_model.ctlr = ctlr;
    both_model.pmr = pmr & 0xf8;
    both_model.bpr = bpr;
    both_model.abpr = abpr;
    gich_write(GICH_VMCR, model_vmcr(&both_model));
    expect("CTLR", ctlr, gicv_read(GICC_CTLR), ~0u);
    expect("PMR", both_model.pmr, gicv_read(GICC_PMR), ~0u);
    expect("BPR", bpr, gicv_read(GICC_BPR), ~0u);
    expect("ABPR", abpr, gicv_read(GICC_ABPR), ctlr & CTLR_CBPR ? 0 : ~0u);
    compare();
}

void both_ctlr(uint32_t ctlr)
{
    both_model.ctlr = ctlr;
    gicv_write(GICC_CTLR, ctlr);
    expect("CTLR", ctlr, gicv_read(GICC_CTLR), ~0u);
    compare();
}

/* Three low bits of PMR are not there: 5 bits of priority. */
void both_pmr(uint32_t pmr)
{
    both_model.pmr = pmr & 0xf8;
    gicv_write(GICC_PMR, pmr);
    expect("PMR", both_model.pmr, gicv_read(GICC_PMR), ~0u);
    compare();
}

/* A value below the least is the least: 4.4.3. */
void both_bpr(uint32_t bpr)
{
    both_model.bpr = bpr < BPR_LEAST ? BPR_LEAST : bpr;
    gicv_write(GICC_BPR, bpr);
    expect("BPR", both_model.bpr, gicv_read(GICC_BPR), ~0u);
    compare();
}

void both_abpr(uint32_t abpr)
{
    both_model.abpr = abpr < ABPR_LEAST ? ABPR_LEAST : abpr;
    gicv_write(GICC_ABPR, abpr);
    expect("ABPR", both_model.abpr, gicv_read(GICC_ABPR), ~0u);
    compare();
}

uint32_t both_iar(bool alias)
{
    struct answer want;
    uint32_t got;

    if (alias && (both_model.hcr & HCR_EN)) {
        expect_answer("AHPPIR", model_hppir(&both_model, true), gicv_read(GICC_AHPPIR));
    }
    want = model_iar(&both_model, alias);
    got = gicv_read(alias ? GICC_AIAR : GICC_IAR);
    expect_answer(alias ? "AIAR" : "IAR", want, got);
    compare();
    return got;
}

void both_eoir(uint32_t value, bool alias)
{
    model_eoir(&both_model, value);
    gicv_write(alias ? GICC_AEOIR : GICC_EOIR, value);
    compare();
}

void both_dir(uint32_t value)
{
    model_dir(&both_model, value);
    gicv_write(GICC_DIR, value);
    compare();
}

void both_lines(void)
{
    const struct ve_controls virtual = { .hcr = ARMV7_HCR_IMO | ARMV7_HCR_FMO };
    bool maintenance = (both_model.hcr & HCR_EN) && model_misr(&both_model);
    struct ve_record record = { 0 };

    ve_run(&show_isr.state, &virtual, &record);
    if (!ve_probe_done(&show_isr, &record)) {
        both_differ("guest", VE_DONE, record.outcome);
    }
    expect("ISR", (model_virq(&both_model) ? ARMV7_PSR_I : 0) |
           (model_vfiq(&both_model) ? ARMV7_PSR_F : 0), record.r[3], ARMV7_PSR_I | ARMV7_PSR_F);
    if (!model_misr_open(&both_model)) {
        expect("maintenance", maintenance,
               mmio_read32(board.gicd + GICD_ISPENDR) >> GICV2_PPI_MAINTENANCE & 1, 1);
    }
}

void both_end(const char *name)
{
    tap_claim(difference.length == 0, name, difference.s);
    both_begin(0);
    gich_write(GICH_HCR, 0);
    text_clear(&difference);
}
