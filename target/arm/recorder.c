/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The QOM object of the recorder: its options, and when recording begins and ends.
 *
 *   -object hyptrace,id=t0,path=DIR[,packet-size=SIZE][,overwrite=on][,registers=off]
 *           [,maintenance=off|tlb|hyp|all][,gicv=on][,marks=on|switch][,console=on]
 *           [,on-full=drop|wait][,enabled=off]
 *
 * Recording begins when the machine is complete and ends with QEMU; "enabled" can be changed at
 * run time (qom-set).  Without the object nothing is installed and nothing costs anything.
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "qemu/module.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qom/object_interfaces.h"
#include "system/cpu-timers.h"
#include "qemu/units.h"
#include "hw/boards.h"
#include "hw/core/cpu.h"
#include "system/reset.h"
#include "system/runstate.h"
#include "system/system.h"
#include "system/tcg.h"
#include "target/arm/hyptrace/insns.h"
#include "target/arm/hyptrace/recorder.h"

#define RING_BYTES_MIN (2u * HT_PACKET_BYTES_MIN)
#define RING_BYTES_MAX (UINT64_C(1) << 32)

static bool has_hyp_mode(const ARMCPU *cpu)
{
    return arm_feature((CPUARMState *)&cpu->env, ARM_FEATURE_EL2) &&
           !arm_feature((CPUARMState *)&cpu->env, ARM_FEATURE_AARCH64);
}

static bool machine_can_be_recorded(Error **errp)
{
    CPUState *cs;

    if (!tcg_enabled()) {
        error_setg(errp, "hyptrace: records with TCG only");
        return false;
    }
    CPU_FOREACH(cs) {
        ARMCPU *cpu = (ARMCPU *)object_dynamic_cast(OBJECT(cs), TYPE_ARM_CPU);

        if (!cpu || !has_hyp_mode(cpu)) {
            error_setg(errp, "hyptrace: CPU %d has no Hyp mode: "
                       "use a machine that gives a 32-bit CPU one, as virtualization=on does",
                       cs->cpu_index);
            return false;
        }
    }
    return true;
}

static void init_cpus(HypTrace *t)
{
    CPUState *cs;

    CPU_FOREACH(cs) {
        t->cpu_count = MAX(t->cpu_count, cs->cpu_index + 1);
    }
    t->cpus = g_new0(HtCpu, t->cpu_count);
    CPU_FOREACH(cs) {
        HtCpu *c = &t->cpus[cs->cpu_index];

        c->recorder = t;
        c->cpu = ARM_CPU(cs);
        c->resync = true;
        c->file.fd = -1;
        c->shadow.fp = t->fp;
        ht_stream_init(&c->stream, t->ring ? NULL : g_malloc(t->packet_size_bytes),
                       t->packet_size_bytes, cs->cpu_index, t->icount);
        if (t->ring) {
            ht_ring_init(&c->ring, &c->stream, t->ring_bytes, t->packet_size_bytes);
        }
    }
}

/* Expressions are the same as the tools', with the machine's names for devices. */
static void init_selection(HypTrace *t)
{
    HtMap *map = ht_map_new();

    ht_map_add_machine(map, MACHINE_GET_CLASS(current_machine)->name);
    t->names = (struct ht_names) { .map = map, .vms = ht_vm_names_new() };
    t->vms = ht_vms_new();
    if (t->vm_names) {
        ht_vm_names_parse(t->names.vms, t->vm_names, NULL);
        ht_vms_set_names(t->vms, t->names.vms);
    }
    t->scratch = g_new0(HtShadow, 1);
    t->waiting = t->start.filter;
}

static void reset_all(void *opaque)
{
    HypTrace *t = opaque;

    if (t->ring && !t->closed) {
        ht_output_dump(t);
    }
    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].resync = false;
        ht_record_reset(&t->cpus[i]);
    }
}

/* The offset is what two readings in a row differ by; the closest of a few. */
static void note_clock(HypTrace *t, bool running)
{
    int64_t closest_ns = INT64_MAX;

    t->clock_runs = running && !t->icount;
    for (unsigned i = 0; t->clock_runs && i < 5; i++) {
        int64_t before_ns = get_clock();
        int64_t virtual_ns = cpu_get_clock();
        int64_t taken_ns = get_clock() - before_ns;

        if (taken_ns < closest_ns) {
            closest_ns = taken_ns;
            t->clock_offset_ns = virtual_ns - before_ns - taken_ns / 2;
        }
    }
}

