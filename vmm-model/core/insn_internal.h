/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the files of the instruction decoder.
 */
#ifndef VMM_CORE_INSN_INTERNAL_H
#define VMM_CORE_INSN_INTERNAL_H

#include "core/insn.h"

/* How the address of a load or store of one or two registers is made. */
struct insn_indexing {
    unsigned rn;
    uint32_t offset;
    bool pre;       /* the offset is in the address; else only in the writeback */
    bool add;
    bool writeback;
};

/* How the addresses of LDM and STM are made. */
struct insn_block {
    unsigned rn;
    bool before, increment, writeback;
};

/* Each fills access from the decoded parts; is_load, and for insn_single() size_bytes and
 * sign_extend, are there already.  False: not for a device, see insn_decode(). */
bool insn_single(struct insn_access *access, const struct insn_context *context, unsigned rt,
                 struct insn_indexing indexing);
bool insn_dual(struct insn_access *access, const struct insn_context *context, unsigned rt,
               unsigned rt2, struct insn_indexing indexing);
bool insn_multiple(struct insn_access *access, const struct insn_context *context, uint32_t list,
                   struct insn_block block);

bool thumb16_decode(uint16_t insn, const struct insn_context *context,
                    struct insn_access *access);
bool thumb32_decode(uint32_t insn, const struct insn_context *context,
                    struct insn_access *access);

#endif
