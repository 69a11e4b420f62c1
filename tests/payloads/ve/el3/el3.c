/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: where do physical interrupts go when there is Monitor mode, and what masks them?
 * DDI 0406C B1.8.12 (routing), B1.9.2 (masking), B4.1 (SCR, HCR).
 *
 *   irq, fiq  SCR.IRQ or FIQ and FW, HCR.IMO or FMO, the mode and its mask: to Monitor mode, to Hyp,
 *             to PL1 or nowhere; interrupts of Group 1 and Group 0 that the guest calls for by SMC
 *   virtual   virtual interrupts and aborts are not taken in Secure state
 *
 * Skipped where the CPU has no Security Extensions.
 */
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "guest.h"
#include "hyp.h"
#include "judge.h"
#include "mmio.h"
#include "monitor.h"
#include "probe.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(scr, 0, c1, c1, 0)

#define INTID_FIQ 96u               /* no device has it */
#define INTID_IRQ 97u
#define WORD(intid) (4u * ((intid) / 32))
#define BIT(intid) (1u << (intid) % 32)
#define CTLR_BOTH_GROUPS 3u
#define GICC_FIQEN 8u
#define MONITOR_CALL 0x5ecca11u     /* board_virt-secure.S */
#define VECTOR_IRQ_NUMBER 6u
#define VECTOR_FIQ_NUMBER 7u

uint32_t secure_unmasked(uint32_t argument);
void monitor_took(uint32_t vector);

enum place { NOWHERE, MONITOR, HYP, PL1 };
static const char *const place_names[] = { "nowhere", "monitor", "hyp", "pl1" };

static volatile uint32_t monitor_vector;

static const struct interrupt {
    const char *name;
    uint32_t intid, vector;
    uint32_t scr_route, hcr_route, psr_mask;
} irq = { "irq", INTID_IRQ, VECTOR_IRQ_NUMBER, SCR_IRQ, ARMV7_HCR_IMO, ARMV7_PSR_I },
  fiq = { "fiq", INTID_FIQ, VECTOR_FIQ_NUMBER, SCR_FIQ, ARMV7_HCR_FMO, ARMV7_PSR_F };

static uint32_t make_pending(uint32_t intid)
{
    mmio_write32(board.gicd + GICD_ISPENDR + WORD(intid), BIT(intid));
    return 0;
}

static void clear_pending(void)
{
    mmio_write32(board.gicd + GICD_ICPENDR + WORD(INTID_FIQ), BIT(INTID_FIQ) | BIT(INTID_IRQ));
}

/* In Monitor mode; goes on where it was interrupted. */
void monitor_took(uint32_t vector)
{
    monitor_vector = vector;
    clear_pending();
}

static uint32_t set_up_gic(uint32_t unused)
{
    uint32_t group = board.gicd + GICD_IGROUPR + WORD(INTID_FIQ);

    (void)unused;
    mmio_write32(group, (mmio_read32(group) & ~BIT(INTID_FIQ)) | BIT(INTID_IRQ));
    mmio_write32(board.gicd + GICD_IPRIORITYR + INTID_FIQ, 0xa040);
    mmio_write32(board.gicd + GICD_ITARGETSR + INTID_FIQ, 0x0101);
    mmio_write32(board.gicd + GICD_ISENABLER + WORD(INTID_FIQ), BIT(INTID_FIQ) | BIT(INTID_IRQ));
    mmio_write32(board.gicd + GICD_CTLR, CTLR_BOTH_GROUPS);
    mmio_write32(board.gicc + GICC_CTLR, CTLR_BOTH_GROUPS | GICC_FIQEN);
    return 0;
}

static uint32_t set_scr(uint32_t bits)
{
    cp15_write_scr((cp15_read_scr() & ~(SCR_IRQ | SCR_FIQ | SCR_FW | SCR_AW)) | bits);
    return 0;
}

static uint32_t quiet(uint32_t unused)
{
    (void)unused;
    clear_pending();
    return set_scr(SCR_FW | SCR_AW);
}

/*
 * Where it goes; *@open: or nowhere.  Hyp mode's own mask is not clear from the tables of B1.9.2
 * if both Monitor mode and Hyp are asked for.
 */
static enum place where(const struct interrupt *x, uint32_t scr, uint32_t hcr, unsigned mode,
                        bool masked, bool *open)
{
    bool monitor = scr & x->scr_route, hyp = hcr & x->hcr_route, in_hyp = mode == ARMV7_MODE_HYP;
    bool overridden = (monitor && x == &fiq && !(scr & SCR_FW)) || (hyp && !in_hyp);

    *open = masked && !overridden && monitor && hyp && in_hyp;
    if (masked && !overridden && !*open) {
        return NOWHERE;
    }
    return monitor ? MONITOR : hyp || in_hyp ? HYP : PL1;
}

