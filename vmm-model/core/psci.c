/* SPDX-License-Identifier: BSD-2-Clause */
/* Power calls of guests. */
#include <stddef.h>
#include <string.h>
#include "core/hyp.h"
#include "core/psci.h"

/* Function IDs, DEN 0022D 5.1, DEN 0028 7 */
enum {
    SMCCC_VERSION = 0x80000000,
    SMCCC_ARCH_FEATURES = 0x80000001,
    PSCI_VERSION = 0x84000000,
    PSCI_CPU_SUSPEND = 0x84000001,
    PSCI_CPU_OFF = 0x84000002,
    PSCI_CPU_ON = 0x84000003,
    PSCI_AFFINITY_INFO = 0x84000004,
    PSCI_MIGRATE_INFO_TYPE = 0x84000006,
    PSCI_SYSTEM_OFF = 0x84000008,
    PSCI_SYSTEM_RESET = 0x84000009,
    PSCI_FEATURES = 0x8400000a,
};

/* Return values, DEN 0022D 5.2.2 */
enum {
    PSCI_SUCCESS = 0,
    PSCI_NOT_SUPPORTED = -1,
    PSCI_INVALID_PARAMETERS = -2,
    PSCI_ALREADY_ON = -4,
};

#define PSCI_1_0                0x10000u
#define SMCCC_1_1               0x10001u
#define AFFINITY_ON             0
#define AFFINITY_OFF            1
#define NO_TRUSTED_OS           2u
#define SCTLR_RESET             0x00c50078u /* RES1 bits of the Cortex-A15, MMU and caches off */
#define MPIDR_AFFINITY          0x00ffffffu

typedef enum psci_result psci_fn(struct hypctx *ctx);

static enum psci_result result(struct hypctx *ctx, uint32_t value)
{
    ctx->regs.r[0] = value;
    return PSCI_HANDLED;
}

void vcpu_start(struct hypctx *ctx, uint32_t entry, uint32_t context_id)
{
    memset(&ctx->regs, 0, sizeof(ctx->regs));
    memset(&ctx->sys, 0, sizeof(ctx->sys));
    memset(&ctx->vfp, 0, sizeof(ctx->vfp));
    memset(&ctx->vtimer, 0, sizeof(ctx->vtimer));
    vgic_cpu_init(ctx);
    ctx->sys.sctlr = SCTLR_RESET;
    ctx->regs.cpsr = ARMV7_MODE_SVC | ARMV7_PSR_A | ARMV7_PSR_I | ARMV7_PSR_F |
                     (entry & 1 ? ARMV7_PSR_T : 0);
    ctx->regs.pc = entry & ~1u;
    ctx->regs.r[0] = context_id;
    ctx->serror_pending = false;
    ctx->power = VCPU_ON;
}

/* The vCPU with this MPIDR affinity, or NULL. */
static struct hypctx *find_vcpu(struct hypctx *ctx, uint32_t mpidr)
{
    return (mpidr & MPIDR_AFFINITY) < ctx->hyp->vcpu_count && !(mpidr & ~MPIDR_AFFINITY)
               ? &ctx->hyp->vcpu[mpidr] : NULL;
}

static enum psci_result cpu_on(struct hypctx *ctx)
{
    struct hypctx *target = find_vcpu(ctx, ctx->regs.r[1]);

    if (!target) {
        return result(ctx, (uint32_t)PSCI_INVALID_PARAMETERS);
    }
    if (target->power != VCPU_OFF) {
        return result(ctx, (uint32_t)PSCI_ALREADY_ON);
    }
    vcpu_start(target, ctx->regs.r[2], ctx->regs.r[3]);
    hypctx_kick(target);
    return result(ctx, PSCI_SUCCESS);
}

static enum psci_result cpu_off(struct hypctx *ctx)
{
    ctx->power = VCPU_OFF;
    return PSCI_STOP;
}

/* Every state is a standby state here: the context is kept. */
static enum psci_result cpu_suspend(struct hypctx *ctx)
{
    result(ctx, PSCI_SUCCESS);
    return PSCI_WAIT;
}

static enum psci_result affinity_info(struct hypctx *ctx)
{
    struct hypctx *target = find_vcpu(ctx, ctx->regs.r[1]);

    /* There are no levels above 0 whose state one could ask for. */
    if (!target || ctx->regs.r[2] != 0) {
        return result(ctx, (uint32_t)PSCI_INVALID_PARAMETERS);
    }
    return result(ctx, target->power == VCPU_ON ? AFFINITY_ON : AFFINITY_OFF);
}

static enum psci_result stop_vm(struct hypctx *ctx, enum vm_power power)
{
    ctx->hyp->power = power;
    for (unsigned i = 0; i < ctx->hyp->vcpu_count; i++) {
        hypctx_kick(&ctx->hyp->vcpu[i]);
    }
    return PSCI_STOP;
}

static enum psci_result system_off(struct hypctx *ctx)
{
    return stop_vm(ctx, VM_POWERED_OFF);
}

static enum psci_result system_reset(struct hypctx *ctx)
{
    return stop_vm(ctx, VM_RESET);
}

static enum psci_result psci_version(struct hypctx *ctx)
{
    return result(ctx, PSCI_1_0);
}

static enum psci_result smccc_version(struct hypctx *ctx)
{
    return result(ctx, SMCCC_1_1);
}

/* No workaround is offered. */
static enum psci_result arch_features(struct hypctx *ctx)
{
    uint32_t asked = ctx->regs.r[1];
    bool known = asked == SMCCC_VERSION || asked == SMCCC_ARCH_FEATURES;

    return result(ctx, known ? PSCI_SUCCESS : (uint32_t)PSCI_NOT_SUPPORTED);
}

static enum psci_result migrate_info_type(struct hypctx *ctx)
{
    return result(ctx, NO_TRUSTED_OS);
}

static enum psci_result features(struct hypctx *ctx);

static const struct {
    uint32_t id;
    psci_fn *call;
} functions[] = {
    {SMCCC_VERSION, smccc_version},
    {SMCCC_ARCH_FEATURES, arch_features},
    {PSCI_VERSION, psci_version},
    {PSCI_CPU_SUSPEND, cpu_suspend},
    {PSCI_CPU_OFF, cpu_off},
    {PSCI_CPU_ON, cpu_on},
    {PSCI_AFFINITY_INFO, affinity_info},
    {PSCI_MIGRATE_INFO_TYPE, migrate_info_type},
    {PSCI_SYSTEM_OFF, system_off},
    {PSCI_SYSTEM_RESET, system_reset},
    {PSCI_FEATURES, features},
};

static psci_fn *find_function(uint32_t id)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (functions[i].id == id) {
            return functions[i].call;
        }
    }
    return NULL;
}

/* CPU_SUSPEND: original format of the power state, no OS-initiated mode: 0 as for the others. */
static enum psci_result features(struct hypctx *ctx)
{
    uint32_t asked = ctx->regs.r[1];
    bool known = asked != SMCCC_ARCH_FEATURES && find_function(asked);

    return result(ctx, known ? PSCI_SUCCESS : (uint32_t)PSCI_NOT_SUPPORTED);
}

enum psci_result psci_call(struct hypctx *ctx)
{
    psci_fn *call = find_function(ctx->regs.r[0]);

    if (!call) {
        result(ctx, (uint32_t)PSCI_NOT_SUPPORTED);
        return PSCI_UNKNOWN;
    }
    return call(ctx);
}
