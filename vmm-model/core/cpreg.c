/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The coprocessor registers that a vCPU sees through traps.
 */
#include <stddef.h>
#include "core/cpreg.h"
#include "core/hyp.h"
#include "armv7/cp15.h"

typedef uint64_t cpreg_read_fn(struct hypctx *ctx, unsigned coproc, unsigned key);
typedef void cpreg_write_fn(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value);

/* A register, or with key_mask a group: those with key & key_mask == this key.  NULL: UNDEFINED. */
struct cpreg_row {
    uint8_t coproc;
    bool is_64bit;
    uint16_t key, key_mask;
    cpreg_read_fn *read;
    cpreg_write_fn *write;
};

#define KEY(crn, opc1, crm, opc2) ((crn) << 12 | (opc1) << 8 | (crm) << 4 | (opc2))
#define KEY64(opc1, crm)          KEY(0, opc1, crm, 0)
#define ALL_BITS                  0xffff
#define ANY_OPC2                  0xfff8
#define ANY_CRM_OPC2              0xff00
#define ANY_BUT_OPC1              0x0f00

static uint64_t read_zero(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)ctx, (void)coproc, (void)key;
    return 0;
}

static void write_ignored(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value)
{
    (void)ctx, (void)coproc, (void)key, (void)value;
}

/* As on this CPU: all CPUs of the machine are alike. */
static uint64_t read_hardware(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)ctx;
    return arch_cpreg_read(coproc, key);
}

/* ID_PFR0: ThumbEE [15:12] is taken away, its registers are not the guest's.  B4.1.93 */
static uint64_t read_id_pfr0(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    return read_hardware(ctx, coproc, key) & ~0xf000u;
}

/* ID_PFR1: Security [7:4] and Virtualization Extensions [15:12] are taken away.  B4.1.94. */
static uint64_t read_id_pfr1(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    return read_hardware(ctx, coproc, key) & ~0xf0f0u;
}

/* ACTLR of the Cortex-A15: SMP is set, as it must be before caches are on; DDI 0438 4.3.28. */
static uint64_t read_actlr(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)ctx, (void)coproc, (void)key;
    return 1u << 6;
}

/* L2CTLR: the number of CPUs, less one, in [25:24] is the guest's; DDI 0438 4.3.47.  There is room
 * for four. */
static uint64_t read_l2ctlr(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    unsigned last = ctx->hyp->vcpu_count - 1;

    return field32_set(arch_cpreg_read(coproc, key), 24, 2, last < 3 ? last : 3);
}

/* The guest cleans or invalidates a line of "its" cache; without the clean it would destroy data of
 * others, so it always gets both.  A vCPU that wants all of its lines gone has them gone on the CPU
 * it runs on, which is what set/way operations promise at all: B2.2.7. */
static void write_set_way(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value)
{
    (void)ctx, (void)coproc, (void)key;
    arch_dcache_clean_set_way((uint32_t)value);
}

static uint64_t read_cntp_ctl(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)coproc, (void)key;
    return vtimer_phys_ctl(&ctx->vtimer, arch_counter());
}

static void write_cntp_ctl(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value)
{
    (void)coproc, (void)key;
    ctx->vtimer.phys.ctl = (uint32_t)value & (CNT_CTL_ENABLE | CNT_CTL_IMASK);
}

static uint64_t read_cntp_tval(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)coproc, (void)key;
    return (uint32_t)(ctx->vtimer.phys.cval - arch_counter());
}

/* The timer value is signed: it can be set into the past.  B8.1.5. */
static void write_cntp_tval(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value)
{
    (void)coproc, (void)key;
    ctx->vtimer.phys.cval = arch_counter() + (uint64_t)(int64_t)(int32_t)value;
}

static uint64_t read_cntp_cval(struct hypctx *ctx, unsigned coproc, unsigned key)
{
    (void)coproc, (void)key;
    return ctx->vtimer.phys.cval;
}

static void write_cntp_cval(struct hypctx *ctx, unsigned coproc, unsigned key, uint64_t value)
{
    (void)coproc, (void)key;
    ctx->vtimer.phys.cval = value;
}

