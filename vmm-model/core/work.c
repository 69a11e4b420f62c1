/* SPDX-License-Identifier: BSD-2-Clause */
/* What devices have still to do: a list, first come first served. */
#include <stddef.h>
#include "core/hyp.h"
#include "core/work.h"

void work_add(struct hyp *hyp, struct vm_work *work)
{
    struct vm_work **at = &hyp->work;

    if (work->queued) {
        return;
    }
    while (*at) {
        at = &(*at)->next;
    }
    *at = work;
    work->next = NULL;
    work->queued = true;
}

static struct vm_work *take(struct hyp *hyp)
{
    struct vm_work *work = hyp->work;

    if (work) {
        hyp->work = work->next;
        work->queued = false;
    }
    return work;
}

bool work_run(struct hyp *hyp)
{
    struct vm_work *work = take(hyp);

    if (work) {
        work->run(work, hyp);
    }
    return work != NULL;
}

void work_drop(struct hyp *hyp)
{
    while (take(hyp)) {
    }
}
