/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Aligns two sequences.  E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986,
 * section 4b, with a bound on D; in front of it, B. Cohen's patience with elements that are unique.
 */
#include <string.h>

#include "hyptrace/lib/align.h"

/* Differences in one stretch from which on the best split so far is taken. */
#define COST_MAX 256

struct aligner {
    const uint64_t *a, *b;
    bool *gone_a, *gone_b;    /* elements without a counterpart */
    int32_t *forward, *backward; /* furthest x on each diagonal, [x - y] */
};

/* Elements [x, x_end) of a and [y, y_end) of b. */
struct stretch {
    int32_t x, x_end, y, y_end;
};

struct point {
    int32_t x, y;
};

static void trim(const struct aligner *s, struct stretch *t)
{
    while (t->x < t->x_end && t->y < t->y_end && s->a[t->x] == s->b[t->y]) {
        t->x++;
        t->y++;
    }
    while (t->x < t->x_end && t->y < t->y_end && s->a[t->x_end - 1] == s->b[t->y_end - 1]) {
        t->x_end--;
        t->y_end--;
    }
}

/*
 * The diagonals [min, max] that a search from one end has reached, every second one with the last
 * step.  At an edge of the stretch the band grows no more, but shrinks: nothing lies beyond.
 */
struct band {
    int32_t *reached;  /* furthest x by diagonal x - y */
    int32_t min, max;
};

static void widen(struct band *band, const struct stretch *t, int32_t nothing)
{
    if (band->min > t->x - t->y_end) {
        band->reached[--band->min - 1] = nothing;
    } else {
        band->min++;
    }
    if (band->max < t->x_end - t->y) {
        band->reached[++band->max + 1] = nothing;
    } else {
        band->max--;
    }
}

static bool within(const struct band *band, int32_t diagonal)
{
    return diagonal >= band->min && diagonal <= band->max;
}

/* One more difference from the front.  True: it met the back at *meet. */
static bool step_forward(const struct aligner *s, const struct stretch *t, struct band *front,
                         const struct band *back, struct point *meet)
{
    widen(front, t, -1);
    for (int32_t k = front->max; k >= front->min; k -= 2) {
        int32_t x = MAX(front->reached[k - 1] + 1, front->reached[k + 1]);

        while (x < t->x_end && x - k < t->y_end && s->a[x] == s->b[x - k]) {
            x++;
        }
        front->reached[k] = x;
        if (meet && within(back, k) && back->reached[k] <= x) {
            *meet = (struct point) {x, x - k};
            return true;
        }
    }
    return false;
}

/* The same from the back. */
static bool step_backward(const struct aligner *s, const struct stretch *t, struct band *back,
                          const struct band *front, struct point *meet)
{
    widen(back, t, INT32_MAX);
    for (int32_t k = back->max; k >= back->min; k -= 2) {
        int32_t x = MIN(back->reached[k - 1], back->reached[k + 1] - 1);

        while (x > t->x && x - k > t->y && s->a[x - 1] == s->b[x - k - 1]) {
            x--;
        }
        back->reached[k] = x;
        if (meet && within(front, k) && x <= front->reached[k]) {
            *meet = (struct point) {x, x - k};
            return true;
        }
    }
    return false;
}

/* The point furthest along that was reached from the front. */
static struct point best_so_far(const struct stretch *t, const struct band *front)
{
    struct point best = {t->x, t->y};

    for (int32_t k = front->max; k >= front->min; k -= 2) {
        int32_t x = MIN(front->reached[k], MIN(t->x_end, t->y_end + k));

        if (2 * x - k > best.x + best.y) {
            best = (struct point) {x, x - k};
        }
    }
    return best;
}

/* A point on a shortest way, or on a good one, from front to back. */
static struct point find_middle(const struct aligner *s, const struct stretch *t)
{
    struct band front = {s->forward, t->x - t->y, t->x - t->y};
    struct band back = {s->backward, t->x_end - t->y_end, t->x_end - t->y_end};
    bool odd = (front.min - back.min) & 1;
    struct point meet;

    front.reached[front.min] = t->x;
    back.reached[back.min] = t->x_end;
    for (unsigned cost = 1; cost <= COST_MAX; cost++) {
        if (step_forward(s, t, &front, &back, odd ? &meet : NULL) ||
            step_backward(s, t, &back, &front, odd ? NULL : &meet)) {
            return meet;
        }
    }
    return best_so_far(t, &front);
}

static void compare(struct aligner *s, struct stretch t)
{
    for (;;) {
        struct point middle;

        trim(s, &t);
        if (t.x == t.x_end || t.y == t.y_end) {
            memset(s->gone_a + t.x, true, t.x_end - t.x);
            memset(s->gone_b + t.y, true, t.y_end - t.y);
            return;
        }
        middle = find_middle(s, &t);
        compare(s, (struct stretch) {t.x, middle.x, t.y, middle.y});
        t.x = middle.x;
        t.y = middle.y;
    }
}

