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

static void put_hvc_return(struct ht_stream *s, const struct ht_stamp *stamp)
{
    static const uint32_t same[HT_CORE_COUNT];
    uint8_t *p = ht_event_begin(s, HT_EV_RETURN, stamp);

    ht_put_return(&p, 0x40008004, 0x600001d3, 0x40008004, 0x600001d3);
    ht_put_core_delta(&p, same, same);
    ht_put_u8(&p, 0);
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

/* The example of docs/trace-format.md: header, context, a snapshot, an HVC entry and its return. */
static void test_packet_is_byte_exact(void **state)
{
    static const uint8_t expected[] = {
        0xc1, 0x1f, 0xfc, 0xc1,                             /* magic 0xC1FC1FC1 */
        0x61, 0xb0, 0xf9, 0x68, 0x3e, 0xbd, 0x5c, 0xde,     /* uuid */
        0xad, 0x9b, 0xbe, 0xe2, 0x4a, 0x48, 0x76, 0x40,
        0x00, 0x00, 0x00, 0x00,                             /* stream_id */
        0x00, 0xca, 0x9a, 0x3b, 0x00, 0x00, 0x00, 0x00,     /* timestamp_begin 1 s */
        0x2c, 0xcb, 0x9a, 0x3b, 0x00, 0x00, 0x00, 0x00,     /* timestamp_end */
        0x98, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* content_size 147 bytes */
        0x98, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* packet_size */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* packet_seq_num */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* events_discarded */
        0x07, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00,     /* seq_begin 2^32 + 7 */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,     /* insns_begin */
        0x01, 0x00, 0x00, 0x00,                             /* cpu_id */

        0x04,                                               /* time same, id 1 */
        0x00,                                               /* seq same */
        0x05,                                               /* in_hyp 1, depth 2 */
        0x01, 0x02, 0x00, 0x80, 0x00, 0xc0,                 /* one row: r2 = 0xc0008000 */

        0x20,                                               /* time same, id 8 */
        0x00,                                               /* seq same */
        0x15,                                               /* vector 5, 2 halfwords, depth 0 */
        0x04, 0x80, 0x00, 0x40,                             /* elr */
        0xd3, 0x01, 0x00, 0x60,                             /* spsr */
        0x01, 0x00, 0x00, 0x4a,                             /* hsr: HVC #1, 32 bits */
        0x71, 0x00, 0x40, 0xe1,                             /* hvc #1 */
        0x2d, 0x00, 0x00, 0x00,                             /* codes: r0 1, r1 3, r2 2 */
        0x25,                                               /* r0 = 0x25 */
        0x78, 0x56, 0x34, 0x12,                             /* r1 = 0x12345678 */
        0xff, 0xff,                                         /* r2 = 0xc000ffff */
        0x01, 0x48, 0x01, 0x00, 0x00, 0x00,                 /* one row: HCR = 1 */

        0x0d, 0x2c, 0xcb,                                   /* time low16, id 3; 1 s + 300 ns */
        0x01,                                               /* seq next */
        0x00,                                               /* pc and cpsr: ELR_hyp, SPSR_hyp */
        0x00, 0x00, 0x00, 0x00,                             /* codes: none */
        0x00,                                               /* no rows */
    };
    const struct ht_stamp stamp = { .time_ns = 1000000000, .seq = (1ull << 32) + 7 };
    const struct ht_stamp later = { .time_ns = 1000000300, .seq = (1ull << 32) + 8 };
    struct fixture f;

    memset(&f, 0xee, sizeof(f));
    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 1, false);
    ht_packet_open(&f.stream, &stamp);
    put_snapshot(&f.stream, &stamp);
    put_hvc_entry(&f.stream, &stamp);
    put_hvc_return(&f.stream, &later);

    assert_int_equal(f.stream.event_count, 2);
    assert_int_equal(ht_packet_close(&f.stream), sizeof(expected));
    assert_memory_equal(f.packet, expected, sizeof(expected));
}

/* Time and sequence number take as few bytes as tell them from the previous event's. */
static void test_stamps_are_as_short_as_can_be(void **state)
{
    static const struct {
        const char *name;
        uint64_t time_ns, seq;
        uint8_t size_bytes;
        uint8_t bytes[16];
    } rows[] = {
        { "the same", 5, 1, 2, { 0x50, 0x00 } },
        { "16 bits", 5 + 0xffff, 2, 4, { 0x51, 0x04, 0x00, 0x01 } },
        { "24 bits", 5 + 0x1ffff, 2 + 255, 6, { 0x52, 0x04, 0x00, 0x02, 0x02, 0xff } },
        { "the most of 24", 5 + 0x101fffe, 513, 9,
          { 0x52, 0x03, 0x00 + 0x00, 0x02, 0x03, 0x01, 0x02, 0x00, 0x00 } },
        { "64 bits", 5 + 0x201fffe, 514, 10,
          { 0x53, 0x03, 0x00, 0x02, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01 } },
        { "2^32 events later", 5 + 0x201fffe, 514 + UINT32_MAX, 6,
          { 0x50, 0x03, 0x01, 0x02, 0x00, 0x00 } },
    };
    const struct ht_stamp first = { .time_ns = 5, .seq = 1 };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, false);
    ht_packet_open(&f.stream, &first);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct ht_stamp stamp = { .time_ns = rows[i].time_ns, .seq = rows[i].seq };
        uint8_t *begin = f.packet + f.stream.used_bytes;
        uint8_t *end = ht_event_begin(&f.stream, HT_EV_GIC_ACK, &stamp);

        if (end - begin != rows[i].size_bytes ||
            memcmp(begin, rows[i].bytes, rows[i].size_bytes) != 0) {
            fail_msg("%s", rows[i].name);
        }
        ht_event_end(&f.stream, end);
    }
}

