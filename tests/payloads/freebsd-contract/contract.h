/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a FreeBSD 11 kernel of configuration ARNDALE touches until it mounts its root, from its
 * sources (sys/arm/samsung/exynos, sys/arm/arm, sys/dev/usb/controller of 11.0).
 */
#ifndef PAYLOADS_FREEBSD_CONTRACT_H
#define PAYLOADS_FREEBSD_CONTRACT_H

#include <stdint.h>

#define CHIPID 0x10000000u
#define PMU 0x10040000u
#define PMU_USBDRD_PHY 0x704
#define PMU_USBHOST_PHY 0x708
#define PMU_CORE1_CONFIG 0x2080
#define PMU_CORE1_STATUS 0x2084
#define PMU_PS_HOLD 0x330c
#define SYSREG_USB20PHY_CFG 0x10050230u
#define MCT 0x101c0000u
#define MCT_G_CNT_L 0x100
#define MCT_G_TCON 0x240
#define MCT_G_WSTAT 0x24c
#define GICD 0x10481000u
#define GICC 0x10482000u
#define XHCI 0x12000000u
#define DWC3 0x1200c100u
#define USB3_PHY 0x12100000u
#define EHCI 0x12110000u
#define USB2_PHY 0x12130000u
#define UART2 0x12c20000u
#define UART_ULCON 0x00
#define UART_UCON 0x04
#define UART_UFCON 0x08
#define UART_UMCON 0x0c
#define UART_UFSTAT 0x18
#define UART_UTXH 0x20
#define UART_UBRDIV 0x28
#define UART_UINTP 0x30
#define UART_UINTM 0x38
#define UFSTAT_TX_FULL (1u << 24)
#define UINT_TX (1u << 2)
#define PEN_WORD 0x02020000u

/* Interrupt numbers of its device tree, which has one cell: GIC ids. */
enum { INT_CNTP_SECURE = 29, INT_CNTP = 30, INT_UART2 = 85, INT_EHCI = 103, INT_MAX = 160 };

static inline uint32_t read32(uintptr_t address)
{
    return *(volatile uint32_t *)address;
}

static inline void write32(uintptr_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static inline uint8_t read8(uintptr_t address)
{
    return *(volatile uint8_t *)address;
}

static inline void write8(uintptr_t address, uint8_t value)
{
    *(volatile uint8_t *)address = value;
}

/* uart_init: the console as cninit() leaves it. */
void uart_init(void);

/* mpentry: where the second core begins, start.S. */
void mpentry(void);

/* Called by start.S; contract_main() does not return. */
void contract_main(uint32_t r0, uint32_t mode, uint32_t place);
void contract_second_core(uint32_t mode);
void contract_irq(void);
void contract_undefined(void);
void contract_abort(void);

#endif
