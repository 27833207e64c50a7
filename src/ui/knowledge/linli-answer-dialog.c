/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-answer-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-answer-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-duty-search.h"
#include "linli-unit-search.h"
#include "linli-people-tables.h"

/* The rows behind the codes of an answer, read while the form opens. */
typedef struct
{
  char     *item_code; /* (nullable) */
  char     *owner_id;  /* (nullable) */
} Wanted;

typedef struct
{
  LinliRow *item;  /* (nullable) */
  LinliRow *owner; /* (nullable) */
} Found;

static void
wanted_free (Wanted *wanted)
{
  g_free (wanted->item_code);
  g_free (wanted->owner_id);
  g_free (wanted);
}

static void
found_free (Found *found)
{
  linli_row_unref (found->item);
  linli_row_unref (found->owner);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static LinliRow *
take_row (GPtrArray  *rows,
          guint       column,
          const char *value)
{
  for (guint i = 0; rows != NULL && value != NULL && i < rows->len; i++)
    if (g_strcmp0 (linli_row_get_text (rows->pdata[i], column), value) == 0)
      return linli_row_ref (rows->pdata[i]);
  return NULL;
}

static gpointer
read_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Wanted *wanted = data;
  Found *found = g_new0 (Found, 1);
  g_autoptr(GPtrArray) items = wanted->item_code != NULL ? linli_duty_search (conn, wanted->item_code, 20, NULL) : NULL;
  g_autoptr(GPtrArray) units = wanted->owner_id != NULL ? linli_unit_search (conn, "", 10000, NULL) : NULL;

  found->item = take_row (items, LINLI_DUTY_ITEM_CODE, wanted->item_code);
  found->owner = take_row (units, LINLI_UNIT_ID, wanted->owner_id);
  return found;
}

static void
fill (LinliActionDialog *dialog,
      const char        *name,
      LinliRow          *row)
{
  LinliFormInput *input = linli_action_dialog_find (dialog, name);
  LinliPicker *picker = LINLI_PICKER (linli_field_get_input (input->field));

  if (row == NULL || *linli_picker_get_text (picker) != '\0')
    return;
  linli_picker_set_row (picker, row);
  linli_form_input_keep (input);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliActionDialog) dialog = user_data;
  g_autoptr(Found) found = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (found == NULL || gtk_widget_get_root (GTK_WIDGET (dialog)) == NULL)
    return;
  fill (dialog, "item", found->item);
  fill (dialog, "owner", found->owner);
}

static void
add_codes (LinliActionDialog *dialog,
           LinliUiContext    *context,
           const char        *item_code,
           const char        *owner_id)
{
  LinliFormInput *item = linli_action_dialog_add_picker (dialog, "item", _("_Duty item"), LINLI_PICK_DUTY_ITEM, NULL);
  Wanted *wanted;

  item->column = LINLI_DUTY_ITEM_CODE;
  linli_action_dialog_add_picker (dialog, "owner", _("_Who answers for it being right"), LINLI_PICK_UNIT, NULL);
  if (item_code == NULL && owner_id == NULL)
    return;
  wanted = g_new0 (Wanted, 1);
  wanted->item_code = g_strdup (item_code);
  wanted->owner_id = g_strdup (owner_id);
  linli_store_read_async (linli_ui_context_get_store (context), read_job, wanted, (GDestroyNotify) wanted_free,
                          (GDestroyNotify) found_free, NULL, read_cb, g_object_ref (dialog));
}

static void
add_validity (LinliActionDialog *dialog,
              LinliRow          *answer)
{
  const char *const audiences[] = { "resident", "internal", NULL };
  const char *words[] = { C_("answer", "Told to residents"), C_("answer", "For the desk only"), NULL };

  linli_action_dialog_add_entry (dialog, "valid_from", _("Right _from (2026-02-14; empty: now)"),
                                 answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_VALID_FROM) : NULL);
  linli_action_dialog_add_entry (dialog, "valid_until", _("Right _until (empty: until it is retired)"),
                                 answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_VALID_UNTIL) : NULL);
  linli_action_dialog_add_choice (dialog, "audience", _("For who_m"), audiences, words,
                                  answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_AUDIENCE) : "resident");
}

/**
 * linli_answer_dialog_new:
 * @answer: (nullable): a known one to be worded anew
 * @proposal: (nullable): what a new one starts from
 */
LinliActionDialog *
linli_answer_dialog_new (LinliUiContext            *context,
                         LinliRow                  *answer,
                         const LinliAnswerProposal *proposal)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, "answer.save",
                                                       answer != NULL ? linli_row_get_id (answer) : NULL,
                                                       answer != NULL ? _("Change the Answer") : _("New Answer"), _("Keep"));
  const char *questions = answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_QUESTIONS)
                                         : proposal != NULL ? proposal->question : NULL;
  const char *text = answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_TEXT) : proposal != NULL ? proposal->reply : NULL;

  if (answer != NULL)
    {
      linli_action_dialog_fix_text (dialog, "id", linli_row_get_id (answer));
      linli_action_dialog_fix_int (dialog, "version", linli_row_get_int (answer, LINLI_ANSWER_VERSION));
    }
  linli_action_dialog_add_area (dialog, "questions", _("_How people ask (a line each)"), questions)->required = TRUE;
  linli_action_dialog_add_area (dialog, "answer", _("What they are _told"), text)->required = TRUE;
  add_codes (dialog, context, answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_ITEM_CODE)
                              : proposal != NULL ? proposal->item_code : NULL,
             answer != NULL ? linli_row_get_text (answer, LINLI_ANSWER_OWNER_UNIT_ID) : NULL);
  add_validity (dialog, answer);

  return dialog;
}
