/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the board keep what a FreeBSD 11 kernel of configuration ARNDALE relies on?  Each step is
 * done as that kernel does it, access widths included, in its order.
 *
 * start   placed on a 1 MiB boundary, no loader metadata in r0, Hyp can be left, TTBCR.EAE is 0,
 *         for that kernel does not write TTBCR before it turns on its MMU
 * uart    byte accesses, transmit interrupt in pulse mode
 * gic     all SPIs edge-triggered, Group 0 where it may be
 * mct     G_WSTAT answers within ten reads, else that kernel panics
 * timer   CNTP at 24 MHz, its interrupt
 * pads    32-bit reads of all CON registers; the pin that resets the hub
 * phy     PMU, SYSREG and PHY registers hold what is written
 * xhci    what xhci_init() reads lies in the one page that is mapped; the host resets
 * ehci    resets, runs, and its interrupt comes although it is configured as an edge
 * cpu1    PMU, the word in SYSRAM and SEV start the second core
 *
 * If all claims hold it says what that kernel says next, without a root: mountroot>.
 *
 * Not asked: the MMU, which is QEMU's; USB transfers, which exynos5_usb2-test asks.
 */
#include "board.h"
#include "console.h"
#include "contract.h"
#include "report.h"

enum { MODE_SVC = 0x13, MODE_HYP = 0x1a, COUNTER_HZ = 24000000 };

static volatile uint32_t irq_count[INT_MAX];
static volatile uint32_t cpu1_mode, cpu1_id;

static uint32_t counter(void)
{
    uint32_t low, high;

    __asm__ volatile("isb\n mrrc p15, 0, %0, %1, c14" : "=r"(low), "=r"(high));
    return low;
}

static uint32_t ttbcr(void)
{
    uint32_t value;

    __asm__ volatile("mrc p15, 0, %0, c2, c0, 2" : "=r"(value));
    return value;
}

static void cntp_set(uint32_t tval, uint32_t ctl)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 0" : : "r"(tval));
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 1\n isb" : : "r"(ctl));
}

static void delay_us(uint32_t us)
{
    uint32_t start = counter();

    while (counter() - start < us * (COUNTER_HZ / 1000000)) {
    }
}

/* Polls @address until its @mask bits are @value, at most @tries times, a millisecond apart. */
static bool await(uintptr_t address, uint32_t mask, uint32_t value, unsigned tries)
{
    while ((read32(address) & mask) != value) {
        if (!tries--) {
            return false;
        }
        delay_us(1000);
    }
    return true;
}

/* Interrupts of two ids; waits for one up to two seconds, for the host may be busy. */
static uint32_t await_irq(uint32_t id, uint32_t other)
{
    uint32_t start = counter();

    while (!irq_count[id] && !irq_count[other] && counter() - start < 2u * COUNTER_HZ) {
    }
    return irq_count[id] + irq_count[other];
}

void contract_irq(void)
{
    uint32_t iar = read32(GICC + 0x0c), id = iar & 0x3ff;

    if (id == INT_CNTP || id == INT_CNTP_SECURE) {
        cntp_set(0, 0);
    } else if (id == INT_EHCI) {
        write32(EHCI + 0x14, 0x3f);
    } else if (id == INT_UART2) {
        write32(UART2 + UART_UINTP, 0xf);
    }
    if (id < INT_MAX) {
        irq_count[id]++;
    }
    write32(GICC + 0x10, iar);
}

static void __attribute__((noreturn)) die(const char *what)
{
    claim("exception", what, false, 0);
    claim_end();
    board_power_off();
}

void contract_undefined(void)
{
    die("undefined");
}

void contract_abort(void)
{
    die("abort");
}

void contract_second_core(uint32_t mode)
{
    uint32_t mpidr;

    __asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
    cpu1_id = mpidr & 0xf;
    cpu1_mode = mode;
    __asm__ volatile("dsb\n sev" ::: "memory");
}

static void check_uart(void)
{
    claim("uart", "registers", read8(UART2 + UART_ULCON) == 3 && read8(UART2 + UART_UCON) == 0x85 &&
          read8(UART2 + UART_UMCON) == 1, read32(UART2 + UART_UCON));
    /* Pulse: what was acknowledged with nothing sent since stays away. */
    while (read32(UART2 + UART_UFSTAT) & UFSTAT_TX_FULL) {
    }
    delay_us(1000);
    write32(UART2 + UART_UINTP, 0xf);
    delay_us(1000);
    write32(UART2 + UART_UINTP, 0xf);
    claim("uart", "tx-pulse", !(read32(UART2 + UART_UINTP) & UINT_TX), read32(UART2 + UART_UINTP));
    write32(UART2 + UART_UINTM, 0xf);
}

