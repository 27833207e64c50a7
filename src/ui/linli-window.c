/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame: what the window shows and the actions that work everywhere in it. */

#include "config.h"

#include "linli-window-private.h"

#include <glib/gi18n-lib.h>

#include "linli-back-up.h"
#include "linli-centre-page.h"
#include "linli-clock-check.h"
#include "linli-district-page.h"
#include "linli-error-words.h"
#include "linli-files.h"
#include "linli-import-choose.h"
#include "linli-import-torn.h"
#include "linli-kept-window.h"
#include "linli-lanes-page.h"
#include "linli-new-case.h"
#include "linli-palette-fill.h"
#include "linli-printer.h"
#include "linli-place-list-page.h"
#include "linli-rules-page.h"
#include "linli-toast.h"
#include "linli-views-window.h"

G_DEFINE_FINAL_TYPE (LinliWindow, linli_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Toasts --- */

#define PATIENCE 300 /* ms a store may take to open before the window shows without it */

static void
show_toast (const char *text,
            const char *label,
            const char *action,
            GVariant   *target,
            gboolean    offer,
            gpointer    data)
{
  LinliWindow *self = data;
  AdwToast *toast;

  if (self->covered)
    return;
  if (offer)
    {
      if (self->desk != NULL)
        linli_desk_view_offer (self->desk, text, label, action, target);
      return;
    }
  toast = adw_toast_new (text);
  if (label != NULL && action != NULL)
    {
      adw_toast_set_button_label (toast, label);
      adw_toast_set_action_name (toast, action);
      if (target != NULL)
        adw_toast_set_action_target_value (toast, target);
    }
  linli_toast_show (self->toasts, toast);
}

/* --- Actions --- */

/* What not everybody may do, or not in a store that is open for looking only. */
static const struct
{
  const char *action;
  gboolean    writes;
  LinliRole   roles;
} ruled[] = {
  { "win.import", TRUE, LINLI_ROLE_ANY },
  { "win.own-password", TRUE, LINLI_ROLE_ANY },
  { "win.show-rules", FALSE, LINLI_ROLE_ADMIN },
  { "win.show-people", TRUE, LINLI_ROLE_ADMIN },
  { "win.show-identity-reads", FALSE, LINLI_ROLE_ADMIN | LINLI_ROLE_SECRETARY | LINLI_ROLE_AUDITOR },
  { "win.show-units", TRUE, LINLI_ROLE_ADMIN },
  { "win.show-devices", TRUE, LINLI_ROLE_ADMIN },
};

/* Whether role and store allow what @action opens; of an open centre. */
gboolean
linli_window_may (LinliWindow *self,
                  const char  *action)
{
  if (g_str_equal (action, "win.import") && linli_ui_context_get_session (self->context)->unit != NULL)
    return FALSE;
  if (g_str_equal (action, "win.new-case"))
    return linli_new_case_is_possible (self->context);
  for (guint i = 0; i < G_N_ELEMENTS (ruled); i++)
    if (g_str_equal (action, ruled[i].action))
      return (linli_ui_context_get_session (self->context)->roles & ruled[i].roles) != 0 &&
             !(ruled[i].writes && linli_store_is_read_only (linli_ui_context_get_store (self->context)));
  return TRUE;
}

/**
 * linli_window_push:
 * @action: the one that was asked for; static
 * @page: (transfer floating): leaves as soon as the person may not do @action any more
 */
void
linli_window_push (LinliWindow *self,
                   const char  *action,
                   GtkWidget   *page)
{
  linli_desk_view_push (self->desk, page);
  g_set_weak_pointer (&self->task, page);
  self->task_action = g_intern_string (action);
}

/* What can be done now; the actions of keys and menus follow. */
void
linli_window_update_actions (LinliWindow *self)
{
  static const char *const desk_actions[] = {
    "win.back", "win.check-clock", "win.forward", "win.kept", "win.leave-store", "win.palette", "win.print-form", "win.refresh",
    "win.search", "win.search-for", "win.show-case", "win.show-nth", "win.show-place",
    "win.show-sync", "win.take-back-import", "win.undo", "win.views", "win.lock",
  };
  /* About more than what was dispatched to one unit. */
  static const char *const centre_actions[] = {
    "win.back-up", "win.show-centre", "win.show-centre-room", "win.show-district", "win.show-lanes", "win.show-places",
  };
  gboolean open = self->desk != NULL && !self->covered;
  gboolean centre = open && linli_ui_context_get_session (self->context)->unit == NULL;

  for (guint i = 0; i < G_N_ELEMENTS (desk_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), desk_actions[i],
                                   open || g_str_equal (desk_actions[i], "win.leave-store"));
  for (guint i = 0; i < G_N_ELEMENTS (centre_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), centre_actions[i], centre);
  for (guint i = 0; i < G_N_ELEMENTS (ruled); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), ruled[i].action, open && linli_window_may (self, ruled[i].action));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.two-desks", !self->covered && linli_window_can_pair (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-case", open && linli_new_case_is_possible (self->context));
  gtk_widget_set_sensitive (GTK_WIDGET (self->desk_slot), !self->covered);
}

