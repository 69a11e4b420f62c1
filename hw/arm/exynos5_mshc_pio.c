/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mobile storage host of the Exynos5250: the data FIFO and the transfers
 * that the CPU makes through it.
 *
 * The card moves data at once whenever the FIFO's watermark lets it.  Words
 * in the FIFO are little endian; the bytes behind the end of a transfer that
 * fill up its last word are zero.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "hw/arm/exynos5/exynos5_mshc.h"
#include "hw/arm/exynos5/exynos5_mshc_regs.h"

enum {
    WORD_BYTES = 4,
    FIFO_BYTES = EXYNOS5_MSHC_FIFO_WORDS * WORD_BYTES,
};

uint32_t exynos5_mshc_fifo_words(Exynos5MshcState *s)
{
    return fifo8_num_used(&s->fifo) / WORD_BYTES;
}

void exynos5_mshc_fifo_reset(Exynos5MshcState *s)
{
    fifo8_reset(&s->fifo);
    s->xfer.fifo_holds_card_data = false;
}

static bool mshc_above_rx_wmark(Exynos5MshcState *s)
{
    return exynos5_mshc_fifo_words(s) >
           ARRAY_FIELD_EX32(s->regs, MSHC_FIFOTH, RX_WMARK);
}

static bool mshc_above_tx_wmark(Exynos5MshcState *s)
{
    return exynos5_mshc_fifo_words(s) >
           ARRAY_FIELD_EX32(s->regs, MSHC_FIFOTH, TX_WMARK);
}

static bool mshc_wants_words(Exynos5MshcState *s)
{
    return s->xfer.active && s->xfer.is_write && !s->xfer.is_dma &&
           s->xfer.left_bytes > fifo8_num_used(&s->fifo);
}

void exynos5_mshc_pio_request(Exynos5MshcState *s)
{
    if (s->xfer.fifo_holds_card_data && mshc_above_rx_wmark(s)) {
        exynos5_mshc_raise(s, R_MSHC_RINTSTS_RXDR_MASK);
    }
    if (mshc_wants_words(s) && !mshc_above_tx_wmark(s)) {
        exynos5_mshc_raise(s, R_MSHC_RINTSTS_TXDR_MASK);
    }
}

static uint32_t mshc_padding(uint32_t len)
{
    return -len % WORD_BYTES;
}

/*
 * Card to FIFO.  Nothing moves while the FIFO is above its watermark: the
 * guest has been asked already, and long moves are cheaper.
 */
static void mshc_fill(Exynos5MshcState *s)
{
    static const uint8_t zero[WORD_BYTES];
    uint8_t buf[FIFO_BYTES];
    uint32_t len = MIN(fifo8_num_free(&s->fifo), s->xfer.left_bytes);
    uint32_t got;

    if (!len || mshc_above_rx_wmark(s)) {
        return;
    }
    got = exynos5_mshc_card_read(s, buf, len);
    fifo8_push_all(&s->fifo, buf, got);
    fifo8_push_all(&s->fifo, zero, mshc_padding(got));
    if (got < len) {
        exynos5_mshc_data_end(s, R_MSHC_RINTSTS_DRTO_MASK);
    } else if (!s->xfer.left_bytes) {
        exynos5_mshc_data_end(s, 0);
    }
}

/*
 * FIFO to card: when TXDR would not ask for more, which is above the
 * watermark or with a full FIFO, or when the FIFO holds the rest.
 */
static void mshc_drain(Exynos5MshcState *s)
{
    uint8_t buf[FIFO_BYTES];
    uint32_t used = fifo8_num_used(&s->fifo);
    uint32_t len = MIN(used, s->xfer.left_bytes);

    if (!len || (!mshc_above_tx_wmark(s) && !fifo8_is_full(&s->fifo) &&
                 mshc_wants_words(s))) {
        return;
    }
    fifo8_pop_buf(&s->fifo, buf, len);
    fifo8_drop(&s->fifo, MIN(mshc_padding(len), used - len));
    if (exynos5_mshc_card_write(s, buf, len) < len) {
        exynos5_mshc_data_end(s, R_MSHC_RINTSTS_EBE_MASK);
    } else if (!s->xfer.left_bytes) {
        exynos5_mshc_data_end(s, 0);
    }
}

void exynos5_mshc_pio_run(Exynos5MshcState *s)
{
    if (s->xfer.active && !s->xfer.is_dma) {
        if (s->xfer.is_write) {
            mshc_drain(s);
        } else {
            mshc_fill(s);
        }
    }
    exynos5_mshc_pio_request(s);
}

uint32_t exynos5_mshc_fifo_pop(Exynos5MshcState *s)
{
    uint8_t word[WORD_BYTES];

    if (fifo8_is_empty(&s->fifo)) {
        qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: DATA read from an empty FIFO\n");
        exynos5_mshc_raise(s, R_MSHC_RINTSTS_FRUN_MASK);
        return 0;
    }
    fifo8_pop_buf(&s->fifo, word, WORD_BYTES);
    s->regs[R_MSHC_TBBCNT] += WORD_BYTES;
    exynos5_mshc_pio_run(s);
    if (fifo8_is_empty(&s->fifo)) {
        s->xfer.fifo_holds_card_data = false;
    }
    return ldl_le_p(word);
}

void exynos5_mshc_fifo_push(Exynos5MshcState *s, uint32_t value)
{
    uint8_t word[WORD_BYTES];

    if (fifo8_is_full(&s->fifo)) {
        qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: DATA written to a full FIFO\n");
        exynos5_mshc_raise(s, R_MSHC_RINTSTS_FRUN_MASK);
        return;
    }
    stl_le_p(word, value);
    fifo8_push_all(&s->fifo, word, WORD_BYTES);
    s->regs[R_MSHC_TBBCNT] += WORD_BYTES;
    exynos5_mshc_pio_run(s);
}
