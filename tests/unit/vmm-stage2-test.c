/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage 2 and VMIDs: each rule by itself, then random sequences against a flat array of pages.
 * The fake machine watches break before make all along.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "arch/fake/fake.h"
#include "core/stage2.h"
#include "core/vmid.h"
#include "vmm-seed.h"

#define KIB4 0x1000ull
#define MIB2 0x200000ull
#define GIB1 0x40000000ull

static struct s2 s2;
static struct page_pool pool;

static int setup_pages(unsigned page_count)
{
    fake_reset();
    pool_init(&pool, fake_ram(2 * KIB4), page_count);
    s2_init(&s2, fake_ram(0), &pool);
    return 0;
}

static int setup(void **state)
{
    return setup_pages(64);
}

static unsigned level_at(uint64_t ipa)
{
    struct s2_leaf leaf;

    return s2_lookup(&s2, ipa_init(ipa), &leaf) ? leaf.level : 0;
}

static uint64_t pa_at(uint64_t ipa)
{
    struct s2_leaf leaf;

    assert_true(s2_lookup(&s2, ipa_init(ipa), &leaf));
    return leaf.pa.value;
}

static unsigned attrs_at(uint64_t ipa)
{
    struct s2_leaf leaf;

    assert_true(s2_lookup(&s2, ipa_init(ipa), &leaf));
    return leaf.attrs;
}

static int map(uint64_t ipa, uint64_t pa, uint64_t bytes, unsigned attrs)
{
    return s2_map(&s2, ipa_init(ipa), pa_init(pa), bytes, attrs);
}

static void test_one_page_is_mapped_and_its_neighbours_are_not(void **state)
{
    assert_int_equal(map(0x40001000, 0x80005000, KIB4, S2_RWX), VMM_OK);
    assert_int_equal(level_at(0x40001fff), 3);
    assert_int_equal(pa_at(0x40001abc), 0x80005abc);
    assert_int_equal(attrs_at(0x40001000), S2_RWX);
    assert_int_equal(level_at(0x40000fff), 0);
    assert_int_equal(level_at(0x40002000), 0);
    assert_int_equal(level_at(1ull << 40), 0);
}

static void test_blocks_are_used_where_both_addresses_are_aligned(void **state)
{
    assert_int_equal(map(0, 0x40000000, 2 * GIB1, S2_R), VMM_OK);
    assert_int_equal(level_at(GIB1), 1);
    assert_int_equal(map(2 * GIB1, 0x80200000, MIB2, S2_R | S2_W | S2_DEVICE), VMM_OK);
    assert_int_equal(level_at(2 * GIB1), 2);
    assert_int_equal(attrs_at(2 * GIB1), S2_R | S2_W | S2_DEVICE);
    assert_int_equal(map(3 * GIB1, 0x80201000, MIB2, S2_R), VMM_OK);
    assert_int_equal(level_at(3 * GIB1), 3);
}

static void test_the_last_page_of_40_bits(void **state)
{
    assert_int_equal(map(0xfffffff000, 0xfffffff000, KIB4, S2_R), VMM_OK);
    assert_int_equal(pa_at(0xffffffffff), 0xffffffffff);
    assert_int_equal(map(0xfffffff000, 0, 2 * KIB4, S2_R), VMM_EINVAL);
}

static void test_bad_arguments_change_nothing(void **state)
{
    assert_int_equal(map(0x800, 0, KIB4, S2_R), VMM_EINVAL);
    assert_int_equal(map(0, 0x800, KIB4, S2_R), VMM_EINVAL);
    assert_int_equal(map(0, 0, 0x800, S2_R), VMM_EINVAL);
    assert_int_equal(map(0, 0, 0, S2_R), VMM_EINVAL);
    assert_int_equal(map(0, 0, KIB4, S2_DEVICE), VMM_EINVAL);
    assert_int_equal(map(0, 1ull << 40, KIB4, S2_R), VMM_EINVAL);
    assert_int_equal(map(1ull << 40, 0, KIB4, S2_R), VMM_EINVAL);
    assert_int_equal(s2_unmap(&s2, ipa_init(1), KIB4), VMM_EINVAL);
    assert_int_equal(s2_protect(&s2, ipa_init(0), KIB4, 0), VMM_EINVAL);
    assert_int_equal(pool.free_count, 64);
}

