/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The QOM object of the recorder: its options, and when recording begins and ends.
 *
 *   -object hyptrace,id=t0,path=DIR[,packet-size=SIZE][,overwrite=on][,registers=off]
 *           [,maintenance=off|hyp|all][,gicv=on][,on-full=drop|wait][,enabled=off]
 *
 * Recording begins when the machine is complete and ends with QEMU; "enabled" can be changed at
 * run time (qom-set).  Without the object nothing is installed and nothing costs anything.
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "qemu/main-loop.h"
#include "qemu/module.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qom/object_interfaces.h"
#include "system/cpu-timers.h"
#include "hw/core/cpu.h"
#include "system/reset.h"
#include "system/runstate.h"
#include "system/system.h"
#include "system/tcg.h"
#include "target/arm/hyptrace/insns.h"
#include "target/arm/hyptrace/recorder.h"

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
        ht_stream_init(&c->stream, g_malloc(t->packet_size_bytes), t->packet_size_bytes,
                       cs->cpu_index, t->icount);
    }
}

static void reset_all(void *opaque)
{
    HypTrace *t = opaque;

    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].resync = false;
        ht_record_reset(&t->cpus[i]);
    }
}

/* Behind a loadvm is another time line, for which the format has no words yet. */
static void at_run_state(void *opaque, bool running, RunState state)
{
    HypTrace *t = opaque;

    if (state == RUN_STATE_RESTORE_VM && !t->over) {
        warn_report("hyptrace: '%s' ends here: a snapshot is loaded", t->path);
        object_property_set_bool(OBJECT(t), "enabled", false, NULL);
        t->over = true;
    }
}

static bool start(HypTrace *t, Error **errp)
{
    if (!machine_can_be_recorded(errp) || !ht_output_prepare(t, errp)) {
        return false;
    }
    t->icount = icount_enabled();
    init_cpus(t);
    if (!ht_output_open(t, errp)) {
        return false;
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

static void set_path(Object *obj, const char *value, Error **errp)
{
    HypTrace *t = HYPTRACE(obj);

    if (t->started) {
        error_setg(errp, "hyptrace: recording has begun, 'path' cannot change");
        return;
    }
    g_free(t->path);
    t->path = g_strdup(value);
}

static void get_packet_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    visit_type_size(v, name, &HYPTRACE(obj)->packet_size_bytes, errp);
}

static void set_packet_size(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
    HypTrace *t = HYPTRACE(obj);
    uint64_t value;

    if (!visit_type_size(v, name, &value, errp)) {
        return;
    }
    if (t->started || value < HT_PACKET_BYTES_MIN || value > HT_PACKET_BYTES_MAX) {
        error_setg(errp, "hyptrace: 'packet-size' is set before recording begins, "
                   "from %u to %u bytes", HT_PACKET_BYTES_MIN, HT_PACKET_BYTES_MAX);
        return;
    }
    t->packet_size_bytes = value;
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
    if (HYPTRACE(obj)->started) {
        error_setg(errp, "hyptrace: recording has begun, 'registers' cannot change");
        return;
    }
    HYPTRACE(obj)->registers = value;
}

static const char *const maintenance_words[] = {
    [HT_MAINTENANCE_OFF] = "off", [HT_MAINTENANCE_HYP] = "hyp", [HT_MAINTENANCE_ALL] = "all",
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
    error_setg(errp, "hyptrace: maintenance=%s: use off, hyp or all", value);
}

static bool get_gicv(Object *obj, Error **errp)
{
    return HYPTRACE(obj)->gicv;
}

static void set_gicv(Object *obj, bool value, Error **errp)
{
    HYPTRACE(obj)->gicv = value;
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

/* Switched off, what was recorded is written; switched on, the next packet has a snapshot. */
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
    t->enabled = value;
    for (unsigned i = 0; i < t->cpu_count; i++) {
        t->cpus[i].resync = true;
        t->cpus[i].gic.changed = true;
        ht_output_flush(&t->cpus[i]);
    }
}

static void hyptrace_init(Object *obj)
{
    HypTrace *t = HYPTRACE(obj);

    t->packet_size_bytes = HT_PACKET_BYTES_DEFAULT;
    t->registers = true;
    t->maintenance = HT_MAINTENANCE_HYP;
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
                                          "TLB and cache maintenance of: off, hyp, all");
    object_class_property_add_bool(oc, "gicv", get_gicv, set_gicv);
    object_class_property_set_description(oc, "gicv", "record accesses to the GICV");
    object_class_property_add_str(oc, "on-full", get_on_full, set_on_full);
    object_class_property_set_description(oc, "on-full", "drop events or let the guest wait");
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
