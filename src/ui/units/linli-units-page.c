/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-units-page.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-change.h"
#include "linli-people-tables.h"
#include "linli-text.h"
#include "linli-unit-dialogs.h"
#include "linli-unit-list.h"
#include "linli-unit-pane.h"

#define NAMED 8 /* numbers of cases that a message tells */

struct _LinliUnitsPage
{
  AdwBin          parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkSearchEntry *search;
  GtkToggleButton *closed;
  GtkButton      *close;
  GtkStack       *stack;
  GtkListBox     *list;
  GtkBox         *pane;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  GPtrArray      *units;    /* (nullable) of LinliUnitFacts; rows of the list point into it */
  char           *selected; /* (nullable) id of a unit */
  LinliUnitDetail *detail;  /* (nullable) of the selected unit */
  GtkWindow      *dialog;   /* (nullable) weak */

  /* State */
  gboolean        filling;  /* the list is made anew */
};

G_DEFINE_FINAL_TYPE (LinliUnitsPage, linli_units_page, ADW_TYPE_BIN)

static const LinliUnitFacts *
unit_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "unit") : NULL;
}

static const LinliUnitFacts *
find_unit (LinliUnitsPage *self,
           const char     *id)
{
  for (guint i = 0; id != NULL && self->units != NULL && i < self->units->len; i++)
    {
      LinliUnitFacts *unit = self->units->pdata[i];

      if (g_str_equal (linli_row_get_id (unit->row), id))
        return unit;
    }
  return NULL;
}

/* --- The unit beside the list --- */

static void
update_actions (LinliUnitsPage *self)
{
  const LinliUnitFacts *unit = find_unit (self, self->selected);
  gboolean may = linli_session_may (linli_ui_context_get_session (self->context), "unit.close");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "units.new", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "units.edit", may && unit != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "units.close", may && unit != NULL);
  gtk_button_set_label (self->close, unit != NULL && !linli_unit_is_active (unit) ? _("Reopen…") : C_("unit", "Close…"));
}

static gpointer
read_detail (LinliConn *conn,
             gpointer   unit,
             GError   **error)
{
  return linli_unit_detail_load (conn, unit, error);
}

typedef struct
{
  LinliUnitsPage *page; /* (owned) */
  char           *unit;
} Wanted;

static void
detail_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wanted *wanted = user_data;
  LinliUnitsPage *self = wanted->page;
  LinliUnitDetail *detail = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  const LinliUnitFacts *unit = find_unit (self, wanted->unit);

  if (detail != NULL && self->context != NULL && unit != NULL && g_strcmp0 (self->selected, wanted->unit) == 0)
    {
      g_clear_pointer (&self->detail, linli_unit_detail_free);
      self->detail = g_steal_pointer (&detail);
      linli_unit_pane_fill (self->pane, unit, self->detail, linli_ui_context_get_zone (self->context));
    }
  g_clear_pointer (&detail, linli_unit_detail_free);
  g_object_unref (self);
  g_free (wanted->unit);
  g_free (wanted);
}

static void
show_selected (LinliUnitsPage *self)
{
  Wanted *wanted;

  update_actions (self);
  if (self->selected == NULL)
    {
      linli_box_clear (self->pane);
      return;
    }
  wanted = g_new0 (Wanted, 1);
  wanted->page = g_object_ref (self);
  wanted->unit = g_strdup (self->selected);
  linli_store_read_async (linli_ui_context_get_store (self->context), read_detail, g_strdup (self->selected), g_free,
                          (GDestroyNotify) linli_unit_detail_free, self->cancellable, detail_cb, wanted);
}

/* What is known in detail is of the unit selected, or nothing: messages name cases out of it. */
static void
select_unit (LinliUnitsPage       *self,
             const LinliUnitFacts *unit)
{
  const char *id = unit != NULL ? linli_row_get_id (unit->row) : NULL;

  if (g_strcmp0 (self->selected, id) == 0)
    return;
  g_clear_pointer (&self->detail, linli_unit_detail_free);
  g_free (self->selected);
  self->selected = g_strdup (id);
}

