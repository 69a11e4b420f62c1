/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of VMs: "host", "vm1", "vm2" ... or what the user calls them.
 */
#ifndef HYPTRACE_LIB_VM_NAMES_H
#define HYPTRACE_LIB_VM_NAMES_H

#include <stdint.h>
#include <glib.h>

typedef struct HtVmNames HtVmNames;

/** ht_vm_names_new: nobody has a name of his own yet.  Free with ht_vm_names_free(). */
HtVmNames *ht_vm_names_new(void);
void ht_vm_names_free(HtVmNames *names);

/**
 * ht_vm_names_parse: takes "vm1=dom0,0xbf900000=domU": names for VMs by their number or the base of
 * their stage-2 tables (VTTBR.BADDR).
 *
 * A name is a letter followed by letters, digits, "-" and "_", not "host", and not "vm" with a
 * number.  FALSE with HT_ERROR_SYNTAX; then some may have been taken.
 */
gboolean ht_vm_names_parse(HtVmNames *names, const char *text, GError **error);

/** ht_vm_names_set_base: VM number vm has its stage-2 tables there; that may name it. */
void ht_vm_names_set_base(HtVmNames *names, unsigned vm, uint64_t base);

/** ht_vm_names_get: the name of VM number vm (0: host).  Lives as long as names. */
const char *ht_vm_names_get(HtVmNames *names, unsigned vm);

/** ht_vm_names_find: the number of the VM of that name ("vm7" always works), or -1. */
int ht_vm_names_find(const HtVmNames *names, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtVmNames, ht_vm_names_free)

#endif
