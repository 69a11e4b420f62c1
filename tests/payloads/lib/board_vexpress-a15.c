/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The Versatile Express with a Cortex-A15 core tile, secure=off: PL011, GICv2 with GICH for each
 * CPU, all CPUs start at once.  Addresses: Arm DDI 0503 (core tile), DUI 0447 (motherboard);
 * PERIPHBASE and power-off: Linux vexpress-v2p-ca15-tc1.dts, vexpress-config.c.
 */
#include "board.h"
#include "pl011.h"

#define UART0 0x1c090000u
#define SYS_CFGCTRL 0x1c0100a4u
#define SYS_CFGCTRL_SHUT_DOWN 0xc0800000u   /* start, write, function 8 of the motherboard */

const struct board board = {
    .name = "vexpress-a15",
    .gicd = 0x2c001000,
    .gicc = 0x2c002000,
    .gich = 0x2c004000,
    .gicv = 0x2c006000,
    .gic_a15 = true,
    .gich_per_cpu = 0x2c005000,
};

void board_put_char(char c)
{
    pl011_put_char(UART0, c);
}

void board_start_cpu1(void (*entry)(void))
{
    pen_release(entry);
}

void board_request_power_off(void)
{
    mmio_write32(SYS_CFGCTRL, SYS_CFGCTRL_SHUT_DOWN);
}
