/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mobile storage host of the Exynos5250 (Synopsys DesignWare): registers,
 * interrupts, commands and the common part of the data phase.
 *
 * Everything happens at once, in the register write that causes it: a
 * command has its response, and a DMA transfer its data, when the write to
 * CMD returns.  Clocks, power, bus width, timeouts, DDR and voltage switching
 * are storage.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "hw/irq.h"
#include "hw/arm/exynos5/exynos5_mshc.h"
#include "hw/arm/exynos5/exynos5_mshc_regs.h"
#include "hw/arm/exynos5/trace.h"
#include "migration/vmstate.h"

#define TYPE_EXYNOS5_MSHC_BUS "exynos5.mshc-bus"

enum {
    CMD_STOP_TRANSMISSION = 12,
    LONG_RESPONSE_BYTES = 16,
    SHORT_RESPONSE_BYTES = 4,
};

typedef struct MshcRegister {
    const char *name;
    uint32_t reset;
    uint32_t writable;
    bool locked;            /* belongs to a command until it is accepted */
} MshcRegister;

/*
 * The registers with a plain value.  Where no source gives the implemented
 * bits, all are.
 */
static const MshcRegister mshc_register[EXYNOS5_MSHC_REGS] = {
    /* [index]               name            reset       writable    locked */
    [R_MSHC_CTRL]         = { "CTRL",         0x00000000, 0xfffffef8 },
    [R_MSHC_PWREN]        = { "PWREN",        0x00000000, 0xffffffff },
    [R_MSHC_CLKDIV]       = { "CLKDIV",       0x00000000, 0xffffffff, true },
    [R_MSHC_CLKSRC]       = { "CLKSRC",       0x00000000, 0xffffffff, true },
    [R_MSHC_CLKENA]       = { "CLKENA",       0x00000000, 0xffffffff, true },
    [R_MSHC_TMOUT]        = { "TMOUT",        0xffffff40, 0xffffffff, true },
    [R_MSHC_CTYPE]        = { "CTYPE",        0x00000000, 0xffffffff, true },
    [R_MSHC_BLKSIZ]       = { "BLKSIZ",       0x00000200, 0x0000ffff, true },
    [R_MSHC_BYTCNT]       = { "BYTCNT",       0x00000200, 0xffffffff, true },
    [R_MSHC_INTMASK]      = { "INTMASK",      0x00000000, 0xffffffff },
    [R_MSHC_CMDARG]       = { "CMDARG",       0x00000000, 0xffffffff, true },
    [R_MSHC_CMD]          = { "CMD",          0x00000000, 0xffffffff, true },
    [R_MSHC_RESP0]        = { "RESP0",        0x00000000, 0 },
    [R_MSHC_RESP1]        = { "RESP1",        0x00000000, 0 },
    [R_MSHC_RESP2]        = { "RESP2",        0x00000000, 0 },
    [R_MSHC_RESP3]        = { "RESP3",        0x00000000, 0 },
    [R_MSHC_MINTSTS]      = { "MINTSTS",      0x00000000, 0 },
    [R_MSHC_RINTSTS]      = { "RINTSTS",      0x00000000, 0xffffffff },
    [R_MSHC_STATUS]       = { "STATUS",       0x00000000, 0 },
    /* RX_WMARK resets to the depth less one: U-Boot computes the depth. */
    [R_MSHC_FIFOTH]       = { "FIFOTH",       0x007f0000, 0x7fff0fff },
    [R_MSHC_CDETECT]      = { "CDETECT",      0x00000000, 0 },
    [R_MSHC_WRTPRT]       = { "WRTPRT",       0x00000000, 0 },
    [R_MSHC_GPIO]         = { "GPIO",         0x00000000, 0xffffffff },
    [R_MSHC_TCBCNT]       = { "TCBCNT",       0x00000000, 0 },
    [R_MSHC_TBBCNT]       = { "TBBCNT",       0x00000000, 0 },
    [R_MSHC_DEBNCE]       = { "DEBNCE",       0x00ffffff, 0x00ffffff },
    [R_MSHC_USRID]        = { "USRID",        0x00000000, 0xffffffff },
    /* 2.41a; from 2.40a on the data port is at 200. */
    [R_MSHC_VERID]        = { "VERID",        0x5342241a, 0 },
    /* One SD/MMC slot, 32-bit data port, IDMAC with 32-bit addresses. */
    [R_MSHC_HCON]         = { "HCON",         0x00000081, 0 },
    [R_MSHC_UHS]          = { "UHS",          0x00000000, 0xffffffff },
    [R_MSHC_RST_N]        = { "RST_N",        0x00000001, 0xffffffff },
    [R_MSHC_BMOD]         = { "BMOD",         0x00000000, 0x000007fe },
    [R_MSHC_PLDMND]       = { "PLDMND",       0x00000000, 0 },
    [R_MSHC_DBADDR]       = { "DBADDR",       0x00000000, 0xfffffffc },
    [R_MSHC_IDSTS]        = { "IDSTS",        0x00000000, 0x00000337 },
    [R_MSHC_IDINTEN]      = { "IDINTEN",      0x00000000, 0x00000337 },
    [R_MSHC_DSCADDR]      = { "DSCADDR",      0x00000000, 0 },
    [R_MSHC_BUFADDR]      = { "BUFADDR",      0x00000000, 0 },
    [R_MSHC_CLKSEL]       = { "CLKSEL",       0x00000000, 0xfffff7ff },
    [R_MSHC_CDTHRCTL]     = { "CDTHRCTL",     0x00000000, 0xffffffff },
    [R_MSHC_UHS_EXT]      = { "UHS_EXT",      0x00000000, 0xffffffff },
    [R_MSHC_EMMC_DDR]     = { "EMMC_DDR",     0x00000000, 0xffffffff },
    [R_MSHC_ENABLE_SHIFT] = { "ENABLE_SHIFT", 0x00000000, 0xffffffff },
};

