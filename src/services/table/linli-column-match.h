/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A field an importer knows, with what people call its column. */
typedef struct
{
  const char        *name;    /* the field's id, also tried as a heading */
  const char *const *aliases; /* (nullable) ends with NULL */
} LinliFieldSpec;

typedef enum
{
  LINLI_MATCH_NONE,
  LINLI_MATCH_CONTAINS, /* one of heading and alias is part of the other */
  LINLI_MATCH_ALIAS,
  LINLI_MATCH_NAME,
  LINLI_MATCH_SAVED,    /* somebody decided so for such a file */
} LinliMatchKind;

/* Where a field is found. */
typedef struct
{
  int            column;     /* from 0, or -1 */
  LinliMatchKind kind;
  guint          confidence; /* 0-100; from 90 on nobody need look */
} LinliColumnMatch;

GArray     *linli_column_match_propose     (GPtrArray             *header,
                                            const LinliFieldSpec  *fields,
                                            guint                  n_fields);
int         linli_column_match_find_header (GPtrArray             *rows,
                                            const LinliFieldSpec  *fields,
                                            guint                  n_fields);

char       *linli_column_fingerprint       (GPtrArray             *header);
void        linli_column_mappings_save     (JsonObject            *mappings,
                                            GPtrArray             *header,
                                            const LinliFieldSpec  *fields,
                                            guint                  n_fields,
                                            GArray                *matches);
GArray     *linli_column_mappings_recall   (JsonObject            *mappings,
                                            GPtrArray             *header,
                                            const LinliFieldSpec  *fields,
                                            guint                  n_fields);

G_END_DECLS
