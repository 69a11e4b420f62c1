/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events as subjects of filter expressions.
 */
#include <string.h>

#include "armv7/gicv2.h"
#include "armv7/hsr.h"
#include "armv7/psr.h"
#include "hyptrace/lib/facts.h"

enum fact {
    FACT_SEQ, FACT_TIME, FACT_CPU, FACT_INSNS, FACT_EVENT, FACT_VM, FACT_VCPU, FACT_IN_HYP,
    FACT_GAP, FACT_PC, FACT_MODE, FACT_THUMB, FACT_SYMBOL, FACT_CLASS, FACT_DETAIL, FACT_HSR, FACT_EC,
    FACT_IMM, FACT_WRITE, FACT_SIZE, FACT_RT, FACT_FAR, FACT_IPA, FACT_DEVICE, FACT_DEPTH,
    FACT_NESTED, FACT_VECTOR, FACT_INSN, FACT_INTID, FACT_DUR, FACT_AWAY, FACT_SELF,
    FACT_DUR_INSNS, FACT_AWAY_INSNS,
    FACT_ROWS, /* the register table from here on */
};

static bool event_of(const char *name, uint64_t *value)
{
    for (unsigned id = 0; id < 256; id++) {
        if (g_strcmp0(ht_event_name(id), name) == 0) {
            *value = id;
            return true;
        }
    }
    return false;
}

static bool class_of(const char *name, uint64_t *value)
{
    for (unsigned cls = 0; cls < HT_CLASS_COUNT; cls++) {
        if (!strcmp(ht_class_name(cls), name)) {
            *value = cls;
            return true;
        }
    }
    return false;
}

static bool ec_of(const char *name, uint64_t *value)
{
    static const char *const names[64] = {
        [HSR_EC_UNKNOWN] = "unknown",   [HSR_EC_WFX] = "wfx",         [HSR_EC_CP15_32] = "cp15",
        [HSR_EC_CP15_64] = "cp15-64",   [HSR_EC_CP14_32] = "cp14",    [HSR_EC_CP14_LDC] = "cp14-ldc",
        [HSR_EC_HCPTR] = "hcptr",       [HSR_EC_CP10_ID] = "vmrs",    [HSR_EC_JAZELLE] = "jazelle",
        [HSR_EC_BXJ] = "bxj",           [HSR_EC_CP14_64] = "cp14-64", [HSR_EC_SVC] = "svc",
        [HSR_EC_HVC] = "hvc",           [HSR_EC_SMC] = "smc",         [HSR_EC_IABT] = "iabt",
        [HSR_EC_IABT_HYP] = "iabt-hyp", [HSR_EC_DABT] = "dabt",       [HSR_EC_DABT_HYP] = "dabt-hyp",
    };

    for (unsigned ec = 0; ec < 64; ec++) {
        if (g_strcmp0(names[ec], name) == 0) {
            *value = ec;
            return true;
        }
    }
    return false;
}

static bool mode_of(const char *name, uint64_t *value)
{
    for (unsigned mode = 0x10; mode < 0x20; mode++) {
        if (!strcmp(armv7_psr_mode_name(mode), name) && *name != '?') {
            *value = mode;
            return true;
        }
    }
    return false;
}

#define ROW_FIELD(number, id, name, kind) {name, HT_FILTER_NUMBER, NULL},
#define ROW_NUMBER(number, id, name, kind) (number),

