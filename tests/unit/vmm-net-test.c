/* SPDX-License-Identifier: BSD-2-Clause */
/* The switch, and two VMs with a card each on it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/virtio_net.h"
#include "vmm-virtio.h"

#define INTID 41
#define HEADER_BYTES 12u

static const uint8_t mac[3][6] = {{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}};
static const uint8_t everybody[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

static struct net_switch net;
static struct test_vm vm[2];
static struct virtio_net card[2];
static struct driver driver[2];
static unsigned told[NET_PORT_MAX];

static int setup(void **state)
{
    net_switch_init(&net);
    fake_reset();
    for (unsigned i = 0; i < 2; i++) {
        test_vm_add(&vm[i], 1, i);
        assert_int_equal(virtio_net_init(&card[i], &vm[i].hyp, INTID, &net, mac[i]), VMM_OK);
        driver_start(&driver[i], &card[i].virtio, FEATURES);
    }
    return 0;
}

static void count_told(void *opaque)
{
    (*(unsigned *)opaque)++;
}

/* A switch with as many ports as it can have, and nothing behind them. */
static int setup_bare(void **state)
{
    fake_reset();
    net_switch_init(&net);
    memset(told, 0, sizeof(told));
    for (int i = 0; i < NET_PORT_MAX; i++) {
        assert_int_equal(net_connect(&net, count_told, &told[i]), i);
    }
    assert_int_equal(net_connect(&net, count_told, NULL), VMM_ENOMEM);
    return 0;
}

static void make_frame(uint8_t *frame, const uint8_t *to, const uint8_t *from)
{
    memcpy(frame, to, 6);
    memcpy(frame + 6, from, 6);
}

static unsigned send_bare(unsigned port, const uint8_t *to, const uint8_t *from)
{
    uint8_t frame[64] = {0};

    make_frame(frame, to, from);
    return net_send(&net, port, frame, sizeof(frame));
}

static void test_learns_where_an_address_is(void **state)
{
    assert_int_equal(send_bare(0, mac[1], mac[0]), 0xe); /* not known: all others */
    assert_int_equal(send_bare(1, mac[0], mac[1]), 0x1);
    assert_int_equal(send_bare(0, mac[1], mac[0]), 0x2);
    assert_int_equal(send_bare(2, everybody, mac[2]), 0xb);
    assert_int_equal(send_bare(2, mac[0], mac[2]), 0x1);
    assert_int_equal(send_bare(3, mac[2], mac[0]), 0x4); /* it has moved */
    assert_int_equal(send_bare(2, mac[0], mac[2]), 0x8);
    assert_int_equal(send_bare(3, mac[0], mac[1]), 0);   /* is where it came from */
    send_bare(1, mac[0], everybody);                     /* nobody is called so */
    assert_int_equal(send_bare(0, everybody, mac[2]), 0xe);
    net_deliver(&net, 0x5);
    assert_int_equal(told[0] + told[2], 2);
    assert_int_equal(told[1] + told[3], 0);
}

static void test_a_port_that_left_gets_nothing(void **state)
{
    send_bare(1, everybody, mac[1]);
    assert_int_equal(send_bare(0, mac[1], mac[0]), 0x2);
    net_disconnect(&net, 1);
    assert_int_equal(send_bare(0, mac[1], mac[0]), 0xc);
    assert_int_equal(net_connect(&net, count_told, &told[1]), 1);
    assert_null(net_first(&net, 1));
}

static void test_the_oldest_address_is_forgotten(void **state)
{
    uint8_t other[6] = {2, 1};

    send_bare(1, everybody, mac[1]);
    for (unsigned i = 0; i < NET_ADDRESS_COUNT; i++) {
        other[5] = (uint8_t)i;
        send_bare(2, everybody, other);
    }
    assert_int_equal(send_bare(0, mac[1], mac[0]), 0xe);
    assert_int_equal(send_bare(0, other, mac[0]), 0x4);
}

static void test_a_full_queue_drops(void **state)
{
    for (unsigned i = 0; i < NET_QUEUE_FRAMES; i++) {
        assert_int_equal(send_bare(0, everybody, mac[0]), 0xe);
    }
    assert_int_equal(send_bare(0, everybody, mac[0]), 0);
    assert_int_equal(net.port[1].dropped, 1);
    net_drop_first(&net, 1);
    assert_int_equal(send_bare(0, everybody, mac[0]), 0x2);
    net_flush(&net, 1);
    assert_null(net_first(&net, 1));
}

static void test_frames_that_are_none(void **state)
{
    uint8_t frame[NET_FRAME_MAX + 1] = {0xff};

    assert_int_equal(net_send(&net, 0, frame, NET_FRAME_MIN - 1), 0);
    assert_int_equal(net_send(&net, 0, frame, NET_FRAME_MAX + 1), 0);
    assert_int_equal(net_send(&net, 0, frame, NET_FRAME_MAX), 0xe);
}

