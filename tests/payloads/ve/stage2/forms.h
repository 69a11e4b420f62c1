/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of forms.S.
 */
#ifndef PAYLOADS_VE_STAGE2_FORMS_H
#define PAYLOADS_VE_STAGE2_FORMS_H

/* flags */
#define FORM_MANY 1             /* several registers may have been loaded: only the base is kept */
#define FORM_COMPLETES 2        /* never faults */
#define FORM_PL1 4              /* not in User mode */
#define FORM_AFTER_LOAD 8       /* faults only where what is before it does not */
#define FORM_NOT_FIQ 16         /* not in FIQ mode */

/* before: what is executed in front of it. */
#define BEFORE_NONE 0
#define BEFORE_SP 1             /* MOV sp, r1 */
#define BEFORE_LDREX 2          /* an exclusive load of r6 (and r7) from [r1] */
#define BEFORE_LDREXB 3
#define BEFORE_LDREXH 4
#define BEFORE_LDREXD 5

#ifndef __ASSEMBLER__
#include <stdint.h>

struct form {
    const char *name;
    uint32_t arm;               /* 0: no such form in A32 */
    uint16_t thumb[2];          /* in the order of memory */
    uint8_t thumb_bytes;        /* 0: no such form in T32 */
    uint8_t isv, sas, sse, srt; /* of the syndrome; the last three only with isv */
    uint8_t write;
    uint8_t flags, before;
    int16_t offset;             /* of the first byte accessed from r1 */
};

_Static_assert(sizeof(struct form) == 24, "forms.S lays it out");

extern const struct form forms[], forms_end[];
#endif

/* What r2 is. */
#define FORM_R2 16

#endif
