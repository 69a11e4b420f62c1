/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builds traps and exits out of events.
 *
 * A trap is one entry to Hyp and what follows until Hyp is left.  An exit is what people count:
 * from an entry out of VM v and vCPU c to the next return into the same v and c, with every
 * stretch of the host or of other VMs between, on whatever CPU it ends.  The host has traps and
 * no exits.
 */
#ifndef HYPTRACE_LIB_EXITS_H
#define HYPTRACE_LIB_EXITS_H

#include "hyptrace/lib/cause.h"
#include "hyptrace/lib/event.h"
#include "hyptrace/lib/vms.h"

/* vCPUs that are told apart; the exits of later ones are not built. */
#define HT_VCPUS_MAX 4096

/* A stretch of time in both clocks. */
struct ht_span {
    uint64_t ns;    /* virtual time */
    uint64_t insns; /* instructions of the CPU; 0 without icount */
};

/* An entry to Hyp and its return. */
struct ht_trap {
    struct ht_cause cause;  /* with the INTID, if it was acknowledged before the next entry */
    struct ht_where from;   /* who was left; undefined if nested */
    uint8_t cpu;
    uint8_t depth;          /* 0, or how deep it is nested */
    bool returned;          /* hyp is valid: the return was seen */
    bool marked;            /* as its entry was */
    struct ht_span hyp;     /* entry to the next return; of a nested one, to its nested return */
    uint64_t seq;           /* of the entry, as the rest */
    uint64_t time_ns;
    uint64_t insns;
    uint32_t pc;            /* ELR_hyp */
    uint32_t psr;           /* SPSR_hyp */
};

/* A whole exit. */
struct ht_exit {
    struct ht_trap trap;    /* the entry that began it; hyp is the time to its first return */
    uint8_t cpu_end;        /* where the vCPU went on */
    bool migrated;          /* that is another CPU: spans have no instructions */
    uint64_t seq_end;
    struct ht_span away;    /* whole exit */
    struct ht_span self;    /* away without what its first CPU spent in other VMs */
};

/* Who wants to know.  Both are called during ht_exits_push() and ht_exits_finish(). */
struct ht_exits_sink {
    void (*trap)(void *opaque, const struct ht_trap *trap);
    void (*exit)(void *opaque, const struct ht_exit *exit);
    void *opaque;
};

typedef struct HtExits HtExits;

/** ht_exits_new: vms numbers the VMs and must outlive the builder. */
HtExits *ht_exits_new(HtVms *vms, const struct ht_exits_sink *sink);
void ht_exits_free(HtExits *exits);

/**
 * ht_exits_push: takes the next event of a reader.
 *
 * A trap is reported at its return, an interrupt's only when it has been acknowledged or at the
 * CPU's next entry; an exit when it ends.  What events are missing makes uncertain is not
 * reported as an exit, and as a trap that did not return.
 */
void ht_exits_push(HtExits *exits, const struct ht_event *event);

/** ht_exits_push_marked: the same; the trap that an entry begins, and its exit, carry mark. */
void ht_exits_push_marked(HtExits *exits, const struct ht_event *event, bool mark);

/** ht_exits_finish: reports the traps that are still open.  Exits that did not end are not. */
void ht_exits_finish(HtExits *exits);

/** ht_exits_open: how many exits have not ended. */
unsigned ht_exits_open(const HtExits *exits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtExits, ht_exits_free)

#endif
