/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A transaction that keeps rows answers as one that asks the database. */

#include "linli-sqlite.h"
#include "linli-tx.h"

#define N_IDS     6
#define N_STEPS   4000
#define MOST_OPEN 3 /* points to go back to */

static const LinliColumn columns[] = {
  { "id", LINLI_TYPE_TEXT, LINLI_COLUMN_REQUIRED, 60 },
  { "word", LINLI_TYPE_TEXT, 0, 100 },
  { "number", LINLI_TYPE_INT, 0 },
  { NULL }
};
static const LinliTable table = { "thing", columns, NULL, 0, "Something." };

static void
check_one (LinliTx    *tx,
           const char *id)
{
  g_autoptr(GPtrArray) there = linli_tx_select (tx, &table, NULL, "id = ?1", "s", id);
  g_autoptr(LinliRow) row = NULL;

  g_assert_nonnull (there);
  g_assert_true (linli_tx_find (tx, &table, id, &row, NULL));
  g_assert_cmpint (row != NULL, ==, there->len == 1);
  if (row == NULL)
    return;
  for (guint i = 0; i < 3; i++)
    g_assert_true (linli_row_equal_column (row, there->pdata[0], i));
  g_assert_cmpint (linli_row_get_pk (row), ==, linli_row_get_pk (there->pdata[0]));
  linli_row_set_text (row, 1, "the caller's own"); /* it may do with it what it likes */
}

static void
step (LinliTx *tx,
      guint   *n_open)
{
  g_autofree char *id = g_strdup_printf ("thing-%d", g_test_rand_int_range (0, N_IDS));
  g_autofree char *word = g_strdup_printf ("word %d", g_test_rand_int_range (0, 1000));
  g_autoptr(LinliRow) row = linli_row_new (&table);

  linli_row_set_text (row, 0, id);
  linli_row_set_text (row, 1, word);
  linli_row_set_int (row, 2, g_test_rand_int_range (0, 3));
  switch (g_test_rand_int_range (0, 8))
    {
    case 0: linli_tx_insert (tx, row, NULL); break;
    case 1: linli_tx_delete (tx, &table, id, NULL); break;
    case 2: g_ptr_array_unref (linli_tx_take_changes (tx)); break;
    case 3:
      if (*n_open < MOST_OPEN)
        g_assert_true (linli_tx_push (tx, NULL));
      *n_open = MIN (*n_open + 1, MOST_OPEN);
      break;
    case 4:
      if (*n_open > 0)
        g_assert_true (linli_tx_pop (tx, g_test_rand_bit (), NULL));
      *n_open -= *n_open > 0;
      break;
    case 5: g_assert_true (linli_tx_put (tx, row, NULL)); break;
    default: linli_tx_update (tx, row, NULL); break;
    }
  linli_row_set_text (row, 1, "changed after it was handed in");
}

static void
test_keeps_what_is_there (void)
{
  g_autoptr(LinliConn) conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, NULL);
  g_autoptr(LinliTx) tx = NULL;
  g_autoptr(GString) ddl = g_string_new (NULL);
  guint n_open = 0;

  linli_table_append_ddl (&table, "sqlite", ddl);
  g_assert_true (linli_conn_exec (conn, ddl->str, NULL));
  tx = linli_tx_begin (conn, NULL);
  linli_tx_keep_rows (tx);
  for (guint n = 0; n < N_STEPS; n++)
    {
      step (tx, &n_open);
      for (guint i = 0; i < N_IDS; i++)
        {
          g_autofree char *id = g_strdup_printf ("thing-%u", i);

          check_one (tx, id);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tx/keeps-what-is-there", test_keeps_what_is_there);
  return g_test_run ();
}
