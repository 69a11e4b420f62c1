/* SPDX-License-Identifier: BSD-2-Clause */
/* The PL011 of guests; numbers are those of DDI 0183G 3.3. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/pl011.h"
#include "vmm-vm.h"

#define INTID 33

static struct test_vm vm;
static struct pl011 uart;
static char sent[8];
static unsigned sent_count;

static void put(void *opaque, char c)
{
    assert_ptr_equal(opaque, &vm);
    sent[sent_count++ % sizeof(sent)] = c;
}

static int setup(void **state)
{
    test_vm_create(&vm, 1);
    pl011_init(&uart, &vm.hyp, INTID, put, &vm);
    sent_count = 0;
    return 0;
}

static uint32_t access_at(uint64_t offset, bool is_write, uint32_t value)
{
    struct mmio_access access = {
        .offset = offset, .size_bytes = 4, .is_write = is_write, .value = value,
    };

    assert_int_equal(pl011_access(&uart, &vm.hyp.vcpu[0], &access), MMIO_DONE);
    return access.value;
}

static bool line(void)
{
    return vm.hyp.vgic.irq[INTID - 32].line;
}

static void test_identification(void **state)
{
    static const uint8_t id[8] = {0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(access_at(0xfe0 + 4 * i, false, 0), id[i]);
    }
}

static void test_reset_values(void **state)
{
    assert_int_equal(access_at(0x18, false, 0), 0x90);  /* FR: TXFE, RXFE */
    assert_int_equal(access_at(0x30, false, 0), 0x300); /* CR */
    assert_int_equal(access_at(0x34, false, 0), 0x12);  /* IFLS */
    assert_int_equal(access_at(0x38, false, 0), 0);
    assert_int_equal(access_at(0x00, false, 0), 0);
    assert_int_equal(access_at(0x04, false, 0), 0);     /* RSR: no errors */
}

static void test_sending_raises_the_transmit_interrupt(void **state)
{
    access_at(0x00, true, 'x');
    assert_int_equal(sent[0], 'x');
    assert_int_equal(access_at(0x3c, false, 0), 0x20);
    assert_false(line());
    access_at(0x38, true, 0x20);
    assert_true(line());
    assert_int_equal(access_at(0x40, false, 0), 0x20);
    access_at(0x44, true, 0x20);
    assert_false(line());
}

static void test_receiving_until_the_fifo_is_empty(void **state)
{
    access_at(0x38, true, 0x10);
    for (unsigned i = 0; i < 17; i++) {
        pl011_receive(&uart, (char)('a' + i));
    }
    assert_int_equal(access_at(0x18, false, 0), 0xc0); /* RXFF */
    assert_true(line());
    for (unsigned i = 0; i < 16; i++) {
        assert_true(line());
        assert_int_equal(access_at(0x00, false, 0), 'a' + i);
    }
    assert_false(line());
    assert_int_equal(access_at(0x18, false, 0), 0x90);
}

static void test_registers_keep_their_bits(void **state)
{
    static const struct {
        uint16_t offset, kept;
    } rows[] = {
        {0x24, 0xffff}, {0x28, 0x3f}, {0x2c, 0xff}, {0x30, 0xff87}, {0x34, 0x3f}, {0x38, 0x7ff},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        access_at(rows[i].offset, true, 0xffffffff);
        assert_int_equal(access_at(rows[i].offset, false, 0), rows[i].kept);
    }
    access_at(0x18, true, 0xffffffff);
    assert_int_equal(access_at(0x18, false, 0), 0x90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_identification, setup),
        cmocka_unit_test_setup(test_reset_values, setup),
        cmocka_unit_test_setup(test_sending_raises_the_transmit_interrupt, setup),
        cmocka_unit_test_setup(test_receiving_until_the_fifo_is_empty, setup),
        cmocka_unit_test_setup(test_registers_keep_their_bits, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
