/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's way to PL1 and its stage 1: DDI 0406C B3.5.1.
 */
#include "cp15.h"
#include "host.h"
#include "hyp.h"
#include "tap.h"
#include "world.h"

#define SECTION_NORMAL 0x11c0eu     /* TEX 001 C B, shareable, AP 11 */
#define SECTION_DEVICE 0x00c16u     /* TEX 000 B, XN, AP 11 */
#define SCTLR_M_C_I 0x1005u
enum { MIB_SHIFT = 20, KERNEL_MIB = 64 };

CP15_32(sctlr, 0, c1, c0, 0)
CP15_32(ttbr0, 0, c2, c0, 0)
CP15_32(ttbcr, 0, c2, c0, 2)
CP15_32(dacr, 0, c3, c0, 0)
CP15_32(vbar, 0, c12, c0, 0)
CP15_32(hvbar, 4, c12, c0, 0)

static uint32_t sections[4096] __attribute__((aligned(16384)));
static uint8_t stack[8192] __attribute__((aligned(8)));

void host_start(void (*code)(void))
{
    static uint32_t never_left;

    cp15_write_hvbar((uint32_t)stub_vectors);
    guest_enter(code, (uint32_t)(stack + sizeof(stack)), &never_left);
}

/* Exceptions to Hyp go to vectors of this payload; none may come to those of its start. */
void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    tap_bail_out("an exception to Hyp by the vectors of the start", vector, frame->elr);
}

void host_mmu_on(void)
{
    for (uint32_t mib = 0; mib < 4096; mib++) {
        uint32_t address = mib << MIB_SHIFT;

        if (address >= KERNEL_VA && mib - (KERNEL_VA >> MIB_SHIFT) < KERNEL_MIB) {
            sections[mib] = (address - KERNEL_VA + RAM_BASE) | SECTION_NORMAL;
        } else if (address >= RAM_BASE && address < KERNEL_VA) {
            sections[mib] = address | SECTION_NORMAL;
        } else {
            sections[mib] = address | SECTION_DEVICE;
        }
    }
    cp15_write_vbar((uint32_t)host_vectors);
    cp15_write_ttbcr(0);
    cp15_write_ttbr0((uint32_t)sections);
    cp15_write_dacr(1);
    /* Walks must see the table and nothing older. */
    __asm__ volatile("dsb\n mcr p15, 0, %0, c8, c7, 0\n dsb\n isb" : : "r"(0) : "memory");
    cp15_write_sctlr(cp15_read_sctlr() | SCTLR_M_C_I);
}
