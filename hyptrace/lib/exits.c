/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builds traps and exits out of events.
 */
#include "armv7/gicv2.h"
#include "hyptrace/lib/exits.h"
#include "hyptrace/lib/trace.h"

/* A vCPU that has been seen, and its exit if it is away. */
struct vcpu {
    struct ht_where where;
    bool away;
    struct ht_exit exit;
    struct ht_span others_begin; /* of its CPU, when the exit began */
};

/* One CPU. */
struct cpu {
    struct ht_trap traps[HT_DEPTH_MAX + 1]; /* by depth */
    unsigned open;              /* bit d: traps[d] is not reported yet */
    unsigned depth;             /* of the innermost open trap */
    unsigned hidden;            /* traps deeper than the depth field can say */
    struct ht_trap *unacked;    /* interrupt whose acknowledge has not been seen */

    struct vcpu *left;          /* whose exit traps[0] began, or NULL */
    struct vcpu *runs;          /* a VM's vCPU that is running here, or NULL */
    struct vcpu *last;          /* as found by the last look-up */
    struct ht_span since;       /* clocks when `runs` began to */
    struct ht_span guest;       /* spent in VMs so far */
    struct ht_span by_vm[HT_VMS_MAX + 1];
};

struct HtExits {
    HtVms *vms;
    struct ht_exits_sink sink;
    struct cpu *cpus[HT_CPUS_MAX];
    GPtrArray *vcpus;
    unsigned away;              /* vCPUs in the middle of an exit */
    bool mark;                  /* of the event that is being pushed */
};

HtExits *ht_exits_new(HtVms *vms, const struct ht_exits_sink *sink)
{
    HtExits *exits = g_new0(HtExits, 1);

    exits->vms = vms;
    exits->sink = *sink;
    exits->vcpus = g_ptr_array_new_with_free_func(g_free);
    return exits;
}

void ht_exits_free(HtExits *exits)
{
    if (!exits) {
        return;
    }
    for (unsigned i = 0; i < HT_CPUS_MAX; i++) {
        g_free(exits->cpus[i]);
    }
    g_ptr_array_unref(exits->vcpus);
    g_free(exits);
}

unsigned ht_exits_open(const HtExits *exits)
{
    return exits->away;
}

static struct ht_span clocks(const struct ht_event *event)
{
    return (struct ht_span) {event->time_ns, event->insns};
}

/* Time goes back only over a defect; then nothing is better than nonsense. */
static struct ht_span span_from(struct ht_span begin, struct ht_span end)
{
    return (struct ht_span) {
        end.ns > begin.ns ? end.ns - begin.ns : 0,
        end.insns > begin.insns ? end.insns - begin.insns : 0,
    };
}

static void span_add(struct ht_span *sum, struct ht_span span)
{
    sum->ns += span.ns;
    sum->insns += span.insns;
}

static bool same_where(struct ht_where a, struct ht_where b)
{
    return a.vm == b.vm && a.vcpu == b.vcpu;
}

/* The vCPU at where, which is not the host; NULL if there are too many. */
static struct vcpu *find_vcpu(HtExits *exits, struct cpu *cpu, struct ht_where where)
{
    struct vcpu *vcpu = cpu->last;

    if (vcpu && same_where(vcpu->where, where)) {
        return vcpu;
    }
    for (unsigned i = 0; i < exits->vcpus->len; i++) {
        vcpu = g_ptr_array_index(exits->vcpus, i);
        if (same_where(vcpu->where, where)) {
            return cpu->last = vcpu;
        }
    }
    if (exits->vcpus->len == HT_VCPUS_MAX) {
        return NULL;
    }
    vcpu = g_new0(struct vcpu, 1);
    vcpu->where = where;
    g_ptr_array_add(exits->vcpus, vcpu);
    return cpu->last = vcpu;
}

static inline bool is_open(const struct cpu *cpu, unsigned depth)
{
    return cpu->open >> depth & 1;
}

