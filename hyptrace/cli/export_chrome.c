/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Trace Event Format of chrome://tracing, which Perfetto reads too: complete events ("X").  A
 * process for the CPUs with a thread each, and a process for each VM with a thread per vCPU.
 */
#include <inttypes.h>

#include "hyptrace/cli/export.h"
#include "hyptrace/cli/json.h"

/* Process of the CPUs; the VMs follow. */
#define CPUS_PID 1
#define VM_PID(vm) (CPUS_PID + 1 + (vm))

/* Times are in microseconds with decimal places. */
static void add_us(struct json *json, const char *key, uint64_t ns)
{
    json_key(json, key);
    g_string_append_printf(json->out, "%" PRIu64 ".%03u", ns / 1000, (unsigned)(ns % 1000));
}

static void begin_event(struct json *json, struct exporter *exporter, const char *phase,
                        const char *name, uint64_t pid, uint64_t tid)
{
    g_string_append(exporter->out, exporter->out->len || exporter->count ? ",\n" : "");
    *json = (struct json) {.out = exporter->out};
    json_open(json, NULL, '{');
    json_text(json, "ph", phase);
    json_text(json, "name", name);
    json_number(json, "pid", pid);
    json_number(json, "tid", tid);
}

static void name_track(struct exporter *exporter, const char *kind, const char *name,
                       uint64_t pid, uint64_t tid)
{
    struct json json;

    begin_event(&json, exporter, "M", kind, pid, tid);
    json_open(&json, "args", '{');
    json_text(&json, "name", name);
    json_close(&json, '}');
    json_close(&json, '}');
}

static void begin(struct exporter *exporter)
{
    struct json json;

    g_string_append(exporter->out, "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n");
    json = (struct json) {.out = exporter->out};
    json_open(&json, NULL, '{');
    json_text(&json, "ph", "M");
    json_text(&json, "name", "process_name");
    json_number(&json, "pid", CPUS_PID);
    json_open(&json, "args", '{');
    json_text(&json, "name", "CPUs in Hyp");
    json_close(&json, '}');
    json_close(&json, '}');
    for (unsigned cpu = 0; cpu < exporter->trace->cpus; cpu++) {
        g_autofree char *name = g_strdup_printf("cpu%u", cpu);

        name_track(exporter, "thread_name", name, CPUS_PID, cpu);
    }
}

static void add_slice(struct exporter *exporter, const struct ht_facts *facts, uint64_t pid,
                      uint64_t tid, uint64_t ns)
{
    const char *cls = ht_class_name(ht_cause_of(facts->event).cls);
    char detail[128];
    struct json json;
    g_autofree char *name = NULL;

    export_detail(facts, detail, sizeof(detail));
    name = g_strdup_printf("%s%s%s", cls, *detail ? " " : "", detail);
    begin_event(&json, exporter, "X", name, pid, tid);
    json_text(&json, "cat", cls);
    add_us(&json, "ts", facts->event->time_ns);
    add_us(&json, "dur", ns);
    json_open(&json, "args", '{');
    json_number(&json, "seq", facts->event->seq);
    json_hex(&json, "pc", facts->event->pc, 8);
    if (!facts->in_hyp) {
        json_text(&json, "vm", ht_vm_names_get(facts->names->vms, facts->where.vm));
        json_number(&json, "vcpu", facts->where.vcpu);
    }
    json_close(&json, '}');
    json_close(&json, '}');
}

static void trap(struct exporter *exporter, const struct ht_facts *facts)
{
    const struct ht_outcome *outcome = facts->outcome;

    if (outcome && outcome->returned) {
        add_slice(exporter, facts, CPUS_PID, facts->event->cpu, outcome->hyp.ns);
    }
    if (outcome && outcome->ended && !facts->in_hyp) {
        add_slice(exporter, facts, VM_PID(facts->where.vm), facts->where.vcpu, outcome->away.ns);
    }
}

static void end(struct exporter *exporter, HtVms *vms)
{
    for (unsigned vm = 1; vm <= ht_vms_count(vms); vm++) {
        name_track(exporter, "process_name", ht_vm_names_get(exporter->names->vms, vm),
                   VM_PID(vm), 0);
    }
    g_string_append(exporter->out, "\n]}\n");
}

const struct export_format export_chrome = {"chrome", begin, trap, end};
