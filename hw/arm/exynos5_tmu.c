/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5250 thermal management unit: the sensor's code, and interrupts when
 * it rises to or falls to one of four thresholds each.
 *
 * Not modelled: the hardware trip that cuts the power, noise cancelling, the
 * past temperatures, and the time that an emulated temperature takes.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/bitops.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/arm/exynos5/exynos5_lanes.h"
#include "hw/arm/exynos5/exynos5_tmu.h"
#include "hw/arm/exynos5/exynos5_tmu_regs.h"
#include "hw/irq.h"
#include "migration/vmstate.h"

enum {
    TMU_WINDOW_BYTES = 0x1000,
    TMU_THRESHOLDS = 4,
    TMU_FALL_SHIFT = 16,        /* of FALL0 in INTEN and INTSTAT */
    TMU_INT_BITS = 0x11111111,
    /* One degree a code (one-point trimming); 55 and 85 at the trim points. */
    TMU_TRIMINFO = 0x5537,
    TMU_CODE_25C = 0x37,
    TMU_DEFAULT_C = 40,
};

static uint8_t tmu_code(Exynos5TmuState *s)
{
    if (FIELD_EX32(s->emul_con, TMU_EMUL_CON, ENABLE)) {
        return FIELD_EX32(s->emul_con, TMU_EMUL_CON, CODE);
    }
    return s->temperature_c - 25 + TMU_CODE_25C;
}

/* The comparators that are true now, bits as in INTSTAT. */
static uint32_t tmu_compare(Exynos5TmuState *s)
{
    uint32_t crossed = 0;

    if (!FIELD_EX32(s->control, TMU_CONTROL, CORE_ENABLE)) {
        return 0;
    }
    for (unsigned i = 0; i < TMU_THRESHOLDS; i++) {
        if (tmu_code(s) >= extract32(s->thd_temp_rise, 8 * i, 8)) {
            crossed |= BIT(4 * i);
        }
        if (tmu_code(s) <= extract32(s->thd_temp_fall, 8 * i, 8)) {
            crossed |= BIT(4 * i + TMU_FALL_SHIFT);
        }
    }
    return crossed;
}

/* A comparator that becomes true latches its interrupt. */
static void tmu_update(Exynos5TmuState *s)
{
    uint32_t crossed = tmu_compare(s);

    s->intstat |= crossed & ~s->crossed;
    s->crossed = crossed;
    qemu_set_irq(s->irq, (s->intstat & s->inten) != 0);
}

/* The storage behind a register that is written as it stands, or NULL. */
static uint32_t *tmu_stored(Exynos5TmuState *s, hwaddr offset)
{
    switch (offset) {
    case A_TMU_TRIMINFO_CON2:
        return &s->triminfo_con2;
    case A_TMU_CONTROL:
        return &s->control;
    case A_TMU_THD_TEMP_RISE:
        return &s->thd_temp_rise;
    case A_TMU_THD_TEMP_FALL:
        return &s->thd_temp_fall;
    case A_TMU_INTEN:
        return &s->inten;
    case A_TMU_EMUL_CON:
        return &s->emul_con;
    default:
        return NULL;
    }
}

static uint64_t tmu_read(void *opaque, hwaddr offset, unsigned size)
{
    Exynos5TmuState *s = opaque;
    uint32_t *stored = tmu_stored(s, exynos5_lane_word(offset));
    uint32_t value = stored ? *stored : 0;

    switch (exynos5_lane_word(offset)) {
    case A_TMU_TRIMINFO:
        value = TMU_TRIMINFO;
        break;
    case A_TMU_STATUS:
        value = R_TMU_STATUS_IDLE_MASK;
        break;
    case A_TMU_CURRENT_TEMP:
        value = tmu_code(s);
        break;
    case A_TMU_INTSTAT:
        value = s->intstat;
        break;
    default:
        if (!stored) {
            qemu_log_mask(LOG_UNIMP, "exynos5-tmu: read of offset 0x%03"
                          HWADDR_PRIx "\n", offset);
        }
        break;
    }
    return exynos5_lane_read(value, offset, size);
}

