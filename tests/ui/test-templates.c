/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every template can be made, in both directions of writing, and lets go of
 * what it made. */

#include <adwaita.h>

#include "linli-action-dialog.h"
#include "linli-answers-page.h"
#include "linli-bulk-bar.h"
#include "linli-case-head.h"
#include "linli-case-list.h"
#include "linli-case-pane.h"
#include "linli-case-row.h"
#include "linli-centre-page.h"
#include "linli-centre-room.h"
#include "linli-composer.h"
#include "linli-desk-view.h"
#include "linli-devices-page.h"
#include "linli-export-dialog.h"
#include "linli-figures-page.h"
#include "linli-inbox-page.h"
#include "linli-intake-page.h"
#include "linli-lanes-page.h"
#include "linli-notices-page.h"
#include "linli-overview-page.h"
#include "linli-password-dialog.h"
#include "linli-people-page.h"
#include "linli-place-list-page.h"
#include "linli-receipt-bar.h"
#include "linli-rules-page.h"
#include "linli-sidebar.h"
#include "linli-sign-in-page.h"
#include "linli-start-page.h"
#include "linli-trouble-page.h"
#include "linli-units-page.h"

static void
test_template (gconstpointer data)
{
  GType type = GPOINTER_TO_SIZE (data);
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *widget;

      gtk_widget_set_default_direction (directions[i]);
      widget = g_object_new (type, NULL);
      gtk_window_set_child (GTK_WINDOW (window), widget);
      g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
      gtk_window_present (GTK_WINDOW (window));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      gtk_window_destroy (GTK_WINDOW (window));
      while (widget != NULL && g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_null (widget);
    }
}

/* A form is a window of its own. */
static void
test_dialog (gconstpointer data)
{
  GtkWindow *dialog = g_object_new (GPOINTER_TO_SIZE (data), NULL);

  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_present (dialog);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_window_destroy (dialog);
  while (dialog != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (dialog);
}

/* A message and a way out for everything a store may fail with. */
static void
test_troubles (void)
{
  g_autoptr(LinliTroublePage) page = g_object_ref_sink (g_object_new (LINLI_TYPE_TROUBLE_PAGE, NULL));

  for (int code = 0; code <= 12; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (g_quark_from_string ("linli-store-error-quark"), code, "why");

      linli_trouble_page_show (page, error, "/srv/centre");
    }
}

int
main (int argc, char **argv)
{
  const GType types[] = {
    LINLI_TYPE_ANSWERS_PAGE, LINLI_TYPE_BULK_BAR, LINLI_TYPE_CASE_HEAD, LINLI_TYPE_CASE_LIST, LINLI_TYPE_CASE_PANE,
    LINLI_TYPE_CASE_INK, LINLI_TYPE_CENTRE_PAGE, LINLI_TYPE_CENTRE_ROOM, LINLI_TYPE_COMPOSER, LINLI_TYPE_DESK_VIEW,
    LINLI_TYPE_FIGURES_PAGE, LINLI_TYPE_INBOX_PAGE,
    LINLI_TYPE_INTAKE_PAGE, LINLI_TYPE_LANES_PAGE, LINLI_TYPE_NOTICES_PAGE, LINLI_TYPE_OVERVIEW_PAGE,
    LINLI_TYPE_PLACE_LIST_PAGE, LINLI_TYPE_RECEIPT_BAR, LINLI_TYPE_RULES_PAGE, LINLI_TYPE_SIDEBAR, LINLI_TYPE_START_PAGE, LINLI_TYPE_TROUBLE_PAGE,
    LINLI_TYPE_UNITS_PAGE, LINLI_TYPE_DEVICES_PAGE,
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", g_type_name (types[i]), NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_template);
    }
  g_test_add_data_func ("/dialog", GSIZE_TO_POINTER (LINLI_TYPE_ACTION_DIALOG), test_dialog);
  g_test_add_data_func ("/export-dialog", GSIZE_TO_POINTER (LINLI_TYPE_EXPORT_DIALOG), test_dialog);
  g_test_add_func ("/trouble", test_troubles);
  return g_test_run ();
}