static const struct ht_filter_field fields[] = {
    [FACT_SEQ] = {"seq", HT_FILTER_NUMBER, NULL},
    [FACT_TIME] = {"time", HT_FILTER_TIME, NULL},
    [FACT_CPU] = {"cpu", HT_FILTER_NUMBER, NULL},
    [FACT_INSNS] = {"insns", HT_FILTER_NUMBER, NULL},
    [FACT_EVENT] = {"event", HT_FILTER_NUMBER, event_of},
    [FACT_VM] = {"vm", HT_FILTER_TEXT, NULL},
    [FACT_VCPU] = {"vcpu", HT_FILTER_NUMBER, NULL},
    [FACT_IN_HYP] = {"in_hyp", HT_FILTER_FLAG, NULL},
    [FACT_GAP] = {"gap", HT_FILTER_FLAG, NULL},
    [FACT_PC] = {"pc", HT_FILTER_NUMBER, NULL},
    [FACT_MODE] = {"mode", HT_FILTER_NUMBER, mode_of},
    [FACT_THUMB] = {"thumb", HT_FILTER_FLAG, NULL},
    [FACT_SYMBOL] = {"symbol", HT_FILTER_TEXT, NULL},
    [FACT_CLASS] = {"class", HT_FILTER_NUMBER, class_of},
    [FACT_DETAIL] = {"detail", HT_FILTER_TEXT, NULL},
    [FACT_HSR] = {"hsr", HT_FILTER_NUMBER, NULL},
    [FACT_EC] = {"ec", HT_FILTER_NUMBER, ec_of},
    [FACT_IMM] = {"imm", HT_FILTER_NUMBER, NULL},
    [FACT_WRITE] = {"write", HT_FILTER_FLAG, NULL},
    [FACT_SIZE] = {"size", HT_FILTER_NUMBER, NULL},
    [FACT_RT] = {"rt", HT_FILTER_NUMBER, NULL},
    [FACT_FAR] = {"far", HT_FILTER_NUMBER, NULL},
    [FACT_IPA] = {"ipa", HT_FILTER_NUMBER, NULL},
    [FACT_DEVICE] = {"device", HT_FILTER_TEXT, NULL},
    [FACT_DEPTH] = {"depth", HT_FILTER_NUMBER, NULL},
    [FACT_NESTED] = {"nested", HT_FILTER_FLAG, NULL},
    [FACT_VECTOR] = {"vector", HT_FILTER_NUMBER, NULL},
    [FACT_INSN] = {"insn", HT_FILTER_NUMBER, NULL},
    [FACT_INTID] = {"intid", HT_FILTER_NUMBER, NULL},
    [FACT_DUR] = {"dur", HT_FILTER_TIME, NULL},
    [FACT_AWAY] = {"away", HT_FILTER_TIME, NULL},
    [FACT_SELF] = {"self", HT_FILTER_TIME, NULL},
    [FACT_DUR_INSNS] = {"dur_insns", HT_FILTER_NUMBER, NULL},
    [FACT_AWAY_INSNS] = {"away_insns", HT_FILTER_NUMBER, NULL},
    HT_REG_TABLE(ROW_FIELD)
};

static const uint8_t rows[] = { HT_REG_TABLE(ROW_NUMBER) };

G_STATIC_ASSERT(G_N_ELEMENTS(fields) == FACT_ROWS + G_N_ELEMENTS(rows));
G_STATIC_ASSERT(G_N_ELEMENTS(fields) <= HT_FILTER_FIELDS_MAX);

struct ht_cause ht_facts_cause(const struct ht_facts *facts)
{
    struct ht_cause cause = ht_cause_of(facts->event);

    if (facts->outcome) {
        cause.detail = facts->outcome->detail;
    }
    return cause;
}

static bool has_place(const struct ht_event *event)
{
    return ht_event_is_entry(event) ||
           (event->id >= HT_EV_ACTIVATION && event->id <= HT_EV_NESTED_RETURN);
}

static bool get_everywhere(const struct ht_facts *facts, enum fact fact, uint64_t *value)
{
    const struct ht_event *event = facts->event;

    switch ((unsigned)fact) {
    case FACT_SEQ:
        *value = event->seq;
        return true;
    case FACT_TIME:
        *value = event->time_ns;
        return true;
    case FACT_CPU:
        *value = event->cpu;
        return true;
    case FACT_INSNS:
        *value = event->insns;
        return true;
    case FACT_EVENT:
        *value = event->id;
        return true;
    case FACT_IN_HYP:
        *value = facts->in_hyp;
        return true;
    case FACT_GAP:
        *value = event->gap;
        return true;
    case FACT_VCPU:
        *value = facts->where.vcpu;
        return !facts->in_hyp;
    default:
        return false;
    }
}

