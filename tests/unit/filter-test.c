/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filter expressions: the language on a made-up subject, and the fields of events.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "hyptrace/lib/hyptrace.h"

/* The subject: n = 7, big = all ones, delay = 20 us, on = 1, off = 0, who = "dom-1"; none has no
 * value; colour is a number with names. */
static bool colour_of(const char *name, uint64_t *value)
{
    *value = 2;
    return !strcmp(name, "green-ish");
}

static const struct ht_filter_field fields[] = {
    {"n", HT_FILTER_NUMBER, NULL}, {"big", HT_FILTER_NUMBER, NULL},
    {"delay", HT_FILTER_TIME, NULL}, {"on", HT_FILTER_FLAG, NULL}, {"off", HT_FILTER_FLAG, NULL},
    {"who", HT_FILTER_TEXT, NULL}, {"none", HT_FILTER_NUMBER, NULL},
    {"colour", HT_FILTER_NUMBER, colour_of},
};

static bool get(void *subject, unsigned field, struct ht_filter_value *value)
{
    static const uint64_t numbers[] = {7, UINT64_MAX, 20000, 1, 0, 0, 0, 2};

    value->number = numbers[field];
    value->text = "dom-1";
    return field != 6;
}

static const struct ht_filter_language language = {fields, G_N_ELEMENTS(fields), get};

static const struct {
    const char *text;
    bool matches;
} good[] = {
    {"n == 7", true}, {"n==0x7", true}, {"n != 7", false}, {"n == 8", false},
    {"n < 7", false}, {"n < 8", true}, {"n <= 7", true}, {"n <= 6", false},
    {"n > 7", false}, {"n > 6", true}, {"n >= 7", true}, {"n >= 8", false},
    {"n < 0", false}, {"n >= 0", true}, {"off <= 0", true},
    {"big > 18446744073709551614", true}, {"big > 18446744073709551615", false},
    {"big <= 0xffffffffffffffff", true},
    {"n in 7", true}, {"n in 5..7", true}, {"n in 8..9", false}, {"n in 5..+2", false},
    {"n in 5..+3", true}, {"n in {1, 2..3, 7}", true}, {"n in {1}", false},
    {"big in 1..+18446744073709551615", true},
    {"n & 3 == 3", true}, {"n & 8", false}, {"n & 4", true}, {"n&0xc==4", true},
    {"delay == 20us", true}, {"delay > 0.019ms", true}, {"delay < 0.00002s", false},
    {"delay in 0..20000ns", true}, {"delay >= 20.0001us", true}, {"delay > 1.5us", true},
    {"on", true}, {"!on", false}, {"off", false}, {"not off", true}, {"on == 0", false},
    {"who == dom-1", true}, {"who == \"dom-1\"", true}, {"who != dom-2", true},
    {"who =~ \"d?m*\"", true}, {"who =~ \"*2\"", false}, {"who in {dom-0, dom-1}", true},
    {"who", true},
    {"none", false}, {"none == 0", false}, {"none != 0", false}, {"!(none == 0)", true},
    {"colour == green-ish", true}, {"colour == 2", true}, {"colour in green-ish..3", true},
    {"on && off", false}, {"on and n == 7", true}, {"off || on", true}, {"off or off", false},
    {"on || off && off", true}, {"(on || off) && off", false}, {"!off && !(on && off)", true},
    {" \t(  on\n)", true}, {"!!on", true},
};

static void test_what_expressions_mean(void **state)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(HtFilter) filter = ht_filter_new(good[i].text, &language, NULL, &error);

        if (!filter) {
            fail_msg("%s: %s", good[i].text, error->message);
        }
        if (ht_filter_match(filter, NULL) != good[i].matches) {
            fail_msg("%s: should be %d", good[i].text, good[i].matches);
        }
    }
}

