/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row keeps its texts in one piece of memory with itself, or beside it when
 * they do not fit: whatever is set, copied, written and read, every column
 * says what was set last. */

#include <string.h>

#include "linli-json.h"
#include "linli-row-json.h"
#include "linli-row-scan.h"
#include "linli-sqlite.h"
#include "linli-tx.h"

#define N_COLUMNS 6
#define N_STEPS   20000

static const LinliColumn columns[N_COLUMNS + 1] = {
  { "id", LINLI_TYPE_TEXT, LINLI_COLUMN_REQUIRED, 60 },
  { "a", LINLI_TYPE_TEXT, 0, 1000 },
  { "b", LINLI_TYPE_TEXT, 0, 1000 },
  { "n", LINLI_TYPE_INT, 0 },
  { "c", LINLI_TYPE_TEXT, 0, 1000 },
  { "d", LINLI_TYPE_TEXT, 0, 1000 },
  { NULL }
};

static const LinliTable table = { "thing", columns, NULL, LINLI_TABLE_LOCAL, "Something." };

typedef struct
{
  char    *texts[N_COLUMNS];
  gint64   number;
  gboolean has_number;
} Model;

static void
assert_says (LinliRow    *row,
             const Model *model)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (i != 3)
      g_assert_cmpstr (linli_row_get_text (row, i), ==, model->texts[i]);
  g_assert_cmpint (linli_row_is_null (row, 3), ==, !model->has_number);
  g_assert_cmpint (linli_row_get_int (row, 3), ==, model->number);
}

static char *
some_text (void)
{
  static const int longest[] = { 1, 12, 30, 400 };
  char *text = g_strnfill ((gsize) g_test_rand_int_range (0, longest[g_test_rand_int_range (0, G_N_ELEMENTS (longest))]), 'x');

  for (char *p = text; *p != '\0'; p++)
    *p = (char) g_test_rand_int_range ('a', 'z');
  return text;
}

/* As the store has it. */
static LinliRow *
write_and_read (LinliConn *conn,
                LinliRow  *row)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, &error);
  LinliRow *stored = NULL;

  linli_tx_put (tx, row, &error);
  g_assert_no_error (error);
  stored = linli_tx_get (tx, &table, linli_row_get_id (row), &error);
  g_assert_no_error (error);
  linli_tx_commit (tx, &error);
  g_assert_no_error (error);
  return stored;
}

static void
change_text (LinliRow *row,
             Model    *model)
{
  static const guint texts[] = { 1, 2, 4, 5 };
  guint to = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];
  guint from = texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))];
  g_autofree char *text = NULL;

  switch (g_test_rand_int_range (0, 4))
    {
    case 0: /* a part of what the row itself says, maybe in the same column */
      if (model->texts[from] == NULL)
        return;
      text = g_strdup (model->texts[from] + strlen (model->texts[from]) / 2);
      linli_row_set_text (row, to, linli_row_get_text (row, from) + strlen (model->texts[from]) / 2);
      break;
    case 1:
      linli_row_set_null (row, to);
      break;
    default:
      text = some_text ();
      linli_row_set_text (row, to, text);
      break;
    }
  g_free (model->texts[to]);
  model->texts[to] = g_steal_pointer (&text);
}

static void
replace (LinliRow **row,
         LinliRow  *by)
{
  linli_row_unref (*row);
  *row = by;
}

static void
test_says_what_was_set (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) conn = linli_sqlite_open (":memory:", LINLI_SQLITE_WRITE, &error);
  g_autoptr(GString) ddl = g_string_new (NULL);
  g_autoptr(LinliRow) row = linli_row_new (&table);
  Model model = { { g_strdup ("one") } };

  g_assert_no_error (error);
  linli_table_append_ddl (&table, "sqlite", ddl);
  linli_conn_exec (conn, ddl->str, &error);
  g_assert_no_error (error);
  linli_row_set_text (row, 0, "one");
  for (guint n = 0; n < N_STEPS; n++)
    {
      switch (g_test_rand_int_range (0, 12))
        {
        case 0:
          replace (&row, linli_row_copy (row));
          break;
        case 1:
          replace (&row, write_and_read (conn, row));
          break;
        case 2:
          model.has_number = g_test_rand_bit ();
          model.number = model.has_number ? g_test_rand_int () : 0;
          if (model.has_number)
            linli_row_set_int (row, 3, model.number);
          else
            linli_row_set_null (row, 3);
          break;
        default:
          change_text (row, &model);
          break;
        }
      assert_says (row, &model);
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (model.texts[i]);
}

/* ---- as text ------------------------------------------------------------------- */

static const LinliColumn told_columns[] = {
  { "id", LINLI_TYPE_TEXT, LINLI_COLUMN_REQUIRED, 60 },
  { "title", LINLI_TYPE_TEXT, 0, 4000 },
  { "title_of", LINLI_TYPE_JSON, 0, 4000 },
  { "n", LINLI_TYPE_INT, 0 },
  { "at", LINLI_TYPE_TIME, 0 },
  { "open", LINLI_TYPE_BOOL, 0 },
  { "last", LINLI_TYPE_TEXT, 0, 4000 },
  { NULL }
};

