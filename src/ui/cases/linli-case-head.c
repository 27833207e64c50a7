/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-head.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-steps.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-closing-words.h"
#include "linli-entry-words.h"
#include "linli-handling-tables.h"
#include "linli-handling-words.h"
#include "linli-mask.h"
#include "linli-people-tables.h"
#include "linli-time-words.h"

/* What may be told at a glance, in this order. */
enum { RESIDENT, PLACE, CHANNEL, RECEIVED, UNIT, OWNER, RETURNS, EXTENSIONS, REQUEST, RULING, N_FACTS };

static const struct { const char *icon, *name; } facts[N_FACTS] = {
  { "linli-resident-symbolic", N_("Resident") },
  { "linli-place-symbolic", N_("Place") },
  { "linli-channel-symbolic", N_("Channel") },
  { "linli-clock-symbolic", N_("Received") },
  { "linli-unit-symbolic", N_("Lead unit") },
  { "avatar-default-symbolic", N_("In charge") },
  { "linli-return-symbolic", N_("Returns") },
  { "linli-extend-symbolic", N_("Extensions") },
  { "linli-review-symbolic", N_("Request") },
  { "linli-ruling-symbolic", N_("Ruling") },
};

struct _LinliCaseHead
{
  GtkBox      parent_instance;

  /* Template children */
  GtkLabel   *title;
  GtkLabel   *urgency;
  GtkLabel   *state;
  GtkLabel   *nature;
  GtkLabel   *confidential;
  GtkLabel      *supervised;
  GtkWidget  *due;
  GtkImage   *due_icon;
  GtkLabel   *due_words;
  GtkWidget  *present;
  GtkLabel   *present_words;
  GtkFlowBox *facts;
  GtkBox     *buttons;

  /* Borrowed (their parents own them) */
  GtkWidget  *told[N_FACTS]; /* (nullable): the label of each fact */
  GtkWidget  *look_up;     /* (nullable) */
  GtkWidget  *next;        /* (nullable): the button of the next step */

  /* State */
  const LinliCaseStep *steps[LINLI_CASE_STEPS_SHOWN]; /* static, as the buttons show them; %NULL after the last */
  const char *state_class; /* static */
  const char *tone;        /* (nullable) static: the class of the limit */
};

G_DEFINE_FINAL_TYPE (LinliCaseHead, linli_case_head, GTK_TYPE_BOX)

static void
set_pill (GtkLabel   *label,
          const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL && *words != '\0');
}

/* Returns: (nullable): how far @unit is with its part */
static const char *
find_own_part (LinliCaseSheet *sheet,
               const char     *unit)
{
  GPtrArray *parts = sheet->detail->dispatches;
  LinliRow *last = NULL;

  for (guint i = 0; unit != NULL && i < parts->len; i++)
    if (g_str_equal (linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_UNIT_ID), unit) &&
        (last == NULL || linli_row_get_int (parts->pdata[i], LINLI_DISPATCH_SENT_AT) >=
                         linli_row_get_int (last, LINLI_DISPATCH_SENT_AT)))
      last = parts->pdata[i];
  return last != NULL ? linli_row_get_text (last, LINLI_DISPATCH_STATE) : NULL;
}

static void
show_pills (LinliCaseHead *self,
            LinliRow      *row,
            const char    *part)
{
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);
  gint64 level = linli_row_get_int (row, LINLI_CASE_SUPERVISION_LEVEL);

  set_pill (self->urgency, linli_case_urgency_words (linli_row_get_text (row, LINLI_CASE_URGENCY)));
  set_pill (self->state, linli_case_standing_words (state, part));
  set_pill (self->supervised, level > 0 ? linli_level_words ((int) level) : NULL);
  set_pill (self->nature, linli_nature_words (linli_row_get_text (row, LINLI_CASE_NATURE)));
  gtk_widget_set_visible (GTK_WIDGET (self->confidential), linli_row_get_int (row, LINLI_CASE_CONFIDENTIAL) != 0);
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->state_class);
  self->state_class = linli_case_standing_class (state, part);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), self->state_class);
}

/* Returns: (transfer none): the label that tells fact @n, made when it is first needed */
static GtkWidget *
get_fact (LinliCaseHead *self,
          guint          n)
{
  GtkWidget *box, *image;
  int place = 0;

  if (self->told[n] != NULL)
    return self->told[n];
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  image = g_object_new (GTK_TYPE_IMAGE, "icon-name", facts[n].icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                        NULL);
  self->told[n] = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 24,
                                "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (image, "dim-label");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), self->told[n]);
  for (guint i = 0; i < n; i++)
    place += self->told[i] != NULL;
  gtk_flow_box_insert (self->facts, box, place);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);

  return self->told[n];
}

