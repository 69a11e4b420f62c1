/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the compiler calls for structures.
 */
#include <stddef.h>
#include <stdint.h>

void *memset(void *to, int value, size_t bytes);
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);

/* Volatile, or the compiler makes a call of memset() out of the loop. */
void *memset(void *to, int value, size_t bytes)
{
    volatile uint8_t *p = to;

    while (bytes--) {
        *p++ = (uint8_t)value;
    }
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    volatile uint8_t *p = to;
    const uint8_t *q = from;

    while (bytes--) {
        *p++ = *q++;
    }
    return to;
}