static void
new_case_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_new_case_page (self->context));
}

static void
show_lanes_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_lanes_page_new (self->context));
}

static void
show_centre_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_desk_view_push (self->desk, linli_centre_page_new (self->context, NULL));
}

static void
show_centre_room_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_desk_view_push (self->desk, linli_centre_page_new (self->context, g_variant_get_string (parameter, NULL)));
}

static void
show_district_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_district_page_new (self->context));
}

static void
show_rules_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_rules_page_new (self->context));
}

static void
show_places_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_push (self, name, linli_place_list_page_new (self->context));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_import_choose (GTK_WINDOW (self), self->context, g_variant_get_string (parameter, NULL));
}

static void
back_up_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_back_up_choose (GTK_WINDOW (self), self->context);
}

static void
kept_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  linli_kept_window_open (GTK_WINDOW (widget), LINLI_WINDOW (widget)->context);
}

static void
views_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_views_window_open (GTK_WINDOW (widget), self->context, linli_desk_view_get_places (self->desk));
}

static void
palette_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);
  LinliPalette *palette = linli_palette_new (self->context, GTK_WINDOW (self));

  linli_desk_view_fill_palette (self->desk, palette);
  linli_palette_fill_window (palette, widget, linli_ui_context_get_session (self->context)->unit != NULL);
  linli_palette_open (palette);
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  linli_desk_view_focus_search (LINLI_WINDOW (widget)->desk);
}

static void
search_for_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  linli_desk_view_search (LINLI_WINDOW (widget)->desk, g_variant_get_string (parameter, NULL));
}

/* A form of one case. */
static void
print_form_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);
  const char *form, *subject;

  g_variant_get (parameter, "(&s&s)", &form, &subject);
  linli_print (self->context, widget, linli_print_job_new_case (self->context, form, subject));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (reply == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (context, words);
    }
}

/* For toasts: takes back the operation named. */
static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_store_undo_async (linli_ui_context_get_store (self->context), g_variant_get_string (parameter, NULL),
                          undone_cb, g_object_ref (self->context));
}

static void
take_back_import_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  linli_import_torn_take_back (LINLI_WINDOW (widget)->context, g_variant_get_string (parameter, NULL));
}

static void
check_clock_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  linli_clock_check (LINLI_WINDOW (widget)->context, TRUE);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  linli_desk_view_refresh (LINLI_WINDOW (widget)->desk);
}

static void
show_place_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  linli_desk_view_show_place (LINLI_WINDOW (widget)->desk, g_variant_get_string (parameter, NULL));
}

static void
show_nth_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  linli_desk_view_show_nth (LINLI_WINDOW (widget)->desk, g_variant_get_int32 (parameter));
}

static void
show_case_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  linli_desk_view_show_case (LINLI_WINDOW (widget)->desk, g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  linli_desk_view_step_back (LINLI_WINDOW (widget)->desk, TRUE);
}

static void
forward_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  linli_desk_view_step_back (LINLI_WINDOW (widget)->desk, FALSE);
}

static void
show_sync_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  linli_window_show_sync (LINLI_WINDOW (widget));
}

static void
two_desks_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  linli_window_pair (LINLI_WINDOW (widget));
}

static void
leave_store_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  linli_window_leave_store (self);
  g_clear_pointer (&self->folder, g_free);
  linli_window_update_actions (self);
  linli_window_show_start (self);
}

