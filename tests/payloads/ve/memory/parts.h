/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The parts of the family, and the translation of the next run.
 */
#ifndef PAYLOADS_VE_MEMORY_PARTS_H
#define PAYLOADS_VE_MEMORY_PARTS_H

#include <stdbool.h>
#include "armv7/psr.h"
#include "judge.h"
#include "probe.h"
#include "stage1_tables.h"
#include "stage2_tables.h"
#include "tap.h"

/* What ve_prepare() sets for the next run. */
struct translation {
    enum s1_format stage1;
    bool hyp;                   /* Hyp's own MMU is on, see hyp_tables.c */
    bool remap;                 /* SCTLR.TRE with PRRR and NMRR below */
    uint32_t prrr, nmrr;
    uint32_t dacr;              /* 0: as s1_on() sets it */
};
extern struct translation translation;

/* What makes the first page of the window what it is, at S1_WINDOW. */
#define WINDOW_PAGE 4u          /* its page of stage 2 that claims choose */
#define RW (S2_READ | S2_WRITE | S2_ACCESS)

/** hyp_mmu_on, hyp_mmu_off: Hyp's MMU with all flat, and the window as @memory. */
void hyp_map_window(enum s1_memory memory);
/** hyp_unmap_window: the window is invalid at level 1. */
void hyp_unmap_window(void);
void hyp_mmu_on(void);
void hyp_mmu_off(void);

/** memory_run: ve_run() with the translation above; Hyp's MMU is off again afterwards. */
struct ve_record memory_run(const struct ve_probe *probe, uint32_t hcr);

/** memory_verdict: a claim, and what was seen if it does not hold. */
void memory_verdict(const struct text *name, bool ok, const struct ve_record *record);

void claim_alignment(void);     /* alignment.c */
void claim_maintenance(void);   /* maintenance.c */
void claim_par(void);
void claim_par_long(void);           /* par.c */
void claim_swp(void);           /* swp.c */

#endif