static void
row_selected_cb (LinliUnitsPage *self,
                 GtkListBoxRow  *row)
{
  const LinliUnitFacts *unit = unit_of (row);

  if (self->filling || unit == NULL || g_strcmp0 (self->selected, linli_row_get_id (unit->row)) == 0)
    return;
  select_unit (self, unit);
  show_selected (self);
}

/* --- The list --- */

/* Fills the list with the units that are wanted; the selected one stays so while it is among them. */
static void
show (LinliUnitsPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean in_list = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
  g_autofree char *folded = linli_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gboolean closed = gtk_toggle_button_get_active (self->closed);
  GtkListBoxRow *row, *chosen = NULL;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->units->len; i++)
    {
      LinliUnitFacts *unit = self->units->pdata[i];
      GtkWidget *line;

      if ((!closed && !linli_unit_is_active (unit)) || !linli_unit_facts_match (unit, folded))
        continue;
      line = linli_unit_row_new (unit);
      g_object_set_data (G_OBJECT (line), "unit", unit);
      gtk_list_box_append (self->list, line);
      if (g_strcmp0 (linli_row_get_id (unit->row), self->selected) == 0)
        chosen = GTK_LIST_BOX_ROW (line);
    }
  if (chosen == NULL)
    chosen = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_stack_set_visible_child_name (self->stack, self->units->len == 0 ? "empty" : chosen == NULL ? "nothing" : "units");
  gtk_list_box_select_row (self->list, chosen);
  self->filling = FALSE;
  select_unit (self, unit_of (chosen));
  if (in_list && chosen != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (chosen));
  show_selected (self);
}

static void
count_units (LinliUnitsPage *self)
{
  g_autofree char *words = NULL;
  guint n_active = 0;

  for (guint i = 0; i < self->units->len; i++)
    n_active += linli_unit_is_active (self->units->pdata[i]);
  words = n_active < self->units->len
            ? g_strdup_printf (_("%u taking cases, %u closed"), n_active, self->units->len - n_active)
            : g_strdup_printf (ngettext ("%u unit", "%u units", n_active), n_active);
  adw_window_title_set_subtitle (self->title, words);
}

