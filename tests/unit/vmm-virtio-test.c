/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtio-mmio transport and split rings, with the entropy device behind them, and the console. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/virtio_console.h"
#include "core/virtio_rng.h"
#include "vmm-virtio.h"

#define INTID 40

static struct test_vm vm;
static struct virtio_rng rng;
static struct virtio_console console;
static struct driver driver;
static struct virtio *const virtio = &rng.virtio;
static char sent[600];
static unsigned sent_count;

static void fill(void *opaque, void *to, size_t size_bytes)
{
    memset(to, 0x5a, size_bytes);
}

static void put(void *opaque, char c)
{
    if (sent_count < sizeof(sent)) {
        sent[sent_count++] = c;
    }
}

static int setup(void **state)
{
    test_vm_create(&vm, 1);
    virtio_rng_init(&rng, &vm.hyp, INTID, fill, NULL);
    virtio_console_init(&console, &vm.hyp, INTID + 1, put, NULL);
    sent_count = 0;
    return 0;
}

/* A request for bytes of entropy at BUFFER, as descriptor 0. */
static void request(uint32_t bytes)
{
    desc(&driver, 0, 0, BUFFER, bytes, DESC_F_WRITE, 0);
    offer(&driver, 0, 0);
}

/* ---- Registers ---- */

static void test_identification(void **state)
{
    assert_int_equal(get(virtio, 0x000), 0x74726976);
    assert_int_equal(get(virtio, 0x004), 2);
    assert_int_equal(get(virtio, 0x008), 4);
    assert_int_equal(get(virtio, 0x00c), 0x4d4d5656);
    assert_int_equal(get(virtio, 0x034), 128);
    assert_int_equal(get(virtio, 0x0fc), 0);
    set(virtio, 0x30, 1);
    assert_int_equal(get(virtio, 0x034), 0); /* it has one queue */
    assert_int_equal(get(virtio, 0x044), 0);
}

static void test_features_by_halves(void **state)
{
    set(virtio, 0x14, 0);
    assert_int_equal(get(virtio, 0x10), 0x30000000);
    set(virtio, 0x14, 1);
    assert_int_equal(get(virtio, 0x10), 1);
    set(virtio, 0x14, 2);
    assert_int_equal(get(virtio, 0x10), 0);
}

static void test_narrow_and_unaligned_accesses_do_nothing(void **state)
{
    assert_int_equal(reg_access(virtio, 0x000, 1, false, 0), 0);
    assert_int_equal(reg_access(virtio, 0x002, 2, false, 0), 0);
    reg_access(virtio, 0x070, 1, true, VIRTIO_ACKNOWLEDGE);
    assert_int_equal(get(virtio, 0x70), 0);
    assert_int_equal(get(virtio, 0x100), 0); /* no configuration */
    set(virtio, 0x100, 1);
    set(virtio, 0x004, 1);
    assert_int_equal(get(virtio, 0x004), 2);
}

static void test_features_are_refused(void **state)
{
    driver_negotiate(&driver, virtio, VIRTIO_F_INDIRECT_DESC); /* a legacy driver */
    assert_false(get(virtio, 0x70) & VIRTIO_FEATURES_OK);
    driver_negotiate(&driver, virtio, VIRTIO_F_VERSION_1 | 1ull << 40);
    assert_false(get(virtio, 0x70) & VIRTIO_FEATURES_OK);
    set(virtio, 0x70, VIRTIO_DRIVER_OK); /* not before FEATURES_OK */
    assert_int_equal(get(virtio, 0x70), VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER);
    driver_queue(&driver, 0);
    assert_int_equal(get(virtio, 0x44), 0);
    driver_negotiate(&driver, virtio, VIRTIO_F_VERSION_1);
    assert_true(get(virtio, 0x70) & VIRTIO_FEATURES_OK);
    set(virtio, 0x24, 0);
    set(virtio, 0x20, 0x20000000); /* too late */
    assert_true(virtio->accepted == VIRTIO_F_VERSION_1);
}

static void test_a_ready_queue_is_not_changed(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    assert_int_equal(get(virtio, 0x44), 1);
    set(virtio, 0x38, 4);
    set(virtio, 0x80, 0);
    set(virtio, 0x44, 1);
    assert_int_equal(virtio->queue[0].size, RING_SIZE);
    assert_true(virtio->queue[0].desc.value == RING_AT(0));
    set(virtio, 0x44, 0);
    assert_int_equal(get(virtio, 0x44), 0);
}

