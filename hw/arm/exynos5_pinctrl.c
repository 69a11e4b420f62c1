/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 pin controller: pin functions and levels, and the external
 * interrupts that the pins raise.  The banks and the places of their
 * registers are in exynos5_pinctrl_banks.c.
 *
 * Not modelled: the digital and delay filters (FLTCON is stored, every level
 * counts at once), the power-down functions, wake-up from sleep, and the
 * priority registers of the GPIO interrupts: the lowest group is served
 * first, then the lowest pin.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/bitops.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/arm/exynos5/exynos5_lanes.h"
#include "hw/arm/exynos5/exynos5_pinctrl.h"
#include "hw/arm/exynos5/exynos5_pinctrl_regs.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"

enum {
    PINCTRL_WINDOW_BYTES = 0x1000,
    GPX_SHARED = 2,             /* gpx2 and later share one interrupt line */
};

/* Level of one pin: whoever drives it, or else its pull resistor. */
static bool pin_level(const Exynos5PinBank *b, unsigned pin)
{
    if (extract32(b->con, 4 * pin, 4) == PIN_FUNC_OUTPUT) {
        return extract32(b->dat, pin, 1);
    }
    if (extract32(b->driven, pin, 1)) {
        return extract32(b->drive_level, pin, 1);
    }
    return extract32(b->pud, 2 * pin, 2) == PIN_PULL_UP;
}

static uint8_t bank_levels(const Exynos5PinBank *b)
{
    uint8_t levels = 0;

    for (unsigned pin = 0; pin < b->info->pins; pin++) {
        levels |= pin_level(b, pin) << pin;
    }
    return levels;
}

/* Does the pin's trigger fire when its level goes from @before to @now? */
static bool pin_triggers(const Exynos5PinBank *b, unsigned pin,
                         bool before, bool now)
{
    if (extract32(b->con, 4 * pin, 4) != PIN_FUNC_EINT) {
        return false;
    }
    switch (extract32(b->eint_con, 4 * pin, 3)) {
    case PIN_TRIGGER_LOW:
        return !now;
    case PIN_TRIGGER_HIGH:
        return now;
    case PIN_TRIGGER_FALLING:
        return before && !now;
    case PIN_TRIGGER_RISING:
        return !before && now;
    case PIN_TRIGGER_BOTH:
        return before != now;
    default:                    /* reserved: never fires */
        return false;
    }
}

static uint32_t bank_requests(const Exynos5PinBank *b)
{
    return b->eint_pend & ~b->eint_mask;
}

/* The GPIO interrupt of highest priority, as SVC shows it; 0 if none. */
static uint32_t pinctrl_service(Exynos5PinctrlState *s)
{
    for (unsigned i = 0; i < s->bank_count; i++) {
        const Exynos5PinBank *b = &s->bank[i];

        if (b->info->eint == EXYNOS5_PIN_EINT_GPIO && bank_requests(b)) {
            uint32_t svc = FIELD_DP32(0, PIN_EINT_SVC, GROUP,
                                      b->info->group + 1);

            return FIELD_DP32(svc, PIN_EINT_SVC, PIN, ctz32(bank_requests(b)));
        }
    }
    return 0;
}

static void pinctrl_update_irqs(Exynos5PinctrlState *s)
{
    uint32_t shared = 0;

    qemu_set_irq(s->irq[0], pinctrl_service(s) != 0);
    for (unsigned i = 0; i < s->bank_count; i++) {
        const Exynos5PinBank *b = &s->bank[i];

        if (b->info->eint != EXYNOS5_PIN_EINT_WAKEUP) {
            continue;
        }
        if (b->info->group >= GPX_SHARED) {
            shared |= bank_requests(b);
            continue;
        }
        for (unsigned pin = 0; pin < b->info->pins; pin++) {
            unsigned eint = EXYNOS5_PINCTRL_BANK_PINS * b->info->group + pin;

            qemu_set_irq(s->irq[1 + eint], extract32(bank_requests(b), pin, 1));
        }
    }
    qemu_set_irq(s->irq[1 + EXYNOS5_PINCTRL_EINTS], shared != 0);
}

