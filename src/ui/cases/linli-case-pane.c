/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-pane-private.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-steps.h"
#include "linli-case-tables.h"
#include "linli-entry-words.h"
#include "linli-error-words.h"
#include "linli-focus-enters.h"
#include "linli-identity.h"
#include "linli-late-menu.h"
#include "linli-time-words.h"

#define TICK      30   /* s between saying again how much time is left */
#define PIECES_US 1000 /* of a frame, for making pieces of the body; to style, lay out and draw them takes several times that */

enum { STEP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliCasePane, linli_case_pane, ADW_TYPE_BIN)

/* --- Scrolling --- */

static void
update_newest (LinliCasePane *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                 gtk_adjustment_get_page_size (adjustment);

  gtk_revealer_set_reveal_child (self->newest, below > 120);
}

static void
scrolled_cb (GtkAdjustment *adjustment,
             LinliCasePane *self)
{
  update_newest (self);
}

/* Not while the content is being laid out: that would be overlooked. */
static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->restart)
    gtk_adjustment_set_value (adjustment, 0);
  if (self->to_newest)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  self->restart = FALSE;
  self->to_newest = self->to_newest && self->pieces_id != 0; /* the newest is shown last */
  update_newest (self);

  return G_SOURCE_REMOVE;
}

static void
resized_cb (GtkAdjustment *adjustment,
            LinliCasePane *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

/* --- Showing --- */

static void
show_newest_words (LinliCasePane *self)
{
  GPtrArray *entries = self->sheet->detail->entries;
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;
  LinliRow *entry;

  if (entries->len == 0)
    return;
  entry = entries->pdata[entries->len - 1];
  moment = linli_moment_words (linli_row_get_int (entry, LINLI_ENTRY_AT), linli_ui_context_now (self->context),
                               linli_ui_context_get_zone (self->context));
  /* Translators: the newest entry: what happened, and when */
  words = g_strdup_printf (_("Newest: %s, %s ↓"),
                           linli_entry_kind_words (linli_row_get_text (entry, LINLI_ENTRY_KIND)), moment);
  gtk_button_set_label (self->newest_button, words);
}

/* A case is more than fits into one turn of the main loop: its body is shown
 * piece by piece, a few in each frame, from the top. */
static gboolean
show_more (LinliCasePane *self)
{
  gint64 until = g_get_monotonic_time () + PIECES_US;

  do
    if (!linli_case_matter_show_next (self->matter, self->sheet, self->context) &&
        !linli_case_timeline_show_next (self->timeline, self->context))
      return FALSE;
  while (g_get_monotonic_time () < until);

  return TRUE;
}

static gboolean
pieces_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);

  if (self->body_waits || show_more (self))
    {
      self->body_waits = FALSE;
      return G_SOURCE_CONTINUE;
    }
  self->pieces_id = 0;
  gtk_widget_add_tick_callback (widget, scroll_cb, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
stop_reading (LinliCasePane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Before it was shown whole, perhaps. */
static void
clear_sheet (LinliCasePane *self)
{
  if (self->pieces_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->pieces_id);
  self->pieces_id = 0;
  g_clear_pointer (&self->sheet, linli_case_sheet_free);
}

/* @another: whether it is not the case shown before */
static void
show_body (LinliCasePane *self,
           gboolean       another)
{
  linli_case_matter_show (self->matter, another);
  linli_case_timeline_show (self->timeline, self->sheet, another);
  self->body_waits = another; /* the head is enough for the first frame */
  self->pieces_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), pieces_cb, NULL, NULL);
}

/* Not while somebody is typing. */
static gboolean
take_step (LinliCasePane       *self,
           const LinliCaseStep *step)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_get_mapped (widget) || linli_is_typing (widget))
    return FALSE;

  return step->takes_part ? gtk_widget_activate_action (widget, step->action, "s", "")
                          : gtk_widget_activate_action (widget, step->action, NULL);
}

static void
show_sheet (LinliCasePane *self,
            gboolean       another)
{
  LinliRow *row = self->sheet->detail->case_row;
  const LinliCaseStep *step = g_steal_pointer (&self->step);
  gboolean had_keyboard = linli_case_head_has_keyboard (self->head);

  self->restart |= another;
  adw_window_title_set_title (self->title, linli_row_get_text (row, LINLI_CASE_CASE_NO));
  linli_case_head_show (self->head, self->sheet, self->context);
  show_body (self, another);
  show_newest_words (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
  linli_composer_set_case (self->composer, linli_row_get_id (row), self->sheet->note);
  linli_context_panel_show (self->context_panel, linli_row_get_id (row));
  gtk_widget_set_visible (GTK_WIDGET (self->composer), self->sheet->detail->target == NULL);
  if (self->sheet->detail->target != NULL)
    self->to_newest = FALSE; /* where it went stands at the top */
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "case");
  linli_case_pane_update_actions (self);
  /* Whoever handed one step in goes on with the next: its button goes, and GTK
   * would put the keyboard on whatever comes first in the window. */
  if (had_keyboard && !linli_case_head_has_keyboard (self->head))
    linli_case_head_focus (self->head);
  if (step != NULL)
    take_step (self, step);
}

