/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Distribution of a number in constant memory: exact below 128, above that 64 equal steps per
 * doubling, so that quantiles are within 1.6 % of the truth.  Mean and largest are exact.
 */
#ifndef HYPTRACE_LIB_HISTOGRAM_H
#define HYPTRACE_LIB_HISTOGRAM_H

#include <stdint.h>

#define HT_HISTOGRAM_STEP_BITS 6   /* log2 of the steps per doubling */
#define HT_HISTOGRAM_VALUE_BITS 48 /* larger values count as the largest step */
#define HT_HISTOGRAM_STEPS \
    ((HT_HISTOGRAM_VALUE_BITS - HT_HISTOGRAM_STEP_BITS + 1) << HT_HISTOGRAM_STEP_BITS)

/* All zero is an empty histogram. */
struct ht_histogram {
    uint64_t count;
    uint64_t sum;
    uint64_t max;
    uint32_t steps[HT_HISTOGRAM_STEPS]; /* stay at UINT32_MAX */
};

/** ht_histogram_step: the step that counts value. */
static inline unsigned ht_histogram_step(uint64_t value)
{
    unsigned exponent;

    if (value < 1u << (HT_HISTOGRAM_STEP_BITS + 1)) {
        return (unsigned)value;
    }
    exponent = 63 - (unsigned)__builtin_clzll(value) - HT_HISTOGRAM_STEP_BITS;
    if (exponent >= HT_HISTOGRAM_VALUE_BITS - HT_HISTOGRAM_STEP_BITS) {
        return HT_HISTOGRAM_STEPS - 1;
    }
    return (exponent << HT_HISTOGRAM_STEP_BITS) + (unsigned)(value >> exponent);
}

/** ht_histogram_add: counts one value. */
static inline void ht_histogram_add(struct ht_histogram *histogram, uint64_t value)
{
    uint32_t *step = &histogram->steps[ht_histogram_step(value)];

    histogram->count++;
    histogram->sum += value;
    histogram->max = value > histogram->max ? value : histogram->max;
    *step += *step != UINT32_MAX;
}

/** ht_histogram_merge: adds all that from counted to histogram. */
void ht_histogram_merge(struct ht_histogram *histogram, const struct ht_histogram *from);

/** ht_histogram_mean: 0 if empty. */
double ht_histogram_mean(const struct ht_histogram *histogram);

/**
 * ht_histogram_quantile: the value that a fraction (0 to 1) of the counted ones do not exceed:
 * the middle of its step, or the maximum if that is in the same step.  0 if empty.
 */
uint64_t ht_histogram_quantile(const struct ht_histogram *histogram, double fraction);

#endif
