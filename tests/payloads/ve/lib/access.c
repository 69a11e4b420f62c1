/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Encodings: DDI 0406C A8.8.98, A8.8.99, A8.8.107, A8.8.108.  Syndromes: B3.13.6.
 */
#include "access.h"
#include "armv7/hsr.h"

uint32_t ve_access_insn(const struct ve_register *reg, unsigned rt, unsigned rt2, bool read)
{
    if (reg->wide) {
        return 0xec400000u | (uint32_t)read << 20 | rt2 << 16 | rt << 12 |
               (uint32_t)reg->coproc << 8 | (uint32_t)reg->opc1 << 4 | reg->crm;
    }
    return 0xee000010u | (uint32_t)reg->opc1 << 21 | (uint32_t)read << 20 |
           (uint32_t)reg->crn << 16 | rt << 12 | (uint32_t)reg->coproc << 8 |
           (uint32_t)reg->opc2 << 5 | reg->crm;
}

static uint32_t class_of(const struct ve_register *reg)
{
    if (reg->coproc == 15) {
        return reg->wide ? HSR_EC_CP15_64 : HSR_EC_CP15_32;
    }
    return reg->wide ? HSR_EC_CP14_64 : HSR_EC_CP14_32;
}

static uint32_t iss_of(const struct ve_register *reg, unsigned rt, unsigned rt2, bool read)
{
    if (reg->wide) {
        return (uint32_t)reg->opc1 << 16 | rt2 << 10 | rt << 5 | (uint32_t)reg->crm << 1 | read;
    }
    return (uint32_t)reg->opc2 << 17 | (uint32_t)reg->opc1 << 14 | (uint32_t)reg->crn << 10 |
           rt << 5 | (uint32_t)reg->crm << 1 | read;
}

struct ve_expect ve_access_trap(const struct ve_register *reg, unsigned rt, unsigned rt2,
                                bool read)
{
    return (struct ve_expect) {
        .allowed = MAY_TRAP,
        .ec = class_of(reg),
        .iss = iss_of(reg, rt, rt2, read),
        .has_cond = true,
    };
}
