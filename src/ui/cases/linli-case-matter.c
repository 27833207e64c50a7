/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-matter.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-files.h"
#include "linli-case-tables.h"
#include "linli-clock-card.h"
#include "linli-closing-cards.h"
#include "linli-dispatch-card.h"
#include "linli-family-card.h"
#include "linli-item-card.h"
#include "linli-lane-dialogs.h"
#include "linli-people-tables.h"
#include "linli-residents-card.h"
#include "linli-route-card.h"
#include "linli-routing-dialogs.h"
#include "linli-time-words.h"

static LinliRow *
find_appellant (LinliCaseSheet *sheet,
                const char     *id)
{
  GPtrArray *appellants = sheet->detail->appellants;

  for (guint i = 0; id != NULL && i < appellants->len; i++)
    if (g_str_equal (linli_row_get_id (appellants->pdata[i]), id))
      return appellants->pdata[i];

  return NULL;
}

static void
append_part (GString    *words,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part);
}

/* Receipt, person, channel and moment of one submission. */
static char *
submission_words (LinliRow       *submission,
                  LinliCaseSheet *sheet,
                  LinliUiContext *context)
{
  GString *words = g_string_new (linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO));
  LinliRow *appellant = find_appellant (sheet, linli_row_get_text (submission, LINLI_SUBMISSION_APPELLANT_ID));
  g_autofree char *moment = linli_moment_words (linli_row_get_int (submission, LINLI_SUBMISSION_RECEIVED_AT),
                                                linli_ui_context_now (context), linli_ui_context_get_zone (context));

  if (appellant != NULL && linli_row_get_int (appellant, LINLI_APPELLANT_ANONYMOUS))
    append_part (words, _("Anonymous"));
  else if (appellant != NULL)
    append_part (words, linli_row_get_text (appellant, LINLI_APPELLANT_NAME));
  append_part (words, linli_case_sheet_get_channel (sheet,
                                                    linli_row_get_text (submission, LINLI_SUBMISSION_CHANNEL_CODE)));
  append_part (words, moment);
  if (linli_row_get_int (submission, LINLI_SUBMISSION_REPLY_WANTED))
    append_part (words, _("wants a reply"));

  return g_string_free (words, FALSE);
}

static GtkWidget *
new_words (LinliCaseSheet *sheet,
           LinliUiContext *context)
{
  GPtrArray *submissions = sheet->detail->submissions;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  for (guint i = 0; i < submissions->len; i++)
    {
      LinliRow *submission = submissions->pdata[i];
      const char *subject = linli_row_get_text (submission, LINLI_SUBMISSION_SUBJECT);
      GtkWidget *card = linli_card_new (6);
      g_autofree char *words = submission_words (submission, sheet, context);

      gtk_widget_add_css_class (card, "resident-words");
      gtk_box_append (GTK_BOX (card), linli_caption_new (words));
      if (subject != NULL && *subject != '\0')
        gtk_box_append (GTK_BOX (card), linli_text_new (subject, "heading"));
      gtk_box_append (GTK_BOX (card),
                      linli_text_new (linli_row_get_text (submission, LINLI_SUBMISSION_TEXT), "verbatim"));
      gtk_box_append (GTK_BOX (box), card);
    }

  return box;
}

static GtkWidget *
new_item (LinliCaseSheet *sheet)
{
  GtkWidget *card;

  if (sheet->detail->item == NULL)
    return linli_text_new (linli_row_get_text (sheet->detail->case_row, LINLI_CASE_ITEM_NAME), NULL);
  card = linli_item_card_new ();
  linli_item_card_show (LINLI_ITEM_CARD (card), sheet->detail->item, sheet->units, FALSE);

  return card;
}

/* What runs comes first; what is over is counted but kept below. */
static GtkWidget *
new_clocks (LinliCaseSheet *sheet,
            LinliUiContext *context)
{
  GPtrArray *clocks = sheet->detail->clocks;
  GtkWidget *card = linli_card_new (10);
  GtkWidget *over = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  guint n_over = 0;

  for (guint i = 0; i < clocks->len; i++)
    {
      const char *state = linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_STATE);
      gboolean is_over = g_str_equal (state, "met") || g_str_equal (state, "stopped");

      n_over += is_over;
      gtk_box_append (GTK_BOX (is_over ? over : card), linli_clock_card_new (clocks->pdata[i], sheet, context));
    }
  if (n_over > 0)
    {
      g_autofree char *words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u clock that has ended",
                                                             "%u clocks that have ended", n_over), n_over);

      gtk_box_append (GTK_BOX (card), linli_expander_new (words, over));
    }
  else
    {
      g_object_ref_sink (over);
      g_object_unref (over);
    }

  return card;
}

