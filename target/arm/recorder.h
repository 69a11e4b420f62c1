/*
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The recorder's objects, shared by its files: the QOM object (recorder.c), what it has per CPU,
 * the hooks that write events (record.c) and the files (output.c).
 */
#ifndef TARGET_ARM_HYPTRACE_RECORDER_H
#define TARGET_ARM_HYPTRACE_RECORDER_H

#include "cpu.h"
#include "qom/object.h"
#include "hyptrace/format/packet.h"
#include "hyptrace/format/stream_file.h"
#include "target/arm/hyptrace/cpustate.h"
#include "target/arm/hyptrace/gic.h"
#include "target/arm/hyptrace/insn.h"
#include "target/arm/hyptrace/packer.h"
#include "target/arm/hyptrace/ring.h"
#include "target/arm/hyptrace/select.h"

#define TYPE_HYPTRACE "hyptrace"
OBJECT_DECLARE_SIMPLE_TYPE(HypTrace, HYPTRACE)

/* Whether a CPU executes. */
typedef enum HtRunState { HT_RUN_RUNNING, HT_RUN_ASLEEP, HT_RUN_OFF } HtRunState;

/* Which maintenance is recorded; each includes those before it. */
typedef enum HtMaintenance {
    HT_MAINTENANCE_OFF,
    HT_MAINTENANCE_TLB,     /* Hyp's TLB maintenance and address translation */
    HT_MAINTENANCE_HYP,     /* Hyp's cache maintenance too */
    HT_MAINTENANCE_ALL,     /* the host's and the guests' too */
} HtMaintenance;

/* What the hint DBG #n does. */
typedef enum HtMarks {
    HT_MARKS_OFF,           /* nothing */
    HT_MARKS_ON,            /* each is an event */
    HT_MARKS_SWITCH,        /* too, and #14 switches the recording off, #15 on */
} HtMarks;

#define HT_MARK_SWITCH_OFF 14
#define HT_MARK_SWITCH_ON 15

/* Cache operations of one kind that are no event yet.  Only the CPU's own thread uses it. */
typedef struct HtCacheRun {
    uint8_t op;
    uint32_t first, last;   /* operands */
    uint32_t count;         /* 0: none */
} HtCacheRun;

/* One CPU of one recorder.  All of it but the cache run is used under the BQL. */
struct HtCpu {
    HypTrace *recorder;
    ARMCPU *cpu;
    struct ht_stream stream;
    struct ht_stream_file file;
    HtShadow shadow;
    HtGicCpu gic;
    HtInsn insn;            /* of the exception being taken */
    int pre_exception;      /* cs->exception_index before the change; -1 is a return */
    uint32_t pre_mode;      /* CPSR.M before the change; 0 if that was not seen */
    bool in_hyp;            /* as far as the trace tells */
    bool resync;            /* recording was off: take in_hyp from the CPU */
    uint8_t depth;          /* nesting depth in Hyp */
    HtRunState run_state;   /* as far as the trace tells */
    HtCacheRun cache_run;
    bool skipped;           /* Hyp handles a trap that is not recorded */
    HtRing ring;            /* mode=ring: closed packets */
};

struct HypTrace {
    Object parent_obj;

    /* Properties */
    char *path;
    uint64_t packet_size_bytes;
    bool overwrite;
    bool registers;
    bool gicv;
    bool console;
    bool fp;
    char *vm_names;         /* "vm1=NAME,0xBASE=NAME", or NULL */
    HtMarks marks;
    HtMaintenance maintenance;
    HtTrigger filter, start, stop, dump_on;
    bool ring;              /* keep packets in memory */
    uint64_t ring_bytes;    /* of each CPU */
    bool compress;
    bool on_full_wait;
    bool enabled;