static void report_trap(HtExits *exits, struct cpu *cpu, struct ht_trap *trap)
{
    cpu->open &= ~(1u << trap->depth);
    if (cpu->unacked == trap) {
        cpu->unacked = NULL;
    }
    exits->sink.trap(exits->sink.opaque, trap);
}

/* Reports the open traps of this depth and above: nothing more will be known of them. */
static inline void drop_traps(HtExits *exits, struct cpu *cpu, unsigned depth)
{
    while (cpu->open >> depth) {
        report_trap(exits, cpu, &cpu->traps[31 - __builtin_clz(cpu->open)]);
    }
    cpu->hidden = 0;
}

static void stop_running(struct cpu *cpu, const struct ht_event *event)
{
    if (cpu->runs) {
        struct ht_span span = span_from(cpu->since, clocks(event));

        span_add(&cpu->guest, span);
        span_add(&cpu->by_vm[cpu->runs->where.vm], span);
        cpu->runs = NULL;
    }
}

/* What the CPU has spent so far in VMs other than vm. */
static struct ht_span others(const struct cpu *cpu, unsigned vm)
{
    return span_from(cpu->by_vm[vm], cpu->guest);
}

static void forget_exit(HtExits *exits, struct vcpu *vcpu)
{
    exits->away -= vcpu->away;
    vcpu->away = false;
}

static void begin_exit(HtExits *exits, struct cpu *cpu, const struct ht_trap *trap)
{
    struct vcpu *vcpu = find_vcpu(exits, cpu, trap->from);

    if (vcpu) {
        forget_exit(exits, vcpu);
        vcpu->away = true;
        exits->away++;
        vcpu->exit.trap = *trap;
        vcpu->others_begin = others(cpu, trap->from.vm);
    }
    cpu->left = vcpu;
}

/* Copies what has become known of traps[0] to the exit that it began. */
static void update_exit(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->left;

    if (vcpu && vcpu->away && vcpu->exit.trap.seq == cpu->traps[0].seq) {
        vcpu->exit.trap = cpu->traps[0];
    }
}

static void end_exit(HtExits *exits, struct vcpu *vcpu, const struct ht_event *event)
{
    struct ht_exit *exit = &vcpu->exit;
    struct ht_span begin = {exit->trap.time_ns, exit->trap.insns}, in_others;

    in_others = span_from(vcpu->others_begin,
                          others(exits->cpus[exit->trap.cpu], vcpu->where.vm));
    exit->cpu_end = event->cpu;
    exit->migrated = event->cpu != exit->trap.cpu;
    exit->seq_end = event->seq;
    exit->away = span_from(begin, clocks(event));
    if (exit->migrated) {
        exit->away.insns = in_others.insns = 0;
    }
    exit->self = span_from(in_others, exit->away);
    forget_exit(exits, vcpu);
    exits->sink.exit(exits->sink.opaque, exit);
}

static bool is_interrupt(const struct ht_trap *trap)
{
    return trap->cause.cls == HT_CLASS_IRQ || trap->cause.cls == HT_CLASS_FIQ;
}

static void open_trap(struct cpu *cpu, const struct ht_event *event, bool mark)
{
    struct ht_trap *trap = &cpu->traps[event->depth];

    *trap = (struct ht_trap) {
        .cause = ht_cause_of(event),
        .cpu = event->cpu,
        .depth = event->depth,
        .marked = mark,
        .seq = event->seq,
        .time_ns = event->time_ns,
        .insns = event->insns,
        .pc = event->pc,
        .psr = event->psr,
    };
    cpu->open |= 1u << event->depth;
    cpu->depth = event->depth;
    cpu->unacked = is_interrupt(trap) ? trap : NULL;
}

static void take_entry(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    drop_traps(exits, cpu, 0);
    stop_running(cpu, event);
    open_trap(cpu, event, exits->mark);
    cpu->traps[0].from = ht_vms_where(exits->vms, event);
    cpu->left = NULL;
    if (cpu->traps[0].from.vm != HT_VM_HOST) {
        begin_exit(exits, cpu, &cpu->traps[0]);
    }
}

