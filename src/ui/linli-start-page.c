/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-start-page.h"

struct _LinliStartPage
{
  AdwBin        parent_instance;

  /* Template children */
  GtkWidget    *recent_group;
  AdwActionRow *recent_row;
  GtkEditable  *name;
  GtkEditable  *community;
  GtkEditable  *person;
  GtkWidget    *create;
};

enum { CREATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliStartPage, linli_start_page, ADW_TYPE_BIN)

static char *
typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
changed_cb (LinliStartPage *self)
{
  g_autofree char *name = typed (self->name);
  g_autofree char *person = typed (self->person);

  gtk_widget_set_sensitive (self->create, *name != '\0' && *person != '\0');
}

static void
create_clicked_cb (LinliStartPage *self)
{
  g_autofree char *name = typed (self->name);
  g_autofree char *community = typed (self->community);
  g_autofree char *person = typed (self->person);

  if (*name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  else if (*person == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->person));
  else
    g_signal_emit (self, signals[CREATE], 0, name, community, person);
}

static void
linli_start_page_class_init (LinliStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CREATE] = g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, recent_row);
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, name);
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, community);
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, person);
  gtk_widget_class_bind_template_child (widget_class, LinliStartPage, create);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
}

static void
linli_start_page_init (LinliStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @folder: (nullable): of a centre that can be opened again */
void
linli_start_page_set_last (LinliStartPage *self,
                           const char     *folder)
{
  g_return_if_fail (LINLI_IS_START_PAGE (self));

  gtk_widget_set_visible (self->recent_group, folder != NULL);
  if (folder != NULL)
    adw_action_row_set_subtitle (self->recent_row, folder);
}
