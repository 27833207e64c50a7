/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail: one entry an operation, each holding the hash of the one
 * before, so that an entry changed, removed or put in later breaks the chain
 * at a place that can be named. */

#include "config.h"

#include "linli-audit.h"

#include <string.h>

#include "linli-core-tables.h"
#include "linli-json-write.h"
#include "linli-sha256.h"

static void
append_side (const char *name,
             LinliRow   *row,
             LinliRow   *other,
             GString    *out)
{
  const LinliTable *table = linli_row_get_table (row);
  gboolean first = TRUE;

  g_string_append_c (out, ',');
  linli_json_append_name (out, name);
  g_string_append_c (out, '{');
  for (guint i = 1; table->columns[i].name != NULL; i++)
    {
      if (other != NULL ? linli_row_equal_column (row, other, i) : linli_row_is_null (row, i))
        continue;
      if (!first)
        g_string_append_c (out, ',');
      linli_json_append_name (out, table->columns[i].name);
      linli_row_append_json_column (row, i, out);
      first = FALSE;
    }
  g_string_append_c (out, '}');
}

/* [{"t":table,"id":id,"b":{changed columns before},"a":{after}}, ...]; a new
 * row has no "b", a removed one no "a". */
static char *
changes_to_json (GPtrArray *changes)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      LinliRow *row = change->after != NULL ? change->after : change->before;

      if (row == NULL || change->table->flags & LINLI_TABLE_LOCAL)
        continue;
      g_string_append (out, out->len > 1 ? ",{\"t\":\"" : "{\"t\":\"");
      g_string_append (out, change->table->name);
      g_string_append (out, "\",\"id\":");
      linli_json_append_text (out, linli_row_get_id (row));
      if (change->before != NULL)
        append_side ("b", change->before, change->after, out);
      if (change->after != NULL)
        append_side ("a", change->after, change->before, out);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');

  return g_string_free (out, FALSE);
}

/* [{"t":table,"n":rows}, ...], in the order the tables were first touched. */
static char *
count_changes (GPtrArray *changes)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new ();
  g_autofree guint *counts = g_new0 (guint, changes->len);
  GString *out = g_string_new ("[");

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      guint at = 0;

      if (change->table->flags & LINLI_TABLE_LOCAL)
        continue;
      if (!g_ptr_array_find (tables, change->table, &at))
        {
          at = tables->len;
          g_ptr_array_add (tables, (gpointer) change->table);
        }
      counts[at]++;
    }
  for (guint i = 0; i < tables->len; i++)
    g_string_append_printf (out, "%s{\"t\":\"%s\",\"n\":%u}", i > 0 ? "," : "",
                            ((const LinliTable *) tables->pdata[i])->name, counts[i]);
  g_string_append_c (out, ']');

  return g_string_free (out, FALSE);
}

/* Fields are separated by the byte that ends every text, so that moving a
 * character from one field to the next changes the hash. */
static void
update_field (LinliSha256 *sum,
              const char  *text)
{
  linli_sha256_add (sum, text, strlen (text) + 1);
}

static char *
entry_hash (LinliRow *entry)
{
  static const guint fields[] = { LINLI_AUDIT_PREV_HASH, LINLI_AUDIT_ID, LINLI_AUDIT_ACTOR,
                                  LINLI_AUDIT_DEVICE, LINLI_AUDIT_KIND, LINLI_AUDIT_BODY,
                                  LINLI_AUDIT_CHANGES, LINLI_AUDIT_RESULT };
  LinliSha256 sum;
  char at[32];

  linli_sha256_begin (&sum);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    update_field (&sum, linli_row_get_text (entry, fields[i]));
  g_snprintf (at, sizeof at, "%" G_GINT64_FORMAT, linli_row_get_int (entry, LINLI_AUDIT_AT));
  update_field (&sum, at);

  return linli_sha256_end_text (&sum);
}

/**
 * linli_audit_append:
 * @tx: the operation's transaction, all its changes made
 * @result: what the caller will be told, JSON
 * @bulk: count the rows changed instead of spelling each out: they follow
 *   from the operation's own line, which is kept whole
 * @error: %LINLI_STORE_ERROR
 *
 * Adds the operation as the next link of the chain.
 */
