/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-lanes-page.h"

#include <glib/gi18n-lib.h>

#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-lane-tables.h"
#include "linli-lanes.h"
#include "linli-printer.h"
#include "linli-time-words.h"

#define PAUSE_MS 300
#define GAP      8.0 /* points between two matters of the agenda */

struct _LinliLanesPage
{
  AdwBin          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkStack       *stack;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  GPtrArray      *agenda;  /* (nullable) (element-type utf8): paragraphs to print */

  /* State */
  guint           reload_id;
};

G_DEFINE_FINAL_TYPE (LinliLanesPage, linli_lanes_page, ADW_TYPE_BIN)

/* --- Reading --- */

typedef struct
{
  GPtrArray *lanes; /* lane rows */
  GPtrArray *lines; /* (element-type GPtrArray): of LinliLaneLine, a lane each */
} Lanes;

static void
lanes_free (gpointer data)
{
  Lanes *lanes = data;

  g_clear_pointer (&lanes->lanes, g_ptr_array_unref);
  g_clear_pointer (&lanes->lines, g_ptr_array_unref);
  g_free (lanes);
}

static gpointer
read_lanes (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  Lanes *lanes = g_new0 (Lanes, 1);

  lanes->lanes = linli_lanes_load (conn, error);
  lanes->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; lanes->lanes != NULL && i < lanes->lanes->len; i++)
    {
      GPtrArray *lines = linli_lane_lines_load (conn, linli_row_get_text (lanes->lanes->pdata[i], LINLI_LANE_CODE), error);

      if (lines == NULL)
        {
          lanes_free (lanes);
          return NULL;
        }
      g_ptr_array_add (lanes->lines, lines);
    }
  if (lanes->lanes == NULL)
    g_clear_pointer (&lanes, lanes_free);

  return lanes;
}

/* --- In words --- */

static gboolean
is_past (const char     *day,
         LinliUiContext *context)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_ui_context_now (context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) there = g_date_time_to_timezone (utc, linli_ui_context_get_zone (context));
  g_autofree char *today = g_date_time_format (there, "%Y-%m-%d");

  return g_strcmp0 (day, today) < 0;
}

static char *
agenda_words (LinliRow       *record,
              LinliUiContext *context)
{
  const char *promise = linli_row_get_text (record, LINLI_PARTY_AGENDA_PROMISE_ON);

  if (g_str_equal (linli_row_get_text (record, LINLI_PARTY_AGENDA_STATE), "listed"))
    /* Translators: a day, what the committee is asked */
    return g_strdup_printf (_("Before the meeting of %s: %s"), linli_row_get_text (record, LINLI_PARTY_AGENDA_MEETING_ON),
                            linli_row_get_text (record, LINLI_PARTY_AGENDA_TOPIC));
  /* Translators: a person, a day, what was decided */
  return g_strdup_printf (is_past (promise, context) ? _("%s, promised by %s (past): %s") : _("%s, promised by %s: %s"),
                          linli_row_get_text (record, LINLI_PARTY_AGENDA_RESPONSIBLE), promise,
                          linli_row_get_text (record, LINLI_PARTY_AGENDA_DECISION));
}

static char *
record_words (LinliLaneLine  *line,
              const char     *lane,
              LinliUiContext *context)
{
  LinliRow *record = line->record;

  if (record == NULL)
    return g_strdup (g_str_equal (lane, "major")   ? _("Not on an agenda yet")
                     : g_str_equal (lane, "minor") ? _("Nobody has met yet")
                                                   : _("No help asked for yet"));
  if (g_str_equal (lane, "major"))
    return agenda_words (record, context);
  if (g_str_equal (lane, "minor"))
    return linli_row_is_null (record, LINLI_DELIBERATION_AGREEMENT)
             ? g_strdup_printf (_("Met on %s"), linli_row_get_text (record, LINLI_DELIBERATION_HELD_ON))
             : g_strdup_printf (_("Agreed: %s"), linli_row_get_text (record, LINLI_DELIBERATION_AGREEMENT));
  if (linli_row_is_null (record, LINLI_MUTUAL_AID_HELPER))
    /* Translators: what help, when */
    return g_strdup_printf (_("Wanted: %s, %s"), linli_row_get_text (record, LINLI_MUTUAL_AID_NEED),
                            linli_row_get_text (record, LINLI_MUTUAL_AID_WANTED));
  return g_strdup_printf (_("%s helped"), linli_row_get_text (record, LINLI_MUTUAL_AID_HELPER));
}