static void
show_status (LinliCasePane *self,
             const char    *title,
             const char    *description)
{
  stop_reading (self);
  clear_sheet (self);
  self->step = NULL;
  adw_window_title_set_title (self->title, "");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, description);
  linli_composer_set_case (self->composer, NULL, NULL);
  linli_context_panel_show (self->context_panel, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "status");
  linli_case_pane_update_actions (self);
}

/* --- Reading --- */

typedef struct
{
  char     *case_id;
  char     *actor; /* (nullable) */
  LinliRole roles;
  gboolean  named; /* the person looked up who came */
  gint64    now;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->case_id);
  g_free (question->actor);
  g_free (question);
}

static gpointer
read_case (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Question *question = data;
  gboolean open = FALSE;

  if (question->named && !linli_identity_open (conn, question->actor, question->case_id, question->now, &open, error))
    return NULL;
  return linli_case_sheet_load (conn, question->case_id, question->actor, question->roles, error);
}

static void
read_case_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliCasePane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliCaseSheet) sheet = linli_store_read_finish (LINLI_STORE (source), result, &error);
  gboolean another;

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (sheet == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      show_status (self, _("This Case Cannot Be Read"), words);
      return;
    }
  if (g_strcmp0 (linli_row_get_id (sheet->detail->case_row), self->case_id) != 0)
    return;
  another = self->sheet == NULL || g_strcmp0 (linli_row_get_id (self->sheet->detail->case_row), self->case_id) != 0;
  clear_sheet (self);
  self->sheet = g_steal_pointer (&sheet);
  show_sheet (self, another);
}

/* Reads the case again; what is on the screen stays until then. */
void
linli_case_pane_reload (LinliCasePane *self)
{
  Question *question;

  stop_reading (self);
  if (self->case_id == NULL)
    return;
  question = g_new0 (Question, 1);
  question->case_id = g_strdup (self->case_id);
  question->actor = linli_store_dup_actor (linli_ui_context_get_store (self->context));
  question->roles = linli_ui_context_get_session (self->context)->roles;
  question->named = self->named_until != 0;
  question->now = linli_ui_context_now (self->context);
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), read_case, question, question_free,
                          (GDestroyNotify) linli_case_sheet_free, self->cancellable, read_case_cb,
                          g_object_ref (self));
}

static void
changed_cb (LinliDb       *db,
            GArray        *pks,
            LinliCasePane *self)
{
  gint64 pk;

  if (self->sheet == NULL)
    return;
  pk = linli_row_get_pk (self->sheet->detail->case_row);
  for (guint i = 0; i < pks->len; i++)
    if (g_array_index (pks, gint64, i) == pk)
      {
        linli_case_pane_reload (self);
        return;
      }
}

static gboolean
tick_cb (gpointer data)
{
  LinliCasePane *self = data;

  /* Rather one tick early than later than was said. */
  if (self->named_until != 0 && linli_ui_context_now (self->context) > self->named_until - TICK * G_USEC_PER_SEC)
    {
      self->named_until = 0;
      linli_case_pane_reload (self);
    }
  if (self->sheet != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    linli_case_head_refresh_times (self->head, self->sheet, self->context);

  return G_SOURCE_CONTINUE;
}

static void
note_sent_cb (LinliCasePane *self)
{
  self->to_newest = TRUE;
}

/* --- Keys without a modifier --- */

static gboolean
is_taken (LinliCasePane *self,
          const char    *action)
{
  gboolean taken = FALSE;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !linli_is_typing (GTK_WIDGET (self)))
    g_signal_emit (self, signals[STEP], 0, action, &taken);

  return taken;
}

/* Whoever goes on to a case and presses a key at once means that case. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  const LinliCaseStep *step = data;

  if (is_taken (self, step->action))
    return TRUE;
  if (self->cancellable == NULL || linli_case_pane_get_case_row (self) != NULL)
    return take_step (self, step);
  if (!gtk_widget_get_mapped (widget) || linli_is_typing (widget))
    return FALSE;
  self->step = step;

  return TRUE;
}

static gboolean
note_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);

  if (is_taken (self, "case.note"))
    return TRUE;
  if (!gtk_widget_get_mapped (widget) || linli_is_typing (widget) || self->sheet == NULL)
    return FALSE;
  linli_composer_focus (self->composer);

  return TRUE;
}

static gboolean
plain_key_cb (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  if (!gtk_widget_get_mapped (widget) || linli_is_typing (widget))
    return FALSE;

  return gtk_widget_activate_action (widget, data, NULL);
}

static void
add_key (GtkEventController  *controller,
         const char          *key,
         GtkShortcutFunc      func,
         gpointer             data)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key),
                                            gtk_callback_action_new (func, data, NULL));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* They work from the list too, so they belong to the window; an entry that has
 * the focus takes its keys before they come there. */
