/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The register file behind Exynos5RegTable: bus accesses, reset, state.
 *
 * Bytes and halfwords are accepted everywhere: a read returns that part of
 * the word, a write replaces that part only.  No source says what the
 * silicon's APB bridges do with them; no known software uses them here.
 */
#include "qemu/osdep.h"
#include "hw/arm/exynos5/exynos5_regfile.h"
#include "migration/vmstate.h"
#include "qemu/bitops.h"
#include "qemu/log.h"

static unsigned reg_words(const Exynos5Reg *reg)
{
    return reg->count ? reg->count : 1;
}

/*
 * The row that covers @offset and, in *@word, the place of its value; NULL
 * if the block has no such register.
 */
static const Exynos5Reg *regfile_find(Exynos5RegFile *s, uint32_t offset,
                                      uint32_t **word)
{
    const Exynos5RegTable *table = EXYNOS5_REGFILE_GET_CLASS(s)->table;
    unsigned first = 0;

    for (unsigned i = 0; i < table->reg_count; i++) {
        const Exynos5Reg *reg = &table->regs[i];
        uint32_t index = (offset - reg->offset) / 4;

        if (offset >= reg->offset && index < reg_words(reg)) {
            *word = &s->words[first + index];
            return reg;
        }
        first += reg_words(reg);
    }
    return NULL;
}

static uint32_t *regfile_word(Exynos5RegFile *s, uint32_t offset)
{
    uint32_t *word = NULL;
    const Exynos5Reg *reg = regfile_find(s, offset, &word);

    assert(reg);
    return word;
}

uint32_t exynos5_regfile_get(Exynos5RegFile *s, uint32_t offset)
{
    return *regfile_word(s, offset);
}

void exynos5_regfile_set(Exynos5RegFile *s, uint32_t offset, uint32_t value)
{
    *regfile_word(s, offset) = value;
}

static uint32_t regfile_value(Exynos5RegFile *s, const Exynos5Reg *reg,
                              uint32_t offset, uint32_t stored)
{
    Exynos5RegFileClass *rfc = EXYNOS5_REGFILE_GET_CLASS(s);

    if (reg->role && rfc->value) {
        return rfc->value(s, reg, offset, stored);
    }
    return stored;
}

static uint64_t regfile_read(void *opaque, hwaddr addr, unsigned size)
{
    Exynos5RegFile *s = opaque;
    uint32_t offset = ROUND_DOWN(addr, 4);
    uint32_t *word;
    const Exynos5Reg *reg = regfile_find(s, offset, &word);

    if (!reg) {
        qemu_log_mask(LOG_UNIMP, "%s: read of unknown register 0x%" PRIx32 "\n",
                      EXYNOS5_REGFILE_GET_CLASS(s)->table->name, offset);
        return 0;
    }
    return extract32(regfile_value(s, reg, offset, *word),
                     8 * (addr - offset), 8 * size);
}

static void regfile_store(Exynos5RegFile *s, const Exynos5Reg *reg,
                          uint32_t offset, uint32_t *word, uint32_t value)
{
    Exynos5RegFileClass *rfc = EXYNOS5_REGFILE_GET_CLASS(s);
    uint32_t old = *word;

    *word = (old & ~reg->writable) | (value & reg->writable);
    if (reg->role && rfc->written) {
        rfc->written(s, reg, offset, old, *word);
    }
}

static void regfile_write(void *opaque, hwaddr addr, uint64_t value,
                          unsigned size)
{
    Exynos5RegFile *s = opaque;
    const char *block = EXYNOS5_REGFILE_GET_CLASS(s)->table->name;
    uint32_t offset = ROUND_DOWN(addr, 4);
    uint32_t *word;
    const Exynos5Reg *reg = regfile_find(s, offset, &word);

    if (!reg) {
        qemu_log_mask(LOG_UNIMP, "%s: write of 0x%" PRIx64
                      " to unknown register 0x%" PRIx32 "\n",
                      block, value, offset);
        return;
    }
    if (!reg->writable) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: write of 0x%" PRIx64
                      " to read-only %s (0x%" PRIx32 ")\n",
                      block, value, reg->name, offset);
        return;
    }
    regfile_store(s, reg, offset, word,
                  deposit32(*word, 8 * (addr - offset), 8 * size, value));
}

static const MemoryRegionOps regfile_ops = {
    .read = regfile_read,
    .write = regfile_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = { .min_access_size = 1, .max_access_size = 4 },
    .impl = { .min_access_size = 1, .max_access_size = 4 },
};

static void regfile_reset_hold(Object *obj, ResetType type)
{
    Exynos5RegFile *s = EXYNOS5_REGFILE(obj);
    const Exynos5RegTable *table = EXYNOS5_REGFILE_GET_CLASS(s)->table;
    uint32_t *word = s->words;

    for (unsigned i = 0; i < table->reg_count; i++) {
        for (unsigned n = reg_words(&table->regs[i]); n > 0; n--) {
            *word++ = table->regs[i].reset;
        }
    }
}

static void regfile_init(Object *obj)
{
    Exynos5RegFile *s = EXYNOS5_REGFILE(obj);
    const Exynos5RegTable *table = EXYNOS5_REGFILE_GET_CLASS(s)->table;

    for (unsigned i = 0; i < table->reg_count; i++) {
        s->word_count += reg_words(&table->regs[i]);
    }
    s->words = g_new0(uint32_t, s->word_count);
    memory_region_init_io(&s->iomem, obj, &regfile_ops, s, table->name,
                          table->size_bytes);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static void regfile_finalize(Object *obj)
{
    g_free(EXYNOS5_REGFILE(obj)->words);
}

const VMStateDescription vmstate_exynos5_regfile = {
    .name = TYPE_EXYNOS5_REGFILE,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_EQUAL(word_count, Exynos5RegFile,
                             "different register tables"),
        VMSTATE_VARRAY_UINT32(words, Exynos5RegFile, word_count, 1,
                              vmstate_info_uint32, uint32_t),
        VMSTATE_END_OF_LIST()
    }
};

static void regfile_class_init(ObjectClass *oc, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(oc);
    ResettableClass *rc = RESETTABLE_CLASS(oc);

    rc->phases.hold = regfile_reset_hold;
    dc->vmsd = &vmstate_exynos5_regfile;
}

static const TypeInfo regfile_type = {
    .name = TYPE_EXYNOS5_REGFILE,
    .parent = TYPE_SYS_BUS_DEVICE,
    .abstract = true,
    .instance_size = sizeof(Exynos5RegFile),
    .instance_init = regfile_init,
    .instance_finalize = regfile_finalize,
    .class_size = sizeof(Exynos5RegFileClass),
    .class_init = regfile_class_init,
};

static void regfile_register_types(void)
{
    type_register_static(&regfile_type);
}
type_init(regfile_register_types)
