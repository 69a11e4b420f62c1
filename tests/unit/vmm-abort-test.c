/* SPDX-License-Identifier: BSD-2-Clause */
/* Aborts of guests: device accesses, holes, logged pages, what the guest sees of it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/inject.h"
#include "vmm-guest.h"

static void test_device_reads_and_writes_by_syndrome(void **state)
{
    ctx->regs.r[3] = 0x12345678;
    add(STR_R3, DEVICE + 8);
    add(STRH_R3, DEVICE + 2);
    add(LDR_R3, DEVICE + 4);
    run();
    assert_int_equal(seen_count, 3);
    assert_true(seen[0].is_write);
    assert_int_equal(seen[0].value, 0x12345678);
    assert_int_equal(seen[1].value, 0x5678);
    assert_int_equal(seen[1].size_bytes, 2);
    assert_int_equal(seen[2].offset, 4);
    assert_int_equal(ctx->regs.r[3], 0x8899aabf);
    add(LDRSB_R3, DEVICE);
    run();
    assert_int_equal(ctx->regs.r[3], 0xffffffbb);
}

/* CPSR.E: the register's bytes are swapped on the way.  A3.3 */
static void test_big_endian_accesses(void **state)
{
    ctx->regs.cpsr |= 1u << 9;
    ctx->regs.r[3] = 0x12345678;
    add(STR_R3, DEVICE);
    add(STRH_R3, DEVICE);
    add(LDR_R3, DEVICE);
    run();
    assert_int_equal(seen[0].value, 0x78563412);
    assert_int_equal(seen[1].value, 0x7856);
    assert_int_equal(ctx->regs.r[3], 0xbbaa9988);
}

static void test_ldrd_with_writeback_is_decoded(void **state)
{
    put(0xe1e240d8); /* ldrd r4, r5, [r2, #8]! */
    ctx->regs.r[2] = DEVICE;
    add(NO_ISV, DEVICE + 8);
    run();
    assert_int_equal(ctx->regs.r[4], 0x8899aac3);
    assert_int_equal(ctx->regs.r[5], 0x8899aac7);
    assert_int_equal(ctx->regs.r[2], DEVICE + 8);
    assert_int_equal(ctx->regs.pc, ENTRY + 8);
}

static void test_thumb_push_uses_the_stack_of_the_mode(void **state)
{
    put(0x0000b530); /* push {r4, r5, lr} */
    assert_int_equal(vm_set_register(ctx, VM_REG_SP_USR + BANK_SVC, DEVICE + 0x100), VMM_OK);
    assert_int_equal(vm_set_register(ctx, VM_REG_LR_USR + BANK_SVC, 0x77), VMM_OK);
    ctx->regs.cpsr |= 0x20;
    add(NO_ISV & ~(1u << 25), DEVICE + 0xf4);
    run();
    assert_int_equal(seen_count, 3);
    assert_int_equal(seen[2].value, 0x77);
    assert_int_equal(seen[0].offset, 0xf4);
    assert_int_equal(reg(VM_REG_SP_USR + BANK_SVC), DEVICE + 0xf4);
    assert_int_equal(ctx->regs.pc, ENTRY + 2 + 4);
}

static void test_stm_of_user_registers_and_pc(void **state)
{
    put(0xe8c22000); /* stm r2, {sp}^ */
    ctx->regs.r[2] = DEVICE;
    assert_int_equal(vm_set_register(ctx, VM_REG_SP_USR, 0x99), VMM_OK);
    add(NO_ISV | 1u << 6, DEVICE);
    run();
    assert_int_equal(seen[0].value, 0x99);
    assert_int_equal(vm_set_register(ctx, VM_REG_PC, ENTRY), VMM_OK);
    put(0xe582f000); /* str pc, [r2] */
    add(NO_ISV | 1u << 6, DEVICE);
    run();
    assert_int_equal(seen[1].value, ENTRY + 8);
}

static void expect_data_abort(uint32_t dfsr)
{
    assert_int_equal(reg(VM_REG_CPSR), 0x1d7);
    assert_int_equal(reg(VM_REG_DFSR), dfsr);
    assert_int_equal(reg(VM_REG_LR_USR + BANK_ABT), ENTRY + 8);
}