static void check_mct(void)
{
    unsigned tries = 10;

    write32(MCT + MCT_G_TCON, read32(MCT + MCT_G_TCON) | 0x100);
    while (tries && !(read32(MCT + MCT_G_WSTAT) & (1u << 16))) {
        tries--;
    }
    claim("mct", "start", tries, read32(MCT + MCT_G_WSTAT));
    write32(MCT + MCT_G_WSTAT, 1u << 16);
    claim("mct", "acknowledge", !(read32(MCT + MCT_G_WSTAT) & (1u << 16)), 0);
}

/* arm_gic_attach() and the edge that each interrupt of one cell becomes. */
static void set_up_gic(void)
{
    uint32_t ids = 32 * ((read32(GICD + 0x004) & 0x1f) + 1);
    bool security = read32(GICD + 0x004) & (1u << 10);

    write32(GICD, 0);
    for (uint32_t id = 32; id < ids; id += 16) {
        write32(GICD + 0xc00 + id / 4, 0xaaaaaaaa);
    }
    for (uint32_t id = 32; id < ids; id += 4) {
        write32(GICD + 0x800 + id, 0x01010101);
        write32(GICD + 0x400 + id, 0);
    }
    for (uint32_t id = 0; id < ids; id += 32) {
        write32(GICD + 0x180 + id / 8, 0xffffffff);
        if (security) {
            write32(GICD + 0x080 + id / 8, 0);
        }
    }
    write32(GICC, 1);
    write32(GICC + 0x04, 0xff);
    write32(GICD, 1);
    claim("gic", "spis", ids == INT_MAX, ids);
    claim("gic", "edges", read32(GICD + 0xc00 + INT_EHCI / 16 * 4) == 0xaaaaaaaa,
          read32(GICD + 0xc00 + INT_EHCI / 16 * 4));
}

static void enable_irq(uint32_t id)
{
    write32(GICD + 0x100 + id / 32 * 4, 1u << id % 32);
}

enum { NEAR_TICKS = 1200 };     /* 50 us: a read of the MCT, not a busy host in between */

/* How far CNTPCT is ahead of the MCT, read within NEAR_TICKS if the host lets us. */
static uint32_t lead_over_mct(void)
{
    uint32_t before, mct, after, tries = 100000;

    do {
        before = counter();
        mct = read32(MCT + MCT_G_CNT_L);
        after = counter();
    } while (after - before > NEAR_TICKS && --tries);
    return after - mct;
}

static void check_timer(void)
{
    uint32_t lead, irqs;

    enable_irq(INT_CNTP_SECURE);
    enable_irq(INT_CNTP);
    cntp_set(COUNTER_HZ / 1000, 1);
    irqs = await_irq(INT_CNTP, INT_CNTP_SECURE);
    claim("timer", "interrupt", irqs == 1, irqs);
    lead = lead_over_mct();
    delay_us(100000);
    lead = lead_over_mct() - lead;
    claim("timer", "rate", lead + NEAR_TICKS <= 2 * NEAR_TICKS, lead);
}

static void check_pads(void)
{
    static const struct {
        uint32_t base, first, last;
    } ranges[] = {
        { 0x11400000, 0x000, 0x2e0 }, { 0x11400000, 0xc00, 0xc60 }, { 0x13400000, 0x000, 0x100 },
        { 0x10d10000, 0x000, 0x0c0 }, { 0x03860000, 0x000, 0x000 },
    };

    for (unsigned i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
        for (uint32_t at = ranges[i].first; at <= ranges[i].last; at += 0x20) {
            read32(ranges[i].base + at);
        }
    }
    claim("pads", "readable", true, 0);
    /* gpx3[5], pin 161: the hub's reset, driven high. */
    write32(0x11400c64, read32(0x11400c64) | 0x20);
    write32(0x11400c60, (read32(0x11400c60) & ~0x00f00000u) | 0x00100000);
    claim("pads", "hub-reset", read32(0x11400c64) & 0x20, read32(0x11400c64));
}

