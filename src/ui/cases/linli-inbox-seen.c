/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way back to cases that were looked at, by key and in the palette. */

#include "config.h"

#include "linli-inbox-page-private.h"

#include <glib/gi18n-lib.h>

#include "linli-case-tables.h"

/* Who walks through a list with J and K looks at what he stays on. */
#define DWELL_MS 900
#define LISTED   8

static gboolean
dwelt_cb (gpointer data)
{
  LinliInboxPage *self = data;
  LinliRow *row = linli_case_pane_get_case_row (linli_inbox_page_get_pane (self));

  self->dwell_id = 0;
  if (row != NULL)
    linli_case_trail_see (self->trail, linli_row_get_id (row), linli_row_get_text (row, LINLI_CASE_TITLE),
                          linli_row_get_text (row, LINLI_CASE_CASE_NO));

  return G_SOURCE_REMOVE;
}

/* Another case is shown. */
void
linli_inbox_page_watch_case (LinliInboxPage *self)
{
  g_clear_handle_id (&self->dwell_id, g_source_remove);
  self->dwell_id = g_timeout_add (DWELL_MS, dwelt_cb, self);
}

/**
 * linli_inbox_page_step_back:
 * @back: or forward again
 *
 * Returns: whether there was a case to show
 */
gboolean
linli_inbox_page_step_back (LinliInboxPage *self,
                            gboolean        back)
{
  const char *id;

  g_return_val_if_fail (LINLI_IS_INBOX_PAGE (self), FALSE);

  id = linli_case_trail_step (self->trail, linli_case_pane_get_case_id (linli_inbox_page_get_pane (self)), back);
  if (id != NULL)
    linli_inbox_page_show_case (self, id);

  return id != NULL;
}

/* The cases seen last. */
void
linli_inbox_page_fill_seen (LinliInboxPage *self,
                            LinliPalette   *palette)
{
  const char *shown = linli_case_pane_get_case_id (linli_inbox_page_get_pane (self));
  g_autoptr(GPtrArray) seen = linli_case_trail_list (self->trail, shown, LISTED);

  for (guint i = 0; i < seen->len; i++)
    {
      LinliSeenCase *one = seen->pdata[i];
      LinliPaletteEntry *entry = linli_palette_entry_new (one->title, "document-open-recent-symbolic", GTK_WIDGET (self),
                                                          "win.show-case", g_variant_new_string (one->id));

      entry->subtitle = g_strdup_printf (_("%s · seen before"), one->number);
      linli_palette_take (palette, entry);
    }
}