static void
add_keys (LinliCasePane *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  guint n;
  const LinliCaseStep *steps = linli_case_steps (&n);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < n; i++)
    if (*steps[i].key != '\0')
      add_key (controller, steps[i].key, key_cb, (gpointer) &steps[i]);
  add_key (controller, "n", note_key_cb, NULL);
  add_key (controller, "f", plain_key_cb, (gpointer) "case.attach");
  add_key (controller, "period", plain_key_cb, (gpointer) "case.copy-number");
  add_key (controller, "<Control>z", plain_key_cb, (gpointer) "case.undo");
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* --- The object --- */

/* From the list the keyboard comes to the next step first. */
static gboolean
linli_case_pane_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);

  if (self->sheet != NULL && linli_focus_enters (widget, direction) && linli_case_head_focus (self->head))
    return TRUE;

  return GTK_WIDGET_CLASS (linli_case_pane_parent_class)->focus (widget, direction);
}

static void
linli_case_pane_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linli_case_pane_parent_class)->root (widget);
  linli_case_pane_add_toast_actions (LINLI_CASE_PANE (widget), gtk_widget_get_root (widget));
}

static void
linli_case_pane_dispose (GObject *object)
{
  LinliCasePane *self = LINLI_CASE_PANE (object);

  stop_reading (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->presence != NULL)
    linli_presence_stop (self->presence);
  g_clear_object (&self->presence);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_pointer (&self->undo, g_free);
  g_clear_pointer (&self->opening, g_free);
  clear_sheet (self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_case_pane_parent_class)->dispose (object);
}

static void
linli_case_pane_class_init (LinliCasePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LinliCasePane::step:
   * @action: "case.dispatch"
   *
   * The key of a step was pressed. Returns: %TRUE where it was meant for other cases than the one shown
   */
  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);

  G_OBJECT_CLASS (klass)->dispose = linli_case_pane_dispose;
  widget_class->focus = linli_case_pane_focus;
  widget_class->root = linli_case_pane_root;

  g_type_ensure (LINLI_TYPE_CASE_HEAD);
  g_type_ensure (LINLI_TYPE_COLUMNS);
  g_type_ensure (LINLI_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, status);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, case_menu);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, head);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, columns);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, newest);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, newest_button);
  gtk_widget_class_bind_template_child (widget_class, LinliCasePane, composer);
  gtk_widget_class_bind_template_callback (widget_class, note_sent_cb);
  linli_case_pane_install_actions (widget_class);
}

static void
linli_case_pane_init (LinliCasePane *self)
{
  GtkAdjustment *adjustment;
  GtkWidget *first;

  gtk_widget_init_template (GTK_WIDGET (self));
  linli_late_menu_set (self->menu_button, self->case_menu);
  self->matter = linli_case_matter_new ();
  self->timeline = linli_case_timeline_new ();
  first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->context_panel = g_object_new (LINLI_TYPE_CONTEXT_PANEL, NULL);
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->matter));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->context_panel));
  linli_columns_set_children (self->columns, first,
                              linli_section_new (_("Timeline"), GTK_WIDGET (self->timeline)));
  gtk_widget_add_css_class (GTK_WIDGET (self->columns), "case-body");
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, 0);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (resized_cb), self, 0);
  self->tick_id = g_timeout_add_seconds (TICK, tick_cb, self);
  add_keys (self);
  linli_case_pane_add_drop (self);
  linli_case_pane_update_actions (self);
}

LinliCasePane *
linli_case_pane_new (LinliUiContext *context)
{
  LinliCasePane *self = g_object_new (LINLI_TYPE_CASE_PANE, NULL);

  self->context = g_object_ref (context);
  linli_composer_set_context (self->composer, context);
  linli_context_panel_set_context (self->context_panel, context);
  linli_case_pane_add_presence (self);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::cases",
                           G_CALLBACK (changed_cb), self, 0);

  return self;
}

/* @case_id: (nullable): %NULL shows that none is chosen */
void
linli_case_pane_show (LinliCasePane *self,
                      const char    *case_id)
{
  g_return_if_fail (LINLI_IS_CASE_PANE (self));

  if (case_id != NULL && g_strcmp0 (self->case_id, case_id) == 0)
    return; /* its changes are followed already */
  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
  self->named_until = 0;
  g_clear_pointer (&self->undo, g_free);
  g_clear_pointer (&self->opening, g_free);
  self->step = NULL;
  self->to_newest = FALSE;
  linli_case_pane_tell_presence (self);
  if (case_id != NULL)
    linli_case_pane_reload (self);
  else
    {
      stop_reading (self);
      show_status (self, _("No Case Selected"),
                   _("Choose a case from the list with the arrow keys or J and K. Ctrl+N takes in a new one."));
    }
}

/* Returns: (transfer none) (nullable): the case shown; %NULL while it is being read */
LinliRow *
linli_case_pane_get_case_row (LinliCasePane *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_PANE (self), NULL);

  return self->sheet != NULL && g_strcmp0 (linli_row_get_id (self->sheet->detail->case_row), self->case_id) == 0
           ? self->sheet->detail->case_row : NULL;
}

/* Returns: (transfer none) (nullable): the case shown or about to be */
const char *
linli_case_pane_get_case_id (LinliCasePane *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_PANE (self), NULL);

  return self->case_id;
}
