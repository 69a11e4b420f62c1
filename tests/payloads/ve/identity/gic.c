/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the GIC says of itself, and where CBAR says that it is.  IHI 0048B 4.3.2, 4.3.12, 4.4.14,
 * 5.3.1; DDI 0438 4.3 (CBAR), 8.2.
 */
#include "armv7/gicv2.h"
#include "board.h"
#include "mmio.h"
#include "parts.h"
#include "smp.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(cbar, 4, c15, c0, 0)

#define GICC_IIDR_OFFSET 0xfc
#define ARM_JEP106 0x43bu               /* of implementers, bits 11:0 */
#define GICC_IIDR_V2 0x00020000u        /* architecture version, bits 19:16 */
#define GICD_OFFSET_A15 0x1000u

static void read_targets(void *targets)
{
    *(uint32_t *)targets = mmio_read32(board.gicd + GICD_ITARGETSR);
}

void claim_gic(unsigned cpus)
{
    uint32_t typer = mmio_read32(board.gicd + GICD_TYPER), targets;

    tap_group("identity/gic", "IHI 0048B 4.3, DDI 0438 8.2", "what the GIC says of itself");
    claim_value("identity/gic/GICD_IIDR", mmio_read32(board.gicd + GICD_IIDR), ARM_JEP106, 0xfff);
    claim_value("identity/gic/GICC_IIDR", mmio_read32(board.gicc + GICC_IIDR_OFFSET),
                GICC_IIDR_V2 | ARM_JEP106, 0xfff00fffu | 0xf0000u);
    claim_value("identity/gic/GICV_IIDR", mmio_read32(board.gicv + GICC_IIDR_OFFSET),
                GICC_IIDR_V2 | ARM_JEP106, 0xfff00fffu | 0xf0000u);
    claim_value("identity/gic/GICD_TYPER/cpus", typer >> 5 & 7, cpus - 1, ~0u);
    claim_value("identity/gic/GICD_TYPER/security", typer >> 10 & 1, board.gic_security, ~0u);
    read_targets(&targets);
    claim_value("identity/gic/GICD_ITARGETSR/cpu0", targets, cpus == 1 ? 0 : 0x01010101, ~0u);
    if (cpus == 1) {
        tap_skip("identity/gic/GICD_ITARGETSR/cpu1", "there is one CPU");
    } else {
        smp_call(read_targets, &targets);
        claim_value("identity/gic/GICD_ITARGETSR/cpu1", targets, 0x02020202, ~0u);
    }
    if (board.gic_a15) {
        claim_value("identity/gic/CBAR", cp15_read_cbar(), board.gicd - GICD_OFFSET_A15, 0xffff8000u);
    } else {
        tap_skip("identity/gic/CBAR", "the GIC is not the Cortex-A15's");
    }
}