static void test_what_cannot_be_emulated_aborts(void **state)
{
    static const uint32_t bad[] = {
        NO_ISV,                      /* no such instruction */
        LDR_R3 | 3u << 22,           /* SAS 11 */
        LDR_R3 | 15u << 16,          /* R15 */
        LDR_R3 | 1u << 8,            /* cache maintenance */
        LDR_R3 | 1u << 7,            /* a walk */
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        setup(state);
        put(0xe1a00000); /* nop */
        add(bad[i], DEVICE + 4);
        run();
        expect_data_abort(8);
        assert_int_equal(seen_count, 0);
    }
    setup(state);
    fake.va_mapped = false; /* the instruction is gone */
    add(NO_ISV, DEVICE);
    run();
    expect_data_abort(8);
}

static void test_an_access_beyond_the_page_or_before_the_fault_aborts(void **state)
{
    put(0xe8920030); /* ldm r2, {r4, r5} */
    ctx->regs.r[2] = DEVICE + 0xffc;
    add(NO_ISV, DEVICE + 0xffc);
    run();
    expect_data_abort(8);
    setup(state);
    put(0xe8920030);
    ctx->regs.r[2] = DEVICE - 0x100;
    add(NO_ISV, DEVICE);
    run();
    expect_data_abort(8);
}

/* An access that begins on the page before: only its second half is on the device. */
static void test_the_fault_may_be_in_the_middle(void **state)
{
    put(0xe8920030); /* ldm r2, {r4, r5} */
    ctx->regs.r[2] = DEVICE + 0x10;
    add(NO_ISV, DEVICE + 0x14);
    run();
    assert_int_equal(seen_count, 2);
    assert_int_equal(seen[0].offset, 0x10);
}

static void test_a_device_may_abort(void **state)
{
    device_answer = MMIO_ABORT;
    add(STR_R3, DEVICE);
    run();
    expect_data_abort(0x808);
    assert_int_equal(reg(VM_REG_DFAR), DEVICE);
}

static void test_a_device_may_leave_the_access_to_the_caller(void **state)
{
    struct vm_exit exit;

    device_answer = MMIO_UNHANDLED;
    put(0xe1c240d8); /* ldrd r4, r5, [r2, #8] */
    ctx->regs.r[2] = DEVICE;
    add(NO_ISV, DEVICE + 8);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.code, VM_EXIT_MMIO);
    assert_int_equal(exit.u.mmio.ipa.value, DEVICE + 8);
    assert_int_equal(exit.u.mmio.size_bytes, 4);
    assert_false(exit.u.mmio.is_write);
    vcpu_mmio_complete(ctx, 0x11);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.u.mmio.ipa.value, DEVICE + 12);
    vcpu_mmio_complete(ctx, 0x22);
    vcpu_mmio_complete(ctx, 0x33); /* nothing is due */
    run();
    assert_int_equal(ctx->regs.r[4], 0x11);
    assert_int_equal(ctx->regs.r[5], 0x22);
    assert_int_equal(ctx->regs.pc, ENTRY + 8);
}

static void test_the_caller_may_refuse_an_access(void **state)
{
    struct vm_exit exit;

    device_answer = MMIO_UNHANDLED;
    ctx->regs.r[3] = 0x55;
    add(STR_R3, DEVICE);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.u.mmio.value, 0x55);
    vcpu_inject_abort(ctx, &exit);
    vcpu_inject_abort(ctx, &exit); /* once only */
    run();
    expect_data_abort(0x808);
}

static void test_a_hole_leaves_and_can_be_mapped(void **state)
{
    struct vm_exit exit;

    add(STR_R3, 0x70000010);
    exit = vcpu_run(ctx, 0, 1000);
    assert_int_equal(exit.code, VM_EXIT_ABORT);
    assert_int_equal(exit.u.abort.ipa.value, 0x70000010);
    assert_int_equal(vm_map(&vm.hyp, ipa_init(0x70000000), pa_init(FAKE_RAM_BASE), 0x1000,
                            S2_RWX), VMM_OK);
    add(STR_R3, 0x70000010); /* another vCPU was quicker: tried again */
    run();
    assert_int_equal(ctx->regs.pc, ENTRY + 4);
}

static void test_a_hole_can_be_the_callers_device(void **state)
{
    struct vm_exit exit;

    ctx->regs.r[3] = 0x66;
    add(STR_R3, 0x70000010);
    exit = vcpu_run(ctx, 0, 1000);
    assert_true(vcpu_emulate(ctx, &exit));
    assert_int_equal(exit.code, VM_EXIT_MMIO);
    assert_int_equal(exit.u.mmio.value, 0x66);
    assert_false(vcpu_emulate(ctx, &exit));
    vcpu_mmio_complete(ctx, 0);
    run();
    assert_int_equal(ctx->regs.pc, ENTRY + 8);
}

