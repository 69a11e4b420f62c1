/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a trap means: registers by mode, conditions, ITSTATE, and struct vm_exit from the syndrome.
 * Expected values are worked out by hand from DDI 0406C B3.13.6, A8.3, A2.5.2, B1.3.2.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/cond.h"
#include "core/exit.h"
#include "core/regs.h"

#define SVC 0x13u
#define T   0x20u

/* B1.3.2: R13 and R14 of five modes are banked, R8 to R12 of FIQ alone; System shares User's. */
static void test_registers_by_mode(void **state)
{
    struct guest_regs regs;

    assert_ptr_equal(regs_at(&regs, 0x10, 13), &regs.sp[BANK_USR]);
    assert_ptr_equal(regs_at(&regs, 0x1f, 14), &regs.lr[BANK_USR]);
    assert_ptr_equal(regs_at(&regs, 0x13, 14), &regs.lr[BANK_SVC]);
    assert_ptr_equal(regs_at(&regs, 0x17, 13), &regs.sp[BANK_ABT]);
    assert_ptr_equal(regs_at(&regs, 0x1b, 13), &regs.sp[BANK_UND]);
    assert_ptr_equal(regs_at(&regs, 0x12, 14), &regs.lr[BANK_IRQ]);
    assert_ptr_equal(regs_at(&regs, 0x11, 8), &regs.r_fiq[0]);
    assert_ptr_equal(regs_at(&regs, 0x11, 12), &regs.r_fiq[4]);
    assert_ptr_equal(regs_at(&regs, 0x11, 7), &regs.r[7]);
    for (unsigned n = 0; n < 13; n++) {
        assert_ptr_equal(regs_at(&regs, SVC, n), &regs.r[n]);
        assert_false(regs_is_banked(SVC, n));
    }
    assert_true(regs_is_banked(SVC, 13));
    assert_true(regs_is_banked(SVC, 14));
    assert_true(regs_is_banked(0x11, 8));
    assert_true(regs_is_banked(0x10, 13));
    assert_false(regs_is_banked(0x10, 14)); /* Hyp mode's LR */
}

/* A8.3: for each condition the flags (NZCV) with which it holds, a bit each. */
static void test_conditions(void **state)
{
    static const uint16_t holds[16] = {
        0xf0f0, 0x0f0f, 0xcccc, 0x3333, 0xff00, 0x00ff, 0xaaaa, 0x5555,
        0x0c0c, 0xf3f3, 0xaa55, 0x55aa, 0x0a05, 0xf5fa, 0xffff, 0xffff,
    };

    for (unsigned cond = 0; cond < 16; cond++) {
        for (uint32_t flags = 0; flags < 16; flags++) {
            assert_int_equal(cond_holds(cond, flags << 28), holds[cond] >> flags & 1);
        }
    }
}

/* ITSTATE[7:2] in PSR[15:10], [1:0] in PSR[26:25]. */
static void test_itstate_is_gathered_from_two_places(void **state)
{
    assert_int_equal(psr_it(0x06000000), 3);
    assert_int_equal(psr_it(0x0000fc00), 0xfc);
    assert_int_equal(psr_with_it(SVC | T, 0xa7), SVC | T | 0x0600a400);
    assert_int_equal(psr_with_it(0x0600fc00 | SVC, 0), SVC);
}

/* ITTE EQ: IT = 0000 0110 ... firstcond 0000, mask 0110: after one instruction 0000 1100, after two
 * 0001 1000 (NE), after three no block. */
static void test_skip_advances_itstate(void **state)
{
    struct guest_regs regs = {.pc = 0x1000, .cpsr = psr_with_it(SVC | T, 0x06)};

    regs_skip(&regs, 2);
    assert_int_equal(regs.pc, 0x1002);
    assert_int_equal(psr_it(regs.cpsr), 0x0c);
    regs_skip(&regs, 4);
    assert_int_equal(regs.pc, 0x1006);
    assert_int_equal(psr_it(regs.cpsr), 0x18);
    regs_skip(&regs, 2);
    assert_int_equal(psr_it(regs.cpsr), 0);
    assert_int_equal(regs.cpsr, SVC | T);
}

