/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Histograms: what they promise about quantiles, against sorted values.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "hyptrace/lib/histogram.h"

static struct ht_histogram histogram, other;

static int setup(void **state)
{
    memset(&histogram, 0, sizeof(histogram));
    memset(&other, 0, sizeof(other));
    return 0;
}

static void test_empty(void **state)
{
    assert_true(ht_histogram_mean(&histogram) == 0);
    assert_int_equal(ht_histogram_quantile(&histogram, 0.5), 0);
}

static void test_small_values_are_exact(void **state)
{
    for (uint64_t i = 0; i < 100; i++) {
        ht_histogram_add(&histogram, i);
    }
    assert_int_equal(ht_histogram_quantile(&histogram, 0.5), 49);
    assert_int_equal(ht_histogram_quantile(&histogram, 0.99), 98);
    assert_int_equal(ht_histogram_quantile(&histogram, 1), 99);
    assert_true(ht_histogram_mean(&histogram) == 49.5);
    assert_int_equal(histogram.max, 99);
}

static void test_one_large_value_is_exact(void **state)
{
    ht_histogram_add(&histogram, UINT64_C(123456789012));
    assert_int_equal(ht_histogram_quantile(&histogram, 0.5), UINT64_C(123456789012));
    assert_int_equal(ht_histogram_quantile(&histogram, 0.99), UINT64_C(123456789012));
}

/* Steps are contiguous: the step never decreases, and it changes at most by one. */
static void test_steps_are_contiguous(void **state)
{
    unsigned last = 0;

    for (uint64_t value = 0; value < 1u << 20; value++) {
        unsigned step = ht_histogram_step(value);

        assert_true(step == last || step == last + 1);
        last = step;
    }
    assert_int_equal(ht_histogram_step(127), 127);
    assert_int_equal(ht_histogram_step(128), 128);
    assert_int_equal(ht_histogram_step(129), 128);
}

static void test_values_beyond_the_range_count(void **state)
{
    ht_histogram_add(&histogram, UINT64_MAX);
    ht_histogram_add(&histogram, UINT64_C(1) << HT_HISTOGRAM_VALUE_BITS);
    ht_histogram_add(&histogram, 1);
    assert_int_equal(histogram.count, 3);
    assert_int_equal(ht_histogram_step(UINT64_MAX), HT_HISTOGRAM_STEPS - 1);
    assert_true(ht_histogram_step((UINT64_C(1) << HT_HISTOGRAM_VALUE_BITS) - 1) <
                HT_HISTOGRAM_STEPS);
    assert_true(ht_histogram_quantile(&histogram, 0.99) == UINT64_MAX);
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Quantiles of 10,000 values over eight decades are within 1/64 of the true ones. */
static void test_quantiles_are_close(void **state)
{
    enum { COUNT = 10000 };
    static const double fractions[] = {0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1};
    static uint64_t values[COUNT];
    uint64_t random = 1;

    for (unsigned i = 0; i < COUNT; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        values[i] = (random >> 20) >> (random % 40);
        ht_histogram_add(&histogram, values[i]);
    }
    qsort(values, COUNT, sizeof(values[0]), ascending);
    for (size_t i = 0; i < sizeof(fractions) / sizeof(fractions[0]); i++) {
        uint64_t truth = values[(unsigned)(fractions[i] * COUNT + 0.5) - 1];
        uint64_t told = ht_histogram_quantile(&histogram, fractions[i]);
        uint64_t error = truth > told ? truth - told : told - truth;

        assert_true(error * 64 <= truth);
    }
}

static void test_merge_adds_everything(void **state)
{
    ht_histogram_add(&histogram, 10);
    ht_histogram_add(&other, 1000);
    ht_histogram_add(&other, 30);
    ht_histogram_merge(&histogram, &other);
    assert_int_equal(histogram.count, 3);
    assert_int_equal(histogram.sum, 1040);
    assert_int_equal(histogram.max, 1000);
    assert_int_equal(ht_histogram_quantile(&histogram, 0.5), 30);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, setup)
    const struct CMUnitTest tests[] = {
        TEST(test_empty),
        TEST(test_small_values_are_exact),
        TEST(test_one_large_value_is_exact),
        TEST(test_steps_are_contiguous),
        TEST(test_values_beyond_the_range_count),
        TEST(test_quantiles_are_close),
        TEST(test_merge_adds_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
