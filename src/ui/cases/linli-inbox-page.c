/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-inbox-page-private.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-detail.h"
#include "linli-export-dialog.h"
#include "linli-late-menu.h"
#include "linli-new-case.h"
#include "linli-printer.h"
#include "linli-search-hint.h"
#include "linli-view-keeper.h"

G_DEFINE_FINAL_TYPE (LinliInboxPage, linli_inbox_page, ADW_TYPE_BIN)

/* --- What the list shows --- */

static void
update_count (LinliInboxPage *self)
{
  guint n = linli_case_list_get_n (self->list);
  guint position = linli_case_list_get_position (self->list);
  gboolean complete = linli_case_list_is_complete (self->list);
  g_autofree char *words = NULL;

  if (linli_case_list_get_failure (self->list) != NULL)
    words = g_strdup (""); /* nobody knows how many there are */
  else if (!complete)
    words = g_strdup_printf (_("%u+ cases"), n);
  else if (position != GTK_INVALID_LIST_POSITION)
    /* Translators: the place in the list, and how long the list is */
    words = g_strdup_printf (_("%'u of %'u"), position + 1, n);
  else
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u case", "%'u cases", n), n);
  gtk_label_set_label (self->count, words);
}

static void
show_marks (LinliInboxPage *self)
{
  gboolean marking = linli_case_list_is_marking (self->list);

  if (marking && self->bulk_bar == NULL)
    {
      self->bulk_bar = g_object_new (LINLI_TYPE_BULK_BAR, NULL);
      gtk_box_append (self->list_side, GTK_WIDGET (self->bulk_bar));
    }
  if (self->bulk_bar != NULL)
    linli_bulk_bar_show (self->bulk_bar, marking,
                         (guint) linli_case_marks_get_n (linli_case_list_get_marks (self->list)),
                         linli_case_list_get_n (self->list));
  if (gtk_toggle_button_get_active (self->mark_button) != marking)
    gtk_toggle_button_set_active (self->mark_button, marking);
}

static void
mark_toggled_cb (LinliInboxPage *self)
{
  gboolean active = gtk_toggle_button_get_active (self->mark_button);

  if (self->list != NULL && active != linli_case_list_is_marking (self->list))
    linli_case_list_set_marking (self->list, active);
}

static void
list_settled_cb (LinliCaseList  *list,
                 gboolean        opened,
                 LinliInboxPage *self)
{
  gboolean is_empty = linli_case_list_get_n (list) == 0 || linli_case_list_get_failure (list) != NULL;

  update_count (self);
  show_marks (self);
  if (is_empty)
    linli_inbox_page_show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
  if (opened && self->wants_focus && !is_empty)
    linli_case_list_focus (self->list, FALSE);
  if (opened)
    self->wants_focus = FALSE;
}

static void
list_chosen_cb (LinliCaseList   *list,
                LinliCaseRecord *record,
                LinliInboxPage  *self)
{
  update_count (self);
  if (record != NULL || self->pane != NULL)
    linli_case_pane_show (linli_inbox_page_get_pane (self), record != NULL ? linli_case_record_get_id (record) : NULL);
  linli_inbox_page_watch_case (self);
}

static void
list_activated_cb (LinliCaseList  *list,
                   LinliInboxPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->pane_slot), GTK_DIR_TAB_FORWARD);
}

/* --- Hints about a search line that was not understood as it was meant --- */

static void
read_hint_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliInboxPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *hint = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->context == NULL)
    return;
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL && self->searching);
}

/* --- Asking --- */

/* A view of the whole centre is not everybody's to change. */
static void
update_view_actions (LinliInboxPage *self)
{
  gboolean may_change = !self->searching && self->saved != NULL &&
                        linli_view_keeper_may_change (self->context, self->saved);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.save-view", self->searching);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.change-view", may_change);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.remove-view", may_change);
}

