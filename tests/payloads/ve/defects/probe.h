/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Runs a few instructions of a guest, or of Hyp itself, until the first exception to Hyp.
 */
#ifndef DEFECTS_PROBE_H
#define DEFECTS_PROBE_H

#include <stdbool.h>
#include <stdint.h>
#include "hyp.h"
#include "tap.h"

/* CPSR of a guest, A I F masked: DDI 0406C B1.3.3. */
#define PSR_SVC 0x1d3u
#define PSR_USER 0x1d0u
#define PSR_THUMB 0x20u

/* Immediates of the HVCs by which a guest ends. */
#define GUEST_RAN 0         /* nothing came in between */
#define GUEST_UNDEF 0x11    /* UNDEFINED, at PL1 */
#define GUEST_SVC 0x12
#define GUEST_PABT 0x13
#define GUEST_DABT 0x14

/* A guest's or Hyp's code: @text, then the end of a guest. */
#define SNIPPET(name, text) \
    __attribute__((naked)) static void name(void) \
    { \
        __asm__ volatile(".arch_extension virt\n .arch_extension sec\n .fpu neon-vfpv4\n" \
                         text "\n hvc #0\n"); \
    }

/* What Hyp was told of the exception, and the guest's r0. */
struct outcome {
    enum hyp_vector vector;
    uint32_t hsr, hdfar, hpfar, elr, spsr, r0;
};

/** probe: runs @code with the CPSR @psr until it traps.  Its end is a trap, too: GUEST_RAN. */
struct outcome probe(void (*code)(void), uint32_t psr);

/**
 * probe_hyp: calls @code in Hyp mode; the outcome has vector 0 if that returned.  An exception
 * ends @code, which must not have changed sp by then.
 */
struct outcome probe_hyp(void (*code)(void));

/** ended_by: @o is the HVC with the immediate @ending. */
bool ended_by(const struct outcome *o, uint32_t ending);

/** trapped: @o is a trap from the guest with the class @ec of HSR, at the first instruction. */
bool trapped(const struct outcome *o, uint32_t ec);

/** claim_defect: the claim defects/@group/@name; @detail helps to understand a failure. */
void claim_defect(const char *group, const char *name, bool holds, uint64_t detail);

/** skip_defect: the board lacks what the claim needs: @reason. */
void skip_defect(const char *group, const char *name, const char *reason);

/** claim_outcome: a claim, with HSR and ELR_hyp shown if it fails. */
void claim_outcome(const char *group, const char *name, bool holds, const struct outcome *o);

/* The families of claims, one file each. */
void check_cp15_traps(void);
void check_identity(void);
void check_stage2_faults(void);
void check_tge(void);
void check_hyp_undefined(void);
void check_itstate(void);
void check_simd(void);
void check_gic(void);

#endif
