/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage-2 tables: mapping, unmapping, changing attributes, looking up.  Splitting and joining of
 * blocks are in stage2_shape.c.
 */
#include <stddef.h>
#include "core/stage2.h"
#include "core/stage2_internal.h"
#include "arch/arch.h"

/* log2 of the bytes that an entry covers: shifts, because the A15 divides no 64-bit numbers, and a
 * fault is looked up at every device access. */
static unsigned level_shift(unsigned level)
{
    return 12 + 9 * (S2_LEVEL_LAST - level);
}

uint64_t s2_level_bytes(unsigned level)
{
    return 1ull << level_shift(level);
}

pte_t *s2_next_table(unsigned level, pte_t pte)
{
    return arch_phys_to_virt(arch_pte_pa(level, pte));
}

pte_t *s2_slot(pte_t *table, unsigned level, uint64_t ipa)
{
    unsigned entries = level == S2_LEVEL_FIRST ? 512 * S2_ROOT_PAGES : 512;

    return &table[(ipa >> level_shift(level)) & (entries - 1)];
}

static bool range_ok(ipaddr_t ipa, uint64_t size_bytes)
{
    return is_aligned(ipa.value | size_bytes, S2_PAGE_BYTES) && size_bytes != 0 &&
           ipa.value < 1ull << S2_IPA_BITS && size_bytes <= (1ull << S2_IPA_BITS) - ipa.value;
}

void s2_init(struct s2 *s2, pte_t *root, struct page_pool *pool)
{
    *s2 = (struct s2) {.root = root, .pool = pool};
}

void s2_finish(struct s2 *s2)
{
    if (s2->root) {
        s2_unmap(s2, ipa_init(0), 1ull << S2_IPA_BITS);
        s2->root = NULL;
    }
}

bool s2_lookup(const struct s2 *s2, ipaddr_t ipa, struct s2_leaf *leaf)
{
    pte_t *table = s2->root;

    if (ipa.value >> S2_IPA_BITS) {
        return false;
    }
    for (unsigned level = S2_LEVEL_FIRST; level <= S2_LEVEL_LAST; level++) {
        pte_t pte = *s2_slot(table, level, ipa.value);

        switch (arch_pte_kind(level, pte)) {
        case PTE_ABSENT:
            return false;
        case PTE_TABLE:
            table = s2_next_table(level, pte);
            break;
        case PTE_LEAF:
            leaf->pa = pa_add(arch_pte_pa(level, pte), ipa.value & (s2_level_bytes(level) - 1));
            leaf->level = level;
            leaf->attrs = arch_pte_attrs(level, pte);
            return true;
        }
    }
    return false;
}

/* The walks below go through [ipa, end) of one table: the part of it that one entry covers ends
 * here. */
static uint64_t entry_end(unsigned level, uint64_t ipa, uint64_t end)
{
    uint64_t next = (ipa | (s2_level_bytes(level) - 1)) + 1;

    return next < end ? next : end;
}

static bool range_is_absent(pte_t *table, unsigned level, uint64_t ipa, uint64_t end)
{
    for (; ipa < end; ipa = entry_end(level, ipa, end)) {
        pte_t pte = *s2_slot(table, level, ipa);
        enum pte_kind kind = arch_pte_kind(level, pte);

        if (kind == PTE_LEAF ||
            (kind == PTE_TABLE && !range_is_absent(s2_next_table(level, pte), level + 1, ipa,
                                                   entry_end(level, ipa, end)))) {
            return false;
        }
    }
    return true;
}

static int map_entry(struct s2 *s2, pte_t *slot, unsigned level, uint64_t ipa, uint64_t end,
                     paddr_t pa, unsigned attrs);

static int map_range(struct s2 *s2, pte_t *table, unsigned level, uint64_t ipa, uint64_t end,
                     paddr_t pa, unsigned attrs)
{
    while (ipa < end) {
        uint64_t next = entry_end(level, ipa, end);
        int status = map_entry(s2, s2_slot(table, level, ipa), level, ipa, next, pa, attrs);

        if (status < 0) {
            return status;
        }
        pa = pa_add(pa, next - ipa);
        ipa = next;
    }
    return VMM_OK;
}

