/* SPDX-License-Identifier: BSD-2-Clause */
/* The fake machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "arch/fake/fake.h"
#include "armv7/gicv2.h"

struct fake fake;

static uint8_t ram[FAKE_RAM_BYTES] __attribute__((aligned(2 << 20)));

void fake_check(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "fake machine: %s\n", what);
        abort();
    }
}

void fake_reset(void)
{
    memset(&fake, 0, sizeof(fake));
    memset(ram, 0, sizeof(ram));
    fake.irq = GICV2_INTID_SPURIOUS;
    fake.va_mapped = true;
}

void *fake_ram(size_t offset)
{
    return &ram[offset];
}

/* ---- Table entries: address, attributes and kind elsewhere at each level, unlike LPAE. ---- */

#define KIND_TABLE 2ull
#define KIND_LEAF  1ull

static unsigned twist(unsigned level)
{
    return level; /* by how many bits an entry of this level is rotated */
}

static pte_t pack(unsigned level, uint64_t kind, paddr_t pa, unsigned attrs)
{
    uint64_t plain = pa.value >> 12 << 16 | (uint64_t)attrs << 4 | kind;

    return plain << twist(level) | plain >> (64 - twist(level));
}

static uint64_t unpack(unsigned level, pte_t pte)
{
    return pte >> twist(level) | pte << (64 - twist(level));
}

pte_t arch_pte_table(unsigned level, paddr_t table)
{
    fake_check(level < S2_LEVEL_LAST && is_aligned(table.value, 4096), "bad table entry");
    return pack(level, KIND_TABLE, table, 0);
}

pte_t arch_pte_leaf(unsigned level, paddr_t pa, unsigned attrs)
{
    fake_check(is_aligned(pa.value, S2_PAGE_BYTES << 9 * (S2_LEVEL_LAST - level)),
               "leaf not aligned");
    fake_check((attrs & S2_RWX) != 0, "leaf without permissions");
    return pack(level, KIND_LEAF, pa, attrs);
}

enum pte_kind arch_pte_kind(unsigned level, pte_t pte)
{
    switch (unpack(level, pte) & 15) {
    case 0:
        return PTE_ABSENT;
    case KIND_LEAF:
        return PTE_LEAF;
    default:
        return PTE_TABLE;
    }
}

paddr_t arch_pte_pa(unsigned level, pte_t pte)
{
    return pa_init(unpack(level, pte) >> 16 << 12);
}

unsigned arch_pte_attrs(unsigned level, pte_t pte)
{
    return unpack(level, pte) >> 4 & 0xff;
}

/* The level is not known here: the twist is tried for each. */
static bool same_output(pte_t a, pte_t b)
{
    for (unsigned level = S2_LEVEL_FIRST; level <= S2_LEVEL_LAST; level++) {
        if ((unpack(level, a) & 15) == KIND_LEAF && (unpack(level, b) & 15) == KIND_LEAF &&
            arch_pte_pa(level, a).value == arch_pte_pa(level, b).value) {
            return true;
        }
    }
    return false;
}

void arch_pte_store(pte_t *slot, pte_t pte)
{
    fake_check(*slot == 0 || pte == 0 || same_output(*slot, pte), "no break before make");
    for (unsigned i = 0; pte && i < fake.broken_count; i++) {
        fake_check(fake.broken[i] != slot, "no flush between break and make");
    }
    if (*slot && !pte && fake.broken_count < sizeof(fake.broken) / sizeof(fake.broken[0])) {
        fake.broken[fake.broken_count++] = slot;
    }
    *slot = pte;
}

void arch_s2_flush(const struct s2 *s2)
{
    (void)s2;
    fake.flush_count++;
    fake.broken_count = 0;
}

void arch_s2_flush_all(void)
{
    fake.flush_all_count++;
    fake.broken_count = 0;
}

void *arch_phys_to_virt(paddr_t pa)
{
    fake_check(pa.value >= FAKE_RAM_BASE && pa.value < FAKE_RAM_BASE + FAKE_RAM_BYTES,
               "physical address outside of RAM");
    return &ram[pa.value - FAKE_RAM_BASE];
}

paddr_t arch_virt_to_phys(const void *memory)
{
    const uint8_t *at = memory;

    fake_check(at >= ram && at < ram + sizeof(ram), "pointer outside of RAM");
    return pa_init(FAKE_RAM_BASE + (uint64_t)(at - ram));
}

void arch_clean_memory(const void *memory, size_t bytes)
{
    arch_virt_to_phys(memory);
    fake.cleaned_bytes += bytes;
}

/* ---- vCPU ---- */

/* While the hardware has them, the copies in memory are rubbish. */
static void poison(struct hypctx *ctx)
{
    for (unsigned bank = 0; bank < BANK_COUNT; bank++) {
        ctx->regs.sp[bank] = FAKE_POISON;
        ctx->regs.spsr[bank] = FAKE_POISON;
        if (bank != BANK_USR) {
            ctx->regs.lr[bank] = FAKE_POISON;
        }
    }
    memset(ctx->regs.r_fiq, 0xa5, sizeof(ctx->regs.r_fiq));
    memset(&ctx->sys, 0xa5, sizeof(ctx->sys));
    memset(&ctx->vtimer.virt, 0xa5, sizeof(ctx->vtimer.virt));
}

