/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A vCPU's registers between memory and hardware, and the entry of its guest.
 *
 * Banked and CP15 registers stay in the hardware over exits; hypercalls and device accesses move
 * none of them.
 */
#include <stddef.h>
#include "arch/armv7/armv7.h"
#include "arch/armv7/sysreg.h"
#include "armv7/hcr.h"
#include "core/hyp.h"

_Static_assert(offsetof(struct guest_regs, r) == 0, "enter.S");
_Static_assert(offsetof(struct guest_regs, pc) == 52, "enter.S: REGS_PC");
_Static_assert(offsetof(struct guest_regs, cpsr) == 56, "enter.S: REGS_CPSR");
_Static_assert(offsetof(struct guest_regs, lr) == 84, "enter.S: REGS_LR_USR");

/* What traps to Hyp; DDI 0406C B4.1.65.  Interrupts are ours; the guest's barriers and maintenance
 * reach all CPUs; set/way, implementation defined registers, ACTLR and ID registers are emulated. */
#define GUEST_HCR (ARMV7_HCR_VM | ARMV7_HCR_SWIO | ARMV7_HCR_FMO | ARMV7_HCR_IMO | \
                   ARMV7_HCR_AMO | ARMV7_HCR_FB | 1u << ARMV7_HCR_BSU_SHIFT | ARMV7_HCR_TWI | \
                   ARMV7_HCR_TID3 | ARMV7_HCR_TSC | ARMV7_HCR_TIDCP | ARMV7_HCR_TAC | \
                   ARMV7_HCR_TSW)

/* TPMCR, TPM, TDA, TDOSA, TDRA; B4.1.69.  HPMN keeps its reset value. */
#define HDCR_TRAPS  (1u << 5 | 1u << 6 | 1u << 9 | 1u << 10 | 1u << 11)

/* TCP10, TCP11, TTA; the other coprocessors do not exist.  B4.1.68 */
#define HCPTR_FP    (3u << 10)
#define HCPTR_TRAPS (HCPTR_FP | 1u << 20 | 0x33ffu)

/* ThumbEE's registers trap, and are undefined.  B4.1.72 */
#define HSTR_TTEE   (1u << 16)

/* PL1PCTEN: the physical count may be read; without PL1PCEN the physical timer traps.  B8.1.1 */
#define CNTHCTL_PL1PCTEN 1u

/* MPIDR: the multiprocessing extensions' format; Aff0 is the vCPU's number. */
#define VMPIDR_MP (1u << 31)

void armv7_banked_save(struct guest_regs *regs)
{
    regs->sp[BANK_USR] = read_sp_usr();
    regs->sp[BANK_SVC] = read_sp_svc();
    regs->lr[BANK_SVC] = read_lr_svc();
    regs->spsr[BANK_SVC] = read_spsr_svc();
    regs->sp[BANK_ABT] = read_sp_abt();
    regs->lr[BANK_ABT] = read_lr_abt();
    regs->spsr[BANK_ABT] = read_spsr_abt();
    regs->sp[BANK_UND] = read_sp_und();
    regs->lr[BANK_UND] = read_lr_und();
    regs->spsr[BANK_UND] = read_spsr_und();
    regs->sp[BANK_IRQ] = read_sp_irq();
    regs->lr[BANK_IRQ] = read_lr_irq();
    regs->spsr[BANK_IRQ] = read_spsr_irq();
    regs->r_fiq[0] = read_r8_fiq();
    regs->r_fiq[1] = read_r9_fiq();
    regs->r_fiq[2] = read_r10_fiq();
    regs->r_fiq[3] = read_r11_fiq();
    regs->r_fiq[4] = read_r12_fiq();
    regs->sp[BANK_FIQ] = read_sp_fiq();
    regs->lr[BANK_FIQ] = read_lr_fiq();
    regs->spsr[BANK_FIQ] = read_spsr_fiq();
}

void armv7_banked_load(const struct guest_regs *regs)
{
    write_sp_usr(regs->sp[BANK_USR]);
    write_sp_svc(regs->sp[BANK_SVC]);
    write_lr_svc(regs->lr[BANK_SVC]);
    write_spsr_svc(regs->spsr[BANK_SVC]);
    write_sp_abt(regs->sp[BANK_ABT]);
    write_lr_abt(regs->lr[BANK_ABT]);
    write_spsr_abt(regs->spsr[BANK_ABT]);
    write_sp_und(regs->sp[BANK_UND]);
    write_lr_und(regs->lr[BANK_UND]);
    write_spsr_und(regs->spsr[BANK_UND]);
    write_sp_irq(regs->sp[BANK_IRQ]);
    write_lr_irq(regs->lr[BANK_IRQ]);
    write_spsr_irq(regs->spsr[BANK_IRQ]);
    write_r8_fiq(regs->r_fiq[0]);
    write_r9_fiq(regs->r_fiq[1]);
    write_r10_fiq(regs->r_fiq[2]);
    write_r11_fiq(regs->r_fiq[3]);
    write_r12_fiq(regs->r_fiq[4]);
    write_sp_fiq(regs->sp[BANK_FIQ]);
    write_lr_fiq(regs->lr[BANK_FIQ]);
    write_spsr_fiq(regs->spsr[BANK_FIQ]);
}

