/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the files of arch/armv7, and the board.
 */
#ifndef VMM_ARMV7_ARMV7_H
#define VMM_ARMV7_ARMV7_H

#include <stdint.h>
#include "core/hyp.h"

/* GIC-400 of the Exynos5250; Linux exynos5250.dtsi. */
#define BOARD_GICD 0x10481000u
#define BOARD_GICC 0x10482000u
#define BOARD_GICH 0x10484000u
#define BOARD_GICV 0x10486000u

static inline uint32_t mmio_read32(uint32_t address)
{
    return *(volatile uint32_t *)address;
}

static inline void mmio_write32(uint32_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

/* enter.S */
unsigned armv7_enter(struct guest_regs *regs);
void armv7_second_start(void);

/* The first C function, on each CPU; does not return.  tree: what CPU0 got in R2, the device tree's
 * address or 0; means nothing on others.  main.c */
__attribute__((noreturn)) void armv7_main(unsigned cpu, uint32_t tree);

/* An exception in Hyp: prints the registers (R0 to R12, LR) and stops the CPU.  board.c */
__attribute__((noreturn)) void armv7_panic(unsigned vector, const uint32_t *registers,
                                           uint32_t elr, uint32_t spsr);

/* Registers that the hardware banks by mode, and those of CP15, between it and memory.  vcpu.c */
void armv7_banked_save(struct guest_regs *regs);
void armv7_banked_load(const struct guest_regs *regs);
void armv7_sysregs_save(struct guest_sysregs *sys);
void armv7_sysregs_load(const struct guest_sysregs *sys);

/* vfp.S: D0 to D31, FPSCR and FPEXC; the caller has HCPTR open. */
void armv7_vfp_save(struct guest_vfp *vfp);
void armv7_vfp_load(const struct guest_vfp *vfp);

/* Turns the Hyp stage-1 MMU and caches of this CPU on, VA = PA.  mmu.c */
void armv7_mmu_on(void);

/* This CPU's part of the GIC; CPU0's first, with the distributor's.  Returns the number of list
 * registers.  gic.c */
unsigned armv7_gic_init(unsigned cpu);

/* The board: board.c */
/* UART2's interrupt, an SPI; exynos5250.dtsi. */
#define BOARD_UART_INTID 85

/* Lets the UART interrupt CPU0 when something is received. */
void board_receive_on(void);

/* A received character, or -1; the interrupt is quiet when -1 came. */
int board_get_char(void);

void board_put_char(char c);
void board_put_text(const char *text);
void board_put_hex(uint32_t value);
void board_start_cpu1(void (*entry)(void));
__attribute__((noreturn)) void board_power_off(void);

#endif
