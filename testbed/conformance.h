/* SPDX-License-Identifier: BSD-2-Clause */
/* testbed conformance: judges a QEMU by the claims of tests/payloads/ve. */
#ifndef TESTBED_CONFORMANCE_H
#define TESTBED_CONFORMANCE_H

/* The sub-command with its arguments, argv[0] being its name.  Returns the exit status: 0 every claim
 * passed, was skipped or is a known failure; 1 a claim failed, was in error, or passed although it is
 * listed as failing; 2 wrong usage (also: no such family, board or mode, a bad list of expected
 * failures); 3 set-up (a payload is not built, not a QEMU, it has no such board); 130 interrupted. */
int tb_conformance_main(int argc, char **argv);

#endif