/* Follows a change of a register or of a level. */
static void bank_update(Exynos5PinBank *b)
{
    uint8_t before = b->level;

    b->level = bank_levels(b);
    for (unsigned pin = 0; pin < b->info->pins; pin++) {
        bool now = extract32(b->level, pin, 1);

        if (b->info->eint != EXYNOS5_PIN_EINT_NONE &&
            pin_triggers(b, pin, extract32(before, pin, 1), now)) {
            b->eint_pend |= BIT(pin);
        }
        qemu_set_irq(b->out[pin], now);
    }
    pinctrl_update_irqs(b->parent);
}

static void bank_set_input(void *opaque, int pin, int level)
{
    Exynos5PinBank *b = opaque;

    b->driven |= BIT(pin);
    b->drive_level = deposit32(b->drive_level, pin, 1, level != 0);
    bank_update(b);
}

static uint64_t pinctrl_read(void *opaque, hwaddr offset, unsigned size)
{
    Exynos5PinctrlState *s = opaque;
    uint32_t value = 0;
    Exynos5PinReg reg;

    if (exynos5_lane_word(offset) == A_PIN_EINT_SVC) {
        value = pinctrl_service(s);
    } else if (exynos5_pinctrl_find_reg(s, exynos5_lane_word(offset), &reg)) {
        value = reg.kind == EXYNOS5_PIN_REG_LEVELS ? reg.bank->level : *reg.value;
    } else {
        qemu_log_mask(LOG_UNIMP, "%s: read of offset 0x%03" HWADDR_PRIx "\n",
                      object_get_canonical_path_component(OBJECT(s)), offset);
    }
    return exynos5_lane_read(value, offset, size);
}

static void pinctrl_write(void *opaque, hwaddr offset, uint64_t value64,
                          unsigned size)
{
    Exynos5PinctrlState *s = opaque;
    uint32_t value = exynos5_lane_write(value64, offset, size);
    Exynos5PinReg reg;

    if (!exynos5_pinctrl_find_reg(s, exynos5_lane_word(offset), &reg)) {
        qemu_log_mask(LOG_UNIMP, "%s: write of 0x%08x to offset 0x%03"
                      HWADDR_PRIx "\n",
                      object_get_canonical_path_component(OBJECT(s)), value,
                      offset);
        return;
    }
    if (reg.kind == EXYNOS5_PIN_REG_PENDING) {
        *reg.value &= ~value;
    } else {
        uint32_t mask = reg.writable & exynos5_lane_mask(offset, size);

        *reg.value = (*reg.value & ~mask) | (value & mask);
    }
    bank_update(reg.bank);
}

static const MemoryRegionOps pinctrl_ops = {
    .read = pinctrl_read,
    .write = pinctrl_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
    .valid = { .min_access_size = 1, .max_access_size = 4 },
};

/*
 * All pins are inputs with pull-downs (Samsung's manuals of this family), all
 * interrupts are masked.  What the board drives stays.
 */
static void pinctrl_reset_hold(Object *obj, ResetType type)
{
    Exynos5PinctrlState *s = EXYNOS5_PINCTRL(obj);

    for (unsigned i = 0; i < s->bank_count; i++) {
        Exynos5PinBank *b = &s->bank[i];

        b->con = 0;
        b->dat = 0;
        b->pud = 0x5555 & exynos5_pin_bits(b, 2);
        b->drv = 0;
        b->conpdn = 0;
        b->pudpdn = 0;
        b->eint_con = 0;
        b->eint_fltcon[0] = 0;
        b->eint_fltcon[1] = 0;
        b->eint_mask = exynos5_pin_bits(b, 1);
        b->eint_pend = 0;
        b->level = bank_levels(b);
    }
}

