/* SPDX-License-Identifier: BSD-2-Clause */
/* What the core uses of the C library. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

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

    if ((((uintptr_t)at | (uintptr_t)source) & 3) == 0) {
        for (; bytes >= 4; bytes -= 4, at += 4, source += 4) {
            *(word *)at = *(const word *)source;
        }
    }
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

int memcmp(const void *a, const void *b, size_t bytes)
{
    const uint8_t *left = a, *right = b;

    for (; bytes > 0; bytes--, left++, right++) {
        if (*left != *right) {
            return *left < *right ? -1 : 1;
        }
    }
    return 0;
}
