/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shape of the stage-2 tables: growing, splitting blocks, joining them, replacing entries.
 */
#include "core/stage2_internal.h"
#include "arch/arch.h"

#define ENTRIES 512

static void free_tables(struct s2 *s2, unsigned level, pte_t pte)
{
    pte_t *table;

    if (arch_pte_kind(level, pte) != PTE_TABLE) {
        return;
    }
    table = s2_next_table(level, pte);
    for (unsigned i = 0; i < ENTRIES; i++) {
        free_tables(s2, level + 1, table[i]);
    }
    pool_give(s2->pool, table);
}

void s2_replace(struct s2 *s2, pte_t *slot, unsigned level, pte_t new)
{
    pte_t old = *slot;

    if (arch_pte_kind(level, old) != PTE_ABSENT) {
        /* Break: no CPU may hold the old and the new entry at once, nor walk a freed table. */
        arch_pte_store(slot, 0);
        arch_s2_flush(s2);
        free_tables(s2, level, old);
    }
    if (new) {
        arch_pte_store(slot, new);
    }
}

bool s2_grow(struct s2 *s2, pte_t *slot, unsigned level)
{
    pte_t *table = pool_take(s2->pool);

    if (!table) {
        return false;
    }
    arch_pte_store(slot, arch_pte_table(level, arch_virt_to_phys(table)));
    return true;
}

bool s2_split(struct s2 *s2, pte_t *slot, unsigned level)
{
    pte_t *table = pool_take(s2->pool);
    paddr_t pa = arch_pte_pa(level, *slot);
    unsigned attrs = arch_pte_attrs(level, *slot);

    if (!table) {
        return false;
    }
    for (unsigned i = 0; i < ENTRIES; i++) {
        arch_pte_store(&table[i], arch_pte_leaf(level + 1, pa, attrs));
        pa = pa_add(pa, s2_level_bytes(level + 1));
    }
    s2_replace(s2, slot, level, arch_pte_table(level, arch_virt_to_phys(table)));
    return true;
}

/* The entry that can stand for the whole table of the given level: 0 if all entries are absent,
 * a block if they are leaves in a row with the same attributes.  False: none. */
static bool joined_entry(const pte_t *table, unsigned level, pte_t *joined)
{
    enum pte_kind kind = arch_pte_kind(level, table[0]);
    uint64_t bytes = s2_level_bytes(level);
    paddr_t pa;
    unsigned attrs;

    for (unsigned i = 0; i < ENTRIES; i++) {
        if (kind == PTE_TABLE || arch_pte_kind(level, table[i]) != kind) {
            return false;
        }
    }
    if (kind == PTE_ABSENT) {
        *joined = 0;
        return true;
    }
    pa = arch_pte_pa(level, table[0]);
    attrs = arch_pte_attrs(level, table[0]);
    for (unsigned i = 1; i < ENTRIES; i++) {
        if (arch_pte_pa(level, table[i]).value != pa.value + i * bytes ||
            arch_pte_attrs(level, table[i]) != attrs) {
            return false;
        }
    }
    if (!is_aligned(pa.value, ENTRIES * bytes) || (attrs & S2_LOGGED)) {
        return false;
    }
    *joined = arch_pte_leaf(level - 1, pa, attrs);
    return true;
}

void s2_join(struct s2 *s2, pte_t *slot, unsigned level)
{
    pte_t joined;

    if (joined_entry(s2_next_table(level, *slot), level + 1, &joined)) {
        s2_replace(s2, slot, level, joined);
    }
}

static void join_below(struct s2 *s2, pte_t *table, unsigned level, uint64_t ipa, uint64_t end)
{
    uint64_t bytes = s2_level_bytes(level);

    for (ipa &= ~(bytes - 1); ipa < end; ipa += bytes) {
        pte_t *slot = s2_slot(table, level, ipa);

        if (arch_pte_kind(level, *slot) == PTE_TABLE) {
            if (level + 1 < S2_LEVEL_LAST) {
                join_below(s2, s2_next_table(level, *slot), level + 1, ipa,
                           ipa + bytes < end ? ipa + bytes : end);
            }
            s2_join(s2, slot, level);
        }
    }
}

void s2_join_range(struct s2 *s2, uint64_t ipa, uint64_t end)
{
    join_below(s2, s2->root, S2_LEVEL_FIRST, ipa, end);
}
