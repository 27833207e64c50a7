/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-page.h"

#include <string.h>

#include "linli-json.h"

#define NAME_LIMIT   80
#define CURSOR_LIMIT 200

/* @unit: (nullable): whose rows follow, when they are not the whole workspace's */
void
linli_wire_page_begin (GString    *out,
                       const char *epoch,
                       const char *from,
                       gint64      expect,
                       const char *unit)
{
  g_string_append (out, "{\"epoch\":");
  linli_json_append_text (out, epoch);
  g_string_append (out, ",\"from\":");
  linli_json_append_text (out, from);
  if (unit != NULL)
    {
      g_string_append (out, ",\"unit\":");
      linli_json_append_text (out, unit);
    }
  g_string_append_printf (out, ",\"format\":%d,\"expect\":%" G_GINT64_FORMAT "}\n", LINLI_WIRE_FORMAT, expect);
}

/* @body: (nullable): the row as it was committed; %NULL when it was removed */
void
linli_wire_page_row (GString    *out,
                     const char *kind,
                     const char *id,
                     gint64      rev,
                     const char *body)
{
  g_string_append_printf (out, "{\"t\":\"%s\",\"id\":", kind);
  linli_json_append_text (out, id);
  g_string_append_printf (out, ",\"rev\":%" G_GINT64_FORMAT, rev);
  if (body != NULL)
    {
      g_string_append (out, ",\"d\":");
      g_string_append (out, body);
    }
  else
    g_string_append (out, ",\"del\":true");
  g_string_append (out, "}\n");
}

void
linli_wire_page_end (GString    *out,
                     const char *next,
                     gint64      rev,
                     gboolean    more,
                     gint64      tip,
                     gint64      server_time,
                     gint64      retry_in)
{
  g_string_append (out, "{\"next\":");
  linli_json_append_text (out, next);
  g_string_append_printf (out, ",\"rev\":%" G_GINT64_FORMAT ",\"more\":%s,\"tip\":%" G_GINT64_FORMAT
                          ",\"server_time\":%" G_GINT64_FORMAT ",\"retry_in\":%" G_GINT64_FORMAT "}\n",
                          rev, more ? "true" : "false", tip, server_time, retry_in);
}

static void
row_free (gpointer data)
{
  LinliWireRow *self = data;

  g_free (self->kind);
  g_free (self->id);
  g_free (self->body);
  g_free (self);
}

static gboolean
read_begin (LinliWirePage *self,
            JsonObject    *line,
            GError       **error)
{
  gint64 format = 0;

  self->epoch = g_strdup (linli_wire_get_word (line, "epoch", NAME_LIMIT));
  self->from = g_strdup (linli_wire_get_word (line, "from", CURSOR_LIMIT));
  self->unit = g_strdup (linli_wire_get_word (line, "unit", NAME_LIMIT));
  return (self->epoch != NULL && self->from != NULL && linli_wire_get_count (line, "format", &format) &&
          format == LINLI_WIRE_FORMAT && linli_wire_get_count (line, "expect", &self->expect)) ||
         linli_wire_foreign (error, "the beginning of a page");
}

static gboolean
read_end (LinliWirePage *self,
          JsonObject    *line,
          GError       **error)
{
  self->next = g_strdup (linli_wire_get_word (line, "next", CURSOR_LIMIT));
  self->more = linli_json_get_bool (line, "more");
  if (self->next == NULL)
    {
      g_set_error_literal (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_TORN, "The page has no end");
      return FALSE;
    }
  return (json_object_has_member (line, "more") && linli_wire_get_count (line, "rev", &self->rev) &&
          linli_wire_get_count (line, "tip", &self->tip) && linli_wire_get_count (line, "server_time", &self->server_time) &&
          linli_wire_get_count (line, "retry_in", &self->retry_in)) ||
         linli_wire_foreign (error, "the end of a page");
}

/* Passes over @text, which must stand at *@at. */
static gboolean
skip (const char **at,
      const char  *text)
{
  gsize length = strlen (text);

  if (strncmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* Returns: (transfer full) (nullable): the plain word up to the next quote */
static char *
take_word (const char **at)
{
  gsize length = strcspn (*at, "\"\\");
  char *word;

  if (length == 0 || length > NAME_LIMIT || (*at)[length] != '"' || !g_utf8_validate (*at, (gssize) length, NULL))
    return NULL;
  word = g_strndup (*at, length);
  *at += length;
  return word;
}

/* Whether @text begins with an object that ends with it, as far as brackets
 * tell: what a later hub says behind the row is not taken for a part of it. */
static gboolean
is_one_object (const char *text,
               gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
        }
      else if (text[i] == '"')
        in_string = TRUE;
      else if (text[i] == '{')
        depth++;
      else if (text[i] == '}' && --depth == 0)
        return i + 1 == length;
    }
  return FALSE;
}

