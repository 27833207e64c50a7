/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-wire-page.h"

#include "linli-json.h"

#define NAME_LIMIT   80
#define CURSOR_LIMIT 200

void
linli_wire_page_begin (GString    *out,
                       const char *epoch,
                       const char *from,
                       gint64      expect)
{
  g_string_append (out, "{\"epoch\":");
  linli_json_append_text (out, epoch);
  g_string_append (out, ",\"from\":");
  linli_json_append_text (out, from);
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
  g_clear_pointer (&self->row, json_object_unref);
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

static gboolean
read_row (LinliWirePage *self,
          JsonObject    *line,
          gint64        *last_rev,
          GError       **error)
{
  LinliWireRow *row = g_new0 (LinliWireRow, 1);
  JsonObject *body = linli_json_get_object (line, "d");

  g_ptr_array_add (self->rows, row);
  row->kind = g_strdup (linli_wire_get_word (line, "t", NAME_LIMIT));
  row->id = g_strdup (linli_wire_get_word (line, "id", NAME_LIMIT));
  row->row = body != NULL ? json_object_ref (body) : NULL;
  if (row->kind == NULL || row->id == NULL || !linli_wire_get_count (line, "rev", &row->rev) || row->rev <= *last_rev ||
      (body == NULL) != linli_json_get_bool (line, "del") ||
      (body != NULL && g_strcmp0 (linli_json_get_text (body, "id"), row->id) != 0))
    return linli_wire_foreign (error, "a row");
  *last_rev = row->rev;

  return TRUE;
}

/**
 * linli_wire_page_parse:
 * @error: %LINLI_WIRE_ERROR
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
      g_autoptr(JsonObject) line = linli_wire_read (&g_array_index (lines, LinliWireLine, i), error);

      if (line == NULL)
        return NULL;
      if (i == 0 ? !read_begin (self, line, error)
                 : i + 1 == lines->len ? !read_end (self, line, error) : !read_row (self, line, &last_rev, error))
        return NULL;
    }
  if (self->next == NULL)
    {
      g_set_error_literal (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_TORN, "The page has no end");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
linli_wire_page_free (LinliWirePage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->from);
  g_free (self->next);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}
