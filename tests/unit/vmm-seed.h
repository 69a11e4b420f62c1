/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers of property tests.  The seed is printed, and can be given as VMM_SEED.
 */
#ifndef TESTS_UNIT_VMM_SEED_H
#define TESTS_UNIT_VMM_SEED_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct seed {
    uint64_t state;
};

/* The seed of this run: $VMM_SEED, or another one every time. */
static inline uint64_t seed_choose(void)
{
    const char *given = getenv("VMM_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);

    printf("# VMM_SEED=%llu\n", (unsigned long long)seed);
    fflush(stdout);
    return seed;
}

/* A number below bound (> 0): splitmix64. */
static inline uint32_t seed_below(struct seed *seed, uint32_t bound)
{
    uint64_t z = seed->state += 0x9e3779b97f4a7c15ull;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    return (uint32_t)((z ^ z >> 31) % bound);
}

#endif
