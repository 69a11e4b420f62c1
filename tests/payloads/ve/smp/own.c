/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Registers of each CPU: CPU0 writes one value, CPU1 another, and both read their own.
 */
#include <stddef.h>
#include "armv7/gicv2.h"
#include "board.h"
#include "mmio.h"
#include "parts.h"
#include "smp.h"
#include "sysregs.h"

CP15_32(tpidrurw, 0, c13, c0, 2)
CP15_32(tpidrprw, 0, c13, c0, 4)
CP15_32(htpidr, 4, c13, c0, 2)
CP15_32(vmpidr, 4, c0, c0, 5)
CP15_64(cntvoff, 4, c14)
CP15_64(cnthp_cval, 6, c14)
CP15_64(cntv_cval, 3, c14)

/* 64-bit registers and those of the GIC with the accessors of the others. */
static uint32_t read_vttbr(void)
{
    return (uint32_t)(cp15_read_vttbr() >> 32);
}

static void write_vttbr(uint32_t value)
{
    cp15_write_vttbr((uint64_t)value << 32);
}

#define LOW_HALF(name) \
    static uint32_t read_##name(void) \
    { \
        return (uint32_t)cp15_read_##name(); \
    } \
    static void write_##name(uint32_t value) \
    { \
        cp15_write_##name(value); \
    }
LOW_HALF(cntvoff)
LOW_HALF(cnthp_cval)
LOW_HALF(cntv_cval)

#define OF_GIC(name, frame, offset) \
    static uint32_t read_##name(void) \
    { \
        return mmio_read32(board.frame + (offset)); \
    } \
    static void write_##name(uint32_t value) \
    { \
        mmio_write32(board.frame + (offset), value); \
    }
OF_GIC(gich_lr1, gich, GICH_LR + 4)
OF_GIC(gich_apr, gich, GICH_APR)
OF_GIC(gicv_pmr, gicv, GICC_PMR)

static const struct own {
    const char *name;
    uint32_t (*read)(void);
    void (*write)(uint32_t value);
    uint32_t here, there;
} registers[] = {
    { "VTTBR", read_vttbr, write_vttbr, 0x00120000, 0x00340000 },
    { "HSTR", cp15_read_hstr, cp15_write_hstr, 0x2, 0x8 },
    { "HTPIDR", cp15_read_htpidr, cp15_write_htpidr, 0x1111, 0x2222 },
    { "VMPIDR", cp15_read_vmpidr, cp15_write_vmpidr, 0x80000001, 0x80000002 },
    { "CNTVOFF", read_cntvoff, write_cntvoff, 0x1000, 0x2000 },
    { "CNTHP_CVAL", read_cnthp_cval, write_cnthp_cval, 0x123, 0x456 },
    { "CNTV_CVAL", read_cntv_cval, write_cntv_cval, 0x123, 0x456 },
    { "TPIDRURW", cp15_read_tpidrurw, cp15_write_tpidrurw, 0x1, 0x2 },
    { "TPIDRPRW", cp15_read_tpidrprw, cp15_write_tpidrprw, 0x1, 0x2 },
    { "CONTEXTIDR", cp15_read_contextidr, cp15_write_contextidr, 0x11, 0x22 },
    { "VBAR", cp15_read_vbar, cp15_write_vbar, 0x40000000, 0x40001000 },
    { "GICH_LR1", read_gich_lr1, write_gich_lr1, 0x10000028, 0x10000029 },
    { "GICH_APR", read_gich_apr, write_gich_apr, 0x10, 0x20 },
    { "GICV_PMR", read_gicv_pmr, write_gicv_pmr, 0x80, 0xf0 },
};

struct visit {
    const struct own *reg;
    uint32_t write;             /* if it is not 0 */
    uint32_t read;
};

static void visit(void *argument)
{
    struct visit *v = argument;

    if (v->write) {
        v->reg->write(v->write);
    }
    v->read = v->reg->read();
}

void claim_own_registers(void)
{
    tap_group("smp/own", "B1.3, IHI 0048B 5.1", "registers that each CPU has for itself");
    for (unsigned i = 0; i < sizeof(registers) / sizeof(registers[0]); i++) {
        const struct own *reg = &registers[i];
        struct visit there = { .reg = reg, .write = reg->there };
        uint32_t old_here = reg->read(), here;
        struct visit old_there = { .reg = reg };

        smp_call(visit, &old_there);
        reg->write(reg->here);
        smp_call(visit, &there);
        here = reg->read();
        verdict(text_path("smp/own", reg->name, NULL).s,
                here == reg->here && there.read == reg->there, here, there.read);
        reg->write(old_here);
        there.write = old_there.read;
        smp_call(visit, &there);
        if (!old_there.read) {
            /* visit() writes no 0: these are harmless, but for list registers. */
            there.write = reg->there & ~0x30000000u;
            smp_call(visit, &there);
        }
    }
}
