/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The packet writer against docs/trace-format.md, byte by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "hyptrace/format/core_delta.h"
#include "hyptrace/format/packet.h"
#include "hyptrace/format/regs.h"

struct fixture {
    uint8_t packet[HT_PACKET_BYTES_MIN];
    struct ht_stream stream;
};

static void put_hvc_entry(struct ht_stream *s, const struct ht_stamp *stamp)
{
    static const uint32_t was[HT_CORE_COUNT] = { [2] = 0xc0008000 };
    static const uint32_t now[HT_CORE_COUNT] = { 0x25, 0x12345678, 0xc000ffff };
    uint8_t *p = ht_event_begin(s, HT_EV_ENTRY_SYNC, stamp);

    ht_put_u8(&p, 5 << HT_ENTRY_VECTOR_SHIFT | 2 << HT_ENTRY_INSN_SHIFT | 0);
    ht_put_u32(&p, 0x40008004);
    ht_put_u32(&p, 0x600001d3);
    ht_put_u32(&p, 0x4a000001);
    ht_put_u16(&p, 0x0071);
    ht_put_u16(&p, 0xe140);
    ht_put_core_delta(&p, was, now);
    ht_put_u8(&p, 1);
    ht_put_row(&p, HT_REG_HCR, 0x00000001);
    ht_event_end(s, p);
}

static void put_snapshot(struct ht_stream *s, const struct ht_stamp *stamp)
{
    uint8_t *p = ht_event_begin(s, HT_EV_REGISTERS, stamp);

    ht_put_u8(&p, HT_STATE_IN_HYP | 2 << HT_STATE_DEPTH_SHIFT);
    ht_put_u8(&p, 1);
    ht_put_row(&p, HT_REG_R2, 0xc0008000);
    ht_event_end(s, p);
}

/* The example of docs/trace-format.md: header, context, a snapshot and an HVC entry. */
static void test_packet_is_byte_exact(void **state)
{
    static const uint8_t expected[] = {
        0xc1, 0x1f, 0xfc, 0xc1,                             /* magic 0xC1FC1FC1 */
        0x40, 0xf1, 0xe2, 0x19, 0x67, 0x03, 0x5c, 0x3c,     /* uuid */
        0x98, 0x6b, 0x6a, 0x59, 0xde, 0x3f, 0xd3, 0x60,
        0x00, 0x00, 0x00, 0x00,                             /* stream_id */
        0x00, 0xca, 0x9a, 0x3b, 0x00, 0x00, 0x00, 0x00,     /* timestamp_begin 1 s */
        0x00, 0xca, 0x9a, 0x3b, 0x00, 0x00, 0x00, 0x00,     /* timestamp_end */
        0xc8, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* content_size 153 bytes */
        0xc8, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* packet_size */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* packet_seq_num */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* events_discarded */
        0x07, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,     /* seq_begin 2^32 + 7 */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* insns_begin */
        0x01, 0x00, 0x00, 0x00,                             /* cpu_id */

        0x01, 0x00, 0xca, 0x9a, 0x3b,                       /* id 1, time */
        0x07, 0x00, 0x00, 0x00,                             /* seq */
        0x05,                                               /* in_hyp 1, depth 2 */
        0x01, 0x02, 0x00, 0x80, 0x00, 0xc0,                 /* one row: r2 = 0xc0008000 */

        0x08, 0x00, 0xca, 0x9a, 0x3b,                       /* id 8, time */
        0x07, 0x00, 0x00, 0x00,                             /* seq */
        0x15,                                               /* vector 5, 2 halfwords, depth 0 */
        0x04, 0x80, 0x00, 0x40,                             /* elr */
        0xd3, 0x01, 0x00, 0x60,                             /* spsr */
        0x01, 0x00, 0x00, 0x4a,                             /* hsr: HVC #1, 32 bits */
        0x71, 0x00, 0x40, 0xe1,                             /* hvc #1 */
        0x2d, 0x00, 0x00, 0x00,                             /* codes: r0 1, r1 3, r2 2 */
        0x21, 0x04,                                         /* n8 1, n16 1, n32 1 */
        0x25,                                               /* r0 = 0x25 */
        0xff, 0xff,                                         /* r2 = 0xc000ffff */
        0x78, 0x56, 0x34, 0x12,                             /* r1 = 0x12345678 */
        0x01, 0x48, 0x01, 0x00, 0x00, 0x00,                 /* one row: HCR = 1 */
    };
    const struct ht_stamp stamp = { .time_ns = 1000000000, .seq = (1ull << 32) + 7 };
    struct fixture f;

    memset(&f, 0xee, sizeof(f));
    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 1, false);
    ht_packet_open(&f.stream, &stamp);
    put_snapshot(&f.stream, &stamp);
    put_hvc_entry(&f.stream, &stamp);

    assert_int_equal(f.stream.event_count, 1);
    assert_int_equal(ht_packet_close(&f.stream), sizeof(expected));
    assert_memory_equal(f.packet, expected, sizeof(expected));
}

/* 2^32 ns after the previous event the low half is not enough. */
static void test_time_gap_takes_extended_header(void **state)
{
    static const uint8_t expected[] = {
        0x14, 0x05, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,   /* compact, at 5 ns */
        0x14, 0x04, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,   /* compact, 2^32 - 1 later */
        0xff, 0x14, 0x04, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00,
    };
    const struct ht_stamp stamps[] = {
        { .time_ns = 5, .seq = 1 },
        { .time_ns = 0x100000004, .seq = 2 },
        { .time_ns = 0x200000004, .seq = 3 },
    };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, false);
    ht_packet_open(&f.stream, &stamps[0]);
    for (unsigned i = 0; i < 3; i++) {
        ht_event_end(&f.stream, ht_event_begin(&f.stream, HT_EV_GIC_ACK, &stamps[i]));
    }
    assert_int_equal(f.stream.used_bytes, HT_PACKET_HEADER_BYTES + sizeof(expected));
    assert_memory_equal(f.packet + HT_PACKET_HEADER_BYTES, expected, sizeof(expected));
}

