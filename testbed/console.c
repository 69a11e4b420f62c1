/* SPDX-License-Identifier: BSD-2-Clause */
/* Console text by domain.  The prefixes are those of Xen 4.17's console.c and vpl011.c. */
#include "testbed/console.h"

#include <string.h>

#define XEN_PREFIX   "(XEN) "
#define INPUT_NOTICE "*** Serial input to "

typedef struct Stream {
    GString *text;
    size_t from; /* where the next search begins */
} Stream;

struct TbConsole {
    TbConsoleShow show;
    void *show_data;
    GString *held;       /* may yet turn out to be a prefix */
    GString *line;       /* what is being received behind its prefix, to see Xen's notices */
    char *domain;        /* of the line that is being received */
    char *input;
    Stream all;
    GHashTable *streams; /* domain -> Stream */
};

typedef enum Prefix { PREFIX_NO, PREFIX_MAYBE, PREFIX_XEN, PREFIX_DOMAIN } Prefix;

static void stream_free(void *data)
{
    Stream *stream = data;

    g_string_free(stream->text, TRUE);
    g_free(stream);
}

TbConsole *tb_console_new(TbConsoleShow show, void *data)
{
    TbConsole *console = g_new0(TbConsole, 1);

    console->show = show;
    console->show_data = data;
    console->held = g_string_new(NULL);
    console->line = g_string_new(NULL);
    console->domain = g_strdup("");
    console->input = g_strdup("");
    console->all.text = g_string_new(NULL);
    console->streams = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stream_free);
    return console;
}

void tb_console_free(TbConsole *console)
{
    g_string_free(console->held, TRUE);
    g_string_free(console->line, TRUE);
    g_string_free(console->all.text, TRUE);
    g_hash_table_unref(console->streams);
    g_free(console->domain);
    g_free(console->input);
    g_free(console);
}

static Stream *stream_of(TbConsole *console, const char *domain)
{
    Stream *stream = g_hash_table_lookup(console->streams, domain);

    if (!stream) {
        stream = g_new0(Stream, 1);
        stream->text = g_string_new(NULL);
        g_hash_table_insert(console->streams, g_strdup(domain), stream);
    }
    return stream;
}

/* What the held text is: "(XEN) " followed by "DOM", digits and ": ", or by anything else. */
static Prefix classify(const char *held)
{
    size_t length = strlen(held), xen = strlen(XEN_PREFIX);
    const char *rest = held + xen;

    if (length <= xen) {
        return strncmp(held, XEN_PREFIX, length) ? PREFIX_NO : PREFIX_MAYBE;
    }
    if (strncmp(rest, "DOM", MIN(3, length - xen))) {
        return PREFIX_XEN;
    }
    rest += MIN(3, length - xen);
    rest += strspn(rest, "0123456789");
    if (!*rest || g_str_equal(rest, ":")) {
        return PREFIX_MAYBE;
    }
    return g_str_equal(rest, ": ") ? PREFIX_DOMAIN : PREFIX_XEN;
}

static bool is_guest(const char *domain)
{
    return g_str_has_prefix(domain, "DOM") && !g_str_equal(domain, "DOM0");
}

/* Whose a line is that begins with "(XEN) " alone: Xen prints the text of the guest that has the
 * input in its own name. */
static const char *plain_prefix_owner(const TbConsole *console)
{
    return is_guest(console->input) ? console->input : "Xen";
}

/* Whose a line without prefix is: before Xen the board's, then dom0's, the only domain that
 * writes to the console itself. */
static const char *no_prefix_owner(const TbConsole *console)
{
    return *console->input ? "DOM0" : "";
}

/* The line of Xen is complete: does it say who has the input? */
static void note_xen_line(TbConsole *console)
{
    const char *name = console->line->str;

    if (g_str_has_prefix(name, INPUT_NOTICE)) {
        name += strlen(INPUT_NOTICE);
        g_free(console->input);
        console->input = g_strndup(name, strcspn(name, " "));
    }
    g_string_truncate(console->line, 0);
}

static void end_line(TbConsole *console)
{
    note_xen_line(console);
    g_free(console->domain);
    console->domain = g_strdup(no_prefix_owner(console));
}

/* Text whose domain is known. */
static void put_char(TbConsole *console, char c)
{
    g_string_append_c(stream_of(console, console->domain)->text, c);
    if (console->show) {
        console->show(console->show_data, console->domain, &c, 1);
    }
    if (c == '\n') {
        end_line(console);
    } else {
        g_string_append_c(console->line, c);
    }
}

static void set_domain(TbConsole *console, char *domain)
{
    g_free(console->domain);
    console->domain = domain;
    g_string_truncate(console->line, 0);
}

/* The held text is a whole prefix of @length bytes, perhaps with text behind it. */
static void take_prefix(TbConsole *console, size_t length)
{
    g_autofree char *held = g_strdup(console->held->str);

    if (console->show) {
        console->show(console->show_data, console->domain, held, length);
    }
    g_string_truncate(console->held, 0);
    for (const char *c = held + length; *c; c++) {
        put_char(console, *c);
    }
}

static void feed_char(TbConsole *console, char c);

/* The held text is ordinary text; its last character may begin a prefix. */
static void release_held(TbConsole *console)
{
    g_autofree char *held = g_strdup(console->held->str);
    size_t last = strlen(held) - 1;

    g_string_truncate(console->held, 0);
    for (size_t i = 0; i < last; i++) {
        put_char(console, held[i]);
    }
    feed_char(console, held[last]);
}

static void feed_char(TbConsole *console, char c)
{
    GString *held = console->held;

    if (!held->len && c != *XEN_PREFIX) {
        put_char(console, c);
        return;
    }
    g_string_append_c(held, c);
    switch (classify(held->str)) {
    case PREFIX_MAYBE:
        break;
    case PREFIX_NO:
        release_held(console);
        break;
    case PREFIX_XEN:
        set_domain(console, g_strdup(plain_prefix_owner(console)));
        take_prefix(console, strlen(XEN_PREFIX));
        break;
    case PREFIX_DOMAIN:
        set_domain(console, g_strndup(held->str + strlen(XEN_PREFIX),
                                      held->len - strlen(XEN_PREFIX) - strlen(": ")));
        take_prefix(console, held->len);
        break;
    }
}

void tb_console_feed(TbConsole *console, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] && bytes[i] != '\r') {
            g_string_append_c(console->all.text, bytes[i]);
            feed_char(console, bytes[i]);
        }
    }
}

bool tb_console_match(TbConsole *console, const char *domain, const char *text)
{
    Stream *stream = domain ? stream_of(console, domain) : &console->all;
    const char *found = strstr(stream->text->str + stream->from, text);

    if (!found) {
        return false;
    }
    stream->from = found - stream->text->str + strlen(text);
    return true;
}

const char *tb_console_seen(const TbConsole *console, char **texts)
{
    for (int i = 0; texts && texts[i]; i++) {
        if (strstr(console->all.text->str, texts[i])) {
            return texts[i];
        }
    }
    return NULL;
}

const char *tb_console_input(const TbConsole *console)
{
    return console->input;
}

char *tb_console_tail(const TbConsole *console, unsigned lines)
{
    const char *text = console->all.text->str, *at = text + console->all.text->len;

    if (at > text && at[-1] == '\n') {
        at--;
    }
    while (at > text) {
        if (at[-1] == '\n' && --lines == 0) {
            break;
        }
        at--;
    }
    return g_strdup(at);
}