static const struct {
    const char *text;
    const char *message;
    size_t offset_bytes, length_bytes;
} bad[] = {
    {"", "expected a field, '!' or '('", 0, 0},
    {"m == 1", "there is no field 'm'", 0, 1},
    {"n = 1", "'=' is no relation; equal is '=='", 2, 1},
    {"n == ", "expected a value of 'n'", 5, 0},
    {"n == red", "'red' is no value of 'n'", 5, 3},
    {"colour == red", "'red' is no value of 'colour'", 10, 3},
    {"n == 5us", "'n' is not a time", 5, 3},
    {"n == 5um", "not a number of 64 bits, nor a time (ns, us, ms, s)", 5, 3},
    {"n == 0x", "not a number of 64 bits, nor a time (ns, us, ms, s)", 5, 2},
    {"n == 18446744073709551616", "not a number of 64 bits, nor a time (ns, us, ms, s)", 5, 20},
    {"delay > 18446744074s", "not a number of 64 bits, nor a time (ns, us, ms, s)", 8, 12},
    {"n == 1.5", "not a number of 64 bits, nor a time (ns, us, ms, s)", 5, 3},
    {"delay > 5", "a time needs a unit: ns, us, ms or s", 8, 1},
    {"n =~ 7", "'=~' is for texts, 'n' is a number", 2, 2},
    {"who < x", "a text has no order; it is tested by ==, !=, =~ or in", 4, 1},
    {"who == 7", "expected a word or a \"string\" for 'who'", 7, 1},
    {"who & 1", "a text has no bits", 6, 1},
    {"who == \"x", "the string has no closing \"", 7, 2},
    {"n & x", "expected a number after '&'", 4, 1},
    {"n in 7..6", "the range ends before it begins", 5, 1},
    {"n in 7..+0", "the range holds nothing, or ends beyond 64 bits", 5, 1},
    {"big in 2..+18446744073709551615", "the range holds nothing, or ends beyond 64 bits", 7, 1},
    {"n in {1, 2", "expected ',' or '}'", 10, 0},
    {"n in {}", "expected a value of 'n'", 6, 1},
    {"(on", "expected '&&', '||' or ')'", 3, 0},
    {"on)", "expected '&&', '||' or the end", 2, 1},
    {"on off", "expected '&&', '||' or the end", 3, 3},
    {"on && # off", "this character means nothing here", 6, 1},
    {"on && && off", "expected a field, '!' or '('", 6, 2},
};

static void test_errors_name_their_place(void **state)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        struct ht_filter_place place = {99, 99};
        HtFilter *filter = ht_filter_new(bad[i].text, &language, &place, &error);

        if (filter) {
            fail_msg("%s: accepted", bad[i].text);
        }
        assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_SYNTAX));
        if (strcmp(error->message, bad[i].message) || place.offset_bytes != bad[i].offset_bytes ||
            place.length_bytes != bad[i].length_bytes) {
            fail_msg("%s: %s at %zu, %zu long", bad[i].text, error->message, place.offset_bytes,
                     place.length_bytes);
        }
    }
}

static void test_depth_and_length_are_bounded(void **state)
{
    g_autofree char *deep = g_strnfill(150, '(');
    g_autofree char *nots = g_strnfill(150, '!');
    g_autofree char *longer = g_strnfill(17000, ' ');
    g_autofree char *word = g_strnfill(64, 'x');
    const char *texts[] = {deep, nots, longer, word};
    const char *messages[] = {"nested more than 100 deep", "nested more than 100 deep",
                              "longer than 16384 bytes", "a word of more than 63 characters"};

    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        assert_null(ht_filter_new(texts[i], &language, NULL, &error));
        assert_string_equal(error->message, messages[i]);
    }
}

