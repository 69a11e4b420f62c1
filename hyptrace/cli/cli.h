/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the sub-commands of hyptrace share.
 */
#ifndef HYPTRACE_CLI_CLI_H
#define HYPTRACE_CLI_CLI_H

#include "hyptrace/lib/hyptrace.h"

/* Exit statuses, the same for every sub-command. */
enum cli_status {
    CLI_OK = 0,
    CLI_DEFECT = 1, /* the trace, or a file, could not be read, or not all of it */
    CLI_USAGE = 2,  /* the command line is wrong */
};

/* Most trace directories that a sub-command takes. */
#define CLI_DIRS_MAX 64

/* A sub-command; argv[0] is its name. */
typedef int cli_command(int argc, char **argv);
cli_command cli_diff, cli_export, cli_latency, cli_merge, cli_print, cli_report, cli_slice,
    cli_summary, cli_top, cli_unpack;

/* Command line of one sub-command. */
struct cli_options {
    const char *usage;         /* after the command's name: "[DIR]" */
    const char *summary;       /* first line of --help */
    const char *description;   /* end of --help, with an example */
    const GOptionEntry *entries;
    unsigned dirs_min, dirs_max; /* directories; 0, 0: one or none */
};

/* A trace and what the options that all sub-commands have say of it. */
struct cli_input {
    char *map_path;           /* --map */
    char *vm_names_text;      /* --vm-names */
    char *symbols_text;       /* --symbols */
    char *filter_text;        /* --filter */
    HtTrace *trace;
    HtMap *map;
    HtVmNames *vms;
    HtSymbols *symbols;       /* or NULL */
    struct ht_names names;    /* all of them */
    HtFilter *filter;         /* or NULL */
};

/**
 * cli_parse: parses the options, those of input (if not NULL) too, and the trace directories.
 * Returns the first directory (the working directory if none is given), or NULL after one line on
 * stderr; further ones are in argv[2] and so on up to a NULL.  --help prints and ends the program.
 */
const char *cli_parse(const struct cli_options *options, struct cli_input *input, int argc,
                      char **argv);

/**
 * cli_open: opens the trace dir and what the options name.
 * CLI_OK; CLI_USAGE after a message on stderr, with a caret under an error in the filter; or
 * CLI_DEFECT with *error.  Close with cli_close() in any case.
 */
enum cli_status cli_open(struct cli_input *input, const char *dir, GError **error);
void cli_close(struct cli_input *input);

/**
 * cli_compile: compiles the filter that an option gave, if it did.
 * FALSE after a message with a caret under the error.
 */
bool cli_compile(const char *option, const char *text, HtFilter **filter);

/** cli_warn_symbols: says on stderr if symbols are of another build than what was traced. */
void cli_warn_symbols(const struct cli_input *input);

/** cli_copy_options: what the options said of from, for another trace. */
void cli_copy_options(struct cli_input *input, const struct cli_input *from);

/** cli_complain: "hyptrace: MESSAGE" on stderr. */
void cli_complain(const char *format, ...) G_GNUC_PRINTF(1, 2);

/**
 * cli_finish: flushes stdout and tells what *error says, if it is set.
 * Returns the status to end with.  Nobody listening on stdout is not a defect.
 */
int cli_finish(const GError *error);

#endif
