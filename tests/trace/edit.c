/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traces with one known change.  The whole trace is in memory while it is edited.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "armv7/gicv2.h"
#include "armv7/hcr.h"
#include "hyptrace/lib/reader.h"
#include "tests/trace/edit.h"
#include "tests/trace/trace_writer.h"

/* An event and the registers after it. */
struct item {
    struct ht_event event;
    uint32_t regs[HT_REG_COUNT];
};

struct editor {
    HtTrace *trace;
    GPtrArray *items;   /* struct item, in the order of the trace */
    uint64_t random;
};

G_GNUC_NORETURN
static void fail(const char *what)
{
    fprintf(stderr, "trace-gen: %s\n", what);
    exit(EXIT_FAILURE);
}

static struct item *at(const struct editor *editor, unsigned index)
{
    return index < editor->items->len ? g_ptr_array_index(editor->items, index) : NULL;
}

static void load(struct editor *editor, const char *from)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(HtReader) reader = NULL;
    const struct ht_event *event;

    editor->trace = ht_trace_open(from, &error);
    reader = editor->trace ? ht_reader_new(editor->trace, HT_READ_CORE, &error) : NULL;
    while (reader && (event = ht_reader_next(reader, &error))) {
        struct item *item = g_new(struct item, 1);

        item->event = *event;
        memcpy(item->regs, event->regs, sizeof(item->regs));
        g_ptr_array_add(editor->items, item);
    }
    if (error) {
        fail(error->message);
    }
}

/* Order is numbered anew; times of a CPU stay where they were. */
static void save(struct editor *editor, const char *dir)
{
    HtWriter *writer = trace_writer_new(dir, editor->trace, HT_PACKET_BYTES_DEFAULT);
    uint64_t time_ns[HT_CPUS_MAX] = {0}, insns[HT_CPUS_MAX] = {0};

    for (unsigned i = 0; i < editor->items->len; i++) {
        struct item *item = at(editor, i);
        unsigned cpu = item->event.cpu;

        item->event.seq = i;
        item->event.time_ns = time_ns[cpu] = MAX(time_ns[cpu], item->event.time_ns);
        item->event.insns = insns[cpu] = MAX(insns[cpu], item->event.insns);
        item->event.regs = item->regs;
        ht_writer_set_rows(&item->event, item->regs);
        ht_writer_put(writer, &item->event);
    }
    trace_writer_free(writer);
}

static bool in_vm(const struct item *item)
{
    return item->regs[HT_REG_HCR] & ARMV7_HCR_VM;
}

static bool is_entry(const struct item *item)
{
    return ht_event_is_entry(&item->event) && item->event.depth == 0 && in_vm(item);
}

/* The event after `index` that is the next of this id on the CPU. */
static unsigned next_on_cpu(const struct editor *editor, unsigned index, unsigned id)
{
    unsigned cpu = at(editor, index)->event.cpu;

    for (index++; index < editor->items->len; index++) {
        const struct item *item = at(editor, index);

        if (item->event.cpu == cpu && item->event.id == id) {
            return index;
        }
    }
    fail("the trace ends too early for this edit");
}

/* The same vCPU goes on after the exit that begins at index. */
static bool goes_on(const struct editor *editor, unsigned index)
{
    unsigned end = next_on_cpu(editor, index, HT_EV_RETURN);

    return at(editor, end)->regs[HT_REG_VTTBR] == at(editor, index)->regs[HT_REG_VTTBR];
}

/* The n-th entry from a VM, or the first after it, of this event id (0: any). */
static unsigned find_entry(const struct editor *editor, unsigned n, unsigned id)
{
    unsigned count = 0;

    for (unsigned i = 0; i < editor->items->len; i++) {
        const struct item *item = at(editor, i);

        if (is_entry(item) && ++count >= n && (!id || item->event.id == id) &&
            goes_on(editor, i)) {
            return i;
        }
    }
    fail("the trace has not so many exits");
}

