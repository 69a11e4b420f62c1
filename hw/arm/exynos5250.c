/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samsung Exynos5250 SoC: the memory map, the interrupt numbers and the
 * wiring.  Devices have files of their own.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/units.h"
#include "hw/arm/exynos5/exynos5250.h"
#include "hw/arm/exynos5/exynos5250_chipid.h"
#include "hw/arm/exynos5/exynos5250_regblocks.h"
#include "hw/arm/exynos5/exynos5_sataphy.h"
#include "hw/misc/unimp.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "exec/address-spaces.h"
#include "system/reset.h"
#include "system/system.h"

typedef struct Exynos5250MapEntry {
    hwaddr base;
    uint64_t size_bytes;
    const char *name;
} Exynos5250MapEntry;

static const Exynos5250MapEntry exynos5250_memmap[] = {
    [EXYNOS5250_IROM]           = { 0x00000000, 0x10000,  "irom" },
    [EXYNOS5250_IRAM]           = { 0x02020000, 0x60000,  "iram" },
    [EXYNOS5250_AUDSS]          = { 0x03810000, 0x1000,   "audss" },
    [EXYNOS5250_I2S0]           = { 0x03830000, 0x1000,   "i2s0" },
    [EXYNOS5250_PINCTRL3]       = { 0x03860000, 0x1000,   "pinctrl3" },
    [EXYNOS5250_CHIPID]         = { 0x10000000, 0x1000,   "chipid" },
    [EXYNOS5250_CMU]            = { 0x10010000, 0x30000,  "cmu" },
    [EXYNOS5250_PMU]            = { 0x10040000, 0x5000,   "pmu" },
    [EXYNOS5250_SYSREG]         = { 0x10050000, 0x5000,   "sysreg" },
    [EXYNOS5250_TMU]            = { 0x10060000, 0x1000,   "tmu" },
    [EXYNOS5250_TZPC]           = { 0x10100000, 0xa0000,  "tzpc" },
    [EXYNOS5250_CEC]            = { 0x101b0000, 0x1000,   "cec" },
    [EXYNOS5250_MCT]            = { 0x101c0000, 0x1000,   "mct" },
    [EXYNOS5250_WDT]            = { 0x101d0000, 0x1000,   "wdt" },
    [EXYNOS5250_RTC]            = { 0x101e0000, 0x1000,   "rtc" },
    [EXYNOS5250_COMBINER]       = { 0x10440000, 0x1000,   "combiner" },
    [EXYNOS5250_A15MPCORE]      = { 0x10480000, 0x8000,   "a15mpcore" },
    [EXYNOS5250_MDMA0]          = { 0x10800000, 0x1000,   "mdma0" },
    [EXYNOS5250_SSS]            = { 0x10830000, 0x600,    "sss" },
    [EXYNOS5250_TRNG]           = { 0x10830600, 0xa00,    "trng" },
    [EXYNOS5250_G2D]            = { 0x10850000, 0x1000,   "g2d" },
    [EXYNOS5250_SYSMMU_MDMA]    = { 0x10a60000, 0x1000,   "sysmmu-mdma" },
    [EXYNOS5250_DMCPHY0]        = { 0x10c00000, 0x10000,  "dmc-phy0" },
    [EXYNOS5250_DMCPHY1]        = { 0x10c10000, 0x10000,  "dmc-phy1" },
    [EXYNOS5250_PINCTRL2]       = { 0x10d10000, 0x1000,   "pinctrl2" },
    [EXYNOS5250_DREX]           = { 0x10dd0000, 0x10000,  "drex" },
    [EXYNOS5250_MFC]            = { 0x11000000, 0x10000,  "mfc" },
    [EXYNOS5250_SYSMMU_MFC]     = { 0x11200000, 0x20000,  "sysmmu-mfc" },
    [EXYNOS5250_PINCTRL0]       = { 0x11400000, 0x1000,   "pinctrl0" },
    [EXYNOS5250_MALI]           = { 0x11800000, 0x5000,   "mali-t604" },
    [EXYNOS5250_ROTATOR]        = { 0x11c00000, 0x1000,   "rotator" },
    [EXYNOS5250_MDMA1]          = { 0x11c10000, 0x1000,   "mdma1" },
    [EXYNOS5250_SYSMMU_ROTATOR] = { 0x11d40000, 0x1000,   "sysmmu-rotator" },
    [EXYNOS5250_SYSMMU_JPEG]    = { 0x11f20000, 0x1000,   "sysmmu-jpeg" },
    [EXYNOS5250_DWC3]           = { 0x12000000, 0x10000,  "dwc3" },
    [EXYNOS5250_USB3PHY]        = { 0x12100000, 0x1000,   "usb3-phy" },
    [EXYNOS5250_EHCI]           = { 0x12110000, 0x1000,   "ehci" },
    [EXYNOS5250_OHCI]           = { 0x12120000, 0x1000,   "ohci" },
    [EXYNOS5250_USB2PHY]        = { 0x12130000, 0x1000,   "usb2-phy" },
    [EXYNOS5250_USBOTG]         = { 0x12140000, 0x20000,  "usb-otg" },
    [EXYNOS5250_SATAPHY]        = { 0x12170000, 0x1000,   "sata-phy" },
    [EXYNOS5250_PDMA0]          = { 0x121a0000, 0x1000,   "pdma0" },
    [EXYNOS5250_PDMA1]          = { 0x121b0000, 0x1000,   "pdma1" },
    [EXYNOS5250_SATAPHY_I2C]    = { 0x121d0000, 0x1000,   "sata-phy-i2c" },
    [EXYNOS5250_MSHC0]          = { 0x12200000, 0x1000,   "mshc0" },
    [EXYNOS5250_MSHC1]          = { 0x12210000, 0x1000,   "mshc1" },
    [EXYNOS5250_MSHC2]          = { 0x12220000, 0x1000,   "mshc2" },
    [EXYNOS5250_MSHC3]          = { 0x12230000, 0x1000,   "mshc3" },
    [EXYNOS5250_SROMC]          = { 0x12250000, 0x1000,   "sromc" },
    [EXYNOS5250_SATA]           = { 0x122f0000, 0x1000,   "sata" },
    [EXYNOS5250_UART0]          = { 0x12c00000, 0x1000,   "uart0" },
    [EXYNOS5250_UART1]          = { 0x12c10000, 0x1000,   "uart1" },
    [EXYNOS5250_UART2]          = { 0x12c20000, 0x1000,   "uart2" },
    [EXYNOS5250_UART3]          = { 0x12c30000, 0x1000,   "uart3" },
    [EXYNOS5250_I2C0]           = { 0x12c60000, 0x1000,   "i2c0" },
    [EXYNOS5250_I2C1]           = { 0x12c70000, 0x1000,   "i2c1" },
    [EXYNOS5250_I2C2]           = { 0x12c80000, 0x1000,   "i2c2" },
    [EXYNOS5250_I2C3]           = { 0x12c90000, 0x1000,   "i2c3" },
    [EXYNOS5250_I2C4]           = { 0x12ca0000, 0x1000,   "i2c4" },
    [EXYNOS5250_I2C5]           = { 0x12cb0000, 0x1000,   "i2c5" },
    [EXYNOS5250_I2C6]           = { 0x12cc0000, 0x1000,   "i2c6" },
    [EXYNOS5250_I2C7]           = { 0x12cd0000, 0x1000,   "i2c7" },
    [EXYNOS5250_I2C_HDMIPHY]    = { 0x12ce0000, 0x1000,   "i2c-hdmiphy" },
    [EXYNOS5250_ADC]            = { 0x12d10000, 0x1000,   "adc" },
    [EXYNOS5250_SPI0]           = { 0x12d20000, 0x1000,   "spi0" },
    [EXYNOS5250_SPI1]           = { 0x12d30000, 0x1000,   "spi1" },
    [EXYNOS5250_SPI2]           = { 0x12d40000, 0x1000,   "spi2" },
    [EXYNOS5250_I2S1]           = { 0x12d60000, 0x1000,   "i2s1" },
    [EXYNOS5250_I2S2]           = { 0x12d70000, 0x1000,   "i2s2" },
    /* Two pages: Xen maps the second one to dom0 as well. */
    [EXYNOS5250_PWM]            = { 0x12dd0000, 0x2000,   "pwm" },
    [EXYNOS5250_SYSMMU_ISP]     = { 0x13260000, 0xa0000,  "sysmmu-isp" },
    [EXYNOS5250_PINCTRL1]       = { 0x13400000, 0x1000,   "pinctrl1" },
    [EXYNOS5250_SYSMMU_ISP2]    = { 0x13c40000, 0x20000,  "sysmmu-isp2" },
    [EXYNOS5250_GSC0]           = { 0x13e00000, 0x40000,  "gsc" },
    [EXYNOS5250_SYSMMU_GSC]     = { 0x13e80000, 0x40000,  "sysmmu-gsc" },
    [EXYNOS5250_FIMD]           = { 0x14400000, 0x40000,  "fimd" },
    [EXYNOS5250_MIXER]          = { 0x14450000, 0x10000,  "mixer" },
    [EXYNOS5250_DSIM]           = { 0x14500000, 0x10000,  "dsim" },
    [EXYNOS5250_HDMI]           = { 0x14530000, 0x70000,  "hdmi" },
    [EXYNOS5250_DP]             = { 0x145b0000, 0x1000,   "dp" },
    [EXYNOS5250_SYSMMU_DISP]    = { 0x14640000, 0x20000,  "sysmmu-disp" },
};
QEMU_BUILD_BUG_ON(ARRAY_SIZE(exynos5250_memmap) != EXYNOS5250_BLOCKS);

