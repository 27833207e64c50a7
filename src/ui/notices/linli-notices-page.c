/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-notices-page.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-time-words.h"

struct _LinliNoticesPage
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkStack       *stack;
  GtkListBox     *list;

  /* Owned */
  LinliUiContext *context;
  LinliNotices   *notices;
};

G_DEFINE_FINAL_TYPE (LinliNoticesPage, linli_notices_page, ADW_TYPE_BIN)

static const LinliDeskNotice *
notice_of (GtkListBoxRow *row)
{
  return linli_notice_get (g_object_get_data (G_OBJECT (row), "notice"));
}

static GtkWidget *
make_head (const LinliDeskNotice *notice,
           LinliUiContext        *context,
           const char            *words)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *moment = linli_moment_words (notice->at, linli_ui_context_now (context),
                                                linli_ui_context_get_zone (context));
  GtkWidget *what = gtk_label_new (words);
  GtkWidget *when = linli_caption_new (moment);

  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_ellipsize (GTK_LABEL (what), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (what, TRUE);
  if (!notice->read)
    gtk_widget_add_css_class (what, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (head), what);
  gtk_box_append (GTK_BOX (head), when);

  return head;
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LinliNoticesPage *self = user_data;
  const LinliDeskNotice *notice = linli_notice_get (item);
  g_autofree char *words = linli_notice_words (notice);
  g_autofree char *about = g_strdup_printf ("%s %s", notice->case_no, notice->title);
  g_autofree char *whole = g_strdup_printf (notice->read ? "%s. %s. %s" : _("%s. %s. %s Unread."), words, about,
                                            notice->words != NULL ? notice->words : "");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = linli_icon_new (linli_notice_icon (notice));

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_box_append (GTK_BOX (content), make_head (notice, self->context, words));
  gtk_box_append (GTK_BOX (content), linli_caption_new (about));
  if (notice->words != NULL && *notice->words != '\0')
    gtk_box_append (GTK_BOX (content), linli_caption_new (notice->words));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), content);
  gtk_widget_add_css_class (box, "notice-row");
  if (notice->kind == LINLI_NOTICE_LATE || notice->kind == LINLI_NOTICE_WARNING)
    gtk_widget_add_css_class (icon, "error");
  if (notice->read)
    gtk_widget_add_css_class (box, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "notice", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);

  return row;
}

static void
changed_cb (LinliNoticesPage *self)
{
  guint n = linli_notices_get_n_unread (self->notices);
  g_autofree char *words = NULL;

  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->notices)) > 0 ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notices.read-all", n > 0);
  if (n > 0)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u unread", "%u unread", n), n);
  adw_window_title_set_subtitle (self->title, words != NULL ? words : "");
}

static void
row_activated_cb (LinliNoticesPage *self,
                  GtkListBoxRow    *row)
{
  const LinliDeskNotice *notice = notice_of (row);
  g_autofree char *case_id = g_strdup (notice->case_id);

  if (!notice->read)
    linli_notices_mark_read (self->notices, notice->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-case", "s", case_id);
}

static void
read_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  linli_notices_mark_read (LINLI_NOTICES_PAGE (widget)->notices, NULL);
}

/* The one on which the keyboard is. */
static void
read_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliNoticesPage *self = LINLI_NOTICES_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL && !notice_of (row)->read)
    linli_notices_mark_read (self->notices, notice_of (row)->id);
}

static void
linli_notices_page_dispose (GObject *object)
{
  LinliNoticesPage *self = LINLI_NOTICES_PAGE (object);

  g_clear_object (&self->notices);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_notices_page_parent_class)->dispose (object);
}

static void
linli_notices_page_class_init (LinliNoticesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_notices_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-notices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliNoticesPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliNoticesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliNoticesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "notices.read-all", NULL, read_all_action);
  gtk_widget_class_install_action (widget_class, "notices.read", NULL, read_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "notices.read", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_SHIFT_MASK, "notices.read-all", NULL);
}

static void
linli_notices_page_init (LinliNoticesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LinliNoticesPage *
linli_notices_page_new (LinliUiContext *context,
                        LinliNotices   *notices)
{
  LinliNoticesPage *self = g_object_new (LINLI_TYPE_NOTICES_PAGE, NULL);

  self->context = g_object_ref (context);
  self->notices = g_object_ref (notices);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (notices), make_row, self, NULL);
  g_signal_connect_object (notices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);

  return self;
}
