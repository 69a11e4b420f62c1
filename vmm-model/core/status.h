/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What functions of the core return when the caller's wish cannot be fulfilled: 0 or one of these,
 * negative.  What a guest does wrong is never an error here; it gets the fault that the
 * architecture defines.
 */
#ifndef VMM_CORE_STATUS_H
#define VMM_CORE_STATUS_H

enum vmm_status {
    VMM_OK = 0,
    VMM_EINVAL = -1, /* an argument outside of what the function documents */
    VMM_EEXIST = -2, /* the place is taken */
    VMM_ENOENT = -3, /* nothing there */
    VMM_ENOMEM = -4, /* a pool or a table is full */
    VMM_EBUSY = -5,  /* not in this state: the vCPU runs, or is on already */
};

#endif