    /* State, from the machine's completion on */
    bool started;
    bool made_directory;    /* it was not there before */
    bool closed;
    bool ending;            /* the machine was told to go off or to reset */
    bool over;              /* the machine went back in time: nothing can follow */
    bool choosing;          /* there is a filter or a trigger */
    bool waiting;           /* for the trigger that starts the recording */
    HtPacker *packer;       /* compress=zstd, else NULL */
    HtShadow *scratch;      /* for expressions about registers */
    HtVms *vms;             /* for expressions about VMs */
    struct ht_names names;
    bool icount;
    bool loss_reported;
    unsigned cpu_count;
    HtCpu *cpus;            /* by cpu_index */
    uint64_t seq;           /* of the last event of any CPU */
    uint64_t time_ns;       /* of that event */
    int64_t clock_offset_ns; /* virtual time less the host's, while `clock_runs` */
    bool clock_runs;
    QEMUTimer *live_timer;  /* or NULL */
    Notifier machine_done;
    Notifier shutdown;
    Notifier exit;
};

/* recorder.c */

/** ht_recorder_enable: switches recording on or off, as the property `enabled` does. */
void ht_recorder_enable(HypTrace *t, bool enable);

/* record.c */

/** ht_record_install: puts the hooks on a CPU.  They stay; `enabled` decides what they do. */
void ht_record_install(HtCpu *c);

/** ht_record_reset: the machine was reset; a running CPU may now be in Hyp. */
void ht_record_reset(HtCpu *c);

/** ht_is_recording: whether events of the CPU are to be written now. */
bool ht_is_recording(HtCpu *c);

/** ht_record_mark: writes that the CPU, at its PC, executes DBG #@option. */
void ht_record_mark(HtCpu *c, unsigned option);

/** ht_record_console: writes that the CPU sent @byte to the UART number @port. */
void ht_record_console(HtCpu *c, unsigned port, uint8_t byte);

/** ht_record_gic: writes an event of the interrupt controller.  @lr: only for HT_EV_GICH_LR. */
void ht_record_gic(HtCpu *c, enum ht_event_id id, unsigned lr, uint32_t value);

/**
 * ht_record_write: writes an untimed event, HT_EV_TLB to HT_EV_TRANSLATION but HT_EV_CACHE.
 * @op_or_row: of maintenance.h, or the row of the register (its lower half).
 */
void ht_record_write(HtCpu *c, enum ht_event_id id, unsigned op_or_row, uint64_t value);

/** ht_record_cache_run: writes the pending run of cache operations, if there is one. */
void ht_record_cache_run(HtCpu *c);

/** ht_record_run_state: writes what became of the CPU, whose ht_run_state() changed. */
void ht_record_run_state(HtCpu *c);

/* sysreg.c */

/** ht_sysreg_install: watches the CPU's writes of CP15 registers, before anything is translated. */
void ht_sysreg_install(HtCpu *c);

/* marks.c */

/** ht_marks_watch: reports each DBG #n to @t from now on; call before anything is translated. */
void ht_marks_watch(HypTrace *t);

/* console.c */

/** ht_console_tap: listens to the machine's UARTs, PL011 and Exynos, in the order of their addresses. */
void ht_console_tap(HypTrace *t);

/* sleep.c */

/** ht_sleep_install: watches when the CPU executes. */
void ht_sleep_install(HtCpu *c);

/** ht_run_state: whether the CPU executes, sleeps or is off. */
HtRunState ht_run_state(const HtCpu *c);

/* output.c */

/** ht_output_prepare: makes the directory; refuses one that holds something else. */
bool ht_output_prepare(HypTrace *t, Error **errp);

/** ht_output_open: writes metadata and provenance, creates the streams. */
bool ht_output_open(HypTrace *t, Error **errp);

/** ht_output_flush: writes the open packet, if there is one; in ring mode, into the ring. */
void ht_output_flush(HtCpu *c);

/** ht_live_start: from now on packets do not stay open for more than a second. */
void ht_live_start(HypTrace *t);

/** ht_output_dump: in ring mode, writes what the rings hold and empties them. */
void ht_output_dump(HypTrace *t);

/** ht_output_save_in_crash: lets a signal that ends QEMU write the rings first. */
void ht_output_save_in_crash(HypTrace *t);

/** ht_output_close: writes all that is open, tells about losses and completes the provenance. */
void ht_output_close(HypTrace *t);

/* provenance.c */

/** ht_provenance_write: writes or rewrites provenance.json; host facts belong nowhere else. */
bool ht_provenance_write(const HypTrace *t, Error **errp);

#endif