/* A stage-2 data abort: a byte written from r2 to 0x12c20020 by vm2 (HSR as in text-test.c). */
static const struct {
    const char *text;
    bool matches;
} event_tests[] = {
    {"ec == dabt && class == dabt-s2 && event == hyp_entry_dabt_s2", true},
    {"ipa in 0x12c20000..+0x1000", true}, {"ipa == 0x12c20020", true}, {"far == 0xf0020020", true},
    {"write && size == 1 && rt == 2", true}, {"imm", false}, {"insn", false},
    {"device == uart2", true}, {"device =~ \"gic*\"", false}, {"detail =~ \"*uart2\"", true},
    {"vm == domU && vcpu == 1", true}, {"vm == vm2", false}, {"in_hyp || nested || gap", false},
    {"pc == 0xc0301000 && mode == svc && !thumb", true}, {"mode & 0xf == 3", true},
    {"cpu == 1 && seq == 5 && time == 3us && depth == 0 && vector == 0x14", true},
    {"r2 == 0x58 && hcr & 1", true}, {"hsr == 0x93020047", true}, {"intid", false},
    {"dur == 2us && away == 5us && self == 4us", true}, {"dur_insns == 1500", true},
    {"away_insns == 3000", true},
};

static void test_fields_of_an_entry(void **state)
{
    uint32_t regs[HT_REG_COUNT] = {[HT_REG_R2] = 0x58, [HT_REG_HCR] = 1};
    struct ht_event event = {
        .seq = 5, .time_ns = 3000, .regs = regs, .id = HT_EV_ENTRY_DABT_S2, .cpu = 1, .vector = 5,
        .hsr = 0x93020047, .far = 0xf0020020, .hpfar = 0x12c200, .pc = 0xc0301000, .psr = 0x60000193,
    };
    struct ht_outcome outcome = {
        .detail = 0x12c20, .returned = true, .ended = true, .hyp = {2000, 1500},
        .away = {5000, 3000}, .self = {4000, 2500},
    };
    g_autoptr(HtMap) map = ht_map_new();
    g_autoptr(HtVmNames) vms = ht_vm_names_new();
    struct ht_names names = {.map = map, .vms = vms};
    struct ht_facts facts = {
        .event = &event, .where = {2, 1}, .outcome = &outcome, .names = &names,
    };

    ht_map_add(map, 0x12c20000, 0x1000, "uart2");
    assert_true(ht_vm_names_parse(vms, "vm1=dom0,vm2=domU", NULL));
    for (unsigned i = 0; i < G_N_ELEMENTS(event_tests); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(HtFilter) filter = ht_filter_new(event_tests[i].text, ht_facts_language(), NULL,
                                                   &error);

        if (!filter) {
            fail_msg("%s: %s", event_tests[i].text, error->message);
        }
        if (ht_filter_match(filter, &facts) != event_tests[i].matches) {
            fail_msg("%s: should be %d", event_tests[i].text, event_tests[i].matches);
        }
    }
}

static void test_names_of_vms(void **state)
{
    static const char *const wrong[] = {
        "", "vm1", "vm1=", "vm0=x", "host=x", "vm1=9x", "vm1=vm2", "vm1=host", "vm1=a b",
        "vm1=a,vm2=a", "vm1=a,", "vm1025=a", "xx1=a",
    };
    g_autoptr(HtVmNames) names = ht_vm_names_new();

    assert_true(ht_vm_names_parse(names, "vm2=guest-2", NULL));
    assert_string_equal(ht_vm_names_get(names, 0), "host");
    assert_string_equal(ht_vm_names_get(names, 1), "vm1");
    assert_string_equal(ht_vm_names_get(names, 2), "guest-2");
    assert_int_equal(ht_vm_names_find(names, "guest-2"), 2);
    assert_int_equal(ht_vm_names_find(names, "vm7"), 7);
    assert_int_equal(ht_vm_names_find(names, "nobody"), -1);
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(HtVmNames) fresh = ht_vm_names_new();
        g_autoptr(GError) error = NULL;

        if (ht_vm_names_parse(fresh, wrong[i], &error)) {
            fail_msg("'%s' accepted", wrong[i]);
        }
        assert_true(g_error_matches(error, HT_ERROR, HT_ERROR_SYNTAX));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_expressions_mean),
        cmocka_unit_test(test_errors_name_their_place),
        cmocka_unit_test(test_depth_and_length_are_bounded),
        cmocka_unit_test(test_fields_of_an_entry),
        cmocka_unit_test(test_names_of_vms),
    };

    return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
