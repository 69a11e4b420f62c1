/* SPDX-License-Identifier: BSD-2-Clause */
/* Progress lines and the live console on standard output. */
#include "testbed/term.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PLAIN "0"

static bool in_line; /* the cursor stands behind console text, not at the start of a line */
static const char *shown_colour = PLAIN;

static bool is_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

static unsigned seconds_so_far(void)
{
    static gint64 began;

    if (!began) {
        began = g_get_monotonic_time();
    }
    return (g_get_monotonic_time() - began) / G_USEC_PER_SEC;
}

void tb_term_note(const char *format, ...)
{
    va_list arguments;

    if (in_line) {
        putchar('\n');
        in_line = false;
    }
    printf(is_terminal() ? "\033[1m[%4us] " : "[%4us] ", seconds_so_far());
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    fputs(is_terminal() ? "\033[0m\n" : "\n", stdout);
    shown_colour = PLAIN;
    fflush(stdout);
}

/* Foreground colour of a domain: the board plain, Xen yellow, then green, cyan, magenta, blue. */
static const char *colour(const char *domain)
{
    static const char *const of_domain[] = { "32", "36", "35", "34" };

    if (!*domain) {
        return PLAIN;
    }
    if (!g_str_has_prefix(domain, "DOM")) {
        return "33";
    }
    return of_domain[g_ascii_strtoull(domain + 3, NULL, 10) % G_N_ELEMENTS(of_domain)];
}

/* Lets a character through unless it belongs to a control sequence (ESC [ ... letter): a guest's
 * shell asks where the cursor is, and the answer of the user's terminal would go to nobody. */
static bool is_text(char c)
{
    static enum { TEXT, ESCAPE, SEQUENCE } state;

    switch (state) {
    case TEXT:
        state = c == '\033' ? ESCAPE : TEXT;
        return state == TEXT;
    case ESCAPE:
        state = c == '[' ? SEQUENCE : TEXT;
        return false;
    case SEQUENCE:
        state = c >= '@' && c <= '~' ? TEXT : SEQUENCE;
        return false;
    }
    return true;
}

static void put_char(char c)
{
    bool printable = !g_ascii_iscntrl(c) || c == '\n' || c == '\t';

    if (is_text(c) && (printable || (c == '\b' && is_terminal()))) {
        putchar(c);
        in_line = c != '\n';
    }
}

void tb_term_console(const char *domain, const char *text, size_t length)
{
    const char *wanted = colour(domain);

    if (is_terminal() && !g_str_equal(wanted, shown_colour)) {
        printf("\033[%sm", wanted);
        shown_colour = wanted;
    }
    for (size_t i = 0; i < length; i++) {
        put_char(text[i]);
    }
    fflush(stdout);
}
