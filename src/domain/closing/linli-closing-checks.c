/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold before a case may end. */

#include "config.h"

#include "linli-closing-private.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-evidence.h"
#include "linli-policy.h"
#include "linli-registry.h"
#include "linli-rights.h"

/* @account: (nullable): of the person */
static gboolean
is_of_a_unit_that_did_it (GPtrArray *parts,
                          LinliRow  *account)
{
  const char *unit = account != NULL ? linli_row_get_text (account, LINLI_ACCOUNT_UNIT_ID) : NULL;

  for (guint i = 0; unit != NULL && i < parts->len; i++)
    if (linli_part_state_from_text (linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_STATE)) & LINLI_PART_DONE &&
        g_str_equal (unit, linli_row_get_text (parts->pdata[i], LINLI_DISPATCH_UNIT_ID)))
      return TRUE;
  return FALSE;
}

/* @strict: whether having keyed in the report bars too */
static gboolean
is_barred (LinliCaseFile *file,
           const char    *person,
           LinliRow      *account,
           gboolean       strict,
           gboolean      *barred,
           GError       **error)
{
  gint64 n = 0;

  *barred = is_of_a_unit_that_did_it (file->parts, account);
  if (*barred || !strict)
    return TRUE;
  if (!linli_conn_get_int (linli_tx_get_conn (file->context->tx), &n, error,
                           "SELECT 1 FROM entry WHERE case_id = ?1 AND kind = 'done' AND actor_id = ?2 LIMIT 1", "ss",
                           linli_case_file_get_id (file), person))
    return FALSE;
  *barred = n != 0;
  return TRUE;
}

/* Where nobody else could do it, it is done all the same: a centre of one, or
 * of two in one unit, must be able to finish its work. */
static gboolean
refuse_own (LinliCaseFile *file,
            gboolean       strict,
            GError       **error)
{
  const LinliOperation *operation = file->context->operation;
  const LinliCommand *command = linli_registry_find_command (operation->kind);
  g_autoptr(GPtrArray) others = linli_rights_load_others (linli_tx_get_conn (file->context->tx), command->roles, command->right,
                                                          operation->actor, error);

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      gboolean barred = FALSE;

      if (!is_barred (file, linli_row_get_id (others->pdata[i]), others->pdata[i], strict, &barred, error))
        return FALSE;
      if (barred)
        continue;
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "four-eyes", NULL,
                    N_("Whoever handled a case neither reviews it nor calls back about it; somebody else must do this."));
      return FALSE;
    }
  return others != NULL;
}

/**
 * linli_check_four_eyes:
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED when the acting person handled the
 *   case, as far as the centre's rules of procedure forbid that, and somebody
 *   who did not could do this
 */
gboolean
linli_check_four_eyes (LinliCaseFile *file,
                       GError       **error)
{
  g_autofree char *policy = linli_policy_dup (linli_tx_get_conn (file->context->tx), LINLI_POLICY_FOUR_EYES, error);
  gboolean strict = g_strcmp0 (policy, "strict") == 0;
  gboolean barred = FALSE;

  if (policy == NULL)
    return FALSE;
  if (g_str_equal (policy, "off"))
    return TRUE;
  if (linli_case_file_get_parts (file, error) == NULL ||
      !is_barred (file, file->context->operation->actor, file->context->account, strict, &barred, error))
    return FALSE;
  return !barred || refuse_own (file, strict, error);
}

/* Says what to do about the first thing that is missing. */
static const char *
missing_words (const char *kind)
{
  static const struct { const char *kind, *words; } sentences[] = {
    { "photo_before", N_("The handling standard of this item asks for a photo of how it was before. What you wrote is kept: add "
                         "the photo, or let somebody who reviews cases waive it.") },
    { "photo", N_("The handling standard of this item asks for a photo of the result. What you wrote is kept: add the photo, or "
                  "let somebody who reviews cases waive it.") },
    { "visit", N_("The handling standard of this item asks for a record of a visit or a call. What you wrote is kept: note the "
                  "contact or add the record, or let somebody who reviews cases waive it.") },
    { "signature", N_("The handling standard of this item asks for a signature. What you wrote is kept: add the signed paper, or "
                      "let somebody who reviews cases waive it.") },
    { "file", N_("The handling standard of this item asks for a document that shows the result. What you wrote is kept: add the "
                 "document, or let somebody who reviews cases waive it.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].kind, kind))
      return sentences[i].words;
  g_assert_not_reached ();
}

/**
 * linli_check_evidence:
 * @field: (nullable): the argument that a refusal points at
 * @error: when the leaf's handling standard asks for evidence (办结要件) that was
 *   neither added nor waived since the lead's part was sent
 */
gboolean
linli_check_evidence (LinliCaseFile *file,
                      const char    *field,
                      GError       **error)
{
  LinliRow *item = NULL;
  g_autoptr(GPtrArray) list = NULL;

  if (!linli_case_file_get_item (file, &item, error))
    return FALSE;
  list = linli_evidence_load (linli_tx_get_conn (file->context->tx), linli_case_file_get_id (file), item, FALSE, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const LinliEvidence *one = list->pdata[i];

      if (one->state != LINLI_EVIDENCE_MISSING)
        continue;
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "evidence-missing", field, missing_words (one->kind));
      return FALSE;
    }
  return list != NULL;
}

/* Returns: (transfer full): in the order people came */
GPtrArray *
linli_load_submissions (LinliCaseFile *file,
                        GError       **error)
{
  return linli_tx_select (file->context->tx, &linli_table_submission, error,
                          "case_id = ?1 ORDER BY received_at, id", "s", linli_case_file_get_id (file));
}

/* Returns: (transfer none): one of @submissions */
LinliRow *
linli_find_submission (GPtrArray  *submissions,
                       const char *id,
                       GError    **error)
{
  for (guint i = 0; i < submissions->len; i++)
    if (g_str_equal (linli_row_get_id (submissions->pdata[i]), id))
      return submissions->pdata[i];
  linli_refuse_invalid (error, "submission", N_("That submission belongs to another case."));
  return NULL;
}
