/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Program status registers and processor modes.  DDI 0406C B1.3.1 (modes), B1.3.3 (PSRs).
 */
#ifndef ARMV7_PSR_H
#define ARMV7_PSR_H

#include <stddef.h>
#include <stdint.h>
#include "armv7/field.h"

/*      name               value       meaning */
#define ARMV7_PSR_M_SHIFT  0 /* mode: enum armv7_mode */
#define ARMV7_PSR_M_LENGTH 5
#define ARMV7_PSR_T        (1u << 5)  /* Thumb (ThumbEE with J) */
#define ARMV7_PSR_F        (1u << 6)  /* FIQ masked */
#define ARMV7_PSR_I        (1u << 7)  /* IRQ masked */
#define ARMV7_PSR_A        (1u << 8)  /* asynchronous aborts masked */
#define ARMV7_PSR_E        (1u << 9)  /* big-endian data */
#define ARMV7_PSR_J        (1u << 24) /* Jazelle (ThumbEE with T) */
#define ARMV7_PSR_Q        (1u << 27)
#define ARMV7_PSR_V        (1u << 28)
#define ARMV7_PSR_C        (1u << 29)
#define ARMV7_PSR_Z        (1u << 30)
#define ARMV7_PSR_N        (1u << 31)

enum armv7_mode {
    ARMV7_MODE_USR = 0x10,
    ARMV7_MODE_FIQ = 0x11,
    ARMV7_MODE_IRQ = 0x12,
    ARMV7_MODE_SVC = 0x13,
    ARMV7_MODE_MON = 0x16,
    ARMV7_MODE_ABT = 0x17,
    ARMV7_MODE_HYP = 0x1a,
    ARMV7_MODE_UND = 0x1b,
    ARMV7_MODE_SYS = 0x1f,
};

/* The mode field of a PSR; the value may be none of enum armv7_mode. */
static inline unsigned armv7_psr_mode(uint32_t psr)
{
    return field32_get(psr, ARMV7_PSR_M_SHIFT, ARMV7_PSR_M_LENGTH);
}

/* Three letters for the mode of a PSR as the manual writes them, or "???". */
static inline const char *armv7_psr_mode_name(uint32_t psr)
{
    static const char *const names[32] = {
        [ARMV7_MODE_USR] = "usr", [ARMV7_MODE_FIQ] = "fiq", [ARMV7_MODE_IRQ] = "irq",
        [ARMV7_MODE_SVC] = "svc", [ARMV7_MODE_MON] = "mon", [ARMV7_MODE_ABT] = "abt",
        [ARMV7_MODE_HYP] = "hyp", [ARMV7_MODE_UND] = "und", [ARMV7_MODE_SYS] = "sys",
    };
    const char *name = names[armv7_psr_mode(psr)];

    return name ? name : "???";
}

#endif
