/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest can ask of the hypervisor, a claim each: device accesses with and without a valid
 * syndrome, ID registers, what is undefined, a hole, floating point, the virtual timer with WFI,
 * a second vCPU and SGIs both ways; then power-off.
 */
#include <stdbool.h>
#include <stdint.h>
#include "armv7/gicv2.h"

#define GICD   0x2c001000u
#define GICC   0x2c002000u
#define DEVICE 0x10000000u
#define HOLE   0x20000000u
#define SGI    3

void hvc_put_char(char c);
uint32_t psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c);
void second_start(void);

static volatile unsigned undefined_count, abort_count, timer_count, sgi_count, pong_count;

static uint32_t read32(uint32_t address)
{
    return *(volatile uint32_t *)address;
}

static void write32(uint32_t address, uint32_t value)
{
    *(volatile uint32_t *)address = value;
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        hvc_put_char(*text);
    }
}

static void claim(const char *name, bool holds)
{
    put_text(holds ? "PASS " : "FAIL ");
    put_text(name);
    put_text("\n");
}

void guest_undefined(void);
void guest_undefined(void)
{
    undefined_count++;
}

void guest_data_abort(void);
void guest_data_abort(void)
{
    abort_count++;
}

static void set_timer(uint32_t control)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n isb" : : "r"(control));
}

void guest_irq(void);
void guest_irq(void)
{
    uint32_t iar = read32(GICC + GICC_IAR);

    switch (gicv2_iar_intid(iar)) {
    case GICV2_PPI_VIRT_TIMER:
        timer_count++;
        set_timer(0);
        break;
    case SGI:
        if (iar >> 10) { /* from vCPU 1 */
            pong_count++;
        } else {
            sgi_count++;
            write32(GICD + GICD_SGIR, 1u << 16 | SGI);
        }
        break;
    default:
        break;
    }
    write32(GICC + GICC_EOIR, iar);
}

static void test_device(void)
{
    register uint32_t first __asm__("r4");
    register uint32_t second __asm__("r5");

    claim("device word by syndrome", (read32(DEVICE) & 0xff000000) == 0x56000000);
    write32(DEVICE + 4, 0x1234);
    write32(DEVICE + 8, 0x5678);
    __asm__ volatile("ldrd %0, %1, [%2, #4]" : "=r"(first), "=r"(second) : "r"(DEVICE));
    claim("ldrd is decoded", first == 0x1234 && second == 0x5678);
    read32(HOLE);
    claim("a hole gives a data abort", abort_count == 1);
}

static void test_registers(void)
{
    uint32_t pfr1, mpidr;

    __asm__ volatile("mrc p15, 0, %0, c0, c1, 1" : "=r"(pfr1));
    claim("no virtualization, no security in ID_PFR1", (pfr1 & 0xf0f0) == 0 && (pfr1 & 0xf0000));
    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
    claim("MPIDR is that of vCPU 0", mpidr == 0x80000000);
    __asm__ volatile("mrc p15, 0, %0, c11, c0, 0" : "=r"(pfr1)); /* HCR.TIDCP */
    claim("an unknown register is undefined", undefined_count == 1);
}

static void test_floating_point(void)
{
    uint32_t result;

    __asm__ volatile("mcr p15, 0, %0, c1, c0, 2\n isb" : : "r"(0xf << 20));
    __asm__ volatile(".fpu neon-vfpv4\n"
                     "vmsr fpexc, %1\n vmov s0, %2\n vadd.f32 s1, s0, s0\n vmov %0, s1"
                     : "=r"(result) : "r"(1u << 30), "r"(0x3f800000) : "s0", "s1");
    claim("1.0 + 1.0 = 2.0", result == 0x40000000);
}

static void wait_for(volatile unsigned *count)
{
    while (*count == 0) {
        __asm__ volatile("cpsid i");
        if (*count == 0) {
            __asm__ volatile("wfi"); /* a masked interrupt ends it, B1.8.13 */
        }
        __asm__ volatile("cpsie i\n isb");
    }
}

static void init_gic(void)
{
    write32(GICD + GICD_CTLR, 1);
    write32(GICD + GICD_ISENABLER, 1u << GICV2_PPI_VIRT_TIMER);
    write32(GICC + GICC_PMR, 0xf8);
    write32(GICC + GICC_CTLR, 1);
}

static void test_timer(void)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 0" : : "r"(24000)); /* CNTV_TVAL: 1 ms */
    set_timer(1);
    wait_for(&timer_count);
    claim("the virtual timer ends WFI", timer_count == 1);
}

static void test_second_vcpu(void)
{
    claim("PSCI 1.0", psci(0x84000000, 0, 0, 0) == 0x10000);
    claim("CPU_ON", psci(0x84000003, 1, (uint32_t)second_start, 0) == 0);
    while (psci(0x84000004, 1, 0, 0) != 0) { /* AFFINITY_INFO */
    }
    write32(GICD + GICD_SGIR, 2u << 16 | SGI);
    wait_for(&pong_count);
    claim("an SGI to vCPU 1 and back", sgi_count == 1 && pong_count == 1);
}

/* A word behind the image, which a reset leaves alone. */
#define SECOND_LIFE 0x11fe11feu
static volatile uint32_t *const life = (volatile uint32_t *)0x40080000;

void guest_main(unsigned vcpu);
void guest_main(unsigned vcpu)
{
    init_gic();
    __asm__ volatile("cpsie i");
    if (vcpu == 1) {
        for (;;) {
            __asm__ volatile("wfi");
        }
    }
    put_text("guest begins\n");
    test_device();
    test_registers();
    test_floating_point();
    test_timer();
    test_second_vcpu();
    put_text("guest ends\n");
    if (*life != SECOND_LIFE) {
        *life = SECOND_LIFE;
        psci(0x84000009, 0, 0, 0); /* SYSTEM_RESET */
    }
    put_text("guest was reset\n");
    *life = 0;
    psci(0x84000008, 0, 0, 0);
}
