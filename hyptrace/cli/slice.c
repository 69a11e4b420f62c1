/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hyptrace slice: a part of a trace as a trace.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hyptrace/cli/cli.h"
#include "hyptrace/lib/filter_lex.h"
#include "hyptrace/lib/slice.h"

struct slicing {
    struct cli_input input;
    struct ht_slice slice;
    char *from, *to, *begin, *end, *out;
    gint64 count;
};

/* "1.5s" as ns, or "#4711" as a sequence number; FALSE after a message. */
static bool take_limit(const char *option, const char *text, uint64_t *ns, uint64_t *seq)
{
    bool by_seq = text && *text == '#';
    struct ht_token token, rest;

    if (!text) {
        return true;
    }
    text += by_seq;
    ht_token_next(text, 0, &token);
    ht_token_next(text, token.offset_bytes + token.length_bytes, &rest);
    if (token.kind != (by_seq ? HT_TOKEN_NUMBER : HT_TOKEN_TIME) || rest.kind != HT_TOKEN_END) {
        cli_complain("%s: '%s' is neither a time (1.5s, 20ms) nor #NUMBER", option, text);
        return false;
    }
    *(by_seq ? seq : ns) = token.number;
    return true;
}

static bool take_options(struct slicing *s)
{
    s->slice.to_ns = s->slice.to_seq = UINT64_MAX;
    s->slice.count = s->count < 0 ? UINT64_MAX : (uint64_t)s->count;
    if (!s->out) {
        cli_complain("--output is missing (see 'hyptrace slice --help')");
        return false;
    }
    return take_limit("--from", s->from, &s->slice.from_ns, &s->slice.from_seq) &&
           take_limit("--to", s->to, &s->slice.to_ns, &s->slice.to_seq) &&
           cli_compile("--begin", s->begin, &s->slice.begin) &&
           cli_compile("--end", s->end, &s->slice.end);
}

static int run(struct slicing *s, const char *dir)
{
    g_autoptr(GError) error = NULL;
    enum cli_status status = take_options(s) ? cli_open(&s->input, dir, &error) : CLI_USAGE;
    uint64_t written = 0;

    if (status == CLI_USAGE) {
        return status;
    }
    if (status == CLI_OK) {
        s->slice.keep = s->input.filter;
        if (ht_slice_write(s->input.trace, &s->slice, &s->input.names, s->out, &written, &error)) {
            printf("%s: %" PRIu64 " events\n", s->out, written);
        }
    }
    return cli_finish(error);
}

int cli_slice(int argc, char **argv)
{
    struct slicing s = {.count = -1};
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &s.out, "Directory of the new trace", "DIR"},
        {"from", 0, 0, G_OPTION_ARG_STRING, &s.from,
         "Not before this time, or sequence number", "TIME|#N"},
        {"to", 0, 0, G_OPTION_ARG_STRING, &s.to,
         "Not after this time, or sequence number", "TIME|#N"},
        {"begin", 0, 0, G_OPTION_ARG_STRING, &s.begin,
         "From the first event that EXPR selects", "EXPR"},
        {"end", 0, 0, G_OPTION_ARG_STRING, &s.end,
         "Up to the next event that EXPR selects", "EXPR"},
        {"count", 0, 0, G_OPTION_ARG_INT64, &s.count, "At most N events", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const struct cli_options options = {
        "-o DIR [TRACE]", "Writes a part of a trace as a trace.",
        "With --from only the packets from there on are read.  What --filter does not select is\n"
        "left out of the part.  VMs are numbered by their first appearance in the new trace.\n\n"
        "Example: hyptrace slice -o part --from 2s --to 2.5s trace\n"
        "         hyptrace slice -o part --begin 'class == hvc && imm == 0xea1' --count 1000 trace\n",
        entries, 0, 1,
    };
    const char *dir = cli_parse(&options, &s.input, argc, argv);
    int status = dir ? run(&s, dir) : CLI_USAGE;

    ht_filter_free(s.slice.begin);
    ht_filter_free(s.slice.end);
    g_free(s.from);
    g_free(s.to);
    g_free(s.begin);
    g_free(s.end);
    g_free(s.out);
    cli_close(&s.input);
    return status;
}