static void test_mapping_over_something_is_refused_whole(void **state)
{
    assert_int_equal(map(0x5000, 0x80000000, KIB4, S2_RWX), VMM_OK);
    assert_int_equal(map(0x4000, 0x80001000, 4 * KIB4, S2_RWX), VMM_EEXIST);
    assert_int_equal(level_at(0x4000), 0);
    assert_int_equal(pa_at(0x5000), 0x80000000);
}

static void test_unmapping_a_page_splits_the_blocks_around_it(void **state)
{
    assert_int_equal(map(0, 0, GIB1, S2_RWX), VMM_OK);
    assert_int_equal(s2_unmap(&s2, ipa_init(5 * MIB2 + KIB4), KIB4), VMM_OK);
    assert_int_equal(level_at(5 * MIB2 + KIB4), 0);
    assert_int_equal(level_at(5 * MIB2), 3);
    assert_int_equal(pa_at(5 * MIB2 + 2 * KIB4), 5 * MIB2 + 2 * KIB4);
    assert_int_equal(level_at(4 * MIB2), 2);
    assert_int_equal(pool.free_count, 62);
}

static void test_filling_the_gap_joins_the_blocks_again(void **state)
{
    test_unmapping_a_page_splits_the_blocks_around_it(state);
    assert_int_equal(map(5 * MIB2 + KIB4, 5 * MIB2 + KIB4, KIB4, S2_RWX), VMM_OK);
    assert_int_equal(level_at(5 * MIB2 + KIB4), 1);
    assert_int_equal(pool.free_count, 64);
}

static void test_pages_that_differ_are_not_joined(void **state)
{
    assert_int_equal(map(0, 0, MIB2, S2_RWX), VMM_OK);
    assert_int_equal(s2_protect(&s2, ipa_init(0x3000), KIB4, S2_R), VMM_OK);
    assert_int_equal(level_at(0), 3);
    assert_int_equal(attrs_at(0x3000), S2_R);
    assert_int_equal(attrs_at(0x4000), S2_RWX);
    assert_int_equal(s2_protect(&s2, ipa_init(0x3000), KIB4, S2_RWX), VMM_OK);
    assert_int_equal(level_at(0), 2);
    /* Contiguous, but not aligned to a block in physical memory. */
    assert_int_equal(map(MIB2, 0x1000, MIB2, S2_RWX), VMM_OK);
    assert_int_equal(level_at(MIB2), 3);
}

static void test_unmapping_gives_all_tables_back(void **state)
{
    assert_int_equal(map(0x1000, 0, MIB2, S2_RWX), VMM_OK);
    assert_int_equal(map(7 * GIB1, 0x3000, KIB4, S2_RWX), VMM_OK);
    assert_true(pool.free_count < 64);
    assert_int_equal(s2_unmap(&s2, ipa_init(0), 8 * GIB1), VMM_OK);
    assert_int_equal(pool.free_count, 64);
    assert_true(fake.flush_count > 0);
}

static void test_nobody_uses_what_was_unmapped_or_protected(void **state)
{
    unsigned flushes;

    assert_int_equal(map(0, 0x1000, 4 * KIB4, S2_RWX), VMM_OK);
    flushes = fake.flush_count;
    assert_int_equal(s2_unmap(&s2, ipa_init(KIB4), KIB4), VMM_OK);
    assert_int_equal(fake.flush_count, flushes + 1);
    assert_int_equal(fake.broken_count, 0);
    assert_int_equal(s2_protect(&s2, ipa_init(0), KIB4, S2_R), VMM_OK);
    assert_int_equal(fake.flush_count, flushes + 2);
}

