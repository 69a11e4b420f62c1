/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads what a payload of tests/payloads/ve says. */
#include "testbed/tap.h"

#include <string.h>

static void free_group(void *data)
{
    TbGroup *group = data;

    g_free(group->name);
    g_free(group->section);
    g_free(group->question);
    g_free(group);
}

static void free_claim(void *data)
{
    TbClaim *claim = data;

    g_free(claim->name);
    g_free(claim->detail);
    g_free(claim->outcome);
    g_free(claim);
}

void tb_tap_free(TbTap *tap)
{
    if (tap) {
        g_ptr_array_unref(tap->claims);
        g_ptr_array_unref(tap->groups);
        g_free(tap->error);
        g_free(tap);
    }
}

const char *tb_verdict_name(TbVerdict verdict)
{
    static const char *const names[TB_VERDICTS] = {
        [TB_PASS] = "pass",   [TB_FAIL] = "fail",   [TB_SKIP] = "skip",
        [TB_BROKEN] = "error", [TB_KFAIL] = "kfail", [TB_XPASS] = "xpass",
    };

    return names[verdict];
}

bool tb_verdict_is_bad(TbVerdict verdict)
{
    return verdict == TB_FAIL || verdict == TB_BROKEN || verdict == TB_XPASS;
}

/* What the report formats cannot carry does not come further than here. */
static char *clean(const char *text, gsize length)
{
    char *valid = g_utf8_make_valid(text, length);
    char *to = valid;

    for (const char *from = valid; *from; from++) {
        *to++ = g_ascii_iscntrl(*from) && *from != '\n' ? '?' : *from;
    }
    *to = 0;
    return valid;
}

/* Reading state: what has been seen beside claims and groups. */
typedef struct Reader {
    TbTap *tap;
    GHashTable *names; /* of claims */
    bool has_plan;
    guint64 plan;
} Reader;

static G_GNUC_PRINTF(2, 3) void fail(Reader *reader, const char *format, ...)
{
    va_list arguments;

    if (!reader->tap->error) {
        va_start(arguments, format);
        reader->tap->error = g_strdup_vprintf(format, arguments);
        va_end(arguments);
    }
}

/* "# group NAME | SECTION | QUESTION" */
static void read_group(Reader *reader, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "|", 3);
    TbGroup *group;

    if (g_strv_length(parts) != 3) {
        fail(reader, "a group is not NAME | SECTION | QUESTION: %s", text);
        return;
    }
    group = g_new0(TbGroup, 1);
    group->name = g_strdup(g_strstrip(parts[0]));
    group->section = g_strdup(g_strstrip(parts[1]));
    group->question = g_strdup(g_strstrip(parts[2]));
    g_ptr_array_add(reader->tap->groups, group);
}

/* The text behind @word and a blank, or NULL if @directive does not begin with @word. */
static const char *behind(const char *directive, const char *word)
{
    if (!g_str_has_prefix(directive, word)) {
        return NULL;
    }
    directive += strlen(word);
    return *directive == ' ' ? directive + 1 : *directive ? NULL : directive;
}

static void read_directive(TbClaim *claim, const char *directive)
{
    const char *text;

    if ((text = behind(directive, "SKIP"))) {
        claim->verdict = TB_SKIP;
    } else if ((text = behind(directive, "ERROR"))) {
        claim->verdict = TB_BROKEN;
    } else if ((text = behind(directive, "IMPDEF"))) {
        claim->outcome = g_strdup(text);
    } else {
        text = directive;
    }
    claim->detail = g_strdup(text);
}

/* The announced group with the longest name that the claim's name begins with, or NULL. */
static const TbGroup *group_of(const TbTap *tap, const char *name)
{
    const TbGroup *best = NULL;
    size_t best_length = 0;

    for (unsigned i = 0; i < tap->groups->len; i++) {
        const TbGroup *group = tap->groups->pdata[i];
        size_t length = strlen(group->name);

        if (length > best_length && g_str_has_prefix(name, group->name) && name[length] == '/') {
            best = group;
            best_length = length;
        }
    }
    return best;
}

