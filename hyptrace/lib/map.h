/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names for ranges of guest-physical addresses.
 */
#ifndef HYPTRACE_LIB_MAP_H
#define HYPTRACE_LIB_MAP_H

#include <stdint.h>
#include <glib.h>

typedef struct HtMap HtMap;

/** ht_map_new: an empty map.  Free with ht_map_free(). */
HtMap *ht_map_new(void);
void ht_map_free(HtMap *map);

/** ht_map_add: names [base, base + size_bytes); later names win where ranges overlap. */
void ht_map_add(HtMap *map, uint64_t base, uint64_t size_bytes, const char *name);

/**
 * ht_map_add_machine: adds the devices of a QEMU machine ("arndale").
 * Returns FALSE, and adds nothing, for a machine that is not known, and for NULL.
 */
gboolean ht_map_add_machine(HtMap *map, const char *machine);

/**
 * ht_map_load: adds the ranges of a text file: lines "BASE SIZE NAME", numbers as in C, empty
 * lines and lines that begin with # apart.
 * FALSE with HT_ERROR_IO or HT_ERROR_SYNTAX ("FILE:LINE: what"); then some may be added.
 */
gboolean ht_map_load(HtMap *map, const char *path, GError **error);

/**
 * ht_map_find: the name of an address, or NULL.  *offset_bytes gets the distance from the
 * range's base.  The name lives as long as the map.
 */
const char *ht_map_find(const HtMap *map, uint64_t address, uint64_t *offset_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtMap, ht_map_free)

#endif
