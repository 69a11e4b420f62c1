/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is printed: the register windows of the machine's UARTs get a write function that calls the
 * device's and then reports what was stored to the transmit register, by a CPU.
 */
#include "qemu/osdep.h"
#include "qom/object.h"
#include "hw/core/cpu.h"
#include "hw/arm/exynos4210.h"
#include "hw/char/pl011.h"
#include "hw/sysbus.h"
#include "target/arm/hyptrace/recorder.h"

#define PL011_UARTDR 0x00       /* PL011 TRM (DDI 0183) 3.3.1 */
#define EXYNOS_UTXH 0x20        /* Linux serial_s3c.h, S3C2410_UTXH */

/* A kind of UART. */
typedef struct UartKind {
    const char *type;
    hwaddr transmit;            /* offset of the register that a byte is stored to */
} UartKind;

static const UartKind kinds[] = {
    { TYPE_PL011, PL011_UARTDR },
    { "exynos4210.uart", EXYNOS_UTXH },
};

/* The tapped window of one UART. */
typedef struct Tap {
    HypTrace *recorder;
    unsigned port;
    hwaddr transmit;
    const MemoryRegionOps *device_ops;
    void *device_opaque;
    MemoryRegionOps ops;
} Tap;

static uint64_t tap_read(void *opaque, hwaddr addr, unsigned size)
{
    Tap *tap = opaque;

    return tap->device_ops->read(tap->device_opaque, addr, size);
}

static void tap_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    Tap *tap = opaque;
    HypTrace *t = tap->recorder;

    tap->device_ops->write(tap->device_opaque, addr, value, size);
    if (addr == tap->transmit && current_cpu && ht_is_recording(&t->cpus[current_cpu->cpu_index])) {
        ht_record_console(&t->cpus[current_cpu->cpu_index], tap->port, value);
    }
}

/* The tap lives as long as the region: a recorder cannot be deleted. */
static void tap_region(HypTrace *t, MemoryRegion *region, hwaddr transmit, unsigned port)
{
    Tap *tap = g_new0(Tap, 1);

    tap->recorder = t;
    tap->port = port;
    tap->transmit = transmit;
    tap->device_ops = region->ops;
    tap->device_opaque = region->opaque;
    tap->ops = *region->ops;
    tap->ops.read = tap_read;
    tap->ops.write = tap_write;
    region->ops = &tap->ops;
    region->opaque = tap;
}

static int find_uart(Object *obj, void *opaque)
{
    for (unsigned i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (object_dynamic_cast(obj, kinds[i].type)) {
            g_ptr_array_add(opaque, obj);
        }
    }
    return 0;
}

static MemoryRegion *window(const Object *uart)
{
    return sysbus_mmio_get_region(SYS_BUS_DEVICE(uart), 0);
}

static int by_address(gconstpointer a, gconstpointer b)
{
    hwaddr first = window(*(Object *const *)a)->addr;
    hwaddr second = window(*(Object *const *)b)->addr;

    return first < second ? -1 : first > second;
}

static hwaddr transmit_of(Object *uart)
{
    unsigned kind = 0;

    while (!object_dynamic_cast(uart, kinds[kind].type)) {
        kind++;
    }
    return kinds[kind].transmit;
}

void ht_console_tap(HypTrace *t)
{
    g_autoptr(GPtrArray) uarts = g_ptr_array_new();

    object_child_foreach_recursive(object_get_root(), find_uart, uarts);
    g_ptr_array_sort(uarts, by_address);
    for (unsigned port = 0; port < uarts->len; port++) {
        Object *uart = g_ptr_array_index(uarts, port);

        tap_region(t, window(uart), transmit_of(uart), port);
    }
}
