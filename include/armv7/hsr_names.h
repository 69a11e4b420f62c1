/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words for exception classes and fault status codes, short enough for a table column.
 * DDI 0406C B3.13.3 (fault status encodings, Long-descriptor format), B3.13.6 (EC values).
 */
#ifndef ARMV7_HSR_NAMES_H
#define ARMV7_HSR_NAMES_H

#include <stddef.h>
#include "armv7/hsr.h"

/* A phrase for an exception class (0 to 63), or NULL if the architecture reserves it. */
static inline const char *hsr_ec_name(unsigned ec)
{
    static const char *const names[64] = {
        [HSR_EC_UNKNOWN]  = "unknown",
        [HSR_EC_WFX]      = "WFI/WFE",
        [HSR_EC_CP15_32]  = "CP15 MCR/MRC",
        [HSR_EC_CP15_64]  = "CP15 MCRR/MRRC",
        [HSR_EC_CP14_32]  = "CP14 MCR/MRC",
        [HSR_EC_CP14_LDC] = "CP14 LDC/STC",
        [HSR_EC_HCPTR]    = "CP0-CP13 access",
        [HSR_EC_CP10_ID]  = "CP10 VMRS",
        [HSR_EC_JAZELLE]  = "Jazelle",
        [HSR_EC_BXJ]      = "BXJ",
        [HSR_EC_CP14_64]  = "CP14 MRRC",
        [HSR_EC_SVC]      = "SVC",
        [HSR_EC_HVC]      = "HVC",
        [HSR_EC_SMC]      = "SMC",
        [HSR_EC_IABT]     = "prefetch abort",
        [HSR_EC_IABT_HYP] = "prefetch abort in Hyp",
        [HSR_EC_DABT]     = "data abort",
        [HSR_EC_DABT_HYP] = "data abort in Hyp",
    };

    return ec < 64 ? names[ec] : NULL;
}

/* A phrase for a fault status code (0 to 63), or NULL if the architecture reserves it. */
static inline const char *hsr_fsc_name(unsigned fsc)
{
    static const char *const names[64] = {
        [HSR_FSC_TRANSLATION + 1] = "translation L1",
        [HSR_FSC_TRANSLATION + 2] = "translation L2",
        [HSR_FSC_TRANSLATION + 3] = "translation L3",
        [HSR_FSC_ACCESS_FLAG + 1] = "access flag L1",
        [HSR_FSC_ACCESS_FLAG + 2] = "access flag L2",
        [HSR_FSC_ACCESS_FLAG + 3] = "access flag L3",
        [HSR_FSC_PERMISSION + 1]  = "permission L1",
        [HSR_FSC_PERMISSION + 2]  = "permission L2",
        [HSR_FSC_PERMISSION + 3]  = "permission L3",
        [HSR_FSC_EXTERNAL]        = "external abort",
        [HSR_FSC_ASYNC_EXT]       = "asynchronous external abort",
        [HSR_FSC_WALK_EXT + 1]    = "external abort on walk L1",
        [HSR_FSC_WALK_EXT + 2]    = "external abort on walk L2",
        [HSR_FSC_WALK_EXT + 3]    = "external abort on walk L3",
        [HSR_FSC_PARITY]          = "parity error",
        [HSR_FSC_ASYNC_PARITY]    = "asynchronous parity error",
        [HSR_FSC_WALK_PARITY + 1] = "parity error on walk L1",
        [HSR_FSC_WALK_PARITY + 2] = "parity error on walk L2",
        [HSR_FSC_WALK_PARITY + 3] = "parity error on walk L3",
        [HSR_FSC_ALIGNMENT]       = "alignment",
        [HSR_FSC_DEBUG]           = "debug",
        [HSR_FSC_TLB_CONFLICT]    = "TLB conflict",
        [HSR_FSC_LOCKDOWN]        = "lockdown",
        [HSR_FSC_COPROC]          = "coprocessor abort",
        [HSR_FSC_DOMAIN + 1]      = "domain L1",
        [HSR_FSC_DOMAIN + 2]      = "domain L2",
    };

    return fsc < 64 ? names[fsc] : NULL;
}

#endif
