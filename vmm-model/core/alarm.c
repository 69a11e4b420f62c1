/* SPDX-License-Identifier: BSD-2-Clause */
/* Times at which devices have something to do. */
#include "core/alarm.h"
#include "core/hyp.h"

void alarm_add(struct hyp *hyp, struct vm_alarm *alarm, void (*ring)(struct vm_alarm *alarm))
{
    alarm->due = UINT64_MAX;
    alarm->ring = ring;
    alarm->next = hyp->alarms;
    hyp->alarms = alarm;
}

void alarm_set(struct hyp *hyp, struct vm_alarm *alarm, uint64_t due_ticks)
{
    alarm->due = due_ticks;
    if (due_ticks != UINT64_MAX) {
        for (unsigned i = 0; i < hyp->vcpu_count; i++) {
            hypctx_kick(&hyp->vcpu[i]);
        }
    }
}

void alarm_check(struct hyp *hyp, uint64_t now_ticks)
{
    for (struct vm_alarm *alarm = hyp->alarms; alarm; alarm = alarm->next) {
        if (alarm->due <= now_ticks) {
            alarm->due = UINT64_MAX;
            alarm->ring(alarm);
        }
    }
}

uint64_t alarm_deadline(const struct hyp *hyp)
{
    uint64_t deadline = UINT64_MAX;

    for (const struct vm_alarm *alarm = hyp->alarms; alarm; alarm = alarm->next) {
        deadline = alarm->due < deadline ? alarm->due : deadline;
    }
    return deadline;
}
