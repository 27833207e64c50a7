/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A transaction that keeps rows answers as one that asks the database, and
 * either remembers what is another than it was. */

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
static const LinliTable own_table = { "own_thing", columns, NULL, LINLI_TABLE_LOCAL, "Something written by statements too." };

/* How things stood when the record of changes began. */
typedef struct
{
  gboolean whole; /* nothing of that record was handed over from within */
  char    *things[N_IDS];
} Picture;

typedef struct
{
  LinliTx *tx;
  guint    n_open;
  Picture  pictures[MOST_OPEN + 1];
} World;

/* Returns: (nullable): what a row says; NULL for none */
static char *
see (LinliRow *row)
{
  if (row == NULL)
    return NULL;
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, linli_row_get_text (row, 1),
                          linli_row_get_int (row, 2), linli_row_get_pk (row));
}

static char *
look_up (LinliTx *tx,
         guint    n)
{
  g_autofree char *id = g_strdup_printf ("thing-%u", n);
  g_autoptr(GPtrArray) there = linli_tx_select (tx, &table, NULL, "id = ?1", "s", id);

  g_assert_nonnull (there);
  return there->len > 0 ? see (there->pdata[0]) : NULL;
}

static void
take_picture (World *self)
{
  Picture *picture = &self->pictures[self->n_open];

  picture->whole = TRUE;
  for (guint n = 0; n < N_IDS; n++)
    {
      g_free (picture->things[n]);
      picture->things[n] = look_up (self->tx, n);
    }
}

static LinliChange *
find_change (LinliTx *tx,
             guint    n)
{
  GPtrArray *changes = linli_tx_get_changes (tx);
  g_autofree char *id = g_strdup_printf ("thing-%u", n);

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      LinliRow *row = change->after != NULL ? change->after : change->before;

      if (row != NULL && g_str_equal (linli_row_get_id (row), id))
        return change;
    }
  return NULL;
}

/* What is remembered leads from how it was to how it is. */
static void
check_changes (World *self)
{
  const Picture *picture = &self->pictures[self->n_open];

  for (guint n = 0; picture->whole && n < N_IDS; n++)
    {
      LinliChange *change = find_change (self->tx, n);
      g_autofree char *is = look_up (self->tx, n);
      g_autofree char *before = change != NULL ? see (change->before) : g_strdup (is);
      g_autofree char *after = change != NULL ? see (change->after) : g_strdup (is);

      g_assert_cmpstr (after, ==, is);
      g_assert_cmpstr (before, ==, picture->things[n]);
    }
}

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

/* The id that the record itself shows may be handed in. */
static void
remove_changed (World *self,
                guint  n)
{
  LinliChange *change = find_change (self->tx, n);

  if (change != NULL && change->after != NULL)
    linli_tx_delete (self->tx, &table, linli_row_get_id (change->after), NULL);
}

static void
move (World *self)
{
  switch (g_test_rand_int_range (0, 7))
    {
    case 0:
      g_ptr_array_unref (linli_tx_take_changes (self->tx));
      take_picture (self);
      for (guint i = 0; i < self->n_open; i++)
        self->pictures[i].whole = FALSE;
      break;
    case 1:
    case 2:
    case 3:
      if (self->n_open == MOST_OPEN)
        break;
      g_assert_true (linli_tx_push (self->tx, NULL));
      self->n_open++;
      take_picture (self);
      break;
    default:
      if (self->n_open == 0)
        break;
      g_assert_true (linli_tx_pop (self->tx, g_test_rand_bit (), NULL));
      self->n_open--;
      break;
    }
}

static void
step (World *self)
{
  guint n = (guint) g_test_rand_int_range (0, N_IDS);
  g_autofree char *id = g_strdup_printf ("thing-%u", n);
  g_autofree char *word = g_strdup_printf ("word %d", g_test_rand_int_range (0, 1000));
  g_autoptr(LinliRow) row = linli_row_new (&table);

  linli_row_set_text (row, 0, id);
  linli_row_set_text (row, 1, word);
  linli_row_set_int (row, 2, g_test_rand_int_range (0, 3));
  switch (g_test_rand_int_range (0, 9))
    {
    case 0: linli_tx_insert (self->tx, row, NULL); break;
    case 1: linli_tx_delete (self->tx, &table, id, NULL); break;
    case 2: remove_changed (self, n); break;
    case 3: g_assert_true (linli_tx_put (self->tx, row, NULL)); break;
    case 4:
    case 5:
    case 6: move (self); break;
    default: linli_tx_update (self->tx, row, NULL); break;
    }
  linli_row_set_text (row, 1, "changed after it was handed in");
}

static void
make_table (LinliConn        *conn,
            const LinliTable *made)
{
  g_autoptr(GString) ddl = g_string_new (NULL);

  linli_table_append_ddl (made, "sqlite", ddl);
  g_assert_true (linli_conn_exec (conn, ddl->str, NULL));
}

static void
test_steps (gconstpointer keeps)
{
  g_autoptr(LinliConn) conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, NULL);
  g_autoptr(LinliTx) tx = NULL;
  World self = { 0 };

  make_table (conn, &table);
  self.tx = tx = linli_tx_begin (conn, NULL);
  if (GPOINTER_TO_INT (keeps))
    linli_tx_keep_rows (tx);
  take_picture (&self);
  for (guint n = 0; n < N_STEPS; n++)
    {
      step (&self);
      check_changes (&self);
      for (guint i = 0; i < N_IDS; i++)
        {
          g_autofree char *id = g_strdup_printf ("thing-%u", i);

          check_one (tx, id);
        }
    }
  for (guint i = 0; i <= MOST_OPEN; i++)
    for (guint n = 0; n < N_IDS; n++)
      g_free (self.pictures[i].things[n]);
}

/* A table of this database alone may be written by a statement. */
static void
test_own_table (void)
{
  g_autoptr(LinliConn) conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, NULL);
  g_autoptr(LinliTx) tx = NULL;
  g_autoptr(LinliRow) row = linli_row_new (&own_table);
  g_autoptr(LinliRow) read = NULL;

  make_table (conn, &own_table);
  tx = linli_tx_begin (conn, NULL);
  linli_tx_keep_rows (tx);
  linli_row_set_text (row, 0, "a");
  linli_row_set_int (row, 2, 1);
  g_assert_true (linli_tx_insert (tx, row, NULL));
  g_assert_true (linli_conn_run (conn, NULL, "UPDATE own_thing SET number = 2", ""));
  read = linli_tx_get (tx, &own_table, "a", NULL);
  g_assert_cmpint (linli_row_get_int (read, 2), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tx/keeps-what-is-there", GINT_TO_POINTER (TRUE), test_steps);
  g_test_add_data_func ("/tx/asks-every-time", GINT_TO_POINTER (FALSE), test_steps);
  g_test_add_func ("/tx/own-table", test_own_table);
  return g_test_run ();
}
