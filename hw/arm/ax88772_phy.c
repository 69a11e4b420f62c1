/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Embedded PHY of the ASIX AX88772A: the registers of IEEE 802.3 clause 22,
 * and three of its own that drivers want to find as they were after reset.
 * The link partner can do everything up to 100 Mbit/s full duplex, and
 * autonegotiation is done as soon as it is started.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/ax88772.h"
#include "hw/net/mii.h"

enum {
    PHYID1 = 0x003b,            /* Linux drivers/net/phy/ax88796b.c */
    PHYID2 = 0x1861,
    BMSR_ABILITIES = MII_BMSR_100TX_FD | MII_BMSR_100TX_HD | MII_BMSR_10T_FD |
                     MII_BMSR_10T_HD | MII_BMSR_MFPS | MII_BMSR_AUTONEG |
                     MII_BMSR_EXTCAP,
    ANAR_RESET = MII_ANAR_TXFD | MII_ANAR_TX | MII_ANAR_10FD | MII_ANAR_10 |
                 MII_ANAR_CSMACD | MII_ANAR_PAUSE,
    PARTNER = MII_ANLPAR_TXFD | MII_ANLPAR_TX | MII_ANLPAR_10FD |
              MII_ANLPAR_10 | MII_ANLPAR_CSMACD | MII_ANLPAR_ACK,
};

void ax88772_phy_reset(Ax88772State *s)
{
    memset(s->phy, 0, sizeof(s->phy));
    s->phy[MII_BMCR] = MII_BMCR_AUTOEN | MII_BMCR_SPEED100 | MII_BMCR_FD;
    s->phy[MII_PHYID1] = PHYID1;
    s->phy[MII_PHYID2] = PHYID2;
    s->phy[MII_ANAR] = ANAR_RESET;
    s->phy[AX_PHY_14H] = 0x442c;
    s->phy[AX_PHY_15H] = 0x03c8;
    s->phy[AX_PHY_16H] = 0x4044;
    s->link_lost = true;        /* until BMSR is read */
}

/* The PHY has power and its reset is released. */
static bool ax88772_phy_runs(const Ax88772State *s)
{
    return (s->sw_reset & (R_AX_SW_RESET_IPRL_MASK |
                           R_AX_SW_RESET_IPPD_MASK)) ==
           R_AX_SW_RESET_IPRL_MASK;
}

bool ax88772_phy_link(Ax88772State *s)
{
    return ax88772_phy_runs(s) && !(s->phy[MII_BMCR] & MII_BMCR_PDOWN) &&
           !(s->phy[MII_BMCR] & MII_BMCR_ISOLATE) && s->nic &&
           !qemu_get_queue(s->nic)->link_down;
}

/* A link that was lost since the last read shows as down once. */
static uint16_t ax88772_phy_read_bmsr(Ax88772State *s)
{
    uint16_t value = BMSR_ABILITIES;

    if (!ax88772_phy_link(s)) {
        return value;
    }
    if (!s->link_lost) {
        value |= MII_BMSR_LINK_ST;
    }
    s->link_lost = false;
    if (s->phy[MII_BMCR] & MII_BMCR_AUTOEN) {
        value |= MII_BMSR_AN_COMP;
    }
    return value;
}

uint16_t ax88772_phy_read(Ax88772State *s, unsigned phy, unsigned reg)
{
    bool negotiated = ax88772_phy_link(s) &&
                      (s->phy[MII_BMCR] & MII_BMCR_AUTOEN);

    if ((phy & 0x1f) != AX_PHY_ADDRESS) {
        return 0xffff;
    }
    switch (reg % AX_PHY_REGS) {
    case MII_BMSR:
        return ax88772_phy_read_bmsr(s);
    case MII_ANLPAR:
        return negotiated ? PARTNER : 0;
    case MII_ANER:
        return negotiated ? MII_ANER_NWAY : 0;
    default:
        return s->phy[reg % AX_PHY_REGS];
    }
}

void ax88772_phy_write(Ax88772State *s, unsigned phy, unsigned reg,
                       uint16_t value)
{
    if ((phy & 0x1f) != AX_PHY_ADDRESS || !ax88772_phy_runs(s)) {
        return;
    }
    switch (reg % AX_PHY_REGS) {
    case MII_BMCR:
        if (value & MII_BMCR_RESET) {
            ax88772_phy_reset(s);
        } else {
            s->phy[MII_BMCR] = value & ~MII_BMCR_ANRESTART;
        }
        break;
    case MII_BMSR:
    case MII_PHYID1:
    case MII_PHYID2:
    case MII_ANLPAR:
    case MII_ANER:
        break;                  /* read-only */
    default:
        s->phy[reg % AX_PHY_REGS] = value;
        break;
    }
}
