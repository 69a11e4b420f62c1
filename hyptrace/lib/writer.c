/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes a trace from events as the reader gives them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "hyptrace/format/core_delta.h"
#include "hyptrace/format/metadata.h"
#include "hyptrace/format/packet.h"
#include "hyptrace/format/stream_file.h"
#include "hyptrace/lib/error.h"
#include "hyptrace/lib/writer.h"

struct cpu {
    struct ht_stream stream;
    struct ht_stream_file file;
    uint32_t regs[HT_REG_COUNT]; /* after the last event */
    uint8_t depth;
    bool in_hyp;
};

struct HtWriter {
    GError *error;               /* the first failure */
    char *dir;
    bool registers;
    unsigned count;
    struct cpu *cpus;
};

static void fail(HtWriter *writer, const char *name, int error)
{
    if (!writer->error) {
        g_set_error(&writer->error, HT_ERROR, HT_ERROR_IO, "%s%s%s: %s", writer->dir,
                    *name ? "/" : "", name, g_strerror(error));
    }
}

static void write_metadata(HtWriter *writer, const HtTrace *layout)
{
    struct ht_metadata_options options = {layout->cpus, layout->registers, layout->icount,
                                          layout->vm_names};
    g_autofree char *path = g_build_filename(writer->dir, HT_METADATA_NAME, NULL);
    FILE *file = fopen(path, "wx");

    if (!file) {
        fail(writer, HT_METADATA_NAME, errno);
        return;
    }
    ht_metadata_write(file, &options);
    if (fclose(file) != 0) {
        fail(writer, HT_METADATA_NAME, errno);
    }
}

static void open_streams(HtWriter *writer, gboolean icount, unsigned packet_bytes)
{
    for (unsigned i = 0; i < writer->count && !writer->error; i++) {
        int error = ht_stream_file_open(&writer->cpus[i].file, writer->dir, i, "");

        if (error) {
            fail(writer, HT_STREAM_PREFIX, -error);
        }
        ht_stream_init(&writer->cpus[i].stream, g_malloc0(packet_bytes), packet_bytes, i, icount);
    }
}

HtWriter *ht_writer_new(const char *dir, const HtTrace *layout, unsigned packet_bytes,
                        GError **error)
{
    HtWriter *writer = g_new0(HtWriter, 1);

    writer->dir = g_strdup(dir);
    writer->registers = layout->registers;
    writer->count = layout->cpus;
    writer->cpus = g_new0(struct cpu, layout->cpus);
    for (unsigned i = 0; i < layout->cpus; i++) {
        writer->cpus[i].file.fd = -1;
    }
    if (g_mkdir_with_parents(dir, 0777) != 0) {
        fail(writer, "", errno);
    } else {
        write_metadata(writer, layout);
    }
    if (!writer->error) {
        open_streams(writer, layout->icount, packet_bytes);
    }
    if (writer->error) {
        ht_writer_close(writer, error);
        writer = NULL;
    }
    return writer;
}

void ht_writer_end_packet(HtWriter *writer, unsigned cpu)
{
    struct cpu *c = &writer->cpus[cpu];

    if (c->stream.used_bytes) {
        size_t bytes = ht_packet_close(&c->stream);
        int error = ht_stream_file_append(&c->file, c->stream.packet, bytes);

        if (error) {
            fail(writer, HT_STREAM_PREFIX, -error);
        }
        ht_packet_written(&c->stream);
    }
}

void ht_writer_lose(HtWriter *writer, unsigned cpu, uint64_t count)
{
    ht_writer_end_packet(writer, cpu);
    writer->cpus[cpu].stream.discarded_count += count;
}

void ht_writer_set_state(HtWriter *writer, unsigned cpu, const uint32_t *regs, uint64_t insns,
                         bool in_hyp, unsigned depth)
{
    struct cpu *c = &writer->cpus[cpu];

    memcpy(c->regs, regs, sizeof(c->regs));
    c->stream.insns_last = insns;
    c->in_hyp = in_hyp;
    c->depth = (uint8_t)depth;
}

