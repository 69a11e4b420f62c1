/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Software-generated interrupts between the CPUs.  IHI 0048B 4.3.15 (GICD_SGIR), 4.4.4 (GICC_IAR).
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "hyp.h"
#include "mmio.h"
#include "parts.h"
#include "probe.h"
#include "smp.h"

#define SGIR_LIST(mask) ((uint32_t)(mask) << 16)
#define SGIR_OTHERS (1u << 24)
#define SGIR_SELF (2u << 24)
#define SPURIOUS 1023u

/* Each CPU's interface on, or off. */
static void gic_on(void *argument)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, argument == NULL);
}

/* What IAR gives within a while, ended. */
static void take(void *argument)
{
    uint32_t *iar = argument;

    *iar = SPURIOUS;
    for (unsigned i = 0; i < 1000 && *iar == SPURIOUS; i++) {
        *iar = mmio_read32(board.gicc + GICC_IAR);
    }
    if (*iar != SPURIOUS) {
        mmio_write32(board.gicc + GICC_EOIR, *iar);
    }
}

static void claim_filter(const char *what, uint32_t target, unsigned id, bool here, bool there)
{
    struct text name = text_path("smp/sgi", what, NULL);
    uint32_t here_iar, there_iar;
    bool nothing_more;

    text_add(&name, "/");
    text_add_decimal(&name, id);
    mmio_write32(board.gicd + GICD_SGIR, target | id);
    smp_call(take, &there_iar);
    take(&here_iar);
    nothing_more = mmio_read32(board.gicc + GICC_IAR) == SPURIOUS;
    /* The CPUID of the sender, CPU0, is 0. */
    verdict(name.s, here_iar == (here ? id : SPURIOUS) &&
            there_iar == (there ? id : SPURIOUS) && nothing_more, here_iar, there_iar);
}

/* CPU1's: its CPUID, 1, comes with the interrupt. */
static void send_to_cpu0(void *argument)
{
    mmio_write32(board.gicd + GICD_SGIR, SGIR_LIST(1) | (uint32_t)argument);
}

static void claim_from_other(unsigned id)
{
    struct text name = text_path("smp/sgi/from-cpu1", NULL);
    uint32_t iar;

    text_add(&name, "/");
    text_add_decimal(&name, id);
    smp_call(send_to_cpu0, (void *)id);
    take(&iar);
    verdict(name.s, iar == (1u << 10 | id), iar, id);
}

/* A guest of CPU1 that turns around for a long time. */
struct guest {
    struct ve_probe probe;
    struct ve_controls controls;
    struct ve_record record;
};

static void run_guest(void *argument)
{
    struct guest *guest = argument;

    ve_run(&guest->probe.state, &guest->controls, &guest->record);
}

static void make_loop(struct guest *guest, unsigned mode)
{
    static const uint32_t loop[] = { 0xe2500001, 0x1afffffd };      /* SUBS, BNE */

    *guest = (struct guest) { .controls = { .hcr = ARMV7_HCR_IMO } };
    ve_probe_program(&guest->probe, loop, 2, mode);
    guest->probe.state.r[0] = 0x10000000;
}

/* Out of the guest by CPU0's SGI, and with a list register into its own vector. */
static void claim_kick(unsigned mode, const char *mode_name)
{
    static struct guest guest;
    uint32_t iar;

    make_loop(&guest, mode);
    smp_begin(run_guest, &guest);
    mmio_write32(board.gicd + GICD_SGIR, SGIR_LIST(2) | 7);
    smp_wait();
    smp_call(take, &iar);
    verdict(text_path("smp/sgi/kick", mode_name, NULL).s,
            guest.record.outcome == VE_HYP && guest.record.vector == VECTOR_IRQ && iar == 7,
            guest.record.outcome, iar);
}

struct injection {
    uint32_t lr;
    struct guest guest;
};

static void inject(void *argument)
{
    struct injection *injection = argument;

    mmio_write32(board.gich + GICH_HCR, 1);
    mmio_write32(board.gich + GICH_VMCR, 0xf84c0001);
    mmio_write32(board.gich + GICH_LR, injection->lr);
    run_guest(&injection->guest);
    mmio_write32(board.gich + GICH_LR, 0);
    mmio_write32(board.gich + GICH_HCR, 0);
}

static void claim_injection(void)
{
    static struct injection injection;

    injection.lr = 1u << 28 | 3;
    make_loop(&injection.guest, ARMV7_MODE_SVC);
    injection.guest.probe.state.psr &= ~ARMV7_PSR_I;
    smp_call(inject, &injection);
    verdict("smp/sgi/injected", injection.guest.record.outcome == VE_PL1 &&
            injection.guest.record.vector == VE_VECTOR_IRQ, injection.guest.record.outcome,
            injection.guest.record.vector);
}

/* A guest of CPU0 writes GICD_SGIR itself, as a hypervisor lets it that gives it the GIC. */
static void claim_from_guest(void)
{
    static const uint32_t store[] = { 0xe5810000 };                 /* STR r0, [r1] */
    static const struct ve_controls none = { 0 };
    struct ve_record record = { 0 };
    struct ve_probe probe;
    uint32_t iar;

    ve_probe_program(&probe, store, 1, ARMV7_MODE_SVC);
    probe.state.r[0] = SGIR_LIST(2) | 9;
    probe.state.r[1] = (uint32_t)board.gicd + GICD_SGIR;
    ve_run(&probe.state, &none, &record);
    smp_call(take, &iar);
    verdict("smp/sgi/from-guest", ve_probe_done(&probe, &record) && iar == 9, record.outcome, iar);
}

void claim_sgis(void)
{
    tap_group("smp/sgi", "IHI 0048B 4.3.15", "software-generated interrupts");
    gic_on(NULL);
    smp_call(gic_on, NULL);
    for (unsigned id = 0; id < 16; id++) {
        claim_filter("list-cpu1", SGIR_LIST(2), id, false, true);
        claim_filter("list-both", SGIR_LIST(3), id, true, true);
        claim_filter("others", SGIR_OTHERS, id, false, true);
        claim_filter("self", SGIR_SELF, id, true, false);
        claim_from_other(id);
    }
    claim_kick(ARMV7_MODE_SVC, "svc");
    claim_kick(ARMV7_MODE_USR, "usr");
    claim_injection();
    claim_from_guest();
    gic_on("off");
    smp_call(gic_on, "off");
}