/* Behind a loadvm is another time line, for which the format has no words yet. */
static void at_run_state(void *opaque, bool running, RunState state)
{
    HypTrace *t = opaque;

    note_clock(t, running);
    if (state == RUN_STATE_RESTORE_VM && !t->over) {
        warn_report("hyptrace: '%s' ends here: a snapshot is loaded", t->path);
        object_property_set_bool(OBJECT(t), "enabled", false, NULL);
        t->over = true;
    }
}

/* Switched off, what was recorded is written; switched on, the next packet has a snapshot. */
void ht_recorder_enable(HypTrace *t, bool enable)
{
    t->enabled = enable;
    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].resync = true;
        t->cpus[i].skipped = false;
        t->cpus[i].gic.changed = true;
        ht_output_flush(&t->cpus[i]);
    }
}

static bool start(HypTrace *t, Error **errp)
{
    if (t->fp && !t->registers) {
        error_setg(errp, "hyptrace: fp=on and registers=off exclude each other");
        return false;
    }
    if (t->ring && t->compress) {
        error_setg(errp, "hyptrace: mode=ring and compress=zstd exclude each other");
        return false;
    }
    if (!machine_can_be_recorded(errp) || !ht_output_prepare(t, errp)) {
        return false;
    }
    t->icount = icount_enabled();
    init_cpus(t);
    init_selection(t);
    if (!ht_output_open(t, errp)) {
        return false;
    }
    if (t->ring) {
        ht_output_save_in_crash(t);
    } else if (t->compress) {
        t->packer = ht_packer_new(t->cpu_count, t->packet_size_bytes, t->on_full_wait);
    }
    if (t->icount) {
        ht_insns_install();
    }
    for (unsigned i = 0; i < t->cpu_count; i++) {
        ht_record_install(&t->cpus[i]);
        ht_sysreg_install(&t->cpus[i]);
        ht_sleep_install(&t->cpus[i]);
    }
    ht_gic_tap(t);
    if (t->marks != HT_MARKS_OFF) {
        ht_marks_watch(t);
    }
    if (t->console) {
        ht_console_tap(t);
    }
    if (!t->icount && !t->ring) {
        ht_live_start(t);
    }
    qemu_register_reset(reset_all, t);
    qemu_add_vm_change_state_handler(at_run_state, t);
    t->started = true;
    return true;
}

static void machine_done(Notifier *notifier, void *data)
{
    HypTrace *t = container_of(notifier, HypTrace, machine_done);
    Error *error = NULL;

    if (!start(t, &error)) {
        error_report_err(error);
        exit(1);
    }
}

/* The main loop takes the request for a shutdown; CPUs run until it has stopped them. */
static void at_shutdown(Notifier *notifier, void *data)
{
    container_of(notifier, HypTrace, shutdown)->ending = true;
}

static void at_exit(Notifier *notifier, void *data)
{
    ht_output_close(container_of(notifier, HypTrace, exit));
}

static void hyptrace_complete(UserCreatable *uc, Error **errp)
{
    HypTrace *t = HYPTRACE(uc);

    if (!t->path) {
        error_setg(errp, "hyptrace: 'path' is missing: give the directory of the trace");
        return;
    }
    if (phase_check(PHASE_MACHINE_READY)) {
        error_setg(errp, "hyptrace: give the object on the command line; "
                   "enabled=off and qom-set start it later");
        return;
    }
    /* Hooks and notifiers stay for the life of the process, so the object does too. */
    object_ref(OBJECT(t));
    t->machine_done.notify = machine_done;
    qemu_add_machine_init_done_notifier(&t->machine_done);
    t->shutdown.notify = at_shutdown;
    qemu_register_shutdown_notifier(&t->shutdown);
    t->exit.notify = at_exit;
    qemu_add_exit_notifier(&t->exit);
}

/* The hooks cannot be taken off a CPU. */
static bool hyptrace_can_be_deleted(UserCreatable *uc)
{
    return false;
}

static char *get_path(Object *obj, Error **errp)
{
    return g_strdup(HYPTRACE(obj)->path);
}