/* How often an element occurs, and where. */
struct place {
    uint32_t count_a, count_b;
    uint32_t x, y;
};

static GHashTable *count_places(const struct aligner *s, const struct stretch *t,
                                struct place *places)
{
    GHashTable *table = g_hash_table_new(g_int64_hash, g_int64_equal);
    struct place *place, *free_place = places;

    for (int32_t x = t->x; x < t->x_end; x++) {
        place = g_hash_table_lookup(table, &s->a[x]);
        if (!place) {
            place = free_place++;
            g_hash_table_insert(table, (gpointer)&s->a[x], place);
        }
        place->count_a++;
        place->x = (uint32_t)x;
    }
    for (int32_t y = t->y; y < t->y_end; y++) {
        place = g_hash_table_lookup(table, &s->b[y]);
        if (place) {
            place->count_b++;
            place->y = (uint32_t)y;
        }
    }
    return table;
}

/* Pairs of unique elements in the order of a. */
static GArray *list_unique(const struct aligner *s, const struct stretch *t)
{
    g_autofree struct place *places = g_new0(struct place, t->x_end - t->x);
    g_autoptr(GHashTable) table = count_places(s, t, places);
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct point));

    for (int32_t x = t->x; x < t->x_end; x++) {
        const struct place *place = g_hash_table_lookup(table, &s->a[x]);

        if (place->count_a == 1 && place->count_b == 1) {
            struct point pair = {x, (int32_t)place->y};

            g_array_append_val(pairs, pair);
        }
    }
    return pairs;
}

/* The longest subsequence of pairs in which y ascends, by patience sorting. */
static GArray *longest_ascent(const GArray *pairs)
{
    const struct point *p = (const struct point *)pairs->data;
    g_autofree uint32_t *tops = g_new(uint32_t, pairs->len + 1);
    g_autofree uint32_t *before = g_new(uint32_t, pairs->len + 1);
    GArray *ascent = g_array_new(FALSE, FALSE, sizeof(struct point));
    uint32_t piles = 0;

    for (uint32_t i = 0; i < pairs->len; i++) {
        uint32_t low = 0, high = piles;

        while (low < high) {
            uint32_t middle = (low + high) / 2;

            if (p[tops[middle]].y < p[i].y) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        before[i] = low ? tops[low - 1] : UINT32_MAX;
        tops[low] = i;
        piles = MAX(piles, low + 1);
    }
    g_array_set_size(ascent, piles);
    for (uint32_t i = piles ? tops[piles - 1] : 0, n = piles; n--; i = before[i]) {
        g_array_index(ascent, struct point, n) = p[i];
    }
    return ascent;
}

static void compare_between_anchors(struct aligner *s, struct stretch t)
{
    g_autoptr(GArray) unique = list_unique(s, &t);
    g_autoptr(GArray) anchors = longest_ascent(unique);

    for (uint32_t i = 0; i < anchors->len; i++) {
        struct point anchor = g_array_index(anchors, struct point, i);

        compare(s, (struct stretch) {t.x, anchor.x, t.y, anchor.y});
        t.x = anchor.x + 1;
        t.y = anchor.y + 1;
    }
    compare(s, t);
}

static GArray *list_hunks(const struct aligner *s, uint32_t length_a, uint32_t length_b)
{
    GArray *hunks = g_array_new(FALSE, FALSE, sizeof(struct ht_hunk));
    uint32_t x = 0, y = 0;

    while (x < length_a || y < length_b) {
        struct ht_hunk hunk = {x, 0, y, 0};

        for (; x < length_a && s->gone_a[x]; x++) {
            hunk.count_a++;
        }
        for (; y < length_b && s->gone_b[y]; y++) {
            hunk.count_b++;
        }
        if (hunk.count_a || hunk.count_b) {
            g_array_append_val(hunks, hunk);
        } else {
            x++;
            y++;
        }
    }
    return hunks;
}

GArray *ht_align(const uint64_t *a, uint32_t length_a, const uint64_t *b, uint32_t length_b)
{
    size_t diagonals = (size_t)length_a + length_b + 3;
    g_autofree int32_t *forward = g_new(int32_t, diagonals);
    g_autofree int32_t *backward = g_new(int32_t, diagonals);
    g_autofree bool *gone_a = g_new0(bool, length_a + 1);
    g_autofree bool *gone_b = g_new0(bool, length_b + 1);
    struct aligner s = {
        a, b, gone_a, gone_b, forward + length_b + 1, backward + length_b + 1,
    };
    struct stretch all = {0, (int32_t)length_a, 0, (int32_t)length_b};

    trim(&s, &all);
    if (all.x < all.x_end && all.y < all.y_end) {
        compare_between_anchors(&s, all);
    } else {
        compare(&s, all);
    }
    return list_hunks(&s, length_a, length_b);
}
