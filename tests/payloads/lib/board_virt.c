/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * QEMU's virt machine with virtualization=on: PL011, GICv2, PSCI by SMC.  Addresses:
 * QEMU's hw/arm/virt.c; PSCI: DEN 0022D 5.1.
 */
#include "board.h"
#include "pl011.h"

#define PL011 0x09000000u

#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_CPU_ON 0x84000003u

const struct board board = {
    .name = "virt",
    .gicd = 0x08000000,
    .gicc = 0x08010000,
    .gich = 0x08030000,
    .gicv = 0x08040000,
    .pmu_interrupt = 23,
    .external_aborts = true,
    .smc = true,
};

void board_put_char(char c)
{
    pl011_put_char(PL011, c);
}

static uint32_t smc(uint32_t function, uint32_t a, uint32_t b, uint32_t c)
{
    register uint32_t r0 __asm__("r0") = function;
    register uint32_t r1 __asm__("r1") = a;
    register uint32_t r2 __asm__("r2") = b;
    register uint32_t r3 __asm__("r3") = c;

    __asm__ volatile(".arch_extension sec\n smc #0"
                     : "+r"(r0) : "r"(r1), "r"(r2), "r"(r3) : "memory");
    return r0;
}

void board_start_cpu1(void (*entry)(void))
{
    smc(PSCI_CPU_ON, 1, (uint32_t)entry, 0);
}

void board_request_power_off(void)
{
    smc(PSCI_SYSTEM_OFF, 0, 0, 0);
}