/* The first row that fits counts. */
static const struct cpreg_row rows[] = {
    /* ID registers, HCR.TID3: c0, 0, c1 to c7, and MVFR0, MVFR1, FPSID as VMRS. */
    {15, false, KEY(0, 0, 1, 0), ALL_BITS, read_id_pfr0, NULL},
    {15, false, KEY(0, 0, 1, 1), ALL_BITS, read_id_pfr1, NULL},
    {15, false, KEY(0, 0, 1, 2), ALL_BITS, read_zero, NULL}, /* ID_DFR0 */
    {15, false, KEY(0, 0, 1, 0), ANY_OPC2, read_hardware, NULL},
    {15, false, KEY(0, 0, 2, 0), ANY_OPC2, read_hardware, NULL},
    {15, false, KEY(0, 0, 0, 0), ANY_CRM_OPC2, read_zero, NULL}, /* reserved ID registers */
    {10, false, 0, 0, read_hardware, NULL},
    /* HCR.TAC */
    {15, false, KEY(1, 0, 0, 1), ALL_BITS, read_actlr, write_ignored},
    /* HCR.TSW: DCISW, DCCSW, DCCISW */
    {15, false, KEY(7, 0, 6, 2), ALL_BITS, NULL, write_set_way},
    {15, false, KEY(7, 0, 10, 2), ALL_BITS, NULL, write_set_way},
    {15, false, KEY(7, 0, 14, 2), ALL_BITS, NULL, write_set_way},
    /* HCR.TIDCP: the implementation defined space of c9, c10, c11, c15 */
    {15, false, KEY(9, 1, 0, 2), ALL_BITS, read_l2ctlr, write_ignored},
    {15, false, KEY(9, 1, 0, 3), ALL_BITS, read_zero, write_ignored}, /* L2ECTLR */
    {15, false, KEY(15, 1, 0, 0), ALL_BITS, read_zero, write_ignored}, /* L2ACTLR */
    /* HDCR.TPM: performance monitors */
    {15, false, KEY(9, 0, 12, 0), ANY_OPC2, read_zero, write_ignored},
    {15, false, KEY(9, 0, 13, 0), ANY_OPC2, read_zero, write_ignored},
    {15, false, KEY(9, 0, 14, 0), ANY_OPC2, read_zero, write_ignored},
    /* CNTHCTL.PL1PCEN: the physical timer */
    {15, false, KEY(14, 0, 2, 0), ALL_BITS, read_cntp_tval, write_cntp_tval},
    {15, false, KEY(14, 0, 2, 1), ALL_BITS, read_cntp_ctl, write_cntp_ctl},
    {15, true, KEY64(2, 14), ALL_BITS, read_cntp_cval, write_cntp_cval},
    /* HDCR.TDRA, TDOSA, TDA: debug, all of CP14 with opc1 = 0 */
    {14, false, 0, ANY_BUT_OPC1, read_zero, write_ignored},
    {14, true, 0, ANY_BUT_OPC1, read_zero, NULL}, /* DBGDRAR, DBGDSAR */
};

static const struct cpreg_row *find_row(const struct cpreg_access *access, unsigned key)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].coproc == access->coproc && rows[i].is_64bit == access->is_64bit &&
            (key & rows[i].key_mask) == rows[i].key) {
            return &rows[i];
        }
    }
    return NULL;
}

static void emulate_read(struct hypctx *ctx, const struct cpreg_access *access, uint64_t value)
{
    if (access->is_64bit) {
        hypctx_set_reg(ctx, access->rt2, (uint32_t)(value >> 32));
    }
    if (access->rt == 15) { /* MRC to APSR: only the flags, A8.8.107; DBGDSCRint is read so */
        ctx->regs.cpsr = field32_set(ctx->regs.cpsr, 28, 4, (uint32_t)value >> 28);
    } else {
        hypctx_set_reg(ctx, access->rt, (uint32_t)value);
    }
}

bool cpreg_emulate(struct hypctx *ctx, const struct cpreg_access *access)
{
    unsigned key = armv7_cpreg_key(access->crn, access->opc1, access->crm, access->opc2);
    const struct cpreg_row *row = find_row(access, key);

    if (!row || (access->is_64bit && (access->rt == 15 || access->rt2 == 15))) {
        return false;
    }
    if (access->is_read && row->read) {
        emulate_read(ctx, access, row->read(ctx, access->coproc, key));
        return true;
    }
    if (!access->is_read && row->write && access->rt != 15) {
        uint64_t value = hypctx_get_reg(ctx, access->rt);

        if (access->is_64bit) {
            value |= (uint64_t)hypctx_get_reg(ctx, access->rt2) << 32;
        }
        row->write(ctx, access->coproc, key, value);
        return true;
    }
    return false;
}
