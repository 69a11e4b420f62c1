/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mobile storage host of the Exynos5250: the internal DMA controller.
 *
 * A transfer walks a list of descriptors, chained through their fourth word
 * or lying in a ring with two buffers each, and ends with its byte count.
 * The work of one command is bounded by that count and by a limit on
 * descriptors, whatever list the guest builds.  A bus error (also the
 * host's own registers, which the re-entrancy guard refuses) ends the
 * transfer with FBE and HTO; the manual leaves the card side open.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "exec/address-spaces.h"
#include "system/dma.h"
#include "hw/arm/exynos5/exynos5_mshc.h"
#include "hw/arm/exynos5/exynos5_mshc_regs.h"
#include "hw/arm/exynos5/trace.h"

enum {
    DESCRIPTOR_BYTES = 16,
    DESCRIPTOR_WORDS = DESCRIPTOR_BYTES / 4,
    CHUNK_BYTES = 4096,
    /*
     * Twice what the largest transfer of a known driver takes: 65535 blocks
     * in pieces of 4096 bytes (U-Boot).
     */
    DESCRIPTORS_PER_RUN = 16384,
    /* IDSTS.EB */
    BUS_ERROR_SENDING = 1,
    BUS_ERROR_RECEIVING = 2,
};

typedef struct MshcDescriptor {
    hwaddr address;
    uint32_t word[DESCRIPTOR_WORDS];
} MshcDescriptor;

typedef enum MshcMove {
    MOVE_DONE,
    MOVE_BUS_ERROR,
    MOVE_CARD_ERROR,
} MshcMove;

#define NORMAL_EVENTS (R_MSHC_IDSTS_TI_MASK | R_MSHC_IDSTS_RI_MASK)
#define ABNORMAL_EVENTS (R_MSHC_IDSTS_FBE_MASK | R_MSHC_IDSTS_DU_MASK | \
                         R_MSHC_IDSTS_CES_MASK)

bool exynos5_mshc_idmac_irq(Exynos5MshcState *s)
{
    uint32_t pending = s->regs[R_MSHC_IDSTS] & s->regs[R_MSHC_IDINTEN];

    return ((pending & NORMAL_EVENTS) && (pending & R_MSHC_IDSTS_NIS_MASK)) ||
           ((pending & ABNORMAL_EVENTS) && (pending & R_MSHC_IDSTS_AIS_MASK));
}

static void mshc_idmac_raise(Exynos5MshcState *s, uint32_t events)
{
    if (events & NORMAL_EVENTS) {
        events |= R_MSHC_IDSTS_NIS_MASK;
    }
    if (events & ABNORMAL_EVENTS) {
        events |= R_MSHC_IDSTS_AIS_MASK;
    }
    s->regs[R_MSHC_IDSTS] |= events;
    exynos5_mshc_update_irq(s);
}

static void mshc_idmac_bus_error(Exynos5MshcState *s, hwaddr address)
{
    qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: bus error on DMA at 0x%08"
                  HWADDR_PRIx "\n", address);
    ARRAY_FIELD_DP32(s->regs, MSHC_IDSTS, EB,
                     s->xfer.is_write ? BUS_ERROR_SENDING
                                      : BUS_ERROR_RECEIVING);
    mshc_idmac_raise(s, R_MSHC_IDSTS_FBE_MASK);
    exynos5_mshc_data_end(s, R_MSHC_RINTSTS_HTO_MASK);
}

static void mshc_idmac_card_error(Exynos5MshcState *s)
{
    mshc_idmac_raise(s, R_MSHC_IDSTS_CES_MASK);
    exynos5_mshc_data_end(s, s->xfer.is_write ? R_MSHC_RINTSTS_EBE_MASK
                                              : R_MSHC_RINTSTS_DRTO_MASK);
}

