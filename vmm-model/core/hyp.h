/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two structures that carry everything: struct hyp for a VM, struct hypctx for a vCPU.
 */
#ifndef VMM_CORE_HYP_H
#define VMM_CORE_HYP_H

#include <stdbool.h>
#include <stdint.h>
#include "core/alarm.h"
#include "core/exit.h"
#include "core/mmio.h"
#include "core/regs.h"
#include "core/stage2.h"
#include "core/vgic.h"
#include "core/vmid.h"
#include "core/vtimer.h"
#include "core/work.h"
#include "arch/arch.h"

#define VM_VCPU_MAX 8

/* CP15 registers of a guest that the hardware holds while the vCPU is loaded. */
struct guest_sysregs {
    uint32_t sctlr;      /* system control */
    uint32_t cpacr;      /* coprocessor access control */
    uint32_t ttbcr;      /* translation table base control */
    uint32_t dacr;       /* domain access control */
    uint64_t ttbr0;      /* translation table bases */
    uint64_t ttbr1;
    uint32_t prrr;       /* memory attributes; MAIR0 and MAIR1 with TTBCR.EAE */
    uint32_t nmrr;
    uint32_t amair0;
    uint32_t amair1;
    uint32_t dfsr;       /* fault status and address */
    uint32_t ifsr;
    uint32_t adfsr;
    uint32_t aifsr;
    uint32_t dfar;
    uint32_t ifar;
    uint64_t par;        /* result of an address translation */
    uint32_t vbar;       /* vector base */
    uint32_t contextidr;
    uint32_t tpidrurw;   /* thread IDs */
    uint32_t tpidruro;
    uint32_t tpidrprw;
    uint32_t csselr;     /* cache size selection */
    uint32_t cntkctl;    /* timer access from PL0 */
};

/* Floating point and Advanced SIMD: all 32 doublewords. */
struct sched;

struct guest_vfp {
    uint64_t d[32];
    uint32_t fpscr;
    uint32_t fpexc;
};

enum vcpu_power {
    VCPU_OFF,
    VCPU_ON,
};

/* A vCPU.  Those parts that the hardware holds while it is loaded on a CPU (banked registers, sys)
 * are only complete after arch_vcpu_pull(). */
struct hypctx {
    struct hyp *hyp;
    unsigned index;             /* in hyp->vcpu; Aff0 of its MPIDR */
    struct guest_regs regs;
    struct guest_sysregs sys;
    struct guest_vfp vfp;
    struct trap_regs trap;      /* of the last exit */
    struct vgic_cpu vgic;
    struct vtimer vtimer;
    enum vcpu_power power;
    bool vfp_loaded;            /* the hardware holds vfp */
    bool pulled;                /* memory holds all registers; loaded again at the next entry */
    bool serror_pending;        /* a virtual asynchronous abort waits for CPSR.A (HCR.VA) */
    int cpu;                    /* the CPU that has it loaded, or -1 */
    bool in_guest;              /* it runs, or is about to, without looking at its state again */
    uint64_t slice_end;         /* count at which another vCPU may have the CPU */
    uint64_t timer_deadline;    /* what arch_timer_set() was told last */
    struct mmio_pending mmio;   /* an access that left as VM_EXIT_MMIO */
    uint64_t exit_count[VM_EXIT_CODE_COUNT];
};

enum vm_power {
    VM_RUNNING,
    VM_POWERED_OFF,
    VM_RESET,
};

/* A VM.  lock protects everything but the registers of a running vCPU; it is held while an exit is
 * handled, never while a guest runs. */
struct hyp {
    struct arch_lock lock;
    struct s2 s2;
    struct vmid vmid;
    struct vmid_allocator *vmids;   /* shared by all VMs, with its lock */
    struct arch_lock *vmid_lock;
    struct vgic_dist vgic;
    struct mmio_space mmio;
    struct hypctx vcpu[VM_VCPU_MAX];
    unsigned vcpu_count;
    uint64_t cntvoff;               /* ticks: virtual count = physical count - cntvoff */
    enum vm_power power;
    struct vm_alarm *alarms;        /* of its devices */
    struct vm_work *work;           /* what devices have still to do */
    struct sched *sched;            /* told about vCPUs that wake up; NULL: nobody */
};

/* Register n (0 to 14) of the vCPU in its current mode, wherever it is now. */
uint32_t hypctx_get_reg(struct hypctx *ctx, unsigned n);
void hypctx_set_reg(struct hypctx *ctx, unsigned n, uint32_t value);

/* Takes ctx off the CPU that calls, if it is loaded; the VM's lock is held. */
void hypctx_put(struct hypctx *ctx);

/* Asks the vCPU to leave its guest, or to wake up, because its interrupts or power changed. */
void hypctx_kick(struct hypctx *ctx);

#endif
