/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The property: a guest that uses the distributor and its virtual CPU interface sees a GICv2.
 *
 * Random traffic of two vCPUs goes to the vGIC (with list registers and a model of GICV on them)
 * and to a plain GICv2 without any of that; what IAR and the distributor's registers give must
 * agree at every step.  Left out, because a GICv2 leaves the choice or list registers cannot tell
 * (unit tests have them): SPIs with two targets, ISACTIVER and ICACTIVER, a new priority of an
 * active interrupt, GICC_DIR.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "armv7/gicv2.h"
#include "vmm-seed.h"
#include "vmm-vm.h"

#define VCPUS    2
#define INTIDS   48 /* the rest behaves as 32 to 47 */
#define TIMER    GICV2_PPI_VIRT_TIMER
#define SPURIOUS GICV2_INTID_SPURIOUS

/* ---- A plain GICv2, IHI 0048B chapters 3 and 4 ---- */

struct ref_irq {
    bool enabled, edge, line, latch, active;
    uint8_t priority, target, sources;
};

struct reference {
    bool enabled;
    struct ref_irq private[VCPUS][32];
    struct ref_irq shared[INTIDS - 32];
    /* Acknowledged and not ended, innermost last: values of IAR and their priorities. */
    uint32_t stack[VCPUS][64];
    uint8_t priority[VCPUS][64];
    unsigned depth[VCPUS];
    unsigned pmr[VCPUS];
};

static struct reference ref;

static struct ref_irq *ref_irq(unsigned vcpu, unsigned intid)
{
    return intid < 32 ? &ref.private[vcpu][intid] : &ref.shared[intid - 32];
}

static bool ref_pending(const struct ref_irq *irq, unsigned intid)
{
    return intid < 16 ? irq->sources != 0 : irq->latch || (!irq->edge && irq->line);
}

static void ref_reset(void)
{
    memset(&ref, 0, sizeof(ref));
    for (unsigned vcpu = 0; vcpu < VCPUS; vcpu++) {
        for (unsigned intid = 0; intid < 16; intid++) {
            ref.private[vcpu][intid].enabled = ref.private[vcpu][intid].edge = true;
        }
    }
}

static int ref_highest(unsigned vcpu)
{
    int best = -1;

    for (unsigned intid = 0; intid < INTIDS; intid++) {
        const struct ref_irq *irq = ref_irq(vcpu, intid);
        bool mine = intid < 32 || irq->target == 1u << vcpu;

        if (mine && irq->enabled && !irq->active && ref_pending(irq, intid) &&
            (best < 0 || irq->priority < ref_irq(vcpu, (unsigned)best)->priority)) {
            best = (int)intid;
        }
    }
    return best;
}

static uint32_t ref_iar(unsigned vcpu)
{
    int intid = ref.enabled ? ref_highest(vcpu) : -1;
    unsigned depth = ref.depth[vcpu];
    unsigned running = depth ? ref.priority[vcpu][depth - 1] : 0xff;
    struct ref_irq *irq;
    uint32_t value;

    if (intid < 0) {
        return SPURIOUS;
    }
    irq = ref_irq(vcpu, (unsigned)intid);
    value = (uint32_t)intid;
    if (irq->priority >= ref.pmr[vcpu] || irq->priority >= running) {
        return SPURIOUS;
    }
    if (intid < 16) {
        unsigned source = (unsigned)__builtin_ctz(irq->sources);

        irq->sources &= (uint8_t)~(1u << source);
        value |= source << 10;
    }
    irq->latch = false;
    irq->active = true;
    ref.stack[vcpu][depth] = value;
    ref.priority[vcpu][depth] = irq->priority;
    ref.depth[vcpu]++;
    return value;
}

/* The value that ends the innermost interrupt. */
static uint32_t ref_eoir(unsigned vcpu)
{
    uint32_t value = ref.stack[vcpu][--ref.depth[vcpu]];

    ref_irq(vcpu, value & 0x3ff)->active = false;
    return value;
}

/* ---- Both together ---- */

static struct test_vm vm;

