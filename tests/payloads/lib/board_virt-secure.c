/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * QEMU's virt machine with virtualization=on,secure=on: starts in Secure state without PSCI, all
 * CPUs at once.  The payload runs in Non-secure Hyp mode like elsewhere.  Addresses: QEMU's
 * hw/arm/virt.c.
 */
#include "armv7/gicv2.h"
#include "board.h"
#include "monitor.h"
#include "pl011.h"

#define PL011 0x09000000u
#define SECURE_PL061 0x090b0000u        /* its pin 0 ends the machine */
#define PL061_DATA_PIN0 0x004           /* DDI 0190 3.3: the address chooses the pins */
#define PL061_DIR 0x400
#define GICD_LINES 288

const struct board board = {
    .name = "virt-secure",
    .gicd = 0x08000000,
    .gicc = 0x08010000,
    .gich = 0x08030000,
    .gicv = 0x08040000,
    .pmu_interrupt = 23,
    .gic_security = true,
    .security = true,
    .external_aborts = true,
    .smc = true,
};

/* All interrupts are Non-secure, and Non-secure priorities are as good as others: IHI 0048B 4.3.4,
 * 4.4.2.  Called by each CPU in Secure state. */
void secure_gic_init(void);

void secure_gic_init(void)
{
    for (unsigned i = 0; i < GICD_LINES / 32; i++) {
        mmio_write32(board.gicd + GICD_IGROUPR + 4 * i, 0xffffffffu);
    }
    mmio_write32(board.gicc + GICC_PMR, 0xff);
}

void board_put_char(char c)
{
    pl011_put_char(PL011, c);
}

void board_start_cpu1(void (*entry)(void))
{
    pen_release(entry);
}

static uint32_t power_off(uint32_t argument)
{
    (void)argument;
    mmio_write32(SECURE_PL061 + PL061_DIR, 1);
    mmio_write32(SECURE_PL061 + PL061_DATA_PIN0, 1);
    return 0;
}

void board_request_power_off(void)
{
    monitor_call(power_off, 0);
}