static bool get_place(const struct ht_event *event, enum fact fact, uint64_t *value)
{
    *value = fact == FACT_PC ? event->pc
           : fact == FACT_MODE ? armv7_psr_mode(event->psr)
           : (event->psr & ARMV7_PSR_T) != 0;
    return has_place(event);
}

static bool get_entry(const struct ht_event *event, enum fact fact, uint64_t *value)
{
    switch ((unsigned)fact) {
    case FACT_CLASS:
        *value = ht_cause_of(event).cls;
        return true;
    case FACT_DEPTH:
        *value = event->depth;
        return true;
    case FACT_NESTED:
        *value = event->depth > 0;
        return true;
    case FACT_VECTOR:
        *value = 4u * event->vector;
        return true;
    case FACT_INSN:
        *value = event->insn;
        return event->insn_halfwords > 0;
    case FACT_FAR:
        *value = event->far;
        return event->id >= HT_EV_ENTRY_DABT && event->id <= HT_EV_ENTRY_IABT_S2;
    case FACT_IPA:
        *value = ht_event_is_stage2(event) ? hsr_fault_ipa(event->hpfar, event->far) : 0;
        return ht_event_is_stage2(event);
    default:
        return false;
    }
}

static bool is_data_abort(const struct ht_event *event)
{
    return event->id == HT_EV_ENTRY_DABT || event->id == HT_EV_ENTRY_DABT_S2;
}

/* The register that an MCR, MRC or a data access with a valid syndrome moves. */
static bool get_rt(const struct ht_event *event, uint64_t *value)
{
    enum ht_class cls = ht_cause_of(event).cls;
    struct hsr_abort abort = hsr_decode_dabt(event->hsr);

    if (is_data_abort(event)) {
        *value = abort.srt;
        return abort.isv;
    }
    *value = hsr_decode_mcr(event->hsr).rt;
    return cls == HT_CLASS_CP15 || cls == HT_CLASS_CP14 || cls == HT_CLASS_VMRS ||
           cls == HT_CLASS_CP15_64 || cls == HT_CLASS_CP14_64;
}

static bool get_syndrome(const struct ht_event *event, enum fact fact, uint64_t *value)
{
    struct hsr_abort abort = hsr_decode_dabt(event->hsr);
    enum ht_class cls = ht_cause_of(event).cls;

    switch ((unsigned)fact) {
    case FACT_HSR:
        *value = event->hsr;
        return true;
    case FACT_EC:
        *value = HSR_GET(event->hsr, EC);
        return true;
    case FACT_IMM:
        *value = HSR_GET(event->hsr, IMM16);
        return cls == HT_CLASS_HVC || cls == HT_CLASS_SVC;
    case FACT_WRITE:
        *value = abort.write;
        return is_data_abort(event);
    case FACT_SIZE:
        *value = abort.size_bytes;
        return is_data_abort(event) && abort.isv;
    case FACT_RT:
        return get_rt(event, value);
    default:
        return false;
    }
}

static bool get_intid(const struct ht_facts *facts, uint64_t *value)
{
    const struct ht_event *event = facts->event;

    if (event->id == HT_EV_GIC_ACK || event->id == HT_EV_GIC_EOI || event->id == HT_EV_GIC_DIR) {
        *value = gicv2_iar_intid(event->value);
        return true;
    }
    if (event->id == HT_EV_GICH_LR) {
        *value = GICH_LR_GET(event->value, VIRTUALID);
        return true;
    }
    if (event->id != HT_EV_ENTRY_IRQ && event->id != HT_EV_ENTRY_FIQ) {
        return false;
    }
    *value = ht_facts_cause(facts).detail;
    return *value != HT_INTID_UNKNOWN;
}