/* Interrupts. */

static uint32_t mshc_masked_events(Exynos5MshcState *s)
{
    return s->regs[R_MSHC_RINTSTS] & s->regs[R_MSHC_INTMASK];
}

void exynos5_mshc_update_irq(Exynos5MshcState *s)
{
    qemu_set_irq(s->irq, ARRAY_FIELD_EX32(s->regs, MSHC_CTRL, INT_ENABLE) &&
                         (mshc_masked_events(s) || exynos5_mshc_idmac_irq(s)));
}

void exynos5_mshc_raise(Exynos5MshcState *s, uint32_t events)
{
    s->regs[R_MSHC_RINTSTS] |= events;
    exynos5_mshc_update_irq(s);
}

/* The data phase, common part. */

static void mshc_count_bytes(Exynos5MshcState *s, uint32_t len)
{
    s->xfer.left_bytes -= len;
    s->regs[R_MSHC_TCBCNT] += len;
}

uint32_t exynos5_mshc_card_read(Exynos5MshcState *s, uint8_t *buf,
                                uint32_t len)
{
    uint32_t done = 0;

    while (done < len && sdbus_get_inserted(&s->sdbus) &&
           sdbus_data_ready(&s->sdbus)) {
        done += sdbus_read_some(&s->sdbus, buf + done, len - done);
    }
    mshc_count_bytes(s, done);
    return done;
}

uint32_t exynos5_mshc_card_write(Exynos5MshcState *s, const uint8_t *buf,
                                 uint32_t len)
{
    uint32_t done = 0;

    while (done < len && sdbus_get_inserted(&s->sdbus) &&
           sdbus_receive_ready(&s->sdbus)) {
        done += sdbus_write_some(&s->sdbus, buf + done, len - done);
    }
    mshc_count_bytes(s, done);
    return done;
}

