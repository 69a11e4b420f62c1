/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the steps of a scenario. */
#include "testbed/step.h"

#include <string.h>

#include "testbed/error.h"

/* What follows the verb: some of domain, seconds and text, in this order. */
typedef struct Verb {
    const char *name;
    TbStepKind kind;
    bool domain, seconds, text;
} Verb;

static const Verb verbs[] = {
    { "expect", TB_STEP_EXPECT, .seconds = true, .text = true },
    { "send", TB_STEP_TYPE, .text = true },
    { "type", TB_STEP_TYPE, .text = true },
    { "press", TB_STEP_PRESS, .text = true },
    { "input", TB_STEP_INPUT, .domain = true, .seconds = true },
    { "poweroff", TB_STEP_POWEROFF, .seconds = true },
    { "reset", TB_STEP_RESET, .seconds = true },
    { .name = "quit", .kind = TB_STEP_QUIT },
};

static bool fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool fail(GError **error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (error) {
        *error = g_error_new_valist(TB_ERROR, TB_ERROR_USAGE, format, arguments);
    }
    va_end(arguments);
    return false;
}

/* Reads the escape at *@at (behind the backslash) and moves behind it; 0 if it is none. */
static char unescape_one(const char **at)
{
    static const char names[] = "nrt\\", values[] = "\n\r\t\\";
    const char *name = **at ? strchr(names, **at) : NULL;
    int value;

    if (name) {
        (*at)++;
        return values[name - names];
    }
    if (**at != 'x' || !g_ascii_isxdigit((*at)[1]) || !g_ascii_isxdigit((*at)[2])) {
        return 0;
    }
    value = g_ascii_xdigit_value((*at)[1]) << 4 | g_ascii_xdigit_value((*at)[2]);
    *at += 3;
    return value;
}

char *tb_unescape(const char *text, GError **error)
{
    g_autoptr(GString) plain = g_string_new(NULL);

    while (*text) {
        char c = *text++;

        if (c == '\\' && !(c = unescape_one(&text))) {
            fail(error, "unknown escape '\\%c' (there are \\n \\r \\t \\\\ \\xHH)", *text);
            return NULL;
        }
        g_string_append_c(plain, c);
    }
    return g_strdup(plain->str);
}

/* Cuts the next blank-separated word off *@rest; "" at the end. */
static char *next_word(char **rest)
{
    char *word = *rest, *end = word + strcspn(word, " \t");

    *rest = end + strspn(end, " \t");
    *end = 0;
    return word;
}

static const Verb *find_verb(const char *name, bool has_domain, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (g_str_equal(verbs[i].name, name)) {
            if (has_domain && verbs[i].kind != TB_STEP_EXPECT) {
                fail(error, "only expect takes a domain behind '@'");
                return NULL;
            }
            return &verbs[i];
        }
    }
    fail(error, "unknown step '%s' (there are expect send type press input poweroff reset quit)", name);
    return NULL;
}

static bool parse_seconds(TbStep *step, const char *word, GError **error)
{
    char *end;

    step->seconds = g_ascii_strtod(word, &end);
    if (!*word || *end || !(step->seconds > 0) || step->seconds > 86400) {
        return fail(error, "'%s' is not a time limit in seconds (0 < limit <= 86400)", word);
    }
    return true;
}

static bool parse_text(TbStep *step, const char *text, bool enter, GError **error)
{
    g_autofree char *plain = tb_unescape(text, error);

    if (!plain) {
        return false;
    }
    step->text = g_strconcat(plain, enter ? "\r" : "", NULL);
    if (!*step->text) {
        return fail(error, "a text is missing");
    }
    if (step->kind == TB_STEP_PRESS &&
        strspn(step->text, "abcdefghijklmnopqrstuvwxyz0123456789_- ") != strlen(step->text)) {
        return fail(error, "'%s' are not names of keys, separated by blanks", step->text);
    }
    return true;
}

static bool parse_arguments(TbStep *step, const Verb *verb, char *rest, GError **error)
{
    step->kind = verb->kind;
    if (verb->domain && !*(step->domain = g_strdup(next_word(&rest)))) {
        return fail(error, "a domain is missing (DOM0, DOM1, ... or Xen)");
    }
    if (verb->seconds && !parse_seconds(step, next_word(&rest), error)) {
        return false;
    }
    if (verb->text) {
        return parse_text(step, rest, g_str_equal(verb->name, "send"), error);
    }
    return !*rest || fail(error, "'%s' does not belong behind %s", rest, verb->name);
}

TbStep *tb_step_parse(const char *text, GError **error)
{
    g_autoptr(TbStep) step = g_new0(TbStep, 1);
    g_autofree char *copy = g_strstrip(g_strdup(text));
    char *rest = copy, *name = next_word(&rest), *at = strchr(name, '@');
    const Verb *verb;

    step->source = g_strstrip(g_strdup(text));
    if (at) {
        *at = 0;
        step->domain = g_strdup(at + 1);
    }
    verb = find_verb(name, at, error);
    if (!verb || !parse_arguments(step, verb, rest, error)) {
        return NULL;
    }
    return g_steal_pointer(&step);
}

void tb_step_free(TbStep *step)
{
    g_free(step->domain);
    g_free(step->text);
    g_free(step->source);
    g_free(step);
}
