/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compiles filter expressions and evaluates them.  A numeric test becomes a set of intervals, a
 * test of text a set of patterns, so that evaluation knows no relations.
 */
#include <string.h>

#include "hyptrace/lib/error.h"
#include "hyptrace/lib/filter.h"
#include "hyptrace/lib/filter_lex.h"

#define DEPTH_MAX 100
#define TEXT_BYTES_MAX 16384 /* a chain of && is as deep as it is long */

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_HAS, NODE_NUMBERS, NODE_TEXTS };

/* One alternative of a test. */
struct range {
    uint64_t low, high;   /* both belong to it */
    GPatternSpec *glob;   /* NODE_TEXTS: this, or */
    char *text;           /* exactly this */
};

struct node {
    enum node_kind kind;
    struct node *left, *right; /* AND, OR; NOT: left */
    unsigned field;
    bool negated;              /* the subject's value must be outside all ranges */
    uint64_t mask;
    GArray *ranges;
};

struct HtFilter {
    const struct ht_filter_language *language;
    struct node *root;
    bool uses[HT_FILTER_FIELDS_MAX];
};

struct parser {
    const char *text;
    HtFilter *filter;
    struct ht_token token;     /* the next one */
    unsigned depth;
    struct ht_filter_place place;
    GError *error;
};

static struct node *parse_or(struct parser *parser);

static void clear_range(gpointer data)
{
    struct range *range = data;

    g_clear_pointer(&range->glob, g_pattern_spec_free);
    g_free(range->text);
}

static void free_node(struct node *node)
{
    if (node) {
        free_node(node->left);
        free_node(node->right);
        g_clear_pointer(&node->ranges, g_array_unref);
        g_free(node);
    }
}

static struct node *new_node(enum node_kind kind, struct node *left, struct node *right)
{
    struct node *node = g_new0(struct node, 1);

    node->kind = kind;
    node->left = left;
    node->right = right;
    return node;
}

G_GNUC_PRINTF(3, 4)
static void complain(struct parser *parser, const struct ht_token *token, const char *format, ...)
{
    va_list args;

    if (parser->error) {
        return;
    }
    va_start(args, format);
    parser->error = g_error_new_valist(HT_ERROR, HT_ERROR_SYNTAX, format, args);
    va_end(args);
    parser->place = (struct ht_filter_place) {token->offset_bytes, token->length_bytes};
}

static void advance(struct parser *parser)
{
    ht_token_next(parser->text, parser->token.offset_bytes + parser->token.length_bytes,
                  &parser->token);
    if (parser->token.kind == HT_TOKEN_BAD) {
        complain(parser, &parser->token, "%s", parser->token.text);
    }
}

static bool accept(struct parser *parser, enum ht_token_kind kind)
{
    if (parser->error || parser->token.kind != kind) {
        return false;
    }
    advance(parser);
    return !parser->error;
}

static void expect(struct parser *parser, enum ht_token_kind kind, const char *what)
{
    if (!accept(parser, kind)) {
        complain(parser, &parser->token, "expected %s", what);
    }
}

static const struct ht_filter_field *field_of(const struct parser *parser, unsigned field)
{
    return &parser->filter->language->fields[field];
}

static bool find_field(struct parser *parser, unsigned *field)
{
    const struct ht_filter_language *language = parser->filter->language;

    if (parser->token.kind != HT_TOKEN_WORD) {
        complain(parser, &parser->token, "expected a field, '!' or '('");
        return false;
    }
    for (unsigned i = 0; i < language->count; i++) {
        if (!strcmp(language->fields[i].name, parser->token.text)) {
            parser->filter->uses[i] = true;
            *field = i;
            advance(parser);
            return true;
        }
    }
    complain(parser, &parser->token, "there is no field '%s'", parser->token.text);
    return false;
}

/* A value of a numeric field. */
static uint64_t take_number(struct parser *parser, const struct ht_filter_field *field)
{
    struct ht_token token = parser->token;
    uint64_t value = token.number;
    bool named = token.kind == HT_TOKEN_WORD || token.kind == HT_TOKEN_STRING;

    if (named && (!field->value_of || !field->value_of(token.text, &value))) {
        complain(parser, &token, "'%s' is no value of '%s'", token.text, field->name);
    } else if (token.kind == HT_TOKEN_TIME && field->kind != HT_FILTER_TIME) {
        complain(parser, &token, "'%s' is not a time", field->name);
    } else if (field->kind == HT_FILTER_TIME && token.kind == HT_TOKEN_NUMBER && value) {
        complain(parser, &token, "a time needs a unit: ns, us, ms or s");
    } else if (!named && token.kind != HT_TOKEN_NUMBER && token.kind != HT_TOKEN_TIME) {
        complain(parser, &token, "expected a value of '%s'", field->name);
    } else {
        advance(parser);
    }
    return value;
}

