/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registers of the Exynos5250 mobile storage host (Synopsys DesignWare
 * mobile storage host 2.41a, 32-bit data and descriptors, one card).
 * Sources: the register use of Linux dw_mmc.c/dw_mmc-exynos.c, U-Boot
 * dw_mmc.c/exynos_dw_mmc.c and the identification values in docs/machine.md.
 */
#ifndef HW_ARM_EXYNOS5_MSHC_REGS_H
#define HW_ARM_EXYNOS5_MSHC_REGS_H

#include "hw/registerfields.h"

REG32(MSHC_CTRL, 0x00)
    FIELD(MSHC_CTRL, CONTROLLER_RESET, 0, 1)    /* self-clearing */
    FIELD(MSHC_CTRL, FIFO_RESET, 1, 1)          /* self-clearing */
    FIELD(MSHC_CTRL, DMA_RESET, 2, 1)           /* self-clearing */
    FIELD(MSHC_CTRL, INT_ENABLE, 4, 1)          /* gates the interrupt line */
    FIELD(MSHC_CTRL, DMA_ENABLE, 5, 1)
    FIELD(MSHC_CTRL, ABORT_READ_DATA, 8, 1)     /* self-clearing */
    FIELD(MSHC_CTRL, USE_IDMAC, 25, 1)
REG32(MSHC_PWREN, 0x04)
REG32(MSHC_CLKDIV, 0x08)
REG32(MSHC_CLKSRC, 0x0c)
REG32(MSHC_CLKENA, 0x10)
REG32(MSHC_TMOUT, 0x14)
REG32(MSHC_CTYPE, 0x18)
REG32(MSHC_BLKSIZ, 0x1c)
REG32(MSHC_BYTCNT, 0x20)                        /* 0: until stopped */
REG32(MSHC_INTMASK, 0x24)                       /* 1: enabled; RINTSTS bits */
REG32(MSHC_CMDARG, 0x28)
REG32(MSHC_CMD, 0x2c)
    FIELD(MSHC_CMD, INDEX, 0, 6)
    FIELD(MSHC_CMD, RESP_EXPECTED, 6, 1)
    FIELD(MSHC_CMD, LONG_RESP, 7, 1)
    FIELD(MSHC_CMD, CHECK_CRC, 8, 1)
    FIELD(MSHC_CMD, DATA_EXPECTED, 9, 1)
    FIELD(MSHC_CMD, WRITE, 10, 1)
    FIELD(MSHC_CMD, SEND_AUTO_STOP, 12, 1)
    FIELD(MSHC_CMD, WAIT_PRVDATA, 13, 1)        /* after the previous data */
    FIELD(MSHC_CMD, STOP_ABORT, 14, 1)          /* ends the data transfer */
    FIELD(MSHC_CMD, INIT, 15, 1)
    FIELD(MSHC_CMD, UPD_CLK, 21, 1)             /* clock only, no command */
    FIELD(MSHC_CMD, VOLT_SWITCH, 28, 1)
    FIELD(MSHC_CMD, USE_HOLD_REG, 29, 1)
    FIELD(MSHC_CMD, START, 31, 1)               /* reads 0 once accepted */
REG32(MSHC_RESP0, 0x30)
REG32(MSHC_RESP1, 0x34)                         /* also the auto-stop's */
REG32(MSHC_RESP2, 0x38)
REG32(MSHC_RESP3, 0x3c)                         /* bits 127:96 of a long one */
REG32(MSHC_MINTSTS, 0x40)                       /* RINTSTS & INTMASK */
REG32(MSHC_RINTSTS, 0x44)                       /* write 1 to clear */
    FIELD(MSHC_RINTSTS, CD, 0, 1)               /* card detect changed */
    FIELD(MSHC_RINTSTS, RESP_ERR, 1, 1)
    FIELD(MSHC_RINTSTS, CMD_DONE, 2, 1)
    FIELD(MSHC_RINTSTS, DATA_OVER, 3, 1)
    FIELD(MSHC_RINTSTS, TXDR, 4, 1)
    FIELD(MSHC_RINTSTS, RXDR, 5, 1)
    FIELD(MSHC_RINTSTS, RCRC, 6, 1)
    FIELD(MSHC_RINTSTS, DCRC, 7, 1)
    FIELD(MSHC_RINTSTS, RTO, 8, 1)              /* no response */
    FIELD(MSHC_RINTSTS, DRTO, 9, 1)             /* no data from the card */
    FIELD(MSHC_RINTSTS, HTO, 10, 1)             /* no data from the host */
    FIELD(MSHC_RINTSTS, FRUN, 11, 1)            /* FIFO over- or underrun */
    FIELD(MSHC_RINTSTS, HLE, 12, 1)             /* write to a locked register */
    FIELD(MSHC_RINTSTS, SBE, 13, 1)
    FIELD(MSHC_RINTSTS, ACD, 14, 1)             /* auto-stop done */
    FIELD(MSHC_RINTSTS, EBE, 15, 1)             /* card did not take the data */
    FIELD(MSHC_RINTSTS, SDIO, 16, 16)
