/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What a payload in Hyp mode has: exceptions as calls of hyp_trap(), and guests in SVC mode.
 */
#ifndef PAYLOADS_LIB_HYP_H
#define PAYLOADS_LIB_HYP_H

#include <stdbool.h>
#include <stdint.h>

#define CPU_MAX 2

/* What start.S saves at an exception to Hyp and restores from at the return. */
struct frame {
    uint32_t elr, spsr;
    uint32_t r[13];
    uint32_t lr_usr;
};

/* Vector offsets / 4, DDI 0406C table B1-3. */
enum hyp_vector {
    VECTOR_UNDEF = 1,   /* 0x04, taken from Hyp */
    VECTOR_HVC = 2,     /* 0x08, HVC or SVC taken from Hyp */
    VECTOR_IABT = 3,    /* 0x0c, taken from Hyp */
    VECTOR_DABT = 4,    /* 0x10, taken from Hyp */
    VECTOR_TRAP = 5,    /* 0x14, everything synchronous from PL1 and PL0 */
    VECTOR_IRQ = 6,     /* 0x18 */
    VECTOR_FIQ = 7,     /* 0x1c */
};

/** payload_main: the payload, called once on each CPU that runs; must not return. */
void payload_main(unsigned cpu);

/** hyp_trap: the payload's handler.  It returns to return from the exception. */
void hyp_trap(enum hyp_vector vector, struct frame *frame);

/**
 * guest_enter: runs @code in SVC mode with the stack @sp_svc until guest_leave().
 * @hyp_sp: where to keep the value that guest_leave() needs.
 */
void guest_enter(void (*code)(void), uint32_t sp_svc, uint32_t *hyp_sp);

/** guest_leave: from hyp_trap(), goes on behind guest_enter() without an exception return. */
__attribute__((noreturn)) void guest_leave(uint32_t hyp_sp);

/* Where second CPUs begin, start.S. */
void second_start(void);

#endif
