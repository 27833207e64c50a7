/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of a case: small pictures, to open, to save elsewhere, to take out. */

#include "config.h"

#include "linli-case-files.h"

#include <glib/gi18n-lib.h>

#include "linli-attachment-store.h"
#include "linli-blob-words.h"
#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-thumbnail.h"

/**
 * linli_file_row_new:
 * @file: where its content is
 * @name: as the person knows it
 * @audience: (nullable): who may see it
 *
 * Returns: (transfer floating): a box to which buttons may be added
 */
GtkWidget *
linli_file_row_new (GFile      *file,
                    const char *name,
                    const char *content_type,
                    gint64      size,
                    const char *audience)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (name);
  g_autofree char *bytes = g_format_size (size);
  GtkWidget *caption = linli_caption_new (bytes);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), label);
  gtk_box_append (GTK_BOX (words), caption);
  g_object_set_data (G_OBJECT (row), "linli-caption", caption);
  gtk_box_append (GTK_BOX (row), linli_thumbnail_new (file, content_type));
  gtk_box_append (GTK_BOX (row), words);
  if (audience != NULL)
    {
      GtkWidget *pill = linli_pill_new (linli_audience_words (audience), audience);

      gtk_widget_add_css_class (pill, "audience");
      gtk_widget_set_tooltip_text (pill, linli_audience_long_words (audience));
      gtk_box_append (GTK_BOX (row), pill);
    }

  return row;
}

static void
add_button (GtkWidget  *row,
            const char *icon,
            const char *words,
            const char *action,
            LinliRow   *attachment)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *label = g_strdup_printf ("%s: %s", words, linli_row_get_text (attachment, LINLI_ATTACHMENT_NAME));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", linli_row_get_id (attachment));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (row), button);
}

/* What a row shows of a file that is on its way. */
typedef struct
{
  LinliUiContext *context; /* (owned) */
  LinliRow       *row;     /* (owned) */
  GtkWidget      *box;     /* (unowned): has this as its data */
  gboolean        here;
} Where;

static void
where_free (gpointer data)
{
  Where *where = data;

  g_object_unref (where->context);
  linli_row_unref (where->row);
  g_free (where);
}

static GFile *
get_file (Where *where)
{
  return linli_attachment_get_file (linli_store_get_folder (linli_ui_context_get_store (where->context)),
                                    linli_row_get_text (where->row, LINLI_ATTACHMENT_SHA256));
}

/* The words, and the picture once there can be one; focus stays where it is. */
static void
show_where (Where *where)
{
  g_autofree char *words = linli_blob_words (linli_ui_context_get_sync (where->context),
                                             linli_row_get_text (where->row, LINLI_ATTACHMENT_SHA256),
                                             linli_row_get_int (where->row, LINLI_ATTACHMENT_SIZE));
  g_autoptr(GFile) file = get_file (where);
  gboolean here = g_file_query_exists (file, NULL);

  gtk_label_set_label (g_object_get_data (G_OBJECT (where->box), "linli-caption"), words);
  if (here && !where->here)
    {
      gtk_box_remove (GTK_BOX (where->box), gtk_widget_get_first_child (where->box));
      gtk_box_prepend (GTK_BOX (where->box),
                       linli_thumbnail_new (file, linli_row_get_text (where->row, LINLI_ATTACHMENT_CONTENT_TYPE)));
    }
  where->here = here;
}

static void
carried_cb (LinliBlobAgent *blobs,
            const char     *sha256,
            GtkWidget      *box)
{
  Where *where = g_object_get_data (G_OBJECT (box), "linli-where");

  if (sha256 == NULL || g_str_equal (sha256, linli_row_get_text (where->row, LINLI_ATTACHMENT_SHA256)))
    show_where (where);
}

static void
watch (GtkWidget      *box,
       LinliRow       *attachment,
       LinliUiContext *context)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (context);
  Where *where = g_new0 (Where, 1);
  g_autoptr(GFile) file = NULL;

  where->context = g_object_ref (context);
  where->row = linli_row_ref (attachment);
  where->box = box;
  file = get_file (where);
  where->here = g_file_query_exists (file, NULL);
  g_object_set_data_full (G_OBJECT (box), "linli-where", where, where_free);
  if (agent != NULL)
    g_signal_connect_object (linli_sync_agent_get_blobs (agent), "changed", G_CALLBACK (carried_cb), box, 0);
  show_where (where);
}

/* @origin: (nullable): the number of the merged case it belongs to */
static void
add_file (GtkWidget      *card,
          LinliRow       *attachment,
          const char     *origin,
          LinliCaseSheet *sheet,
          LinliUiContext *context)
{
  g_autoptr(GFile) file = linli_attachment_get_file (linli_store_get_folder (linli_ui_context_get_store (context)),
                                                     linli_row_get_text (attachment, LINLI_ATTACHMENT_SHA256));
  GtkWidget *row = linli_file_row_new (file, linli_row_get_text (attachment, LINLI_ATTACHMENT_NAME),
                                       linli_row_get_text (attachment, LINLI_ATTACHMENT_CONTENT_TYPE),
                                       linli_row_get_int (attachment, LINLI_ATTACHMENT_SIZE),
                                       linli_row_get_text (attachment, LINLI_ATTACHMENT_AUDIENCE));

  watch (row, attachment, context);
  add_button (row, "document-open-symbolic", _("Open"), "case.open-file", attachment);
  add_button (row, "document-save-as-symbolic", _("Save As…"), "case.save-file", attachment);
  if (origin != NULL)
    {
      g_autofree char *from = g_strdup_printf (_("in %s"), origin);

      gtk_box_append (GTK_BOX (row), linli_caption_new (from));
    }
  else if (linli_case_sheet_allows (sheet, "case.detach"))
    add_button (row, "user-trash-symbolic", _("Take Out"), "case.detach", attachment);
  gtk_box_append (GTK_BOX (card), row);
}

/* Returns: (transfer floating) (nullable): %NULL when there is none */
GtkWidget *
linli_case_files_new (LinliCaseSheet *sheet,
                      LinliUiContext *context)
{
  GPtrArray *attachments = sheet->detail->attachments;
  GtkWidget *card = linli_card_new (6);
  guint n = attachments->len;

  for (guint i = 0; i < attachments->len; i++)
    add_file (card, attachments->pdata[i], NULL, sheet, context);
  for (guint m = 0; m < sheet->detail->members->len; m++)
    {
      LinliCaseMember *member = sheet->detail->members->pdata[m];

      n += member->attachments->len;
      for (guint i = 0; i < member->attachments->len; i++)
        add_file (card, member->attachments->pdata[i], linli_row_get_text (member->case_row, LINLI_CASE_CASE_NO), sheet,
                  context);
    }
  if (n > 0)
    return card;
  g_object_ref_sink (card);
  g_object_unref (card);
  return NULL;
}
