/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Verdicts as TAP lines on the console, one per claim, and the groups that they belong to:
 *
 *   # group traps/HCR.TVM | B1.14 | writes of the virtual memory controls trap
 *   ok 1 - traps/HCR.TVM/write-SCTLR/pl1/arm
 *   not ok 2 - traps/HCR.TVM/write-TTBR0/pl1/arm # hyp ec=03 ...
 *   ok 3 - stage2/... # SKIP no such memory
 *   ok 4 - traps/HCR.TIDCP/... # IMPDEF UNDEFINED
 *
 * A claim that could not be asked is "not ok ... # ERROR reason".
 */
#ifndef PAYLOADS_LIB_TAP_H
#define PAYLOADS_LIB_TAP_H

#include <stdbool.h>
#include <stdint.h>

/* A line under construction; what does not fit is cut. */
struct text {
    char s[320];
    unsigned length;
};

void text_clear(struct text *text);
void text_add(struct text *text, const char *s);
void text_add_hex(struct text *text, uint32_t value);
void text_add_decimal(struct text *text, uint32_t value);
/** text_add_field: adds " @name=@value" with the value in hexadecimal. */
void text_add_field(struct text *text, const char *name, uint32_t value);

/** text_path: the parts up to NULL, separated by "/": the name of a claim. */
struct text text_path(const char *first, ...) __attribute__((sentinel));

/** tap_group: the claims that follow belong to @name; @section and @question go to the table. */
void tap_group(const char *name, const char *section, const char *question);

/** tap_claim: a verdict; @detail says what was seen and is printed if @ok is false. */
void tap_claim(bool ok, const char *name, const char *detail);

/** tap_impdef: holds, in the one of several permitted ways that @outcome names in a word. */
void tap_impdef(const char *name, const char *outcome);

void tap_skip(const char *name, const char *reason);

/** tap_end: prints the plan and powers the machine off. */
__attribute__((noreturn)) void tap_end(void);

/** tap_bail_out: the payload itself cannot go on. */
__attribute__((noreturn)) void tap_bail_out(const char *reason, uint32_t a, uint32_t b);

#endif
