/* SPDX-License-Identifier: BSD-2-Clause */
/* The board's serial port, shared by all VMs: whole lines only, so that none is cut in two. */
#include "arch/armv7/armv7.h"
#include "arch/armv7/machine.h"

static struct arch_lock console_lock;

void console_guest_put(struct vm_slot *slot, char c)
{
    if (c != '\n' && slot->line_length < CONSOLE_LINE_MAX) {
        slot->line[slot->line_length++] = c;
        return;
    }
    slot->line[slot->line_length] = 0;
    slot->line_length = 0;
    arch_lock(&console_lock);
    board_put_text("vm");
    board_put_char((char)('0' + slot->number));
    board_put_text(": ");
    board_put_text(slot->line);
    board_put_text("\n");
    arch_unlock(&console_lock);
    if (c != '\n') { /* the line was longer than ours */
        slot->line[slot->line_length++] = c;
    }
}

static void put(const char *text)
{
    if (text) {
        board_put_text(text);
    }
}

void console_say(const char *a, const char *b, const char *c, const char *d, const char *e)
{
    arch_lock(&console_lock);
    board_put_text("vmm: ");
    put(a);
    put(b);
    put(c);
    put(d);
    put(e);
    board_put_text("\n");
    arch_unlock(&console_lock);
}

#define ESCAPE 1 /* Ctrl-A */

/* What was typed and has not found room in a guest's FIFO yet. */
#define TYPED_MAX 1024u

static struct {
    struct arch_lock lock;      /* outside of VMs' locks */
    unsigned listener;
    bool escaped;
    uint8_t ring[TYPED_MAX];
    unsigned head, count;
} typed;

static bool take_in(struct vm_slot *slot, uint8_t c)
{
    bool room;

    arch_lock(&slot->hyp.lock);
    room = slot->uart.count < PL011_FIFO_SIZE;
    if (room) {
        pl011_receive(&slot->uart, (char)c);
    }
    arch_unlock(&slot->hyp.lock);
    return room;
}

/* After Ctrl-A; false: there is no room. */
static bool command(struct vm_slot *slot, uint8_t c)
{
    if (c >= '0' && (unsigned)(c - '0') < machine.vm_count) {
        typed.listener = c - '0';
    } else if (c == 'p') {
        arch_lock(&slot->hyp.lock);
        devices_press_button(&slot->devices);
        arch_unlock(&slot->hyp.lock);
    } else if (c == ESCAPE) {
        return take_in(slot, c);
    }
    return true;
}

/* The next character; false: there is no room. */
static bool feed_one(uint8_t c)
{
    struct vm_slot *slot = &machine.vm[typed.listener];
    bool was_escaped = typed.escaped;

    if (!was_escaped && c == ESCAPE) {
        typed.escaped = true;
        return true;
    }
    if (was_escaped ? !command(slot, c) : !take_in(slot, c)) {
        return false;
    }
    typed.escaped = false;
    return true;
}

void console_feed(void)
{
    if (__atomic_load_n(&typed.count, __ATOMIC_RELAXED) == 0) {
        return;
    }
    arch_lock(&typed.lock);
    while (typed.count > 0 && feed_one(typed.ring[typed.head])) {
        typed.head = (typed.head + 1) % TYPED_MAX;
        typed.count--;
    }
    arch_unlock(&typed.lock);
}

void console_receive(void)
{
    arch_lock(&typed.lock);
    for (int c = board_get_char(); c >= 0; c = board_get_char()) {
        if (typed.count < TYPED_MAX) {
            typed.ring[(typed.head + typed.count++) % TYPED_MAX] = (uint8_t)c;
        }
    }
    arch_unlock(&typed.lock);
    console_feed();
}
