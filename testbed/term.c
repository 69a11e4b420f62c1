/* SPDX-License-Identifier: BSD-2-Clause */
/* Progress lines and the live console on standard output. */
#include "testbed/term.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool in_line; /* the cursor stands behind console text, not at the start of a line */

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
    fflush(stdout);
}

/* Foreground colour of a domain: the board plain, Xen yellow, then green, cyan, magenta, blue. */
static const char *colour(const char *domain)
{
    static const char *const of_domain[] = { "32", "36", "35", "34" };

    if (!*domain) {
        return "0";
    }
    if (!g_str_has_prefix(domain, "DOM")) {
        return "33";
    }
    return of_domain[g_ascii_strtoull(domain + 3, NULL, 10) % G_N_ELEMENTS(of_domain)];
}

static void put_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_iscntrl(text[i]) || text[i] == '\n' || text[i] == '\t') {
            putchar(text[i]);
        }
    }
}

void tb_term_console(const char *domain, const char *text, size_t length)
{
    if (!length) {
        return;
    }
    if (is_terminal()) {
        printf("\033[%sm", colour(domain));
        fwrite(text, 1, length, stdout);
        fputs("\033[0m", stdout);
    } else {
        put_plain(text, length);
    }
    in_line = text[length - 1] != '\n';
    fflush(stdout);
}