/* What it is comes before @value in tooltips and for screen readers. Hundreds
 * of cases are looked at in an hour: what stays the same is left alone. */
static void
tell_fact (LinliCaseHead *self,
           guint          n,
           const char    *value)
{
  gboolean is_told = value != NULL && *value != '\0';
  g_autofree char *whole = NULL;
  GtkWidget *label, *box;

  if (!is_told && self->told[n] == NULL)
    return;
  label = get_fact (self, n);
  box = gtk_widget_get_parent (label);
  gtk_widget_set_visible (gtk_widget_get_parent (box), is_told);
  if (!is_told || g_str_equal (gtk_label_get_label (GTK_LABEL (label)), value))
    return;
  whole = g_strdup_printf (_("%s: %s"), g_dgettext (GETTEXT_PACKAGE, facts[n].name), value);
  gtk_label_set_label (GTK_LABEL (label), value);
  gtk_widget_set_tooltip_text (box, whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
}

static char *
resident_words (LinliCaseSheet *sheet)
{
  LinliRow *row = sheet->detail->case_row;
  LinliRow *appellant = sheet->detail->appellants->len > 0 ? sheet->detail->appellants->pdata[0] : NULL;
  const char *name = linli_row_get_text (row, LINLI_CASE_APPELLANT_NAME);
  const char *phone = appellant != NULL ? linli_row_get_text (appellant, LINLI_APPELLANT_PHONE) : NULL;
  gint64 n = linli_row_get_int (row, LINLI_CASE_N_SUBMISSIONS);
  gboolean silent = g_strcmp0 (name, LINLI_MASK_WHOLE) == 0;
  GString *words = g_string_new (silent ? _("Confidential") : name);

  if (silent)
    phone = NULL;
  if (name == NULL && appellant != NULL && linli_row_get_int (appellant, LINLI_APPELLANT_ANONYMOUS))
    g_string_append (words, _("Anonymous"));
  if (phone != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", phone);
  if (n > 1)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n - 1),
                                               (guint) n - 1);

      g_string_append_printf (words, " %s", more);
    }

  return g_string_free (words, FALSE);
}

static char *
place_words (LinliRow *row)
{
  const char *community = linli_row_get_text (row, LINLI_CASE_COMMUNITY);
  const char *place = linli_row_get_text (row, LINLI_CASE_PLACE);

  if (community == NULL || place == NULL || g_str_has_prefix (place, community))
    return g_strdup (place != NULL ? place : community);

  return g_strdup_printf ("%s · %s", community, place);
}

/* What happened beside the straight path, and what of it still waits. */
static void
show_handling (LinliCaseHead  *self,
               LinliCaseSheet *sheet)
{
  LinliRow *row = sheet->detail->case_row;
  LinliHandling *handling = sheet->detail->handling;
  gint64 n_extended = linli_row_get_int (row, LINLI_CASE_EXTENSION_COUNT);
  gint64 n_returned = linli_row_get_int (row, LINLI_CASE_RETURN_COUNT);
  g_autofree char *extended = n_extended > 0 ? linli_extended_words (n_extended) : NULL;
  g_autofree char *returned = n_returned > 0 ? linli_returned_words (n_returned) : NULL;
  g_autofree char *waits = handling->request != NULL ? linli_request_waits_words (handling->request) : NULL;

  tell_fact (self, RETURNS, returned);
  tell_fact (self, EXTENSIONS, extended);
  tell_fact (self, REQUEST, waits);
  tell_fact (self, RULING, handling->dispute != NULL ? _("Waits for a ruling") : NULL);
}