static void test_skip_in_arm_state_leaves_the_psr(void **state)
{
    struct guest_regs regs = {.pc = 0xfffffffc, .cpsr = SVC};

    regs_skip(&regs, 4);
    assert_int_equal(regs.pc, 0);
    assert_int_equal(regs.cpsr, SVC);
}

static struct vm_exit decode(uint32_t hsr, uint32_t cpsr)
{
    struct trap_regs trap = {
        .vector = HYP_VECTOR_TRAP, .hsr = hsr,
        .hdfar = 0xc0001abc, .hifar = 0xc0002def, .hpfar = 0x00104800,
    };

    return trap_decode(&trap, 0x8000, cpsr);
}

static void test_interrupts_come_by_their_vectors(void **state)
{
    struct trap_regs trap = {.vector = HYP_VECTOR_IRQ, .hsr = 0xffffffff};

    assert_int_equal(trap_decode(&trap, 0, SVC).code, VM_EXIT_IRQ);
    trap.vector = HYP_VECTOR_FIQ;
    assert_int_equal(trap_decode(&trap, 0, SVC).code, VM_EXIT_FIQ);
    for (unsigned vector = 0; vector < 5; vector++) {
        trap.vector = (enum hyp_vector)vector;
        assert_int_equal(trap_decode(&trap, 0, SVC).code, VM_EXIT_HYP_FAULT);
    }
}

static void test_wfi_and_wfe_with_their_length(void **state)
{
    struct vm_exit exit = decode(0x06e00000 | 1u << 24, SVC);

    assert_int_equal(exit.code, VM_EXIT_WFI);
    assert_int_equal(exit.insn_bytes, 4);
    assert_int_equal(exit.pc, 0x8000);
    exit = decode(0x04000001, SVC | T);
    assert_int_equal(exit.code, VM_EXIT_WFE);
    assert_int_equal(exit.insn_bytes, 2);
}

/* B1.14.2: a trapped instruction may fail its condition.  CV and COND EQ with Z clear; then without
 * CV in an IT block whose condition (NE) fails. */
static void test_failed_conditions_are_not_executed(void **state)
{
    assert_int_equal(decode(0x07000000, SVC).code, VM_EXIT_CONDITION_FAILED);
    assert_int_equal(decode(0x07000000, SVC | 1u << 30).code, VM_EXIT_WFI);
    assert_int_equal(decode(0x04000000, psr_with_it(SVC | T | 1u << 30, 0x18)).code,
                     VM_EXIT_CONDITION_FAILED);
    assert_int_equal(decode(0x04000000, psr_with_it(SVC | T, 0x18)).code, VM_EXIT_WFI);
    /* Outside of an IT block everything executes. */
    assert_int_equal(decode(0x04000000, SVC | T).code, VM_EXIT_WFI);
}

/* MRC p15, 0, r3, c0, c1, 7 and MCRR p15, 1, r4, r5, c2, as in armv7-test. */
static void test_coprocessor_accesses(void **state)
{
    struct vm_exit exit = decode(0x0fee0063, SVC);

    assert_int_equal(exit.code, VM_EXIT_CPREG);
    assert_int_equal(exit.u.cpreg.coproc, 15);
    assert_int_equal(exit.u.cpreg.crm, 1);
    assert_int_equal(exit.u.cpreg.opc2, 7);
    assert_int_equal(exit.u.cpreg.rt, 3);
    assert_true(exit.u.cpreg.is_read);
    assert_false(exit.u.cpreg.is_64bit);

    exit = decode(0x13e11484, SVC);
    assert_int_equal(exit.u.cpreg.coproc, 15);
    assert_true(exit.u.cpreg.is_64bit);
    assert_int_equal(exit.u.cpreg.opc1, 1);
    assert_int_equal(exit.u.cpreg.crm, 2);
    assert_int_equal(exit.u.cpreg.rt, 4);
    assert_int_equal(exit.u.cpreg.rt2, 5);

    assert_int_equal(decode(0x17ee0063, SVC).u.cpreg.coproc, 14);
    assert_int_equal(decode(0x33e11484, SVC).u.cpreg.coproc, 14);
    assert_int_equal(decode(0x23eee021, SVC).u.cpreg.coproc, 10);
}

