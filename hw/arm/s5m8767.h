/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * S5M8767 power management IC, an I2C slave.
 *
 * QEMU interface:
 *  + named GPIO input "event"[0..23]: a rising edge sets bit n % 8 of
 *    INT1 + n / 8, as the buttons, alarms and faults of the chip do
 *  + named GPIO output "irq": low while an unmasked event is pending
 */
#ifndef HW_ARM_EXYNOS5_S5M8767_H
#define HW_ARM_EXYNOS5_S5M8767_H

#include "hw/arm/exynos5/s5m8767_regs.h"
#include "hw/i2c/i2c.h"

#define TYPE_S5M8767 "s5m8767"
OBJECT_DECLARE_SIMPLE_TYPE(S5M8767State, S5M8767)

#define S5M8767_I2C_ADDRESS 0x66

struct S5M8767State {
    I2CSlave parent_obj;

    qemu_irq irq;
    uint8_t regs[S5M8767_LAST + 1];
    uint8_t pointer;            /* register of the next access */
    bool pointer_next;          /* the next byte sent is the pointer */
    uint32_t event_levels;      /* of the "event" inputs */
};

#endif
