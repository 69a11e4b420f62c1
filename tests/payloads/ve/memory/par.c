/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Memory attributes in PAR: the 32-bit format after ATS1CPR at PL1, the 64-bit one after
 * ATS12NSOPR, whose attributes are those of both stages together (B3.8, B4.1 PAR).
 */
#include "armv7/hcr.h"
#include "hyp.h"
#include "parts.h"
#include "sysregs.h"

CP15_32(ats12nsopr, 0, c7, c8, 4)
CP15_64(par64, 0, c7)

#define ATS1CPR_R1 0xee071f18u
#define ISB 0xf57ff06fu
#define MRC_PAR_R3 0xee173f14u
#define SCTLR_M 1u

/* The 32-bit PAR. */
#define PAR_F 1u
#define OUTER(n) ((n) << 2)
#define INNER(n) ((n) << 4)
#define SH (1u << 7)
#define NOS (1u << 10)
enum { NC, WB_WA, WT, WB };                     /* Outer; TEX[1:0] and C, B; NMRR */
enum { INNER_NC, INNER_SO, INNER_DEVICE = 3, INNER_WB_WA = 5, INNER_WT, INNER_WB };

/* MAIR form of normal memory: PAR.ATTR.  Bit 1 of a half, Read-Allocate, is a hint: not compared. */
#define ATTR_MASK 0xddu
#define ATTR_NORMAL(outer, inner) ((outer) << 4 | (inner))
#define NC_4 0x4u
#define WB_WA_4 0xdu
#define WT_4 0x8u
#define WB_4 0xcu
#define ATTR_DEVICE 0x04u
#define ATTR_SO 0x00u

/*
 * PRRR and NMRR: n 0 SO, 1 Device, 2 NC, 3 WT inside and WB outside, 4 WB inside and NC outside,
 * 5 WB-WA inside and WT outside, 7 WB-WA.  NS0 0, NS1 1; NOS for 3 and 5.
 */
#define PRRR 0x280aaaa4u
#define NMRR (WT << 6 | WB << 8 | WB_WA << 10 | WB_WA << 14 | \
              WB << 22 | NC << 24 | WT << 26 | (uint32_t)WB_WA << 30)

struct row {
    const char *name;
    bool remap;
    unsigned texcb;
    bool s;
    uint32_t par, mask;         /* of the 32-bit PAR; mask 0: everything but NOS */
    unsigned attr;              /* of the 64-bit PAR if stage 2 is Normal Write-Back */
};

