/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The Cortex-A15's registers of its level 2 memory system: what firmware sets sticks, Non-secure
 * software reads it and does not change it.  DDI 0438 4.3 (L2CTLR, L2ACTLR); the latencies are those
 * that U-Boot gives an Exynos5250 (arch/arm/cpu/armv7/exynos, configure_l2_ctlr).
 */
#include <stddef.h>
#include "board.h"
#include "monitor.h"
#include "parts.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(l2ctlr, 1, c9, c0, 2)
CP15_32(l2actlr, 1, c15, c0, 0)

#define LATENCIES 0x3e7u        /* setup and latency of tag and data RAM: bits 9, 8:6, 5, 2:0 */
#define EXYNOS_LATENCIES 0x2a2u
#define NUMBER_OF_CPUS(l2ctlr) ((l2ctlr) >> 24 & 3u)

static uint32_t write_l2ctlr(uint32_t value)
{
    cp15_write_l2ctlr(value);
    return cp15_read_l2ctlr();
}

static uint32_t write_l2actlr(uint32_t value)
{
    cp15_write_l2actlr(value);
    return cp15_read_l2actlr();
}

static void claim_written(const char *reg, uint32_t (*write)(uint32_t), uint32_t (*read)(void),
                          uint32_t value, uint32_t mask)
{
    struct text secure = text_path("identity/l2", reg, "secure-write", NULL);
    struct text nonsecure = text_path("identity/l2", reg, "non-secure-write", NULL);

    if (!board.security) {
        tap_skip(secure.s, "the CPU has no Security Extensions");
        tap_skip(nonsecure.s, "the CPU has no Security Extensions");
        return;
    }
    claim_value(secure.s, monitor_call(write, value), value, mask);
    write(~value);
    claim_value(nonsecure.s, read(), value, mask);
}

void claim_l2(unsigned cpus)
{
    tap_group("identity/l2", "DDI 0438 4.3", "L2CTLR and L2ACTLR");
    claim_value("identity/l2/L2CTLR/cpus", NUMBER_OF_CPUS(cp15_read_l2ctlr()), cpus - 1, ~0u);
    claim_written("L2CTLR", write_l2ctlr, cp15_read_l2ctlr, EXYNOS_LATENCIES, LATENCIES);
    claim_value("identity/l2/L2CTLR/cpus-stay", NUMBER_OF_CPUS(cp15_read_l2ctlr()), cpus - 1, ~0u);
    claim_written("L2ACTLR", write_l2actlr, cp15_read_l2actlr, 0x118u, ~0u);
}
