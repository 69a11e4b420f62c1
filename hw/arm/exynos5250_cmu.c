/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clock management unit of the Exynos5250: what software that sets and
 * polls clocks sees.  Sources: Linux clk-exynos5250.c and clk-pll.c, U-Boot
 * clock_init_exynos5.c, and a trace of the SPL's accesses.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_cmu.h"
#include "hw/arm/exynos5/exynos5250_cmu_regs.h"
#include "hw/qdev-properties.h"

enum CmuRole {
    CMU_ROLE_PLAIN = 0,
    CMU_ROLE_PLL_CON0,
    CMU_ROLE_MUX_STAT,
};

enum { CMU_CLASS_WORDS = CMU_CLASS_SIZE / 4 };

/* Rows that every sub-block has; registers that no clock uses are storage. */
#define CMU_MUXES(block)                                                    \
    { #block ".SRC", CMU_##block + CMU_SRC, CMU_CLASS_WORDS,                \
      .writable = ~0u },                                                    \
    { #block ".SRC_MASK", CMU_##block + CMU_SRC_MASK, CMU_CLASS_WORDS,      \
      .reset = ~0u, .writable = ~0u },                                      \
    { #block ".MUX_STAT", CMU_##block + CMU_MUX_STAT, CMU_CLASS_WORDS,      \
      .role = CMU_ROLE_MUX_STAT }

