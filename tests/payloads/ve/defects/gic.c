/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The GICv2 and its virtual CPU interface.  The virtual interface is used from Hyp, as a guest
 * would.  IHI 0048B 4.4 (GICC), 5.2 and 5.3 (list registers), 5.5 (GICV).
 *
 * gic-hw-deactivation    a physical interrupt whose line is still high is pending again when the
 *                        guest deactivates it by EOIR, or DIR, through a list register with HW
 * gic-disabled-group     IAR is 1023 if the best interrupt's group is disabled, and that stays
 *                        pending
 * gic-aliased-registers  AIAR, AEOIR and AHPPIR are for Group 1 alone, whatever AckCtl says
 * gic-same-sgi           one SGI from two CPUs in two list registers: each has its own state
 * gic-abpr               GICV_ABPR is not below 3, one more than the least GICV_BPR
 * gich-per-cpu           GICH_LR0 by the per-CPU view is the same register as by the banked one
 * gich-list-registers    GICH_LR4 does not exist: GICH_VTR says that there are four
 * gic-priority-bits      5 bits of priority, of which Non-secure software has 4
 */
#include "armv7/gicv2.h"
#include "board.h"
#include "cp15.h"
#include "mmio.h"
#include "probe.h"

CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_64(cnthp_cval, 6, c14)
CP15_32(isr, 0, c12, c1, 0)

#define ISR_I (1u << 7)
#define CTLR_GRP0 (1u << 0)
#define CTLR_GRP1 (1u << 1)
#define CTLR_ACKCTL (1u << 2)
#define CTLR_EOIMODE (1u << 9)
#define PMR_ALL 0xff
#define VIRQ 40             /* a VirtualID without a physical interrupt */
#define SGI 1

#define VTR_LIST_REGS 0x3fu     /* less one: IHI 0048B 5.3.2 */

#define LR_PENDING (1u << 28)
#define LR_GRP1 (1u << 30)
#define LR_HW(intid) (1u << 31 | (uint32_t)(intid) << 10)
#define LR_CPUID(cpu) ((uint32_t)(cpu) << 10)     /* of an SGI; in IAR, EOIR and DIR, too */
#define LR_STATE(lr) GICH_LR_GET(lr, STATE)

static uint32_t gicv(uint32_t offset)
{
    return mmio_read32(board.gicv + offset);
}

static uint32_t lr0(void)
{
    return mmio_read32(board.gich + GICH_LR);
}

static uint32_t lr1(void)
{
    return mmio_read32(board.gich + GICH_LR + 4);
}

/* The virtual interface with @lr in its first list register, and nothing active. */
static void begin(uint32_t lr, uint32_t ctlr)
{
    mmio_write32(board.gich + GICH_HCR, 1);
    mmio_write32(board.gich + GICH_APR, 0);
    mmio_write32(board.gicv + GICC_CTLR, ctlr);
    mmio_write32(board.gicv + GICC_PMR, PMR_ALL);
    mmio_write32(board.gich + GICH_LR, lr);
}

static void end(void)
{
    mmio_write32(board.gich + GICH_LR, 0);
    mmio_write32(board.gich + GICH_APR, 0);
    mmio_write32(board.gich + GICH_HCR, 0);
}

/* CNTHP's line is high; Hyp has taken the interrupt and leaves its deactivation to the guest. */
static void take_timer_interrupt(void)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicd + GICD_ISENABLER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicc + GICC_PMR, PMR_ALL);
    mmio_write32(board.gicc + GICC_CTLR, 1 | CTLR_EOIMODE);
    cp15_write_cnthp_cval(0);
    cp15_write_cnthp_ctl(1);
    mmio_write32(board.gicc + GICC_EOIR, mmio_read32(board.gicc + GICC_IAR));
}

static void drop_timer_interrupt(void)
{
    cp15_write_cnthp_ctl(0);
    mmio_write32(board.gicd + GICD_ICENABLER, 1u << GICV2_PPI_HYP_TIMER);
    mmio_write32(board.gicc + GICC_CTLR, 0);
}

