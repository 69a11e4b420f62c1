/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Register tables of the Exynos5250 blocks that are stubs: they hold what is
 * written, and the status bits that software waits for are constant.
 * Registers that are not in the tables are logged and read as zero.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5250_regblocks.h"
#include "hw/arm/exynos5/exynos5250_regblocks_regs.h"

#define STORAGE(block, reg)                                                 \
    { #reg, A_##block##_##reg, .writable = ~0u }

/* No multiplexer or selector behind it moves. */
static const Exynos5Reg sysreg_regs[] = {
    STORAGE(SYSREG, DISP1BLK_CFG),
    STORAGE(SYSREG, USB20PHY_CFG),
    STORAGE(SYSREG, I2C_CFG),
};

/* Impedance calibration (ZQ) is always done. */
static const Exynos5Reg dmcphy_regs[] = {
    STORAGE(DMCPHY, CON0),
    STORAGE(DMCPHY, CON1),
    STORAGE(DMCPHY, CON2),
    STORAGE(DMCPHY, CON3),
    STORAGE(DMCPHY, CON4),
    STORAGE(DMCPHY, CON6),
    STORAGE(DMCPHY, CON8),
    STORAGE(DMCPHY, CON10),
    STORAGE(DMCPHY, CON11),
    STORAGE(DMCPHY, CON12),
    STORAGE(DMCPHY, CON13),
    STORAGE(DMCPHY, CON14),
    STORAGE(DMCPHY, CON15),
    STORAGE(DMCPHY, CON16),
    { "CON17", A_DMCPHY_CON17,
      .reset = R_DMCPHY_CON17_ZQ_DONE_MASK },
    STORAGE(DMCPHY, CON18),
    STORAGE(DMCPHY, CON39),
    STORAGE(DMCPHY, CON40),
    STORAGE(DMCPHY, CON41),
    STORAGE(DMCPHY, CON42),
};

/*
 * Read levelling is always done on both channels.  Memory is there whatever
 * these registers say.  CHIPSTATUS and MRSTATUS have no value of use.
 */
static const Exynos5Reg drex_regs[] = {
    STORAGE(DREX, CONCONTROL),
    STORAGE(DREX, MEMCONTROL),
    STORAGE(DREX, MEMCONFIG0),
    STORAGE(DREX, MEMCONFIG1),
    STORAGE(DREX, DIRECTCMD),
    STORAGE(DREX, PRECHCONFIG),
    STORAGE(DREX, PHYCONTROL0),
    STORAGE(DREX, PWRDNCONFIG),
    STORAGE(DREX, TIMINGAREF),
    STORAGE(DREX, TIMINGROW),
    STORAGE(DREX, TIMINGDATA),
    STORAGE(DREX, TIMINGPOWER),
    { "PHYSTATUS", A_DREX_PHYSTATUS, .reset = 0xc00c },
    { "CHIPSTATUS", A_DREX_CHIPSTATUS },
    { "MRSTATUS", A_DREX_MRSTATUS },
    STORAGE(DREX, IVCONTROL),
    STORAGE(DREX, RDLVL_CONFIG),
    STORAGE(DREX, MEMBASECONFIG0),
    STORAGE(DREX, MEMBASECONFIG1),
};

static const Exynos5Reg usb2phy_regs[] = {
    STORAGE(USB2PHY, HOSTPHYCTRL0),
    STORAGE(USB2PHY, HOSTPHYTUNE0),
    STORAGE(USB2PHY, HSICPHYCTRL1),
    STORAGE(USB2PHY, HSICPHYTUNE1),
    STORAGE(USB2PHY, HSICPHYCTRL2),
    STORAGE(USB2PHY, HSICPHYTUNE2),
    STORAGE(USB2PHY, HOSTEHCICTRL),
    STORAGE(USB2PHY, HOSTOHCICTRL),
    STORAGE(USB2PHY, USBOTGSYS),
    STORAGE(USB2PHY, USBOTGTUNE),
};

/* Private to regblock_value(). */
enum {
    ROLE_NONE,
    ROLE_USB3PHY_PHYREG1,
};

/*
 * The control register port (CR) has no registers behind it, but acknowledges
 * each of its four commands for as long as it stands in PHYREG0 (Linux
 * phy-exynos5-usbdrd.c, crport_handshake; it calibrates the PHY with it).
 */
static const Exynos5Reg usb3phy_regs[] = {
    STORAGE(USB3PHY, LINKSYSTEM),
    STORAGE(USB3PHY, PHYUTMI),
    STORAGE(USB3PHY, PHYPIPE),
    STORAGE(USB3PHY, PHYCLKRST),
    STORAGE(USB3PHY, PHYREG0),
    { "PHYREG1", A_USB3PHY_PHYREG1, .role = ROLE_USB3PHY_PHYREG1 },
    STORAGE(USB3PHY, PHYPARAM0),
    STORAGE(USB3PHY, PHYPARAM1),
    STORAGE(USB3PHY, PHYTERM),
    STORAGE(USB3PHY, PHYTEST),
    STORAGE(USB3PHY, PHYADP),
    STORAGE(USB3PHY, PHYUTMICLKSEL),
    STORAGE(USB3PHY, PHYRESUME),
    STORAGE(USB3PHY, LINKPORT),
};

/* The PLL is always locked. */
static const Exynos5Reg sataphy_regs[] = {
    STORAGE(SATAPHY, RESET),
    STORAGE(SATAPHY, MODE0),
    STORAGE(SATAPHY, CTRL0),
    STORAGE(SATAPHY, CTRLM),
    { "STATM", A_SATAPHY_STATM,
      .reset = R_SATAPHY_STATM_PLL_LOCKED_MASK },
};

static const Exynos5Reg sromc_regs[] = {
    STORAGE(SROMC, BW),
    STORAGE(SROMC, BC0),
    STORAGE(SROMC, BC1),
    STORAGE(SROMC, BC2),
    STORAGE(SROMC, BC3),
};

static const Exynos5Reg audss_regs[] = {
    STORAGE(AUDSS, CLK_SRC),
    STORAGE(AUDSS, CLK_DIV),
    STORAGE(AUDSS, CLK_GATE),
};

/* SET and CLR do not act on STAT, and nothing is protected. */
#define TZPC_DECPROT(n, group)                                              \
    { "DECPROTSTAT", (n) * TZPC_STRIDE + A_TZPC_DECPROT0STAT +              \
                     (group) * TZPC_DECPROT_STRIDE },                       \
    { "DECPROTSET", (n) * TZPC_STRIDE + A_TZPC_DECPROT0SET +                \
                    (group) * TZPC_DECPROT_STRIDE, .writable = 0xff },      \
    { "DECPROTCLR", (n) * TZPC_STRIDE + A_TZPC_DECPROT0CLR +                \
                    (group) * TZPC_DECPROT_STRIDE, .writable = 0xff }

#define TZPC(n)                                                             \
    { "R0SIZE", (n) * TZPC_STRIDE + A_TZPC_R0SIZE, .writable = 0x3ff },     \
    TZPC_DECPROT(n, 0), TZPC_DECPROT(n, 1),                                 \
    TZPC_DECPROT(n, 2), TZPC_DECPROT(n, 3)

static const Exynos5Reg tzpc_regs[] = {
    TZPC(0), TZPC(1), TZPC(2), TZPC(3), TZPC(4),
    TZPC(5), TZPC(6), TZPC(7), TZPC(8), TZPC(9),
};

#define TABLE(type, window_bytes, rows)                                     \
    { .name = (type), .size_bytes = (window_bytes), .regs = (rows),         \
      .reg_count = ARRAY_SIZE(rows) }

static const Exynos5RegTable regblock_tables[] = {
    TABLE(TYPE_EXYNOS5250_SYSREG,  0x5000,  sysreg_regs),
    TABLE(TYPE_EXYNOS5250_DMCPHY,  0x10000, dmcphy_regs),
    TABLE(TYPE_EXYNOS5250_DREX,    0x10000, drex_regs),
    TABLE(TYPE_EXYNOS5250_USB2PHY, 0x1000,  usb2phy_regs),
    TABLE(TYPE_EXYNOS5250_USB3PHY, 0x1000,  usb3phy_regs),
    TABLE(TYPE_EXYNOS5250_SATAPHY, 0x1000,  sataphy_regs),
    TABLE(TYPE_EXYNOS5250_SROMC,   0x1000,  sromc_regs),
    TABLE(TYPE_EXYNOS5250_AUDSS,   0x1000,  audss_regs),
    TABLE(TYPE_EXYNOS5250_TZPC,    0xa0000, tzpc_regs),
};

static uint32_t usb3phy_phyreg1(Exynos5RegFile *s)
{
    const uint32_t commands = R_USB3PHY_PHYREG0_CR_CAP_ADDR_MASK |
                              R_USB3PHY_PHYREG0_CR_CAP_DATA_MASK |
                              R_USB3PHY_PHYREG0_CR_READ_MASK |
                              R_USB3PHY_PHYREG0_CR_WRITE_MASK;
    bool busy = exynos5_regfile_get(s, A_USB3PHY_PHYREG0) & commands;

    return busy ? R_USB3PHY_PHYREG1_CR_ACK_MASK : 0;
}

static uint32_t regblock_value(Exynos5RegFile *s, const Exynos5Reg *reg,
                               uint32_t offset, uint32_t stored)
{
    return reg->role == ROLE_USB3PHY_PHYREG1 ? usb3phy_phyreg1(s) : stored;
}

static void regblock_class_init(ObjectClass *oc, void *data)
{
    DEVICE_CLASS(oc)->desc = "Exynos5250 register block (stub)";
    EXYNOS5_REGFILE_CLASS(oc)->table = data;
    EXYNOS5_REGFILE_CLASS(oc)->value = regblock_value;
}

static void regblocks_register_types(void)
{
    for (unsigned i = 0; i < ARRAY_SIZE(regblock_tables); i++) {
        const TypeInfo type = {
            .name = regblock_tables[i].name,
            .parent = TYPE_EXYNOS5_REGFILE,
            .class_init = regblock_class_init,
            .class_data = (void *)&regblock_tables[i],
        };

        type_register_static(&type);
    }
}
type_init(regblocks_register_types)
