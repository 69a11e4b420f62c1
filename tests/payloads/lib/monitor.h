/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Calls into Secure state, on boards with board.security.
 */
#ifndef PAYLOADS_LIB_MONITOR_H
#define PAYLOADS_LIB_MONITOR_H

#include <stdint.h>

/**
 * monitor_call: calls @work(@argument) in Monitor mode with SCR.NS = 0, from Hyp or PL1, and returns
 * what it returns.  SCR is then as @work left it, but for NS.  @work may use 512 bytes of stack and may change to
 * Secure PL1 modes, whose registers are not saved.  NULL on boards without board.security.
 *
 * Exceptions in Secure state, but for SMC, end at secure_exception(); those that Monitor mode takes
 * (SCR.EA, IRQ, FIQ) at monitor_exception().
 */
__attribute__((weak)) uint32_t monitor_call(uint32_t (*work)(uint32_t argument), uint32_t argument);

/* SCR, DDI 0406C B4.1. */
#define SCR_NS (1u << 0)
#define SCR_IRQ (1u << 1)
#define SCR_FIQ (1u << 2)
#define SCR_EA (1u << 3)
#define SCR_FW (1u << 4)
#define SCR_AW (1u << 5)
#define SCR_SCD (1u << 7)
#define SCR_HCE (1u << 8)

#endif
