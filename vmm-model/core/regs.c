/* SPDX-License-Identifier: BSD-2-Clause */
/* Banked registers by mode. */
#include "core/regs.h"

enum reg_bank regs_bank(uint32_t psr)
{
    static const uint8_t banks[32] = {
        [ARMV7_MODE_FIQ] = BANK_FIQ, [ARMV7_MODE_IRQ] = BANK_IRQ, [ARMV7_MODE_SVC] = BANK_SVC,
        [ARMV7_MODE_ABT] = BANK_ABT, [ARMV7_MODE_UND] = BANK_UND,
    };

    return (enum reg_bank)banks[armv7_psr_mode(psr)];
}

bool regs_is_banked(uint32_t psr, unsigned n)
{
    enum reg_bank bank = regs_bank(psr);

    return n == 13 || (n == 14 && bank != BANK_USR) ||
           (n >= 8 && n < 13 && bank == BANK_FIQ);
}

uint32_t *regs_at(struct guest_regs *regs, uint32_t psr, unsigned n)
{
    enum reg_bank bank = regs_bank(psr);

    if (n == 14) {
        return &regs->lr[bank];
    } else if (n == 13) {
        return &regs->sp[bank];
    } else if (n >= 8 && bank == BANK_FIQ) {
        return &regs->r_fiq[n - 8];
    }
    return &regs->r[n];
}
