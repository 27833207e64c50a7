/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-bulk-bar.h"

#include <glib/gi18n-lib.h>

#include "linli-late-menu.h"

struct _LinliBulkBar
{
  AdwBin       parent_instance;

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel    *count;
  GtkButton   *all;
  GtkWidget   *actions;
  GtkMenuButton *more;
  GMenuModel  *more_menu;
};

G_DEFINE_FINAL_TYPE (LinliBulkBar, linli_bulk_bar, ADW_TYPE_BIN)

static void
linli_bulk_bar_class_init (LinliBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, count);
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, all);
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, actions);
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, more);
  gtk_widget_class_bind_template_child (widget_class, LinliBulkBar, more_menu);
}

static void
linli_bulk_bar_init (LinliBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_late_menu_set (self->more, self->more_menu);
}

/* @n_listed: cases of the whole view, shown on the button that marks them all */
void
linli_bulk_bar_show (LinliBulkBar *self,
                     gboolean      marking,
                     guint         n_marked,
                     guint         n_listed)
{
  g_autofree char *words = NULL;
  g_autofree char *all = NULL;

  g_return_if_fail (LINLI_IS_BULK_BAR (self));

  words = n_marked > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u marked", "%'u marked", n_marked), n_marked)
                       : g_strdup (_("Mark with Space"));
  /* Translators: how many cases the view has */
  all = g_strdup_printf (_("All %'u"), n_listed);
  gtk_label_set_label (self->count, words);
  gtk_button_set_label (self->all, all);
  gtk_widget_set_sensitive (self->actions, n_marked > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->all), n_marked < n_listed);
  gtk_revealer_set_reveal_child (self->revealer, marking);
}
