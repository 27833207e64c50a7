/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* One row of one table. While a command builds it, it belongs to that
 * command; once read or written it is treated as frozen and may be shared
 * between threads. Columns are addressed by the index that the table's
 * enumeration gives them. */
typedef struct _LinliRow LinliRow;

LinliRow         *linli_row_new        (const LinliTable *table);
LinliRow         *linli_row_ref        (LinliRow         *row);
void              linli_row_unref      (LinliRow         *row);
LinliRow         *linli_row_copy       (LinliRow         *row);

const LinliTable *linli_row_get_table  (LinliRow         *row);
gint64            linli_row_get_pk     (LinliRow         *row);
void              linli_row_set_pk     (LinliRow         *row,
                                        gint64            pk);
const char       *linli_row_get_id     (LinliRow         *row);

void              linli_row_set_null   (LinliRow         *row,
                                        guint             column);
void              linli_row_set_text   (LinliRow         *row,
                                        guint             column,
                                        const char       *value);
void              linli_row_set_int    (LinliRow         *row,
                                        guint             column,
                                        gint64            value);
void              linli_row_set_blob   (LinliRow         *row,
                                        guint             column,
                                        GBytes           *value);

gboolean          linli_row_is_null    (LinliRow         *row,
                                        guint             column);
const char       *linli_row_get_text   (LinliRow         *row,
                                        guint             column);
gint64            linli_row_get_int    (LinliRow         *row,
                                        guint             column);
GBytes           *linli_row_get_blob   (LinliRow         *row,
                                        guint             column);

gboolean          linli_row_equal_column (LinliRow       *a,
                                        LinliRow         *b,
                                        guint             column);
gboolean          linli_row_check      (LinliRow         *row,
                                        GError          **error);
LinliRow         *linli_row_read       (const LinliTable *table,
                                        LinliStmt        *stmt);
void              linli_row_bind_column (LinliRow        *row,
                                        guint             column,
                                        LinliStmt        *stmt,
                                        int               index);
void              linli_row_bind       (LinliRow         *row,
                                        LinliStmt        *stmt,
                                        int               first);
void              linli_row_append_json_column (LinliRow *row,
                                        guint             column,
                                        GString          *out);
void              linli_row_append_json (LinliRow        *row,
                                        GString          *out);
gboolean          linli_row_set_json   (LinliRow         *row,
                                        guint             column,
                                        JsonNode         *value,
                                        GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliRow, linli_row_unref)

G_END_DECLS
