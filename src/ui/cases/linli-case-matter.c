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
#include "linli-people-tables.h"
#include "linli-residents-card.h"
#include "linli-route-card.h"
#include "linli-routing-dialogs.h"
#include "linli-time-words.h"

struct _LinliCaseMatter
{
  GtkBox parent_instance;
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

static void
add (LinliCaseMatter *self,
     const char      *title,
     GtkWidget       *content)
{
  gtk_box_append (GTK_BOX (self), linli_section_new (title, content));
}

static void
add_card (LinliCaseMatter *self,
          const char      *title,
          GtkWidget       *card)
{
  if (card != NULL)
    add (self, title, card);
}

static void
add_text (LinliCaseMatter *self,
          const char      *title,
          LinliRow        *row,
          guint            column)
{
  const char *text = linli_row_get_text (row, column);
  GtkWidget *card;

  if (text == NULL || *text == '\0')
    return;
  card = linli_card_new (6);
  gtk_box_append (GTK_BOX (card), linli_text_new (text, NULL));
  add (self, title, card);
}

/* What the matter answers, and why it went where it went. */
static void
add_routing (LinliCaseMatter *self,
             LinliCaseSheet  *sheet,
             LinliUiContext  *context)
{
  const char *kept = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_ROUTE);
  g_autoptr(LinliRouteNote) note = sheet->routing != NULL ? linli_route_note_of (sheet->routing)
                                                          : linli_route_note_parse (kept);
  GtkWidget *facts = linli_matter_facts_card_new (sheet, context);

  if (facts != NULL)
    gtk_box_append (GTK_BOX (self), facts);
  if (note != NULL)
    gtk_box_append (GTK_BOX (self), linli_route_card_new (note));
}

void
linli_case_matter_show (LinliCaseMatter *self,
                        LinliCaseSheet  *sheet,
                        LinliUiContext  *context)
{
  LinliCaseDetail *detail = sheet->detail;
  GtkWidget *files;

  g_return_if_fail (LINLI_IS_CASE_MATTER (self));

  linli_box_clear (GTK_BOX (self));
  if (detail->target != NULL)
    add (self, _("Merged"), linli_pointer_card_new (sheet, context));
  if (detail->parent != NULL)
    add (self, _("A Part Of"), linli_whole_card_new (sheet, context));
  if (detail->submissions->len > 1)
    {
      g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Resident", "%u Residents",
                                                             detail->submissions->len), detail->submissions->len);

      add (self, title, linli_residents_card_new (sheet, context));
    }
  if (detail->submissions->len > 0)
    add (self, _("The Resident’s Words"), new_words (sheet, context));
  if (detail->parts->len > 0)
    add (self, _("Parts"), linli_parts_card_new (sheet, context));
  if (detail->members->len > 0)
    add (self, _("Merged Into This"), linli_members_card_new (sheet, context));
  add_text (self, _("Summary"), detail->case_row, LINLI_CASE_SUMMARY);
  files = linli_case_files_new (sheet, context);
  if (files != NULL)
    add (self, _("Files"), files);
  add_text (self, _("What the Resident Was Told"), detail->case_row, LINLI_CASE_RESIDENT_REPLY);
  if (detail->dispatches->len > 0)
    add (self, _("Units"), new_parts (sheet, context));
  add_card (self, _("Supervision"), linli_supervision_card_new (sheet, context));
  add_card (self, _("Residents Informed and Called Back"), linli_callback_card_new (sheet));
  add_routing (self, sheet, context);
  if (detail->clocks->len > 0)
    add (self, _("Clocks"), new_clocks (sheet, context));
  if (detail->item != NULL || linli_row_get_text (detail->case_row, LINLI_CASE_ITEM_NAME) != NULL)
    add (self, _("Duty Item"), new_item (sheet));
}
