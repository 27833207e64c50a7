/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-sql.h"

#include "linli-json-write.h"

#define DATA_KEY "row-sql"

static void
row_sql_free (gpointer data)
{
  LinliRowSql *self = data;

  g_free (self->insert);
  g_free (self->insert_at);
  g_free (self->select);
  g_free (self->find);
  g_free (self->remove);
  g_free (self);
}

static LinliRowSql *
row_sql_new (const LinliTable *table)
{
  LinliRowSql *self = g_new0 (LinliRowSql, 1);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) values = g_string_new (NULL);

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", table->columns[i].name);
      g_string_append_printf (values, "%s?%u", i == 0 ? "" : ", ", i + 1);
    }
  self->insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table->name, names->str, values->str);
  self->insert_at = g_strdup_printf ("INSERT INTO %s (%s, pk) VALUES (%s, ?%u)", table->name, names->str, values->str,
                                     linli_table_n_columns (table) + 1);
  self->select = g_strdup_printf ("SELECT pk, %s FROM %s WHERE ", names->str, table->name);
  self->find = g_strconcat (self->select, "id = ?1", NULL);
  self->remove = g_strdup_printf ("DELETE FROM %s WHERE id = ?1", table->name);

  return self;
}

/* Returns: (transfer none): the statements for @table, written once a connection */
const LinliRowSql *
linli_row_sql_get (LinliConn        *conn,
                   const LinliTable *table)
{
  GHashTable *known = linli_conn_get_data (conn, DATA_KEY);
  LinliRowSql *sql;

  if (known == NULL)
    {
      known = g_hash_table_new_full (NULL, NULL, NULL, row_sql_free);
      linli_conn_set_data (conn, DATA_KEY, known, (GDestroyNotify) g_hash_table_unref);
    }
  sql = g_hash_table_lookup (known, table);
  if (sql == NULL)
    {
      sql = row_sql_new (table);
      g_hash_table_insert (known, (gpointer) table, sql);
    }

  return sql;
}

/**
 * linli_row_sql_update:
 * @columns: the columns to set; values are bound in their order from ?2, the
 *   id is ?1
 *
 * Only what changed is named: an engine rewrites every index of the columns
 * it is told to set, changed or not.
 */
char *
linli_row_sql_update (const LinliTable *table,
                      const guint      *columns,
                      guint             n_columns)
{
  GString *sql = g_string_sized_new (256);

  g_string_append (sql, "UPDATE ");
  g_string_append (sql, table->name);
  for (guint i = 0; i < n_columns; i++)
    {
      g_string_append (sql, i == 0 ? " SET " : ", ");
      g_string_append (sql, table->columns[columns[i]].name);
      g_string_append (sql, " = ?");
      linli_json_append_int (sql, i + 2);
    }
  g_string_append (sql, " WHERE id = ?1");

  return g_string_free (sql, FALSE);
}
