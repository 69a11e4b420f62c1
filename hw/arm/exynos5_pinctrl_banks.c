/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The banks of the four Exynos5250 pin controllers and where their registers
 * are.  Names, offsets, pins and interrupt groups follow Linux's
 * exynos5250_pin_banks0..3.
 */
#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "hw/arm/exynos5/exynos5_pinctrl.h"
#include "hw/arm/exynos5/exynos5_pinctrl_regs.h"

enum { BANK_WINDOW_BYTES = 0x20 };

#define NONE(name, offset, pins) \
    { name, offset, pins, EXYNOS5_PIN_EINT_NONE, 0 }
#define GPIO(name, offset, pins, group) \
    { name, offset, pins, EXYNOS5_PIN_EINT_GPIO, group }
#define WAKE(name, offset, pins, group) \
    { name, offset, pins, EXYNOS5_PIN_EINT_WAKEUP, group }

static const Exynos5PinBankInfo controller0[] = {
    GPIO("gpa0", 0x000, 8, 0),
    GPIO("gpa1", 0x020, 6, 1),
    GPIO("gpa2", 0x040, 8, 2),
    GPIO("gpb0", 0x060, 5, 3),
    GPIO("gpb1", 0x080, 5, 4),
    GPIO("gpb2", 0x0a0, 4, 5),
    GPIO("gpb3", 0x0c0, 4, 6),
    GPIO("gpc0", 0x0e0, 7, 7),
    GPIO("gpc1", 0x100, 4, 8),
    GPIO("gpc2", 0x120, 7, 9),
    GPIO("gpc3", 0x140, 7, 10),
    GPIO("gpd0", 0x160, 4, 11),
    GPIO("gpd1", 0x180, 8, 12),
    GPIO("gpc4", 0x2e0, 7, 13),
    NONE("gpy0", 0x1a0, 6),
    NONE("gpy1", 0x1c0, 4),
    NONE("gpy2", 0x1e0, 6),
    NONE("gpy3", 0x200, 8),
    NONE("gpy4", 0x220, 8),
    NONE("gpy5", 0x240, 8),
    NONE("gpy6", 0x260, 8),
    WAKE("gpx0", 0xc00, 8, 0),
    WAKE("gpx1", 0xc20, 8, 1),
    WAKE("gpx2", 0xc40, 8, 2),
    WAKE("gpx3", 0xc60, 8, 3),
};
QEMU_BUILD_BUG_ON(ARRAY_SIZE(controller0) != EXYNOS5_PINCTRL_MAX_BANKS);

static const Exynos5PinBankInfo controller1[] = {
    GPIO("gpe0", 0x000, 8, 0),
    GPIO("gpe1", 0x020, 2, 1),
    GPIO("gpf0", 0x040, 4, 2),
    GPIO("gpf1", 0x060, 4, 3),
    GPIO("gpg0", 0x080, 8, 4),
    GPIO("gpg1", 0x0a0, 8, 5),
    GPIO("gpg2", 0x0c0, 2, 6),
    GPIO("gph0", 0x0e0, 4, 7),
    GPIO("gph1", 0x100, 8, 8),
};

static const Exynos5PinBankInfo controller2[] = {
    GPIO("gpv0", 0x000, 8, 0),
    GPIO("gpv1", 0x020, 8, 1),
    GPIO("gpv2", 0x060, 8, 2),
    GPIO("gpv3", 0x080, 8, 3),
    GPIO("gpv4", 0x0c0, 2, 4),
};

static const Exynos5PinBankInfo controller3[] = {
    GPIO("gpz", 0x000, 7, 0),
};

const Exynos5PinBankInfo *exynos5_pinctrl_banks(unsigned controller,
                                                unsigned *count)
{
    static const struct {
        const Exynos5PinBankInfo *banks;
        unsigned count;
    } tables[EXYNOS5_PINCTRL_CONTROLLERS] = {
        { controller0, ARRAY_SIZE(controller0) },
        { controller1, ARRAY_SIZE(controller1) },
        { controller2, ARRAY_SIZE(controller2) },
        { controller3, ARRAY_SIZE(controller3) },
    };

    assert(controller < EXYNOS5_PINCTRL_CONTROLLERS);
    *count = tables[controller].count;
    return tables[controller].banks;
}

uint64_t exynos5_pin_bits(const Exynos5PinBank *b, unsigned bits_per_pin)
{
    return MAKE_64BIT_MASK(0, b->info->pins * bits_per_pin);
}

