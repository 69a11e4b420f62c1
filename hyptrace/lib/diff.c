/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Differences between the exits of two traces.
 */
#include <string.h>

#include "hyptrace/lib/align.h"
#include "hyptrace/lib/diff.h"

/* One vCPU in both traces. */
struct pair {
    HtDiff *diff;
    struct ht_where where;
    const struct ht_canonical *a, *b;
    uint32_t length_a, length_b;
    uint64_t end_order;       /* after everything in a */
    uint64_t floor_order;     /* of the first exit of a that the present place has lost */
};

const char *ht_diff_kind_name(enum ht_diff_kind kind)
{
    static const char *const names[HT_DIFF_COUNT] = {
        [HT_DIFF_REMOVED] = "removed", [HT_DIFF_INSERTED] = "inserted",
        [HT_DIFF_ASKED] = "asked", [HT_DIFF_ANSWERED] = "answered",
    };

    return names[kind];
}

const struct ht_canonical_vcpu *ht_diff_vcpu(const HtCanonicals *exits, struct ht_where where)
{
    for (unsigned i = 0; i < exits->vcpus->len; i++) {
        const struct ht_canonical_vcpu *vcpu = g_ptr_array_index(exits->vcpus, i);

        if (vcpu->where.vm == where.vm && vcpu->where.vcpu == where.vcpu) {
            return vcpu;
        }
    }
    return NULL;
}

/*
 * When what a has not would have been in a's order: as many events after the exit before it as in
 * b, and before the exit that follows.
 */
static uint64_t order_of_inserted(const struct pair *pair, uint32_t index_a, uint32_t index_b)
{
    uint64_t before_a = index_a ? pair->a[index_a - 1].seq_end : 0;
    uint64_t before_b = index_b ? pair->b[index_b - 1].seq_end : 0;
    uint64_t limit = index_a < pair->length_a ? pair->a[index_a].seq : UINT64_MAX;

    if (pair->length_a == 0) {
        return pair->end_order;
    }
    return MAX(pair->floor_order, MIN(limit, before_a + (pair->b[index_b].seq - before_b)));
}

/* When a difference showed, in a's order. */
static uint64_t order_of(const struct pair *pair, enum ht_diff_kind kind, uint32_t index_a,
                         uint32_t index_b)
{
    if (kind == HT_DIFF_INSERTED) {
        return order_of_inserted(pair, index_a, index_b);
    }
    return kind == HT_DIFF_ANSWERED ? pair->a[index_a].seq_end : pair->a[index_a].seq;
}

static void add(struct pair *pair, enum ht_diff_kind kind, uint32_t index_a, uint32_t index_b)
{
    struct ht_difference difference = {
        .kind = kind, .where = pair->where, .index_a = index_a, .index_b = index_b,
        .a = kind == HT_DIFF_INSERTED ? NULL : &pair->a[index_a],
        .b = kind == HT_DIFF_REMOVED ? NULL : &pair->b[index_b],
        .order = order_of(pair, kind, index_a, index_b),
    };

    g_array_append_val(pair->diff->differences, difference);
    pair->diff->counts[kind]++;
}

static bool same_class(const struct ht_canonical *a, const struct ht_canonical *b)
{
    return ht_canonical_cause(a).cls == ht_canonical_cause(b).cls;
}

/* Within a hunk exits of the same class, one after the other, have changed into each other. */
static void add_hunk(struct pair *pair, const struct ht_hunk *hunk)
{
    uint32_t a = hunk->a, a_end = a + hunk->count_a;
    uint32_t b = hunk->b, b_end = b + hunk->count_b;

    while (a < a_end && b < b_end && same_class(&pair->a[a], &pair->b[b])) {
        add(pair, HT_DIFF_ASKED, a++, b++);
    }
    while (a < a_end) {
        add(pair, HT_DIFF_REMOVED, a++, b);
    }
    while (b < b_end) {
        add(pair, HT_DIFF_INSERTED, a, b++);
    }
}

/* The numbers by which exits are aligned: of question and answer, or of the question alone. */
static uint64_t *tokens(const struct ht_canonical *exits, uint32_t length, bool answers)
{
    uint64_t *numbers = g_new(uint64_t, length + 1);

    for (uint32_t i = 0; i < length; i++) {
        numbers[i] = exits[i].question;
        if (answers) {
            numbers[i] += (exits[i].answer + exits[i].ended) * UINT64_C(0x9e3779b97f4a7c15);
        }
    }
    return numbers;
}

/* Where exits are not the same, those that ask the same belong together; so do no others. */
static void compare_questions(struct pair *pair, const struct ht_hunk *place)
{
    g_autofree uint64_t *a = tokens(pair->a + place->a, place->count_a, false);
    g_autofree uint64_t *b = tokens(pair->b + place->b, place->count_b, false);
    g_autoptr(GArray) hunks = ht_align(a, place->count_a, b, place->count_b);
    uint32_t x = 0, y = 0;

    pair->floor_order = place->count_a ? pair->a[place->a].seq : 0;
    for (uint32_t i = 0; i <= hunks->len; i++) {
        struct ht_hunk hunk = {place->count_a, 0, place->count_b, 0};

        if (i < hunks->len) {
            hunk = g_array_index(hunks, struct ht_hunk, i);
        }
        for (; x < hunk.a; x++, y++) {
            add(pair, HT_DIFF_ANSWERED, place->a + x, place->b + y);
        }
        x += hunk.count_a;
        y += hunk.count_b;
        hunk.a += place->a;
        hunk.b += place->b;
        add_hunk(pair, &hunk);
    }
}

