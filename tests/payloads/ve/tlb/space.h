/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Address spaces of guests that share code and differ in one page: two ASIDs in each of two VMIDs.
 */
#ifndef PAYLOADS_VE_TLB_SPACE_H
#define PAYLOADS_VE_TLB_SPACE_H

#include <stdbool.h>
#include <stdint.h>
#include "guest.h"
#include "probe.h"

#define VA 0xc0000000u              /* the page in question */
#define OTHER_VA 0xc8000000u        /* mapped by nothing, for maintenance by MVA */

#define SPACE_CODE 0x40u            /* where in the page code puts marker() into r3 and ends */

/* What maps the page in stage 1. */
enum kind { SECTION, SMALL_PAGE, BLOCK_2M, PAGE_4K, KINDS };

/* A space is a VMID (0, 1) and an ASID (0, 1); the numbers that the hardware sees differ. */
#define VMID_OF(v) (0x21u + (v))
#define ASID_OF(a) (0x31u + (a))

/** kind_name: "section", "small", "2m", "4k". */
const char *kind_name(enum kind kind);

/** space_init: tables of all spaces, and a marker in each of the four pages of RAM. */
void space_init(void);

/** marker: what the guest reads of RAM page @page. */
uint32_t marker(unsigned page);

/* Descriptors of stage 1, written by space_map() or by a guest; flat memory. */
struct descriptor {
    uint32_t address;           /* of the descriptor */
    uint64_t value;
    bool wide;
};

enum permission { INVALID, READ_ONLY, READ_WRITE };

/** space_descriptor: what maps the page of ASID @asid to IPA page @page (0, 1). */
struct descriptor space_descriptor(enum kind kind, unsigned asid, unsigned page,
                                   enum permission permission, bool global);

/** space_write: writes it from Hyp.  No maintenance. */
void space_write(const struct descriptor *descriptor);

/** space_map2: lets IPA page @ipa of VMID @vmid be RAM page @page, by 2 MiB or 4 KiB. */
void space_map2(unsigned vmid, unsigned ipa, unsigned page, bool small, bool valid);

/** space_on: this CPU's PL1 and stage 2 are in the space, with @hcr; ve_keep() is on after it. */
void space_on(enum kind kind, unsigned vmid, unsigned asid, uint32_t hcr);

/** space_switch: to another VMID and ASID, with nothing but the registers for it. */
void space_switch(enum kind kind, unsigned vmid, unsigned asid);

/** space_off: stage 2 off, ve_keep() off, all TLBs empty. */
void space_off(void);

#endif
