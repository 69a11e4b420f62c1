/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exits in canonical form.
 */
#include <stdlib.h>
#include <string.h>

#include "armv7/gicv2.h"
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "hyptrace/lib/canonical.h"
#include "hyptrace/lib/text.h"
#include "hyptrace/lib/walk.h"

/* Rows that guests see are below this one; GICH registers are not. */
#define GUEST_ROWS 112

/* List registers made pending since a CPU entered Hyp; more than that are not told apart. */
#define INJECTED_MAX 16

/* Inputs of the exit that a vCPU is in. */
struct away {
    bool open;
    bool selected;
    struct ht_canonical exit;
    uint32_t regs[GUEST_ROWS];
};

struct vcpu {
    struct ht_canonical_vcpu *out;
    struct away away;
};

struct injected {
    unsigned count;
    uint32_t intids[INJECTED_MAX];
};

struct collector {
    HtCanonicals *exits;
    const struct ht_names *names;
    const struct ht_canonical_options *options;
    const struct ht_event *event;    /* that is being pushed */
    GPtrArray *vcpus;                /* struct vcpu, in the order of appearance */
    struct vcpu *last;
    struct injected injected[HT_CPUS_MAX];
    uint8_t guest_rows[GUEST_ROWS];  /* their numbers */
    unsigned guest_row_count;
};

/* A hash that spreads well is enough: 2^-64 per pair that two different exits look the same. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= hash >> 32;
    hash *= UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 29;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    for (; *text; text++) {
        hash = mix(hash, (uint8_t)*text);
    }
    return hash;
}

static bool is_asynchronous(unsigned id)
{
    return id == HT_EV_ENTRY_IRQ || id == HT_EV_ENTRY_FIQ || id == HT_EV_ENTRY_SERROR;
}

/* The syndrome without the level of a stage-2 fault. */
static uint32_t syndrome(const struct ht_canonical *exit)
{
    bool stage2 = exit->id == HT_EV_ENTRY_DABT_S2 || exit->id == HT_EV_ENTRY_IABT_S2;

    return stage2 ? exit->hsr & ~3u : exit->hsr;
}

static uint64_t mix_address(uint64_t hash, const struct ht_canonical *exit,
                            const struct ht_names *names)
{
    uint64_t ipa = hsr_fault_ipa(exit->hpfar, exit->far), offset_bytes = 0;
    const char *device = names->map ? ht_map_find(names->map, ipa, &offset_bytes) : NULL;

    return device ? mix(mix_text(hash, device), offset_bytes) : mix(hash, ipa);
}

static uint64_t mix_place(uint64_t hash, unsigned vm, uint32_t pc, const struct ht_names *names)
{
    uint32_t offset_bytes;
    const char *symbol = names->symbols ? ht_symbols_find(names->symbols, vm, pc, &offset_bytes)
                                        : NULL;

    return symbol ? mix(mix_text(hash, symbol), offset_bytes) : mix(hash, pc);
}

static uint64_t question_of(const struct ht_canonical *exit, struct ht_where where,
                            const struct ht_names *names)
{
    uint64_t hash = mix(mix(exit->id, where.vm), where.vcpu);

    if (is_asynchronous(exit->id)) {
        return mix(hash, exit->intid);
    }
    hash = mix(hash, (uint64_t)syndrome(exit) << 8 | armv7_psr_mode(exit->psr));
    hash = mix_place(hash, where.vm, exit->pc, names);
    if (exit->id == HT_EV_ENTRY_DABT_S2 || exit->id == HT_EV_ENTRY_IABT_S2) {
        hash = mix_address(hash, exit, names);
    }
    return hash;
}

static struct vcpu *find_vcpu(struct collector *c, struct ht_where where)
{
    struct vcpu *vcpu = c->last;

