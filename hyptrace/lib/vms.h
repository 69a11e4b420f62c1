/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which VM and vCPU a CPU runs outside Hyp.  A VM is the base of its stage-2 tables while HCR.VM
 * is 1; they are numbered from 1 in the order of their appearance.  VMIDs are recycled and
 * identify nothing.
 */
#ifndef HYPTRACE_LIB_VMS_H
#define HYPTRACE_LIB_VMS_H

#include <glib.h>
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/vm_names.h"

/* PL1 and PL0 with HCR.VM = 0. */
#define HT_VM_HOST 0

/* VMs that are told apart; later ones count as the last. */
#define HT_VMS_MAX 1024

/* Where a CPU is, or goes to, outside Hyp. */
struct ht_where {
    unsigned vm;    /* HT_VM_HOST, or the VM's number */
    uint32_t vcpu;  /* affinity fields of VMPIDR: MPIDR as the guest sees it */
};

typedef struct HtVms HtVms;

/** ht_vms_new: nothing has appeared yet.  Free with ht_vms_free(). */
HtVms *ht_vms_new(void);
void ht_vms_free(HtVms *vms);

/**
 * ht_vms_where: whom the CPU's registers after the event belong to.
 * Meaningful for entries from outside Hyp (who was left) and returns (who is entered).
 */
struct ht_where ht_vms_where(HtVms *vms, const struct ht_event *event);

/** ht_vms_set_names: tells @names, which must outlive it, the base of each VM that appears. */
void ht_vms_set_names(HtVms *vms, HtVmNames *names);

/** ht_vms_count: how many VMs have appeared. */
unsigned ht_vms_count(const HtVms *vms);

/** ht_vms_base: physical address of the stage-2 tables of VM number vm (1 to count). */
uint64_t ht_vms_base(const HtVms *vms, unsigned vm);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtVms, ht_vms_free)

#endif
