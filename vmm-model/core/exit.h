/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Why a vCPU stopped, as data: vcpu_run() returns a struct vm_exit for whatever the core does not
 * handle itself, in the manner of bhyve's.  trap_decode() makes one from what the hardware says.
 */
#ifndef VMM_CORE_EXIT_H
#define VMM_CORE_EXIT_H

#include <stdbool.h>
#include <stdint.h>
#include "core/addr.h"
#include "armv7/hsr.h"

/* Offset in the Hyp vector table / 4.  DDI 0406C table B1-3. */
enum hyp_vector {
    HYP_VECTOR_UNDEF = 1, /* 1 to 4: taken from Hyp itself, a bug of the hypervisor */
    HYP_VECTOR_HVC = 2,
    HYP_VECTOR_IABT = 3,
    HYP_VECTOR_DABT = 4,
    HYP_VECTOR_TRAP = 5, /* everything synchronous, and SError, from PL1 and PL0 */
    HYP_VECTOR_IRQ = 6,
    HYP_VECTOR_FIQ = 7,
};

/* What an exception to Hyp leaves in registers.  HDFAR, HIFAR and HPFAR only mean something for
 * aborts. */
struct trap_regs {
    enum hyp_vector vector;
    uint32_t hsr, hdfar, hifar, hpfar;
};

enum vm_exit_code {
    /* From the hardware, see trap_decode(). */
    VM_EXIT_IRQ,              /* u.irq: a physical interrupt for the hypervisor */
    VM_EXIT_FIQ,
    VM_EXIT_CONDITION_FAILED, /* a trapped instruction that does not execute */
    VM_EXIT_WFI,
    VM_EXIT_WFE,
    VM_EXIT_CPREG,            /* u.cpreg */
    VM_EXIT_COPROC,           /* u.coproc: trapped by HCPTR */
    VM_EXIT_UNDEFINED,        /* has no meaning on this virtual machine */
    VM_EXIT_HVC,              /* u.call */
    VM_EXIT_SMC,              /* u.call */
    VM_EXIT_ABORT,            /* u.abort */
    VM_EXIT_SERROR,           /* asynchronous external abort */
    VM_EXIT_HYP_FAULT,        /* vectors 1 to 4 */
    /* Made by the core. */
    VM_EXIT_MMIO,             /* u.mmio: an access to no device of ours */
    VM_EXIT_PREEMPTED,        /* somebody asked the vCPU to stop; run it again any time */
    VM_EXIT_OFF,              /* the vCPU is off (PSCI) */
    VM_EXIT_SYSTEM_OFF,
    VM_EXIT_SYSTEM_RESET,
    VM_EXIT_CODE_COUNT,
};

/* An access to a coprocessor register. */
struct cpreg_access {
    uint8_t coproc;                 /* 10 (VMRS), 14, 15 */
    uint8_t crn, opc1, crm, opc2;   /* crn and opc2 are 0 for MCRR and MRRC */
    uint8_t rt, rt2;
    bool is_read;
    bool is_64bit;                  /* MCRR or MRRC */
};

/* A stage-2 fault, or an external abort of the guest's. */
struct abort_access {
    ipaddr_t ipa;                   /* with the offset in the page, if the fault has one */
    uint32_t va;                    /* HDFAR or HIFAR */
    bool is_insn;                   /* prefetch abort */
    struct hsr_abort syndrome;
};

/* A device access nobody claimed.  The caller handles it with vcpu_mmio_complete(). */
struct mmio_exit {
    ipaddr_t ipa;
    uint32_t value;                 /* to be written, byte order of the device (little-endian) */
    uint8_t size_bytes;             /* 1, 2, 4 */
    bool is_write;
};

struct vm_exit {
    enum vm_exit_code code;
    uint32_t pc;                    /* of the instruction that stopped, or of the next one */
    uint8_t insn_bytes;             /* length of that instruction, 2 or 4 */
    union {
        struct cpreg_access cpreg;
        struct {
            uint8_t coproc;         /* 0 to 13 */
            bool is_simd;           /* HCPTR.TASE */
        } coproc;
        struct {
            uint16_t imm16;         /* of HVC */
        } call;
        struct {
            uint16_t intid;         /* acknowledged and ended; filled in by vcpu_run() */
        } irq;
        struct abort_access abort;
        struct mmio_exit mmio;
    } u;
};

/*
 * Says what a trap means; a pure function of the registers that the exception left and of the
 * guest's PC and CPSR.  Every HSR value gives a defined exit; classes that the architecture
 * reserves, or that only HCR bits which we never set can cause, become VM_EXIT_UNDEFINED.
 * DDI 0406C B3.13.6.
 */
struct vm_exit trap_decode(const struct trap_regs *trap, uint32_t pc, uint32_t cpsr);

#endif
