/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everybody whose matter this is: who came with which number, and who waits
 * for a reply. */

#include "config.h"

#include "linli-residents-card.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-mask.h"
#include "linli-people-tables.h"
#include "linli-session.h"

/* Whole numbers are for those who speak with residents. */
#define SPEAKS (LINLI_ROLE_CLERK | LINLI_ROLE_DISPATCHER | LINLI_ROLE_CALLBACK)

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

static char *
phone_words (const char *phone,
             LinliRole   roles)
{
  return roles & SPEAKS ? g_strdup (phone) : linli_mask_phone (phone);
}

static const char *
home_number (LinliCaseSheet *sheet,
             LinliRow       *submission)
{
  const char *home = linli_row_get_text (submission, LINLI_SUBMISSION_HOME_ID);
  GPtrArray *members = sheet->detail->members;

  for (guint i = 0; home != NULL && i < members->len; i++)
    {
      LinliCaseMember *member = members->pdata[i];

      if (g_str_equal (linli_row_get_id (member->case_row), home))
        return linli_row_get_text (member->case_row, LINLI_CASE_CASE_NO);
    }
  return NULL;
}

static const char *
reply_words (LinliCaseSheet *sheet,
             LinliRow       *submission)
{
  LinliRow *row = sheet->detail->case_row;

  if (g_str_equal (linli_row_get_text (row, LINLI_CASE_STATE), "closed"))
    return C_("resident", "told");
  return linli_row_get_int (submission, LINLI_SUBMISSION_REPLY_WANTED) ? C_("resident", "wants a reply") : NULL;
}

static void
attach_caption (GtkGrid    *grid,
                int         column,
                int         row,
                const char *text)
{
  GtkWidget *label = linli_caption_new (text != NULL ? text : "");

  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
attach_resident (GtkGrid        *grid,
                 int             row,
                 LinliCaseSheet *sheet,
                 LinliRow       *submission,
                 LinliRole       roles)
{
  LinliRow *person = find_appellant (sheet, linli_row_get_text (submission, LINLI_SUBMISSION_APPELLANT_ID));
  g_autofree char *phone = person != NULL ? phone_words (linli_row_get_text (person, LINLI_APPELLANT_PHONE), roles) : NULL;
  const char *name = person != NULL ? linli_row_get_text (person, LINLI_APPELLANT_NAME) : NULL;
  const char *home = home_number (sheet, submission);
  g_autofree char *from = home != NULL ? g_strdup_printf (_("from %s"), home) : NULL;
  gboolean silent = g_strcmp0 (name, LINLI_MASK_WHOLE) == 0;
  GtkWidget *label = linli_text_new (silent ? _("Confidential") : name != NULL ? name : _("Anonymous"), NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  attach_caption (grid, 1, row, silent ? NULL : phone);
  attach_caption (grid, 2, row, linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO));
  attach_caption (grid, 3, row, reply_words (sheet, submission));
  attach_caption (grid, 4, row, from);
}

GtkWidget *
linli_residents_card_new (LinliCaseSheet *sheet,
                          LinliUiContext *context)
{
  GtkWidget *card = linli_card_new (6);
  GtkWidget *grid = gtk_grid_new ();
  GPtrArray *submissions = sheet->detail->submissions;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 14);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < submissions->len; i++)
    attach_resident (GTK_GRID (grid), (int) i, sheet, submissions->pdata[i], linli_ui_context_get_session (context)->roles);
  gtk_box_append (GTK_BOX (card), grid);

  return card;
}