/* Shared peripheral interrupts: INTID - 32. */
enum Exynos5250Spi {
    SPI_COMBINER0 = 0,          /* combiner group n raises SPI n, n = 0..31 */
    SPI_PINCTRL0_WAKEUP = 32,   /* EINT16..31 */
    SPI_MDMA0 = 33,
    SPI_PDMA0 = 34,
    SPI_PDMA1 = 35,
    SPI_PWM0 = 36,              /* PWM timer n raises SPI 36 + n, n = 0..4 */
    SPI_WDT = 42,
    SPI_PINCTRL1 = 45,
    SPI_PINCTRL0 = 46,
    SPI_PINCTRL3 = 47,
    SPI_PINCTRL2 = 50,
    SPI_UART0 = 51,
    SPI_I2C0 = 56,              /* I2C controller n raises SPI 56 + n, n = 0..8 */
    SPI_TMU = 65,
    SPI_USB2 = 71,              /* EHCI and OHCI */
    SPI_USB3 = 72,
    SPI_MSHC0 = 75,             /* MSHCn raises SPI_MSHC0 + n, n = 0..3 */
    SPI_SATA = 115,
    SPI_MCT_LOCAL0 = 120,       /* MCT local timer n raises SPI 120 + n, n = 0..1 */
    SPI_MDMA1 = 124,
};

