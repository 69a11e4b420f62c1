/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console as FreeBSD 11 drives it (sys/arm/samsung/exynos/exynos_uart.c): byte accesses, the
 * full bit of UFSTAT.
 */
#include "contract.h"
#include "board.h"

void uart_init(void)
{
    write8(UART2 + UART_UCON, 0);
    write8(UART2 + UART_UFCON, 0x97);
    write8(UART2 + UART_ULCON, 3);
    write8(UART2 + UART_UBRDIV, 0x35);
    write8(UART2 + UART_UCON, 0x85);
    write8(UART2 + UART_UMCON, 1);
}

void board_put_char(char c)
{
    while (read32(UART2 + UART_UFSTAT) & UFSTAT_TX_FULL) {
    }
    write8(UART2 + UART_UTXH, c);
}

void board_power_off(void)
{
    uint32_t control = read32(PMU + PMU_PS_HOLD);

    /* The PMIC acts on the falling edge, and no firmware has raised the pin. */
    write32(PMU + PMU_PS_HOLD, control | 0x100);
    write32(PMU + PMU_PS_HOLD, control & ~0x100u);
    for (;;) {
    }
}