    if (vcpu && vcpu->out->where.vm == where.vm && vcpu->out->where.vcpu == where.vcpu) {
        return vcpu;
    }
    for (unsigned i = 0; i < c->vcpus->len; i++) {
        vcpu = g_ptr_array_index(c->vcpus, i);
        if (vcpu->out->where.vm == where.vm && vcpu->out->where.vcpu == where.vcpu) {
            return c->last = vcpu;
        }
    }
    if (c->vcpus->len == HT_VCPUS_MAX) {
        return NULL;
    }
    vcpu = g_new0(struct vcpu, 1);
    vcpu->out = g_new0(struct ht_canonical_vcpu, 1);
    vcpu->out->where = where;
    vcpu->out->exits = g_array_new(FALSE, FALSE, sizeof(struct ht_canonical));
    g_ptr_array_add(c->vcpus, vcpu);
    g_ptr_array_add(c->exits->vcpus, vcpu->out);
    return c->last = vcpu;
}

static void begin_exit(struct collector *c, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;
    struct vcpu *vcpu = find_vcpu(c, facts->where);

    if (!vcpu) {
        return;
    }
    vcpu->away.open = true;
    vcpu->away.selected = facts->selected &&
                          !(c->options->no_interrupts && is_asynchronous(event->id));
    vcpu->away.exit = (struct ht_canonical) {
        .seq = event->seq, .time_ns = event->time_ns, .pc = event->pc, .psr = event->psr,
        .id = event->id, .intid = HT_INTID_UNKNOWN,
    };
    if (ht_event_has_hsr(event)) {
        vcpu->away.exit.hsr = event->hsr;
        vcpu->away.exit.far = event->far;
        vcpu->away.exit.hpfar = event->hpfar;
    }
    memcpy(vcpu->away.regs, event->regs, sizeof(vcpu->away.regs));
}

static void add_output(struct collector *c, struct ht_canonical *exit, uint8_t row,
                       uint32_t value)
{
    struct ht_change output = {row, value};

    g_array_append_val(c->exits->outputs, output);
    exit->answer = mix(exit->answer, (uint64_t)row << 32 | value);
}