static void test_rings_that_cannot_be(void **state)
{
    static const struct {
        unsigned offset;
        uint32_t value;
    } rows[] = {
        {0x38, 0}, {0x38, 3}, {0x38, 256}, {0x38, 0x10008}, {0x80, RING_AT(0) + 8},
        {0x90, AVAIL_AT(0) + 1}, {0xa0, USED_AT(0) + 2}, {0x84, 0x100}, {0x94, 0x100},
        {0xa4, 0x80000000},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        driver_negotiate(&driver, virtio, FEATURES);
        driver_queue(&driver, 0);
        set(virtio, 0x44, 0);
        set(virtio, rows[i].offset, rows[i].value);
        set(virtio, 0x44, 1);
        assert_int_equal(get(virtio, 0x44), 0);
        assert_true(needs_reset(&driver));
        assert_false(line(virtio)); /* the driver was not at work */
    }
}

static void test_reset_forgets_everything(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    request(8);
    kick(&driver, 0);
    assert_true(line(virtio));
    set(virtio, 0x70, 0);
    assert_false(line(virtio));
    assert_int_equal(get(virtio, 0x70), 0);
    assert_int_equal(get(virtio, 0x60), 0);
    assert_int_equal(get(virtio, 0x44), 0);
}

/* ---- Rings ---- */

static void test_a_request_is_served(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    request(8);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 1);
    assert_int_equal(used_bytes(&driver, 0), 8);
    assert_int_equal(ram_word(&vm.hyp, BUFFER + 4), 0x5a5a5a5a);
    assert_int_equal(ram_word(&vm.hyp, BUFFER + 8), 0);
    assert_int_equal(get(virtio, 0x60), 1);
    assert_true(line(virtio));
    set(virtio, 0x64, 1);
    assert_false(line(virtio));
}

static void test_nothing_is_served_before_driver_ok(void **state)
{
    driver_negotiate(&driver, virtio, FEATURES);
    driver_queue(&driver, 0);
    request(8);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 0);
}

static void test_a_queue_that_does_not_exist_or_is_not_ready(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    request(8);
    kick(&driver, 1);
    kick(&driver, 0xffffffff);
    assert_int_equal(used_index(&driver, 0), 0);
    set(virtio, 0x44, 0);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 0);
    assert_false(needs_reset(&driver));
}

static void test_indices_wrap(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    for (unsigned i = 0; i < 0x10010; i++) {
        request(4);
        kick(&driver, 0);
    }
    assert_false(needs_reset(&driver));
    assert_int_equal(used_index(&driver, 0), 0x10);
}

static void test_many_requests_for_one_notification(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    for (unsigned i = 0; i < RING_SIZE; i++) {
        desc(&driver, 0, i, BUFFER + 4 * i, 4, DESC_F_WRITE, 0);
        offer(&driver, 0, (uint16_t)i);
    }
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), RING_SIZE);
}

static void test_indirect_descriptors(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    put_desc(&vm.hyp, BUFFER + 0x1000, 0, BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 2);
    put_desc(&vm.hyp, BUFFER + 0x1000, 2, BUFFER + 0x100, 4, DESC_F_WRITE, 0);
    desc(&driver, 0, 3, BUFFER + 0x1000, 48, DESC_F_INDIRECT, 0);
    offer(&driver, 0, 3);
    kick(&driver, 0);
    assert_int_equal(used_bytes(&driver, 0), 8);
    assert_int_equal(ram_word(&vm.hyp, BUFFER + 0x100), 0x5a5a5a5a);
}

static void test_no_interrupt_if_not_wanted(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    ram_put_half(&vm.hyp, AVAIL_AT(0), 1); /* VIRTQ_AVAIL_F_NO_INTERRUPT */
    request(8);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 1);
    assert_false(line(virtio));
}

static void test_event_index(void **state)
{
    const uint32_t used_event = AVAIL_AT(0) + 4 + 2 * RING_SIZE;
    const uint32_t avail_event = USED_AT(0) + 4 + 8 * RING_SIZE;

    driver_start(&driver, virtio, FEATURES | VIRTIO_F_EVENT_IDX);
    ram_put_half(&vm.hyp, used_event, 1); /* an interrupt for the second */
    request(8);
    kick(&driver, 0);
    assert_int_equal(ram_half(&vm.hyp, avail_event), 1);
    assert_false(line(virtio));
    request(8);
    kick(&driver, 0);
    assert_int_equal(ram_half(&vm.hyp, avail_event), 2);
    assert_true(line(virtio));
}

/* ---- Rings of hostile drivers: each row is one descriptor table ---- */

