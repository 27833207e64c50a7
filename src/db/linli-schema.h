/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tables described as data. DDL, row encoding, validation, CSV headings and
 * the documentation of the schema all come from these descriptions.
 *
 * Every table has a local integer key `pk`, which never leaves the machine,
 * and as its first column a text `id`, by which every machine knows the row. */

typedef enum
{
  LINLI_TYPE_TEXT,
  LINLI_TYPE_UUID, /* lower-case text, see linli-uuid.h */
  LINLI_TYPE_INT,
  LINLI_TYPE_BOOL,
  LINLI_TYPE_TIME, /* microseconds since 1970-01-01 UTC */
  LINLI_TYPE_DATE, /* text, 2026-02-14 */
  LINLI_TYPE_JSON, /* text holding one JSON value */
  LINLI_TYPE_BLOB,
} LinliType;

typedef enum
{
  LINLI_COLUMN_REQUIRED = 1 << 0, /* NOT NULL */
  LINLI_COLUMN_PERSONAL = 1 << 1, /* identifies a person: masked by role */
  LINLI_COLUMN_FIXED    = 1 << 2, /* never changes once written (verbatim texts) */
} LinliColumnFlags;

typedef struct
{
  const char        *name;
  LinliType          type;
  LinliColumnFlags   flags;
  guint              max_length; /* characters; 0: the type's own limit */
  const char        *references; /* (nullable) table whose id this holds; checked by verify */
  const char *const *choices;    /* (nullable) the only texts allowed, NULL-terminated */
  const char        *doc;        /* what the column means, with the clerk's word for it */
} LinliColumn;

typedef struct
{
  const char *name;
  const char *columns;  /* as written between the parentheses */
  gboolean    unique;
  const char *where;    /* (nullable) condition of a partial index */
} LinliIndex;

typedef enum
{
  LINLI_TABLE_LOCAL       = 1 << 0, /* this desk's own, never synchronised */
  LINLI_TABLE_APPEND_ONLY = 1 << 1, /* rows are neither changed nor removed */
} LinliTableFlags;

typedef struct
{
  const char        *name;
  const LinliColumn *columns; /* ends with a NULL name; the first is "id" */
  const LinliIndex  *indexes; /* (nullable) ends with a NULL name */
  LinliTableFlags    flags;
  const char        *doc;
} LinliTable;

#define LINLI_TEXT_LIMIT 65536 /* characters of a text column that names no limit */

guint       linli_table_n_columns   (const LinliTable *table);
int         linli_table_find_column (const LinliTable *table,
                                     const char       *name);
void        linli_schema_append_prelude (const char   *engine,
                                     GString          *out);
void        linli_column_append_ddl (const LinliTable *table,
                                     const LinliColumn *column,
                                     const char       *engine,
                                     GString          *out);
void        linli_table_append_indexes (const LinliTable *table,
                                     gboolean          lacking,
                                     GString          *out);
void        linli_table_append_ddl  (const LinliTable *table,
                                     const char       *engine,
                                     GString          *out);

G_END_DECLS
