/* SPDX-License-Identifier: BSD-2-Clause */
/* What the core uses of the C library. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memset(void *to, int value, size_t bytes)
{
    uint8_t *at = to;

    while (bytes-- > 0) {
        *at++ = (uint8_t)value;
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    uint8_t *at = to;
    const uint8_t *source = from;

    while (bytes-- > 0) {
        *at++ = *source++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    uint8_t *at = to;
    const uint8_t *source = from;

    if (at <= source) {
        return memcpy(to, from, bytes);
    }
    while (bytes-- > 0) {
        at[bytes] = source[bytes];
    }
    return to;
}
