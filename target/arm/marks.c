/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hint DBG #n (DDI 0406C A8.8.42), a NOP: guests mark phases with it and, on request, switch the
 * recording.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "cpu.h"
#include "internals.h"
#include "target/arm/hyptrace/recorder.h"

static GPtrArray *watchers;         /* recorders */

static void report(HypTrace *t, HtCpu *c, unsigned option)
{
    if (t->marks == HT_MARKS_SWITCH && option == HT_MARK_SWITCH_ON && !t->closed && !t->over &&
        !t->enabled) {
        ht_recorder_enable(t, true);
    }
    if (ht_is_recording(c)) {
        ht_record_mark(c, option);
    }
    if (t->marks == HT_MARKS_SWITCH && option == HT_MARK_SWITCH_OFF && t->enabled) {
        ht_recorder_enable(t, false);
    }
}

static void at_hint(CPUARMState *env, uint32_t option)
{
    BQL_LOCK_GUARD();
    for (unsigned i = 0; i < watchers->len; i++) {
        HypTrace *t = g_ptr_array_index(watchers, i);

        report(t, &t->cpus[env_cpu(env)->cpu_index], option);
    }
}

void ht_marks_watch(HypTrace *t)
{
    if (!watchers) {
        watchers = g_ptr_array_new();
    }
    g_ptr_array_add(watchers, t);
    arm_dbg_hint_hook = at_hint;
}
