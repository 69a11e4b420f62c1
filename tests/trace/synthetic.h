/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A trace with the mix of causes and changes that a hypervisor with two VMs makes.
 */
#ifndef TESTS_TRACE_SYNTHETIC_H
#define TESTS_TRACE_SYNTHETIC_H

#include <stdint.h>

/** synthetic_write: makes a trace of at least this many events in dir; always the same one. */
void synthetic_write(uint64_t events, const char *dir);

#endif