/* What cannot change any more once the first trap may have been recorded. */
static bool may_set(HypTrace *t, const char *name, Error **errp)
{
    if (t->started) {
        error_setg(errp, "hyptrace: recording has begun, '%s' cannot change", name);
    }
    return !t->started;
}

static void set_path(Object *obj, const char *value, Error **errp)
{
    HypTrace *t = HYPTRACE(obj);

    if (may_set(t, "path", errp)) {
        g_free(t->path);
        t->path = g_strdup(value);
    }
}

static void set_bytes(HypTrace *t, Visitor *v, const char *name, uint64_t *bytes, uint64_t least,
                      uint64_t most, Error **errp)
{
    uint64_t value;

    if (!may_set(t, name, errp) || !visit_type_size(v, name, &value, errp)) {
        return;
    }
    if (value < least || value > most) {
        error_setg(errp, "hyptrace: %s=%" PRIu64 " must be from %" PRIu64 " to %" PRIu64 " bytes",
                   name, value, least, most);
        return;
    }
    *bytes = value;
}

static void get_packet_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    visit_type_size(v, name, &HYPTRACE(obj)->packet_size_bytes, errp);
}

static void set_packet_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    set_bytes(HYPTRACE(obj), v, name, &HYPTRACE(obj)->packet_size_bytes, HT_PACKET_BYTES_MIN,
              HT_PACKET_BYTES_MAX, errp);
}

static bool get_overwrite(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->overwrite;
}

static void set_overwrite(Object *obj, bool value, Error **errp)
{
    HYPTRACE(obj)->overwrite = value;
}

static bool get_registers(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->registers;
}

static void set_registers(Object *obj, bool value, Error **errp)
{
    if (may_set(HYPTRACE(obj), "registers", errp)) {
        HYPTRACE(obj)->registers = value;
    }
}

static const char *const maintenance_words[] = {
    [HT_MAINTENANCE_OFF] = "off", [HT_MAINTENANCE_TLB] = "tlb", [HT_MAINTENANCE_HYP] = "hyp",
    [HT_MAINTENANCE_ALL] = "all",
};

static char *get_maintenance(Object *obj, Error **errp)
{
    return g_strdup(maintenance_words[HYPTRACE(obj)->maintenance]);
}

static void set_maintenance(Object *obj, const char *value, Error **errp)
{
    for (unsigned i = 0; i < ARRAY_SIZE(maintenance_words); i++) {
        if (g_str_equal(value, maintenance_words[i])) {
            HYPTRACE(obj)->maintenance = i;
            return;
        }
    }
    error_setg(errp, "hyptrace: maintenance=%s: use off, tlb, hyp or all", value);
}

static bool get_gicv(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->gicv;
}

static void set_gicv(Object *obj, bool value, Error **errp)
{
    HYPTRACE(obj)->gicv = value;
}

static bool get_fp(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->fp;
}

static void set_fp(Object *obj, bool value, Error **errp)
{
    if (may_set(HYPTRACE(obj), "fp", errp)) {
        HYPTRACE(obj)->fp = value;
    }
}

static char *get_vm_names(Object *obj, Error **errp)
{
    return g_strdup(HYPTRACE(obj)->vm_names ?: "");
}

static void set_vm_names(Object *obj, const char *value, Error **errp)
{
    g_autoptr(HtVmNames) names = ht_vm_names_new();
    HypTrace *t = HYPTRACE(obj);
    GError *error = NULL;

    if (!may_set(t, "vm-names", errp)) {
        return;
    }
    if (!ht_vm_names_parse(names, value, &error)) {
        error_setg(errp, "hyptrace: vm-names: %s", error->message);
        g_error_free(error);
        return;
    }
    g_free(t->vm_names);
    t->vm_names = g_strdup(value);
}

static bool get_console(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->console;
}

static void set_console(Object *obj, bool value, Error **errp)
{
    if (may_set(HYPTRACE(obj), "console", errp)) {
        HYPTRACE(obj)->console = value;
    }
}

static const char *const marks_words[] = {
    [HT_MARKS_OFF] = "off", [HT_MARKS_ON] = "on", [HT_MARKS_SWITCH] = "switch",
};

static char *get_marks(Object *obj, Error **errp)
{
    return g_strdup(marks_words[HYPTRACE(obj)->marks]);
}