static void test_hcptr_traps_name_the_coprocessor(void **state)
{
    struct vm_exit exit = decode(0x1fe0000b, SVC);

    assert_int_equal(exit.code, VM_EXIT_COPROC);
    assert_int_equal(exit.u.coproc.coproc, 11);
    assert_false(exit.u.coproc.is_simd);
    exit = decode(0x1fe00020, SVC);
    assert_true(exit.u.coproc.is_simd);
    assert_int_equal(exit.u.coproc.coproc, 10);
}

/* B1.8.3: the return address of HVC is behind it, that of a trapped SMC is the SMC. */
static void test_hvc_and_smc(void **state)
{
    struct vm_exit exit = decode(0x4a000ea1, SVC);

    assert_int_equal(exit.code, VM_EXIT_HVC);
    assert_int_equal(exit.u.call.imm16, 0xea1);
    assert_int_equal(exit.pc, 0x7ffc);
    exit = decode(0x4e000000, SVC);
    assert_int_equal(exit.code, VM_EXIT_SMC);
    assert_int_equal(exit.pc, 0x8000);
}

/* HSR of a word store from r3, translation fault of level 2; IPA from HPFAR and HDFAR. */
static void test_data_aborts(void **state)
{
    struct vm_exit exit = decode(0x93830046, SVC);

    assert_int_equal(exit.code, VM_EXIT_ABORT);
    assert_int_equal(exit.u.abort.ipa.value, 0x10480abc);
    assert_int_equal(exit.u.abort.va, 0xc0001abc);
    assert_false(exit.u.abort.is_insn);
    assert_true(exit.u.abort.syndrome.isv);
    assert_true(exit.u.abort.syndrome.write);
    assert_int_equal(exit.u.abort.syndrome.srt, 3);
    assert_int_equal(exit.u.abort.syndrome.size_bytes, 4);
}

/* On a stage-1 walk only the page of the IPA is known. */
static void test_aborts_of_walks_and_fetches(void **state)
{
    struct vm_exit exit = decode(0x92000086, SVC);

    assert_int_equal(exit.u.abort.ipa.value, 0x10480000);
    assert_true(exit.u.abort.syndrome.s1ptw);
    exit = decode(0x82000007, SVC);
    assert_true(exit.u.abort.is_insn);
    assert_int_equal(exit.u.abort.va, 0xc0002def);
    assert_int_equal(exit.u.abort.ipa.value, 0x10480def);
    /* External abort: HPFAR says nothing. */
    assert_int_equal(decode(0x92000010, SVC).u.abort.ipa.value, 0);
    assert_int_equal(decode(0x92000011, SVC).code, VM_EXIT_SERROR);
    assert_int_equal(decode(0x92000019, SVC).code, VM_EXIT_SERROR);
}

/* LDC to CP14, Jazelle, BXJ, SVC and every reserved class. */
static void test_all_other_classes_are_undefined(void **state)
{
    static const uint8_t classes[] = {
        0x00, 0x02, 0x06, 0x09, 0x0a, 0x0b, 0x0d, 0x10, 0x11, 0x14, 0x1f, 0x21, 0x22, 0x25, 0x3f,
    };

    for (size_t i = 0; i < sizeof(classes); i++) {
        assert_int_equal(decode((uint32_t)classes[i] << 26 | 1u << 25, SVC).code,
                         VM_EXIT_UNDEFINED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registers_by_mode),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_itstate_is_gathered_from_two_places),
        cmocka_unit_test(test_skip_advances_itstate),
        cmocka_unit_test(test_skip_in_arm_state_leaves_the_psr),
        cmocka_unit_test(test_interrupts_come_by_their_vectors),
        cmocka_unit_test(test_wfi_and_wfe_with_their_length),
        cmocka_unit_test(test_failed_conditions_are_not_executed),
        cmocka_unit_test(test_coprocessor_accesses),
        cmocka_unit_test(test_hcptr_traps_name_the_coprocessor),
        cmocka_unit_test(test_hvc_and_smc),
        cmocka_unit_test(test_data_aborts),
        cmocka_unit_test(test_aborts_of_walks_and_fetches),
        cmocka_unit_test(test_all_other_classes_are_undefined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
