/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Alignment of two sequences.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "hyptrace/lib/align.h"

#define LENGTH_MAX 48

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* Checks that what is outside the hunks is equal, and returns the elements inside them. */
static uint32_t check_hunks(const GArray *hunks, const uint64_t *a, uint32_t length_a,
                            const uint64_t *b, uint32_t length_b)
{
    uint32_t x = 0, y = 0, differences = 0;

    for (unsigned i = 0; i <= hunks->len; i++) {
        struct ht_hunk end = {length_a, 0, length_b, 0};
        struct ht_hunk hunk = i < hunks->len ? g_array_index(hunks, struct ht_hunk, i) : end;

        assert_true(hunk.a >= x && hunk.a <= length_a && hunk.b >= y && hunk.b <= length_b);
        assert_int_equal(hunk.a - x, hunk.b - y);
        for (; x < hunk.a; x++, y++) {
            assert_true(a[x] == b[y]);
        }
        x += hunk.count_a;
        y += hunk.count_b;
        differences += hunk.count_a + hunk.count_b;
    }
    assert_int_equal(x, length_a);
    assert_int_equal(y, length_b);
    return differences;
}

/* Length of the longest common subsequence, by the table. */
static uint32_t common(const uint64_t *a, uint32_t length_a, const uint64_t *b, uint32_t length_b)
{
    uint32_t table[LENGTH_MAX + 1][LENGTH_MAX + 1] = {{0}};

    for (uint32_t x = 1; x <= length_a; x++) {
        for (uint32_t y = 1; y <= length_b; y++) {
            table[x][y] = a[x - 1] == b[y - 1] ? table[x - 1][y - 1] + 1
                                               : MAX(table[x - 1][y], table[x][y - 1]);
        }
    }
    return table[length_a][length_b];
}

/*
 * A random sequence with every element twice in front, between ends that the other sequence has
 * not: nothing is trimmed or unique, and Myers decides alone.  Returns the length.
 */
static uint32_t fill(uint64_t *numbers, unsigned alphabet, uint64_t end, uint64_t *random)
{
    uint32_t count = next_random(random) % 30, length = 0;

    numbers[length++] = end;
    for (uint32_t i = 0; i < 2 * alphabet; i++) {
        numbers[length++] = i / 2;
    }
    for (uint32_t i = 0; i < count; i++) {
        numbers[length++] = next_random(random) % alphabet;
    }
    numbers[length++] = end;
    return length;
}

static void test_without_unique_elements_the_difference_is_least(void **state)
{
    uint64_t random = 1;

    for (unsigned i = 0; i < 20000; i++) {
        uint64_t a[LENGTH_MAX], b[LENGTH_MAX];
        unsigned alphabet = 1 + next_random(&random) % 5;
        uint32_t length_a = fill(a, alphabet, 100, &random);
        uint32_t length_b = fill(b, alphabet, 101, &random);
        g_autoptr(GArray) hunks = ht_align(a, length_a, b, length_b);

        assert_int_equal(check_hunks(hunks, a, length_a, b, length_b),
                         length_a + length_b - 2 * common(a, length_a, b, length_b));
    }
}

static void test_unique_elements_anchor(void **state)
{
    /* 9 is in both once; without it as an anchor, five 1s would be paired instead of two. */
    const uint64_t a[] = {1, 1, 1, 1, 1, 9, 2, 2}, b[] = {3, 9, 1, 1, 1, 1, 1, 2};
    g_autoptr(GArray) hunks = ht_align(a, 8, b, 8);

    check_hunks(hunks, a, 8, b, 8);
    assert_int_equal(g_array_index(hunks, struct ht_hunk, 0).count_a, 5);
    assert_int_equal(g_array_index(hunks, struct ht_hunk, 0).count_b, 1);
}

static void test_long_sequences_with_nothing_in_common_end_soon(void **state)
{
    enum { LENGTH = 300000 };
    g_autofree uint64_t *a = g_new(uint64_t, LENGTH);
    g_autofree uint64_t *b = g_new(uint64_t, LENGTH);
    uint64_t random = 2;
    g_autoptr(GArray) hunks = NULL;

    for (unsigned i = 0; i < LENGTH; i++) {
        a[i] = next_random(&random) % 50;
        b[i] = next_random(&random) % 50;
    }
    hunks = ht_align(a, LENGTH, b, LENGTH);
    check_hunks(hunks, a, LENGTH, b, LENGTH);
}

static void test_empty_sequences(void **state)
{
    const uint64_t a[] = {1, 2};
    g_autoptr(GArray) none = ht_align(a, 0, a, 0);
    g_autoptr(GArray) removed = ht_align(a, 2, a, 0);
    g_autoptr(GArray) inserted = ht_align(a, 0, a, 2);

    assert_int_equal(none->len, 0);
    assert_int_equal(g_array_index(removed, struct ht_hunk, 0).count_a, 2);
    assert_int_equal(g_array_index(inserted, struct ht_hunk, 0).count_b, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_unique_elements_the_difference_is_least),
        cmocka_unit_test(test_unique_elements_anchor),
        cmocka_unit_test(test_long_sequences_with_nothing_in_common_end_soon),
        cmocka_unit_test(test_empty_sequences),
    };

    return cmocka_run_group_tests_name("align", tests, NULL, NULL);
}
