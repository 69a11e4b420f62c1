/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of a VM as a flat buffer; behind vm_save() and vm_restore().
 *
 * Each part has one function for both directions, which moves a copy of the part through the stream
 * field by field and puts the copy into force if save_commits(): so that what is written is what is
 * read.  A buffer is read twice, first to check all of it; a value that no save would have written
 * makes the stream fail, and nothing is put into force then.
 * Numbers are little-endian, without padding.
 */
#ifndef VMM_CORE_SAVE_H
#define VMM_CORE_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum save_mode {
    SAVE_WRITE,
    SAVE_CHECK,
    SAVE_COMMIT,
};

struct save_stream {
    enum save_mode mode;
    uint8_t *write;        /* SAVE_WRITE: where to, size_bytes of it */
    const uint8_t *read;   /* otherwise: where from */
    size_t size_bytes;
    size_t at;             /* goes on counting behind the end when writing */
    bool failed;           /* the buffer ends early, or says what cannot be */
    uint64_t now_ticks;    /* physical count; times are kept relative to it */
};

/* The part's copy is to become the part. */
bool save_commits(const struct save_stream *s);

/* A number that is the same in both directions, or the buffer is refused. */
void save_constant(struct save_stream *s, uint32_t value);

/* Moves a field; read values are stored there even if they are refused. */
void save_bool(struct save_stream *s, bool *field);
void save_u8(struct save_stream *s, uint8_t *field);
void save_u16(struct save_stream *s, uint16_t *field);
void save_u32(struct save_stream *s, uint32_t *field);
void save_u64(struct save_stream *s, uint64_t *field);
void save_u32_array(struct save_stream *s, uint32_t *fields, unsigned count);
void save_u64_array(struct save_stream *s, uint64_t *fields, unsigned count);

/* The same, but a value above max is refused. */
void save_u8_max(struct save_stream *s, uint8_t *field, uint8_t max);
void save_u32_max(struct save_stream *s, uint32_t *field, uint32_t max);
void save_unsigned_max(struct save_stream *s, unsigned *field, unsigned max);

/* Refuses the buffer if what was read is not so. */
void save_require(struct save_stream *s, bool condition);

/* A time on the physical count, kept as its distance from now.  UINT64_MAX, never, stays. */
void save_time(struct save_stream *s, uint64_t *ticks);

#endif