static struct hypctx *on(unsigned vcpu)
{
    fake.cpu = vcpu;
    return &vm.hyp.vcpu[vcpu];
}

/* What the run loop does after exits: maintenance interrupts, flush. */
static void settle(void)
{
    for (unsigned vcpu = 0; vcpu < VCPUS; vcpu++) {
        struct hypctx *ctx = on(vcpu);

        if (gicv_maintenance(&fake.gich[vcpu])) {
            ctx->vgic.changed = true;
        }
        vgic_flush(ctx);
        assert_false(gicv_maintenance(&fake.gich[vcpu]));
    }
}

/* All kicks that an access would cause have been served. */
static void fold_all(void)
{
    for (unsigned vcpu = 0; vcpu < VCPUS; vcpu++) {
        vgic_sync(on(vcpu));
    }
}

static uint32_t gicd(unsigned vcpu, unsigned offset, unsigned size, bool is_write, uint32_t value)
{
    fold_all();
    return test_gicd(on(vcpu), offset, size, is_write, value);
}

static void step_enable(struct seed *seed, unsigned vcpu, unsigned intid)
{
    bool enable = seed_below(seed, 3) != 0;

    gicd(vcpu, (enable ? GICD_ISENABLER : GICD_ICENABLER) + intid / 32 * 4, 4, true,
         1u << intid % 32);
    ref_irq(vcpu, intid)->enabled = enable;
}

static void step_pending(struct seed *seed, unsigned vcpu, unsigned intid)
{
    bool set = seed_below(seed, 2);

    if (set && intid == TIMER) {
        return; /* a linked interrupt is made pending by hardware */
    }
    gicd(vcpu, (set ? GICD_ISPENDR : GICD_ICPENDR) + intid / 32 * 4, 4, true, 1u << intid % 32);
    if (intid >= 16) {
        ref_irq(vcpu, intid)->latch = set;
    }
}

static void step_priority(struct seed *seed, unsigned vcpu, unsigned intid)
{
    uint32_t priority = seed_below(seed, 256);

    if (!ref_irq(vcpu, intid)->active) {
        gicd(vcpu, GICD_IPRIORITYR + intid, 1, true, priority);
        ref_irq(vcpu, intid)->priority = priority & 0xf8;
    }
}

static void step_target(struct seed *seed, unsigned vcpu, unsigned intid)
{
    uint32_t target = seed_below(seed, 3); /* nobody, 0, 1 */

    gicd(vcpu, GICD_ITARGETSR + intid, 1, true, target);
    if (intid >= 32) {
        ref_irq(vcpu, intid)->target = (uint8_t)target;
    }
}

static void step_config(struct seed *seed, unsigned vcpu, unsigned intid)
{
    unsigned shift = intid % 16 * 2;
    uint32_t old = gicd(vcpu, GICD_ICFGR + intid / 16 * 4, 4, false, 0);
    uint32_t edge = seed_below(seed, 2);

    gicd(vcpu, GICD_ICFGR + intid / 16 * 4, 4, true, (old & ~(3u << shift)) | edge << (shift + 1));
    if (intid >= 32) {
        ref_irq(vcpu, intid)->edge = edge;
    }
}

static void step_sgi(struct seed *seed, unsigned vcpu)
{
    unsigned intid = seed_below(seed, 16), filter = seed_below(seed, 4);
    unsigned list = seed_below(seed, 4);

    gicd(vcpu, GICD_SGIR, 4, true, filter << 24 | list << 16 | intid);
    list = filter == 0 ? list : filter == 1 ? 3u & ~(1u << vcpu) : filter == 2 ? 1u << vcpu : 0;
    for (unsigned to = 0; to < VCPUS; to++) {
        if (list & 1u << to) {
            ref.private[to][intid].sources |= (uint8_t)(1u << vcpu);
        }
    }
}

static void step_sgi_pending(struct seed *seed, unsigned vcpu)
{
    unsigned intid = seed_below(seed, 16), sources = seed_below(seed, 4);
    bool set = seed_below(seed, 2);

    gicd(vcpu, (set ? GICD_SPENDSGIR : GICD_CPENDSGIR) + intid, 1, true, sources);
    if (set) {
        ref.private[vcpu][intid].sources |= (uint8_t)sources;
    } else {
        ref.private[vcpu][intid].sources &= (uint8_t)~sources;
    }
}

