/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Question: which bits of the registers that Hyp controls are there, and what do they reset to?
 * DDI 0406C B4.1; reset values of the Cortex-A15: DDI 0438 chapter 4.
 *
 *   reset      values that no firmware of these boards writes
 *   writable   what reads back after ones, and after zeros, were written
 *   l2         registers of the level 2 memory system
 *   gic        what the GIC says of itself
 *   caches     the cache that the SoC has
 */
#include "board.h"
#include "guest.h"
#include "hyp.h"
#include "parts.h"
#include "smp.h"
#include "sysregs.h"
#include "tap.h"

CP15_32(hsctlr, 4, c1, c0, 0)
CP15_32(csselr, 2, c0, c0, 0)
CP15_32(ccsidr, 1, c0, c0, 0)

/* FI may be RO or not: it is not asked. */
#define HSCTLR_FI (1u << 21)
#define HSCTLR_M 1u
#define ACTLR_SMP (1u << 6)     /* NSACR.NS_SMP is set where there is a firmware */
#define CSSELR_L2 2u

void claim_value(const char *name, uint32_t value, uint32_t want, uint32_t mask)
{
    struct text detail = { 0 };

    text_add_field(&detail, "got", value);
    text_add_field(&detail, "want", want);
    tap_claim(((value ^ want) & mask) == 0, name, detail.s);
}

/* What reads back of each register; Hyp goes on with the old value. */
#define WRITTEN(name) \
    static uint32_t written_##name(uint32_t value) \
    { \
        uint32_t old = cp15_read_##name(), seen; \
        cp15_write_##name(value); \
        seen = cp15_read_##name(); \
        cp15_write_##name(old); \
        return seen; \
    }

WRITTEN(hsctlr)
WRITTEN(hcptr)
WRITTEN(cnthctl)
WRITTEN(cntkctl)
WRITTEN(actlr)

static const struct fixed {
    const char *name;
    uint32_t (*written)(uint32_t value);
    uint32_t ones, zeros;       /* what reads back of ones, and of zeros */
    uint32_t not_written, mask;
} fixed[] = {
    { "HSCTLR", written_hsctlr, 0x72cd187e, 0x30c50858, HSCTLR_M, ~HSCTLR_FI },
    { "HCPTR", written_hcptr, 0x8000bfff, 0x000033ff, 0, ~0u },
    { "CNTHCTL", written_cnthctl, 0x000000ff, 0x00000000, 0, ~0u },
    { "CNTKCTL", written_cntkctl, 0x000003ff, 0x00000000, 0, ~0u },
    { "ACTLR.SMP", written_actlr, ACTLR_SMP, 0x00000000, 0, ACTLR_SMP },
};

static void claim_fixed(const struct fixed *f)
{
    struct text name = { 0 };

    text_add(&name, "identity/writable/");
    text_add(&name, f->name);
    text_add(&name, "/ones");
    claim_value(name.s, f->written(~f->not_written), f->ones, f->mask);
    name.length -= 4;
    text_add(&name, "zeros");
    claim_value(name.s, f->written(0), f->zeros, f->mask);
}

void payload_main(unsigned cpu)
{
    unsigned cpus;

    if (cpu) {
        smp_serve();
    }
    tap_group("identity/reset", "B4.1", "reset values of the Hyp controls");
    claim_value("identity/reset/HSCTLR", cp15_read_hsctlr(), 0x30c50878, ~HSCTLR_FI);
    claim_value("identity/reset/HCPTR", cp15_read_hcptr(), 0x000033ff, ~0u);
    claim_value("identity/reset/CNTHCTL", cp15_read_cnthctl(), 3, 3);
    ve_init();
    tap_group("identity/writable", "B4.1", "bits that exist, and fixed bits");
    for (unsigned i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        claim_fixed(&fixed[i]);
    }
    cpus = smp_start() ? 2 : 1;
    claim_l2(cpus);
    claim_gic(cpus);
    tap_group("identity/caches", "B4.1", "CCSIDR of the level 2 cache");
    if (board.name[0] == 'a') {
        /* Of the Exynos5250: 1 MiB, 16 ways, lines of 64 bytes. */
        cp15_write_csselr(CSSELR_L2);
        claim_value("identity/caches/L2", cp15_read_ccsidr(), 0x707fe07a, ~0u);
    } else {
        tap_skip("identity/caches/L2", "the SoC has any size of it");
    }
    tap_end();
}
