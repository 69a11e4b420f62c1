/* SPDX-License-Identifier: BSD-2-Clause */
/* Split virtqueues.  Virtio 1.1, 2.6. */
#include <string.h>
#include "core/guest_mem.h"
#include "core/hyp.h"
#include "core/virtq.h"

#define DESC_BYTES          16u
#define DESC_NEXT           1u
#define DESC_WRITE          2u
#define DESC_INDIRECT       4u
#define AVAIL_NO_INTERRUPT  1u
#define RING_HEAD_BYTES     4u /* flags and index, before the entries of both rings */
#define AVAIL_ENTRY_BYTES   2u
#define USED_ENTRY_BYTES    8u

/* A descriptor as the guest has it, 2.6.5: little-endian, as we are. */
struct desc {
    uint64_t ipa;
    uint32_t bytes;
    uint16_t flags, next;
};

_Static_assert(sizeof(struct desc) == DESC_BYTES, "2.6.5");

/* Where the descriptors of a chain are looked up. */
struct desc_table {
    ipaddr_t base;
    uint32_t count;
};

/* The indices of rings: in one piece, since the guest may be at them, and in order with what comes
 * behind (2.6.13).  They are aligned, so they lie in one page. */
static bool load_index(struct hyp *hyp, ipaddr_t ipa, uint16_t *value)
{
    uint64_t bytes;
    const uint16_t *at = guest_mem_at(hyp, ipa, false, &bytes);

    if (at) {
        *value = __atomic_load_n(at, __ATOMIC_ACQUIRE);
    }
    return at != NULL;
}

static bool store_index(struct hyp *hyp, ipaddr_t ipa, uint16_t value)
{
    uint64_t bytes;
    uint16_t *at = guest_mem_at(hyp, ipa, true, &bytes);

    if (at) {
        __atomic_store_n(at, value, __ATOMIC_RELEASE);
    }
    return at != NULL;
}

static ipaddr_t avail_entry(const struct virtq *q, unsigned index)
{
    return ipa_add(q->avail, RING_HEAD_BYTES + AVAIL_ENTRY_BYTES * index);
}

static ipaddr_t used_entry(const struct virtq *q, unsigned index)
{
    return ipa_add(q->used, RING_HEAD_BYTES + USED_ENTRY_BYTES * index);
}

static bool area_ok(ipaddr_t area, uint64_t align_bytes)
{
    return is_aligned(area.value, align_bytes) && area.value >> S2_IPA_BITS == 0;
}

bool virtq_is_valid(const struct virtq *q)
{
    return q->size > 0 && q->size <= VIRTQ_SIZE_MAX && (q->size & (q->size - 1)) == 0 &&
           area_ok(q->desc, 16) && area_ok(q->avail, 2) && area_ok(q->used, 4);
}

bool virtq_start(struct virtq *q)
{
    if (!virtq_is_valid(q)) {
        return false;
    }
    q->avail_index = q->used_index = q->signalled = 0;
    q->ready = true;
    return true;
}

