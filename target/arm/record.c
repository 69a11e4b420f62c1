/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hooks: from a change of exception level to an event in the CPU's packet.  Nothing here
 * allocates or blocks, but for the write of a packet that is full.
 *
 * QEMU calls the pre hook before and the post hook behind every exception entry and every
 * exception return, both with the BQL held.  HSR and the fault addresses are the guest's only
 * behind the entry; the trapped instruction can be read only before it.
 */
#include "qemu/osdep.h"
#include "cpu.h"
#include "arm-powerctl.h"
#include "qemu/timer.h"
#include "system/cpu-timers.h"
#include "system/runstate.h"
#include "hyptrace/format/core_delta.h"
#include "hyptrace/format/entry_class.h"
#include "target/arm/hyptrace/insns.h"
#include "target/arm/hyptrace/recorder.h"

/*
 * A machine that was told to go off or to reset runs on until QEMU's main loop sees that, which
 * depends on the host: the trace ends, or pauses, with the request.
 */
static bool machine_ends(HypTrace *t)
{
    if (qemu_shutdown_requested_get() || qemu_reset_requested_get()) {
        t->ending = true;
    }
    return t->ending;
}

/* The hooks look at what happens, whether or not it is to be written. */
static bool is_watching(HypTrace *t)
{
    return t->enabled && !machine_ends(t);
}

bool ht_is_recording(HtCpu *c)
{
    return is_watching(c->recorder) && !c->recorder->waiting;
}

/*
 * QEMU_CLOCK_VIRTUAL.  Without icount it is the host's clock and an offset while the machine runs;
 * QEMU's own way to it is a third of what an event without registers costs.
 */
static uint64_t virtual_clock(HypTrace *t)
{
    uint64_t now_ns = t->clock_runs ? get_clock() + t->clock_offset_ns : cpus_get_virtual_clock();

    t->time_ns = MAX(t->time_ns, now_ns);
    return t->time_ns;
}

static void take_stamp(HtCpu *c, struct ht_stamp *stamp)
{
    HypTrace *t = c->recorder;

    stamp->time_ns = virtual_clock(t);
    stamp->seq = ++t->seq;
    stamp->insns_total = t->icount ? ht_insns_total(CPU(c->cpu)) : 0;
}

/* For what happens where the clock cannot be read. */
static void repeat_stamp(const HtCpu *c, struct ht_stamp *stamp)
{
    stamp->time_ns = c->stream.time_last_ns;
    stamp->seq = c->stream.seq_last;
    stamp->insns_total = c->stream.insns_last;
}

static void put_delta(HtCpu *c, uint8_t **p)
{
    if (c->recorder->registers) {
        ht_put_full_delta(&c->shadow, &c->cpu->env, p,
                          c->gic.changed ? ht_gic_put_rows : NULL, &c->gic);
    } else {
        ht_put_lean_delta(&c->shadow, &c->cpu->env, p);
    }
}

static void put_snapshot(HtCpu *c, const struct ht_stamp *stamp)
{
    uint8_t *p = ht_event_begin(&c->stream, HT_EV_REGISTERS, stamp);

    ht_put_u8(&p, (c->in_hyp ? HT_STATE_IN_HYP : 0) | c->depth << HT_STATE_DEPTH_SHIFT);
    ht_put_snapshot_rows(&c->shadow, &p);
    ht_event_end(&c->stream, p);
}

/* A packet without room for an event is written and another one begun. */
static uint8_t *begin_stamped(HtCpu *c, enum ht_event_id id, const struct ht_stamp *stamp)
{
    if (!ht_packet_has_room(&c->stream)) {
        ht_output_flush(c);
        ht_packet_open(&c->stream, stamp);
        put_snapshot(c, stamp);
    }
    return ht_event_begin(&c->stream, id, stamp);
}

static uint8_t *begin_untimed_event(HtCpu *c, enum ht_event_id id)
{
    struct ht_stamp stamp;

    ht_record_cache_run(c);
    repeat_stamp(c, &stamp);
    return begin_stamped(c, id, &stamp);
}

static uint8_t *begin_event(HtCpu *c, enum ht_event_id id)
{
    struct ht_stamp stamp;

    if (unlikely(c->cache_run.count > 0)) {
        ht_record_cache_run(c);
    }
    take_stamp(c, &stamp);
    return begin_stamped(c, id, &stamp);
}

void ht_record_cache_run(HtCpu *c)
{
    HtCacheRun run = c->cache_run;
    uint8_t *p;

    if (run.count == 0) {
        return;
    }
    c->cache_run.count = 0;
    p = begin_untimed_event(c, HT_EV_CACHE);
    ht_put_u8(&p, run.op);
    ht_put_u32(&p, run.first);
    ht_put_u32(&p, run.last);
    ht_put_u32(&p, run.count);
    ht_event_end(&c->stream, p);
}

