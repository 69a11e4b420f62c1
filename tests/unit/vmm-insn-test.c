/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The decoder of loads and stores: a row for each form, with the code that an assembler makes of
 * the text.  R2 is the base, 0x1000; R3 the offset, 0x80000010; SP 0x2000; PC 0x8000; C is set.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/insn.h"
#include "core/regs.h"

#define NONE 0 /* no writeback */

struct row {
    uint32_t code;
    const char *text;
    uint32_t va;
    uint16_t registers;  /* a bit each, in the order of transfer */
    uint8_t size_bytes;
    char kind;           /* 'l' load, 's' signed load, 'S' store */
    uint32_t new_base;   /* NONE: no writeback */
};

static const struct row arm_rows[] = {
    {0xe5921000, "ldr r1, [r2]", 0x1000, 1 << 1, 4, 'l', NONE},
    {0xe5921004, "ldr r1, [r2, #4]", 0x1004, 1 << 1, 4, 'l', NONE},
    {0xe5321004, "ldr r1, [r2, #-4]!", 0x0ffc, 1 << 1, 4, 'l', 0x0ffc},
    {0xe4921008, "ldr r1, [r2], #8", 0x1000, 1 << 1, 4, 'l', 0x1008},
    {0xe7821103, "str r1, [r2, r3, lsl #2]", 0x1040, 1 << 1, 4, 'S', NONE},
    {0xe7221003, "str r1, [r2, -r3]!", 0x80000ff0, 1 << 1, 4, 'S', 0x80000ff0},
    {0xe4c21001, "strb r1, [r2], #1", 0x1000, 1 << 1, 1, 'S', 0x1001},
    {0xe7d210c3, "ldrb r1, [r2, r3, asr #1]", 0xc0001008, 1 << 1, 1, 'l', NONE},
    {0xe7921023, "ldr r1, [r2, r3, lsr #32]", 0x1000, 1 << 1, 4, 'l', NONE},
    {0xe7921043, "ldr r1, [r2, r3, asr #32]", 0x0fff, 1 << 1, 4, 'l', NONE},
    {0xe7921063, "ldr r1, [r2, r3, rrx]", 0xc0001008, 1 << 1, 4, 'l', NONE},
    {0xe7921263, "ldr r1, [r2, r3, ror #4]", 0x08001001, 1 << 1, 4, 'l', NONE},
    {0xe7921223, "ldr r1, [r2, r3, lsr #4]", 0x08001001, 1 << 1, 4, 'l', NONE},
    {0xe4b21004, "ldrt r1, [r2], #4", 0x1000, 1 << 1, 4, 'l', 0x1004},
    {0xe1d210b2, "ldrh r1, [r2, #2]", 0x1002, 1 << 1, 2, 'l', NONE},
    {0xe18210b3, "strh r1, [r2, r3]", 0x80001010, 1 << 1, 2, 'S', NONE},
    {0xe17210d1, "ldrsb r1, [r2, #-1]!", 0x0fff, 1 << 1, 1, 's', 0x0fff},
    {0xe0d210f2, "ldrsh r1, [r2], #2", 0x1000, 1 << 1, 2, 's', 0x1002},
    {0xe1c240d8, "ldrd r4, r5, [r2, #8]", 0x1008, 3 << 4, 4, 'l', NONE},
    {0xe08240f3, "strd r4, r5, [r2], r3", 0x1000, 3 << 4, 4, 'S', 0x80001010},
    {0xe59f1010, "ldr r1, [pc, #16]", 0x8018, 1 << 1, 4, 'l', NONE},
    {0xe8920070, "ldm r2, {r4, r5, r6}", 0x1000, 7 << 4, 4, 'l', NONE},
    {0xe8a20030, "stm r2!, {r4, r5}", 0x1000, 3 << 4, 4, 'S', 0x1008},
    {0xe9320030, "ldmdb r2!, {r4, r5}", 0x0ff8, 3 << 4, 4, 'l', 0x0ff8},
    {0xe9820030, "stmib r2, {r4, r5}", 0x1004, 3 << 4, 4, 'S', NONE},
    {0xe8020030, "stmda r2, {r4, r5}", 0x0ffc, 3 << 4, 4, 'S', NONE},
    {0xe8b20014, "ldm r2!, {r2, r4}", 0x1000, 1 << 2 | 1 << 4, 4, 'l', NONE},
    {0xe582f000, "str pc, [r2]", 0x1000, 1 << 15, 4, 'S', NONE},
};