static GtkWidget *
new_parts (LinliCaseSheet *sheet,
           LinliUiContext *context)
{
  GPtrArray *parts = sheet->detail->dispatches;
  GtkWidget *card = linli_card_new (12);

  for (guint i = 0; i < parts->len; i++)
    gtk_box_append (GTK_BOX (card), linli_dispatch_card_new (parts->pdata[i], sheet, context));

  return card;
}

/* --- Sections, each %NULL where there is nothing to say --- */

static GtkWidget *
pointer_section (LinliCaseSheet *sheet,
                 LinliUiContext *context)
{
  return sheet->detail->target != NULL ? linli_section_new (_("Merged"), linli_pointer_card_new (sheet, context)) : NULL;
}

static GtkWidget *
whole_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return sheet->detail->parent != NULL ? linli_section_new (_("A Part Of"), linli_whole_card_new (sheet, context)) : NULL;
}

static GtkWidget *
residents_section (LinliCaseSheet *sheet,
                   LinliUiContext *context)
{
  guint n = sheet->detail->submissions->len;
  g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Resident", "%u Residents", n), n);

  return n > 1 ? linli_section_new (title, linli_residents_card_new (sheet, context)) : NULL;
}

static GtkWidget *
words_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return sheet->detail->submissions->len > 0
           ? linli_section_new (_("The Resident’s Words"), new_words (sheet, context)) : NULL;
}

static GtkWidget *
split_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return sheet->detail->parts->len > 0 ? linli_section_new (_("Parts"), linli_parts_card_new (sheet, context)) : NULL;
}

static GtkWidget *
members_section (LinliCaseSheet *sheet,
                 LinliUiContext *context)
{
  return sheet->detail->members->len > 0
           ? linli_section_new (_("Merged Into This"), linli_members_card_new (sheet, context)) : NULL;
}

static GtkWidget *
text_section (const char *title,
              LinliRow   *row,
              guint       column)
{
  const char *text = linli_row_get_text (row, column);
  GtkWidget *card;

  if (text == NULL || *text == '\0')
    return NULL;
  card = linli_card_new (6);
  gtk_box_append (GTK_BOX (card), linli_text_new (text, NULL));

  return linli_section_new (title, card);
}

static GtkWidget *
summary_section (LinliCaseSheet *sheet,
                 LinliUiContext *context)
{
  return text_section (_("Summary"), sheet->detail->case_row, LINLI_CASE_SUMMARY);
}

static GtkWidget *
card_section (const char *title,
              GtkWidget  *card)
{
  return card != NULL ? linli_section_new (title, card) : NULL;
}

static GtkWidget *
files_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return card_section (_("Files"), linli_case_files_new (sheet, context));
}

static GtkWidget *
reply_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return text_section (_("What the Resident Was Told"), sheet->detail->case_row, LINLI_CASE_RESIDENT_REPLY);
}

static GtkWidget *
units_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  return sheet->detail->dispatches->len > 0 ? linli_section_new (_("Units"), new_parts (sheet, context)) : NULL;
}

static GtkWidget *
supervision_section (LinliCaseSheet *sheet,
                     LinliUiContext *context)
{
  return card_section (_("Supervision"), linli_supervision_card_new (sheet, context));
}

static GtkWidget *
callback_section (LinliCaseSheet *sheet,
                  LinliUiContext *context)
{
  return card_section (_("Residents Informed and Called Back"), linli_callback_card_new (sheet));
}

/* Why the matter went where it went. */
static GtkWidget *
route_section (LinliCaseSheet *sheet,
               LinliUiContext *context)
{
  const char *kept = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_ROUTE);
  g_autoptr(LinliRouteNote) note = sheet->routing != NULL ? linli_route_note_of (sheet->routing)
                                                          : linli_route_note_parse (kept);

  return note != NULL ? linli_route_card_new (note) : NULL;
}

static GtkWidget *
clocks_section (LinliCaseSheet *sheet,
                LinliUiContext *context)
{
  return sheet->detail->clocks->len > 0 ? linli_section_new (_("Clocks"), new_clocks (sheet, context)) : NULL;
}

static GtkWidget *
item_section (LinliCaseSheet *sheet,
              LinliUiContext *context)
{
  gboolean is_known = sheet->detail->item != NULL ||
                      linli_row_get_text (sheet->detail->case_row, LINLI_CASE_ITEM_NAME) != NULL;

  return is_known ? linli_section_new (_("Duty Item"), new_item (sheet)) : NULL;
}

static GtkWidget *(*const sections[]) (LinliCaseSheet *sheet,
                                       LinliUiContext *context) = {
  pointer_section, whole_section, residents_section, words_section, split_section, members_section, summary_section,
  files_section, reply_section, units_section, linli_lane_card_new, supervision_section, callback_section,
  linli_matter_facts_card_new, route_section, clocks_section, item_section,
};