/* Fields that are rows too set them without an entry in the delta. */
static void put_field(HtCpu *c, uint8_t **p, unsigned row, uint32_t value)
{
    c->shadow.row[row] = value;
    ht_put_u32(p, value);
}

static void record_activation(HtCpu *c, enum ht_activation_kind kind)
{
    CPUARMState *env = &c->cpu->env;
    uint8_t *p;

    if (kind != HT_ACTIVATION_MONITOR) {
        c->depth = 0;
    }
    p = begin_event(c, HT_EV_ACTIVATION);
    ht_put_u8(&p, kind);
    put_field(c, &p, HT_REG_ELR_HYP, ht_cpu_pc(env));
    put_field(c, &p, HT_REG_SPSR_HYP, ht_cpu_cpsr(env));
    put_delta(c, &p);
    ht_event_end(&c->stream, p);
    c->in_hyp = true;
}

/* An exception return that leaves Hyp, or not. */
static void record_any_return(HtCpu *c, enum ht_event_id id)
{
    CPUARMState *env = &c->cpu->env;
    uint32_t *row = c->shadow.row;
    uint32_t pc = ht_cpu_pc(env);
    uint32_t cpsr = ht_cpu_cpsr(env);
    uint8_t *p = begin_event(c, id);

    ht_put_return(&p, row[HT_REG_ELR_HYP], row[HT_REG_SPSR_HYP], pc, cpsr);
    row[HT_REG_ELR_HYP] = pc;
    row[HT_REG_SPSR_HYP] = cpsr;
    put_delta(c, &p);
    ht_event_end(&c->stream, p);
}

static enum ht_exception exception_of(int exception_index)
{
    switch (exception_index) {
    case EXCP_IRQ:
        return HT_EXCEPTION_IRQ;
    case EXCP_FIQ:
        return HT_EXCEPTION_FIQ;
    case EXCP_DATA_ABORT:
    case EXCP_ASYNC_ABORT:
        return HT_EXCEPTION_DABT;
    case EXCP_PREFETCH_ABORT:
    case EXCP_BKPT:
        return HT_EXCEPTION_IABT;
    default:
        return HT_EXCEPTION_SYNC;
    }
}

static void put_syndrome(HtCpu *c, uint8_t **p, enum ht_event_id id)
{
    const CPUARMState *env = &c->cpu->env;

    if (id == HT_EV_ENTRY_IRQ || id == HT_EV_ENTRY_FIQ) {
        return;
    }
    put_field(c, p, HT_REG_HSR, ht_cpu_hsr(env));
    if (id == HT_EV_ENTRY_DABT || id == HT_EV_ENTRY_DABT_S2) {
        put_field(c, p, HT_REG_HDFAR, ht_cpu_hdfar(env));
    }
    if (id == HT_EV_ENTRY_IABT || id == HT_EV_ENTRY_IABT_S2) {
        put_field(c, p, HT_REG_HIFAR, ht_cpu_hifar(env));
    }
    if (id == HT_EV_ENTRY_DABT_S2 || id == HT_EV_ENTRY_IABT_S2) {
        put_field(c, p, HT_REG_HPFAR, ht_cpu_hpfar(env));
    }
}

static void put_insn(uint8_t **p, const HtInsn *insn)
{
    for (unsigned i = 0; i < insn->halfwords; i++) {
        ht_put_u16(p, insn->halfword[i]);
    }
}

static void write_entry(HtCpu *c, enum ht_event_id id, unsigned vector)
{
    const CPUARMState *env = &c->cpu->env;
    uint8_t *p = begin_event(c, id);

    ht_put_u8(&p, vector << HT_ENTRY_VECTOR_SHIFT | c->insn.halfwords << HT_ENTRY_INSN_SHIFT |
                  c->depth << HT_ENTRY_DEPTH_SHIFT);
    put_field(c, &p, HT_REG_ELR_HYP, ht_cpu_elr_hyp(env));
    put_field(c, &p, HT_REG_SPSR_HYP, ht_cpu_spsr_hyp(env));
    put_syndrome(c, &p, id);
    put_insn(&p, &c->insn);
    put_delta(c, &p);
    ht_event_end(&c->stream, p);
}

/* The trigger: every other CPU is seen anew. */
static void start_recording(HtCpu *c)
{
    HypTrace *t = c->recorder;

    t->waiting = false;
    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].resync = &t->cpus[i] != c;
        t->cpus[i].gic.changed = true;
    }
}

