/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Insignal Arndale: an Exynos5250 with 2 GiB of DDR3, an SD slot and the
 * console on UART2.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/error-report.h"
#include "qemu/units.h"
#include "hw/arm/exynos5/arndale_boot.h"
#include "hw/arm/exynos5/ax88772.h"
#include "hw/arm/exynos5/exynos5250.h"
#include "hw/arm/exynos5/s5m8767.h"
#include "hw/arm/exynos5/usb3503.h"
#include "hw/boards.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "qapi/visitor.h"
#include "exec/address-spaces.h"
#include "system/blockdev.h"
#include "system/cpu-timers.h"
#include "system/qtest.h"

/* Boot media by the value of OM_STAT that selects them (U-Boot spl_boot.c). */
enum {
    BOOT_MODE_SD = 0x4,
    BOOT_MODE_EMMC = 0x8,
};

#define TYPE_ARNDALE_MACHINE MACHINE_TYPE_NAME("arndale")
OBJECT_DECLARE_SIMPLE_TYPE(ArndaleMachineState, ARNDALE_MACHINE)

struct ArndaleMachineState {
    MachineState parent_obj;

    Exynos5250State soc;
    ArndaleBoot boot;
    uint32_t boot_mode; /* the switches: PMU OM_STAT, iROM contract */
    bool sync_aborts;
};

/* What the board pulls up: the six keys, which are active low, and RESET_N of the hub. */
static void arndale_pull_up(ArndaleMachineState *s)
{
    static const struct {
        const char *bank;
        int pin;
    } pins[] = {
        { "gpx1", 4 },          /* SW-TACT2, menu */
        { "gpx1", 5 },          /* SW-TACT3, home */
        { "gpx1", 6 },          /* SW-TACT4, up */
        { "gpx1", 7 },          /* SW-TACT5, down */
        { "gpx2", 0 },          /* SW-TACT6, back */
        { "gpx2", 1 },          /* SW-TACT7, wake-up */
        { "gpx3", 5 },          /* USB3503 RESET_N */
    };

    for (unsigned i = 0; i < ARRAY_SIZE(pins); i++) {
        qemu_irq_raise(qdev_get_gpio_in_named(DEVICE(&s->soc.pinctrl[0]),
                                              pins[i].bank, pins[i].pin));
    }
}

/*
 * Puts a card of @type on storage host @mshc if there is a drive for it:
 * -drive if=sd,index=@index.
 */
static void arndale_attach_card(ArndaleMachineState *s, unsigned mshc,
                                const char *type, int index)
{
    DriveInfo *drive = drive_get_by_index(IF_SD, index);
    DeviceState *card;

    if (!drive) {
        return;
    }
    card = qdev_new(type);
    object_property_add_child(OBJECT(s), type, OBJECT(card));
    qdev_prop_set_drive_err(card, "drive", blk_by_legacy_dinfo(drive),
                            &error_fatal);
    qdev_realize_and_unref(card, BUS(&s->soc.mshc[mshc].sdbus), &error_fatal);
}

/* The PMIC on I2C0; its interrupt is gpx3[2], active low. */
static void arndale_create_pmic(ArndaleMachineState *s)
{
    I2CBus *bus = I2C_BUS(qdev_get_child_bus(s->soc.i2c[0], "i2c"));
    I2CSlave *pmic = i2c_slave_new(TYPE_S5M8767, S5M8767_I2C_ADDRESS);

    object_property_add_child(OBJECT(s), "pmic", OBJECT(pmic));
    i2c_slave_realize_and_unref(pmic, bus, &error_fatal);
    qdev_connect_gpio_out_named(DEVICE(pmic), "irq", 0,
        qdev_get_gpio_in_named(DEVICE(&s->soc.pinctrl[0]), "gpx3", 2));
}

/* The hub on the second HSIC port; gpx3[5] is its RESET_N. */
static void arndale_create_usb_hub(ArndaleMachineState *s)
{
    DeviceState *hub = qdev_new(TYPE_USB3503);

    object_property_add_child(OBJECT(s), "usb-hub", OBJECT(hub));
    qdev_prop_set_string(hub, "port", "3");
    usb_realize_and_unref(USB_DEVICE(hub), exynos5_usb2_bus(&s->soc.usb2),
                          &error_fatal);
    qdev_connect_gpio_out_named(DEVICE(&s->soc.pinctrl[0]), "gpx3-out", 5,
        qdev_get_gpio_in_named(hub, USB3503_RESET_N, 0));
}

