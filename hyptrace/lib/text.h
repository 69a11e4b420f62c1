/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events in words.
 */
#ifndef HYPTRACE_LIB_TEXT_H
#define HYPTRACE_LIB_TEXT_H

#include <glib.h>
#include "hyptrace/lib/cause.h"
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/facts.h"
#include "hyptrace/lib/vms.h"

/** ht_text_hex: appends value with 0x and at least digits digits (1 to 16). */
void ht_text_hex(GString *out, uint64_t value, unsigned digits);

/** ht_text_dec: appends value, right-aligned in width columns (0: as it comes). */
void ht_text_dec(GString *out, uint64_t value, unsigned width);

/** ht_text_pad: appends blanks until the text from start on has width columns. */
void ht_text_pad(GString *out, size_t start, unsigned width);

/** ht_text_where: appends "host/0", "vm1/0": the VM and the vCPU's affinity. */
void ht_text_where(GString *out, struct ht_where where);

/**
 * ht_text_cause: appends what an entry with HSR did, without its class: "read ID_MMFR3 -> r3",
 * "write 0x12c20020 uart2+0x20 <- r2, 1 B".  Nothing if the class says all, and for interrupts.
 */
void ht_text_cause(GString *out, const struct ht_event *event, const HtMap *map);

/**
 * ht_text_outcome: appends what the hypervisor did with the trap, as its return's changes tell:
 * "r3=0x2102211, skipped", "takes undefined", "injects 27", "runs vm2/0".  Nothing if it was an
 * interrupt and nobody can see a change.  The facts' outcome has an answer.
 */
void ht_text_outcome(GString *out, const struct ht_facts *facts);

/** ht_text_list_register: appends the fields of a GICH_LR value, IHI 0048B 5.3.13. */
void ht_text_list_register(GString *out, uint32_t value);

#endif