static void take_range(struct parser *parser, const struct ht_filter_field *field,
                       struct range *range)
{
    struct ht_token begin = parser->token;

    range->low = range->high = take_number(parser, field);
    if (!accept(parser, HT_TOKEN_RANGE)) {
        return;
    }
    if (accept(parser, HT_TOKEN_PLUS)) {
        uint64_t length = take_number(parser, field);

        if (length == 0 || !g_uint64_checked_add(&range->high, range->low, length - 1)) {
            complain(parser, &begin, "the range holds nothing, or ends beyond 64 bits");
        }
    } else {
        range->high = take_number(parser, field);
        if (range->high < range->low) {
            complain(parser, &begin, "the range ends before it begins");
        }
    }
}

static void take_text(struct parser *parser, const struct ht_filter_field *field, bool glob,
                      struct range *range)
{
    if (parser->token.kind != HT_TOKEN_WORD && parser->token.kind != HT_TOKEN_STRING) {
        complain(parser, &parser->token, "expected a word or a \"string\" for '%s'", field->name);
        return;
    }
    if (glob) {
        range->glob = g_pattern_spec_new(parser->token.text);
    } else {
        range->text = g_strdup(parser->token.text);
    }
    advance(parser);
}

static void add_range(struct parser *parser, struct node *node, bool glob)
{
    const struct ht_filter_field *field = field_of(parser, node->field);
    struct range range = {0};

    if (node->kind == NODE_TEXTS) {
        take_text(parser, field, glob, &range);
    } else {
        take_range(parser, field, &range);
    }
    g_array_append_val(node->ranges, range);
}

static void parse_set(struct parser *parser, struct node *node)
{
    if (!accept(parser, HT_TOKEN_BRACE)) {
        add_range(parser, node, false);
        return;
    }
    do {
        add_range(parser, node, false);
    } while (accept(parser, HT_TOKEN_COMMA));
    expect(parser, HT_TOKEN_UNBRACE, "',' or '}'");
}

/* Turns the single range of the value v into what the relation means. */
static void apply_relation(struct node *node, enum ht_token_kind relation)
{
    struct range *range = &g_array_index(node->ranges, struct range, 0);
    uint64_t value = range->low;

    if (relation == HT_TOKEN_LE || relation == HT_TOKEN_GT) {
        *range = (struct range) {.low = 0, .high = value};
    } else if (relation == HT_TOKEN_LT || relation == HT_TOKEN_GE) {
        *range = (struct range) {.low = value, .high = UINT64_MAX};
    }
    /* "above" is "not up to": then 0 and the largest number need no care */
    node->negated = relation == HT_TOKEN_NE || relation == HT_TOKEN_GT ||
                    relation == HT_TOKEN_LT;
}

static bool is_relation(enum ht_token_kind kind)
{
    return kind >= HT_TOKEN_EQ && kind <= HT_TOKEN_LIKE;
}

static void parse_relation(struct parser *parser, struct node *node)
{
    struct ht_token relation = parser->token;
    bool text = node->kind == NODE_TEXTS;

    advance(parser);
    if (text && relation.kind != HT_TOKEN_EQ && relation.kind != HT_TOKEN_NE &&
        relation.kind != HT_TOKEN_LIKE) {
        complain(parser, &relation, "a text has no order; it is tested by ==, !=, =~ or in");
    } else if (!text && relation.kind == HT_TOKEN_LIKE) {
        complain(parser, &relation, "'=~' is for texts, '%s' is a number",
                 field_of(parser, node->field)->name);
    }
    if (text) {
        add_range(parser, node, relation.kind == HT_TOKEN_LIKE);
        node->negated = relation.kind == HT_TOKEN_NE;
    } else {
        struct range range = {0};

        range.low = range.high = take_number(parser, field_of(parser, node->field));
        g_array_append_val(node->ranges, range);
        apply_relation(node, relation.kind);
    }
}

static void parse_mask(struct parser *parser, struct node *node)
{
    struct ht_token mask = parser->token;

    if (node->kind == NODE_TEXTS) {
        complain(parser, &mask, "a text has no bits");
    } else if (mask.kind != HT_TOKEN_NUMBER) {
        complain(parser, &mask, "expected a number after '&'");
    } else {
        node->mask = mask.number;
        advance(parser);
    }
}

/* Without a relation: a flag is set, any bit of the mask is, or the field is there. */
static void parse_alone(struct parser *parser, struct node *node, bool masked)
{
    struct range range = {.low = 0, .high = 0};

    if (masked || field_of(parser, node->field)->kind == HT_FILTER_FLAG) {
        g_array_append_val(node->ranges, range);
        node->negated = true;
    } else {
        node->kind = NODE_HAS;
    }
}

