/* SPDX-License-Identifier: BSD-2-Clause */
/* The registers of virtio-mmio.  Virtio 1.1, 4.2.2. */
#include <string.h>
#include "core/hyp.h"
#include "core/save.h"
#include "core/virtio.h"

/* Register offsets, table 4.1 */
enum {
    MAGIC_VALUE = 0x000,
    VERSION = 0x004,
    DEVICE_ID = 0x008,
    VENDOR_ID = 0x00c,
    DEVICE_FEATURES = 0x010,
    DEVICE_FEATURES_SEL = 0x014,
    DRIVER_FEATURES = 0x020,
    DRIVER_FEATURES_SEL = 0x024,
    QUEUE_SEL = 0x030,
    QUEUE_NUM_MAX = 0x034,
    QUEUE_NUM = 0x038,
    QUEUE_READY = 0x044,
    QUEUE_NOTIFY = 0x050,
    INTERRUPT_STATUS = 0x060,
    INTERRUPT_ACK = 0x064,
    STATUS = 0x070,
    QUEUE_DESC_LOW = 0x080,
    QUEUE_DESC_HIGH = 0x084,
    QUEUE_DRIVER_LOW = 0x090,
    QUEUE_DRIVER_HIGH = 0x094,
    QUEUE_DEVICE_LOW = 0x0a0,
    QUEUE_DEVICE_HIGH = 0x0a4,
    CONFIG = 0x100,
};

#define MAGIC             0x74726976u /* "virt" */
#define MODERN            2u
#define VENDOR            0x4d4d5656u /* "VVMM" */
#define INTERRUPT_USED    1u
#define INTERRUPT_CONFIG  2u
#define STATUS_BITS       (VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER | VIRTIO_DRIVER_OK | \
                           VIRTIO_FEATURES_OK | VIRTIO_FAILED)
#define COMMON_FEATURES   (VIRTIO_F_VERSION_1 | VIRTIO_F_INDIRECT_DESC | VIRTIO_F_EVENT_IDX)

static void update_line(struct virtio *virtio)
{
    vgic_set_line(virtio->hyp, NULL, virtio->intid, virtio->interrupt_status != 0);
}

static void interrupt(struct virtio *virtio, uint32_t cause)
{
    virtio->interrupt_status |= cause;
    update_line(virtio);
}

/* 2.1.2: a driver that was told DRIVER_OK hears of it as of a change of the configuration. */
static void needs_reset(struct virtio *virtio)
{
    virtio->notified = 0;
    virtio->status |= VIRTIO_NEEDS_RESET;
    if (virtio->status & VIRTIO_DRIVER_OK) {
        interrupt(virtio, INTERRUPT_CONFIG);
    }
}

static bool is_live(const struct virtio *virtio)
{
    return (virtio->status & (VIRTIO_DRIVER_OK | VIRTIO_NEEDS_RESET)) == VIRTIO_DRIVER_OK;
}

/* The interrupt for what a queue gave back. */
static void signal_used(struct virtio *virtio, struct virtq *q)
{
    bool wanted;

    if (!virtq_interrupt(virtio->hyp, q, &wanted)) {
        needs_reset(virtio);
    } else if (wanted) {
        interrupt(virtio, INTERRUPT_USED);
    }
}

/* Lets the device do one request of the queue; true if there may be more. */
static bool process(struct virtio *virtio, unsigned queue)
{
    switch (virtio->ops->process(virtio, queue)) {
    case VIRTIO_MORE:
        return true;
    case VIRTIO_BROKEN:
        needs_reset(virtio);
        break;
    case VIRTIO_IDLE:
        if (virtio->queue[queue].ready) {
            signal_used(virtio, &virtio->queue[queue]);
        }
        break;
    }
    return false;
}

/* One request of each queue that was notified. */
static void run(struct vm_work *work, struct hyp *hyp)
{
    struct virtio *virtio = (struct virtio *)((char *)work - offsetof(struct virtio, work));

    for (unsigned i = 0; i < virtio->ops->queue_count; i++) {
        if ((virtio->notified & 1u << i) && !process(virtio, i)) {
            virtio->notified &= ~(1u << i);
        }
    }
    if (virtio->notified) {
        work_add(hyp, &virtio->work);
    }
}

void virtio_init(struct virtio *virtio, const struct virtio_ops *ops, struct hyp *hyp,
                 unsigned intid, const void *config)
{
    memset(virtio, 0, sizeof(*virtio));
    virtio->ops = ops;
    virtio->hyp = hyp;
    virtio->intid = intid;
    virtio->offered = ops->features | COMMON_FEATURES;
    virtio->config = config;
    virtio->work.run = run;
}

