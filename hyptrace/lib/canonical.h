/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The canonical form of exits: when two exits, of one trace or of two, are the same.
 *
 * Two exits ask the same if VM, vCPU, class, syndrome, device register or IPA, and for synchronous
 * ones the guest's place (symbol and offset where there are symbols, else the address) and mode are
 * the same.  They are the same if the answers are too: guest-visible registers that changed
 * (kind "guest" of the register table), where the guest went on, and the INTIDs that were made
 * pending in list registers just before.  Not compared: times and registers that hold times, CPUs,
 * anything of the hypervisor (its registers and addresses, VTTBR, VMID), the level of stage-2
 * faults (it follows from the size of the hypervisor's mappings), and the place of interrupts.
 */
#ifndef HYPTRACE_LIB_CANONICAL_H
#define HYPTRACE_LIB_CANONICAL_H

#include "hyptrace/lib/exits.h"
#include "hyptrace/lib/facts.h"

/* An exit, or one that had not ended when the trace did. */
struct ht_canonical {
    uint64_t question;       /* hash of what was asked: VM, vCPU, class, detail, place */
    uint64_t answer;         /* hash of outputs, way on and injections */
    uint64_t seq, seq_end;   /* of the entry, and of the return */
    uint64_t time_ns;        /* of the entry */
    uint32_t pc, psr;        /* of the guest at the entry */
    uint32_t pc_end, psr_end;
    uint32_t hsr, far, hpfar; /* as in struct ht_event */
    uint32_t intid;          /* of interrupts, or HT_INTID_UNKNOWN */
    uint32_t first_output;   /* in HtCanonicals.outputs */
    uint8_t output_count;
    uint8_t injected_count;  /* in .outputs after those: INTIDs as value, ascending */
    uint8_t id;              /* enum ht_event_id */
    bool ended;
};

/* The exits of one vCPU in their order. */
struct ht_canonical_vcpu {
    struct ht_where where;
    GArray *exits;           /* struct ht_canonical */
};

typedef struct HtCanonicals {
    GPtrArray *vcpus;        /* struct ht_canonical_vcpu, by VM and vCPU */
    GArray *outputs;         /* struct ht_change: row and new value */
    uint64_t count;          /* exits of all vCPUs */
    uint64_t lost;           /* events that the recorder lost */
    unsigned vm_count;
    const HtTrace *trace;
} HtCanonicals;

struct ht_canonical_options {
    bool no_outputs;         /* leave registers out of the answers */
    bool no_interrupts;      /* leave out exits by interrupts, injections, and timers' controls */
};

/**
 * ht_canonicals_new: reads the whole trace and keeps its exits, 80 bytes each and 8 for an output.
 *
 * filter selects exits by their entries, or NULL.  Never NULL: what could be read is there, *error
 * says what could not (ht_reader_next()).  Free with ht_canonicals_free(); trace must live longer.
 */
HtCanonicals *ht_canonicals_new(const HtTrace *trace, const HtFilter *filter,
                                const struct ht_names *names,
                                const struct ht_canonical_options *options, GError **error);
void ht_canonicals_free(HtCanonicals *exits);

/**
 * ht_exit_canonical: appends the canonical form of an exit in words, VM and vCPU left out:
 * "cp15 read ID_MMFR3 -> r3 at 0xc0008120 svc: r3=0x2102211, on at +4".
 */
void ht_exit_canonical(GString *out, const HtCanonicals *exits, struct ht_where where,
                       const struct ht_canonical *exit, const struct ht_names *names);

/** ht_canonical_answer: appends what comes after the colon. */
void ht_canonical_answer(GString *out, const HtCanonicals *exits,
                         const struct ht_canonical *exit);

/** ht_canonical_cause: why, with the INTID. */
struct ht_cause ht_canonical_cause(const struct ht_canonical *exit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtCanonicals, ht_canonicals_free)

#endif