static void mshc_data_start(Exynos5MshcState *s)
{
    uint32_t count = s->regs[R_MSHC_BYTCNT];

    if (s->xfer.active) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "exynos5.mshc: data command during a data transfer\n");
    }
    s->xfer = (Exynos5MshcTransfer) {
        .active = true,
        .is_write = ARRAY_FIELD_EX32(s->regs, MSHC_CMD, WRITE),
        .is_dma = ARRAY_FIELD_EX32(s->regs, MSHC_CTRL, USE_IDMAC) &&
                  ARRAY_FIELD_EX32(s->regs, MSHC_BMOD, DE),
        .auto_stop = ARRAY_FIELD_EX32(s->regs, MSHC_CMD, SEND_AUTO_STOP),
        .left_bytes = count ? count : UINT64_MAX,
    };
    s->xfer.fifo_holds_card_data = !s->xfer.is_write && !s->xfer.is_dma;
    s->regs[R_MSHC_TCBCNT] = 0;
    s->regs[R_MSHC_TBBCNT] = 0;
    if (s->xfer.is_dma) {
        exynos5_mshc_idmac_start(s);
    } else {
        exynos5_mshc_pio_run(s);
    }
}

/* Commands. */

static int mshc_send(Exynos5MshcState *s, unsigned index, uint32_t arg,
                     uint8_t response[LONG_RESPONSE_BYTES])
{
    SDRequest request = { .cmd = index, .arg = arg };
    int len = sdbus_do_command(&s->sdbus, &request, response);

    trace_exynos5_mshc_command(index, arg, len);
    s->last_command = index;
    return len;
}

/* CMD12 by the host itself; its response goes to RESP1. */
static void mshc_auto_stop(Exynos5MshcState *s)
{
    uint8_t response[LONG_RESPONSE_BYTES];
    uint32_t events = R_MSHC_RINTSTS_ACD_MASK;

    if (mshc_send(s, CMD_STOP_TRANSMISSION, 0, response) ==
        SHORT_RESPONSE_BYTES) {
        s->regs[R_MSHC_RESP1] = ldl_be_p(response);
    } else {
        events |= R_MSHC_RINTSTS_RTO_MASK;
    }
    exynos5_mshc_raise(s, events);
}

/* Stores the response; returns the RINTSTS error bit, 0 if it is as expected. */
static uint32_t mshc_response(Exynos5MshcState *s, const uint8_t *response,
                              int len)
{
    bool is_long = ARRAY_FIELD_EX32(s->regs, MSHC_CMD, LONG_RESP);

    if (!ARRAY_FIELD_EX32(s->regs, MSHC_CMD, RESP_EXPECTED)) {
        return 0;
    }
    if (!len) {
        return R_MSHC_RINTSTS_RTO_MASK;
    }
    if (len != (is_long ? LONG_RESPONSE_BYTES : SHORT_RESPONSE_BYTES)) {
        return R_MSHC_RINTSTS_RESP_ERR_MASK;
    }
    for (int i = 0; i < len / 4; i++) {
        s->regs[R_MSHC_RESP0 + i] = ldl_be_p(response + len - 4 * (i + 1));
    }
    return 0;
}

static void mshc_execute(Exynos5MshcState *s)
{
    uint8_t response[LONG_RESPONSE_BYTES] = { };
    uint32_t error;
    int len;

    ARRAY_FIELD_DP32(s->regs, MSHC_CMD, START, 0);
    if (ARRAY_FIELD_EX32(s->regs, MSHC_CMD, VOLT_SWITCH)) {
        qemu_log_mask(LOG_UNIMP, "exynos5.mshc: no voltage switching\n");
    }
    len = mshc_send(s, ARRAY_FIELD_EX32(s->regs, MSHC_CMD, INDEX),
                    s->regs[R_MSHC_CMDARG], response);
    error = mshc_response(s, response, len);
    exynos5_mshc_raise(s, R_MSHC_RINTSTS_CMD_DONE_MASK | error);
    if (s->xfer.active && ARRAY_FIELD_EX32(s->regs, MSHC_CMD, STOP_ABORT)) {
        s->xfer.auto_stop = false;
        exynos5_mshc_data_end(s, 0);
    }
    if (!error && ARRAY_FIELD_EX32(s->regs, MSHC_CMD, DATA_EXPECTED)) {
        mshc_data_start(s);
    }
}

