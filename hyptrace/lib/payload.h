/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decodes the payload of one event and applies what it says to the CPU's registers.
 */
#ifndef HYPTRACE_LIB_PAYLOAD_H
#define HYPTRACE_LIB_PAYLOAD_H

#include "hyptrace/lib/event.h"

/* How deltas and returns are to be read. */
struct ht_delta_mode {
    bool coded;      /* they begin with the coded registers */
    bool lists;      /* whose values are in three lists: version 1 of the format */
    bool keep_core;  /* apply those as well */
    bool plain_returns; /* returns have their whole PC and CPSR: version 1 of the format */
};

/**
 * ht_payload_decode: decodes the payload of an event whose id is set.
 *
 * bytes up to end may be read.  Fills event, updates regs (HT_REG_COUNT rows).  Returns the first
 * byte after the event, or NULL if the payload does not end before end or contradicts itself, or
 * if the id has no layout; regs may then be half updated.
 */
const uint8_t *ht_payload_decode(struct ht_event *event, uint32_t *regs,
                                 struct ht_delta_mode mode, const uint8_t *bytes,
                                 const uint8_t *end);

#endif
