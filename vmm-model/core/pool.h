/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages for translation tables: one pool per VM, so that a guest which fragments its memory can
 * only use up its own.
 */
#ifndef VMM_CORE_POOL_H
#define VMM_CORE_POOL_H

#include <stdint.h>
#include "core/addr.h"

#define POOL_PAGE_BYTES 4096u

/* The free pages form a list through their first word. */
struct page_pool {
    struct free_page *free;
    unsigned free_count;
};

/* Gives the page_count pages at memory (4 KiB aligned, reachable through arch_phys_to_virt() and
 * back) to an empty pool.  The memory belongs to the pool from then on. */
void pool_init(struct page_pool *pool, void *memory, unsigned page_count);

/* Takes a page and fills it with zeroes; NULL if there is none. */
void *pool_take(struct page_pool *pool);

/* Gives back a page that pool_take() returned. */
void pool_give(struct page_pool *pool, void *page);

#endif