/* Rows that deltas of a lean trace hold. */
static bool is_lean_row(unsigned row)
{
    return row == HT_REG_HCR || row == HT_REG_VTTBR || row == HT_REG_VTTBR_HI ||
           row == HT_REG_VMPIDR;
}

/* The rows from first on that differ between was and now. */
static void put_rows(HtWriter *writer, uint8_t **p, const uint32_t *was,
                     const uint32_t *now)
{
    uint8_t *count = (*p)++;

    *count = 0;
    for (unsigned row = writer->registers ? HT_CORE_COUNT : 0; row < HT_REG_COUNT; row++) {
        if (was[row] != now[row] && (writer->registers || is_lean_row(row))) {
            ht_put_row(p, (uint8_t)row, now[row]);
            (*count)++;
        }
    }
}

static void put_snapshot(HtWriter *writer, struct cpu *cpu, const struct ht_stamp *stamp)
{
    uint8_t *p = ht_event_begin(&cpu->stream, HT_EV_REGISTERS, stamp);
    uint8_t *count;

    ht_put_u8(&p, (uint8_t)(cpu->in_hyp | cpu->depth << HT_STATE_DEPTH_SHIFT));
    count = p++;
    *count = 0;
    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        if (cpu->regs[row] && (writer->registers || is_lean_row(row))) {
            ht_put_row(&p, (uint8_t)row, cpu->regs[row]);
            (*count)++;
        }
    }
    ht_event_end(&cpu->stream, p);
}

static void put_field(uint8_t **p, uint32_t *was, uint32_t *now, enum ht_reg row, uint32_t value)
{
    ht_put_u32(p, value);
    was[row] = now[row] = value;
}

static void put_entry(uint8_t **p, const struct ht_event *event, uint32_t *was, uint32_t *now)
{
    bool fetch = event->id == HT_EV_ENTRY_IABT || event->id == HT_EV_ENTRY_IABT_S2;

    ht_put_u8(p, (uint8_t)(event->vector << HT_ENTRY_VECTOR_SHIFT |
                           event->insn_halfwords << HT_ENTRY_INSN_SHIFT |
                           event->depth << HT_ENTRY_DEPTH_SHIFT));
    put_field(p, was, now, HT_REG_ELR_HYP, event->pc);
    put_field(p, was, now, HT_REG_SPSR_HYP, event->psr);
    if (ht_event_has_hsr(event)) {
        put_field(p, was, now, HT_REG_HSR, event->hsr);
    }
    if (event->id >= HT_EV_ENTRY_DABT && event->id <= HT_EV_ENTRY_IABT_S2) {
        put_field(p, was, now, fetch ? HT_REG_HIFAR : HT_REG_HDFAR, event->far);
    }
    if (ht_event_is_stage2(event)) {
        put_field(p, was, now, HT_REG_HPFAR, event->hpfar);
    }
    if (event->insn_halfwords == 1) {
        ht_put_u16(p, (uint16_t)event->insn);
    } else if (event->insn_halfwords == 2) {
        bool thumb = event->psr & (1u << 5);

        ht_put_u16(p, (uint16_t)(thumb ? event->insn >> 16 : event->insn));
        ht_put_u16(p, (uint16_t)(thumb ? event->insn : event->insn >> 16));
    }
}

static void put_write(uint8_t **p, const struct ht_event *event, uint32_t *now)
{
    ht_put_u8(p, event->row);
    ht_put_u32(p, event->value);
    now[event->row] = event->value;
    if (event->id == HT_EV_WRITE64) {
        ht_put_u32(p, event->value_hi);
        now[(event->row + 1) % HT_REG_COUNT] = event->value_hi;
    }
}

static void put_plain(uint8_t **p, const struct ht_event *event)
{
    for (const struct ht_event_field *f = ht_event_fields(event->id); f->name; f++) {
        if (f->bits) {
            ht_put_u8(p, event->wake);
            return;
        }
        if (f->size == 1) {
            ht_put_u8(p, (uint8_t)ht_event_field_value(event, f));
        } else {
            ht_put_u32(p, ht_event_field_value(event, f));
        }
    }
}

