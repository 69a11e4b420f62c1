/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 watchdog: a 16-bit down counter that interrupts and requests a
 * reset when it reaches zero, and starts again from WTDAT.
 *
 * The count is computed from the virtual time since it was last written, so
 * the model costs one timer and is exact: PCLK of 66.67 MHz has 15 ns.
 * A count of zero, which the manuals leave open, times out one count later.
 */
#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "hw/arm/exynos5/exynos5_lanes.h"
#include "hw/arm/exynos5/exynos5_wdt.h"
#include "hw/arm/exynos5/exynos5_wdt_regs.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "migration/vmstate.h"

enum { WDT_WINDOW_BYTES = 0x1000 };

static const uint32_t wtcon_writable =
    R_WDT_WTCON_RESET_ENABLE_MASK | R_WDT_WTCON_INT_ENABLE_MASK |
    R_WDT_WTCON_DIVIDER_MASK | R_WDT_WTCON_ENABLE_MASK |
    R_WDT_WTCON_PRESCALER_MASK;

static bool wdt_running(Exynos5WdtState *s)
{
    return FIELD_EX32(s->wtcon, WDT_WTCON, ENABLE) && clock_is_enabled(s->pclk);
}

/* How many PCLK cycles one count takes. */
static uint64_t wdt_cycles_per_count(Exynos5WdtState *s)
{
    return (FIELD_EX32(s->wtcon, WDT_WTCON, PRESCALER) + 1) *
           (16ULL << FIELD_EX32(s->wtcon, WDT_WTCON, DIVIDER));
}

static void wdt_time_out(Exynos5WdtState *s)
{
    if (FIELD_EX32(s->wtcon, WDT_WTCON, INT_ENABLE)) {
        s->pending = true;
        qemu_irq_raise(s->irq);
    }
    if (FIELD_EX32(s->wtcon, WDT_WTCON, RESET_ENABLE)) {
        qemu_irq_pulse(s->reset_request);
    }
}

/*
 * Brings the count up to now.  Several time-outs since the last call, with a
 * tiny WTDAT, count as one.
 */
static void wdt_sync(Exynos5WdtState *s)
{
    int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    uint64_t cycles = wdt_cycles_per_count(s);
    uint64_t counts, left = MAX(s->wtcnt, 1);

    if (!wdt_running(s)) {
        return;
    }
    counts = clock_ns_to_ticks(s->pclk, now_ns - s->start_ns) / cycles;
    s->start_ns += clock_ticks_to_ns(s->pclk, counts * cycles);
    if (counts < left) {
        s->wtcnt -= MIN(counts, s->wtcnt);
        return;
    }
    s->wtcnt = s->wtdat - (counts - left) % MAX(s->wtdat, 1);
    wdt_time_out(s);
}

/* Starts counting from wtcnt, or stops. */
static void wdt_arm(Exynos5WdtState *s)
{
    if (wdt_running(s)) {
        uint64_t cycles = MAX(s->wtcnt, 1) * wdt_cycles_per_count(s);

        timer_mod(s->timer, s->start_ns + clock_ticks_to_ns(s->pclk, cycles));
    } else {
        timer_del(s->timer);
    }
}

static void wdt_timer_expired(void *opaque)
{
    Exynos5WdtState *s = opaque;

    wdt_sync(s);
    wdt_arm(s);
}

static uint64_t wdt_read(void *opaque, hwaddr offset, unsigned size)
{
    Exynos5WdtState *s = opaque;
    uint32_t value = 0;

    switch (exynos5_lane_word(offset)) {
    case A_WDT_WTCON:
        value = s->wtcon;
        break;
    case A_WDT_WTDAT:
        value = s->wtdat;
        break;
    case A_WDT_WTCNT:
        wdt_sync(s);
        wdt_arm(s);
        value = s->wtcnt;
        break;
    case A_WDT_WTCLRINT:
        qemu_log_mask(LOG_GUEST_ERROR, "exynos5-wdt: WTCLRINT is write-only\n");
        break;
    default:
        qemu_log_mask(LOG_UNIMP, "exynos5-wdt: read of offset 0x%03"
                      HWADDR_PRIx "\n", offset);
        break;
    }
    return exynos5_lane_read(value, offset, size);
}

