/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Entries get the class whose fields DDI 0406C B3.13 defines for them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "hyptrace/format/entry_class.h"

struct row {
    const char *name;
    enum ht_exception exception;
    uint32_t hsr;
    bool stage2_on;
    enum ht_event_id id;
};

static const struct row rows[] = {
    /* EC 0x12 */
    { "HVC", HT_EXCEPTION_SYNC, 0x4a000001, true, HT_EV_ENTRY_SYNC },
    /* EC 0x24, ISV, FSC 0x07: translation fault, third level */
    { "stage-2 translation", HT_EXCEPTION_DABT, 0x93820007, true, HT_EV_ENTRY_DABT_S2 },
    { "stage-2 access flag", HT_EXCEPTION_DABT, 0x9000000b, true, HT_EV_ENTRY_DABT_S2 },
    { "stage-2 permission", HT_EXCEPTION_DABT, 0x9000000f, true, HT_EV_ENTRY_DABT },
    /* S1PTW, bit 7 */
    { "stage-2 permission on a walk", HT_EXCEPTION_DABT, 0x9000008f, true, HT_EV_ENTRY_DABT_S2 },
    { "stage-2 alignment", HT_EXCEPTION_DABT, 0x90000021, true, HT_EV_ENTRY_DABT },
    { "external", HT_EXCEPTION_DABT, 0x90000010, true, HT_EV_ENTRY_DABT },
    { "watchpoint", HT_EXCEPTION_DABT, 0x90000022, true, HT_EV_ENTRY_DABT },
    { "asynchronous external", HT_EXCEPTION_DABT, 0x90000011, true, HT_EV_ENTRY_SERROR },
    { "translation without stage 2", HT_EXCEPTION_DABT, 0x90000007, false, HT_EV_ENTRY_DABT },
    { "prefetch, stage-2 translation", HT_EXCEPTION_IABT, 0x80000006, true, HT_EV_ENTRY_IABT_S2 },
    { "prefetch, stage-2 permission", HT_EXCEPTION_IABT, 0x8000000f, true, HT_EV_ENTRY_IABT },
    { "prefetch from Hyp", HT_EXCEPTION_IABT, 0x84000006, false, HT_EV_ENTRY_IABT },
    { "breakpoint", HT_EXCEPTION_IABT, 0x80000022, true, HT_EV_ENTRY_SYNC },
    /* HSR is stale: as of a stage-2 fault */
    { "IRQ", HT_EXCEPTION_IRQ, 0x93820007, true, HT_EV_ENTRY_IRQ },
    { "FIQ", HT_EXCEPTION_FIQ, 0x93820007, true, HT_EV_ENTRY_FIQ },
};

static void test_class_has_the_valid_fields(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum ht_event_id id = ht_entry_class(rows[i].exception, rows[i].hsr, rows[i].stage2_on);

        if (id != rows[i].id) {
            print_error("%s\n", rows[i].name);
        }
        assert_int_equal(id, rows[i].id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_class_has_the_valid_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
