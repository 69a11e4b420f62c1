/*
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "board.h"

void board_power_off(void)
{
    board_request_power_off();
    for (;;) {
    }
}