/* Frame of bytes from VM `from`, header before it, without a notification. */
static void put_frame(unsigned from, const uint8_t *to, uint32_t bytes)
{
    uint8_t data[HEADER_BYTES + 2000] = {0};

    make_frame(data + HEADER_BYTES, to, mac[from]);
    for (unsigned i = 12; i < bytes; i++) {
        data[HEADER_BYTES + i] = (uint8_t)i;
    }
    ram_put(&vm[from].hyp, BUFFER, data, HEADER_BYTES + bytes);
    desc(&driver[from], 1, 0, BUFFER, HEADER_BYTES + bytes, 0, 0);
    offer(&driver[from], 1, 0);
}

static void offer_buffer(unsigned vm_number, uint32_t bytes)
{
    desc(&driver[vm_number], 0, 0, BUFFER + 0x8000, bytes, DESC_F_WRITE, 0);
    offer(&driver[vm_number], 0, 0);
    kick(&driver[vm_number], 0);
}

static void test_configuration_is_the_address(void **state)
{
    assert_int_equal(get(&card[1].virtio, 0x008), 1);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(reg_access(&card[1].virtio, 0x100 + i, 1, false, 0), mac[1][i]);
    }
}

static void test_a_frame_from_one_guest_to_the_other(void **state)
{
    uint8_t got[HEADER_BYTES + 100];
    const uint8_t header[HEADER_BYTES] = {[10] = 1};

    offer_buffer(1, 1600);
    put_frame(0, mac[1], 100);
    kick(&driver[0], 1);
    assert_int_equal(used_index(&driver[0], 1), 1);
    assert_int_equal(used_index(&driver[1], 0), 1);
    assert_int_equal(used_bytes(&driver[1], 0), sizeof(got));
    assert_true(line(&card[1].virtio));
    ram_get(&vm[1].hyp, BUFFER + 0x8000, got, sizeof(got));
    assert_memory_equal(got, header, HEADER_BYTES);
    assert_memory_equal(got + HEADER_BYTES, mac[1], 6);
    assert_memory_equal(got + HEADER_BYTES + 6, mac[0], 6);
    assert_int_equal(got[HEADER_BYTES + 99], 99);
}

static void test_a_frame_waits_for_a_buffer(void **state)
{
    put_frame(0, mac[1], 60);
    kick(&driver[0], 1);
    put_frame(0, mac[1], 61);
    kick(&driver[0], 1);
    assert_int_equal(used_index(&driver[1], 0), 0);
    offer_buffer(1, 1600);
    assert_int_equal(used_bytes(&driver[1], 0), HEADER_BYTES + 60);
    offer_buffer(1, 1600);
    assert_int_equal(used_bytes(&driver[1], 0), HEADER_BYTES + 61);
}

static void test_hostile_cards(void **state)
{
    offer_buffer(1, 1600);
    put_frame(0, mac[1], NET_FRAME_MAX + 1); /* dropped */
    kick(&driver[0], 1);
    assert_int_equal(used_index(&driver[0], 1), 1);
    assert_int_equal(used_index(&driver[1], 0), 0);
    desc(&driver[0], 1, 0, BUFFER, HEADER_BYTES - 1, 0, 0);
    offer(&driver[0], 1, 0);
    kick(&driver[0], 1);
    assert_true(needs_reset(&driver[0]));
    driver_start(&driver[0], &card[0].virtio, FEATURES);
    desc(&driver[0], 1, 0, TEST_RAM + TEST_RAM_SIZE - 20, 100, 0, 0);
    offer(&driver[0], 1, 0);
    kick(&driver[0], 1);
    assert_true(needs_reset(&driver[0]));
    /* A receiver whose buffer is too small harms itself only. */
    driver_start(&driver[0], &card[0].virtio, FEATURES);
    driver_start(&driver[1], &card[1].virtio, FEATURES);
    offer_buffer(1, 40);
    put_frame(0, mac[1], 60);
    kick(&driver[0], 1);
    assert_true(needs_reset(&driver[1]));
    assert_false(needs_reset(&driver[0]));
    assert_int_equal(used_index(&driver[0], 1), 1);
    driver_start(&driver[1], &card[1].virtio, FEATURES);
    assert_null(net_first(&net, card[1].port)); /* its reset forgot the frame */
}

static void test_no_port_is_left(void **state)
{
    struct virtio_net more;

    for (unsigned i = 2; i < NET_PORT_MAX; i++) {
        assert_int_equal(virtio_net_init(&more, &vm[0].hyp, INTID, &net, mac[0]), VMM_OK);
    }
    assert_int_equal(virtio_net_init(&more, &vm[0].hyp, INTID, &net, mac[0]), VMM_ENOMEM);
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)
#define TEST_BARE(name) cmocka_unit_test_setup(test_##name, setup_bare)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_BARE(learns_where_an_address_is),
        TEST_BARE(a_port_that_left_gets_nothing),
        TEST_BARE(the_oldest_address_is_forgotten),
        TEST_BARE(a_full_queue_drops),
        TEST_BARE(frames_that_are_none),
        TEST(configuration_is_the_address),
        TEST(a_frame_from_one_guest_to_the_other),
        TEST(a_frame_waits_for_a_buffer),
        TEST(hostile_cards),
        TEST(no_port_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