/* Registers of the guest that are not what they were at the entry. */
static void add_outputs(struct collector *c, struct away *away)
{
    const uint32_t *now = c->event->regs;

    for (unsigned i = 0; i < c->guest_row_count; i++) {
        uint8_t row = c->guest_rows[i];

        if (now[row] != away->regs[row]) {
            add_output(c, &away->exit, row, now[row]);
            away->exit.output_count++;
        }
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void add_injected(struct collector *c, struct ht_canonical *exit)
{
    struct injected *injected = &c->injected[c->event->cpu];

    qsort(injected->intids, injected->count, sizeof(injected->intids[0]), by_number);
    for (unsigned i = 0; i < injected->count; i++) {
        if (i == 0 || injected->intids[i] != injected->intids[i - 1]) {
            add_output(c, exit, UINT8_MAX, injected->intids[i]);
            exit->injected_count++;
        }
    }
}

/* Where the guest goes on: relative to where it was, or in an exception vector. */
static uint64_t way_on(const struct ht_canonical *exit)
{
    if (armv7_psr_mode(exit->psr) == armv7_psr_mode(exit->psr_end)) {
        return exit->pc_end - exit->pc;
    }
    return (uint64_t)armv7_psr_mode(exit->psr_end) << 32 | exit->pc_end;
}

static void keep(struct collector *c, struct vcpu *vcpu)
{
    struct ht_canonical *exit = &vcpu->away.exit;

    vcpu->away.open = false;
    if (vcpu->away.selected) {
        exit->question = question_of(exit, vcpu->out->where, c->names);
        g_array_append_val(vcpu->out->exits, *exit);
        c->exits->count++;
    }
}

static void take_exit(void *opaque, const struct ht_exit *done)
{
    struct collector *c = opaque;
    struct vcpu *vcpu = find_vcpu(c, done->trap.from);
    struct ht_canonical *exit;

    if (!vcpu || !vcpu->away.open || vcpu->away.exit.seq != done->trap.seq) {
        return;
    }
    exit = &vcpu->away.exit;
    exit->ended = true;
    exit->seq_end = done->seq_end;
    exit->pc_end = c->event->pc;
    exit->psr_end = c->event->psr;
    exit->first_output = c->exits->outputs->len;
    exit->answer = mix(1, way_on(exit));
    if (is_asynchronous(exit->id)) {
        exit->intid = done->trap.cause.detail;
    }
    if (!c->options->no_outputs) {
        add_outputs(c, &vcpu->away);
    }
    if (!c->options->no_interrupts) {
        add_injected(c, exit);
    }
    keep(c, vcpu);
}

static void take_trap(void *opaque, const struct ht_trap *trap)
{
}

static void note_injection(struct injected *injected, const struct ht_event *event)
{
    unsigned state = GICH_LR_GET(event->value, STATE);
    bool pending = state == GICH_LR_PENDING || state == GICH_LR_PENDING_ACTIVE;

    if (pending && injected->count < INJECTED_MAX) {
        injected->intids[injected->count++] = GICH_LR_GET(event->value, VIRTUALID);
    }
}

static void push(struct collector *c, HtExits *exits, const struct ht_facts *facts)
{
    const struct ht_event *event = c->event = facts->event;

    if (ht_event_is_entry(event) && event->depth == 0) {
        c->injected[event->cpu].count = 0;
        if (facts->where.vm != HT_VM_HOST) {
            begin_exit(c, facts);
        }
    } else if (event->id == HT_EV_GICH_LR) {
        note_injection(&c->injected[event->cpu], event);
    }
    ht_exits_push(exits, event);
}

/* What has not ended when the trace does: a guest that waits for ever is worth telling. */
static void keep_open(struct collector *c)
{
    for (unsigned i = 0; i < c->vcpus->len; i++) {
        struct vcpu *vcpu = g_ptr_array_index(c->vcpus, i);

        if (vcpu->away.open) {
            vcpu->away.exit.seq_end = vcpu->away.exit.seq;
            vcpu->away.exit.first_output = c->exits->outputs->len;
            keep(c, vcpu);
        }
    }
}

static void list_guest_rows(struct collector *c)
{
    for (unsigned row = 0; row < GUEST_ROWS; row++) {
        bool timer = row == HT_REG_CNTV_CTL || row == HT_REG_CNTP_CTL;

        /* hypervisors mask the timer whose interrupt they have taken */
        if (ht_reg_name(row) && ht_reg_kind_of(row) == HT_KIND_GUEST &&
            !(timer && c->options->no_interrupts)) {
            c->guest_rows[c->guest_row_count++] = (uint8_t)row;
        }
    }
}

static int by_where(gconstpointer a, gconstpointer b)
{
    const struct ht_canonical_vcpu *x = *(struct ht_canonical_vcpu *const *)a;
    const struct ht_canonical_vcpu *y = *(struct ht_canonical_vcpu *const *)b;

    if (x->where.vm != y->where.vm) {
        return x->where.vm < y->where.vm ? -1 : 1;
    }
    return x->where.vcpu < y->where.vcpu ? -1 : x->where.vcpu > y->where.vcpu;
}

static void free_vcpu(gpointer data)
{
    struct ht_canonical_vcpu *vcpu = data;

    g_array_unref(vcpu->exits);
    g_free(vcpu);
}

static void collect(struct collector *c, HtWalk *walk, GError **error)
{
    struct ht_exits_sink sink = {take_trap, take_exit, c};
    g_autoptr(HtExits) exits = ht_exits_new(ht_walk_vms(walk), &sink);
    const struct ht_facts *facts;

    while ((facts = ht_walk_any(walk, error))) {
        push(c, exits, facts);
    }
    ht_exits_finish(exits);
    keep_open(c);
    c->exits->vm_count = ht_vms_count(ht_walk_vms(walk));
    for (unsigned i = 0; i < c->exits->trace->cpus; i++) {
        c->exits->lost += ht_walk_lost(walk, i);
    }
}

HtCanonicals *ht_canonicals_new(const HtTrace *trace, const HtFilter *filter,
                                const struct ht_names *names,
                                const struct ht_canonical_options *options, GError **error)
{
    HtCanonicals *exits = g_new0(HtCanonicals, 1);
    g_autofree struct collector *c = g_new0(struct collector, 1);
    g_autoptr(HtWalk) walk = ht_walk_new(trace, HT_READ_CORE, filter, names, false, error);

    exits->trace = trace;
    exits->vcpus = g_ptr_array_new_with_free_func(free_vcpu);
    exits->outputs = g_array_new(FALSE, FALSE, sizeof(struct ht_change));
    c->exits = exits;
    c->names = names;
    c->options = options;
    c->vcpus = g_ptr_array_new_with_free_func(g_free);
    list_guest_rows(c);
    if (walk) {
        collect(c, walk, error);
    }
    g_ptr_array_unref(c->vcpus);
    g_ptr_array_sort(exits->vcpus, by_where);
    return exits;
}

void ht_canonicals_free(HtCanonicals *exits)
{
    if (exits) {
        g_ptr_array_unref(exits->vcpus);
        g_array_unref(exits->outputs);
        g_free(exits);
    }
}

/* The entry as an event, for what can put events into words. */
static struct ht_event entry_of(const struct ht_canonical *exit)
{
    return (struct ht_event) {
        .id = exit->id, .hsr = exit->hsr, .far = exit->far, .hpfar = exit->hpfar,
        .pc = exit->pc, .psr = exit->psr,
    };
}

struct ht_cause ht_canonical_cause(const struct ht_canonical *exit)
{
    struct ht_event event = entry_of(exit);
    struct ht_cause cause = ht_cause_of(&event);

    if (!ht_event_has_hsr(&event)) {
        cause.detail = exit->intid;
    }
    return cause;
}

static void append_place(GString *out, struct ht_where where, const struct ht_canonical *exit,
                         const struct ht_names *names)
{
    uint32_t offset_bytes;
    const char *symbol = names->symbols ? ht_symbols_find(names->symbols, where.vm, exit->pc,
                                                          &offset_bytes) : NULL;

    if (symbol) {
        g_string_append(out, symbol);
        g_string_append_c(out, '+');
        ht_text_hex(out, offset_bytes, 1);
    } else {
        ht_text_hex(out, exit->pc, 8);
    }
    g_string_append_c(out, ' ');
    g_string_append(out, armv7_psr_mode_name(exit->psr));
}

static void append_question(GString *out, struct ht_where where, const struct ht_canonical *exit,
                            const struct ht_names *names)
{
    struct ht_event event = entry_of(exit);
    struct ht_cause cause = ht_canonical_cause(exit);
    char text[128];

    g_string_append(out, ht_class_name(cause.cls));
    g_string_append_c(out, ' ');
    if (ht_event_has_hsr(&event)) {
        size_t length = out->len;

        ht_text_cause(out, &event, names->map);
        g_string_append(out, out->len > length ? " at " : "at ");
        append_place(out, where, exit, names);
    } else {
        ht_cause_detail(&cause, names->map, text, sizeof(text));
        g_string_append(out, text);
    }
}

static void append_way_on(GString *out, const struct ht_canonical *exit)
{
    g_string_append(out, "on at ");
    if (armv7_psr_mode(exit->psr) == armv7_psr_mode(exit->psr_end) &&
        exit->pc_end - exit->pc < 16) {
        g_string_append_c(out, '+');
        ht_text_dec(out, exit->pc_end - exit->pc, 0);
    } else {
        ht_text_hex(out, exit->pc_end, 8);
        g_string_append_c(out, ' ');
        g_string_append(out, armv7_psr_mode_name(exit->psr_end));
    }
}

void ht_canonical_answer(GString *out, const HtCanonicals *exits, const struct ht_canonical *exit)
{
    const struct ht_change *output = exits->outputs->len
        ? &g_array_index(exits->outputs, struct ht_change, exit->first_output) : NULL;

    if (!exit->ended) {
        g_string_append(out, "does not end");
        return;
    }
    for (unsigned i = 0; i < exit->output_count; i++, output++) {
        g_string_append(out, ht_reg_name(output->row));
        g_string_append_c(out, '=');
        ht_text_hex(out, output->value, 1);
        g_string_append(out, ", ");
    }
    for (unsigned i = 0; i < exit->injected_count; i++, output++) {
        g_string_append(out, "inject ");
        ht_text_dec(out, output->value, 0);
        g_string_append(out, ", ");
    }
    append_way_on(out, exit);
}

void ht_exit_canonical(GString *out, const HtCanonicals *exits, struct ht_where where,
                       const struct ht_canonical *exit, const struct ht_names *names)
{
    append_question(out, where, exit, names);
    g_string_append(out, ": ");
    ht_canonical_answer(out, exits, exit);
}
