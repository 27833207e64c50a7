/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Arguments of commands and queries, described as data: one description
 * validates, documents (as JSON Schema) and tells the desk what to fill in. */

typedef enum
{
  LINLI_ARG_TEXT,
  LINLI_ARG_ID,      /* UUID of a row */
  LINLI_ARG_INT,
  LINLI_ARG_BOOL,
  LINLI_ARG_TIME,    /* integer microseconds UTC, or ISO 8601 text with offset */
  LINLI_ARG_DATE,    /* text, 2026-02-14 */
  LINLI_ARG_OBJECT,
  LINLI_ARG_TEXTS,   /* array of texts */
  LINLI_ARG_OBJECTS, /* array of objects */
  LINLI_ARG_NUMBER,  /* text: a printed number; the desk draws it when absent */
} LinliArgType;

typedef struct
{
  const char        *name;
  LinliArgType       type;
  gboolean           required;
  guint              max_length; /* characters, or elements; 0: LINLI_ARG_LIMIT */
  const char *const *choices;    /* (nullable) allowed texts, NULL-terminated; a NUMBER's series */
  const char        *doc;
} LinliArgSpec;

#define LINLI_ARG_LIMIT 20000

gboolean    linli_args_check     (const LinliArgSpec *specs,
                                  JsonObject         *args,
                                  GError            **error);
JsonObject *linli_args_to_schema (const LinliArgSpec *specs);
gboolean    linli_args_get_time  (JsonObject         *args,
                                  const char         *name,
                                  gint64             *time);
gboolean    linli_time_from_text (const char         *text,
                                  gint64             *time);
char       *linli_time_to_text   (gint64              time);
void        linli_json_set_time  (JsonObject         *object,
                                  const char         *member,
                                  gint64              time);

G_END_DECLS