gboolean
linli_audit_append (LinliTx              *tx,
                    const LinliOperation *operation,
                    const char           *result,
                    gboolean              bulk,
                    GError              **error)
{
  g_autoptr(LinliRow) entry = linli_row_new (&linli_table_audit);
  GPtrArray *rows = linli_tx_get_changes (tx);
  g_autofree char *changes = bulk ? count_changes (rows) : changes_to_json (rows);
  g_autofree char *prev_hash = NULL;
  g_autofree char *hash = NULL;

  if (!linli_conn_get_text (linli_tx_get_conn (tx), &prev_hash, error,
                            "SELECT hash FROM audit ORDER BY pk DESC LIMIT 1", ""))
    return FALSE;

  linli_row_set_text (entry, LINLI_AUDIT_ID, operation->id);
  linli_row_set_int (entry, LINLI_AUDIT_AT, operation->at);
  linli_row_set_text (entry, LINLI_AUDIT_ACTOR, operation->actor);
  linli_row_set_text (entry, LINLI_AUDIT_DEVICE, operation->device);
  linli_row_set_text (entry, LINLI_AUDIT_KIND, operation->kind);
  linli_row_set_text (entry, LINLI_AUDIT_BODY, operation->body);
  linli_row_set_text (entry, LINLI_AUDIT_CHANGES, changes);
  linli_row_set_text (entry, LINLI_AUDIT_RESULT, result);
  linli_row_set_text (entry, LINLI_AUDIT_PREV_HASH, prev_hash != NULL ? prev_hash : "");
  hash = entry_hash (entry);
  linli_row_set_text (entry, LINLI_AUDIT_HASH, hash);

  return linli_tx_insert (tx, entry, error);
}

static char *
find_fault (LinliRow   *entry,
            const char *prev_hash,
            gint64      expected_pk)
{
  g_autofree char *hash = entry_hash (entry);
  gint64 pk = linli_row_get_pk (entry);

  if (pk != expected_pk)
    return g_strdup_printf ("audit entry %" G_GINT64_FORMAT " is missing", expected_pk);
  if (g_strcmp0 (linli_row_get_text (entry, LINLI_AUDIT_PREV_HASH), prev_hash) != 0)
    return g_strdup_printf ("audit entry %" G_GINT64_FORMAT " (%s) does not follow the one before",
                            pk, linli_row_get_id (entry));
  if (g_strcmp0 (linli_row_get_text (entry, LINLI_AUDIT_HASH), hash) != 0)
    return g_strdup_printf ("audit entry %" G_GINT64_FORMAT " (%s, %s) was changed", pk,
                            linli_row_get_id (entry), linli_row_get_text (entry, LINLI_AUDIT_KIND));
  return NULL;
}

/**
 * linli_audit_verify:
 * @n_entries: (out): how many entries were read
 * @broken: (out) (transfer full) (nullable): the first broken link in words
 *
 * Returns: whether the chain could be read; @broken tells whether it holds
 */
gboolean
linli_audit_verify (LinliConn *conn,
                    gint64    *n_entries,
                    char     **broken,
                    GError   **error)
{
  g_autofree char *prev_hash = g_strdup ("");
  g_autoptr(GPtrArray) page = NULL;
  gint64 last = 0;

  *n_entries = 0;
  *broken = NULL;
  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = linli_conn_select (conn, &linli_table_audit, error,
                                "pk > ?1 ORDER BY pk LIMIT 500", "i", last);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len && *broken == NULL; i++)
        {
          LinliRow *entry = page->pdata[i];

          *broken = find_fault (entry, prev_hash, last + 1);
          last = linli_row_get_pk (entry);
          g_free (prev_hash);
          prev_hash = g_strdup (linli_row_get_text (entry, LINLI_AUDIT_HASH));
          (*n_entries)++;
        }
    }
  while (page->len > 0 && *broken == NULL);

  return TRUE;
}

/* One entry made while a clock was wrong must not hide those before it. */
#define LATEST_OF "1000"

/**
 * linli_audit_get_latest:
 * @at: (out): the latest time among the last entries; 0 without any
 * @error: %LINLI_STORE_ERROR
 *
 * A clock that shows an earlier time now was set back since.
 */
gboolean
linli_audit_get_latest (LinliConn *conn,
                        gint64    *at,
                        GError   **error)
{
  g_return_val_if_fail (conn != NULL && at != NULL, FALSE);

  return linli_conn_get_int (conn, at, error,
                             "SELECT coalesce (max (at), 0) FROM "
                             "(SELECT at FROM audit ORDER BY pk DESC LIMIT " LATEST_OF ") AS last", "");
}
