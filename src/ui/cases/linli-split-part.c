/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-split-part.h"

#include <glib/gi18n-lib.h>

#include "linli-case-words.h"

/* How parts are written into the form's memory: no text that is typed holds these. */
#define FIELD_SEP  "\x1f"
#define RECORD_SEP "\x1e"

static char **
field (LinliSplitPart *self,
       guint           n)
{
  char **fields[] = { &self->title, &self->code, &self->name, &self->text, &self->marks, &self->limits, &self->urgency,
                      &self->files };

  return n < G_N_ELEMENTS (fields) ? fields[n] : NULL;
}

void
linli_split_part_free (LinliSplitPart *self)
{
  for (guint i = 0; field (self, i) != NULL; i++)
    g_free (*field (self, i));
  g_free (self);
}

/* @parts: (element-type LinliSplitPart) */
char *
linli_split_parts_to_memory (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint p = 0; p < parts->len; p++)
    for (guint i = 0; field (parts->pdata[p], i) != NULL; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? FIELD_SEP : p > 0 ? RECORD_SEP : "", *field (parts->pdata[p], i));

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (element-type LinliSplitPart): what was made; a memory
 * of an earlier version lacks the last fields */
GPtrArray *
linli_split_parts_recall (const char *memory)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_split_part_free);
  g_auto(GStrv) records = g_strsplit (memory, RECORD_SEP, -1);

  for (guint r = 0; records[r] != NULL; r++)
    {
      g_auto(GStrv) fields = g_strsplit (records[r], FIELD_SEP, -1);
      guint n = g_strv_length (fields);
      LinliSplitPart *part;

      if (n < 5)
        continue;
      part = g_new0 (LinliSplitPart, 1);
      for (guint i = 0; field (part, i) != NULL; i++)
        *field (part, i) = g_strdup (i < n ? fields[i] : "");
      g_ptr_array_add (parts, part);
    }

  return parts;
}

/* Whether the part is about the sentence of that index. */
gboolean
linli_split_part_has (LinliSplitPart *self,
                      guint           sentence)
{
  g_auto(GStrv) marks = g_strsplit (self->marks, " ", -1);
  g_autofree char *wanted = g_strdup_printf ("%u", sentence);

  return g_strv_contains ((const char *const *) marks, wanted);
}

/* Returns: (transfer full): what the part will be besides its title */
char *
linli_split_part_words (LinliSplitPart *self)
{
  GString *words = g_string_new (self->name);
  g_auto(GStrv) files = *self->files != '\0' ? g_strsplit (self->files, " ", -1) : g_new0 (char *, 1);
  guint n = g_strv_length (files);

  if (*self->urgency != '\0')
    {
      const char *urgency = linli_case_urgency_words (self->urgency);

      g_string_append_printf (words, " · %s", urgency != NULL ? urgency : C_("urgency", "Ordinary"));
    }
  if (n > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u file", "%u files", n), n);
    }
  if (*self->limits != '\0') /* last: the longest may be cut off */
    g_string_append_printf (words, " · %s", self->limits);

  return g_string_free (words, FALSE);
}

/* Returns: (transfer full): as case.split takes it */
LinliRequest *
linli_split_part_to_request (LinliSplitPart *self)
{
  LinliRequest *request = linli_request_new ();
  g_auto(GStrv) files = *self->files != '\0' ? g_strsplit (self->files, " ", -1) : g_new0 (char *, 1);

  if (*self->title != '\0')
    linli_request_set_text (request, "title", self->title);
  linli_request_set_text (request, "text", self->text);
  linli_request_set_text (request, "item", self->code);
  if (*self->urgency != '\0')
    linli_request_set_text (request, "urgency", self->urgency);
  for (guint i = 0; files[i] != NULL; i++)
    linli_request_add_text (request, "attachments", files[i]);

  return request;
}
