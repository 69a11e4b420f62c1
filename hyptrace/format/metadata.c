/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The `metadata` file: the layout of the streams in TSDL (CTF 1.8), kept in step with
 * docs/trace-format.md.
 */
#include "hyptrace/format/metadata.h"
#include "hyptrace/format/layout.h"
#include "hyptrace/format/regs.h"

static const char types[] =
    "/* CTF 1.8 */\n"
    "\n"
    "typealias integer { size = 1; align = 1; signed = false; } := uint1_t;\n"
    "typealias integer { size = 2; align = 1; signed = false; } := uint2_t;\n"
    "typealias integer { size = 3; align = 1; signed = false; } := uint3_t;\n"
    "typealias integer { size = 4; align = 1; signed = false; } := uint4_t;\n"
    "typealias integer { size = 5; align = 1; signed = false; } := uint5_t;\n"
    "typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n"
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

static const char clocks[] =
    "clock {\n"
    "    name = virtual;\n"
    "    description = \"virtual time of the machine\";\n"
    "    freq = 1000000000;\n"
    "    offset = 0;\n"
    "};\n"
    "\n"
    "typealias integer { size = 32; align = 8; signed = false; map = clock.virtual.value; }"
    " := time32_t;\n"
    "typealias integer { size = 64; align = 8; signed = false; map = clock.virtual.value; }"
    " := time64_t;\n"
    "\n"
    "struct event_header {\n"
    "    enum : uint8_t { compact = 0 ... 254, extended = 255 } id;\n"
    "    variant <id> {\n"
    "        struct { time32_t timestamp; } compact;\n"
    "        struct { uint8_t id; time64_t timestamp; } extended;\n"
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

static const char delta_coded[] =
    "struct delta {\n"
    "    hex32_t codes;\n"
    "    uint5_t n8;\n"
    "    uint5_t n16;\n"
    "    uint5_t n32;\n"
    "    uint1_t reserved;\n"
    "    hex8_t v8[n8];\n"
    "    hex16_t v16[n16];\n"
    "    hex32_t v32[n32];\n"
    "    uint8_t n;\n"
    "    struct row rows[n];\n"
    "};\n"
    "\n";

static const char delta_lean[] =
    "struct delta {\n"
    "    uint8_t n;\n"
    "    struct row rows[n];\n"
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

static const struct event_class event_classes[] = {
    { HT_EV_REGISTERS, "registers", false, false,
      "        uint1_t in_hyp;\n"
      "        uint3_t depth;\n"
      "        uint4_t reserved;\n"
      "        uint8_t n;\n"
      "        struct row rows[n];\n" },
    { HT_EV_ACTIVATION, "hyp_activation", false, true,
      "        enum : uint8_t { reset = 0, monitor = 1, inferred = 2 } kind;\n"
      U32("pc") U32("cpsr") },
    { HT_EV_RETURN, "hyp_return", false, true, U32("pc") U32("cpsr") },
    { HT_EV_NESTED_RETURN, "hyp_nested_return", false, true, U32("pc") U32("cpsr") },
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
};

static void write_env(FILE *out, const struct ht_metadata_options *o)
{
    fprintf(out,
            "env {\n"
            "    tracer_name = \"hyptrace\";\n"
            "    format = %d;\n"
            "    cpus = %u;\n"
            "    registers = %d;\n"
            "    icount = %d;\n"
            "};\n"
            "\n",
            HT_FORMAT_VERSION, o->cpu_count, o->registers, o->icount);
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
    fprintf(out, "    event.context := struct {\n        uint32_t seq;\n%s    };\n};\n\n",
            o->icount ? "        uint32_t insns;\n" : "");
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
    fputs(options->registers ? delta_coded : delta_lean, out);
    for (size_t i = 0; i < sizeof(event_classes) / sizeof(event_classes[0]); i++) {
        write_event(out, &event_classes[i]);
    }
}