static void
ask (LinliInboxPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *line = g_strstrip (g_strdup (typed));

  self->searching = *line != '\0';
  update_view_actions (self);
  gtk_label_set_label (self->view_title, self->searching ? _("Found in All Cases") : self->title);
  linli_case_list_open (self->list, self->searching ? line : self->query, self->sort);
  if (self->searching)
    linli_store_read_async (linli_ui_context_get_store (self->context), linli_search_hint_read, g_strdup (line), g_free, g_free,
                            self->cancellable, read_hint_cb, g_object_ref (self));
  else
    gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
}

static void
search_changed_cb (LinliInboxPage *self)
{
  if (self->query != NULL)
    ask (self);
}

static void
search_activate_cb (LinliInboxPage *self)
{
  linli_case_list_focus (self->list, TRUE);
}

static void
search_stop_cb (LinliInboxPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  linli_case_list_focus (self->list, FALSE);
}

/* --- Actions --- */

/* The chosen order belongs to the view it was chosen for, as long as the window lives. */
static void
sort_cb (GSimpleAction  *action,
         GVariant       *state,
         LinliInboxPage *self)
{
  if (self->query == NULL || !linli_case_sort_from_text (g_variant_get_string (state, NULL), &self->sort))
    return;
  g_simple_action_set_state (action, state);
  g_hash_table_replace (self->sorts, g_strdup (self->query), GUINT_TO_POINTER (self->sort + 1));
  ask (self);
}

static void
clear_search_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  search_stop_cb (LINLI_INBOX_PAGE (widget));
}

static void
save_view_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autofree char *line = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  linli_view_keeper_save (GTK_WINDOW (gtk_widget_get_root (widget)), self->context, line, self->sort, self->saved);
}

static void
change_view_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);

  linli_view_keeper_edit (GTK_WINDOW (gtk_widget_get_root (widget)), self->context, self->saved);
}

static void
remove_view_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);

  linli_view_keeper_remove (self->context, self->saved);
}

/* Returns: (transfer none): what shows the case chosen. It is made when it is
 * first asked for, at the latest once the window stands: the list is there to
 * be read that much sooner. */
LinliCasePane *
linli_inbox_page_get_pane (LinliInboxPage *self)
{
  g_clear_handle_id (&self->pane_id, g_source_remove);
  if (self->pane == NULL)
    {
      self->pane = linli_case_pane_new (self->context);
      adw_bin_set_child (self->pane_slot, GTK_WIDGET (self->pane));
      g_signal_connect_object (self->pane, "step", G_CALLBACK (linli_inbox_page_step_marked), self, G_CONNECT_SWAPPED);
    }

  return self->pane;
}

static gboolean
pane_cb (gpointer user_data)
{
  LinliInboxPage *self = user_data;

  self->pane_id = 0;
  linli_inbox_page_get_pane (self);

  return G_SOURCE_REMOVE;
}

static void
linli_inbox_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linli_inbox_page_parent_class)->root (widget);
  linli_inbox_page_add_root_actions (LINLI_INBOX_PAGE (widget), gtk_widget_get_root (widget));
}

static void
step_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);

  linli_case_list_step (self->list, g_variant_get_int32 (parameter));
}

/* The pane says that its case was acted on; the preference says what follows. */
static void
after_action_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autofree char *after = g_settings_get_string (linli_ui_context_get_settings (self->context), "after-action");

  if (g_str_equal (after, "next"))
    linli_case_list_step (self->list, 1);
}

static void
focus_list_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  linli_case_list_focus (LINLI_INBOX_PAGE (widget)->list, TRUE);
}

/* --- Keys without a modifier: only where nobody is typing --- */