static void step_line(struct seed *seed, unsigned vcpu, unsigned intid)
{
    struct ref_irq *irq = ref_irq(vcpu, intid);
    bool level = seed_below(seed, 2);

    if (intid < 16 || intid == TIMER) {
        return;
    }
    fold_all();
    vgic_set_line(&vm.hyp, on(vcpu), intid, level);
    irq->latch = irq->latch || (irq->edge && level && !irq->line);
    irq->line = level;
}

static void step_timer(unsigned vcpu)
{
    struct ref_irq *irq = ref_irq(vcpu, TIMER);
    struct hypctx *ctx = on(vcpu);

    vgic_sync(ctx);
    assert_int_equal(fake.irq_active[vcpu] >> TIMER & 1, irq->latch || irq->active);
    if (!irq->latch && !irq->active) { /* else the physical one cannot come */
        arch_irq_set_active(TIMER, true);
        vgic_set_hw_pending(ctx, TIMER);
        irq->latch = true;
    }
}

static void step_read(struct seed *seed, unsigned vcpu)
{
    static const uint16_t words[] = {GICD_ISENABLER, GICD_ISPENDR, GICD_ISACTIVER};
    unsigned kind = seed_below(seed, 3), word = seed_below(seed, 2);
    uint32_t value = gicd(vcpu, words[kind] + word * 4, 4, false, 0);

    for (unsigned i = 0; i < 32 && word * 32 + i < INTIDS; i++) {
        const struct ref_irq *irq = ref_irq(vcpu, word * 32 + i);
        bool want = kind == 0 ? irq->enabled
                    : kind == 1 ? ref_pending(irq, word * 32 + i) : irq->active;

        assert_int_equal(value >> i & 1, want);
    }
}

static void step_interface(struct seed *seed, unsigned vcpu)
{
    struct fake_gich *gich = &fake.gich[vcpu];

    on(vcpu);
    switch (seed_below(seed, 5)) {
    case 0:
    case 1:
        assert_int_equal(gicv_iar(gich), ref_iar(vcpu));
        break;
    case 2:
    case 3:
        if (ref.depth[vcpu] > 0) {
            gicv_eoir(gich, ref_eoir(vcpu));
        }
        break;
    default:
        ref.pmr[vcpu] = seed_below(seed, 4) ? 0xf8 : seed_below(seed, 32) << 3;
        gich->vmcr = ref.pmr[vcpu] << 24 | 1;
        break;
    }
}

/* The vCPU leaves its CPU and comes back. */
static void step_switch(unsigned vcpu)
{
    struct hypctx *ctx = on(vcpu);

    vgic_put(ctx);
    assert_int_equal(fake.irq_active[vcpu], 0);
    memset(&fake.gich[vcpu], 0, sizeof(fake.gich[vcpu]));
    vgic_load(ctx);
}

/* An SPI more urgent than what runs, raised and taken: nests deeper than there are list registers. */
static void step_nest(struct seed *seed, unsigned vcpu)
{
    unsigned depth = ref.depth[vcpu], intid = 32 + seed_below(seed, 16);
    unsigned running = depth ? ref.priority[vcpu][depth - 1] : 0xf8;
    struct ref_irq *irq = ref_irq(vcpu, intid);

    if (irq->active || running < 8) {
        return;
    }
    irq->priority = (uint8_t)(running - 8);
    irq->enabled = true;
    irq->target = (uint8_t)(1u << vcpu);
    gicd(vcpu, GICD_IPRIORITYR + intid, 1, true, irq->priority);
    gicd(vcpu, GICD_ISENABLER + 4, 4, true, 1u << (intid - 32));
    gicd(vcpu, GICD_ITARGETSR + intid, 1, true, irq->target);
    gicd(vcpu, GICD_ISPENDR + 4, 4, true, 1u << (intid - 32));
    irq->latch = true;
    settle();
    on(vcpu);
    assert_int_equal(gicv_iar(&fake.gich[vcpu]), ref_iar(vcpu));
}

