/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The board's stage-2 entries against DDI 0406C B3.6.1 and B3.6.2: values are written out.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "arch/arch.h"

/* S2AP 11, MemAttr 1111, SH 11, AF; type 11 for a page and 01 for a block. */
static void test_normal_memory(void **state)
{
    assert_int_equal(arch_pte_leaf(3, pa_init(0x80001000), S2_RWX), 0x800017ff);
    assert_int_equal(arch_pte_leaf(2, pa_init(0xff80200000), S2_RWX), 0xff802007fd);
    assert_int_equal(arch_pte_leaf(1, pa_init(0x40000000), S2_R | S2_X), 0x4000077d);
}

/* MemAttr 0001; XN in [54]; the log's mark in [55]. */
static void test_device_and_execute_never(void **state)
{
    assert_int_equal(arch_pte_leaf(3, pa_init(0x10486000), S2_R | S2_W | S2_DEVICE),
                     0x00400000104867c7);
    assert_int_equal(arch_pte_leaf(3, pa_init(0), S2_R | S2_LOGGED), 0x00c000000000077f);
}

static void test_tables(void **state)
{
    assert_int_equal(arch_pte_table(1, pa_init(0x8000f000)), 0x8000f003);
    assert_int_equal(arch_pte_kind(1, 0x8000f003), PTE_TABLE);
    assert_int_equal(arch_pte_kind(3, 0x8000f003), PTE_LEAF);
    assert_int_equal(arch_pte_kind(2, 0x8000f001), PTE_LEAF);
    assert_int_equal(arch_pte_kind(2, 0x8000f002), PTE_ABSENT);
    assert_int_equal(arch_pte_kind(3, 0), PTE_ABSENT);
}

static void test_what_is_put_in_comes_out(void **state)
{
    for (unsigned level = S2_LEVEL_FIRST; level <= S2_LEVEL_LAST; level++) {
        for (unsigned attrs = 1; attrs < 32; attrs++) {
            pte_t pte = arch_pte_leaf(level, pa_init(0x5540000000), attrs);

            assert_int_equal(arch_pte_attrs(level, pte), attrs);
            assert_int_equal(arch_pte_pa(level, pte).value, 0x5540000000);
            assert_int_equal(arch_pte_kind(level, pte), PTE_LEAF);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normal_memory),
        cmocka_unit_test(test_device_and_execute_never),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_what_is_put_in_comes_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
