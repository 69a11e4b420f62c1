/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A PL031 real-time clock for guests.  ARM DDI 0224.  Seconds are counted by the physical count; the
 * interrupt comes when they reach the match register.
 */
#ifndef VMM_CORE_PL031_H
#define VMM_CORE_PL031_H

#include <stdbool.h>
#include <stdint.h>
#include "core/alarm.h"
#include "core/mmio.h"

struct pl031 {
    struct hyp *hyp;
    unsigned intid;             /* of its interrupt line, 32 up */
    uint32_t ticks_per_second;  /* of the physical count */
    uint64_t zero;              /* count at which the clock was 0, modulo 2^64 */
    uint32_t match, load;       /* RTCMR, RTCLR */
    bool masked;                /* RTCIMSC is 0 */
    bool raised;                /* RTCRIS */
    struct vm_alarm alarm;
};

/* Reset state, but that the clock runs and shows now_seconds (since 1970). */
void pl031_init(struct pl031 *rtc, struct hyp *hyp, unsigned intid, uint32_t ticks_per_second,
                uint32_t now_seconds);

/* The registers, for mmio_add(): 4 KiB; opaque is the struct pl031. */
enum mmio_result pl031_access(void *opaque, struct hypctx *ctx, struct mmio_access *access);

extern const struct mmio_device_ops pl031_ops;

#endif
