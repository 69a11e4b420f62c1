/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the files of stage 2.
 */
#ifndef VMM_CORE_STAGE2_INTERNAL_H
#define VMM_CORE_STAGE2_INTERNAL_H

#include "core/stage2.h"

/* Bytes that an entry of this level covers. */
uint64_t s2_level_bytes(unsigned level);

/* The table that a table entry refers to. */
pte_t *s2_next_table(unsigned level, pte_t pte);

/* The entry of a table for ipa. */
pte_t *s2_slot(pte_t *table, unsigned level, uint64_t ipa);

/* Stores new in place of what is there: a valid entry is made absent and flushed first, and the
 * table it referred to, with all below, is given back. */
void s2_replace(struct s2 *s2, pte_t *slot, unsigned level, pte_t new);

/* Puts an empty table at an absent entry; false without a page. */
bool s2_grow(struct s2 *s2, pte_t *slot, unsigned level);

/* Replaces a block by a table that maps the same; false, with nothing changed, without a page. */
bool s2_split(struct s2 *s2, pte_t *slot, unsigned level);

/* If the table at this table entry is empty, makes the entry absent; if it maps what one block can,
 * makes it that block. */
void s2_join(struct s2 *s2, pte_t *slot, unsigned level);

/* s2_join() for every table that maps a part of [ipa, end), bottom up. */
void s2_join_range(struct s2 *s2, uint64_t ipa, uint64_t end);

#endif
