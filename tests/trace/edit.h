/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traces with one known change, for the proof that diff finds it.
 */
#ifndef TESTS_TRACE_EDIT_H
#define TESTS_TRACE_EDIT_H

/**
 * edit_write: copies the trace `from` to dir with one change at about its n-th exit, and prints a line
 * "KIND VCPU SEQ": what diff should call the first difference ("none" if nothing), the affinity
 * of the vCPU, the sequence number in `from` of the exit's entry (of an inserted one, of the
 * return that it follows).  Failures end the program with a message.
 *
 * kind  output     an exit gives another r5
 *       injection  a pending interrupt is not written to its list register
 *       extra      an HVC #0xbeef that the original does not have
 *       delay      an interrupt comes after the next three exits
 *       vcpus      the two vCPUs of a VM are swapped from there on
 *       symbol     the trapped instruction lies 0x100000 higher
 *       blur       times, instructions, VTTBR, VMIDs, Hyp registers, registers that hold times,
 *                  levels of stage-2 faults; n seeds the random numbers
 *       noise      the same, and another interleaving of the CPUs
 */
void edit_write(const char *kind, unsigned n, const char *from, const char *dir);

#endif
