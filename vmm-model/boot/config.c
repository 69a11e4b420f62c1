/* SPDX-License-Identifier: BSD-2-Clause */
/* Guests from a flattened device tree, by libfdt.  Devicetree Specification 0.4, 2.3.5, 5. */
#include <string.h>
#include <libfdt.h>
#include "boot/config.h"

#define KIB 1024u

/* Nobody has written an older one for decades, and fdt_check_full() of libfdt 1.6.1 follows a null
 * pointer in those. */
#define TREE_VERSION 17

/* What all steps of the reading share. */
struct reader {
    const void *fdt;
    const struct config_board *board;
    struct range_set memory;    /* of the board */
    struct range_set used;      /* by anything but modules */
    struct range_set modules;   /* that some guest named */
    config_report *report;
    void *opaque;
};

void config_fault_set(struct config_fault *fault, const char *node, const char *property,
                      const char *what)
{
    size_t length = strlen(node);

    if (length >= sizeof(fault->node)) {
        length = sizeof(fault->node) - 1;
    }
    memcpy(fault->node, node, length);
    fault->node[length] = 0;
    fault->property = property;
    fault->what = what;
}

static void report(const struct reader *reader, const char *node, const char *property,
                   const char *what)
{
    struct config_fault fault;

    config_fault_set(&fault, node, property, what);
    reader->report(reader->opaque, &fault);
}

/* Reports a fault of a node; false, for the caller to return. */
static bool fail(const struct reader *reader, int node, const char *property, const char *what)
{
    char path[CONFIG_NODE_BYTES];

    bool known = fdt_get_path(reader->fdt, node, path, sizeof(path)) == 0;

    report(reader, known ? path : "/chosen/...", property, what);
    return false;
}

static uint64_t cells(const fdt32_t *at, int count)
{
    uint64_t value = 0;

    while (count-- > 0) {
        value = value << 32 | fdt32_to_cpu(*at++);
    }
    return value;
}

/* The index'th range of node's reg; false if there is none, or one of other than 1 or 2 cells. */
static bool read_reg(const void *fdt, int parent, int node, int index, struct range *range)
{
    int address_cells = fdt_address_cells(fdt, parent);
    int size_cells = fdt_size_cells(fdt, parent);
    int bytes, row_cells = address_cells + size_cells;
    const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &bytes);

    if (!reg || address_cells < 1 || address_cells > 2 || size_cells < 1 || size_cells > 2 ||
        bytes < (index + 1) * row_cells * (int)sizeof(*reg)) {
        return false;
    }
    range->base = cells(reg + index * row_cells, address_cells);
    range->size_bytes = cells(reg + index * row_cells + address_cells, size_cells);
    return true;
}

/* What of range the hypervisor can address; may be empty. */
static struct range within(struct range whole, struct range range)
{
    uint64_t begin = range.base > whole.base ? range.base : whole.base;
    uint64_t whole_end = whole.base + whole.size_bytes;
    uint64_t end = range.base + range.size_bytes;

    end = end < range.base || end > whole_end ? whole_end : end;
    return (struct range) {begin, end > begin ? end - begin : 0};
}

static void read_memory_node(struct reader *reader, int node)
{
    struct range range;

    for (int i = 0; read_reg(reader->fdt, 0, node, i, &range); i++) {
        range = within(reader->board->reach, range);
        if (range.size_bytes > 0 && !range_set_add(&reader->memory, range)) {
            return; /* less memory, no harm */
        }
    }
}

static bool read_memory(struct reader *reader)
{
    int node;

    fdt_for_each_subnode(node, reader->fdt, 0) {
        const char *type = fdt_getprop(reader->fdt, node, "device_type", NULL);

        if (type && strcmp(type, "memory") == 0) {
            read_memory_node(reader, node);
        }
    }
    if (reader->memory.count == 0) {
        report(reader, "/memory", "reg", "no memory below 4 GiB that can be used");
        return false;
    }
    return true;
}

