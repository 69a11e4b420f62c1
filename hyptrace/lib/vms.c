/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers the VMs of a trace.
 */
#include "armv7/hcr.h"
#include "hyptrace/lib/trace.h"
#include "hyptrace/lib/vms.h"

/* MPIDR: affinity in 23:0.  DDI 0406C B4.1, MPIDR. */
#define VMPIDR_AFF_SHIFT  0
#define VMPIDR_AFF_LENGTH 24

/* The last answer for one CPU. */
struct cached {
    uint64_t base;
    unsigned vm; /* 0: none yet */
};

struct HtVms {
    HtVmNames *names; /* or NULL */
    unsigned count;
    uint64_t bases[HT_VMS_MAX + 1];
    struct cached cache[HT_CPUS_MAX];
};

HtVms *ht_vms_new(void)
{
    return g_new0(HtVms, 1);
}

void ht_vms_free(HtVms *vms)
{
    g_free(vms);
}

void ht_vms_set_names(HtVms *vms, HtVmNames *names)
{
    vms->names = names;
}

static unsigned number_of(HtVms *vms, uint64_t base)
{
    for (unsigned vm = 1; vm <= vms->count; vm++) {
        if (vms->bases[vm] == base) {
            return vm;
        }
    }
    if (vms->count < HT_VMS_MAX) {
        vms->bases[++vms->count] = base;
        if (vms->names) {
            ht_vm_names_set_base(vms->names, vms->count, base);
        }
    }
    return vms->count;
}

struct ht_where ht_vms_where(HtVms *vms, const struct ht_event *event)
{
    const uint32_t *regs = event->regs;
    struct ht_where where = {
        HT_VM_HOST, field32_get(regs[HT_REG_VMPIDR], VMPIDR_AFF_SHIFT, VMPIDR_AFF_LENGTH)
    };

    if (regs[HT_REG_HCR] & ARMV7_HCR_VM) {
        struct cached *cached = &vms->cache[event->cpu];
        uint64_t base = armv7_vttbr_baddr((uint64_t)regs[HT_REG_VTTBR_HI] << 32 |
                                          regs[HT_REG_VTTBR]);

        if (!cached->vm || cached->base != base) {
            *cached = (struct cached) {base, number_of(vms, base)};
        }
        where.vm = cached->vm;
    }
    return where;
}

unsigned ht_vms_count(const HtVms *vms)
{
    return vms->count;
}

uint64_t ht_vms_base(const HtVms *vms, unsigned vm)
{
    g_assert(vm >= 1 && vm <= vms->count);
    return vms->bases[vm];
}
