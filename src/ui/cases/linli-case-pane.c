/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-pane.h"

#include <glib/gi18n-lib.h>

#include "linli-case-detail.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"

struct _LinliCasePane
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  AdwStatusPage  *status;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable; /* (nullable): of the case being read */
};

G_DEFINE_FINAL_TYPE (LinliCasePane, linli_case_pane, ADW_TYPE_BIN)

static void
stop_reading (LinliCasePane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gpointer
read_case (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  return linli_case_detail_load (conn, data, LINLI_ROLE_ANY, error);
}

static void
read_case_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliCasePane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseDetail) detail = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (detail == NULL)
    {
      adw_status_page_set_title (self->status, _("This Case Cannot Be Read"));
      return;
    }
  adw_status_page_set_title (self->status, linli_row_get_text (detail->case_row, LINLI_CASE_TITLE));
  adw_status_page_set_description (self->status,
                                   linli_case_state_words (linli_row_get_text (detail->case_row, LINLI_CASE_STATE)));
}

static void
linli_case_pane_dispose (GObject *object)
{
  LinliCasePane *self = LINLI_CASE_PANE (object);

  stop_reading (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_case_pane_parent_class)->dispose (object);
}

static void
linli_case_pane_class_init (LinliCasePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_case_pane_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, status);
}

static void
linli_case_pane_init (LinliCasePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LinliCasePane *
linli_case_pane_new (LinliUiContext *context)
{
  LinliCasePane *self = g_object_new (LINLI_TYPE_CASE_PANE, NULL);

  self->context = g_object_ref (context);

  return self;
}

/* @case_id: (nullable): %NULL shows that none is chosen */
void
linli_case_pane_show (LinliCasePane *self,
                      const char    *case_id)
{
  g_return_if_fail (LINLI_IS_CASE_PANE (self));

  stop_reading (self);
  if (case_id == NULL)
    {
      adw_status_page_set_title (self->status, _("No Case Selected"));
      adw_status_page_set_description (self->status, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), read_case, g_strdup (case_id), g_free,
                          (GDestroyNotify) linli_case_detail_unref, self->cancellable,
                          read_case_cb, g_object_ref (self));
}