struct hostile_desc {
    uint64_t ipa;
    uint32_t bytes;
    uint16_t flags, next;
};

static void test_hostile_chains(void **state)
{
    static const struct {
        const char *title;
        uint16_t head;
        struct hostile_desc desc[3];
    } rows[] = {
        {"a loop", 0, {{BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 1},
                       {BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 0}}},
        {"a loop of empty ones", 0, {{BUFFER, 0, DESC_F_WRITE | DESC_F_NEXT, 0}}},
        {"head beyond the table", RING_SIZE, {{BUFFER, 4, DESC_F_WRITE, 0}}},
        {"next beyond the table", 0, {{BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 0xffff}}},
        {"no memory", 0, {{0x1000, 4, DESC_F_WRITE, 0}}},
        {"over the end of memory", 0, {{TEST_RAM + TEST_RAM_SIZE - 4, 8, DESC_F_WRITE, 0}}},
        {"beyond 40 bits", 0, {{1ull << 40, 4, DESC_F_WRITE, 0}}},
        {"the last byte of all", 0, {{UINT64_MAX, 4, DESC_F_WRITE, 0}}},
        {"a huge length", 0, {{BUFFER, UINT32_MAX, DESC_F_WRITE, 0}}},
        {"huge lengths that wrap", 0, {{BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 1},
                                       {BUFFER, UINT32_MAX - 3, DESC_F_WRITE, 0}}},
        {"reading after writing", 0, {{BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 1},
                                      {BUFFER, 4, 0, 0}}},
        {"nothing to write to", 0, {{BUFFER, 4, 0, 0}}},
        {"an indirect table outside", 0, {{0x1000, 16, DESC_F_INDIRECT, 0}}},
        {"half an indirect table", 0, {{BUFFER, 24, DESC_F_INDIRECT, 0}}},
        {"an empty indirect table", 0, {{BUFFER, 0, DESC_F_INDIRECT, 0}}},
        {"more after an indirect table", 0, {{RING_AT(0) + 16, 16, DESC_F_INDIRECT | DESC_F_NEXT, 1},
                                             {BUFFER, 4, DESC_F_WRITE, 0}}},
        {"an indirect table inside another", 0, {{RING_AT(0) + 16, 16, DESC_F_INDIRECT, 0},
                                                 {RING_AT(0) + 32, 16, DESC_F_INDIRECT, 0},
                                                 {BUFFER, 4, DESC_F_WRITE, 0}}},
        {"an indirect table in itself", 0, {{RING_AT(0), 16, DESC_F_INDIRECT, 0}}},
        {"a loop in an indirect table", 0, {{RING_AT(0) + 16, 16, DESC_F_INDIRECT, 0},
                                            {BUFFER, 4, DESC_F_WRITE | DESC_F_NEXT, 0}}},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        driver_start(&driver, virtio, FEATURES);
        for (unsigned d = 0; d < 3; d++) {
            const struct hostile_desc *from = &rows[i].desc[d];

            desc(&driver, 0, d, from->ipa, from->bytes, from->flags, from->next);
        }
        /* What would be found behind the table is fine. */
        desc(&driver, 0, RING_SIZE, BUFFER, 4, DESC_F_WRITE, 0);
        desc(&driver, 0, 0xffff, BUFFER, 4, DESC_F_WRITE, 0);
        offer(&driver, 0, rows[i].head);
        kick(&driver, 0);
        if (!needs_reset(&driver)) {
            fail_msg("%s was accepted", rows[i].title);
        }
        assert_int_equal(used_index(&driver, 0), 0);
        assert_int_equal(get(virtio, 0x60), 2);
        request(4);
        kick(&driver, 0); /* nothing more until the reset */
        assert_int_equal(used_index(&driver, 0), 0);
    }
    driver_start(&driver, virtio, FEATURES);
    request(4);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 1);
}

static void test_indirect_only_if_negotiated(void **state)
{
    driver_start(&driver, virtio, VIRTIO_F_VERSION_1);
    put_desc(&vm.hyp, BUFFER, 0, BUFFER + 0x100, 4, DESC_F_WRITE, 0);
    desc(&driver, 0, 0, BUFFER, 16, DESC_F_INDIRECT, 0);
    offer(&driver, 0, 0);
    kick(&driver, 0);
    assert_true(needs_reset(&driver));
}

static void test_more_available_than_the_ring_holds(void **state)
{
    driver_start(&driver, virtio, FEATURES);
    driver.offered[0] = RING_SIZE;
    request(4);
    kick(&driver, 0);
    assert_true(needs_reset(&driver));
    assert_int_equal(used_index(&driver, 0), 0);
}

