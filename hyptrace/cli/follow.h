/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for more of a trace that is being written.
 */
#ifndef HYPTRACE_CLI_FOLLOW_H
#define HYPTRACE_CLI_FOLLOW_H

#include "hyptrace/lib/hyptrace.h"

/** follow_prepare: from now on SIGINT and SIGTERM do not end the program, but what it waits for. */
void follow_prepare(void);

/** follow_stopped: such a signal has come. */
bool follow_stopped(void);

/** follow_sleep: waits up to so many milliseconds, or for such a signal. */
void follow_sleep(unsigned ms);

/**
 * follow_written: somebody has a stream of the trace open for writing.  Where the system does not
 * tell (files of another user, some network file systems) it is taken to be so.
 */
bool follow_written(const HtTrace *trace);

#endif
