/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a host asks of the hypervisor in stub mode: HVC #0 with the function in R0 and arguments from
 * R1 on; the answer is in R0 (0, or a negative enum vmm_status) and from R1 on.  The host is whatever
 * runs in PL1 with VMID 0, and HCR, VTTBR, VPIDR, VMPIDR as if there were no hypervisor.
 *
 * The host owns the GIC with GICC_CTLR.EOImode = 1 (it ends interrupts by GICC_EOIR, then
 * GICC_DIR); PPIs 25 to 27 are Hyp's while a guest runs.
 */
#ifndef VMM_HOSTED_HOSTED_H
#define VMM_HOSTED_HOSTED_H

#define HOSTED_VM_CREATE  1   /* (vCPUs): the VM, of which there is one, with its distributor */
#define HOSTED_VM_MAP     2   /* (IPA, PA, bytes, attributes as in enum s2_attrs) */
#define HOSTED_VCPU_BOOT  3   /* (vCPU, PC) */
#define HOSTED_VCPU_RUN   4   /* (vCPU): R0 is enum hosted_exit, with what it says in R1 to R3 */
#define HOSTED_COMPLETE   5   /* (vCPU, value): the access of HOSTED_EXIT_READ or _WRITE is done */
#define HOSTED_ABORT      6   /* (vCPU): that access fails */
#define HOSTED_CPU_ON     7   /* (PC): CPU1 begins there in SVC mode, MMU off */

enum hosted_exit {
    HOSTED_EXIT_IRQ,     /* an interrupt of the host's is pending: take it and run the vCPU again */
    HOSTED_EXIT_HVC,     /* R1: immediate, R2: the guest's R0 */
    HOSTED_EXIT_READ,    /* R1: IPA, R2: bytes */
    HOSTED_EXIT_WRITE,   /* the same, R3: value */
    HOSTED_EXIT_WAIT,    /* nothing to do until an interrupt */
    HOSTED_EXIT_OFF,     /* the vCPU is off */
    HOSTED_EXIT_SYSTEM_OFF,
    HOSTED_EXIT_OTHER,   /* R1: enum vm_exit_code */
};

#endif
