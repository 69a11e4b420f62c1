/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the sub-commands of hyptrace share.
 */
#include <errno.h>
#include <stdio.h>

#include "hyptrace/cli/cli.h"

void cli_complain(const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list args;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "hyptrace: %s\n", message);
}

static void add_input_options(GOptionContext *context, struct cli_input *input)
{
    const GOptionEntry entries[] = {
        {"filter", 'f', 0, G_OPTION_ARG_STRING, &input->filter_text,
         "Only events, traps and exits that EXPR selects: hyptrace-filter(5)", "EXPR"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &input->map_path,
         "Names of device addresses: lines of BASE SIZE NAME", "FILE"},
        {"vm-names", 0, 0, G_OPTION_ARG_STRING, &input->vm_names_text,
         "Names of VMs", "vm1=NAME,0xVTTBR=NAME,..."},
        {"symbols", 0, 0, G_OPTION_ARG_STRING, &input->symbols_text,
         "ELF files with symbols of VMs, host or hyp", "vm1=FILE,hyp=FILE+OFFSET,..."},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    g_option_context_add_main_entries(context, entries, NULL);
}

const char *cli_parse(const struct cli_options *options, struct cli_input *input, int argc,
                      char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = g_strdup_printf("hyptrace %s", argv[0]);
    g_autoptr(GOptionContext) context = g_option_context_new(options->usage);
    unsigned dirs_max = MAX(options->dirs_max, 1), dirs;
    gboolean ok;

    g_set_prgname(program);
    g_option_context_add_main_entries(context, options->entries, NULL);
    if (input) {
        add_input_options(context, input);
    }
    g_option_context_set_summary(context, options->summary);
    g_option_context_set_description(context, options->description);
    ok = g_option_context_parse(context, &argc, &argv, &error);
    dirs = (unsigned)argc - 1;
    if (ok && dirs > dirs_max) {
        ok = FALSE;
        g_set_error(&error, HT_ERROR, HT_ERROR_SYNTAX, "more than %s: '%s'",
                    dirs_max == 1 ? "one directory" : "the directories it takes",
                    argv[dirs_max + 1]);
    } else if (ok && dirs < options->dirs_min) {
        ok = FALSE;
        g_set_error(&error, HT_ERROR, HT_ERROR_SYNTAX, "it takes %s%u trace directories",
                    options->dirs_max > options->dirs_min ? "at least " : "", options->dirs_min);
    }
    if (!ok) {
        cli_complain("%s (see '%s --help')", error->message, program);
        return NULL;
    }
    argv[argc] = NULL;
    return argc > 1 ? argv[1] : ".";
}

/* The names for the trace: those of its machine, then those of the user's file. */
static gboolean open_map(struct cli_input *input, GError **error)
{
    input->map = ht_map_new();
    ht_map_add_machine(input->map, input->trace->machine);
    return !input->map_path || ht_map_load(input->map, input->map_path, error);
}

bool cli_compile(const char *option, const char *text, HtFilter **filter)
{
    g_autoptr(GError) error = NULL;
    struct ht_filter_place place = {0, 0};

    if (!text) {
        return true;
    }
    *filter = ht_filter_new(text, ht_facts_language(), &place, &error);
    if (!*filter) {
        g_autofree char *line = g_strdelimit(g_strdup(text), "\t\r\n", ' ');
        g_autofree char *carets = g_strnfill(MAX(place.length_bytes, 1), '^');

        cli_complain("%s: %s\n  %s\n  %*s%s", option, error->message, line,
                     (int)place.offset_bytes, "", carets);
    }
    return *filter != NULL;
}

static gboolean take_vm_names(struct cli_input *input)
{
    g_autoptr(GError) error = NULL;

    input->vms = ht_vm_names_new();
    if (input->vm_names_text && !ht_vm_names_parse(input->vms, input->vm_names_text, &error)) {
        cli_complain("--vm-names: %s", error->message);
    }
    return !error;
}

static gboolean open_symbols(struct cli_input *input, GError **error)
{
    if (!input->symbols_text) {
        return TRUE;
    }
    input->symbols = ht_symbols_new();
    return ht_symbols_parse(input->symbols, input->vms, input->symbols_text, error);
}

void cli_warn_symbols(const struct cli_input *input)
{
    g_autofree char *words = input->symbols ? ht_symbols_mismatch(input->symbols) : NULL;

    if (words) {
        cli_complain("%s", words);
    }
}

/* The names that the recorder was given, unless the user gives others. */
static gboolean take_recorded_names(struct cli_input *input, GError **error)
{
    const char *text = input->trace->vm_names;

    if (input->vm_names_text || !text || ht_vm_names_parse(input->vms, text, error)) {
        return TRUE;
    }
    g_prefix_error(error, "%s/metadata: vm_names: ", input->trace->dir);
    return FALSE;
}

enum cli_status cli_open(struct cli_input *input, const char *dir, GError **error)
{
    if (!take_vm_names(input) || !cli_compile("--filter", input->filter_text, &input->filter)) {
        return CLI_USAGE;
    }
    input->trace = ht_trace_open(dir, error);
    if (!input->trace || !take_recorded_names(input, error) || !open_map(input, error) || !open_symbols(input, error)) {
        return CLI_DEFECT;
    }
    input->names = (struct ht_names) {input->map, input->vms, input->symbols};
    return CLI_OK;
}

void cli_copy_options(struct cli_input *input, const struct cli_input *from)
{
    input->map_path = g_strdup(from->map_path);
    input->vm_names_text = g_strdup(from->vm_names_text);
    input->filter_text = g_strdup(from->filter_text);
    input->symbols_text = g_strdup(from->symbols_text);
}

void cli_close(struct cli_input *input)
{
    ht_filter_free(input->filter);
    ht_symbols_free(input->symbols);
    g_free(input->symbols_text);
    ht_vm_names_free(input->vms);
    ht_map_free(input->map);
    ht_trace_free(input->trace);
    g_free(input->filter_text);
    g_free(input->vm_names_text);
    g_free(input->map_path);
}

int cli_finish(const GError *error)
{
    if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
        cli_complain("standard output: %s", g_strerror(errno));
        return CLI_DEFECT;
    }
    if (error) {
        cli_complain("%s", error->message);
        return CLI_DEFECT;
    }
    return CLI_OK;
}
