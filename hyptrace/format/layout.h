/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Constants of the trace format: packet layout, event ids, field widths.  docs/trace-format.md
 * is the normative description; recorder and reader both include this file.
 */
#ifndef HYPTRACE_FORMAT_LAYOUT_H
#define HYPTRACE_FORMAT_LAYOUT_H

#include <stdint.h>

#define HT_FORMAT_VERSION 2

#define HT_CTF_MAGIC 0xC1FC1FC1u

/* SHA-256 of "hyptrace trace format 2", first 16 bytes, marked as a version 5 UUID. */
#define HT_UUID_BYTES \
    0x61, 0xb0, 0xf9, 0x68, 0x3e, 0xbd, 0x5c, 0xde, 0xad, 0x9b, 0xbe, 0xe2, 0x4a, 0x48, 0x76, 0x40
#define HT_UUID_TEXT "61b0f968-3ebd-5cde-ad9b-bee24a487640"

/*
 * Names inside a trace directory; a stream file is HT_STREAM_PREFIX followed by the CPU number.
 * CTF readers take every other file for a stream, so ours are in a directory of their own.
 */
#define HT_METADATA_NAME "metadata"
#define HT_STREAM_PREFIX "stream_cpu"
#define HT_PACKED_SUFFIX ".zst"     /* a stream whose packets are compressed, a zstd frame each */
#define HT_INFO_DIR "info"
#define HT_PROVENANCE_NAME HT_INFO_DIR "/provenance.json"

/*
 * Packet header and context: byte offsets from the start of the packet, all little endian.
 * Sizes are in bits, as CTF wants; there is no padding, so packet_size == content_size.
 */
enum ht_packet_offset {
    HT_PACKET_MAGIC = 0,            /* u32, HT_CTF_MAGIC */
    HT_PACKET_UUID = 4,             /* u8[16] */
    HT_PACKET_STREAM_ID = 20,       /* u32, always 0: one stream class */
    HT_PACKET_TIME_BEGIN = 24,      /* u64, ns, time of the first event */
    HT_PACKET_TIME_END = 32,        /* u64, ns, time of the last event */
    HT_PACKET_CONTENT_BITS = 40,    /* u64, header and context included */
    HT_PACKET_PACKET_BITS = 48,     /* u64 */
    HT_PACKET_SEQ_NUM = 56,         /* u64, counts this stream's packets from 0 */
    HT_PACKET_DISCARDED = 64,       /* u64, events lost in this stream since its beginning */
    HT_PACKET_SEQ_BEGIN = 72,       /* u64, full sequence number of the first event */
    HT_PACKET_INSNS_BEGIN = 80,     /* u64, instructions of this CPU before the first event */
    HT_PACKET_CPU = 88,             /* u32 */
    HT_PACKET_HEADER_BYTES = 92,    /* where the first event begins */
};

#define HT_PACKET_BYTES_DEFAULT 65536u
#define HT_PACKET_BYTES_MIN 4096u
#define HT_PACKET_BYTES_MAX (16u * 1024 * 1024)

/* Longest event there can be (a snapshot of 255 rows, with room to spare). */
#define HT_EVENT_BYTES_MAX 1536u

/*
 * Event header: a byte with the id and how the time is written, then the time; context: a byte
 * with how the sequence number and the instructions are written, then these.
 */
#define HT_HEADER_TIME_SHIFT 0
#define HT_HEADER_ID_SHIFT 2
#define HT_CONTEXT_SEQ_SHIFT 0
#define HT_CONTEXT_INSNS_SHIFT 2
#define HT_EVENT_ID_MAX 63

/* Longest header and context: both bytes, u64 time, u32 seq, u32 insns. */
#define HT_EVENT_HEAD_BYTES_MAX 18u

/* How a time is written; the bits that are not are those of the previous event, or one more. */
enum ht_time_code {
    HT_TIME_SAME = 0,       /* that of the previous event */
    HT_TIME_LOW16 = 1,      /* low 16 bits: less than 2^16 ns passed */
    HT_TIME_LOW24 = 2,      /* low 24 bits: less than 2^24 ns passed */
    HT_TIME_FULL = 3,       /* all 64 bits */
};

/* How a sequence number is written. */
enum ht_seq_code {
    HT_SEQ_SAME = 0,        /* that of the previous event: an event without a time of its own */
    HT_SEQ_NEXT = 1,        /* one more */
    HT_SEQ_STEP8 = 2,       /* u8: so many more */
    HT_SEQ_LOW32 = 3,       /* u32: low half */
};

/* How the instructions since the previous event are written. */
enum ht_insns_code {
    HT_INSNS_NONE = 0,      /* none were executed */
    HT_INSNS_U8 = 1,
    HT_INSNS_U16 = 2,
    HT_INSNS_U32 = 3,       /* saturating */
};

/* Event ids.  Ids not listed are free; a reader refuses them by number. */
enum ht_event_id {
    HT_EV_REGISTERS = 1,        /* snapshot; first event of every packet */
    HT_EV_ACTIVATION = 2,       /* arrival in Hyp without an exception */
    HT_EV_RETURN = 3,           /* exception return that leaves Hyp */
    HT_EV_NESTED_RETURN = 4,    /* exception return from Hyp to Hyp */
    HT_EV_MARK = 5,             /* DBG #n */
    HT_EV_CONSOLE = 6,          /* a byte sent to a UART */
    HT_EV_SEGMENT = 7,          /* reserved: loadvm, what follows is another time line */

