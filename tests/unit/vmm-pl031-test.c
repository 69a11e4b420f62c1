/* SPDX-License-Identifier: BSD-2-Clause */
/* The RTC of guests, on a count of 10 ticks a second, and the power button's GPIO.  Numbers are those
 * of DDI 0224 3.3 and DDI 0190 3.3. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/pl031.h"
#include "core/pl061.h"
#include "vmm-vm.h"

#define RTC_INTID  36
#define GPIO_INTID 39
#define DR 0x00
#define MR 0x04
#define LR 0x08
#define IMSC 0x10
#define RIS 0x14
#define MIS 0x18
#define ICR 0x1c
#define POWER (1u << PL061_POWER_BUTTON)

static struct test_vm vm;
static struct hypctx *const ctx = &vm.hyp.vcpu[0];
static struct pl031 rtc;
static struct pl061 gpio;

static int setup(void **state)
{
    test_vm_create(&vm, 2);
    fake.counter = 1000;
    pl031_init(&rtc, &vm.hyp, RTC_INTID, 10, 1700000000);
    pl061_init(&gpio, &vm.hyp, GPIO_INTID);
    return 0;
}

static uint32_t rtc_at(uint64_t offset, bool is_write, uint32_t value)
{
    struct mmio_access access = {
        .offset = offset, .size_bytes = 4, .is_write = is_write, .value = value,
    };

    assert_int_equal(pl031_access(&rtc, ctx, &access), MMIO_DONE);
    return access.value;
}

static uint32_t gpio_at(uint64_t offset, bool is_write, uint32_t value)
{
    struct mmio_access access = {
        .offset = offset, .size_bytes = 4, .is_write = is_write, .value = value,
    };

    assert_int_equal(pl061_access(&gpio, ctx, &access), MMIO_DONE);
    return access.value;
}

static bool line(unsigned intid)
{
    return vm.hyp.vgic.irq[intid - 32].line;
}

static void test_identification(void **state)
{
    static const uint8_t rtc_id[8] = {0x31, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1};

    for (unsigned i = 0; i < 8; i++) {
        assert_int_equal(rtc_at(0xfe0 + 4 * i, false, 0), rtc_id[i]);
        assert_int_equal(gpio_at(0xfe0 + 4 * i, false, 0), i ? rtc_id[i] : 0x61);
    }
}

static void test_the_clock_counts_seconds(void **state)
{
    assert_int_equal(rtc_at(DR, false, 0), 1700000000);
    assert_int_equal(rtc_at(0x0c, false, 0), 1);
    assert_int_equal(rtc_at(LR, false, 0), 0);
    fake.counter += 9;
    assert_int_equal(rtc_at(DR, false, 0), 1700000000);
    fake.counter += 1;
    assert_int_equal(rtc_at(DR, false, 0), 1700000001);
    rtc_at(LR, true, 5);
    fake.counter += 25;
    assert_int_equal(rtc_at(DR, false, 0), 7);
    assert_int_equal(rtc_at(LR, false, 0), 5);
    rtc_at(DR, true, 99);
    assert_int_equal(rtc_at(DR, false, 0), 7);
    assert_int_equal(rtc_at(0x20, false, 0), 0);
}

static void test_the_clock_wraps(void **state)
{
    rtc_at(LR, true, UINT32_MAX);
    rtc_at(MR, true, 1);
    assert_true(alarm_deadline(&vm.hyp) == 1020);
    fake.counter += 10;
    assert_int_equal(rtc_at(DR, false, 0), 0);
}

static void test_a_match_interrupts(void **state)
{
    rtc_at(LR, true, 100);
    rtc_at(MR, true, 103);
    rtc_at(IMSC, true, 1);
    assert_true(alarm_deadline(&vm.hyp) == 1030);
    fake.counter = 1029;
    alarm_check(&vm.hyp, fake.counter);
    assert_int_equal(rtc_at(RIS, false, 0), 0);
    fake.counter = 1030;
    alarm_check(&vm.hyp, fake.counter);
    assert_int_equal(rtc_at(RIS, false, 0), 1);
    assert_int_equal(rtc_at(MIS, false, 0), 1);
    assert_true(line(RTC_INTID));
    rtc_at(IMSC, true, 0);
    assert_int_equal(rtc_at(MIS, false, 0), 0);
    assert_false(line(RTC_INTID));
    rtc_at(IMSC, true, 1);
    rtc_at(ICR, true, 1);
    assert_false(line(RTC_INTID));
    alarm_check(&vm.hyp, fake.counter); /* not twice for one second */
    assert_int_equal(rtc_at(RIS, false, 0), 0);
    assert_true(alarm_deadline(&vm.hyp) > 1030 + 0xffffffffull);
    rtc_at(MR, true, 103); /* written anew it is */
    alarm_check(&vm.hyp, fake.counter);
    assert_int_equal(rtc_at(RIS, false, 0), 1);
}