/* A command that waits for the data before it keeps START and its registers. */
static bool mshc_command_waits(Exynos5MshcState *s)
{
    return s->xfer.active && ARRAY_FIELD_EX32(s->regs, MSHC_CMD, WAIT_PRVDATA) &&
           !ARRAY_FIELD_EX32(s->regs, MSHC_CMD, STOP_ABORT);
}

static void mshc_command(Exynos5MshcState *s)
{
    if (!ARRAY_FIELD_EX32(s->regs, MSHC_CMD, START)) {
        return;
    }
    if (ARRAY_FIELD_EX32(s->regs, MSHC_CMD, UPD_CLK)) {
        ARRAY_FIELD_DP32(s->regs, MSHC_CMD, START, 0);
        return;
    }
    if (!mshc_command_waits(s)) {
        mshc_execute(s);
    }
}

void exynos5_mshc_data_end(Exynos5MshcState *s, uint32_t errors)
{
    trace_exynos5_mshc_data_end(s->xfer.is_write, s->xfer.is_dma,
                                s->regs[R_MSHC_TCBCNT], errors);
    s->xfer.active = false;
    exynos5_mshc_raise(s, R_MSHC_RINTSTS_DATA_OVER_MASK | errors);
    if (s->xfer.auto_stop && !errors) {
        mshc_auto_stop(s);
    }
    mshc_command(s);
}

/* Register access. */

static uint32_t mshc_status(Exynos5MshcState *s)
{
    uint32_t words = exynos5_mshc_fifo_words(s);
    bool present = sdbus_get_inserted(&s->sdbus);
    uint8_t dat = present ? sdbus_get_dat_lines(&s->sdbus) : 0;
    uint32_t v = 0;

    v = FIELD_DP32(v, MSHC_STATUS, RX_WMARK,
                   words > ARRAY_FIELD_EX32(s->regs, MSHC_FIFOTH, RX_WMARK));
    v = FIELD_DP32(v, MSHC_STATUS, TX_WMARK,
                   words <= ARRAY_FIELD_EX32(s->regs, MSHC_FIFOTH, TX_WMARK));
    v = FIELD_DP32(v, MSHC_STATUS, FIFO_EMPTY, words == 0);
    v = FIELD_DP32(v, MSHC_STATUS, FIFO_FULL,
                   words == EXYNOS5_MSHC_FIFO_WORDS);
    v = FIELD_DP32(v, MSHC_STATUS, DATA3, extract32(dat, 3, 1));
    v = FIELD_DP32(v, MSHC_STATUS, DATA_BUSY,
                   present && !extract32(dat, 0, 1));
    v = FIELD_DP32(v, MSHC_STATUS, MC_BUSY, s->xfer.active);
    v = FIELD_DP32(v, MSHC_STATUS, RESP_INDEX, s->last_command);
    return FIELD_DP32(v, MSHC_STATUS, FIFO_COUNT, words);
}

static const MshcRegister *mshc_lookup(hwaddr offset)
{
    unsigned index = offset / 4;

    return index < EXYNOS5_MSHC_REGS && mshc_register[index].name ?
           &mshc_register[index] : NULL;
}

static uint64_t exynos5_mshc_read(void *opaque, hwaddr offset, unsigned size)
{
    Exynos5MshcState *s = opaque;

    if (offset >= A_MSHC_DATA) {
        return exynos5_mshc_fifo_pop(s);
    }
    if (!mshc_lookup(offset)) {
        qemu_log_mask(LOG_UNIMP, "exynos5.mshc: read of unknown register 0x%"
                      HWADDR_PRIx "\n", offset);
        return 0;
    }
    switch (offset) {
    case A_MSHC_MINTSTS:
        return mshc_masked_events(s);
    case A_MSHC_STATUS:
        return mshc_status(s);
    case A_MSHC_CDETECT:
        return FIELD_DP32(0, MSHC_CDETECT, ABSENT,
                          !sdbus_get_inserted(&s->sdbus));
    case A_MSHC_WRTPRT:
        return FIELD_DP32(0, MSHC_WRTPRT, PROTECTED,
                          sdbus_get_inserted(&s->sdbus) &&
                          sdbus_get_readonly(&s->sdbus));
    default:
        return s->regs[offset / 4];
    }
}

