/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One case on paper: what stands in which field, and who may see it. */

#include "config.h"

#include "linli-forms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-catalogue-tables.h"
#include "linli-mask.h"
#include "linli-people-tables.h"

#define NAME  0.16
#define VALUE 0.34
#define WIDE  (1 - NAME)
#define SEAL  96.0 /* points: room for a stamp or a signature */

/**
 * linli_form_from_text:
 *
 * Returns: whether @text names a form
 */
gboolean
linli_form_from_text (const char *text,
                      LinliForm  *form)
{
  static const char *const names[] = { "receipt", "transfer", "closing" };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text))
      {
        *form = (LinliForm) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * linli_form_time:
 *
 * Returns: (transfer full): a moment in the centre's time; "" for none
 */
char *
linli_form_time (const LinliFormFacts *facts,
                 gint64                time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = time != 0 ? g_date_time_to_timezone (utc, facts->zone) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/**
 * linli_form_set_foot:
 *
 * Where and when it was printed, and by whom.
 */
void
linli_form_set_foot (LinliPaper           *paper,
                     const LinliFormFacts *facts)
{
  g_autofree char *when = linli_form_time (facts, facts->now);
  g_autofree char *foot = g_strjoin ("  ", facts->session->centre, when, facts->session->person, NULL);

  linli_paper_set_foot (paper, foot);
}

/* --- Rows --- */

static void
add_pair (LinliPaper *paper,
          const char *first,
          const char *first_value,
          const char *second,
          const char *second_value)
{
  const LinliPaperCell cells[] = {
    { first, NAME, TRUE }, { first_value, VALUE },
    { second, NAME, TRUE }, { second_value, VALUE },
  };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), 0);
}

static void
add_wide (LinliPaper *paper,
          const char *name,
          const char *value,
          double      least)
{
  const LinliPaperCell cells[] = { { name, NAME, TRUE }, { value, WIDE } };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), least);
}

/* Two places to sign or stamp. */
static void
add_seals (LinliPaper *paper,
           const char *first,
           const char *second)
{
  const LinliPaperCell cells[] = {
    /* Translators: where a date is written by hand: year, month, day */
    { first, NAME, TRUE }, { _("date:                "), VALUE, .right = TRUE, .low = TRUE },
    { second, NAME, TRUE }, { _("date:                "), VALUE, .right = TRUE, .low = TRUE },
  };

  linli_paper_add_row (paper, cells, G_N_ELEMENTS (cells), SEAL);
}

/* --- What stands in them --- */

static LinliRow *
appellant_of (LinliCaseSheet *sheet)
{
  GPtrArray *rows = sheet->detail->appellants;

  return rows->len > 0 ? rows->pdata[0] : NULL;
}

/* @for_unit: a unit must be able to call, unless the resident asked for silence.
 * What whoever prints may not see came masked from the store. */
static void
person_words (LinliCaseSheet *sheet,
              gboolean        for_unit,
              char          **name,
              char          **phone)
{
  LinliRow *row = appellant_of (sheet);
  gboolean silent = row != NULL && linli_row_get_int (row, LINLI_APPELLANT_CONFIDENTIAL) != 0;
  const char *who = row != NULL ? linli_row_get_text (row, LINLI_APPELLANT_NAME)
                                : linli_row_get_text (sheet->detail->case_row, LINLI_CASE_APPELLANT_NAME);
  const char *number = row != NULL ? linli_row_get_text (row, LINLI_APPELLANT_PHONE) : NULL;

  silent |= linli_row_get_int (sheet->detail->case_row, LINLI_CASE_CONFIDENTIAL) != 0;
  if (for_unit && silent)
    {
      *name = g_strdup (_("Confidential"));
      *phone = g_strdup (_("Through the centre"));
      return;
    }
  if (who == NULL || *who == '\0')
    *name = g_strdup (_("Anonymous"));
  else
    *name = for_unit ? g_strdup (who) : linli_mask_name (who);
  *phone = number == NULL ? g_strdup ("") : for_unit ? g_strdup (number) : linli_mask_phone (number);
}

