/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of the Exynos5250 thermal management unit.  Source: Linux
 * exynos_tmu.c; the layout of INTCLEAR is that of INTSTAT, against the
 * manual, as that driver notes.
 *
 *   TRIMINFO      00  r   5537  codes at 25 and 85 degrees Celsius
 *   TRIMINFO_CON2 14  rw  0     stored
 *   CONTROL       20  rw  0
 *   STATUS        28  r   1     idle
 *   CURRENT_TEMP  40  r   -     code of the temperature
 *   THD_TEMP_RISE 50  rw  0     four thresholds, one code a byte
 *   THD_TEMP_FALL 54  rw  0     likewise
 *   INTEN         70  rw  0     one bit in each nibble: RISE0..3, FALL0..3
 *   INTSTAT       74  r   0     same bits
 *   INTCLEAR      78  w   -     same bits, 1 clears
 *   EMUL_CON      80  rw  0     replaces the temperature's code
 */
#ifndef HW_ARM_EXYNOS5_EXYNOS5_TMU_REGS_H
#define HW_ARM_EXYNOS5_EXYNOS5_TMU_REGS_H

#include "hw/registerfields.h"

REG32(TMU_TRIMINFO, 0x00)
    FIELD(TMU_TRIMINFO, CODE_25C, 0, 8)
    FIELD(TMU_TRIMINFO, CODE_85C, 8, 8)
REG32(TMU_TRIMINFO_CON2, 0x14)
REG32(TMU_CONTROL, 0x20)
    FIELD(TMU_CONTROL, CORE_ENABLE, 0, 1)
REG32(TMU_STATUS, 0x28)
    FIELD(TMU_STATUS, IDLE, 0, 1)
REG32(TMU_CURRENT_TEMP, 0x40)
REG32(TMU_THD_TEMP_RISE, 0x50)
REG32(TMU_THD_TEMP_FALL, 0x54)
REG32(TMU_INTEN, 0x70)
REG32(TMU_INTSTAT, 0x74)
REG32(TMU_INTCLEAR, 0x78)
REG32(TMU_EMUL_CON, 0x80)
    FIELD(TMU_EMUL_CON, ENABLE, 0, 1)
    FIELD(TMU_EMUL_CON, CODE, 8, 8)

#endif