static void pinctrl_reset_exit(Object *obj, ResetType type)
{
    Exynos5PinctrlState *s = EXYNOS5_PINCTRL(obj);

    for (unsigned i = 0; i < s->bank_count; i++) {
        bank_update(&s->bank[i]);
    }
}

static void pinctrl_init(Object *obj)
{
    Exynos5PinctrlState *s = EXYNOS5_PINCTRL(obj);

    memory_region_init_io(&s->iomem, obj, &pinctrl_ops, s,
                          TYPE_EXYNOS5_PINCTRL, PINCTRL_WINDOW_BYTES);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static void pinctrl_init_bank(Exynos5PinctrlState *s, Exynos5PinBank *b,
                              const Exynos5PinBankInfo *info)
{
    g_autofree char *out = g_strconcat(info->name, "-out", NULL);

    b->info = info;
    b->parent = s;
    qdev_init_gpio_in_named_with_opaque(DEVICE(s), bank_set_input, b,
                                        info->name, info->pins);
    qdev_init_gpio_out_named(DEVICE(s), b->out, out, info->pins);
}

static void pinctrl_realize(DeviceState *dev, Error **errp)
{
    Exynos5PinctrlState *s = EXYNOS5_PINCTRL(dev);
    const Exynos5PinBankInfo *info;

    if (s->controller >= EXYNOS5_PINCTRL_CONTROLLERS) {
        error_setg(errp, "pin controller %u does not exist: there are 0 to 3",
                   s->controller);
        return;
    }
    info = exynos5_pinctrl_banks(s->controller, &s->bank_count);
    for (unsigned i = 0; i < s->bank_count; i++) {
        pinctrl_init_bank(s, &s->bank[i], &info[i]);
    }
    for (unsigned i = 0; i < EXYNOS5_PINCTRL_IRQS; i++) {
        sysbus_init_irq(SYS_BUS_DEVICE(dev), &s->irq[i]);
    }
}

static const VMStateDescription vmstate_pin_bank = {
    .name = "exynos5-pinctrl/bank",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(con, Exynos5PinBank),
        VMSTATE_UINT32(dat, Exynos5PinBank),
        VMSTATE_UINT32(pud, Exynos5PinBank),
        VMSTATE_UINT32(drv, Exynos5PinBank),
        VMSTATE_UINT32(conpdn, Exynos5PinBank),
        VMSTATE_UINT32(pudpdn, Exynos5PinBank),
        VMSTATE_UINT32(eint_con, Exynos5PinBank),
        VMSTATE_UINT32_ARRAY(eint_fltcon, Exynos5PinBank, 2),
        VMSTATE_UINT32(eint_mask, Exynos5PinBank),
        VMSTATE_UINT32(eint_pend, Exynos5PinBank),
        VMSTATE_UINT8(driven, Exynos5PinBank),
        VMSTATE_UINT8(drive_level, Exynos5PinBank),
        VMSTATE_UINT8(level, Exynos5PinBank),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription vmstate_pinctrl = {
    .name = "exynos5-pinctrl",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_STRUCT_ARRAY(bank, Exynos5PinctrlState,
                             EXYNOS5_PINCTRL_MAX_BANKS, 1, vmstate_pin_bank,
                             Exynos5PinBank),
        VMSTATE_END_OF_LIST()
    }
};

static const Property pinctrl_properties[] = {
    DEFINE_PROP_UINT32("controller", Exynos5PinctrlState, controller, 0),
};

static void pinctrl_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    dc->realize = pinctrl_realize;
    dc->vmsd = &vmstate_pinctrl;
    device_class_set_props(dc, pinctrl_properties);
    rc->phases.hold = pinctrl_reset_hold;
    rc->phases.exit = pinctrl_reset_exit;
}

static const TypeInfo pinctrl_type = {
    .name = TYPE_EXYNOS5_PINCTRL,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5PinctrlState),
    .instance_init = pinctrl_init,
    .class_init = pinctrl_class_init,
};

static void pinctrl_register_types(void)
{
    type_register_static(&pinctrl_type);
}
type_init(pinctrl_register_types)
