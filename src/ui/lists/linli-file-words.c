/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-file-words.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "linli-calendar.h"
#include "linli-domain-error.h"
#include "linli-duty-file.h"
#include "linli-holidays.h"
#include "linli-place-file.h"
#include "linli-import-row.h"
#include "linli-store-error.h"
#include "linli-table-error.h"

static const char *
table_sentence (int code)
{
  switch (code)
    {
    case LINLI_TABLE_ERROR_OPEN:
      return N_("The file cannot be opened. Is it still where it was, and may you read it?");
    case LINLI_TABLE_ERROR_FORMAT:
      return N_("This is not a table that Linli reads. Save it as CSV or XLSX and try again.");
    case LINLI_TABLE_ERROR_ENCODING:
      return N_("This file holds no readable text. It may be damaged, or not a table at all.");
    case LINLI_TABLE_ERROR_LIMIT:
      return N_("A cell or a row of this file is larger than any table's.");
    case LINLI_TABLE_ERROR_BOMB:
      return N_("This file unpacks to a size that no table has, so it was not read.");
    case LINLI_TABLE_ERROR_TORN:
      return N_("The file ends in the middle. Copy or download it again.");
    case LINLI_TABLE_ERROR_FULL:
      return N_("The disk is full, so the file could not be written.");
    case LINLI_TABLE_ERROR_WRITE:
    default:
      return N_("The file could not be written.");
    }
}

static const char *
store_sentence (int code)
{
  switch (code)
    {
    case LINLI_STORE_ERROR_FULL:
      return N_("The disk is full. Nothing of the file stays; make room and try again.");
    case LINLI_STORE_ERROR_READ_ONLY:
      return N_("This centre is open for looking only.");
    default:
      return N_("The centre's store could not take the file in. Nothing of it stays.");
    }
}

/**
 * linli_file_words:
 * @error: what went wrong with a file
 *
 * Returns: (transfer full): in the person's words and language, what happened
 *   and what to do
 */
char *
linli_file_words (const GError *error)
{
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == LINLI_TABLE_ERROR)
    sentence = table_sentence (error->code);
  else if (error->domain == LINLI_STORE_ERROR)
    sentence = store_sentence (error->code);
  else if (error->domain == LINLI_DUTY_FILE_ERROR)
    sentence = N_("No headings of a duty list were found: class, item and limit are needed.");
  else if (error->domain == LINLI_PLACE_FILE_ERROR)
    sentence = N_("No headings of a list of places were found: a name is needed, or columns for community, estate, "
                  "building and unit.");
  else if (g_error_matches (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG))
    sentence = N_("This is larger than any list of holidays, so it was not read.");
  else if (g_error_matches (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT) || error->domain == LINLI_CALENDAR_ERROR)
    sentence = N_("This is not a list of holidays that Linli reads, as JSON or ICS.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    sentence = N_("The file is no longer there.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    sentence = N_("You may not read this file.");

  return g_strdup (g_dgettext (GETTEXT_PACKAGE, sentence != NULL ? sentence : error->message));
}

/**
 * linli_file_notes_words:
 * @encoding: in which the file begins
 *
 * Returns: (transfer full) (nullable): which lines are encoded otherwise; %NULL
 *   when none is
 */
char *
linli_file_notes_words (const LinliTableNotes *notes,
                        LinliEncoding          encoding)
{
  const char *name = linli_encoding_get_name (encoding);
  guint64 first = notes->first_line[LINLI_TABLE_NOTE_MIXED_ENCODING];
  guint64 last = notes->last_line[LINLI_TABLE_NOTE_MIXED_ENCODING];
  guint64 n = notes->count[LINLI_TABLE_NOTE_MIXED_ENCODING];

  if (n == 0)
    return NULL;
  if (n == 1)
    /* Translators: a line's number, and the name of an encoding such as GB18030 */
    return g_strdup_printf (_("Line %1$u is encoded otherwise than the beginning of the file, which is %2$s. "
                              "It was read by its own encoding; please compare it with the file."), (guint) first, name);
  /* Translators: how many lines, the first and the last of them, and the name of an encoding */
  return g_strdup_printf (_("%1$u lines from line %2$u to line %3$u are encoded otherwise than the beginning of the file, "
                            "which is %4$s. They were read by their own encoding; please compare them with the file."),
                          (guint) n, (guint) first, (guint) last, name);
}
