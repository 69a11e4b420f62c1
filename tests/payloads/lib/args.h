/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Numbers given to a payload from outside: words at a fixed address, 0 unless QEMU writes them
 * (-device loader,addr=RAM_BASE + 0x1ff000,data=N,data-len=4).
 */
#ifndef PAYLOADS_LIB_ARGS_H
#define PAYLOADS_LIB_ARGS_H

#include <stdint.h>
#include "board.h"

#define ARGS_ADDRESS (RAM_BASE + 0x1ff000u)

/** arg: word @index, or @fallback if it is 0. */
static inline uint32_t arg(unsigned index, uint32_t fallback)
{
    uint32_t value = ((volatile uint32_t *)ARGS_ADDRESS)[index];

    return value ? value : fallback;
}

#endif
