/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-bulk-preview.h"

#include <glib/gi18n-lib.h>

#include "linli-error-words.h"

/* More rows than anybody reads make a slow window; the exported list has all. */
#define ROWS_SHOWN 50

struct _LinliBulkPreview
{
  AdwBin          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkLabel       *summary;
  GtkProgressBar *bar;
  GtkListBox     *groups;
  GtkBox         *buttons;
};

G_DEFINE_FINAL_TYPE (LinliBulkPreview, linli_bulk_preview, ADW_TYPE_BIN)

static void
linli_bulk_preview_class_init (LinliBulkPreviewClass *klass)
{
}

static void
linli_bulk_preview_init (LinliBulkPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->summary = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                           "xalign", 0.0, "wrap", TRUE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "heading");
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  self->groups = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->groups, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->groups), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->groups), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->groups), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Why some cannot"), -1);
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
linli_bulk_preview_new (void)
{
  return g_object_new (LINLI_TYPE_BULK_PREVIEW, NULL);
}

static void
clear (LinliBulkPreview *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->groups, 0)) != NULL)
    gtk_list_box_remove (self->groups, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->groups), FALSE);
}

/* Words alone, such as what is still to be filled in. */
void
linli_bulk_preview_say (LinliBulkPreview *self,
                        const char       *words)
{
  g_return_if_fail (LINLI_IS_BULK_PREVIEW (self));

  clear (self);
  gtk_label_set_label (self->summary, words);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
}

void
linli_bulk_preview_progress (LinliBulkPreview *self,
                             LinliBulkJob     *job)
{
  g_autofree char *words = NULL;

  g_return_if_fail (LINLI_IS_BULK_PREVIEW (self));

  /* Translators: how many cases were worked through, and how many there are */
  words = g_strdup_printf (_("%'u of %'u cases"), job->n_seen, job->n_total);
  gtk_label_set_label (self->summary, words);
  gtk_progress_bar_set_fraction (self->bar, job->n_total > 0 ? (double) job->n_seen / job->n_total : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
}

static char *
summary_words (LinliBulkJob *job)
{
  const char *format;

  switch (job->mode)
    {
    case LINLI_BULK_MODE_CHECK:
      if (job->n_refused == 0)
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "It can be done to %'u case.",
                                             "It can be done to all %'u cases.", job->n_done), job->n_done);
      /* Translators: numbers of cases */
      format = _("It can be done to %'u cases, to %'u it cannot:");
      break;
    case LINLI_BULK_MODE_RUN:
      format = _("Done to %'u cases, not to %'u:");
      break;
    case LINLI_BULK_MODE_UNDO:
    default:
      format = _("Taken back for %'u cases, not for %'u:");
      break;
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, job->n_done, job->n_refused);
#pragma GCC diagnostic pop
}

static void
case_activated_cb (GtkWidget  *row,
                   const char *id)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (row));
  GtkWindow *behind = gtk_window_get_transient_for (window);

  if (behind != NULL)
    gtk_widget_activate_action (GTK_WIDGET (behind), "win.show-case", "s", id);
}

static void
free_id (gpointer  data,
         GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
group_row (LinliBulkGroup *group)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *reason = linli_error_words (group->error);
  g_autofree char *n = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u case", "%'u cases", group->n), group->n);

  g_object_set (expander, "use-markup", FALSE, "title", reason, "subtitle", n, NULL);
  /* GTK 4.8 names the row inside, not the one that takes the keyboard. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, reason, -1);
  for (guint i = 0; i < MIN (group->cases->len, ROWS_SHOWN); i++)
    {
      LinliBulkCase *refused = group->cases->pdata[i];
      GtkWidget *row = adw_action_row_new ();

      g_object_set (row, "use-markup", FALSE, "title", refused->title != NULL ? refused->title : refused->id,
                    "subtitle", refused->case_no != NULL ? refused->case_no : "", "activatable", TRUE, NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_signal_connect_data (row, "activated", G_CALLBACK (case_activated_cb), g_strdup (refused->id), free_id, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
  if (group->n > ROWS_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_("%'u more; the exported list has all"), group->n - ROWS_SHOWN);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }

  return expander;
}

/* What came of it: of a check what would come of it. */
void
linli_bulk_preview_show (LinliBulkPreview *self,
                         LinliBulkJob     *job)
{
  g_autofree char *words = summary_words (job);

  g_return_if_fail (LINLI_IS_BULK_PREVIEW (self));

  linli_bulk_preview_say (self, words);
  for (guint i = 0; i < job->groups->len; i++)
    gtk_list_box_append (self->groups, group_row (job->groups->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->groups), job->groups->len > 0);
}

/* @button: (transfer floating): below the list */
void
linli_bulk_preview_add (LinliBulkPreview *self,
                        GtkWidget        *button)
{
  g_return_if_fail (LINLI_IS_BULK_PREVIEW (self));

  gtk_box_append (self->buttons, button);
}
