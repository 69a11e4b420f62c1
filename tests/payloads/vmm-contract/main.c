/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the board carry a hypervisor that is a kernel's module, as bhyve's vmm on ARMv7?  Each step
 * is done as that module does it: a host at PL1, with its MMU on, that left a stub in Hyp; one page
 * of code in Hyp; a world switch with all of PL1's state; stage 2 page by page; GICH saved and
 * restored with each switch.
 *
 * stub     HVC from PL1 sets HVBAR, and the next one comes there
 * hyp      HTTBR, HTCR, HMAIR, HSCTLR: Hyp runs at the kernel's virtual addresses
 * gic      GICH and GICV in reach
 * switch   both worlds keep their registers
 * traps    what ends a guest's run, with the syndrome that the module decodes
 * timer    CNTVOFF, the virtual timer's interrupt
 * vgic     list registers, the guest's interface, EOI to the host
 *
 * PASS proves these steps on one CPU; it does not prove caches, which QEMU does not have.
 */
#include <stdbool.h>
#include "cp15.h"
#include "host.h"
#include "hyp.h"
#include "mmio.h"
#include "tables.h"
#include "tap.h"
#include "world.h"

CP15_32(midr, 0, c0, c0, 0)
CP15_32(tpidrprw, 0, c13, c0, 4)
CP15_32(vbar, 0, c12, c0, 0)
CP15_32(cntp_tval, 0, c14, c2, 0)
CP15_32(cntp_ctl, 0, c14, c2, 1)

#define HCR_OF_VMM 0x0018263bu      /* TIDCP TSC TWI BSU_IS FB AMO IMO FMO SWIO VM */
#define GUEST_PC 0x80000000u
#define GUEST_MMIO 0x1c090000u
#define GUEST_GICC 0x2c002000u
#define GUEST_NO_CODE 0x90000000u
#define HOST_TPIDRPRW 0x600d0001u
#define LR_TIMER 0x1a08001bu        /* pending, priority 0x14, EOI, virtual ID 27 */
enum { INT_MAINTENANCE = 25, INT_CNTV = 27, INT_CNTP = 30 };

static struct world world __attribute__((aligned(4096)));
static uint8_t hyp_stack[4096] __attribute__((aligned(4096)));
static uint8_t guest_ram[4096] __attribute__((aligned(4096)));

static void holds(const char *name, bool ok, uint32_t seen)
{
    struct text detail;

    text_clear(&detail);
    text_add_field(&detail, "seen", seen);
    tap_claim(ok, name, detail.s);
}

static void equals(const char *name, uint32_t seen, uint32_t expected)
{
    holds(name, seen == expected, seen);
}

/* Calls a function of the page in Hyp, by the address that it has there. */
static uint32_t hypercall(int (*function)(), uint32_t argument)
{
    return hvc(kernel_va((const void *)function), argument, 0, 0);
}

static void check_hyp(uint64_t *tables)
{
    static struct hyp_controls controls __attribute__((aligned(4096)));
    uint32_t aborted;

    tables_map(tables, kernel_va(&controls), (uint32_t)&controls, HYP_NORMAL);
    hypercall(hyp_controls, kernel_va(&controls));
    tap_group("hyp", "B3.6, B4.1", "Hyp runs with its own MMU on");
    equals("hyp/HTCR", controls.htcr, 0x80800000);
    equals("hyp/VTCR", controls.vtcr, 0x80000040);
    equals("hyp/HMAIR0", controls.hmair0, 0xeeaa4400);
    equals("hyp/HMAIR1", controls.hmair1, 0xff000004);
    equals("hyp/HSCTLR", controls.hsctlr & 0x1007, 0x1007);
    equals("hyp/HVBAR", controls.hvbar, kernel_va(hyp_vectors_mapped));
    holds("hyp/HTTBR", controls.httbr == (uint32_t)tables, (uint32_t)controls.httbr);
    equals("hyp/reads-what-is-mapped", hypercall(hyp_peek, kernel_va(hyp_vectors_mapped)),
           *(const uint32_t *)hyp_vectors_mapped);
    aborted = hypercall(hyp_peek, (uint32_t)guest_ram);
    equals("hyp/rest-is-not-mapped", aborted & 0xfc00003c, 0x94000004);
}

/* The stub, the module's first vectors, Hyp's MMU. */
static void start_hyp(void)
{
    uint64_t *tables = tables_new();

    tables_map(tables, (uint32_t)hyp_page, (uint32_t)hyp_page, HYP_NORMAL);
    tables_map(tables, kernel_va(hyp_page), (uint32_t)hyp_page, HYP_NORMAL);
    tables_map(tables, kernel_va(hyp_stack), (uint32_t)hyp_stack, HYP_NORMAL);
    tables_map(tables, kernel_va(&world), (uint32_t)&world, HYP_NORMAL);
    tables_map(tables, board.gich, board.gich, HYP_DEVICE);
    tap_group("stub", "B1.8.9", "HVC from PL1 with the MMU of Hyp off");
    equals("stub/sets-HVBAR", hvc((uint32_t)hyp_init_vectors, 1, 2, 3), (uint32_t)hyp_init_vectors);
    hvc(kernel_va(hyp_vectors_mapped), kernel_va(hyp_stack + sizeof(hyp_stack)), (uint32_t)tables,
        0);
    holds("stub/host-goes-on", true, 0);
    check_hyp(tables);
}