/* Combiner inputs: group and bit. */
#define COMBINER_INPUT(group, bit) (8 * (group) + (bit))

/* Performance monitors of each core (exynos5250.dtsi, arm-pmu). */
static const unsigned exynos5250_cpu_pmu_input[EXYNOS5250_MAX_CPUS] = {
    COMBINER_INPUT(1, 2), COMBINER_INPUT(22, 4),
};

/* MCT comparators 0..3 (exynos5250.dtsi, timer@101c0000). */
static const unsigned exynos5250_mct_comp_input[MCT_COMPARATORS] = {
    COMBINER_INPUT(23, 3), COMBINER_INPUT(23, 4), COMBINER_INPUT(25, 2),
    COMBINER_INPUT(25, 3),
};

/* EINT0..15, the wake-up interrupts that have a line of their own. */
static const unsigned exynos5250_eint[EXYNOS5_PINCTRL_EINTS] = {
    COMBINER_INPUT(23, 0), COMBINER_INPUT(24, 0), COMBINER_INPUT(25, 0),
    COMBINER_INPUT(25, 1), COMBINER_INPUT(26, 0), COMBINER_INPUT(26, 1),
    COMBINER_INPUT(27, 0), COMBINER_INPUT(27, 1), COMBINER_INPUT(28, 0),
    COMBINER_INPUT(28, 1), COMBINER_INPUT(29, 0), COMBINER_INPUT(29, 1),
    COMBINER_INPUT(30, 0), COMBINER_INPUT(30, 1), COMBINER_INPUT(31, 0),
    COMBINER_INPUT(31, 1),
};

/* Blocks without wires: a table of registers and no more. */
static const struct {
    Exynos5250Block block;
    const char *type;
} exynos5250_regfiles[] = {
    { EXYNOS5250_CHIPID,  TYPE_EXYNOS5250_CHIPID },
    { EXYNOS5250_SYSREG,  TYPE_EXYNOS5250_SYSREG },
    { EXYNOS5250_DMCPHY0, TYPE_EXYNOS5250_DMCPHY },
    { EXYNOS5250_DMCPHY1, TYPE_EXYNOS5250_DMCPHY },
    { EXYNOS5250_DREX,    TYPE_EXYNOS5250_DREX },
    { EXYNOS5250_TZPC,    TYPE_EXYNOS5250_TZPC },
    { EXYNOS5250_USB2PHY, TYPE_EXYNOS5250_USB2PHY },
    { EXYNOS5250_USB3PHY, TYPE_EXYNOS5250_USB3PHY },
    { EXYNOS5250_SATAPHY, TYPE_EXYNOS5250_SATAPHY },
    { EXYNOS5250_SROMC,   TYPE_EXYNOS5250_SROMC },
    { EXYNOS5250_AUDSS,   TYPE_EXYNOS5250_AUDSS },
};
QEMU_BUILD_BUG_ON(ARRAY_SIZE(exynos5250_regfiles) != EXYNOS5250_REGFILES);

