/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of an Exynos5 pin controller.  Source: Linux pinctrl-exynos.[ch]
 * and pinctrl-exynos-arm.c (exynos5250_pin_banks*), FreeBSD exynos5_pad.c.
 *
 * A bank n has a window of 0x20 bytes at its own offset:
 *   CON     +00  4 bits a pin: PIN_FUNC_*
 *   DAT     +04  1 bit a pin: output latch, or the level of the pin
 *   PUD     +08  2 bits a pin: PIN_PULL_*
 *   DRV     +0c  2 bits a pin
 *   CONPDN  +10  2 bits a pin, in power-down
 *   PUDPDN  +14  2 bits a pin, in power-down
 * and, if its pins can interrupt, a place k in the interrupt registers:
 *                GPIO      wake-up
 *   EINT CON     700 + 4k  e00 + 4k   4 bits a pin: PIN_TRIGGER_*
 *   EINT FLTCON  800 + 8k  e80 + 8k   8 bits a pin, stored only
 *   EINT MASK    900 + 4k  f00 + 4k   1 bit a pin, 1 = masked
 *   EINT PEND    a00 + 4k  f40 + 4k   1 bit a pin, write 1 to clear
 * SVC names the GPIO interrupt to serve; group is k + 1, 0 if there is none.
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_PINCTRL_REGS_H
#define HW_ARM_EXYNOS5_EXYNOS5_PINCTRL_REGS_H

#include "hw/registerfields.h"

REG32(PIN_CON, 0x00)
REG32(PIN_DAT, 0x04)
REG32(PIN_PUD, 0x08)
REG32(PIN_DRV, 0x0c)
REG32(PIN_CONPDN, 0x10)
REG32(PIN_PUDPDN, 0x14)

REG32(PIN_EINT_CON, 0x700)
REG32(PIN_EINT_FLTCON, 0x800)
REG32(PIN_EINT_MASK, 0x900)
REG32(PIN_EINT_PEND, 0xa00)
REG32(PIN_EINT_SVC, 0xb08)
    FIELD(PIN_EINT_SVC, PIN, 0, 3)
    FIELD(PIN_EINT_SVC, GROUP, 3, 5)

REG32(PIN_WAKEUP_CON, 0xe00)
REG32(PIN_WAKEUP_FLTCON, 0xe80)
REG32(PIN_WAKEUP_MASK, 0xf00)
REG32(PIN_WAKEUP_PEND, 0xf40)

enum {
    PIN_FUNC_INPUT = 0x0,
    PIN_FUNC_OUTPUT = 0x1,
    PIN_FUNC_EINT = 0xf,
};

enum {
    PIN_PULL_NONE = 0,
    PIN_PULL_DOWN = 1,
    PIN_PULL_UP = 3,
};

enum {
    PIN_TRIGGER_LOW = 0,
    PIN_TRIGGER_HIGH = 1,
    PIN_TRIGGER_FALLING = 2,
    PIN_TRIGGER_RISING = 3,
    PIN_TRIGGER_BOTH = 4,
};

#endif