/* Under icount an event says what its CPU executed since the event before; a snapshot says 0. */
static void test_insns_count_from_event_to_event(void **state)
{
    const struct ht_stamp first = { .seq = 1, .insns_total = 1000 };
    const struct ht_stamp second = { .seq = 2, .insns_total = 1250 };
    const struct ht_stamp late = { .seq = 3, .insns_total = 1250 + (1ull << 32) };
    static const uint8_t insns[] = { 0xfa, 0x00, 0x00, 0x00 };
    static const uint8_t saturated[] = { 0xff, 0xff, 0xff, 0xff };
    static const uint8_t none[] = { 0x00, 0x00, 0x00, 0x00 };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, true);
    ht_packet_open(&f.stream, &first);
    ht_event_end(&f.stream, ht_event_begin(&f.stream, HT_EV_GIC_ACK, &first));
    ht_packet_close(&f.stream);
    ht_packet_open(&f.stream, &second);
    assert_int_equal(f.stream.insns_begin, 1000);
    ht_event_end(&f.stream, ht_event_begin(&f.stream, HT_EV_REGISTERS, &second));
    assert_memory_equal(f.packet + HT_PACKET_HEADER_BYTES + 9, none, 4);
    ht_event_end(&f.stream, ht_event_begin(&f.stream, HT_EV_GIC_ACK, &second));
    assert_memory_equal(f.packet + HT_PACKET_HEADER_BYTES + 22, insns, 4);
    ht_event_end(&f.stream, ht_event_begin(&f.stream, HT_EV_GIC_ACK, &late));
    assert_memory_equal(f.packet + HT_PACKET_HEADER_BYTES + 35, saturated, 4);
}

/* All codes at once: every register of the 16 changes to a full value. */
static void test_core_delta_of_all_registers(void **state)
{
    uint32_t was[HT_CORE_COUNT], now[HT_CORE_COUNT];
    uint8_t room[HT_EVENT_BYTES_MAX];
    uint8_t *p = room;

    for (unsigned i = 0; i < HT_CORE_COUNT; i++) {
        was[i] = 0;
        now[i] = 0x80000000u + i;
    }
    ht_put_core_delta(&p, was, now);
    assert_int_equal(p - room, 4 + 2 + 64);
    assert_memory_equal(room, "\xff\xff\xff\xff\x00\x40\x00\x00\x00\x80\x01\x00\x00\x80", 14);
    assert_memory_equal(p - 4, "\x0f\x00\x00\x80", 4);
}

static void test_core_delta_of_nothing(void **state)
{
    static const uint32_t same[HT_CORE_COUNT] = { 1, 2, 3 };
    uint8_t room[HT_EVENT_BYTES_MAX];
    uint8_t *p = room;

    ht_put_core_delta(&p, same, same);
    assert_int_equal(p - room, 6);
    assert_memory_equal(room, "\0\0\0\0\0\0", 6);
}

/* A packet has room as long as the longest event fits. */
static void test_room_ends_one_longest_event_before_the_end(void **state)
{
    const struct ht_stamp stamp = { .seq = 1 };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, false);
    assert_false(ht_packet_has_room(&f.stream));
    ht_packet_open(&f.stream, &stamp);
    assert_true(ht_packet_has_room(&f.stream));
    f.stream.used_bytes = HT_PACKET_BYTES_MIN - HT_EVENT_BYTES_MAX;
    assert_true(ht_packet_has_room(&f.stream));
    f.stream.used_bytes++;
    assert_false(ht_packet_has_room(&f.stream));
}

/* A packet that is given up leaves no gap in the numbers, but its events are counted. */
static void test_lost_packet_is_counted(void **state)
{
    const struct ht_stamp stamp = { .seq = 1 };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, false);
    ht_packet_open(&f.stream, &stamp);
    put_snapshot(&f.stream, &stamp);
    put_hvc_entry(&f.stream, &stamp);
    put_hvc_entry(&f.stream, &stamp);
    ht_packet_close(&f.stream);
    ht_packet_lost(&f.stream);
    ht_packet_open(&f.stream, &stamp);
    ht_packet_close(&f.stream);
    assert_int_equal(f.packet[HT_PACKET_SEQ_NUM], 0);
    assert_int_equal(f.packet[HT_PACKET_DISCARDED], 2);
    ht_packet_written(&f.stream);
    ht_packet_open(&f.stream, &stamp);
    ht_packet_close(&f.stream);
    assert_int_equal(f.packet[HT_PACKET_SEQ_NUM], 1);
    assert_int_equal(f.packet[HT_PACKET_DISCARDED], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packet_is_byte_exact),
        cmocka_unit_test(test_time_gap_takes_extended_header),
        cmocka_unit_test(test_insns_count_from_event_to_event),
        cmocka_unit_test(test_core_delta_of_all_registers),
        cmocka_unit_test(test_core_delta_of_nothing),
        cmocka_unit_test(test_room_ends_one_longest_event_before_the_end),
        cmocka_unit_test(test_lost_packet_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