/* A row in the very words of linli_wire_page_row(): its envelope is read
 * without a tree of the whole, which costs a desk that fetches everything as
 * much as writing it. @line ends with a NUL.
 *
 * Returns: whether it was one; else nothing is in @row */
static gboolean
read_plain (LinliWireRow *row,
            const char   *line,
            gint64       *last_rev)
{
  const char *at = line;
  const char *stop = line + strlen (line) - 1; /* the envelope's own bracket */
  char *end = NULL;

  if (skip (&at, "{\"t\":\"") && (row->kind = take_word (&at)) != NULL && skip (&at, "\",\"id\":\"") &&
      (row->id = take_word (&at)) != NULL && skip (&at, "\",\"rev\":") && g_ascii_isdigit (*at))
    {
      row->rev = g_ascii_strtoll (at, &end, 10);
      at = end;
      if (row->rev > *last_rev && skip (&at, ",\"d\":") && at < stop && *at == '{' && *stop == '}' &&
          is_one_object (at, (gsize) (stop - at)))
        {
          row->body = g_strndup (at, (gsize) (stop - at));
          *last_rev = row->rev;
          return TRUE;
        }
    }
  g_clear_pointer (&row->kind, g_free);
  g_clear_pointer (&row->id, g_free);
  return FALSE;
}

static gboolean
read_any (LinliWirePage *self,
          JsonObject    *line,
          gint64        *last_rev,
          GError       **error)
{
  LinliWireRow *row = g_new0 (LinliWireRow, 1);
  JsonObject *body = linli_json_get_object (line, "d");

  g_ptr_array_add (self->rows, row);
  row->kind = g_strdup (linli_wire_get_word (line, "t", NAME_LIMIT));
  row->id = g_strdup (linli_wire_get_word (line, "id", NAME_LIMIT));
  row->body = body != NULL ? linli_json_object_to_text (body) : NULL;
  if (row->kind == NULL || row->id == NULL || !linli_wire_get_count (line, "rev", &row->rev) || row->rev <= *last_rev ||
      (body == NULL) != linli_json_get_bool (line, "del") ||
      (body != NULL && g_strcmp0 (linli_json_get_text (body, "id"), row->id) != 0))
    return linli_wire_foreign (error, "a row");
  *last_rev = row->rev;

  return TRUE;
}

static gboolean
read_row (LinliWirePage       *self,
          const LinliWireLine *line,
          gint64              *last_rev,
          GError             **error)
{
  g_autofree char *text = memchr (line->text, '\0', line->length) == NULL ? g_strndup (line->text, line->length) : NULL;
  g_autofree LinliWireRow *row = g_new0 (LinliWireRow, 1);
  g_autoptr(JsonObject) object = NULL;

  if (text != NULL && read_plain (row, text, last_rev))
    {
      g_ptr_array_add (self->rows, g_steal_pointer (&row));
      return TRUE;
    }
  object = linli_wire_read (line, error);
  return object != NULL && read_any (self, object, last_rev, error);
}

/**
 * linli_wire_page_parse:
 * @error: %LINLI_WIRE_ERROR
 *
 * Whoever writes a row finds out whether its body is sound, see
 * linli_sync_read_row().
 *
 * Returns: (transfer full): a whole page
 */
LinliWirePage *
linli_wire_page_parse (GBytes  *message,
                       GError **error)
{
  g_autoptr(LinliWirePage) self = g_new0 (LinliWirePage, 1);
  g_autoptr(GArray) lines = linli_wire_split (message, error);
  gint64 last_rev = 0;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      const LinliWireLine *text = &g_array_index (lines, LinliWireLine, i);
      gboolean last = i + 1 == lines->len;
      g_autoptr(JsonObject) line = i == 0 || last ? linli_wire_read (text, error) : NULL;

      if ((i == 0 || last) && line == NULL)
        return NULL;
      if (i == 0 ? !read_begin (self, line, error) : last ? !read_end (self, line, error)
                                                          : !read_row (self, text, &last_rev, error))
        return NULL;
    }
  if (self->next == NULL)
    {
      g_set_error_literal (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_TORN, "The page has no end");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * linli_wire_page_find_next:
 * @message: a page, perhaps; only its last line is looked at
 *
 * Returns: (transfer full) (nullable): the cursor of the page behind it; %NULL
 *   when nothing follows
 */
char *
linli_wire_page_find_next (GBytes *message)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (message, &size);
  LinliWireLine last = { 0 };
  g_autoptr(JsonObject) line = NULL;

  if (size == 0 || text[size - 1] != '\n')
    return NULL;
  for (last.text = text + size - 1; last.text > text && last.text[-1] != '\n' && last.length < CURSOR_LIMIT * 8; last.text--)
    last.length++;
  line = linli_wire_read (&last, NULL);

  return line != NULL && linli_json_get_bool (line, "more") ? g_strdup (linli_wire_get_word (line, "next", CURSOR_LIMIT)) : NULL;
}

void
linli_wire_page_free (LinliWirePage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->from);
  g_free (self->unit);
  g_free (self->next);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}