static const struct row thumb_rows[] = {
    {0x58d1, "ldr r1, [r2, r3]", 0x80001010, 1 << 1, 4, 'l', NONE},
    {0x52d1, "strh r1, [r2, r3]", 0x80001010, 1 << 1, 2, 'S', NONE},
    {0x56d1, "ldrsb r1, [r2, r3]", 0x80001010, 1 << 1, 1, 's', NONE},
    {0x5ed1, "ldrsh r1, [r2, r3]", 0x80001010, 1 << 1, 2, 's', NONE},
    {0x54d1, "strb r1, [r2, r3]", 0x80001010, 1 << 1, 1, 'S', NONE},
    {0x6091, "str r1, [r2, #8]", 0x1008, 1 << 1, 4, 'S', NONE},
    {0x78d1, "ldrb r1, [r2, #3]", 0x1003, 1 << 1, 1, 'l', NONE},
    {0x88d1, "ldrh r1, [r2, #6]", 0x1006, 1 << 1, 2, 'l', NONE},
    {0x9902, "ldr r1, [sp, #8]", 0x2008, 1 << 1, 4, 'l', NONE},
    {0x4902, "ldr r1, [pc, #8]", 0x800c, 1 << 1, 4, 'l', NONE},
    {0xb530, "push {r4, r5, lr}", 0x1ff4, 3 << 4 | 1 << 14, 4, 'S', 0x1ff4},
    {0xbc30, "pop {r4, r5}", 0x2000, 3 << 4, 4, 'l', 0x2008},
    {0xc230, "stm r2!, {r4, r5}", 0x1000, 3 << 4, 4, 'S', 0x1008},
    {0xca14, "ldm r2, {r2, r4}", 0x1000, 1 << 2 | 1 << 4, 4, 'l', NONE},
    {0xf8d21104, "ldr.w r1, [r2, #260]", 0x1104, 1 << 1, 4, 'l', NONE},
    {0xf8521c04, "ldr.w r1, [r2, #-4]", 0x0ffc, 1 << 1, 4, 'l', NONE},
    {0xf8521f04, "ldr.w r1, [r2, #4]!", 0x1004, 1 << 1, 4, 'l', 0x1004},
    {0xf8421904, "str.w r1, [r2], #-4", 0x1000, 1 << 1, 4, 'S', 0x0ffc},
    {0xf9321013, "ldrsh.w r1, [r2, r3, lsl #1]", 0x1020, 1 << 1, 2, 's', NONE},
    {0xf9921009, "ldrsb.w r1, [r2, #9]", 0x1009, 1 << 1, 1, 's', NONE},
    {0xf83f1008, "ldrh.w r1, [pc, #-8]", 0x7ffc, 1 << 1, 2, 'l', NONE},
    {0xf8821014, "strb.w r1, [r2, #20]", 0x1014, 1 << 1, 1, 'S', NONE},
    {0xe9524502, "ldrd r4, r5, [r2, #-8]", 0x0ff8, 3 << 4, 4, 'l', NONE},
    {0xe8e24802, "strd r4, r8, [r2], #8", 0x1000, 1 << 4 | 1 << 8, 4, 'S', 0x1008},
    {0xe8b20110, "ldm.w r2!, {r4, r8}", 0x1000, 1 << 4 | 1 << 8, 4, 'l', 0x1008},
    {0xe9220110, "stmdb r2!, {r4, r8}", 0x0ff8, 1 << 4 | 1 << 8, 4, 'S', 0x0ff8},
    {0xf8521e04, "ldrt r1, [r2, #4]", 0x1004, 1 << 1, 4, 'l', NONE},
};

static const struct {
    uint32_t code;
    const char *text;
} arm_refused[] = {
    {0xe592f000, "ldr pc, [r2]"}, {0xe8928010, "ldm r2, {r4, pc}"},
    {0xe1921f9f, "ldrex r1, [r2]"}, {0xe1021093, "swp r1, r3, [r2]"},
    {0xf5d2f000, "pld [r2]"}, {0xe0010392, "mul r1, r2, r3"},
    {0xe0821003, "add r1, r2, r3"}, {0xe781f312, "usad8 r1, r2, r3"},
    {0xeafffffe, "b ."}, {0xe8d28000, "ldm r2, {pc}^"}, {0xed920b00, "vldr d0, [r2]"},
    {0xe1c250d8, "ldrd r5, ..."}, {0xe1c2e0d8, "ldrd lr, pc"}, {0xe8920000, "ldm r2, {}"},
    {0xe49f1004, "ldr r1, [pc], #4"}, {0xe89f0030, "ldm pc, {r4, r5}"},
}, thumb_refused[] = {
    {0xbd00, "pop {pc}"}, {0xf8d2f000, "ldr.w pc, [r2]"}, {0xe8521f00, "ldrex r1, [r2]"},
    {0xe8d2f003, "tbb [r2, r3]"}, {0xe992c000, "rfeia r2"}, {0x18d1, "adds r1, r2, r3"},
    {0x4770, "bx lr"}, {0xb101, "cbz r1, ."}, {0xeb020103, "add.w r1, r2, r3"},
    {0xf892f000, "pld [r2]"}, {0xe8928010, "ldm.w r2, {r4, pc}"}, {0xf9421013, "no strsh"},
    {0xf9521000, "no ldrsw"}, {0xf8721000, "size 3"}, {0xf8521804, "P = W = 0"},
    {0xf8521043, "register form with other bits"}, {0xe8820000, "stm r2, {}"},
};

