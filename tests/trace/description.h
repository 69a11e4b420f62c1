/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traces described in text, so that a test's input can be read and reviewed.
 *
 *   # comment
 *   trace cpus=2 registers=1 icount=1 packet=4096
 *   CPU +NS +INSNS EVENT FIELD=VALUE ...      one event; the CPU's clocks advance by NS and INSNS
 *   CPU same EVENT FIELD=VALUE ...            the same with time and number of the CPU's last event
 *   CPU packet                                the CPU's next event begins a packet
 *   CPU lost COUNT                            the recorder lost COUNT events here
 *
 * EVENT is a name of the format.  FIELD is one of it (pc, psr, hsr, far, hpfar, vector, depth,
 * insn, insn16, kind, lr, op, row, value, value_hi, last, count, wake) or a register of the table,
 * which keeps its value.
 */
#ifndef TESTS_TRACE_DESCRIPTION_H
#define TESTS_TRACE_DESCRIPTION_H

/** description_write: makes the trace that the text in file path describes in directory dir.
 * A failure ends the program with a message. */
void description_write(const char *path, const char *dir);

#endif
