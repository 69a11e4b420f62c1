/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the hypervisor did with each trap.
 */
#include <string.h>

#include "armv7/gicv2.h"
#include "hyptrace/lib/answers.h"
#include "hyptrace/lib/trace.h"

/* Rows that are compared at once; most did not change. */
#define BLOCK 4

/* One CPU: the traps that it is in. */
struct cpu {
    unsigned open;                    /* bit d: a trap of depth d has not returned */
    unsigned depth;
    uint64_t seq[HT_DEPTH_MAX + 1];   /* of their entries */
    uint32_t regs[HT_REG_COUNT];      /* at the entry from outside Hyp */
    unsigned injected;
    uint16_t intids[HT_ANSWER_INJECTED_MAX];
};

struct HtAnswers {
    struct cpu *cpus[HT_CPUS_MAX];
    bool is_guest[HT_REG_COUNT];
};

HtAnswers *ht_answers_new(void)
{
    HtAnswers *answers = g_new0(HtAnswers, 1);

    for (unsigned row = 0; row < HT_REG_COUNT; row++) {
        answers->is_guest[row] = ht_reg_name(row) && ht_reg_kind_of(row) == HT_KIND_GUEST;
    }
    return answers;
}

void ht_answers_free(HtAnswers *answers)
{
    if (answers) {
        for (unsigned i = 0; i < HT_CPUS_MAX; i++) {
            g_free(answers->cpus[i]);
        }
        g_free(answers);
    }
}

static void take_entry(struct cpu *cpu, const struct ht_event *event)
{
    cpu->depth = event->depth;
    cpu->open = (cpu->open & ((1u << event->depth) - 1)) | 1u << event->depth;
    cpu->seq[event->depth] = event->seq;
    if (event->depth == 0) {
        memcpy(cpu->regs, event->regs, sizeof(cpu->regs));
        cpu->injected = 0;
    }
}

static void take_list_register(struct cpu *cpu, const struct ht_event *event)
{
    unsigned state = GICH_LR_GET(event->value, STATE);

    if (state == GICH_LR_PENDING || state == GICH_LR_PENDING_ACTIVE) {
        if (cpu->injected < HT_ANSWER_INJECTED_MAX) {
            cpu->intids[cpu->injected] = (uint16_t)GICH_LR_GET(event->value, VIRTUALID);
        }
        cpu->injected++;
    }
}

static void compare_block(const HtAnswers *answers, const struct cpu *cpu, const uint32_t *now,
                          unsigned first, struct ht_answer *answer)
{
    for (unsigned row = first; row < first + BLOCK; row++) {
        if (now[row] != cpu->regs[row] && answers->is_guest[row]) {
            if (answer->changed < HT_ANSWER_OUTPUTS_MAX) {
                answer->outputs[answer->changed] = (struct ht_change) {(uint8_t)row, now[row]};
            }
            answer->changed++;
        }
    }
}

static void compare(const HtAnswers *answers, const struct cpu *cpu, const uint32_t *now,
                    struct ht_answer *answer)
{
    for (unsigned first = 0; first < HT_REG_COUNT; first += BLOCK) {
        if (memcmp(now + first, cpu->regs + first, BLOCK * sizeof(*now)) != 0) {
            compare_block(answers, cpu, now, first, answer);
        }
    }
    answer->injected = (uint8_t)MIN(cpu->injected, UINT8_MAX);
    memcpy(answer->intids, cpu->intids, sizeof(answer->intids));
}

static bool take_return(const HtAnswers *answers, HtVms *vms, struct cpu *cpu,
                        const struct ht_event *event, uint64_t *seq, struct ht_answer *answer)
{
    unsigned depth = event->id == HT_EV_RETURN ? 0 : cpu->depth;
    bool was_open = cpu->open >> depth & 1;

    *answer = (struct ht_answer) {.known = true, .pc = event->pc, .psr = event->psr};
    *seq = cpu->seq[depth];
    if (was_open && event->id == HT_EV_RETURN) {
        answer->to = ht_vms_where(vms, event);
        compare(answers, cpu, event->regs, answer);
    }
    cpu->open &= (1u << depth) - 1;
    cpu->depth = depth ? depth - 1 : 0;
    return was_open;
}

bool ht_answers_push(HtAnswers *answers, HtVms *vms, const struct ht_event *event, uint64_t *seq,
                     struct ht_answer *answer)
{
    struct cpu *cpu = answers->cpus[event->cpu];

    if (!cpu) {
        cpu = answers->cpus[event->cpu] = g_new0(struct cpu, 1);
    }
    if (event->gap || event->id == HT_EV_ACTIVATION) {
        cpu->open = cpu->depth = 0;
    }
    if (ht_event_is_entry(event)) {
        take_entry(cpu, event);
    } else if (event->id == HT_EV_RETURN || event->id == HT_EV_NESTED_RETURN) {
        return take_return(answers, vms, cpu, event, seq, answer);
    } else if (event->id == HT_EV_GICH_LR) {
        take_list_register(cpu, event);
    }
    return false;
}
