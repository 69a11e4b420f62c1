/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What payloads need to know of a board; each board is one file that is linked in.
 */
#ifndef PAYLOADS_LIB_BOARD_H
#define PAYLOADS_LIB_BOARD_H

#include <stdbool.h>
#include <stdint.h>

/* RAM_BASE: first address of RAM, given by scripts/build-payloads: 1 or 2 GiB. */
#ifndef RAM_BASE
#error "RAM_BASE is the board's first address of RAM"
#endif

struct board {
    const char *name;
    uintptr_t gicd, gicc, gich, gicv;   /* addresses of the GICv2's frames */
    uintptr_t gich_per_cpu;     /* GICH of CPU n at 0x200 * n, for every CPU; 0 if there is none */
    unsigned pmu_interrupt;     /* of CPU0 at the GIC; 0: behind another controller, or nowhere */
    bool gic_a15;               /* the GIC is the Cortex-A15's: DDI 0438 chapter 8 */
    bool gic_security;          /* the GIC has Security Extensions: here is Group 1 alone */
    bool external_aborts;       /* accesses to where nothing is abort */
    bool smc;                   /* SMC is executed: Security Extensions, or PSCI in their place */
    bool security;              /* the CPU has them, and monitor_call() enters Secure state */
};

extern const struct board board;

/** board_put_char: writes a character to the console, waiting while it cannot. */
void board_put_char(char c);

/** board_start_cpu1: lets CPU1 begin at @entry, in Hyp.  Does nothing if there is none. */
void board_start_cpu1(void (*entry)(void));

/**
 * pen_release: lets CPU1 begin at @entry where all CPUs start together and start.S keeps it; for
 * board_start_cpu1().
 */
void pen_release(void (*entry)(void));

/** board_request_power_off: ends the machine; the CPU may execute a little more. */
void board_request_power_off(void);

/** board_power_off: ends the machine; does not return. */
__attribute__((noreturn)) void board_power_off(void);

#endif
