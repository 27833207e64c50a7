/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with a long list and one chosen entry as GTK's own widgets make it:
 * what turns of the main loop are measured against. As many rows, as large, of
 * labels that say as much; the chosen one is told by a single label beside them. */

#include <adwaita.h>
#include <glib-unix.h>
#include <stdlib.h>

#include "linli-watchdog.h"

typedef struct
{
  GtkWidget *first;
  GtkWidget *second;
  GtkWidget *title;
  GtkWidget *facts;
} Row;

static GtkWidget *
add (GtkWidget  *line,
     GtkWidget  *widget,
     const char *css_class)
{
  if (css_class != NULL)
    gtk_widget_add_css_class (widget, css_class);
  gtk_box_append (GTK_BOX (line), widget);

  return widget;
}

static GtkWidget *
new_inscription (void)
{
  return g_object_new (GTK_TYPE_INSCRIPTION, "hexpand", TRUE, "xalign", 0.0, "text-overflow",
                       GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Row *row = g_new0 (Row, 1);

  row->first = add (box, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), NULL);
  row->second = add (box, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), NULL);
  row->title = add (row->first, new_inscription (), "heading");
  add (row->first, gtk_label_new ("28 Nov"), "caption");
  add (row->second, gtk_label_new ("open"), "caption");
  row->facts = add (row->second, new_inscription (), "caption");
  add (row->second, gtk_image_new_from_icon_name ("document-open-recent-symbolic"), NULL);
  add (row->second, gtk_label_new ("2 days left"), "caption");
  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  Row *row = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "row");
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_inscription_set_text (GTK_INSCRIPTION (row->title), text);
  gtk_inscription_set_text (GTK_INSCRIPTION (row->facts), text);
}

static void
chosen_cb (GtkSingleSelection *selection,
           GParamSpec         *pspec,
           GtkLabel           *label)
{
  GtkStringObject *chosen = gtk_single_selection_get_selected_item (selection);

  gtk_label_set_label (label, chosen != NULL ? gtk_string_object_get_string (chosen) : "");
}

static GtkWidget *
new_content (guint n_rows)
{
  GtkStringList *rows = gtk_string_list_new (NULL);
  GtkSingleSelection *selection;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = g_strdup_printf ("小区一期 %u 号楼地下室漏水多日无人处理", i);

      gtk_string_list_append (rows, text);
    }
  selection = gtk_single_selection_new (G_LIST_MODEL (rows));
  gtk_single_selection_set_autoselect (selection, FALSE);
  g_signal_connect (selection, "notify::selected-item", G_CALLBACK (chosen_cb), label);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_paned_set_start_child (GTK_PANED (paned), scroller);
  gtk_paned_set_end_child (GTK_PANED (paned), label);
  gtk_paned_set_position (GTK_PANED (paned), 420);

  return paned;
}

static gboolean
report_cb (gpointer data)
{
  LinliWatchdog *watchdog = data;

  g_print ("watchdog longest=%" G_GINT64_FORMAT "us over=%u busiest=%" G_GINT64_FORMAT "us\n",
           linli_watchdog_get_longest (watchdog), linli_watchdog_get_n_over (watchdog),
           linli_watchdog_get_busiest (watchdog));
  linli_watchdog_reset (watchdog);

  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  guint n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 10000;
  g_autoptr(LinliWatchdog) watchdog = linli_watchdog_new (g_main_context_default ());
  GtkWidget *window, *content;

  setvbuf (stdout, NULL, _IOLBF, 0);
  adw_init ();
  content = new_content (n_rows);
  window = g_object_new (GTK_TYPE_WINDOW, "title", "Plain ready", "default-width", 1280, "default-height", 720, "child",
                         content, NULL);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
  g_unix_signal_add (SIGUSR1, report_cb, watchdog);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
