/* SPDX-License-Identifier: BSD-2-Clause */
/* A stream of numbers, to a buffer or from it. */
#include "core/save.h"

bool save_commits(const struct save_stream *s)
{
    return s->mode == SAVE_COMMIT;
}

void save_require(struct save_stream *s, bool condition)
{
    if (s->mode != SAVE_WRITE && !condition) {
        s->failed = true;
    }
}

/* size_bytes of a number, little-endian. */
static void move(struct save_stream *s, uint64_t *value, unsigned size_bytes)
{
    if (s->mode == SAVE_WRITE) {
        for (unsigned i = 0; i < size_bytes; i++, s->at++) {
            if (s->at < s->size_bytes) {
                s->write[s->at] = (uint8_t)(*value >> 8 * i);
            }
        }
        return;
    }
    *value = 0;
    if (s->failed || s->size_bytes - s->at < size_bytes) {
        s->failed = true;
        return;
    }
    for (unsigned i = 0; i < size_bytes; i++, s->at++) {
        *value |= (uint64_t)s->read[s->at] << 8 * i;
    }
}

void save_u64(struct save_stream *s, uint64_t *field)
{
    move(s, field, 8);
}

void save_u32(struct save_stream *s, uint32_t *field)
{
    uint64_t value = *field;

    move(s, &value, 4);
    *field = (uint32_t)value;
}

void save_u16(struct save_stream *s, uint16_t *field)
{
    uint64_t value = *field;

    move(s, &value, 2);
    *field = (uint16_t)value;
}

void save_u8(struct save_stream *s, uint8_t *field)
{
    uint64_t value = *field;

    move(s, &value, 1);
    *field = (uint8_t)value;
}

void save_u8_max(struct save_stream *s, uint8_t *field, uint8_t max)
{
    save_u8(s, field);
    save_require(s, *field <= max);
}

void save_u32_max(struct save_stream *s, uint32_t *field, uint32_t max)
{
    save_u32(s, field);
    save_require(s, *field <= max);
}

void save_unsigned_max(struct save_stream *s, unsigned *field, unsigned max)
{
    uint32_t value = *field;

    save_u32_max(s, &value, max);
    *field = value;
}

void save_bool(struct save_stream *s, bool *field)
{
    uint8_t value = *field;

    save_u8_max(s, &value, 1);
    *field = value;
}

void save_constant(struct save_stream *s, uint32_t value)
{
    uint32_t seen = value;

    save_u32(s, &seen);
    save_require(s, seen == value);
}

void save_u32_array(struct save_stream *s, uint32_t *fields, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        save_u32(s, &fields[i]);
    }
}

void save_u64_array(struct save_stream *s, uint64_t *fields, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        save_u64(s, &fields[i]);
    }
}

void save_time(struct save_stream *s, uint64_t *ticks)
{
    bool never = *ticks == UINT64_MAX;
    uint64_t distance = never ? 0 : *ticks - s->now_ticks;

    save_bool(s, &never);
    save_u64(s, &distance);
    *ticks = s->now_ticks + distance;
    save_require(s, never ? distance == 0 : *ticks != UINT64_MAX);
    if (never) {
        *ticks = UINT64_MAX;
    }
}