/* The hypervisor, the tree, and what firmware keeps for itself (U-Boot: CPU1's pen). */
static bool read_used(struct reader *reader, uint64_t tree_pa)
{
    range_set_add(&reader->used, reader->board->image);
    range_set_add(&reader->used, (struct range) {tree_pa, fdt_totalsize(reader->fdt)});
    for (int i = 0; i < fdt_num_mem_rsv(reader->fdt); i++) {
        struct range range;

        if (fdt_get_mem_rsv(reader->fdt, i, &range.base, &range.size_bytes) < 0 ||
            !range_is_valid(range)) {
            continue;
        }
        if (!range_set_add(&reader->used, range)) {
            report(reader, "device tree", "memreserve", "more reservations than can be kept");
            return false;
        }
    }
    return true;
}

static bool compatible(const struct reader *reader, int node, const char *with)
{
    return fdt_node_check_compatible(reader->fdt, node, with) == 0;
}

/* Modules may be the same, but not overlap otherwise. */
static bool add_module(struct reader *reader, int node, struct range range)
{
    for (unsigned i = 0; i < reader->modules.count; i++) {
        if (range_equal(reader->modules.range[i], range)) {
            return true;
        }
        if (range_overlaps(reader->modules.range[i], range)) {
            return fail(reader, node, "reg", "overlaps another module");
        }
    }
    return range_set_add(&reader->modules, range) ||
           fail(reader, node, "reg", "more modules than can be kept");
}

static bool read_module(struct reader *reader, int parent, int node, struct range *range)
{
    if (range->size_bytes > 0) {
        return fail(reader, node, "compatible", "a second module of this kind");
    }
    if (!read_reg(reader->fdt, parent, node, 0, range) || !range_is_valid(*range)) {
        range->size_bytes = 0;
        return fail(reader, node, "reg", "is missing, empty or malformed");
    }
    if (!range_set_contains(&reader->memory, *range)) {
        return fail(reader, node, "reg", "is not in the board's memory");
    }
    if (range_overlaps(*range, reader->board->image)) {
        return fail(reader, node, "reg", "overlaps the hypervisor");
    }
    if (range_set_overlap(&reader->used, *range)) {
        return fail(reader, node, "reg", "overlaps the device tree or reserved memory");
    }
    return add_module(reader, node, *range);
}

static bool read_bootargs(struct reader *reader, int node, struct guest_config *guest)
{
    int bytes;
    const char *text = fdt_getprop(reader->fdt, node, "bootargs", &bytes);

    if (text && (bytes == 0 || text[bytes - 1] != 0)) {
        return fail(reader, node, "bootargs", "is no string");
    }
    guest->bootargs = text ? text : "";
    return true;
}

static bool read_child(struct reader *reader, int parent, int node, struct guest_config *guest)
{
    bool is_image = compatible(reader, node, "vmm-model,image");

    if (is_image || compatible(reader, node, "multiboot,kernel")) {
        guest->is_image = is_image;
        return read_module(reader, parent, node, &guest->kernel) &&
               read_bootargs(reader, node, guest);
    }
    if (compatible(reader, node, "multiboot,ramdisk")) {
        return read_module(reader, parent, node, &guest->ramdisk);
    }
    return true; /* another's */
}

static bool read_modules(struct reader *reader, int node, struct guest_config *guest)
{
    int child;

    fdt_for_each_subnode(child, reader->fdt, node) {
        if (!read_child(reader, node, child, guest)) {
            return false;
        }
    }
    return guest->kernel.size_bytes > 0 ||
           fail(reader, node, NULL, "has no module multiboot,kernel or vmm-model,image");
}

/* A property of count cells; otherwise if it is absent. */
static bool read_number(struct reader *reader, int node, const char *name, int count,
                        uint64_t otherwise, uint64_t *value)
{
    int bytes;
    const fdt32_t *at = fdt_getprop(reader->fdt, node, name, &bytes);

    if (at && bytes != count * (int)sizeof(*at)) {
        return fail(reader, node, name, count == 1 ? "is not one cell" : "is not two cells");
    }
    *value = at ? cells(at, count) : otherwise;
    return true;
}