/* --- Showing --- */

static GtkWidget *
row_new (LinliLaneLine  *line,
         const char     *lane,
         LinliUiContext *context)
{
  GtkWidget *row = adw_action_row_new ();
  const char *title = linli_row_get_text (line->case_row, LINLI_CASE_TITLE);
  const char *state = linli_case_state_words (linli_row_get_text (line->case_row, LINLI_CASE_STATE));
  g_autofree char *words = record_words (line, lane, context);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_words = g_markup_escape_text (words, -1);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", title, state, words);
  GtkWidget *pill = gtk_label_new (state);

  gtk_widget_add_css_class (pill, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-case");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", linli_row_get_id (line->case_row));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static GtkWidget *
empty_new (const char *lane,
           const char *name)
{
  g_autofree char *title = g_strdup_printf (_("Nothing Open on %s"), name);
  const char *hint = g_str_equal (lane, "major")
                       ? _("Open a case that waits to be dispatched and press Shift+W: "
                           "a matter for the committee is put on its agenda from there.")
                     : g_str_equal (lane, "minor")
                       ? _("Open a case that waits to be dispatched and press Shift+W: "
                           "what neighbours can settle is talked over among them first.")
                       : _("Open a case that waits to be dispatched and press Shift+W: "
                           "what a neighbour can help with is asked for here.");

  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "linli-lane-symbolic", "title", title, "description", hint, NULL);
}

static GtkWidget *
lane_new (LinliRow       *lane,
          GPtrArray      *lines,
          LinliUiContext *context)
{
  const char *code = linli_row_get_text (lane, LINLI_LANE_CODE);
  const char *name = linli_row_get_text (lane, LINLI_LANE_NAME);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *leads = gtk_label_new (linli_row_get_text (lane, LINLI_LANE_LEADS));

  if (lines->len == 0)
    {
      g_object_unref (g_object_ref_sink (list));
      g_object_unref (g_object_ref_sink (leads));
      g_object_unref (g_object_ref_sink (box));
      return empty_new (code, name);
    }
  gtk_label_set_xalign (GTK_LABEL (leads), 0);
  gtk_widget_add_css_class (leads, "dim-label");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (guint i = 0; i < lines->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (lines->pdata[i], code, context));
  gtk_box_append (GTK_BOX (box), leads);
  gtk_box_append (GTK_BOX (box), list);
  if (lines->len == LINLI_LANE_LINES_MAX)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_("Only the most pressing are shown.")));
  g_object_set (box, "margin-top", 18, "margin-bottom", 18, "margin-start", 18, "margin-end", 18, NULL);

  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child",
                       g_object_new (ADW_TYPE_CLAMP, "maximum-size", 900, "child", box, NULL), NULL);
}

/* What the secretary takes into the meeting. */
static GPtrArray *
agenda_paragraphs (GPtrArray      *lines,
                   LinliUiContext *context)
{
  GPtrArray *paragraphs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lines->len; i++)
    {
      LinliLaneLine *line = lines->pdata[i];
      g_autofree char *words = NULL;

      if (line->record == NULL)
        continue;
      words = record_words (line, "major", context);
      g_ptr_array_add (paragraphs, g_strdup_printf ("%u. %s\n%s · %s\n%s", paragraphs->len + 1,
                                                    linli_row_get_text (line->case_row, LINLI_CASE_TITLE),
                                                    linli_row_get_text (line->case_row, LINLI_CASE_CASE_NO),
                                                    linli_case_state_words (linli_row_get_text (line->case_row, LINLI_CASE_STATE)),
                                                    words));
    }
  return paragraphs;
}