static gboolean
key_cb (LinliInboxPage        *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  if (keyval == GDK_KEY_Escape && linli_has_keyboard (GTK_WIDGET (self->pane_slot)))
    {
      linli_case_list_focus (self->list, FALSE);
      return GDK_EVENT_STOP;
    }
  if (linli_is_typing (GTK_WIDGET (self)) || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_j:
      linli_case_list_step (self->list, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_k:
      linli_case_list_step (self->list, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (!self->searching)
        return GDK_EVENT_PROPAGATE;
      search_stop_cb (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* From the search entry straight into what it found. */
static gboolean
search_key_cb (LinliInboxPage        *self,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        modifiers,
               GtkEventControllerKey *controller)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  linli_case_list_focus (self->list, TRUE);

  return GDK_EVENT_STOP;
}

/* --- The object --- */

/* The rows in view in a file. */
static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autofree char *line = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  linli_export_dialog_open (self->context, GTK_WINDOW (gtk_widget_get_root (widget)),
                            self->searching ? line : self->query, self->sort,
                            self->searching ? _("Found Cases") : self->title);
}

/* The rows in view on paper. */
static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (widget);
  g_autofree char *line = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  LinliPrintJob *job = linli_print_job_new_case (self->context, "ledger", self->searching ? line : self->query);

  job->sort = self->sort;
  job->name = g_strdup (self->searching ? line : self->title);
  linli_print (self->context, widget, job);
}

static void
linli_inbox_page_dispose (GObject *object)
{
  LinliInboxPage *self = LINLI_INBOX_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->saved);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->bulk, g_free);
  g_clear_object (&self->sort_action);
  g_clear_handle_id (&self->dwell_id, g_source_remove);
  g_clear_handle_id (&self->pane_id, g_source_remove);
  g_clear_pointer (&self->trail, linli_case_trail_free);
  g_clear_pointer (&self->sorts, g_hash_table_unref);

  G_OBJECT_CLASS (linli_inbox_page_parent_class)->dispose (object);
}

static void
linli_inbox_page_class_init (LinliInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_inbox_page_dispose;
  widget_class->root = linli_inbox_page_root;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, paned);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, search);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, view_title);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, count);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, hint);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, new_case);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, list_slot);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, pane_slot);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, mark_button);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, LinliInboxPage, sort_menu);
  gtk_widget_class_bind_template_callback (widget_class, mark_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);

  gtk_widget_class_install_action (widget_class, "inbox.clear-search", NULL, clear_search_action);
  gtk_widget_class_install_action (widget_class, "inbox.save-view", NULL, save_view_action);
  gtk_widget_class_install_action (widget_class, "inbox.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "inbox.print", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "inbox.export", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "inbox.print", NULL);
  gtk_widget_class_install_action (widget_class, "inbox.change-view", NULL, change_view_action);
  gtk_widget_class_install_action (widget_class, "inbox.remove-view", NULL, remove_view_action);
  linli_inbox_page_install_many (widget_class);
  gtk_widget_class_install_action (widget_class, "inbox.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "inbox.after-action", NULL, after_action_action);
  gtk_widget_class_install_action (widget_class, "inbox.focus-list", NULL, focus_list_action);
}

static void
add_keys (GtkWidget *widget,
          GCallback  callback,
          gpointer   self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  g_signal_connect_swapped (controller, "key-pressed", callback, self);
  gtk_widget_add_controller (widget, controller);
}

static void
linli_inbox_page_init (LinliInboxPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->trail = linli_case_trail_new ();
  self->sorts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sort_action = g_simple_action_new_stateful ("sort", G_VARIANT_TYPE_STRING, g_variant_new_string ("received"));
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_late_menu_set (self->sort_button, self->sort_menu);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "inbox.undo-bulk", FALSE);
  add_keys (GTK_WIDGET (self), G_CALLBACK (key_cb), self);
  add_keys (GTK_WIDGET (self->search), G_CALLBACK (search_key_cb), self);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);
}

static void
add_look_actions (GActionMap *map,
                  GSettings  *settings)
{
  static const char *const keys[] = {
    "list-compact", "list-show-resident", "list-show-place", "list-show-unit", "list-show-number",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(GAction) action = g_settings_create_action (settings, keys[i]);

      g_action_map_add_action (map, action);
    }
}