REG32(MSHC_STATUS, 0x48)
    FIELD(MSHC_STATUS, RX_WMARK, 0, 1)
    FIELD(MSHC_STATUS, TX_WMARK, 1, 1)
    FIELD(MSHC_STATUS, FIFO_EMPTY, 2, 1)
    FIELD(MSHC_STATUS, FIFO_FULL, 3, 1)
    FIELD(MSHC_STATUS, DATA3, 8, 1)             /* card present */
    FIELD(MSHC_STATUS, DATA_BUSY, 9, 1)         /* card holds DAT0 low */
    FIELD(MSHC_STATUS, MC_BUSY, 10, 1)          /* data transfer running */
    FIELD(MSHC_STATUS, RESP_INDEX, 11, 6)       /* of the last command */
    FIELD(MSHC_STATUS, FIFO_COUNT, 17, 13)      /* words */
REG32(MSHC_FIFOTH, 0x4c)
    FIELD(MSHC_FIFOTH, TX_WMARK, 0, 12)         /* words */
    FIELD(MSHC_FIFOTH, RX_WMARK, 16, 12)        /* words */
    FIELD(MSHC_FIFOTH, MSIZE, 28, 3)
REG32(MSHC_CDETECT, 0x50)
    FIELD(MSHC_CDETECT, ABSENT, 0, 1)
REG32(MSHC_WRTPRT, 0x54)
    FIELD(MSHC_WRTPRT, PROTECTED, 0, 1)
REG32(MSHC_GPIO, 0x58)
REG32(MSHC_TCBCNT, 0x5c)                        /* bytes to or from the card */
REG32(MSHC_TBBCNT, 0x60)                        /* bytes to or from the host */
REG32(MSHC_DEBNCE, 0x64)
REG32(MSHC_USRID, 0x68)
REG32(MSHC_VERID, 0x6c)
REG32(MSHC_HCON, 0x70)
REG32(MSHC_UHS, 0x74)
REG32(MSHC_RST_N, 0x78)
REG32(MSHC_BMOD, 0x80)
    FIELD(MSHC_BMOD, SWR, 0, 1)                 /* self-clearing */
    FIELD(MSHC_BMOD, FB, 1, 1)
    FIELD(MSHC_BMOD, DSL, 2, 5)                 /* words between descriptors */
    FIELD(MSHC_BMOD, DE, 7, 1)                  /* IDMAC enable */
    FIELD(MSHC_BMOD, PBL, 8, 3)
REG32(MSHC_PLDMND, 0x84)                        /* any write: look again */
REG32(MSHC_DBADDR, 0x88)
REG32(MSHC_IDSTS, 0x8c)                         /* write 1 to clear */
    FIELD(MSHC_IDSTS, TI, 0, 1)                 /* descriptor sent */
    FIELD(MSHC_IDSTS, RI, 1, 1)                 /* descriptor received */
    FIELD(MSHC_IDSTS, FBE, 2, 1)                /* bus error */
    FIELD(MSHC_IDSTS, DU, 4, 1)                 /* descriptor not ours */
    FIELD(MSHC_IDSTS, CES, 5, 1)                /* card error */
    FIELD(MSHC_IDSTS, NIS, 8, 1)                /* summary of TI, RI */
    FIELD(MSHC_IDSTS, AIS, 9, 1)                /* summary of FBE, DU, CES */
    FIELD(MSHC_IDSTS, EB, 10, 3)                /* 1 sending, 2 receiving */
REG32(MSHC_IDINTEN, 0x90)
REG32(MSHC_DSCADDR, 0x94)
REG32(MSHC_BUFADDR, 0x98)
REG32(MSHC_CLKSEL, 0x9c)                        /* Samsung */
    FIELD(MSHC_CLKSEL, SAMPLE, 0, 3)
    FIELD(MSHC_CLKSEL, WAKEUP_INT, 11, 1)       /* write 1 to clear */
    FIELD(MSHC_CLKSEL, DRIVE, 16, 3)
    FIELD(MSHC_CLKSEL, DIVIDER, 24, 3)          /* minus one */
REG32(MSHC_CDTHRCTL, 0x100)
REG32(MSHC_UHS_EXT, 0x108)
REG32(MSHC_EMMC_DDR, 0x10c)
REG32(MSHC_ENABLE_SHIFT, 0x110)
REG32(MSHC_DATA, 0x200)                         /* and every word above it */

/* IDMAC descriptor: four little-endian words. */
REG32(MSHC_DES0, 0x0)
    FIELD(MSHC_DES0, DIC, 1, 1)                 /* no TI/RI */
    FIELD(MSHC_DES0, LD, 2, 1)                  /* last */
    FIELD(MSHC_DES0, FD, 3, 1)                  /* first */
    FIELD(MSHC_DES0, CH, 4, 1)                  /* DES3 is the next one */
    FIELD(MSHC_DES0, ER, 5, 1)                  /* end of ring */
    FIELD(MSHC_DES0, CES, 30, 1)                /* card error */
    FIELD(MSHC_DES0, OWN, 31, 1)                /* the IDMAC's */
REG32(MSHC_DES1, 0x4)
    FIELD(MSHC_DES1, SIZE1, 0, 13)              /* bytes */
    FIELD(MSHC_DES1, SIZE2, 13, 13)             /* bytes */
REG32(MSHC_DES2, 0x8)                           /* first buffer */
REG32(MSHC_DES3, 0xc)                           /* second buffer or next */

#endif
