/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The summary's bounds: a trace with more causes, VMs and vCPUs than are told apart is counted
 * in full and in little memory.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>
#include <glib/gstdio.h>

#include "hyptrace/lib/hyptrace.h"
#include "tests/trace/trace_writer.h"

#define TRAPS      200000
#define PAGES      5000  /* more than HT_SUMMARY_ROWS_MAX */
#define VMS        1500  /* more than HT_VMS_MAX */
#define MEMORY_KIB (64 * 1024)

/* Trap i, at 4 * i: a read of page i % PAGES by VM i % VMS, which takes 100 ns. */
static void write_trap(HtWriter *writer, uint32_t *regs, unsigned i)
{
    struct ht_event event = {.regs = regs};

    regs[HT_REG_HCR] = 1;
    regs[HT_REG_VTTBR] = 0x80000000 + (i % VMS) * 0x1000;
    regs[HT_REG_VMPIDR] = 0x80000000 | i % 7;
    event.id = HT_EV_RETURN;
    event.seq = 2 * i;
    event.time_ns = 1000 * (uint64_t)i;
    ht_writer_set_rows(&event, regs);
    ht_writer_put(writer, &event);
    event.id = HT_EV_ENTRY_DABT_S2;
    event.seq++;
    event.time_ns += 900;
    event.pc = 4 * i;
    event.hsr = 0x93820007;
    event.hpfar = i % PAGES << 4;
    ht_writer_set_rows(&event, regs);
    ht_writer_put(writer, &event);
}

static char *write_trace(void)
{
    static uint32_t regs[HT_REG_COUNT];
    char *dir = g_strdup("/tmp/hyptrace-XXXXXX");
    HtTrace layout = {.cpus = 1, .registers = TRUE};
    HtWriter *writer;

    assert_non_null(g_mkdtemp(dir));
    writer = trace_writer_new(dir, &layout, HT_PACKET_BYTES_DEFAULT);
    for (unsigned i = 0; i < TRAPS; i++) {
        write_trap(writer, regs, i);
    }
    trace_writer_free(writer);
    return dir;
}

static void remove_trace(char *dir)
{
    g_autofree char *metadata = g_build_filename(dir, HT_METADATA_NAME, NULL);
    g_autofree char *stream = g_build_filename(dir, HT_STREAM_PREFIX "0", NULL);

    g_unlink(metadata);
    g_unlink(stream);
    g_rmdir(dir);
    g_free(dir);
}

static uint64_t count_spots(const struct ht_spots *spots, unsigned *places)
{
    uint64_t entries = spots->others.entries;

    *places = 0;
    for (unsigned i = 0; i < HT_SPOT_SLOTS; i++) {
        entries += spots->slots[i].entries;
        *places += spots->slots[i].entries > 0;
    }
    return entries;
}

/* However they are divided up, they are all counted. */
static void check_places(const HtSummary *summary)
{
    uint64_t in_vcpus = 0, in_columns = 0;
    unsigned places;

    assert_int_equal(count_spots(summary->code, &places), TRAPS);
    assert_int_equal(places, HT_SPOTS_MAX);
    assert_int_equal(summary->code->others.entries, TRAPS - HT_SPOTS_MAX);
    assert_int_equal(count_spots(summary->pages, &places), TRAPS);
    /* Pairs of one of 5000 pages and one of 1500 VMs, of which the last 477 are one. */
    assert_in_range(places, PAGES, 15000);
    for (unsigned i = 0; i < summary->vcpus->len; i++) {
        const struct ht_summary_vcpu *vcpu = g_ptr_array_index(summary->vcpus, i);

        in_vcpus += vcpu->counts.entries;
    }
    assert_int_equal(in_vcpus, TRAPS);
    /* 200 ms are 48 columns of 2^22 ns. */
    assert_int_equal(summary->timeline.width_log2, 22);
    assert_int_equal(summary->timeline.columns, 48);
    for (unsigned column = 0; column < HT_TIMELINE_COLUMNS; column++) {
        in_columns += summary->timeline.counts[column][HT_CLASS_DABT_S2];
    }
    assert_int_equal(in_columns, TRAPS);
}

static void test_more_causes_than_rows(void **state)
{
    char *dir = write_trace();
    g_autoptr(GError) error = NULL;
    g_autoptr(HtTrace) trace = ht_trace_open(dir, &error);
    g_autoptr(HtSummary) summary = ht_summary_new(trace, NULL, NULL, &error);
    struct ht_summary_row total;
    struct rusage usage;

    assert_null(error);
    ht_summary_total(summary, HT_CLASS_DABT_S2, false, &total);
    assert_int_equal(total.entries, TRAPS);
    assert_int_equal(total.hyp.count, TRAPS - 1); /* the last one does not return */
    assert_int_equal(total.hyp.max, 100);
    assert_int_equal(summary->rows->len, HT_SUMMARY_ROWS_MAX + 1);
    /* Pages 0 to 1023 have rows of their own; each page has TRAPS / PAGES traps. */
    assert_int_equal(((struct ht_summary_row *)summary->rows->pdata[0])->cause.detail,
                     HT_DETAIL_OTHERS);
    assert_int_equal(((struct ht_summary_row *)summary->rows->pdata[0])->entries,
                     (PAGES - HT_SUMMARY_ROWS_MAX) * (TRAPS / PAGES));
    assert_int_equal(((struct ht_summary_row *)summary->rows->pdata[1])->entries, TRAPS / PAGES);
    assert_int_equal(summary->vm_count, HT_VMS_MAX);
    check_places(summary);
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    assert_in_range(usage.ru_maxrss, 0, MEMORY_KIB);
    remove_trace(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_causes_than_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
