/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events as lines for people.
 */
#include <string.h>

#include "armv7/gicv2.h"
#include "armv7/psr.h"
#include "hyptrace/cli/numbers.h"
#include "hyptrace/cli/print.h"

enum {
    TIME_COLUMNS = 14,
    WHERE_COLUMNS = 8,
    HYP_COLUMNS = 5,
    CLASS_COLUMNS = 10,
    WORDS_COLUMNS = 40,
    LINE_COLUMNS = 100,
};

void print_text_head(GString *out)
{
    g_string_append_printf(out, "%*s cpu %-*s%-*s%s\n", TIME_COLUMNS, "time in s", WHERE_COLUMNS,
                           "vm/vcpu", CLASS_COLUMNS, "event", "what");
}

void print_trap_head(GString *out)
{
    g_string_append_printf(out, "%*s cpu %-*s%*s  %-*s%s\n", TIME_COLUMNS, "time in s",
                           WHERE_COLUMNS, "vm/vcpu", HYP_COLUMNS, "hyp", CLASS_COLUMNS, "trap",
                           "what => outcome");
}

static void append_seconds(GString *out, uint64_t ns)
{
    uint64_t fraction = ns % 1000000000;

    ht_text_dec(out, ns / 1000000000, TIME_COLUMNS - 10);
    g_string_append_c(out, '.');
    for (uint64_t unit = 100000000; unit; unit /= 10) {
        g_string_append_c(out, (char)('0' + fraction / unit % 10));
    }
}

static const char *kind_of(const struct ht_event *event)
{
    switch (event->id) {
    case HT_EV_REGISTERS:
        return "registers";
    case HT_EV_ACTIVATION:
        return "activate";
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        return "return";
    case HT_EV_GIC_ACK:
        return "gic ack";
    case HT_EV_GIC_EOI:
        return "gic eoi";
    case HT_EV_GIC_DIR:
        return "gic dir";
    case HT_EV_GICH_LR:
        return "gich lr";
    default:
        return ht_event_is_entry(event) ? ht_class_name(ht_cause_of(event).cls)
                                        : ht_event_name(event->id);
    }
}

static void append_place(GString *out, const char *word, const struct ht_facts *facts)
{
    const struct ht_event *event = facts->event;
    uint32_t offset_bytes;
    const char *symbol = ht_facts_symbol(facts, &offset_bytes);

    g_string_append(out, word);
    ht_text_hex(out, event->pc, 8);
    g_string_append_c(out, ' ');
    g_string_append(out, armv7_psr_mode_name(event->psr));
    if (symbol) {
        g_string_append_c(out, ' ');
        g_string_append(out, symbol);
        g_string_append_c(out, '+');
        ht_text_hex(out, offset_bytes, 1);
    }
}

static void append_change(GString *out, const struct ht_change *change)
{
    const char *name = ht_reg_name(change->row);

    g_string_append_c(out, ' ');
    if (name) {
        g_string_append(out, name);
    } else {
        g_string_append(out, "row");
        ht_text_dec(out, change->row, 0);
    }
    g_string_append_c(out, '=');
    ht_text_hex(out, change->value, 1);
}

static bool shown(const struct view *view, const struct ht_change *change)
{
    return view->all_registers || !ht_reg_name(change->row) ||
           ht_reg_kind_of(change->row) == HT_KIND_GUEST;
}

/* Changed registers, as many as fit into the line that began at start. */
static void append_changes(GString *out, size_t start, const struct view *view)
{
    struct ht_change changes[HT_CHANGES_MAX];
    unsigned count = ht_event_changes(view->facts->event, changes), left = 0;

    for (unsigned i = 0; i < count; i++) {
        size_t length = out->len;

        if (!shown(view, &changes[i])) {
            continue;
        }
        if (left == 0) {
            append_change(out, &changes[i]);
        }
        if (left || (!view->all_registers && out->len - start > LINE_COLUMNS - 6)) {
            g_string_truncate(out, length);
            left++;
        }
    }
    if (left) {
        g_string_append_printf(out, " +%u", left);
    }
}

