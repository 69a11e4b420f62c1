/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Does each step to the model and to the hardware and compares all that can be read.  A claim is
 * the steps between both_begin() and both_end(); the first step that differs is its detail.
 */
#ifndef PAYLOADS_VE_VGIC_BOTH_H
#define PAYLOADS_VE_VGIC_BOTH_H

#include "model.h"
#include "tap.h"

/* The model as the steps have made it, for choosing the next one. */
extern struct model both_model;

/** both_init: makes the guest that shows its interrupts. */
void both_init(void);

/** both_begin: all list registers empty, nothing active; En, all priorities, BPR least. */
void both_begin(uint32_t ctlr);

void both_lr(unsigned i, uint32_t lr);
void both_hcr(uint32_t hcr);
void both_vmcr(uint32_t ctlr, uint32_t pmr, uint32_t bpr, uint32_t abpr);   /* by Hyp */
void both_ctlr(uint32_t ctlr);                                              /* by the guest */
void both_pmr(uint32_t pmr);
void both_bpr(uint32_t bpr);
void both_abpr(uint32_t abpr);

/** both_iar: acknowledges; returns what the hardware gave. */
uint32_t both_iar(bool alias);
void both_eoir(uint32_t value, bool alias);
void both_dir(uint32_t value);

/** both_lines: compares what a guest sees of virtual IRQ and FIQ, and the maintenance interrupt. */
void both_lines(void);

/** both_differ: notes a difference that a scenario itself sees. */
void both_differ(const char *what, uint32_t want, uint32_t got);

/** both_end: the claim; leaves the interface disabled and empty. */
void both_end(const char *name);

uint32_t gicv_read(uint32_t offset);
uint32_t gich_read(uint32_t offset);
void gich_write(uint32_t offset, uint32_t value);

void claim_tables(void);        /* tables.c */
void claim_steps(void);         /* steps.c */
void claim_random(void);        /* random.c */
void claim_guest(void);         /* guest_view.c */

#endif