static void test_rings_outside_of_memory(void **state)
{
    static const unsigned high[] = {0x84, 0x94, 0xa4};

    for (unsigned i = 0; i < 3; i++) {
        driver_negotiate(&driver, virtio, FEATURES | VIRTIO_F_EVENT_IDX);
        driver_queue(&driver, 0);
        set(virtio, 0x44, 0);
        set(virtio, high[i], 0x80);
        set(virtio, 0x44, 1);
        set(virtio, 0x70, get(virtio, 0x70) | VIRTIO_DRIVER_OK);
        request(4);
        kick(&driver, 0);
        assert_true(needs_reset(&driver));
    }
}

/* The driver's area ends with the memory: its used_event is outside. */
static void test_half_a_ring_outside_of_memory(void **state)
{
    const uint32_t avail = TEST_RAM + TEST_RAM_SIZE - 4 - 2 * RING_SIZE;

    driver_negotiate(&driver, virtio, FEATURES | VIRTIO_F_EVENT_IDX);
    driver_queue(&driver, 0);
    set(virtio, 0x44, 0);
    set(virtio, 0x90, avail);
    set(virtio, 0x44, 1);
    set(virtio, 0x70, get(virtio, 0x70) | VIRTIO_DRIVER_OK);
    desc(&driver, 0, 0, BUFFER, 4, DESC_F_WRITE, 0);
    ram_put_half(&vm.hyp, avail + 4, 0);
    ram_put_half(&vm.hyp, avail + 2, 1);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 1);
    assert_true(needs_reset(&driver));
}

/* ---- Console ---- */

static void test_console_sends_in_pieces(void **state)
{
    char text[300];
    struct driver d;

    for (unsigned i = 0; i < sizeof(text); i++) {
        text[i] = (char)(' ' + i % 90);
    }
    driver_start(&d, &console.virtio, FEATURES);
    ram_put(&vm.hyp, BUFFER, text, sizeof(text));
    desc(&d, 1, 0, BUFFER, 299, DESC_F_NEXT, 1);
    desc(&d, 1, 1, BUFFER + 299, 1, 0, 0);
    offer(&d, 1, 0);
    set(&console.virtio, 0x50, 1);
    arch_lock(&vm.hyp.lock);
    assert_true(work_run(&vm.hyp));
    arch_unlock(&vm.hyp.lock);
    assert_int_equal(sent_count, 64);
    assert_int_equal(used_index(&d, 1), 0);
    work(&vm.hyp);
    assert_int_equal(sent_count, 300);
    assert_memory_equal(sent, text, sizeof(text));
    assert_int_equal(used_index(&d, 1), 1);
    assert_int_equal(used_bytes(&d, 1), 0);
}

/* A request that is made shorter while it is under way, and one whose second half is not there. */
static void test_console_of_a_hostile_guest(void **state)
{
    struct driver d;

    driver_start(&d, &console.virtio, FEATURES);
    desc(&d, 1, 0, BUFFER, 300, 0, 0);
    offer(&d, 1, 0);
    set(&console.virtio, 0x50, 1);
    arch_lock(&vm.hyp.lock);
    work_run(&vm.hyp);
    arch_unlock(&vm.hyp.lock);
    desc(&d, 1, 0, BUFFER, 10, 0, 0);
    work(&vm.hyp);
    assert_true(needs_reset(&d));
    driver_start(&d, &console.virtio, FEATURES);
    desc(&d, 1, 0, TEST_RAM + TEST_RAM_SIZE - 100, 300, 0, 0);
    offer(&d, 1, 0);
    kick(&d, 1);
    assert_true(needs_reset(&d));
}

static void receive(const char *text)
{
    arch_lock(&vm.hyp.lock);
    for (; *text; text++) {
        virtio_console_receive(&console, *text);
    }
    arch_unlock(&vm.hyp.lock);
}

static void test_console_receives(void **state)
{
    struct driver d;
    char text[4] = "";

    driver_start(&d, &console.virtio, FEATURES);
    desc(&d, 0, 0, BUFFER, 16, DESC_F_WRITE, 0);
    offer(&d, 0, 0);
    kick(&d, 0);
    receive("x");
    assert_int_equal(used_index(&d, 0), 1);
    assert_int_equal(used_bytes(&d, 0), 1);
    assert_true(line(&console.virtio));
    receive("abc"); /* no buffer now: kept */
    assert_int_equal(used_index(&d, 0), 1);
    offer(&d, 0, 0);
    kick(&d, 0);
    assert_int_equal(used_bytes(&d, 0), 3);
    ram_get(&vm.hyp, BUFFER, text, 3);
    assert_string_equal(text, "abc");
}

