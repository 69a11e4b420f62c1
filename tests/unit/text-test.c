/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Syndromes in words, and names of device addresses.  Syndromes are put together by hand from
 * the tables of DDI 0406C B3.13.6 that each row names.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "hyptrace/lib/hyptrace.h"

struct row {
    const char *section; /* of DDI 0406C B3.13.6 */
    uint8_t id;
    uint32_t hsr, far, hpfar;
    const char *cls, *detail, *words;
};

static const struct row rows[] = {
    {"unknown reason", HT_EV_ENTRY_SYNC, 0x00000000, 0, 0, "unknown", "undefined", "undefined"},
    {"reserved EC 0x3f", HT_EV_ENTRY_SYNC, 0xfe000000, 0, 0, "unknown", "EC 0x3f", "EC 0x3f"},
    {"WFI or WFE", HT_EV_ENTRY_SYNC, 0x07e00000, 0, 0, "wfi", "", ""},
    {"WFI or WFE", HT_EV_ENTRY_SYNC, 0x07e00001, 0, 0, "wfe", "", ""},
    {"MCR or MRC to CP15", HT_EV_ENTRY_SYNC, 0x0fee0063, 0, 0, "cp15", "ID_MMFR3",
     "read ID_MMFR3 -> r3"},
    {"MCR or MRC to CP15", HT_EV_ENTRY_SYNC, 0x0fe40400, 0, 0, "cp15", "CPACR",
     "write CPACR <- r0"},
    {"MCR or MRC to CP15", HT_EV_ENTRY_SYNC, 0x0fe41dcc, 0, 0, "cp15", "DCISW",
     "write DCISW <- lr"},
    {"MCR or MRC to CP15", HT_EV_ENTRY_SYNC, 0x0fffffff, 0, 0, "cp15", "p15,7,c15,c15,7",
     "read p15,7,c15,c15,7 -> pc"},
    {"MCRR or MRRC to CP15", HT_EV_ENTRY_SYNC, 0x13e01444, 0, 0, "cp15-64", "TTBR0",
     "write TTBR0 <- r2, r5"},
    {"MCRR or MRRC to CP15", HT_EV_ENTRY_SYNC, 0x13e1045d, 0, 0, "cp15-64", "CNTVCT",
     "read CNTVCT -> r2, r1"},
    {"MCR or MRC to CP14", HT_EV_ENTRY_SYNC, 0x17e80440, 0, 0, "cp14", "DBGOSLAR",
     "write DBGOSLAR <- r2"},
    {"MCR or MRC to CP14", HT_EV_ENTRY_SYNC, 0x17e1c001, 0, 0, "cp14", "JIDR", "read JIDR -> r0"},
    {"LDC or STC to CP14", HT_EV_ENTRY_SYNC, 0x1be04023, 0, 0, "cp14-ldc", "", "ldc [r1], #-16"},
    {"LDC or STC to CP14", HT_EV_ENTRY_SYNC, 0x1be01052, 0, 0, "cp14-ldc", "", "stc [r2], #4"},
    {"HCPTR-trapped access", HT_EV_ENTRY_SYNC, 0x1fe0000a, 0, 0, "hcptr", "cp10", "cp10"},
    {"HCPTR-trapped access", HT_EV_ENTRY_SYNC, 0x1fe00020, 0, 0, "hcptr", "SIMD", "SIMD"},
    {"MRC or VMRS to CP10", HT_EV_ENTRY_SYNC, 0x23e1dc01, 0, 0, "vmrs", "MVFR0",
     "read MVFR0 -> r0"},
    {"Jazelle", HT_EV_ENTRY_SYNC, 0x27e00000, 0, 0, "jazelle", "", ""},
    {"BXJ", HT_EV_ENTRY_SYNC, 0x2be00005, 0, 0, "bxj", "", "r5"},
    {"MRRC to CP14", HT_EV_ENTRY_SYNC, 0x33e00845, 0, 0, "cp14-64", "p14,0,c2",
     "read p14,0,c2 -> r2, r2"},
    {"SVC", HT_EV_ENTRY_SYNC, 0x46000007, 0, 0, "svc", "#0x7", "#0x7"},
    {"HVC", HT_EV_ENTRY_SYNC, 0x4a000ea1, 0, 0, "hvc", "#0xea1", "#0xea1"},
    {"SMC", HT_EV_ENTRY_SYNC, 0x4e000000, 0, 0, "smc", "", ""},
    {"Prefetch Abort, debug", HT_EV_ENTRY_SYNC, 0x82000022, 0, 0, "debug", "debug", "debug"},
    {"Prefetch Abort", HT_EV_ENTRY_IABT, 0x80000010, 0xc0500000, 0, "iabt", "external abort",
     "fetch va 0xc0500000, external abort"},
    {"Prefetch Abort", HT_EV_ENTRY_IABT_S2, 0x80000007, 0xc0400123, 0x00804000, "iabt-s2",
     "0x80400000", "fetch 0x80400123, translation L3"},
    {"Data Abort", HT_EV_ENTRY_DABT_S2, 0x93020047, 0xf0020020, 0x0012c200, "dabt-s2",
     "0x12c20000 uart2", "write 0x12c20020 uart2+0x20 <- r2, 1 B"},
    {"Data Abort", HT_EV_ENTRY_DABT_S2, 0x93630006, 0xf0001002, 0x00104810, "dabt-s2",
     "0x10481000 gicd", "read 0x10481002 gicd+0x2 -> r3, 2 B signed"},
    {"Data Abort", HT_EV_ENTRY_DABT_S2, 0x9344000b, 0x00000ffe, 0x04800000, "dabt-s2",
     "0x480000000", "read 0x480000ffe -> r4, 2 B, access flag L3"},
    {"Data Abort", HT_EV_ENTRY_DABT_S2, 0x90000086, 0xbf000000, 0x00800010, "dabt-s2",
     "0x80001000", "read 0x80001000, translation L2, S1 walk"},
    {"Data Abort", HT_EV_ENTRY_DABT, 0x9382004f, 0xc0800000, 0, "dabt", "permission L3",
     "write va 0xc0800000 <- r2, 4 B, permission L3"},
    {"Data Abort", HT_EV_ENTRY_DABT, 0x90000346, 0xc0800000, 0, "dabt", "translation L2",
     "write va 0xc0800000, translation L2, cache op, EA"},
    {"Data Abort", HT_EV_ENTRY_DABT, 0x9000003f, 0xc0800000, 0, "dabt", "fault status 0x3f",
     "read va 0xc0800000, fault status 0x3f"},
    {"Data Abort", HT_EV_ENTRY_SERROR, 0x94000011, 0, 0, "serror",
     "asynchronous external abort", "asynchronous external abort"},
    {"IRQ", HT_EV_ENTRY_IRQ, 0, 0, 0, "irq", "not acknowledged", ""},
    {"FIQ", HT_EV_ENTRY_FIQ, 0, 0, 0, "fiq", "not acknowledged", ""},
};

