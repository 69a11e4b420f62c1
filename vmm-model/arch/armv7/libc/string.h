/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of the C library that the core and libfdt use; arch/armv7/string.c. */
#ifndef VMM_ARMV7_STRING_H
#define VMM_ARMV7_STRING_H

#include <stddef.h>

void *memset(void *to, int value, size_t bytes);
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
void *memchr(const void *memory, int value, size_t bytes);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
int strcmp(const char *a, const char *b);
char *strrchr(const char *text, int value);

#endif