/* Depth of UART n's FIFOs in characters (Linux samsung_tty.c, exynos4210). */
static const unsigned exynos5250_uart_fifo[EXYNOS5250_UARTS] = {
    256, 64, 16, 16
};

static const uint64_t exynos5250_midr = 0x410fc0f4; /* Cortex-A15 r0p4 */
static const uint32_t exynos5250_ccsidr_l2 = 0x707fe07a; /* 1 MiB, 16 ways of 64-byte lines */

enum {
    COMBINER_GROUPS = 32,
    COUNTER_FREQUENCY_HZ = 24000000,
    UART_CLOCK_HZ = 100000000,
    ACLK66_PERIOD_NS = 15,      /* 200/3 MHz */
    PWM_TIMERS = 5,
    DMAC_EVENTS = 32,
};

static hwaddr exynos5250_base(Exynos5250Block block)
{
    return exynos5250_memmap[block].base;
}

static qemu_irq exynos5250_spi(Exynos5250State *s, unsigned spi)
{
    assert(spi < EXYNOS5250_SPIS);
    return qdev_get_gpio_in(DEVICE(&s->a15mpcore), spi);
}

/* The cores.  Both run the boot ROM from reset, in Secure SVC. */
static bool exynos5250_realize_cpus(Exynos5250State *s, Error **errp)
{
    for (unsigned i = 0; i < s->num_cpus; i++) {
        Object *cpu = OBJECT(&s->cpu[i]);

        object_initialize_child(OBJECT(s), "cpu[*]", &s->cpu[i],
                                ARM_CPU_TYPE_NAME("cortex-a15"));
        object_property_set_int(cpu, "midr", exynos5250_midr, &error_abort);
        s->cpu[i].ccsidr[2] = exynos5250_ccsidr_l2;
        object_property_set_int(cpu, "mp-affinity", i, &error_abort);
        object_property_set_int(cpu, "cntfrq", COUNTER_FREQUENCY_HZ,
                                &error_abort);
        object_property_set_int(cpu, "reset-cbar",
                                exynos5250_base(EXYNOS5250_A15MPCORE),
                                &error_abort);
        /* A store that the bus refuses is an asynchronous abort: DDI 0438. */
        object_property_set_bool(cpu, "async-aborts", !s->sync_aborts,
                                 &error_abort);
        if (!qdev_realize(DEVICE(cpu), NULL, errp)) {
            return false;
        }
        /* On no bus, and nobody else resets CPUs with the board. */
        qemu_register_resettable(cpu);
    }
    return true;
}

/* GIC-400 behind the A15's PERIPHBASE; five priority bits as on the A15. */
static bool exynos5250_realize_gic(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->a15mpcore);
    unsigned n = s->num_cpus;

    qdev_prop_set_uint32(DEVICE(&s->a15mpcore), "num-cpu", n);
    qdev_prop_set_uint32(DEVICE(&s->a15mpcore), "num-irq",
                         EXYNOS5250_SPIS + GIC_INTERNAL);
    qdev_prop_set_uint32(DEVICE(&s->a15mpcore.gic), "num-priority-bits", 5);
    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_A15MPCORE));
    for (unsigned i = 0; i < n; i++) {
        DeviceState *cpu = DEVICE(&s->cpu[i]);

        sysbus_connect_irq(sbd, i, qdev_get_gpio_in(cpu, ARM_CPU_IRQ));
        sysbus_connect_irq(sbd, i + n, qdev_get_gpio_in(cpu, ARM_CPU_FIQ));
        sysbus_connect_irq(sbd, i + 2 * n, qdev_get_gpio_in(cpu, ARM_CPU_VIRQ));
        sysbus_connect_irq(sbd, i + 3 * n, qdev_get_gpio_in(cpu, ARM_CPU_VFIQ));
    }
    return true;
}

/* Combiner: 32 groups of eight lines, group n on SPI n. */
static bool exynos5250_realize_combiner(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(s->combiner);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    for (unsigned group = 0; group < COMBINER_GROUPS; group++) {
        sysbus_connect_irq(sbd, group, exynos5250_spi(s, SPI_COMBINER0 + group));
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_COMBINER));
    return true;
}

/* Performance monitor interrupts of the cores.  Cannot fail. */
static void exynos5250_connect_cpu_pmus(Exynos5250State *s)
{
    for (unsigned i = 0; i < s->num_cpus; i++) {
        qdev_connect_gpio_out_named(DEVICE(&s->cpu[i]), "pmu-interrupt", 0,
            qdev_get_gpio_in(s->combiner, exynos5250_cpu_pmu_input[i]));
    }
}

/* Clock management unit. */
static bool exynos5250_realize_cmu(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->cmu);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_CMU));
    return true;
}

