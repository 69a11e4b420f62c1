/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Architecture facts of include/armv7: syndrome fields, coprocessor register names, HPFAR and
 * VTTBR.  Expected values are worked out by hand from the sections named in each row.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "armv7/cp15.h"
#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "armv7/hsr.h"
#include "armv7/hsr_names.h"
#include "armv7/psr.h"

/* DDI 0406C B3.13.6: EC is HSR[31:26], IL is HSR[25]. */
static void test_ec_and_il_are_the_top_seven_bits(void **state)
{
    assert_int_equal(HSR_GET(0x93830046, EC), HSR_EC_DABT);
    assert_int_equal(HSR_GET(0x93830046, IL), 1);
    assert_int_equal(HSR_GET(0x4a000ea1, EC), HSR_EC_HVC);
    assert_int_equal(HSR_GET(0x4a000ea1, IMM16), 0xea1);
    assert_int_equal(HSR_GET(0x80000007, EC), HSR_EC_IABT);
    assert_int_equal(HSR_GET(0x80000007, IL), 0);
}

/* MRC p15, 0, r3, c0, c1, 7: 0 << 17 | ... Opc2 7 in [19:17], CRn 0, Rt 3 in [8:5], CRm 1 in
 * [4:1], read in [0]; COND e valid.  B3.13.6, "MCR or MRC access to CP15". */
static void test_mrc_of_id_mmfr3_into_r3(void **state)
{
    uint32_t hsr = 0x0fee0063;
    struct hsr_mcr mcr = hsr_decode_mcr(hsr);

    assert_int_equal(HSR_GET(hsr, EC), HSR_EC_CP15_32);
    assert_int_equal(HSR_GET(hsr, CV), 1);
    assert_int_equal(HSR_GET(hsr, COND), 0xe);
    assert_int_equal(mcr.opc1, 0);
    assert_int_equal(mcr.crn, 0);
    assert_int_equal(mcr.crm, 1);
    assert_int_equal(mcr.opc2, 7);
    assert_int_equal(mcr.rt, 3);
    assert_true(mcr.is_read);
    assert_string_equal(armv7_cp15_name(mcr.crn, mcr.opc1, mcr.crm, mcr.opc2), "ID_MMFR3");
}

/* MCR p15, 0, r12, c13, c0, 1 (CONTEXTIDR). */
static void test_mcr_of_contextidr_from_r12(void **state)
{
    struct hsr_mcr mcr = hsr_decode_mcr(0x0fe23580);

    assert_int_equal(mcr.crn, 13);
    assert_int_equal(mcr.opc2, 1);
    assert_int_equal(mcr.rt, 12);
    assert_false(mcr.is_read);
    assert_string_equal(armv7_cp15_name(13, 0, 0, 1), "CONTEXTIDR");
}

/* MCRR p15, 1, r4, r5, c2 (TTBR1).  B3.13.6, "MCRR or MRRC access to CP15". */
static void test_mcrr_of_ttbr1_from_r4_r5(void **state)
{
    uint32_t hsr = 0x13e11484;
    struct hsr_mcrr mcrr = hsr_decode_mcrr(hsr);

    assert_int_equal(HSR_GET(hsr, EC), HSR_EC_CP15_64);
    assert_int_equal(mcrr.opc1, 1);
    assert_int_equal(mcrr.crm, 2);
    assert_int_equal(mcrr.rt, 4);
    assert_int_equal(mcrr.rt2, 5);
    assert_false(mcrr.is_read);
    assert_string_equal(armv7_cp15_name64(1, 2), "TTBR1");
}

/* LDC p14, c5, [r1], #-16.  B3.13.6, "LDC or STC access to CP14". */
static void test_ldc_post_indexed(void **state)
{
    uint32_t hsr = 0x1be04023;
    struct hsr_ldc ldc = hsr_decode_ldc(hsr);

    assert_int_equal(HSR_GET(hsr, EC), HSR_EC_CP14_LDC);
    assert_int_equal(ldc.imm8, 4);
    assert_int_equal(ldc.rn, 1);
    assert_false(ldc.add);
    assert_int_equal(ldc.mode, HSR_LDC_POST_INDEXED);
    assert_true(ldc.is_load);
}