static LinliRow *
first_submission (LinliCaseSheet *sheet)
{
  return sheet->detail->submissions->len > 0 ? sheet->detail->submissions->pdata[0] : NULL;
}

static const char *
case_text (LinliCaseSheet *sheet,
           guint           column)
{
  const char *text = linli_row_get_text (sheet->detail->case_row, column);

  return text != NULL ? text : "";
}

/* The lead's or the assisting units' part of the last round that was not taken back. */
static char *
unit_words (LinliCaseSheet *sheet,
            const char     *role)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GPtrArray *parts = sheet->detail->dispatches;

  for (guint i = 0; i < parts->len; i++)
    {
      const char *state = linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_STATE);
      const char *name = linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_UNIT_NAME);

      if (g_str_equal (linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_ROLE), role) &&
          !g_str_equal (state, "returned") && !g_str_equal (state, "recalled") &&
          !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  if (names->len == 0 && g_str_equal (role, "lead"))
    return g_strdup (case_text (sheet, LINLI_CASE_LEAD_UNIT_NAME));
  g_ptr_array_add (names, NULL);

  return g_strjoinv ("、", (char **) names->pdata);
}

static LinliRow *
lead_part (LinliCaseSheet *sheet)
{
  GPtrArray *parts = sheet->detail->dispatches;

  for (guint i = parts->len; i > 0; i--)
    if (g_str_equal (linli_row_get_text (parts->pdata[i - 1], LINLI_DISPATCH_ROLE), "lead"))
      return parts->pdata[i - 1];
  return NULL;
}

static LinliRow *
find_clock (LinliCaseSheet *sheet,
            const char     *kind)
{
  GPtrArray *clocks = sheet->detail->clocks;

  for (guint i = 0; i < clocks->len; i++)
    if (g_str_equal (linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_KIND), kind))
      return clocks->pdata[i];
  return NULL;
}

/* "2026-02-14 10:00 (5工作日)"; "" without such a clock */
static char *
due_words (LinliCaseSheet       *sheet,
           const LinliFormFacts *facts,
           const char           *kind)
{
  LinliRow *clock = find_clock (sheet, kind);
  g_autofree char *due = clock != NULL ? linli_form_time (facts, linli_row_get_int (clock, LINLI_CLOCK_DUE_AT)) : NULL;

  if (due == NULL || *due == '\0')
    return g_strdup ("");
  return g_strdup_printf ("%s (%s)", due, linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT));
}

static void
add_head (LinliPaper           *paper,
          const LinliFormFacts *facts,
          const char           *title)
{
  linli_paper_add_title (paper, facts->session->centre);
  linli_paper_add_title (paper, title);
  linli_form_set_foot (paper, facts);
}

static void
add_matter (LinliPaper     *paper,
            LinliCaseSheet *sheet)
{
  LinliRow *submission = first_submission (sheet);

  add_wide (paper, _("Subject"), case_text (sheet, LINLI_CASE_TITLE), 0);
  add_wide (paper, _("Resident's words"),
            submission != NULL ? linli_row_get_text (submission, LINLI_SUBMISSION_TEXT)
                               : case_text (sheet, LINLI_CASE_SUMMARY), 60);
  add_wide (paper, _("Place"), case_text (sheet, LINLI_CASE_PLACE), 0);
}

/* --- The forms --- */