/* Code that is translated already does not call. */
static void set_marks(Object *obj, const char *value, Error **errp)
{
    if (!may_set(HYPTRACE(obj), "marks", errp)) {
        return;
    }
    for (unsigned i = 0; i < ARRAY_SIZE(marks_words); i++) {
        if (g_str_equal(value, marks_words[i])) {
            HYPTRACE(obj)->marks = i;
            return;
        }
    }
    error_setg(errp, "hyptrace: marks=%s: use off, on or switch", value);
}

static char *get_on_full(Object *obj, Error **errp)
{
    return g_strdup(HYPTRACE(obj)->on_full_wait ? "wait" : "drop");
}

static void set_on_full(Object *obj, const char *value, Error **errp)
{
    if (!g_str_equal(value, "drop") && !g_str_equal(value, "wait")) {
        error_setg(errp, "hyptrace: on-full=%s: use drop or wait", value);
        return;
    }
    HYPTRACE(obj)->on_full_wait = g_str_equal(value, "wait");
}

static bool get_enabled(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->enabled;
}

static void set_enabled(Object *obj, bool value, Error **errp)
{
    HypTrace *t = HYPTRACE(obj);

    if (t->closed || value == t->enabled) {
        return;
    }
    if (t->over) {
        error_setg(errp, "hyptrace: the trace ended when a snapshot was loaded");
        return;
    }
    ht_recorder_enable(t, value);
}

/* Triggers can be set at run time: `start` again waits for its trap. */
#define TRIGGER(property, name, counted) \
    static char *get_##property(Object *obj, Error **errp) \
    { \
        return g_strdup(HYPTRACE(obj)->property.text ?: ""); \
    } \
    \
    static void set_##property(Object *obj, const char *value, Error **errp) \
    { \
        HypTrace *t = HYPTRACE(obj); \
        \
        if (ht_trigger_set(&t->property, name, value, counted, errp)) { \
            trigger_changed(t, &t->property); \
        } \
    }

static void trigger_changed(HypTrace *t, const HtTrigger *changed)
{
    t->choosing = t->filter.filter || t->start.filter || t->stop.filter || t->dump_on.filter;
    if (changed == &t->start) {
        t->waiting = t->start.filter;
    }
}

TRIGGER(filter, "filter", false)
TRIGGER(start, "start", true)
TRIGGER(stop, "stop", true)
TRIGGER(dump_on, "dump-on", true)

static char *get_mode(Object *obj, Error **errp)
{
    return g_strdup(HYPTRACE(obj)->ring ? "ring" : "stream");
}

static void set_mode(Object *obj, const char *value, Error **errp)
{
    if (!may_set(HYPTRACE(obj), "mode", errp)) {
        return;
    }
    if (!g_str_equal(value, "stream") && !g_str_equal(value, "ring")) {
        error_setg(errp, "hyptrace: mode=%s: use stream or ring", value);
    } else {
        HYPTRACE(obj)->ring = g_str_equal(value, "ring");
    }
}

static char *get_compress(Object *obj, Error **errp)
{
    return g_strdup(HYPTRACE(obj)->compress ? "zstd" : "none");
}

static void set_compress(Object *obj, const char *value, Error **errp)
{
    if (!may_set(HYPTRACE(obj), "compress", errp)) {
        return;
    }
    if (!g_str_equal(value, "none") && !g_str_equal(value, "zstd")) {
        error_setg(errp, "hyptrace: compress=%s: use none or zstd", value);
    } else {
        HYPTRACE(obj)->compress = g_str_equal(value, "zstd");
    }
}

static void get_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    visit_type_size(v, name, &HYPTRACE(obj)->ring_bytes, errp);
}

static void set_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    set_bytes(HYPTRACE(obj), v, name, &HYPTRACE(obj)->ring_bytes, RING_BYTES_MIN, RING_BYTES_MAX,
              errp);
}

static bool get_dump(Object *obj, Error **errp)
{
    return false;
}

static void set_dump(Object *obj, bool value, Error **errp)
{
    HypTrace *t = HYPTRACE(obj);

    if (!t->ring || !t->started || t->closed) {
        error_setg(errp, "hyptrace: 'dump' writes the ring of mode=ring while it records");
        return;
    }
    if (value) {
        ht_output_dump(t);
    }
}