static void check_claim(Reader *reader, const TbClaim *claim, guint64 number)
{
    if (number != reader->tap->claims->len) {
        fail(reader, "claim %s has number %" G_GUINT64_FORMAT ", not %u: text is missing",
             claim->name, number, reader->tap->claims->len);
    } else if (reader->has_plan) {
        fail(reader, "claim %s comes behind the plan", claim->name);
    } else if (!claim->group) {
        fail(reader, "claim %s belongs to no group before it", claim->name);
    } else if (!g_hash_table_add(reader->names, claim->name)) {
        fail(reader, "%s is claimed more than once", claim->name);
    }
}

/* "N - NAME[ # DIRECTIVE]", behind "ok " or "not ok ".  False if it is not that. */
static bool read_claim(Reader *reader, const char *text, TbVerdict verdict)
{
    char *name, *directive;
    guint64 number = g_ascii_strtoull(text, &name, 10);
    TbClaim *claim;

    if (name == text || !g_str_has_prefix(name, " - ") || !name[3]) {
        return false;
    }
    name += 3;
    directive = strstr(name, " #");
    claim = g_new0(TbClaim, 1);
    claim->verdict = verdict;
    claim->name = directive ? g_strndup(name, directive - name) : g_strdup(name);
    read_directive(claim, directive ? g_strstrip(directive + 2) : "");
    claim->group = group_of(reader->tap, claim->name);
    g_ptr_array_add(reader->tap->claims, claim);
    check_claim(reader, claim, number);
    return true;
}

static bool read_plan(Reader *reader, const char *text)
{
    char *end;

    reader->plan = g_ascii_strtoull(text, &end, 10);
    if (end == text || *end || reader->has_plan) {
        return false;
    }
    reader->has_plan = true;
    return true;
}

/* False if the line is none of ours. */
static bool read_line(Reader *reader, char *line)
{
    if (g_str_has_prefix(line, "ok ")) {
        return read_claim(reader, line + 3, TB_PASS);
    }
    if (g_str_has_prefix(line, "not ok ")) {
        return read_claim(reader, line + 7, TB_FAIL);
    }
    if (g_str_has_prefix(line, "1..")) {
        return read_plan(reader, line + 3);
    }
    if (g_str_has_prefix(line, "# group ")) {
        read_group(reader, line + 8);
        return true;
    }
    if (g_str_has_prefix(line, "Bail out!")) {
        fail(reader, "%s", line);
        return true;
    }
    return *line == '#' || !*line;
}

static void check_end(Reader *reader)
{
    const GPtrArray *claims = reader->tap->claims;
    const TbClaim *last = claims->len ? claims->pdata[claims->len - 1] : NULL;

    if (!reader->has_plan) {
        fail(reader, "no plan at the end: stopped %s%s", last ? "after " : "before the first claim",
             last ? last->name : "");
    } else if (reader->plan != claims->len) {
        fail(reader, "the plan says %" G_GUINT64_FORMAT " claims, there are %u", reader->plan,
             claims->len);
    } else if (!claims->len) {
        fail(reader, "makes no claim");
    }
}

TbTap *tb_tap_parse(const char *text, gsize length)
{
    g_autofree char *valid = clean(text, length);
    g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    TbTap *tap = g_new0(TbTap, 1);
    Reader reader = { .tap = tap, .names = names };

    tap->groups = g_ptr_array_new_with_free_func(free_group);
    tap->claims = g_ptr_array_new_with_free_func(free_claim);
    for (int i = 0; lines[i]; i++) {
        if (!read_line(&reader, lines[i])) {
            fail(&reader, "line %d is not TAP: %.80s", i + 1, lines[i]);
        }
    }
    check_end(&reader);
    return tap;
}
