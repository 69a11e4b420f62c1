/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where external aborts are taken to: SCR.EA.
 */
#ifndef PAYLOADS_SECURE_EXTERNAL_ABORT_H
#define PAYLOADS_SECURE_EXTERNAL_ABORT_H

#include <stdbool.h>

/** claim_external_aborts: @async: those of stores are asynchronous.  In Secure SVC mode. */
void claim_external_aborts(bool async);

#endif
