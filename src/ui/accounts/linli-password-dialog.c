/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-password-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-error-words.h"
#include "linli-person.h"

struct _LinliPasswordDialog
{
  AdwWindow       parent_instance;

  /* Template children */
  GtkLabel       *hint;
  GtkEditable    *old;
  GtkEditable    *password;
  GtkEditable    *again;
  GtkLabel       *fault;
  GtkWidget      *set;

  /* Owned */
  LinliUiContext *context;
  char           *account;
  gboolean        busy;
};

G_DEFINE_FINAL_TYPE (LinliPasswordDialog, linli_password_dialog, ADW_TYPE_WINDOW)

static void
say (LinliPasswordDialog *self,
     const char          *words)
{
  gtk_label_set_label (self->fault, words);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), *words != '\0');
}

static void
set_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliPasswordDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = linli_person_set_password_finish (LINLI_STORE (source), result, &error);

  self->busy = FALSE;
  gtk_widget_set_sensitive (self->set, TRUE);
  if (done)
    {
      linli_ui_context_toast (self->context, _("The password is set. From now on people sign in here."));
      gtk_window_close (GTK_WINDOW (self));
    }
  else
    {
      g_autofree char *words = linli_error_words (error);

      say (self, words);
      gtk_widget_grab_focus (GTK_WIDGET (g_strcmp0 (linli_domain_error_get_reason (error), "wrong-password") == 0
                                           ? self->old : self->password));
    }
}

static void
set_cb (LinliPasswordDialog *self)
{
  const char *password = gtk_editable_get_text (self->password);

  if (self->busy)
    return;
  if (g_strcmp0 (password, gtk_editable_get_text (self->again)) != 0)
    {
      say (self, _("The two passwords are not the same."));
      gtk_widget_grab_focus (GTK_WIDGET (self->again));
      return;
    }
  say (self, "");
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->set, FALSE);
  linli_person_set_password_async (linli_ui_context_get_store (self->context), self->account,
                                   gtk_editable_get_text (self->old), password, set_done_cb, g_object_ref (self));
}

static void
next_cb (LinliPasswordDialog *self,
         GtkWidget           *row)
{
  if (row == GTK_WIDGET (self->again))
    set_cb (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (row == GTK_WIDGET (self->old) ? self->password : self->again));
}

static void
linli_password_dialog_dispose (GObject *object)
{
  LinliPasswordDialog *self = LINLI_PASSWORD_DIALOG (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->account, g_free);

  G_OBJECT_CLASS (linli_password_dialog_parent_class)->dispose (object);
}

static void
linli_password_dialog_class_init (LinliPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_password_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, old);
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, again);
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, fault);
  gtk_widget_class_bind_template_child (widget_class, LinliPasswordDialog, set);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
linli_password_dialog_init (LinliPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_password_row_name (GTK_WIDGET (self->old));
  linli_password_row_name (GTK_WIDGET (self->password));
  linli_password_row_name (GTK_WIDGET (self->again));
}

/* libadwaita 1.2 gives the button that shows a password no name. */
void
linli_password_row_name (GtkWidget *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show or hide the password"),
                                        -1);
      linli_password_row_name (child);
    }
}

/**
 * linli_password_dialog_open:
 * @account: whose password
 * @person: the name, for the title
 * @own: whether the person at the desk asks for the own one, and shows the old first
 */
void
linli_password_dialog_open (LinliUiContext *context,
                            GtkWindow      *parent,
                            const char     *account,
                            const char     *person,
                            gboolean        own)
{
  LinliPasswordDialog *self = g_object_new (LINLI_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);
  LinliSession *session = linli_ui_context_get_session (context);
  g_autofree char *title = g_strdup_printf (_("Password of %s"), person != NULL ? person : "");

  self->context = g_object_ref (context);
  self->account = g_strdup (account);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (GTK_WIDGET (self->old), own && session->sign_in);
  gtk_label_set_label (self->hint, session->sign_in
                                     ? _("At least eight characters. A short sentence is easier to keep in mind than signs.")
                                     : _("Nobody here has a password yet. With the first one, everybody begins to sign in; "
                                         "give the others theirs under People and Roles."));
  gtk_window_present (GTK_WINDOW (self));
}
