/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Names of the operations of maintenance events.
 */
#include <stddef.h>

#include "hyptrace/format/maintenance.h"

#define NAME(number, name, opc1, crm, opc2) [number] = #name,

static const char *const tlb_ops[] = { HT_TLB_OPS(NAME) };
static const char *const cache_ops[] = { HT_CACHE_OPS(NAME) };
static const char *const translation_ops[] = { HT_TRANSLATION_OPS(NAME) };

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

const char *ht_tlb_op_name(unsigned op)
{
    return op < LENGTH(tlb_ops) ? tlb_ops[op] : NULL;
}

const char *ht_cache_op_name(unsigned op)
{
    return op < LENGTH(cache_ops) ? cache_ops[op] : NULL;
}

const char *ht_translation_op_name(unsigned op)
{
    return op < LENGTH(translation_ops) ? translation_ops[op] : NULL;
}