    HT_EV_ENTRY_SYNC = 8,       /* entry with HSR and no fault address */
    HT_EV_ENTRY_DABT = 9,       /* Data Abort: HSR, HDFAR */
    HT_EV_ENTRY_DABT_S2 = 10,   /* Data Abort: HSR, HDFAR, HPFAR */
    HT_EV_ENTRY_IABT = 11,      /* Prefetch Abort: HSR, HIFAR */
    HT_EV_ENTRY_IABT_S2 = 12,   /* Prefetch Abort: HSR, HIFAR, HPFAR */
    HT_EV_ENTRY_IRQ = 13,       /* IRQ: no HSR */
    HT_EV_ENTRY_FIQ = 14,       /* FIQ: no HSR */
    HT_EV_ENTRY_SERROR = 15,    /* asynchronous abort: HSR, no fault address */

    HT_EV_GIC_ACK = 20,         /* read of GICC_IAR or GICC_AIAR */
    HT_EV_GIC_EOI = 21,         /* write of GICC_EOIR or GICC_AEOIR */
    HT_EV_GIC_DIR = 22,         /* write of GICC_DIR */
    HT_EV_GICH_LR = 23,         /* write of GICH_LRn */
    HT_EV_GICV_ACK = 24,        /* the same for the virtual CPU interface */
    HT_EV_GICV_EOI = 25,
    HT_EV_GICV_DIR = 26,

    HT_EV_TLB = 32,             /* TLB maintenance */
    HT_EV_CACHE = 33,           /* a run of one operation of cache maintenance */
    HT_EV_WRITE = 34,           /* write of a context register */
    HT_EV_WRITE64 = 35,         /* the same, 64 bits */
    HT_EV_TRANSLATION = 36,     /* address translation operation */
    HT_EV_POWER = 40,           /* CPU on, off, reset */
    HT_EV_SLEEP = 41,           /* WFI sleep */
    HT_EV_WAKE = 42,            /* wake with its cause */
    HT_EV_WAIT = 43,            /* WFE sleep */
};

/* power.kind */
enum ht_power_kind {
    HT_POWER_OFF = 0,
    HT_POWER_ON = 1,
    HT_POWER_RESET = 2,         /* of the whole machine */
};

/* wake.cause: what was pending; none: an event that is no interrupt. */
#define HT_WAKE_IRQ 0x01
#define HT_WAKE_FIQ 0x02
#define HT_WAKE_VIRQ 0x04
#define HT_WAKE_VFIQ 0x08
#define HT_WAKE_VABORT 0x10

/* hyp_activation.kind */
enum ht_activation_kind {
    HT_ACTIVATION_RESET = 0,    /* the CPU leaves reset in Hyp */
    HT_ACTIVATION_MONITOR = 1,  /* exception return from Monitor (or Secure state) to Hyp */
    HT_ACTIVATION_INFERRED = 2, /* found in Hyp at its next event: MSR, CPS, loadvm */
    HT_ACTIVATION_POWER = 3,    /* the CPU is switched on in Hyp */
};

/* First byte of the payload of an entry: three bit fields. */
#define HT_ENTRY_VECTOR_SHIFT 0     /* vector offset / 4 */
#define HT_ENTRY_VECTOR_BITS 3
#define HT_ENTRY_INSN_SHIFT 3       /* halfwords of instruction recorded: 0 (absent), 1, 2 */
#define HT_ENTRY_INSN_BITS 2
#define HT_ENTRY_DEPTH_SHIFT 5      /* 0: taken from outside Hyp; else nesting depth, up to 7 */
#define HT_ENTRY_DEPTH_BITS 3
#define HT_DEPTH_MAX 7

/* First byte of the payload of `registers`. */
#define HT_STATE_IN_HYP 0x01        /* the CPU is in Hyp */
#define HT_STATE_DEPTH_SHIFT 1      /* nesting depth there, 3 bits */
#define HT_STATE_DEPTH_BITS 3

/* What follows for one of the 16 coded registers, two bits each. */
enum ht_core_code {
    HT_CODE_SAME = 0,   /* unchanged */
    HT_CODE_U8 = 1,     /* u8: new value, below 256 */
    HT_CODE_U16 = 2,    /* u16: lower half, the upper one is as before */
    HT_CODE_U32 = 3,    /* u32: new value */
};
#define HT_CORE_COUNT 16

/* First byte of a return: how its PC and CPSR are written. */
#define HT_RETURN_PC_SHIFT 0        /* 2 bits, enum ht_return_pc */
#define HT_RETURN_CPSR_SHIFT 2      /* 1 bit: 0 SPSR_hyp's row, 1 a u32 */
enum ht_return_pc {
    HT_RETURN_PC_ELR = 0,           /* ELR_hyp's row */
    HT_RETURN_PC_ELR_2 = 1,         /* 2 more: behind a 16-bit instruction */
    HT_RETURN_PC_ELR_4 = 2,
    HT_RETURN_PC_U32 = 3,
};

#endif