static void tmu_write(void *opaque, hwaddr offset, uint64_t value64,
                      unsigned size)
{
    Exynos5TmuState *s = opaque;
    uint32_t value = exynos5_lane_write(value64, offset, size);
    uint32_t *stored = tmu_stored(s, exynos5_lane_word(offset));

    if (stored) {
        *stored = (*stored & ~exynos5_lane_mask(offset, size)) | value;
        s->inten &= TMU_INT_BITS;
    } else if (exynos5_lane_word(offset) == A_TMU_INTCLEAR) {
        s->intstat &= ~value;
    } else {
        qemu_log_mask(LOG_UNIMP, "exynos5-tmu: write of 0x%08x to offset 0x%03"
                      HWADDR_PRIx "\n", value, offset);
    }
    tmu_update(s);
}

static const MemoryRegionOps tmu_ops = {
    .read = tmu_read,
    .write = tmu_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
    .valid = { .min_access_size = 1, .max_access_size = 4 },
};

static void tmu_get_temperature(Object *obj, Visitor *v, const char *name,
                                void *opaque, Error **errp)
{
    visit_type_int16(v, name, &EXYNOS5_TMU(obj)->temperature_c, errp);
}

static void tmu_set_temperature(Object *obj, Visitor *v, const char *name,
                                void *opaque, Error **errp)
{
    Exynos5TmuState *s = EXYNOS5_TMU(obj);
    const int lowest_c = 25 - TMU_CODE_25C;
    int64_t temperature_c;

    if (!visit_type_int(v, name, &temperature_c, errp)) {
        return;
    }
    if (temperature_c < lowest_c || temperature_c > lowest_c + UINT8_MAX) {
        error_setg(errp, "%s: %" PRId64 " degrees is outside the sensor's "
                   "range: use %d to %d", name, temperature_c, lowest_c,
                   lowest_c + UINT8_MAX);
        return;
    }
    s->temperature_c = temperature_c;
    tmu_update(s);
}

static void tmu_reset_hold(Object *obj, ResetType type)
{
    Exynos5TmuState *s = EXYNOS5_TMU(obj);

    s->triminfo_con2 = 0;
    s->control = 0;
    s->thd_temp_rise = 0;
    s->thd_temp_fall = 0;
    s->inten = 0;
    s->intstat = 0;
    s->emul_con = 0;
    s->crossed = 0;
}

static void tmu_reset_exit(Object *obj, ResetType type)
{
    tmu_update(EXYNOS5_TMU(obj));
}

static void tmu_init(Object *obj)
{
    Exynos5TmuState *s = EXYNOS5_TMU(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    s->temperature_c = TMU_DEFAULT_C;
    memory_region_init_io(&s->iomem, obj, &tmu_ops, s, TYPE_EXYNOS5_TMU,
                          TMU_WINDOW_BYTES);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    object_property_add(obj, "temperature", "int", tmu_get_temperature,
                        tmu_set_temperature, NULL, NULL);
    object_property_set_description(obj, "temperature",
                                    "whole degrees Celsius of the die");
}

static const VMStateDescription vmstate_tmu = {
    .name = TYPE_EXYNOS5_TMU,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_INT16(temperature_c, Exynos5TmuState),
        VMSTATE_UINT32(triminfo_con2, Exynos5TmuState),
        VMSTATE_UINT32(control, Exynos5TmuState),
        VMSTATE_UINT32(thd_temp_rise, Exynos5TmuState),
        VMSTATE_UINT32(thd_temp_fall, Exynos5TmuState),
        VMSTATE_UINT32(inten, Exynos5TmuState),
        VMSTATE_UINT32(intstat, Exynos5TmuState),
        VMSTATE_UINT32(emul_con, Exynos5TmuState),
        VMSTATE_UINT32(crossed, Exynos5TmuState),
        VMSTATE_END_OF_LIST()
    }
};

static void tmu_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    dc->desc = "Exynos5250 thermal management unit";
    dc->vmsd = &vmstate_tmu;
    rc->phases.hold = tmu_reset_hold;
    rc->phases.exit = tmu_reset_exit;
}

static const TypeInfo tmu_type = {
    .name = TYPE_EXYNOS5_TMU,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5TmuState),
    .instance_init = tmu_init,
    .class_init = tmu_class_init,
};

static void tmu_register_types(void)
{
    type_register_static(&tmu_type);
}
type_init(tmu_register_types)
