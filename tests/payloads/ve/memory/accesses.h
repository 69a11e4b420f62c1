/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Load and store instructions of base r1, from accesses.S.
 */
#ifndef PAYLOADS_VE_MEMORY_ACCESSES_H
#define PAYLOADS_VE_MEMORY_ACCESSES_H

#include <stdint.h>

#define ACCESS_WRITE 1u
#define ACCESS_UNPRIVILEGED 2u  /* UNPREDICTABLE in Hyp mode: A8.8, e.g. LDRT */

struct access {
    const char *name;
    uint32_t arm;               /* 0: Thumb only */
    uint16_t thumb[2];
    uint8_t thumb_bytes;        /* 0: ARM only */
    uint8_t element;            /* alignment that Device memory requires, bytes */
    uint8_t any;                /* alignment that all memory requires, bytes */
    uint8_t flags;              /* ACCESS_WRITE, ACCESS_UNPRIVILEGED */
};

extern const struct access accesses[], accesses_end[];

#endif
