/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * S5M8767 PMIC: a register file behind I2C with interrupt registers.
 *
 * A write transfer is a register number and the values for it and the
 * following registers; a read transfer goes on from the register number of
 * the last write.  The regulators are stubs: what is written is read back,
 * and no supply of the machine follows.  The RTC, which has an address of
 * its own, is absent.
 */
#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/arm/exynos5/s5m8767.h"
#include "hw/irq.h"
#include "hw/qdev-core.h"
#include "migration/vmstate.h"

static bool s5m8767_is_int(uint8_t reg)
{
    return reg >= S5M8767_INT1 && reg < S5M8767_INT1 + S5M8767_INT_REGS;
}

static bool s5m8767_is_writable(uint8_t reg)
{
    return (reg >= S5M8767_INT1M && reg < S5M8767_STATUS1) ||
           (reg >= S5M8767_CTRL1 && reg <= S5M8767_LAST);
}

static void s5m8767_update_irq(S5M8767State *s)
{
    uint8_t requests = 0;

    for (unsigned i = 0; i < S5M8767_INT_REGS; i++) {
        requests |= s->regs[S5M8767_INT1 + i] & ~s->regs[S5M8767_INT1M + i];
    }
    qemu_set_irq(s->irq, requests == 0);
}

static void s5m8767_set_event(void *opaque, int n, int level)
{
    S5M8767State *s = opaque;
    bool rises = level && !extract32(s->event_levels, n, 1);

    s->event_levels = deposit32(s->event_levels, n, 1, level != 0);
    if (rises) {
        s->regs[S5M8767_INT1 + n / 8] |= BIT(n % 8);
        s5m8767_update_irq(s);
    }
}

static int s5m8767_event(I2CSlave *i2c, enum i2c_event event)
{
    S5M8767State *s = S5M8767(i2c);

    if (event == I2C_START_SEND) {
        s->pointer_next = true;
    }
    return 0;
}

static int s5m8767_send(I2CSlave *i2c, uint8_t data)
{
    S5M8767State *s = S5M8767(i2c);

    if (s->pointer_next) {
        s->pointer_next = false;
        s->pointer = data;
        return 0;
    }
    if (s5m8767_is_writable(s->pointer)) {
        s->regs[s->pointer] = data;
        s5m8767_update_irq(s);
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "s5m8767: write of 0x%02x to register "
                      "0x%02x, which cannot be written\n", data, s->pointer);
    }
    s->pointer++;
    return 0;
}

static uint8_t s5m8767_recv(I2CSlave *i2c)
{
    S5M8767State *s = S5M8767(i2c);
    uint8_t reg = s->pointer++;
    uint8_t value;

    if (reg > S5M8767_LAST) {
        qemu_log_mask(LOG_GUEST_ERROR, "s5m8767: read of register 0x%02x, "
                      "which does not exist\n", reg);
        return 0;
    }
    value = s->regs[reg];
    if (s5m8767_is_int(reg)) {
        s->regs[reg] = 0;
        s5m8767_update_irq(s);
    }
    return value;
}

static void s5m8767_reset_hold(Object *obj, ResetType type)
{
    S5M8767State *s = S5M8767(obj);

    memset(s->regs, 0, sizeof(s->regs));
    memset(&s->regs[S5M8767_INT1M], 0xff, S5M8767_INT_REGS);
    s->pointer = 0;
    s->pointer_next = false;
}

static void s5m8767_reset_exit(Object *obj, ResetType type)
{
    s5m8767_update_irq(S5M8767(obj));
}

static void s5m8767_init(Object *obj)
{
    S5M8767State *s = S5M8767(obj);

    qdev_init_gpio_in_named(DEVICE(obj), s5m8767_set_event, "event",
                            S5M8767_EVENTS);
    qdev_init_gpio_out_named(DEVICE(obj), &s->irq, "irq", 1);
}

static const VMStateDescription vmstate_s5m8767 = {
    .name = TYPE_S5M8767,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_I2C_SLAVE(parent_obj, S5M8767State),
        VMSTATE_UINT8_ARRAY(regs, S5M8767State, S5M8767_LAST + 1),
        VMSTATE_UINT8(pointer, S5M8767State),
        VMSTATE_BOOL(pointer_next, S5M8767State),
        VMSTATE_UINT32(event_levels, S5M8767State),
        VMSTATE_END_OF_LIST()
    }
};

static void s5m8767_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *sc = I2C_SLAVE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    dc->desc = "S5M8767 PMIC";
    dc->vmsd = &vmstate_s5m8767;
    sc->event = s5m8767_event;
    sc->send = s5m8767_send;
    sc->recv = s5m8767_recv;
    rc->phases.hold = s5m8767_reset_hold;
    rc->phases.exit = s5m8767_reset_exit;
}

static const TypeInfo s5m8767_type = {
    .name = TYPE_S5M8767,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(S5M8767State),
    .instance_init = s5m8767_init,
    .class_init = s5m8767_class_init,
};

static void s5m8767_register_types(void)
{
    type_register_static(&s5m8767_type);
}
type_init(s5m8767_register_types)
