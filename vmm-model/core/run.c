/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run loop: flush - enter - decode - dispatch, until an exit is not handled here.
 * Flush is model to hardware, sync hardware to model.
 */
#include "core/cond.h"
#include "core/cpreg.h"
#include "core/inject.h"
#include "core/psci.h"
#include "core/vm.h"
#include "armv7/gicv2.h"

/* Whether an exit was dealt with, so that the guest goes on. */
enum handled {
    LEAVE,
    GO_ON,
};

typedef enum handled exit_handler(struct hypctx *ctx, struct vm_exit *exit);

static enum handled leave(struct hypctx *ctx, struct vm_exit *exit)
{
    (void)ctx, (void)exit;
    return LEAVE;
}

static enum handled skip(struct hypctx *ctx, struct vm_exit *exit)
{
    regs_skip(&ctx->regs, exit->insn_bytes);
    return GO_ON;
}

static enum handled handle_irq(struct hypctx *ctx, struct vm_exit *exit)
{
    unsigned intid = arch_irq_ack();

    exit->u.irq.intid = (uint16_t)intid;
    switch (intid) {
    case GICV2_PPI_VIRT_TIMER:
        vtimer_fired(ctx);
        return GO_ON;
    case GICV2_PPI_MAINTENANCE:
        ctx->vgic.changed = true;
        return GO_ON;
    case GICV2_PPI_HYP_TIMER:
        ctx->timer_deadline = UINT64_MAX;
        if (arch_counter() < ctx->slice_end) {
            return GO_ON; /* the guest's physical timer, see vtimer_flush() */
        }
        exit->code = VM_EXIT_PREEMPTED;
        return LEAVE;
    case ARCH_KICK_SGI:
    case GICV2_INTID_SPURIOUS:
        return GO_ON;
    default:
        return LEAVE;
    }
}

/* Waits only if nothing could wake the guest at once.  DDI 0406C B1.8.13. */
static enum handled handle_wfi(struct hypctx *ctx, struct vm_exit *exit)
{
    skip(ctx, exit);
    return vgic_has_pending(ctx) || ctx->serror_pending ? GO_ON : LEAVE;
}

static enum handled handle_wfe(struct hypctx *ctx, struct vm_exit *exit)
{
    skip(ctx, exit);
    return LEAVE;
}

static enum handled undefined(struct hypctx *ctx, struct vm_exit *exit)
{
    (void)exit;
    inject_undefined(ctx);
    return GO_ON;
}

static enum handled handle_cpreg(struct hypctx *ctx, struct vm_exit *exit)
{
    return cpreg_emulate(ctx, &exit->u.cpreg) ? skip(ctx, exit) : undefined(ctx, exit);
}

/* Coprocessors 10 and 11: the first use of floating point since the vCPU was loaded.  B1.11.3 */
static enum handled handle_coproc(struct hypctx *ctx, struct vm_exit *exit)
{
    if (exit->u.coproc.coproc != 10 && exit->u.coproc.coproc != 11) {
        return undefined(ctx, exit);
    }
    arch_vfp_load(ctx);
    return GO_ON; /* the instruction is executed again */
}

static enum handled handle_call(struct hypctx *ctx, struct vm_exit *exit)
{
    switch (psci_call(ctx)) {
    case PSCI_WAIT:
        exit->code = VM_EXIT_WFI;
        return vgic_has_pending(ctx) ? GO_ON : LEAVE;
    case PSCI_UNKNOWN:
        return LEAVE;
    case PSCI_HANDLED:
    case PSCI_STOP: /* seen at the head of the loop */
        break;
    }
    return GO_ON;
}

static enum handled handle_hvc(struct hypctx *ctx, struct vm_exit *exit)
{
    return exit->u.call.imm16 == 0 ? handle_call(ctx, exit) : LEAVE;
}

/* Unlike HVC, a trapped SMC returns to itself: B1.14.3. */
static enum handled handle_smc(struct hypctx *ctx, struct vm_exit *exit)
{
    skip(ctx, exit);
    return handle_call(ctx, exit);
}

static enum handled handle_serror(struct hypctx *ctx, struct vm_exit *exit)
{
    (void)exit;
    inject_serror(ctx);
    return GO_ON;
}