static void
open_last_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);
  g_autofree char *folder = linli_window_dup_last_folder (self);

  if (folder != NULL)
    linli_window_open_folder (self, folder);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliWindow *self = LINLI_WINDOW (widget);

  if (g_str_equal (name, "win.open-demo"))
    linli_window_open_demo (self);
  else if (g_str_equal (name, "win.open-folder"))
    linli_window_choose_folder (self);
  else if (g_str_equal (name, "win.restore-backup"))
    linli_window_choose_backup (self);
  else if (g_str_equal (name, "win.join-hub"))
    linli_window_join_hub (self);
  else if (g_str_equal (name, "win.open-read-only"))
    linli_window_open_read_only (self);
  else if (g_str_equal (name, "win.retry"))
    linli_window_retry (self);
}

/* The sheet is large and seldom looked at: it is made when somebody does. */
static void
show_keys_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/linli_desk/Linli/ui/help-overlay.ui");
  GtkWindow *sheet = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (sheet, GTK_WINDOW (widget));
  gtk_window_present (sheet);
}

/* "/" and "?" by themselves, but only where nobody is typing: an input method
 * has taken a key it wants before it comes here. */
static gboolean
key_cb (LinliWindow           *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *controller)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (self->desk == NULL || self->covered || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)))
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_slash || keyval == GDK_KEY_KP_Divide)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.search", NULL);
  else if (keyval == GDK_KEY_question)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-help-overlay", NULL);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* --- The object --- */

static void
sidebar_action_cb (GSimpleAction *action,
                   GVariant      *state,
                   LinliWindow   *self)
{
  if (self->desk == NULL)
    return;
  adw_flap_set_reveal_flap (linli_desk_view_get_flap (self->desk), g_variant_get_boolean (state));
}

static void
flap_cb (AdwFlap     *flap,
         GParamSpec  *pspec,
         LinliWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "show-sidebar");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (adw_flap_get_reveal_flap (flap)));
}

/* What was asked for while the pages were not there, or covered. */
void
linli_window_show_wanted (LinliWindow *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted_case);

  if (wanted != NULL)
    linli_desk_view_show_case (self->desk, wanted);
}

/* After the pages of a centre were put up. */
void
linli_window_entered (LinliWindow *self)
{
  AdwFlap *flap = linli_desk_view_get_flap (self->desk);
  LinliSession *session = linli_ui_context_get_session (self->context);
  g_autofree char *title = g_strdup_printf ("%s – %s", session->centre, _("Linli"));

  gtk_window_set_title (GTK_WINDOW (self), title);
  linli_ui_context_set_toast (self->context, show_toast, self);
  g_signal_connect_object (flap, "notify::reveal-flap", G_CALLBACK (flap_cb), self, 0);
  flap_cb (flap, NULL, self);
  linli_window_watch_input (self);
  linli_window_watch_session (self);
  linli_window_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "desk");
  linli_window_show_wanted (self);
  linli_import_torn_look (self->context);
  linli_clock_check (self->context, FALSE);
  if (linli_store_is_read_only (linli_ui_context_get_store (self->context)))
    linli_ui_context_toast (self->context, _("Open for looking only: nothing can be changed."));
  if (self->is_second)
    linli_ui_context_toast (self->context, _("This is the second desk. What is done here shows at the first."));
  else if (self->two_desks && linli_window_can_pair (self))
    {
      self->two_desks = FALSE;
      linli_window_pair (self);
    }
}

static void
save_size (LinliWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 640));
  g_settings_set_int (self->settings, "window-height", MAX (height, 480));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
linli_window_close_request (GtkWindow *window)
{
  save_size (LINLI_WINDOW (window));

  return GTK_WINDOW_CLASS (linli_window_parent_class)->close_request (window);
}

