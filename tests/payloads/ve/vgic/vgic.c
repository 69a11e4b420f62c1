/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: is the virtual CPU interface, with its list registers, what IHI 0048B 5 says, and do
 * virtual interrupts come to the guest as DDI 0406C B1.8 says?
 *
 *   enable       one interrupt under each GICV_CTLR: who acknowledges it, IRQ or FIQ
 *   mask         each priority against PMR
 *   preempt      an interrupt against an active one, by priority and BPR or ABPR; APR and RPR
 *   vmcr         what the guest writes is what Hyp sees in GICH_VMCR, and the other way round
 *   maintenance  each cause of the maintenance interrupt, with and without its enable and En
 *   steps        life of an interrupt: EOImode, DIR, pending and active, EOI request, overflow,
 *                EOIcount, SGIs of several CPUs, HW
 *   random       64 sequences of 60 steps of Hyp and guest
 *   guest        a guest takes virtual interrupts by list registers and by HCR.VI, VF and VA, and
 *                handles them with its own instructions
 * All but the last compare every readable register after each step with an independent model
 * (model.c), which names what is left open.  The interface is used from Hyp, as a guest would.
 */
#include "both.h"
#include "guest.h"
#include "hyp.h"

void payload_main(unsigned cpu)
{
    (void)cpu;
    ve_init();
    both_init();
    claim_tables();
    claim_steps();
    claim_random();
    claim_guest();
    tap_end();
}
