/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which traps are recorded: filter expressions, the same as hyptrace's, and triggers, evaluated when
 * the trap is taken.
 */
#ifndef TARGET_ARM_HYPTRACE_SELECT_H
#define TARGET_ARM_HYPTRACE_SELECT_H

#include "hyptrace/lib/facts.h"

typedef struct HtCpu HtCpu;

/* An expression, and how often it must hold before it counts. */
typedef struct HtTrigger {
    char *text;         /* as the user gave it, or NULL: none */
    HtFilter *filter;
    uint64_t wait;      /* matches to let pass */
} HtTrigger;

/**
 * ht_trigger_set: takes "EXPRESSION", or with @counted also "N:EXPRESSION" for the N-th match; ""
 * for none.  Refused with the place marked by carets, and if the expression asks for what is not
 * known when a trap is taken; then @trigger is as before.
 */
bool ht_trigger_set(HtTrigger *trigger, const char *name, const char *text, bool counted,
                    Error **errp);

/* What the triggers say of an entry. */
typedef struct HtVerdict {
    bool selected;      /* by the filter */
    bool start, stop, dump;
} HtVerdict;

/**
 * ht_select_entry: evaluates the recorder's expressions for the entry that the CPU has just taken.
 * @id, @vector: as the event will have them.
 */
HtVerdict ht_select_entry(HtCpu *c, unsigned id, unsigned vector);

#endif
