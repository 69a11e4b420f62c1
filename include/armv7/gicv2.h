/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GICv2: interrupt numbers and the registers of its four frames.
 * IHI 0048B 2.2 (interrupt IDs), 4.1.2 (GICD), 4.1.3 (GICC), 5.3.1 (GICH), 5.5 (GICV).
 */
#ifndef ARMV7_GICV2_H
#define ARMV7_GICV2_H

#include <stdint.h>
#include "armv7/field.h"

/* Interrupt IDs */
#define GICV2_SGI_FIRST       0
#define GICV2_PPI_FIRST       16
#define GICV2_SPI_FIRST       32
#define GICV2_SPI_LAST        1019
#define GICV2_INTID_GROUP     1022 /* the pending interrupt is of the other group */
#define GICV2_INTID_SPURIOUS  1023

/* PPIs of the Cortex-A15, DDI 0438 8.2.1 */
#define GICV2_PPI_MAINTENANCE 25
#define GICV2_PPI_HYP_TIMER   26
#define GICV2_PPI_VIRT_TIMER  27
#define GICV2_PPI_SEC_TIMER   29
#define GICV2_PPI_PHYS_TIMER  30

/* IAR, EOIR, DIR, AIAR and AEOIR */
#define GICV2_IAR_INTID_SHIFT  0
#define GICV2_IAR_INTID_LENGTH 10
#define GICV2_IAR_CPUID_SHIFT  10 /* sender of an SGI */
#define GICV2_IAR_CPUID_LENGTH 3

/* Distributor */
#define GICD_CTLR        0x000
#define GICD_TYPER       0x004
#define GICD_IIDR        0x008
#define GICD_IGROUPR     0x080
#define GICD_ISENABLER   0x100
#define GICD_ICENABLER   0x180
#define GICD_ISPENDR     0x200
#define GICD_ICPENDR     0x280
#define GICD_ISACTIVER   0x300
#define GICD_ICACTIVER   0x380
#define GICD_IPRIORITYR  0x400
#define GICD_ITARGETSR   0x800
#define GICD_ICFGR       0xc00
#define GICD_NSACR       0xe00
#define GICD_SGIR        0xf00
#define GICD_CPENDSGIR   0xf10
#define GICD_SPENDSGIR   0xf20

/* CPU interface; GICV has the same layout */
#define GICC_CTLR        0x0000
#define GICC_PMR         0x0004
#define GICC_BPR         0x0008
#define GICC_IAR         0x000c
#define GICC_EOIR        0x0010
#define GICC_RPR         0x0014
#define GICC_HPPIR       0x0018
#define GICC_ABPR        0x001c
#define GICC_AIAR        0x0020
#define GICC_AEOIR       0x0024
#define GICC_AHPPIR      0x0028
#define GICC_APR         0x00d0
#define GICC_NSAPR       0x00e0
#define GICC_IIDR        0x00fc
#define GICC_DIR         0x1000

/* Virtual interface control */
#define GICH_HCR         0x000
#define GICH_VTR         0x004
#define GICH_VMCR        0x008
#define GICH_MISR        0x010
#define GICH_EISR0       0x020
#define GICH_EISR1       0x024
#define GICH_ELRSR0      0x030
#define GICH_ELRSR1      0x034
#define GICH_APR         0x0f0
#define GICH_LR          0x100

/* List register, IHI 0048B 5.3.13 */
#define GICH_LR_VIRTUALID_SHIFT   0
#define GICH_LR_VIRTUALID_LENGTH  10
#define GICH_LR_PHYSICALID_SHIFT  10 /* HW=1; else CPUID in 12:10 and EOI in 19 */
#define GICH_LR_PHYSICALID_LENGTH 10
#define GICH_LR_PRIORITY_SHIFT    23
#define GICH_LR_PRIORITY_LENGTH   5
#define GICH_LR_STATE_SHIFT       28 /* enum gich_lr_state */
#define GICH_LR_STATE_LENGTH      2
#define GICH_LR_GRP1_SHIFT        30
#define GICH_LR_GRP1_LENGTH       1
#define GICH_LR_HW_SHIFT          31
#define GICH_LR_HW_LENGTH         1

/* Extracts one of the fields above by its name: GICH_LR_GET(lr, STATE). */
#define GICH_LR_GET(lr, field) \
    field32_get((lr), GICH_LR_##field##_SHIFT, GICH_LR_##field##_LENGTH)

enum gich_lr_state {
    GICH_LR_INVALID        = 0,
    GICH_LR_PENDING        = 1,
    GICH_LR_ACTIVE         = 2,
    GICH_LR_PENDING_ACTIVE = 3,
};

/* The interrupt ID in a value of IAR, EOIR or DIR. */
static inline unsigned gicv2_iar_intid(uint32_t iar)
{
    return field32_get(iar, GICV2_IAR_INTID_SHIFT, GICV2_IAR_INTID_LENGTH);
}

#endif
