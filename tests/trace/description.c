/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traces described in text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>

#include "tests/trace/description.h"
#include "tests/trace/trace_writer.h"

struct parser {
    const char *path;
    const char *dir;
    unsigned line;
    HtWriter *writer;
    HtTrace layout;
    uint64_t seq;
    uint64_t time_ns;
    struct {
        uint64_t time_ns, seq, insns;
    } last[HT_CPUS_MAX]; /* event of each CPU */
    uint32_t regs[HT_CPUS_MAX][HT_REG_COUNT];
};

G_GNUC_NORETURN G_GNUC_PRINTF(2, 3)
static void fail(const struct parser *parser, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%u: ", parser->path, parser->line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

static uint64_t number(const struct parser *parser, const char *text)
{
    char *end;
    uint64_t value = g_ascii_strtoull(text, &end, 0);

    if (*end || end == text) {
        fail(parser, "'%s' is not a number", text);
    }
    return value;
}

static int event_id(const char *name)
{
    for (int id = 0; id < 256; id++) {
        if (g_strcmp0(ht_event_name((unsigned)id), name) == 0) {
            return id;
        }
    }
    return -1;
}

static int row_number(const char *name)
{
    for (int row = 0; row < HT_REG_COUNT; row++) {
        if (g_strcmp0(ht_reg_name((unsigned)row), name) == 0) {
            return row;
        }
    }
    return -1;
}

static void set_field(struct parser *parser, struct ht_event *event, const char *name,
                      uint32_t value)
{
    int row = row_number(name);

    if (!strcmp(name, "insn") || !strcmp(name, "insn16")) {
        event->insn = value;
        event->insn_halfwords = name[4] ? 1 : 2;
    } else if (!strcmp(name, "pc")) {
        event->pc = value;
    } else if (!strcmp(name, "psr")) {
        event->psr = value;
    } else if (!strcmp(name, "hsr") && ht_event_is_entry(event)) {
        event->hsr = value;
    } else if (!strcmp(name, "far")) {
        event->far = value;
    } else if (!strcmp(name, "hpfar") && ht_event_is_entry(event)) {
        event->hpfar = value;
    } else if (!strcmp(name, "vector")) {
        event->vector = value / 4;
    } else if (!strcmp(name, "depth")) {
        event->depth = value;
    } else if (!strcmp(name, "kind")) {
        event->kind = value;
    } else if (!strcmp(name, "lr")) {
        event->lr = value;
    } else if (!strcmp(name, "value")) {
        event->value = value;
    } else if (!strcmp(name, "value_hi")) {
        event->value_hi = value;
    } else if (!strcmp(name, "op")) {
        event->op = value;
    } else if (!strcmp(name, "row")) {
        event->row = value;
    } else if (!strcmp(name, "last")) {
        event->last = value;
    } else if (!strcmp(name, "count")) {
        event->count = value;
    } else if (!strcmp(name, "option")) {
        event->option = value;
    } else if (!strcmp(name, "port")) {
        event->port = value;
    } else if (!strcmp(name, "byte")) {
        event->byte = value;
    } else if (!strcmp(name, "wake")) {
        event->wake = value;
    } else if (row >= 0) {
        parser->regs[event->cpu][row] = value;
    } else {
        fail(parser, "'%s' is neither a field nor a register", name);
    }
}

static unsigned default_vector(unsigned id)
{
    return id == HT_EV_ENTRY_IRQ ? 6 : id == HT_EV_ENTRY_FIQ ? 7 : 5;
}

static void add_event(struct parser *parser, unsigned cpu, char **words)
{
    bool same = words[0] && !strcmp(words[0], "same");
    char **name = same ? words + 1 : words[0] && words[1] ? words + 2 : words;
    int id = *name ? event_id(*name) : -1;
    struct ht_event event = {.id = id, .cpu = cpu, .regs = parser->regs[cpu]};

    if (id < 0) {
        fail(parser, "expected CPU +NS +INSNS EVENT or CPU same EVENT");
    }
    event.vector = default_vector(event.id);
    if (!same) {
        parser->last[cpu].time_ns = parser->time_ns += number(parser, words[0]);
        parser->last[cpu].insns += number(parser, words[1]);
        parser->last[cpu].seq = parser->seq++;
    }
    event.time_ns = parser->last[cpu].time_ns;
    event.insns = parser->last[cpu].insns;
    event.seq = parser->last[cpu].seq;
    for (char **word = name + 1; *word; word++) {
        char *value = strchr(*word, '=');

        if (!value) {
            fail(parser, "'%s' is not FIELD=VALUE", *word);
        }
        *value++ = '\0';
        set_field(parser, &event, *word, number(parser, value));
    }
    ht_writer_set_rows(&event, parser->regs[cpu]);
    ht_writer_put(parser->writer, &event);
}

static void begin_trace(struct parser *parser, char **words)
{
    unsigned packet_bytes = HT_PACKET_BYTES_DEFAULT;

    for (; *words; words++) {
        char *value = strchr(*words, '=');

        if (!value) {
            fail(parser, "'%s' is not OPTION=VALUE", *words);
        }
        *value++ = '\0';
        if (!strcmp(*words, "cpus")) {
            parser->layout.cpus = number(parser, value);
        } else if (!strcmp(*words, "registers")) {
            parser->layout.registers = number(parser, value);
        } else if (!strcmp(*words, "icount")) {
            parser->layout.icount = number(parser, value);
        } else if (!strcmp(*words, "packet")) {
            packet_bytes = number(parser, value);
        } else {
            fail(parser, "unknown option '%s'", *words);
        }
    }
    parser->writer = trace_writer_new(parser->dir, &parser->layout, packet_bytes);
}

static void take_words(struct parser *parser, char **words)
{
    unsigned cpu;

    if (!strcmp(words[0], "trace")) {
        begin_trace(parser, words + 1);
        return;
    }
    cpu = number(parser, words[0]);
    if (!parser->writer || cpu >= parser->layout.cpus || !words[1]) {
        fail(parser, "expected a CPU of the trace, and what happens on it");
    }
    if (!strcmp(words[1], "packet")) {
        ht_writer_end_packet(parser->writer, cpu);
    } else if (!strcmp(words[1], "lost") && words[2]) {
        uint64_t count = number(parser, words[2]);

        ht_writer_lose(parser->writer, cpu, count);
        parser->seq += count;
    } else {
        add_event(parser, cpu, words + 1);
    }
}

static void take_line(struct parser *parser, char *line)
{
    g_auto(GStrv) all = NULL;
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    if (strchr(line, '#')) {
        *strchr(line, '#') = '\0';
    }
    all = g_strsplit_set(line, " \t", -1);
    for (char **word = all; *word; word++) {
        if (**word) {
            g_ptr_array_add(words, *word);
        }
    }
    if (words->len) {
        g_ptr_array_add(words, NULL);
        take_words(parser, (char **)words->pdata);
    }
}

void description_write(const char *path, const char *dir)
{
    g_autofree struct parser *parser = g_new0(struct parser, 1);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    g_autoptr(GError) error = NULL;

    parser->path = path;
    parser->dir = dir;
    parser->layout = (HtTrace) {.cpus = 1, .registers = TRUE};
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fail(parser, "%s", error->message);
    }
    lines = g_strsplit(text, "\n", -1);
    for (unsigned i = 0; lines[i]; i++) {
        parser->line = i + 1;
        take_line(parser, lines[i]);
    }
    if (!parser->writer) {
        fail(parser, "no 'trace' line");
    }
    trace_writer_free(parser->writer);
}
