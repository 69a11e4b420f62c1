/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace print: one line per event.
 *
 * An interrupt's INTID is known only when the hypervisor has acknowledged it.  The lines from
 * such an entry on wait for that, a bounded number of them.
 */
#include <stdio.h>
#include <string.h>

#include "armv7/gicv2.h"
#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/print.h"

#define WAITING_BYTES_MAX (256u * 1024)
#define FLUSH_BYTES (64u * 1024)
#define AHEAD_EVENTS_MAX 4096 /* read beyond --limit for the sake of an INTID */

/* What is known of one CPU before an event. */
struct cpu {
    bool in_hyp;
    struct ht_where where;
    struct hole hole;
    uint64_t lost;          /* events that the recorder has lost so far */
};

struct printer {
    print_form *form;
    fill_form *fill;
    struct view view;
    HtVms *vms;
    gint cpu;               /* only this CPU, or -1 */
    gint vm;                /* only entries from and returns to this VM, or -1 */
    gint64 limit;           /* lines still to print, or -1 */
    struct cpu cpus[HT_CPUS_MAX];
    unsigned holes;         /* CPUs with a hole in out */
    GString *out;           /* not written yet */
};

static void fill(struct printer *printer, struct cpu *cpu, unsigned intid)
{
    if (cpu->hole.columns) {
        printer->fill(printer->out, &cpu->hole, intid);
        cpu->hole.columns = 0;
        printer->holes--;
    }
}

/* The CPU's next acknowledge tells the INTID; its next entry, that there is none to come. */
static void fill_from(struct printer *printer, const struct ht_event *event)
{
    struct cpu *cpu = &printer->cpus[event->cpu];

    if (event->id == HT_EV_GIC_ACK) {
        fill(printer, cpu, gicv2_iar_intid(event->value));
    } else if (ht_event_is_entry(event)) {
        fill(printer, cpu, HT_INTID_UNKNOWN);
    }
}

static void flush(struct printer *printer)
{
    for (unsigned i = 0; i < HT_CPUS_MAX; i++) {
        fill(printer, &printer->cpus[i], HT_INTID_UNKNOWN);
    }
    fwrite(printer->out->str, 1, printer->out->len, stdout);
    g_string_truncate(printer->out, 0);
}

/* Follows the CPU in and out of Hyp and tells where the event belongs. */
static void locate(struct printer *printer, struct cpu *cpu)
{
    struct view *view = &printer->view;
    const struct ht_event *event = view->event;

    view->in_hyp = cpu->in_hyp;
    if (ht_event_is_entry(event)) {
        view->in_hyp = event->depth > 0;
        cpu->in_hyp = true;
    } else if (event->id == HT_EV_RETURN) {
        view->in_hyp = cpu->in_hyp = false;
    } else if (event->id == HT_EV_ACTIVATION || event->id == HT_EV_NESTED_RETURN) {
        view->in_hyp = cpu->in_hyp = true;
    } else if (event->id == HT_EV_REGISTERS) {
        view->in_hyp = cpu->in_hyp = event->in_hyp;
    }
    if (!view->in_hyp && (ht_event_is_entry(event) || event->id == HT_EV_RETURN)) {
        cpu->where = ht_vms_where(printer->vms, event);
    }
    view->where = cpu->where;
}

static bool selected(const struct printer *printer)
{
    const struct ht_event *event = printer->view.event;

    if (printer->cpu >= 0 && event->cpu != printer->cpu) {
        return false;
    }
    return printer->vm < 0 || (!printer->view.in_hyp && printer->view.where.vm ==
                               (unsigned)printer->vm && (ht_event_is_entry(event) ||
                                                         event->id == HT_EV_RETURN));
}

/* How many events are missing before this one. */
static void count_lost(struct printer *printer, struct cpu *cpu, const HtReader *reader)
{
    uint64_t lost = ht_reader_lost(reader, printer->view.event->cpu);

    printer->view.lost = lost - cpu->lost;
    cpu->lost = lost;
}

