/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One address of a guest, mapped by descriptors of any size with any permissions in both stages;
 * and what DDI 0406C B3.5 to B3.7 say of an access to it.  The model does not read the tables.
 */
#ifndef PAYLOADS_VE_MAPPING_H
#define PAYLOADS_VE_MAPPING_H

#include <stdbool.h>
#include <stdint.h>
#include "board.h"

/* Which descriptor maps the address in stage 1 and in stage 2. */
enum map_s1 {
    MAP_SUPERSECTION, MAP_SECTION, MAP_LARGE, MAP_SMALL,        /* short descriptors */
    MAP_LEVEL1, MAP_LEVEL2, MAP_LEVEL3,                         /* long descriptors */
    MAP_S1_KINDS,
};
enum map_s2 { MAP_S2_OFF, MAP_S2_LEVEL1, MAP_S2_LEVEL2, MAP_S2_LEVEL3, MAP_S2_KINDS };

struct mapping {
    enum map_s1 s1;
    bool invalid;
    uint8_t ap;                 /* AP[2:0]; of long descriptors and with AFE AP[2:1] in 2:1 */
    bool af;                    /* long descriptors, and short ones with AFE */
    bool xn, pxn;
    uint8_t ap_table;           /* APTable and so on in all tables, long descriptors */
    bool xn_table, pxn_table;
    uint8_t domain;             /* 0 no access, 1 client, 3 manager; short descriptors */
    bool afe, wxn, uwxn;        /* of SCTLR */
    enum map_s2 s2;
    bool s2_invalid, s2_af, s2_xn;
    uint8_t hap;                /* 1 read, 2 write */
};

/* The address, and what it is in between: of the byte @offset. */
#define MAP_VA 0xc4000000u
#define MAP_PA (RAM_BASE + 0x4000000u)      /* RAM that no payload uses */
#define MAP_IPA (MAP_PA ^ 0xc0000000u)      /* with stage 2: in the GiB that is not RAM's */

/** map_board_fits: whether the RAM is where the tables map it; else skips the family @name. */
bool map_board_fits(const char *name);

enum map_access { MAP_READ, MAP_WRITE, MAP_FETCH, MAP_ACCESSES };

enum map_fault_kind { MAP_NO_FAULT, MAP_TRANSLATION, MAP_ACCESS_FLAG, MAP_DOMAIN, MAP_PERMISSION };

struct map_fault {
    enum map_fault_kind kind;
    unsigned stage, level;
    bool open;                  /* it may as well succeed */
};

/** map_name: "section", "level1", ... of stage 1; "s2-off", "s2-level1", ... of stage 2. */
const char *map_s1_name(enum map_s1 kind);
const char *map_s2_name(enum map_s2 kind);

/** map_is_long: whether the stage-1 descriptor is a long one. */
bool map_is_long(const struct mapping *m);

/** map_make: writes the tables and VTTBR, VTCR; the TLB has nothing old of them. */
void map_make(const struct mapping *m);

/** map_on: sets the stage-1 registers for the mapping made last; for ve_prepare(). */
void map_on(void);

/** map_access_name: "read", "write", "fetch". */
const char *map_access_name(enum map_access access);

/** map_model: what comes of an access, unprivileged or not. */
struct map_fault map_model(const struct mapping *m, bool unprivileged, enum map_access access);

/** map_fsr: DFSR or IFSR of a stage-1 fault without WnR and domain, in the format of @m. */
uint32_t map_fsr(const struct mapping *m, const struct map_fault *fault);

#endif
