/* SPDX-License-Identifier: BSD-2-Clause */
/* Exception entry by hand. */
#include "core/cond.h"
#include "core/hyp.h"
#include "core/inject.h"

#define SCTLR_V  (1u << 13) /* vectors at HIVECS */
#define SCTLR_EE (1u << 25) /* exceptions are taken big-endian */
#define SCTLR_TE (1u << 30) /* exceptions are taken in Thumb state */
#define HIVECS   0xffff0000u

#define TTBCR_EAE (1u << 31)

/* DFSR and IFSR, B4.1.52: FS in [10, 3:0], or STATUS in [5:0] with LPAE (bit 9). */
#define FSR_LPAE            (1u << 9)
#define FSR_WNR             (1u << 11)
#define FSR_SHORT_EXTERNAL  0x08u
#define FSR_SHORT_ALIGNMENT 0x01u
#define FSR_LONG_EXTERNAL   0x10u
#define FSR_LONG_ALIGNMENT  0x21u

/* Vector offsets, B1.8.1 */
enum {
    VECTOR_UNDEFINED = 0x04,
    VECTOR_PREFETCH_ABORT = 0x0c,
    VECTOR_DATA_ABORT = 0x10,
};

/* Enters mode with LR = PC + lr_offset.  ctx->regs and ctx->sys are complete. */
static void enter(struct hypctx *ctx, enum armv7_mode mode, unsigned vector, uint32_t lr_offset,
                  uint32_t mask)
{
    struct guest_regs *regs = &ctx->regs;
    uint32_t sctlr = ctx->sys.sctlr;
    uint32_t cpsr = regs->cpsr;
    enum reg_bank bank = regs_bank(mode);

    regs->spsr[bank] = cpsr;
    regs->lr[bank] = regs->pc + lr_offset;
    cpsr = field32_set(cpsr, ARMV7_PSR_M_SHIFT, ARMV7_PSR_M_LENGTH, mode);
    cpsr = psr_with_it(cpsr, 0);
    cpsr &= ~(ARMV7_PSR_J | ARMV7_PSR_T | ARMV7_PSR_E);
    cpsr |= (sctlr & SCTLR_TE ? ARMV7_PSR_T : 0) | (sctlr & SCTLR_EE ? ARMV7_PSR_E : 0) | mask;
    regs->cpsr = cpsr;
    regs->pc = (sctlr & SCTLR_V ? HIVECS : ctx->sys.vbar) + vector;
}

void inject_undefined(struct hypctx *ctx)
{
    arch_vcpu_pull(ctx);
    enter(ctx, ARMV7_MODE_UND, VECTOR_UNDEFINED, ctx->regs.cpsr & ARMV7_PSR_T ? 2 : 4,
          ARMV7_PSR_I);
}

static uint32_t fault_status(const struct hypctx *ctx, enum inject_cause cause)
{
    bool external = cause == INJECT_EXTERNAL;

    if (ctx->sys.ttbcr & TTBCR_EAE) {
        return FSR_LPAE | (external ? FSR_LONG_EXTERNAL : FSR_LONG_ALIGNMENT);
    }
    return external ? FSR_SHORT_EXTERNAL : FSR_SHORT_ALIGNMENT;
}

void inject_prefetch_abort(struct hypctx *ctx, uint32_t va)
{
    arch_vcpu_pull(ctx);
    ctx->sys.ifsr = fault_status(ctx, INJECT_EXTERNAL);
    ctx->sys.ifar = va;
    enter(ctx, ARMV7_MODE_ABT, VECTOR_PREFETCH_ABORT, 4, ARMV7_PSR_I | ARMV7_PSR_A);
}

void inject_data_abort(struct hypctx *ctx, uint32_t va, bool write, enum inject_cause cause)
{
    arch_vcpu_pull(ctx);
    ctx->sys.dfsr = fault_status(ctx, cause) | (write ? FSR_WNR : 0);
    ctx->sys.dfar = va;
    enter(ctx, ARMV7_MODE_ABT, VECTOR_DATA_ABORT, 8, ARMV7_PSR_I | ARMV7_PSR_A);
}

void inject_serror(struct hypctx *ctx)
{
    ctx->serror_pending = true;
}
