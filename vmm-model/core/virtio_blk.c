/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtio block device.  Virtio 1.1, 5.2. */
#include <string.h>
#include "core/hyp.h"
#include "core/virtio_blk.h"

#define QUEUE        0
#define SEGMENT_MAX  16u
#define SEGMENT_BYTES 65536u /* together 1 MiB, less than VIRTQ_CHAIN_BYTES_MAX */

/* Features, 5.2.3 */
#define F_SIZE_MAX  (1ull << 1)
#define F_SEG_MAX   (1ull << 2)
#define F_RO        (1ull << 5)
#define F_BLK_SIZE  (1ull << 6)
#define F_FLUSH     (1ull << 9)

/* Request types, 5.2.6 */
enum {
    T_IN = 0,
    T_OUT = 1,
    T_FLUSH = 4,
    T_GET_ID = 8,
};

enum request_status {
    S_OK = 0,
    S_IOERR = 1,
    S_UNSUPP = 2,
    S_BROKEN = -1, /* never seen by the guest: its memory is not there */
};

struct request_header {
    uint32_t type, reserved;
    uint64_t sector;
};

/* A request's data: bytes of the readable part from `at` on, or of the writable part. */
struct request {
    struct request_header header;
    bool to_guest;
    uint32_t at;
    uint32_t bytes;
};

static enum request_status transfer_sectors(struct virtio_blk *blk, bool to_guest,
                                            uint64_t sector, void *memory, uint32_t count)
{
    const struct blk_backend *backend = blk->backend;
    int status = to_guest ? backend->read(backend->opaque, sector, memory, count)
                          : backend->write(backend->opaque, sector, memory, count);

    return status < 0 ? S_IOERR : S_OK;
}

/* One sector that crosses segments, or is not aligned. */
static enum request_status transfer_bounced(struct virtio_blk *blk, const struct request *request,
                                            uint64_t sector, uint32_t at)
{
    struct virtio *virtio = &blk->virtio;
    enum request_status status;

    if (!request->to_guest &&
        !virtq_read(virtio->hyp, &virtio->chain, at, blk->bounce, BLK_SECTOR_BYTES)) {
        return S_BROKEN;
    }
    status = transfer_sectors(blk, request->to_guest, sector, blk->bounce, 1);
    if (status == S_OK && request->to_guest &&
        !virtq_write(virtio->hyp, &virtio->chain, at, blk->bounce, BLK_SECTOR_BYTES)) {
        return S_BROKEN;
    }
    return status;
}

/* As many sectors as are contiguous; *done grows. */
static enum request_status transfer_part(struct virtio_blk *blk, const struct request *request,
                                         uint32_t *done)
{
    uint64_t sector = request->header.sector + *done / BLK_SECTOR_BYTES;
    uint32_t at = request->at + *done, part, count = 1;
    void *memory = virtq_at(blk->virtio.hyp, &blk->virtio.chain, request->to_guest, at, &part);
    enum request_status status;

    if (!memory) {
        return S_BROKEN;
    }
    if (part > request->bytes - *done) {
        part = request->bytes - *done; /* the status byte may follow in the same segment */
    }
    if (part < BLK_SECTOR_BYTES || !is_aligned((uintptr_t)memory, 4)) {
        status = transfer_bounced(blk, request, sector, at);
    } else {
        count = part / BLK_SECTOR_BYTES;
        status = transfer_sectors(blk, request->to_guest, sector, memory, count);
    }
    *done += count * BLK_SECTOR_BYTES;
    return status;
}

static enum request_status transfer(struct virtio_blk *blk, const struct request *request)
{
    uint64_t count = request->bytes / BLK_SECTOR_BYTES;
    uint64_t disk = blk->backend->sector_count;
    enum request_status status = S_OK;

    if (request->bytes % BLK_SECTOR_BYTES || request->header.sector > disk ||
        count > disk - request->header.sector ||
        (!request->to_guest && blk->backend->read_only)) {
        return S_IOERR;
    }
    for (uint32_t done = 0; done < request->bytes && status == S_OK;) {
        status = transfer_part(blk, request, &done);
    }
    return status;
}

static enum request_status flush(struct virtio_blk *blk)
{
    const struct blk_backend *backend = blk->backend;

    if (backend->read_only || !backend->flush) {
        return S_OK;
    }
    return backend->flush(backend->opaque) < 0 ? S_IOERR : S_OK;
}

static enum request_status get_id(struct virtio_blk *blk, const struct request *request)
{
    uint32_t bytes = request->bytes < BLK_ID_BYTES ? request->bytes : BLK_ID_BYTES;

    return virtq_write(blk->virtio.hyp, &blk->virtio.chain, 0, blk->backend->id, bytes)
               ? S_OK : S_BROKEN;
}

static enum request_status serve(struct virtio_blk *blk, struct request *request)
{
    struct virtq_chain *chain = &blk->virtio.chain;

    switch (request->header.type) {
    case T_OUT:
        request->to_guest = false;
        request->at = sizeof(request->header);
        request->bytes = chain->read_bytes - (uint32_t)sizeof(request->header);
        return transfer(blk, request);
    case T_IN:
        return transfer(blk, request);
    case T_FLUSH:
        return flush(blk);
    case T_GET_ID:
        return get_id(blk, request);
    default:
        return S_UNSUPP;
    }
}

/* A request is a header, data one way or the other, and a byte for the status; 5.2.6. */
static enum virtio_result process(struct virtio *virtio, unsigned queue)
{
    struct virtio_blk *blk = (struct virtio_blk *)virtio;
    struct virtq_chain *chain = &virtio->chain;
    enum virtio_result result = virtio_take(virtio, queue);
    struct request request = {.to_guest = true};
    enum request_status status;
    uint8_t byte;

    if (result != VIRTIO_MORE) {
        return result;
    }
    if (chain->write_bytes < 1 ||
        !virtq_read(virtio->hyp, chain, 0, &request.header, sizeof(request.header))) {
        return VIRTIO_BROKEN;
    }
    request.bytes = chain->write_bytes - 1;
    status = serve(blk, &request);
    byte = (uint8_t)status;
    if (status == S_BROKEN ||
        !virtq_write(virtio->hyp, chain, chain->write_bytes - 1, &byte, 1)) {
        return VIRTIO_BROKEN;
    }
    return virtio_give(virtio, queue, status == S_OK ? chain->write_bytes : 0);
}

static const struct virtio_ops ops = {
    .device_id = VIRTIO_ID_BLOCK,
    .features = F_SIZE_MAX | F_SEG_MAX | F_BLK_SIZE | F_FLUSH,
    .queue_count = QUEUE + 1,
    .config_bytes = sizeof(struct virtio_blk_config),
    .process = process,
};

void virtio_blk_init(struct virtio_blk *blk, struct hyp *hyp, unsigned intid,
                     const struct blk_backend *backend)
{
    memset(blk, 0, sizeof(*blk));
    blk->backend = backend;
    blk->config = (struct virtio_blk_config) {
        .capacity = backend->sector_count, .size_max = SEGMENT_BYTES, .seg_max = SEGMENT_MAX,
        .blk_size = BLK_SECTOR_BYTES,
    };
    virtio_init(&blk->virtio, &ops, hyp, intid, &blk->config);
    if (backend->read_only) {
        blk->virtio.offered |= F_RO;
    }
}
