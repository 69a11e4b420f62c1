/* SPDX-License-Identifier: BSD-2-Clause */
/* Life of a VM and of its vCPUs, and access to their state. */
#include <string.h>
#include "core/inject.h"
#include "core/psci.h"
#include "core/sched.h"
#include "core/vm.h"

static bool config_ok(const struct vm_config *config)
{
    return config->vcpu_count >= 1 && config->vcpu_count <= VM_VCPU_MAX &&
           config->lr_count >= 1 && config->lr_count <= VGIC_LR_MAX &&
           config->table_page_count >= S2_ROOT_PAGES;
}

static void init_vcpu(struct hyp *hyp, unsigned index)
{
    struct hypctx *ctx = &hyp->vcpu[index];

    ctx->hyp = hyp;
    ctx->index = index;
    ctx->cpu = -1;
    vgic_cpu_init(ctx);
}

static int schedule_vcpus(struct hyp *hyp)
{
    for (unsigned i = 0; hyp->sched && i < hyp->vcpu_count; i++) {
        int status = sched_add(hyp->sched, &hyp->vcpu[i]);

        if (status < 0) {
            while (i-- > 0) {
                sched_remove(hyp->sched, &hyp->vcpu[i]);
            }
            return status;
        }
    }
    return VMM_OK;
}

int vm_create(struct hyp *hyp, const struct vm_config *config)
{
    uint8_t *tables = config->table_memory;
    size_t root_bytes = S2_ROOT_PAGES * POOL_PAGE_BYTES;

    if (!config_ok(config)) {
        return VMM_EINVAL;
    }
    memset(hyp, 0, sizeof(*hyp));
    memset(tables, 0, root_bytes);
    pool_init(config->pool, tables + root_bytes, config->table_page_count - S2_ROOT_PAGES);
    s2_init(&hyp->s2, config->table_memory, config->pool);
    vgic_init(&hyp->vgic, config->lr_count);
    hyp->vmids = config->vmids;
    hyp->vmid_lock = config->vmid_lock;
    hyp->sched = config->sched;
    hyp->vcpu_count = config->vcpu_count;
    hyp->cntvoff = arch_counter();
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        init_vcpu(hyp, i);
    }
    return schedule_vcpus(hyp);
}

void vm_destroy(struct hyp *hyp)
{
    for (unsigned i = 0; hyp->sched && i < hyp->vcpu_count; i++) {
        sched_remove(hyp->sched, &hyp->vcpu[i]);
    }
    s2_finish(&hyp->s2);
    hyp->vcpu_count = 0;
}

int vm_map(struct hyp *hyp, ipaddr_t ipa, paddr_t pa, uint64_t size_bytes, unsigned attrs)
{
    int status;

    arch_lock(&hyp->lock);
    status = s2_map(&hyp->s2, ipa, pa, size_bytes, attrs);
    arch_unlock(&hyp->lock);
    return status;
}

int vm_unmap(struct hyp *hyp, ipaddr_t ipa, uint64_t size_bytes)
{
    int status;

    arch_lock(&hyp->lock);
    status = s2_unmap(&hyp->s2, ipa, size_bytes);
    arch_unlock(&hyp->lock);
    return status;
}

int vm_protect(struct hyp *hyp, ipaddr_t ipa, uint64_t size_bytes, unsigned attrs)
{
    int status;

    arch_lock(&hyp->lock);
    status = s2_protect(&hyp->s2, ipa, size_bytes, attrs);
    arch_unlock(&hyp->lock);
    return status;
}

int vm_add_device(struct hyp *hyp, struct mmio_region region)
{
    int status;

    arch_lock(&hyp->lock);
    status = mmio_add(&hyp->mmio, region);
    arch_unlock(&hyp->lock);
    return status;
}

int vm_add_vgic(struct hyp *hyp, ipaddr_t ipa)
{
    return vm_add_device(hyp, (struct mmio_region) {
        .base = ipa, .size_bytes = 0x1000, .handler = vgic_dist_access, .opaque = hyp,
    });
}

int vcpu_boot(struct hypctx *ctx, uint32_t entry, uint32_t r0, uint32_t r1, uint32_t r2)
{
    int status = VMM_EBUSY;

    arch_lock(&ctx->hyp->lock);
    if (ctx->power == VCPU_OFF) {
        vcpu_start(ctx, entry, r0);
        ctx->regs.r[1] = r1;
        ctx->regs.r[2] = r2;
        hypctx_kick(ctx);
        status = VMM_OK;
    }
    arch_unlock(&ctx->hyp->lock);
    return status;
}

