/* SPDX-License-Identifier: BSD-2-Clause */
/* Physical interrupts of a type 1 hypervisor: all are its own.  Linked instead of hosted.c's. */
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"
#include "armv7/gicv2.h"

unsigned arch_irq_ack(void)
{
    uint32_t iar = mmio_read32(BOARD_GICC + GICC_IAR);
    unsigned intid = gicv2_iar_intid(iar);

    if (intid >= GICV2_INTID_GROUP) {
        return GICV2_INTID_SPURIOUS;
    }
    if (intid == GICV2_PPI_HYP_TIMER) {
        write_cnthp_ctl(0); /* a level: quiet before it is deactivated */
        isb();
    }
    mmio_write32(BOARD_GICC + GICC_EOIR, iar);
    if (intid != GICV2_PPI_VIRT_TIMER) {
        mmio_write32(BOARD_GICC + GICC_DIR, iar);
    }
    return intid;
}