static bool read_numbers(struct reader *reader, int node, struct guest_config *guest)
{
    uint64_t vcpus, disk, kib;

    if (!read_number(reader, node, "cpus", 1, 1, &vcpus) ||
        !read_number(reader, node, "disk", 1, 0, &disk) ||
        !read_number(reader, node, "memory", 2, 0, &kib)) {
        return false;
    }
    if (vcpus < 1 || vcpus > reader->board->vcpu_max) {
        return fail(reader, node, "cpus", "must be 1 to 8");
    }
    if (disk > 4) {
        return fail(reader, node, "disk", "must be a partition of the card, 1 to 4");
    }
    if (kib == 0 || kib > UINT32_MAX / KIB || kib * KIB % CONFIG_RAM_ALIGN != 0) {
        return fail(reader, node, "memory", "must be a multiple of 2 MiB, in KiB, below 4 GiB");
    }
    guest->vcpu_count = (unsigned)vcpus;
    guest->disk_partition = (unsigned)disk;
    guest->ram.size_bytes = kib * KIB;
    return true;
}

static bool read_guest(struct reader *reader, int node, struct guest_config *guest)
{
    memset(guest, 0, sizeof(*guest));
    return (fdt_get_path(reader->fdt, node, guest->node, sizeof(guest->node)) == 0 ||
            fail(reader, node, NULL, "has too long a name")) &&
           read_numbers(reader, node, guest) && read_modules(reader, node, guest);
}

static void read_guests(struct reader *reader, int chosen, struct machine_config *config)
{
    int node;

    fdt_for_each_subnode(node, reader->fdt, chosen) {
        if (!compatible(reader, node, "vmm-model,guest")) {
            continue;
        }
        if (config->guest_count == CONFIG_GUEST_MAX) {
            fail(reader, node, NULL, "more guests than the 4 supported");
        } else if (read_guest(reader, node, &config->guest[config->guest_count])) {
            config->guest_count++;
        }
    }
}

/* Memory for each guest, once all modules are known; those without are taken out. */
static void place_guests(struct reader *reader, struct machine_config *config)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < reader->modules.count; i++) {
        range_set_add(&reader->used, reader->modules.range[i]);
    }
    for (unsigned i = 0; i < config->guest_count; i++) {
        struct guest_config *guest = &config->guest[i];

        if (!range_find(&reader->memory, &reader->used, guest->ram.size_bytes, CONFIG_RAM_ALIGN,
                        &guest->ram.base) || !range_set_add(&reader->used, guest->ram)) {
            report(reader, guest->node, "memory", "does not fit into the board's memory");
            continue;
        }
        config->guest[kept++] = *guest;
    }
    config->guest_count = kept;
}

static bool is_tree(struct reader *reader, size_t limit_bytes)
{
    int status = limit_bytes < sizeof(struct fdt_header) ? -FDT_ERR_TRUNCATED
                                                         : fdt_check_header(reader->fdt);

    if (status == 0 && fdt_version(reader->fdt) < TREE_VERSION) {
        status = -FDT_ERR_BADVERSION;
    }
    if (status == 0 && fdt_totalsize(reader->fdt) > limit_bytes) {
        status = -FDT_ERR_TRUNCATED;
    }
    if (status == 0) {
        status = fdt_check_full(reader->fdt, limit_bytes);
    }
    if (status != 0) {
        report(reader, "device tree", NULL,
               status == -FDT_ERR_TRUNCATED ? "is truncated or too large" : "is malformed");
    }
    return status == 0;
}

void config_read(const void *fdt, size_t limit_bytes, uint64_t tree_pa,
                 const struct config_board *board, struct machine_config *config,
                 config_report *report_fault, void *opaque)
{
    struct reader reader = {
        .fdt = fdt, .board = board, .report = report_fault, .opaque = opaque,
    };
    int chosen;

    config->guest_count = 0;
    if (!is_tree(&reader, limit_bytes) || !read_memory(&reader) || !read_used(&reader, tree_pa)) {
        return;
    }
    chosen = fdt_path_offset(fdt, "/chosen");
    if (chosen >= 0) {
        read_guests(&reader, chosen, config);
    }
    place_guests(&reader, config);
    if (config->guest_count == 0) {
        report(&reader, "/chosen", NULL, "has no child vmm-model,guest that can be started");
    }
}