/* --- The object --- */

struct _LinliCaseMatter
{
  GtkBox     parent_instance;

  /* Children (their parent owns them) */
  GtkWidget *shown[G_N_ELEMENTS (sections)]; /* (nullable) */

  /* State */
  guint      next; /* of the sections, to be shown */
};

G_DEFINE_FINAL_TYPE (LinliCaseMatter, linli_case_matter, GTK_TYPE_BOX)

static void
linli_case_matter_class_init (LinliCaseMatterClass *klass)
{
}

static void
linli_case_matter_init (LinliCaseMatter *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

LinliCaseMatter *
linli_case_matter_new (void)
{
  return g_object_new (LINLI_TYPE_CASE_MATTER, NULL);
}

/**
 * linli_case_matter_show:
 * @another: whether it is not the case shown before: then nothing of that stays
 *
 * Begins to show a case; linli_case_matter_show_next() does it.
 */
void
linli_case_matter_show (LinliCaseMatter *self,
                        gboolean         another)
{
  g_return_if_fail (LINLI_IS_CASE_MATTER (self));

  self->next = 0;
  for (guint i = 0; another && i < G_N_ELEMENTS (sections); i++)
    if (self->shown[i] != NULL)
      gtk_widget_set_visible (self->shown[i], FALSE);
}

/* --- What was opened to be read --- */

/* An expander is known by its name when its section is told anew. */
static void
list_open (GtkWidget *widget,
           GPtrArray *names)
{
  if (GTK_IS_EXPANDER (widget) && gtk_expander_get_expanded (GTK_EXPANDER (widget)))
    g_ptr_array_add (names, g_strdup (gtk_widget_get_name (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_open (child, names);
}

static void
open_again (GtkWidget *widget,
            GPtrArray *names)
{
  if (GTK_IS_EXPANDER (widget) &&
      g_ptr_array_find_with_equal_func (names, gtk_widget_get_name (widget), g_str_equal, NULL))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE); /* and what is in it has a place now */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    open_again (child, names);
}

/* --- The keyboard --- */

/* What the keyboard can stop at in @widget, in order. */
static void
list_stops (GtkWidget *widget,
            GPtrArray *stops)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_sensitive (widget))
    return;
  if (gtk_widget_get_focusable (widget))
    g_ptr_array_add (stops, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_stops (child, stops);
}

/* Returns: at which stop of @section the keyboard is; -1 when it is elsewhere */
static int
find_stop (GtkWidget *section)
{
  GtkRoot *root = gtk_widget_get_root (section);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr(GPtrArray) stops = NULL;
  guint n = 0;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, section))
    return -1;
  stops = g_ptr_array_new ();
  list_stops (section, stops);

  return g_ptr_array_find (stops, focus, &n) ? (int) n : 0;
}

/* Whoever reads with the keyboard stays at what is said anew; when there is
 * less of it, at the last of it. */
static void
go_to_stop (GtkWidget *section,
            int        stop)
{
  g_autoptr(GPtrArray) stops = g_ptr_array_new ();

  list_stops (section, stops);
  if (stops->len > 0)
    gtk_widget_grab_focus (stops->pdata[MIN ((guint) stop, stops->len - 1)]);
}

static GtkWidget *
section_before (LinliCaseMatter *self,
                guint            n)
{
  while (n > 0)
    if (self->shown[--n] != NULL)
      return self->shown[n];

  return NULL;
}

/* Shows one section more, in place of what it said before.
 *
 * Returns: whether there are others */
gboolean
linli_case_matter_show_next (LinliCaseMatter *self,
                             LinliCaseSheet  *sheet,
                             LinliUiContext  *context)
{
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  GtkWidget **shown;
  int stop;

  g_return_val_if_fail (LINLI_IS_CASE_MATTER (self), FALSE);

  if (self->next == G_N_ELEMENTS (sections))
    return FALSE;
  shown = &self->shown[self->next];
  stop = *shown != NULL ? find_stop (*shown) : -1;
  if (*shown != NULL && gtk_widget_get_visible (*shown)) /* else it is another case */
    list_open (*shown, open);
  if (*shown != NULL)
    gtk_box_remove (GTK_BOX (self), *shown);
  *shown = sections[self->next] (sheet, context);
  if (*shown != NULL)
    gtk_box_insert_child_after (GTK_BOX (self), *shown, section_before (self, self->next));
  if (*shown != NULL && open->len > 0)
    open_again (*shown, open);
  if (*shown != NULL && stop >= 0)
    go_to_stop (*shown, stop);
  self->next++;

  return TRUE;
}
