/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The `metadata` file: the layout of the streams in TSDL (CTF 1.8), kept in step with
 * docs/trace-format.md.
 */
#include "hyptrace/format/metadata.h"
#include "hyptrace/format/layout.h"
#include "hyptrace/format/maintenance.h"
#include "hyptrace/format/regs.h"

static const char types[] =
    "/* CTF 1.8 */\n"
    "\n"
    "typealias integer { size = 1; align = 1; signed = false; } := uint1_t;\n"
    "typealias integer { size = 2; align = 1; signed = false; } := uint2_t;\n"
    "typealias integer { size = 3; align = 1; signed = false; } := uint3_t;\n"
    "typealias integer { size = 4; align = 1; signed = false; } := uint4_t;\n"
    "typealias integer { size = 5; align = 1; signed = false; } := uint5_t;\n"
    "typealias integer { size = 6; align = 1; signed = false; } := uint6_t;\n"
    "typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n"
    "typealias integer { size = 16; align = 8; signed = false; } := uint16_t;\n"
    "typealias integer { size = 32; align = 8; signed = false; } := uint32_t;\n"
    "typealias integer { size = 64; align = 8; signed = false; } := uint64_t;\n"
    "typealias integer { size = 8; align = 8; signed = false; base = 16; } := hex8_t;\n"
    "typealias integer { size = 16; align = 8; signed = false; base = 16; } := hex16_t;\n"
    "typealias integer { size = 32; align = 8; signed = false; base = 16; } := hex32_t;\n"
    "\n"
    "trace {\n"
    "    major = 1;\n"
    "    minor = 8;\n"
    "    uuid = \"" HT_UUID_TEXT "\";\n"
    "    byte_order = le;\n"
    "    packet.header := struct {\n"
    "        uint32_t magic;\n"
    "        uint8_t uuid[16];\n"
    "        uint32_t stream_id;\n"
    "    };\n"
    "};\n"
    "\n";

/* Aligned to bits, or the structures of the event header would be aligned to bytes. */
#define CLOCK_INTEGER(bits) \
    "typealias integer { size = " bits "; align = 1; signed = false;" \
    " map = clock.virtual.value; } := time" bits "_t;\n"

static const char clocks[] =
    "clock {\n"
    "    name = virtual;\n"
    "    description = \"virtual time of the machine\";\n"
    "    freq = 1000000000;\n"
    "    offset = 0;\n"
    "};\n"
    "\n"
    CLOCK_INTEGER("16") CLOCK_INTEGER("24") CLOCK_INTEGER("64")
    "\n"
    "struct event_header {\n"
    "    enum : uint2_t { same = 0, low16 = 1, low24 = 2, full = 3 } id;\n"
    "    variant <id> {\n"
    "        struct { uint6_t id; } same;\n"
    "        struct { uint6_t id; time16_t timestamp; } low16;\n"
    "        struct { uint6_t id; time24_t timestamp; } low24;\n"
    "        struct { uint6_t id; time64_t timestamp; } full;\n"
    "    } v;\n"
    "};\n"
    "\n";

static const char stream_head[] =
    "stream {\n"
    "    id = 0;\n"
    "    packet.context := struct {\n"
    "        time64_t timestamp_begin;\n"
    "        time64_t timestamp_end;\n"
    "        uint64_t content_size;\n"
    "        uint64_t packet_size;\n"
    "        uint64_t packet_seq_num;\n"
    "        uint64_t events_discarded;\n"
    "        uint64_t seq_begin;\n"
    "        uint64_t insns_begin;\n"
    "        uint32_t cpu_id;\n"
    "    };\n"
    "    event.header := struct event_header;\n";

#define CODES "{ same = 0, low8 = 1, low16 = 2, full = 3 }"

/* Types of the coded registers and of where a return goes. */
static const char coded_types[] =
    "variant value {\n"
    "    struct { } same;\n"
    "    hex8_t low8;\n"
    "    hex16_t low16;\n"
    "    hex32_t full;\n"
    "};\n"
    "\n"
    "variant pc {\n"
    "    struct { } elr_hyp;\n"
    "    struct { } elr_hyp_plus_2;\n"
    "    struct { } elr_hyp_plus_4;\n"
    "    hex32_t full;\n"
    "};\n"
    "\n"
    "variant cpsr {\n"
    "    struct { } spsr_hyp;\n"
    "    hex32_t full;\n"
    "};\n"
    "\n";