#define CMU_DIVIDERS(block, div, div_stat)                                  \
    { #block ".DIV", CMU_##block + (div), CMU_CLASS_WORDS,                  \
      .writable = ~0u },                                                    \
    { #block ".DIV_STAT", CMU_##block + (div_stat), CMU_CLASS_WORDS }

#define CMU_GATES(block, first, words)                                      \
    { #block ".GATE", CMU_##block + (first), (words),                       \
      .reset = ~0u, .writable = ~0u }

#define CMU_CLKOUTS(block)                                                  \
    { #block ".CLKOUT", CMU_##block + CMU_CLKOUT, .writable = ~0u }

#define CMU_COMMON(block)                                                   \
    CMU_MUXES(block), CMU_DIVIDERS(block, CMU_DIV, CMU_DIV_STAT),           \
    CMU_CLKOUTS(block)

#define CMU_PLL(pll, con0)                                                  \
    { #pll "_LOCK", A_CMU_##pll##_LOCK, .reset = 0xfff, .writable = ~0u },  \
    { #pll "_CON0", A_CMU_##pll##_CON0, .reset = (con0), .writable = ~0u,   \
      .role = CMU_ROLE_PLL_CON0 },                                          \
    { #pll "_CON1", A_CMU_##pll##_CON0 + 4, .writable = ~0u },              \
    { #pll "_CON2", A_CMU_##pll##_CON0 + 8, .writable = ~0u }

static const Exynos5Reg cmu_regs[] = {
    /*
     * PLLs reset disabled.  The dividers are the Exynos4210's reset values,
     * for want of the 5250's; P is not 0, which Linux would divide by.
     */
    CMU_PLL(APLL, 0x00c80601),
    CMU_PLL(MPLL, 0x00c80601),
    CMU_PLL(BPLL, 0x00c80601),
    CMU_PLL(CPLL, 0x00c80601),
    CMU_PLL(GPLL, 0x00c80601),
    CMU_PLL(EPLL, 0x00300301),
    CMU_PLL(VPLL, 0x00240201),

    CMU_COMMON(CPU),
    CMU_GATES(CPU, CMU_GATE, 3 * CMU_CLASS_WORDS),
    { "PWR_CTRL1", A_CMU_PWR_CTRL1, .writable = ~0u },
    { "PWR_CTRL2", A_CMU_PWR_CTRL2, .writable = ~0u },

    CMU_COMMON(CORE),
    CMU_GATES(CORE, CMU_GATE, 3 * CMU_CLASS_WORDS),

    CMU_COMMON(ACP),
    CMU_GATES(ACP, CMU_GATE, 2 * CMU_CLASS_WORDS),
    { "DIV_SYSLFT", A_CMU_DIV_SYSLFT, .writable = ~0u },
    { "DIV_STAT_SYSLFT", A_CMU_DIV_STAT_SYSLFT },
    { "GATE_BUS_SYSLFT", A_CMU_GATE_BUS_SYSLFT, .reset = ~0u,
      .writable = ~0u },

    /* ISP has dividers where the others have masks, and no multiplexers. */
    CMU_DIVIDERS(ISP, CMU_SRC_MASK, CMU_MUX_STAT),
    CMU_GATES(ISP, CMU_GATE, 2 * CMU_CLASS_WORDS),
    { "GATE_SCLK_ISP", A_CMU_GATE_SCLK_ISP, .reset = ~0u, .writable = ~0u },
    { "MCUISP_PWR_CTRL", A_CMU_MCUISP_PWR_CTRL, .writable = ~0u },
    CMU_CLKOUTS(ISP),

    CMU_COMMON(TOP),
    CMU_GATES(TOP, CMU_GATE, 3 * CMU_CLASS_WORDS),
    CMU_COMMON(LEX),
    CMU_GATES(LEX, CMU_GATE, 3 * CMU_CLASS_WORDS),
    CMU_COMMON(R0X),
    CMU_GATES(R0X, CMU_GATE, 3 * CMU_CLASS_WORDS),
    CMU_COMMON(R1X),
    CMU_GATES(R1X, CMU_GATE, 3 * CMU_CLASS_WORDS),

    CMU_COMMON(CDREX),
    CMU_GATES(CDREX, CMU_GATE, 3 * CMU_CLASS_WORDS),
    { "LPDDR3PHY_CTRL", A_CMU_LPDDR3PHY_CTRL, .writable = ~0u },
    { "PLL_DIV2_SEL", A_CMU_PLL_DIV2_SEL, .writable = ~0u },
};

static const Exynos5RegTable cmu_table = {
    .name = TYPE_EXYNOS5_CMU,
    .size_bytes = 0x30000,
    .regs = cmu_regs,
    .reg_count = ARRAY_SIZE(cmu_regs),
};

/*
 * What the SPL of U-Boot 2023.01 has written when it jumps to U-Boot on SD
 * boot.  Clocks: APLL 1000, MPLL 1600, BPLL 800, CPLL 333, GPLL 533, EPLL 96,
 * VPLL 300 MHz; aclk66 66.7 MHz, UARTs 100 MHz, MMC2 20 MHz.
 */
static const struct {
    uint32_t offset;
    uint32_t value;
} cmu_firmware_clocks[] = {
    { A_CMU_APLL_LOCK,     0x00000000 },
    { A_CMU_MPLL_LOCK,     0x000002ee },
    { A_CMU_BPLL_LOCK,     0x000002ee },
    { A_CMU_CPLL_LOCK,     0x000003e8 },
    { A_CMU_GPLL_LOCK,     0x00008ca0 },
    { A_CMU_EPLL_LOCK,     0x00002328 },
    { A_CMU_VPLL_LOCK,     0x00002328 },
    { A_CMU_APLL_CON0,     0x807d0300 },
    { A_CMU_APLL_CON0 + 4, 0x00203800 },
    { A_CMU_MPLL_CON0,     0x80c80300 },
    { A_CMU_MPLL_CON0 + 4, 0x00203800 },
    { A_CMU_BPLL_CON0,     0x80640300 },
    { A_CMU_BPLL_CON0 + 4, 0x00203800 },
    { A_CMU_CPLL_CON0,     0x80de0402 },
    { A_CMU_CPLL_CON0 + 4, 0x00203800 },
    { A_CMU_GPLL_CON0,     0x82150c01 },
    { A_CMU_GPLL_CON0 + 4, 0x00203800 },
    { A_CMU_EPLL_CON0,     0x80600303 },
    { A_CMU_EPLL_CON0 + 8, 0x00000080 },
    { A_CMU_VPLL_CON0,     0x80960302 },
    { A_CMU_VPLL_CON0 + 8, 0x00000080 },
    { A_CMU_SRC_CPU,       0x00100001 },
    { A_CMU_DIV_CPU0,      0x01147720 },
    { A_CMU_DIV_CPU1,      0x00000020 },
    { A_CMU_SRC_CORE1,     0x00000100 },
    { A_CMU_DIV_CORE0,     0x00120000 },
    { A_CMU_DIV_CORE1,     0x07070700 },
    { A_CMU_DIV_CORE2,     0x00000111 },
    { A_CMU_DIV_ACP,       0x00000012 },
    { A_CMU_DIV_SYSLFT,    0x00000311 },
    { A_CMU_DIV_ISP0,      0x00000031 },
    { A_CMU_DIV_ISP2,      0x00000001 },
    { A_CMU_SRC_TOP1,      0x10000000 },
    { A_CMU_SRC_TOP2,      0x10111100 },
    { A_CMU_SRC_TOP3,      0x01110550 },
    { A_CMU_SRC_DISP1_0,   0x00000006 },
    { A_CMU_SRC_FSYS,      0x00066666 },
    { A_CMU_SRC_PERIC0,    0x06006666 },
    { A_CMU_SRC_PERIC1,    0x06660000 },
    { A_CMU_SCLK_SRC_ISP,  0x00000066 },
    { A_CMU_DIV_TOP0,      0x20023115 },
    { A_CMU_DIV_TOP1,      0x31112000 },
    { A_CMU_DIV_FSYS0,     0x0bb00000 },
    { A_CMU_DIV_FSYS2,     0x00010903 },
    { A_CMU_DIV_PERIC0,    0x00007777 },
    { A_CMU_DIV_PERIC1,    0x0007000f },
    { A_CMU_DIV_PERIC2,    0x0000000f },
    { A_CMU_DIV_PERIC3,    0x00000008 },
    { A_CMU_SCLK_DIV_ISP,  0x0000f00f },
    { A_CMU_DIV_LEX,       0x00000010 },
    { A_CMU_DIV_R0X,       0x00000010 },
    { A_CMU_DIV_R1X,       0x00000010 },
    { A_CMU_DIV_CDREX,     0x01000051 },
    { A_CMU_LPDDR3PHY_CTRL, 0x00000001 },
};

/* A PLL locks at once: its lock bit follows its enable bit. */
static uint32_t cmu_pll_con0(uint32_t stored)
{
    return FIELD_DP32(stored, CMU_PLL_CON0, LOCKED,
                      FIELD_EX32(stored, CMU_PLL_CON0, ENABLE));
}

/*
 * One nibble per multiplexer: 1 for input 0, 2 for input 1.  Selects with
 * more inputs than two (SRC_FSYS and the like) have no status of use; theirs
 * follows the lowest bit.
 */
static uint32_t cmu_mux_stat(uint32_t src)
{
    uint32_t stat = 0;

    for (unsigned shift = 0; shift < 32; shift += 4) {
        stat |= (extract32(src, shift, 1) ? 2u : 1u) << shift;
    }
    return stat;
}

static uint32_t cmu_value(Exynos5RegFile *rf, const Exynos5Reg *reg,
                          uint32_t offset, uint32_t stored)
{
    switch ((enum CmuRole)reg->role) {
    case CMU_ROLE_PLL_CON0:
        return cmu_pll_con0(stored);
    case CMU_ROLE_MUX_STAT:
        return cmu_mux_stat(exynos5_regfile_get(rf, offset - CMU_MUX_STAT +
                                                    CMU_SRC));
    case CMU_ROLE_PLAIN:
        break;
    }
    return stored;
}

typedef struct Exynos5250CmuClass {
    Exynos5RegFileClass parent_class;

    ResettablePhases parent_phases;
} Exynos5250CmuClass;

DECLARE_CLASS_CHECKERS(Exynos5250CmuClass, EXYNOS5_CMU, TYPE_EXYNOS5_CMU)

static void cmu_reset_hold(Object *obj, ResetType type)
{
    Exynos5250CmuState *s = EXYNOS5_CMU(obj);
    Exynos5250CmuClass *cc = EXYNOS5_CMU_GET_CLASS(obj);

    cc->parent_phases.hold(obj, type);
    if (!s->firmware_clocks) {
        return;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(cmu_firmware_clocks); i++) {
        exynos5_regfile_set(EXYNOS5_REGFILE(s), cmu_firmware_clocks[i].offset,
                            cmu_firmware_clocks[i].value);
    }
}

static const Property cmu_properties[] = {
    DEFINE_PROP_BOOL("firmware-clocks", Exynos5250CmuState, firmware_clocks,
                     false),
};

static void cmu_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    Exynos5RegFileClass *rfc = EXYNOS5_REGFILE_CLASS(oc);

    dc->desc = "Exynos5250 clock management unit";
    device_class_set_props(dc, cmu_properties);
    rfc->table = &cmu_table;
    rfc->value = cmu_value;
    resettable_class_set_parent_phases(RESETTABLE_CLASS(oc), NULL,
                                       cmu_reset_hold, NULL,
                                       &EXYNOS5_CMU_CLASS(oc)->parent_phases);
}

static const TypeInfo cmu_type = {
    .name = TYPE_EXYNOS5_CMU,
    .parent = TYPE_EXYNOS5_REGFILE,
    .instance_size = sizeof(Exynos5250CmuState),
    .class_size = sizeof(Exynos5250CmuClass),
    .class_init = cmu_class_init,
};

static void cmu_register_types(void)
{
    type_register_static(&cmu_type);
}
type_init(cmu_register_types)