LinliInboxPage *
linli_inbox_page_new (LinliUiContext *context)
{
  LinliInboxPage *self = g_object_new (LINLI_TYPE_INBOX_PAGE, NULL);
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  self->context = g_object_ref (context);
  gtk_widget_set_visible (self->new_case, linli_ui_context_get_session (context)->unit == NULL);
  self->list = linli_case_list_new (context);
  adw_bin_set_child (self->list_slot, GTK_WIDGET (self->list));
  g_signal_connect_object (self->list, "settled", G_CALLBACK (list_settled_cb), self, 0);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (list_chosen_cb), self, 0);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (list_activated_cb), self, 0);
  g_signal_connect_object (linli_case_list_get_marks (self->list), "changed", G_CALLBACK (show_marks), self,
                           G_CONNECT_SWAPPED);
  linli_new_case_offer (context);
  self->pane_id = g_idle_add_full (G_PRIORITY_LOW, pane_cb, self, NULL);

  g_signal_connect_object (self->sort_action, "change-state", G_CALLBACK (sort_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->sort_action));
  add_look_actions (G_ACTION_MAP (group), linli_ui_context_get_settings (context));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (group));
  g_settings_bind (linli_ui_context_get_settings (context), "list-width", self->paned, "position",
                   G_SETTINGS_BIND_DEFAULT);

  return self;
}

/* Shows a view from its top, in its order unless the reader chose another, and
 * puts a search aside. */
void
linli_inbox_page_show_view (LinliInboxPage *self,
                            LinliPlace     *view)
{
  guint chosen;

  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));
  g_return_if_fail (LINLI_IS_PLACE (view) && view->query != NULL);

  g_clear_pointer (&self->query, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_free (self->title);
  g_clear_object (&self->saved);
  if (view->saved)
    self->saved = g_object_ref (view);
  self->title = g_strdup (view->title);
  self->query = g_strdup (view->query);
  chosen = GPOINTER_TO_UINT (g_hash_table_lookup (self->sorts, view->query));
  self->sort = chosen != 0 ? chosen - 1 : view->sort;
  g_simple_action_set_state (self->sort_action, g_variant_new_string (linli_case_sort_to_text (self->sort)));
  ask (self);
}

static gpointer
read_pk (LinliConn *conn,
         gpointer   data,
         GError   **error)
{
  g_autoptr(LinliCaseDetail) detail = linli_case_detail_load (conn, data, LINLI_ROLE_ANY, error);
  gint64 pk = detail != NULL ? linli_row_get_pk (detail->case_row) : 0;

  return g_memdup2 (&pk, sizeof pk);
}

static void
read_pk_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliInboxPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *pk = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (pk != NULL && *pk != 0 && self->context != NULL)
    {
      linli_case_list_select_pk (self->list, *pk);
      update_count (self);
    }
}

/* Opens a case, whether or not the list shows it. */
void
linli_inbox_page_show_case (LinliInboxPage *self,
                            const char     *case_id)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));
  g_return_if_fail (case_id != NULL);

  linli_case_pane_show (linli_inbox_page_get_pane (self), case_id);
  linli_inbox_page_watch_case (self);
  linli_store_read_async (linli_ui_context_get_store (self->context), read_pk, g_strdup (case_id), g_free, g_free,
                          self->cancellable, read_pk_cb, g_object_ref (self));
  if (linli_is_typing (GTK_WIDGET (self)) && linli_case_list_get_n (self->list) > 0)
    linli_case_list_focus (self->list, FALSE); /* keys mean the case now, no longer what was typed before */
}

/* Puts @line into the search entry and the answers into the list. */
void
linli_inbox_page_search (LinliInboxPage *self,
                         const char     *line)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), line);
  self->wants_focus = TRUE;
}

/* Ends a search and puts the keyboard into the view's list, now or when its
 * rows are there. */
void
linli_inbox_page_enter_view (LinliInboxPage *self)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->wants_focus = TRUE;
  if (linli_case_list_get_n (self->list) > 0)
    linli_case_list_focus (self->list, FALSE);
}

void
linli_inbox_page_focus_search (LinliInboxPage *self)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  self->wants_focus = FALSE; /* rows on their way would take what is typed for steps */
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* Asks again, as of now. */
void
linli_inbox_page_refresh (LinliInboxPage *self)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  linli_case_list_refresh (self->list);
}

/* What may be done with the view and with the case that is open follows. */
void
linli_inbox_page_follow_session (LinliInboxPage *self)
{
  g_return_if_fail (LINLI_IS_INBOX_PAGE (self));

  update_view_actions (self);
  if (self->pane != NULL)
    linli_case_pane_reload (self->pane);
}