/* Payloads, up to `insn` and `delta`, which every entry, return and activation ends with. */
struct event_class {
    enum ht_event_id id;
    const char *name;
    bool entry;         /* begins with the fields of an entry, has `insn` */
    bool delta;
    const char *fields;
};

#define U32(name) "        hex32_t " name ";\n"

#define RETURN \
    "        enum : uint2_t { elr_hyp = 0, elr_hyp_plus_2 = 1, elr_hyp_plus_4 = 2, full = 3 }" \
    " pc_code;\n" \
    "        enum : uint1_t { spsr_hyp = 0, full = 1 } cpsr_code;\n" \
    "        uint5_t reserved;\n" \
    "        variant pc <pc_code> pc;\n" \
    "        variant cpsr <cpsr_code> cpsr;\n"

static const struct event_class event_classes[] = {
    { HT_EV_REGISTERS, "registers", false, false,
      "        uint1_t in_hyp;\n"
      "        uint3_t depth;\n"
      "        uint4_t reserved;\n"
      "        uint8_t n;\n"
      "        struct row rows[n];\n" },
    { HT_EV_ACTIVATION, "hyp_activation", false, true,
      "        enum : uint8_t { reset = 0, monitor = 1, inferred = 2, power = 3 } kind;\n"
      U32("pc") U32("cpsr") },
    { HT_EV_RETURN, "hyp_return", false, true, RETURN },
    { HT_EV_NESTED_RETURN, "hyp_nested_return", false, true, RETURN },
    { HT_EV_MARK, "mark", false, false, "        uint8_t option;\n" U32("pc") },
    { HT_EV_CONSOLE, "console", false, false, "        uint8_t port;\n        uint8_t byte;\n" },
    { HT_EV_ENTRY_SYNC, "hyp_entry_sync", true, true, U32("hsr") },
    { HT_EV_ENTRY_DABT, "hyp_entry_dabt", true, true, U32("hsr") U32("hdfar") },
    { HT_EV_ENTRY_DABT_S2, "hyp_entry_dabt_s2", true, true,
      U32("hsr") U32("hdfar") U32("hpfar") },
    { HT_EV_ENTRY_IABT, "hyp_entry_iabt", true, true, U32("hsr") U32("hifar") },
    { HT_EV_ENTRY_IABT_S2, "hyp_entry_iabt_s2", true, true,
      U32("hsr") U32("hifar") U32("hpfar") },
    { HT_EV_ENTRY_IRQ, "hyp_entry_irq", true, true, "" },
    { HT_EV_ENTRY_FIQ, "hyp_entry_fiq", true, true, "" },
    { HT_EV_ENTRY_SERROR, "hyp_entry_serror", true, true, U32("hsr") },
    { HT_EV_GIC_ACK, "gic_ack", false, false, U32("iar") },
    { HT_EV_GIC_EOI, "gic_eoi", false, false, U32("eoir") },
    { HT_EV_GIC_DIR, "gic_dir", false, false, U32("dir") },
    { HT_EV_GICH_LR, "gich_lr", false, false, "        uint8_t lr;\n" U32("value") },
    { HT_EV_GICV_ACK, "gicv_ack", false, false, U32("iar") },
    { HT_EV_GICV_EOI, "gicv_eoi", false, false, U32("eoir") },
    { HT_EV_GICV_DIR, "gicv_dir", false, false, U32("dir") },
    { HT_EV_TLB, "tlb", false, false, U32("operand") },
    { HT_EV_CACHE, "cache", false, false,
      U32("first") U32("last") "        uint32_t count;\n" },
    { HT_EV_WRITE, "write", false, false, "        uint8_t row;\n" U32("value") },
    { HT_EV_WRITE64, "write64", false, false,
      "        uint8_t row;\n" U32("value") U32("value_hi") },
    { HT_EV_TRANSLATION, "ats", false, false, U32("va") },
    { HT_EV_POWER, "power", false, false,
      "        enum : uint8_t { off = 0, on = 1, reset = 2 } kind;\n" U32("pc") },
    { HT_EV_SLEEP, "sleep", false, false, "" },
    { HT_EV_WAKE, "wake", false, false,
      "        uint1_t irq;\n        uint1_t fiq;\n        uint1_t virq;\n"
      "        uint1_t vfiq;\n        uint1_t vabort;\n        uint3_t reserved;\n" },
    { HT_EV_WAIT, "wait", false, false, "" },
};

