/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of a VM goes into a buffer: vCPUs with their timers and interrupts, the distributor, and the
 * devices in the order of their addresses.  Memory is the caller's.
 */
#include "core/save.h"
#include "core/vm.h"
#include "armv7/gicv2.h"

#define SAVE_MAGIC    0x534d4d56u /* "VMMS" */
#define SAVE_VERSION  1
#define SAVE_END      0x444e4521u
#define TIMER_BITS    (CNT_CTL_ENABLE | CNT_CTL_IMASK)
#define PRIORITY_RES0 7u          /* 5 bits are implemented */
#define DIST_CTLR_MAX 3u

/* All vCPUs are put: none is in a list register. */
static void save_irq(struct save_stream *s, struct vgic_irq *irq, unsigned vcpu_count,
                     bool may_be_linked)
{
    save_bool(s, &irq->enabled);
    save_bool(s, &irq->edge);
    save_bool(s, &irq->group1);
    save_bool(s, &irq->line);
    save_bool(s, &irq->latch);
    save_bool(s, &irq->active);
    save_bool(s, &irq->hw);
    save_u8(s, &irq->priority);
    save_u8_max(s, &irq->targets, (uint8_t)((1u << vcpu_count) - 1));
    save_u8(s, &irq->sources);
    save_u8_max(s, &irq->active_source, VM_VCPU_MAX - 1);
    save_u8_max(s, &irq->active_cpu, (uint8_t)(vcpu_count - 1));
    save_require(s, (irq->priority & PRIORITY_RES0) == 0 && (!irq->hw || may_be_linked));
    irq->owner = VGIC_NO_OWNER;
    irq->drop_pending = irq->drop_active = false;
}

static void save_dist(struct save_stream *s, struct hyp *hyp)
{
    struct vgic_dist dist = hyp->vgic;

    save_u32_max(s, &dist.ctlr, DIST_CTLR_MAX);
    for (unsigned i = 0; i < VGIC_SHARED_COUNT; i++) {
        save_irq(s, &dist.irq[i], hyp->vcpu_count, false);
    }
    for (unsigned i = 0; i < VGIC_SHARED_COUNT / 32; i++) {
        dist.live[i] = UINT32_MAX; /* vgic_flush() looks at all, and forgets the idle */
    }
    if (save_commits(s)) {
        hyp->vgic = dist;
    }
}

static void save_vgic_cpu(struct save_stream *s, struct vgic_cpu *cpu, unsigned vcpu_count)
{
    for (unsigned i = 0; i < VGIC_PRIVATE_COUNT; i++) {
        save_irq(s, &cpu->irq[i], vcpu_count, i == GICV2_PPI_VIRT_TIMER);
    }
    save_u32(s, &cpu->vmcr);
    save_u32(s, &cpu->apr);
    cpu->live = UINT32_MAX;
    cpu->changed = true;
}

static bool is_guest_mode(uint32_t psr)
{
    switch (armv7_psr_mode(psr)) {
    case ARMV7_MODE_USR:
    case ARMV7_MODE_FIQ:
    case ARMV7_MODE_IRQ:
    case ARMV7_MODE_SVC:
    case ARMV7_MODE_ABT:
    case ARMV7_MODE_UND:
    case ARMV7_MODE_SYS:
        return true;
    default: /* Hyp and Monitor, and what is reserved */
        return false;
    }
}

static void save_regs(struct save_stream *s, struct guest_regs *regs, bool on)
{
    save_u32_array(s, regs->r, 13);
    save_u32(s, &regs->pc);
    save_u32(s, &regs->cpsr);
    save_u32_array(s, regs->sp, BANK_COUNT);
    save_u32_array(s, regs->lr, BANK_COUNT);
    save_u32_array(s, regs->spsr, BANK_COUNT);
    save_u32_array(s, regs->r_fiq, 5);
    save_require(s, !on || is_guest_mode(regs->cpsr));
}

static void save_sysregs(struct save_stream *s, struct guest_sysregs *sys)
{
    uint32_t *const words[] = {
        &sys->sctlr, &sys->cpacr, &sys->ttbcr, &sys->dacr, &sys->prrr, &sys->nmrr, &sys->amair0,
        &sys->amair1, &sys->dfsr, &sys->ifsr, &sys->adfsr, &sys->aifsr, &sys->dfar, &sys->ifar,
        &sys->vbar, &sys->contextidr, &sys->tpidrurw, &sys->tpidruro, &sys->tpidrprw,
        &sys->csselr, &sys->cntkctl,
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        save_u32(s, words[i]);
    }
    save_u64(s, &sys->ttbr0);
    save_u64(s, &sys->ttbr1);
    save_u64(s, &sys->par);
}