/* Maps [ipa, end), which one entry covers and in which nothing is mapped. */
static int map_entry(struct s2 *s2, pte_t *slot, unsigned level, uint64_t ipa, uint64_t end,
                     paddr_t pa, unsigned attrs)
{
    uint64_t bytes = s2_level_bytes(level);

    if (end - ipa == bytes && is_aligned(pa.value, bytes)) {
        s2_replace(s2, slot, level, arch_pte_leaf(level, pa, attrs));
        return VMM_OK;
    }
    if (arch_pte_kind(level, *slot) == PTE_ABSENT && !s2_grow(s2, slot, level)) {
        return VMM_ENOMEM;
    }
    return map_range(s2, s2_next_table(level, *slot), level + 1, ipa, end, pa, attrs);
}

int s2_map(struct s2 *s2, ipaddr_t ipa, paddr_t pa, uint64_t size_bytes, unsigned attrs)
{
    uint64_t end = ipa.value + size_bytes;
    int status;

    if (!range_ok(ipa, size_bytes) || !is_aligned(pa.value, S2_PAGE_BYTES) || !(attrs & S2_RWX) ||
        pa.value >> S2_IPA_BITS) {
        return VMM_EINVAL;
    }
    if (!range_is_absent(s2->root, S2_LEVEL_FIRST, ipa.value, end)) {
        return VMM_EEXIST;
    }
    status = map_range(s2, s2->root, S2_LEVEL_FIRST, ipa.value, end, pa, attrs);
    if (status < 0) {
        /* Nothing of it was mapped before and nothing is joined yet, so nothing is to split. */
        s2_unmap(s2, ipa, size_bytes);
    } else {
        s2_join_range(s2, ipa.value, end);
    }
    return status;
}

/* Splits the blocks that contain ipa without beginning there, down to the pages of the boundary. */
static int split_at(struct s2 *s2, uint64_t ipa)
{
    pte_t *table = s2->root;

    for (unsigned level = S2_LEVEL_FIRST; level < S2_LEVEL_LAST; level++) {
        pte_t *slot;

        if (is_aligned(ipa, s2_level_bytes(level)) || ipa >> S2_IPA_BITS) {
            return VMM_OK;
        }
        slot = s2_slot(table, level, ipa);
        switch (arch_pte_kind(level, *slot)) {
        case PTE_ABSENT:
            return VMM_OK;
        case PTE_LEAF:
            if (!s2_split(s2, slot, level)) {
                return VMM_ENOMEM;
            }
            break;
        case PTE_TABLE:
            break;
        }
        table = s2_next_table(level, *slot);
    }
    return VMM_OK;
}

/* Makes sure that no block crosses the ends of the range; undoes a first split that is in vain. */
static int split_ends(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes)
{
    int status = split_at(s2, ipa.value);

    if (status == VMM_OK) {
        status = split_at(s2, ipa.value + size_bytes);
    }
    if (status < 0) {
        s2_join_range(s2, ipa.value, ipa.value + size_bytes);
    }
    return status;
}

/* Gives [ipa, end) of a table the attributes attrs, or makes it absent if they are 0. */
static void change_range(struct s2 *s2, pte_t *table, unsigned level, uint64_t ipa, uint64_t end,
                         unsigned attrs)
{
    for (; ipa < end; ipa = entry_end(level, ipa, end)) {
        pte_t *slot = s2_slot(table, level, ipa);
        pte_t new = 0;

        switch (arch_pte_kind(level, *slot)) {
        case PTE_ABSENT:
            break;
        case PTE_TABLE:
            change_range(s2, s2_next_table(level, *slot), level + 1, ipa,
                         entry_end(level, ipa, end), attrs);
            break;
        case PTE_LEAF:
            if (attrs) {
                new = arch_pte_leaf(level, arch_pte_pa(level, *slot), attrs);
            }
            arch_pte_store(slot, new);
            break;
        }
    }
}

static int change(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes, unsigned attrs)
{
    int status;

    if (!range_ok(ipa, size_bytes)) {
        return VMM_EINVAL;
    }
    status = split_ends(s2, ipa, size_bytes);
    if (status < 0) {
        return status;
    }
    /* Making entries absent, and changing only their permissions, needs no break: one flush after
     * all stores is enough.  Tables are freed by s2_join_range(), behind that flush. */
    change_range(s2, s2->root, S2_LEVEL_FIRST, ipa.value, ipa.value + size_bytes, attrs);
    arch_s2_flush(s2);
    s2_join_range(s2, ipa.value, ipa.value + size_bytes);
    return VMM_OK;
}

int s2_unmap(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes)
{
    return change(s2, ipa, size_bytes, 0);
}

int s2_protect(struct s2 *s2, ipaddr_t ipa, uint64_t size_bytes, unsigned attrs)
{
    return (attrs & S2_RWX) ? change(s2, ipa, size_bytes, attrs) : VMM_EINVAL;
}