/* True if the guest may do now what the fault says it could not: the entry was absent for the
 * moment of a break before make, was mapped meanwhile, or the page is logged. */
static bool is_resolved(struct hypctx *ctx, const struct abort_access *abort)
{
    struct s2 *s2 = &ctx->hyp->s2;
    struct s2_leaf leaf;
    unsigned need = S2_R;

    if (abort->is_insn) {
        need = S2_X;
    } else if (abort->syndrome.write && !abort->syndrome.s1ptw) {
        need = S2_W;
    }
    if (need == S2_W && s2_log_fault(s2, abort->ipa)) {
        return true;
    }
    return s2_lookup(s2, abort->ipa, &leaf) && (leaf.attrs & need);
}

static bool is_external(const struct abort_access *abort)
{
    unsigned kind = abort->syndrome.fsc & ~3u;

    return kind != HSR_FSC_TRANSLATION && kind != HSR_FSC_PERMISSION &&
           kind != HSR_FSC_ACCESS_FLAG;
}

static void inject_abort(struct hypctx *ctx, const struct abort_access *abort)
{
    if (abort->is_insn) {
        inject_prefetch_abort(ctx, abort->va);
    } else {
        inject_data_abort(ctx, abort->va, abort->syndrome.write, INJECT_EXTERNAL);
    }
}

/* Goes on with a device access; *exit becomes VM_EXIT_MMIO if it leaves. */
static enum handled continue_mmio(struct hypctx *ctx, struct vm_exit *exit)
{
    switch (mmio_continue(ctx, exit)) {
    case MMIO_UNHANDLED:
        return LEAVE;
    case MMIO_ABORT:
        inject_data_abort(ctx, ctx->mmio.insn.va, !ctx->mmio.insn.is_load, INJECT_EXTERNAL);
        break;
    case MMIO_DONE:
        break;
    }
    return GO_ON;
}

static enum handled handle_abort(struct hypctx *ctx, struct vm_exit *exit)
{
    const struct abort_access *abort = &exit->u.abort;

    if (is_external(abort)) {
        inject_abort(ctx, abort);
        return GO_ON;
    }
    if (is_resolved(ctx, abort)) {
        return GO_ON;
    }
    if (!mmio_find(&ctx->hyp->mmio, abort->ipa)) {
        return LEAVE;
    }
    if (!mmio_begin(ctx, exit)) {
        inject_abort(ctx, abort);
        return GO_ON;
    }
    return continue_mmio(ctx, exit);
}

static exit_handler *const handlers[VM_EXIT_CODE_COUNT] = {
    [VM_EXIT_IRQ] = handle_irq,
    [VM_EXIT_FIQ] = leave,
    [VM_EXIT_CONDITION_FAILED] = skip,
    [VM_EXIT_WFI] = handle_wfi,
    [VM_EXIT_WFE] = handle_wfe,
    [VM_EXIT_CPREG] = handle_cpreg,
    [VM_EXIT_COPROC] = handle_coproc,
    [VM_EXIT_UNDEFINED] = undefined,
    [VM_EXIT_HVC] = handle_hvc,
    [VM_EXIT_SMC] = handle_smc,
    [VM_EXIT_ABORT] = handle_abort,
    [VM_EXIT_SERROR] = handle_serror,
    [VM_EXIT_HYP_FAULT] = leave,
};

/* Makes ctx the CPU's own. */
static void load(struct hypctx *ctx, unsigned cpu)
{
    struct hyp *hyp = ctx->hyp;

    arch_lock(hyp->vmid_lock);
    if (vmid_enter(hyp->vmids, &hyp->vmid, cpu)) {
        arch_s2_flush_all();
    }
    hyp->s2.vmid = hyp->vmid.value;
    arch_unlock(hyp->vmid_lock);
    ctx->cpu = (int)cpu;
    ctx->timer_deadline = 0;
    arch_vcpu_load(ctx);
    vgic_load(ctx);
}

/* The nearer of the end of the slice and the guest's emulated timer. */
static void set_timer(struct hypctx *ctx)
{
    uint64_t deadline = vtimer_deadline(ctx);

    if (deadline > ctx->slice_end || arch_counter() >= deadline) {
        deadline = ctx->slice_end; /* what is due is in the model already */
    }
    if (deadline != ctx->timer_deadline) {
        ctx->timer_deadline = deadline;
        arch_timer_set(deadline);
    }
}