static struct trap_regs wait_for_interrupt(struct hypctx *who, void *opaque)
{
    who->regs.pc += 4;
    return (struct trap_regs) {.vector = HYP_VECTOR_TRAP, .hsr = 0x07e00000};
}

/* A vCPU that sleeps is to be woken for the alarm, and finds its line up when it enters. */
static void test_an_alarm_ends_the_sleep(void **state)
{
    rtc_at(IMSC, true, 1);
    rtc_at(MR, true, 1700000002);
    vcpu_boot(ctx, TEST_RAM, 0, 0, 0);
    fake.guest = wait_for_interrupt;
    assert_int_equal(vcpu_run(ctx, 0, 5000).code, VM_EXIT_WFI);
    assert_true(fake.timer_deadline[0] == 1020);
    vcpu_put(ctx);
    assert_true(vtimer_deadline(ctx) == 1020);
    ctx->vtimer.phys = (struct timer_regs) {.ctl = CNT_CTL_ENABLE, .cval = 1015};
    assert_true(vtimer_deadline(ctx) == 1015);
    ctx->vtimer.phys.ctl = 0;
    fake.counter = 1020;
    vcpu_run(ctx, 0, 5000);
    assert_true(line(RTC_INTID));
    vcpu_put(ctx);
}

/* ---- GPIO ---- */

static void press(bool pressed)
{
    pl061_set_pin(&gpio, PL061_POWER_BUTTON, pressed);
}

static void test_data_by_address(void **state)
{
    press(true);
    assert_int_equal(gpio_at(0x3fc, false, 0), POWER);
    assert_int_equal(gpio_at(POWER << 2, false, 0), POWER);
    assert_int_equal(gpio_at(0x3fc & ~(POWER << 2), false, 0), 0);
    gpio_at(0x400, true, 0xf0);
    gpio_at(0x3fc, true, 0xff);
    assert_int_equal(gpio_at(0x3fc, false, 0), 0xf0 | POWER);
    gpio_at(0x10 << 2, true, 0);
    assert_int_equal(gpio_at(0x3fc, false, 0), 0xe0 | POWER);
}

static void test_edges_of_the_button(void **state)
{
    gpio_at(0x408, true, POWER);
    gpio_at(0x410, true, POWER);
    press(true);
    assert_true(line(GPIO_INTID));
    assert_int_equal(gpio_at(0x418, false, 0), POWER);
    gpio_at(0x41c, true, POWER);
    assert_false(line(GPIO_INTID));
    press(true); /* no edge */
    assert_false(line(GPIO_INTID));
    press(false);
    assert_true(line(GPIO_INTID));
    gpio_at(0x41c, true, POWER);
    gpio_at(0x408, true, 0); /* falling only */
    press(true);
    assert_int_equal(gpio_at(0x414, false, 0), 0);
    gpio_at(0x40c, true, POWER); /* rising only */
    press(false);
    assert_int_equal(gpio_at(0x414, false, 0), 0);
    press(true);
    assert_int_equal(gpio_at(0x414, false, 0), POWER);
}

static void test_levels_of_the_button(void **state)
{
    gpio_at(0x404, true, POWER);
    gpio_at(0x40c, true, POWER);
    gpio_at(0x410, true, POWER);
    assert_false(line(GPIO_INTID));
    press(true);
    assert_true(line(GPIO_INTID));
    gpio_at(0x41c, true, POWER); /* a level is not cleared */
    assert_true(line(GPIO_INTID));
    gpio_at(0x40c, true, 0);
    assert_false(line(GPIO_INTID));
    press(false);
    assert_true(line(GPIO_INTID));
    gpio_at(0x410, true, 0);
    assert_false(line(GPIO_INTID));
    assert_int_equal(gpio_at(0x414, false, 0), POWER);
}

static void test_gpio_registers_keep_their_bits(void **state)
{
    static const uint16_t offsets[] = {0x400, 0x404, 0x408, 0x40c, 0x410, 0x420};

    for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        assert_int_equal(gpio_at(offsets[i], false, 0), 0);
        gpio_at(offsets[i], true, 0xffa5);
        assert_int_equal(gpio_at(offsets[i], false, 0), 0xa5);
        gpio_at(offsets[i], true, 0);
    }
    gpio_at(0x424, true, 1);
    assert_int_equal(gpio_at(0x424, false, 0), 0);
    gpio_at(0x414, true, 0xff);
    assert_int_equal(gpio_at(0x418, false, 0), 0);
}

#define TEST(name) cmocka_unit_test_setup(test_##name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(identification),
        TEST(the_clock_counts_seconds),
        TEST(the_clock_wraps),
        TEST(a_match_interrupts),
        TEST(an_alarm_ends_the_sleep),
        TEST(data_by_address),
        TEST(edges_of_the_button),
        TEST(levels_of_the_button),
        TEST(gpio_registers_keep_their_bits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