static void test_without_pages_nothing_changes(void **state)
{
    setup_pages(1);
    assert_int_equal(map(0, 0x1000, KIB4, S2_RWX), VMM_ENOMEM);
    assert_int_equal(pool.free_count, 1);
    assert_int_equal(map(0, 0, GIB1, S2_RWX), VMM_OK);
    assert_int_equal(s2_unmap(&s2, ipa_init(0x1000), KIB4), VMM_ENOMEM);
    assert_int_equal(level_at(0), 1);
    assert_int_equal(pool.free_count, 1);
    /* Two blocks to split, one page each, three pages in all. */
    setup_pages(3);
    assert_int_equal(map(0, 0, 2 * GIB1, S2_RWX), VMM_OK);
    assert_int_equal(s2_unmap(&s2, ipa_init(0x1000), GIB1), VMM_ENOMEM);
    assert_int_equal(level_at(0), 1);
    assert_int_equal(level_at(GIB1), 1);
    assert_int_equal(pool.free_count, 3);
}

static void test_finish_gives_everything_back(void **state)
{
    assert_int_equal(map(0, 0x1000, 3 * MIB2, S2_RWX), VMM_OK);
    s2_finish(&s2);
    assert_int_equal(pool.free_count, 64);
    s2_finish(&s2);
}

static void test_dirty_log_records_first_writes_only(void **state)
{
    uint32_t bitmap[16], fetched[16];

    assert_int_equal(map(0, 0, MIB2, S2_RWX), VMM_OK);
    assert_int_equal(s2_log_start(&s2, ipa_init(0), 512, bitmap), VMM_OK);
    assert_int_equal(s2_log_start(&s2, ipa_init(0), 512, bitmap), VMM_EBUSY);
    assert_int_equal(attrs_at(0x7000), S2_R | S2_X | S2_LOGGED);
    assert_true(s2_log_fault(&s2, ipa_init(0x7123)));
    assert_int_equal(attrs_at(0x7000), S2_RWX);
    assert_false(s2_log_fault(&s2, ipa_init(0x7123)));
    assert_false(s2_log_fault(&s2, ipa_init(MIB2)));
    assert_int_equal(s2_log_fetch(&s2, fetched), VMM_OK);
    assert_int_equal(fetched[0], 1 << 7);
    assert_int_equal(bitmap[0], 0);
    assert_int_equal(attrs_at(0x7000), S2_R | S2_X | S2_LOGGED);
    s2_log_stop(&s2);
    assert_int_equal(level_at(0), 2);
    assert_int_equal(attrs_at(0), S2_RWX);
    assert_int_equal(s2_log_fetch(&s2, fetched), VMM_ENOENT);
    s2_log_stop(&s2);
}

static void test_dirty_log_needs_pages_or_nothing_changes(void **state)
{
    uint32_t bitmap[32];

    setup_pages(2);
    assert_int_equal(map(0, 0, 2 * MIB2, S2_RWX), VMM_OK);
    assert_int_equal(s2_log_start(&s2, ipa_init(0), 1024, bitmap), VMM_ENOMEM);
    assert_int_equal(level_at(0), 2);
    assert_int_equal(pool.free_count, 1);
    assert_int_equal(s2_log_start(&s2, ipa_init(1), 1, bitmap), VMM_EINVAL);
    assert_int_equal(s2_log_start(&s2, ipa_init(0), 1ull << 29, bitmap), VMM_EINVAL);
    /* Read-only blocks need not be split. */
    assert_int_equal(s2_protect(&s2, ipa_init(0), 2 * MIB2, S2_R), VMM_OK);
    assert_int_equal(s2_log_start(&s2, ipa_init(0), 1024, bitmap), VMM_OK);
    assert_int_equal(level_at(0), 2);
    assert_false(s2_log_fault(&s2, ipa_init(0)));
}

