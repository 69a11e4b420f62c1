/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The byte order of translation tables: SCTLR.EE for PL1's, HSCTLR.EE for stage 2 and Hyp's own.
 * DDI 0406C B3.5, B3.6, B4.1.  Tables in the other order have no valid descriptor: what is invalid
 * is asked by address translation operations alone, for a guest without code cannot say anything.
 */
#include "armv7/hcr.h"
#include "armv7/psr.h"
#include "board.h"
#include "parts.h"
#include "tap.h"

#define WINDOW 0xc0000000u
#define GIB 0x40000000u
#define SECTION 0x1c0eu                 /* Normal, read and write: B3.5.1 */
#define BLOCK1 0x741u                   /* of MAIR 0, read and write: B3.6.1 */
#define BLOCK2 0x7fdu                   /* Normal, read and write: B3.6.2 */
#define TTBCR_EAE 0x80000000u
#define VTCR_LEVEL1 0x80000040u         /* 4 GiB of IPA, walks begin at level 1 */
#define HTCR_FIXED 0x80800000u
#define DACR_CLIENT 1u
#define PAR_F 1u
#define SECRET 0x5ec2e745u

enum format { OFF, SHORT, LONG };

static const char *const format_names[] = { "s1-off", "s1-short", "s1-long" };

static uint32_t sections[4096] __attribute__((aligned(16384)));
static uint64_t s1_blocks[4] __attribute__((aligned(32)));
static uint64_t s2_blocks[4] __attribute__((aligned(32)));
static volatile uint32_t secret;

static struct {
    enum format s1;
    bool s2, s1_big, s2_big;    /* with stage 2; the order of the tables */
    bool ee, hyp_ee;
} now;

static uint64_t in_order(uint64_t descriptor, bool big)
{
    return big ? __builtin_bswap64(descriptor) : descriptor;
}

/* Flat but for the window, which is the RAM; with both stages stage 2 makes it so. */
static void make_tables(void)
{
    uint32_t window1 = now.s2 ? WINDOW : RAM_BASE;

    for (unsigned i = 0; i < 4096; i++) {
        uint32_t va = i << 20, out = va < WINDOW ? va : window1 + (va - WINDOW);

        sections[i] = now.s1_big ? swap32(out | SECTION) : out | SECTION;
    }
    for (unsigned i = 0; i < 4; i++) {
        s1_blocks[i] = in_order((i < 3 ? i * GIB : window1) | BLOCK1, now.s1_big);
        s2_blocks[i] = in_order((i < 3 ? i * GIB : RAM_BASE) | BLOCK2, now.s2_big);
    }
    __asm__ volatile("dsb" : : : "memory");
}

static void set_pl1(void)
{
    uint32_t sctlr = (cp15_read_sctlr() & ~(SCTLR_M | SCTLR_EE)) | (now.ee ? SCTLR_EE : 0);

    cp15_write_mair0(0xff);
    cp15_write_dacr(DACR_CLIENT);
    cp15_write_ttbcr(now.s1 == LONG ? TTBCR_EAE : 0);
    cp15_write_ttbr0(now.s1 == LONG ? (uint32_t)s1_blocks : (uint32_t)sections);
    cp15_write_sctlr(sctlr | (now.s1 == OFF ? 0 : SCTLR_M));
}

static void set_hyp(void)
{
    endian_set_hyp(now.hyp_ee);
    cp15_write_vtcr(VTCR_LEVEL1);
    cp15_write_vttbr((uint32_t)s2_blocks);
    cp15_tlbi_all_nsnh();
}

static struct text name_of(const char *how, bool e)
{
    struct text name = text_path("endian/walks", how, format_names[now.s1], NULL);

    if (now.s1 != OFF) {
        text_add(&name, now.s1_big ? "-big" : "-little");
    }
    text_add(&name, !now.s2 ? "/s2-off" : now.s2_big ? "/s2-big" : "/s2-little");
    text_add(&name, now.ee ? "/sctlr.ee-1" : "/sctlr.ee-0");
    text_add(&name, now.hyp_ee ? "/hsctlr.ee-1" : "/hsctlr.ee-0");
    text_add(&name, e ? "/e-1" : "/e-0");
    return name;
}

