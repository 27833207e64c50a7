/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading back what linli_row_append_json() writes, without a tree of it: a
 * desk that fetches everything reads a million rows. Only those very words are
 * understood here; all else is for the parser to accept or refuse. */

#include "config.h"

#include "linli-row-scan.h"

#include "linli-json-write.h"

#define MOST_DIGITS 18 /* always fit */

typedef struct
{
  const char *at;
  const char *end;
  GString    *text; /* what was read last */
} Scan;

static gboolean
skip (Scan *self,
      char  c)
{
  if (*self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
skip_word (Scan       *self,
           const char *word)
{
  gsize length = strlen (word);

  if (strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* What follows a backslash, as linli_json_append_text() puts it. */
static gboolean
scan_escape (Scan *self)
{
  int high;
  int low;

  switch (*self->at++)
    {
    case '"':  g_string_append_c (self->text, '"'); return TRUE;
    case '\\': g_string_append_c (self->text, '\\'); return TRUE;
    case 'n':  g_string_append_c (self->text, '\n'); return TRUE;
    case 'r':  g_string_append_c (self->text, '\r'); return TRUE;
    case 't':  g_string_append_c (self->text, '\t'); return TRUE;
    case 'u':
      if (!skip_word (self, "00"))
        return FALSE;
      high = g_ascii_xdigit_value (self->at[0]);
      low = high >= 0 ? g_ascii_xdigit_value (self->at[1]) : -1;
      if (low < 0 || high > 7 || high + low == 0)
        return FALSE;
      g_string_append_c (self->text, (char) (high * 16 + low));
      self->at += 2;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Behind its first quote. Controls must be escaped, so the end of the whole
 * text ends it too. */
static gboolean
scan_text (Scan *self)
{
  g_string_truncate (self->text, 0);
  for (;;)
    {
      const char *begin = self->at;

      self->at = linli_json_skip_plain (begin, self->end);
      linli_json_append_bytes (self->text, begin, (gsize) (self->at - begin));
      if (skip (self, '"'))
        return TRUE;
      if (!skip (self, '\\') || !scan_escape (self))
        return FALSE;
    }
}

static gboolean
scan_number (Scan   *self,
             gint64 *value)
{
  gboolean negative = skip (self, '-');
  const char *begin = self->at;

  *value = 0;
  while (g_ascii_isdigit (*self->at) && self->at - begin < MOST_DIGITS)
    *value = *value * 10 + g_ascii_digit_value (*self->at++);
  if (self->at == begin || g_ascii_isdigit (*self->at) || (*begin == '0' && (negative || self->at - begin > 1)))
    return FALSE;
  if (negative)
    *value = -*value;
  return TRUE;
}

static gboolean
scan_value (Scan     *self,
            LinliRow *row,
            guint     column)
{
  gint64 number = 0;

  switch (linli_row_get_table (row)->columns[column].type)
    {
    case LINLI_TYPE_BOOL:
      number = skip_word (self, "true");
      if (!number && !skip_word (self, "false"))
        return FALSE;
      linli_row_set_int (row, column, number);
      return TRUE;
    case LINLI_TYPE_INT:
    case LINLI_TYPE_TIME:
      if (!scan_number (self, &number))
        return FALSE;
      linli_row_set_int (row, column, number);
      return TRUE;
    case LINLI_TYPE_TEXT:
    case LINLI_TYPE_UUID:
    case LINLI_TYPE_DATE:
    case LINLI_TYPE_JSON:
      if (!skip (self, '"') || !scan_text (self))
        return FALSE;
      linli_row_set_text (row, column, self->text->str);
      return TRUE;
    case LINLI_TYPE_BLOB:
    default:
      return FALSE;
    }
}

/* Columns stand in the table's order; those that are NULL are left out. */
static gboolean
scan_columns (Scan     *self,
              LinliRow *row)
{
  const LinliTable *table = linli_row_get_table (row);

  for (guint i = 0; table->columns[i].name != NULL; i++)
    {
      const char *begin = self->at;

      if (!skip (self, '"'))
        return FALSE;
      if (!skip_word (self, table->columns[i].name) || !skip_word (self, "\":"))
        {
          self->at = begin;
          continue;
        }
      if (!scan_value (self, row, i))
        return FALSE;
      if (skip (self, '}'))
        return *self->at == '\0';
      if (!skip (self, ','))
        return FALSE;
    }
  return FALSE;
}

/**
 * linli_row_scan:
 * @json: what linli_row_append_json() wrote, or anything
 *
 * Returns: (transfer full) (nullable): the row, not yet checked; %NULL when
 *   @json is not written in that way
 */
LinliRow *
linli_row_scan (const LinliTable *table,
                const char       *json)
{
  g_autoptr(LinliRow) row = linli_row_new (table);
  g_autoptr(GString) text = g_string_sized_new (256);
  Scan scan = { json, json + strlen (json), text };

  return skip (&scan, '{') && scan_columns (&scan, row) ? g_steal_pointer (&row) : NULL;
}