static void
linli_window_dispose (GObject *object)
{
  LinliWindow *self = LINLI_WINDOW (object);

  g_clear_handle_id (&self->present_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  linli_window_unpair (self);
  if (self->desk_slot != NULL)
    linli_window_leave_store (self);
  if (self->demo_folder != NULL)
    linli_files_remove_tree (self->demo_folder);
  g_clear_pointer (&self->demo_folder, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->wanted_case, g_free);
  g_clear_pointer (&self->former, g_free);
  linli_window_forget_input (self);
  g_clear_weak_pointer (&self->task);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (linli_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const char *const opening[] = {
    "win.open-demo", "win.open-folder", "win.restore-backup", "win.join-hub", "win.open-read-only", "win.retry",
  };

  gtk_widget_class_install_action (widget_class, "win.new-case", NULL, new_case_action);
  gtk_widget_class_install_action (widget_class, "win.show-lanes", NULL, show_lanes_action);
  gtk_widget_class_install_action (widget_class, "win.show-centre", NULL, show_centre_action);
  gtk_widget_class_install_action (widget_class, "win.show-centre-room", "s", show_centre_room_action);
  gtk_widget_class_install_action (widget_class, "win.show-district", NULL, show_district_action);
  gtk_widget_class_install_action (widget_class, "win.show-rules", NULL, show_rules_action);
  gtk_widget_class_install_action (widget_class, "win.show-places", NULL, show_places_action);
  gtk_widget_class_install_action (widget_class, "win.import", "s", import_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.kept", NULL, kept_action);
  gtk_widget_class_install_action (widget_class, "win.views", NULL, views_action);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.search-for", "s", search_for_action);
  gtk_widget_class_install_action (widget_class, "win.print-form", "(ss)", print_form_action);
  gtk_widget_class_install_action (widget_class, "win.undo", "s", undo_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.check-clock", NULL, check_clock_action);
  gtk_widget_class_install_action (widget_class, "win.take-back-import", "s", take_back_import_action);
  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place_action);
  gtk_widget_class_install_action (widget_class, "win.show-nth", "i", show_nth_action);
  gtk_widget_class_install_action (widget_class, "win.show-case", "s", show_case_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "win.show-sync", NULL, show_sync_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_keys_action);
  gtk_widget_class_install_action (widget_class, "win.two-desks", NULL, two_desks_action);
  gtk_widget_class_install_action (widget_class, "win.leave-store", NULL, leave_store_action);
  gtk_widget_class_install_action (widget_class, "win.open-last", NULL, open_last_action);
  linli_window_install_person_actions (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (opening); i++)
    gtk_widget_class_install_action (widget_class, opening[i], NULL, open_action);
}

static void
linli_window_class_init (LinliWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = linli_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LinliWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliWindow, wait);
  gtk_widget_class_bind_template_child (widget_class, LinliWindow, desk_slot);
  install_actions (widget_class);
}

static void
linli_window_init (LinliWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr(GSimpleAction) sidebar = g_simple_action_new_stateful ("show-sidebar", NULL, g_variant_new_boolean (TRUE));

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (sidebar, "change-state", G_CALLBACK (sidebar_action_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));
  linli_window_update_actions (self);
}

/**
 * linli_window_new:
 * @clock: (transfer none): outlives the window
 */
LinliWindow *
linli_window_new (GtkApplication *application,
                  GSettings      *settings,
                  LinliClock     *clock)
{
  LinliWindow *self = g_object_new (LINLI_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  self->clock = clock;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  return self;
}

static gboolean
present_cb (gpointer data)
{
  LinliWindow *self = data;

  self->present_id = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
page_cb (LinliWindow *self)
{
  if (self->present_id == 0)
    return;
  g_clear_handle_id (&self->present_id, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

/* Shows the window with its first page on it. A store opens sooner than a
 * first frame is drawn, so an empty frame meanwhile would only cost time; a
 * store that takes longer is waited for in sight. */
void
linli_window_present_opened (LinliWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  g_return_if_fail (LINLI_IS_WINDOW (self));

  if (g_strcmp0 (page, "wait") != 0 || *adw_status_page_get_title (self->wait) != '\0')
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (page_cb), self, G_CONNECT_SWAPPED);
  self->present_id = g_timeout_add (PATIENCE, present_cb, self);
  gtk_widget_realize (GTK_WIDGET (self)); /* what needs no page is done while the store opens */
}

/* linli_window_open_demo(), with a hub and a second desk beside it. */
void
linli_window_open_two_desks (LinliWindow *self)
{
  g_return_if_fail (LINLI_IS_WINDOW (self));

  self->two_desks = TRUE;
  linli_window_open_demo (self);
}

/* Whether the sign-in page stands before the pages. */
gboolean
linli_window_is_covered (LinliWindow *self)
{
  g_return_val_if_fail (LINLI_IS_WINDOW (self), FALSE);

  return self->covered;
}

/* Opens a case now, or as soon as the centre is open and somebody sits before it. */
void
linli_window_show_case (LinliWindow *self,
                        const char  *case_id)
{
  g_return_if_fail (LINLI_IS_WINDOW (self));

  g_free (self->wanted_case);
  self->wanted_case = g_strdup (case_id);
  if (self->desk != NULL && !self->covered)
    linli_window_show_wanted (self);
}