/* Power management unit; its interrupt pass-through has no lines to model. */
static bool exynos5250_realize_pmu(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->pmu);

    qdev_prop_set_uint32(DEVICE(sbd), "num-cpus", s->num_cpus);
    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_PMU));
    return true;
}

/* Chip ID, and the stubs of exynos5250_regblocks.c. */
static bool exynos5250_realize_regfiles(Exynos5250State *s, Error **errp)
{
    for (unsigned i = 0; i < EXYNOS5250_REGFILES; i++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(&s->regfile[i]);

        if (!sysbus_realize(sbd, errp)) {
            return false;
        }
        sysbus_mmio_map(sbd, 0, exynos5250_base(exynos5250_regfiles[i].block));
    }
    return true;
}

/* UARTs: -serial options go to UART2 first, the board's console. */
static bool exynos5250_realize_uarts(Exynos5250State *s, Error **errp)
{
    static const unsigned serial_of_uart[EXYNOS5250_UARTS] = { 1, 2, 0, 3 };

    for (unsigned i = 0; i < EXYNOS5250_UARTS; i++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(s->uart[i]);

        qdev_prop_set_chr(s->uart[i], "chardev", serial_hd(serial_of_uart[i]));
        qdev_prop_set_uint32(s->uart[i], "channel", i);
        qdev_prop_set_uint32(s->uart[i], "clock-frequency", UART_CLOCK_HZ);
        qdev_prop_set_uint32(s->uart[i], "rx-size", exynos5250_uart_fifo[i]);
        qdev_prop_set_uint32(s->uart[i], "tx-size", exynos5250_uart_fifo[i]);
        if (!sysbus_realize(sbd, errp)) {
            return false;
        }
        sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_UART0 + i));
        sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_UART0 + i));
    }
    return true;
}

/* Multi-core timer. */
static bool exynos5250_realize_mct(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->mct);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_MCT));
    for (unsigned i = 0; i < MCT_COMPARATORS; i++) {
        sysbus_connect_irq(sbd, i,
                           qdev_get_gpio_in(s->combiner,
                                            exynos5250_mct_comp_input[i]));
    }
    for (unsigned i = 0; i < MCT_LOCAL_TIMERS; i++) {
        sysbus_connect_irq(sbd, MCT_COMPARATORS + i,
                           exynos5250_spi(s, SPI_MCT_LOCAL0 + i));
    }
    return true;
}

/* PWM timers; timer 4 is U-Boot's time base. */
static bool exynos5250_realize_pwm(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(s->pwm);

    clock_set_ns(s->aclk66, ACLK66_PERIOD_NS);
    qdev_connect_clock_in(s->pwm, "pclk", s->aclk66);
    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_PWM));
    for (unsigned i = 0; i < PWM_TIMERS; i++) {
        sysbus_connect_irq(sbd, i, exynos5250_spi(s, SPI_PWM0 + i));
    }
    return true;
}

/* Pin controllers; only the first has wake-up interrupts (gpx0..3). */
static bool exynos5250_realize_pinctrls(Exynos5250State *s, Error **errp)
{
    static const struct {
        Exynos5250Block block;
        enum Exynos5250Spi spi;
    } controllers[EXYNOS5_PINCTRL_CONTROLLERS] = {
        { EXYNOS5250_PINCTRL0, SPI_PINCTRL0 },
        { EXYNOS5250_PINCTRL1, SPI_PINCTRL1 },
        { EXYNOS5250_PINCTRL2, SPI_PINCTRL2 },
        { EXYNOS5250_PINCTRL3, SPI_PINCTRL3 },
    };
    SysBusDevice *first = SYS_BUS_DEVICE(&s->pinctrl[0]);

    for (unsigned i = 0; i < EXYNOS5_PINCTRL_CONTROLLERS; i++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(&s->pinctrl[i]);

        qdev_prop_set_uint32(DEVICE(sbd), "controller", i);
        if (!sysbus_realize(sbd, errp)) {
            return false;
        }
        sysbus_mmio_map(sbd, 0, exynos5250_base(controllers[i].block));
        sysbus_connect_irq(sbd, 0, exynos5250_spi(s, controllers[i].spi));
    }
    for (unsigned eint = 0; eint < EXYNOS5_PINCTRL_EINTS; eint++) {
        sysbus_connect_irq(first, 1 + eint,
                           qdev_get_gpio_in(s->combiner,
                                            exynos5250_eint[eint]));
    }
    sysbus_connect_irq(first, 1 + EXYNOS5_PINCTRL_EINTS,
                       exynos5250_spi(s, SPI_PINCTRL0_WAKEUP));
    return true;
}

