/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Power management unit of the Exynos5250: registers, system reset and
 * power-off.  The power of cores is in exynos5250_pmu_core.c.
 *
 * System-level sleep is a stub: its registers hold what is written.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "hw/arm/exynos5/exynos5250_pmu.h"
#include "hw/arm/exynos5/exynos5250_pmu_internal.h"
#include "hw/arm/exynos5/exynos5250_pmu_regs.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "hw/core/cpu.h"
#include "system/runstate.h"
#include "system/watchdog.h"

enum PmuRole {
    PMU_ROLE_PLAIN = 0,
    PMU_ROLE_SWRESET,
    PMU_ROLE_PS_HOLD,
    PMU_ROLE_CORE_CONFIG,
    PMU_ROLE_CORE_STATUS,
    PMU_ROLE_DOMAIN_STATUS,
};

#define PMU_STORAGE(name, first, words)                                     \
    { name, (first), (words), .writable = ~0u }

#define PMU_CORE(n)                                                         \
    { "ARM_CORE" #n "_CONFIG", A_PMU_ARM_CORE##n##_CONFIG, .reset = 3,      \
      .writable = R_PMU_ARM_CORE_LOCAL_PWR_MASK,                            \
      .role = PMU_ROLE_CORE_CONFIG },                                       \
    { "ARM_CORE" #n "_STATUS", A_PMU_ARM_CORE##n##_STATUS,                  \
      .role = PMU_ROLE_CORE_STATUS },                                       \
    PMU_STORAGE("ARM_CORE" #n "_OPTION", A_PMU_ARM_CORE##n##_OPTION, 1)

#define PMU_DOMAIN(domain)                                                  \
    { #domain "_CONFIG", A_PMU_##domain##_CONFIG, .reset = 7,               \
      .writable = R_PMU_DOMAIN_LOCAL_PWR_MASK },                            \
    { #domain "_STATUS", A_PMU_##domain##_CONFIG + PMU_STATUS,              \
      .role = PMU_ROLE_DOMAIN_STATUS },                                     \
    PMU_STORAGE(#domain "_OPTION", A_PMU_##domain##_CONFIG + PMU_OPTION, 1)

static const Exynos5Reg pmu_regs[] = {
    { "OM_STAT", A_PMU_OM_STAT },
    { "SWRESET", A_PMU_SWRESET, .writable = R_PMU_SWRESET_SYSTEM_MASK,
      .role = PMU_ROLE_SWRESET },
    { "RST_STAT", A_PMU_RST_STAT },
    PMU_STORAGE("AUTO_WDTRESET_DISABLE", A_PMU_AUTO_WDTRESET_DISABLE, 1),
    PMU_STORAGE("MASK_WDTRESET_REQUEST", A_PMU_MASK_WDTRESET_REQUEST, 1),
    PMU_STORAGE("WAKEUP_STAT", A_PMU_WAKEUP_STAT, 1),
    PMU_STORAGE("EINT_WAKEUP_MASK", A_PMU_EINT_WAKEUP_MASK, 1),
    PMU_STORAGE("WAKEUP_MASK", A_PMU_WAKEUP_MASK, 1),
    PMU_STORAGE("WAKEUP_INTERRUPT", A_PMU_WAKEUP_INTERRUPT, 1),
    PMU_STORAGE("HDMI_PHY", A_PMU_HDMI_PHY, 1),
    PMU_STORAGE("USBDRD_PHY", A_PMU_USBDRD_PHY, 1),
    PMU_STORAGE("USBHOST_PHY", A_PMU_USBHOST_PHY, 1),
    PMU_STORAGE("EFNAND_PHY", A_PMU_EFNAND_PHY, 1),
    PMU_STORAGE("MIPI_PHY0", A_PMU_MIPI_PHY0, 1),
    PMU_STORAGE("MIPI_PHY1", A_PMU_MIPI_PHY1, 1),
    PMU_STORAGE("ADC_PHY", A_PMU_ADC_PHY, 1),
    PMU_STORAGE("DPTX_PHY", A_PMU_DPTX_PHY, 1),
    PMU_STORAGE("SATA_PHY", A_PMU_SATA_PHY, 1),
    PMU_STORAGE("INFORM", A_PMU_INFORM0, 4),
    PMU_STORAGE("SYSIP_DAT", A_PMU_SYSIP_DAT0, 4),
    PMU_STORAGE("PMU_SPARE", A_PMU_SPARE0, 4),
    PMU_STORAGE("IROM_DATA", A_PMU_IROM_DATA0, 4),
    PMU_STORAGE("PMU_DEBUG", A_PMU_DEBUG, 1),
    PMU_STORAGE("SYS_PWR_REG", A_PMU_SYS_PWR_FIRST,
                R_PMU_SYS_PWR_LAST - R_PMU_SYS_PWR_FIRST + 1),
    PMU_CORE(0),
    PMU_CORE(1),
    PMU_STORAGE("ARM_COMMON", A_PMU_ARM_COMMON_CONFIG, 3),
    PMU_STORAGE("ARM_L2", A_PMU_ARM_L2_CONFIG, 3),
    PMU_STORAGE("PAD_RET_MAUDIO_OPTION", A_PMU_PAD_RET_MAUDIO_OPTION, 1),
    PMU_STORAGE("PAD_RET_GPIO_OPTION", A_PMU_PAD_RET_GPIO_OPTION, 1),
    PMU_STORAGE("PAD_RET_UART_OPTION", A_PMU_PAD_RET_UART_OPTION, 1),
    PMU_STORAGE("PAD_RET_MMCA_OPTION", A_PMU_PAD_RET_MMCA_OPTION, 1),
    PMU_STORAGE("PAD_RET_MMCB_OPTION", A_PMU_PAD_RET_MMCB_OPTION, 1),
    PMU_STORAGE("PAD_RET_EBIA_OPTION", A_PMU_PAD_RET_EBIA_OPTION, 1),
    PMU_STORAGE("PAD_RET_EBIB_OPTION", A_PMU_PAD_RET_EBIB_OPTION, 1),
    { "PS_HOLD_CONTROL", A_PMU_PS_HOLD_CONTROL, .reset = 0x5200,
      .writable = ~0u, .role = PMU_ROLE_PS_HOLD },
    PMU_DOMAIN(GSCL),
    PMU_DOMAIN(ISP),
    PMU_DOMAIN(MFC),
    PMU_DOMAIN(G3D),
    PMU_DOMAIN(DISP1),
    PMU_DOMAIN(MAU),
};

static const Exynos5RegTable pmu_table = {
    .name = TYPE_EXYNOS5_PMU,
    .size_bytes = 0x5000,
    .regs = pmu_regs,
    .reg_count = ARRAY_SIZE(pmu_regs),
};

/* Domains switch at once and hold no state: STATUS repeats CONFIG. */
static uint32_t pmu_value(Exynos5RegFile *rf, const Exynos5Reg *reg,
                          uint32_t offset, uint32_t stored)
{
    switch ((enum PmuRole)reg->role) {
    case PMU_ROLE_CORE_STATUS:
        return exynos5250_pmu_core_status(EXYNOS5_PMU(rf),
            (offset - A_PMU_ARM_CORE0_STATUS) / PMU_CORE_STRIDE);
    case PMU_ROLE_DOMAIN_STATUS:
        return exynos5_regfile_get(rf, offset - PMU_STATUS);
    case PMU_ROLE_PLAIN:
    case PMU_ROLE_SWRESET:
    case PMU_ROLE_PS_HOLD:
    case PMU_ROLE_CORE_CONFIG:
        break;
    }
    return stored;
}

static void pmu_swreset_written(Exynos5250PmuState *s, uint32_t now)
{
    if (!FIELD_EX32(now, PMU_SWRESET, SYSTEM)) {
        return;
    }
    exynos5_regfile_set(EXYNOS5_REGFILE(s), A_PMU_SWRESET, 0);
    s->next_rst_stat = R_PMU_RST_STAT_SWRESET_MASK;
    qemu_system_reset_request(SHUTDOWN_CAUSE_GUEST_RESET);
}

/*
 * No core executes another instruction: without it they would run on until
 * QEMU's main loop has heard of the request, for a time that the host decides.
 */
static void pmu_stop_cores(void)
{
    CPUState *cpu;

    CPU_FOREACH(cpu) {
        cpu->stop = true;
        qemu_cpu_kick(cpu);
    }
}

/* The PMIC takes the power away when the driven PS_HOLD pin falls. */
static void pmu_ps_hold_written(uint32_t old, uint32_t now)
{
    if (FIELD_EX32(now, PMU_PS_HOLD_CONTROL, OUTPUT_ENABLE) &&
        FIELD_EX32(old, PMU_PS_HOLD_CONTROL, DATA) &&
        !FIELD_EX32(now, PMU_PS_HOLD_CONTROL, DATA)) {
        qemu_system_shutdown_request(SHUTDOWN_CAUSE_GUEST_SHUTDOWN);
        pmu_stop_cores();
    }
}

static void pmu_written(Exynos5RegFile *rf, const Exynos5Reg *reg,
                        uint32_t offset, uint32_t old, uint32_t now)
{
    Exynos5250PmuState *s = EXYNOS5_PMU(rf);

    switch ((enum PmuRole)reg->role) {
    case PMU_ROLE_SWRESET:
        pmu_swreset_written(s, now);
        break;
    case PMU_ROLE_PS_HOLD:
        pmu_ps_hold_written(old, now);
        break;
    case PMU_ROLE_CORE_CONFIG:
        exynos5250_pmu_core_configured(s,
            (offset - A_PMU_ARM_CORE0_CONFIG) / PMU_CORE_STRIDE);
        break;
    case PMU_ROLE_PLAIN:
    case PMU_ROLE_CORE_STATUS:
    case PMU_ROLE_DOMAIN_STATUS:
        break;
    }
}

static bool pmu_wdt_masked(Exynos5250PmuState *s)
{
    Exynos5RegFile *rf = EXYNOS5_REGFILE(s);
    uint32_t gates = exynos5_regfile_get(rf, A_PMU_AUTO_WDTRESET_DISABLE) |
                     exynos5_regfile_get(rf, A_PMU_MASK_WDTRESET_REQUEST);

    return FIELD_EX32(gates, PMU_WDTRESET, SYS_WDT);
}

static void pmu_wdt_reset_handler(void *opaque, int n, int level)
{
    Exynos5250PmuState *s = opaque;

    if (!level || pmu_wdt_masked(s)) {
        return;
    }
    if (get_watchdog_action() == WATCHDOG_ACTION_RESET) {
        s->next_rst_stat = R_PMU_RST_STAT_WDTRESET_MASK;
    }
    watchdog_perform_action();
}

/*
 * INFORM0..3 pass words from software to the firmware of the next boot: a
 * reset that the guest asked for (next_rst_stat) keeps them.  Any other
 * reset counts as power-on.
 */
static void pmu_reset_hold(Object *obj, ResetType type)
{
    Exynos5250PmuState *s = EXYNOS5_PMU(obj);
    Exynos5RegFile *rf = EXYNOS5_REGFILE(obj);
    uint32_t inform[4] = { 0 };

    for (unsigned i = 0; s->next_rst_stat && i < ARRAY_SIZE(inform); i++) {
        inform[i] = exynos5_regfile_get(rf, A_PMU_INFORM0 + 4 * i);
    }
    EXYNOS5_PMU_GET_CLASS(obj)->parent_phases.hold(obj, type);
    for (unsigned i = 0; i < ARRAY_SIZE(inform); i++) {
        exynos5_regfile_set(rf, A_PMU_INFORM0 + 4 * i, inform[i]);
    }
    exynos5_regfile_set(rf, A_PMU_OM_STAT, s->boot_mode);
    exynos5_regfile_set(rf, A_PMU_RST_STAT, s->next_rst_stat);
    s->next_rst_stat = 0;
    exynos5250_pmu_cores_reset(s);
}

static void pmu_init(Object *obj)
{
    Exynos5250PmuState *s = EXYNOS5_PMU(obj);

    exynos5250_pmu_cores_init(s);
    qdev_init_gpio_in_named(DEVICE(obj), pmu_wdt_reset_handler,
                            EXYNOS5250_PMU_WDT_RESET, 1);
}

static void pmu_realize(DeviceState *dev, Error **errp)
{
    Exynos5250PmuState *s = EXYNOS5_PMU(dev);

    if (s->num_cpus > EXYNOS5250_PMU_CORES) {
        error_setg(errp, "the Exynos5250 PMU has registers for %d cores, not %u",
                   EXYNOS5250_PMU_CORES, s->num_cpus);
    }
}

static void pmu_finalize(Object *obj)
{
    timer_free(EXYNOS5_PMU(obj)->wfi_timer);
}

static const VMStateDescription vmstate_pmu = {
    .name = TYPE_EXYNOS5_PMU,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_STRUCT(parent_obj, Exynos5250PmuState, 1,
                       vmstate_exynos5_regfile, Exynos5RegFile),
        VMSTATE_UINT32(next_rst_stat, Exynos5250PmuState),
        VMSTATE_BOOL_ARRAY(core_on, Exynos5250PmuState, EXYNOS5250_PMU_CORES),
        VMSTATE_TIMER_PTR(wfi_timer, Exynos5250PmuState),
        VMSTATE_END_OF_LIST()
    }
};

static const Property pmu_properties[] = {
    DEFINE_PROP_UINT32("boot-mode", Exynos5250PmuState, boot_mode, 4),
    DEFINE_PROP_UINT32("num-cpus", Exynos5250PmuState, num_cpus,
                       EXYNOS5250_PMU_CORES),
};

static void pmu_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    Exynos5RegFileClass *rfc = EXYNOS5_REGFILE_CLASS(oc);

    dc->desc = "Exynos5250 power management unit";
    dc->realize = pmu_realize;
    dc->vmsd = &vmstate_pmu;
    device_class_set_props(dc, pmu_properties);
    rfc->table = &pmu_table;
    rfc->value = pmu_value;
    rfc->written = pmu_written;
    resettable_class_set_parent_phases(RESETTABLE_CLASS(oc), NULL,
                                       pmu_reset_hold, NULL,
                                       &EXYNOS5_PMU_CLASS(oc)->parent_phases);
}

static const TypeInfo pmu_type = {
    .name = TYPE_EXYNOS5_PMU,
    .parent = TYPE_EXYNOS5_REGFILE,
    .instance_size = sizeof(Exynos5250PmuState),
    .instance_init = pmu_init,
    .instance_finalize = pmu_finalize,
    .class_size = sizeof(Exynos5250PmuClass),
    .class_init = pmu_class_init,
};

static void pmu_register_types(void)
{
    type_register_static(&pmu_type);
}
type_init(pmu_register_types)
