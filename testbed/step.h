/* SPDX-License-Identifier: BSD-2-Clause */
/* One step of a scenario: something to wait for or something to type. */
#ifndef TESTBED_STEP_H
#define TESTBED_STEP_H

#include <stdbool.h>

#include <glib.h>

typedef enum {
    TB_STEP_EXPECT,   /* wait until the text appears on the console */
    TB_STEP_TYPE,     /* write the text to the console */
    TB_STEP_PRESS,    /* press and release keys of the board's keyboard */
    TB_STEP_INPUT,    /* under Xen: give the console input to a domain */
    TB_STEP_POWEROFF, /* wait until the guest has powered the board off */
    TB_STEP_RESET,    /* wait until the guest has reset the board */
    TB_STEP_QUIT,     /* end the machine from outside: the run has succeeded */
} TbStepKind;

typedef struct TbStep {
    TbStepKind kind;
    double seconds; /* time limit; 0 where none applies */
    char *domain;   /* "DOM0", "DOM1", "Xen": look at or give input to this one; NULL: all text */
    char *text;     /* unescaped; NULL where none applies */
    char *source;   /* as written, for messages */
    int line;       /* in the scenario file */
} TbStep;

/* Parses "expect[@DOMAIN] SECONDS TEXT", "send TEXT" (Enter is added), "type TEXT",
 * "press KEY..." (QEMU's key names: a, 1, ret, shift-a), "input DOMAIN SECONDS", "poweroff SECONDS", "reset SECONDS" or "quit".
 * TEXT knows \n \r \t \\ \xHH; blanks at its ends do not count.
 * NULL with TB_ERROR_USAGE (a message without file and line) if it is anything else. */
TbStep *tb_step_parse(const char *text, GError **error);
void tb_step_free(TbStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TbStep, tb_step_free)

/* Replaces the escapes of TEXT.  NULL with TB_ERROR_USAGE on an unknown one or \x00. */
char *tb_unescape(const char *text, GError **error);

#endif