void virtio_reset(struct virtio *virtio)
{
    virtio->accepted = 0;
    virtio->offered_select = virtio->accepted_select = 0;
    virtio->status = 0;
    virtio->interrupt_status = 0;
    virtio->queue_select = 0;
    virtio->notified = 0;
    memset(virtio->queue, 0, sizeof(virtio->queue));
    update_line(virtio);
    if (virtio->ops->reset) {
        virtio->ops->reset(virtio);
    }
}

void virtio_service(struct virtio *virtio, unsigned queue)
{
    while (is_live(virtio) && process(virtio, queue)) {
    }
}

enum virtio_result virtio_take(struct virtio *virtio, unsigned queue)
{
    switch (virtq_take(virtio->hyp, &virtio->queue[queue], &virtio->chain)) {
    case VIRTQ_TAKEN:
        return VIRTIO_MORE;
    case VIRTQ_EMPTY:
        return VIRTIO_IDLE;
    case VIRTQ_BROKEN:
        break;
    }
    return VIRTIO_BROKEN;
}

enum virtio_result virtio_give(struct virtio *virtio, unsigned queue, uint32_t written_bytes)
{
    return virtq_give(virtio->hyp, &virtio->queue[queue], &virtio->chain, written_bytes)
               ? VIRTIO_MORE : VIRTIO_BROKEN;
}

/* Half of a 64-bit value: select is 0 or 1, and others are zero.  4.2.2.1 */
static uint32_t features_word(uint64_t features, uint32_t select)
{
    return select < 2 ? (uint32_t)(features >> 32 * select) : 0;
}

static void set_half(uint64_t *value, unsigned half, uint32_t word)
{
    *value = (*value & ~(0xffffffffull << 32 * half)) | (uint64_t)word << 32 * half;
}

/* The queue that the driver has selected, or NULL. */
static struct virtq *selected(struct virtio *virtio)
{
    return virtio->queue_select < virtio->ops->queue_count
               ? &virtio->queue[virtio->queue_select] : NULL;
}

static uint32_t read_register(struct virtio *virtio, uint64_t offset)
{
    const struct virtq *q = selected(virtio);

    switch (offset) {
    case MAGIC_VALUE: return MAGIC;
    case VERSION: return MODERN;
    case DEVICE_ID: return virtio->ops->device_id;
    case VENDOR_ID: return VENDOR;
    case DEVICE_FEATURES: return features_word(virtio->offered, virtio->offered_select);
    case QUEUE_NUM_MAX: return q ? VIRTQ_SIZE_MAX : 0;
    case QUEUE_READY: return q ? q->ready : 0;
    case INTERRUPT_STATUS: return virtio->interrupt_status;
    case STATUS: return virtio->status;
    default: return 0; /* write-only, reserved; the configuration's generation never changes */
    }
}

/* 3.1.1: FEATURES_OK stays clear if the device cannot live with what was accepted.  Legacy drivers
 * (without VERSION_1) are not served. */
static bool features_ok(const struct virtio *virtio)
{
    return !(virtio->accepted & ~virtio->offered) && (virtio->accepted & VIRTIO_F_VERSION_1);
}

/* Bits are set, never cleared but by the reset, 2.1.1. */
static void write_status(struct virtio *virtio, uint32_t value)
{
    if (value == 0) {
        virtio_reset(virtio);
        return;
    }
    value &= STATUS_BITS & ~virtio->status;
    if ((value & VIRTIO_FEATURES_OK) && !features_ok(virtio)) {
        value &= ~VIRTIO_FEATURES_OK;
    }
    if (!((virtio->status | value) & VIRTIO_FEATURES_OK)) {
        value &= ~VIRTIO_DRIVER_OK;
    }
    virtio->status |= value;
}

static void write_features(struct virtio *virtio, uint32_t value)
{
    if (virtio->accepted_select < 2 && !(virtio->status & VIRTIO_FEATURES_OK)) {
        set_half(&virtio->accepted, virtio->accepted_select, value);
    }
}

/* A queue is not changed while it is ready, 4.2.2.2. */
static void write_ready(struct virtio *virtio, struct virtq *q, uint32_t value)
{
    if (!(value & 1)) {
        q->ready = false;
        return;
    }
    if (q->ready || !(virtio->status & VIRTIO_FEATURES_OK)) {
        return;
    }
    q->indirect = virtio->accepted & VIRTIO_F_INDIRECT_DESC;
    q->event_idx = virtio->accepted & VIRTIO_F_EVENT_IDX;
    if (!virtq_start(q)) {
        needs_reset(virtio);
    }
}

