/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-test.h"

#include "linli-json.h"
#include "linli-registry.h"
#include "linli-row-hash.h"
#include "linli-row-json.h"
#include "test-conn.h"
#include "linli-tx.h"
#include "linli-wire-push.h"

/* Makes @conn, an empty store, a workspace with one device. */
void
hub_test_make (LinliConn  *conn,
               const char *device)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;

  linli_hub_create (conn, "guiyuan", HUB_EPOCH, &error);
  g_assert_no_error (error);
  linli_hub_add_device (conn, device, &prefix, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prefix, ==, "AA");
}

LinliConn *
hub_test_new (const char *device)
{
  LinliConn *conn = test_conn_new ();

  hub_test_make (conn, device);
  return conn;
}

GBytes *
hub_test_batch (const char *epoch,
                const char *device,
                gint64      seq,
                gint64      sent_at,
                GPtrArray  *bodies,
                guint       first,
                guint       n)
{
  GString *text = g_string_new (NULL);

  linli_wire_push_begin (text, epoch, device, seq, sent_at);
  for (guint i = first; i < MIN (first + n, bodies->len); i++)
    linli_wire_push_add (text, bodies->pdata[i]);
  return g_string_free_to_bytes (text);
}

/* Returns: (transfer full): the body of @reply, which must have @status */
GBytes *
hub_test_take (LinliHubReply *reply,
               guint          status)
{
  GBytes *bytes = g_bytes_new (reply->body->str, reply->body->len);

  if (reply->status != status)
    g_error ("%u instead of %u: %s", reply->status, status, reply->body->str);
  linli_hub_reply_free (reply);
  return bytes;
}

/* Returns: (transfer full): "table/id" -> the row as text, of everything that is synchronised */
GHashTable *
hub_test_rows (LinliConn *conn)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint t = 0; tables[t] != NULL; t++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) page = NULL;

      if (tables[t]->flags & LINLI_TABLE_LOCAL)
        continue;
      page = linli_conn_select (conn, tables[t], &error, "1 = 1", "");
      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        g_hash_table_insert (rows, g_strconcat (tables[t]->name, "/", linli_row_get_id (page->pdata[i]), NULL),
                             linli_row_to_json (page->pdata[i]));
    }

  return rows;
}

void
hub_test_assert_same (GHashTable *a,
                      GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (b, key)) != 0)
      g_error ("%s differs:\n%s\n%s", (char *) key, (char *) value, (char *) g_hash_table_lookup (b, key));
  g_hash_table_iter_init (&iter, b);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (a, key))
      g_error ("%s is on one side only", (char *) key);
}

/* The sums that the hub tells @device are those of the rows in @of. */
void
hub_test_check_digest (LinliConn  *hub,
                       const char *device,
                       LinliConn  *of)
{
  g_autoptr(GBytes) bytes = hub_test_take (linli_hub_digest (hub, device), 200);
  g_autoptr(JsonObject) object = linli_json_parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL);
  JsonObject *tables = linli_json_get_object (object, "tables");
  g_autoptr(GList) names = json_object_get_members (tables);

  g_assert_nonnull (names);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *pair = linli_json_get_array (tables, l->data);
      g_autofree char *hash = NULL;
      guint64 sum = 0;
      gint64 n = 0;

      g_assert_true (linli_row_hash_table (of, linli_registry_find_table (l->data), &n, &sum, NULL));
      hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", sum);
      g_assert_cmpint (json_array_get_int_element (pair, 0), ==, n);
      g_assert_cmpstr (json_array_get_string_element (pair, 1), ==, hash);
    }
}
