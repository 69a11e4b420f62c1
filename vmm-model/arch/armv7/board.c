/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Arndale: UART2, CPU1 in the boot ROM's pen, power-off by PS_HOLD; and the panic.
 * Addresses: Linux exynos5250.dtsi, exynos5250-arndale.dts; pen and PS_HOLD: U-Boot's and Linux's
 * Exynos code.
 */
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"
#include "armv7/gicv2.h"

#define UART2                0x12c20000u
#define UART_UTRSTAT         0x10
#define UART_UTRSTAT_EMPTY   (1u << 1)
#define UART_UTXH            0x20
#define UART_URXH            0x24
#define UART_UCON            0x04
#define UART_UCON_RX         (1u << 0)   /* interrupt or polling */
#define UART_UCON_RX_TIMEOUT (1u << 7)
#define UART_UFCON           0x08
#define UART_UTRSTAT_RX      (1u << 0)
#define UART_UINTP           0x30
#define UART_UINTM           0x38
#define UART_INT_RX          (1u << 0)
#define UART_INT_ALL         0xfu
#define PEN_WORD             0x02020000u
#define PMU_PS_HOLD_CONTROL  0x1004330cu
#define PS_HOLD_HIGH         (1u << 8)

void board_put_char(char c)
{
    while (!(mmio_read32(UART2 + UART_UTRSTAT) & UART_UTRSTAT_EMPTY)) {
    }
    mmio_write32(UART2 + UART_UTXH, (uint8_t)c);
}

void board_receive_on(void)
{
    const uint32_t word = BOARD_UART_INTID / 32, bit = 1u << BOARD_UART_INTID % 32;
    const uint32_t targets = BOARD_GICD + GICD_ITARGETSR + BOARD_UART_INTID / 4 * 4;

    mmio_write32(UART2 + UART_UFCON, 0); /* no FIFO: each character interrupts */
    mmio_write32(UART2 + UART_UCON,
                 mmio_read32(UART2 + UART_UCON) | UART_UCON_RX | UART_UCON_RX_TIMEOUT);
    mmio_write32(UART2 + UART_UINTP, UART_INT_RX);
    mmio_write32(UART2 + UART_UINTM, UART_INT_ALL & ~UART_INT_RX);
    mmio_write32(targets, mmio_read32(targets) | 1u << BOARD_UART_INTID % 4 * 8);
    mmio_write32(BOARD_GICD + GICD_ISENABLER + 4 * word, bit);
}

int board_get_char(void)
{
    if (mmio_read32(UART2 + UART_UTRSTAT) & UART_UTRSTAT_RX) {
        return (int)(mmio_read32(UART2 + UART_URXH) & 0xff);
    }
    mmio_write32(UART2 + UART_UINTP, UART_INT_RX);
    return -1;
}

void board_put_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            board_put_char('\r');
        }
        board_put_char(*text);
    }
}

void board_put_hex(uint32_t value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        board_put_char("0123456789abcdef"[value >> shift & 15]);
    }
}

void board_start_cpu1(void (*entry)(void))
{
    mmio_write32(PEN_WORD, (uint32_t)entry);
    dsb(); /* CPU1 sees the word when the event wakes it */
    __asm__ volatile("sev"); /* the boot ROM's pen waits by WFE ... */
    mmio_write32(BOARD_GICD + GICD_SGIR, 1u << 17); /* ... U-Boot's for SGI 0, by WFI */
}

void board_power_off(void)
{
    uint32_t control = mmio_read32(PMU_PS_HOLD_CONTROL);

    /* The PMIC acts on the falling edge, and no firmware has raised the pin. */
    mmio_write32(PMU_PS_HOLD_CONTROL, control | PS_HOLD_HIGH);
    mmio_write32(PMU_PS_HOLD_CONTROL, control & ~PS_HOLD_HIGH);
    for (;;) {
    }
}

static void put_named(const char *name, uint32_t value)
{
    board_put_text(name);
    board_put_hex(value);
}

void armv7_panic(unsigned vector, const uint32_t *registers, uint32_t elr, uint32_t spsr)
{
    put_named("\nvmm: exception in Hyp, vector ", vector);
    put_named(" ELR ", elr);
    put_named(" SPSR ", spsr);
    put_named("\nHSR ", read_hsr());
    put_named(" HDFAR ", read_hdfar());
    put_named(" HIFAR ", read_hifar());
    put_named(" HPFAR ", read_hpfar());
    board_put_text("\nR0-R12, LR:");
    for (unsigned i = 0; i < 14; i++) {
        put_named(" ", registers[i]);
    }
    board_put_text("\n");
    for (;;) {
        __asm__ volatile("wfi");
    }
}
