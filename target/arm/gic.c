/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Listens to the GICv2: the memory regions of its CPU interfaces get read and write functions that
 * call the device's and then report.  Register layout: IHI 0048B 4.4 (GICC), 5.3 (GICH).
 */
#include "qemu/osdep.h"
#include "qom/object.h"
#include "hw/core/cpu.h"
#include "hw/intc/arm_gic.h"
#include "armv7/gicv2.h"
#include "target/arm/hyptrace/recorder.h"

typedef enum TapKind { TAP_GICC, TAP_GICH, TAP_GICV } TapKind;

/* One tapped memory region. */
typedef struct Tap {
    HypTrace *recorder;
    TapKind kind;
    int cpu_index;              /* whose interface; -1: of the CPU that accesses it */
    const MemoryRegionOps *device_ops;
    void *device_opaque;
    MemoryRegionOps ops;
} Tap;

/* The CPU whose interface is accessed, or NULL: not by a CPU (monitor, gdb, DMA). */
static HtCpu *tap_cpu(const Tap *tap)
{
    int index;

    if (!current_cpu) {
        return NULL;
    }
    index = tap->cpu_index < 0 ? current_cpu->cpu_index : tap->cpu_index;
    return index < tap->recorder->cpu_count ? &tap->recorder->cpus[index] : NULL;
}

static void report_read(const Tap *tap, HtCpu *c, hwaddr addr, uint32_t value)
{
    switch (tap->kind) {
    case TAP_GICC:
        if ((addr == GICC_IAR || addr == GICC_AIAR) &&
            gicv2_iar_intid(value) < GICV2_INTID_GROUP) {
            ht_record_gic(c, HT_EV_GIC_ACK, 0, value);
        }
        break;
    case TAP_GICV:
        c->gic.changed = true;
        if (c->recorder->gicv && (addr == GICC_IAR || addr == GICC_AIAR) &&
            gicv2_iar_intid(value) < GICV2_INTID_GROUP) {
            ht_record_gic(c, HT_EV_GICV_ACK, 0, value);
        }
        break;
    case TAP_GICH:
        break;
    }
}

/* @eoi, @dir: the events of the physical or of the virtual CPU interface. */
static void report_interface_write(HtCpu *c, hwaddr addr, uint32_t value, enum ht_event_id eoi,
                                   enum ht_event_id dir)
{
    switch (addr) {
    case GICC_EOIR:
    case GICC_AEOIR:
        ht_record_gic(c, eoi, 0, value);
        break;
    case GICC_DIR:
        ht_record_gic(c, dir, 0, value);
        break;
    }
}

static void report_gich_write(HtCpu *c, hwaddr addr, uint32_t value)
{
    hwaddr lr = (addr - GICH_LR) / 4;

    c->gic.changed = true;
    if (addr >= GICH_LR && lr < HT_REG_LR_MAX) {
        ht_record_gic(c, HT_EV_GICH_LR, lr, value);
    }
}

static void report_write(const Tap *tap, HtCpu *c, hwaddr addr, uint32_t value)
{
    switch (tap->kind) {
    case TAP_GICC:
        report_interface_write(c, addr, value, HT_EV_GIC_EOI, HT_EV_GIC_DIR);
        break;
    case TAP_GICH:
        report_gich_write(c, addr, value);
        break;
    case TAP_GICV:
        c->gic.changed = true;
        if (c->recorder->gicv) {
            report_interface_write(c, addr, value, HT_EV_GICV_EOI, HT_EV_GICV_DIR);
        }
        break;
    }
}

static MemTxResult tap_read(void *opaque, hwaddr addr, uint64_t *data, unsigned size,
                            MemTxAttrs attrs)
{
    Tap *tap = opaque;
    MemTxResult result = tap->device_ops->read_with_attrs(tap->device_opaque, addr, data, size,
                                                          attrs);
    HtCpu *c = tap_cpu(tap);

    if (c) {
        report_read(tap, c, addr, *data);
    }
    return result;
}

static MemTxResult tap_write(void *opaque, hwaddr addr, uint64_t data, unsigned size,
                             MemTxAttrs attrs)
{
    Tap *tap = opaque;
    MemTxResult result = tap->device_ops->write_with_attrs(tap->device_opaque, addr, data, size,
                                                           attrs);
    HtCpu *c = tap_cpu(tap);

    if (c) {
        report_write(tap, c, addr, data);
    }
    return result;
}

/* The tap lives as long as the region: a recorder cannot be deleted. */
static void tap_region(HypTrace *t, MemoryRegion *region, TapKind kind, int cpu_index)
{
    Tap *tap;

    if (!region->ops || !region->ops->read_with_attrs) {
        return;
    }
    tap = g_new0(Tap, 1);
    tap->recorder = t;
    tap->kind = kind;
    tap->cpu_index = cpu_index;
    tap->device_ops = region->ops;
    tap->device_opaque = region->opaque;
    tap->ops = *region->ops;
    tap->ops.read_with_attrs = tap_read;
    tap->ops.write_with_attrs = tap_write;
    region->ops = &tap->ops;
    region->opaque = tap;
}

void ht_gic_tap(HypTrace *t)
{
    Object *found = object_resolve_path_type("", TYPE_ARM_GIC, NULL);
    GICState *gic;

    if (!found) {
        return;
    }
    gic = ARM_GIC(found);
    tap_region(t, &gic->cpuiomem[0], TAP_GICC, -1);
    for (unsigned i = 0; i < gic->num_cpu; i++) {
        tap_region(t, &gic->cpuiomem[i + 1], TAP_GICC, i);
    }
    if (!gic->virt_extn) {
        return;
    }
    tap_region(t, &gic->vifaceiomem[0], TAP_GICH, -1);
    tap_region(t, &gic->vcpuiomem, TAP_GICV, -1);
    for (unsigned i = 0; i < gic->num_cpu && i < t->cpu_count; i++) {
        tap_region(t, &gic->vifaceiomem[i + 1], TAP_GICH, i);
        t->cpus[i].gic = (HtGicCpu) { .gic = gic, .index = i, .changed = true };
    }
}

/* GICH_VMCR as the device composes it. */
static uint32_t gich_vmcr(const GICState *gic, unsigned cpu)
{
    unsigned vcpu = cpu + GIC_NCPU;

    return extract32(gic->cpu_ctlr[vcpu], 0, 10) | gic->abpr[vcpu] << 18 |
           gic->bpr[vcpu] << 21 | extract32(gic->priority_mask[vcpu], 3, 5) << 27;
}

void ht_gic_put_rows(void *opaque, HtShadow *shadow, uint8_t **p, unsigned *count)
{
    HtGicCpu *g = opaque;

    if (!g->changed || !g->gic) {
        return;
    }
    g->changed = false;
    ht_put_changed_row(shadow, p, count, HT_REG_GICH_HCR, g->gic->h_hcr[g->index]);
    ht_put_changed_row(shadow, p, count, HT_REG_GICH_VMCR, gich_vmcr(g->gic, g->index));
    ht_put_changed_row(shadow, p, count, HT_REG_GICH_APR, g->gic->h_apr[g->index]);
    for (unsigned lr = 0; lr < g->gic->num_lrs && lr < HT_REG_LR_MAX; lr++) {
        ht_put_changed_row(shadow, p, count, HT_REG_GICH_LR0 + lr, g->gic->h_lr[lr][g->index]);
    }
}
