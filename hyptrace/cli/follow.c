/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for more of a trace that is being written.
 */
#define _GNU_SOURCE /* F_SETLEASE */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "hyptrace/cli/follow.h"

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

void follow_prepare(void)
{
    struct sigaction action = {.sa_handler = stop};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGIO, SIG_IGN); /* a lease that is broken */
}

bool follow_stopped(void)
{
    return stopped;
}

void follow_sleep(unsigned ms)
{
    poll(NULL, 0, (int)ms);
}

/* A read lease is refused with EAGAIN while the file is open for writing: fcntl(2). */
static bool has_writer(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool written = false;

    if (fd >= 0) {
        written = fcntl(fd, F_SETLEASE, F_RDLCK) != 0;
        if (!written) {
            fcntl(fd, F_SETLEASE, F_UNLCK);
        }
        close(fd);
    }
    return written;
}

bool follow_written(const HtTrace *trace)
{
    for (unsigned cpu = 0; cpu < trace->cpus; cpu++) {
        g_autofree char *path = g_strdup_printf("%s/%s%u", trace->dir, HT_STREAM_PREFIX, cpu);

        if (has_writer(path)) {
            return true;
        }
    }
    return false;
}
