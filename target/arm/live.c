/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writes open packets twice a second, so that who follows the trace sees what a CPU did that has
 * become idle.  Not under -icount: there the bytes of a trace follow from the guest alone.
 */

#include "qemu/osdep.h"
#include "qemu/timer.h"
#include "hw/core/cpu.h"
#include "target/arm/hyptrace/recorder.h"

#define PERIOD_MS 500

/* On the CPU's own thread, which is the only one that writes to its packet without the big lock. */
static void flush(CPUState *cs, run_on_cpu_data data)
{
    HtCpu *c = data.host_ptr;

    if (!c->recorder->closed) {
        ht_output_flush(c);
    }
}

static void tick(void *opaque)
{
    HypTrace *t = opaque;

    for (unsigned i = 0; i < t->cpu_count; i++) {
        HtCpu *c = &t->cpus[i];

        if (c->stream.used_bytes > 0) {
            async_run_on_cpu(CPU(c->cpu), flush, RUN_ON_CPU_HOST_PTR(c));
        }
    }
    timer_mod(t->live_timer, qemu_clock_get_ms(QEMU_CLOCK_REALTIME) + PERIOD_MS);
}

void ht_live_start(HypTrace *t)
{
    t->live_timer = timer_new_ms(QEMU_CLOCK_REALTIME, tick, t);
    timer_mod(t->live_timer, qemu_clock_get_ms(QEMU_CLOCK_REALTIME) + PERIOD_MS);
}
