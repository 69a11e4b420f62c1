/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exynos5 multi-core timer: registers, interrupts, clock.  What the counters
 * do is in exynos5_mct_count.c.
 *
 * G_CNT counts only while G_TCON.START is set.  On silicon that also gates
 * CNTPCT; here CNTPCT always counts, and the two differ by a constant.
 */
#include "qemu/osdep.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "hw/irq.h"
#include "hw/arm/exynos5/exynos5_mct.h"
#include "hw/arm/exynos5/exynos5_mct_count.h"
#include "hw/arm/exynos5/exynos5_ticks.h"
#include "migration/vmstate.h"

static uint64_t mct_divisor(const Exynos5MctState *s)
{
    return (uint64_t)(FIELD_EX32(s->cfg, MCT_CFG, PRESCALER) + 1)
           << FIELD_EX32(s->cfg, MCT_CFG, DIVIDER);
}

static uint64_t mct_ticks(const Exynos5MctState *s)
{
    return exynos5_ticks_at(qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL)) / mct_divisor(s);
}

static void mct_sync(Exynos5MctState *s, uint64_t ticks)
{
    mct_global_sync(&s->global, ticks);
    for (unsigned n = 0; n < MCT_LOCAL_TIMERS; n++) {
        mct_local_sync(&s->local[n], ticks);
    }
}

static void mct_arm(Exynos5MctState *s, uint64_t ticks)
{
    uint64_t next = mct_global_next(&s->global, ticks);
    uint64_t crystal_ticks;

    for (unsigned n = 0; n < MCT_LOCAL_TIMERS; n++) {
        next = MIN(next, mct_local_next(&s->local[n]));
    }
    if (next == MCT_NEVER || umul64_overflow(next, mct_divisor(s), &crystal_ticks)) {
        timer_del(s->timer);
    } else {
        timer_mod_ns(s->timer, exynos5_ticks_deadline(crystal_ticks));
    }
}

static void mct_set_irqs(Exynos5MctState *s)
{
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        qemu_set_irq(s->comp_irq[n],
                     (s->global.int_cstat & s->global.int_enb) >> n & 1);
    }
    for (unsigned n = 0; n < MCT_LOCAL_TIMERS; n++) {
        qemu_set_irq(s->local_irq[n],
                     !!(s->local[n].int_cstat & s->local[n].int_enb));
    }
}

/* Brings everything to the present tick and waits for the next interrupt. */
static void mct_update(Exynos5MctState *s, uint64_t ticks)
{
    mct_sync(s, ticks);
    mct_set_irqs(s);
    mct_arm(s, ticks);
}

static void mct_timer_cb(void *opaque)
{
    mct_update(opaque, mct_ticks(opaque));
}

static void mct_set_cfg(Exynos5MctState *s, uint64_t ticks, uint32_t value)
{
    uint64_t jump;

    s->cfg = value & (R_MCT_CFG_PRESCALER_MASK | R_MCT_CFG_DIVIDER_MASK);
    jump = mct_ticks(s) - ticks;
    mct_global_shift_ticks(&s->global, jump);
    for (unsigned n = 0; n < MCT_LOCAL_TIMERS; n++) {
        mct_local_shift_ticks(&s->local[n], jump);
    }
}

static void mct_log_bad(hwaddr offset, const char *what)
{
    qemu_log_mask(LOG_GUEST_ERROR, "exynos5.mct: %s at 0x%03" HWADDR_PRIx "\n",
                  what, offset);
}

static void mct_log_unknown(hwaddr offset, const char *what)
{
    qemu_log_mask(LOG_UNIMP, "exynos5.mct: %s unknown register 0x%03"
                  HWADDR_PRIx "\n", what, offset);
}

/* Comparator registers: @offset of comparator 0's register. */
static uint32_t mct_comparator_read(Exynos5MctState *s, unsigned n, hwaddr offset)
{
    switch (offset) {
    case A_G_COMP0_L:
        return s->global.comp[n].value;
    case A_G_COMP0_U:
        return s->global.comp[n].value >> 32;
    case A_G_COMP0_ADD_INCR:
        return s->global.comp[n].increment;
    default:
        mct_log_unknown(offset + n * MCT_COMP_STRIDE, "read of");
        return 0;
    }
}

