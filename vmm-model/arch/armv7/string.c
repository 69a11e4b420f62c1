/* SPDX-License-Identifier: BSD-2-Clause */
/* What the core and libfdt use of the C library. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t __attribute__((may_alias)) word;

void *memset(void *to, int value, size_t bytes)
{
    uint8_t *at = to, *end = at + bytes;

    if (((uint32_t)to & 3) == 0) {
        for (uint32_t four = (uint8_t)value * 0x01010101u; end - at >= 4; at += 4) {
            *(word *)at = four;
        }
    }
    while (at < end) {
        *at++ = (uint8_t)value;
    }
    return to;
}

/* Kernels are copied with this: eight words at a time where both are aligned. */
static size_t copy_words(uint32_t *to, const uint32_t *from, size_t bytes)
{
    size_t blocks = bytes / 32;

    for (size_t i = blocks; i > 0; i--) {
        __asm__ volatile("ldm %0!, {r3-r10}\n stm %1!, {r3-r10}" : "+r"(from), "+r"(to) :
                         : "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "memory");
    }
    return blocks * 32;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    uint8_t *at = to;
    const uint8_t *source = from;
    size_t done = 0;

    if ((((uint32_t)to | (uint32_t)from) & 3) == 0) {
        done = copy_words(to, from, bytes);
    }
    for (; done < bytes; done++) {
        at[done] = source[done];
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
    const uint8_t *x = a, *y = b;

    for (; bytes > 0; bytes--, x++, y++) {
        if (*x != *y) {
            return *x - *y;
        }
    }
    return 0;
}

void *memchr(const void *memory, int value, size_t bytes)
{
    const uint8_t *at = memory;

    for (; bytes > 0; bytes--, at++) {
        if (*at == (uint8_t)value) {
            return (void *)at;
        }
    }
    return NULL;
}

size_t strlen(const char *text)
{
    size_t length = 0;

    while (text[length]) {
        length++;
    }
    return length;
}

size_t strnlen(const char *text, size_t limit)
{
    const char *end = memchr(text, 0, limit);

    return end ? (size_t)(end - text) : limit;
}

int strcmp(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (uint8_t)*a - (uint8_t)*b;
}

char *strrchr(const char *text, int value)
{
    const char *found = NULL;

    for (; *text; text++) {
        if (*text == (char)value) {
            found = text;
        }
    }
    return (char *)found;
}