static void test_syndromes_in_words(void **state)
{
    g_autoptr(HtMap) map = ht_map_new();

    assert_true(ht_map_add_machine(map, "arndale"));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct row *row = &rows[i];
        struct ht_event event = {
            .id = row->id, .hsr = row->hsr, .far = row->far, .hpfar = row->hpfar,
        };
        struct ht_cause cause = ht_cause_of(&event);
        GString *words = g_string_new(NULL);
        char detail[64];

        ht_cause_detail(&cause, map, detail, sizeof(detail));
        ht_text_cause(words, &event, map);
        print_message("# HSR 0x%08x %s: %s\n", row->hsr, row->section, words->str);
        assert_string_equal(ht_class_name(cause.cls), row->cls);
        assert_string_equal(detail, row->detail);
        assert_string_equal(words->str, row->words);
        g_string_free(words, TRUE);
    }
}

static void test_every_class_has_a_name_of_its_own(void **state)
{
    for (unsigned a = 0; a < HT_CLASS_COUNT; a++) {
        assert_non_null(ht_class_name(a));
        for (unsigned b = 0; b < a; b++) {
            assert_string_not_equal(ht_class_name(a), ht_class_name(b));
        }
    }
}

/* IHI 0048B 5.3.13 */
static void test_list_register_in_words(void **state)
{
    GString *words = g_string_new(NULL);

    ht_text_list_register(words, 0x9a006c1b);
    assert_string_equal(words->str, "pending intid 27, hardware 27, priority 20 (0x9a006c1b)");
    g_string_truncate(words, 0);
    ht_text_list_register(words, 0x20000403);
    assert_string_equal(words->str, "active intid 3, priority 0 (0x20000403)");
    g_string_free(words, TRUE);
}