static void hyptrace_init(Object *obj)
{
    HypTrace *t = HYPTRACE(obj);

    t->packet_size_bytes = HT_PACKET_BYTES_DEFAULT;
    t->registers = true;
    t->maintenance = HT_MAINTENANCE_TLB;
    t->ring_bytes = 64 * MiB;
    t->enabled = true;
}

static void hyptrace_class_init(ObjectClass *oc, void *data)
{
    UserCreatableClass *ucc = USER_CREATABLE_CLASS(oc);

    ucc->complete = hyptrace_complete;
    ucc->can_be_deleted = hyptrace_can_be_deleted;

    object_class_property_add_str(oc, "path", get_path, set_path);
    object_class_property_set_description(oc, "path", "directory of the trace");
    object_class_property_add(oc, "packet-size", "size", get_packet_size, set_packet_size,
                              NULL, NULL);
    object_class_property_set_description(oc, "packet-size", "most bytes of a packet");
    object_class_property_add_bool(oc, "overwrite", get_overwrite, set_overwrite);
    object_class_property_set_description(oc, "overwrite", "replace a trace in the directory");
    object_class_property_add_bool(oc, "registers", get_registers, set_registers);
    object_class_property_set_description(oc, "registers", "record changed registers");
    object_class_property_add_str(oc, "maintenance", get_maintenance, set_maintenance);
    object_class_property_set_description(oc, "maintenance",
                                          "maintenance: off, tlb, hyp, all");
    object_class_property_add_bool(oc, "gicv", get_gicv, set_gicv);
    object_class_property_set_description(oc, "gicv", "record accesses to the GICV");
    object_class_property_add_bool(oc, "console", get_console, set_console);
    object_class_property_set_description(oc, "console", "record what is sent to UARTs");
    object_class_property_add_bool(oc, "fp", get_fp, set_fp);
    object_class_property_set_description(oc, "fp", "record the VFP registers that changed");
    object_class_property_add_str(oc, "marks", get_marks, set_marks);
    object_class_property_set_description(oc, "marks", "DBG #n: off, on, switch");
    object_class_property_add_str(oc, "vm-names", get_vm_names, set_vm_names);
    object_class_property_set_description(oc, "vm-names", "vm1=NAME,0xVTTBR=NAME");
    object_class_property_add_str(oc, "on-full", get_on_full, set_on_full);
    object_class_property_set_description(oc, "on-full", "drop events or let the guest wait");
    object_class_property_add_str(oc, "filter", get_filter, set_filter);
    object_class_property_set_description(oc, "filter", "record the traps for which it holds");
    object_class_property_add_str(oc, "start", get_start, set_start);
    object_class_property_set_description(oc, "start", "[N:]EXPRESSION: begin with this trap");
    object_class_property_add_str(oc, "stop", get_stop, set_stop);
    object_class_property_set_description(oc, "stop", "[N:]EXPRESSION: end with this trap");
    object_class_property_add_str(oc, "dump-on", get_dump_on, set_dump_on);
    object_class_property_set_description(oc, "dump-on", "[N:]EXPRESSION: write the ring then");
    object_class_property_add_str(oc, "mode", get_mode, set_mode);
    object_class_property_set_description(oc, "mode", "stream to files, or ring in memory");
    object_class_property_add(oc, "size", "size", get_size, set_size, NULL, NULL);
    object_class_property_set_description(oc, "size", "bytes of each CPU's ring");
    object_class_property_add_str(oc, "compress", get_compress, set_compress);
    object_class_property_set_description(oc, "compress", "packets on disk: none, zstd");
    object_class_property_add_bool(oc, "dump", get_dump, set_dump);
    object_class_property_set_description(oc, "dump", "write true to write the ring");
    object_class_property_add_bool(oc, "enabled", get_enabled, set_enabled);
    object_class_property_set_description(oc, "enabled", "record; can change at run time");
}

static const TypeInfo hyptrace_types[] = {
    {
        .name = TYPE_HYPTRACE,
        .parent = TYPE_OBJECT,
        .instance_size = sizeof(HypTrace),
        .instance_init = hyptrace_init,
        .class_init = hyptrace_class_init,
        .interfaces = (InterfaceInfo[]) {
            { TYPE_USER_CREATABLE },
            { }
        },
    },
};

DEFINE_TYPES(hyptrace_types)
