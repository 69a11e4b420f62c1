/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A block of 32-bit registers described by a table: storage, read-only
 * words and read-only bits.  Blocks of which no more than that is modelled
 * are tables in exynos5250_regblocks.c; models with behaviour (CMU, PMU) add
 * two hooks.
 */
#ifndef HW_ARM_EXYNOS5_REGFILE_H
#define HW_ARM_EXYNOS5_REGFILE_H

#include "hw/sysbus.h"
#include "qom/object.h"

#define TYPE_EXYNOS5_REGFILE "exynos5.regfile"
OBJECT_DECLARE_TYPE(Exynos5RegFile, Exynos5RegFileClass, EXYNOS5_REGFILE)

/* One row: a register, or `count` equal registers in consecutive words. */
typedef struct Exynos5Reg {
    const char *name;
    uint32_t offset;    /* bytes from the start of the block, word aligned */
    uint32_t count;     /* words that this row covers; 0 stands for 1 */
    uint32_t reset;     /* value after reset */
    uint32_t writable;  /* bits that a write changes */
    unsigned role;      /* private to the model's hooks; 0: plain register */
} Exynos5Reg;

/* The registers of one kind of block, in any order, without overlap. */
typedef struct Exynos5RegTable {
    const char *name;       /* in log lines and of the memory region */
    uint64_t size_bytes;    /* window on the bus */
    const Exynos5Reg *regs;
    unsigned reg_count;
} Exynos5RegTable;

struct Exynos5RegFile {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    uint32_t *words;        /* one per register, in table order */
    uint32_t word_count;
};

struct Exynos5RegFileClass {
    SysBusDeviceClass parent_class;

    const Exynos5RegTable *table;

    /*
     * What a read of the register at @offset returns, given the @stored
     * word.  Optional; called for rows with a role, with the BQL held.
     */
    uint32_t (*value)(Exynos5RegFile *s, const Exynos5Reg *reg,
                      uint32_t offset, uint32_t stored);
    /*
     * Acts on a write to the register at @offset: @old and @now are the
     * stored words before and after, read-only bits included.  Optional;
     * called for rows with a role, with the BQL held.
     */
    void (*written)(Exynos5RegFile *s, const Exynos5Reg *reg,
                    uint32_t offset, uint32_t old, uint32_t now);
};

/* The stored words; for the vmsd of a model that has more state. */
extern const VMStateDescription vmstate_exynos5_regfile;

/*
 * exynos5_regfile_get: the stored word of the register at @offset (bytes).
 * The register must be in the table.
 */
uint32_t exynos5_regfile_get(Exynos5RegFile *s, uint32_t offset);

/*
 * exynos5_regfile_set: stores @value in the register at @offset (bytes),
 * read-only bits included, without calling the hooks.  The register must be
 * in the table.
 */
void exynos5_regfile_set(Exynos5RegFile *s, uint32_t offset, uint32_t value);

#endif