static void write_queue(struct virtio *virtio, uint64_t offset, uint32_t value)
{
    struct virtq *q = selected(virtio);
    unsigned half = offset >> 2 & 1;

    if (!q || (q->ready && offset != QUEUE_READY)) {
        return;
    }
    switch (offset) {
    case QUEUE_NUM:
        q->size = value <= VIRTQ_SIZE_MAX ? (uint16_t)value : 0; /* 0 does not start */
        break;
    case QUEUE_READY:
        write_ready(virtio, q, value);
        break;
    case QUEUE_DESC_LOW:
    case QUEUE_DESC_HIGH:
        set_half(&q->desc.value, half, value);
        break;
    case QUEUE_DRIVER_LOW:
    case QUEUE_DRIVER_HIGH:
        set_half(&q->avail.value, half, value);
        break;
    case QUEUE_DEVICE_LOW:
    case QUEUE_DEVICE_HIGH:
        set_half(&q->used.value, half, value);
        break;
    default: /* read-only or reserved */
        break;
    }
}

static void notify(struct virtio *virtio, uint32_t queue)
{
    if (is_live(virtio) && queue < virtio->ops->queue_count) {
        virtio->notified |= 1u << queue;
        work_add(virtio->hyp, &virtio->work);
    }
}

static void write_register(struct virtio *virtio, uint64_t offset, uint32_t value)
{
    switch (offset) {
    case DEVICE_FEATURES_SEL: virtio->offered_select = value; break;
    case DRIVER_FEATURES: write_features(virtio, value); break;
    case DRIVER_FEATURES_SEL: virtio->accepted_select = value; break;
    case QUEUE_SEL: virtio->queue_select = value; break;
    case QUEUE_NOTIFY: notify(virtio, value); break;
    case INTERRUPT_ACK:
        virtio->interrupt_status &= ~value;
        update_line(virtio);
        break;
    case STATUS: write_status(virtio, value); break;
    default: write_queue(virtio, offset, value); break;
    }
}

/* The configuration may be read in any size; none of our devices has one that is written. */
static uint32_t read_config(const struct virtio *virtio, uint64_t offset, unsigned size_bytes)
{
    const uint8_t *config = virtio->config;
    uint32_t value = 0;

    for (unsigned i = 0; i < size_bytes && offset + i < virtio->ops->config_bytes; i++) {
        value |= (uint32_t)config[offset + i] << 8 * i;
    }
    return value;
}

enum mmio_result virtio_access(void *opaque, struct hypctx *ctx, struct mmio_access *access)
{
    struct virtio *virtio = opaque;

    (void)ctx;
    if (access->offset >= CONFIG) {
        if (!access->is_write) {
            access->value = read_config(virtio, access->offset - CONFIG, access->size_bytes);
        }
    } else if (access->size_bytes != 4 || !is_aligned(access->offset, 4)) {
        access->value = 0; /* not supported, 4.2.2.2: reads zero, ignores writes */
    } else if (access->is_write) {
        write_register(virtio, access->offset, access->value);
    } else {
        access->value = read_register(virtio, access->offset);
    }
    return MMIO_DONE;
}

static void save_queue(struct save_stream *s, struct virtq *q)
{
    save_u16(s, &q->size);
    save_bool(s, &q->ready);
    save_bool(s, &q->indirect);
    save_bool(s, &q->event_idx);
    save_u64(s, &q->desc.value);
    save_u64(s, &q->avail.value);
    save_u64(s, &q->used.value);
    save_u16(s, &q->avail_index);
    save_u16(s, &q->used_index);
    save_u16(s, &q->signalled);
    save_require(s, !q->ready || virtq_is_valid(q));
}

/* A copy without the chain, which is nobody's between two requests. */
static void save(void *opaque, struct save_stream *s)
{
    struct virtio *virtio = opaque, copy = *virtio;
    unsigned queue_count = virtio->ops->queue_count;

    save_constant(s, virtio->ops->device_id);
    save_u64(s, &copy.accepted);
    save_u32(s, &copy.offered_select);
    save_u32(s, &copy.accepted_select);
    save_u32(s, &copy.status);
    save_u32(s, &copy.interrupt_status);
    save_u32(s, &copy.queue_select);
    save_u32_max(s, &copy.notified, (1u << queue_count) - 1);
    save_require(s, !(copy.status & ~(STATUS_BITS | VIRTIO_NEEDS_RESET)) &&
                        !(copy.interrupt_status & ~(INTERRUPT_USED | INTERRUPT_CONFIG)) &&
                        (!(copy.status & VIRTIO_FEATURES_OK) || features_ok(&copy)));
    for (unsigned i = 0; i < queue_count; i++) {
        save_queue(s, &copy.queue[i]);
    }
    if (save_commits(s)) {
        *virtio = copy;
        if (virtio->notified) {
            work_add(virtio->hyp, &virtio->work);
        }
    }
    if (virtio->ops->save) {
        virtio->ops->save(virtio, s);
    }
}

static void reset(void *opaque)
{
    virtio_reset(opaque);
}

const struct mmio_device_ops virtio_device_ops = {save, reset};