static void mshc_ctrl_write(Exynos5MshcState *s, uint32_t value)
{
    if (FIELD_EX32(value, MSHC_CTRL, CONTROLLER_RESET)) {
        s->xfer.active = false;
        ARRAY_FIELD_DP32(s->regs, MSHC_CMD, START, 0);
    }
    if (FIELD_EX32(value, MSHC_CTRL, FIFO_RESET)) {
        exynos5_mshc_fifo_reset(s);
    }
    if (FIELD_EX32(value, MSHC_CTRL, DMA_RESET) && s->xfer.is_dma) {
        s->xfer.active = false;
    }
    if (FIELD_EX32(value, MSHC_CTRL, ABORT_READ_DATA) && !s->xfer.is_write) {
        s->xfer.active = false;
    }
    s->regs[R_MSHC_CTRL] = value & mshc_register[R_MSHC_CTRL].writable;
    mshc_command(s);
    exynos5_mshc_update_irq(s);
}

static void mshc_resume_idmac(Exynos5MshcState *s)
{
    if (s->xfer.active && s->xfer.is_dma) {
        exynos5_mshc_idmac_run(s);
    }
}

/* True if the write must not happen: a command holds the register. */
static bool mshc_write_refused(Exynos5MshcState *s, const MshcRegister *reg)
{
    if (!reg->locked || !ARRAY_FIELD_EX32(s->regs, MSHC_CMD, START)) {
        return false;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: write to %s while a command"
                  " waits\n", reg->name);
    exynos5_mshc_raise(s, R_MSHC_RINTSTS_HLE_MASK);
    return true;
}

static void mshc_register_write(Exynos5MshcState *s, hwaddr offset,
                                uint32_t value, const MshcRegister *reg)
{
    uint32_t *stored = &s->regs[offset / 4];

    switch (offset) {
    case A_MSHC_CTRL:
        mshc_ctrl_write(s, value);
        return;
    case A_MSHC_RINTSTS:
    case A_MSHC_IDSTS:
        *stored &= ~(value & reg->writable);
        exynos5_mshc_pio_request(s);
        exynos5_mshc_update_irq(s);
        return;
    case A_MSHC_PLDMND:
        mshc_resume_idmac(s);
        return;
    }
    if (!reg->writable) {
        qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mshc: write to %s, which is"
                      " read-only\n", reg->name);
        return;
    }
    *stored = value & reg->writable;
    switch (offset) {
    case A_MSHC_CMD:
        mshc_command(s);
        return;
    case A_MSHC_FIFOTH:
        exynos5_mshc_pio_run(s);
        return;
    case A_MSHC_INTMASK:
    case A_MSHC_IDINTEN:
        exynos5_mshc_update_irq(s);
        return;
    }
}

static void exynos5_mshc_write(void *opaque, hwaddr offset, uint64_t value,
                               unsigned size)
{
    Exynos5MshcState *s = opaque;
    const MshcRegister *reg = mshc_lookup(offset);

    if (offset >= A_MSHC_DATA) {
        exynos5_mshc_fifo_push(s, value);
    } else if (!reg) {
        qemu_log_mask(LOG_UNIMP, "exynos5.mshc: write to unknown register 0x%"
                      HWADDR_PRIx "\n", offset);
    } else if (!mshc_write_refused(s, reg)) {
        mshc_register_write(s, offset, value, reg);
    }
}

