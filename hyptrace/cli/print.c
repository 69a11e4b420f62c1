/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace print: one line per event.
 */
#include <stdio.h>

#include "armv7/psr.h"
#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/print.h"

#define FLUSH_BYTES (64u * 1024)

struct printer {
    struct cli_input input;
    print_form *form;
    struct view view;
    gint cpu;               /* only this CPU, or -1 */
    gint vm;                /* only entries from and returns to this VM, or -1 */
    gint64 limit;           /* lines still to print, or -1 */
    GString *out;           /* not written yet */
};

static void flush(struct printer *printer)
{
    fwrite(printer->out->str, 1, printer->out->len, stdout);
    g_string_truncate(printer->out, 0);
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

static void print_events(struct printer *printer, HtWalk *walk, GError **error)
{
    while (printer->limit && (printer->view.facts = ht_walk_next(walk, error))) {
        if (!selected(printer, printer->view.facts)) {
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
    g_autoptr(HtWalk) walk = ht_walk_new(printer->input.trace,
                                         HT_READ_CORE | HT_READ_SNAPSHOTS,
                                         printer->input.filter, &printer->input.names, true,
                                         error);

    if (walk) {
        printer->view.trace = printer->input.trace;
        printer->out = g_string_new(NULL);
        if (printer->form == print_text) {
            print_text_head(printer->out);
        }
        print_events(printer, walk, error);
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
    gboolean json = FALSE, raw = FALSE, registers = FALSE, insn = FALSE;
    g_autofree char *vm = NULL;
    const GOptionEntry entries[] = {
        {"cpu", 0, 0, G_OPTION_ARG_INT, &printer.cpu, "Only the events of CPU N", "N"},
        {"vm", 0, 0, G_OPTION_ARG_STRING, &vm,
         "Only entries from and returns to VM: host, vm1, vm2 ...", "VM"},
        {"limit", 0, 0, G_OPTION_ARG_INT64, &printer.limit, "Stop after N lines", "N"},
        {"registers", 0, 0, G_OPTION_ARG_NONE, &registers,
         "Show every register that changed, however long the line", NULL},
        {"insn", 0, 0, G_OPTION_ARG_NONE, &insn,
         "Show the trapped instructions in assembly language", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON, one object per line", NULL},
        {"raw", 0, 0, G_OPTION_ARG_NONE, &raw, "Print the fields as they are in the trace", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "[DIR]", "Prints a trace, one line per event, the CPUs merged in the order of events.",
        "vm/vcpu is whom an entry left or a return enters; hyp is the hypervisor itself.\n\n"
        "Example: hyptrace print --vm vm1 --limit 20 trace\n"
        "         hyptrace print -f 'class == hvc && dur > 20us' trace\n"
        "         hyptrace print --insn --symbols vm1=vmlinux,hyp=xen-syms trace\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &printer.input, argc, argv);
    int status = CLI_USAGE;

    if (dir && json && raw) {
        cli_complain("--json and --raw exclude each other (see 'hyptrace print --help')");
    } else if (dir) {
        printer.form = json ? print_json : raw ? print_raw : print_text;
        printer.view.all_registers = registers;
        printer.view.disasm = insn ? ht_disasm_new() : NULL;
        status = run(&printer, dir, vm);
    }
    ht_disasm_free(printer.view.disasm);
    cli_close(&printer.input);
    return status;
}
