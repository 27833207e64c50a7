/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-closing-verify.h"

#include "linli-case-verify.h"

#define PRESSABLE "('dispatched', 'in_progress', 'suspended', 'pending_review')"

static const LinliVerifyRule rules[] = {
  { "does not stand on the highest level of its supervisions",
    "SELECT case_no FROM cases WHERE supervision_level IS NOT NULL AND supervision_level IS DISTINCT FROM "
    "(SELECT max(level) FROM supervision WHERE case_id = cases.id AND lifted_at IS NULL) UNION "
    "SELECT case_no FROM supervision JOIN cases ON cases.id = case_id WHERE lifted_at IS NULL AND supervision_level IS NULL" },
  { "is under supervision, but no unit handles it",
    "SELECT DISTINCT case_no FROM supervision JOIN cases ON cases.id = case_id WHERE lifted_at IS NULL "
    "AND cases.state NOT IN " PRESSABLE },
  { "has two supervisions of one level at a time",
    "SELECT min(case_no) FROM supervision JOIN cases ON cases.id = case_id WHERE lifted_at IS NULL "
    "GROUP BY case_id, level HAVING count(*) > 1" },
  { "has a supervision answered without words, or by nobody",
    "SELECT case_no FROM supervision JOIN cases ON cases.id = case_id WHERE (reply IS NULL) <> (replied_at IS NULL) "
    "OR (reply IS NULL) <> (replied_by IS NULL)" },
  { "has a call-back that says something for a resident who was not reached",
    "SELECT case_no FROM callback JOIN cases ON cases.id = case_id WHERE reached = 0 "
    "AND (callback.solved IS NOT NULL OR callback.satisfaction IS NOT NULL)" },
  { "counts a call-back that lacks an answer, or leaves out a whole one",
    "SELECT case_no FROM callback JOIN cases ON cases.id = case_id "
    "WHERE (valid = 1) <> (reached = 1 AND callback.solved IS NOT NULL AND callback.satisfaction IS NOT NULL)" },
  { "counts two call-backs of one resident in one round",
    "SELECT min(case_no) FROM callback JOIN cases ON cases.id = case_id WHERE valid = 1 "
    "GROUP BY case_id, submission_id, round HAVING count(*) > 1" },
  { "skips an attempt to call back",
    "SELECT min(case_no) FROM callback JOIN cases ON cases.id = case_id GROUP BY submission_id, round "
    "HAVING max(attempt_no) <> count(*) OR min(attempt_no) <> 1" },
  { "is closed, but a resident holds it unsolved",
    "SELECT case_no FROM cases WHERE state = 'closed' AND solved = 'no'" },
};

/**
 * linli_closing_verify:
 * @problems: (element-type utf8): receives what is wrong, in words
 *
 * Whether supervisions and call-backs agree with their cases.
 */
gboolean
linli_closing_verify (LinliConn *conn,
                      GPtrArray *problems,
                      GError   **error)
{
  g_return_val_if_fail (conn != NULL && problems != NULL, FALSE);

  return linli_case_verify_rules (conn, rules, G_N_ELEMENTS (rules), problems, error);
}
