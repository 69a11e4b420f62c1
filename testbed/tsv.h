/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables as text: a row a line, fields separated by tabs, '#' begins a comment line. */
#ifndef TESTBED_TSV_H
#define TESTBED_TSV_H

#include <stdbool.h>

#include <glib.h>

/* Gets the @count fields of the row in @line of the file; returns false with @error set to refuse it. */
typedef bool (*TbTsvRow)(char **fields, int line, void *data, GError **error);

/* Calls @row for every row of @path.  False with TB_ERROR_USAGE "file:line: not COUNT fields (@names)",
 * with what @row said after "file:line: ", or with a file error. */
bool tb_tsv_read(const char *path, unsigned count, const char *names, TbTsvRow row, void *data,
                 GError **error);

#endif