static void to_hardware(struct hypctx *ctx)
{
    fake.hw[fake.cpu].regs = ctx->regs;
    fake.hw[fake.cpu].sys = ctx->sys;
    fake.hw[fake.cpu].virt = ctx->vtimer.virt;
    poison(ctx);
    ctx->pulled = false;
}

static void from_hardware(struct hypctx *ctx)
{
    struct guest_regs *hw = &fake.hw[fake.cpu].regs;

    memcpy(ctx->regs.sp, hw->sp, sizeof(hw->sp));
    memcpy(ctx->regs.spsr, hw->spsr, sizeof(hw->spsr));
    memcpy(ctx->regs.lr + 1, hw->lr + 1, sizeof(hw->lr) - sizeof(hw->lr[0]));
    memcpy(ctx->regs.r_fiq, hw->r_fiq, sizeof(hw->r_fiq));
    ctx->sys = fake.hw[fake.cpu].sys;
    ctx->vtimer.virt = fake.hw[fake.cpu].virt;
}

void arch_vcpu_load(struct hypctx *ctx)
{
    fake_check(!fake.loaded[fake.cpu], "two vCPUs loaded on a CPU");
    fake.loaded[fake.cpu] = ctx;
    to_hardware(ctx);
}

void arch_vcpu_pull(struct hypctx *ctx)
{
    if (ctx->cpu >= 0 && !ctx->pulled) {
        from_hardware(ctx);
        ctx->pulled = true;
    }
}

void arch_vcpu_put(struct hypctx *ctx)
{
    fake_check(fake.loaded[fake.cpu] == ctx, "a vCPU put that is not loaded");
    arch_vcpu_pull(ctx);
    ctx->pulled = false;
    ctx->vfp_loaded = false;
    fake.loaded[fake.cpu] = NULL;
}

void arch_enter_guest(struct hypctx *ctx)
{
    fake_check(fake.loaded[fake.cpu] == ctx, "guest entered that is not loaded");
    fake_check(fake.locks_held == 0, "guest entered with a lock held");
    fake_check(fake.guest != NULL, "no guest to run");
    if (ctx->pulled) {
        to_hardware(ctx);
    }
    fake.enter_count++;
    ctx->trap = fake.guest(ctx, fake.guest_opaque);
}

void arch_vfp_load(struct hypctx *ctx)
{
    fake_check(!ctx->vfp_loaded, "floating point loaded twice");
    ctx->vfp_loaded = true;
    fake.vfp_load_count++;
}

bool arch_translate_va(struct hypctx *ctx, uint32_t va, ipaddr_t *ipa)
{
    fake_check(fake.loaded[fake.cpu] == ctx, "address of a vCPU that is not loaded");
    *ipa = ipa_init(va);
    return fake.va_mapped;
}

/* ---- Interrupts, time, caches, locks ---- */

static uint32_t *gich_register(unsigned offset)
{
    struct fake_gich *gich = &fake.gich[fake.cpu];

    switch (offset) {
    case GICH_HCR:
        return &gich->hcr;
    case GICH_VMCR:
        return &gich->vmcr;
    case GICH_APR:
        return &gich->apr;
    default:
        fake_check(offset >= GICH_LR && offset < GICH_LR + 4 * FAKE_LR_COUNT, "no such GICH register");
        return &gich->lr[(offset - GICH_LR) / 4];
    }
}

uint32_t arch_gich_read(unsigned offset)
{
    fake.gich_access_count++;
    return *gich_register(offset);
}

void arch_gich_write(unsigned offset, uint32_t value)
{
    fake.gich_access_count++;
    *gich_register(offset) = value;
}

unsigned arch_irq_ack(void)
{
    unsigned intid = fake.irq;

    fake.irq = GICV2_INTID_SPURIOUS;
    return intid;
}

void arch_irq_set_active(unsigned intid, bool active)
{
    fake_check(intid < 32, "not a private interrupt");
    fake.irq_active[fake.cpu] &= ~(1u << intid);
    fake.irq_active[fake.cpu] |= (uint32_t)active << intid;
}

uint64_t arch_counter(void)
{
    return fake.counter;
}

void arch_timer_set(uint64_t deadline_ticks)
{
    fake.timer_deadline[fake.cpu] = deadline_ticks;
}

void arch_kick(unsigned cpu)
{
    fake_check(cpu < FAKE_CPU_COUNT, "kick of a CPU that does not exist");
    fake.kick_count[cpu]++;
}

void arch_dcache_clean_set_way(uint32_t value)
{
    fake.set_way = value;
}

void arch_lock(struct arch_lock *lock)
{
    fake_check(!lock->taken, "lock taken twice");
    lock->taken = 1;
    fake.locks_held++;
}

void arch_unlock(struct arch_lock *lock)
{
    fake_check(lock->taken, "lock not taken");
    lock->taken = 0;
    fake.locks_held--;
}

/* Every register reads as the complement of its number, so that masks show. */
uint32_t arch_cpreg_read(unsigned coproc, unsigned key)
{
    (void)coproc;
    return ~(uint32_t)key;
}