/* Under icount an event says what its CPU executed since the event before; a snapshot says 0. */
static void test_insns_count_from_event_to_event(void **state)
{
    static const struct {
        enum ht_event_id id;
        uint64_t insns_total;
        uint8_t size_bytes;
        uint8_t bytes[6];
    } rows[] = {
        { HT_EV_GIC_ACK, 1000, 2, { 0x50, 0x00 } },
        { HT_EV_GIC_ACK, 1250, 3, { 0x50, 0x04, 0xfa } },
        { HT_EV_REGISTERS, 1900, 2, { 0x04, 0x00 } },
        { HT_EV_GIC_ACK, 1250 + 0xffff, 4, { 0x50, 0x08, 0xff, 0xff } },
        { HT_EV_GIC_ACK, 1250 + 0x1ffff, 6, { 0x50, 0x0c, 0x00, 0x00, 0x01, 0x00 } },
        { HT_EV_GIC_ACK, 1ull << 40, 6, { 0x50, 0x0c, 0xff, 0xff, 0xff, 0xff } },
    };
    const struct ht_stamp first = { .seq = 1, .insns_total = 1000 };
    struct fixture f;

    ht_stream_init(&f.stream, f.packet, sizeof(f.packet), 0, true);
    f.stream.insns_last = 1000;
    ht_packet_open(&f.stream, &first);
    assert_int_equal(f.stream.insns_begin, 1000);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct ht_stamp stamp = { .seq = 1, .insns_total = rows[i].insns_total };
        uint8_t *begin = f.packet + f.stream.used_bytes;
        uint8_t *end = ht_event_begin(&f.stream, rows[i].id, &stamp);

        if (end - begin != rows[i].size_bytes ||
            memcmp(begin, rows[i].bytes, rows[i].size_bytes) != 0) {
            fail_msg("row %zu", i);
        }
        ht_event_end(&f.stream, end);
    }
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
    assert_int_equal(p - room, 4 + 64);
    assert_memory_equal(room, "\xff\xff\xff\xff\x00\x00\x00\x80\x01\x00\x00\x80", 12);
    assert_memory_equal(p - 4, "\x0f\x00\x00\x80", 4);
}

static void test_core_delta_of_nothing(void **state)
{
    static const uint32_t same[HT_CORE_COUNT] = { 1, 2, 3 };
    uint8_t room[HT_EVENT_BYTES_MAX];
    uint8_t *p = room;

    ht_put_core_delta(&p, same, same);
    assert_int_equal(p - room, 4);
    assert_memory_equal(room, "\0\0\0\0", 4);
}

/* A return says where it goes by ELR_hyp and SPSR_hyp, if it can. */
static void test_return_refers_to_elr_and_spsr(void **state)
{
    static const struct {
        uint32_t pc, cpsr;
        uint8_t size_bytes;
        uint8_t bytes[9];
    } rows[] = {
        { 0x8000, 0x13, 1, { 0x00 } },
        { 0x8002, 0x13, 1, { 0x01 } },
        { 0x8004, 0x10, 5, { 0x06, 0x10, 0, 0, 0 } },
        { 0x7ffe, 0x13, 5, { 0x03, 0xfe, 0x7f, 0, 0 } },
        { 0x8006, 0x10, 9, { 0x07, 0x06, 0x80, 0, 0, 0x10, 0, 0, 0 } },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t room[16];
        uint8_t *p = room;

        ht_put_return(&p, 0x8000, 0x13, rows[i].pc, rows[i].cpsr);
        assert_int_equal(p - room, rows[i].size_bytes);
        assert_memory_equal(room, rows[i].bytes, rows[i].size_bytes);
    }
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
        cmocka_unit_test(test_stamps_are_as_short_as_can_be),
        cmocka_unit_test(test_insns_count_from_event_to_event),
        cmocka_unit_test(test_core_delta_of_all_registers),
        cmocka_unit_test(test_core_delta_of_nothing),
        cmocka_unit_test(test_return_refers_to_elr_and_spsr),
        cmocka_unit_test(test_room_ends_one_longest_event_before_the_end),
        cmocka_unit_test(test_lost_packet_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