static void check_hw_deactivation(const char *name, bool by_dir)
{
    uint32_t taken, hidden, hppir, isr;

    take_timer_interrupt();
    hidden = mmio_read32(board.gicc + GICC_HPPIR);
    begin(LR_HW(GICV2_PPI_HYP_TIMER) | LR_PENDING | GICV2_PPI_HYP_TIMER,
          CTLR_GRP0 | (by_dir ? CTLR_EOIMODE : 0));
    taken = gicv(GICC_IAR);
    mmio_write32(board.gicv + GICC_EOIR, taken);
    if (by_dir) {
        mmio_write32(board.gicv + GICC_DIR, taken);
    }
    isr = cp15_read_isr();
    hppir = mmio_read32(board.gicc + GICC_HPPIR);
    claim_defect("gic-hw-deactivation", name,
                 hidden == GICV2_INTID_SPURIOUS && taken == GICV2_PPI_HYP_TIMER &&
                 (isr & ISR_I) && hppir == GICV2_PPI_HYP_TIMER && LR_STATE(lr0()) == 0,
                 (uint64_t)isr << 32 | hppir);
    end();
    drop_timer_interrupt();
}

static void check_disabled_group_virtual(const char *name, uint32_t lr, uint32_t disabled,
                                         uint32_t enabled)
{
    uint32_t first, state, second;

    begin(lr | LR_PENDING | VIRQ, disabled);
    first = gicv(GICC_IAR);
    state = LR_STATE(lr0());
    mmio_write32(board.gicv + GICC_CTLR, enabled);
    second = gicv(GICC_IAR);
    claim_defect("gic-disabled-group", name, first == GICV2_INTID_SPURIOUS && state == 1 &&
                 second == VIRQ, (uint64_t)first << 32 | second);
    end();
}

static void check_disabled_group_physical(void)
{
    uint32_t first, second;

    if (board.gic_security) {
        skip_defect("gic-disabled-group", "gicc", "Non-secure software has one group");
        return;
    }
    mmio_write32(board.gicd + GICD_CTLR, CTLR_GRP0 | CTLR_GRP1);
    mmio_write32(board.gicc + GICC_PMR, PMR_ALL);
    mmio_write32(board.gicc + GICC_CTLR, CTLR_GRP1);
    mmio_write32(board.gicd + GICD_SGIR, 2u << 24 | SGI);
    first = mmio_read32(board.gicc + GICC_IAR);
    mmio_write32(board.gicc + GICC_CTLR, CTLR_GRP0);
    second = mmio_read32(board.gicc + GICC_IAR);
    mmio_write32(board.gicc + GICC_EOIR, second);
    mmio_write32(board.gicc + GICC_CTLR, 0);
    claim_defect("gic-disabled-group", "gicc", first == GICV2_INTID_SPURIOUS && second == SGI,
                 (uint64_t)first << 32 | second);
}

static void check_aliases(void)
{
    uint32_t iar, hppir, aiar;

    begin(LR_GRP1 | LR_PENDING | VIRQ, CTLR_GRP0 | CTLR_GRP1);
    iar = gicv(GICC_IAR);
    hppir = gicv(GICC_AHPPIR);
    aiar = gicv(GICC_AIAR);
    claim_defect("gic-aliased-registers", "ahppir",
                 iar == GICV2_INTID_GROUP && hppir == VIRQ, hppir);
    claim_defect("gic-aliased-registers", "aiar", aiar == VIRQ && LR_STATE(lr0()) == 2, aiar);
    mmio_write32(board.gicv + GICC_AEOIR, aiar);
    claim_defect("gic-aliased-registers", "aeoir",
                 LR_STATE(lr0()) == 0 && mmio_read32(board.gich + GICH_APR) == 0, lr0());
    begin(LR_PENDING | VIRQ, CTLR_GRP0 | CTLR_GRP1);
    hppir = gicv(GICC_AHPPIR);
    aiar = gicv(GICC_AIAR);
    claim_defect("gic-aliased-registers", "group0-hidden",
                 hppir == GICV2_INTID_SPURIOUS && aiar == GICV2_INTID_SPURIOUS &&
                 LR_STATE(lr0()) == 1,
                 (uint64_t)hppir << 32 | aiar);
    end();
}