static void test_console_keeps_a_fifo_full(void **state)
{
    struct driver d;

    driver_start(&d, &console.virtio, FEATURES);
    for (unsigned i = 0; i < 100; i++) {
        receive("y");
    }
    desc(&d, 0, 0, BUFFER, 1000, DESC_F_WRITE, 0);
    offer(&d, 0, 0);
    kick(&d, 0);
    assert_int_equal(used_bytes(&d, 0), VIRTIO_CONSOLE_FIFO);
    receive("z");
    desc(&d, 0, 0, 0x1000, 1000, DESC_F_WRITE, 0); /* no memory */
    offer(&d, 0, 0);
    kick(&d, 0);
    assert_true(needs_reset(&d));
}

/* ---- In the run loop ---- */

static struct trap_regs no_guest(struct hypctx *ctx, void *opaque)
{
    fake_check(false, "the guest ran before the work was done");
    return (struct trap_regs) {.vector = HYP_VECTOR_TRAP};
}

static struct trap_regs power_off(struct hypctx *ctx, void *opaque)
{
    ctx->regs.r[0] = 0x84000008;
    return (struct trap_regs) {.vector = HYP_VECTOR_TRAP, .hsr = 0x4a000000};
}

/* A guest whose requests take longer than its slice is preempted, and goes on with them. */
static void test_work_ends_with_the_slice(void **state)
{
    struct driver d;
    struct vm_exit exit;

    driver_start(&d, &console.virtio, FEATURES);
    desc(&d, 1, 0, BUFFER, 300, 0, 0);
    offer(&d, 1, 0);
    set(&console.virtio, 0x50, 1);
    vcpu_boot(&vm.hyp.vcpu[0], TEST_RAM, 0, 0, 0);
    fake.guest = no_guest;
    fake.counter = 1000;
    exit = vcpu_run(&vm.hyp.vcpu[0], 0, 1000);
    assert_int_equal(exit.code, VM_EXIT_PREEMPTED);
    assert_int_equal(sent_count, 64);
    fake.guest = power_off;
    exit = vcpu_run(&vm.hyp.vcpu[0], 0, 2000);
    assert_int_equal(exit.code, VM_EXIT_SYSTEM_OFF);
    assert_int_equal(sent_count, 300);
}

static void test_work_is_done_in_order_and_dropped(void **state)
{
    struct driver d;

    driver_start(&driver, virtio, FEATURES);
    driver_start(&d, &console.virtio, FEATURES);
    request(4);
    set(virtio, 0x50, 0);
    set(virtio, 0x50, 0); /* is there already */
    set(&console.virtio, 0x50, 1);
    assert_ptr_equal(vm.hyp.work, &virtio->work);
    assert_ptr_equal(virtio->work.next, &console.virtio.work);
    arch_lock(&vm.hyp.lock);
    work_drop(&vm.hyp);
    assert_false(work_run(&vm.hyp));
    arch_unlock(&vm.hyp.lock);
    assert_int_equal(used_index(&driver, 0), 0);
    kick(&driver, 0);
    assert_int_equal(used_index(&driver, 0), 1);
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(identification),
        TEST(features_by_halves),
        TEST(narrow_and_unaligned_accesses_do_nothing),
        TEST(features_are_refused),
        TEST(a_ready_queue_is_not_changed),
        TEST(rings_that_cannot_be),
        TEST(reset_forgets_everything),
        TEST(a_request_is_served),
        TEST(nothing_is_served_before_driver_ok),
        TEST(a_queue_that_does_not_exist_or_is_not_ready),
        TEST(indices_wrap),
        TEST(many_requests_for_one_notification),
        TEST(indirect_descriptors),
        TEST(no_interrupt_if_not_wanted),
        TEST(event_index),
        TEST(hostile_chains),
        TEST(indirect_only_if_negotiated),
        TEST(more_available_than_the_ring_holds),
        TEST(rings_outside_of_memory),
        TEST(half_a_ring_outside_of_memory),
        TEST(console_sends_in_pieces),
        TEST(console_of_a_hostile_guest),
        TEST(console_receives),
        TEST(console_keeps_a_fifo_full),
        TEST(work_ends_with_the_slice),
        TEST(work_is_done_in_order_and_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
