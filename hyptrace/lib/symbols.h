/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of code addresses, from the symbol tables of ELF files: one file or more for each VM, for
 * the host and for the hypervisor.
 */
#ifndef HYPTRACE_LIB_SYMBOLS_H
#define HYPTRACE_LIB_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "hyptrace/lib/vm_names.h"

/* Address space of the hypervisor; that of a VM is its number, of the host HT_VM_HOST. */
#define HT_SPACE_HYP UINT32_MAX

typedef struct HtSymbols HtSymbols;

HtSymbols *ht_symbols_new(void);
void ht_symbols_free(HtSymbols *symbols);

/**
 * ht_symbols_parse: adds what "vm1=vmlinux,hyp=xen-syms+0x1000" names: SPACE=FILE, separated by
 * commas, SPACE being a VM's name, "host" or "hyp"; +OFFSET is added to the file's addresses.
 *
 * Functions and labels in executable sections count, $a, $t, $d and the like do not.  FALSE with
 * HT_ERROR_SYNTAX, HT_ERROR_IO, HT_ERROR_FOREIGN (no ELF file for Arm) or HT_ERROR_EMPTY (no symbols:
 * stripped); then some may have been added.
 */
gboolean ht_symbols_parse(HtSymbols *symbols, const HtVmNames *names, const char *text,
                          GError **error);

/**
 * ht_symbols_find: the name of the function or label that holds an address, or NULL.  *offset_bytes
 * gets the distance from its beginning.  Lives as long as symbols.
 */
const char *ht_symbols_find(const HtSymbols *symbols, uint32_t space, uint32_t address,
                            uint32_t *offset_bytes);

/**
 * ht_symbols_check: compares an instruction that the trace recorded with the file's at the same
 * address, and counts.  insn and halfwords as in struct ht_event.
 */
void ht_symbols_check(HtSymbols *symbols, uint32_t space, uint32_t address, uint32_t insn,
                      unsigned halfwords, bool thumb);

/**
 * ht_symbols_mismatch: words about the first file of which most instructions that were compared are
 * others, that is, which is of another build; with its build-id.  To be freed; NULL if there is none.
 */
char *ht_symbols_mismatch(const HtSymbols *symbols);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtSymbols, ht_symbols_free)

#endif