static bool get_outcome(const struct ht_outcome *outcome, enum fact fact, uint64_t *value)
{
    switch ((unsigned)fact) {
    case FACT_DUR:
        *value = outcome->hyp.ns;
        return outcome->returned;
    case FACT_DUR_INSNS:
        *value = outcome->hyp.insns;
        return outcome->returned && outcome->hyp.insns;
    case FACT_AWAY:
        *value = outcome->away.ns;
        return outcome->ended;
    case FACT_AWAY_INSNS:
        *value = outcome->away.insns;
        return outcome->ended && outcome->away.insns;
    case FACT_SELF:
        *value = outcome->self.ns;
        return outcome->ended;
    default:
        return false;
    }
}

const char *ht_facts_symbol(const struct ht_facts *facts, uint32_t *offset_bytes)
{
    if (!facts->names->symbols || !has_place(facts->event)) {
        return NULL;
    }
    return ht_symbols_find(facts->names->symbols,
                           facts->in_hyp ? HT_SPACE_HYP : facts->where.vm, facts->event->pc,
                           offset_bytes);
}

static bool get_text(struct ht_facts *facts, enum fact fact, const char **text)
{
    const struct ht_event *event = facts->event;
    uint64_t offset_bytes;
    uint32_t distance;

    if (fact == FACT_VM) {
        *text = facts->in_hyp ? NULL : ht_vm_names_get(facts->names->vms, facts->where.vm);
    } else if (fact == FACT_DEVICE && ht_event_is_stage2(event)) {
        *text = facts->names->map ? ht_map_find(facts->names->map,
                                                hsr_fault_ipa(event->hpfar, event->far),
                                                &offset_bytes) : NULL;
    } else if (fact == FACT_SYMBOL) {
        *text = ht_facts_symbol(facts, &distance);
    } else if (fact == FACT_DETAIL && ht_event_is_entry(event)) {
        struct ht_cause cause = ht_facts_cause(facts);

        ht_cause_detail(&cause, facts->names->map, facts->text, sizeof(facts->text));
        *text = facts->text;
    } else {
        *text = NULL;
    }
    return *text != NULL;
}

static bool get(void *subject, unsigned field, struct ht_filter_value *value)
{
    struct ht_facts *facts = subject;
    enum fact fact = (enum fact)field;

    if (field >= FACT_ROWS) {
        value->number = facts->event->regs[rows[field - FACT_ROWS]];
        return true;
    }
    if (fields[field].kind == HT_FILTER_TEXT) {
        return get_text(facts, fact, &value->text);
    }
    if (fact == FACT_INTID) {
        return get_intid(facts, &value->number);
    }
    if (fact <= FACT_GAP) {
        return get_everywhere(facts, fact, &value->number);
    }
    if (fact <= FACT_THUMB) {
        return get_place(facts->event, fact, &value->number);
    }
    if (fact >= FACT_DUR) {
        return facts->outcome && get_outcome(facts->outcome, fact, &value->number);
    }
    if (fact >= FACT_HSR && fact <= FACT_RT) {
        return ht_event_has_hsr(facts->event) &&
               get_syndrome(facts->event, fact, &value->number);
    }
    return ht_event_is_entry(facts->event) && get_entry(facts->event, fact, &value->number);
}

const struct ht_filter_language *ht_facts_language(void)
{
    static const struct ht_filter_language language = {fields, G_N_ELEMENTS(fields), get};

    return &language;
}

bool ht_facts_need_exits(const HtFilter *filter)
{
    return ht_filter_uses(filter, FACT_AWAY) || ht_filter_uses(filter, FACT_SELF) ||
           ht_filter_uses(filter, FACT_AWAY_INSNS);
}

bool ht_facts_need_traps(const HtFilter *filter)
{
    return ht_facts_need_exits(filter) || ht_filter_uses(filter, FACT_DUR) ||
           ht_filter_uses(filter, FACT_DUR_INSNS) || ht_filter_uses(filter, FACT_INTID) ||
           ht_filter_uses(filter, FACT_DETAIL);
}

bool ht_facts_need_event(const HtFilter *filter)
{
    return ht_filter_uses(filter, FACT_EVENT);
}
