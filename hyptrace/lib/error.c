/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The domain of errors.
 */
#include "hyptrace/lib/error.h"

GQuark ht_error_quark(void)
{
    return g_quark_from_static_string("hyptrace-error");
}
