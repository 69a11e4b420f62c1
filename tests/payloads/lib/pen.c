/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * CPU1 of boards that start all CPUs at once.
 */
#include "board.h"

extern volatile uint32_t pen_entry;     /* start.S */

void pen_release(void (*entry)(void))
{
    pen_entry = (uint32_t)entry;
    /* CPU1 must see the word when the event wakes it. */
    __asm__ volatile("dsb\n sev" ::: "memory");
}