static void test_a_fetch_from_a_hole(void **state)
{
    struct vm_exit exit;

    add(FETCH, 0x70000010);
    exit = vcpu_run(ctx, 0, 1000);
    assert_false(vcpu_emulate(ctx, &exit));
    vcpu_inject_abort(ctx, &exit);
    run();
    assert_int_equal(reg(VM_REG_CPSR), 0x1d7);
    assert_int_equal(reg(VM_REG_IFSR), 8);
    assert_int_equal(reg(VM_REG_IFAR), 0x70000010);
    assert_int_equal(reg(VM_REG_LR_USR + BANK_ABT), ENTRY + 4);
}

static void test_a_write_to_a_logged_page_goes_on(void **state)
{
    uint32_t bitmap[16];

    assert_int_equal(s2_log_start(&vm.hyp.s2, ipa_init(TEST_RAM), 512, bitmap), VMM_OK);
    add(0x93830000u | 0x40u | 0x0f, TEST_RAM + 0x3010); /* permission fault of level 3 */
    run();
    assert_int_equal(bitmap[0], 1u << 3);
    /* The hypervisor's own stores are logged as well. */
    put(0);
    assert_int_equal(bitmap[0], 1u << 3 | 1u << 8);
}

static void test_a_forbidden_write_leaves(void **state)
{
    assert_int_equal(vm_protect(&vm.hyp, ipa_init(TEST_RAM), 0x1000, S2_R), VMM_OK);
    add(0x93830000u | 0x40u | 0x0f, TEST_RAM);
    assert_int_equal(vcpu_run(ctx, 0, 1000).code, VM_EXIT_ABORT);
    assert_false(guest_mem_write(&vm.hyp, ipa_init(TEST_RAM), "x", 1));
    assert_int_equal(vm_unmap(&vm.hyp, ipa_init(TEST_RAM), 0x1000), VMM_OK);
    assert_false(guest_mem_read(&vm.hyp, ipa_init(TEST_RAM), &(char) {0}, 1));
}

static void test_external_aborts_are_handed_on(void **state)
{
    add(0x93830010u, 0);
    run();
    expect_data_abort(8);
    setup(state);
    add(0x82000010u, 0x1230);
    run();
    assert_int_equal(reg(VM_REG_IFSR), 8);
    setup(state);
    add(0x92000011u, 0); /* SError */
    run();
    assert_true(ctx->serror_pending);
}

/* B1.8.1: HIVECS, SCTLR.TE and EE; B4.1.52: the LPAE format of DFSR. */
static void test_exceptions_follow_sctlr_and_ttbcr(void **state)
{
    assert_int_equal(vm_set_register(ctx, VM_REG_SCTLR, 1u << 13 | 1u << 25 | 1u << 30), VMM_OK);
    assert_int_equal(vm_set_register(ctx, VM_REG_TTBCR, 1u << 31), VMM_OK);
    ctx->regs.cpsr |= 1u << 26 | 1u << 10 | 0x20; /* in an IT block */
    device_answer = MMIO_ABORT;
    add(0x93830007u & ~(1u << 25), DEVICE);
    run();
    assert_int_equal(ctx->regs.pc, 0xffff0010 + 4);
    assert_int_equal(ctx->regs.cpsr, 0x3f7);
    assert_int_equal(reg(VM_REG_DFSR), 0x210);
    inject_data_abort(ctx, 0, true, INJECT_ALIGNMENT);
    assert_int_equal(ctx->sys.dfsr, 0xa21);
    ctx->sys.ttbcr = 0;
    inject_data_abort(ctx, 0, true, INJECT_ALIGNMENT);
    assert_int_equal(ctx->sys.dfsr, 0x801);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(device_reads_and_writes_by_syndrome),
        TEST(big_endian_accesses),
        TEST(ldrd_with_writeback_is_decoded),
        TEST(thumb_push_uses_the_stack_of_the_mode),
        TEST(stm_of_user_registers_and_pc),
        TEST(what_cannot_be_emulated_aborts),
        TEST(an_access_beyond_the_page_or_before_the_fault_aborts),
        TEST(the_fault_may_be_in_the_middle),
        TEST(a_device_may_abort),
        TEST(a_device_may_leave_the_access_to_the_caller),
        TEST(the_caller_may_refuse_an_access),
        TEST(a_hole_leaves_and_can_be_mapped),
        TEST(a_hole_can_be_the_callers_device),
        TEST(a_fetch_from_a_hole),
        TEST(a_write_to_a_logged_page_goes_on),
        TEST(a_forbidden_write_leaves),
        TEST(external_aborts_are_handed_on),
        TEST(exceptions_follow_sctlr_and_ttbcr),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