/* STRB r3 to a page that stage 2 does not map at level 3.  B3.13.6, "Data Abort". */
static void test_dabt_byte_store_from_r3(void **state)
{
    struct hsr_abort abort = hsr_decode_dabt(0x93030047);

    assert_true(abort.isv);
    assert_int_equal(abort.size_bytes, 1);
    assert_int_equal(abort.srt, 3);
    assert_false(abort.sign_extend);
    assert_true(abort.write);
    assert_false(abort.s1ptw);
    assert_false(abort.cache_maintenance);
    assert_int_equal(abort.fsc, 0x07);
    assert_string_equal(hsr_fsc_name(abort.fsc), "translation L3");
}

/* LDRSH r10, permission fault at level 2 on a stage-1 walk; EA as well. */
static void test_dabt_flags_are_kept_apart(void **state)
{
    struct hsr_abort abort = hsr_decode_dabt(0x936a038e);

    assert_int_equal(abort.size_bytes, 2);
    assert_true(abort.sign_extend);
    assert_int_equal(abort.srt, 10);
    assert_true(abort.external);
    assert_true(abort.cache_maintenance);
    assert_true(abort.s1ptw);
    assert_false(abort.write);
    assert_string_equal(hsr_fsc_name(abort.fsc), "permission L2");
}

/* A prefetch abort has no ISV, WnR or CM: those bits are UNK.  B3.13.6, "Prefetch Abort". */
static void test_iabt_ignores_data_abort_bits(void **state)
{
    struct hsr_abort abort = hsr_decode_iabt(0x810001c5 | 1u << 6);

    assert_false(abort.isv);
    assert_false(abort.write);
    assert_false(abort.cache_maintenance);
    assert_true(abort.s1ptw);
    assert_int_equal(abort.fsc, 5);
}

/* HPFAR[31:4] is IPA[39:12], the offset comes from HDFAR. */
static void test_fault_ipa_has_forty_bits(void **state)
{
    assert_int_equal(hsr_fault_ipa(0x0012c200, 0xf0020020), 0x12c20020);
    assert_true(hsr_fault_ipa(0x04800000, 0x00000abc) == UINT64_C(0x480000abc));
    assert_true(hsr_fault_ipa(0xffffffff, 0xffffffff) == UINT64_C(0xffffffffff));
}

