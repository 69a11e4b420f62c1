/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace print: one line per event.
 */
#include <stdio.h>

#include "armv7/psr.h"
#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/follow.h"
#include "hyptrace/cli/print.h"

#define FLUSH_BYTES (64u * 1024)
#define CONSOLE_LINE_BYTES 400 /* a longer line is cut into several */
#define POLL_MS 50 /* how often a growing trace is looked at */

struct printer {
    struct cli_input input;
    print_form *form;
    bool traps;             /* a line for each trap, not for each event */
    bool all_kinds;         /* and for the events that the filter names */
    bool follow;
    bool in_trap[HT_CPUS_MAX]; /* the next return belongs to an entry */
    struct view view;
    gint cpu;               /* only this CPU, or -1 */
    gint vm;                /* only entries from and returns to this VM, or -1 */
    gint64 limit;           /* lines still to print, or -1 */
    GString *out;           /* not written yet */
    GString *console[UINT8_MAX + 1]; /* by port: the line that has not ended, or NULL */
};

static void flush(struct printer *printer)
{
    fwrite(printer->out->str, 1, printer->out->len, stdout);
    g_string_truncate(printer->out, 0);
}

/* In a line for each trap: what is no part of one. */
static bool is_line(struct printer *printer, const struct ht_facts *facts)
{
    bool *in_trap = &printer->in_trap[facts->event->cpu], was_in_trap = *in_trap;

    switch (facts->event->id) {
    case HT_EV_RETURN:
        *in_trap = false;
        return !was_in_trap;
    case HT_EV_ACTIVATION:
        *in_trap = false;
        return true;
    case HT_EV_MARK:
    case HT_EV_CONSOLE:
    case HT_EV_SEGMENT:
    case HT_EV_POWER:
        return true;
    default:
        *in_trap = was_in_trap || ht_event_is_entry(facts->event);
        return ht_event_is_entry(facts->event) || facts->event->gap;
    }
}

static void end_console_line(struct printer *printer, unsigned port)
{
    GString *line = g_steal_pointer(&printer->console[port]);

    g_string_append_c(line, '\n');
    g_string_append_len(printer->out, line->str, (gssize)line->len);
    g_string_free(line, TRUE);
    printer->limit -= printer->limit > 0;
}

/* Bytes that a guest sends become lines, which are shown when they end. */
static void take_console(struct printer *printer)
{
    const struct ht_event *event = printer->view.facts->event;
    GString **line = &printer->console[event->port];

    if (!*line) {
        *line = g_string_new(NULL);
        print_console_begin(*line, &printer->view);
    }
    print_console_byte(*line, event->byte);
    if (event->byte == '\n' || (*line)->len >= CONSOLE_LINE_BYTES) {
        end_console_line(printer, event->port);
    }
}

static void end_console(struct printer *printer)
{
    for (unsigned port = 0; port <= UINT8_MAX; port++) {
        if (printer->console[port] && printer->limit) {
            end_console_line(printer, port);
        } else if (printer->console[port]) {
            g_string_free(printer->console[port], TRUE);
        }
    }
}

static bool selected(const struct printer *printer, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;

    if (event->id == HT_EV_REGISTERS && printer->form != print_raw) {
        return false;
    }
    if (printer->cpu >= 0 && event->cpu != printer->cpu) {
        return false;
    }
    return printer->vm < 0 || (!facts->in_hyp && facts->where.vm == (unsigned)printer->vm &&
                               (ht_event_is_entry(event) || event->id == HT_EV_RETURN));
}

/* Are the symbols those of what ran? */
static void check_symbols(const struct printer *printer, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;

    if (printer->input.symbols && ht_event_is_entry(event) && event->insn_halfwords) {
        ht_symbols_check(printer->input.symbols, facts->in_hyp ? HT_SPACE_HYP : facts->where.vm,
                         event->pc, event->insn, event->insn_halfwords,
                         event->psr & ARMV7_PSR_T);
    }
}

/* The next event of a trace that may still be written; NULL at its end, or if the user ends it. */
static const struct ht_facts *next(struct printer *printer, HtWalk *walk, GError **error)
{
    const struct ht_facts *facts;

    while (!(facts = ht_walk_any(walk, error)) && ht_walk_pending(walk)) {
        flush(printer);
        fflush(stdout);
        if (follow_stopped()) {
            return NULL;
        }
        if (!follow_written(printer->input.trace)) {
            ht_walk_follow(walk, FALSE);
        } else {
            follow_sleep(POLL_MS);
        }
    }
    return facts;
}

static void print_events(struct printer *printer, HtWalk *walk, GError **error)
{
    while (printer->limit && (printer->view.facts = next(printer, walk, error))) {
        const struct ht_facts *facts = printer->view.facts;

        if (printer->traps && !is_line(printer, facts) && !printer->all_kinds) {
            continue;
        }
        if (!facts->selected || !selected(printer, facts)) {
            continue;
        }
        if (printer->form == print_trap && facts->event->id == HT_EV_CONSOLE) {
            take_console(printer);
            continue;
        }
        check_symbols(printer, printer->view.facts);
        printer->form(printer->out, &printer->view);
        printer->limit -= printer->limit > 0;
        if (printer->out->len >= FLUSH_BYTES) {
            flush(printer);
        }
    }
}

