/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage-2 translation: from intermediate physical addresses to physical ones.  DDI 0406C B3.6.
 *
 * Levels are numbered as in the Arm ARM: the tables begin at level 1 (two concatenated pages, 1024
 * entries of 1 GiB each: 40-bit IPA, VTCR.SL0 = 1, T0SZ = -8, B3.6.5), level 2 maps 2 MiB blocks,
 * level 3 pages of 4 KiB.  An entry is absent, a table, or a leaf (block or page).  How it looks in
 * memory is the architecture's business (arch/arch.h): nothing here knows a descriptor's bits.
 *
 * All functions want the VM's lock held; vCPUs of the VM may be running meanwhile on other CPUs.
 * A valid entry that changes its output address, its size or its kind is first made absent and
 * removed from the TLBs (break before make, B3.10.1), so a running vCPU can fault in between: the
 * abort handler must look the address up again before it believes the fault.
 */
#ifndef VMM_CORE_STAGE2_H
#define VMM_CORE_STAGE2_H

#include <stdbool.h>
#include <stdint.h>
#include "core/addr.h"
#include "core/pool.h"
#include "core/status.h"

typedef uint64_t pte_t;

#define S2_LEVEL_FIRST 1
#define S2_LEVEL_LAST  3
#define S2_PAGE_BYTES  4096ull
#define S2_IPA_BITS    40
#define S2_ROOT_PAGES  2

/* Attributes of a leaf, or-ed together.  DDI 0406C B3.6.2. */
enum s2_attrs {
    S2_R = 1 << 0,        /* readable */
    S2_W = 1 << 1,        /* writable */
    S2_X = 1 << 2,        /* executable (XN clear) */
    S2_DEVICE = 1 << 3,   /* Device memory; else Normal, Inner and Outer Write-Back */
    S2_LOGGED = 1 << 4,   /* software: written pages are recorded; not writable until written */
    S2_RWX = S2_R | S2_W | S2_X,
};

enum pte_kind {
    PTE_ABSENT,
    PTE_TABLE,
    PTE_LEAF,
};

struct s2 {
    pte_t *root;             /* S2_ROOT_PAGES pages */
    struct page_pool *pool;
    unsigned vmid;           /* as arch_s2_flush() needs it; kept by the owner */
    /* Dirty log: a bit for each page from log_base on, of log_page_count; NULL: off. */
    uint32_t *log;
    ipaddr_t log_base;
    uint64_t log_page_count;
};

/* What an address is mapped to. */
struct s2_leaf {
    paddr_t pa;              /* of the byte asked for */
    unsigned level;          /* of the leaf, 1 to 3 */
    unsigned attrs;          /* enum s2_attrs */
};

/* Begins with nothing mapped.  root: S2_ROOT_PAGES zeroed pages aligned to their size; tables come
 * from pool.  Both are lent until s2_finish(). */
void s2_init(struct s2 *s2, pte_t *root, struct page_pool *pool);

/* Unmaps everything and gives all tables but the root back to the pool. */
void s2_finish(struct s2 *s2);

/*
 * Maps [ipa, ipa + size_bytes) to pa with attrs (at least one of S2_R, S2_W, S2_X), in blocks as
 * large as alignment allows; neighbours that become one block are joined.  All 4 KiB aligned,
 * size_bytes > 0.
 * Needs no TLB maintenance by itself: absent entries are not cached (B3.10.1).
 * Returns 0; VMM_EINVAL: alignment, size, or beyond 40 bits; VMM_EEXIST: some byte is mapped
 * already; VMM_ENOMEM: no page for a table.  Nothing has changed then.
 */
int s2_map(struct s2 *s2, ipaddr_t ipa, paddr_t pa, uint64_t size_bytes, unsigned attrs);

/*
 * Unmaps what is mapped in [ipa, ipa + size_bytes), and returns when no CPU can use it any more.
 * Blocks that stick out are split; tables that become empty are given back.
 * Returns 0; VMM_EINVAL as s2_map(); VMM_ENOMEM: a block could not be split, nothing has changed.
 */
int s2_unmap(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes);

/*
 * Replaces the attributes of what is mapped in [ipa, ipa + size_bytes); the rest stays absent.
 * Returns, when no CPU uses the old ones any more, as s2_unmap().
 */
int s2_protect(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes, unsigned attrs);

/* True, and *leaf filled, if ipa is mapped. */
bool s2_lookup(const struct s2 *s2, ipaddr_t ipa, struct s2_leaf *leaf);

/*
 * Begins to record in bitmap which pages of [ipa, ipa + 4096 * page_count) are written: makes
 * writable ones read-only, in pages of 4 KiB.  bitmap: page_count bits, cleared here, lent until
 * s2_log_stop().  Returns as s2_protect(), or VMM_EBUSY if a log is running.
 */
int s2_log_start(struct s2 *s2, ipaddr_t ipa, uint64_t page_count, uint32_t *bitmap);

/* For a permission fault of a write: true if ipa was read-only because of the log alone.  It is
 * recorded and writable then, and the guest may try again. */
bool s2_log_fault(struct s2 *s2, ipaddr_t ipa);

/* Copies the log into bitmap and clears it; what is written from now on is recorded anew. */
int s2_log_fetch(struct s2 *s2, uint32_t *bitmap);

/* Ends the log; all logged pages are writable again, joined to blocks where they can. */
void s2_log_stop(struct s2 *s2);

#endif