/*
 * The Ethernet chip behind the hub; it takes the first -nic.  The hub inside
 * of the board's AX88760, between the two, is not modelled.
 */
static void arndale_create_ethernet(ArndaleMachineState *s)
{
    DeviceState *chip = qdev_new(TYPE_AX88772);

    object_property_add_child(OBJECT(s), "ethernet", OBJECT(chip));
    qdev_prop_set_string(chip, "port", "3.2");
    qemu_configure_nic_device(chip, true, "asix");
    usb_realize_and_unref(USB_DEVICE(chip), exynos5_usb2_bus(&s->soc.usb2),
                          &error_fatal);
}

/* The disk at the SATA connector: -drive if=ide,index=0. */
static void arndale_attach_sata(ArndaleMachineState *s)
{
    DriveInfo *drive = drive_get(IF_IDE, 0, 0);

    ahci_ide_create_devs(&s->soc.sata.ahci, &drive);
}

static void arndale_init(MachineState *machine)
{
    ArndaleMachineState *s = ARNDALE_MACHINE(machine);

    if (machine->ram_size > EXYNOS5250_RAM_MAX_SIZE) {
        error_report("the Arndale has at most 2 GiB of memory: use -m 2G or less");
        exit(EXIT_FAILURE);
    }

    object_initialize_child(OBJECT(machine), "soc", &s->soc, TYPE_EXYNOS5250);
    qdev_prop_set_uint32(DEVICE(&s->soc), "num-cpus", machine->smp.cpus);
    qdev_prop_set_bit(DEVICE(&s->soc), "firmware-clocks",
                      arndale_boot_skips_spl(machine));
    qdev_prop_set_uint32(DEVICE(&s->soc), "boot-mode", s->boot_mode);
    qdev_prop_set_bit(DEVICE(&s->soc), "sync-aborts", s->sync_aborts);
    sysbus_realize(SYS_BUS_DEVICE(&s->soc), &error_fatal);
    memory_region_add_subregion(get_system_memory(), EXYNOS5250_RAM_BASE,
                                machine->ram);
    arndale_pull_up(s);
    arndale_attach_card(s, EXYNOS5250_MSHC_SD, TYPE_SD_CARD, 0);
    arndale_attach_card(s, EXYNOS5250_MSHC_EMMC, TYPE_EMMC, 1);
    arndale_create_pmic(s);
    arndale_attach_sata(s);
    arndale_create_usb_hub(s);
    arndale_create_ethernet(s);
    if (!qtest_enabled()) {
        arndale_boot_load(machine, &s->boot, &s->soc.cpu[0]);
    }
}

static char *arndale_get_kernel_format(Object *obj, Error **errp)
{
    return g_strdup(arndale_kernel_format_name(ARNDALE_MACHINE(obj)->boot.kernel_format));
}

static void arndale_set_kernel_format(Object *obj, const char *value,
                                      Error **errp)
{
    arndale_kernel_format_parse(value, &ARNDALE_MACHINE(obj)->boot.kernel_format,
                                errp);
}

static char *arndale_get_kernel_mode(Object *obj, Error **errp)
{
    return g_strdup(arndale_kernel_mode_name(ARNDALE_MACHINE(obj)->boot.kernel_mode));
}

static void arndale_set_kernel_mode(Object *obj, const char *value, Error **errp)
{
    arndale_kernel_mode_parse(value, &ARNDALE_MACHINE(obj)->boot.kernel_mode,
                              errp);
}

static void arndale_get_kernel_addr(Object *obj, Visitor *v, const char *name,
                                    void *opaque, Error **errp)
{
    visit_type_uint64(v, name, &ARNDALE_MACHINE(obj)->boot.kernel_addr, errp);
}

static void arndale_set_kernel_addr(Object *obj, Visitor *v, const char *name,
                                    void *opaque, Error **errp)
{
    ArndaleBoot *boot = &ARNDALE_MACHINE(obj)->boot;

    boot->has_kernel_addr = visit_type_uint64(v, name, &boot->kernel_addr, errp);
}

static char *arndale_get_boot_mode(Object *obj, Error **errp)
{
    return g_strdup(ARNDALE_MACHINE(obj)->boot_mode == BOOT_MODE_EMMC ? "emmc"
                                                                      : "sd");
}