static void enter(struct hypctx *ctx)
{
    vtimer_flush(ctx);
    vgic_flush(ctx);
    set_timer(ctx);
    ctx->in_guest = true;
    arch_unlock(&ctx->hyp->lock);
    arch_enter_guest(ctx);
    arch_lock(&ctx->hyp->lock);
    ctx->in_guest = false;
}

/* True, and *exit filled, if ctx has nothing to run. */
static bool is_stopped(struct hypctx *ctx, struct vm_exit *exit)
{
    if (ctx->hyp->power == VM_RUNNING && ctx->power == VCPU_ON) {
        return false;
    }
    hypctx_put(ctx);
    *exit = (struct vm_exit) {.code = VM_EXIT_OFF, .pc = ctx->regs.pc};
    if (ctx->hyp->power != VM_RUNNING) {
        exit->code =
            ctx->hyp->power == VM_RESET ? VM_EXIT_SYSTEM_RESET : VM_EXIT_SYSTEM_OFF;
    }
    return true;
}

static enum handled run_once(struct hypctx *ctx, struct vm_exit *exit)
{
    if (ctx->mmio.active) {
        return continue_mmio(ctx, exit); /* the rest of an access that left */
    }
    enter(ctx);
    *exit = trap_decode(&ctx->trap, ctx->regs.pc, ctx->regs.cpsr);
    ctx->exit_count[exit->code]++;
    return handlers[exit->code](ctx, exit);
}

/* Does what devices have to do, a piece at least; false: the slice is over before all is done. */
static bool do_work(struct hypctx *ctx)
{
    while (work_run(ctx->hyp) && ctx->hyp->work) {
        if (arch_counter() >= ctx->slice_end) {
            return false;
        }
    }
    return true;
}

struct vm_exit vcpu_run(struct hypctx *ctx, unsigned cpu, uint64_t slice_end)
{
    struct vm_exit exit;

    arch_lock(&ctx->hyp->lock);
    ctx->slice_end = slice_end;
    for (;;) {
        if (is_stopped(ctx, &exit)) {
            break;
        }
        if (ctx->cpu < 0) {
            load(ctx, cpu);
        }
        if (ctx->hyp->work) {
            if (!do_work(ctx)) {
                exit = (struct vm_exit) {.code = VM_EXIT_PREEMPTED, .pc = ctx->regs.pc};
                break;
            }
            continue; /* the VM may have been stopped meanwhile */
        }
        if (run_once(ctx, &exit) == LEAVE) {
            break;
        }
    }
    arch_unlock(&ctx->hyp->lock);
    return exit;
}

bool vcpu_emulate(struct hypctx *ctx, struct vm_exit *exit)
{
    bool begun;

    arch_lock(&ctx->hyp->lock);
    begun = exit->code == VM_EXIT_ABORT && mmio_begin(ctx, exit) &&
            mmio_continue(ctx, exit) == MMIO_UNHANDLED;
    arch_unlock(&ctx->hyp->lock);
    return begun;
}

void vcpu_mmio_complete(struct hypctx *ctx, uint32_t value)
{
    struct vm_exit exit;

    arch_lock(&ctx->hyp->lock);
    if (ctx->mmio.active) {
        mmio_supply(ctx, value);
        if (ctx->mmio.next == ctx->mmio.insn.count) {
            mmio_continue(ctx, &exit); /* no transfer is left: writeback and skip */
        }
    }
    arch_unlock(&ctx->hyp->lock);
}

void vcpu_inject_abort(struct hypctx *ctx, const struct vm_exit *exit)
{
    arch_lock(&ctx->hyp->lock);
    if (exit->code == VM_EXIT_ABORT) {
        inject_abort(ctx, &exit->u.abort);
    } else if (ctx->mmio.active) {
        ctx->mmio.active = false;
        inject_data_abort(ctx, ctx->mmio.insn.va, !ctx->mmio.insn.is_load, INJECT_EXTERNAL);
    }
    arch_unlock(&ctx->hyp->lock);
}