static void test_interrupts_in_words(void **state)
{
    static const struct {
        uint32_t intid;
        const char *words;
    } intids[] = {
        {27, "intid 27"}, {1019, "intid 1019"}, {1022, "spurious (1022)"},
        {1023, "spurious (1023)"}, {HT_DETAIL_OTHERS, "others"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(intids); i++) {
        struct ht_cause cause = {HT_CLASS_IRQ, intids[i].intid};
        char text[64];

        ht_cause_detail(&cause, NULL, text, sizeof(text));
        assert_string_equal(text, intids[i].words);
    }
}

static void test_numbers(void **state)
{
    GString *text = g_string_new(NULL);

    ht_text_hex(text, 0, 1);
    ht_text_hex(text, 0x1f, 8);
    ht_text_hex(text, UINT64_MAX, 1);
    ht_text_dec(text, 0, 3);
    ht_text_dec(text, UINT64_MAX, 0);
    assert_string_equal(text->str, "0x00x0000001f0xffffffffffffffff  018446744073709551615");
    g_string_free(text, TRUE);
}

static void test_map_finds_the_last_name_given(void **state)
{
    g_autoptr(HtMap) map = ht_map_new();
    uint64_t offset_bytes;

    ht_map_add(map, 0x1000, 0x1000, "first");
    ht_map_add(map, 0x1800, 0x10, "second");
    assert_null(ht_map_find(map, 0xfff, &offset_bytes));
    assert_null(ht_map_find(map, 0x2000, &offset_bytes));
    assert_string_equal(ht_map_find(map, 0x1fff, &offset_bytes), "first");
    assert_int_equal(offset_bytes, 0xfff);
    assert_string_equal(ht_map_find(map, 0x180f, &offset_bytes), "second");
    assert_int_equal(offset_bytes, 0xf);
    assert_false(ht_map_add_machine(map, "virt"));
    assert_false(ht_map_add_machine(map, NULL));
}

/* Loads text as a map file; returns the message after the file's name, or NULL. */
static char *load(HtMap *map, const char *text)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    char *message = NULL;
    int fd = g_file_open_tmp("map-XXXXXX", &path, NULL);

    assert_true(fd >= 0 && g_close(fd, NULL));
    assert_true(g_file_set_contents(path, text, -1, NULL));
    if (!ht_map_load(map, path, &error)) {
        assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_SYNTAX));
        assert_true(g_str_has_prefix(error->message, path));
        message = g_strdup(error->message + strlen(path));
    }
    g_unlink(path);
    return message;
}

static void test_map_file(void **state)
{
    g_autoptr(HtMap) map = ht_map_new();
    uint64_t offset_bytes;

    assert_null(load(map, "# a comment\n\n 0x12c20000\t0x100  uart2 \n4096 16 low"));
    assert_string_equal(ht_map_find(map, 0x12c200ff, &offset_bytes), "uart2");
    assert_string_equal(ht_map_find(map, 4096, &offset_bytes), "low");
}

static void test_map_file_errors(void **state)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        {"0x1000 16", ":1: expected BASE SIZE NAME"},
        {"\n1 1 a b", ":2: more than BASE SIZE NAME"},
        {"zz 16 a", ":1: BASE is not a number"},
        {"0x10 0 a", ":1: SIZE is not a number above 0"},
        {"0x10 -1 a", ":1: SIZE is not a number above 0"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(HtMap) map = ht_map_new();
        g_autofree char *message = load(map, files[i].text);

        assert_non_null(message);
        assert_string_equal(message, files[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_syndromes_in_words),
        cmocka_unit_test(test_every_class_has_a_name_of_its_own),
        cmocka_unit_test(test_list_register_in_words),
        cmocka_unit_test(test_interrupts_in_words),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_map_finds_the_last_name_given),
        cmocka_unit_test(test_map_file),
        cmocka_unit_test(test_map_file_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
