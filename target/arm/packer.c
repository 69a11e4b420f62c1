/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * compress=zstd: a thread that compresses closed packets and writes them, each a zstd frame, so
 * that a file that was cut off loses one packet.  CPUs hand over buffers and take free ones; there
 * is a lock once per packet.
 */
#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/queue.h"
#include "qemu/thread.h"
#include <zstd.h>
#include "target/arm/hyptrace/packer.h"

#define BUFFERS_PER_CPU 8
#define LEVEL 3
#define WAIT_US 100000

typedef struct Job {
    uint8_t *packet;
    size_t size_bytes;
    uint32_t event_count;
    unsigned cpu;
    struct ht_stream_file *file;
    QSIMPLEQ_ENTRY(Job) next;
} Job;

typedef QSIMPLEQ_HEAD(, Job) Jobs;

/* What the thread knows of a CPU's file. */
typedef struct Written {
    uint64_t packet_count;
    uint64_t lost_count;        /* events */
} Written;

struct HtPacker {
    QemuThread thread;
    QemuMutex lock;             /* of the two lists and `finishing` */
    QemuCond filled, freed;
    Jobs todo, unused;
    bool finishing;
    bool wait;
    ZSTD_CCtx *context;
    uint8_t *frame;
    size_t frame_bytes;
    Written *written;           /* by CPU */
    int error;
};

/* Packets that were lost since they were closed change what the header says. */
static void renumber(const Job *job, const Written *written)
{
    uint8_t *seq_num = job->packet + HT_PACKET_SEQ_NUM;
    uint64_t discarded_count = ldq_le_p(job->packet + HT_PACKET_DISCARDED);

    ht_put_u64(&seq_num, written->packet_count);
    ht_put_u64(&seq_num, discarded_count + written->lost_count);
}

static int append(HtPacker *packer, const Job *job)
{
    size_t size_bytes = ZSTD_compressCCtx(packer->context, packer->frame, packer->frame_bytes,
                                          job->packet, job->size_bytes, LEVEL);

    return ZSTD_isError(size_bytes) ? -EIO
                                    : ht_stream_file_append(job->file, packer->frame, size_bytes);
}

static void write_packet(HtPacker *packer, const Job *job)
{
    Written *written = &packer->written[job->cpu];
    int error;

    renumber(job, written);
    while ((error = append(packer, job)) != 0) {
        packer->error = packer->error ?: error;
        if (!packer->wait || qatomic_read(&packer->finishing) || error != -ENOSPC) {
            written->lost_count += job->event_count;
            return;
        }
        g_usleep(WAIT_US);
    }
    written->packet_count++;
}

static void *run(void *opaque)
{
    HtPacker *packer = opaque;
    Job *job;

    qemu_mutex_lock(&packer->lock);
    for (;;) {
        while (!(job = QSIMPLEQ_FIRST(&packer->todo)) && !packer->finishing) {
            qemu_cond_wait(&packer->filled, &packer->lock);
        }
        if (!job) {
            break;
        }
        QSIMPLEQ_REMOVE_HEAD(&packer->todo, next);
        qemu_mutex_unlock(&packer->lock);
        write_packet(packer, job);
        qemu_mutex_lock(&packer->lock);
        QSIMPLEQ_INSERT_TAIL(&packer->unused, job, next);
        qemu_cond_signal(&packer->freed);
    }
    qemu_mutex_unlock(&packer->lock);
    return NULL;
}

HtPacker *ht_packer_new(unsigned cpu_count, uint64_t packet_bytes, bool wait)
{
    HtPacker *packer = g_new0(HtPacker, 1);

    packer->wait = wait;
    packer->written = g_new0(Written, cpu_count);
    packer->context = ZSTD_createCCtx();
    packer->frame_bytes = ZSTD_compressBound(packet_bytes);
    packer->frame = g_malloc(packer->frame_bytes);
    QSIMPLEQ_INIT(&packer->todo);
    QSIMPLEQ_INIT(&packer->unused);
    for (unsigned i = 0; i < BUFFERS_PER_CPU * cpu_count; i++) {
        Job *job = g_new0(Job, 1);

        job->packet = g_malloc(packet_bytes);
        QSIMPLEQ_INSERT_TAIL(&packer->unused, job, next);
    }
    qemu_mutex_init(&packer->lock);
    qemu_cond_init(&packer->filled);
    qemu_cond_init(&packer->freed);
    qemu_thread_create(&packer->thread, "hyptrace", run, packer, QEMU_THREAD_JOINABLE);
    return packer;
}

void ht_packer_put(HtPacker *packer, struct ht_stream *stream, struct ht_stream_file *file,
                   size_t size_bytes)
{
    uint8_t *packet = stream->packet;
    Job *job;

    qemu_mutex_lock(&packer->lock);
    while (packer->wait && QSIMPLEQ_EMPTY(&packer->unused)) {
        qemu_cond_wait(&packer->freed, &packer->lock);
    }
    job = QSIMPLEQ_FIRST(&packer->unused);
    if (job) {
        QSIMPLEQ_REMOVE_HEAD(&packer->unused, next);
        stream->packet = job->packet;
        job->packet = packet;
        job->size_bytes = size_bytes;
        job->event_count = stream->event_count;
        job->cpu = stream->cpu;
        job->file = file;
        QSIMPLEQ_INSERT_TAIL(&packer->todo, job, next);
        qemu_cond_signal(&packer->filled);
        ht_packet_written(stream);
    } else {
        ht_packet_lost(stream);
    }
    qemu_mutex_unlock(&packer->lock);
}

void ht_packer_finish(HtPacker *packer)
{
    qemu_mutex_lock(&packer->lock);
    qatomic_set(&packer->finishing, true);
    qemu_cond_signal(&packer->filled);
    qemu_mutex_unlock(&packer->lock);
    qemu_thread_join(&packer->thread);
}

uint64_t ht_packer_lost(const HtPacker *packer, unsigned cpu)
{
    return packer->written[cpu].lost_count;
}

int ht_packer_error(const HtPacker *packer)
{
    return packer->error;
}
