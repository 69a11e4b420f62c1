/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace report: a trace as one page that needs nothing but itself.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <gio/gio.h>

#include "hyptrace/cli/diff_report.h"
#include "hyptrace/cli/report.h"

struct reporter {
    struct cli_input a, b;       /* b: only if two traces are compared */
    const char *dir_a, *dir_b;
    char *out, *title;
    GError *defect;              /* the first one of a trace */
    char *diff;                  /* what differs, in words */
    HtSummary *summary_a, *summary_b;
    struct report_traps *traps;
};

static GError **defect(struct reporter *r)
{
    return r->defect ? NULL : &r->defect;
}

static void add_tables(struct json *json, struct reporter *r)
{
    const HtSummary *summary = r->summary_a;

    json_open(json, "vm_table", '[');
    for (unsigned vm = 0; vm <= summary->vm_count; vm++) {
        json_open(json, NULL, '{');
        json_text(json, "name", ht_vm_names_get(r->a.vms, vm));
        json_number(json, "entries", summary->vms[vm].entries);
        json_number(json, "exits", summary->vms[vm].exits);
        json_number(json, "hyp", summary->vms[vm].hyp);
        json_number(json, "away", summary->vms[vm].away);
        json_number(json, "self", summary->vms[vm].self);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "cpu_table", '[');
    for (unsigned cpu = 0; cpu < summary->cpu_count; cpu++) {
        json_open(json, NULL, '{');
        json_number(json, "events", summary->cpus[cpu].events);
        json_number(json, "entries", summary->cpus[cpu].entries);
        json_number(json, "nested", summary->cpus[cpu].nested);
        json_number(json, "lost", summary->cpus[cpu].lost);
        json_number(json, "hyp", summary->cpus[cpu].hyp);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_causes(struct json *json, struct reporter *r)
{
    json_open(json, "causes", '[');
    for (unsigned i = 0; i < r->traps->causes->len; i++) {
        const struct report_cause *cause = &g_array_index(r->traps->causes, struct report_cause, i);
        bool page = cause->cause.cls == HT_CLASS_DABT_S2 || cause->cause.cls == HT_CLASS_IABT_S2;
        char detail[128];

        ht_cause_detail(&cause->cause, r->a.map, detail, sizeof(detail));
        json_open(json, NULL, '{');
        json_text(json, "cls", ht_class_name(cause->cause.cls));
        json_text(json, "detail", detail);
        json_bool(json, "nested", cause->nested);
        json_bool(json, "page", page);
        json_number(json, "entries", cause->entries);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void add_compared(struct json *json, struct reporter *r)
{
    json_open(json, "compare", '{');
    json_text(json, "title", r->dir_b);
    json_text(json, "diff", r->diff);
    report_summary(json, "summary", r->summary_b, r->b.map);
    json_close(json, '}');
}

static uint64_t count_lost(const HtSummary *summary)
{
    uint64_t lost = 0;

    for (unsigned i = 0; i < summary->cpu_count; i++) {
        lost += summary->cpus[i].lost;
    }
    return lost;
}

static void add_meta(struct json *json, struct reporter *r)
{
    json_text(json, "title", r->title ? r->title : r->dir_a);
    json_text(json, "unit", r->summary_a->in_insns ? "insns" : "ns");
    json_real(json, "begin", (double)r->summary_a->time_begin_ns / 1e9);
    json_real(json, "end", (double)r->summary_a->time_end_ns / 1e9);
    json_number(json, "traps", r->traps->count);
    json_number(json, "lost", count_lost(r->summary_a));
    if (r->a.trace->machine) {
        json_text(json, "machine", r->a.trace->machine);
    }
    if (r->a.filter_text) {
        json_text(json, "filter", r->a.filter_text);
    }
    if (r->defect) {
        json_text(json, "defect", r->defect->message);
    }
    report_meta_columns(json);
    json_open(json, "vms", '[');
    for (unsigned vm = 0; vm <= r->summary_a->vm_count; vm++) {
        json_text(json, NULL, ht_vm_names_get(r->a.vms, vm));
    }
    json_close(json, ']');
    add_causes(json, r);
    add_tables(json, r);
    report_summary(json, "summary", r->summary_a, r->a.map);
    if (r->dir_b) {
        add_compared(json, r);
    }
}

/* The JSON inside a script element: "<" could end it. */
static void append_meta(GString *out, struct reporter *r)
{
    struct json json = {.out = g_string_new(NULL)};

    json_open(&json, NULL, '{');
    add_meta(&json, r);
    json_close(&json, '}');
    g_string_replace(json.out, "<", "\\u003c", 0);
    g_string_append_len(out, json.out->str, (gssize)json.out->len);
    g_string_free(json.out, TRUE);
}

static void append_resource(GString *out, const char *name)
{
    g_autofree char *path = g_strdup_printf("/hyptrace/report/%s", name);
    g_autoptr(GBytes) bytes = g_resources_lookup_data(path, 0, NULL);
    gsize size_bytes;
    const char *data = g_bytes_get_data(bytes, &size_bytes);

    g_string_append_len(out, data, (gssize)size_bytes);
}

static void append_scripts(GString *out)
{
    static const char *const names[] = {"data.js", "charts.js", "list.js", "tables.js", "main.js"};

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        append_resource(out, names[i]);
    }
}

/* What stands for @NAME@ in the page. */
static void append_part(GString *out, const char *name, struct reporter *r)
{
    if (!strcmp(name, "TITLE")) {
        g_autofree char *title = g_markup_escape_text(r->title ? r->title : r->dir_a, -1);

        g_string_append(out, title);
    } else if (!strcmp(name, "VERSION")) {
        g_string_append(out, HYPTRACE_VERSION);
    } else if (!strcmp(name, "META")) {
        append_meta(out, r);
    } else if (!strcmp(name, "COLUMNS")) {
        report_columns(out, r->traps);
    } else if (!strcmp(name, "CSS")) {
        append_resource(out, "report.css");
    } else if (!strcmp(name, "UPLOT_CSS")) {
        append_resource(out, "uplot.css");
    } else if (!strcmp(name, "UPLOT_JS")) {
        append_resource(out, "uplot.js");
    } else if (!strcmp(name, "JS")) {
        append_scripts(out);
    }
}

static GString *make_page(struct reporter *r)
{
    g_autoptr(GString) template = g_string_new(NULL);
    GString *out = g_string_new(NULL);
    g_auto(GStrv) parts = NULL;

    append_resource(template, "page.html");
    parts = g_strsplit(template->str, "@", -1);
    for (unsigned i = 0; parts[i]; i++) {
        if (i % 2) {
            append_part(out, parts[i], r);
        } else {
            g_string_append(out, parts[i]);
        }
    }
    return out;
}

static void compare(struct reporter *r)
{
    struct ht_canonical_options options = {
        .no_outputs = !r->a.trace->registers || !r->b.trace->registers,
    };
    g_autoptr(HtCanonicals) a = ht_canonicals_new(r->a.trace, r->a.filter, &r->a.names, &options,
                                                  defect(r));
    g_autoptr(HtCanonicals) b = ht_canonicals_new(r->b.trace, r->b.filter, &r->b.names, &options,
                                                  defect(r));
    g_autoptr(HtDiff) diff = ht_diff_new(a, b);
    struct diff_report report = {
        a, b, &r->a.names, &r->b.names, diff, .context = 3, .groups = 20,
    };

    r->diff = g_string_free(diff_text(&report), FALSE);
    r->summary_b = ht_summary_new(r->b.trace, r->b.filter, &r->b.names, defect(r));
}

static void write_page(struct reporter *r)
{
    GString *page;
    FILE *file = fopen(r->out, "wb");

    if (!file) {
        g_set_error(defect(r), HT_ERROR, HT_ERROR_IO, "%s: %s", r->out, g_strerror(errno));
        return;
    }
    page = make_page(r);
    fwrite(page->str, 1, page->len, file);
    g_string_free(page, TRUE);
    if (ferror(file) | (fclose(file) != 0)) {
        g_set_error(defect(r), HT_ERROR, HT_ERROR_IO, "%s: %s", r->out, g_strerror(errno));
    }
}

static enum cli_status open_traces(struct reporter *r)
{
    enum cli_status status = cli_open(&r->a, r->dir_a, &r->defect);

    if (status == CLI_OK && r->dir_b) {
        cli_copy_options(&r->b, &r->a);
        status = cli_open(&r->b, r->dir_b, &r->defect);
    }
    return status;
}

static int run(struct reporter *r)
{
    enum cli_status status = open_traces(r);

    if (status == CLI_USAGE) {
        return status;
    }
    if (status == CLI_OK) {
        r->summary_a = ht_summary_new(r->a.trace, r->a.filter, &r->a.names, defect(r));
        r->traps = report_traps_new(&r->a, NULL);
        if (r->dir_b) {
            compare(r);
        }
        write_page(r);
    }
    return cli_finish(r->defect);
}

static void clear(struct reporter *r)
{
    g_clear_pointer(&r->traps, report_traps_free);
    ht_summary_free(r->summary_a);
    ht_summary_free(r->summary_b);
    g_clear_error(&r->defect);
    g_free(r->diff);
    g_free(r->title);
    g_free(r->out);
    cli_close(&r->a);
    cli_close(&r->b);
}

int cli_report(int argc, char **argv)
{
    struct reporter r = {.dir_a = NULL};
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &r.out, "The page", "FILE"},
        {"title", 0, 0, G_OPTION_ARG_STRING, &r.title, "Its title (default: the directory)",
         "TEXT"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "-o FILE [DIR [OTHER]]", "Writes one HTML page about a trace, or about two compared.",
        "The page works from a file, without a network: rates over time, causes, VMs, latencies,\n"
        "hot spots, the list of traps.  With two traces it shows what differs as well.\n\n"
        "Example: hyptrace report -o boot.html trace\n",
        entries, 0, 2,
    };
    int status = CLI_USAGE;

    r.dir_a = cli_parse(&options, &r.a, argc, argv);
    if (r.dir_a && !r.out) {
        cli_complain("--output is missing (see 'hyptrace report --help')");
    } else if (r.dir_a) {
        r.dir_b = argv[1] ? argv[2] : NULL;
        status = run(&r);
    }
    clear(&r);
    return status;
}
