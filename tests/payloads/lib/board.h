/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What payloads need to know of a board; each board is one file that is linked in.
 */
#ifndef PAYLOADS_LIB_BOARD_H
#define PAYLOADS_LIB_BOARD_H

#include <stdint.h>

struct board {
    const char *name;
    uintptr_t gicd, gicc, gich, gicv;   /* addresses of the GICv2's frames */
};

extern const struct board board;

/** board_put_char: writes a character to the console, waiting while it cannot. */
void board_put_char(char c);

/** board_start_cpu1: lets CPU1 begin at @entry, in Hyp.  Does nothing if there is none. */
void board_start_cpu1(void (*entry)(void));

/** board_power_off: ends the machine; does not return. */
__attribute__((noreturn)) void board_power_off(void);

#endif
