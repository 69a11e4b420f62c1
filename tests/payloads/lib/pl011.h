/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Output by a PL011 that needs no set-up: QEMU's.  Registers: DDI 0183 3.3.
 */
#ifndef PAYLOADS_LIB_PL011_H
#define PAYLOADS_LIB_PL011_H

#include "mmio.h"

#define PL011_DR 0x00
#define PL011_FR 0x18
#define PL011_FR_TXFF (1u << 5)

static inline void pl011_put_char(uintptr_t base, char c)
{
    while (mmio_read32(base + PL011_FR) & PL011_FR_TXFF) {
    }
    mmio_write32(base + PL011_DR, (uint8_t)c);
}

#endif
