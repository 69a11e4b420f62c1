/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds what the hypervisor did with each trap: what whoever goes on sees changed.
 */
#ifndef HYPTRACE_LIB_ANSWERS_H
#define HYPTRACE_LIB_ANSWERS_H

#include "hyptrace/lib/ahead.h"

typedef struct HtAnswers HtAnswers;

HtAnswers *ht_answers_new(void);
void ht_answers_free(HtAnswers *answers);

/**
 * ht_answers_push: takes the next event of a reader with HT_READ_CORE.
 * TRUE if it is the return of a trap that was seen: *seq is that of its entry.
 */
bool ht_answers_push(HtAnswers *answers, HtVms *vms, const struct ht_event *event, uint64_t *seq,
                     struct ht_answer *answer);

#endif