/* The registers of a bank's own window, by offset in the window. */
static bool pinctrl_find_bank_reg(Exynos5PinBank *b, hwaddr offset,
                                  Exynos5PinReg *reg)
{
    reg->bank = b;
    reg->kind = EXYNOS5_PIN_REG_STORED;
    reg->writable = exynos5_pin_bits(b, 2);
    switch (offset) {
    case A_PIN_CON:
        reg->value = &b->con;
        reg->writable = exynos5_pin_bits(b, 4);
        return true;
    case A_PIN_DAT:
        reg->value = &b->dat;
        reg->writable = exynos5_pin_bits(b, 1);
        reg->kind = EXYNOS5_PIN_REG_LEVELS;
        return true;
    case A_PIN_PUD:
        reg->value = &b->pud;
        return true;
    case A_PIN_DRV:
        reg->value = &b->drv;
        return true;
    case A_PIN_CONPDN:
        reg->value = &b->conpdn;
        return true;
    case A_PIN_PUDPDN:
        reg->value = &b->pudpdn;
        return true;
    default:
        return false;
    }
}

static Exynos5PinBank *pinctrl_find_group(Exynos5PinctrlState *s,
                                          Exynos5PinEint eint, unsigned group)
{
    for (unsigned i = 0; i < s->bank_count; i++) {
        const Exynos5PinBankInfo *info = s->bank[i].info;

        if (info->eint == eint && info->group == group) {
            return &s->bank[i];
        }
    }
    return NULL;
}

/* The interrupt registers: arrays by group, one set for each kind of EINT. */
static bool pinctrl_find_eint_reg(Exynos5PinctrlState *s, hwaddr offset,
                                  Exynos5PinReg *reg)
{
    static const struct {
        hwaddr base;
        Exynos5PinEint eint;
        unsigned bits_per_pin;
        size_t value;           /* in Exynos5PinBank */
        Exynos5PinRegKind kind;
        unsigned stride_bytes;
    } arrays[] = {
        /* Searched from the highest base down. */
        { A_PIN_WAKEUP_PEND, EXYNOS5_PIN_EINT_WAKEUP, 1,
          offsetof(Exynos5PinBank, eint_pend), EXYNOS5_PIN_REG_PENDING, 4 },
        { A_PIN_WAKEUP_MASK, EXYNOS5_PIN_EINT_WAKEUP, 1,
          offsetof(Exynos5PinBank, eint_mask), EXYNOS5_PIN_REG_STORED, 4 },
        { A_PIN_WAKEUP_FLTCON, EXYNOS5_PIN_EINT_WAKEUP, 8,
          offsetof(Exynos5PinBank, eint_fltcon), EXYNOS5_PIN_REG_STORED, 8 },
        { A_PIN_WAKEUP_CON, EXYNOS5_PIN_EINT_WAKEUP, 4,
          offsetof(Exynos5PinBank, eint_con), EXYNOS5_PIN_REG_STORED, 4 },
        { A_PIN_EINT_PEND, EXYNOS5_PIN_EINT_GPIO, 1,
          offsetof(Exynos5PinBank, eint_pend), EXYNOS5_PIN_REG_PENDING, 4 },
        { A_PIN_EINT_MASK, EXYNOS5_PIN_EINT_GPIO, 1,
          offsetof(Exynos5PinBank, eint_mask), EXYNOS5_PIN_REG_STORED, 4 },
        { A_PIN_EINT_FLTCON, EXYNOS5_PIN_EINT_GPIO, 8,
          offsetof(Exynos5PinBank, eint_fltcon), EXYNOS5_PIN_REG_STORED, 8 },
        { A_PIN_EINT_CON, EXYNOS5_PIN_EINT_GPIO, 4,
          offsetof(Exynos5PinBank, eint_con), EXYNOS5_PIN_REG_STORED, 4 },
    };

    for (unsigned i = 0; i < ARRAY_SIZE(arrays); i++) {
        if (offset >= arrays[i].base) {
            hwaddr at = offset - arrays[i].base;
            unsigned word = (at % arrays[i].stride_bytes) / 4;

            reg->bank = pinctrl_find_group(s, arrays[i].eint,
                                           at / arrays[i].stride_bytes);
            if (!reg->bank) {
                return false;
            }
            reg->value = (void *)((char *)reg->bank + arrays[i].value + 4 * word);
            reg->writable = exynos5_pin_bits(reg->bank, arrays[i].bits_per_pin) >>
                            (32 * word);
            reg->kind = arrays[i].kind;
            return true;
        }
    }
    return false;
}

bool exynos5_pinctrl_find_reg(Exynos5PinctrlState *s, hwaddr offset,
                              Exynos5PinReg *reg)
{
    for (unsigned i = 0; i < s->bank_count; i++) {
        hwaddr base = s->bank[i].info->offset;

        if (offset >= base && offset < base + BANK_WINDOW_BYTES) {
            return pinctrl_find_bank_reg(&s->bank[i], offset - base, reg);
        }
    }
    return pinctrl_find_eint_reg(s, offset, reg);
}