static void mct_comparator_write(Exynos5MctState *s, unsigned n, hwaddr offset,
                                 uint64_t ticks, uint32_t value)
{
    Exynos5MctGlobal *g = &s->global;
    uint64_t old = g->comp[n].value;

    switch (offset) {
    case A_G_COMP0_L:
        mct_comparator_set(g, n, ticks, deposit64(old, 0, 32, value));
        g->wstat |= R_G_WSTAT_COMP0_L_MASK << (4 * n);
        break;
    case A_G_COMP0_U:
        mct_comparator_set(g, n, ticks, deposit64(old, 32, 32, value));
        g->wstat |= R_G_WSTAT_COMP0_U_MASK << (4 * n);
        break;
    case A_G_COMP0_ADD_INCR:
        g->comp[n].increment = value;
        g->wstat |= R_G_WSTAT_COMP0_ADD_INCR_MASK << (4 * n);
        break;
    default:
        mct_log_unknown(offset + n * MCT_COMP_STRIDE, "write to");
        break;
    }
}

/* Local timer registers: @offset of local timer 0's register. */
static uint32_t mct_local_read(Exynos5MctState *s, unsigned n, hwaddr offset,
                               uint64_t ticks)
{
    const Exynos5MctLocal *l = &s->local[n];

    switch (offset) {
    case A_L0_TCNTB:
        return l->tcntb;
    case A_L0_TCNTO:
        return mct_local_tcnto(l, ticks);
    case A_L0_ICNTB:
        return l->icntb;
    case A_L0_ICNTO:
        return l->icnt;
    case A_L0_FRCNTB:
        return l->frcntb;
    case A_L0_FRCNTO:
        return mct_local_frcnto(l, ticks);
    case A_L0_TCON:
        return l->tcon;
    case A_L0_INT_CSTAT:
        return l->int_cstat;
    case A_L0_INT_ENB:
        return l->int_enb;
    case A_L0_WSTAT:
        return l->wstat;
    default:
        mct_log_unknown(offset + n * MCT_LOCAL_STRIDE, "read of");
        return 0;
    }
}

static void mct_local_write(Exynos5MctState *s, unsigned n, hwaddr offset,
                            uint64_t ticks, uint32_t value)
{
    Exynos5MctLocal *l = &s->local[n];

    switch (offset) {
    case A_L0_TCNTB:
        l->tcntb = value;
        l->wstat |= R_L0_WSTAT_TCNTB_MASK;
        break;
    case A_L0_ICNTB:
        mct_local_set_icntb(l, value);
        l->wstat |= R_L0_WSTAT_ICNTB_MASK;
        break;
    case A_L0_FRCNTB:
        l->frcntb = value;
        l->wstat |= R_L0_WSTAT_FRCNTB_MASK;
        break;
    case A_L0_TCON:
        mct_local_set_tcon(l, ticks, value);
        l->wstat |= R_L0_WSTAT_TCON_MASK;
        break;
    case A_L0_INT_CSTAT:
        l->int_cstat &= ~value;
        break;
    case A_L0_INT_ENB:
        l->int_enb = value & (R_L0_INT_CSTAT_ICNT_MASK | R_L0_INT_CSTAT_FRCNT_MASK);
        break;
    case A_L0_WSTAT:
        l->wstat &= ~value;
        break;
    case A_L0_TCNTO:
    case A_L0_ICNTO:
    case A_L0_FRCNTO:
        mct_log_bad(offset + n * MCT_LOCAL_STRIDE, "write to a read-only register");
        break;
    default:
        mct_log_unknown(offset + n * MCT_LOCAL_STRIDE, "write to");
        break;
    }
}

static uint32_t mct_global_read(Exynos5MctState *s, hwaddr offset, uint64_t ticks)
{
    const Exynos5MctGlobal *g = &s->global;

    switch (offset) {
    case A_MCT_CFG:
        return s->cfg;
    case A_G_CNT_L:
        return mct_global_count(g, ticks);
    case A_G_CNT_U:
        return mct_global_count(g, ticks) >> 32;
    case A_G_CNT_WSTAT:
        return g->cnt_wstat;
    case A_G_TCON:
        return g->tcon;
    case A_G_INT_CSTAT:
        return g->int_cstat;
    case A_G_INT_ENB:
        return g->int_enb;
    case A_G_WSTAT:
        return g->wstat;
    default:
        mct_log_unknown(offset, "read of");
        return 0;
    }
}