/* SGI from CPU0 and CPU1; both are active before the second one, then the first is deactivated. */
static void check_same_sgi(void)
{
    uint32_t first, second, states, after_second, after_first;

    begin(LR_PENDING | SGI, CTLR_GRP0 | CTLR_EOIMODE);
    mmio_write32(board.gich + GICH_LR + 4, LR_PENDING | LR_CPUID(1) | SGI);
    first = gicv(GICC_IAR);
    mmio_write32(board.gicv + GICC_EOIR, first);
    second = gicv(GICC_IAR);
    mmio_write32(board.gicv + GICC_EOIR, second);
    states = LR_STATE(lr0()) << 4 | LR_STATE(lr1());
    mmio_write32(board.gicv + GICC_DIR, LR_CPUID(1) | SGI);
    after_second = LR_STATE(lr0()) << 4 | LR_STATE(lr1());
    mmio_write32(board.gicv + GICC_DIR, SGI);
    after_first = LR_STATE(lr0()) << 4 | LR_STATE(lr1());
    claim_defect("gic-same-sgi", "iar", first == SGI && second == (LR_CPUID(1) | SGI), second);
    claim_defect("gic-same-sgi", "states", states == 0x22, states);
    claim_defect("gic-same-sgi", "dir", after_second == 0x20 && after_first == 0x00,
                 (uint64_t)after_second << 32 | after_first);
    mmio_write32(board.gich + GICH_LR + 4, 0);
    end();
}

static void check_per_cpu_view(void)
{
    const uint32_t value = LR_PENDING | VIRQ;

    if (!board.gich_per_cpu) {
        skip_defect("gich-per-cpu", "lr0", "the board has no view of GICH for each CPU");
        return;
    }
    mmio_write32(board.gich + GICH_LR, 0);
    mmio_write32(board.gich + GICH_LR + 4, 0);
    mmio_write32(board.gich_per_cpu + GICH_LR, value);
    claim_defect("gich-per-cpu", "lr0", lr0() == value && lr1() == 0,
                 (uint64_t)lr0() << 32 | lr1());
    mmio_write32(board.gich_per_cpu + GICH_LR, 0);
    mmio_write32(board.gich + GICH_LR + 4, 0);
}

static void check_list_register_count(void)
{
    uint32_t vtr = mmio_read32(board.gich + GICH_VTR);
    uintptr_t behind = board.gich + GICH_LR + 4 * ((vtr & VTR_LIST_REGS) + 1);
    uint32_t seen;

    mmio_write32(behind, 0xffffffffu);
    seen = mmio_read32(behind);
    claim_defect("gich-list-registers", "behind-the-last", seen == 0, (uint64_t)vtr << 32 | seen);
}

static uint32_t after_writing(uintptr_t address, uint32_t value)
{
    uint32_t before = mmio_read32(address), after;

    mmio_write32(address, value);
    after = mmio_read32(address);
    mmio_write32(address, before);
    return after;
}

static void check_priority_bits(void)
{
    uint32_t priority = board.gic_security ? 0xf0 : 0xf8;
    uint32_t point = board.gic_security ? 3 : 2;
    uint32_t seen;

    if (!board.gic_a15) {
        skip_defect("gic-priority-bits", "ipriorityr", "the board's GIC is not the Cortex-A15's");
        return;
    }
    seen = after_writing(board.gicd + GICD_IPRIORITYR + 32, 0xff) & 0xff;
    claim_defect("gic-priority-bits", "ipriorityr", seen == priority, seen);
    seen = after_writing(board.gicc + GICC_PMR, 0xff);
    claim_defect("gic-priority-bits", "pmr", seen == priority, seen);
    seen = after_writing(board.gicc + GICC_BPR, 0);
    claim_defect("gic-priority-bits", "bpr", seen == point, seen);
}

static uint32_t abpr_after(uint32_t value)
{
    mmio_write32(board.gicv + GICC_ABPR, value);
    return gicv(GICC_ABPR);
}

void check_gic(void)
{
    uint32_t low;

    check_hw_deactivation("eoir", false);
    check_hw_deactivation("dir", true);
    check_disabled_group_virtual("gicv-group0", 0, CTLR_GRP1, CTLR_GRP0);
    check_disabled_group_virtual("gicv-group1", LR_GRP1, CTLR_GRP0 | CTLR_ACKCTL,
                                 CTLR_GRP1 | CTLR_ACKCTL);
    check_disabled_group_physical();
    check_aliases();
    check_same_sgi();
    check_per_cpu_view();
    check_list_register_count();
    check_priority_bits();
    low = abpr_after(0) << 8 | abpr_after(1);
    claim_defect("gic-abpr", "minimum", low == 0x303, low);
    claim_defect("gic-abpr", "value", abpr_after(5) == 5, gicv(GICC_ABPR));
}