/* Beside the stars: the way to see who it is. */
static void
show_look_up (LinliCaseHead *self,
              gboolean       offered)
{
  GtkWidget *label = self->told[RESIDENT];

  if (label == NULL || (!offered && self->look_up == NULL))
    return;
  if (self->look_up == NULL)
    {
      self->look_up = gtk_button_new_from_icon_name ("view-reveal-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->look_up), "identity.reveal");
      gtk_widget_add_css_class (self->look_up, "flat");
      gtk_widget_add_css_class (self->look_up, "look-up");
      gtk_widget_set_valign (self->look_up, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (self->look_up, _("Look up who came (Shift+I)"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->look_up), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Look up who came"), -1);
      gtk_box_append (GTK_BOX (gtk_widget_get_parent (label)), self->look_up);
    }
  gtk_widget_set_visible (self->look_up, offered);
  gtk_widget_set_hexpand (label, !offered);
}

static void
show_facts (LinliCaseHead  *self,
            LinliCaseSheet *sheet,
            LinliUiContext *context)
{
  LinliRow *row = sheet->detail->case_row;
  g_autofree char *resident = resident_words (sheet);
  g_autofree char *place = place_words (row);
  g_autofree char *received = linli_moment_full_words (linli_row_get_int (row, LINLI_CASE_RECEIVED_AT),
                                                       linli_ui_context_get_zone (context));

  tell_fact (self, RESIDENT, resident);
  show_look_up (self, linli_case_sheet_allows (sheet, "identity.reveal"));
  tell_fact (self, PLACE, place);
  tell_fact (self, CHANNEL, linli_case_sheet_get_channel (sheet, linli_row_get_text (row, LINLI_CASE_CHANNEL_CODE)));
  tell_fact (self, RECEIVED, received);
  tell_fact (self, UNIT, linli_row_get_text (row, LINLI_CASE_LEAD_UNIT_NAME));
  tell_fact (self, OWNER, sheet->owner);
  show_handling (self, sheet);
}

static GtkWidget *
add_button (LinliCaseHead       *self,
            const LinliCaseStep *step)
{
  GtkWidget *button = gtk_button_new_with_label (linli_case_step_words (step));
  guint key = 0;
  GdkModifierType modifiers = 0;
  g_autofree char *words = NULL;
  g_autofree char *tooltip = NULL;

  gtk_accelerator_parse (step->key, &key, &modifiers);
  words = gtk_accelerator_get_label (key, modifiers);
  tooltip = g_strdup_printf (_("Key: %s"), words);

  if (step->takes_part)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), step->action);
  gtk_widget_set_tooltip_text (button, *step->key != '\0' ? tooltip : NULL);
  gtk_box_append (self->buttons, button);

  return button;
}

static void
show_buttons (LinliCaseHead  *self,
              LinliCaseSheet *sheet)
{
  const LinliCaseStep *steps[LINLI_CASE_STEPS_SHOWN] = { NULL };
  guint n = linli_case_steps_next (sheet, steps);
  GtkWidget *child;

  if (memcmp (steps, self->steps, sizeof steps) == 0)
    return;
  memcpy (self->steps, steps, sizeof steps);
  self->next = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = add_button (self, steps[i]);

      if (i > 0)
        continue;
      gtk_widget_add_css_class (button, "suggested-action");
      self->next = button;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), n > 0);
}

static void
linli_case_head_class_init (LinliCaseHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-head.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, present);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, present_words);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, urgency);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, state);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, nature);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, confidential);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, supervised);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, due);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, due_icon);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, due_words);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, facts);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseHead, buttons);
}

static void
linli_case_head_init (LinliCaseHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
linli_case_head_show (LinliCaseHead  *self,
                      LinliCaseSheet *sheet,
                      LinliUiContext *context)
{
  LinliRow *row = sheet->detail->case_row;

  g_return_if_fail (LINLI_IS_CASE_HEAD (self));

  gtk_label_set_label (self->title, linli_row_get_text (row, LINLI_CASE_TITLE));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), linli_row_get_text (row, LINLI_CASE_TITLE));
  show_pills (self, row, find_own_part (sheet, linli_ui_context_get_session (context)->unit));
  show_facts (self, sheet, context);
  show_buttons (self, sheet);
  linli_case_head_refresh_times (self, sheet, context);
}

static void
show_tone (LinliCaseHead *self,
           const char    *tone)
{
  if (self->tone == tone)
    return;
  if (self->tone != NULL)
    gtk_widget_remove_css_class (self->due, self->tone);
  self->tone = tone;
  gtk_widget_add_css_class (self->due, tone);
}

/* Whether the case stands still: then no time runs that could be told. */
static gboolean
show_suspended (LinliCaseHead  *self,
                LinliCaseSheet *sheet)
{
  LinliRow *suspension = sheet->detail->handling->suspension;
  g_autofree char *until = NULL;
  g_autofree char *words = NULL;

  if (suspension == NULL)
    return FALSE;
  until = linli_date_words (linli_row_get_text (suspension, LINLI_SUSPENSION_UNTIL_DATE));
  words = g_strdup_printf (_("Suspended until %s"), until);
  gtk_widget_set_visible (self->due, TRUE);
  gtk_label_set_label (self->due_words, words);
  linli_icon_show (self->due_icon, "linli-clock-paused-symbolic");
  show_tone (self, "later");

  return TRUE;
}

/* Whether the unit answers for @clock by @part: for the part's own limits, and
 * as lead for the case's to finish by, as its lists 快到期 and 已逾期 count. */
