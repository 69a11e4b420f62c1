/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accessors of system registers: read_NAME(), write_NAME().  DDI 0406C B3.17, B8.1, B9.3.9.
 * A write takes effect after the next isb(), or exception return.
 */
#ifndef VMM_ARMV7_SYSREG_H
#define VMM_ARMV7_SYSREG_H

#include <stdint.h>

#define CP15_32(name, opc1, crn, crm, opc2) \
    static inline uint32_t read_##name(void) \
    { \
        uint32_t value; \
        __asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(value)); \
        return value; \
    } \
    static inline void write_##name(uint32_t value) \
    { \
        __asm__ volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
                         : : "r"(value) : "memory"); \
    }

#define CP15_64(name, opc1, crm) \
    static inline uint64_t read_##name(void) \
    { \
        uint64_t value; \
        __asm__ volatile("mrrc p15, " #opc1 ", %Q0, %R0, " #crm : "=r"(value)); \
        return value; \
    } \
    static inline void write_##name(uint64_t value) \
    { \
        __asm__ volatile("mcrr p15, " #opc1 ", %Q0, %R0, " #crm : : "r"(value) : "memory"); \
    }

#define BANKED(name) \
    static inline uint32_t read_##name(void) \
    { \
        uint32_t value; \
        __asm__ volatile("mrs %0, " #name : "=r"(value)); \
        return value; \
    } \
    static inline void write_##name(uint32_t value) \
    { \
        __asm__ volatile("msr " #name ", %0" : : "r"(value)); \
    }

/* Of Hyp mode */
CP15_32(hsctlr, 4, c1, c0, 0)
CP15_32(hcr, 4, c1, c1, 0)
CP15_32(hdcr, 4, c1, c1, 1)
CP15_32(hcptr, 4, c1, c1, 2)
CP15_32(hstr, 4, c1, c1, 3)
CP15_32(htcr, 4, c2, c0, 2)
CP15_32(vtcr, 4, c2, c1, 2)
CP15_32(hsr, 4, c5, c2, 0)
CP15_32(hdfar, 4, c6, c0, 0)
CP15_32(hifar, 4, c6, c0, 2)
CP15_32(hpfar, 4, c6, c0, 4)
CP15_32(hmair0, 4, c10, c2, 0)
CP15_32(hmair1, 4, c10, c2, 1)
CP15_32(vpidr, 4, c0, c0, 0)
CP15_32(vmpidr, 4, c0, c0, 5)
CP15_32(cnthctl, 4, c14, c1, 0)
CP15_32(cnthp_ctl, 4, c14, c2, 1)
CP15_64(httbr, 4, c2)
CP15_64(vttbr, 6, c2)
CP15_64(cntvoff, 4, c14)
CP15_64(cnthp_cval, 6, c14)
CP15_64(cntpct, 0, c14)
CP15_32(cntfrq, 0, c14, c0, 0)
CP15_32(midr, 0, c0, c0, 0)

/* Of a guest: struct guest_sysregs */
CP15_32(sctlr, 0, c1, c0, 0)
CP15_32(cpacr, 0, c1, c0, 2)
CP15_32(ttbcr, 0, c2, c0, 2)
CP15_32(dacr, 0, c3, c0, 0)
CP15_64(ttbr0, 0, c2)
CP15_64(ttbr1, 1, c2)
CP15_32(prrr, 0, c10, c2, 0)
CP15_32(nmrr, 0, c10, c2, 1)
CP15_32(amair0, 0, c10, c3, 0)
CP15_32(amair1, 0, c10, c3, 1)
CP15_32(dfsr, 0, c5, c0, 0)
CP15_32(ifsr, 0, c5, c0, 1)
CP15_32(adfsr, 0, c5, c1, 0)
CP15_32(aifsr, 0, c5, c1, 1)
CP15_32(dfar, 0, c6, c0, 0)
CP15_32(ifar, 0, c6, c0, 2)
CP15_64(par, 0, c7)
CP15_32(vbar, 0, c12, c0, 0)
CP15_32(contextidr, 0, c13, c0, 1)
CP15_32(tpidrurw, 0, c13, c0, 2)
CP15_32(tpidruro, 0, c13, c0, 3)
CP15_32(tpidrprw, 0, c13, c0, 4)
CP15_32(csselr, 2, c0, c0, 0)
CP15_32(cntkctl, 0, c14, c1, 0)
CP15_32(cntv_ctl, 0, c14, c3, 1)
CP15_64(cntv_cval, 3, c14)

/* struct guest_regs */
BANKED(sp_usr)
BANKED(sp_svc)
BANKED(lr_svc)
BANKED(spsr_svc)
BANKED(sp_abt)
BANKED(lr_abt)
BANKED(spsr_abt)
BANKED(sp_und)
BANKED(lr_und)
BANKED(spsr_und)
BANKED(sp_irq)
BANKED(lr_irq)
BANKED(spsr_irq)
BANKED(r8_fiq)
BANKED(r9_fiq)
BANKED(r10_fiq)
BANKED(r11_fiq)
BANKED(r12_fiq)
BANKED(sp_fiq)
BANKED(lr_fiq)
BANKED(spsr_fiq)

static inline void isb(void)
{
    __asm__ volatile("isb" : : : "memory");
}

static inline void dsb(void)
{
    __asm__ volatile("dsb" : : : "memory");
}

#endif