static void print_event(struct printer *printer, const HtReader *reader,
                        const struct ht_event *event)
{
    struct cpu *cpu = &printer->cpus[event->cpu];

    printer->view.event = event;
    locate(printer, cpu);
    if (event->id == HT_EV_REGISTERS && printer->form != print_raw) {
        return;
    }
    count_lost(printer, cpu, reader);
    fill_from(printer, event);
    if (!selected(printer)) {
        return;
    }
    printer->form(printer->out, &printer->view, &cpu->hole);
    printer->holes += cpu->hole.columns && ht_event_is_entry(event);
    printer->limit -= printer->limit > 0;
    if ((!printer->holes && printer->out->len >= FLUSH_BYTES) ||
        printer->out->len >= WAITING_BYTES_MAX) {
        flush(printer);
    }
}

static void print_events(struct printer *printer, HtReader *reader, GError **error)
{
    const struct ht_event *event;

    while (printer->limit && (event = ht_reader_next(reader, error))) {
        print_event(printer, reader, event);
    }
    for (unsigned i = 0; i < AHEAD_EVENTS_MAX && printer->holes; i++) {
        if (!(event = ht_reader_next(reader, NULL))) {
            break;
        }
        fill_from(printer, event);
    }
    flush(printer);
}

/* "host" or "vm1" as a number; -1 for no name, -2 for nonsense. */
static gint parse_vm(const char *name)
{
    guint64 vm = 0;

    if (!name) {
        return -1;
    }
    if (!strcmp(name, "host")) {
        return HT_VM_HOST;
    }
    if (g_str_has_prefix(name, "vm") &&
        g_ascii_string_to_unsigned(name + 2, 10, 1, HT_VMS_MAX, &vm, NULL)) {
        return (gint)vm;
    }
    return -2;
}

int cli_print(int argc, char **argv)
{
    struct printer printer = {.cpu = -1, .limit = -1, .form = print_text, .fill = fill_text};
    gboolean json = FALSE, raw = FALSE, registers = FALSE;
    g_autofree char *map_path = NULL, *vm = NULL;
    const GOptionEntry entries[] = {
        {"cpu", 0, 0, G_OPTION_ARG_INT, &printer.cpu, "Only the events of CPU N", "N"},
        {"vm", 0, 0, G_OPTION_ARG_STRING, &vm,
         "Only entries from and returns to VM: host, vm1, vm2 ...", "VM"},
        {"limit", 0, 0, G_OPTION_ARG_INT64, &printer.limit, "Stop after N lines", "N"},
        {"registers", 0, 0, G_OPTION_ARG_NONE, &registers,
         "Show every register that changed, however long the line", NULL},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &map_path,
         "Names of device addresses: lines of BASE SIZE NAME", "FILE"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON, one object per line", NULL},
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Print the fields as they are in the trace", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]", "Prints a trace, one line per event, the CPUs merged in the order of events.",
        "vm/vcpu is whom an entry left or a return enters; hyp is the hypervisor itself.\n\n"
        "Example: hyptrace print --vm vm1 --limit 20 trace\n",
        entries,
    };
    const char *dir = cli_parse(&options, argc, argv);
    g_autoptr(GError) error = NULL;
    g_autoptr(HtTrace) trace = NULL;
    g_autoptr(HtMap) map = NULL;
    g_autoptr(HtVms) vms = ht_vms_new();
    g_autoptr(HtReader) reader = NULL;

    if (!dir) {
        return CLI_USAGE;
    }
    printer.vm = parse_vm(vm);
    if (printer.vm == -2) {
        cli_complain("'%s' is not a VM: host, vm1, vm2 ... (see 'hyptrace print --help')", vm);
        return CLI_USAGE;
    }
    if (json && raw) {
        cli_complain("--json and --raw exclude each other (see 'hyptrace print --help')");
        return CLI_USAGE;
    }
    trace = ht_trace_open(dir, &error);
    map = trace ? cli_map(trace, map_path, &error) : NULL;
    reader = map ? ht_reader_new(trace, HT_READ_CORE | HT_READ_SNAPSHOTS, &error) : NULL;
    if (reader) {
        printer.form = json ? print_json : raw ? print_raw : print_text;
        printer.fill = json ? fill_json : fill_text;
        printer.vms = vms;
        printer.view = (struct view) {.trace = trace, .map = map, .all_registers = registers};
        printer.out = g_string_new(NULL);
        if (!json && !raw) {
            print_text_head(printer.out);
        }
        print_events(&printer, reader, &error);
        g_string_free(printer.out, TRUE);
    }
    return cli_finish(error);
}
