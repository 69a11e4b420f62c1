/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes JSON text.  The caller says what comes, commas and quotes come by themselves.
 */
#ifndef HYPTRACE_CLI_JSON_H
#define HYPTRACE_CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

/* Text so far; members of an object have a key, elements of an array and the root have NULL. */
struct json {
    GString *out;
    bool comma;   /* the next member or element is not the first */
    bool lines;   /* members of the root and elements of its arrays begin on a line each */
    unsigned depth;
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
/* Begins a member whose value the caller appends. */
void json_key(struct json *json, const char *key);
void json_text(struct json *json, const char *key, const char *value);
void json_number(struct json *json, const char *key, uint64_t value);
void json_real(struct json *json, const char *key, double value);
void json_bool(struct json *json, const char *key, bool value);
/* A number in hexadecimal, as text: JSON has no other. */
void json_hex(struct json *json, const char *key, uint64_t value, unsigned digits);

#endif