/* B3.13.3 table of the Long-descriptor format; 0x00 and 0x2f are reserved. */
static void test_fault_names(void **state)
{
    static const struct {
        unsigned fsc;
        const char *name;
    } rows[] = {
        {0x05, "translation L1"}, {0x0b, "access flag L3"}, {0x0d, "permission L1"},
        {0x10, "external abort"}, {0x17, "external abort on walk L3"},
        {0x18, "parity error"}, {0x21, "alignment"}, {0x22, "debug"},
        {0x30, "TLB conflict"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_string_equal(hsr_fsc_name(rows[i].fsc), rows[i].name);
    }
    assert_null(hsr_fsc_name(0x00));
    assert_null(hsr_fsc_name(0x2f));
    assert_null(hsr_fsc_name(64));
    assert_null(hsr_ec_name(0x02));
    assert_null(hsr_ec_name(64));
    assert_string_equal(hsr_ec_name(0x13), "SMC");
}

/* Encodings from the register descriptions of DDI 0406C B4.1, B6.1 and C11.11. */
static void test_coprocessor_names(void **state)
{
    static const struct {
        unsigned crn, opc1, crm, opc2;
        const char *name;
    } rows[] = {
        {0, 0, 0, 0, "MIDR"}, {0, 0, 2, 5, "ID_ISAR5"}, {0, 1, 0, 0, "CCSIDR"},
        {0, 2, 0, 0, "CSSELR"}, {0, 4, 0, 5, "VMPIDR"}, {1, 0, 0, 1, "ACTLR"},
        {1, 4, 1, 2, "HCPTR"}, {2, 4, 1, 2, "VTCR"}, {5, 4, 2, 0, "HSR"},
        {6, 4, 0, 4, "HPFAR"}, {7, 0, 6, 2, "DCISW"}, {7, 0, 14, 2, "DCCISW"},
        {7, 0, 14, 1, "DCCIMVAC"}, {7, 0, 1, 0, "ICIALLUIS"}, {8, 0, 3, 0, "TLBIALLIS"},
        {8, 4, 7, 4, "TLBIALLNSNH"}, {9, 0, 13, 0, "PMCCNTR"}, {9, 1, 0, 2, "L2CTLR"},
        {10, 4, 2, 1, "HMAIR1"}, {12, 4, 0, 0, "HVBAR"}, {13, 0, 0, 3, "TPIDRURO"},
        {14, 4, 1, 0, "CNTHCTL"}, {14, 0, 3, 1, "CNTV_CTL"}, {15, 4, 0, 0, "CBAR"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *name = armv7_cp15_name(rows[i].crn, rows[i].opc1, rows[i].crm, rows[i].opc2);

        assert_non_null(name);
        assert_string_equal(name, rows[i].name);
    }
    assert_null(armv7_cp15_name(4, 0, 0, 0));
    assert_null(armv7_cp15_name(15, 7, 15, 7));
    assert_string_equal(armv7_cp14_name(1, 0, 0, 4), "DBGOSLAR");
    assert_string_equal(armv7_cp14_name(7, 0, 2, 7), "DBGDEVID");
    assert_string_equal(armv7_cp15_name64(4, 14), "CNTVOFF");
    assert_null(armv7_cp15_name64(5, 14));
}

static void assert_ascending(const struct armv7_cpreg *table, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct armv7_cpreg *a = &table[i - 1], *b = &table[i];

        assert_true(armv7_cpreg_key(a->crn, a->opc1, a->crm, a->opc2) <
                    armv7_cpreg_key(b->crn, b->opc1, b->crm, b->opc2));
    }
}

/* armv7_cpreg_find() is a binary search. */
static void test_coprocessor_tables_ascend(void **state)
{
    size_t count;
    const struct armv7_cpreg *table = armv7_cp15_table(&count);

    assert_ascending(table, count);
    table = armv7_cp14_table(&count);
    assert_ascending(table, count);
}

/* B4.1 VTTBR: VMID in 55:48, BADDR up to bit 39. */
static void test_vttbr_fields(void **state)
{
    assert_true(armv7_vttbr_baddr(UINT64_C(0x002a00bf80004000)) == UINT64_C(0xbf80004000));
    assert_int_equal(armv7_vttbr_vmid(UINT64_C(0x002a00bf80004000)), 0x2a);
}

/* IHI 0048B 5.3.13: a pending HW list register of virtual 27, physical 27. */
static void test_list_register_fields(void **state)
{
    uint32_t lr = 0x9a006c1b;

    assert_int_equal(GICH_LR_GET(lr, HW), 1);
    assert_int_equal(GICH_LR_GET(lr, STATE), GICH_LR_PENDING);
    assert_int_equal(GICH_LR_GET(lr, PRIORITY), 0x14);
    assert_int_equal(GICH_LR_GET(lr, PHYSICALID), 27);
    assert_int_equal(GICH_LR_GET(lr, VIRTUALID), 27);
    assert_int_equal(gicv2_iar_intid(0x0403), 3);
}

static void test_mode_names(void **state)
{
    assert_string_equal(armv7_psr_mode_name(0x600001d3), "svc");
    assert_string_equal(armv7_psr_mode_name(0x1a), "hyp");
    assert_string_equal(armv7_psr_mode_name(0x00), "???");
}

static void test_field_set_touches_only_the_field(void **state)
{
    assert_int_equal(field32_set(0xffffffff, 4, 8, 0x12), 0xfffff12f);
    assert_int_equal(field32_set(0, 0, 32, 0x89abcdef), 0x89abcdef);
    assert_true(field64_get(UINT64_C(0xfedcba9876543210), 60, 4) == 0xf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ec_and_il_are_the_top_seven_bits),
        cmocka_unit_test(test_mrc_of_id_mmfr3_into_r3),
        cmocka_unit_test(test_mcr_of_contextidr_from_r12),
        cmocka_unit_test(test_mcrr_of_ttbr1_from_r4_r5),
        cmocka_unit_test(test_ldc_post_indexed),
        cmocka_unit_test(test_dabt_byte_store_from_r3),
        cmocka_unit_test(test_dabt_flags_are_kept_apart),
        cmocka_unit_test(test_iabt_ignores_data_abort_bits),
        cmocka_unit_test(test_fault_ipa_has_forty_bits),
        cmocka_unit_test(test_fault_names),
        cmocka_unit_test(test_coprocessor_names),
        cmocka_unit_test(test_coprocessor_tables_ascend),
        cmocka_unit_test(test_vttbr_fields),
        cmocka_unit_test(test_list_register_fields),
        cmocka_unit_test(test_mode_names),
        cmocka_unit_test(test_field_set_touches_only_the_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
