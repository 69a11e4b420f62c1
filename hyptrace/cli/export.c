/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace export: traps for other programs.
 */
#include <stdio.h>
#include <string.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/cli/export.h"

#define FLUSH_BYTES (64u * 1024)

static const struct export_format *const formats[] = {
    &export_chrome, &export_csv, &export_jsonl, &export_folded,
};

void export_detail(const struct ht_facts *facts, char *text, size_t size_bytes)
{
    struct ht_cause cause = ht_facts_cause(facts);

    ht_cause_detail(&cause, facts->names->map, text, size_bytes);
}

static void flush(struct exporter *exporter)
{
    fwrite(exporter->out->str, 1, exporter->out->len, stdout);
    g_string_truncate(exporter->out, 0);
}

static void export_trace(const struct cli_input *input, const struct export_format *format,
                         enum export_weight weight, GError **error)
{
    struct exporter exporter = {.trace = input->trace, .names = &input->names, .weight = weight};
    g_autoptr(HtWalk) walk = ht_walk_new_exits(input->trace, HT_READ_CORE, input->filter,
                                               &input->names, error);
    const struct ht_facts *facts;

    if (!walk) {
        return;
    }
    exporter.out = g_string_new(NULL);
    format->begin(&exporter);
    while ((facts = ht_walk_next(walk, error))) {
        if (!ht_event_is_entry(facts->event)) {
            continue;
        }
        format->trap(&exporter, facts);
        exporter.count++;
        if (exporter.out->len >= FLUSH_BYTES) {
            flush(&exporter);
        }
    }
    format->end(&exporter, ht_walk_vms(walk));
    flush(&exporter);
    g_string_free(exporter.out, TRUE);
}

static const struct export_format *find_format(const char *name)
{
    for (unsigned i = 0; name && i < G_N_ELEMENTS(formats); i++) {
        if (!strcmp(formats[i]->name, name)) {
            return formats[i];
        }
    }
    cli_complain("--format %s: there are chrome, csv, jsonl, folded", name ? name : "is missing");
    return NULL;
}

static bool find_weight(const char *name, enum export_weight *weight)
{
    static const char *const names[] = {
        [WEIGHT_COUNT] = "count", [WEIGHT_HYP] = "hyp", [WEIGHT_AWAY] = "away",
    };

    *weight = WEIGHT_COUNT;
    for (unsigned i = 0; name && i < G_N_ELEMENTS(names); i++) {
        if (!strcmp(names[i], name)) {
            *weight = (enum export_weight)i;
            return true;
        }
    }
    if (name) {
        cli_complain("--weight %s: there are count, hyp, away", name);
    }
    return !name;
}

static int run(struct cli_input *input, const char *dir, const char *format_name,
               const char *weight_name)
{
    g_autoptr(GError) error = NULL;
    const struct export_format *format = find_format(format_name);
    enum export_weight weight;
    enum cli_status status = format && find_weight(weight_name, &weight)
                             ? cli_open(input, dir, &error) : CLI_USAGE;

    if (status == CLI_USAGE) {
        return status;
    }
    if (status == CLI_OK) {
        export_trace(input, format, weight, &error);
    }
    return cli_finish(error);
}

int cli_export(int argc, char **argv)
{
    struct cli_input input = {0};
    g_autofree char *format = NULL, *weight = NULL;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "chrome, csv, jsonl or folded", "FORMAT"},
        {"weight", 0, 0, G_OPTION_ARG_STRING, &weight,
         "folded: count traps, or add up their time in hyp or away (default count)", "WHAT"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "--format FORMAT [DIR]", "Prints the traps of a trace for other programs.",
        "chrome  JSON for Perfetto and chrome://tracing: a track per CPU (time in Hyp) and per vCPU\n"
        "        (whole exits)\n"
        "csv     a line per trap, the first one has the names\n"
        "jsonl   a JSON object per trap and line\n"
        "folded  stacks for flame graphs: VM, vCPU, class, detail\n\n"
        "Example: hyptrace export --format chrome trace >trace.json\n"
        "         hyptrace export --format folded --weight hyp trace | flamegraph.pl >hyp.svg\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &input, argc, argv);
    int status = dir ? run(&input, dir, format, weight) : CLI_USAGE;

    cli_close(&input);
    return status;
}