/* The two storage hosts that boards use: MSHC0 for eMMC, MSHC2 for SD. */
static bool exynos5250_realize_mshc(Exynos5250State *s, Error **errp)
{
    static const unsigned number[EXYNOS5250_MSHCS] = { 0, 2 };

    for (unsigned i = 0; i < EXYNOS5250_MSHCS; i++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(&s->mshc[i]);

        if (!sysbus_realize(sbd, errp)) {
            return false;
        }
        sysbus_mmio_map(sbd, 0,
                        exynos5250_base(EXYNOS5250_MSHC0 + number[i]));
        sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_MSHC0 + number[i]));
    }
    return true;
}

/* Watchdog; the PMU decides about its reset requests. */
static bool exynos5250_realize_wdt(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->wdt);

    qdev_connect_clock_in(DEVICE(sbd), "pclk", s->aclk66);
    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_WDT));
    sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_WDT));
    qdev_connect_gpio_out_named(DEVICE(sbd), EXYNOS5_WDT_RESET_REQUEST, 0,
        qdev_get_gpio_in_named(DEVICE(&s->pmu), EXYNOS5250_PMU_WDT_RESET, 0));
    return true;
}

/* Thermal management unit. */
static bool exynos5250_realize_tmu(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->tmu);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_TMU));
    sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_TMU));
    return true;
}

/* USB 2.0 host: EHCI with its companion. */
static bool exynos5250_realize_usb2(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->usb2);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_EHCI));
    sysbus_mmio_map(sbd, 1, exynos5250_base(EXYNOS5250_OHCI));
    qdev_connect_gpio_out(DEVICE(sbd), 0, exynos5250_spi(s, SPI_USB2));
    return true;
}

/* USB 3.0 host. */
static bool exynos5250_realize_usb3(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->usb3);

    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_DWC3));
    sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_USB3));
    return true;
}

/* I2C controllers; the last one, for the SATA PHY, has no interrupt. */
static bool exynos5250_realize_i2cs(Exynos5250State *s, Error **errp)
{
    for (unsigned i = 0; i < EXYNOS5250_I2CS; i++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(s->i2c[i]);
        bool is_last = i == EXYNOS5250_I2CS - 1;

        if (!sysbus_realize(sbd, errp)) {
            return false;
        }
        sysbus_mmio_map(sbd, 0,
                        exynos5250_base(is_last ? EXYNOS5250_SATAPHY_I2C :
                                                  EXYNOS5250_I2C0 + i));
        if (!is_last) {
            sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_I2C0 + i));
        }
    }
    return true;
}

/* AHCI with one port; its PHY also sits on the last I2C controller. */
static bool exynos5250_realize_sata(Exynos5250State *s, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(&s->sata);
    DeviceState *i2c = s->i2c[EXYNOS5250_I2CS - 1];

    qdev_prop_set_uint32(DEVICE(sbd), "num-ports", 1);
    if (!sysbus_realize(sbd, errp)) {
        return false;
    }
    sysbus_mmio_map(sbd, 0, exynos5250_base(EXYNOS5250_SATA));
    sysbus_connect_irq(sbd, 0, exynos5250_spi(s, SPI_SATA));
    i2c_slave_create_simple(I2C_BUS(qdev_get_child_bus(i2c, "i2c")),
                            TYPE_EXYNOS5_SATAPHY_I2C,
                            EXYNOS5_SATAPHY_I2C_ADDRESS);
    return true;
}

/* A PL330: the interrupts of its events and the abort share one line. */
static bool exynos5250_realize_dmac(Exynos5250State *s, unsigned i,
                                    unsigned periph_reqs, Error **errp)
{
    SysBusDevice *sbd = SYS_BUS_DEVICE(s->dmac[i]);
    Object *gate = OBJECT(&s->dmac_irq[i]);

    object_property_set_link(OBJECT(sbd), "memory",
                             OBJECT(get_system_memory()), &error_abort);
    qdev_prop_set_uint32(DEVICE(sbd), "num_chnls", 8);
    qdev_prop_set_uint8(DEVICE(sbd), "num_periph_req", periph_reqs);
    qdev_prop_set_uint8(DEVICE(sbd), "num_events", DMAC_EVENTS);
    object_property_set_int(gate, "num-lines", DMAC_EVENTS + 1, &error_abort);
    if (!sysbus_realize(sbd, errp) || !qdev_realize(DEVICE(gate), NULL, errp)) {
        return false;
    }
    for (unsigned line = 0; line < DMAC_EVENTS + 1; line++) {
        sysbus_connect_irq(sbd, line, qdev_get_gpio_in(DEVICE(gate), line));
    }
    return true;
}

