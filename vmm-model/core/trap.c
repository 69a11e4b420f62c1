/* SPDX-License-Identifier: BSD-2-Clause */
/* From the syndrome to struct vm_exit.  DDI 0406C B3.13.6. */
#include "core/cond.h"
#include "core/exit.h"

#define COPROC_ANY_FP 10 /* HCPTR reports SIMD instructions with coproc 0xa */

static void decode_mcr(struct vm_exit *exit, uint32_t hsr, unsigned coproc)
{
    struct hsr_mcr mcr = hsr_decode_mcr(hsr);

    exit->code = VM_EXIT_CPREG;
    exit->u.cpreg = (struct cpreg_access) {
        .coproc = (uint8_t)coproc,
        .crn = mcr.crn, .opc1 = mcr.opc1, .crm = mcr.crm, .opc2 = mcr.opc2,
        .rt = mcr.rt, .is_read = mcr.is_read,
    };
}

static void decode_mcrr(struct vm_exit *exit, uint32_t hsr, unsigned coproc)
{
    struct hsr_mcrr mcrr = hsr_decode_mcrr(hsr);

    exit->code = VM_EXIT_CPREG;
    exit->u.cpreg = (struct cpreg_access) {
        .coproc = (uint8_t)coproc,
        .opc1 = mcrr.opc1, .crm = mcrr.crm,
        .rt = mcrr.rt, .rt2 = mcrr.rt2, .is_read = mcrr.is_read, .is_64bit = true,
    };
}

static void decode_coproc(struct vm_exit *exit, uint32_t hsr)
{
    exit->code = VM_EXIT_COPROC;
    exit->u.coproc.is_simd = HSR_GET(hsr, CP_TASE);
    exit->u.coproc.coproc = exit->u.coproc.is_simd ? COPROC_ANY_FP : HSR_GET(hsr, CP_COPROC);
}

/* HPFAR is valid for translation, access flag and permission faults; external aborts do not set
 * it.  B4.1, HPFAR. */
static bool has_ipa(const struct hsr_abort *syndrome)
{
    unsigned kind = syndrome->fsc & ~3u;

    return kind == HSR_FSC_TRANSLATION || kind == HSR_FSC_ACCESS_FLAG ||
           kind == HSR_FSC_PERMISSION;
}

static void decode_abort(struct vm_exit *exit, const struct trap_regs *trap, bool is_insn)
{
    struct hsr_abort syndrome =
        is_insn ? hsr_decode_iabt(trap->hsr) : hsr_decode_dabt(trap->hsr);
    uint32_t va = is_insn ? trap->hifar : trap->hdfar;

    if (syndrome.fsc == HSR_FSC_ASYNC_EXT || syndrome.fsc == HSR_FSC_ASYNC_PARITY) {
        exit->code = VM_EXIT_SERROR;
        return;
    }
    exit->code = VM_EXIT_ABORT;
    exit->u.abort = (struct abort_access) {
        .va = va,
        .is_insn = is_insn,
        .syndrome = syndrome,
    };
    if (has_ipa(&syndrome)) {
        /* With S1PTW the FAR is that of the access, not of the walk: only the page is known. */
        exit->u.abort.ipa = ipa_init(hsr_fault_ipa(trap->hpfar, syndrome.s1ptw ? 0 : va));
    }
}

static void decode_class(struct vm_exit *exit, const struct trap_regs *trap)
{
    uint32_t hsr = trap->hsr;

    switch (HSR_GET(hsr, EC)) {
    case HSR_EC_WFX:
        exit->code = HSR_GET(hsr, WFX_TI) ? VM_EXIT_WFE : VM_EXIT_WFI;
        break;
    case HSR_EC_CP15_32:
        decode_mcr(exit, hsr, 15);
        break;
    case HSR_EC_CP15_64:
        decode_mcrr(exit, hsr, 15);
        break;
    case HSR_EC_CP14_32:
        decode_mcr(exit, hsr, 14);
        break;
    case HSR_EC_CP14_64:
        decode_mcrr(exit, hsr, 14);
        break;
    case HSR_EC_CP10_ID:
        decode_mcr(exit, hsr, 10);
        break;
    case HSR_EC_HCPTR:
        decode_coproc(exit, hsr);
        break;
    case HSR_EC_HVC:
        exit->code = VM_EXIT_HVC;
        exit->u.call.imm16 = (uint16_t)HSR_GET(hsr, IMM16);
        break;
    case HSR_EC_SMC:
        exit->code = VM_EXIT_SMC;
        break;
    case HSR_EC_IABT:
        decode_abort(exit, trap, true);
        break;
    case HSR_EC_DABT:
        decode_abort(exit, trap, false);
        break;
    default: /* LDC and STC to CP14, Jazelle, BXJ, SVC, and what is reserved */
        exit->code = VM_EXIT_UNDEFINED;
        break;
    }
}

/* Classes whose ISS begins with CV and COND.  Those of HVC and aborts do not: an HVC is
 * unconditional when it traps, and an access that aborts has been executed. */
static bool class_has_condition(unsigned ec)
{
    return (ec >= HSR_EC_WFX && ec <= HSR_EC_CP14_64) || ec == HSR_EC_SMC;
}

struct vm_exit trap_decode(const struct trap_regs *trap, uint32_t pc, uint32_t cpsr)
{
    struct vm_exit exit = {.pc = pc, .insn_bytes = HSR_GET(trap->hsr, IL) ? 4 : 2};

    switch (trap->vector) {
    case HYP_VECTOR_TRAP:
        if (class_has_condition(HSR_GET(trap->hsr, EC)) &&
            !trapped_insn_executes(trap->hsr, cpsr)) {
            exit.code = VM_EXIT_CONDITION_FAILED;
        } else {
            decode_class(&exit, trap);
        }
        break;
    case HYP_VECTOR_IRQ:
        exit.code = VM_EXIT_IRQ;
        break;
    case HYP_VECTOR_FIQ:
        exit.code = VM_EXIT_FIQ;
        break;
    case HYP_VECTOR_UNDEF:
    case HYP_VECTOR_HVC:
    case HYP_VECTOR_IABT:
    case HYP_VECTOR_DABT:
    default:
        exit.code = VM_EXIT_HYP_FAULT;
        break;
    }
    /* For HVC the preferred return address is behind the instruction, B1.8.3; name the HVC. */
    if (exit.code == VM_EXIT_HVC) {
        exit.pc -= exit.insn_bytes;
    }
    return exit;
}
