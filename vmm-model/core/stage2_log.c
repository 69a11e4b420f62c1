/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dirty logging: writable pages are made read-only and marked; the first write faults, is recorded
 * and gives the permission back.
 */
#include <stddef.h>
#include <string.h>
#include "core/stage2_internal.h"
#include "arch/arch.h"

static uint64_t log_end(const struct s2 *s2)
{
    return s2->log_base.value + s2->log_page_count * S2_PAGE_BYTES;
}

static size_t log_bytes(const struct s2 *s2)
{
    return (size_t)((s2->log_page_count + 31) / 32 * sizeof(uint32_t));
}

/* The level-3 entry for ipa, or NULL if none is there.  split: blocks that could be written are
 * split on the way; *status is VMM_ENOMEM if one cannot be. */
static pte_t *page_slot(struct s2 *s2, uint64_t ipa, bool split, int *status)
{
    pte_t *table = s2->root;
    pte_t *slot = NULL;

    for (unsigned level = S2_LEVEL_FIRST; level <= S2_LEVEL_LAST; level++) {
        slot = s2_slot(table, level, ipa);
        if (level == S2_LEVEL_LAST) {
            break;
        }
        if (split && arch_pte_kind(level, *slot) == PTE_LEAF &&
            (arch_pte_attrs(level, *slot) & S2_W) && !s2_split(s2, slot, level)) {
            *status = VMM_ENOMEM;
            return NULL;
        }
        if (arch_pte_kind(level, *slot) != PTE_TABLE) {
            return NULL;
        }
        table = s2_next_table(level, *slot);
    }
    return slot;
}

/* Makes the page at ipa read-only and logged if it is writable. */
static int log_page(struct s2 *s2, uint64_t ipa)
{
    int status = VMM_OK;
    pte_t *slot = page_slot(s2, ipa, true, &status);
    unsigned attrs;

    if (!slot || arch_pte_kind(S2_LEVEL_LAST, *slot) != PTE_LEAF) {
        return status;
    }
    attrs = arch_pte_attrs(S2_LEVEL_LAST, *slot);
    if (attrs & S2_W) {
        attrs = (attrs & ~(unsigned)S2_W) | S2_LOGGED;
        arch_pte_store(slot, arch_pte_leaf(S2_LEVEL_LAST, arch_pte_pa(S2_LEVEL_LAST, *slot),
                                           attrs));
    }
    return VMM_OK;
}

/* Gives the write permission back; false if the page was not logged. */
static bool unlog_page(struct s2 *s2, uint64_t ipa)
{
    int status = VMM_OK;
    pte_t *slot = page_slot(s2, ipa, false, &status);
    unsigned attrs;

    if (!slot || arch_pte_kind(S2_LEVEL_LAST, *slot) != PTE_LEAF) {
        return false;
    }
    attrs = arch_pte_attrs(S2_LEVEL_LAST, *slot);
    if (!(attrs & S2_LOGGED)) {
        return false;
    }
    attrs = (attrs & ~(unsigned)S2_LOGGED) | S2_W;
    arch_pte_store(slot, arch_pte_leaf(S2_LEVEL_LAST, arch_pte_pa(S2_LEVEL_LAST, *slot), attrs));
    return true;
}

int s2_log_start(struct s2 *s2, ipaddr_t ipa, uint64_t page_count, uint32_t *bitmap)
{
    if (s2->log) {
        return VMM_EBUSY;
    }
    if (!is_aligned(ipa.value, S2_PAGE_BYTES) || page_count == 0 || ipa.value >> S2_IPA_BITS ||
        page_count > ((1ull << S2_IPA_BITS) - ipa.value) / S2_PAGE_BYTES) {
        return VMM_EINVAL;
    }
    s2->log = bitmap;
    s2->log_base = ipa;
    s2->log_page_count = page_count;
    memset(bitmap, 0, log_bytes(s2));
    for (uint64_t at = ipa.value; at < log_end(s2); at += S2_PAGE_BYTES) {
        int status = log_page(s2, at);

        if (status < 0) {
            s2_log_stop(s2);
            return status;
        }
    }
    arch_s2_flush(s2); /* no CPU may write through what it cached as writable */
    return VMM_OK;
}

bool s2_log_fault(struct s2 *s2, ipaddr_t ipa)
{
    uint64_t page;

    if (!s2->log || ipa.value < s2->log_base.value || ipa.value >= log_end(s2) ||
        !unlog_page(s2, ipa.value)) {
        return false;
    }
    page = (ipa.value - s2->log_base.value) / S2_PAGE_BYTES;
    s2->log[page / 32] |= 1u << page % 32;
    /* The read-only entry may be cached; more permission needs no break, but the flush. */
    arch_s2_flush(s2);
    return true;
}

int s2_log_fetch(struct s2 *s2, uint32_t *bitmap)
{
    int status = VMM_OK;

    if (!s2->log) {
        return VMM_ENOENT;
    }
    memcpy(bitmap, s2->log, log_bytes(s2));
    memset(s2->log, 0, log_bytes(s2));
    for (uint64_t page = 0; page < s2->log_page_count && status == VMM_OK; page++) {
        if (bitmap[page / 32] & 1u << page % 32) {
            status = log_page(s2, s2->log_base.value + page * S2_PAGE_BYTES);
        }
    }
    arch_s2_flush(s2);
    return status;
}

void s2_log_stop(struct s2 *s2)
{
    if (!s2->log) {
        return;
    }
    for (uint64_t at = s2->log_base.value; at < log_end(s2); at += S2_PAGE_BYTES) {
        unlog_page(s2, at);
    }
    arch_s2_flush(s2);
    s2_join_range(s2, s2->log_base.value, log_end(s2));
    s2->log = NULL;
}