/* An entry from outside Hyp decides about all up to its return, nested entries included. */
static void record_chosen_entry(HtCpu *c, enum ht_event_id id, unsigned vector)
{
    HypTrace *t = c->recorder;
    HtVerdict verdict = ht_select_entry(c, id, vector);

    if (verdict.start) {
        start_recording(c);
    }
    if (c->depth == 0) {
        c->skipped = !verdict.selected;
    }
    if (!t->waiting && !c->skipped) {
        write_entry(c, id, vector);
    }
    if (verdict.dump && t->ring && !t->waiting) {
        ht_output_dump(t);
    }
    if (verdict.stop) {
        ht_recorder_enable(t, false);
    }
}

static void record_entry(HtCpu *c)
{
    const CPUARMState *env = &c->cpu->env;
    bool nested = c->pre_mode == ARM_CPU_MODE_HYP;
    unsigned vector = ht_cpu_pc(env) / 4 & 7;
    enum ht_event_id id;

    c->depth = nested ? MIN(c->depth + 1, HT_DEPTH_MAX) : 0;
    id = ht_entry_class(exception_of(c->pre_exception), ht_cpu_hsr(env),
                        !nested && ht_cpu_stage2_on(env));
    if (c->recorder->choosing) {
        record_chosen_entry(c, id, vector);
    } else {
        write_entry(c, id, vector);
    }
    c->in_hyp = true;
}

static bool is_written(const HtCpu *c)
{
    return !c->skipped && !c->recorder->waiting;
}

static void record_return(HtCpu *c)
{
    if (is_written(c)) {
        record_any_return(c, HT_EV_RETURN);
    }
    c->skipped = false;
    c->in_hyp = false;
    c->depth = 0;
}

static void record_nested_return(HtCpu *c)
{
    if (is_written(c)) {
        record_any_return(c, HT_EV_NESTED_RETURN);
    }
    if (c->depth > 0) {
        c->depth--;
    }
}

/* Where the instruction is that causes the exception about to be taken; false: there is none. */
static bool trapped_pc(const CPUARMState *env, int exception_index, uint32_t *pc)
{
    *pc = ht_cpu_pc(env);
    switch (exception_index) {
    case EXCP_UDEF:
    case EXCP_HYP_TRAP:
    case EXCP_DATA_ABORT:
    case EXCP_BKPT:
        return true;
    case EXCP_HVC:
        *pc -= 4;
        return true;
    case EXCP_SWI:
        *pc -= ht_cpu_thumb(env) ? 2 : 4;
        return true;
    default:
        return false;
    }
}

static void fetch_trapped_insn(HtCpu *c, CPUARMState *env)
{
    uint32_t pc;

    c->insn.halfwords = 0;
    if (trapped_pc(env, c->pre_exception, &pc) && ht_cpu_exception_to_hyp(env)) {
        ht_insn_fetch(&c->insn, env, pc, ht_cpu_thumb(env));
    }
}

static void pre_change(ARMCPU *cpu, void *opaque)
{
    HtCpu *c = opaque;
    bool in_hyp;

    if (!is_watching(c->recorder)) {
        c->pre_mode = 0;
        return;
    }
    c->pre_mode = ht_cpu_mode(&cpu->env);
    c->pre_exception = CPU(cpu)->exception_index;
    in_hyp = c->pre_mode == ARM_CPU_MODE_HYP;
    if (c->resync) {
        c->resync = false;
        c->in_hyp = in_hyp;
        c->depth = 0;
    }
    if (in_hyp && !c->in_hyp && !c->recorder->waiting) {
        record_activation(c, HT_ACTIVATION_INFERRED);
    }
    fetch_trapped_insn(c, &cpu->env);
}

static void post_change(ARMCPU *cpu, void *opaque)
{
    HtCpu *c = opaque;
    bool was_in_hyp = c->pre_mode == ARM_CPU_MODE_HYP;
    bool is_in_hyp = ht_cpu_mode(&cpu->env) == ARM_CPU_MODE_HYP;
    bool is_return = c->pre_exception == -1;

    if (!c->recorder->enabled || c->recorder->ending || c->pre_mode == 0 ||
        (!was_in_hyp && !is_in_hyp)) {
        return;
    }
    if (is_in_hyp && !is_return) {
        record_entry(c);
    } else if (is_in_hyp && was_in_hyp) {
        record_nested_return(c);
    } else if (is_in_hyp) {
        if (is_written(c)) {
            record_activation(c, HT_ACTIVATION_MONITOR);
        }
    } else if (is_return) {
        record_return(c);
    } else {
        c->in_hyp = false;      /* an exception from Hyp to Monitor: Hyp goes on when it is back */
    }
}

