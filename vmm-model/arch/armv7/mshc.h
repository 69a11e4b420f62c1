/* SPDX-License-Identifier: BSD-2-Clause */
/* The SD card of the board. */
#ifndef VMM_ARMV7_MSHC_H
#define VMM_ARMV7_MSHC_H

#include <stdbool.h>
#include <stdint.h>

/* Resets the controller and identifies the card; false: there is none, or it does not answer.
 * Interrupts stay off: transfers are polled.  One CPU at a time uses this and the functions below. */
bool mshc_init(void);

/* Reads or writes count sectors of 512 bytes; memory is aligned to 4 bytes.  Returns when the card
 * has them; false: it reported an error or was silent for a second. */
bool mshc_read(uint64_t sector, void *to, uint32_t count);
bool mshc_write(uint64_t sector, const void *from, uint32_t count);

#endif