static const LinliTable told = { "told", told_columns, NULL, 0, "Something that travels." };

static char *
some_words (void)
{
  static const char *const pieces[] = { "井盖", "a", "\"", "\\", "\n", "\t", "\r", "\x01", "\x7f", "{", "}", "：", "𠮷", ",\"n\":1" };
  GString *text = g_string_new (NULL);

  for (gint32 n = g_test_rand_int_range (0, 12); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static LinliRow *
some_row (void)
{
  static const gint64 numbers[] = { 0, 1, -1, 7, -42, 1770973200000000, G_MAXINT64, G_MININT64, 999999999999999999 };
  LinliRow *row = linli_row_new (&told);

  linli_row_set_text (row, 0, "one");
  for (guint i = 1; told_columns[i].name != NULL; i++)
    {
      g_autofree char *text = some_words ();

      if (g_test_rand_int_range (0, 3) == 0)
        continue;
      if (told_columns[i].type == LINLI_TYPE_BOOL)
        linli_row_set_int (row, i, g_test_rand_bit ());
      else if (told_columns[i].type == LINLI_TYPE_INT || told_columns[i].type == LINLI_TYPE_TIME)
        linli_row_set_int (row, i, numbers[g_test_rand_int_range (0, G_N_ELEMENTS (numbers))]);
      else
        linli_row_set_text (row, i, text);
    }
  return row;
}

static void
assert_same (LinliRow *a,
             LinliRow *b)
{
  for (guint i = 0; told_columns[i].name != NULL; i++)
    g_assert_true (linli_row_equal_column (a, b, i));
}

/* Returns: (transfer full) (nullable): what the parser makes of @json */
static LinliRow *
parse (const char *json)
{
  g_autoptr(JsonObject) object = linli_json_parse_object (json, -1, NULL);

  return object != NULL ? linli_row_from_json (&told, object, NULL) : NULL;
}

/* What is read in one go is what the parser reads, and nothing that the parser
 * would refuse is taken for a row. */
static void
test_is_read_as_it_was_told (void)
{
  guint n_scanned = 0;

  for (guint n = 0; n < N_STEPS; n++)
    {
      g_autoptr(LinliRow) row = some_row ();
      g_autofree char *json = linli_row_to_json (row);
      g_autoptr(LinliRow) told_again = linli_row_from_text (&told, json, NULL);
      g_autoptr(LinliRow) scanned = linli_row_scan (&told, json);
      g_autoptr(LinliRow) bent = NULL;

      assert_same (row, told_again);
      if (scanned != NULL)
        assert_same (row, scanned);
      n_scanned += scanned != NULL;
      json[g_test_rand_int_range (0, (gint32) strlen (json))] = " \"\\{},:0123a"[g_test_rand_int_range (0, 13)];
      bent = linli_row_scan (&told, json);
      if (bent != NULL && linli_row_check (bent, NULL))
        {
          g_autoptr(LinliRow) parsed = parse (json);

          if (parsed == NULL)
            g_error ("“%s” was taken for a row", json);
          assert_same (bent, parsed);
        }
    }
  g_assert_cmpuint (n_scanned, >, N_STEPS / 2); /* all but the longest numbers */
}

/* Nothing that is not UTF-8 is stored, wherever it stands between letters. */
static void
test_only_text_is_stored (void)
{
  static const char *const parts[] = { "a", "abcdefgh", "0123456789", "桂", "园路", "\xc3\xa9", "\xf0\x9f\x8f\xa0", "\xe6\xa1",
                                       "\x82", "\xff", "\xc0\xaf", "\xed\xa0\x80" };
  guint n_sound = 0;

  for (guint n = 0; n < N_STEPS; n++)
    {
      g_autoptr(LinliRow) row = linli_row_new (&table);
      g_autoptr(GString) text = g_string_new (NULL);
      gint32 n_kinds = g_test_rand_bit () ? 7 : (gint32) G_N_ELEMENTS (parts);
      gboolean sound;

      for (gint32 i = g_test_rand_int_range (0, 9); i > 0; i--)
        g_string_append (text, parts[g_test_rand_int_range (0, n_kinds)]);
      sound = g_utf8_validate (text->str, -1, NULL);
      n_sound += sound;
      linli_row_set_text (row, 0, "one");
      linli_row_set_text (row, 1, text->str);
      g_assert_cmpint (linli_row_check (row, NULL), ==, sound);
    }
  g_assert_cmpuint (n_sound, >, N_STEPS / 2);
  g_assert_cmpuint (n_sound, <, N_STEPS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/says-what-was-set", test_says_what_was_set);
  g_test_add_func ("/row/is-read-as-it-was-told", test_is_read_as_it_was_told);
  g_test_add_func ("/row/only-text-is-stored", test_only_text_is_stored);
  return g_test_run ();
}
