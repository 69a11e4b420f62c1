/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which event class an entry to Hyp has: the one whose fields the architecture defines for it.
 */
#ifndef HYPTRACE_FORMAT_ENTRY_CLASS_H
#define HYPTRACE_FORMAT_ENTRY_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "hyptrace/format/layout.h"

/* What the CPU took, before it was routed to Hyp. */
enum ht_exception {
    HT_EXCEPTION_SYNC,  /* undefined, SVC, HVC, SMC, any trapped instruction, BKPT */
    HT_EXCEPTION_IABT,
    HT_EXCEPTION_DABT,
    HT_EXCEPTION_IRQ,
    HT_EXCEPTION_FIQ,
};

/**
 * ht_entry_class: the event id of an entry.
 * @hsr: HSR after the entry; ignored for IRQ and FIQ.
 * @stage2_on: HCR.VM is 1 and the exception was not taken from Hyp.
 * See DDI 0406C B3.13.2 to B3.13.4 (fault address registers).
 */
enum ht_event_id ht_entry_class(enum ht_exception exception, uint32_t hsr, bool stage2_on);

#endif