static void arndale_set_boot_mode(Object *obj, const char *value, Error **errp)
{
    if (g_str_equal(value, "sd")) {
        ARNDALE_MACHINE(obj)->boot_mode = BOOT_MODE_SD;
    } else if (g_str_equal(value, "emmc")) {
        ARNDALE_MACHINE(obj)->boot_mode = BOOT_MODE_EMMC;
    } else {
        error_setg(errp, "boot-mode '%s' is unknown: use sd or emmc", value);
    }
}

static bool arndale_get_sync_aborts(Object *obj, Error **errp)
{
    return ARNDALE_MACHINE(obj)->sync_aborts;
}

static void arndale_set_sync_aborts(Object *obj, bool value, Error **errp)
{
    ARNDALE_MACHINE(obj)->sync_aborts = value;
}

static void arndale_instance_init(Object *obj)
{
    ARNDALE_MACHINE(obj)->boot_mode = BOOT_MODE_SD;
}

/* Instructions that the guest has executed, both cores together; 0 without -icount. */
static void arndale_get_instructions(Object *obj, Visitor *v, const char *name,
                                     void *opaque, Error **errp)
{
    uint64_t count = icount_enabled() ? icount_get_raw() : 0;

    visit_type_uint64(v, name, &count, errp);
}

static void arndale_class_init(ObjectClass *oc, void *data)
{
    static const char * const valid_cpu_types[] = {
        ARM_CPU_TYPE_NAME("cortex-a15"),
        NULL
    };
    MachineClass *mc = MACHINE_CLASS(oc);

    mc->desc = "Insignal Arndale (Samsung Exynos5250, 2 x Cortex-A15)";
    mc->init = arndale_init;
    mc->min_cpus = 1;
    mc->max_cpus = EXYNOS5250_MAX_CPUS;
    /* The smallest page of ARMv7; else QEMU's TLB has pages of 1 KiB. */
    mc->minimum_page_bits = 12;
    mc->default_cpus = EXYNOS5250_MAX_CPUS;
    mc->default_cpu_type = ARM_CPU_TYPE_NAME("cortex-a15");
    mc->valid_cpu_types = valid_cpu_types;
    /* Without -drive if=sd the slot exists and is empty. */
    mc->auto_create_sdcard = true;
    mc->no_floppy = 1;
    mc->no_cdrom = 1;
    mc->default_ram_size = 2 * GiB;
    mc->default_ram_id = "arndale.ram";
    object_class_property_add_str(oc, "boot-mode", arndale_get_boot_mode,
                                  arndale_set_boot_mode);
    object_class_property_set_description(oc, "boot-mode",
        "Boot switches: sd (default) or emmc, the eMMC's boot partition");
    object_class_property_add(oc, "instructions", "uint64",
                              arndale_get_instructions, NULL, NULL, NULL);
    object_class_property_set_description(oc, "instructions",
        "Instructions executed so far under -icount, else 0");
    object_class_property_add_str(oc, "kernel-format", arndale_get_kernel_format,
                                  arndale_set_kernel_format);
    object_class_property_set_description(oc, "kernel-format",
        "What -kernel is: auto (zImage or ELF), zimage, elf, raw, freebsd");
    object_class_property_add_str(oc, "kernel-mode", arndale_get_kernel_mode,
                                  arndale_set_kernel_mode);
    object_class_property_set_description(oc, "kernel-mode",
        "How -kernel is entered: hyp (default, Non-secure) or secure (SVC)");
    object_class_property_add(oc, "kernel-addr", "uint64", arndale_get_kernel_addr,
                              arndale_set_kernel_addr, NULL, NULL);
    object_class_property_set_description(oc, "kernel-addr",
        "Physical address at which a raw -kernel is placed and entered");
    object_class_property_add_bool(oc, "sync-aborts", arndale_get_sync_aborts,
                                   arndale_set_sync_aborts);
    object_class_property_set_description(oc, "sync-aborts",
        "External aborts of stores are synchronous, as on QEMU's other boards");
}

static const TypeInfo arndale_type = {
    .name = TYPE_ARNDALE_MACHINE,
    .parent = TYPE_MACHINE,
    .instance_size = sizeof(ArndaleMachineState),
    .instance_init = arndale_instance_init,
    .class_init = arndale_class_init,
};

static void arndale_register_types(void)
{
    type_register_static(&arndale_type);
}
type_init(arndale_register_types)
