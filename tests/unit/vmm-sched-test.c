/* SPDX-License-Identifier: BSD-2-Clause */
/* The scheduler: turns, blocking, waking. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "arch/fake/fake.h"
#include "core/sched.h"

static struct sched sched;
static struct hypctx vcpu[SCHED_VCPU_MAX + 1];
static uint64_t until;

/* Three vCPUs, all awake; a slice is 100 ticks. */
static int setup(void **state)
{
    fake_reset();
    sched_init(&sched, 100);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(sched_add(&sched, &vcpu[i]), VMM_OK);
        sched_wake(&sched, &vcpu[i]);
    }
    return 0;
}

static void test_vcpus_take_turns(void **state)
{
    for (unsigned turn = 0; turn < 7; turn++) {
        struct hypctx *ctx = sched_pick(&sched, 0, turn * 100, &until);

        assert_ptr_equal(ctx, &vcpu[turn % 3]);
        assert_int_equal(until, turn * 100 + 100);
        sched_release(&sched, ctx, false, 0);
    }
}

static void test_no_vcpu_runs_on_two_cpus(void **state)
{
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[0]);
    assert_true(sched_has_other(&sched, 0));
    assert_ptr_equal(sched_pick(&sched, 1, 0, &until), &vcpu[1]);
    sched_release(&sched, &vcpu[0], true, UINT64_MAX);
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[2]);
    assert_null(sched_pick(&sched, 0, 0, &until));
    assert_false(sched_has_other(&sched, 0));
}

static void test_a_blocked_vcpu_waits_for_its_deadline(void **state)
{
    for (unsigned i = 0; i < 3; i++) {
        assert_non_null(sched_pick(&sched, 0, 0, &until));
    }
    sched_release(&sched, &vcpu[2], true, 500);
    sched_release(&sched, &vcpu[1], true, 700);
    assert_null(sched_pick(&sched, 0, 499, &until));
    assert_int_equal(until, 500);
    assert_ptr_equal(sched_pick(&sched, 0, 500, &until), &vcpu[2]);
}

static void test_a_wake_up_before_the_block_is_not_lost(void **state)
{
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[0]);
    sched_wake(&sched, &vcpu[0]);
    sched_release(&sched, &vcpu[0], true, UINT64_MAX);
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[1]);
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[2]);
    assert_ptr_equal(sched_pick(&sched, 0, 0, &until), &vcpu[0]);
    /* It was used up by that. */
    sched_release(&sched, &vcpu[0], true, UINT64_MAX);
    assert_null(sched_pick(&sched, 0, 0, &until));
    assert_int_equal(until, UINT64_MAX);
}

static void test_waking_kicks_one_idle_cpu(void **state)
{
    for (unsigned i = 0; i < 3; i++) {
        sched_release(&sched, sched_pick(&sched, 0, 0, &until), true, UINT64_MAX);
    }
    assert_null(sched_pick(&sched, 0, 0, &until));
    assert_null(sched_pick(&sched, 1, 0, &until));
    sched_wake(&sched, &vcpu[1]);
    assert_int_equal(fake.kick_count[0] + fake.kick_count[1], 1);
    sched_wake(&sched, &vcpu[2]);
    assert_int_equal(fake.kick_count[0], 1);
    assert_int_equal(fake.kick_count[1], 1);
    sched_wake(&sched, &vcpu[0]); /* nobody is idle any more */
    assert_int_equal(fake.kick_count[0] + fake.kick_count[1], 2);
}

static void test_room_and_removal(void **state)
{
    for (unsigned i = 3; i < SCHED_VCPU_MAX; i++) {
        assert_int_equal(sched_add(&sched, &vcpu[i]), VMM_OK);
    }
    assert_int_equal(sched_add(&sched, &vcpu[SCHED_VCPU_MAX]), VMM_ENOMEM);
    for (unsigned i = 0; i < SCHED_VCPU_MAX; i++) {
        sched_remove(&sched, &vcpu[i]);
    }
    assert_null(sched_pick(&sched, 0, 0, &until));
    /* Those that are not there are nobody's concern. */
    sched_remove(&sched, &vcpu[0]);
    sched_wake(&sched, &vcpu[0]);
    sched_release(&sched, &vcpu[0], false, 0);
    assert_null(sched_pick(&sched, 0, 0, &until));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_vcpus_take_turns, setup),
        cmocka_unit_test_setup(test_no_vcpu_runs_on_two_cpus, setup),
        cmocka_unit_test_setup(test_a_blocked_vcpu_waits_for_its_deadline, setup),
        cmocka_unit_test_setup(test_a_wake_up_before_the_block_is_not_lost, setup),
        cmocka_unit_test_setup(test_waking_kicks_one_idle_cpu, setup),
        cmocka_unit_test_setup(test_room_and_removal, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
