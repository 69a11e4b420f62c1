/* SPDX-License-Identifier: BSD-2-Clause */
/* Round robin over the vCPUs. */
#include <stddef.h>
#include <string.h>
#include "core/sched.h"

void sched_init(struct sched *sched, uint64_t slice_ticks)
{
    memset(sched, 0, sizeof(*sched));
    sched->slice_ticks = slice_ticks;
}

static struct sched_entry *find(struct sched *sched, const struct hypctx *ctx)
{
    for (unsigned i = 0; i < sched->count; i++) {
        if (sched->entry[i].ctx == ctx) {
            return &sched->entry[i];
        }
    }
    return NULL;
}

int sched_add(struct sched *sched, struct hypctx *ctx)
{
    int status = VMM_ENOMEM;

    arch_lock(&sched->lock);
    if (sched->count < SCHED_VCPU_MAX) {
        sched->entry[sched->count++] = (struct sched_entry) {
            .ctx = ctx, .state = SCHED_BLOCKED, .deadline = UINT64_MAX,
        };
        status = VMM_OK;
    }
    arch_unlock(&sched->lock);
    return status;
}

void sched_remove(struct sched *sched, struct hypctx *ctx)
{
    struct sched_entry *entry;

    arch_lock(&sched->lock);
    entry = find(sched, ctx);
    if (entry) {
        *entry = sched->entry[--sched->count];
    }
    arch_unlock(&sched->lock);
}

static bool is_ready(const struct sched_entry *entry, uint64_t now)
{
    return entry->state == SCHED_RUNNABLE ||
           (entry->state == SCHED_BLOCKED && entry->deadline <= now);
}

static struct sched_entry *find_ready(struct sched *sched, uint64_t now)
{
    for (unsigned i = 0; i < sched->count; i++) {
        unsigned at = (sched->next + i) % sched->count;

        if (is_ready(&sched->entry[at], now)) {
            sched->next = at + 1;
            return &sched->entry[at];
        }
    }
    return NULL;
}

static uint64_t earliest(const struct sched *sched)
{
    uint64_t deadline = UINT64_MAX;

    for (unsigned i = 0; i < sched->count; i++) {
        const struct sched_entry *entry = &sched->entry[i];

        if (entry->state == SCHED_BLOCKED && entry->deadline < deadline) {
            deadline = entry->deadline;
        }
    }
    return deadline;
}

struct hypctx *sched_pick(struct sched *sched, unsigned cpu, uint64_t now, uint64_t *until)
{
    struct sched_entry *entry;
    struct hypctx *ctx = NULL;

    arch_lock(&sched->lock);
    entry = find_ready(sched, now);
    if (entry) {
        entry->state = SCHED_RUNNING;
        entry->woken = false;
        ctx = entry->ctx;
        *until = now + sched->slice_ticks;
        sched->idle_cpus &= ~(1u << cpu);
    } else {
        *until = earliest(sched);
        sched->idle_cpus |= 1u << cpu;
    }
    arch_unlock(&sched->lock);
    return ctx;
}

void sched_release(struct sched *sched, struct hypctx *ctx, bool block, uint64_t deadline)
{
    struct sched_entry *entry;

    arch_lock(&sched->lock);
    entry = find(sched, ctx);
    if (entry) {
        entry->state = block && !entry->woken ? SCHED_BLOCKED : SCHED_RUNNABLE;
        entry->deadline = deadline;
    }
    arch_unlock(&sched->lock);
}

/* One CPU is enough; it is not idle any more once it was asked. */
static void kick_idle(struct sched *sched)
{
    for (unsigned cpu = 0; cpu < SCHED_CPU_MAX; cpu++) {
        if (sched->idle_cpus & 1u << cpu) {
            sched->idle_cpus &= ~(1u << cpu);
            arch_kick(cpu);
            return;
        }
    }
}

void sched_wake(struct sched *sched, struct hypctx *ctx)
{
    struct sched_entry *entry;

    arch_lock(&sched->lock);
    entry = find(sched, ctx);
    if (entry) {
        entry->woken = true;
        if (entry->state == SCHED_BLOCKED) {
            entry->state = SCHED_RUNNABLE;
            kick_idle(sched);
        }
    }
    arch_unlock(&sched->lock);
}

bool sched_has_other(struct sched *sched, uint64_t now)
{
    bool found = false;

    arch_lock(&sched->lock);
    for (unsigned i = 0; i < sched->count; i++) {
        found = found || is_ready(&sched->entry[i], now);
    }
    arch_unlock(&sched->lock);
    return found;
}