/* ---- The property: the tables say what a flat array of pages says. ---- */

#define MODEL_PAGES 2048u /* 8 MiB from a place that crosses a 1 GiB boundary */
#define MODEL_BASE  (GIB1 - 4 * MIB2 / 2)

struct model_page {
    uint64_t pa;
    unsigned attrs; /* 0: absent */
};

static struct model_page model[MODEL_PAGES];

static void compare(void)
{
    for (unsigned i = 0; i < MODEL_PAGES; i++) {
        struct s2_leaf leaf;
        bool mapped = s2_lookup(&s2, ipa_init(MODEL_BASE + i * KIB4), &leaf);

        assert_int_equal(mapped, model[i].attrs != 0);
        if (mapped) {
            assert_int_equal(leaf.pa.value, model[i].pa);
            assert_int_equal(leaf.attrs, model[i].attrs);
        }
    }
}

static unsigned random_attrs(struct seed *seed)
{
    static const unsigned choice[] = {S2_RWX, S2_R, S2_R | S2_W, S2_R | S2_W | S2_DEVICE};

    return choice[seed_below(seed, 4)];
}

static void model_map(struct seed *seed, unsigned first, unsigned count)
{
    uint64_t ipa = MODEL_BASE + first * KIB4;
    /* Often the same distance, so that blocks arise. */
    uint64_t pa = seed_below(seed, 4) ? ipa + 0x40000000 : (uint64_t)seed_below(seed, 4096) * KIB4;
    unsigned attrs = random_attrs(seed);
    int wanted = VMM_OK;

    for (unsigned i = first; i < first + count; i++) {
        wanted = model[i].attrs ? VMM_EEXIST : wanted;
    }
    assert_int_equal(map(ipa, pa, count * KIB4, attrs), wanted);
    for (unsigned i = first; wanted == VMM_OK && i < first + count; i++) {
        model[i] = (struct model_page) {pa + (i - first) * KIB4, attrs};
    }
}

static void model_change(struct seed *seed, unsigned first, unsigned count, unsigned attrs)
{
    ipaddr_t ipa = ipa_init(MODEL_BASE + first * KIB4);
    int status = attrs ? s2_protect(&s2, ipa, count * KIB4, attrs)
                       : s2_unmap(&s2, ipa, count * KIB4);

    assert_int_equal(status, VMM_OK);
    for (unsigned i = first; i < first + count; i++) {
        model[i].attrs = model[i].attrs ? attrs : 0;
    }
}

static void random_step(struct seed *seed)
{
    unsigned first = seed_below(seed, MODEL_PAGES);
    unsigned limit = seed_below(seed, 3) ? 20 : MODEL_PAGES;
    unsigned count;

    if (seed_below(seed, 3) == 0) {
        first &= ~511u; /* blocks */
    }
    count = 1 + seed_below(seed, limit);
    count = count > MODEL_PAGES - first ? MODEL_PAGES - first : count;
    switch (seed_below(seed, 4)) {
    case 0:
    case 1:
        model_map(seed, first, count);
        break;
    case 2:
        model_change(seed, first, count, 0);
        break;
    default:
        model_change(seed, first, count, random_attrs(seed));
        break;
    }
}

static void test_random_sequences_against_a_flat_array(void **state)
{
    struct seed seed = {seed_choose()};

    for (unsigned round = 0; round < 20; round++) {
        setup_pages(64);
        memset(model, 0, sizeof(model));
        for (unsigned step = 0; step < 200; step++) {
            random_step(&seed);
            if (step % 10 == 0) {
                compare();
            }
        }
        compare();
        assert_int_equal(s2_unmap(&s2, ipa_init(0), 2 * GIB1), VMM_OK);
        assert_int_equal(pool.free_count, 64);
    }
}

/* ---- VMIDs ---- */