/* One line for each register: do is SAVE or LOAD. */
#define FOR_EACH_SYSREG(do) \
    do(sctlr) do(cpacr) do(ttbcr) do(dacr) do(ttbr0) do(ttbr1) do(prrr) do(nmrr) \
    do(amair0) do(amair1) do(dfsr) do(ifsr) do(adfsr) do(aifsr) do(dfar) do(ifar) do(par) \
    do(vbar) do(contextidr) do(tpidrurw) do(tpidruro) do(tpidrprw) do(csselr) do(cntkctl)
#define SAVE(name) sys->name = read_##name();
#define LOAD(name) write_##name(sys->name);

void armv7_sysregs_save(struct guest_sysregs *sys)
{
    FOR_EACH_SYSREG(SAVE)
}

void armv7_sysregs_load(const struct guest_sysregs *sys)
{
    FOR_EACH_SYSREG(LOAD)
}

static void load_registers(const struct hypctx *ctx)
{
    armv7_banked_load(&ctx->regs);
    armv7_sysregs_load(&ctx->sys);
    write_cntv_cval(ctx->vtimer.virt.cval);
    write_cntv_ctl(ctx->vtimer.virt.ctl);
}

void arch_vcpu_load(struct hypctx *ctx)
{
    const struct hyp *hyp = ctx->hyp;

    write_vpidr(read_midr());
    write_vmpidr(VMPIDR_MP | ctx->index);
    write_cntvoff(hyp->cntvoff);
    write_cnthctl(CNTHCTL_PL1PCTEN);
    write_hdcr(read_hdcr() | HDCR_TRAPS);
    write_hcptr(HCPTR_TRAPS);
    write_hstr(HSTR_TTEE);
    write_vttbr(arch_virt_to_phys(hyp->s2.root).value | (uint64_t)hyp->s2.vmid << 48);
    /* Stage 2 is the guest's before any of its stage-1 registers are. */
    isb();
    load_registers(ctx);
    ctx->pulled = false;
    ctx->vfp_loaded = false;
}

void arch_vcpu_pull(struct hypctx *ctx)
{
    if (ctx->cpu >= 0 && !ctx->pulled) {
        armv7_banked_save(&ctx->regs);
        armv7_sysregs_save(&ctx->sys);
        ctx->vtimer.virt.cval = read_cntv_cval();
        ctx->vtimer.virt.ctl = read_cntv_ctl() & (CNT_CTL_ENABLE | CNT_CTL_IMASK);
        ctx->pulled = true;
    }
}

void arch_vcpu_put(struct hypctx *ctx)
{
    arch_vcpu_pull(ctx);
    if (ctx->vfp_loaded) {
        armv7_vfp_save(&ctx->vfp);
    }
    write_cntv_ctl(0); /* its interrupt is for who is loaded */
    ctx->pulled = false;
    ctx->vfp_loaded = false;
}

void arch_vfp_load(struct hypctx *ctx)
{
    write_hcptr(HCPTR_TRAPS & ~HCPTR_FP);
    isb(); /* before the registers below are touched */
    armv7_vfp_load(&ctx->vfp);
    ctx->vfp_loaded = true;
}

void arch_enter_guest(struct hypctx *ctx)
{
    if (ctx->pulled) {
        load_registers(ctx);
        ctx->pulled = false;
    }
    write_hcr(GUEST_HCR | (ctx->serror_pending ? ARMV7_HCR_VA : 0));
    isb(); /* HCR and what was loaded are in force before the guest */
    ctx->trap.vector = (enum hyp_vector)armv7_enter(&ctx->regs);
    ctx->trap.hsr = read_hsr();
    ctx->trap.hdfar = read_hdfar();
    ctx->trap.hifar = read_hifar();
    ctx->trap.hpfar = read_hpfar();
    /* Hardware clears HCR.VA when the guest takes the abort, B1.9.9. */
    ctx->serror_pending = ctx->serror_pending && (read_hcr() & ARMV7_HCR_VA);
}

/* ATS1CPR, or ATS1CUR from User mode: PAR has the IPA.  B3.14, B4.2.4 */
bool arch_translate_va(struct hypctx *ctx, uint32_t va, ipaddr_t *ipa)
{
    uint64_t saved = read_par(), par;

    if (armv7_psr_mode(ctx->regs.cpsr) == ARMV7_MODE_USR) {
        __asm__ volatile("mcr p15, 0, %0, c7, c8, 2" : : "r"(va));
    } else {
        __asm__ volatile("mcr p15, 0, %0, c7, c8, 0" : : "r"(va));
    }
    isb(); /* PAR is written by then */
    par = read_par();
    write_par(saved); /* the guest may be about to read its own */
    if (par & 1) {
        return false;
    }
    if (par & 1u << 11) { /* LPAE format: PA[39:12] */
        *ipa = ipa_init((par & 0xfffffff000ull) | (va & 0xfff));
    } else if (par & 2) { /* supersection: PA[31:24], and PA[39:32] in [23:16] */
        *ipa = ipa_init((par & 0xff000000) | (par & 0xff0000) << 16 | (va & 0xffffff));
    } else {
        *ipa = ipa_init((par & 0xfffff000) | (va & 0xfff));
    }
    return true;
}