/* All of the payload but the delta; returns whether one follows. */
static bool put_fields(uint8_t **p, const struct ht_event *event, uint32_t *was, uint32_t *now)
{
    switch (event->id) {
    case HT_EV_GICH_LR:
        ht_put_u8(p, event->lr);
        ht_put_u32(p, event->value);
        now[HT_REG_GICH_LR0 + event->lr] = event->value;
        return false;
    case HT_EV_WRITE:
    case HT_EV_WRITE64:
        put_write(p, event, now);
        return false;
    case HT_EV_ACTIVATION:
        ht_put_u8(p, event->kind);
        put_field(p, was, now, HT_REG_ELR_HYP, event->pc);
        put_field(p, was, now, HT_REG_SPSR_HYP, event->psr);
        return true;
    case HT_EV_RETURN:
    case HT_EV_NESTED_RETURN:
        ht_put_return(p, was[HT_REG_ELR_HYP], was[HT_REG_SPSR_HYP], event->pc, event->psr);
        was[HT_REG_ELR_HYP] = now[HT_REG_ELR_HYP] = event->pc;
        was[HT_REG_SPSR_HYP] = now[HT_REG_SPSR_HYP] = event->psr;
        return true;
    default:
        if (!ht_event_is_entry(event)) {
            put_plain(p, event);
            return false;
        }
        put_entry(p, event, was, now);
        return true;
    }
}

void ht_writer_set_rows(const struct ht_event *event, uint32_t *regs)
{
    uint32_t was[HT_REG_COUNT] = {0};
    uint8_t bytes[64], *p = bytes;

    put_fields(&p, event, was, regs);
}

static void follow_depth(struct cpu *cpu, const struct ht_event *event)
{
    if (ht_event_is_entry(event)) {
        cpu->in_hyp = true;
        cpu->depth = event->depth;
    } else if (event->id == HT_EV_NESTED_RETURN && cpu->depth) {
        cpu->depth--;
    } else if (event->id == HT_EV_RETURN || event->id == HT_EV_ACTIVATION) {
        cpu->in_hyp = event->id == HT_EV_ACTIVATION;
        cpu->depth = 0;
    }
}

void ht_writer_put(HtWriter *writer, const struct ht_event *event)
{
    struct cpu *cpu = &writer->cpus[event->cpu];
    struct ht_stamp stamp = {event->time_ns, event->seq, event->insns};
    uint32_t now[HT_REG_COUNT];
    uint8_t *p;

    if (!ht_packet_has_room(&cpu->stream)) {
        ht_writer_end_packet(writer, event->cpu);
        ht_packet_open(&cpu->stream, &stamp);
        put_snapshot(writer, cpu, &stamp);
    }
    memcpy(now, event->regs, sizeof(now));
    p = ht_event_begin(&cpu->stream, event->id, &stamp);
    if (put_fields(&p, event, cpu->regs, now)) {
        if (writer->registers) {
            ht_put_core_delta(&p, cpu->regs, now);
        }
        put_rows(writer, &p, cpu->regs, now);
        memcpy(cpu->regs, now, sizeof(now));
    } else {
        uint8_t again[HT_EVENT_HEAD_BYTES_MAX], *q = again;

        put_fields(&q, event, now, cpu->regs);
    }
    ht_event_end(&cpu->stream, p);
    follow_depth(cpu, event);
}

gboolean ht_writer_close(HtWriter *writer, GError **error)
{
    gboolean fine;

    for (unsigned i = 0; i < writer->count; i++) {
        if (writer->cpus[i].stream.packet) {
            ht_writer_end_packet(writer, i);
        }
        ht_stream_file_close(&writer->cpus[i].file);
        g_free(writer->cpus[i].stream.packet);
    }
    fine = !writer->error;
    if (!fine) {
        g_propagate_error(error, writer->error);
    }
    g_free(writer->cpus);
    g_free(writer->dir);
    g_free(writer);
    return fine;
}
