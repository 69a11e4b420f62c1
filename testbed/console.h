/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of a serial console, told apart by domain, and matching against it.
 * Under Xen several domains share the line: "(XEN) DOM1: text" is domain 1's; "(XEN) text" is
 * Xen's, or that of the guest that has the input, if one has it; anything else is dom0's (the
 * board's before Xen runs). */
#ifndef TESTBED_CONSOLE_H
#define TESTBED_CONSOLE_H

#include <stdbool.h>

#include <glib.h>

typedef struct TbConsole TbConsole;

/* Called with each piece of text as soon as its domain is known; prefixes are included. */
typedef void (*TbConsoleShow)(void *data, const char *domain, const char *text, size_t length);

TbConsole *tb_console_new(TbConsoleShow show, void *data);
void tb_console_free(TbConsole *console);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbConsole, tb_console_free)

/* Takes bytes as they arrive; carriage returns and NULs are dropped. */
void tb_console_feed(TbConsole *console, const char *bytes, size_t length);

/* Looks for @text behind the last match in the text of @domain (NULL: all text as it came, with
 * prefixes).  True if it is there; then the search goes on behind it. */
bool tb_console_match(TbConsole *console, const char *domain, const char *text);

/* The first of @texts (NULL-terminated, may be NULL) that has appeared anywhere, or NULL. */
const char *tb_console_seen(const TbConsole *console, char **texts);

/* Domain that has the console input: "" before Xen says it, then "DOM0", "DOM1", ..., "Xen". */
const char *tb_console_input(const TbConsole *console);

/* The last @lines lines of all text.  Free with g_free(). */
char *tb_console_tail(const TbConsole *console, unsigned lines);

#endif
