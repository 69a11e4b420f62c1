/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The forms in which `hyptrace print` shows an event.
 */
#ifndef HYPTRACE_CLI_PRINT_H
#define HYPTRACE_CLI_PRINT_H

#include "hyptrace/lib/hyptrace.h"

/* An event and what the ones before and after it tell. */
struct view {
    const HtTrace *trace;
    const struct ht_facts *facts;
    HtDisasm *disasm;         /* show instructions in assembly language, or NULL */
    bool all_registers;       /* show changes of hypervisor-private registers, and all of them */
};

/* Appends one line. */
typedef void print_form(GString *out, const struct view *view);

/* Events. */
print_form print_text, print_json, print_raw;
void print_text_head(GString *out);

/* Traps, each with its return; what belongs to no trap as print_text() has it, but for a blank column. */
print_form print_trap, print_trap_json;
void print_trap_head(GString *out);

/** print_console_begin: of a line of the guest's console, what comes before its text. */
void print_console_begin(GString *out, const struct view *view);

/** print_console_byte: a byte of the text as a terminal may show it; none for CR and LF. */
void print_console_byte(GString *out, uint8_t byte);


#endif