static struct insn_context context(uint32_t cpsr)
{
    struct insn_context c = {.cpsr = cpsr | 1u << 29};

    c.r[2] = 0x1000;
    c.r[3] = 0x80000010;
    c.r[13] = 0x2000;
    c.r[15] = insn_pc(0x8000, cpsr);
    return c;
}

static void check_row(const struct row *row, uint32_t cpsr, unsigned insn_bytes)
{
    struct insn_context c = context(cpsr);
    struct insn_access a = {0};
    uint16_t registers = 0;

    if (!insn_decode(row->code, insn_bytes, &c, &a)) {
        fail_msg("%s was not decoded", row->text);
    }
    for (unsigned i = 0; i < a.count; i++) {
        assert_true(i == 0 || a.reg[i] > a.reg[i - 1]);
        registers |= (uint16_t)(1u << a.reg[i]);
    }
    if (a.va != row->va || registers != row->registers || a.size_bytes != row->size_bytes ||
        a.is_load != (row->kind != 'S') || a.sign_extend != (row->kind == 's') ||
        a.writeback != (row->new_base != NONE) ||
        (a.writeback && a.new_base != row->new_base)) {
        fail_msg("%s: va %x registers %x size %u load %d sign %d back %d base %x", row->text, a.va,
                 registers, a.size_bytes, a.is_load, a.sign_extend, a.writeback, a.new_base);
    }
}

static void test_arm_forms(void **state)
{
    for (size_t i = 0; i < sizeof(arm_rows) / sizeof(arm_rows[0]); i++) {
        check_row(&arm_rows[i], 0x13, 4);
    }
}

static void test_thumb_forms(void **state)
{
    for (size_t i = 0; i < sizeof(thumb_rows) / sizeof(thumb_rows[0]); i++) {
        check_row(&thumb_rows[i], 0x33, thumb_rows[i].code > 0xffff ? 4 : 2);
    }
}

/* A8.8.58: with S and without PC in the list the registers are User mode's. */
static void test_ldm_of_user_registers(void **state)
{
    struct insn_context c = context(0x13);
    struct insn_access a;

    assert_true(insn_decode(0xe8d22010, 4, &c, &a));
    assert_true(a.user_bank);
    assert_int_equal(a.count, 2);
    assert_true(insn_decode(0xe8920030, 4, &c, &a));
    assert_false(a.user_bank);
}

static void test_refused_forms_leave_the_access_alone(void **state)
{
    struct insn_context arm = context(0x13), thumb = context(0x33);
    struct insn_access a, untouched;

    memset(&a, 0x5a, sizeof(a));
    memset(&untouched, 0x5a, sizeof(untouched));
    for (size_t i = 0; i < sizeof(arm_refused) / sizeof(arm_refused[0]); i++) {
        if (insn_decode(arm_refused[i].code, 4, &arm, &a)) {
            fail_msg("%s was decoded", arm_refused[i].text);
        }
    }
    for (size_t i = 0; i < sizeof(thumb_refused) / sizeof(thumb_refused[0]); i++) {
        uint32_t code = thumb_refused[i].code;

        if (insn_decode(code, code > 0xffff ? 4 : 2, &thumb, &a)) {
            fail_msg("%s was decoded", thumb_refused[i].text);
        }
    }
    assert_memory_equal(&a, &untouched, sizeof(a));
}

/* A6.1: 0b11101, 0b11110 and 0b11111 begin a 32-bit instruction. */
static void test_thumb_lengths(void **state)
{
    assert_int_equal(thumb_insn_bytes(0xe7ff), 2);
    assert_int_equal(thumb_insn_bytes(0xe800), 4);
    assert_int_equal(thumb_insn_bytes(0xf000), 4);
    assert_int_equal(thumb_insn_bytes(0xffff), 4);
    assert_int_equal(thumb_insn_bytes(0xd000), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arm_forms),
        cmocka_unit_test(test_thumb_forms),
        cmocka_unit_test(test_ldm_of_user_registers),
        cmocka_unit_test(test_refused_forms_leave_the_access_alone),
        cmocka_unit_test(test_thumb_lengths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