static void compare_vcpu(struct pair *pair)
{
    g_autofree uint64_t *a = tokens(pair->a, pair->length_a, true);
    g_autofree uint64_t *b = tokens(pair->b, pair->length_b, true);
    g_autoptr(GArray) hunks = ht_align(a, pair->length_a, b, pair->length_b);

    pair->diff->same += pair->length_a;
    for (uint32_t i = 0; i < hunks->len; i++) {
        const struct ht_hunk *hunk = &g_array_index(hunks, struct ht_hunk, i);

        pair->diff->same -= hunk->count_a;
        compare_questions(pair, hunk);
    }
}

static void compare_where(HtDiff *diff, const HtCanonicals *a, const HtCanonicals *b,
                          struct ht_where where, uint64_t end_order)
{
    const struct ht_canonical_vcpu *x = ht_diff_vcpu(a, where), *y = ht_diff_vcpu(b, where);
    struct pair pair = {.diff = diff, .where = where, .end_order = end_order};

    if (x) {
        pair.a = (const struct ht_canonical *)x->exits->data;
        pair.length_a = x->exits->len;
    }
    if (y) {
        pair.b = (const struct ht_canonical *)y->exits->data;
        pair.length_b = y->exits->len;
    }
    compare_vcpu(&pair);
}

static int by_order(gconstpointer a, gconstpointer b)
{
    const struct ht_difference *x = a, *y = b;

    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    if ((x->a == NULL) != (y->a == NULL)) {
        return x->a ? -1 : 1; /* what is certain before what is estimated */
    }
    if (x->where.vm != y->where.vm || x->where.vcpu != y->where.vcpu) {
        return x->where.vm != y->where.vm ? (x->where.vm < y->where.vm ? -1 : 1)
                                          : (x->where.vcpu < y->where.vcpu ? -1 : 1);
    }
    if (x->index_b != y->index_b) {
        return x->index_b < y->index_b ? -1 : 1;
    }
    return (x->index_a > y->index_a) - (x->index_a < y->index_a);
}

static guint group_hash(gconstpointer key)
{
    const struct ht_diff_group *group = key;

    return (group->cause.detail * 31u + group->cause.cls) * 31u + group->kind + group->vm * 8u;
}

static gboolean group_equal(gconstpointer a, gconstpointer b)
{
    const struct ht_diff_group *x = a, *y = b;

    return x->kind == y->kind && x->vm == y->vm && x->cause.cls == y->cause.cls &&
           x->cause.detail == y->cause.detail;
}

static int more_first(gconstpointer a, gconstpointer b)
{
    const struct ht_diff_group *x = a, *y = b;

    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return by_order(x->first, y->first);
}

static void group_all(HtDiff *diff)
{
    g_autoptr(GHashTable) table = g_hash_table_new_full(group_hash, group_equal, g_free, NULL);
    struct ht_diff_group *group;
    GHashTableIter iter;

    for (uint32_t i = 0; i < diff->differences->len; i++) {
        const struct ht_difference *d = &g_array_index(diff->differences, struct ht_difference, i);
        struct ht_diff_group key = {
            d->kind, d->where.vm, ht_canonical_cause(d->a ? d->a : d->b), 0, d,
        };

        group = g_hash_table_lookup(table, &key);
        if (!group) {
            group = g_memdup2(&key, sizeof(key));
            g_hash_table_add(table, group);
        }
        group->count++;
    }
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, (gpointer *)&group, NULL)) {
        g_array_append_val(diff->groups, *group);
    }
    g_array_sort(diff->groups, more_first);
}

/* After the last exit of a. */
static uint64_t end_of(const HtCanonicals *exits)
{
    uint64_t end = 0;

    for (unsigned i = 0; i < exits->vcpus->len; i++) {
        const struct ht_canonical_vcpu *vcpu = g_ptr_array_index(exits->vcpus, i);

        if (vcpu->exits->len) {
            end = MAX(end, g_array_index(vcpu->exits, struct ht_canonical,
                                         vcpu->exits->len - 1).seq_end + 1);
        }
    }
    return end;
}

HtDiff *ht_diff_new(const HtCanonicals *a, const HtCanonicals *b)
{
    HtDiff *diff = g_new0(HtDiff, 1);
    uint64_t end_order = end_of(a);

    diff->differences = g_array_new(FALSE, FALSE, sizeof(struct ht_difference));
    diff->groups = g_array_new(FALSE, FALSE, sizeof(struct ht_diff_group));
    for (unsigned i = 0; i < a->vcpus->len; i++) {
        const struct ht_canonical_vcpu *vcpu = g_ptr_array_index(a->vcpus, i);

        compare_where(diff, a, b, vcpu->where, end_order);
    }
    for (unsigned i = 0; i < b->vcpus->len; i++) {
        const struct ht_canonical_vcpu *vcpu = g_ptr_array_index(b->vcpus, i);

        if (!ht_diff_vcpu(a, vcpu->where)) {
            compare_where(diff, a, b, vcpu->where, end_order);
        }
    }
    g_array_sort(diff->differences, by_order);
    group_all(diff);
    return diff;
}

void ht_diff_free(HtDiff *diff)
{
    if (diff) {
        g_array_unref(diff->differences);
        g_array_unref(diff->groups);
        g_free(diff);
    }
}