static void write_env(FILE *out, const struct ht_metadata_options *o)
{
    fprintf(out,
            "env {\n"
            "    tracer_name = \"hyptrace\";\n"
            "    format = %d;\n"
            "    cpus = %u;\n"
            "    registers = %d;\n"
            "    icount = %d;\n",
            HT_FORMAT_VERSION, o->cpu_count, o->registers, o->icount);
    if (o->vm_names) {
        fprintf(out, "    vm_names = \"%s\";\n", o->vm_names);
    }
    fputs("};\n\n", out);
}

static void write_rows(FILE *out)
{
    const char *separator = "";

    fputs("struct row {\n    enum : uint8_t {", out);
    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        if (ht_reg_name(row)) {
            fprintf(out, "%s\n        %s = %u", separator, ht_reg_name(row), row);
            separator = ",";
        }
    }
    fputs("\n    } id;\n    hex32_t value;\n};\n\n", out);
}

static void write_stream(FILE *out, const struct ht_metadata_options *o)
{
    fputs(stream_head, out);
    fputs("    event.context := struct {\n"
          "        enum : uint2_t { same = 0, next = 1, step8 = 2, low32 = 3 } seq_code;\n", out);
    fputs(o->icount ? "        enum : uint2_t { none = 0, low8 = 1, low16 = 2, full = 3 }"
                      " insns_code;\n"
                      "        uint4_t reserved;\n"
                    : "        uint6_t reserved;\n", out);
    fputs("        variant <seq_code> {\n"
          "            struct { } same;\n"
          "            struct { } next;\n"
          "            uint8_t step8;\n"
          "            uint32_t low32;\n"
          "        } seq;\n", out);
    if (o->icount) {
        fputs("        variant <insns_code> {\n"
              "            struct { } none;\n"
              "            uint8_t low8;\n"
              "            uint16_t low16;\n"
              "            uint32_t full;\n"
              "        } insns;\n", out);
    }
    fputs("    };\n};\n\n", out);
}

static void write_delta(FILE *out, const struct ht_metadata_options *o)
{
    fputs("struct delta {\n", out);
    for (unsigned row = 0; o->registers && row < HT_CORE_COUNT; row++) {
        fprintf(out, "    enum : uint2_t " CODES " %s_code;\n", ht_reg_name(row));
    }
    for (unsigned row = 0; o->registers && row < HT_CORE_COUNT; row++) {
        fprintf(out, "    variant value <%s_code> %s;\n", ht_reg_name(row), ht_reg_name(row));
    }
    fputs("    uint8_t n;\n    struct row rows[n];\n};\n\n", out);
}

typedef const char *op_name_fn(unsigned op);

/* The operations with one of which an event begins, or NULL. */
static op_name_fn *ops_of(enum ht_event_id id)
{
    return id == HT_EV_TLB ? ht_tlb_op_name : id == HT_EV_CACHE ? ht_cache_op_name :
           id == HT_EV_TRANSLATION ? ht_translation_op_name : NULL;
}

static void write_ops(FILE *out, op_name_fn *op_name)
{
    const char *separator = "";

    fputs("        enum : uint8_t {", out);
    for (unsigned op = 0; op <= UINT8_MAX; op++) {
        if (op_name(op)) {
            fprintf(out, "%s %s = %u", separator, op_name(op), op);
            separator = ",";
        }
    }
    fputs(" } op;\n", out);
}

static void write_event(FILE *out, const struct event_class *c)
{
    fprintf(out,
            "event {\n"
            "    name = \"%s\";\n"
            "    id = %d;\n"
            "    stream_id = 0;\n"
            "    fields := struct {\n", c->name, c->id);
    if (c->entry) {
        fputs("        uint3_t vector;\n"
              "        uint2_t insn_halfwords;\n"
              "        uint3_t depth;\n"
              "        hex32_t elr;\n"
              "        hex32_t spsr;\n", out);
    }
    if (ops_of(c->id)) {
        write_ops(out, ops_of(c->id));
    }
    fputs(c->fields, out);
    if (c->entry) {
        fputs("        hex16_t insn[insn_halfwords];\n", out);
    }
    if (c->delta) {
        fputs("        struct delta delta;\n", out);
    }
    fputs("    };\n};\n\n", out);
}

void ht_metadata_write(FILE *out, const struct ht_metadata_options *options)
{
    fputs(types, out);
    write_env(out, options);
    fputs(clocks, out);
    write_stream(out, options);
    write_rows(out);
    fputs(coded_types, out);
    write_delta(out, options);
    for (size_t i = 0; i < sizeof(event_classes) / sizeof(event_classes[0]); i++) {
        write_event(out, &event_classes[i]);
    }
}
