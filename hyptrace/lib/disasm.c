/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions in assembly language, by Capstone.
 */
#include <capstone/capstone.h>

#include "armv7/psr.h"
#include "hyptrace/lib/disasm.h"

/* Traps come from few instructions: remember what was decoded. */
#define CACHE 1024

struct decoded {
    bool valid, thumb;
    uint32_t insn, pc;
    char text[96];
};

struct HtDisasm {
    csh a32, t32;
    struct decoded cache[CACHE];
};

HtDisasm *ht_disasm_new(void)
{
    HtDisasm *disasm = g_new0(HtDisasm, 1);

    if (cs_open(CS_ARCH_ARM, CS_MODE_ARM, &disasm->a32) != CS_ERR_OK ||
        cs_open(CS_ARCH_ARM, CS_MODE_THUMB, &disasm->t32) != CS_ERR_OK) {
        g_error("Capstone has been built without Arm");
    }
    return disasm;
}

void ht_disasm_free(HtDisasm *disasm)
{
    if (disasm) {
        cs_close(&disasm->a32);
        cs_close(&disasm->t32);
        g_free(disasm);
    }
}

/* As it lies in memory: T32 with its first halfword first. */
static size_t bytes_of(const struct ht_event *event, bool thumb, uint8_t bytes[4])
{
    uint32_t insn = event->insn;

    if (thumb && event->insn_halfwords == 2) {
        insn = insn << 16 | insn >> 16;
    }
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(insn >> 8 * i);
    }
    return 2u * event->insn_halfwords;
}

static void decode(HtDisasm *disasm, const struct ht_event *event, bool thumb,
                   struct decoded *decoded)
{
    uint8_t bytes[4];
    size_t size_bytes = bytes_of(event, thumb, bytes);
    cs_insn *insn;
    size_t count = cs_disasm(thumb ? disasm->t32 : disasm->a32, bytes, size_bytes, event->pc, 1,
                             &insn);

    *decoded = (struct decoded) {true, thumb, event->insn, event->pc, "?"};
    if (count) {
        g_snprintf(decoded->text, sizeof(decoded->text), "%s%s%s", insn->mnemonic,
                   *insn->op_str ? " " : "", insn->op_str);
        cs_free(insn, count);
    }
}

const char *ht_disasm_text(HtDisasm *disasm, const struct ht_event *event)
{
    bool thumb = event->psr & ARMV7_PSR_T;
    struct decoded *decoded;

    if (!event->insn_halfwords) {
        return NULL;
    }
    decoded = &disasm->cache[(event->pc >> 1 ^ event->insn * 2654435761u >> 16) % CACHE];
    if (!decoded->valid || decoded->insn != event->insn || decoded->pc != event->pc ||
        decoded->thumb != thumb) {
        decode(disasm, event, thumb, decoded);
    }
    return decoded->text;
}