/* The virtual count goes on where it was, so the virtual timer's value stays; the guest cannot be
 * shown another physical count, so the physical one's keeps its distance. */
static void save_timers(struct save_stream *s, struct vtimer *vtimer)
{
    save_u32_max(s, &vtimer->virt.ctl, TIMER_BITS);
    save_u64(s, &vtimer->virt.cval);
    save_u32_max(s, &vtimer->phys.ctl, TIMER_BITS);
    save_time(s, &vtimer->phys.cval);
}

static void save_vcpu(struct save_stream *s, struct hypctx *ctx)
{
    struct hypctx copy = *ctx;
    unsigned power = copy.power;

    save_unsigned_max(s, &power, VCPU_ON);
    copy.power = (enum vcpu_power)power;
    save_regs(s, &copy.regs, power == VCPU_ON);
    save_sysregs(s, &copy.sys);
    save_u64_array(s, copy.vfp.d, 32);
    save_u32(s, &copy.vfp.fpscr);
    save_u32(s, &copy.vfp.fpexc);
    save_timers(s, &copy.vtimer);
    save_vgic_cpu(s, &copy.vgic, ctx->hyp->vcpu_count);
    save_bool(s, &copy.serror_pending);
    save_u64_array(s, copy.exit_count, VM_EXIT_CODE_COUNT);
    if (save_commits(s)) {
        *ctx = copy;
        hypctx_kick(ctx); /* it may have something to do */
    }
}

static void save_devices(struct save_stream *s, struct hyp *hyp)
{
    for (unsigned i = 0; i < hyp->mmio.count; i++) {
        const struct mmio_region *region = &hyp->mmio.region[i];

        if (region->ops) {
            save_constant(s, (uint32_t)(region->base.value >> 8)); /* 40 bits, 4 KiB aligned */
            region->ops->save(region->opaque, s);
        }
    }
}

static void save_vm(struct save_stream *s, struct hyp *hyp)
{
    uint64_t virtual_ticks = s->now_ticks - hyp->cntvoff;
    unsigned power = hyp->power;

    save_constant(s, SAVE_MAGIC);
    save_constant(s, SAVE_VERSION);
    save_constant(s, hyp->vcpu_count);
    save_unsigned_max(s, &power, VM_RESET);
    save_u64(s, &virtual_ticks);
    if (save_commits(s)) {
        hyp->power = (enum vm_power)power;
        hyp->cntvoff = s->now_ticks - virtual_ticks;
        work_drop(hyp);
    }
    save_dist(s, hyp);
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        save_vcpu(s, &hyp->vcpu[i]);
    }
    save_devices(s, hyp);
    save_constant(s, SAVE_END);
}

/* No part of a vCPU is in the hardware, or with the caller. */
static bool is_at_rest(const struct hyp *hyp)
{
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        if (hyp->vcpu[i].cpu >= 0 || hyp->vcpu[i].mmio.active) {
            return false;
        }
    }
    return true;
}

int vm_save(struct hyp *hyp, void *buffer, size_t size_bytes, size_t *needed_bytes)
{
    struct save_stream s = {
        .mode = SAVE_WRITE, .write = buffer, .size_bytes = size_bytes,
        .now_ticks = arch_counter(),
    };
    int status = VMM_EBUSY;

    arch_lock(&hyp->lock);
    if (is_at_rest(hyp)) {
        save_vm(&s, hyp);
        *needed_bytes = s.at;
        status = s.at <= size_bytes ? VMM_OK : VMM_ENOMEM;
    }
    arch_unlock(&hyp->lock);
    return status;
}

/* One of the two readings. */
static bool read_all(struct hyp *hyp, enum save_mode mode, const void *buffer, size_t size_bytes)
{
    struct save_stream s = {
        .mode = mode, .read = buffer, .size_bytes = size_bytes, .now_ticks = arch_counter(),
    };

    save_vm(&s, hyp);
    return !s.failed && s.at == size_bytes;
}

int vm_restore(struct hyp *hyp, const void *buffer, size_t size_bytes)
{
    int status = VMM_EBUSY;

    arch_lock(&hyp->lock);
    if (is_at_rest(hyp)) {
        status = VMM_EINVAL;
        if (read_all(hyp, SAVE_CHECK, buffer, size_bytes)) {
            read_all(hyp, SAVE_COMMIT, buffer, size_bytes);
            status = VMM_OK;
        }
    }
    arch_unlock(&hyp->lock);
    return status;
}