static enum place place_of(const struct interrupt *x, const struct ve_record *record)
{
    if (monitor_vector) {
        return monitor_vector == x->vector ? MONITOR : NOWHERE;
    }
    if (record->outcome == VE_HYP && record->vector == x->vector) {
        return HYP;
    }
    if (record->outcome == VE_PL1 && record->vector == x->vector) {
        return PL1;
    }
    return NOWHERE;
}

static const char *mode_name(unsigned mode)
{
    return mode == ARMV7_MODE_HYP ? "hyp" : mode == ARMV7_MODE_SYS ? "sys" : "svc";
}

static void claim(const struct interrupt *x, uint32_t scr, bool routed, unsigned mode, bool masked)
{
    static const uint32_t words[] = { 0xe1600070 /* SMC #0 */, 0xe320f000, 0xe320f000 };
    const struct ve_controls controls = { .hcr = routed ? x->hcr_route : 0 };
    struct text name = text_path("el3", x->name, scr & x->scr_route ? "to-monitor-1" : "to-monitor-0",
                                 scr & SCR_FW ? "fw-1" : "fw-0", routed ? "mo-1" : "mo-0",
                                 mode_name(mode), masked ? "masked" : "unmasked", NULL);
    struct text detail = { 0 };
    struct ve_record record = { 0 };
    enum place seen, want;
    struct ve_probe probe;
    bool open, done;

    if (!board.security) {
        tap_skip(name.s, "the CPU has no Security Extensions");
        return;
    }
    monitor_call(set_scr, scr);
    ve_probe_program(&probe, words, 3, mode);
    probe.state.psr = (probe.state.psr & ~x->psr_mask) | (masked ? x->psr_mask : 0);
    probe.state.r[0] = (uint32_t)make_pending;
    probe.state.r[1] = x->intid;
    probe.state.r[2] = MONITOR_CALL;
    monitor_vector = 0;
    ve_run(&probe.state, &controls, &record);
    monitor_call(quiet, 0);
    want = where(x, scr, controls.hcr, mode, masked, &open);
    seen = place_of(x, &record);
    done = ve_probe_done(&probe, &record);
    text_add(&detail, " want ");
    text_add(&detail, place_names[want]);
    text_add(&detail, " seen ");
    text_add(&detail, place_names[seen]);
    ve_describe(&detail, &record);
    if (open && (seen == want || (seen == NOWHERE && done))) {
        tap_impdef(name.s, seen == want ? "taken" : "masked");
        return;
    }
    tap_claim(seen == want && (done || want == HYP || want == PL1), name.s, detail.s);
}

static void claim_all(const struct interrupt *x)
{
    static const unsigned modes[] = { ARMV7_MODE_SVC, ARMV7_MODE_SYS, ARMV7_MODE_HYP };

    for (unsigned m = 0; m < 3; m++) {
        for (unsigned bits = 0; bits < 16; bits++) {
            claim(x, SCR_AW | (bits & 1 ? x->scr_route : 0) | (bits & 2 ? SCR_FW : 0), bits & 4,
                  modes[m], bits & 8);
        }
    }
}

static void claim_virtual(const char *what, uint32_t hcr)
{
    struct text name = text_path("el3/virtual", what, NULL), detail = { 0 };
    uint32_t vector;

    if (!board.security) {
        tap_skip(name.s, "the CPU has no Security Extensions");
        return;
    }
    cp15_write_hcr(hcr);
    vector = monitor_call(secure_unmasked, 0);
    cp15_write_hcr(0);
    text_add_field(&detail, "vector", vector);
    tap_claim(vector == 0, name.s, detail.s);
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    if (board.security) {
        monitor_call(set_up_gic, 0);
    }
    tap_group("el3/irq", "B1.8.12, B1.9.2", "routing and masking of IRQ with Monitor mode");
    claim_all(&irq);
    tap_group("el3/fiq", "B1.8.12, B1.9.2", "routing and masking of FIQ with Monitor mode");
    claim_all(&fiq);
    tap_group("el3/virtual", "B1.8.11", "virtual interrupts are not taken in Secure state");
    claim_virtual("irq", ARMV7_HCR_VI | ARMV7_HCR_IMO);
    claim_virtual("fiq", ARMV7_HCR_VF | ARMV7_HCR_FMO);
    claim_virtual("abort", ARMV7_HCR_VA | ARMV7_HCR_AMO);
    tap_end();
}
