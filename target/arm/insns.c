/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Instructions executed by each CPU under -icount.  CPUs take turns on one thread, so a CPU's
 * count is the count of all, less what passed while it was not in cpu_exec(); its TCG operations
 * get enter and exit functions that see that.
 */
#include "qemu/osdep.h"
#include "hw/core/cpu.h"
#include "hw/boards.h"
#include "accel/tcg/cpu-ops.h"
#include "system/cpu-timers.h"
#include "target/arm/hyptrace/insns.h"

typedef struct CpuInsns {
    int64_t elsewhere;      /* instructions of other CPUs up to this CPU's last turn */
    int64_t left_at;        /* count of all when this CPU's last turn ended */
    bool in_turn;
} CpuInsns;

static CpuInsns *insns;                     /* by cpu_index */
static const TCGCPUOps *arm_ops;            /* as the CPU class had them */
static TCGCPUOps counting_ops;

static void enter_turn(CPUState *cs)
{
    CpuInsns *n = &insns[cs->cpu_index];

    n->elsewhere += icount_get_raw() - n->left_at;
    n->in_turn = true;
    if (arm_ops->cpu_exec_enter) {
        arm_ops->cpu_exec_enter(cs);
    }
}

static void exit_turn(CPUState *cs)
{
    CpuInsns *n = &insns[cs->cpu_index];

    if (arm_ops->cpu_exec_exit) {
        arm_ops->cpu_exec_exit(cs);
    }
    n->left_at = icount_get_raw();
    n->in_turn = false;
}

void ht_insns_install(void)
{
    CPUState *cs;

    if (insns) {
        return;
    }
    insns = g_new0(CpuInsns, current_machine->smp.max_cpus);
    arm_ops = first_cpu->cc->tcg_ops;
    counting_ops = *arm_ops;
    counting_ops.cpu_exec_enter = enter_turn;
    counting_ops.cpu_exec_exit = exit_turn;
    CPU_FOREACH(cs) {
        if (cs->cc->tcg_ops == arm_ops) {
            cs->cc->tcg_ops = &counting_ops;
        }
    }
}

uint64_t ht_insns_total(CPUState *cs)
{
    const CpuInsns *n = &insns[cs->cpu_index];

    return (n->in_turn ? icount_get_raw() : n->left_at) - n->elsewhere;
}