static void wdt_write(void *opaque, hwaddr offset, uint64_t value64,
                      unsigned size)
{
    Exynos5WdtState *s = opaque;
    uint32_t value = exynos5_lane_write(value64, offset, size);
    uint32_t lanes = exynos5_lane_mask(offset, size);

    wdt_sync(s);
    switch (exynos5_lane_word(offset)) {
    case A_WDT_WTCON:
        s->wtcon = ((s->wtcon & ~lanes) | value) & wtcon_writable;
        s->start_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        break;
    case A_WDT_WTDAT:
        s->wtdat = ((s->wtdat & ~lanes) | value) & R_WDT_WTDAT_COUNT_MASK;
        break;
    case A_WDT_WTCNT:
        s->wtcnt = ((s->wtcnt & ~lanes) | value) & R_WDT_WTCNT_COUNT_MASK;
        s->start_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        break;
    case A_WDT_WTCLRINT:
        s->pending = false;
        qemu_irq_lower(s->irq);
        break;
    default:
        qemu_log_mask(LOG_UNIMP, "exynos5-wdt: write of 0x%08x to offset 0x%03"
                      HWADDR_PRIx "\n", value, offset);
        break;
    }
    wdt_arm(s);
}

static const MemoryRegionOps wdt_ops = {
    .read = wdt_read,
    .write = wdt_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
    .valid = { .min_access_size = 1, .max_access_size = 4 },
};

static void wdt_reset_hold(Object *obj, ResetType type)
{
    Exynos5WdtState *s = EXYNOS5_WDT(obj);

    s->wtcon = 0x8001;
    s->wtdat = 0x8000;
    s->wtcnt = 0x8000;
    s->start_ns = 0;
    s->pending = false;
    timer_del(s->timer);
}

static void wdt_reset_exit(Object *obj, ResetType type)
{
    qemu_irq_lower(EXYNOS5_WDT(obj)->irq);
}

static void wdt_init(Object *obj)
{
    Exynos5WdtState *s = EXYNOS5_WDT(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &wdt_ops, s, TYPE_EXYNOS5_WDT,
                          WDT_WINDOW_BYTES);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->reset_request,
                             EXYNOS5_WDT_RESET_REQUEST, 1);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, wdt_timer_expired, s);
}

static void wdt_finalize(Object *obj)
{
    timer_free(EXYNOS5_WDT(obj)->timer);
}

static const VMStateDescription vmstate_wdt = {
    .name = TYPE_EXYNOS5_WDT,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, Exynos5WdtState),
        VMSTATE_TIMER_PTR(timer, Exynos5WdtState),
        VMSTATE_UINT32(wtcon, Exynos5WdtState),
        VMSTATE_UINT32(wtdat, Exynos5WdtState),
        VMSTATE_UINT32(wtcnt, Exynos5WdtState),
        VMSTATE_INT64(start_ns, Exynos5WdtState),
        VMSTATE_BOOL(pending, Exynos5WdtState),
        VMSTATE_END_OF_LIST()
    }
};

static void wdt_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    dc->desc = "Exynos5250 watchdog";
    dc->vmsd = &vmstate_wdt;
    rc->phases.hold = wdt_reset_hold;
    rc->phases.exit = wdt_reset_exit;
}

static const TypeInfo wdt_type = {
    .name = TYPE_EXYNOS5_WDT,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5WdtState),
    .instance_init = wdt_init,
    .instance_finalize = wdt_finalize,
    .class_init = wdt_class_init,
};

static void wdt_register_types(void)
{
    type_register_static(&wdt_type);
}
type_init(wdt_register_types)