static void
show (LinliLanesPage *self,
      Lanes          *lanes)
{
  g_autofree char *chosen = g_strdup (gtk_stack_get_visible_child_name (self->stack));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->stack))) != NULL)
    gtk_stack_remove (self->stack, child);
  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  for (guint i = 0; i < lanes->lanes->len; i++)
    {
      LinliRow *lane = lanes->lanes->pdata[i];
      GPtrArray *lines = lanes->lines->pdata[i];
      g_autofree char *title = g_strdup_printf ("%s %u", linli_row_get_text (lane, LINLI_LANE_NAME), lines->len);
      const char *code = linli_row_get_text (lane, LINLI_LANE_CODE);

      gtk_stack_add_titled (self->stack, lane_new (lane, lines, self->context), code, title);
      if (g_str_equal (code, "major"))
        self->agenda = agenda_paragraphs (lines, self->context);
    }
  if (chosen != NULL)
    gtk_stack_set_visible_child_name (self->stack, chosen);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lanes.print", self->agenda != NULL && self->agenda->len > 0);
}

static void
read_lanes_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliLanesPage) self = user_data;
  Lanes *lanes = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (lanes != NULL && self->context != NULL)
    show (self, lanes);
  if (lanes != NULL)
    lanes_free (lanes);
}

static void
reload (LinliLanesPage *self)
{
  linli_store_read_async (linli_ui_context_get_store (self->context), read_lanes, NULL, NULL, lanes_free,
                          self->cancellable, read_lanes_cb, g_object_ref (self));
}

static gboolean
reload_cb (gpointer data)
{
  LinliLanesPage *self = data;

  self->reload_id = 0;
  reload (self);

  return G_SOURCE_REMOVE;
}

/* Many cases may change at once. */
static void
cases_changed_cb (LinliLanesPage *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add (PAUSE_MS, reload_cb, self);
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliLanesPage *self = LINLI_LANES_PAGE (widget);
  const char *title = _("Agenda of the Party Committee");
  LinliPaper *paper = linli_paper_new (title, LINLI_PAPER_PORTRAIT);

  linli_paper_add_title (paper, title);
  for (guint i = 0; i < self->agenda->len; i++)
    {
      linli_paper_add_text (paper, self->agenda->pdata[i], FALSE, FALSE);
      linli_paper_add_space (paper, GAP);
    }
  linli_print_paper (self->context, widget, paper);
}

/* --- The object --- */

static void
linli_lanes_page_dispose (GObject *object)
{
  LinliLanesPage *self = LINLI_LANES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->context);
  g_clear_pointer (&self->agenda, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_lanes_page_parent_class)->dispose (object);
}

static void
linli_lanes_page_finalize (GObject *object)
{
  g_object_unref (LINLI_LANES_PAGE (object)->cancellable);

  G_OBJECT_CLASS (linli_lanes_page_parent_class)->finalize (object);
}

static void
linli_lanes_page_class_init (LinliLanesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_lanes_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_lanes_page_finalize;
  gtk_widget_class_install_action (widget_class, "lanes.print", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "lanes.print", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-lanes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliLanesPage, stack);
}

static void
linli_lanes_page_init (LinliLanesPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lanes.print", FALSE);
}

GtkWidget *
linli_lanes_page_new (LinliUiContext *context)
{
  LinliLanesPage *self = g_object_new (LINLI_TYPE_LANES_PAGE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::cases",
                           G_CALLBACK (cases_changed_cb), self, G_CONNECT_SWAPPED);
  reload (self);

  return GTK_WIDGET (self);
}
