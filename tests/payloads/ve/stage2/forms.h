/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of forms.S.
 */
#ifndef PAYLOADS_VE_STAGE2_FORMS_H
#define PAYLOADS_VE_STAGE2_FORMS_H

#include <stdint.h>

struct form {
    const char *name;
    uint32_t arm;               /* 0: no such form in A32 */
    uint16_t thumb[2];          /* in the order of memory */
    uint8_t thumb_bytes;        /* 0: no such form in T32 */
    uint8_t isv, sas, sse, srt; /* of the syndrome; the last three only with isv */
    uint8_t write;
    int16_t offset;             /* of the first byte accessed from r1 */
};

_Static_assert(sizeof(struct form) == 20, "forms.S lays it out");

extern const struct form forms[], forms_end[];

/* What r2 is. */
#define FORM_R2 16

#endif