static void mct_global_write(Exynos5MctState *s, hwaddr offset, uint64_t ticks,
                             uint32_t value)
{
    Exynos5MctGlobal *g = &s->global;
    uint64_t count = mct_global_count(g, ticks);

    switch (offset) {
    case A_MCT_CFG:
        mct_set_cfg(s, ticks, value);
        break;
    case A_G_CNT_L:
        mct_global_set_count(g, ticks, deposit64(count, 0, 32, value));
        g->cnt_wstat |= R_G_CNT_WSTAT_L_MASK;
        break;
    case A_G_CNT_U:
        mct_global_set_count(g, ticks, deposit64(count, 32, 32, value));
        g->cnt_wstat |= R_G_CNT_WSTAT_U_MASK;
        break;
    case A_G_CNT_WSTAT:
        g->cnt_wstat &= ~value;
        break;
    case A_G_TCON:
        mct_global_set_tcon(g, ticks, value);
        g->wstat |= R_G_WSTAT_TCON_MASK;
        break;
    case A_G_INT_CSTAT:
        g->int_cstat &= ~value;
        break;
    case A_G_INT_ENB:
        g->int_enb = value & MAKE_64BIT_MASK(0, MCT_COMPARATORS);
        break;
    case A_G_WSTAT:
        g->wstat &= ~value;
        break;
    default:
        mct_log_unknown(offset, "write to");
        break;
    }
}

/* Splits an offset into the number of a comparator and comparator 0's offset. */
static bool mct_is_comparator(hwaddr offset, unsigned *n, hwaddr *offset0)
{
    if (offset < A_G_COMP0_L ||
        offset >= A_G_COMP0_L + MCT_COMPARATORS * MCT_COMP_STRIDE) {
        return false;
    }
    *n = (offset - A_G_COMP0_L) / MCT_COMP_STRIDE;
    *offset0 = offset - *n * MCT_COMP_STRIDE;
    return true;
}

static bool mct_is_local(hwaddr offset, unsigned *n, hwaddr *offset0)
{
    if (offset < A_L0_TCNTB ||
        offset >= A_L0_TCNTB + MCT_LOCAL_TIMERS * MCT_LOCAL_STRIDE) {
        return false;
    }
    *n = (offset - A_L0_TCNTB) / MCT_LOCAL_STRIDE;
    *offset0 = offset - *n * MCT_LOCAL_STRIDE;
    return true;
}

static uint64_t mct_read(void *opaque, hwaddr offset, unsigned size_bytes)
{
    Exynos5MctState *s = opaque;
    uint64_t ticks = mct_ticks(s);
    hwaddr offset0;
    unsigned n;

    if (offset == A_G_CNT_L || offset == A_G_CNT_U) {
        return mct_global_read(s, offset, ticks);
    }
    mct_update(s, ticks);
    if (mct_is_comparator(offset, &n, &offset0)) {
        return mct_comparator_read(s, n, offset0);
    }
    if (mct_is_local(offset, &n, &offset0)) {
        return mct_local_read(s, n, offset0, ticks);
    }
    return mct_global_read(s, offset, ticks);
}

static void mct_write(void *opaque, hwaddr offset, uint64_t value,
                      unsigned size_bytes)
{
    Exynos5MctState *s = opaque;
    uint64_t ticks = mct_ticks(s);
    hwaddr offset0;
    unsigned n;

    mct_sync(s, ticks);
    if (mct_is_comparator(offset, &n, &offset0)) {
        mct_comparator_write(s, n, offset0, ticks, value);
    } else if (mct_is_local(offset, &n, &offset0)) {
        mct_local_write(s, n, offset0, ticks, value);
    } else {
        mct_global_write(s, offset, ticks, value);
    }
    mct_update(s, mct_ticks(s));
}

static const MemoryRegionOps mct_ops = {
    .read = mct_read,
    .write = mct_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 4, .max_access_size = 4 },
};

