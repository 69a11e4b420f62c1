/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writes of CP15 registers that are events: TLB and cache maintenance, address translation, the
 * registers that select a VM.  Each register's description gets a write function that calls the
 * one it had and then reports; what is translated does not change but for that call.
 *
 * The clock cannot be read here (under -icount it would end QEMU, and registers marked as I/O end
 * their block): the events have time and number of the CPU's last timed event.
 */
#include "qemu/osdep.h"
#include "qemu/main-loop.h"
#include "cpu.h"
#include "cpregs.h"
#include "hyptrace/format/maintenance.h"
#include "target/arm/hyptrace/recorder.h"

/* A register or operation of CP15 and the event that a write of it is. */
typedef struct Watched {
    uint8_t id;         /* enum ht_event_id */
    uint8_t op_or_row;
    uint8_t crn, crm, opc1, opc2;
    bool is_64bit;
} Watched;

#define TLB(number, name, opc1, crm, opc2) { HT_EV_TLB, number, 8, crm, opc1, opc2, false },
#define CACHE(number, name, opc1, crm, opc2) { HT_EV_CACHE, number, 7, crm, opc1, opc2, false },
#define ATS(number, name, opc1, crm, opc2) { HT_EV_TRANSLATION, number, 7, crm, opc1, opc2, false },

/* Context registers: DDI 0406C B3.17.1 (VMSA registers by CRn), B8.1.3 (CNTVOFF). */
static const Watched watched[] = {
    HT_TLB_OPS(TLB)
    HT_CACHE_OPS(CACHE)
    HT_TRANSLATION_OPS(ATS)
    { HT_EV_WRITE, HT_REG_HCR, 1, 1, 4, 0, false },
    { HT_EV_WRITE, HT_REG_VTCR, 2, 1, 4, 2, false },
    { HT_EV_WRITE64, HT_REG_VTTBR, 0, 2, 6, 0, true },
    { HT_EV_WRITE64, HT_REG_HTTBR, 0, 2, 4, 0, true },
    { HT_EV_WRITE64, HT_REG_CNTVOFF, 0, 14, 4, 0, true },
};

/* What a register's description points to. */
typedef struct Hook {
    const Watched *watched;
    CPWriteFn *device_write;    /* NULL: a plain field, or nothing at all */
    void *device_opaque;
    bool is_nop;                /* QEMU does nothing for it */
    GPtrArray *cpus;            /* HtCpu of each recorder */
} Hook;

/* Adds to the run of one operation, which becomes an event when something else happens. */
static void count_cache_op(HtCpu *c, unsigned op, uint32_t operand)
{
    HtCacheRun *run = &c->cache_run;

    if (run->count > 0 && (run->op != op || run->count == UINT32_MAX)) {
        BQL_LOCK_GUARD();
        ht_record_cache_run(c);
    }
    if (run->count == 0) {
        run->op = op;
        run->first = operand;
    }
    run->last = operand;
    run->count++;
}

static void report(HtCpu *c, const Watched *w, uint64_t value)
{
    if (w->id == HT_EV_CACHE) {
        count_cache_op(c, w->op_or_row, value);
        return;
    }
    BQL_LOCK_GUARD();
    ht_record_write(c, w->id, w->op_or_row, value);
}

/* Hyp's own operations, or those of the guests and the host as well. */
static bool wants(HtCpu *c, const CPUARMState *env, const Watched *w)
{
    bool in_hyp = ht_cpu_mode(env) == ARM_CPU_MODE_HYP;
    HtMaintenance least = w->id == HT_EV_CACHE ? HT_MAINTENANCE_HYP : HT_MAINTENANCE_TLB;

    if (!ht_is_recording(c) || c->skipped) {
        return false;
    }
    if (w->id == HT_EV_WRITE || w->id == HT_EV_WRITE64) {
        return in_hyp;
    }
    return c->recorder->maintenance >= (in_hyp ? least : HT_MAINTENANCE_ALL);
}

static void write_and_report(CPUARMState *env, const ARMCPRegInfo *ri, uint64_t value)
{
    const Hook *hook = ri->opaque;

    if (hook->device_write) {
        ARMCPRegInfo device_ri = *ri;

        device_ri.opaque = hook->device_opaque;
        hook->device_write(env, &device_ri, value);
    } else if (!hook->is_nop) {
        raw_write(env, ri, value);
    }
    if (current_cpu != env_cpu(env)) {
        return;                 /* the machine's state is being loaded */
    }
    for (unsigned i = 0; i < hook->cpus->len; i++) {
        HtCpu *c = g_ptr_array_index(hook->cpus, i);

        if (wants(c, env, hook->watched)) {
            report(c, hook->watched, value);
        }
    }
}

/* A NOP becomes a register with a write function; neither ends a block. */
static Hook *hook_register(ARMCPRegInfo *ri, const Watched *w)
{
    Hook *hook = g_new0(Hook, 1);

    hook->watched = w;
    hook->device_write = ri->writefn;
    hook->device_opaque = ri->opaque;
    hook->is_nop = (ri->type & ARM_CP_SPECIAL_MASK) == ARM_CP_NOP;
    hook->cpus = g_ptr_array_new();
    if (hook->is_nop) {
        ri->type = (ri->type & ~ARM_CP_SPECIAL_MASK) | ARM_CP_NO_RAW | ARM_CP_SUPPRESS_TB_END;
    } else if (!ri->writefn && !ri->raw_writefn) {
        ri->raw_writefn = raw_write;
    }
    ri->writefn = write_and_report;
    ri->opaque = hook;
    return hook;
}

static void watch(HtCpu *c, const Watched *w)
{
    uint32_t key = ENCODE_CP_REG(15, w->is_64bit, 1, w->crn, w->crm, w->opc1, w->opc2);
    ARMCPRegInfo *ri = g_hash_table_lookup(c->cpu->cp_regs, (gpointer)(uintptr_t)key);

    if (!ri || ((ri->type & ARM_CP_SPECIAL_MASK) &&
                (ri->type & ARM_CP_SPECIAL_MASK) != ARM_CP_NOP) || (ri->type & ARM_CP_CONST)) {
        return;
    }
    if (ri->writefn != write_and_report) {
        hook_register(ri, w);
    }
    g_ptr_array_add(((Hook *)ri->opaque)->cpus, c);
}

void ht_sysreg_install(HtCpu *c)
{
    for (unsigned i = 0; i < ARRAY_SIZE(watched); i++) {
        watch(c, &watched[i]);
    }
}
