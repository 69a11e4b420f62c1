/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events as the fields of the format, in its order and with its names: "NAME field=value ...".
 * tests/trace/babeltrace-check compares this with what Babeltrace 2 reads.
 */
#include "hyptrace/cli/print.h"
#include "hyptrace/lib/bytes.h"
#include "hyptrace/lib/format1.h"

static void add(GString *out, const char *name, uint64_t value)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append_c(out, '=');
    ht_text_dec(out, value, 0);
}

/* A list of little-endian values of 1, 2 or 4 bytes; returns the bytes after it. */
static const uint8_t *add_list(GString *out, const char *name, const uint8_t *p, unsigned count,
                               unsigned value_bytes)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=[");
    for (unsigned i = 0; i < count; i++, p += value_bytes) {
        g_string_append(out, i ? "," : "");
        ht_text_dec(out, value_bytes == 1 ? *p : value_bytes == 2 ? ht_le16(p) : ht_le32(p), 0);
    }
    g_string_append_c(out, ']');
    return p;
}

/* Version 1 of the format. */
static const uint8_t *add_lists(GString *out, const uint8_t *p)
{
    unsigned counts = ht_le16(p + 4);

    add(out, "codes", ht_le32(p));
    p += 6;
    p = add_list(out, "v8", p, counts >> HT1_COUNT_V8_SHIFT & 31, 1);
    p = add_list(out, "v16", p, counts >> HT1_COUNT_V16_SHIFT & 31, 2);
    return add_list(out, "v32", p, counts >> HT1_COUNT_V32_SHIFT & 31, 4);
}

static const uint8_t *add_coded(GString *out, const uint8_t *p)
{
    uint32_t codes = ht_le32(p);
    const char *separator = "";

    add(out, "codes", codes);
    g_string_append(out, " values=[");
    p += 4;
    for (; codes; codes >>= 2) {
        unsigned code = codes & 3;

        if (code != HT_CODE_SAME) {
            g_string_append(out, separator);
            ht_text_dec(out, code == HT_CODE_U8 ? *p : code == HT_CODE_U16 ? ht_le16(p) : ht_le32(p),
                        0);
            p += 1u << (code - 1);
            separator = ",";
        }
    }
    g_string_append_c(out, ']');
    return p;
}

static void add_delta(GString *out, const struct ht_event *event)
{
    const uint8_t *p = event->delta;
    unsigned count;

    if (event->delta_coded) {
        p = event->delta_lists ? add_lists(out, p) : add_coded(out, p);
    }
    count = *p++;
    g_string_append(out, " rows=[");
    for (unsigned i = 0; i < count; i++, p += 5) {
        g_string_append(out, i ? "," : "");
        ht_text_dec(out, p[0], 0);
        g_string_append_c(out, ':');
        ht_text_dec(out, ht_le32(p + 1), 0);
    }
    g_string_append_c(out, ']');
}

static void add_entry(GString *out, const struct ht_event *event)
{
    bool fetch = event->id == HT_EV_ENTRY_IABT || event->id == HT_EV_ENTRY_IABT_S2;

    add(out, "vector", event->vector);
    add(out, "insn_halfwords", event->insn_halfwords);
    add(out, "depth", event->depth);
    add(out, "elr", event->pc);
    add(out, "spsr", event->psr);
    if (ht_event_has_hsr(event)) {
        add(out, "hsr", event->hsr);
    }
    if (event->id >= HT_EV_ENTRY_DABT && event->id <= HT_EV_ENTRY_IABT_S2) {
        add(out, fetch ? "hifar" : "hdfar", event->far);
    }
    if (ht_event_is_stage2(event)) {
        add(out, "hpfar", event->hpfar);
    }
    if (event->insn_halfwords) {
        add(out, "insn", event->insn);
    }
}

static void add_plain(GString *out, const struct ht_event *event)
{
    for (const struct ht_event_field *f = ht_event_fields(event->id); f->name; f++) {
        add(out, f->name, ht_event_field_value(event, f));
    }
}

static void add_fields(GString *out, const struct ht_event *event)
{
    switch (event->id) {
    case HT_EV_REGISTERS:
        add(out, "in_hyp", event->in_hyp);
        add(out, "depth", event->depth);
        break;
    case HT_EV_ACTIVATION:
        add(out, "kind", event->kind);
        /* fall through */
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        add(out, "pc", event->pc);
        add(out, "cpsr", event->psr);
        break;
    default:
        if (ht_event_is_entry(event)) {
            add_entry(out, event);
        } else {
            add_plain(out, event);
        }
        break;
    }
}

void print_raw(GString *out, const struct view *view)
{
    const struct ht_event *event = view->facts->event;

    g_string_append(out, ht_event_name(event->id));
    add(out, "time", event->time_ns);
    add(out, "cpu", event->cpu);
    add(out, "seq", event->seq);
    if (view->trace->icount) {
        add(out, "insns", event->insns);
    }
    add_fields(out, event);
    if (event->delta) {
        add_delta(out, event);
    }
    g_string_append_c(out, '\n');
}