static void expect(const char *kind, const struct item *item)
{
    printf("%s %u %" G_GUINT64_FORMAT "\n", kind, item->regs[HT_REG_VMPIDR] & 0xffffff,
           item->event.seq);
}

static void edit_output(struct editor *editor, unsigned n)
{
    unsigned entry = find_entry(editor, n, 0);

    at(editor, next_on_cpu(editor, entry, HT_EV_RETURN))->regs[HT_REG_R5] ^= 0x5a5a;
    expect("answered", at(editor, entry));
}

static void edit_injection(struct editor *editor, unsigned n)
{
    unsigned entry = find_entry(editor, n, HT_EV_ENTRY_IRQ);

    expect("answered", at(editor, entry));
    g_ptr_array_remove_index(editor->items, next_on_cpu(editor, entry, HT_EV_GICH_LR));
}

static void insert(struct editor *editor, unsigned index, const struct item *like,
                   const struct ht_event *event)
{
    struct item *item = g_memdup2(like, sizeof(*like));

    item->event = *event;
    item->event.cpu = like->event.cpu;
    item->event.time_ns = like->event.time_ns;
    item->event.insns = like->event.insns;
    g_ptr_array_insert(editor->items, (int)index, item);
}

static void edit_extra(struct editor *editor, unsigned n)
{
    unsigned end = next_on_cpu(editor, find_entry(editor, n, 0), HT_EV_RETURN);
    const struct item *before = at(editor, end);
    struct ht_event hvc = {
        .id = HT_EV_ENTRY_SYNC, .vector = 5, .hsr = 0x4a00beef, .pc = 0xc00ff000,
        .psr = 0x60000013,
    };
    struct ht_event back = {.id = HT_EV_RETURN, .pc = 0xc00ff004, .psr = 0x60000013};

    expect("inserted", before);
    insert(editor, end + 1, before, &hvc);
    insert(editor, end + 2, before, &back);
}

/* Takes the CPU's events from first to last out. */
static GPtrArray *cut(struct editor *editor, unsigned first, unsigned last)
{
    unsigned cpu = at(editor, first)->event.cpu;
    GPtrArray *block = g_ptr_array_new();

    for (unsigned i = first; i <= last; last--) {
        if (at(editor, i)->event.cpu == cpu) {
            g_ptr_array_add(block, g_ptr_array_steal_index(editor->items, i));
        } else {
            i++;
            last++;
        }
    }
    return block;
}

/* Whether the next count exits of the CPU from index on leave the vCPU running there. */
static bool stays(const struct editor *editor, unsigned index, unsigned count)
{
    for (; count; count--) {
        unsigned end = next_on_cpu(editor, index, HT_EV_RETURN);

        if (at(editor, end)->regs[HT_REG_VTTBR] != at(editor, index)->regs[HT_REG_VTTBR]) {
            return false;
        }
        index = end;
    }
    return true;
}

static void edit_delay(struct editor *editor, unsigned n)
{
    unsigned first = find_entry(editor, n, HT_EV_ENTRY_IRQ), last, place;
    GPtrArray *block;

    while (!stays(editor, first, 4)) {
        first = find_entry(editor, ++n, HT_EV_ENTRY_IRQ);
    }
    last = next_on_cpu(editor, first, HT_EV_RETURN);
    expect("removed", at(editor, first));
    block = cut(editor, first, last);
    place = first ? first - 1 : 0;
    while (at(editor, place)->event.cpu != ((struct item *)block->pdata[0])->event.cpu) {
        place--;
    }
    for (unsigned i = 0; i < 3; i++) {
        place = next_on_cpu(editor, place, HT_EV_RETURN);
    }
    for (unsigned i = 0; i < block->len; i++) {
        struct item *item = block->pdata[i];

        memcpy(item->regs, at(editor, place + i)->regs, sizeof(item->regs));
        item->event.pc = at(editor, place)->event.pc;
        item->event.time_ns = at(editor, place)->event.time_ns;
        item->event.insns = at(editor, place)->event.insns;
        g_ptr_array_insert(editor->items, (int)(place + 1 + i), item);
    }
    g_ptr_array_unref(block);
}

