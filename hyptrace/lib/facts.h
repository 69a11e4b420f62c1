/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known about one event, and its names in filter expressions.
 *
 *   field        of                      value
 *   seq cpu      all events
 *   time insns   all events              virtual time since its start; instructions of the CPU
 *   event        all events              name in the metadata: hyp_return, gic_ack, ...
 *   vm vcpu      events outside Hyp      name as print shows it ("vm1", "host"); affinity
 *   in_hyp gap   all events              flags: the CPU was in Hyp; events are missing before it
 *   pc mode      entries, returns        guest's (nested: Hyp's) address; usr, svc, ...
 *   thumb        entries, returns        flag
 *   symbol       entries, returns        function or label there, if symbols are given
 *   class        entries                 as print shows it: hvc, dabt-s2, irq, ...
 *   detail       entries                 text as summary shows it: ID_MMFR3, intid 27
 *   hsr ec       entries with HSR        ec also by name: dabt, hvc, cp15, wfx, ...
 *   imm          HVC, SVC                immediate
 *   write size   data aborts             flag; bytes if the syndrome is valid
 *   rt           MCR, MRC, data aborts   number of the register that is moved
 *   far          aborts                  HDFAR or HIFAR
 *   ipa device   stage-2 aborts          IPA; name of the device there
 *   depth nested vector insn   entries   nested: a flag; insn: the instruction
 *   intid        interrupts, GIC events  acknowledged, or of the list register
 *   dur away self      entries           time to the return; of the whole exit; without other VMs
 *   dur_insns away_insns   entries       the same in instructions, with icount
 *   r0 ... vttbr ... gich_lr3  all events  row of the register table, after the event
 */
#ifndef HYPTRACE_LIB_FACTS_H
#define HYPTRACE_LIB_FACTS_H

#include "hyptrace/lib/ahead.h"
#include "hyptrace/lib/filter.h"
#include "hyptrace/lib/map.h"
#include "hyptrace/lib/symbols.h"
#include "hyptrace/lib/vm_names.h"

/* Where words for numbers come from; each may be NULL. */
struct ht_names {
    const HtMap *map;
    HtVmNames *vms;
    HtSymbols *symbols;
};

struct ht_facts {
    const struct ht_event *event;
    bool in_hyp;              /* the CPU was in Hyp before and after the event */
    struct ht_where where;    /* whom it left, enters or runs; undefined if in_hyp */
    uint64_t lost;            /* events that the recorder lost just before, if event->gap */
    const struct ht_outcome *outcome; /* of an entry; NULL if it was not asked for */
    bool selected;            /* the walk's filter selects the event */
    const struct ht_names *names;
    char text[128];           /* for a filter's use */
};

/** ht_facts_language: the fields above, for ht_filter_new(); subjects are struct ht_facts. */
const struct ht_filter_language *ht_facts_language(void);

/** ht_facts_need_traps: the filter asks what becomes of a trap. */
bool ht_facts_need_traps(const HtFilter *filter);

/** ht_facts_need_exits: the filter asks what becomes of an exit. */
bool ht_facts_need_exits(const HtFilter *filter);

/** ht_facts_need_event: the filter asks for the kind of events. */
bool ht_facts_need_event(const HtFilter *filter);

/** ht_facts_symbol: the symbol at the event's pc, or NULL. */
const char *ht_facts_symbol(const struct ht_facts *facts, uint32_t *offset_bytes);

/** ht_facts_cause: why the entry was taken, with the INTID if the outcome has it. */
struct ht_cause ht_facts_cause(const struct ht_facts *facts);

#endif
