/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Leaves suggested for a store: from its list alone on the first day, kept in
 * its folder, and learned again when the file or the list is not what it was. */

#include "linli-catalogue-tables.h"
#include "linli-leaf-knowledge.h"
#include "linli-seed.h"

#include "store-fixture.h"

#define WORDS "小区门口的井盖破损了,很危险"

static gpointer
seed_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliNewCentre centre = { "桂园社区党群服务中心", "桂园社区", "海棠街道", "云岭区", "陈静", FALSE };

  linli_seed_centre (data, conn, &centre, error);
  return NULL;
}

static gpointer
read_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  return linli_leaf_knowledge_read (conn, data, error);
}

static LinliLeafKnowledge *
read_knowledge (LinliStore *store)
{
  g_autoptr(GError) error = NULL;
  LinliLeafKnowledge *knowledge = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, read_job,
                                                     (gpointer) linli_store_get_folder (store), &error);

  g_assert_no_error (error);
  return knowledge;
}

static gpointer
rename_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  linli_conn_run (conn, error, "UPDATE duty_item SET aliases = '窨井' WHERE code = ?1", "s", "06.01.02");
  return NULL;
}

static void
damage (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "suggestions.model", NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static void
test_life (StoreFixture *f,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStore) store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, &error);
  g_autoptr(LinliLeafKnowledge) first = NULL;
  g_autoptr(LinliLeafKnowledge) learned = NULL;
  g_autoptr(LinliLeafKnowledge) again = NULL;
  g_autoptr(LinliLeafKnowledge) damaged = NULL;
  g_autoptr(LinliLeafKnowledge) other = NULL;
  g_autoptr(GPtrArray) examples = NULL;
  g_autoptr(GPtrArray) suggestions = NULL;
  g_autoptr(GPtrArray) nothing = NULL;

  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, seed_job, store, &error);
  g_assert_no_error (error);

  first = read_knowledge (store);
  g_assert_true (linli_leaf_knowledge_is_stale (first));
  g_assert_false (linli_leaf_knowledge_has_model (first));
  examples = linli_leaf_knowledge_examples (first);
  learned = linli_leaf_knowledge_learn (first, examples, f->folder, NULL, &error);
  g_assert_no_error (error);
  suggestions = linli_leaf_knowledge_suggest (learned, WORDS, 3);
  g_assert_cmpuint (suggestions->len, >=, 1);
  g_assert_nonnull (g_strstr_len (linli_row_get_text (((LinliLeafSuggestion *) suggestions->pdata[0])->item,
                                                      LINLI_DUTY_ITEM_NAME), -1, "井盖"));
  nothing = linli_leaf_knowledge_suggest (learned, " 。", 3);
  g_assert_cmpuint (nothing->len, ==, 0);

  again = read_knowledge (store);
  g_assert_false (linli_leaf_knowledge_is_stale (again));
  g_assert_true (linli_leaf_knowledge_has_model (again));

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, rename_job, NULL, &error);
  g_assert_no_error (error);
  other = read_knowledge (store);
  g_assert_true (linli_leaf_knowledge_is_stale (other));
  g_assert_false (linli_leaf_knowledge_has_model (other));

  damage (f->folder);
  damaged = read_knowledge (store);
  g_assert_true (linli_leaf_knowledge_is_stale (damaged));
  g_assert_false (linli_leaf_knowledge_has_model (damaged));
  linli_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/leaf-knowledge/life", StoreFixture, NULL, store_fixture_set_up, test_life, store_fixture_tear_down);

  return g_test_run ();
}
