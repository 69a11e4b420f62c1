/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that causes exits of a few kinds, many of each, for scripts/bench: hypercalls, reads of a
 * device in the core, SGIs to another vCPU, virtual timer interrupts.  A build
 * does one KIND of them, or all if that is 0, COUNT times.
 */
#include <stdint.h>
#include "armv7/gicv2.h"

#define GICD  0x2c001000u
#define GICC  0x2c002000u
#define UART  0x1c090000u
#define FR    0x18
#define SGI   3

void hvc_put_char(char c);
uint32_t psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c);
void second_start(void);
void guest_main(unsigned vcpu);
void guest_irq(void);
void guest_undefined(void);
void guest_data_abort(void);

static volatile unsigned timer_count, sgi_count;

static uint32_t read32(uint32_t address)
{
    return *(volatile uint32_t *)address;
}

static void write32(uint32_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

void guest_undefined(void)
{
}

void guest_data_abort(void)
{
}

static void set_timer(uint32_t control)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n isb" : : "r"(control));
}

void guest_irq(void)
{
    uint32_t iar = read32(GICC + GICC_IAR);

    switch (gicv2_iar_intid(iar)) {
    case GICV2_PPI_VIRT_TIMER:
        timer_count++;
        set_timer(0);
        break;
    case SGI:
        sgi_count++;
        break;
    default:
        break;
    }
    write32(GICC + GICC_EOIR, iar);
}

static void init_gic(void)
{
    write32(GICD + GICD_CTLR, 1);
    write32(GICD + GICD_ISENABLER, 1u << GICV2_PPI_VIRT_TIMER);
    write32(GICC + GICC_PMR, 0xf8);
    write32(GICC + GICC_CTLR, 1);
    __asm__ volatile("cpsie i");
}

static void hypercalls(void)
{
    for (unsigned i = 0; i < COUNT; i++) {
        psci(0x84000000, 0, 0, 0); /* PSCI_VERSION */
    }
}

static void device_reads(void)
{
    for (unsigned i = 0; i < COUNT; i++) {
        read32(UART + FR);
    }
}

static void sgis(void)
{
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned before = sgi_count;

        write32(GICD + GICD_SGIR, 2u << 16 | SGI);
        while (sgi_count == before) {
        }
    }
}

/* Without WFI: the interrupt comes to a vCPU that runs. */
static void timer_interrupts(void)
{
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned before = timer_count;

        __asm__ volatile("mcr p15, 0, %0, c14, c3, 0" : : "r"(100)); /* CNTV_TVAL */
        set_timer(1);
        while (timer_count == before) {
        }
    }
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        hvc_put_char(*text);
    }
}

void guest_main(unsigned vcpu)
{
    init_gic();
    if (vcpu == 1) {
        for (;;) {
        }
    }
    psci(0x84000003, 1, (uint32_t)second_start, 0); /* CPU_ON */
    while (psci(0x84000004, 1, 0, 0) != 0) {
    }
    put_text("bench begins\n");
    if (KIND == 0 || KIND == 1) {
        hypercalls();
    }
    if (KIND == 0 || KIND == 2) {
        device_reads();
    }
    if (KIND == 0 || KIND == 3) {
        sgis();
    }
    if (KIND == 0 || KIND == 4) {
        timer_interrupts();
    }
    put_text("bench ends\n");
    psci(0x84000008, 0, 0, 0); /* SYSTEM_OFF */
}
