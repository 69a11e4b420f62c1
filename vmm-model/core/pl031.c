/* SPDX-License-Identifier: BSD-2-Clause */
/* PL031 real-time clock.  DDI 0224, 3.3. */
#include <string.h>
#include "core/hyp.h"
#include "core/pl031.h"
#include "core/save.h"

enum {
    RTCDR = 0x00,
    RTCMR = 0x04,
    RTCLR = 0x08,
    RTCCR = 0x0c,
    RTCIMSC = 0x10,
    RTCRIS = 0x14,
    RTCMIS = 0x18,
    RTCICR = 0x1c,
    RTC_ID = 0xfe0, /* PeriphID0 to 3, PCellID0 to 3 */
};

static void update(struct pl031 *rtc)
{
    vgic_set_line(rtc->hyp, NULL, rtc->intid, rtc->raised && !rtc->masked);
}

static uint32_t now(const struct pl031 *rtc)
{
    return (uint32_t)((arch_counter() - rtc->zero) / rtc->ticks_per_second);
}

/* The next time that the clock becomes equal to RTCMR, at most 2^32 seconds from now.  The second
 * that is running matches no more once it has. */
static void set_alarm(struct pl031 *rtc, bool this_second)
{
    uint64_t seconds = (arch_counter() - rtc->zero) / rtc->ticks_per_second;
    uint32_t left = rtc->match - (uint32_t)seconds;
    uint64_t ahead = left == 0 && !this_second ? 1ull << 32 : left;

    alarm_set(rtc->hyp, &rtc->alarm, rtc->zero + (seconds + ahead) * rtc->ticks_per_second);
}

static void ring(struct vm_alarm *alarm)
{
    struct pl031 *rtc = (struct pl031 *)((char *)alarm - offsetof(struct pl031, alarm));

    rtc->raised = true;
    update(rtc);
    set_alarm(rtc, false);
}

/* Seconds are whole when the register is written. */
static void set_clock(struct pl031 *rtc, uint32_t seconds)
{
    rtc->load = seconds;
    rtc->zero = arch_counter() - (uint64_t)seconds * rtc->ticks_per_second;
}

void pl031_init(struct pl031 *rtc, struct hyp *hyp, unsigned intid, uint32_t ticks_per_second,
                uint32_t now_seconds)
{
    memset(rtc, 0, sizeof(*rtc));
    rtc->hyp = hyp;
    rtc->intid = intid;
    rtc->ticks_per_second = ticks_per_second;
    rtc->masked = true;
    set_clock(rtc, now_seconds);
    rtc->load = 0;
    alarm_add(hyp, &rtc->alarm, ring);
}

static uint32_t read_register(const struct pl031 *rtc, uint64_t offset)
{
    static const uint8_t id[8] = {0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    if (offset >= RTC_ID) {
        return id[(offset - RTC_ID) / 4];
    }
    switch (offset) {
    case RTCDR: return now(rtc);
    case RTCMR: return rtc->match;
    case RTCLR: return rtc->load;
    case RTCCR: return 1; /* runs, and cannot be stopped: 3.3.4 */
    case RTCIMSC: return !rtc->masked;
    case RTCRIS: return rtc->raised;
    case RTCMIS: return rtc->raised && !rtc->masked;
    default: return 0; /* write-only or reserved */
    }
}

static void write_register(struct pl031 *rtc, uint64_t offset, uint32_t value)
{
    switch (offset) {
    case RTCMR:
        rtc->match = value;
        set_alarm(rtc, true);
        break;
    case RTCLR:
        set_clock(rtc, value);
        set_alarm(rtc, true);
        break;
    case RTCIMSC:
        rtc->masked = !(value & 1);
        update(rtc);
        break;
    case RTCICR:
        rtc->raised = rtc->raised && !(value & 1);
        update(rtc);
        break;
    default: /* read-only or reserved */
        break;
    }
}

enum mmio_result pl031_access(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    struct pl031 *rtc = opaque;

    (void)ctx;
    if (access->is_write) {
        write_register(rtc, access->offset & ~3ull, access->value);
    } else {
        access->value = read_register(rtc, access->offset & ~3ull);
    }
    return MMIO_DONE;
}

static void save(void *opaque, struct save_stream *s)
{
    struct pl031 *rtc = opaque, copy = *rtc;
    uint64_t ticks = s->now_ticks - copy.zero;

    save_u64(s, &ticks);
    save_u32(s, &copy.match);
    save_u32(s, &copy.load);
    save_bool(s, &copy.masked);
    save_bool(s, &copy.raised);
    save_time(s, &copy.alarm.due);
    copy.zero = s->now_ticks - ticks;
    if (save_commits(s)) {
        *rtc = copy;
    }
}

static void reset(void *opaque)
{
    struct pl031 *rtc = opaque;

    rtc->match = rtc->load = 0;
    rtc->masked = true;
    rtc->raised = false;
    rtc->alarm.due = UINT64_MAX;
    update(rtc);
}

const struct mmio_device_ops pl031_ops = {save, reset};
