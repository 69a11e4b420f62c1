/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mobile storage host of the Exynos5250: state, and what its files share.
 * One card; PIO through a FIFO of 128 words, or the internal DMA controller.
 */
#ifndef HW_ARM_EXYNOS5_MSHC_H
#define HW_ARM_EXYNOS5_MSHC_H

#include "hw/sysbus.h"
#include "hw/sd/sd.h"
#include "qemu/fifo8.h"

#define TYPE_EXYNOS5_MSHC "exynos5.mshc"
OBJECT_DECLARE_SIMPLE_TYPE(Exynos5MshcState, EXYNOS5_MSHC)

enum {
    EXYNOS5_MSHC_MMIO_SIZE_BYTES = 0x1000,
    EXYNOS5_MSHC_REGS = 0x114 / 4,
    EXYNOS5_MSHC_FIFO_WORDS = 128,
};

/* The data phase of the last command with one. */
typedef struct Exynos5MshcTransfer {
    bool active;
    bool is_write;
    bool is_dma;
    bool auto_stop;             /* send CMD12 at the end */
    bool fifo_holds_card_data;  /* PIO read: RXDR follows the FIFO level */
    /* Until the end; UINT64_MAX counts down from "until stopped". */
    uint64_t left_bytes;
} Exynos5MshcTransfer;

struct Exynos5MshcState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    SDBus sdbus;
    qemu_irq irq;

    uint32_t regs[EXYNOS5_MSHC_REGS];
    Fifo8 fifo;
    uint32_t last_command;      /* index, for STATUS */
    Exynos5MshcTransfer xfer;
};

/**
 * exynos5_mshc_raise: sets bits of RINTSTS and updates the interrupt line.
 * @s: the host
 * @events: RINTSTS bits
 */
void exynos5_mshc_raise(Exynos5MshcState *s, uint32_t events);

/**
 * exynos5_mshc_update_irq: drives the line from RINTSTS, IDSTS and masks.
 * @s: the host
 */
void exynos5_mshc_update_irq(Exynos5MshcState *s);

/**
 * exynos5_mshc_card_read: takes data of the running transfer from the card.
 * @s: the host
 * @buf: at least @len bytes
 * @len: bytes
 *
 * Returns the number of bytes taken; fewer than @len when the card stops
 * sending.  Counts TCBCNT and left_bytes.
 */
uint32_t exynos5_mshc_card_read(Exynos5MshcState *s, uint8_t *buf,
                                uint32_t len);

/**
 * exynos5_mshc_card_write: gives data of the running transfer to the card.
 * @s: the host
 * @buf: @len bytes
 * @len: bytes
 *
 * Returns the number of bytes taken by the card, as exynos5_mshc_card_read().
 */
uint32_t exynos5_mshc_card_write(Exynos5MshcState *s, const uint8_t *buf,
                                 uint32_t len);

/**
 * exynos5_mshc_data_end: ends the data phase, and sends the auto-stop.
 * @s: the host, with an active transfer
 * @errors: RINTSTS bits beside DATA_OVER, 0 for success
 */
void exynos5_mshc_data_end(Exynos5MshcState *s, uint32_t errors);

/* Data phase through the FIFO (exynos5_mshc_pio.c). */

/**
 * exynos5_mshc_pio_run: moves what can move between card and FIFO and
 * raises RXDR or TXDR.
 * @s: the host
 */
void exynos5_mshc_pio_run(Exynos5MshcState *s);

/** exynos5_mshc_pio_request: raises RXDR or TXDR while their level holds. */
void exynos5_mshc_pio_request(Exynos5MshcState *s);

/** exynos5_mshc_fifo_pop: guest read of DATA. */
uint32_t exynos5_mshc_fifo_pop(Exynos5MshcState *s);

/** exynos5_mshc_fifo_push: guest write of DATA. */
void exynos5_mshc_fifo_push(Exynos5MshcState *s, uint32_t value);

/** exynos5_mshc_fifo_reset: empties the FIFO. */
void exynos5_mshc_fifo_reset(Exynos5MshcState *s);

/** exynos5_mshc_fifo_words: words in the FIFO. */
uint32_t exynos5_mshc_fifo_words(Exynos5MshcState *s);

/* Internal DMA controller (exynos5_mshc_idmac.c). */

/** exynos5_mshc_idmac_start: runs the transfer from the list at DBADDR. */
void exynos5_mshc_idmac_start(Exynos5MshcState *s);

/**
 * exynos5_mshc_idmac_run: runs the transfer from the list at DSCADDR, until
 * its end or a descriptor that the IDMAC does not own.
 * @s: the host, with an active DMA transfer
 */
void exynos5_mshc_idmac_run(Exynos5MshcState *s);

/** exynos5_mshc_idmac_irq: true if an enabled IDMAC event is pending. */
bool exynos5_mshc_idmac_irq(Exynos5MshcState *s);

#endif
