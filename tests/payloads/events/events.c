/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Is a wake-up from WFE ever lost?  Two CPUs wait for each other by nothing but WFE and SEV, with
 * interrupts masked and no event stream: if one SEV is lost, both sleep for ever and the run does
 * not end.  DDI 0406C B1.8.13.
 *
 *   ping-pong   each round the other CPU wakes this one, after delays that go through the ways in
 *               which SEV can meet WFE
 *   lock        a ticket lock whose owner wakes those that wait; no increment is lost, either
 *   sleep       while CPU0 works and CPU1 waits, CPU1 comes back from WFE only for an event
 *
 * Word 1 of the arguments (args.h) is the number of rounds.
 */
#include "args.h"
#include "board.h"
#include "cp15.h"
#include "hyp.h"
#include "report.h"

#define ROUNDS 20000u

static volatile uint32_t turn;              /* whose turn it is is its lowest bit */
static volatile uint32_t next_ticket, now_serving;
static volatile uint32_t counter;
static volatile uint32_t phase;             /* what CPU1 shall do */
static volatile bool going_to_sleep;
static volatile uint32_t returns_from_wfe;

enum { STARTING, PING_PONG, LOCK, SLEEP, END };

void hyp_trap(enum hyp_vector vector, struct frame *frame)
{
    claim("payload", "no-exception", false, (uint64_t)vector << 32 | frame->elr);
    claim_end();
    board_power_off();
}

static void wait(void)
{
    __asm__ volatile("wfe" : : : "memory");
}

/* What was stored must be seen by whom the event wakes. */
static void signal(void)
{
    __asm__ volatile("dsb\n sev" : : : "memory");
}

static void delay(uint32_t loops)
{
    for (uint32_t i = 0; i < loops; i++) {
        __asm__ volatile("");
    }
}

static void ping_pong(unsigned cpu, uint32_t rounds)
{
    for (uint32_t i = 0; i < rounds; i++) {
        while ((turn & 1) != cpu) {
            wait();
        }
        delay(i * (cpu ? 7 : 11) % 97);
        turn = turn + 1;
        signal();
        delay(i * (cpu ? 13 : 5) % 101);
    }
}

static uint32_t take_ticket(void)
{
    uint32_t ticket, failed;

    do {
        __asm__ volatile("ldrex %0, [%2]\n add r3, %0, #1\n strex %1, r3, [%2]"
                         : "=&r"(ticket), "=&r"(failed) : "r"(&next_ticket) : "r3", "memory");
    } while (failed);
    return ticket;
}

static void count_locked(uint32_t rounds)
{
    for (uint32_t i = 0; i < rounds; i++) {
        uint32_t ticket = take_ticket();

        while (now_serving != ticket) {
            wait();
        }
        __asm__ volatile("dmb" : : : "memory");
        counter = counter + 1;
        __asm__ volatile("dmb" : : : "memory");
        now_serving = now_serving + 1;
        signal();
    }
}

static void sleep_until_end(void)
{
    going_to_sleep = true;
    signal();
    while (phase == SLEEP) {
        wait();
        returns_from_wfe = returns_from_wfe + 1;
    }
}

static void begin(uint32_t new_phase)
{
    phase = new_phase;
    signal();
}

static void await(uint32_t new_phase)
{
    while (phase != new_phase) {
        wait();
    }
}

static void cpu1_main(uint32_t rounds)
{
    await(PING_PONG);
    ping_pong(1, rounds);
    await(LOCK);
    count_locked(rounds);
    await(SLEEP);
    sleep_until_end();
    for (;;) {
        wait();
    }
}

void payload_main(unsigned cpu)
{
    uint32_t rounds = arg(1, ROUNDS);

    if (cpu == 1) {
        cpu1_main(rounds);
    }
    board_start_cpu1(second_start);
    begin(PING_PONG);
    ping_pong(0, rounds);
    claim("ping-pong", "turns", (turn >> 1) >= rounds - 1, turn);

    begin(LOCK);
    count_locked(rounds);
    while (counter != 2 * rounds) {
        wait();
    }
    claim("lock", "count", counter == 2 * rounds, counter);

    begin(SLEEP);
    while (!going_to_sleep) {
        wait();
    }
    delay(20000000);
    /* Its own event is in the register. */
    claim("sleep", "returns", returns_from_wfe <= 1, returns_from_wfe);
    begin(END);
    claim_end();
    board_power_off();
}
