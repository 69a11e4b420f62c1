/* SPDX-License-Identifier: BSD-2-Clause */
/* Pages for translation tables. */
#include <stddef.h>
#include <string.h>
#include "core/pool.h"

struct free_page {
    struct free_page *next;
};

void pool_init(struct page_pool *pool, void *memory, unsigned page_count)
{
    pool->free = NULL;
    pool->free_count = 0;
    /* From the end, so that pages are taken in ascending order. */
    for (unsigned i = page_count; i > 0; i--) {
        pool_give(pool, (uint8_t *)memory + (i - 1) * POOL_PAGE_BYTES);
    }
}

void *pool_take(struct page_pool *pool)
{
    struct free_page *page = pool->free;

    if (page) {
        pool->free = page->next;
        pool->free_count--;
        memset(page, 0, POOL_PAGE_BYTES);
    }
    return page;
}

void pool_give(struct page_pool *pool, void *page)
{
    struct free_page *free = page;

    free->next = pool->free;
    pool->free = free;
    pool->free_count++;
}
