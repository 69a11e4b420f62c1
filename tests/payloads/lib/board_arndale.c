/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The Arndale: UART2, GIC-400, CPU1 in the boot ROM's pen, power-off by PS_HOLD.
 * Addresses: Linux exynos5250.dtsi, exynos5250-arndale.dts; pen and PS_HOLD: U-Boot's and Linux's
 * Exynos code.
 */
#include "board.h"
#include "mmio.h"

#define UART2 0x12c20000u
#define UART_UTRSTAT 0x10
#define UART_UTRSTAT_EMPTY (1u << 1)
#define UART_UTXH 0x20
#define PEN_WORD 0x02020000u
#define PMU_PS_HOLD_CONTROL 0x1004330cu
#define PS_HOLD_HIGH (1u << 8)

const struct board board = {
    .name = "arndale",
    .gicd = 0x10481000,
    .gicc = 0x10482000,
    .gich = 0x10484000,
    .gicv = 0x10486000,
    .gic_a15 = true,
    .gich_per_cpu = 0x10485000,
    .gic_security = true,
    .external_aborts = true,
    .smc = true,
};

void board_put_char(char c)
{
    while (!(mmio_read32(UART2 + UART_UTRSTAT) & UART_UTRSTAT_EMPTY)) {
    }
    mmio_write32(UART2 + UART_UTXH, (uint8_t)c);
}

void board_start_cpu1(void (*entry)(void))
{
    mmio_write32(PEN_WORD, (uint32_t)entry);
    /* CPU1 must see the word when the event wakes it. */
    __asm__ volatile("dsb\n sev" ::: "memory");
}

void board_request_power_off(void)
{
    uint32_t control = mmio_read32(PMU_PS_HOLD_CONTROL);

    /* The PMIC acts on the falling edge, and no firmware has raised the pin. */
    mmio_write32(PMU_PS_HOLD_CONTROL, control | PS_HOLD_HIGH);
    mmio_write32(PMU_PS_HOLD_CONTROL, control & ~PS_HOLD_HIGH);
}
