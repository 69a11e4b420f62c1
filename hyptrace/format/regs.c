/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Names and kinds of the rows of the register table.
 */
#include <stddef.h>

#include "hyptrace/format/regs.h"

struct row {
    const char *name;
    enum ht_reg_kind kind;
};

static const struct row rows[HT_REG_COUNT] = {
#define HT_REG_ROW(number, id, name, kind) [number] = { name, HT_KIND_##kind },
    HT_REG_TABLE(HT_REG_ROW)
#undef HT_REG_ROW
};

const char *ht_reg_name(unsigned number)
{
    return number < HT_REG_COUNT ? rows[number].name : NULL;
}

enum ht_reg_kind ht_reg_kind_of(unsigned number)
{
    return rows[number].kind;
}