/* DMA controllers, two for peripherals and two for memory. */
static bool exynos5250_realize_dmacs(Exynos5250State *s, Error **errp)
{
    static const struct {
        Exynos5250Block block;
        enum Exynos5250Spi spi;
        unsigned periph_reqs;
    } dmacs[EXYNOS5250_DMACS] = {
        { EXYNOS5250_PDMA0, SPI_PDMA0, 32 },
        { EXYNOS5250_PDMA1, SPI_PDMA1, 32 },
        { EXYNOS5250_MDMA0, SPI_MDMA0, 1 },
        { EXYNOS5250_MDMA1, SPI_MDMA1, 1 },
    };

    for (unsigned i = 0; i < EXYNOS5250_DMACS; i++) {
        if (!exynos5250_realize_dmac(s, i, dmacs[i].periph_reqs, errp)) {
            return false;
        }
        sysbus_mmio_map(SYS_BUS_DEVICE(s->dmac[i]), 0,
                        exynos5250_base(dmacs[i].block));
        qdev_connect_gpio_out(DEVICE(&s->dmac_irq[i]), 0,
                              exynos5250_spi(s, dmacs[i].spi));
    }
    return true;
}

/* The receive requests of the UARTs at the peripheral DMA controllers. */
static void exynos5250_connect_uart_dma(Exynos5250State *s)
{
    static const struct {
        unsigned dmac;
        int request;
    } receive[EXYNOS5250_UARTS] = {
        { 0, 13 }, { 1, 15 }, { 0, 15 }, { 1, 17 },
    };

    for (unsigned i = 0; i < EXYNOS5250_UARTS; i++) {
        sysbus_connect_irq(SYS_BUS_DEVICE(s->uart[i]), 1,
                           qdev_get_gpio_in(s->dmac[receive[i].dmac],
                                            receive[i].request));
    }
}

/* Boot ROM with its mirror, and SYSRAM. */
static bool exynos5250_realize_memory(Exynos5250State *s, Error **errp)
{
    const Exynos5250MapEntry *irom = &exynos5250_memmap[EXYNOS5250_IROM];
    const Exynos5250MapEntry *iram = &exynos5250_memmap[EXYNOS5250_IRAM];
    MemoryRegion *system = get_system_memory();

    if (!memory_region_init_rom(&s->irom, OBJECT(s), "exynos5250.irom",
                                irom->size_bytes, errp) ||
        !memory_region_init_ram(&s->iram, OBJECT(s), "exynos5250.iram",
                                iram->size_bytes, errp)) {
        return false;
    }
    memory_region_init_alias(&s->irom_mirror, OBJECT(s), "exynos5250.irom-mirror",
                             &s->irom, 0, irom->size_bytes);
    memory_region_add_subregion(system, irom->base, &s->irom);
    memory_region_add_subregion(system, EXYNOS5250_IROM_MIRROR_BASE,
                                &s->irom_mirror);
    memory_region_add_subregion(system, iram->base, &s->iram);
    return true;
}

/*
 * Every device block is also backed by an unimplemented region of lower
 * priority: an absent device logs its accesses by name and reads as zero,
 * and so do the tails of windows that a model does not fill.  All other
 * addresses are holes, where the bus answers with an external abort.
 */
static void exynos5250_back_with_unimplemented(void)
{
    for (unsigned i = 0; i < EXYNOS5250_BLOCKS; i++) {
        const Exynos5250MapEntry *entry = &exynos5250_memmap[i];

        if (i != EXYNOS5250_IROM && i != EXYNOS5250_IRAM) {
            create_unimplemented_device(entry->name, entry->base,
                                        entry->size_bytes);
        }
    }
}

