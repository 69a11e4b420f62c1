/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The physical GIC and the Hyp timer.  IHI 0048B 4.3, 4.4, 5.3.
 * EOImode is 1: an end of interrupt drops the priority only, so that the virtual timer's interrupt
 * stays active until the guest ends it.
 */
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"
#include "armv7/gicv2.h"

#define GICC_CTLR_ENABLE    1u
#define GICC_CTLR_EOIMODE   (1u << 9) /* EOImodeNS, as Non-secure software sees it */
#define SGIR_CPU_SHIFT      16
#define VTR_LIST_REGS       0x3f      /* GICH_VTR: their number, less one */

static uint32_t private_interrupts(void)
{
    return 1u << ARCH_KICK_SGI | 1u << GICV2_PPI_MAINTENANCE | 1u << GICV2_PPI_HYP_TIMER |
           1u << GICV2_PPI_VIRT_TIMER;
}

unsigned armv7_gic_init(unsigned cpu)
{
    if (cpu == 0) {
        mmio_write32(BOARD_GICD + GICD_CTLR, 1);
    }
    mmio_write32(BOARD_GICD + GICD_ICENABLER, 0xffff0000);
    mmio_write32(BOARD_GICD + GICD_ICACTIVER, 0xffffffff);
    for (unsigned i = 0; i < 16; i += 4) {
        mmio_write32(BOARD_GICD + GICD_CPENDSGIR + i, 0xffffffff); /* what woke CPU1 */
    }
    mmio_write32(BOARD_GICD + GICD_ISENABLER, private_interrupts());
    mmio_write32(BOARD_GICC + GICC_PMR, 0xff);
    mmio_write32(BOARD_GICC + GICC_CTLR, GICC_CTLR_ENABLE | GICC_CTLR_EOIMODE);
    return (mmio_read32(BOARD_GICH + GICH_VTR) & VTR_LIST_REGS) + 1;
}

void arch_irq_set_active(unsigned intid, bool active)
{
    mmio_write32(BOARD_GICD + (active ? GICD_ISACTIVER : GICD_ICACTIVER), 1u << intid);
}

uint32_t arch_gich_read(unsigned offset)
{
    return mmio_read32(BOARD_GICH + offset);
}

void arch_gich_write(unsigned offset, uint32_t value)
{
    mmio_write32(BOARD_GICH + offset, value);
}

uint64_t arch_counter(void)
{
    isb(); /* not read ahead of what comes before, B8.1.2 */
    return read_cntpct();
}

void arch_timer_set(uint64_t deadline_ticks)
{
    write_cnthp_cval(deadline_ticks);
    write_cnthp_ctl(deadline_ticks == UINT64_MAX ? 0 : 1);
    isb();
}

void arch_kick(unsigned cpu)
{
    dsb(); /* that CPU sees why it is kicked */
    mmio_write32(BOARD_GICD + GICD_SGIR, 1u << (SGIR_CPU_SHIFT + cpu) | ARCH_KICK_SGI);
}

void arch_lock(struct arch_lock *lock)
{
    while (__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE)) {
        __asm__ volatile("wfe"); /* until arch_unlock()'s SEV */
    }
}

void arch_unlock(struct arch_lock *lock)
{
    __atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
    dsb(); /* the lock is seen to be free before the event */
    __asm__ volatile("sev");
}

/* The registers that core/cpreg.c asks for. */
uint32_t arch_cpreg_read(unsigned coproc, unsigned key)
{
    uint32_t value = 0;

    if (coproc == 10) {
        switch (key >> 12) {
        case 0: __asm__ volatile("mrc p10, 7, %0, c0, c0, 0" : "=r"(value)); break; /* FPSID */
        case 6: __asm__ volatile("mrc p10, 7, %0, c6, c0, 0" : "=r"(value)); break; /* MVFR1 */
        case 7: __asm__ volatile("mrc p10, 7, %0, c7, c0, 0" : "=r"(value)); break; /* MVFR0 */
        default: break;
        }
        return value;
    }
#define ROW(k, opc1, crn, crm, opc2) \
    case k: \
        __asm__ volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(value)); \
        break;
    switch (key) {
    ROW(0x0010, 0, c0, c1, 0)
    ROW(0x0011, 0, c0, c1, 1)
    ROW(0x0013, 0, c0, c1, 3)
    ROW(0x0014, 0, c0, c1, 4)
    ROW(0x0015, 0, c0, c1, 5)
    ROW(0x0016, 0, c0, c1, 6)
    ROW(0x0017, 0, c0, c1, 7)
    ROW(0x0020, 0, c0, c2, 0)
    ROW(0x0021, 0, c0, c2, 1)
    ROW(0x0022, 0, c0, c2, 2)
    ROW(0x0023, 0, c0, c2, 3)
    ROW(0x0024, 0, c0, c2, 4)
    ROW(0x0025, 0, c0, c2, 5)
    ROW(0x9102, 1, c9, c0, 2)
    default:
        break; /* reserved: RAZ */
    }
#undef ROW
    return value;
}
