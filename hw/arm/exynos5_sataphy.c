/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5_sataphy.h"
#include "migration/vmstate.h"

static int exynos5_sataphy_event(I2CSlave *i2c, enum i2c_event event)
{
    if (event == I2C_START_SEND) {
        EXYNOS5_SATAPHY_I2C(i2c)->pointer_next = true;
    }
    return 0;
}

static int exynos5_sataphy_send(I2CSlave *i2c, uint8_t data)
{
    Exynos5SataphyI2c *s = EXYNOS5_SATAPHY_I2C(i2c);

    if (s->pointer_next) {
        s->pointer = data;
        s->pointer_next = false;
    } else {
        s->regs[s->pointer++] = data;
    }
    return 0;
}

static uint8_t exynos5_sataphy_recv(I2CSlave *i2c)
{
    Exynos5SataphyI2c *s = EXYNOS5_SATAPHY_I2C(i2c);

    return s->regs[s->pointer++];
}

static void exynos5_sataphy_reset(Object *obj, ResetType type)
{
    Exynos5SataphyI2c *s = EXYNOS5_SATAPHY_I2C(obj);

    memset(s->regs, 0, sizeof(s->regs));
    s->pointer = 0;
    s->pointer_next = false;
}

static const VMStateDescription vmstate_exynos5_sataphy = {
    .name = TYPE_EXYNOS5_SATAPHY_I2C,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_I2C_SLAVE(parent_obj, Exynos5SataphyI2c),
        VMSTATE_UINT8_ARRAY(regs, Exynos5SataphyI2c, 256),
        VMSTATE_UINT8(pointer, Exynos5SataphyI2c),
        VMSTATE_BOOL(pointer_next, Exynos5SataphyI2c),
        VMSTATE_END_OF_LIST()
    },
};

static void exynos5_sataphy_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    I2CSlaveClass *isc = I2C_SLAVE_CLASS(oc);

    dc->desc = "Exynos5250 SATA PHY, I2C side";
    dc->vmsd = &vmstate_exynos5_sataphy;
    RESETTABLE_CLASS(oc)->phases.hold = exynos5_sataphy_reset;
    isc->event = exynos5_sataphy_event;
    isc->send = exynos5_sataphy_send;
    isc->recv = exynos5_sataphy_recv;
}

static const TypeInfo exynos5_sataphy_type = {
    .name = TYPE_EXYNOS5_SATAPHY_I2C,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(Exynos5SataphyI2c),
    .class_init = exynos5_sataphy_class_init,
};

static void exynos5_sataphy_register_types(void)
{
    type_register_static(&exynos5_sataphy_type);
}
type_init(exynos5_sataphy_register_types)