static void check_phys(void)
{
    write32(PMU + PMU_USBDRD_PHY, 1);
    write32(PMU + PMU_USBHOST_PHY, 1);
    claim("phy", "power", read32(PMU + PMU_USBDRD_PHY) == 1 && read32(PMU + PMU_USBHOST_PHY) == 1,
          0);
    write32(SYSREG_USB20PHY_CFG, 1);
    write32(USB3_PHY + 0x10, read32(USB3_PHY + 0x10) | 1);
    write32(USB2_PHY, read32(USB2_PHY) & ~0x70u);
    claim("phy", "registers", read32(SYSREG_USB20PHY_CFG) == 1 && (read32(USB3_PHY + 0x10) & 1), 0);
}

static void check_xhci(void)
{
    uint32_t oper = XHCI + read8(XHCI);

    claim("xhci", "page-size", read32(oper + 0x08) & 1, read32(oper + 0x08));
    claim("xhci", "runtime-in-page", read32(XHCI + 0x18) + 0x40 <= 0x1000, read32(XHCI + 0x18));
    claim("xhci", "doorbells-in-page",
          read32(XHCI + 0x14) + 4 * ((read32(XHCI + 0x04) & 0xff) + 1) <= 0x1000,
          read32(XHCI + 0x14));
    write32(oper, 0);
    claim("xhci", "halts", await(oper + 0x04, 1, 1, 100), read32(oper + 0x04));
    write32(oper, 2);
    claim("xhci", "resets", await(oper, 2, 0, 100) && await(oper + 0x04, 1u << 11, 0, 100),
          read32(oper));
    claim("xhci", "is-dwc3", read32(DWC3 + 0x20) >> 16 == 0x5533, read32(DWC3 + 0x20));
}

static void check_ehci(void)
{
    uint32_t oper = EHCI + read8(EHCI);

    write32(oper, 0);
    claim("ehci", "halts", await(oper + 0x04, 0x1000, 0x1000, 100), read32(oper + 0x04));
    write32(oper, 2);
    claim("ehci", "resets", await(oper, 2, 0, 100), read32(oper));
    claim("ehci", "ports", (read32(EHCI + 4) & 0xf) == 3, read32(EHCI + 4));
    enable_irq(INT_EHCI);
    write32(oper, 0x00080001);
    claim("ehci", "runs", await(oper + 0x04, 0x1000, 0, 100), read32(oper + 0x04));
    write32(oper + 0x40, 1);
    claim("ehci", "hub-connected", await(oper + 0x4c, 1, 1, 100), read32(oper + 0x4c));
    /* The change of that port, as an edge. */
    write32(oper + 0x08, 0x04);
    claim("ehci", "edge-interrupt", await_irq(INT_EHCI, INT_EHCI), read32(oper + 0x04));
}

static void start_cpu1(uint32_t own_mode)
{
    uint32_t start;

    write32(PMU + PMU_CORE1_CONFIG, 3);
    claim("cpu1", "powered", (read32(PMU + PMU_CORE1_STATUS) & 3) == 3 ||
          await(PMU + PMU_CORE1_STATUS, 3, 3, 10), read32(PMU + PMU_CORE1_STATUS));
    write32(PEN_WORD, (uint32_t)mpentry);
    __asm__ volatile("dsb\n sev" ::: "memory");
    start = counter();
    while (!cpu1_mode && counter() - start < 2u * COUNTER_HZ) {
    }
    claim("cpu1", "starts", cpu1_mode, 0);
    claim("cpu1", "same-mode", cpu1_mode == own_mode, cpu1_mode);
    claim("cpu1", "number", cpu1_id == 1, cpu1_id);
}

void contract_main(uint32_t r0, uint32_t mode, uint32_t place)
{
    uart_init();
    claim("start", "mode", mode == MODE_SVC || mode == MODE_HYP, mode);
    claim("start", "place", place == 0x40f00000, place);
    claim("start", "no-metadata", !(r0 & ~0xfffu), r0);
    claim("start", "short-descriptors", !(ttbcr() & (1u << 31)), ttbcr());
    check_uart();
    claim("chipid", "two-cores", (read32(CHIPID) & 0xfffff000) == 0x43520000, read32(CHIPID));
    set_up_gic();
    __asm__ volatile("cpsie i");
    check_mct();
    check_timer();
    check_pads();
    check_phys();
    check_xhci();
    check_ehci();
    start_cpu1(mode);
    if (claim_end()) {
        put_text("mountroot> \n");
    }
    board_power_off();
}
