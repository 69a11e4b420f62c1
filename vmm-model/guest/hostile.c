/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Guests that behave as badly as they can, by KIND: 1 crashes, with vectors where no memory is; 2 spins
 * with interrupts masked; 3 executes what traps or is undefined, without end; 4 maps and unmaps
 * its memory wildly.  Nobody may notice.
 */
#include <stdint.h>

#define HOLE          0x20000000u
#define TABLE_ENTRIES 4096
#define WINDOW        0x500u    /* the first section that kind 4 plays with */

void hvc_put_char(char c);
uint32_t psci(uint32_t function, uint32_t a, uint32_t b, uint32_t c);
void guest_main(unsigned vcpu);
void guest_irq(void);
void guest_undefined(void);
void guest_data_abort(void);

void guest_irq(void)
{
}

void guest_undefined(void)
{
}

void guest_data_abort(void)
{
}

static void put_text(const char *text)
{
    for (; *text; text++) {
        hvc_put_char(*text);
    }
}

static uint32_t next_random(void)
{
    static uint32_t state = 0x2545f491; /* xorshift32 */

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

/* An undefined instruction whose vector cannot be fetched, whose abort's vector cannot either. */
static inline void crash(void)
{
    __asm__ volatile("mcr p15, 0, %0, c12, c0, 0\n isb\n udf #0" : : "r"(HOLE));
}

static inline void spin(void)
{
    __asm__ volatile("cpsid if");
    for (;;) {
    }
}

/* Executes one instruction with R0 = 0x12345678, which is no function of PSCI's. */
static void execute(uint32_t insn)
{
    static volatile uint32_t code[2];

    code[0] = insn;
    code[1] = 0xe12fff1e; /* bx lr */
    __asm__ volatile("dsb\n mcr p15, 0, %0, c7, c5, 0\n mcr p15, 0, %0, c7, c5, 6\n dsb\n isb\n"
                     "mov r0, %1\n blx %2"
                     : : "r"(0), "r"(0x12345678), "r"(code)
                     : "r0", "r1", "r2", "r3", "r12", "lr", "memory");
}

/* Calls, waits, and whatever a random word is in the coprocessors' and undefined spaces. */
static void others(void)
{
    execute(0xe1400070 | (next_random() & 0xff0f)); /* HVC, another immediate than 0 mostly */
    execute(0xe1600070 | (next_random() & 15));     /* SMC */
    execute(0xe320f002);                            /* WFE */
    execute(0xe7f000f0 | (next_random() & 0xf0f));  /* UDF */
    execute(0xec900e00 | (next_random() & 0xff));   /* LDC p14 */
    execute(0xee000010 | (next_random() & 0x1fefef) | 1u << 20); /* MRC of any coprocessor */
    execute(0x0e100f10 | (next_random() & 0x00ef00ef)); /* fails or passes its condition */
}

/* All reads of CP14 and CP15; writes where they are trapped: implementation defined, ID. */
static void coprocessors(void)
{
    for (uint32_t i = 0; i < 1u << 15; i++) {
        uint32_t crn = i & 15, crm = i >> 4 & 15, opc1 = i >> 8 & 7, opc2 = i >> 11 & 7;
        uint32_t coproc = 14 + (i >> 14 & 1);
        uint32_t move = 0xee000010 | opc1 << 21 | crn << 16 | coproc << 8 | opc2 << 5 | crm;

        execute(move | 1u << 20);
        if (coproc == 15 && (crn == 9 || crn == 11 || crn == 15)) {
            execute(move);
        }
        execute(0xec510000 | coproc << 8 | (i & 0xff)); /* MRRC */
        if (i % 16 == 0) {
            others();
        }
        if (i % 1024 == 1023) {
            put_text("hostile round\n");
        }
    }
}

static inline void trap(void)
{
    for (;;) {
        coprocessors();
    }
}

/* Sections that come, go, and point anywhere, in and out of what the guest has; the MMU on and off. */
static inline void map(void)
{
    static uint32_t table[TABLE_ENTRIES] __attribute__((aligned(16384)));
    uint32_t sctlr;

    for (uint32_t i = 0; i < TABLE_ENTRIES; i++) {
        table[i] = i << 20 | 0xc0e;
    }
    __asm__ volatile("mcr p15, 0, %1, c2, c0, 0\n mcr p15, 0, %2, c3, c0, 0\n"
                     "mrc p15, 0, %0, c1, c0, 0" : "=&r"(sctlr) : "r"(table), "r"(3));
    for (uint32_t round = 1;; round++) {
        uint32_t section = WINDOW + (next_random() & 0x3f);

        table[section] = next_random() & 3 ? (next_random() & 0xfff00000) | 0xc02 | (next_random() & 0xc)
                                           : 0;
        __asm__ volatile("dsb\n mcr p15, 0, %0, c8, c7, 0\n dsb\n isb" : : "r"(0) : "memory");
        *(volatile uint32_t *)(section << 20 | (next_random() & 0xffffc)) = section;
        if ((next_random() & 0xff) == 0) {
            __asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n isb" : : "r"(sctlr ^ 1) : "memory");
            sctlr ^= 1;
        }
        if ((round & 0xffff) == 0) {
            put_text("hostile round\n");
        }
    }
}

void guest_main(unsigned vcpu)
{
    (void)vcpu;
    put_text("hostile begins\n");
    switch (KIND) {
    case 1:
        crash();
        break;
    case 2:
        spin();
        break;
    case 3:
        trap();
        break;
    default:
        map();
        break;
    }
}
