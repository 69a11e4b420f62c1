/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Memory attributes in PAR with long descriptors: stage 1 alone after ATS1CPR, and every MAIR form
 * against every MemAttr and shareability of stage 2 after ATS12NSOPR (DDI 0406C B3.8.5, B4.1.112);
 * likewise with stage 1 off, with and without HCR.DC (B3.2.1).
 */
#include <stddef.h>
#include "armv7/hcr.h"
#include "parts.h"
#include "sysregs.h"

CP15_32(ats1cpr, 0, c7, c8, 0)
CP15_32(ats12nsopr, 0, c7, c8, 4)
CP15_64(par64, 0, c7)

#define PAR_F 1u
#define SCTLR_M 1u
#define MAIR0(attr) (0x040000ffu | (uint32_t)(attr) << 8)     /* what is tested has index 1 */
#define BLOCK 0x445ull                  /* AF, AP 01, index 1, block: B3.6.1 */
#define SH(n) ((uint64_t)(n) << 8)
#define MEM_ATTR(n) ((uint64_t)(n) << 2)

enum { NON_SHAREABLE, OUTER_SHAREABLE = 2, INNER_SHAREABLE };

/* Stage 1: MAIR's form. */
static const uint8_t firsts[] = {
    0x00, 0x04, 0x44, 0x4f, 0xf4, 0xff, 0xee, 0xbb, 0xaa, 0xbf, 0xfb, 0x4b, 0xb4,
};

/* Stage 2: MemAttr that are not reserved, B3.6.2. */
static const uint8_t seconds[] = { 0, 1, 5, 6, 7, 9, 10, 11, 13, 14, 15 };

/* What a MAIR form is without its hints: 0 SO, 1 Device, else outer and inner of 1 NC, 2 WT, 3 WB. */
static unsigned kind_of(unsigned attr)
{
    unsigned outer = attr >> 4, inner = attr & 15;

    if (outer == 0) {
        return inner == 0 ? 0 : 1;
    }
    outer = outer == 4 ? 1 : outer >> 2;
    inner = inner == 4 ? 1 : inner >> 2;
    return outer << 2 | inner;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* MemAttr is of the same form as kind_of(): both stages together, B3.8.5. */
static unsigned combined(unsigned first, unsigned second)
{
    if (first < 4 || second < 4) {
        return least(first, second);
    }
    return least(first >> 2, second >> 2) << 2 | least(first & 3, second & 3);
}

/* Outer, else Inner, else not: the wider of both. */
static unsigned wider(unsigned a, unsigned b)
{
    if (a == OUTER_SHAREABLE || b == OUTER_SHAREABLE) {
        return OUTER_SHAREABLE;
    }
    return a > b ? a : b;
}

static uint64_t operate(bool both, uint32_t mair0, uint32_t va, uint32_t hcr)
{
    uint64_t par;

    ve_prepare();
    cp15_write_mair0(mair0);
    cp15_tlbi_all_nsnh();
    cp15_write_hcr(hcr);
    if (both) {
        cp15_write_ats12nsopr(va);
    } else {
        cp15_write_ats1cpr(va);
    }
    par = cp15_read_par64();
    cp15_write_hcr(0);
    cp15_write_sctlr(cp15_read_sctlr() & ~SCTLR_M);
    return par;
}

/* Of what is not cacheable PAR may say Outer Shareable, whatever the descriptors do. */
static void verdict(const struct text *name, uint64_t par, unsigned kind, unsigned sh)
{
    unsigned got_sh = (unsigned)(par >> 7) & 3;
    bool cacheable = kind > 5;          /* 5: Normal, Non-cacheable both */
    struct text detail;

    text_clear(&detail);
    text_add_field(&detail, "par", (uint32_t)(par >> 32));
    text_add_field(&detail, "low", (uint32_t)par);
    text_add_field(&detail, "kind", kind);
    text_add_field(&detail, "sh", sh);
    tap_claim(!(par & PAR_F) && kind_of((unsigned)(par >> 56)) == kind &&
              (got_sh == sh || (!cacheable && got_sh == OUTER_SHAREABLE)), name->s, detail.s);
}

static struct text name_of_row(const char *group, unsigned first, unsigned second, unsigned sh)
{
    struct text name = text_path("memory/par-long", group, NULL);

    text_add(&name, "/attr-");
    text_add_hex(&name, first);
    text_add(&name, "/memattr-");
    text_add_decimal(&name, second);
    text_add(&name, "/sh-");
    text_add_decimal(&name, sh & 3);
    text_add(&name, "-");
    text_add_decimal(&name, sh >> 2);
    return name;
}

static void claim_pair(unsigned first, unsigned second, unsigned sh1, unsigned sh2)
{
    struct text name = name_of_row("s12", first, second, sh1 | sh2 << 2);
    uint64_t par;

    s1_write_window(S1_LONG, S2_WINDOW3 | BLOCK | SH(sh1));
    s2_set(3, 0, RW | MEM_ATTR(second) | SH(sh2));
    par = operate(true, MAIR0(first), S1_WINDOW, ARMV7_HCR_VM);
    verdict(&name, par, combined(kind_of(first), second), wider(sh1, sh2));
}

static void claim_first(unsigned first, unsigned sh)
{
    struct text name = name_of_row("s1", first, 15, sh);

    s1_write_window(S1_LONG, S2_BACKING | BLOCK | SH(sh));
    verdict(&name, operate(false, MAIR0(first), S1_WINDOW, 0), kind_of(first), sh);
}

/* Stage 1 off: Strongly-ordered, or with DC Normal, Write-Back and Non-shareable. */
static void claim_off(unsigned second, unsigned sh2, bool dc)
{
    struct text name = name_of_row(dc ? "off/dc" : "off/no-dc", 0, second, sh2 << 2);
    uint32_t ipa = (uint32_t)s2_set(3, 0, RW | MEM_ATTR(second) | SH(sh2));
    uint64_t par = operate(true, 0, ipa, ARMV7_HCR_VM | (dc ? ARMV7_HCR_DC : 0));

    verdict(&name, par, dc ? combined(15, second) : 0, dc ? sh2 : OUTER_SHAREABLE);
}

void claim_par_long(void)
{
    static const uint8_t shareabilities[] = { NON_SHAREABLE, OUTER_SHAREABLE, INNER_SHAREABLE };

    translation = (struct translation) { .stage1 = S1_LONG };
    tap_group("memory/par-long/s1", "B3.6.1, B4.1.112", "MAIR and SH of long descriptors in PAR");
    for (unsigned i = 0; i < sizeof(firsts) * 3; i++) {
        claim_first(firsts[i / 3], shareabilities[i % 3]);
    }
    tap_group("memory/par-long/s12", "B3.8.5, B4.1.112", "both stages' attributes together");
    for (unsigned i = 0; i < sizeof(firsts) * sizeof(seconds) * 9; i++) {
        claim_pair(firsts[i / 9 / sizeof(seconds)], seconds[i / 9 % sizeof(seconds)],
                   shareabilities[i % 3], shareabilities[i / 3 % 3]);
    }
    translation = (struct translation) { .stage1 = S1_OFF };
    tap_group("memory/par-long/off", "B3.2.1, B3.8.5", "stage 1 off, with and without HCR.DC");
    for (unsigned i = 0; i < sizeof(seconds) * 6; i++) {
        claim_off(seconds[i / 6], shareabilities[i % 3], i / 3 % 2);
    }
}
