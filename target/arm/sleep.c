/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * When CPUs sleep, wake, are switched off and on.  Their TCG operations get functions that look at
 * the CPU where it begins and ends to execute: WFI that does not trap, and power control, leave
 * their mark there (CPUState.halted, ARMCPU.power_state).
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "hw/core/cpu.h"
#include "hw/boards.h"
#include "accel/tcg/cpu-ops.h"
#include "target/arm/hyptrace/recorder.h"

static GPtrArray **sleepers;                /* HtCpu of each recorder, by cpu_index */
static const TCGCPUOps *device_ops;         /* as the CPU class had them */
static TCGCPUOps watching_ops;

HtRunState ht_run_state(const HtCpu *c)
{
    return c->cpu->power_state == PSCI_OFF ? HT_RUN_OFF :
           CPU(c->cpu)->halted ? HT_RUN_ASLEEP : HT_RUN_RUNNING;
}

static void look(CPUState *cs)
{
    GPtrArray *cpus = sleepers[cs->cpu_index];

    for (unsigned i = 0; i < cpus->len; i++) {
        HtCpu *c = g_ptr_array_index(cpus, i);

        if (c->run_state != ht_run_state(c)) {
            BQL_LOCK_GUARD();
            ht_record_run_state(c);
        }
    }
}

static void enter(CPUState *cs)
{
    if (device_ops->cpu_exec_enter) {
        device_ops->cpu_exec_enter(cs);
    }
    look(cs);
}

static void leave(CPUState *cs)
{
    look(cs);
    if (device_ops->cpu_exec_exit) {
        device_ops->cpu_exec_exit(cs);
    }
}

/* A CPU that is switched off while it does not execute is seen here first. */
static bool halt(CPUState *cs)
{
    bool leave_halt = device_ops->cpu_exec_halt(cs);

    if (!leave_halt) {
        look(cs);
    }
    return leave_halt;
}

void ht_sleep_install(HtCpu *c)
{
    CPUState *cs = CPU(c->cpu);

    if (!sleepers) {
        sleepers = g_new0(GPtrArray *, current_machine->smp.max_cpus);
        device_ops = cs->cc->tcg_ops;
        watching_ops = *device_ops;
        watching_ops.cpu_exec_enter = enter;
        watching_ops.cpu_exec_exit = leave;
        watching_ops.cpu_exec_halt = halt;
    }
    if (!sleepers[cs->cpu_index]) {
        sleepers[cs->cpu_index] = g_ptr_array_new();
    }
    if (cs->cc->tcg_ops == device_ops) {
        cs->cc->tcg_ops = &watching_ops;
    }
    g_ptr_array_add(sleepers[cs->cpu_index], c);
    c->run_state = ht_run_state(c);
}
