/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One event of a trace, decoded.
 */
#ifndef HYPTRACE_LIB_EVENT_H
#define HYPTRACE_LIB_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include "hyptrace/format/layout.h"
#include "hyptrace/format/regs.h"

/*
 * An event.  Which fields mean something depends on id; the others hold what an earlier event
 * left in them.  Lives until the next event is read.
 */
struct ht_event {
    /* every event */
    uint64_t seq;            /* machine-wide order, without gaps but for lost events */
    uint64_t time_ns;        /* QEMU_CLOCK_VIRTUAL */
    uint64_t insns;          /* executed by this CPU so far; 0 without icount */
    uint64_t offset_bytes;   /* where the event begins in its stream file */
    const uint32_t *regs;    /* HT_REG_COUNT rows of the CPU, after this event */
    const uint8_t *delta;    /* changed registers as on disk, or NULL: ht_event_changes() */
    uint16_t delta_bytes;
    bool delta_coded;        /* it begins with the coded registers */
    bool delta_lists;        /* whose values are in three lists: version 1 of the format */
    uint8_t id;              /* enum ht_event_id */
    uint8_t cpu;
    bool gap;                /* events of this CPU are missing just before */

    /* entries */
    uint8_t vector;          /* vector offset / 4 */
    uint8_t insn_halfwords;  /* 0: no instruction recorded */
    uint8_t depth;           /* of entries and snapshots; 0: from outside Hyp */
    uint32_t insn;           /* A32 word, T16 halfword, or T32 with its first halfword on top */
    uint32_t hsr;            /* not of IRQ and FIQ */
    uint32_t far;            /* HDFAR or HIFAR by class */
    uint32_t hpfar;          /* of the _s2 classes */

    /* entries: ELR_hyp and SPSR_hyp; returns and activations: PC and CPSR */
    uint32_t pc;
    uint32_t psr;

    /* the rest */
    uint8_t kind;            /* activation: enum ht_activation_kind */
    uint8_t in_hyp;          /* snapshot: the CPU is in Hyp */
    uint8_t lr;              /* gich_lr: number of the list register */
    uint8_t op;              /* tlb, cache, ats: maintenance.h */
    uint8_t row;             /* write, write64: of the register table */
    uint8_t wake;            /* wake: HT_WAKE_* */
    uint8_t option;          /* mark: n of DBG #n */
    uint8_t port;            /* console: number of the UART */
    uint8_t byte;            /* console: what was sent */
    uint32_t value;          /* gic_*, gicv_*, gich_lr, write, write64: what was read or written;
                                tlb, ats: the operand; cache: the first one */
    uint32_t value_hi;       /* write64: the upper half */
    uint32_t last;           /* cache: the last operand of the run */
    uint32_t count;          /* cache: operations of the run */
};

/* A field of the payload of an event without a delta. */
struct ht_event_field {
    const char *name;        /* in the metadata */
    uint16_t at;             /* offset in struct ht_event */
    uint8_t size;            /* 1 or 4 bytes */
    uint8_t shift, bits;     /* a bit field of it; 0 bits: all of it */
    const char *(*word)(unsigned value); /* names its values, or NULL */
};

#define HT_EVENT_FIELDS_MAX 5

/**
 * ht_event_fields: the fields of such an event in the order of the payload, ended by one without a
 * name; NULL for entries, returns, activations and snapshots.
 */
const struct ht_event_field *ht_event_fields(unsigned id);

/** ht_event_field_value: what a field of the event holds. */
uint32_t ht_event_field_value(const struct ht_event *event, const struct ht_event_field *field);

/* A register that an event changed. */
struct ht_change {
    uint8_t row;    /* of the register table */
    uint32_t value; /* new value */
};

/* Rows that one event can change at most: the coded ones and 255 others. */
#define HT_CHANGES_MAX (HT_CORE_COUNT + 255)

/** ht_event_is_entry: true for an exception taken to Hyp, nested or not. */
static inline bool ht_event_is_entry(const struct ht_event *event)
{
    return event->id >= HT_EV_ENTRY_SYNC && event->id <= HT_EV_ENTRY_SERROR;
}

/** ht_event_has_hsr: true for an entry whose class defines HSR. */
static inline bool ht_event_has_hsr(const struct ht_event *event)
{
    return ht_event_is_entry(event) && event->id != HT_EV_ENTRY_IRQ &&
           event->id != HT_EV_ENTRY_FIQ;
}

/** ht_event_is_stage2: true for an entry with HPFAR. */
static inline bool ht_event_is_stage2(const struct ht_event *event)
{
    return event->id == HT_EV_ENTRY_DABT_S2 || event->id == HT_EV_ENTRY_IABT_S2;
}

/** ht_event_name: the event's name in the trace's metadata, or NULL for a reserved id. */
const char *ht_event_name(unsigned id);

/**
 * ht_event_changes: lists the registers in the event's delta (or snapshot), those that its own
 * fields set (ELR_hyp, HSR, ...) excluded.
 *
 * Writes up to HT_CHANGES_MAX entries to changes, in the order of the trace, and returns
 * their number.  Valid until the next event is read; needs a reader with HT_READ_CORE if the
 * trace has coded registers.
 */
unsigned ht_event_changes(const struct ht_event *event, struct ht_change *changes);

#endif