static void take_nested_entry(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    if (event->depth == HT_DEPTH_MAX && is_open(cpu, HT_DEPTH_MAX)) {
        cpu->hidden++;
        return;
    }
    drop_traps(exits, cpu, event->depth);
    open_trap(cpu, event, exits->mark);
}

static void return_trap(struct ht_trap *trap, const struct ht_event *event)
{
    trap->returned = true;
    trap->hyp = span_from((struct ht_span) {trap->time_ns, trap->insns}, clocks(event));
}

static void take_nested_return(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    struct ht_trap *trap = &cpu->traps[cpu->depth];

    if (cpu->hidden) {
        cpu->hidden--;
    } else if (cpu->depth) {
        if (is_open(cpu, cpu->depth)) {
            return_trap(trap, event);
            report_trap(exits, cpu, trap);
        }
        cpu->depth--;
    }
}

static void take_return(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    struct ht_where where = ht_vms_where(exits->vms, event);
    struct ht_trap *trap = &cpu->traps[0];
    struct vcpu *vcpu;

    drop_traps(exits, cpu, 1);
    cpu->depth = 0;
    if (is_open(cpu, 0) && !trap->returned) {
        return_trap(trap, event);
        update_exit(cpu);
        if (cpu->unacked != trap) {
            report_trap(exits, cpu, trap);
        }
    }
    stop_running(cpu, event);
    vcpu = where.vm == HT_VM_HOST ? NULL : find_vcpu(exits, cpu, where);
    if (vcpu && vcpu->away) {
        end_exit(exits, vcpu, event);
    }
    cpu->runs = vcpu;
    cpu->since = clocks(event);
}

static void take_ack(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    struct ht_trap *trap = cpu->unacked;

    if (!trap) {
        return;
    }
    cpu->unacked = NULL;
    trap->cause.detail = gicv2_iar_intid(event->value);
    if (trap->depth == 0) {
        update_exit(cpu);
    }
    if (trap->returned) {
        report_trap(exits, cpu, trap);
    }
}

/* Any vCPU may have gone on in what is missing. */
static void take_gap(HtExits *exits, struct cpu *cpu)
{
    drop_traps(exits, cpu, 0);
    cpu->depth = 0;
    cpu->runs = NULL;
    for (unsigned i = 0; i < exits->vcpus->len; i++) {
        forget_exit(exits, g_ptr_array_index(exits->vcpus, i));
    }
}

static void take_activation(HtExits *exits, struct cpu *cpu, const struct ht_event *event)
{
    drop_traps(exits, cpu, 0);
    stop_running(cpu, event);
    cpu->depth = 0;
}

void ht_exits_push_marked(HtExits *exits, const struct ht_event *event, bool mark)
{
    struct cpu *cpu = exits->cpus[event->cpu];

    exits->mark = mark;
    if (G_UNLIKELY(!cpu)) {
        cpu = exits->cpus[event->cpu] = g_new0(struct cpu, 1);
    }
    if (G_UNLIKELY(event->gap)) {
        take_gap(exits, cpu);
    }
    if (ht_event_is_entry(event)) {
        if (event->depth) {
            take_nested_entry(exits, cpu, event);
        } else {
            take_entry(exits, cpu, event);
        }
    } else if (event->id == HT_EV_RETURN) {
        take_return(exits, cpu, event);
    } else if (event->id == HT_EV_NESTED_RETURN) {
        take_nested_return(exits, cpu, event);
    } else if (event->id == HT_EV_ACTIVATION) {
        take_activation(exits, cpu, event);
    } else if (event->id == HT_EV_GIC_ACK) {
        take_ack(exits, cpu, event);
    }
}

void ht_exits_push(HtExits *exits, const struct ht_event *event)
{
    ht_exits_push_marked(exits, event, true);
}

void ht_exits_finish(HtExits *exits)
{
    for (unsigned i = 0; i < HT_CPUS_MAX; i++) {
        if (exits->cpus[i]) {
            drop_traps(exits, exits->cpus[i], 0);
        }
    }
}
