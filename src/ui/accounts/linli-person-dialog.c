/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person as a form: name, sign-in name, roles. */

#include "config.h"

#include "linli-person-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-role-words.h"

/* @checks: (array): of every role, in the order of their bits */
static gboolean
collect_roles (LinliRequest *request,
               gpointer      checks,
               char        **fault)
{
  GtkWidget *child = gtk_widget_get_first_child (checks);
  LinliRole roles = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child)))))
      roles |= 1u << i;
  if (roles == 0)
    {
      *fault = g_strdup (_("Give the person at least one role."));
      return FALSE;
    }
  text = linli_roles_to_text (roles);
  linli_request_set_text (request, "roles", text);

  return TRUE;
}

static GtkWidget *
checks_new (LinliRole roles)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (box), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (box), TRUE);
  for (guint i = 0; (1u << i) & LINLI_ROLE_ANY; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (linli_role_words ((LinliRole) (1u << i)));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (roles & (1u << i)) != 0);
      gtk_flow_box_insert (GTK_FLOW_BOX (box), check, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (check), FALSE);
    }

  return box;
}

/* @person: (nullable): %NULL for a new one */
LinliActionDialog *
linli_person_dialog_new (LinliUiContext          *context,
                         const LinliAccountFacts *person)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, person != NULL ? "account.change" : "account.create",
                                                       person != NULL ? person->id : "new",
                                                       person != NULL ? _("Person") : _("New Person"), _("Save"));
  GtkWidget *checks = checks_new (person != NULL ? person->roles : LINLI_ROLE_CLERK);
  LinliFormInput *login;

  if (person != NULL)
    linli_action_dialog_fix_text (dialog, "account", person->id);
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), person != NULL ? person->name : NULL)->required = TRUE;
  login = linli_action_dialog_add_entry (dialog, "login", _("Sign-_in name"), person != NULL ? person->login : NULL);
  login->edits = person != NULL;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (login->field)),
                                  _("May stay empty: the name and its initials serve as well"));
  linli_action_dialog_add_widget (dialog, linli_caption_new (_("Roles")));
  linli_action_dialog_add_widget (dialog, checks);
  linli_action_dialog_set_collect (dialog, collect_roles, checks);

  return dialog;
}