static struct node *parse_test(struct parser *parser)
{
    struct node *node;
    unsigned field;
    bool masked;

    if (!find_field(parser, &field)) {
        return NULL;
    }
    node = new_node(field_of(parser, field)->kind == HT_FILTER_TEXT ? NODE_TEXTS : NODE_NUMBERS,
                    NULL, NULL);
    node->field = field;
    node->mask = UINT64_MAX;
    node->ranges = g_array_new(FALSE, FALSE, sizeof(struct range));
    g_array_set_clear_func(node->ranges, clear_range);
    masked = accept(parser, HT_TOKEN_MASK);
    if (masked) {
        parse_mask(parser, node);
    }
    if (accept(parser, HT_TOKEN_IN)) {
        parse_set(parser, node);
    } else if (is_relation(parser->token.kind)) {
        parse_relation(parser, node);
    } else {
        parse_alone(parser, node, masked);
    }
    return node;
}

static struct node *parse_factor(struct parser *parser)
{
    struct node *node = NULL;

    if (++parser->depth > DEPTH_MAX) {
        complain(parser, &parser->token, "nested more than %u deep", DEPTH_MAX);
    } else if (accept(parser, HT_TOKEN_NOT)) {
        node = new_node(NODE_NOT, parse_factor(parser), NULL);
    } else if (accept(parser, HT_TOKEN_OPEN)) {
        node = parse_or(parser);
        expect(parser, HT_TOKEN_CLOSE, "'&&', '||' or ')'");
    } else {
        node = parse_test(parser);
    }
    parser->depth--;
    return node;
}

static struct node *parse_and(struct parser *parser)
{
    struct node *node = parse_factor(parser);

    while (accept(parser, HT_TOKEN_AND)) {
        node = new_node(NODE_AND, node, parse_factor(parser));
    }
    return node;
}

static struct node *parse_or(struct parser *parser)
{
    struct node *node = parse_and(parser);

    while (accept(parser, HT_TOKEN_OR)) {
        node = new_node(NODE_OR, node, parse_and(parser));
    }
    return node;
}

HtFilter *ht_filter_new(const char *text, const struct ht_filter_language *language,
                        struct ht_filter_place *place, GError **error)
{
    HtFilter *filter = g_new0(HtFilter, 1);
    struct parser parser = {.text = text, .filter = filter};

    g_assert(language->count <= HT_FILTER_FIELDS_MAX);
    filter->language = language;
    if (strlen(text) > TEXT_BYTES_MAX) {
        complain(&parser, &parser.token, "longer than %u bytes", TEXT_BYTES_MAX);
    } else {
        advance(&parser);
        filter->root = parse_or(&parser);
    }
    if (parser.token.kind != HT_TOKEN_END) {
        complain(&parser, &parser.token, "expected '&&', '||' or the end");
    }
    if (parser.error) {
        g_propagate_error(error, parser.error);
        if (place) {
            *place = parser.place;
        }
        g_clear_pointer(&filter, ht_filter_free);
    }
    return filter;
}

void ht_filter_free(HtFilter *filter)
{
    if (filter) {
        free_node(filter->root);
        g_free(filter);
    }
}

static bool in_range(const struct node *node, const struct range *range,
                     const struct ht_filter_value *value)
{
    if (node->kind == NODE_NUMBERS) {
        uint64_t number = value->number & node->mask;

        return number >= range->low && number <= range->high;
    }
    return range->glob ? g_pattern_spec_match_string(range->glob, value->text)
                       : !strcmp(range->text, value->text);
}

static bool test(const HtFilter *filter, const struct node *node, void *subject)
{
    struct ht_filter_value value = {0, NULL};

    if (!filter->language->get(subject, node->field, &value)) {
        return false;
    }
    if (node->kind == NODE_HAS) {
        return true;
    }
    for (unsigned i = 0; i < node->ranges->len; i++) {
        if (in_range(node, &g_array_index(node->ranges, struct range, i), &value)) {
            return !node->negated;
        }
    }
    return node->negated;
}

static bool match(const HtFilter *filter, const struct node *node, void *subject)
{
    switch (node->kind) {
    case NODE_AND:
        return match(filter, node->left, subject) && match(filter, node->right, subject);
    case NODE_OR:
        return match(filter, node->left, subject) || match(filter, node->right, subject);
    case NODE_NOT:
        return !match(filter, node->left, subject);
    case NODE_HAS:
    case NODE_NUMBERS:
    case NODE_TEXTS:
        return test(filter, node, subject);
    }
    g_assert_not_reached();
}

bool ht_filter_match(const HtFilter *filter, void *subject)
{
    return match(filter, filter->root, subject);
}

bool ht_filter_uses(const HtFilter *filter, unsigned field)
{
    return filter->uses[field];
}
