/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sign-in-page.h"

#include <glib/gi18n-lib.h>

#include "linli-domain-error.h"
#include "linli-error-words.h"
#include "linli-password-dialog.h"
#include "linli-person.h"

struct _LinliSignInPage
{
  AdwBin         parent_instance;

  /* Template children */
  GtkLabel      *centre;
  GtkLabel      *notice;
  GtkLabel      *hint;
  GtkEditable   *person;
  GtkEditable   *password;
  GtkWidget     *sign_in;
  GtkLabel      *fault;

  /* Owned */
  LinliStore    *store; /* (nullable): while somebody is asked for */

  gboolean       busy;  /* the password is being looked at */
};

enum { SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliSignInPage, linli_sign_in_page, ADW_TYPE_BIN)

/* The entries stay as they are: one that has the keyboard must keep it. */
static void
freeze (LinliSignInPage *self,
        gboolean         frozen)
{
  self->busy = frozen;
  gtk_widget_set_sensitive (self->sign_in, !frozen);
}

/* Once both are known one types only the password. */
static void
focus_first (LinliSignInPage *self)
{
  gboolean named = *gtk_editable_get_text (self->person) != '\0';

  gtk_widget_grab_focus (GTK_WIDGET (named && gtk_widget_get_visible (GTK_WIDGET (self->password)) ? self->password
                                                                                                  : self->person));
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliSignInPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (self->store != LINLI_STORE (source))
    return;
  gtk_editable_set_text (self->password, "");
  if (linli_person_sign_in_finish (LINLI_STORE (source), result, &error))
    g_signal_emit (self, signals[SIGNED_IN], 0);
  else
    linli_sign_in_page_fail (self, error);
}

static void
sign_in_cb (LinliSignInPage *self)
{
  const char *person = gtk_editable_get_text (self->person);

  if (self->store == NULL || self->busy)
    return;
  if (*person == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->person));
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
  freeze (self, TRUE);
  linli_person_sign_in_async (self->store, person, gtk_editable_get_text (self->password), signed_in_cb,
                              g_object_ref (self));
}

static void
person_done_cb (LinliSignInPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->password)))
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else
    sign_in_cb (self);
}

static void
linli_sign_in_page_dispose (GObject *object)
{
  g_clear_object (&LINLI_SIGN_IN_PAGE (object)->store);

  G_OBJECT_CLASS (linli_sign_in_page_parent_class)->dispose (object);
}

static void
linli_sign_in_page_class_init (LinliSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, centre);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, notice);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, hint);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, person);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, password);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, LinliSignInPage, fault);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_done_cb);
}

static void
linli_sign_in_page_init (LinliSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_password_row_name (GTK_WIDGET (self->password));
}

/* To somebody who was at work a moment ago. */
static void
say_closed (LinliSignInPage    *self,
            const LinliSession *session)
{
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->notice), session->closed);
  if (!session->closed)
    return;
  /* Translators: the placeholder is the name of a person */
  words = g_strdup_printf (_("An administrator closed the account of %s. What was half typed is kept and is offered to "
                             "whoever signs in here next; if this is a mistake, an administrator can open the account again."),
                           session->person);
  gtk_label_set_label (self->notice, words);
}

/**
 * linli_sign_in_page_ask:
 * @store: (transfer none): kept until linli_sign_in_page_clear()
 * @session: who sat there last, and whether passwords are asked for
 */
void
linli_sign_in_page_ask (LinliSignInPage    *self,
                        LinliStore         *store,
                        const LinliSession *session)
{
  g_return_if_fail (LINLI_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (LINLI_IS_STORE (store));

  g_set_object (&self->store, store);
  gtk_label_set_label (self->centre, session->centre);
  gtk_label_set_label (self->hint, session->sign_in
                                     ? _("Sign-in name, name, or the initials of the name: 陈静 is cj.")
                                     : _("Nobody here has a password yet. The name, or its initials, is enough."));
  gtk_editable_set_text (self->person, session->person != NULL && !session->closed ? session->person : "");
  gtk_editable_set_text (self->password, "");
  say_closed (self, session);
  gtk_widget_set_visible (GTK_WIDGET (self->password), session->sign_in);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), FALSE);
  freeze (self, FALSE);
  focus_first (self);
}

/* Returns: (transfer none) (nullable): the store for which somebody is asked */
LinliStore *
linli_sign_in_page_get_store (LinliSignInPage *self)
{
  g_return_val_if_fail (LINLI_IS_SIGN_IN_PAGE (self), NULL);

  return self->store;
}

/* Nobody is asked for any more. */
void
linli_sign_in_page_clear (LinliSignInPage *self)
{
  g_return_if_fail (LINLI_IS_SIGN_IN_PAGE (self));

  g_clear_object (&self->store);
  gtk_editable_set_text (self->password, "");
}

/* It did not work: why, and once more. */
void
linli_sign_in_page_fail (LinliSignInPage *self,
                         const GError    *error)
{
  g_autofree char *words = linli_error_words (error);

  g_return_if_fail (LINLI_IS_SIGN_IN_PAGE (self));

  /* Passwords may have come from another desk meanwhile. */
  if (g_strcmp0 (linli_domain_error_get_reason (error), "wrong-password") == 0)
    gtk_widget_set_visible (GTK_WIDGET (self->password), TRUE);
  gtk_label_set_label (self->fault, words);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), TRUE);
  freeze (self, FALSE);
  focus_first (self);
}