static void record_power(HtCpu *c, enum ht_power_kind kind)
{
    uint8_t *p = begin_event(c, HT_EV_POWER);

    ht_put_u8(&p, kind);
    ht_put_u32(&p, ht_cpu_pc(&c->cpu->env));
    ht_event_end(&c->stream, p);
}

static void record_power_on(HtCpu *c)
{
    record_power(c, HT_POWER_ON);
    c->resync = false;
    c->in_hyp = false;
    c->depth = 0;
    if (ht_cpu_mode(&c->cpu->env) == ARM_CPU_MODE_HYP) {
        record_activation(c, HT_ACTIVATION_POWER);
    }
}

static void record_sleep(HtCpu *c)
{
    bool by_wfe = ht_cpu_in_wfe(&c->cpu->env);

    ht_event_end(&c->stream, begin_event(c, by_wfe ? HT_EV_WAIT : HT_EV_SLEEP));
}

static void record_wake(HtCpu *c)
{
    uint32_t pending = CPU(c->cpu)->interrupt_request;
    uint8_t *p = begin_event(c, HT_EV_WAKE);

    ht_put_u8(&p, (pending & CPU_INTERRUPT_HARD ? HT_WAKE_IRQ : 0) |
                  (pending & CPU_INTERRUPT_FIQ ? HT_WAKE_FIQ : 0) |
                  (pending & CPU_INTERRUPT_VIRQ ? HT_WAKE_VIRQ : 0) |
                  (pending & CPU_INTERRUPT_VFIQ ? HT_WAKE_VFIQ : 0) |
                  (pending & CPU_INTERRUPT_VSERR ? HT_WAKE_VABORT : 0));
    ht_event_end(&c->stream, p);
}

void ht_record_run_state(HtCpu *c)
{
    HtRunState was = c->run_state;
    HtRunState is = ht_run_state(c);

    c->run_state = is;
    if (!ht_is_recording(c)) {
        return;
    }
    if (was == HT_RUN_OFF) {
        record_power_on(c);
        was = HT_RUN_RUNNING;
    }
    if (is == HT_RUN_OFF) {
        record_power(c, HT_POWER_OFF);
    } else if (is != was) {
        (is == HT_RUN_ASLEEP ? record_sleep : record_wake)(c);
    }
}

void ht_record_install(HtCpu *c)
{
    arm_register_pre_el_change_hook(c->cpu, pre_change, c);
    arm_register_el_change_hook(c->cpu, post_change, c);
}

void ht_record_reset(HtCpu *c)
{
    bool enabled = c->recorder->enabled && !c->recorder->waiting;

    c->recorder->ending = false;
    if (enabled && c->stream.seq_last > 0) {
        record_power(c, HT_POWER_RESET);
    }
    c->skipped = false;
    c->in_hyp = false;
    c->depth = 0;
    c->gic.changed = true;
    c->run_state = ht_run_state(c);
    if (enabled && c->cpu->power_state == PSCI_ON &&
        ht_cpu_mode(&c->cpu->env) == ARM_CPU_MODE_HYP) {
        record_activation(c, HT_ACTIVATION_RESET);
    }
}

void ht_record_mark(HtCpu *c, unsigned option)
{
    uint8_t *p = begin_event(c, HT_EV_MARK);

    ht_put_u8(&p, option);
    ht_put_u32(&p, ht_cpu_pc(&c->cpu->env));
    ht_event_end(&c->stream, p);
}

void ht_record_console(HtCpu *c, unsigned port, uint8_t byte)
{
    uint8_t *p = begin_event(c, HT_EV_CONSOLE);

    ht_put_u8(&p, port);
    ht_put_u8(&p, byte);
    ht_event_end(&c->stream, p);
}

void ht_record_gic(HtCpu *c, enum ht_event_id id, unsigned lr, uint32_t value)
{
    uint8_t *p;

    if (!ht_is_recording(c) || c->skipped) {
        return;
    }
    p = begin_event(c, id);
    if (id == HT_EV_GICH_LR) {
        ht_put_u8(&p, lr);
        c->shadow.row[HT_REG_GICH_LR0 + lr] = value;
    }
    ht_put_u32(&p, value);
    ht_event_end(&c->stream, p);
}

void ht_record_write(HtCpu *c, enum ht_event_id id, unsigned op_or_row, uint64_t value)
{
    uint8_t *p = begin_untimed_event(c, id);

    ht_put_u8(&p, op_or_row);
    ht_put_u32(&p, value);
    if (id == HT_EV_WRITE || id == HT_EV_WRITE64) {
        c->shadow.row[op_or_row] = value;
    }
    if (id == HT_EV_WRITE64) {
        ht_put_u32(&p, value >> 32);
        c->shadow.row[op_or_row + 1] = value >> 32;
    }
    ht_event_end(&c->stream, p);
}