static void mct_reset_hold(Object *obj, ResetType type)
{
    Exynos5MctState *s = EXYNOS5_MCT(obj);

    timer_del(s->timer);
    s->cfg = 0;
    memset(&s->global, 0, sizeof(s->global));
    memset(&s->local, 0, sizeof(s->local));
    mct_set_irqs(s);
}

static const VMStateDescription vmstate_comparator = {
    .name = "exynos5.mct/comparator",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT64(value, Exynos5MctComparator),
        VMSTATE_UINT64(next, Exynos5MctComparator),
        VMSTATE_UINT32(increment, Exynos5MctComparator),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription vmstate_global = {
    .name = "exynos5.mct/global",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT64(base, Exynos5MctGlobal),
        VMSTATE_STRUCT_ARRAY(comp, Exynos5MctGlobal, MCT_COMPARATORS, 1,
                             vmstate_comparator, Exynos5MctComparator),
        VMSTATE_UINT32(tcon, Exynos5MctGlobal),
        VMSTATE_UINT32(int_cstat, Exynos5MctGlobal),
        VMSTATE_UINT32(int_enb, Exynos5MctGlobal),
        VMSTATE_UINT32(wstat, Exynos5MctGlobal),
        VMSTATE_UINT32(cnt_wstat, Exynos5MctGlobal),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription vmstate_local = {
    .name = "exynos5.mct/local",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(tcntb, Exynos5MctLocal),
        VMSTATE_UINT32(icntb, Exynos5MctLocal),
        VMSTATE_UINT32(frcntb, Exynos5MctLocal),
        VMSTATE_UINT32(tcon, Exynos5MctLocal),
        VMSTATE_UINT32(int_cstat, Exynos5MctLocal),
        VMSTATE_UINT32(int_enb, Exynos5MctLocal),
        VMSTATE_UINT32(wstat, Exynos5MctLocal),
        VMSTATE_UINT32(tcnt_load, Exynos5MctLocal),
        VMSTATE_UINT32(icnt_load, Exynos5MctLocal),
        VMSTATE_UINT32(icnt, Exynos5MctLocal),
        VMSTATE_UINT64(frc_period, Exynos5MctLocal),
        VMSTATE_UINT64(tcnt_loaded, Exynos5MctLocal),
        VMSTATE_UINT64(frc_loaded, Exynos5MctLocal),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription vmstate_mct = {
    .name = TYPE_EXYNOS5_MCT,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_TIMER_PTR(timer, Exynos5MctState),
        VMSTATE_UINT32(cfg, Exynos5MctState),
        VMSTATE_STRUCT(global, Exynos5MctState, 1, vmstate_global,
                       Exynos5MctGlobal),
        VMSTATE_STRUCT_ARRAY(local, Exynos5MctState, MCT_LOCAL_TIMERS, 1,
                             vmstate_local, Exynos5MctLocal),
        VMSTATE_END_OF_LIST()
    }
};

static void mct_init(Object *obj)
{
    Exynos5MctState *s = EXYNOS5_MCT(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &mct_ops, s, TYPE_EXYNOS5_MCT,
                          MCT_REGION_SIZE_BYTES);
    sysbus_init_mmio(sbd, &s->iomem);
    for (unsigned n = 0; n < MCT_COMPARATORS; n++) {
        sysbus_init_irq(sbd, &s->comp_irq[n]);
    }
    for (unsigned n = 0; n < MCT_LOCAL_TIMERS; n++) {
        sysbus_init_irq(sbd, &s->local_irq[n]);
    }
    s->timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, mct_timer_cb, s);
}

static void mct_finalize(Object *obj)
{
    timer_free(EXYNOS5_MCT(obj)->timer);
}

static void mct_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    dc->desc = "Exynos5 multi-core timer";
    dc->vmsd = &vmstate_mct;
    rc->phases.hold = mct_reset_hold;
}

static const TypeInfo mct_type = {
    .name = TYPE_EXYNOS5_MCT,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(Exynos5MctState),
    .instance_init = mct_init,
    .instance_finalize = mct_finalize,
    .class_init = mct_class_init,
};

static void mct_register_types(void)
{
    type_register_static(&mct_type);
}
type_init(mct_register_types)
