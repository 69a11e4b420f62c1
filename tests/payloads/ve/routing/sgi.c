/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A physical interrupt on demand.  IHI 0048B 4.3.15 (GICD_SGIR), 4.4.4 (GICC_IAR).
 */
#include "armv7/gicv2.h"
#include "board.h"
#include "mmio.h"
#include "routing.h"

#define SGIR_TO_SELF (2u << 24)
#define SPURIOUS 1022u              /* and 1023 */

void sgi_init(void)
{
    mmio_write32(board.gicd + GICD_CTLR, 1);
    mmio_write32(board.gicc + GICC_PMR, 0xff);
    mmio_write32(board.gicc + GICC_CTLR, 1);
}

void sgi_send_to_self(void)
{
    mmio_write32(board.gicd + GICD_SGIR, SGIR_TO_SELF);
}

void sgi_take(void)
{
    uint32_t iar = mmio_read32(board.gicc + GICC_IAR);

    if ((iar & 0x3ff) < SPURIOUS) {
        mmio_write32(board.gicc + GICC_EOIR, iar);
    }
}