static void start_gic(void)
{
    mmio_write32(board.gicd, 1);
    mmio_write32(board.gicd + 0x100, 1u << INT_CNTP | 1u << INT_CNTV | 1u << INT_MAINTENANCE);
    mmio_write32(board.gicc + 0x04, 0xff);
    mmio_write32(board.gicc, 1);
    tap_group("gic", "IHI 0048B 5.3, 5.5", "GICH and GICV in reach of PL1");
    equals("gic/list-registers", (mmio_read32(board.gich + 0x04) & 0x3f) + 1, LIST_REGISTERS);
    equals("gic/gicv", mmio_read32(board.gicv + 0xfc) & 0xfff, 0x43b);
}

static uint32_t acknowledge(void)
{
    uint32_t iar = mmio_read32(board.gicc + 0x0c);

    if ((iar & 0x3ff) < 1020) {
        mmio_write32(board.gicc + 0x10, iar);
    }
    return iar & 0x3ff;
}

static void make_guest(void)
{
    uint64_t *tables = tables_new();

    for (uint32_t i = 0; i < (uint32_t)(guest_end - guest_begin); i++) {
        guest_ram[i] = (uint8_t)guest_begin[i];
    }
    tables_map(tables, GUEST_PC, (uint32_t)guest_ram, S2_NORMAL_RW);
    tables_map(tables, GUEST_GICC, board.gicv, S2_NORMAL_RW);
    tables_map(tables, GUEST_GICC + 0x1000, board.gicv + 0x1000, S2_NORMAL_RW);
    __asm__ volatile("dsb\n mcr p15, 0, %0, c7, c5, 0\n dsb\n isb" : : "r"(0) : "memory");
    world.pc = GUEST_PC;
    world.psr = 0x1d3;
    world.vttbr = (uint32_t)tables | 1ull << 48;
    world.hcr = HCR_OF_VMM;
    world.hcptr = 0x00100c00;
    world.midr = cp15_read_midr();
    world.mpidr = 0x80000003;
    world.cp15[23] = 0x00c50078;        /* SCTLR as after reset */
    world.gich = board.gich;
    world.gich_hcr = 1;
    world.cntvoff = cp15_read_cntpct();
}

static uint32_t enter(void)
{
    return hypercall(hyp_enter, kernel_va(&world));
}

/* Enters and claims that the guest came back by a trap with this syndrome (under @mask). */
static void trapped(const char *name, uint32_t hsr, uint32_t mask)
{
    uint32_t vector = enter();

    holds(name, vector == EXIT_TRAP && (world.hsr & mask) == hsr,
          vector == EXIT_TRAP ? world.hsr : vector);
}

/* HVC #@number; its preferred return address is behind it. */
static void reported(const char *name, uint32_t number)
{
    trapped(name, 0x4a000000 | number, 0xffffffff);
}

static void check_switch(void)
{
    tap_group("switch", "B1.8.9, B4.1", "world switch: the guest's state, the host's state");
    cp15_write_tpidrprw(HOST_TPIDRPRW);
    reported("switch/enters", 1);
    equals("switch/HCR", world.hcr_seen, HCR_OF_VMM);
    equals("switch/VPIDR", world.r[0], cp15_read_midr());
    equals("switch/VMPIDR", world.r[1], 0x80000003);
    reported("switch/guest-sets-its-own", 2);
    equals("switch/host-TPIDRPRW", cp15_read_tpidrprw(), HOST_TPIDRPRW);
    equals("switch/host-VBAR", cp15_read_vbar(), (uint32_t)host_vectors);
    equals("switch/host-MPIDR", cp15_read_mpidr() & 3, 0);
    reported("switch/guest-goes-on", 3);
    equals("switch/guest-keeps-its-own", world.r[0], 0);
}

static uint32_t fault_address(void)
{
    return (world.hpfar & 0xfffffff0) << 8 | (world.hdfar & 0xfff);
}

/* Data aborts: EC 0x24, IL, ISV, SAS, SSE, SRT, WnR, translation fault at level 1, 2 or 3. */
static void check_mmio(void)
{
    tap_group("traps", "B3.13.6", "what ends a guest's run, with its syndrome");
    trapped("traps/load", 0x93850004, 0xffff007c);
    equals("traps/load-address", fault_address(), GUEST_MMIO + 0x18);
    world.r[5] = 0x12345678;
    world.pc += 4;
    trapped("traps/store-byte", 0x93070044, 0xffff007c);
    equals("traps/store-byte-address", fault_address(), GUEST_MMIO + 0x03);
    equals("traps/store-byte-value", world.r[7] & 0xff, 0x55);
    world.pc += 4;
    trapped("traps/load-signed-halfword", 0x93660004, 0xffff007c);
    equals("traps/load-signed-halfword-address", fault_address(), GUEST_MMIO + 0x22);
    world.r[6] = 0xffff8001;
    world.pc += 4;
    reported("traps/after-mmio", 4);
    holds("traps/emulated-registers", world.r[5] == 0x12345678 && world.r[6] == 0xffff8001,
          world.r[5]);
}