static void edit_vcpus(struct editor *editor, unsigned n)
{
    unsigned entry = find_entry(editor, n, 0);
    uint32_t base = at(editor, entry)->regs[HT_REG_VTTBR];

    expect("any", at(editor, entry));
    /* Who was running keeps its name up to its entry: swap with the returns into the VM. */
    for (unsigned i = entry; i < editor->items->len; i++) {
        struct item *item = at(editor, i);

        if (item->regs[HT_REG_VTTBR] == base) {
            item->regs[HT_REG_VMPIDR] ^= 1;
        }
    }
}

static void edit_symbol(struct editor *editor, unsigned n)
{
    unsigned entry = find_entry(editor, n, HT_EV_ENTRY_SYNC);

    at(editor, entry)->event.pc += 0x100000;
    at(editor, next_on_cpu(editor, entry, HT_EV_RETURN))->event.pc += 0x100000;
    expect("asked", at(editor, entry));
}

static uint32_t next_random(struct editor *editor)
{
    editor->random = editor->random * UINT64_C(6364136223846793005) +
                     UINT64_C(1442695040888963407);
    return (uint32_t)(editor->random >> 33);
}

/* What neither guest nor equality knows of. */
static void blur(struct editor *editor, struct item *item)
{
    uint32_t *regs = item->regs;

    item->event.time_ns += item->event.time_ns / 3 + next_random(editor) % 200;
    item->event.insns += item->event.insns / 5;
    regs[HT_REG_VTTBR] += 0x00400000;
    regs[HT_REG_VTTBR_HI] ^= 0x00050000;
    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        if (ht_reg_name(row) && ht_reg_kind_of(row) == HT_KIND_TIME) {
            regs[row] += next_random(editor);
        }
    }
    regs[HT_REG_SP_HYP] ^= next_random(editor) & 0xfff8;
    regs[HT_REG_HTPIDR] = next_random(editor);
    regs[HT_REG_HTTBR] = 0xbfe00000;
    if (item->event.id == HT_EV_ENTRY_DABT_S2) {
        item->event.hsr = (item->event.hsr & ~3u) | (1 + next_random(editor) % 3);
    }
}

static void edit_blur(struct editor *editor, unsigned seed)
{
    editor->random = seed;
    for (unsigned i = 0; i < editor->items->len; i++) {
        blur(editor, at(editor, i));
    }
    printf("none\n");
}

static void edit_noise(struct editor *editor, unsigned seed)
{
    edit_blur(editor, seed);
    /* The first events decide the numbers of the VMs. */
    for (unsigned i = 100; i + 1 < editor->items->len; i++) {
        gpointer *two = &editor->items->pdata[i];

        if (at(editor, i)->event.cpu != at(editor, i + 1)->event.cpu && next_random(editor) % 2) {
            gpointer first = two[0];

            two[0] = two[1];
            two[1] = first;
        }
    }
}

void edit_write(const char *kind, unsigned n, const char *from, const char *dir)
{
    static const struct {
        const char *name;
        void (*edit)(struct editor *editor, unsigned n);
    } edits[] = {
        {"output", edit_output}, {"injection", edit_injection}, {"extra", edit_extra},
        {"delay", edit_delay}, {"vcpus", edit_vcpus}, {"symbol", edit_symbol},
        {"blur", edit_blur}, {"noise", edit_noise},
    };
    struct editor editor = {.items = g_ptr_array_new_with_free_func(g_free)};

    for (unsigned i = 0; i < G_N_ELEMENTS(edits); i++) {
        if (!strcmp(edits[i].name, kind)) {
            load(&editor, from);
            edits[i].edit(&editor, n);
            save(&editor, dir);
            g_ptr_array_unref(editor.items);
            ht_trace_free(editor.trace);
            return;
        }
    }
    fail("unknown kind of edit");
}