/* ATS12NSOPR, in Hyp. */
static void claim_operation(bool right)
{
    uint32_t va = WINDOW + ((uint32_t)&secret - RAM_BASE), old = cp15_read_sctlr() & ~(SCTLR_M | SCTLR_EE);
    struct text detail = { 0 };
    uint64_t par;

    set_hyp();
    set_pl1();
    cp15_write_hcr(now.s2 ? ARMV7_HCR_VM : 0);
    __asm__ volatile("mcr p15, 0, %0, c7, c8, 4\n isb" : : "r"(va) : "memory");
    par = cp15_read_par();
    cp15_write_hcr(0);
    cp15_write_sctlr(old);
    endian_set_hyp(false);
    text_add_field(&detail, "par-high", (uint32_t)(par >> 32));
    text_add_field(&detail, "par", (uint32_t)par);
    tap_claim(right ? !(par & PAR_F) && ((uint32_t)par & ~0xfffu) == ((uint32_t)&secret & ~0xfffu) :
              (par & PAR_F) != 0, name_of("operation", false).s, detail.s);
}

static void claim_guest(bool e)
{
    const struct ve_controls controls = { .hcr = now.s2 ? ARMV7_HCR_VM : 0 };
    static const struct ve_insn load = { .arm = 0xe5942000 };           /* LDR r2, [r4] */
    struct ve_record record = { 0 };
    struct text detail = { 0 };
    struct ve_probe probe;

    ve_probe_make(&probe, &load, VE_ARM, ARMV7_MODE_SVC);
    probe.state.psr |= e ? PSR_E : 0;
    probe.state.r[4] = WINDOW + ((uint32_t)&secret - RAM_BASE);
    set_hyp();
    ve_run(&probe.state, &controls, &record);
    endian_set_hyp(false);
    text_add_field(&detail, "outcome", record.outcome);
    text_add_field(&detail, "hsr", record.hsr);
    text_add_field(&detail, "r2", record.r[2]);
    tap_claim(ve_probe_done(&probe, &record) && record.r[2] == (e ? swap32(SECRET) : SECRET),
              name_of("guest", e).s, detail.s);
}

static void claim_orders(unsigned bits)
{
    bool right;

    now.s1_big = bits & 1;
    now.s2_big = bits & 2;
    now.ee = bits & 4;
    now.hyp_ee = bits & 8;
    if ((now.s1 == OFF && now.s1_big) || (!now.s2 && now.s2_big) || (now.s1 == OFF && !now.s2)) {
        return;
    }
    right = (now.s1 == OFF || now.s1_big == now.ee) && (!now.s2 || now.s2_big == now.hyp_ee);
    make_tables();
    claim_operation(right);
    if (right) {
        endian_prepare = set_pl1;
        claim_guest(false);
        claim_guest(true);
        endian_prepare = NULL;
    }
}

/* Hyp's own tables, with its data little-endian. */
static void claim_hyp(bool big)
{
    struct text name = text_path("endian/walks/hyp", big ? "big" : "little", NULL), detail = { 0 };
    uint32_t va = WINDOW + ((uint32_t)&secret - RAM_BASE), hsctlr, seen;

    now.s2 = false;
    now.s1_big = big;
    make_tables();
    cp15_write_hmair0(0xff);
    cp15_write_htcr(HTCR_FIXED);
    cp15_write_httbr((uint32_t)s1_blocks);
    endian_set_hyp(big);
    __asm__ volatile("dsb\n mcr p15, 4, %0, c8, c7, 0\n dsb\n isb" : : "r"(0) : "memory");
    hsctlr = cp15_read_hsctlr();
    cp15_write_hsctlr(hsctlr | SCTLR_M);
    seen = *(volatile uint32_t *)va;
    cp15_write_hsctlr(hsctlr);
    endian_set_hyp(false);
    text_add_field(&detail, "seen", seen);
    tap_claim(seen == SECRET, name.s, detail.s);
}

void claim_walks(void)
{
    secret = SECRET;
    tap_group("endian/walks", "B3.5, B3.6, B4.1", "the byte order of translation tables");
    for (unsigned s1 = OFF; s1 <= LONG; s1++) {
        for (unsigned s2 = 0; s2 < 2; s2++) {
            now.s1 = s1;
            now.s2 = s2;
            for (unsigned bits = 0; bits < 16; bits++) {
                claim_orders(bits);
            }
        }
    }
    claim_hyp(false);
    claim_hyp(true);
}
