/* SPDX-License-Identifier: BSD-2-Clause */
/* PL011 UART.  DDI 0183G 3.2, 3.3. */
#include <string.h>
#include "core/hyp.h"
#include "core/pl011.h"
#include "core/save.h"

/*   name      offset */
enum {
    UARTDR = 0x00,
    UARTFR = 0x18,
    UARTIBRD = 0x24,
    UARTFBRD = 0x28,
    UARTLCR_H = 0x2c,
    UARTCR = 0x30,
    UARTIFLS = 0x34,
    UARTIMSC = 0x38,
    UARTRIS = 0x3c,
    UARTMIS = 0x40,
    UARTICR = 0x44,
    UART_ID = 0xfe0, /* PeriphID0 to 3, PCellID0 to 3 */
};

#define FR_RXFE (1u << 4)
#define FR_RXFF (1u << 6)
#define FR_TXFE (1u << 7)
#define INT_RX  (1u << 4)
#define INT_TX  (1u << 5)
#define CR_RESET   0x300u /* RXE, TXE */
#define IFLS_RESET 0x12u

static void update(struct pl011 *uart)
{
    vgic_set_line(uart->hyp, NULL, uart->intid, uart->ris & uart->imsc);
}

void pl011_init(struct pl011 *uart, struct hyp *hyp, unsigned intid,
                void (*put)(void *opaque, char c), void *opaque)
{
    memset(uart, 0, sizeof(*uart));
    uart->hyp = hyp;
    uart->intid = intid;
    uart->put = put;
    uart->opaque = opaque;
    uart->cr = CR_RESET;
    uart->ifls = IFLS_RESET;
}

void pl011_receive(struct pl011 *uart, char c)
{
    if (uart->count < PL011_FIFO_SIZE) {
        uart->fifo[(uart->head + uart->count++) % PL011_FIFO_SIZE] = (uint8_t)c;
    }
    uart->ris |= INT_RX;
    update(uart);
}

static uint32_t read_data(struct pl011 *uart)
{
    uint8_t c = uart->fifo[uart->head];

    if (uart->count == 0) {
        return 0;
    }
    uart->head = (uart->head + 1) % PL011_FIFO_SIZE;
    if (--uart->count == 0) {
        uart->ris &= ~INT_RX;
        update(uart);
    }
    return c;
}

static uint32_t flags(const struct pl011 *uart)
{
    return FR_TXFE | (uart->count == 0 ? FR_RXFE : 0) |
           (uart->count == PL011_FIFO_SIZE ? FR_RXFF : 0);
}

static uint32_t read_register(struct pl011 *uart, uint64_t offset)
{
    static const uint8_t id[8] = {0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    if (offset >= UART_ID) {
        return id[(offset - UART_ID) / 4];
    }
    switch (offset) {
    case UARTDR: return read_data(uart);
    case UARTFR: return flags(uart);
    case UARTIBRD: return uart->ibrd;
    case UARTFBRD: return uart->fbrd;
    case UARTLCR_H: return uart->lcr_h;
    case UARTCR: return uart->cr;
    case UARTIFLS: return uart->ifls;
    case UARTIMSC: return uart->imsc;
    case UARTRIS: return uart->ris;
    case UARTMIS: return uart->ris & uart->imsc;
    default: return 0; /* reserved */
    }
}

static void write_register(struct pl011 *uart, uint64_t offset, uint32_t value)
{
    switch (offset) {
    case UARTDR:
        uart->put(uart->opaque, (char)value);
        uart->ris |= INT_TX; /* the FIFO has room again at once */
        break;
    case UARTIBRD: uart->ibrd = value & 0xffff; break;
    case UARTFBRD: uart->fbrd = value & 0x3f; break;
    case UARTLCR_H: uart->lcr_h = value & 0xff; break;
    case UARTCR: uart->cr = value & 0xff87; break;
    case UARTIFLS: uart->ifls = value & 0x3f; break;
    case UARTIMSC: uart->imsc = value & 0x7ff; break;
    case UARTICR: uart->ris &= ~value; break;
    default: break; /* read-only or reserved */
    }
    update(uart);
}

enum mmio_result pl011_access(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    struct pl011 *uart = opaque;

    (void)ctx;
    if (access->is_write) {
        write_register(uart, access->offset & ~3ull, access->value);
    } else {
        access->value = read_register(uart, access->offset & ~3ull);
    }
    return MMIO_DONE;
}

static void save(void *opaque, struct save_stream *s)
{
    struct pl011 *uart = opaque, copy = *uart;
    uint32_t *const fields[] = {
        &copy.cr, &copy.lcr_h, &copy.ibrd, &copy.fbrd, &copy.ifls, &copy.imsc, &copy.ris,
    };

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        save_u32(s, fields[i]);
    }
    for (unsigned i = 0; i < PL011_FIFO_SIZE; i++) {
        save_u8(s, &copy.fifo[i]);
    }
    save_unsigned_max(s, &copy.head, PL011_FIFO_SIZE - 1);
    save_unsigned_max(s, &copy.count, PL011_FIFO_SIZE);
    if (save_commits(s)) {
        *uart = copy;
    }
}

static void reset(void *opaque)
{
    struct pl011 *uart = opaque;

    pl011_init(uart, uart->hyp, uart->intid, uart->put, uart->opaque);
    update(uart);
}

const struct mmio_device_ops pl011_ops = {save, reset};
