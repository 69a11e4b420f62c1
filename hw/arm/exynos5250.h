/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samsung Exynos5250 ("Exynos 5 Dual"): two Cortex-A15, GIC-400 and the
 * blocks around them.  Addresses and interrupt numbers follow Linux's
 * exynos5250.dtsi and the sources named in docs/machine.md.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5250_H
#define HW_ARM_EXYNOS5_EXYNOS5250_H

#include "hw/arm/exynos5/exynos5_mct.h"
#include "hw/arm/exynos5/exynos5_mshc.h"
#include "hw/sysbus.h"
#include "hw/clock.h"
#include "hw/arm/exynos5/exynos5250_cmu.h"
#include "hw/arm/exynos5/exynos5250_pmu.h"
#include "hw/arm/exynos5/exynos5_regfile.h"
#include "hw/arm/exynos5/exynos5_pinctrl.h"
#include "hw/arm/exynos5/exynos5_dwc3.h"
#include "hw/arm/exynos5/exynos5_tmu.h"
#include "hw/arm/exynos5/exynos5_usb2.h"
#include "hw/arm/exynos5/exynos5_wdt.h"
#include "hw/cpu/a15mpcore.h"
#include "hw/ide/ahci-sysbus.h"
#include "hw/or-irq.h"
#include "target/arm/cpu.h"

#define TYPE_EXYNOS5250 "exynos5250"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5250State, EXYNOS5250)

enum {
    EXYNOS5250_MAX_CPUS = 2,
    EXYNOS5250_UARTS = 4,
    EXYNOS5250_I2CS = 10,       /* 0..7, 8 HDMI PHY, 9 SATA PHY */
    EXYNOS5250_DMACS = 4,       /* PDMA0, PDMA1, MDMA0, MDMA1 */
    EXYNOS5250_SPIS = 128,
    EXYNOS5250_REGFILES = 11,
};

/* Exynos5250State.mshc[]: the storage hosts that are modelled. */
enum {
    EXYNOS5250_MSHC_EMMC,           /* MSHC0, eight bits */
    EXYNOS5250_MSHC_SD,             /* MSHC2, the slot */
    EXYNOS5250_MSHCS
};

#define EXYNOS5250_RAM_BASE     0x40000000
#define EXYNOS5250_RAM_MAX_SIZE (2 * GiB)
#define EXYNOS5250_IROM_MIRROR_BASE 0x02000000

/* Every block of the map, one row each in exynos5250_memmap[]. */
typedef enum {
    EXYNOS5250_IROM,
    EXYNOS5250_IRAM,
    EXYNOS5250_AUDSS,
    EXYNOS5250_I2S0,
    EXYNOS5250_PINCTRL3,
    EXYNOS5250_CHIPID,
    EXYNOS5250_CMU,
    EXYNOS5250_PMU,
    EXYNOS5250_SYSREG,
    EXYNOS5250_TMU,
    EXYNOS5250_TZPC,
    EXYNOS5250_CEC,
    EXYNOS5250_MCT,
    EXYNOS5250_WDT,
    EXYNOS5250_RTC,
    EXYNOS5250_COMBINER,
    EXYNOS5250_A15MPCORE,
    EXYNOS5250_MDMA0,
    EXYNOS5250_SSS,
    EXYNOS5250_TRNG,
    EXYNOS5250_G2D,
    EXYNOS5250_SYSMMU_MDMA,
    EXYNOS5250_DMCPHY0,
    EXYNOS5250_DMCPHY1,
    EXYNOS5250_PINCTRL2,
    EXYNOS5250_DREX,
    EXYNOS5250_MFC,
    EXYNOS5250_SYSMMU_MFC,
    EXYNOS5250_PINCTRL0,
    EXYNOS5250_MALI,
    EXYNOS5250_ROTATOR,
    EXYNOS5250_MDMA1,
    EXYNOS5250_SYSMMU_ROTATOR,
    EXYNOS5250_SYSMMU_JPEG,
    EXYNOS5250_DWC3,
    EXYNOS5250_USB3PHY,
    EXYNOS5250_EHCI,
    EXYNOS5250_OHCI,
    EXYNOS5250_USB2PHY,
    EXYNOS5250_USBOTG,
    EXYNOS5250_SATAPHY,
    EXYNOS5250_PDMA0,
    EXYNOS5250_PDMA1,
    EXYNOS5250_SATAPHY_I2C,
    EXYNOS5250_MSHC0,
    EXYNOS5250_MSHC1,
    EXYNOS5250_MSHC2,
    EXYNOS5250_MSHC3,
    EXYNOS5250_SROMC,
    EXYNOS5250_SATA,
    EXYNOS5250_UART0,
    EXYNOS5250_UART1,
    EXYNOS5250_UART2,
    EXYNOS5250_UART3,
    EXYNOS5250_I2C0,
    EXYNOS5250_I2C1,
    EXYNOS5250_I2C2,
    EXYNOS5250_I2C3,
    EXYNOS5250_I2C4,
    EXYNOS5250_I2C5,
    EXYNOS5250_I2C6,
    EXYNOS5250_I2C7,
    EXYNOS5250_I2C_HDMIPHY,
    EXYNOS5250_ADC,
    EXYNOS5250_SPI0,
    EXYNOS5250_SPI1,
    EXYNOS5250_SPI2,
    EXYNOS5250_I2S1,
    EXYNOS5250_I2S2,
    EXYNOS5250_PWM,
    EXYNOS5250_SYSMMU_ISP,
    EXYNOS5250_PINCTRL1,
    EXYNOS5250_SYSMMU_ISP2,
    EXYNOS5250_GSC0,
    EXYNOS5250_SYSMMU_GSC,
    EXYNOS5250_FIMD,
    EXYNOS5250_MIXER,
    EXYNOS5250_DSIM,
    EXYNOS5250_HDMI,
    EXYNOS5250_DP,
    EXYNOS5250_SYSMMU_DISP,
    EXYNOS5250_BLOCKS
} Exynos5250Block;

struct Exynos5250State {
    SysBusDevice parent_obj;

    /* "num-cpus": cores that are powered, 1 or 2. */
    uint32_t num_cpus;
    bool sync_aborts; /* external aborts of stores are synchronous too */

    ARMCPU cpu[EXYNOS5250_MAX_CPUS];
    A15MPPrivState a15mpcore;
    Exynos5250CmuState cmu;     /* "firmware-clocks" is a property of ours */
    Exynos5250PmuState pmu;     /* and so is "boot-mode" */
    Exynos5RegFile regfile[EXYNOS5250_REGFILES];
    DeviceState *combiner;
    DeviceState *uart[EXYNOS5250_UARTS];
    Exynos5MctState mct;
    DeviceState *pwm;
    Clock *aclk66;
    MemoryRegion irom;
    MemoryRegion irom_mirror;
    Exynos5PinctrlState pinctrl[EXYNOS5_PINCTRL_CONTROLLERS];
    Exynos5MshcState mshc[EXYNOS5250_MSHCS];
    Exynos5WdtState wdt;
    Exynos5TmuState tmu;
    Exynos5Usb2State usb2;
    Exynos5Dwc3State usb3;
    SysbusAHCIState sata;
    DeviceState *i2c[EXYNOS5250_I2CS];
    DeviceState *dmac[EXYNOS5250_DMACS];
    OrIRQState dmac_irq[EXYNOS5250_DMACS];
    MemoryRegion iram;
};

#endif