/* Takes and ends all there is without going near the distributor: only maintenance interrupts
 * bring more. */
static void drain(unsigned vcpu)
{
    struct fake_gich *gich = &fake.gich[vcpu];

    for (unsigned i = 0; i < 200; i++) {
        uint32_t want = ref_iar(vcpu);

        on(vcpu);
        assert_int_equal(gicv_iar(gich), want);
        if (want == SPURIOUS) {
            if (ref.depth[vcpu] == 0) {
                return;
            }
            gicv_eoir(gich, ref_eoir(vcpu));
        }
        settle();
    }
}

/* Ends up to count interrupts, innermost first. */
static void unwind(unsigned vcpu, unsigned count)
{
    for (; count > 0 && ref.depth[vcpu] > 0; count--) {
        on(vcpu);
        gicv_eoir(&fake.gich[vcpu], ref_eoir(vcpu));
        settle();
    }
}

static void raise_all(unsigned vcpu)
{
    gicd(vcpu, GICD_ISPENDR + 4, 4, true, 0xffff);
    for (unsigned intid = 32; intid < INTIDS; intid++) {
        ref_irq(vcpu, intid)->latch = true;
    }
    settle();
}

static void random_step(struct seed *seed)
{
    static const uint8_t busy[] = {0, 1, 5, 16, 27, 30, 32, 33, 34, 35, 36, 47};
    unsigned vcpu = seed_below(seed, VCPUS);
    unsigned intid = seed_below(seed, 4) ? busy[seed_below(seed, sizeof(busy))]
                                         : seed_below(seed, INTIDS);

    switch (seed_below(seed, 27)) {
    case 0: step_enable(seed, vcpu, intid); break;
    case 1: step_priority(seed, vcpu, intid); break;
    case 2: step_target(seed, vcpu, intid); break;
    case 3: step_config(seed, vcpu, intid); break;
    case 4: step_sgi_pending(seed, vcpu); break;
    case 5:
        ref.enabled = seed_below(seed, 8) != 0;
        gicd(vcpu, GICD_CTLR, 4, true, ref.enabled);
        break;
    case 6: step_switch(vcpu); break;
    case 7: case 8: step_timer(vcpu); break;
    case 9: case 10: step_sgi(seed, vcpu); break;
    case 11: case 12: step_line(seed, vcpu, intid); break;
    case 13: case 14: step_read(seed, vcpu); break;
    case 15: case 16: step_pending(seed, vcpu, intid); break;
    case 17: case 18:
        for (unsigned n = seed_below(seed, 12); n > 0; n--) {
            step_nest(seed, vcpu);
        }
        unwind(vcpu, seed_below(seed, 12));
        break;
    case 19:
        if (seed_below(seed, 20) == 0) {
            raise_all(vcpu);
            drain(0);
            drain(1);
        }
        break;
    default: step_interface(seed, vcpu); break;
    }
    settle();
}

static void begin_round(void)
{
    test_vm_create(&vm, VCPUS);
    ref_reset();
    for (unsigned vcpu = 0; vcpu < VCPUS; vcpu++) {
        test_vm_load(&vm, vcpu);
    }
    for (unsigned vcpu = 0; vcpu < VCPUS; vcpu++) {
        gicd(vcpu, GICD_ISENABLER, 4, true, 0xffff0000);
        for (unsigned intid = 16; intid < 32; intid++) {
            ref_irq(vcpu, intid)->enabled = true;
        }
        fake.gich[vcpu].vmcr = 0xf8000001;
        ref.pmr[vcpu] = 0xf8;
    }
    gicd(0, GICD_CTLR, 4, true, 1);
    ref.enabled = true;
    settle();
}

static void test_random_traffic_against_a_plain_gicv2(void **state)
{
    struct seed seed = {seed_choose()};

    for (unsigned round = 0; round < 200; round++) {
        begin_round();
        for (unsigned step = 0; step < 2000; step++) {
            random_step(&seed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_traffic_against_a_plain_gicv2),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