static void append_insn(GString *out, const struct ht_event *event)
{
    if (event->insn_halfwords) {
        g_string_append(out, " insn ");
        ht_text_hex(out, event->insn, 4 * event->insn_halfwords);
    }
}

static void append_entry(GString *out, size_t start, const struct view *view)
{
    const struct ht_event *event = view->facts->event;
    size_t words = out->len;

    if (ht_event_has_hsr(event)) {
        ht_text_cause(out, event, view->facts->names->map);
    } else {
        struct ht_cause cause = ht_facts_cause(view->facts);
        char text[64];

        ht_cause_detail(&cause, NULL, text, sizeof(text));
        g_string_append(out, text);
    }
    ht_text_pad(out, words, WORDS_COLUMNS);
    append_place(out, " at ", view->facts);
    if (view->disasm && event->insn_halfwords) {
        g_string_append(out, " { ");
        g_string_append(out, ht_disasm_text(view->disasm, event));
        g_string_append(out, " }");
    }
    if (view->all_registers) {
        append_insn(out, event);
        append_changes(out, start, view);
    }
}

static void append_gic(GString *out, uint32_t value)
{
    unsigned intid = gicv2_iar_intid(value);

    if (intid == GICV2_INTID_SPURIOUS) {
        g_string_append(out, "none pending (1023)");
        return;
    }
    g_string_append(out, "intid ");
    ht_text_dec(out, intid, 0);
    if (intid < GICV2_PPI_FIRST) {
        g_string_append(out, " from cpu");
        ht_text_dec(out, field32_get(value, GICV2_IAR_CPUID_SHIFT, GICV2_IAR_CPUID_LENGTH), 0);
    }
}

static void append_activation(GString *out, size_t start, const struct view *view)
{
    static const char *const kinds[] = {
        [HT_ACTIVATION_RESET] = "at reset",
        [HT_ACTIVATION_MONITOR] = "from Monitor",
        [HT_ACTIVATION_INFERRED] = "found in Hyp",
        [HT_ACTIVATION_POWER] = "at power-on",
    };
    const struct ht_event *event = view->facts->event;
    size_t words = out->len;

    g_string_append(out, event->kind < G_N_ELEMENTS(kinds) ? kinds[event->kind] : "?");
    ht_text_pad(out, words, WORDS_COLUMNS);
    append_place(out, " at ", view->facts);
    if (view->all_registers) {
        append_changes(out, start, view);
    }
}

/* Words as they are, numbers with their names; of bits, those that are set. */
static void append_field(GString *out, const struct ht_event_field *field, uint32_t value)
{
    if (field->bits) {
        g_string_append(out, value ? field->name : "");
    } else if (field->word && field->word(value)) {
        g_string_append(out, field->word(value));
    } else {
        g_string_append_printf(out, field->size == 4 ? "%s 0x%x" : "%s %u", field->name, value);
    }
    if (out->str[out->len - 1] != ' ') {
        g_string_append_c(out, ' ');
    }
}

static void append_plain(GString *out, const struct ht_event *event)
{
    for (const struct ht_event_field *f = ht_event_fields(event->id); f->name; f++) {
        append_field(out, f, ht_event_field_value(event, f));
    }
}

static void append_words(GString *out, size_t start, const struct view *view)
{
    const struct ht_event *event = view->facts->event;

    switch (event->id) {
    case HT_EV_REGISTERS:
        append_changes(out, start, view);
        break;
    case HT_EV_ACTIVATION:
        append_activation(out, start, view);
        break;
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        append_place(out, "to ", view->facts);
        append_changes(out, start, view);
        break;
    case HT_EV_GIC_ACK:
    case HT_EV_GIC_EOI:
    case HT_EV_GIC_DIR:
    case HT_EV_GICV_ACK:
    case HT_EV_GICV_EOI:
    case HT_EV_GICV_DIR:
        append_gic(out, event->value);
        break;
    case HT_EV_GICH_LR:
        g_string_append(out, "LR");
        ht_text_dec(out, event->lr, 0);
        g_string_append_c(out, ' ');
        ht_text_list_register(out, event->value);
        break;
    default:
        if (ht_event_is_entry(event)) {
            append_entry(out, start, view);
        } else {
            append_plain(out, event);
        }
        break;
    }
}