static const MemoryRegionOps exynos5_mshc_ops = {
    .read = exynos5_mshc_read,
    .write = exynos5_mshc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 4, .max_access_size = 8 },
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

/* The card came or went; WRTPRT follows the card without being told. */
static void exynos5_mshc_set_inserted(DeviceState *dev, bool inserted)
{
    Exynos5MshcState *s = EXYNOS5_MSHC(dev);

    if (s->xfer.active) {
        exynos5_mshc_data_end(s, s->xfer.is_write ? R_MSHC_RINTSTS_EBE_MASK
                                                  : R_MSHC_RINTSTS_DRTO_MASK);
    }
    exynos5_mshc_raise(s, R_MSHC_RINTSTS_CD_MASK);
}

static void exynos5_mshc_reset_hold(Object *obj, ResetType type)
{
    Exynos5MshcState *s = EXYNOS5_MSHC(obj);

    for (unsigned i = 0; i < EXYNOS5_MSHC_REGS; i++) {
        s->regs[i] = mshc_register[i].reset;
    }
    s->xfer = (Exynos5MshcTransfer) { };
    s->last_command = 0;
    fifo8_reset(&s->fifo);
    exynos5_mshc_update_irq(s);
}

static const VMStateDescription vmstate_mshc_transfer = {
    .name = "exynos5.mshc/transfer",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_BOOL(active, Exynos5MshcTransfer),
        VMSTATE_BOOL(is_write, Exynos5MshcTransfer),
        VMSTATE_BOOL(is_dma, Exynos5MshcTransfer),
        VMSTATE_BOOL(auto_stop, Exynos5MshcTransfer),
        VMSTATE_BOOL(fifo_holds_card_data, Exynos5MshcTransfer),
        VMSTATE_UINT64(left_bytes, Exynos5MshcTransfer),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription vmstate_mshc = {
    .name = TYPE_EXYNOS5_MSHC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(regs, Exynos5MshcState, EXYNOS5_MSHC_REGS),
        VMSTATE_FIFO8(fifo, Exynos5MshcState),
        VMSTATE_UINT32(last_command, Exynos5MshcState),
        VMSTATE_STRUCT(xfer, Exynos5MshcState, 1, vmstate_mshc_transfer,
                       Exynos5MshcTransfer),
        VMSTATE_END_OF_LIST()
    }
};

static void exynos5_mshc_init(Object *obj)
{
    Exynos5MshcState *s = EXYNOS5_MSHC(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    fifo8_create(&s->fifo, EXYNOS5_MSHC_FIFO_WORDS * 4);
    qbus_init(&s->sdbus, sizeof(s->sdbus), TYPE_EXYNOS5_MSHC_BUS, DEVICE(s),
              NULL);
    memory_region_init_io(&s->iomem, obj, &exynos5_mshc_ops, s,
                          TYPE_EXYNOS5_MSHC, EXYNOS5_MSHC_MMIO_SIZE_BYTES);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
}

static void exynos5_mshc_finalize(Object *obj)
{
    fifo8_destroy(&EXYNOS5_MSHC(obj)->fifo);
}

static void exynos5_mshc_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    rc->phases.hold = exynos5_mshc_reset_hold;
    dc->vmsd = &vmstate_mshc;
    dc->desc = "Exynos5250 mobile storage host";
}

static void exynos5_mshc_bus_class_init(ObjectClass *oc, void *data)
{
    SD_BUS_CLASS(oc)->set_inserted = exynos5_mshc_set_inserted;
}

static const TypeInfo exynos5_mshc_types[] = {
    {
        .name = TYPE_EXYNOS5_MSHC,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(Exynos5MshcState),
        .instance_init = exynos5_mshc_init,
        .instance_finalize = exynos5_mshc_finalize,
        .class_init = exynos5_mshc_class_init,
    }, {
        .name = TYPE_EXYNOS5_MSHC_BUS,
        .parent = TYPE_SD_BUS,
        .class_init = exynos5_mshc_bus_class_init,
    },
};
DEFINE_TYPES(exynos5_mshc_types)
