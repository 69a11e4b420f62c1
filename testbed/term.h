/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user sees: progress lines between the live console. */
#ifndef TESTBED_TERM_H
#define TESTBED_TERM_H

#include <stddef.h>

#include <glib.h>

/* Prints a progress line "[  12s] TEXT": seconds since the program began, on a line of its own. */
void tb_term_note(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Shows console output of @domain ("" for the board itself); each domain has a colour on a
 * terminal.  Control sequences and control characters are left out. */
void tb_term_console(const char *domain, const char *text, size_t length);

#endif