/* Tells the driver from which index on it has to notify; the event suppression of 2.6.7. */
static bool ask_for_notification(struct hyp *hyp, const struct virtq *q)
{
    bool stored = !q->event_idx || store_index(hyp, used_entry(q, q->size), q->avail_index);

    /* Before the available index is looked at again: the driver has its half in 2.6.13.4. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return stored;
}

/* The number of chains that the driver has offered and nobody has taken. */
static enum virtq_result count_available(struct hyp *hyp, const struct virtq *q, unsigned *count)
{
    uint16_t index;

    if (!load_index(hyp, ipa_add(q->avail, 2), &index)) {
        return VIRTQ_BROKEN;
    }
    *count = (uint16_t)(index - q->avail_index);
    if (*count > q->size) {
        return VIRTQ_BROKEN;
    }
    return *count ? VIRTQ_TAKEN : VIRTQ_EMPTY;
}

/* Adds a descriptor's buffer to the chain. */
static bool add_segment(const struct virtq *q, struct virtq_chain *chain, const struct desc *desc)
{
    bool write = desc->flags & DESC_WRITE;
    uint32_t so_far = chain->read_bytes + chain->write_bytes;

    if (chain->count == q->size || desc->bytes > VIRTQ_CHAIN_BYTES_MAX - so_far ||
        desc->ipa >> S2_IPA_BITS) {
        return false;
    }
    if (!write && chain->count != chain->read_count) {
        return false; /* what the device reads comes first, 2.6.4.2 */
    }
    chain->seg[chain->count++] = (struct virtq_segment) {ipa_init(desc->ipa), desc->bytes};
    if (write) {
        chain->write_bytes += desc->bytes;
    } else {
        chain->read_count++;
        chain->read_bytes += desc->bytes;
    }
    return true;
}

/* Goes over to an indirect table, 2.6.5.3: the last of the chain, and none inside another. */
static bool enter_indirect(const struct virtq *q, const struct desc *desc,
                           struct desc_table *table)
{
    if (!q->indirect || (desc->flags & DESC_NEXT) || desc->bytes == 0 ||
        desc->bytes % DESC_BYTES) {
        return false;
    }
    *table = (struct desc_table) {ipa_init(desc->ipa), desc->bytes / DESC_BYTES};
    return true;
}

/* Collects the chain that begins at head; add_segment() ends loops. */
static bool collect(struct hyp *hyp, const struct virtq *q, struct virtq_chain *chain)
{
    struct desc_table table = {q->desc, q->size};
    bool is_indirect = false;
    uint32_t index = chain->head;
    struct desc desc;

    do {
        if (index >= table.count ||
            !guest_mem_read(hyp, ipa_add(table.base, (uint64_t)index * DESC_BYTES), &desc,
                            sizeof(desc))) {
            return false;
        }
        if (desc.flags & DESC_INDIRECT) {
            if (is_indirect || !enter_indirect(q, &desc, &table)) {
                return false;
            }
            is_indirect = true;
            index = 0;
            continue;
        }
        if (!add_segment(q, chain, &desc)) {
            return false;
        }
        index = desc.next;
    } while (desc.flags & (DESC_NEXT | DESC_INDIRECT));
    return true;
}

enum virtq_result virtq_take(struct hyp *hyp, struct virtq *q, struct virtq_chain *chain)
{
    enum virtq_result result;
    unsigned count;

    if (!q->ready) {
        return VIRTQ_EMPTY;
    }
    result = count_available(hyp, q, &count);
    if (result == VIRTQ_EMPTY) {
        result = ask_for_notification(hyp, q) ? count_available(hyp, q, &count) : VIRTQ_BROKEN;
    }
    if (result != VIRTQ_TAKEN) {
        return result;
    }
    chain->count = chain->read_count = 0;
    chain->read_bytes = chain->write_bytes = 0;
    if (!load_index(hyp, avail_entry(q, q->avail_index % q->size), &chain->head) ||
        !collect(hyp, q, chain)) {
        return VIRTQ_BROKEN;
    }
    q->avail_index++;
    return VIRTQ_TAKEN;
}

void virtq_untake(struct virtq *q)
{
    q->avail_index--;
}

bool virtq_give(struct hyp *hyp, struct virtq *q, const struct virtq_chain *chain,
                uint32_t written_bytes)
{
    uint32_t entry[2] = {chain->head, written_bytes};

    if (!guest_mem_write(hyp, used_entry(q, q->used_index % q->size), entry, sizeof(entry))) {
        return false;
    }
    return store_index(hyp, ipa_add(q->used, 2), ++q->used_index);
}

bool virtq_interrupt(struct hyp *hyp, struct virtq *q, bool *wanted)
{
    uint16_t given = (uint16_t)(q->used_index - q->signalled);
    uint16_t value;

    *wanted = false;
    if (given == 0) {
        return true;
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST); /* the index is seen before the wish is read */
    if (!load_index(hyp, q->event_idx ? avail_entry(q, q->size) : q->avail, &value)) {
        return false;
    }
    /* Event index: whether used_event is among what was given, 2.6.7.2. */
    *wanted = q->event_idx ? (uint16_t)(q->used_index - value - 1) < given
                           : !(value & AVAIL_NO_INTERRUPT);
    q->signalled = q->used_index;
    return true;
}

void *virtq_at(struct hyp *hyp, const struct virtq_chain *chain, bool write, uint32_t at,
               uint32_t *size_bytes)
{
    unsigned end = write ? chain->count : chain->read_count;

    for (unsigned i = write ? chain->read_count : 0; i < end; i++) {
        const struct virtq_segment *seg = &chain->seg[i];
        uint64_t contiguous;
        void *memory;

        if (at >= seg->bytes) {
            at -= seg->bytes;
            continue;
        }
        memory = guest_mem_at(hyp, ipa_add(seg->ipa, at), write, &contiguous);
        *size_bytes = contiguous < seg->bytes - at ? (uint32_t)contiguous : seg->bytes - at;
        return memory;
    }
    return NULL;
}

/* One memcpy for each contiguous part; from is NULL when the guest is read. */
static bool copy(struct hyp *hyp, const struct virtq_chain *chain, uint32_t at, uint8_t *to,
                 const uint8_t *from, uint32_t size_bytes)
{
    for (uint32_t done = 0; done < size_bytes;) {
        uint32_t part;
        uint8_t *memory = virtq_at(hyp, chain, from != NULL, at + done, &part);

        if (!memory) {
            return false;
        }
        if (part > size_bytes - done) {
            part = size_bytes - done;
        }
        if (from) {
            memcpy(memory, from + done, part);
        } else {
            memcpy(to + done, memory, part);
        }
        done += part;
    }
    return true;
}

bool virtq_read(struct hyp *hyp, const struct virtq_chain *chain, uint32_t at, void *to,
                uint32_t size_bytes)
{
    return copy(hyp, chain, at, to, NULL, size_bytes);
}

bool virtq_write(struct hyp *hyp, const struct virtq_chain *chain, uint32_t at, const void *from,
                 uint32_t size_bytes)
{
    return copy(hyp, chain, at, NULL, from, size_bytes);
}
