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