#define WHOLE (OUTER(3u) | INNER(7u) | SH | NOS)
#define NORMAL(outer, inner) (OUTER(outer) | INNER(inner))
static const struct row rows[] = {
    { "ordered", false, 0x00, false, INNER(INNER_SO) | SH, 0, ATTR_SO },
    { "device", false, 0x01, false, INNER(INNER_DEVICE) | SH, 0, ATTR_DEVICE },
    { "device-non-shareable", false, 0x08, false, INNER(INNER_DEVICE) | SH, 0, ATTR_DEVICE },
    { "wt", false, 0x02, false, NORMAL(WT, INNER_WT), 0, ATTR_NORMAL(WT_4, WT_4) },
    { "wb", false, 0x03, false, NORMAL(WB, INNER_WB), 0, ATTR_NORMAL(WB_4, WB_4) },
    { "nc", false, 0x04, false, NORMAL(NC, INNER_NC), 0, ATTR_NORMAL(NC_4, NC_4) },
    { "wb-wa", false, 0x07, false, NORMAL(WB_WA, INNER_WB_WA), 0, ATTR_NORMAL(WB_WA_4, WB_WA_4) },
    { "wb-wa-shareable", false, 0x07, true, NORMAL(WB_WA, INNER_WB_WA) | SH, 0,
      ATTR_NORMAL(WB_WA_4, WB_WA_4) },
    { "outer-nc-inner-wb", false, 0x13, false, NORMAL(NC, INNER_WB), 0, ATTR_NORMAL(NC_4, WB_4) },
    { "outer-wb-wa-inner-nc", false, 0x14, false, NORMAL(WB_WA, INNER_NC), 0,
      ATTR_NORMAL(WB_WA_4, NC_4) },
    { "outer-wt-inner-wb-wa", false, 0x19, true, NORMAL(WT, INNER_WB_WA) | SH, 0,
      ATTR_NORMAL(WT_4, WB_WA_4) },
    { "outer-wb-inner-wt", false, 0x1e, false, NORMAL(WB, INNER_WT), 0, ATTR_NORMAL(WB_4, WT_4) },
    { "remap-0", true, 0x18, false, INNER(INNER_SO) | SH, 0, ATTR_SO },
    { "remap-1", true, 0x01, true, INNER(INNER_DEVICE) | SH, 0, ATTR_DEVICE },
    { "remap-2", true, 0x02, false, NORMAL(NC, INNER_NC), 0, ATTR_NORMAL(NC_4, NC_4) },
    { "remap-3", true, 0x03, false, NORMAL(WB, INNER_WT), 0, ATTR_NORMAL(WB_4, WT_4) },
    { "remap-3-shareable", true, 0x0b, true, NORMAL(WB, INNER_WT) | SH | NOS, WHOLE,
      ATTR_NORMAL(WB_4, WT_4) },
    { "remap-4-shareable", true, 0x04, true, NORMAL(NC, INNER_WB) | SH, WHOLE,
      ATTR_NORMAL(NC_4, WB_4) },
    { "remap-5", true, 0x15, false, NORMAL(WT, INNER_WB_WA), 0, ATTR_NORMAL(WT_4, WB_WA_4) },
    { "remap-5-shareable", true, 0x05, true, NORMAL(WT, INNER_WB_WA) | SH | NOS, WHOLE,
      ATTR_NORMAL(WT_4, WB_WA_4) },
    { "remap-7-shareable", true, 0x07, true, NORMAL(WB_WA, INNER_WB_WA) | SH, WHOLE,
      ATTR_NORMAL(WB_WA_4, WB_WA_4) },
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

/* Each descriptor has TEX, C, B and S in its own place: B3.5.1. */
enum size { SECTION, LARGE_PAGE, SMALL_PAGE, SIZES };
static const char *const size_names[] = { "section", "large-page", "small-page" };
static uint32_t pages[256] __attribute__((aligned(1024)));

static void map(const struct row *row, enum size size, uint64_t ipa)
{
    uint32_t tex = row->texcb >> 2, cb = (row->texcb & 3) << 2, s = row->s;

    translation = (struct translation) {
        .stage1 = S1_SHORT, .remap = row->remap, .prrr = PRRR, .nmrr = NMRR,
    };
    for (unsigned i = 0; i < 16; i++) {
        pages[i] = (uint32_t)ipa | 0x30 | s << 10 | cb |
                   (size == LARGE_PAGE ? tex << 12 | 1 : tex << 6 | 2);
    }
    s1_write_window(S1_SHORT, size == SECTION ? ipa | 0xc02 | tex << 12 | s << 16 | cb
                                              : (uint32_t)pages | 1);
}

static void claim_ats1(const struct row *row, enum size size)
{
    static const uint32_t program[] = { ATS1CPR_R1, ISB, MRC_PAR_R3 };
    struct text name = text_path("memory/par/ats1", row->name, size_names[size], NULL);
    uint32_t mask = row->mask ? row->mask : WHOLE & ~NOS;
    struct ve_probe probe;
    struct ve_record record;
    uint32_t par;

    map(row, size, S2_BACKING);
    ve_probe_program(&probe, program, 3, ARMV7_MODE_SVC);
    probe.state.r[1] = S1_WINDOW;
    record = memory_run(&probe, 0);
    par = record.r[3];
    record.dfsr = par;
    memory_verdict(&name, ve_probe_done(&probe, &record) && !(par & PAR_F) &&
                   (par & mask) == row->par && (par & 0xfffff000u) == S2_BACKING, &record);
}

/* Attributes of stage 2 and what they make of those of stage 1: B3.8.5. */
static const struct { const char *name; uint64_t attributes; } stage2s[] = {
    { "wb", RW | S2_NORMAL }, { "nc", RW | 5u << 2 }, { "device", RW | S2_DEVICE },
    { "ordered", RW | S2_STRONGLY_ORDERED },
};

static unsigned combined(const struct row *row, unsigned stage2)
{
    bool device = row->attr == ATTR_SO || row->attr == ATTR_DEVICE;

    switch (stage2) {
    case 0:
        return row->attr;
    case 1:
        return device ? row->attr : ATTR_NORMAL(NC_4, NC_4);
    case 2:
        return row->attr == ATTR_SO ? ATTR_SO : ATTR_DEVICE;
    default:
        return ATTR_SO;
    }
}

static void claim_ats12(const struct row *row, unsigned stage2)
{
    struct text name = text_path("memory/par/ats12", row->name, stage2s[stage2].name, NULL);
    struct text detail;
    uint64_t par;
    unsigned attr;

    map(row, SECTION, S2_WINDOW3);
    s2_set(3, 0, stage2s[stage2].attributes);
    ve_prepare();
    cp15_write_hcr(ARMV7_HCR_VM);
    cp15_write_ats12nsopr(S1_WINDOW);
    par = cp15_read_par64();
    cp15_write_hcr(0);
    cp15_write_sctlr(cp15_read_sctlr() & ~SCTLR_M);
    attr = (unsigned)(par >> 56);
    text_clear(&detail);
    text_add_field(&detail, "par", (uint32_t)(par >> 32));
    text_add_field(&detail, "low", (uint32_t)par);
    tap_claim(!(par & PAR_F) && (attr & ATTR_MASK) == (combined(row, stage2) & ATTR_MASK),
              name.s, detail.s);
}

void claim_par(void)
{
    tap_group("memory/par/ats1", "B3.8, B4.1", "memory attributes in the 32-bit PAR");
    for (unsigned i = 0; i < ROW_COUNT; i++) {
        for (enum size size = SECTION; size < SIZES; size++) {
            claim_ats1(&rows[i], size);
        }
    }
    tap_group("memory/par/ats12", "B3.8, B4.1", "memory attributes of both stages in PAR");
    for (unsigned i = 0; i < ROW_COUNT; i++) {
        for (unsigned stage2 = 0; stage2 < sizeof(stage2s) / sizeof(stage2s[0]); stage2++) {
            claim_ats12(&rows[i], stage2);
        }
    }
}
