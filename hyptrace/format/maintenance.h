/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The operations of the maintenance events: TLB and cache maintenance and address translation,
 * numbered as the trace has them.  Numbers never change.
 *
 * Encodings: DDI 0406C B3.17.2 (by CRn), B4.2 (what each does).
 */
#ifndef HYPTRACE_FORMAT_MAINTENANCE_H
#define HYPTRACE_FORMAT_MAINTENANCE_H

#include <stdint.h>

/* X(number, name, opc1, CRm, opc2), CRn = 8.  -IS: all CPUs of the Inner Shareable domain. */
#define HT_TLB_OPS(X) \
    X(0, tlbiallis, 0, 3, 0) \
    X(1, tlbimvais, 0, 3, 1) \
    X(2, tlbiasidis, 0, 3, 2) \
    X(3, tlbimvaais, 0, 3, 3) \
    X(4, itlbiall, 0, 5, 0) \
    X(5, itlbimva, 0, 5, 1) \
    X(6, itlbiasid, 0, 5, 2) \
    X(7, dtlbiall, 0, 6, 0) \
    X(8, dtlbimva, 0, 6, 1) \
    X(9, dtlbiasid, 0, 6, 2) \
    X(10, tlbiall, 0, 7, 0) \
    X(11, tlbimva, 0, 7, 1) \
    X(12, tlbiasid, 0, 7, 2) \
    X(13, tlbimvaa, 0, 7, 3) \
    X(16, tlbiallhis, 4, 3, 0) \
    X(17, tlbimvahis, 4, 3, 1) \
    X(18, tlbiallnsnhis, 4, 3, 4) \
    X(19, tlbiallh, 4, 7, 0) \
    X(20, tlbimvah, 4, 7, 1) \
    X(21, tlbiallnsnh, 4, 7, 4)

/* X(number, name, opc1, CRm, opc2), CRn = 7: caches and branch predictors. */
#define HT_CACHE_OPS(X) \
    X(0, icialluis, 0, 1, 0) \
    X(1, bpiallis, 0, 1, 6) \
    X(2, iciallu, 0, 5, 0) \
    X(3, icimvau, 0, 5, 1) \
    X(4, bpiall, 0, 5, 6) \
    X(5, bpimva, 0, 5, 7) \
    X(6, dcimvac, 0, 6, 1) \
    X(7, dcisw, 0, 6, 2) \
    X(8, dccmvac, 0, 10, 1) \
    X(9, dccsw, 0, 10, 2) \
    X(10, dccmvau, 0, 11, 1) \
    X(11, dccimvac, 0, 14, 1) \
    X(12, dccisw, 0, 14, 2)

/* X(number, name, opc1, CRm, opc2), CRn = 7: the result is in PAR. */
#define HT_TRANSLATION_OPS(X) \
    X(0, ats1cpr, 0, 8, 0) \
    X(1, ats1cpw, 0, 8, 1) \
    X(2, ats1cur, 0, 8, 2) \
    X(3, ats1cuw, 0, 8, 3) \
    X(4, ats12nsopr, 0, 8, 4) \
    X(5, ats12nsopw, 0, 8, 5) \
    X(6, ats12nsour, 0, 8, 6) \
    X(7, ats12nsouw, 0, 8, 7) \
    X(8, ats1hr, 4, 8, 0) \
    X(9, ats1hw, 4, 8, 1)

/** ht_tlb_op_name, ht_cache_op_name, ht_translation_op_name: static strings, NULL: no such op. */
const char *ht_tlb_op_name(unsigned op);
const char *ht_cache_op_name(unsigned op);
const char *ht_translation_op_name(unsigned op);

#endif