static gpointer
read_units (LinliConn *conn,
            gpointer   now,
            GError   **error)
{
  return linli_unit_list_load (conn, *(gint64 *) now, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliUnitsPage) self = user_data;
  GPtrArray *units = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  g_autoptr(GPtrArray) former = NULL;
  gboolean first = self->units == NULL;

  if (units == NULL)
    return;
  former = g_steal_pointer (&self->units); /* the rows point into it until they are gone */
  self->units = units;
  if (self->context == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      g_clear_pointer (&former, g_ptr_array_unref);
      return;
    }
  count_units (self);
  show (self);
  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
reload (LinliUnitsPage *self)
{
  gint64 now;

  if (self->context == NULL)
    return;
  now = linli_ui_context_now (self->context);
  linli_store_read_async (linli_ui_context_get_store (self->context), read_units, g_memdup2 (&now, sizeof now), g_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

static void
searched_cb (LinliUnitsPage *self)
{
  if (self->units != NULL)
    show (self);
}

/* Enter in the search takes the unit that is selected. */
static void
search_done_cb (LinliUnitsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "units.edit", NULL);
}

static void
stop_search_cb (LinliUnitsPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* Down goes from the letters to the list they leave. */
static gboolean
search_key_cb (LinliUnitsPage *self,
               guint           key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return key == GDK_KEY_Down && row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- Changing --- */

static void
done_cb (LinliUnitsPage *self,
         const char     *command,
         const char     *operation)
{
  linli_change_say (self->context, g_str_equal (command, "unit.close") ? _("The unit is closed.")
                                   : g_str_equal (command, "unit.reopen") ? _("The unit takes cases again.")
                                                                          : _("The unit is saved."), operation);
}

static void
open_dialog (LinliUnitsPage    *self,
             LinliActionDialog *dialog)
{
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LinliUnitsPage *self = LINLI_UNITS_PAGE (widget);

  if (self->dialog == NULL)
    open_dialog (self, linli_unit_dialog_new (self->context, NULL, NULL));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliUnitsPage *self = LINLI_UNITS_PAGE (widget);
  const LinliUnitFacts *unit = find_unit (self, self->selected);
  const LinliUnitFacts *parent = unit != NULL ? find_unit (self, linli_row_get_text (unit->row, LINLI_UNIT_PARENT_ID)) : NULL;

  if (unit != NULL && self->dialog == NULL)
    open_dialog (self, linli_unit_dialog_new (self->context, unit, parent != NULL ? parent->row : NULL));
}

static void
response_cb (LinliUnitsPage *self,
             const char     *response)
{
  const LinliUnitFacts *unit = find_unit (self, self->selected);
  g_autofree char *line = unit != NULL ? linli_unit_cases_line (unit) : NULL;

  if (line != NULL && g_str_equal (response, "show"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.search-for", "s", line);
}

/* A unit that owes cases stays until they are elsewhere: says which, and shows them. */
static void
say_owing (LinliUnitsPage       *self,
           const LinliUnitFacts *unit)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("%s Still Has %u Case", "%s Still Has %u Cases", unit->n_open),
                                              linli_row_get_text (unit->row, LINLI_UNIT_NAME), unit->n_open);
  GString *numbers = g_string_new (NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, NULL);

  for (guint i = 0; self->detail != NULL && i < MIN (self->detail->numbers->len, NAMED); i++)
    g_string_append_printf (numbers, "%s%s", i > 0 ? ", " : "", (const char *) self->detail->numbers->pdata[i]);
  if (self->detail != NULL && self->detail->numbers->len > NAMED)
    g_string_append (numbers, " …");
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("%s\n\nRecall them and send them to another unit, several at once if you like; then close it."),
                                  numbers->str);
  g_string_free (numbers, TRUE);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "show", _("_Show These Cases"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "show");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "show", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliUnitsPage *self = LINLI_UNITS_PAGE (widget);
  const LinliUnitFacts *unit = find_unit (self, self->selected);

  if (unit == NULL || self->dialog != NULL)
    return;
  if (linli_unit_is_active (unit) && unit->n_open > 0)
    say_owing (self, unit);
  else
    open_dialog (self, linli_unit_is_active (unit) ? linli_unit_close_dialog_new (self->context, unit)
                                        : linli_unit_reopen_dialog_new (self->context, unit));
}

static void
row_activated_cb (LinliUnitsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "units.edit", NULL);
}

/* --- The object --- */

static void
linli_units_page_dispose (GObject *object)
{
  LinliUnitsPage *self = LINLI_UNITS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_units_page_parent_class)->dispose (object);
}

static void
linli_units_page_finalize (GObject *object)
{
  LinliUnitsPage *self = LINLI_UNITS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_clear_pointer (&self->detail, linli_unit_detail_free);
  g_free (self->selected);

  G_OBJECT_CLASS (linli_units_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "units.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "units.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "units.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "units.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "units.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "units.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
linli_units_page_class_init (LinliUnitsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_units_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_units_page_finalize;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-units-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, search);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, closed);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, close);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, list);
  gtk_widget_class_bind_template_child (widget_class, LinliUnitsPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
linli_units_page_init (LinliUnitsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
}

GtkWidget *
linli_units_page_new (LinliUiContext *context)
{
  static const char *const made_from[] = { "changed::unit", "changed::account", "changed::dispatch", "changed::duty_item" };
  LinliUnitsPage *self = g_object_new (LINLI_TYPE_UNITS_PAGE, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));

  self->context = g_object_ref (context);
  for (guint i = 0; i < G_N_ELEMENTS (made_from); i++)
    g_signal_connect_object (db, made_from[i], G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  update_actions (self);
  reload (self);

  return GTK_WIDGET (self);
}
