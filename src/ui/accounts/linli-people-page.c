/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-people-page.h"

#include <glib/gi18n-lib.h>

#include "linli-account-list.h"
#include "linli-cards.h"
#include "linli-change.h"
#include "linli-password-dialog.h"
#include "linli-person-dialog.h"
#include "linli-rights.h"
#include "linli-role-words.h"

struct _LinliPeoplePage
{
  AdwBin          parent_instance;

  /* Template children */
  GtkListBox     *list;
  GtkGrid        *grid;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  GPtrArray      *people;  /* (nullable) */
  GtkWindow      *dialog;  /* (nullable) weak */
};

G_DEFINE_FINAL_TYPE (LinliPeoplePage, linli_people_page, ADW_TYPE_BIN)

static const LinliRight columns[] = {
  LINLI_RIGHT_IDENTITY, LINLI_RIGHT_REVEAL, LINLI_RIGHT_CONFIDENTIAL, LINLI_RIGHT_MERGE, LINLI_RIGHT_APPROVE,
  LINLI_RIGHT_EXPORT, LINLI_RIGHT_LISTS
};

typedef struct
{
  GPtrArray *people; /* of LinliAccountFacts */
  GArray    *roles;  /* of LinliRoleFacts */
} Facts;

static void
facts_free (Facts *facts)
{
  g_clear_pointer (&facts->people, g_ptr_array_unref);
  g_clear_pointer (&facts->roles, g_array_unref);
  g_free (facts);
}

/* --- Changing --- */

static void reload (LinliPeoplePage *self);

static void
done_cb (LinliPeoplePage *self,
         const char      *command,
         const char      *operation)
{
  if (g_str_equal (command, "account.create"))
    linli_ui_context_toast (self->context, _("The person is added."));
  else
    linli_change_say (self->context, _("The change is made."), operation);
}

static void
run (LinliPeoplePage *self,
     const char      *command,
     LinliRequest    *request)
{
  linli_change_run (self->context, command, request, _("The change is made."), (LinliChangeRefused) reload, self);
}

static void
open_dialog (LinliPeoplePage         *self,
             const LinliAccountFacts *person)
{
  LinliActionDialog *dialog;

  if (self->dialog != NULL)
    return;
  dialog = linli_person_dialog_new (self->context, person);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_dialog (LINLI_PEOPLE_PAGE (widget), NULL);
}

/* The facts of a widget in a person's row stay with the page until it is filled anew. */
static const LinliAccountFacts *
person_of (gpointer widget)
{
  return g_object_get_data (widget, "person");
}

static void
row_activated_cb (LinliPeoplePage *self,
                  GtkListBoxRow   *row)
{
  open_dialog (self, person_of (row));
}

static void
password_cb (LinliPeoplePage *self,
             GtkWidget       *button)
{
  const LinliAccountFacts *person = person_of (button);
  g_autofree char *actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));

  linli_password_dialog_open (self->context, GTK_WINDOW (gtk_widget_get_root (button)), person->id, person->name,
                              g_strcmp0 (actor, person->id) == 0);
}

static gboolean
switched_cb (LinliPeoplePage *self,
             gboolean         active,
             GtkSwitch       *toggle)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "account", person_of (toggle)->id);
  linli_request_set_bool (request, "active", active);
  run (self, "account.set-active", request);
  return FALSE;
}

/* The whole row of checks is what the role may. */
static void
checked_cb (LinliPeoplePage *self,
            GtkCheckButton  *check)
{
  LinliRole role = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "role"));
  g_autoptr(LinliRequest) request = linli_request_new ();
  g_autofree char *text = NULL;
  LinliRight rights = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_CHECK_BUTTON (child) && gtk_check_button_get_active (GTK_CHECK_BUTTON (child)) &&
        GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "role")) == role)
      rights |= GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "right"));
  text = linli_rights_to_text (rights);
  linli_request_set_text (request, "role", linli_role_to_text (role));
  linli_request_set_text (request, "rights", text);
  run (self, "role.set-rights", request);
}

/* --- Showing --- */

static char *
person_words (const LinliAccountFacts *person)
{
  g_autofree char *roles = linli_roles_words (person->roles);
  GString *words = g_string_new (roles);

  if (person->unit != NULL)
    g_string_append_printf (words, " · %s", person->unit);
  if (person->login != NULL)
    g_string_append_printf (words, " · %s", person->login);
  if (!person->active)
    g_string_append_printf (words, " · %s", _("closed"));
  else if (!person->has_password)
    g_string_append_printf (words, " · %s", _("no password"));
  return g_string_free (words, FALSE);
}

static void
add_suffix (LinliPeoplePage         *self,
            GtkWidget               *row,
            GtkWidget               *widget,
            const LinliAccountFacts *person,
            const char              *name)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (widget), "person", (gpointer) person);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
}