static void exynos5250_init(Object *obj)
{
    Exynos5250State *s = EXYNOS5250(obj);

    object_initialize_child(obj, "a15mpcore", &s->a15mpcore,
                            TYPE_A15MPCORE_PRIV);
    object_initialize_child(obj, "cmu", &s->cmu, TYPE_EXYNOS5_CMU);
    object_property_add_alias(obj, "firmware-clocks", OBJECT(&s->cmu),
                              "firmware-clocks");
    object_initialize_child(obj, "pmu", &s->pmu, TYPE_EXYNOS5_PMU);
    object_property_add_alias(obj, "boot-mode", OBJECT(&s->pmu), "boot-mode");
    for (unsigned i = 0; i < EXYNOS5250_REGFILES; i++) {
        object_initialize_child(obj, exynos5250_memmap[
                                    exynos5250_regfiles[i].block].name,
                                &s->regfile[i], exynos5250_regfiles[i].type);
    }
    s->combiner = qdev_new("exynos4210.combiner");
    object_property_add_child(obj, "combiner", OBJECT(s->combiner));
    for (unsigned i = 0; i < EXYNOS5250_UARTS; i++) {
        s->uart[i] = qdev_new("exynos4210.uart");
        object_property_add_child(obj, "uart[*]", OBJECT(s->uart[i]));
    }
    object_initialize_child(obj, "mct", &s->mct, TYPE_EXYNOS5_MCT);
    s->aclk66 = clock_new(obj, "aclk66");
    s->pwm = qdev_new("exynos4210.pwm");
    object_property_add_child(obj, "pwm", OBJECT(s->pwm));
    for (unsigned i = 0; i < EXYNOS5_PINCTRL_CONTROLLERS; i++) {
        object_initialize_child(obj, "pinctrl[*]", &s->pinctrl[i],
                                TYPE_EXYNOS5_PINCTRL);
    }
    object_initialize_child(obj, "mshc0", &s->mshc[EXYNOS5250_MSHC_EMMC],
                            TYPE_EXYNOS5_MSHC);
    object_initialize_child(obj, "mshc2", &s->mshc[EXYNOS5250_MSHC_SD],
                            TYPE_EXYNOS5_MSHC);
    object_initialize_child(obj, "wdt", &s->wdt, TYPE_EXYNOS5_WDT);
    object_initialize_child(obj, "tmu", &s->tmu, TYPE_EXYNOS5_TMU);
    object_initialize_child(obj, "usb3", &s->usb3, TYPE_EXYNOS5_DWC3);
    object_initialize_child(obj, "usb2", &s->usb2, TYPE_EXYNOS5_USB2);
    object_initialize_child(obj, "sata", &s->sata, TYPE_SYSBUS_AHCI);
    for (unsigned i = 0; i < EXYNOS5250_I2CS; i++) {
        s->i2c[i] = qdev_new("exynos4210.i2c");
        object_property_add_child(obj, "i2c[*]", OBJECT(s->i2c[i]));
    }
    for (unsigned i = 0; i < EXYNOS5250_DMACS; i++) {
        s->dmac[i] = qdev_new("pl330");
        object_property_add_child(obj, "dmac[*]", OBJECT(s->dmac[i]));
        object_initialize_child(obj, "dmac-irq[*]", &s->dmac_irq[i],
                                TYPE_OR_IRQ);
    }
}

static void exynos5250_realize(DeviceState *dev, Error **errp)
{
    Exynos5250State *s = EXYNOS5250(dev);

    if (s->num_cpus < 1 || s->num_cpus > EXYNOS5250_MAX_CPUS) {
        error_setg(errp, "the Exynos5250 has 1 or 2 cores, not %u",
                   s->num_cpus);
        return;
    }
    if (!exynos5250_realize_cpus(s, errp) ||
        !exynos5250_realize_gic(s, errp) ||
        !exynos5250_realize_memory(s, errp) ||
        !exynos5250_realize_cmu(s, errp) ||
        !exynos5250_realize_pmu(s, errp) ||
        !exynos5250_realize_regfiles(s, errp) ||
        !exynos5250_realize_combiner(s, errp) ||
        !exynos5250_realize_uarts(s, errp) ||
        !exynos5250_realize_mct(s, errp) ||
        !exynos5250_realize_pwm(s, errp) ||
        !exynos5250_realize_pinctrls(s, errp) ||
        !exynos5250_realize_mshc(s, errp) ||
        !exynos5250_realize_wdt(s, errp) ||
        !exynos5250_realize_tmu(s, errp) ||
        /* The bus that is made last is where devices without bus= go. */
        !exynos5250_realize_usb3(s, errp) ||
        !exynos5250_realize_usb2(s, errp) ||
        !exynos5250_realize_i2cs(s, errp) ||
        !exynos5250_realize_sata(s, errp) ||
        !exynos5250_realize_dmacs(s, errp)) {
        return;
    }
    exynos5250_connect_uart_dma(s);
    exynos5250_connect_cpu_pmus(s);
    exynos5250_back_with_unimplemented();
}

static const Property exynos5250_properties[] = {
    DEFINE_PROP_UINT32("num-cpus", Exynos5250State, num_cpus,
                       EXYNOS5250_MAX_CPUS),
    DEFINE_PROP_BOOL("sync-aborts", Exynos5250State, sync_aborts, false),
};

static void exynos5250_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);

    dc->realize = exynos5250_realize;
    device_class_set_props(dc, exynos5250_properties);
    /* Reason: the CPUs and the memory map exist once per machine. */
    dc->user_creatable = false;
}

static const TypeInfo exynos5250_type = {
    .name = TYPE_EXYNOS5250,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5250State),
    .instance_init = exynos5250_init,
    .class_init = exynos5250_class_init,
};

static void exynos5250_register_types(void)
{
    type_register_static(&exynos5250_type);
}
type_init(exynos5250_register_types)