static void print_trace(struct printer *printer, GError **error)
{
    const struct cli_input *input = &printer->input;
    HtReadFlags flags = HT_READ_CORE | HT_READ_SNAPSHOTS;
    g_autoptr(HtWalk) walk = printer->traps
        ? ht_walk_new_answers(input->trace, flags, input->filter, &input->names, error)
        : ht_walk_new(input->trace, flags, input->filter, &input->names, true, error);

    if (walk) {
        printer->all_kinds = input->filter && ht_facts_need_event(input->filter);
        if (printer->follow) {
            follow_prepare();
            ht_walk_follow(walk, TRUE);
        }
        printer->view.trace = printer->input.trace;
        printer->out = g_string_new(NULL);
        if (printer->form == print_text) {
            print_text_head(printer->out);
        } else if (printer->form == print_trap) {
            print_trap_head(printer->out);
        }
        print_events(printer, walk, error);
        end_console(printer);
        flush(printer);
        g_string_free(printer->out, TRUE);
        cli_warn_symbols(&printer->input);
    }
}

static int run(struct printer *printer, const char *dir, const char *vm)
{
    g_autoptr(GError) error = NULL;
    enum cli_status status = cli_open(&printer->input, dir, &error);

    if (status == CLI_USAGE) {
        return status;
    }
    printer->vm = vm ? ht_vm_names_find(printer->input.vms, vm) : -1;
    if (vm && printer->vm < 0) {
        cli_complain("'%s' is not a VM: host, vm1, vm2 ... (see 'hyptrace print --help')", vm);
        return CLI_USAGE;
    }
    if (status == CLI_OK) {
        print_trace(printer, &error);
    }
    return cli_finish(error);
}

int cli_print(int argc, char **argv)
{
    struct printer printer = {.cpu = -1, .limit = -1};
    gboolean json = FALSE, raw = FALSE, registers = FALSE, insn = FALSE, events = FALSE;
    gboolean follow = FALSE;
    g_autofree char *vm = NULL;
    const GOptionEntry entries[] = {
        {"cpu", 0, 0, G_OPTION_ARG_INT, &printer.cpu, "Only the events of CPU N", "N"},
        {"vm", 0, 0, G_OPTION_ARG_STRING, &vm,
         "Only entries from and returns to VM: host, vm1, vm2 ...", "VM"},
        {"limit", 0, 0, G_OPTION_ARG_INT64, &printer.limit, "Stop after N lines", "N"},
        {"events", 0, 0, G_OPTION_ARG_NONE, &events,
         "A line for each event, not for each trap with its return", NULL},
        {"follow", 'F', 0, G_OPTION_ARG_NONE, &follow,
         "Wait for more of a trace that is being written; ends with its recorder or Ctrl-C", NULL},
        {"registers", 0, 0, G_OPTION_ARG_NONE, &registers,
         "Events, with every register that changed, however long the line", NULL},
        {"insn", 0, 0, G_OPTION_ARG_NONE, &insn,
         "With --events, show the trapped instructions too", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON, one object per line", NULL},
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Events, with the fields as they are in the trace", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]", "Prints a trace, one line per trap, the CPUs merged in the order of events.",
        "vm/vcpu is who trapped, or hyp, the hypervisor itself; hyp is the time to the return, in\n"
        "instructions if the trace was recorded with -icount.  Behind => is what the hypervisor did,\n"
        "as the return tells: registers that the guest sees changed, whether it goes on behind the\n"
        "trapped instruction (skipped), at it (again) or elsewhere, injected interrupts, who runs.\n\n"
        "Example: hyptrace print --vm vm1 --limit 20 trace\n"
        "         hyptrace print -f 'class == hvc && dur > 20us' trace\n"
        "         hyptrace print --symbols vm1=vmlinux,hyp=xen-syms trace\n"
        "         hyptrace print --follow -f 'class == irq' trace-being-written\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &printer.input, argc, argv);
    int status = CLI_USAGE;

    if (dir && json && raw) {
        cli_complain("--json and --raw exclude each other (see 'hyptrace print --help')");
    } else if (dir) {
        printer.traps = !events && !raw && !registers;
        printer.follow = follow;
        printer.form = raw ? print_raw
                     : json ? (printer.traps ? print_trap_json : print_json)
                     : printer.traps ? print_trap : print_text;
        printer.view.all_registers = registers;
        printer.view.disasm = insn || printer.traps ? ht_disasm_new() : NULL;
        status = run(&printer, dir, vm);
    }
    ht_disasm_free(printer.view.disasm);
    cli_close(&printer.input);
    return status;
}