/* EC, IL; of a 32-bit instruction that is always executed CV and COND as well. */
static void check_traps(void)
{
    trapped("traps/WFI", 0x07e00000, 0xffffffff);
    world.pc += 4;
    trapped("traps/SMC", 0x4c000000, 0xfc000000);
    world.pc += 4;
    trapped("traps/TIDCP", 0x0c000000, 0xfc000000);
    equals("traps/TIDCP-register", world.hsr & 0xfffff, 0x02461);
    world.pc += 4;
    trapped("traps/CNTP", 0x0c000000, 0xfc000000);
    equals("traps/CNTP-register", world.hsr & 0xfffff, 0x23865);
    world.pc += 4;
}

static void check_time(void)
{
    uint64_t physical, virtual;

    reported("traps/CNTPCT-and-CNTVCT-do-not", 5);
    physical = (uint64_t)world.r[1] << 32 | world.r[0];
    virtual = (uint64_t)world.r[3] << 32 | world.r[2];
    tap_group("timer", "B8.1.4", "the guest's time");
    /* Read one behind the other; a second is much for a busy host. */
    holds("timer/CNTVOFF", virtual + world.cntvoff - physical < 24000000u, (uint32_t)virtual);
}

static void check_vfp(void)
{
    tap_group("vfp", "B1.14.10", "VFP is switched when the guest first uses it, in Hyp alone");
    reported("vfp/no-exit", 6);
    equals("vfp/value", world.r[2], 0x1234);
    equals("vfp/switched-once", world.vfp_switches, 1);
    reported("vfp/next-run", 7);
    equals("vfp/kept", world.r[2], 0x1234);
    equals("vfp/switched-again", world.vfp_switches, 2);
}

/* The host's timer interrupts a guest that does nothing. */
static void check_irq(void)
{
    uint32_t vector, id;

    tap_group("irq", "B1.8.4", "a physical interrupt ends the guest's run and is the host's");
    cp15_write_cntp_tval(24000);
    cp15_write_cntp_ctl(1);
    vector = enter();
    equals("irq/vector", vector, EXIT_IRQ);
    id = acknowledge();
    cp15_write_cntp_ctl(0);
    equals("irq/left-pending", id, INT_CNTP);
    equals("irq/guest-at", *(const uint32_t *)(guest_ram + (world.pc - GUEST_PC)),
           0xeafffffe);
    world.pc += 4;
}

/* The virtual timer fires, the host injects it with EOI, the guest ends it, the host is told. */
static void check_vgic(void)
{
    tap_group("vgic", "IHI 0048B 5.3", "an interrupt of the guest");
    equals("vgic/timer-exit", enter(), EXIT_IRQ);
    equals("vgic/timer-fired", world.cntv_ctl, 5);
    acknowledge();
    equals("vgic/VMCR", world.gich_vmcr & 0xf8000001, 0xf8000001);
    world.cntv_ctl |= 2;
    world.gich_lr[0] = LR_TIMER;
    equals("vgic/maintenance-exit", enter(), EXIT_IRQ);
    equals("vgic/MISR", world.gich_misr & 1, 1);
    equals("vgic/EISR", world.gich_eisr, 1);
    equals("vgic/ELSR", world.gich_elsr & 0xf, 0xe);
    equals("vgic/list-register", world.gich_lr[0] >> 28 & 3, 0);
    acknowledge();
    world.gich_lr[0] = 0;
    reported("vgic/guest-goes-on", 8);
    equals("vgic/guest-saw", world.r[10], INT_CNTV);
    equals("vgic/all-empty", world.gich_elsr & 0xf, 0xf);
    equals("vgic/nothing-left-at-the-host", acknowledge(), 1023);
}

static void check_prefetch(void)
{
    tap_group("fetch", "B3.13.6", "a fetch from nowhere");
    trapped("fetch/syndrome", 0x80000004, 0xfc00003c);
    equals("fetch/HIFAR", world.hifar, GUEST_NO_CODE);
    equals("fetch/HPFAR", world.hpfar, GUEST_NO_CODE >> 8);
}

static void host_main(void)
{
    host_mmu_on();
    start_hyp();
    start_gic();
    make_guest();
    check_switch();
    check_mmio();
    check_traps();
    check_time();
    check_vfp();
    check_irq();
    check_vgic();
    check_prefetch();
    tap_end();
}

void payload_main(unsigned cpu)
{
    (void)cpu;
    host_start(host_main);
}
