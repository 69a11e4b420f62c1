/* SPDX-License-Identifier: BSD-2-Clause */
/* PL061 GPIO.  DDI 0190, 3.3. */
#include <string.h>
#include "core/hyp.h"
#include "core/pl061.h"
#include "core/save.h"

enum {
    GPIODATA_LAST = 0x3ff, /* address bits 9 to 2 choose the pins */
    GPIODIR = 0x400,
    GPIOIS = 0x404,
    GPIOIBE = 0x408,
    GPIOIEV = 0x40c,
    GPIOIE = 0x410,
    GPIORIS = 0x414,
    GPIOMIS = 0x418,
    GPIOIC = 0x41c,
    GPIOAFSEL = 0x420,
    GPIO_ID = 0xfe0, /* PeriphID0 to 3, PCellID0 to 3 */
};

static uint8_t pins(const struct pl061 *gpio)
{
    return (uint8_t)((gpio->input & ~gpio->dir) | (gpio->output & gpio->dir));
}

/* GPIORIS: pins by level as they are, others by the edges that were seen. */
static uint8_t raw(const struct pl061 *gpio)
{
    uint8_t level = (uint8_t)~(pins(gpio) ^ gpio->iev);

    return (uint8_t)((level & gpio->is) | (gpio->edges & ~gpio->is));
}

static void update(struct pl061 *gpio)
{
    vgic_set_line(gpio->hyp, NULL, gpio->intid, (raw(gpio) & gpio->ie) != 0);
}

/* Notes the edges between the pins as they were and as they are. */
static void note_edges(struct pl061 *gpio, uint8_t before)
{
    uint8_t after = pins(gpio);
    uint8_t wanted = (uint8_t)(gpio->ibe | ~(after ^ gpio->iev));

    gpio->edges |= (uint8_t)((before ^ after) & wanted);
    update(gpio);
}

void pl061_init(struct pl061 *gpio, struct hyp *hyp, unsigned intid)
{
    memset(gpio, 0, sizeof(*gpio));
    gpio->hyp = hyp;
    gpio->intid = intid;
}

void pl061_set_pin(struct pl061 *gpio, unsigned pin, bool level)
{
    uint8_t before = pins(gpio);

    gpio->input = (uint8_t)((gpio->input & ~(1u << pin)) | (unsigned)level << pin);
    note_edges(gpio, before);
}

static uint32_t read_register(const struct pl061 *gpio, uint64_t offset)
{
    static const uint8_t id[8] = {0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    if (offset <= GPIODATA_LAST) {
        return pins(gpio) & offset >> 2;
    }
    if (offset >= GPIO_ID) {
        return id[(offset - GPIO_ID) / 4];
    }
    switch (offset) {
    case GPIODIR: return gpio->dir;
    case GPIOIS: return gpio->is;
    case GPIOIBE: return gpio->ibe;
    case GPIOIEV: return gpio->iev;
    case GPIOIE: return gpio->ie;
    case GPIORIS: return raw(gpio);
    case GPIOMIS: return raw(gpio) & gpio->ie;
    case GPIOAFSEL: return gpio->afsel;
    default: return 0; /* write-only or reserved */
    }
}

static void write_register(struct pl061 *gpio, uint64_t offset, uint8_t value)
{
    uint8_t before = pins(gpio), mask = (uint8_t)(offset >> 2);

    switch (offset) {
    case GPIODIR: gpio->dir = value; break;
    case GPIOIS: gpio->is = value; break;
    case GPIOIBE: gpio->ibe = value; break;
    case GPIOIEV: gpio->iev = value; break;
    case GPIOIE: gpio->ie = value; break;
    case GPIOIC: gpio->edges &= (uint8_t)~value; break;
    case GPIOAFSEL: gpio->afsel = value; break;
    default:
        if (offset <= GPIODATA_LAST) {
            gpio->output = (uint8_t)((gpio->output & ~mask) | (value & mask));
        }
        break;
    }
    note_edges(gpio, before);
}

enum mmio_result pl061_access(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    struct pl061 *gpio = opaque;

    (void)ctx;
    if (access->is_write) {
        write_register(gpio, access->offset & ~3ull, (uint8_t)access->value);
    } else {
        access->value = read_register(gpio, access->offset & ~3ull);
    }
    return MMIO_DONE;
}

static void save(void *opaque, struct save_stream *s)
{
    struct pl061 *gpio = opaque, copy = *gpio;
    uint8_t *const fields[] = {
        &copy.input, &copy.output, &copy.dir, &copy.is, &copy.ibe, &copy.iev, &copy.ie,
        &copy.afsel, &copy.edges,
    };

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        save_u8(s, fields[i]);
    }
    if (save_commits(s)) {
        *gpio = copy;
    }
}

static void reset(void *opaque)
{
    struct pl061 *gpio = opaque;
    uint8_t input = gpio->input;

    pl061_init(gpio, gpio->hyp, gpio->intid);
    gpio->input = input;
    update(gpio);
}

const struct mmio_device_ops pl061_ops = {save, reset};
