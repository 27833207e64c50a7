/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers as JSON, as a table for eyes, or as CSV for spreadsheets. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "linli-ctl.h"
#include "linli-json.h"

#define CELL_WIDTH 40 /* columns of a terminal */

static char *
cell_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return linli_json_node_to_text (node, FALSE);
}

/* The union of all rows' members, in the order they first appear: a column
 * that is empty in the first row must not vanish. */
static GPtrArray *
collect_columns (JsonArray *rows)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      g_autoptr(GList) members = json_object_get_members (json_array_get_object_element (rows, i));

      for (GList *l = members; l != NULL; l = l->next)
        if (!g_hash_table_contains (seen, l->data))
          {
            char *name = g_strdup (l->data);

            g_ptr_array_add (columns, name);
            g_hash_table_add (seen, name);
          }
    }

  return columns;
}

static gboolean
is_table (JsonNode *answer)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (answer))
    return FALSE;
  array = json_node_get_array (answer);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

static int
display_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : g_unichar_iszerowidth (g_utf8_get_char (p)) ? 0 : 1;
  return width;
}

/* One line of at most CELL_WIDTH columns. */
static char *
fit (const char *text)
{
  GString *out = g_string_new (NULL);
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iswide (c) ? 2 : 1;
      if (width >= CELL_WIDTH)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

static void
print_cells (GPtrArray *cells,
             const int *widths)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const char *text = cells->pdata[i];

      fputs (text, stdout);
      if (i + 1 < cells->len)
        printf ("%*s", widths[i] - display_width (text) + 2, "");
    }
  putchar ('\n');
}

static void
print_table (JsonArray *rows)
{
  g_autoptr(GPtrArray) columns = collect_columns (rows);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autofree int *widths = g_new0 (int, columns->len + 1);

  g_ptr_array_add (lines, g_ptr_array_ref (columns));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

      for (guint c = 0; c < columns->len; c++)
        {
          g_autofree char *text = cell_text (json_object_get_member (json_array_get_object_element (rows, i),
                                                                     columns->pdata[c]));

          g_ptr_array_add (cells, fit (text));
        }
      g_ptr_array_add (lines, cells);
    }

  for (guint l = 0; l < lines->len; l++)
    for (guint c = 0; c < columns->len; c++)
      widths[c] = MAX (widths[c], display_width (((GPtrArray *) lines->pdata[l])->pdata[c]));
  for (guint l = 0; l < lines->len; l++)
    print_cells (lines->pdata[l], widths);
}

/* Excel opens the file without asking: a cell that begins like a formula is
 * made text. */
static void
print_csv_cell (const char *text)
{
  gboolean formula = strchr ("=+-@\t\r", text[0]) != NULL && text[0] != '\0';
  gboolean quoted = formula || strpbrk (text, ",\"\r\n") != NULL;

  if (!quoted)
    {
      fputs (text, stdout);
      return;
    }
  putchar ('"');
  if (formula)
    putchar ('\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        putchar ('"');
      putchar (*p);
    }
  putchar ('"');
}

static void
print_csv (JsonArray *rows)
{
  g_autoptr(GPtrArray) columns = collect_columns (rows);

  fputs ("\xef\xbb\xbf", stdout);
  for (guint c = 0; c < columns->len; c++)
    {
      if (c > 0)
        putchar (',');
      print_csv_cell (columns->pdata[c]);
    }
  fputs ("\r\n", stdout);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      for (guint c = 0; c < columns->len; c++)
        {
          g_autofree char *text = cell_text (json_object_get_member (row, columns->pdata[c]));

          if (c > 0)
            putchar (',');
          print_csv_cell (text);
        }
      fputs ("\r\n", stdout);
    }
}

/* Prints @answer in the chosen format; what is no table is always JSON. */
void
linli_ctl_print (LinliCtl *ctl,
                 JsonNode *answer)
{
  if (is_table (answer) && ctl->format == LINLI_FORMAT_TABLE)
    print_table (json_node_get_array (answer));
  else if (is_table (answer) && ctl->format == LINLI_FORMAT_CSV)
    print_csv (json_node_get_array (answer));
  else
    {
      g_autofree char *text = linli_json_node_to_text (answer, TRUE);

      puts (text);
    }
}

void
linli_ctl_print_object (LinliCtl   *ctl,
                        JsonObject *answer)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, answer);
  linli_ctl_print (ctl, node);
}