static void test_vmids_are_not_zero_and_differ(void **state)
{
    struct vmid_allocator allocator;
    struct vmid a = {0}, b = {0};

    vmid_init(&allocator);
    assert_false(vmid_enter(&allocator, &a, 0));
    assert_false(vmid_enter(&allocator, &b, 1));
    assert_int_not_equal(a.value, 0);
    assert_int_not_equal(a.value, b.value);
    vmid_leave(&allocator, 0);
    assert_false(vmid_enter(&allocator, &a, 0));
    assert_int_equal(a.generation, 1);
}

/* 255 VMs fit; the next begins a generation, in which the VM that runs on the other CPU keeps its
 * VMID and everybody else gets a new one. */
static void test_rollover_carries_running_vms_over(void **state)
{
    static struct vmid vms[300];
    struct vmid_allocator allocator;
    uint8_t running_value;

    memset(vms, 0, sizeof(vms));
    vmid_init(&allocator);
    vmid_enter(&allocator, &vms[0], 1);
    running_value = vms[0].value;
    for (unsigned i = 1; i < 255; i++) {
        assert_false(vmid_enter(&allocator, &vms[i], 0));
    }
    assert_true(vmid_enter(&allocator, &vms[255], 0));
    assert_int_equal(vms[255].generation, 2);
    assert_int_equal(vms[0].generation, 2);
    assert_int_equal(vms[0].value, running_value);
    assert_int_not_equal(vms[255].value, running_value);
    assert_false(vmid_enter(&allocator, &vms[0], 0));
    assert_int_equal(vms[0].value, running_value);
    assert_int_equal(vms[1].generation, 1);
    vmid_enter(&allocator, &vms[1], 0);
    assert_int_equal(vms[1].generation, 2);
}

/* The same VM on both CPUs when a generation begins: one VMID afterwards too. */
static void test_rollover_by_a_vm_that_runs_elsewhere(void **state)
{
    static struct vmid vms[300];
    struct vmid_allocator allocator;

    memset(vms, 0, sizeof(vms));
    vmid_init(&allocator);
    for (unsigned i = 0; i < 255; i++) {
        vmid_enter(&allocator, &vms[i], 0);
    }
    vmid_enter(&allocator, &vms[254], 1);
    vms[254].generation = 0; /* as if from an old generation */
    assert_true(vmid_enter(&allocator, &vms[254], 0));
    assert_int_equal(vms[254].generation, 2);
    assert_ptr_equal(allocator.running[0], allocator.running[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_one_page_is_mapped_and_its_neighbours_are_not, setup),
        cmocka_unit_test_setup(test_blocks_are_used_where_both_addresses_are_aligned, setup),
        cmocka_unit_test_setup(test_the_last_page_of_40_bits, setup),
        cmocka_unit_test_setup(test_bad_arguments_change_nothing, setup),
        cmocka_unit_test_setup(test_mapping_over_something_is_refused_whole, setup),
        cmocka_unit_test_setup(test_unmapping_a_page_splits_the_blocks_around_it, setup),
        cmocka_unit_test_setup(test_filling_the_gap_joins_the_blocks_again, setup),
        cmocka_unit_test_setup(test_pages_that_differ_are_not_joined, setup),
        cmocka_unit_test_setup(test_unmapping_gives_all_tables_back, setup),
        cmocka_unit_test_setup(test_nobody_uses_what_was_unmapped_or_protected, setup),
        cmocka_unit_test_setup(test_without_pages_nothing_changes, setup),
        cmocka_unit_test_setup(test_finish_gives_everything_back, setup),
        cmocka_unit_test_setup(test_dirty_log_records_first_writes_only, setup),
        cmocka_unit_test_setup(test_dirty_log_needs_pages_or_nothing_changes, setup),
        cmocka_unit_test(test_random_sequences_against_a_flat_array),
        cmocka_unit_test(test_vmids_are_not_zero_and_differ),
        cmocka_unit_test(test_rollover_carries_running_vms_over),
        cmocka_unit_test(test_rollover_by_a_vm_that_runs_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