/* What trapped, and what became of it. */
static void append_trap(GString *out, size_t start, const struct view *view)
{
    size_t length;

    append_entry(out, start, view);
    g_string_append(out, " => ");
    length = out->len;
    ht_text_outcome(out, view->facts);
    if (out->len == length) {
        g_string_truncate(out, length - strlen(" => "));
    }
}

/* A line of its own where events of a CPU are missing: lost by the recorder, or damaged. */
static void append_gap(GString *out, const struct view *view, bool hyp_column)
{
    g_string_append_printf(out, "%*s", TIME_COLUMNS, "...");
    ht_text_dec(out, view->facts->event->cpu, 4);
    g_string_append_printf(out, " %-*s%-*s%-*s", WHERE_COLUMNS, "",
                           hyp_column ? HYP_COLUMNS + 2 : 0, "", CLASS_COLUMNS, "lost");
    if (view->facts->lost) {
        ht_text_dec(out, view->facts->lost, 0);
        g_string_append(out, " events, by the recorder\n");
    } else {
        g_string_append(out, "events that could not be read\n");
    }
}

static void append_where(GString *out, const struct ht_facts *facts)
{
    g_string_append(out, ht_vm_names_get(facts->names->vms, facts->where.vm));
    g_string_append_c(out, '/');
    ht_text_dec(out, facts->where.vcpu, 0);
}

static void append_start(GString *out, const struct view *view)
{
    const struct ht_event *event = view->facts->event;
    size_t column;

    append_seconds(out, event->time_ns);
    ht_text_dec(out, event->cpu, 4);
    g_string_append_c(out, ' ');
    column = out->len;
    if (view->facts->in_hyp) {
        g_string_append(out, "hyp");
    } else {
        append_where(out, view->facts);
    }
    g_string_append_c(out, ' ');
    ht_text_pad(out, column, WHERE_COLUMNS);
}

/* Time in Hyp, if it is known: instructions with icount, else seconds. */
static void append_hyp(GString *out, const struct view *view)
{
    const struct ht_outcome *outcome = view->facts->outcome;
    bool insns = view->trace->icount;
    char text[NUMBER_TEXT_BYTES] = "";

    if (ht_event_is_entry(view->facts->event)) {
        strcpy(text, "-");
        if (outcome && outcome->returned) {
            number_short(text, (double)(insns ? outcome->hyp.insns : outcome->hyp.ns), !insns);
        }
    }
    for (size_t length = strlen(text); length < HYP_COLUMNS; length++) {
        g_string_append_c(out, ' ');
    }
    g_string_append(out, text);
    g_string_append_len(out, "  ", 2);
}

static void append_begin(GString *out, const struct view *view, bool hyp_column)
{
    size_t column;

    append_start(out, view);
    if (hyp_column) {
        append_hyp(out, view);
    }
    column = out->len;
    g_string_append(out, kind_of(view->facts->event));
    ht_text_pad(out, column, CLASS_COLUMNS);
}

static void append_line(GString *out, const struct view *view, bool hyp_column,
                        void (*words)(GString *, size_t, const struct view *))
{
    size_t start;

    if (view->facts->event->gap) {
        append_gap(out, view, hyp_column);
    }
    start = out->len;
    append_begin(out, view, hyp_column);
    words(out, start, view);
    while (out->str[out->len - 1] == ' ') {
        g_string_truncate(out, out->len - 1);
    }
    g_string_append_c(out, '\n');
}

void print_text(GString *out, const struct view *view)
{
    append_line(out, view, false, append_words);
}

void print_trap(GString *out, const struct view *view)
{
    append_line(out, view, true, ht_event_is_entry(view->facts->event) ? append_trap
                                                                       : append_words);
}

void print_console_begin(GString *out, const struct view *view)
{
    append_begin(out, view, true);
    g_string_append_printf(out, "uart%u: ", view->facts->event->port);
}

void print_console_byte(GString *out, uint8_t byte)
{
    if (byte == '\r' || byte == '\n') {
        return;
    }
    if (byte < ' ' || byte > '~') {
        g_string_append_printf(out, "\\x%02x", byte);
    } else {
        g_string_append_c(out, (char)byte);
    }
}
