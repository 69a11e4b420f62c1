/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps as compressed columns of numbers: some 10 bytes for a trap.
 */
#include <gio/gio.h>

#include "hyptrace/cli/report.h"

static const struct {
    const char *name;
    const char *kind;
    unsigned bytes;
} columns[COLUMN_COUNT] = {
    [COLUMN_TIME_LOW] = {"time_low", "u32", 4}, [COLUMN_TIME_HIGH] = {"time_high", "u32", 4},
    [COLUMN_CPU] = {"cpu", "u8", 1}, [COLUMN_VM] = {"vm", "u16", 2},
    [COLUMN_VCPU] = {"vcpu", "u32", 4}, [COLUMN_CAUSE] = {"cause", "u16", 2},
    [COLUMN_PC] = {"pc", "u32", 4}, [COLUMN_HYP] = {"hyp", "u32", 4},
    [COLUMN_AWAY] = {"away", "u32", 4},
};

static void put(struct report_traps *traps, enum report_column column, uint32_t value)
{
    guint32 bytes = GUINT32_TO_LE(value);

    g_byte_array_append(traps->columns[column], (const guint8 *)&bytes, columns[column].bytes);
}

static guint cause_hash(gconstpointer key)
{
    const struct report_cause *cause = key;

    return (cause->cause.detail * 31u + cause->cause.cls) * 2u + cause->nested;
}

static gboolean cause_equal(gconstpointer a, gconstpointer b)
{
    const struct report_cause *x = a, *y = b;

    return x->cause.cls == y->cause.cls && x->cause.detail == y->cause.detail &&
           x->nested == y->nested;
}

static unsigned number_of(struct report_traps *traps, struct ht_cause cause, bool nested)
{
    struct report_cause key = {cause, nested, 0};
    gpointer number;

    if (traps->causes->len >= REPORT_CAUSES_MAX - 2 * HT_CLASS_COUNT &&
        !g_hash_table_contains(traps->cause_numbers, &key)) {
        key.cause.detail = HT_DETAIL_OTHERS;
    }
    if (!g_hash_table_lookup_extended(traps->cause_numbers, &key, NULL, &number)) {
        number = GUINT_TO_POINTER(traps->causes->len);
        g_hash_table_insert(traps->cause_numbers, g_memdup2(&key, sizeof(key)), number);
        g_array_append_val(traps->causes, key);
    }
    g_array_index(traps->causes, struct report_cause, GPOINTER_TO_UINT(number)).entries++;
    return GPOINTER_TO_UINT(number);
}

static uint32_t in_unit(bool insns, bool valid, struct ht_span span)
{
    uint64_t value = insns ? span.insns : span.ns;

    return !valid ? UINT32_MAX : (uint32_t)MIN(value, UINT32_MAX - 1);
}

static void put_trap(struct report_traps *traps, bool insns, const struct ht_facts *facts)
{
    static const struct ht_outcome unknown;
    const struct ht_event *event = facts->event;
    const struct ht_outcome *outcome = facts->outcome ? facts->outcome : &unknown;

    put(traps, COLUMN_TIME_LOW, (uint32_t)event->time_ns);
    put(traps, COLUMN_TIME_HIGH, (uint32_t)(event->time_ns >> 32));
    put(traps, COLUMN_CPU, event->cpu);
    put(traps, COLUMN_VM, facts->in_hyp ? HT_VM_HOST : facts->where.vm);
    put(traps, COLUMN_VCPU, facts->in_hyp ? 0 : facts->where.vcpu);
    put(traps, COLUMN_CAUSE, number_of(traps, ht_facts_cause(facts), facts->in_hyp));
    put(traps, COLUMN_PC, event->pc);
    put(traps, COLUMN_HYP, in_unit(insns, outcome->returned, outcome->hyp));
    put(traps, COLUMN_AWAY, in_unit(insns, outcome->ended && !(insns && outcome->migrated),
                                    outcome->away));
    traps->count++;
}

struct report_traps *report_traps_new(const struct cli_input *input, GError **error)
{
    struct report_traps *traps = g_new0(struct report_traps, 1);
    g_autoptr(HtWalk) walk = ht_walk_new_exits(input->trace, HT_READ_CORE, input->filter,
                                               &input->names, error);
    const struct ht_facts *facts;

    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        traps->columns[i] = g_byte_array_new();
    }
    traps->causes = g_array_new(FALSE, FALSE, sizeof(struct report_cause));
    traps->cause_numbers = g_hash_table_new_full(cause_hash, cause_equal, g_free, NULL);
    while (walk && (facts = ht_walk_next(walk, error))) {
        if (ht_event_is_entry(facts->event)) {
            put_trap(traps, input->trace->icount, facts);
        }
    }
    return traps;
}

void report_traps_free(struct report_traps *traps)
{
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        g_byte_array_unref(traps->columns[i]);
    }
    g_array_unref(traps->causes);
    g_hash_table_unref(traps->cause_numbers);
    g_free(traps);
}

/* The bytes compressed (RFC 1950). */
static GBytes *compress(const GByteArray *bytes)
{
    g_autoptr(GConverter) zlib =
        G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6));
    g_autoptr(GInputStream) input = g_memory_input_stream_new_from_data(bytes->data, bytes->len,
                                                                        NULL);
    g_autoptr(GInputStream) compressed = g_converter_input_stream_new(input, zlib);
    g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable();

    g_output_stream_splice(output, compressed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(output));
}

void report_columns(GString *out, const struct report_traps *traps)
{
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        g_autoptr(GBytes) bytes = compress(traps->columns[i]);
        gsize size_bytes;
        const guint8 *data = g_bytes_get_data(bytes, &size_bytes);
        g_autofree char *text = g_base64_encode(data, size_bytes);

        g_string_append_printf(out, "<script type=\"text/plain\" id=\"column-%s\">",
                               columns[i].name);
        g_string_append(out, text);
        g_string_append(out, "</script>\n");
    }
}

void report_meta_columns(struct json *json)
{
    json_open(json, "columns", '{');
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        json_text(json, columns[i].name, columns[i].kind);
    }
    json_close(json, '}');
}