static gboolean
answers_for (LinliRow   *part,
             LinliRow   *clock,
             const char *unit)
{
  const char *of = linli_row_get_text (clock, LINLI_CLOCK_DISPATCH_ID);
  const char *state = linli_row_get_text (part, LINLI_DISPATCH_STATE);

  if (g_strcmp0 (linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID), unit) != 0 ||
      (linli_part_state_from_text (state) & LINLI_PARTS_LIVE) == 0)
    return FALSE;

  return of != NULL ? g_str_equal (of, linli_row_get_id (part))
                    : g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_KIND), "resolve") &&
                      g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");
}

/* At a unit: what runs out first of its own, and not that of a unit beside. */
static LinliRow *
find_own_clock (LinliCaseSheet *sheet,
                const char     *unit)
{
  GPtrArray *parts = sheet->detail->dispatches;
  GPtrArray *clocks = sheet->detail->clocks;
  LinliRow *first = NULL;

  for (guint i = 0; i < clocks->len; i++)
    for (guint p = 0; p < parts->len; p++)
      if (g_str_equal (linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_STATE), "running") &&
          answers_for (parts->pdata[p], clocks->pdata[i], unit) &&
          (first == NULL || linli_row_get_int (clocks->pdata[i], LINLI_CLOCK_DUE_AT) <
                            linli_row_get_int (first, LINLI_CLOCK_DUE_AT)))
        first = clocks->pdata[i];
  return first;
}

/* Time has passed: what depends on it is said again. */
void
linli_case_head_refresh_times (LinliCaseHead  *self,
                               LinliCaseSheet *sheet,
                               LinliUiContext *context)
{
  static const char *const tones[] = { "later", "later", "soon", "over" };
  LinliRow *row = sheet->detail->case_row;
  const char *unit = linli_ui_context_get_session (context)->unit;
  LinliRow *own = unit != NULL ? find_own_clock (sheet, unit) : NULL;
  gint64 now = linli_ui_context_now (context);
  gint64 due = own != NULL ? linli_row_get_int (own, LINLI_CLOCK_DUE_AT)
               : unit == NULL ? linli_row_get_int (row, LINLI_CASE_DUE_AT) : 0;
  const char *kind = own != NULL ? linli_row_get_text (own, LINLI_CLOCK_KIND)
                                 : linli_row_get_text (row, LINLI_CASE_DUE_KIND);
  LinliDueTone tone = linli_due_tone (due, now);
  g_autofree char *left = linli_due_words (due, now);
  g_autofree char *words = NULL;

  g_return_if_fail (LINLI_IS_CASE_HEAD (self));

  if (linli_case_state_is_over (linli_row_get_text (row, LINLI_CASE_STATE)))
    tone = LINLI_DUE_NONE;
  if (show_suspended (self, sheet))
    return;
  gtk_widget_set_visible (self->due, tone != LINLI_DUE_NONE);
  if (tone == LINLI_DUE_NONE)
    return;
  /* Translators: which clock, and how long until it runs out: "Settle · 3 hours left" */
  words = g_strdup_printf (_("%s · %s"), linli_clock_kind_words (kind), left);
  gtk_label_set_label (self->due_words, words);
  linli_icon_show (self->due_icon, tone == LINLI_DUE_OVER ? "linli-clock-late-symbolic" : "linli-clock-symbolic");
  show_tone (self, tones[tone]);
}

/* Whether the keyboard is on one of the steps. */
gboolean
linli_case_head_has_keyboard (LinliCaseHead *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_HEAD (self), FALSE);

  return linli_has_keyboard (GTK_WIDGET (self->buttons));
}

/* Puts the keyboard on the next step; %FALSE when there is none. */
gboolean
linli_case_head_focus (LinliCaseHead *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_HEAD (self), FALSE);

  return self->next != NULL && gtk_widget_grab_focus (self->next);
}

/* @others: (element-type LinliPresent): who has the case open at another desk */
void
linli_case_head_show_present (LinliCaseHead *self,
                              GPtrArray     *others)
{
  g_autoptr(GString) words = g_string_new (NULL);

  g_return_if_fail (LINLI_IS_CASE_HEAD (self));

  for (guint i = 0; i < others->len; i++)
    {
      LinliPresent *one = others->pdata[i];

      if (i > 0)
        g_string_append (words, " · ");
      /* Translators: the name of a colleague */
      g_string_append_printf (words, one->writing ? _("%s is writing") : _("%s is looking at it"), one->person);
    }
  gtk_label_set_label (self->present_words, words->str);
  gtk_widget_set_visible (self->present, others->len > 0);
}
