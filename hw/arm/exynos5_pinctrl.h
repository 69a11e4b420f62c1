/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 pin controllers (GPIO, pin functions, external interrupts).
 *
 * QEMU interface, for the controller that the property "controller" (0..3)
 * names:
 *  + sysbus MMIO region 0: the registers (exynos5_pinctrl_regs.h)
 *  + sysbus IRQ 0: GPIO external interrupts, all groups
 *  + controller 0, sysbus IRQ 1..16: EINT0..15, the pins of gpx0 and gpx1
 *  + controller 0, sysbus IRQ 17: EINT16..31, gpx2 and gpx3 together
 *  + named GPIO input "<bank>"[pin], e.g. "gpx3"[2]: the level that the board
 *    drives on the pin.  Until it is first set, nobody drives the pin and its
 *    pull resistor decides; without one it is low.
 *  + named GPIO output "<bank>-out"[pin]: the level of the pin.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_PINCTRL_H
#define HW_ARM_EXYNOS5_EXYNOS5_PINCTRL_H

#include "hw/sysbus.h"

#define TYPE_EXYNOS5_PINCTRL "exynos5-pinctrl"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5PinctrlState, EXYNOS5_PINCTRL)

enum {
    EXYNOS5_PINCTRL_CONTROLLERS = 4,
    EXYNOS5_PINCTRL_MAX_BANKS = 25,
    EXYNOS5_PINCTRL_BANK_PINS = 8,
    EXYNOS5_PINCTRL_EINTS = 16,         /* with a line of their own */
    EXYNOS5_PINCTRL_IRQS = 1 + EXYNOS5_PINCTRL_EINTS + 1,
};

/* Which set of interrupt registers a bank is in. */
typedef enum {
    EXYNOS5_PIN_EINT_NONE,
    EXYNOS5_PIN_EINT_GPIO,
    EXYNOS5_PIN_EINT_WAKEUP,
} Exynos5PinEint;

/* A row of the bank tables. */
typedef struct Exynos5PinBankInfo {
    const char *name;
    uint16_t offset;            /* of CON, bytes */
    uint8_t pins;
    Exynos5PinEint eint;
    uint8_t group;              /* k of the interrupt registers, 0-based */
} Exynos5PinBankInfo;

/*
 * exynos5_pinctrl_banks:
 * @controller: 0..3
 * @count: returns the number of banks
 *
 * The banks of a controller; the interrupting banks come first, in the order
 * of their groups.
 */
const Exynos5PinBankInfo *exynos5_pinctrl_banks(unsigned controller,
                                                unsigned *count);

typedef struct Exynos5PinBank {
    const Exynos5PinBankInfo *info;
    Exynos5PinctrlState *parent;
    qemu_irq out[EXYNOS5_PINCTRL_BANK_PINS];

    uint32_t con;
    uint32_t dat;
    uint32_t pud;
    uint32_t drv;
    uint32_t conpdn;
    uint32_t pudpdn;
    uint32_t eint_con;
    uint32_t eint_fltcon[2];
    uint32_t eint_mask;
    uint32_t eint_pend;

    uint8_t driven;             /* pins that the board drives ... */
    uint8_t drive_level;        /* ... and to which level */
    uint8_t level;              /* of the pins, as last evaluated */
} Exynos5PinBank;

/* What a read returns and a write does. */
typedef enum {
    EXYNOS5_PIN_REG_STORED,
    EXYNOS5_PIN_REG_LEVELS,     /* DAT: reads give the levels of the pins */
    EXYNOS5_PIN_REG_PENDING,    /* write 1 to clear */
} Exynos5PinRegKind;

typedef struct Exynos5PinReg {
    Exynos5PinBank *bank;
    uint32_t *value;
    uint32_t writable;
    Exynos5PinRegKind kind;
} Exynos5PinReg;

struct Exynos5PinctrlState {
    SysBusDevice parent_obj;

    uint32_t controller;        /* property */
    unsigned bank_count;
    MemoryRegion iomem;
    qemu_irq irq[EXYNOS5_PINCTRL_IRQS];
    Exynos5PinBank bank[EXYNOS5_PINCTRL_MAX_BANKS];
};

/* exynos5_pin_bits: the bits of a register that has so many for each pin. */
uint64_t exynos5_pin_bits(const Exynos5PinBank *b, unsigned bits_per_pin);

/*
 * exynos5_pinctrl_find_reg:
 * @offset: of a word in the controller's window, bytes
 * @reg: set when there is a register of a bank at @offset
 *
 * Returns whether there is one.
 */
bool exynos5_pinctrl_find_reg(Exynos5PinctrlState *s, hwaddr offset,
                              Exynos5PinReg *reg);

#endif