static void
fill_receipt (LinliPaper           *paper,
              LinliCaseSheet       *sheet,
              const LinliFormFacts *facts)
{
  LinliRow *submission = first_submission (sheet);
  const char *number = submission != NULL ? linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO)
                                          : case_text (sheet, LINLI_CASE_CASE_NO);
  const char *channel = submission != NULL ? linli_row_get_text (submission, LINLI_SUBMISSION_CHANNEL_CODE) : "";
  g_autofree char *when = linli_form_time (facts, linli_row_get_int (sheet->detail->case_row, LINLI_CASE_RECEIVED_AT));
  g_autofree char *due = due_words (sheet, facts, "resolve");
  g_autofree char *words = g_strdup_printf (_("Please keep this receipt. With the receipt number %s you can ask how far "
                                              "your matter has come."), number);
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;

  person_words (sheet, FALSE, &name, &phone);
  add_head (paper, facts, _("Receipt"));
  add_pair (paper, _("Receipt number"), number, _("Received at"), when);
  add_pair (paper, _("Case number"), case_text (sheet, LINLI_CASE_CASE_NO), _("Channel"),
            linli_case_sheet_get_channel (sheet, channel));
  add_pair (paper, _("Appellant"), name, _("Phone"), phone);
  add_matter (paper, sheet);
  if (*due != '\0')
    add_wide (paper, _("To be settled by"), due, 0);
  add_seals (paper, _("Taken in by (seal)"), _("Appellant (signature)"));
  linli_paper_add_space (paper, 14);
  linli_paper_add_code (paper, number, words);
}

static void
fill_transfer (LinliPaper           *paper,
               LinliCaseSheet       *sheet,
               const LinliFormFacts *facts)
{
  LinliRow *part = lead_part (sheet);
  LinliRow *item = sheet->detail->item;
  g_autofree char *received = linli_form_time (facts, linli_row_get_int (sheet->detail->case_row, LINLI_CASE_RECEIVED_AT));
  g_autofree char *sent = linli_form_time (facts, part != NULL ? linli_row_get_int (part, LINLI_DISPATCH_SENT_AT) : 0);
  g_autofree char *lead = unit_words (sheet, "lead");
  g_autofree char *assist = unit_words (sheet, "assist");
  g_autofree char *due = due_words (sheet, facts, "resolve");
  g_autofree char *sign = due_words (sheet, facts, "sign");
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;

  person_words (sheet, TRUE, &name, &phone);
  add_head (paper, facts, _("Transfer Slip"));
  add_pair (paper, _("Case number"), case_text (sheet, LINLI_CASE_CASE_NO), _("Urgency"),
            linli_case_urgency_words (case_text (sheet, LINLI_CASE_URGENCY)));
  add_pair (paper, _("Received at"), received, _("Dispatched at"), sent);
  add_pair (paper, _("Lead unit"), lead, _("Assisting units"), assist);
  add_pair (paper, _("To be signed by"), sign, _("To be settled by"), due);
  add_wide (paper, _("Duty item"), case_text (sheet, LINLI_CASE_ITEM_NAME), 0);
  add_pair (paper, _("Appellant"), name, _("Phone"), phone);
  add_matter (paper, sheet);
  add_wide (paper, _("Instruction"), part != NULL ? linli_row_get_text (part, LINLI_DISPATCH_INSTRUCTION) : NULL, 0);
  if (item != NULL)
    {
      add_wide (paper, _("Legal basis"), linli_row_get_text (item, LINLI_DUTY_ITEM_LEGAL_BASIS), 0);
      add_wide (paper, _("Handling standard"), linli_row_get_text (item, LINLI_DUTY_ITEM_STANDARD), 0);
    }
  add_wide (paper, _("How it was handled"), NULL, SEAL);
  add_seals (paper, _("Dispatched by (seal)"), _("Unit (signature, seal)"));
}

static char *
timeliness_words (LinliCaseSheet *sheet)
{
  LinliRow *clock = find_clock (sheet, "resolve");

  if (clock == NULL || linli_row_is_null (clock, LINLI_CLOCK_MET_AT) || linli_row_is_null (clock, LINLI_CLOCK_DUE_AT))
    return g_strdup ("");
  return g_strdup (linli_row_get_int (clock, LINLI_CLOCK_MET_AT) <= linli_row_get_int (clock, LINLI_CLOCK_DUE_AT)
                     ? _("In time") : _("Late"));
}

