/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What devices of a VM have still to do when the access that caused it is over: requests in rings,
 * frames for other VMs.  The run loop does it in small pieces before it enters a guest, so that a
 * guest whose requests never end uses up its own time slice only.
 *
 * All functions want the VM's lock held.
 */
#ifndef VMM_CORE_WORK_H
#define VMM_CORE_WORK_H

#include <stdbool.h>

struct hyp;

struct vm_work {
    struct vm_work *next;
    bool queued;
    /* Does one piece; calls work_add() again if there is more.  May release the VM's lock and take
     * it again. */
    void (*run)(struct vm_work *work, struct hyp *hyp);
};

/* Appends work to what hyp's vCPUs have to do; nothing if it is there already.  A vCPU of the VM
 * that sleeps is not woken. */
void work_add(struct hyp *hyp, struct vm_work *work);

/* Does the piece that has waited longest; false: there is none. */
bool work_run(struct hyp *hyp);

/* Forgets all of it. */
void work_drop(struct hyp *hyp);

#endif
