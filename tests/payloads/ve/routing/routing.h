/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A physical interrupt on demand: an SGI that this CPU sends to itself.
 */
#ifndef PAYLOADS_VE_ROUTING_H
#define PAYLOADS_VE_ROUTING_H

/** sgi_init: enables the distributor and the CPU interface for group 0. */
void sgi_init(void);

/** sgi_send_to_self: SGI 0 becomes pending. */
void sgi_send_to_self(void);

/** sgi_take: acknowledges and ends what is pending. */
void sgi_take(void);

#endif