/* One line each: what was asked for, and what shows it or why it was let off. */
static char *
evidence_words (LinliCaseSheet       *sheet,
                const LinliFormFacts *facts)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < sheet->evidence->len; i++)
    {
      const LinliEvidence *one = sheet->evidence->pdata[i];
      g_autofree char *when = linli_form_time (facts, one->at);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      g_string_append (words, g_dgettext (GETTEXT_PACKAGE, linli_evidence_kind_words (one->kind)));
      if (one->state == LINLI_EVIDENCE_MISSING)
        g_string_append_printf (words, "  %s", _("Still missing"));
      if (one->state == LINLI_EVIDENCE_WAIVED)
        g_string_append_printf (words, "  %s", _("Waived"));
      if (one->state != LINLI_EVIDENCE_MISSING)
        g_string_append_printf (words, "  %s  %s  %s", one->what != NULL ? one->what : "", one->by != NULL ? one->by : "", when);
    }
  return g_string_free (words, FALSE);
}

static void
fill_closing (LinliPaper           *paper,
              LinliCaseSheet       *sheet,
              const LinliFormFacts *facts)
{
  LinliRow *row = sheet->detail->case_row;
  LinliRow *part = lead_part (sheet);
  const char *result = part != NULL ? linli_row_get_text (part, LINLI_DISPATCH_RESULT) : NULL;
  g_autofree char *received = linli_form_time (facts, linli_row_get_int (row, LINLI_CASE_RECEIVED_AT));
  g_autofree char *closed = linli_form_time (facts, linli_row_get_int (row, LINLI_CASE_CLOSED_AT));
  g_autofree char *lead = unit_words (sheet, "lead");
  g_autofree char *assist = unit_words (sheet, "assist");
  g_autofree char *due = due_words (sheet, facts, "resolve");
  g_autofree char *timely = timeliness_words (sheet);
  g_autofree char *evidence = evidence_words (sheet, facts);
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;

  person_words (sheet, FALSE, &name, &phone);
  add_head (paper, facts, _("Closing Slip"));
  add_pair (paper, _("Case number"), case_text (sheet, LINLI_CASE_CASE_NO), _("State"),
            linli_case_state_words (case_text (sheet, LINLI_CASE_STATE)));
  add_pair (paper, _("Received at"), received, _("Closed at"), closed);
  add_pair (paper, _("Lead unit"), lead, _("Assisting units"), assist);
  add_pair (paper, _("To be settled by"), due, _("Timeliness"), timely);
  add_wide (paper, _("Duty item"), case_text (sheet, LINLI_CASE_ITEM_NAME), 0);
  add_pair (paper, _("Appellant"), name, _("Phone"), phone);
  add_matter (paper, sheet);
  add_wide (paper, _("How it was handled"), result != NULL ? result : case_text (sheet, LINLI_CASE_RESULT), 60);
  if (*evidence != '\0')
    add_wide (paper, _("Closing evidence"), evidence, 0);
  add_wide (paper, _("What the resident was told"), case_text (sheet, LINLI_CASE_RESIDENT_REPLY), 60);
  add_seals (paper, _("Unit (signature, seal)"), _("Reviewed by (seal)"));
}

/**
 * linli_form_paper:
 * @sheet: the case, read by one job before
 *
 * Returns: (transfer full): the form, not yet laid out
 */
LinliPaper *
linli_form_paper (LinliForm             form,
                  LinliCaseSheet       *sheet,
                  const LinliFormFacts *facts)
{
  static const struct { const char *title; void (*fill) (LinliPaper *, LinliCaseSheet *, const LinliFormFacts *); } forms[] = {
    [LINLI_FORM_RECEIPT] = { N_("Receipt"), fill_receipt },
    [LINLI_FORM_TRANSFER] = { N_("Transfer Slip"), fill_transfer },
    [LINLI_FORM_CLOSING] = { N_("Closing Slip"), fill_closing },
  };
  g_autofree char *title = g_strdup_printf ("%s %s", _(forms[form].title), case_text (sheet, LINLI_CASE_CASE_NO));
  LinliPaper *paper = linli_paper_new (title, LINLI_PAPER_PORTRAIT);

  forms[form].fill (paper, sheet, facts);

  return paper;
}