static bool mshc_descriptor_load(MshcDescriptor *d, hwaddr address)
{
    d->address = address;
    if (dma_memory_read(&address_space_memory, address, d->word,
                        DESCRIPTOR_BYTES, MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
        return false;
    }
    for (unsigned i = 0; i < DESCRIPTOR_WORDS; i++) {
        d->word[i] = le32_to_cpu(d->word[i]);
    }
    return true;
}

/* Gives the descriptor back to the guest. */
static bool mshc_descriptor_close(MshcDescriptor *d, bool card_error)
{
    ARRAY_FIELD_DP32(d->word, MSHC_DES0, OWN, 0);
    ARRAY_FIELD_DP32(d->word, MSHC_DES0, CES, card_error);
    return stl_le_dma(&address_space_memory, d->address,
                      d->word[R_MSHC_DES0], MEMTXATTRS_UNSPECIFIED) == MEMTX_OK;
}

static hwaddr mshc_descriptor_next(Exynos5MshcState *s, MshcDescriptor *d)
{
    if (ARRAY_FIELD_EX32(d->word, MSHC_DES0, ER)) {
        return s->regs[R_MSHC_DBADDR];
    }
    if (ARRAY_FIELD_EX32(d->word, MSHC_DES0, CH)) {
        return d->word[R_MSHC_DES3];
    }
    return (uint32_t)(d->address + DESCRIPTOR_BYTES +
                      4 * ARRAY_FIELD_EX32(s->regs, MSHC_BMOD, DSL));
}

static MshcMove mshc_move_chunk(Exynos5MshcState *s, hwaddr address,
                                uint32_t len)
{
    uint8_t buf[CHUNK_BYTES];
    AddressSpace *as = &address_space_memory;
    uint32_t moved;

    if (s->xfer.is_write) {
        if (dma_memory_read(as, address, buf, len,
                            MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
            return MOVE_BUS_ERROR;
        }
        moved = exynos5_mshc_card_write(s, buf, len);
    } else {
        moved = exynos5_mshc_card_read(s, buf, len);
        if (dma_memory_write(as, address, buf, moved,
                             MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
            return MOVE_BUS_ERROR;
        }
    }
    s->regs[R_MSHC_TBBCNT] += moved;
    return moved == len ? MOVE_DONE : MOVE_CARD_ERROR;
}

/* Moves one buffer, or its part up to the end of the transfer. */
static MshcMove mshc_move_buffer(Exynos5MshcState *s, hwaddr address,
                                 uint32_t size_bytes)
{
    uint32_t left = MIN(size_bytes, s->xfer.left_bytes);

    while (left) {
        uint32_t len = MIN(left, CHUNK_BYTES);
        MshcMove result;

        s->regs[R_MSHC_BUFADDR] = address;
        result = mshc_move_chunk(s, address, len);
        if (result != MOVE_DONE) {
            return result;
        }
        address += len;
        left -= len;
    }
    return MOVE_DONE;
}

static MshcMove mshc_move_descriptor(Exynos5MshcState *s, MshcDescriptor *d)
{
    MshcMove result;

    result = mshc_move_buffer(s, d->word[R_MSHC_DES2],
                              ARRAY_FIELD_EX32(d->word, MSHC_DES1, SIZE1));
    if (result != MOVE_DONE || ARRAY_FIELD_EX32(d->word, MSHC_DES0, CH)) {
        return result;
    }
    return mshc_move_buffer(s, d->word[R_MSHC_DES3],
                            ARRAY_FIELD_EX32(d->word, MSHC_DES1, SIZE2));
}

/* The descriptor's data has moved; true if the list goes on. */
static bool mshc_descriptor_done(Exynos5MshcState *s, MshcDescriptor *d)
{
    s->regs[R_MSHC_DSCADDR] = mshc_descriptor_next(s, d);
    if (!ARRAY_FIELD_EX32(d->word, MSHC_DES0, DIC)) {
        mshc_idmac_raise(s, s->xfer.is_write ? R_MSHC_IDSTS_TI_MASK
                                             : R_MSHC_IDSTS_RI_MASK);
    }
    if (!s->xfer.left_bytes) {
        exynos5_mshc_data_end(s, 0);
        return false;
    }
    if (ARRAY_FIELD_EX32(d->word, MSHC_DES0, LD)) {
        qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: the descriptor list ends"
                      " %" PRIu64 " bytes before the transfer\n",
                      s->xfer.left_bytes);
        return false;
    }
    return true;
}

/* Executes the descriptor at DSCADDR; true if the list goes on. */
static bool mshc_idmac_step(Exynos5MshcState *s)
{
    hwaddr address = s->regs[R_MSHC_DSCADDR];
    MshcDescriptor d;
    MshcMove result;

    if (!mshc_descriptor_load(&d, address)) {
        mshc_idmac_bus_error(s, address);
        return false;
    }
    trace_exynos5_mshc_descriptor(d.address, d.word[0], d.word[1], d.word[2],
                                  d.word[3]);
    if (!ARRAY_FIELD_EX32(d.word, MSHC_DES0, OWN)) {
        mshc_idmac_raise(s, R_MSHC_IDSTS_DU_MASK);
        return false;
    }
    result = mshc_move_descriptor(s, &d);
    if (result == MOVE_BUS_ERROR) {
        mshc_idmac_bus_error(s, s->regs[R_MSHC_BUFADDR]);
        return false;
    }
    if (!mshc_descriptor_close(&d, result == MOVE_CARD_ERROR)) {
        mshc_idmac_bus_error(s, address);
        return false;
    }
    if (result == MOVE_CARD_ERROR) {
        mshc_idmac_card_error(s);
        return false;
    }
    return mshc_descriptor_done(s, &d);
}

void exynos5_mshc_idmac_run(Exynos5MshcState *s)
{
    for (unsigned i = 0; i < DESCRIPTORS_PER_RUN; i++) {
        if (!mshc_idmac_step(s)) {
            return;
        }
    }
    qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: more than %d descriptors"
                  " for one command\n", DESCRIPTORS_PER_RUN);
    mshc_idmac_bus_error(s, s->regs[R_MSHC_DSCADDR]);
}

void exynos5_mshc_idmac_start(Exynos5MshcState *s)
{
    s->regs[R_MSHC_DSCADDR] = s->regs[R_MSHC_DBADDR];
    exynos5_mshc_idmac_run(s);
}
