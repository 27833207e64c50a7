/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What recording a change costs: one durable case.intake, with audit entry,
 * numbers and search index, beside a bare commit that inserts the very same
 * rows. Both are timed in turns on one store, so that the disk's moods hit
 * both alike. Argument: number of commands. */

#include "case-desk.h"

#include <stdlib.h>

#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-row-sql.h"

#define COMMANDS 400
#define PRELOAD  2000 /* cases that are already there */

static JsonObject *
make_args (guint i)
{
  JsonObject *args = json_object_new ();
  JsonObject *person = json_object_new ();
  g_autofree char *text = g_strdup_printf ("%u 号楼下的井盖破了，晚上车经过声音很大，老人孩子都睡不好，请尽快派人来修，谢谢。", i);
  g_autofree char *phone = g_strdup_printf ("1380013%04u", i % 10000);

  json_object_set_string_member (person, "name", "曾小贤");
  json_object_set_string_member (person, "phone", phone);
  json_object_set_string_member (args, "text", text);
  json_object_set_string_member (args, "channel", "CK01");
  json_object_set_string_member (args, "nature", "投诉");
  json_object_set_string_member (args, "community", "桂园社区");
  json_object_set_string_member (args, "place", "桂园路 12 号");
  json_object_set_object_member (args, "appellant", person);

  return args;
}

static gint64
run_command (CaseDesk *f,
             guint     i,
             char    **id)
{
  g_autoptr(JsonObject) args = make_args (i);
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  outcome = linli_desk_submit (f->desk, f->conn, "case.intake", args, LINLI_EXECUTE_QUEUE, &error);
  began = g_get_monotonic_time () - began;
  g_assert_no_error (error);
  *id = case_desk_tell (outcome, "case");

  return began;
}

/* The rows that one command wrote, to be written once more under other ids. */
static GPtrArray *
copy_rows (CaseDesk   *f,
           const char *id,
           guint       n)
{
  static const struct { const LinliTable *table; const char *of_case; int number; int owner; } kinds[] = {
    { &linli_table_appellant, "id = (SELECT appellant_id FROM cases WHERE id = ?1)", -1, -1 },
    { &linli_table_case, "id = ?1", LINLI_CASE_CASE_NO, -1 },
    { &linli_table_submission, "case_id = ?1", LINLI_SUBMISSION_RECEIPT_NO, LINLI_SUBMISSION_CASE_ID },
    { &linli_table_entry, "case_id = ?1", -1, LINLI_ENTRY_CASE_ID },
  };
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  g_autofree char *number = g_strdup_printf ("bare-%u", n);
  g_autofree char *case_id = linli_uuid_new (&f->desk->ids, CASE_DESK_NOW);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr(GPtrArray) found = linli_conn_select (f->conn, kinds[k].table, NULL, kinds[k].of_case, "s", id);

      for (guint i = 0; i < found->len; i++)
        {
          LinliRow *row = linli_row_copy (found->pdata[i]);
          g_autofree char *new_id = linli_uuid_new (&f->desk->ids, CASE_DESK_NOW);

          linli_row_set_text (row, 0, kinds[k].table == &linli_table_case ? case_id : new_id);
          if (kinds[k].number >= 0)
            linli_row_set_text (row, (guint) kinds[k].number, number);
          if (kinds[k].owner >= 0)
            linli_row_set_text (row, (guint) kinds[k].owner, case_id);
          g_ptr_array_add (rows, row);
        }
    }

  return rows;
}

static gint64
run_bare (CaseDesk  *f,
          GPtrArray *rows)
{
  gint64 began = g_get_monotonic_time ();

  g_assert_true (linli_conn_begin_write (f->conn, NULL));
  for (guint i = 0; i < rows->len; i++)
    {
      LinliRow *row = rows->pdata[i];
      g_autoptr(LinliStmt) stmt = linli_conn_prepare (f->conn, linli_row_sql_get (f->conn, linli_row_get_table (row))->insert, NULL);
      gboolean more = FALSE;

      linli_row_bind (row, stmt, 1);
      g_assert_true (linli_stmt_step (stmt, &more, NULL));
    }
  g_assert_true (linli_conn_commit (f->conn, NULL));

  return g_get_monotonic_time () - began;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return (*x > *y) - (*x < *y);
}

static gint64
median (GArray *times)
{
  g_array_sort (times, compare_times);
  return g_array_index (times, gint64, times->len / 2);
}

int
main (int argc, char **argv)
{
  guint n_commands = argc > 1 ? (guint) atoi (argv[1]) : COMMANDS;
  g_autofree char *folder = g_dir_make_tmp ("linli-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) bare = g_array_new (FALSE, FALSE, sizeof (gint64));
  CaseDesk f = { 0 };
  double ratio;

  case_desk_set_up (&f, path);
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = OFF", NULL));
  for (guint i = 0; i < PRELOAD; i++)
    {
      g_autofree char *id = NULL;

      run_command (&f, i, &id);
    }
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = FULL", NULL));
  for (guint i = 0; i < n_commands; i++)
    {
      g_autofree char *id = NULL;
      gint64 spent = run_command (&f, PRELOAD + i, &id);
      g_autoptr(GPtrArray) rows = copy_rows (&f, id, i);

      g_array_append_val (ours, spent);
      spent = run_bare (&f, rows);
      g_array_append_val (bare, spent);
    }

  ratio = (double) median (ours) / (double) median (bare);
  g_print ("intake: %d us a durable command, %d us a bare commit of its rows (medians), ratio %.2f (goal 3)\n",
           (int) median (ours), (int) median (bare), ratio);
  case_desk_tear_down (&f, path);
  g_assert_cmpint (system (clean), ==, 0);

  return ratio < 10 ? 0 : 1;
}
