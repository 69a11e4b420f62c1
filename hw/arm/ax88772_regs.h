/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ASIX AX88772A USB Ethernet: vendor requests and their words.
 *
 * Names and encodings: Linux drivers/net/usb/asix.h, FreeBSD
 * sys/dev/usb/net/if_axereg.h, U-Boot drivers/usb/eth/asix.c.
 */
#ifndef HW_ARM_EXYNOS5_AX88772_REGS_H
#define HW_ARM_EXYNOS5_AX88772_REGS_H

#include "hw/registerfields.h"

/* bRequest of the vendor requests; [R] data to the host, [W] from it or none. */
enum {
    AX_SET_SW_MII = 0x06,           /* [W] the host owns the MII */
    AX_READ_MII = 0x07,             /* [R] value: PHY, index: register */
    AX_WRITE_MII = 0x08,            /* [W] value: PHY, index: register */
    AX_READ_STATMNGSTS = 0x09,      /* [R] who owns the MII, chip code */
    AX_SET_HW_MII = 0x0a,           /* [W] the chip owns the MII */
    AX_READ_EEPROM = 0x0b,          /* [R] value: word */
    AX_WRITE_EEPROM = 0x0c,         /* [W] value: word, index: data */
    AX_EEPROM_WRITE_ENABLE = 0x0d,  /* [W] */
    AX_EEPROM_WRITE_DISABLE = 0x0e, /* [W] */
    AX_READ_RX_CTL = 0x0f,          /* [R] */
    AX_WRITE_RX_CTL = 0x10,         /* [W] value */
    AX_READ_IPG = 0x11,             /* [R] IPG0, IPG1, IPG2 */
    AX_WRITE_IPG = 0x12,            /* [W] value: IPG0, IPG1, index: IPG2 */
    AX_READ_NODE_ID = 0x13,         /* [R] MAC address */
    AX_WRITE_NODE_ID = 0x14,        /* [W] */
    AX_READ_MULTI_FILTER = 0x15,    /* [R] hash table of 64 bits */
    AX_WRITE_MULTI_FILTER = 0x16,   /* [W] */
    AX_READ_PHY_ID = 0x19,          /* [R] external PHY, embedded PHY */
    AX_READ_MEDIUM = 0x1a,          /* [R] */
    AX_WRITE_MEDIUM = 0x1b,         /* [W] value */
    AX_READ_MONITOR = 0x1c,         /* [R] */
    AX_WRITE_MONITOR = 0x1d,        /* [W] value */
    AX_READ_GPIOS = 0x1e,           /* [R] */
    AX_WRITE_GPIOS = 0x1f,          /* [W] value */
    AX_SW_RESET = 0x20,             /* [W] value */
    AX_READ_PHY_SELECT = 0x21,      /* [R] */
    AX_WRITE_PHY_SELECT = 0x22,     /* [W] value */
};

REG8(AX_STATMNGSTS, 0)
    FIELD(AX_STATMNGSTS, HOST_EN, 0, 1)
    FIELD(AX_STATMNGSTS, CHIPCODE, 4, 3)    /* 1: AX88772A */

REG16(AX_RX_CTL, 0)
    FIELD(AX_RX_CTL, PRO, 0, 1)     /* all frames */
    FIELD(AX_RX_CTL, AMALL, 1, 1)   /* all multicast */
    FIELD(AX_RX_CTL, AB, 3, 1)      /* broadcast */
    FIELD(AX_RX_CTL, AM, 4, 1)      /* multicast by the hash table */
    FIELD(AX_RX_CTL, SO, 7, 1)      /* start of operation */
    FIELD(AX_RX_CTL, MFB, 8, 2)     /* longest bulk IN burst: 2 KiB << MFB */

REG16(AX_MEDIUM, 0)
    FIELD(AX_MEDIUM, RE, 8, 1)      /* receive enable */

REG8(AX_GPIOS, 0)
    FIELD(AX_GPIOS, RSE, 7, 1)      /* reload from the EEPROM */

REG8(AX_SW_RESET, 0)
    FIELD(AX_SW_RESET, RR, 0, 1)    /* drop what is received */
    FIELD(AX_SW_RESET, RT, 1, 1)    /* drop what is being sent */
    FIELD(AX_SW_RESET, IPRL, 5, 1)  /* 0: the embedded PHY is in reset */
    FIELD(AX_SW_RESET, IPPD, 6, 1)  /* 1: and without power */

/* Eight bytes at the interrupt endpoint; the third tells about links. */
enum {
    AX_INTERRUPT_BYTES = 8,
    AX_INTERRUPT_MARK = 0xa1,       /* the first byte */
    AX_INTERRUPT_LINK = 2,
    AX_INTERRUPT_PPLS = 0x01,       /* link of the primary PHY */
};

/* Before each frame: its length, low 11 bits, and the complement above. */
enum {
    AX_HEADER_BYTES = 4,
    AX_LENGTH_MASK = 0x7ff,
};

/* PHY registers beyond IEEE 802.3 clause 22, Linux asix_devices.c. */
enum {
    AX_PHY_ADDRESS = 0x10,
    AX_PHY_14H = 0x14,
    AX_PHY_15H = 0x15,
    AX_PHY_16H = 0x16,
};

/* Words of the EEPROM. */
enum {
    AX_EEPROM_WORDS = 256,
    AX_EEPROM_NODE_ID = 4,
};

#endif
