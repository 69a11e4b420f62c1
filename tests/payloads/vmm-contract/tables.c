/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long-descriptor tables.
 */
#include "tables.h"
#include "tap.h"

enum { ENTRIES = 512, TABLES = 16 };

static uint64_t pool[TABLES][ENTRIES] __attribute__((aligned(4096)));
static unsigned used;

uint64_t *tables_new(void)
{
    if (used == TABLES) {
        tap_bail_out("no table is left", used, 0);
    }
    return pool[used++];
}

static uint64_t *below(uint64_t *entry)
{
    if (!*entry) {
        *entry = (uint32_t)tables_new() | 3;
    }
    return (uint64_t *)((uint32_t)*entry & ~0xfffu);
}

void tables_map(uint64_t *level1, uint32_t input, uint32_t output, uint64_t attributes)
{
    uint64_t *level2 = below(&level1[input >> 30]);
    uint64_t *level3 = below(&level2[input >> 21 & 0x1ff]);

    level3[input >> 12 & 0x1ff] = output | attributes | 3;
}
