/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions in assembly language.
 */
#ifndef HYPTRACE_LIB_DISASM_H
#define HYPTRACE_LIB_DISASM_H

#include <glib.h>
#include "hyptrace/lib/event.h"

typedef struct HtDisasm HtDisasm;

/** ht_disasm_new: for ARMv7-A, A32 and T32.  Free with ht_disasm_free(). */
HtDisasm *ht_disasm_new(void);
void ht_disasm_free(HtDisasm *disasm);

/**
 * ht_disasm_text: the instruction that the entry recorded: "mrc p15, #0, r3, c0, c1, #7"; NULL if it
 * recorded none, "?" if Capstone does not know it.  Valid until the next call.
 */
const char *ht_disasm_text(HtDisasm *disasm, const struct ht_event *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtDisasm, ht_disasm_free)

#endif