static GtkWidget *
row_new (LinliPeoplePage         *self,
         const LinliAccountFacts *person)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *password = gtk_button_new_with_label (_("Password…"));
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *words = person_words (person);
  g_autofree char *safe_name = g_markup_escape_text (person->name, -1);
  g_autofree char *safe_words = g_markup_escape_text (words, -1);
  g_autofree char *name = g_strdup_printf ("%s, %s", person->name, words);
  g_autofree char *password_name = g_strdup_printf (_("Password of %s"), person->name);
  g_autofree char *toggle_name = g_strdup_printf (_("%s works here"), person->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "person", (gpointer) person);
  gtk_widget_add_css_class (password, "flat");
  gtk_widget_set_sensitive (password, person->active);
  add_suffix (self, row, password, person, password_name);
  g_signal_connect_object (password, "clicked", G_CALLBACK (password_cb), self, G_CONNECT_SWAPPED);
  gtk_switch_set_active (GTK_SWITCH (toggle), person->active);
  add_suffix (self, row, toggle, person, toggle_name);
  g_signal_connect_object (toggle, "state-set", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
show_people (LinliPeoplePage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *focus_row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  int focused = focus_row != NULL && gtk_widget_get_parent (focus_row) == GTK_WIDGET (self->list)
                  ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus_row)) : -1;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->people->len; i++)
    gtk_list_box_append (self->list, row_new (self, self->people->pdata[i]));
  row = focused >= 0 ? gtk_list_box_get_row_at_index (self->list, focused) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
attach_check (LinliPeoplePage      *self,
              const LinliRoleFacts *facts,
              LinliRight            right,
              int                   column,
              int                   row)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", linli_role_words (facts->role), linli_right_words (right));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), (facts->rights & right) != 0);
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (check), "role", GUINT_TO_POINTER (facts->role));
  g_object_set_data (G_OBJECT (check), "right", GUINT_TO_POINTER (right));
  g_signal_connect_object (check, "toggled", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, check, column, row, 1, 1);
}

static void
make_grid (LinliPeoplePage *self,
           GArray          *roles)
{
  for (guint r = 0; r < G_N_ELEMENTS (columns); r++)
    {
      GtkWidget *label = linli_caption_new (linli_right_words (columns[r]));

      gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
      gtk_grid_attach (self->grid, label, (int) r + 1, 0, 1, 1);
    }
  for (guint i = 0; i < roles->len; i++)
    {
      const LinliRoleFacts *facts = &g_array_index (roles, LinliRoleFacts, i);

      gtk_grid_attach (self->grid, linli_text_new (linli_role_words (facts->role), NULL), 0, (int) i + 1, 1, 1);
      for (guint r = 0; r < G_N_ELEMENTS (columns); r++)
        attach_check (self, facts, columns[r], (int) r + 1, (int) i + 1);
    }
}

/* Checks that are there already only follow: whoever ticks goes on by keyboard. */
static void
show_rights (LinliPeoplePage *self,
             GArray          *roles)
{
  if (gtk_widget_get_first_child (GTK_WIDGET (self->grid)) == NULL)
    make_grid (self, roles);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for (guint i = 0; GTK_IS_CHECK_BUTTON (child) && i < roles->len; i++)
      {
        const LinliRoleFacts *facts = &g_array_index (roles, LinliRoleFacts, i);

        if (facts->role != GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), "role")))
          continue;
        g_signal_handlers_block_by_func (child, checked_cb, self);
        gtk_check_button_set_active (GTK_CHECK_BUTTON (child), (facts->rights & GPOINTER_TO_UINT (
                                       g_object_get_data (G_OBJECT (child), "right"))) != 0);
        g_signal_handlers_unblock_by_func (child, checked_cb, self);
      }
}

static gpointer
read_facts (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->people = linli_account_list_load (conn, error);
  facts->roles = facts->people != NULL ? linli_role_list_load (conn, error) : NULL;
  if (facts->roles == NULL)
    g_clear_pointer (&facts, facts_free);
  return facts;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliPeoplePage) self = user_data;
  Facts *facts = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (facts == NULL)
    return;
  if (self->context != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      g_autoptr(GPtrArray) former = g_steal_pointer (&self->people);

      self->people = g_steal_pointer (&facts->people);
      show_people (self);
      show_rights (self, facts->roles);
    }
  facts_free (facts);
}

static void
reload (LinliPeoplePage *self)
{
  if (self->context == NULL)
    return;
  linli_store_read_async (linli_ui_context_get_store (self->context), read_facts, NULL, NULL, (GDestroyNotify) facts_free,
                          self->cancellable, read_cb, g_object_ref (self));
}

/* --- The object --- */

static void
linli_people_page_dispose (GObject *object)
{
  LinliPeoplePage *self = LINLI_PEOPLE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_people_page_parent_class)->dispose (object);
}

static void
linli_people_page_finalize (GObject *object)
{
  LinliPeoplePage *self = LINLI_PEOPLE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->people, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_people_page_parent_class)->finalize (object);
}

static void
linli_people_page_class_init (LinliPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_people_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_people_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-people-page.ui");
  gtk_widget_class_install_action (widget_class, "people.new", NULL, new_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_bind_template_child (widget_class, LinliPeoplePage, list);
  gtk_widget_class_bind_template_child (widget_class, LinliPeoplePage, grid);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_people_page_init (LinliPeoplePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_people_page_new (LinliUiContext *context)
{
  LinliPeoplePage *self = g_object_new (LINLI_TYPE_PEOPLE_PAGE, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));

  self->context = g_object_ref (context);
  g_signal_connect_object (db, "changed::account", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "changed::credential", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "changed::role_right", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);

  return GTK_WIDGET (self);
}
