/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Distribution of a number.
 */
#include <math.h>

#include "hyptrace/lib/histogram.h"

void ht_histogram_merge(struct ht_histogram *histogram, const struct ht_histogram *from)
{
    histogram->count += from->count;
    histogram->sum += from->sum;
    histogram->max = from->max > histogram->max ? from->max : histogram->max;
    for (unsigned i = 0; i < HT_HISTOGRAM_STEPS; i++) {
        uint32_t room = UINT32_MAX - histogram->steps[i];

        histogram->steps[i] += from->steps[i] < room ? from->steps[i] : room;
    }
}

double ht_histogram_mean(const struct ht_histogram *histogram)
{
    return histogram->count ? (double)histogram->sum / (double)histogram->count : 0;
}

/* The middle of the values that a step counts. */
static uint64_t step_middle(unsigned step)
{
    unsigned exponent;
    uint64_t first;

    if (step < 1u << (HT_HISTOGRAM_STEP_BITS + 1)) {
        return step;
    }
    exponent = (step >> HT_HISTOGRAM_STEP_BITS) - 1;
    first = (uint64_t)(step - (exponent << HT_HISTOGRAM_STEP_BITS)) << exponent;
    return first + (((UINT64_C(1) << exponent) - 1) >> 1);
}

uint64_t ht_histogram_quantile(const struct ht_histogram *histogram, double fraction)
{
    uint64_t wanted = (uint64_t)ceil(fraction * (double)histogram->count), seen = 0;

    for (unsigned i = 0; i < HT_HISTOGRAM_STEPS; i++) {
        seen += histogram->steps[i];
        if (seen && seen >= wanted) {
            return i == ht_histogram_step(histogram->max) ? histogram->max : step_middle(i);
        }
    }
    return histogram->max;
}
