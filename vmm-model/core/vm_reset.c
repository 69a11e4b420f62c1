/* SPDX-License-Identifier: BSD-2-Clause */
/* A VM as it was before its first vCPU was started, but for its memory. */
#include "core/vm.h"

static bool is_loaded(const struct hyp *hyp)
{
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        if (hyp->vcpu[i].cpu >= 0) {
            return true;
        }
    }
    return false;
}

static void reset(struct hyp *hyp)
{
    work_drop(hyp);
    vgic_init(&hyp->vgic, hyp->vgic.lr_count);
    for (unsigned i = 0; i < hyp->vcpu_count; i++) {
        hyp->vcpu[i].power = VCPU_OFF;
        hyp->vcpu[i].mmio.active = false;
        vgic_cpu_init(&hyp->vcpu[i]);
    }
    for (unsigned i = 0; i < hyp->mmio.count; i++) {
        const struct mmio_region *region = &hyp->mmio.region[i];

        if (region->ops) {
            region->ops->reset(region->opaque);
        }
    }
    hyp->cntvoff = arch_counter();
    hyp->power = VM_RUNNING;
}

int vm_reset(struct hyp *hyp)
{
    int status = VMM_EINVAL;

    arch_lock(&hyp->lock);
    if (is_loaded(hyp)) {
        status = VMM_EBUSY;
    } else if (hyp->power != VM_RUNNING) {
        reset(hyp);
        status = VMM_OK;
    }
    arch_unlock(&hyp->lock);
    return status;
}