void hypctx_put(struct hypctx *ctx)
{
    if (ctx->cpu < 0) {
        return;
    }
    vgic_put(ctx);
    arch_vcpu_put(ctx);
    arch_lock(ctx->hyp->vmid_lock);
    vmid_leave(ctx->hyp->vmids, (unsigned)ctx->cpu);
    arch_unlock(ctx->hyp->vmid_lock);
    ctx->cpu = -1;
}

void vcpu_put(struct hypctx *ctx)
{
    arch_lock(&ctx->hyp->lock);
    hypctx_put(ctx);
    arch_unlock(&ctx->hyp->lock);
}

int vm_assert_irq(struct hyp *hyp, unsigned intid, bool level)
{
    if (intid < VGIC_PRIVATE_COUNT || intid >= VGIC_IRQ_COUNT) {
        return VMM_EINVAL;
    }
    arch_lock(&hyp->lock);
    vgic_set_line(hyp, NULL, intid, level);
    arch_unlock(&hyp->lock);
    return VMM_OK;
}

void vm_stats(struct hypctx *ctx, uint64_t *exits)
{
    arch_lock(&ctx->hyp->lock);
    memcpy(exits, ctx->exit_count, sizeof(ctx->exit_count));
    arch_unlock(&ctx->hyp->lock);
}

/* Where a register is in struct hypctx. */
struct register_place {
    uint16_t offset;
    uint8_t bytes;
};

#define PLACE(field) {offsetof(struct hypctx, field), sizeof(((struct hypctx *)0)->field)}

/* The first of each row of like registers, and those that stand alone. */
static bool find_register(enum vm_register reg, struct register_place *place)
{
    static const struct {
        enum vm_register first;
        unsigned count;
        struct register_place place;
    } rows[] = {
        {VM_REG_R0, 13, PLACE(regs.r[0])},
        {VM_REG_PC, 1, PLACE(regs.pc)},
        {VM_REG_CPSR, 1, PLACE(regs.cpsr)},
        {VM_REG_SP_USR, BANK_COUNT, PLACE(regs.sp[0])},
        {VM_REG_LR_USR, BANK_COUNT, PLACE(regs.lr[0])},
        {VM_REG_SPSR_USR + 1, BANK_COUNT - 1, PLACE(regs.spsr[1])},
        {VM_REG_R8_FIQ, 5, PLACE(regs.r_fiq[0])},
        {VM_REG_SCTLR, 1, PLACE(sys.sctlr)},
        {VM_REG_VBAR, 1, PLACE(sys.vbar)},
        {VM_REG_TTBR0, 1, PLACE(sys.ttbr0)},
        {VM_REG_TTBR1, 1, PLACE(sys.ttbr1)},
        {VM_REG_TTBCR, 1, PLACE(sys.ttbcr)},
        {VM_REG_DFSR, 1, PLACE(sys.dfsr)},
        {VM_REG_DFAR, 1, PLACE(sys.dfar)},
        {VM_REG_IFSR, 1, PLACE(sys.ifsr)},
        {VM_REG_IFAR, 1, PLACE(sys.ifar)},
        {VM_REG_CONTEXTIDR, 1, PLACE(sys.contextidr)},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (reg >= rows[i].first && reg < rows[i].first + rows[i].count) {
            *place = rows[i].place;
            place->offset += (uint16_t)((reg - rows[i].first) * place->bytes);
            return true;
        }
    }
    return false;
}

/* Copies between *value and the register, in the direction of write. */
static int access_register(struct hypctx *ctx, enum vm_register reg, uint64_t *value, bool write)
{
    struct register_place place;
    uint8_t *at;

    if (!find_register(reg, &place)) {
        return VMM_EINVAL;
    }
    if (ctx->in_guest) {
        return VMM_EBUSY;
    }
    if (ctx->cpu >= 0) {
        arch_vcpu_pull(ctx);
    }
    at = (uint8_t *)ctx + place.offset;
    if (write) {
        memcpy(at, value, place.bytes); /* little-endian: the low bytes come first */
    } else {
        *value = 0;
        memcpy(value, at, place.bytes);
    }
    return VMM_OK;
}

int vm_get_register(struct hypctx *ctx, enum vm_register reg, uint64_t *value)
{
    int status;

    arch_lock(&ctx->hyp->lock);
    status = access_register(ctx, reg, value, false);
    arch_unlock(&ctx->hyp->lock);
    return status;
}

int vm_set_register(struct hypctx *ctx, enum vm_register reg, uint64_t value)
{
    int status;

    arch_lock(&ctx->hyp->lock);
    status = access_register(ctx, reg, &value, true);
    arch_unlock(&ctx->hyp->lock);
    return status;
}
